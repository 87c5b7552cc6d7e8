"""Tables of many columns are judged in time, and columns of every dtype like any others."""

import time

import numpy as np
import pandas as pd
import pytest

from checkers import Frame

GENEROUS = 60
"""Seconds of processor time, for what takes at most two on a machine that is not busy."""
COLUMNS = {
    "string[python]": pd.array(["a", None, "c", "d"], dtype="string[python]"),
    "Int64": pd.array([1, None, 3, 4], dtype="Int64"),
    "Float64": pd.array([1.5, None, 3, 4], dtype="Float64"),
    "boolean": pd.array([True, None, False, True], dtype="boolean"),
    "category": pd.Categorical(["a", "b", "a", "c"]),
    "ordered": pd.Categorical(["a", "b", "a", "c"], ordered=True),
    "Sparse": pd.arrays.SparseArray([0.0, 3.0, 0.0, 5.0]),
    "time zone": pd.date_range("2026-03-28", periods=4, tz="Europe/Berlin"),
    "Period": pd.period_range("2026-01", periods=4, freq="M"),
    "Interval": pd.interval_range(0, 4),
    "complex": np.array([1j, 2, 3, 4]),
}


def changed(values):
    """The same with the first two exchanged."""
    return pd.Series(values).iloc[[1, 0, 2, 3]].reset_index(drop=True)


@pytest.mark.parametrize("kind", COLUMNS)
@pytest.mark.parametrize("width", [1, 110])
def test_columns_of_every_dtype_are_right_and_wrong_like_any_others(kind, width):
    table = pd.DataFrame({"n": [4, 3, 2, 1], **{f"c{i}": COLUMNS[kind] for i in range(width)}})
    other = table.assign(c0=changed(COLUMNS[kind]))
    key = Frame(table)
    assert key.check(table.copy()).correct
    assert not key.check(other).correct
    assert key.check(other).feedback
    assert Frame(table, row_order=False).check(table.iloc[::-1]).correct
    assert not Frame(table, row_order=False).check(other.iloc[::-1]).correct
    assert not key.check(table.iloc[:-1]).correct
    assert Frame(table, source=table).check(other).score == 0


def test_with_many_columns_the_one_that_differs_is_found():
    table = pd.DataFrame(np.arange(1200.0).reshape(4, 300)).rename(columns="c{}".format)
    table["c7"] = ["a", "b", "c", "d"]
    table["c9"] = [np.nan, 1, 2, np.inf]
    for name, value in (("c7", "x"), ("c9", 5.0), ("c250", 1e9)):
        other = table.copy()
        other.loc[2, name] = value
        assert Frame(table).check(table.copy()).correct
        result = Frame(table).check(other)
        assert not result.correct
        assert f"`{name}`" in result.feedback
        assert not Frame(table, row_order=False).check(other.iloc[::-1]).correct
    assert Frame(table, row_order=False).check(table.iloc[::-1]).correct


@pytest.mark.parametrize("dtype", ["float64", "Int64", "category"])
def test_two_thousand_columns_are_judged_in_time(dtype):
    numbers = np.random.default_rng(0).integers(0, 9, size=(12, 2000))
    table = pd.DataFrame(numbers).rename(columns="c{}".format).astype(dtype)
    swapped = table.iloc[[1, 0, *range(2, 12)]].reset_index(drop=True)
    start = time.process_time()
    for answer in (table.copy(), swapped, table.iloc[:-2]):
        key = Frame(table)
        assert key.expects(answer) is None
        assert key.check(answer).correct == (answer.shape == table.shape and answer is not swapped)
        key.same(answer, table)
    assert time.process_time() - start < GENEROUS
