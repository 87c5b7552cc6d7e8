"""What a ``%%check`` cell drew: a notebook shows its figures and closes them before anybody asks."""

from __future__ import annotations

from typing import Any, Final

from checkers.figure import current, describe, open_figures

FIGURE: Final = ("matplotlib.figure", "Figure")


class Drawn:
    """The figure that a cell drew last, described while it is shown (or as it is left open).

    Figures are shown as always: the formatter that looks on says nothing of its own.
    """

    def __init__(self, shell: Any) -> None:
        self._formatter = shell.display_formatter.mimebundle_formatter
        self._other: Any = None
        self._shown: dict[str, Any] | None = None
        self._open: frozenset[int] = frozenset()

    def begin(self) -> None:
        self._open = open_figures()
        self._other = self._formatter.pop(".".join(FIGURE), None)
        self._formatter.for_type_by_name(*FIGURE, self._see)

    def end(self) -> None:
        self._formatter.pop(".".join(FIGURE), None)
        if self._other is not None:
            self._formatter.for_type_by_name(*FIGURE, self._other)

    def last(self) -> dict[str, Any] | None:
        """The figure's description; None where the cell drew nothing."""
        if open_figures() - self._open:
            return describe(current())
        return self._shown

    def _see(self, figure: Any) -> Any:
        self._shown = describe(figure)
        return None if self._other is None else self._other(figure)
