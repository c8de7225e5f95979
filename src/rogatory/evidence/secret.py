"""What leads to every key of a package in the making."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from rogatory.envelopes import chunks

__all__ = ["Keys"]


@dataclass(frozen=True, slots=True)
class Keys:
    """The package's key, and the randomness from which the others are drawn.

    Attributes:
        key: The package key, K.
        package: The package's id.
        random: Draws salts and nonces; called from several threads.
        hiding: From which the salts follow that hide the entries.
    """

    key: bytes = field(repr=False)
    package: bytes
    random: Callable[[int], bytes] = field(repr=False)
    hiding: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Derive what is needed for every entry."""
        object.__setattr__(self, "hiding", chunks.hiding_key(self.key, self.package))
