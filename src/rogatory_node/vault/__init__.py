"""Vault: sealed packages at rest, those that this node sealed and those that came.

A package is a folder under ``packages/``; the row says what it is for and how far it is. Sealing, fetching
and opening take as long as the evidence is large, so they are due rows that a worker does. Who may see what
is asked of ``people``; what a package proves is asked of the library. It follows DESIGN section 6.
"""
