"""An excerpt of a table for a prompt, and mistakes that can be told apart: what many items are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from checkers.checker import Checker
from checkers.result import Result
from courseware.draw import Draw
from courseware.items import Mistake

if TYPE_CHECKING:
    import pandas as pd


def printed(table: pd.DataFrame | pd.Series, *, labels: bool = True, decimals: int = 1) -> str:
    """A table as plain text: row labels at the left, cells right-aligned, NaN for what is missing.

    The same on every version of pandas, so that a prompt stays as it was logged.
    """
    import pandas as pd  # only items that show tables pay for it

    frame = pd.DataFrame(table)

    def word(value: object) -> str:
        if isinstance(value, float):
            return "NaN" if value != value else f"{value:.{decimals}f}"
        return str(value)

    columns = [[str(name), *map(word, frame[name].tolist())] for name in frame.columns]
    if labels:
        columns.insert(0, ["", *map(str, frame.index)])
    wide = [max(map(len, column)) for column in columns]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, wide, strict=True)).rstrip()
        for row in zip(*columns, strict=True)
    )


def few_rows(draw: Draw, table: pd.DataFrame, columns: Sequence[str], count: int) -> pd.DataFrame:
    """So many rows drawn from those without gaps, with these columns, labelled 0, 1, 2 … anew."""
    whole = table.dropna(subset=list(columns))
    return whole[list(columns)].iloc[draw.sample(range(len(whole)), count)].reset_index(drop=True)


def distinct(right: object, mistakes: Sequence[Mistake]) -> list[Mistake]:
    """The mistakes without those that come to the right response, or to that of an earlier one."""
    taken, kept = [right], []
    for mistake in mistakes:
        if mistake.response not in taken:
            taken.append(mistake.response)
            kept.append(mistake)
    return kept


def apart(key: Checker, mistakes: Sequence[Mistake]) -> list[Mistake]:
    """The mistakes that can be told apart in this variant, as the key itself looks at responses.

    Left out is one that comes to a right answer, to an earlier one's answer, or to none that the key can
    read: whoever gives it may have made no mistake, or another. For keys that take an answer, not code.
    """
    kept: list[Mistake] = []
    for mistake in mistakes:
        result = key.grade(mistake.response)
        if not isinstance(result, Result) or result.correct:
            continue
        answer = key.parse(mistake.response)
        if not any(key.same(answer, key.parse(one.response)) for one in kept):
            kept.append(mistake)
    return kept
