"""Verifying and opening: what a package proves, to whom has no key and to whom has one."""
