"""The demo: a register and two nodes as real processes, and one case played through their APIs.

It uses the node as any other system would: folders by ``rogatory node init``, the register by the library,
acts by the API, approvals by passkeys that lie outside the nodes. Names that carry † are fictional.
PRACTICE section 5.
"""
