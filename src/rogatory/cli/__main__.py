"""``python -m rogatory.cli``: the command line, where the script ``rogatory`` is not on the path."""

from rogatory.cli import main

if __name__ == "__main__":
    main()
