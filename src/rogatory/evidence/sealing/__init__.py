"""Sealing: sources in, a package out, in one pass that a crash does not lose."""
