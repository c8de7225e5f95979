"""Benches: one module a room, each with ``rows()``; ``python -m bench ROOM`` runs one, or all.

A bench compares with what users have, side by side in one run, with CPU seconds beside wall and the
physical limit in the same table. Nothing here is a test: no figure fails a build.
"""
