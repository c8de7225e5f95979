"""Disclosing: a part of a package with its proof, made and checked."""
