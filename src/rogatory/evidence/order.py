"""The order of paths in a table, and what two paths may not be to one another."""

from __future__ import annotations

from rogatory.evidence import checks, names
from rogatory.evidence.models import Area

__all__ = ["Order"]


class Order:
    """What has been seen of the paths: enough to find a second one, in memory bounded by one folder."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._key: tuple[bytes, ...] = ()
        self._folders: list[tuple[str, set[str]]] = []

    def admit(self, number: int, area: Area, path: str) -> None:
        """Refuse a path that stands twice, out of order, below another or beside one that folds alike.

        Raises:
            EvidenceError: EVID-043, EVID-044.
        """
        components = [area, *path.split("/")]
        key = tuple(each.encode("utf-8", "replace") for each in components)
        checks.check_order(number, self._key, key)
        self._key = key
        shared = 0
        while shared < min(len(self._folders), len(components) - 1) and (
            self._folders[shared][0] == components[shared]
        ):
            shared += 1
        del self._folders[shared:]
        for place in range(shared, len(components)):
            if place:
                folded = names.fold(components[place])
                checks.check_no_alike(number, folded, self._folders[place - 1][1])
                self._folders[place - 1][1].add(folded)
            if place < len(components) - 1:
                self._folders.append((components[place], set()))
