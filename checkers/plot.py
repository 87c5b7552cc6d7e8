"""A plot: what was drawn, and how it is labelled. matplotlib's, and of whatever draws on it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, Literal

from checkers import plot_messages as say
from checkers.checker import Checker
from checkers.code import problem, read_code
from checkers.explain import explain
from checkers.figure import describe, described, is_described
from checkers.kinds import kind_of
from checkers.mark import Mark, folded, near, read
from checkers.message import Message
from checkers.plot_slip import Pairs, compared, is_near, short
from checkers.result import FormatError, Part, Result, refused, right, unreadable, wrong
from checkers.run import Job, Runner

SCALES: Final = frozenset(("linear", "log", "symlog", "logit"))
DRAWN: Final = 0.5
"""The share of the score for what is drawn, where its looks count as well."""
Look = Literal["labels", "any labels", "title", "any title", "scales", "limits", "legend", "order"]
LOOKS: Final[tuple[Look, ...]] = (
    "order", "labels", "any labels", "scales", "limits", "title", "any title", "legend",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axes:
    """One plot of a figure, as it is compared."""

    marks: tuple[Mark, ...]
    title: str
    legend: tuple[str, ...] | None
    labels: tuple[str, str]
    scales: tuple[str, str]
    limits: tuple[tuple[float | None, ...], tuple[float | None, ...]]


@dataclass(frozen=True, slots=True, init=False)
class Plot(Checker):
    """A plot like `expected`: the kind of each mark, and its data.

    `expected` is a function that draws on the axes that it is given (``lambda ax: df.plot(ax=ax)``), the
    source of code that draws (it runs when an answer is checked, where the answer's code would run; `names`
    are what it may use), or a figure or axes of matplotlib, which may be closed afterwards.

    `looks` names what else counts: "labels" of the axes, "title", "scales", "limits", "legend", the "order"
    of bars from one end to the other; "any labels" and "any title" ask that there are some. What is drawn
    then gives half of the score, each of the looks its share of the other half. Points may be drawn by
    `scatter` or by `plot` with a marker, marks and bars in any order. Texts are compared by their letters
    and digits. Colours, sizes, grids and lines across the plot that nobody asked for tell nothing.
    """

    kind: ClassVar[str] = "code"
    takes: ClassVar[Literal["answer", "value", "source"]] = "value"

    looks: frozenset[Look]
    source: str | None
    names: Mapping[str, object]
    _expected: tuple[_Axes, ...] = field(repr=False)

    def __init__(
        self,
        expected: object,
        *,
        looks: Sequence[Look] = ("scales",),
        names: Mapping[str, object] | None = None,
    ) -> None:
        if unknown := sorted(set(looks) - set(LOOKS)):
            raise ValueError(f"Plot looks at {', '.join(unknown)}; expected some of {', '.join(LOOKS)}")
        source = expected if isinstance(expected, str) else None
        if source is not None and (error := problem(source)) is not None:
            raise ValueError(f"Plot's code cannot be read: {error.message.text}")
        set_ = object.__setattr__
        set_(self, "looks", frozenset(looks))
        set_(self, "source", source)
        set_(self, "names", dict(names or {}))
        set_(self, "_expected", () if source is not None else _asked(_drawn_by(expected), kind_of(expected)))

    def asks(self) -> dict[str, object]:
        return {"kind": self.kind}

    def right(self) -> dict[str, object] | None:
        """The source, where one is given; else only the author knows code that draws it."""
        return None if self.source is None else {"code": self.source}

    def parse(self, response: object) -> str | FormatError:
        return read_code(response)

    def expects(self, value: object) -> FormatError | None:
        if _read(value) is None:
            return unreadable("no-plot", say.NO_PLOT, kind=kind_of(value))
        return None

    def check(self, answer: object, runner: Runner | None = None) -> Result:
        yours = _read(answer)
        if yours is None:
            return refused(unreadable("no-plot", say.NO_PLOT, kind=kind_of(answer)))
        return self._compared(yours, self._asked(runner))

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:  # noqa: ARG002
        yours, theirs = _read(one), _read(other)
        return bool(yours and theirs) and self._compared(yours or (), theirs or ()).correct

    def _asked(self, runner: Runner | None) -> tuple[_Axes, ...]:
        """What is expected; drawn now if it is given as source. Raises ValueError if that draws nothing."""
        if self.source is None:
            return self._expected
        from checkers.process import Subprocess

        made = (runner or Subprocess()).run(Job(source=self.source, names=self.names)).made
        if made.raised or made.timed_out:
            raise ValueError(f"the code of Plot does not run: {explain(made, self.source).text}")
        return _asked(made.value, kind_of(made.value))

    def _compared(self, yours: Sequence[_Axes], expected: Sequence[_Axes]) -> Result:
        if not yours:
            return wrong("empty-plot", say.EMPTY)
        if len(yours) != len(expected):
            return wrong("how-many-plots", say.SEVERAL, yours=len(yours), expected=len(expected))
        pairs: list[Pairs] = []
        for one, other in zip(yours, expected, strict=True):
            found = compared(one.marks, other.marks)
            if isinstance(found, Result):
                return self._exchanged(yours, expected) or found
            pairs.append(found)
        return self._looked_at(list(zip(yours, expected, pairs, strict=True)))

    def _exchanged(self, yours: Sequence[_Axes], expected: Sequence[_Axes]) -> Result | None:
        if not 1 < len(yours) <= 4:
            return None
        for order in itertools.permutations(yours):
            both = zip(order, expected, strict=True)
            if not any(isinstance(compared(a.marks, b.marks), Result) for a, b in both):
                return wrong("plots-exchanged", say.PLOTS_EXCHANGED)
        return None

    def _looked_at(self, plots: Sequence[tuple[_Axes, _Axes, Pairs]]) -> Result:
        """What is drawn is right: what else counts."""
        if not self.looks:
            return right()
        share = (1 - DRAWN) / len(self.looks)
        parts = [Part(name="drawn", weight=DRAWN, score=1.0)]
        first: tuple[str, str, dict[str, object]] | None = None
        for look in (look for look in LOOKS if look in self.looks):
            found = next((f for plot in plots for f in _FINDS[look](*plot)), None)
            first = first or found
            parts.append(Part(name=look, weight=share, score=0.0 if found else 1.0))
        if first is None:
            return right()
        key, template, params = first
        score = sum(part.weight * part.score for part in parts)
        message = Message(key=key, template=template, params=params)
        return Result(score=score, mistake=key, messages=(message,), parts=tuple(parts))


Found = Iterator[tuple[str, str, dict[str, object]]]


def _order(yours: _Axes, expected: _Axes, pairs: Pairs) -> Found:  # noqa: ARG001
    for mine, theirs in pairs:
        ends = [
            [m.places[n] for n in sorted(range(len(m.x)), key=lambda n, m=m: m.x[n] or 0.0)]  # type: ignore[misc]
            for m in (mine, theirs)
        ]
        if ends[0] != ends[1] and any(type(place) is str for place in ends[1]):
            yield "order", say.ORDER, {}


def _labels(yours: _Axes, expected: _Axes, pairs: Pairs) -> Found:  # noqa: ARG001
    mine, theirs = tuple(map(folded, yours.labels)), tuple(map(folded, expected.labels))
    if all(mine) and mine == theirs[::-1] and mine != theirs:
        yield "labels-exchanged", say.LABELS_EXCHANGED, {}
    for axis, label, label2 in zip("xy", yours.labels, expected.labels, strict=True):
        if not label2 or folded(label) == folded(label2):
            continue
        if not label:
            yield "no-label", say.NO_LABEL, {"axis": axis}
        template = say.NEAR_LABEL if is_near(label, label2) else say.OTHER_LABEL
        yield "other-label", template, {"axis": axis, "yours": short(label)}


def _any_labels(yours: _Axes, expected: _Axes, pairs: Pairs) -> Found:  # noqa: ARG001
    for axis, label in zip("xy", yours.labels, strict=True):
        if not label:
            yield "no-label", say.NO_LABEL, {"axis": axis}


def _scales(yours: _Axes, expected: _Axes, pairs: Pairs) -> Found:  # noqa: ARG001
    for axis, scale, scale2 in zip("xy", yours.scales, expected.scales, strict=True):
        if scale != scale2:
            yield "scale", say.SCALE, {"axis": axis, "yours": scale, "expected": scale2}


def _limits(yours: _Axes, expected: _Axes, pairs: Pairs) -> Found:  # noqa: ARG001
    for axis, limits, limits2 in zip("xy", yours.limits, expected.limits, strict=True):
        if not near(limits, limits2):
            low, high = ("?" if v is None else f"{v:.6g}" for v in limits)
            yield "limits", say.LIMITS, {"axis": axis, "low": low, "high": high}


def _title(yours: _Axes, expected: _Axes, pairs: Pairs) -> Found:  # noqa: ARG001
    if folded(yours.title) == folded(expected.title):
        return
    if not yours.title:
        yield "no-title", say.NO_TITLE, {}
    template = say.NEAR_TITLE if is_near(yours.title, expected.title) else say.OTHER_TITLE
    yield "other-title", template, {"yours": short(yours.title)}


def _any_title(yours: _Axes, expected: _Axes, pairs: Pairs) -> Found:  # noqa: ARG001
    if not yours.title:
        yield "no-title", say.NO_TITLE, {}


def _legend(yours: _Axes, expected: _Axes, pairs: Pairs) -> Found:
    if expected.legend is None:
        return
    if yours.legend is None:
        yield "no-legend", say.NO_LEGEND, {}
        return
    mine, theirs = sorted(map(folded, yours.legend)), sorted(map(folded, expected.legend))
    if mine != theirs:
        yield "other-legend", say.OTHER_LEGEND, {"yours": short(", ".join(yours.legend))}
    elif any(a.label and b.label and folded(a.label) != folded(b.label) for a, b in pairs):
        yield "legend-exchanged", say.LEGEND_EXCHANGED, {}


_FINDS: Final[Mapping[Look, Callable[[_Axes, _Axes, Pairs], Found]]] = {
    "order": _order,
    "labels": _labels,
    "any labels": _any_labels,
    "scales": _scales,
    "limits": _limits,
    "title": _title,
    "any title": _any_title,
    "legend": _legend,
}


def _drawn_by(expected: object) -> object:
    """An author's function drawn on axes of its own, which no screen knows; else what is given."""
    if not callable(expected):
        return expected
    try:
        from matplotlib.figure import Figure
    except ImportError as missing:
        raise ImportError("Plot needs matplotlib. Install it with: pip install matplotlib") from missing
    figure = Figure()
    expected(figure.subplots())
    return describe(figure)


def _asked(value: object, kind: str) -> tuple[_Axes, ...]:
    expected = _read(value)
    if not expected:
        raise ValueError(
            f"Plot is given {kind}, in which no mark is found; expected a function that draws on the axes "
            "that it is given, code that draws, or a matplotlib figure or axes with lines, points, bars …"
        )
    return expected


def _read(value: object) -> tuple[_Axes, ...] | None:
    """The plots of a figure, or of its description (what comes from another process may be anything)."""
    try:
        figure = described(value)
    except Exception:
        return None  # an artist that cannot be asked
    if not is_described(figure):
        return None
    whole = figure.get("title"), figure.get("legend")
    found = [_axes(each, *whole) for each in figure["axes"]]
    if any(axes is None for axes in found):
        return None
    return tuple(axes for axes in found if axes is not None and axes.marks)


def _axes(told: Any, title: object, legend: object) -> _Axes | None:
    if type(told) is not dict or type(told.get("marks")) is not list:
        return None
    marks = [read(mark) for mark in told["marks"]]
    names = ("title", "x_label", "y_label", "x_scale", "y_scale")
    title2, *texts = (told.get(name) for name in names)
    x_limits, y_limits = told.get("x_limits"), told.get("y_limits")
    legend2 = told.get("legend") if told.get("legend") is not None else legend
    if None in marks or any(type(t) is not str for t in (title, title2, *texts)):
        return None
    if not all(type(each) is list and len(each) == 2 for each in (x_limits, y_limits)):
        return None
    if not (legend2 is None or (type(legend2) is list and all(type(t) is str for t in legend2))):
        return None
    if not all(v is None or type(v) is float for v in (*x_limits, *y_limits)):  # type: ignore[misc]
        return None
    x_label, y_label, x_scale, y_scale = map(str, texts)
    return _Axes(
        marks=tuple(mark for mark in marks if mark is not None),
        title=str(title2 or title),
        legend=None if legend2 is None else tuple(legend2),
        labels=(x_label, y_label),
        scales=(_scale(x_scale), _scale(y_scale)),
        limits=(tuple(x_limits), tuple(y_limits)),  # type: ignore[arg-type]
    )


def _scale(name: str) -> str:
    return name if name in SCALES else "other"
