"""``python -m rogatory`` is the command line."""

import sys

from rogatory.cli import main

sys.exit(main())
