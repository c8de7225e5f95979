"""The fixtures of the tests on stores."""

from support.stores import closed, package, stores, world

__all__ = ["closed", "package", "stores", "world"]
