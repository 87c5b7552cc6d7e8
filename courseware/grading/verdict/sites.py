"""Where objects of a submission may stand, and which operators of theirs may decide: as in the solution."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

ANY = "*"
"""A class of the submission that the tests do not know by name."""

SAME: Final = {
    "__ne__": "__eq__", "__gt__": "__lt__", "__le__": "__lt__", "__ge__": "__lt__", "__len__": "__bool__",
    "__str__": "__repr__", "__format__": "__repr__", "__contains__": "__iter__", "__getitem__": "__iter__",
    "__iadd__": "__add__", "__radd__": "__add__", "__isub__": "__sub__", "__rsub__": "__sub__",
    "__imul__": "__mul__", "__rmul__": "__mul__", "__index__": "__int__", "__float__": "__int__",
}  # fmt: skip
"""Operators in whose place Python takes others, by which of them a class has."""


class Sites:
    """`allowed` are keys by cell (None: everything is, and what happens is kept in `learned`)."""

    def __init__(self, allowed: Mapping[str, Iterable[str]] | None, names: Iterable[str]) -> None:
        self._allowed = None if allowed is None else {cell: frozenset(keys) for cell, keys in allowed.items()}
        self._names = frozenset(names)
        self._cell = ""
        self.learned: dict[str, set[str]] = {}

    def begin(self, cell: str) -> None:
        self._cell = cell

    def thing(self, place: str, kind: str) -> bool:
        """Whether an object of this class may come from there. A class of the interface only as itself."""
        return self._may(f"{place} is {kind if kind in self._names else ANY}")

    def operator(self, name: str, operands: str) -> bool:
        return self._may(f"{SAME.get(name, name)}({operands})")

    def _may(self, key: str) -> bool:
        if self._allowed is None:
            self.learned.setdefault(self._cell, set()).add(key)
            return True
        return key in self._allowed.get(self._cell, frozenset())
