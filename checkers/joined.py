"""Several conditions, of which one is not as asked: seen from the rows that it decides about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from checkers.rows import Found, Look, Mask
from checkers.tables import short


def one_of_conditions(look: Look, conditions: Sequence[Mask]) -> Found | None:
    """What is wrong with just one of several conditions, where the others are met as asked."""
    if len(conditions) < 2 or len(conditions[0]) != len(look.mine):
        return None
    together = np.array_equal(look.theirs, np.logical_and.reduce(conditions))
    if not together and not np.array_equal(look.theirs, np.logical_or.reduce(conditions)):
        return None
    extra, lost = look.mine & ~look.theirs, look.theirs & ~look.mine
    for n in range(len(conditions)):
        others = [c for m, c in enumerate(conditions) if m != n]
        decides = np.logical_and.reduce(others) if together else ~np.logical_or.reduce(others)
        if (extra & ~decides).any() or (lost & ~decides).any():
            continue
        if found := _on_its_own(look, decides):
            return found
        if together and extra.any() and not lost.any():
            return Found(key="one-condition-in", params={"rows": int(extra.sum())})
        if lost.any() and not extra.any():
            return Found(key="one-condition-out", params={"rows": int(lost.sum())})
    return None


def _on_its_own(look: Look, decides: Mask) -> Found | None:
    """The rows that one condition decides about, looked at alone: what parts those that are wrong."""
    mine, theirs = look.mine[decides], look.theirs[decides]
    alone = replace(look, source=look.source[decides], mine=mine, theirs=theirs)
    extra, lost = mine & ~theirs, theirs & ~mine
    wrong, way = (extra, "in") if extra.any() else (lost, "out")
    others = theirs if extra.any() else mine
    if extra.any() == lost.any() or not others.any():
        return None
    found = alone.shared(wrong, others, way)
    if found is None or found.key.partition("-")[0] not in ("boundary", "limit"):
        return None
    names = [short(name) for name in alone.source.columns]
    column = alone.source.iloc[:, names.index(str(found.params["column"]))]
    if not np.array_equal(wrong, column.between(column[wrong].min(), column[wrong].max())):
        return None  # others with such a value are not wrong: it is not by this column
    low, high = (found.params.get(name, found.params.get("value")) for name in ("low", "high"))
    span = f"{low}" if low == high else f"from {low} to {high}"
    params = {"rows": found.params["rows"], "column": found.params["column"], "span": span}
    return Found(key=f"one-limit-{way}", params=params)
