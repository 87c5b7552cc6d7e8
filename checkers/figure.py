"""A drawn figure as plain data, so that it can be carried to where it is judged.

Nothing here imports matplotlib: a figure can only be there if somebody has. What pandas and seaborn draw is
matplotlib's too. The marks of one axes are read by `checkers.marks`.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any, Final, TypeGuard

from checkers.run import NOTHING

FORM: Final = "figure"
MOST_AXES: Final = 50
SCREENS: Final = ("tkagg", "tkcairo", "qtagg", "qtcairo", "qt5agg", "qt5cairo", "gtk3agg", "gtk3cairo",
                  "gtk4agg", "gtk4cairo", "wxagg", "wxcairo", "wx", "macosx", "webagg", "nbagg")  # fmt: skip
"""The backends of matplotlib that open windows or servers."""


def is_drawn(value: object) -> bool:
    """Whether a value is a figure, axes, or marks on them (or a list of these) of matplotlib."""
    return _figure_of(value) is not None


def is_described(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether a value is what `describe` makes."""
    return type(value) is dict and value.get("is") == FORM and type(value.get("axes")) is list


def describe(figure: Any) -> dict[str, Any]:
    """The figure's axes: marks with their data, texts, scales, limits, legend."""
    from checkers.marks import axes_of, text  # only where there is something to describe

    own = [each for each in figure.axes if not hasattr(each, "_colorbar")][:MOST_AXES]
    legends = [[text(t.get_text()) for t in legend.get_texts()] for legend in figure.legends]
    return {
        "is": FORM,
        "title": text(figure.get_suptitle()),
        "legend": legends[0] if legends else None,
        "axes": [axes_of(each) for each in own],
    }


def described(value: object) -> object:
    """A value as it is, or its figure described where it is something drawn (also in a dict of answers)."""
    figure = _figure_of(value)
    if figure is None and type(value) is dict and any(map(is_drawn, value.values())):
        return {name: described(each) for name, each in value.items()}
    return value if figure is None else describe(figure)


def drawn_by(value: object) -> object:
    """What code came to: the figure described where its value is something drawn, or where there is no value
    and something was drawn; else the value."""
    if value is None or value is NOTHING:
        figure = current()
        return value if figure is None else describe(figure)
    return described(value)


def current() -> Any | None:
    """The figure that pyplot would draw on; None where nothing was drawn."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    return pyplot.gcf() if pyplot is not None and pyplot.get_fignums() else None


def open_figures() -> frozenset[int]:
    """The numbers of the figures that pyplot holds."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    return frozenset() if pyplot is None else frozenset(pyplot.get_fignums())


def forget() -> None:
    """Close all figures of pyplot and undo changed styles, so that the next code starts as the first did."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    with suppress(Exception):  # the code that ran may have put anything in their places
        if pyplot is not None and (pyplot.get_fignums() or pyplot.rcParams != pyplot.rcParamsDefault):
            pyplot.close("all")
            pyplot.rcdefaults()


def without_screens() -> None:
    """From here on, matplotlib opens no window in this process, whatever code asks for."""
    for name in SCREENS:
        sys.modules[f"matplotlib.backends.backend_{name}"] = None  # type: ignore[assignment]


def _figure_of(value: object, deep: int = 0) -> Any | None:
    if "matplotlib.figure" not in sys.modules:
        return None
    figures, artists = sys.modules["matplotlib.figure"], sys.modules["matplotlib.artist"]
    if isinstance(value, figures.Figure):
        return value
    if isinstance(value, artists.Artist):
        return value.get_figure(root=True) if hasattr(value, "get_figure") else None
    if type(value).__name__ == "ndarray" and str(getattr(value, "dtype", "")) == "object":
        value = list(value.flat[:1])  # type: ignore[attr-defined]
    elif type(value).__name__ == "Series" and str(getattr(value, "dtype", "")) == "object":
        value = list(value.iloc[:1])  # type: ignore[attr-defined]
    elif type(value) is dict and all(type(each) is list for each in value.values()):  # boxplot's
        value = list(value.values())[:6]
    if isinstance(value, list | tuple) and deep < 3:  # also BarContainer; what hist and subplots give
        for each in value[:6]:
            if (figure := _figure_of(each, deep + 1)) is not None:
                return figure
    figure = getattr(value, "figure", None) if type(value).__module__.startswith("seaborn") else None
    return figure if isinstance(figure, figures.Figure) else None
