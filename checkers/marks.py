"""What is drawn on one axes of matplotlib, as plain data: lines, points, bars, boxes, areas, slices.

Each mark is {"kind", "label", "x", "y", "more", "x_words", "y_words", "every", "groups"}. Of flat bars and
boxes `x` is the place and `y` the value too. `more` are further columns: a bar's base, left edge and width;
a box's lower whisker, quartiles, upper whisker, and count and sum of the points beyond; an area's lower edge.
Words are those of the ticks, where these are names.
"""

from __future__ import annotations

import functools
import itertools
import math
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final

MOST: Final = 20_000
"""So many values of one mark are kept."""
MOST_TICKS: Final = 2_000
MOST_GROUPS: Final = 12
"""Points in at most so many colours are taken for groups."""

Numbers = list[float | None]
Described = dict[str, Any]


def axes_of(axes: Any) -> Described:
    """One axes: its marks, texts, scales, limits, legend."""
    legend = axes.get_legend()
    titles = (text(axes.get_title(loc=place)) for place in ("center", "left", "right"))
    told: Described = {
        "title": next((title for title in titles if title), ""),
        "legend": None if legend is None else [text(t.get_text()) for t in legend.get_texts()],
        "marks": [mark for mark in _marks(axes) if mark["x"] or mark["y"]],
    }
    for which, axis in (("x", axes.xaxis), ("y", axes.yaxis)):
        told |= {
            f"{which}_label": text(axis.get_label().get_text()),
            f"{which}_scale": str(axis.get_scale()),
            f"{which}_limits": [_number(v) for v in axis.get_view_interval()],
        }
    return told


def text(value: object) -> str:
    """A text that was drawn; matplotlib's own names for what has no label are none."""
    found = str(value or "")[:200]
    return "" if found.startswith("_") else found


def _marks(axes: Any) -> Iterable[Described]:
    areas = list(_areas(axes))
    boxes, skipped = _boxes(axes)
    yield from _lines(axes, skipped, areas)
    yield from _points(axes)
    yield from areas
    yield from boxes
    yield from _bars(axes)
    yield from _steps(axes)
    yield from _slices(axes)
    yield from _grids(axes)


def _mark(kind: str, x: Numbers, y: Numbers, label: object = "", **more: object) -> Described:
    plain: Described = {"more": [], "x_words": None, "y_words": None, "every": None, "groups": None}
    return {"kind": kind, "x": x, "y": y, "label": text(label), **plain, **more}


def _lines(axes: Any, skipped: set[int], areas: Sequence[Described]) -> Iterable[Described]:
    """Lines and points of `plot`, without those that belong to error bars, boxes, stems or areas."""
    for container in axes.containers:
        if type(container).__name__ == "ErrorbarContainer":
            skipped |= {id(cap) for cap in container.lines[1]}
        elif type(container).__name__ == "StemContainer":
            skipped.add(id(container.baseline))
    for line in axes.lines:
        across = line.get_transform().contains_branch_seperately(axes.transData)
        x, y = _numbers(line.get_xdata(orig=False)), _numbers(line.get_ydata(orig=False))
        if id(line) in skipped or not any(across):
            continue
        if across != (True, True):
            yield _mark("upright" if across[0] else "level", *((x[:1], []) if across[0] else ([], y[:1])))
            continue
        joined = str(line.get_linestyle()).lower() not in ("none", "", " ")
        if not joined and str(line.get_marker()).lower() in ("none", "", " "):
            continue
        x, every = _days(axes, x)
        if any(y in (area["y"], *area["more"]) and x == area["x"] for area in areas):
            continue  # the edge of an area
        yield _mark(
            "line" if joined else "points", x, y, _label(line), every=every,
            x_words=_words(axes.xaxis, x, 1e-9), y_words=_words(axes.yaxis, y, 1e-9),
        )  # fmt: skip


def _label(line: Any) -> object:
    return line.get_label()


def _points(axes: Any) -> Iterable[Described]:
    for points in axes.collections:
        if type(points).__name__ != "PathCollection":
            continue
        places = points.get_offsets()
        x, y = _numbers(places[:, 0]), _numbers(places[:, 1])
        yield _mark(
            "points", x, y, points.get_label(), groups=_groups(points, len(x)),
            x_words=_words(axes.xaxis, x, 1e-9), y_words=_words(axes.yaxis, y, 1e-9),
        )  # fmt: skip


def _groups(points: Any, count: int) -> list[int] | None:
    """Which points have the same colour, where a few colours tell groups apart."""
    colours = points.get_array() if points.get_array() is not None else points.get_facecolors()
    if len(colours) != count:
        return None
    names: dict[object, int] = {}
    found = [names.setdefault(str(colour), len(names)) for colour in colours.tolist()[:MOST]]
    return found if 1 < len(names) <= MOST_GROUPS else None


def _areas(axes: Any) -> Iterable[Described]:
    for area in axes.collections:
        if type(area).__name__ != "FillBetweenPolyCollection":
            continue
        ends: dict[float, list[float]] = {}
        for path in area.get_paths():
            for x, y in path.vertices.tolist():
                if math.isfinite(x) and math.isfinite(y):
                    ends.setdefault(x, []).append(y)
        x, every = _days(axes, list(sorted(ends)[:MOST]))
        high, low = ([_number(pick(ends[at])) for at in sorted(ends)[:MOST]] for pick in (max, min))
        words = _words(axes.xaxis, x, 1e-9)
        yield _mark("area", x, high, area.get_label(), more=[low], every=every, x_words=words)


def _bars(axes: Any) -> Iterable[Described]:
    for bars in axes.containers:
        if type(bars).__name__ != "BarContainer" or not len(bars.patches):
            continue
        flat = getattr(bars, "orientation", None) == "horizontal"
        sides = [_sides(bar, flat) for bar in bars.patches[:MOST]]
        label = text(bars.get_label()) or bars.patches[0].get_label()
        yield _of_bars(axes, sides, flat, label)


def _sides(bar: Any, flat: bool) -> tuple[float, float, float, float]:
    """Left edge, width, base and length of a bar (from its foot, for a flat one)."""
    upright = (bar.get_x(), bar.get_width(), bar.get_y(), bar.get_height())
    return (bar.get_y(), bar.get_height(), bar.get_x(), bar.get_width()) if flat else upright


def _steps(axes: Any) -> Iterable[Described]:
    """Histograms drawn as one outline."""
    for patch in axes.patches:
        if type(patch).__name__ == "StepPatch":
            lengths, edges, base = patch.get_data()
            bases = [0.0 if base is None else float(v) for v in _spread(base, len(lengths))]
            found = [
                (e, f - e, b, v - b) for e, f, b, v in zip(edges, edges[1:], bases, lengths, strict=False)
            ]
            yield _of_bars(axes, found, patch.orientation != "vertical", patch.get_label())
        elif type(patch).__name__ == "Polygon":
            corners = patch.get_xy().tolist()
            rises = itertools.pairwise(corners)
            found = [(x, x2 - x, 0.0, y) for (x, y), (x2, y2) in rises if x2 > x and y == y2]
            if len(found) > 1:
                yield _of_bars(axes, found, False, patch.get_label())


def _spread(value: Any, count: int) -> list[Any]:
    return [value] * count if not getattr(value, "ndim", 0) else list(value)


def _of_bars(
    axes: Any, sides: Sequence[tuple[float, float, float, float]], flat: bool, label: object
) -> Described:
    places = _numbers([left + width / 2 for left, width, _, _ in sides])
    words = _words(axes.yaxis if flat else axes.xaxis, places, 0.5)
    places, every = (places, None) if flat else _days(axes, places)
    ordered = sorted((left, width) for left, width, _, _ in sides)
    touching = len(sides) > 1 and all(
        width > 0 and abs(after - left - width) <= 1e-4 * width
        for (left, width), (after, _) in itertools.pairwise(ordered)
    )
    kind = "histogram" if touching and words is None else "bars"
    base, left, width = (_numbers([side[n] for side in sides]) for n in (2, 0, 1))
    return _mark(
        f"flat {kind}" if flat else kind, places, _numbers([length for *_, length in sides]), label,
        more=[base, left, width], x_words=words, every=every,
    )  # fmt: skip


def _boxes(axes: Any) -> tuple[list[Described], set[int]]:
    """The box plots, and the lines that they are made of."""
    frames = [(line, line.get_xydata().tolist()) for line in axes.lines if len(line.get_xdata()) >= 5]
    frames += [(p, p.get_path().vertices.tolist()) for p in axes.patches if type(p).__name__ == "PathPatch"]
    parts = [(line, line.get_xydata().tolist()) for line in axes.lines if len(line.get_xdata()) == 2]
    dots = [line for line in axes.lines if str(line.get_linestyle()).lower() in ("none", "", " ")]
    found: dict[bool, list[tuple[float, ...]]] = {False: [], True: []}
    used: set[int] = set()
    for frame, corners in frames:
        for flat in (False, True):
            box = _box([tuple(reversed(c)) if flat else tuple(c) for c in corners])
            if box is None:
                continue
            mid, left, right, low, high = box
            lines = [(line, [tuple(reversed(e)) if flat else tuple(e) for e in ends]) for line, ends in parts]
            hairs = [(line, e) for line, e in lines if e[0][0] == e[1][0] and abs(e[0][0] - mid) < 1e-9]
            bars = [(line, e) for line, e in lines if e[0][1] == e[1][1] and abs(_half(e) - mid) < 1e-9]
            middle = [e[0][1] for _, e in bars if _near(e[0][0], left) and _near(e[1][0], right)]
            if not hairs or not middle:
                continue
            ends = [y for _, e in hairs for _, y in e]
            out = [d for d in dots if all(abs((y if flat else x) - mid) < 1e-9 for x, y in d.get_xydata())]
            far = sorted((x if flat else y) for dot in out for x, y in dot.get_xydata().tolist())
            beyond = (float(len(far)), float(sum(far)))
            found[flat].append((mid, min(*ends, low), low, middle[0], high, max(*ends, high), *beyond))
            used |= {id(line) for line in (frame, *(p for p, _ in hairs), *(p for p, _ in bars), *out)}
            break
    marks = []
    for flat, boxes in found.items():
        if boxes:
            place, *five = (_numbers(column) for column in zip(*boxes, strict=True))
            words = _words(axes.yaxis if flat else axes.xaxis, place, 0.5)
            kind = "flat boxes" if flat else "boxes"
            marks.append(_mark(kind, place, five[2], more=[*five[:2], *five[3:]], x_words=words))
    return marks, used


def _box(corners: Sequence[tuple[float, ...]]) -> tuple[float, float, float, float, float] | None:
    """Middle, left, right, lower and upper edge of a closed outline."""
    if len(corners) < 5 or corners[0] not in corners[-2:]:
        return None
    across, up = [c[0] for c in corners[:-1]], [c[1] for c in corners[:-1]]
    left, right = min(across), max(across)
    return (left + right) / 2, left, right, min(up), max(up)


def _half(ends: Sequence[tuple[float, ...]]) -> float:
    return (ends[0][0] + ends[1][0]) / 2


def _near(one: float, other: float) -> bool:
    return abs(one - other) < 1e-9


def _slices(axes: Any) -> Iterable[Described]:
    slices = [patch for patch in axes.patches if type(patch).__name__ == "Wedge"]
    if slices:
        shares = _numbers([(each.theta2 - each.theta1) / 360 for each in slices])
        words = [text(each.get_label()) or None for each in slices]
        places: Numbers = [float(n) for n in range(len(slices))]
        yield _mark("slices", places, shares, x_words=words if any(words) else None)


def _grids(axes: Any) -> Iterable[Described]:
    """Pictures and heat maps: their values row by row."""
    for grid in (*axes.images, *axes.collections):
        if type(grid).__name__ in ("AxesImage", "QuadMesh", "PolyQuadMesh", "PolyCollection"):
            values = grid.get_array()
            if values is not None:
                yield _mark("grid", [float(n) for n in values.shape[:2]], _numbers(values.ravel()))


def _words(axis: Any, places: Numbers, within: float) -> list[str | None] | None:
    """The names at places on an axis, where its ticks are names and not numbers."""
    names = _names(axis)
    if not names:
        return None
    at = sorted(names)
    apart = min((b - a for a, b in itertools.pairwise(at)), default=1.0)
    found: list[str | None] = []
    for place in places:
        near = None if place is None else min(at, key=lambda tick, here=place: abs(tick - here))  # type: ignore[misc]
        fits = near is not None and place is not None and abs(near - place) <= within * apart + 1e-9
        found.append(names[near] if fits and near is not None else None)
    return found if any(found) else None


def _names(axis: Any) -> dict[float, str]:
    """What an axis calls its places: categories, or ticks that were given names."""
    form = axis.get_major_formatter()
    kind = type(form).__name__
    if kind == "StrCategoryFormatter":
        mapping = getattr(axis.units, "_mapping", {})
        return {float(place): str(name)[:200] for name, place in [*mapping.items()][:MOST_TICKS]}
    given = getattr(form, "func", None)
    if kind == "FixedFormatter" or (kind == "FuncFormatter" and isinstance(given, functools.partial)):
        ticks = [float(tick) for tick in axis.get_majorticklocs()[:MOST_TICKS]]
        words = [str(word)[:200] for word in form.format_ticks(ticks)]
        return {tick: word for tick, word in zip(ticks, words, strict=False) if word}
    return {}


def _days(axes: Any, x: Numbers) -> tuple[Numbers, str | None]:
    """Places on an axis of pandas' periods as days since 1970, and the period ("M"); others as they are."""
    freq = getattr(axes, "freq", None) or getattr(axes.xaxis, "freq", None)
    pandas = sys.modules.get("pandas")
    if freq is None or pandas is None or type(axes.xaxis.get_converter()).__name__ != "PeriodConverter":
        return x, None
    whole = [int(value) for value in x if value is not None]
    times = pandas.PeriodIndex.from_ordinals(whole, freq=freq).to_timestamp()
    every = str(getattr(freq, "freqstr", freq))[:1].upper()
    return [time.timestamp() / 86400 for time in times], every


def _numbers(values: Any) -> Numbers:
    plain = values[:MOST].tolist() if hasattr(values, "tolist") else list(values)[:MOST]
    return [_number(value) for value in plain]  # masked values are None


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None  # masked, or no number
    return number if math.isfinite(number) else None
