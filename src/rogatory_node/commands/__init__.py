"""What the node adds to the command line; each module's ``app`` is named by an entry point.

A command reads its words, calls one function of a room, and answers. It follows DESIGN section 8.
"""

__all__ = ["node"]
