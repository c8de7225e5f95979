"""Peers: where other nodes come in, and how ours goes out to theirs.

The door hands a message to ``casework.services.receive`` and signs what comes back; delivery works through
due rows. Nothing here decides what a statement means. It follows spec/exchange.md and DESIGN section 4.
"""
