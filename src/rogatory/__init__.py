"""rogatory: the library with which States ask one another for help against cybercrime.

It needs no web framework and no database. An expert witness, another State's own system or a
service provider uses it alone; the node (``rogatory_node``) is built on it.
"""

__version__ = "0.1.0.dev0"
