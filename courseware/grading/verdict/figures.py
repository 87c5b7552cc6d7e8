"""matplotlib's figures as plain descriptions: what tests look at, told by the submission and drawn anew."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from courseware.grading.verdict.codec import CodecError, Unsendable

if TYPE_CHECKING:
    from courseware.grading.verdict.codec import Decoder, Encoder

MOST_FIGURES: Final = 50
MOST_AXES: Final = 100
MOST_MARKS: Final = 10_000
LONGEST: Final = 2_000
Described = list[dict[str, Any]]


def describe() -> Described:
    """All open figures, in the submission's process. Empty if nothing was ever drawn."""
    if "matplotlib.pyplot" not in sys.modules:
        return []
    plt: Any = sys.modules["matplotlib.pyplot"]
    numbers = plt.get_fignums()
    now = plt.gcf().number if numbers else None
    told = [_figure(plt.figure(number), current=number == now) for number in numbers[:MOST_FIGURES]]
    if now is not None:
        plt.figure(now)
    return told


def place(to: Encoder, value: Any) -> Any:
    """The tree of a figure or of axes: all that is drawn, and which of it is meant."""
    figure = value if hasattr(value, "add_axes") else getattr(value, "figure", None)
    axes = list(getattr(figure, "axes", ()))
    if figure is None or (value is not figure and value not in axes):
        raise Unsendable(f"a {type(value).__name__} of matplotlib")
    return [
        "mpl",
        to.node(describe()),
        getattr(figure, "number", 0),
        -1 if value is figure else axes.index(value),
    ]


def _figure(figure: Any, *, current: bool) -> dict[str, Any]:
    return {
        "number": figure.number,
        "current": current,
        "size": [float(length) for length in figure.get_size_inches()],
        "title": figure.get_suptitle(),
        "axes": [_axes(each) for each in figure.axes[:MOST_AXES]],
    }


def _axes(axes: Any) -> dict[str, Any]:
    legend = axes.get_legend()
    return {
        "place": [float(edge) for edge in axes.get_position().bounds],
        "title": axes.get_title(),
        "labels": [axes.get_xlabel(), axes.get_ylabel()],
        "scales": [axes.get_xscale(), axes.get_yscale()],
        "limits": [[float(end) for end in axes.get_xlim()], [float(end) for end in axes.get_ylim()]],
        "ticks": [_ticks(axes.xaxis), _ticks(axes.yaxis)],
        "lines": [_line(each) for each in axes.lines[:MOST_MARKS]],
        "patches": [told for each in axes.patches[:MOST_MARKS] if (told := _patch(each))],
        "points": [_points(each) for each in axes.collections[:MOST_MARKS] if hasattr(each, "get_sizes")],
        "texts": [[*map(float, each.get_position()), each.get_text()] for each in axes.texts[:MOST_MARKS]],
        "legend": None if legend is None else [each.get_text() for each in legend.get_texts()],
        "visible": bool(axes.axison),
    }


def _ticks(axis: Any) -> dict[str, Any]:
    return {
        "at": [float(each) for each in axis.get_majorticklocs()],
        "text": [each.get_text() for each in axis.get_ticklabels()],
    }


def _line(line: Any) -> dict[str, Any]:
    import numpy as np

    return {
        "x": np.asarray(line.get_xdata(orig=False), float),
        "y": np.asarray(line.get_ydata(orig=False), float),
        "label": str(line.get_label()),
        "color": _color(line.get_color()),
        "style": str(line.get_linestyle()),
        "marker": str(line.get_marker()),
        "width": float(line.get_linewidth()),
    }


def _patch(patch: Any) -> dict[str, Any] | None:
    told = {"color": _color(patch.get_facecolor()), "label": str(patch.get_label())}
    if hasattr(patch, "theta1"):
        return told | {
            "wedge": [*map(float, patch.center), float(patch.r), float(patch.theta1), float(patch.theta2)]
        }
    if hasattr(patch, "get_width") and hasattr(patch, "get_x"):
        sizes = patch.get_x(), patch.get_y(), patch.get_width(), patch.get_height()
        return told | {"box": [float(size) for size in sizes]}
    return None


def _points(points: Any) -> dict[str, Any]:
    import numpy as np

    return {
        "at": np.asarray(points.get_offsets(), float).reshape(-1, 2),
        "sizes": np.asarray(points.get_sizes(), float),
        "label": str(points.get_label()),
    }


def _color(color: Any) -> Any:
    return color if isinstance(color, str) else [float(part) for part in color]


# ---- in the process of the tests ----------------------------------------------------------------------


def standing() -> dict[int, int]:
    """The figures that are open here, with how many axes each has. Empty if nothing was ever drawn."""
    if "matplotlib.pyplot" not in sys.modules:
        return {}
    plt: Any = sys.modules["matplotlib.pyplot"]
    managers = importlib.import_module("matplotlib._pylab_helpers").Gcf.figs
    return {number: len(managers[number].canvas.figure.axes) for number in plt.get_fignums()}


def undone(before: Mapping[int, int], now: Mapping[int, int]) -> dict[str, list[int]]:
    """What a test did to figures since then: which it closed, cleared and opened."""
    return {
        "close": [number for number in before if number not in now],
        "clear": [number for number, many in before.items() if many and now.get(number) == 0],
        "open": [number for number in now if number not in before],
    }


def do(told: Mapping[str, Sequence[int]]) -> None:
    """In the submission's process: the same to its own figures."""
    plt: Any = importlib.import_module("matplotlib.pyplot")
    for number in told["close"]:
        plt.close(number)
    for number in told["clear"]:
        plt.figure(number).clear()
    for number in told["open"]:
        plt.figure(number)


def draw(described: Any) -> None:
    """Draw what was described, in the place of all figures. Raises CodecError for no description."""
    plt: Any = importlib.import_module("matplotlib.pyplot")
    plt.close("all")
    current = None
    try:
        for told in _listed(described, MOST_FIGURES):
            size = [min(100.0, max(0.1, float(length))) for length in told["size"]]
            number = int(told["number"])
            figure = plt.figure(number, figsize=size)
            current = number if told["current"] is True else current
            if told["title"]:
                figure.suptitle(_text(told["title"]))
            for axes in _listed(told["axes"], MOST_AXES):
                _draw_axes(figure.add_axes([float(edge) for edge in axes["place"]]), axes)
    except (CodecError, MemoryError):
        raise
    except Exception as error:
        raise CodecError(f"no figure: {type(error).__name__}") from None
    if current is not None:
        plt.figure(current)


def find(of: Decoder, described: Any, number: Any, axes: Any) -> Any:
    """The figure, or the axes of it, that `place` told of."""
    draw(of.value(described))
    if type(number) is not int or type(axes) is not int:
        raise CodecError("no figure")
    plt: Any = importlib.import_module("matplotlib.pyplot")
    if number not in plt.get_fignums():
        raise CodecError("no such figure")
    figure = plt.figure(number)
    return figure if axes < 0 else figure.axes[axes]


def _draw_axes(axes: Any, told: Mapping[str, Any]) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle, Wedge

    for line in _listed(told["lines"], MOST_MARKS):
        axes.plot(
            line["x"], line["y"], label=_text(line["label"]), color=_drawn(line["color"]),
            linestyle=_text(line["style"]), marker=_text(line["marker"]), linewidth=float(line["width"]),
        )  # fmt: skip
    for patch in _listed(told["patches"], MOST_MARKS):
        look = {"facecolor": _drawn(patch["color"]), "label": _text(patch["label"])}
        if "box" in patch:
            x, y, width, height = map(float, patch["box"])
            axes.add_patch(Rectangle((x, y), width, height, **look))
        else:
            x, y, radius, start, end = map(float, patch["wedge"])
            axes.add_patch(Wedge((x, y), radius, start, end, **look))
    for points in _listed(told["points"], MOST_MARKS):
        at = points["at"]
        sizes = points["sizes"] if len(points["sizes"]) in (1, len(at)) else None
        axes.scatter(at[:, 0], at[:, 1], s=sizes, label=_text(points["label"]))
    for x, y, text in _listed(told["texts"], MOST_MARKS):
        axes.text(float(x), float(y), _text(text))
    axes.set_title(_text(told["title"]))
    axes.set_xlabel(_text(told["labels"][0]))
    axes.set_ylabel(_text(told["labels"][1]))
    axes.set_xscale(_text(told["scales"][0]))
    axes.set_yscale(_text(told["scales"][1]))
    for axis, ticks in zip((axes.xaxis, axes.yaxis), told["ticks"], strict=True):
        at, texts = [float(each) for each in _listed(ticks["at"], MOST_MARKS)], ticks["text"]
        if len(texts) == len(at) and any(texts):
            axis.set_ticks(at, [_text(each) for each in texts])
    axes.set_xlim(*map(float, told["limits"][0]))
    axes.set_ylim(*map(float, told["limits"][1]))
    if told["legend"] is not None:
        texts = [_text(each) for each in _listed(told["legend"], MOST_MARKS)]
        axes.legend([Line2D([], []) for _ in texts], texts)
    if told["visible"] is False:
        axes.set_axis_off()


def _listed(value: Any, most: int) -> Sequence[Any]:
    if type(value) is not list or len(value) > most:
        raise CodecError("too much, or no list")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise CodecError("no text")
    return value[:LONGEST]


def _drawn(color: Any) -> Any:
    return color if type(color) is str else tuple(min(1.0, max(0.0, float(part))) for part in color)
