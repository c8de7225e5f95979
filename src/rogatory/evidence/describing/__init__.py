"""Describing: a verified package in the words of archives."""
