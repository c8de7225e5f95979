"""The fixtures of this room: one node of Viet Nam, its officers, and a France that exists only as keys."""

from support.office import (
    _register,
    asked,
    custodian,
    duty,
    france,
    hire,
    lawyer,
    node,
    preservation,
)
from support.sealed import delivered, french_door, ready, sealed

__all__ = [
    "_register",
    "asked",
    "custodian",
    "delivered",
    "duty",
    "france",
    "french_door",
    "hire",
    "lawyer",
    "node",
    "preservation",
    "ready",
    "sealed",
]
