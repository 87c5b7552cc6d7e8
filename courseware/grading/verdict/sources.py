"""The text that was handed in, for tests that look at it: compiled for its code objects, never run."""

from __future__ import annotations

import linecache
from types import CodeType


class Sources:
    def __init__(self) -> None:
        self._cells: list[tuple[str, str]] = []
        self._compiled: dict[str, CodeType | None] = {}

    def add(self, source: str) -> None:
        name = f"<submitted cell {len(self._cells)}>"
        self._cells.append((name, source))
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)

    def code(self, name: str) -> CodeType | None:
        """The code of the function of this name that was defined last, at the top of a cell or in it."""
        for cell, source in reversed(self._cells):
            if cell not in self._compiled:
                self._compiled[cell] = _compiled(cell, source)
            if (top := self._compiled[cell]) and (found := _inside(top, name)):
                return found
        return None


def _compiled(name: str, source: str) -> CodeType | None:
    lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines()]
    try:
        return compile("\n".join(lines), name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _inside(code: CodeType, name: str) -> CodeType | None:
    inner = [each for each in code.co_consts if isinstance(each, CodeType)]
    for each in inner:
        if each.co_name == name:
            return each
    return next((found for each in inner if (found := _inside(each, name))), None)
