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
        # The folders above the last path, each with its name and the folded names seen in it.
        self._folders: list[tuple[str, set[str]]] = []
        self._parent: tuple[Area | None, str] = None, ""

    def admit(self, number: int, area: Area, path: str) -> None:
        """Refuse a path that stands twice, out of order, below another or beside one that folds alike.

        Raises:
            EvidenceError: EVID-043, EVID-044.
        """
        parent, _, name = path.rpartition("/")
        # Nearly always the folder is that of the path before.
        if (area, parent) == self._parent:
            self._check_order(number, (*self._key[:-1], _raw(name)))
            self._see(number, -1, name)
            return
        components = [area, *path.split("/")]
        self._check_order(number, tuple(map(_raw, components)))
        shared = 0
        while shared < min(len(self._folders), len(components) - 1) and (
            self._folders[shared][0] == components[shared]
        ):
            shared += 1
        del self._folders[shared:]
        for place in range(shared, len(components)):
            if place:
                self._see(number, place - 1, components[place])
            if place < len(components) - 1:
                self._folders.append((components[place], set()))
        self._parent = area, parent

    def _check_order(self, number: int, key: tuple[bytes, ...]) -> None:
        checks.check_order(number, self._key, key)
        self._key = key

    def _see(self, number: int, folder: int, name: str) -> None:
        folded, seen = names.fold(name), self._folders[folder][1]
        checks.check_no_alike(number, folded, seen)
        seen.add(folded)


def _raw(component: str) -> bytes:
    return component.encode("utf-8", "replace")
