"""The table that an answer is made from: in its light, what was done to it otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import numpy as np
import pandas as pd

from checkers.frame_messages import FOUND
from checkers.joined import one_of_conditions
from checkers.message import Message
from checkers.result import Result
from checkers.rows import Found, Look, Mask, kept, order_mistake, row_mistake, without_source
from checkers.tables import LOOKED_AT, differing, differing_columns, short
from checkers.worked_out import column_mistake, grouped_mistake, number_mistake

MOST_COLUMNS: Final = 50
"""So many columns that differ are looked at for how they were made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A source table (None: not known), and the conditions that its rows have to meet."""

    table: pd.DataFrame | None
    conditions: tuple[Mask, ...] = ()
    rel: float = 1e-9

    def of_rows(self, yours: pd.DataFrame, expected: pd.DataFrame, *, ordered: bool) -> Result | None:
        """What is wrong with which rows are there."""
        if not len(yours) and len(expected):
            return told(Found(key="no-rows", params={"expected": len(expected)}))
        if self._described(yours, expected):
            return told(Found(key="described", params={}))
        asked = None if self.table is None else kept(expected, self.table, self.rel)
        if self.table is None or asked is None:
            if self._each_row(yours, expected):
                return told(
                    Found(key="not-aggregated", params={"rows": len(yours), "expected": len(expected)})
                )
            return told(without_source(yours, expected)) if len(yours) != len(expected) else None
        have = kept(yours, self.table, self.rel)
        if have is None:
            return told(_filled(yours, self.table, self.rel) or without_source(yours, expected))
        found = row_mistake(have, asked, self.table, self.conditions, ordered=ordered)
        if found is None or found.key in ("some-right", "disjoint"):
            columns = [n for n in have.columns if n in asked.columns]
            look = Look(source=self.table, columns=columns, mine=have.mask, theirs=asked.mask)
            found = one_of_conditions(look, self.conditions) or found
        return told(found)

    def _described(self, yours: pd.DataFrame, expected: pd.DataFrame) -> bool:
        labels = [str(label) for label in yours.index[:2]] if len(yours) <= 11 else []
        return (
            labels in (["count", "mean"], ["count", "unique"])
            and str(expected.index[:1].tolist()) != "['count']"
        )

    def _each_row(self, yours: pd.DataFrame, expected: pd.DataFrame) -> bool:
        """Whether the figures of groups are asked for, and there is one for each row."""
        if self.table is None or len(yours) != len(self.table) or len(expected) >= len(yours):
            return False
        return all(name in self.table.columns for name in expected.index.names)

    def of_order(self, yours: pd.DataFrame, expected: pd.DataFrame) -> Result | None:
        return told(order_mistake(yours, expected))

    def of_number(self, yours: float, expected: float) -> Result | None:
        """How a single number came about."""
        if self.table is None or len(self.table) > LOOKED_AT:
            return None
        try:
            mine, asked = float(yours), float(expected)
        except OverflowError:  # a whole number beyond what a float holds
            return None
        return told(number_mistake(mine, asked, self.table, self.conditions, self.rel))

    def of_groups(self, yours: pd.DataFrame, expected: pd.DataFrame, *, by_index: bool) -> Result | None:
        """How the figures of groups came about."""
        if self.table is None or len(self.table) > LOOKED_AT or len(expected) > LOOKED_AT:
            return None
        index = expected.index
        if by_index and None not in index.names:
            keys: dict[str, Any] = {
                str(name): index.get_level_values(n).to_numpy() for n, name in enumerate(index.names)
            }
        else:
            keys = self._keys(expected)
        if not keys:
            return None
        yours = _by_keys(yours, expected, list(keys))
        return told(grouped_mistake(yours, expected, keys, self.table, self.rel))

    def _keys(self, expected: pd.DataFrame) -> dict[str, Any]:
        """The columns that tell the groups apart: as in the source, and no two rows of them the same."""
        assert self.table is not None
        names = []
        for name in expected.columns:
            if name in self.table.columns and list(expected.columns).count(name) == 1:
                try:
                    if not expected[name].isin(self.table[name]).all():
                        continue
                except (TypeError, ValueError):
                    continue
                names.append(name)
                if not expected[names].duplicated().any():
                    return {str(n): expected[n].to_numpy() for n in names}
        return {}

    def of_cells(self, yours: pd.DataFrame, expected: pd.DataFrame) -> Result | None:
        """What was done to the one column that differs."""
        if len(expected) > LOOKED_AT:
            return None
        for n, _ in islice(differing_columns(yours, expected, self.rel), MOST_COLUMNS):
            mistake = column_mistake(yours.iloc[:, n], expected.iloc[:, n], self.table)
            if mistake is not None:
                return told(mistake)
        return None


def origin_of(table: object, conditions: Sequence[object], rel: float) -> Origin:
    """Raises ValueError where the conditions do not fit the table."""
    if table is None:
        if conditions:
            raise ValueError(
                "Frame has conditions and no source; expected source=, the table that they are about"
            )
        return Origin(table=None, rel=rel)
    if type(table) is not pd.DataFrame:
        raise ValueError(f"Frame has a source of type {type(table).__name__}; expected a DataFrame")
    masks = []
    for condition in conditions:
        mask = np.asarray(condition)
        if mask.shape != (len(table),) or mask.dtype != bool:
            raise ValueError("Frame has a condition that is not one True or False for each row of the source")
        masks.append(mask.copy())
    return Origin(table=table.copy(), conditions=tuple(masks), rel=rel)


def _by_keys(yours: pd.DataFrame, expected: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Your groups in the expected order, where they are the same groups."""
    try:
        if all(name in yours.columns for name in names):
            mine, asked = (pd.MultiIndex.from_frame(t[names]) for t in (yours, expected))
        else:
            mine, asked = yours.index, expected.index  # type: ignore[assignment]
        places = mine.get_indexer(asked) if mine.is_unique and len(mine) == len(asked) else np.array([-1])
    except (TypeError, ValueError):
        return yours
    return yours if (places < 0).any() else yours.iloc[places]


def _filled(yours: pd.DataFrame, source: pd.DataFrame, rel: float) -> Found | None:
    """Rows of the source in which nothing but missing values was changed."""
    if not source.index.is_unique or yours.index.nlevels != source.index.nlevels:
        return None
    if len(yours) + len(source) > LOOKED_AT:
        return None
    places = source.index.get_indexer(yours.index)
    if not len(places) or (places < 0).any():
        return None
    there = source.iloc[places]
    filled: Found | None = None
    for name in yours.columns:
        if name not in source.columns:
            continue
        other = differing(yours[name], there[name], rel)
        if (other & ~there[name].isna().to_numpy()).any():
            return None
        if other.any() and filled is None:
            values = yours[name][other]
            value = short(values.iloc[0]) if values.nunique() == 1 else "other values"
            filled = Found(key="filled-rows", params={"column": short(name), "value": value})
    return filled


def told(found: Found | None) -> Result | None:
    if found is None:
        return None
    template = FOUND[found.key]
    params = {name: value for name, value in found.params.items() if f"{{{name}}}" in template}
    message = Message(key=found.key, template=template, params=params)
    return Result(score=0.0, mistake=found.key, messages=(message,))
