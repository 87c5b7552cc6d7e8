"""Tables and other values: what is right, and the shape of each mistake."""

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers import FormatError, Frame
from checkers.frame_messages import FOUND
from checkers.message import FIELD

BIRDS = pd.DataFrame(
    {
        "species": ["Adelie", "Gentoo", "Adelie", "Chinstrap", "Gentoo"],
        "mass": [3750.0, 5000.0, np.nan, 3500.0, 4800.0],
        "year": [2007, 2008, 2008, 2009, 2009],
    }
)
HEAVY = BIRDS[BIRDS.mass > 3600]
SORTED = BIRDS.sort_values("mass")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Frame(HEAVY), HEAVY.copy()),
        (Frame(HEAVY), HEAVY.reset_index(drop=True)),
        (Frame(HEAVY), HEAVY[["year", "species", "mass"]]),
        (Frame(HEAVY), HEAVY.astype({"species": "category"})),
        (Frame(HEAVY), HEAVY.astype({"species": object, "year": "Int64"})),
        (Frame(HEAVY), HEAVY.assign(mass=HEAVY.mass * 3 / 3)),
        (Frame(HEAVY, row_order=False), HEAVY.iloc[::-1]),
        (Frame(BIRDS, row_order=False), BIRDS.sample(frac=1, random_state=3)),
        (Frame(BIRDS.mass), BIRDS["mass"].rename("weight")),
        (Frame(BIRDS.columns), BIRDS.columns),
        (Frame(np.array([1, 2])), np.array([1.0, 2.0])),
        (Frame((5, 3)), BIRDS.shape),
        (Frame(5), np.int64(5)),
        (Frame(5), 5.0),
        (Frame(0.3), 0.1 + 0.2),
        (Frame("Adelie"), "Adelie"),
        (Frame(True), np.bool_(True)),
        (Frame(float("nan")), np.nan),
        (Frame(pd.Timestamp("2020-01-01")), pd.Timestamp("2020-01-01")),
        (Frame({"a": [1]}), {"a": [1]}),
        (Frame(BIRDS.groupby("species").mass.mean(), index=True), BIRDS.groupby("species")["mass"].mean()),
        (Frame(HEAVY.iloc[:0]), HEAVY.iloc[:0].reset_index(drop=True)),
    ],
)
def test_the_right_value_is_right_in_any_form_that_does_not_matter(key, value):
    result = key.check(value)
    assert result.score == 1, result.feedback


@pytest.mark.parametrize(
    ("key", "value", "mistake"),
    [
        (Frame(BIRDS[["mass"]]), BIRDS["mass"], "series-for-frame"),
        (Frame(BIRDS["mass"]), BIRDS[["mass"]], "frame-for-series"),
        (Frame(HEAVY), BIRDS.mass > 3600, "mask-for-rows"),
        (Frame(3), BIRDS.mass > 3600, "mask-for-count"),
        (Frame(4.5), BIRDS.mass, "not-reduced"),
        (Frame(HEAVY), HEAVY.values, "other-kind"),
        (Frame(HEAVY), HEAVY.mass.mean(), "reduced"),
        (Frame(BIRDS.mass), [1, 2], "other-kind"),
        (Frame(HEAVY), HEAVY.rename(columns={"mass": "Mass"}), "column-name"),
        (Frame(HEAVY), HEAVY.drop(columns="year"), "missing-columns"),
        (Frame(HEAVY), HEAVY.assign(extra=1), "extra-columns"),
        (Frame(HEAVY[["mass"]]), HEAVY[["year"]], "other-columns"),
        (Frame(HEAVY, column_order=True), HEAVY[["year", "species", "mass"]], "column-order"),
        (Frame(HEAVY), BIRDS, None),
        (Frame(HEAVY), HEAVY[HEAVY.year == 2008], "limit-out"),
        (Frame(BIRDS.dropna()), BIRDS, "missing-in"),
        (Frame(BIRDS), BIRDS.dropna(), "missing-out"),
        (Frame(BIRDS), pd.concat([BIRDS, BIRDS.iloc[:2]]), "repeated"),
        (Frame(pd.concat([BIRDS, BIRDS])), BIRDS, "duplicates-dropped"),
        (Frame(SORTED.head(2)), SORTED, "first-rows"),
        (Frame(SORTED.dropna()), SORTED.dropna().iloc[::-1], "reversed"),
        (Frame(SORTED), BIRDS, "sorted-by-other"),
        (Frame(SORTED), BIRDS.iloc[[1, 0, 3, 2, 4]], "unsorted"),
        (Frame(HEAVY), HEAVY.astype({"mass": str}), "dtype"),
        (Frame(pd.to_datetime(pd.Series(["2020-01-01"]))), pd.Series(["2020-01-01"]), "dtype"),
        (Frame(HEAVY, dtypes="exact"), HEAVY.astype({"year": float}), "dtype-exact"),
        (Frame(HEAVY, index=True), HEAVY.reset_index(drop=True), "index"),
        (Frame(BIRDS.mass, names=True), BIRDS.mass.rename("weight"), "name"),
        (Frame(HEAVY), HEAVY.assign(mass=HEAVY.mass + 1), "offset"),
        (Frame(BIRDS), BIRDS.fillna({"mass": 0}), "missing-filled"),
        (Frame(30), 31, "off-by-one"),
        (Frame(3), "3", "no-value"),
        (Frame(5), True, "other-kind"),
        (Frame((5, 3)), (5, 3, 1), "length"),
        (Frame((5, 3)), [5, 3], "other-kind"),
        (Frame((5, 3)), (3, 5), "list-order"),
        (Frame((5, 3)), (3, 6), None),
    ],
)
def test_the_shape_of_the_mistake_is_told(key, value, mistake):
    result = key.check(value)
    assert (result.score, result.mistake) == (0, mistake), result.feedback
    assert len(result.feedback.split("\n\n|")[0].split()) <= 60


LARGE = BIRDS.mass > 3600
ROWS = Frame(BIRDS[LARGE], source=BIRDS, conditions=[LARGE])
PAIR = Frame(BIRDS[(BIRDS.year == 2009) & LARGE], source=BIRDS, conditions=[BIRDS.year == 2009, LARGE])
EITHER = Frame(BIRDS[(BIRDS.year == 2009) | LARGE], source=BIRDS, conditions=[BIRDS.year == 2009, LARGE])
MEAN = Frame(BIRDS.mass.mean(), source=BIRDS)
COUNT = Frame(int(LARGE.sum()), source=BIRDS, conditions=[LARGE])
GROUPS = Frame(BIRDS.groupby("species").mass.mean(), index=True, source=BIRDS)
TOP = pd.DataFrame(
    {"a": range(40), "b": [n * 7 % 40 for n in range(40)], "c": [n * 11 % 40 for n in range(40)]}
)
BEST = Frame(TOP.nlargest(4, "b"), source=TOP)


@pytest.mark.parametrize(
    ("key", "value", "mistake"),
    [
        (ROWS, BIRDS, "not-filtered"),
        (ROWS, BIRDS[~LARGE], "complement"),
        (ROWS, BIRDS[BIRDS.mass <= 3600], "turned"),
        (ROWS, BIRDS[BIRDS.mass >= 3500], "boundary-in"),
        (ROWS, BIRDS[BIRDS.mass > 3750].reset_index(drop=True), "boundary-out"),
        (ROWS, BIRDS[~(BIRDS.mass < 3600)], "missing-in"),
        (ROWS, BIRDS[BIRDS.mass > 9000], "no-rows"),
        (ROWS, BIRDS[BIRDS.year == 2009], "other-condition"),
        (ROWS, BIRDS.fillna(5000)[LARGE | BIRDS.mass.isna()], "filled-rows"),
        (PAIR, BIRDS[(BIRDS.year == 2009) | LARGE], "or-for-and"),
        (PAIR, BIRDS[LARGE], "condition-missing"),
        (PAIR, BIRDS[(BIRDS.year == 2009) & ~LARGE], "condition-turned"),
        (EITHER, BIRDS[(BIRDS.year == 2009) & LARGE], "and-for-or"),
        (MEAN, BIRDS.mass.sum(), "other-function"),
        (MEAN, BIRDS.year.mean(), "of-other-column"),
        (MEAN, BIRDS.mass.fillna(0).mean(), "missing-as-zero"),
        (Frame(BIRDS.mass.std(), source=BIRDS), BIRDS.mass.std(ddof=0), "ddof"),
        (COUNT, 5, "counted-all"),
        (COUNT, int((BIRDS.mass >= 3500).sum()), "counted-boundary"),
        (GROUPS, BIRDS.groupby("species").mass.sum(), "other-function"),
        (GROUPS, BIRDS.groupby("species").year.mean(), "of-other-column"),
        (GROUPS, BIRDS.fillna({"mass": 0}).groupby("species").mass.mean(), "missing-as-zero"),
        (GROUPS, BIRDS.groupby("year").mass.mean(), "grouped-by-other"),
        (GROUPS, BIRDS.groupby("species").mass.transform("mean"), "not-aggregated"),
        (BEST, TOP.nsmallest(4, "b"), "other-extreme"),
        (BEST, TOP.nlargest(4, "c"), "extreme-of-other"),
        (BEST, TOP.head(4), "cut-unsorted"),
        (BEST, TOP.nlargest(5, "b"), "how-many"),
        (Frame(TOP.tail(4), source=TOP), TOP.head(4), "other-end"),
    ],
)
def test_in_the_light_of_its_source_more_is_told(key, value, mistake):
    result = key.check(value)
    assert (result.score, result.mistake) == (0, mistake), result.feedback
    assert len(result.feedback.split("\n\n|")[0].split()) <= 60
    assert not FIELD.search(result.feedback)


def test_no_message_about_rows_is_longer_than_sixty_words():
    assert {key for key, text in FOUND.items() if len(text.split()) > 60} == set()


@pytest.mark.parametrize(
    "options",
    [{"source": [1]}, {"conditions": [LARGE]}, {"source": BIRDS, "conditions": [LARGE[:2]]}],
)
def test_a_source_is_a_table_and_a_condition_is_about_its_rows(options):
    with pytest.raises(ValueError, match="Frame has"):
        Frame(HEAVY, **options)


def test_labels_move_with_their_rows_where_order_does_not_count():
    counts = BIRDS.species.value_counts()
    key = Frame(counts, index=True, row_order=False)
    assert key.check(counts.iloc[::-1]).correct
    assert not key.check(pd.Series(counts.to_numpy()[::-1], index=counts.index)).correct


def test_the_first_cells_that_differ_are_shown_small():
    result = Frame(HEAVY).check(HEAVY.assign(mass=[1.0, 5000.0, 2.0]))
    assert result.feedback.splitlines()[-2:] == ["| 0 | mass | 1 | 3750 |", "| 2 | mass | 2 | 4800 |"]
    assert "2 values differ, all in `mass`" in result.feedback


def test_a_cell_s_own_markup_does_not_break_the_table_that_shows_it():
    column = pd.Series(["a|b\n`c`" * 20])
    row = Frame(pd.Series(["x"])).check(column).feedback.splitlines()[-1]
    assert row.count("|") == 5
    assert len(row) < 70


ODD = [
    pd.DataFrame([[1, 2]], columns=["a", "a"]),
    pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "x"), ("b", "y")])),
    pd.DataFrame(),
    pd.Series([1, 2], index=pd.MultiIndex.from_tuples([(1, 2), (3, 4)], names=["q", "q"])),
    pd.MultiIndex.from_tuples([(1, 2), (3, 4)]),
    pd.RangeIndex(2),
    np.zeros((2, 2, 2)),
    np.zeros((0, 2, 2)),
    np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]),
    pd.Series([1j, 2]),
    pd.Series([[1], {"a": 1}]),
    pd.Series(["a", None], dtype="category"),
    pd.Series(pd.interval_range(0, 2)),
    pd.Series(pd.to_datetime(["2020-01-01", None])).dt.tz_localize("UTC"),
    pd.Series(pd.to_datetime(["2020-01-01", None])),
    pd.Series([10**30, 1], dtype=object),
    10**400,
    1j,
    pd.NaT,
]


@pytest.mark.parametrize(
    "options", [{}, {"row_order": False, "dtypes": "any"}, {"index": True, "dtypes": "exact"}]
)
def test_odd_tables_are_themselves_and_nothing_else(options):
    for n, expected in enumerate(ODD):
        key = Frame(expected, **options)
        assert [m for m, value in enumerate(ODD) if key.check(value).correct] == [n]


def test_rows_in_any_order_are_told_apart_by_type_and_not_by_how_numbers_are_written():
    key = Frame(pd.Series([1, "b", None], dtype=object), row_order=False)
    assert key.check(pd.Series(["b", np.nan, 1.0], dtype=object)).correct
    assert not key.check(pd.Series(["b", None, "1"], dtype=object)).correct


class Liar:
    """Says that it is whatever it is compared with, and raises when looked at."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __repr__(self):
        raise RuntimeError("no")

    __str__ = __repr__


class Posing(pd.DataFrame):
    """A table of a foreign type."""


@pytest.mark.parametrize("value", [Liar(), [Liar()], {"a": Liar()}, (1, [Liar()])])
@pytest.mark.parametrize("key", [Frame(HEAVY), Frame(BIRDS.mass), Frame(3), Frame([1]), Frame("a")])
def test_an_object_that_lies_is_refused_and_not_asked(key, value):
    assert isinstance(key.expects(value), FormatError)
    assert key.check(value).score == 0


def test_a_lying_cell_and_a_foreign_table_are_refused():
    table = BIRDS.astype(object)
    table.iloc[0, 0] = Liar()
    assert Frame(BIRDS).check(table).mistake == "foreign"
    assert Frame(BIRDS).check(table.iloc[:2]).mistake == "foreign"
    assert isinstance(Frame(BIRDS).expects(Posing(BIRDS)), FormatError)


@pytest.mark.parametrize(
    "value",
    [
        None,
        print,
        len,
        BIRDS.head,
        pd,
        int,
        pd.DataFrame,
        (x for x in []),
        BIRDS.groupby("year"),
        map(str, []),
    ],
)
def test_what_is_no_value_yet_is_told_and_not_judged(value):
    error = Frame(HEAVY).expects(value)
    assert isinstance(error, FormatError)
    assert error.message.text


def test_a_text_where_a_table_is_asked_for_is_no_answer_yet():
    assert isinstance(Frame(HEAVY).expects("df[df.mass > 3600]"), FormatError)
    assert Frame("Adelie").expects("Gentoo") is None


def test_two_answers_are_the_same_as_far_as_the_key_looks():
    loose, strict = Frame(BIRDS, row_order=False), Frame(BIRDS)
    assert loose.same(HEAVY, HEAVY.iloc[::-1])
    assert not strict.same(HEAVY, HEAVY.iloc[::-1])
    assert strict.same(HEAVY, HEAVY.reset_index(drop=True))
    assert not strict.same(HEAVY, None)
    assert not strict.same(print, print)


def test_changing_the_table_afterwards_does_not_change_the_key():
    table = BIRDS.copy()
    key = Frame(table)
    table.loc[0, "mass"] = 1
    assert key.check(BIRDS).correct


def test_a_frame_of_a_million_rows_is_checked_in_time():
    rng = np.random.default_rng(1)
    big = pd.DataFrame({f"c{n}": rng.normal(size=1_100_000) for n in range(4)})
    key = Frame(big)
    started = time.perf_counter()
    assert key.check(big.copy()).correct
    assert not key.check(big + 1).correct
    assert not key.check(big.iloc[:-1]).correct
    assert time.perf_counter() - started < 6


frames = st.fixed_dictionaries(
    {
        "a": st.lists(st.integers(-5, 5) | st.none(), min_size=3, max_size=3),
        "b": st.lists(st.text("xyz", max_size=2) | st.none(), min_size=3, max_size=3),
        "c": st.lists(st.floats() | st.booleans(), min_size=3, max_size=3),
    }
).map(pd.DataFrame)
anything = (
    frames
    | frames.map(lambda f: f["c"])
    | frames.map(lambda f: f.T)
    | frames.map(lambda f: f.index)
    | frames.map(lambda f: f.to_numpy())
    | st.none() | st.integers() | st.floats() | st.text() | st.lists(st.integers() | st.lists(st.text()))
    | st.dictionaries(st.integers() | st.text(), st.floats()) | st.datetimes() | st.complex_numbers()
)  # fmt: skip


@given(frames, anything)
def test_no_value_makes_it_raise_and_the_same_gets_the_same(expected, value):
    keys = (Frame(expected), Frame(expected["c"]), Frame(expected, row_order=False, index=True))
    source = pd.concat([expected, expected.assign(b="w")], ignore_index=True)
    seen = (
        Frame(expected, source=source),
        Frame(1.5, source=expected),
        Frame(expected["a"], source=expected),
    )
    for key in keys + seen:
        assert key.check(value) == key.check(value)


@given(frames, st.permutations(range(3)))
def test_a_table_is_itself_and_in_any_order_where_order_does_not_count(table, order):
    assert Frame(table, index=True, column_order=True, dtypes="exact", names=True).check(table.copy()).correct
    assert Frame(table, row_order=False).check(table.iloc[list(order)]).correct


def test_what_is_asked_is_code_and_nothing_of_the_answer():
    assert Frame(HEAVY).asks() == {"kind": "code"}
    assert Frame(HEAVY).right() is None
    assert Frame(HEAVY).open


@pytest.mark.parametrize("bad", [None, print, object(), Liar()])
def test_an_author_gives_something_to_compare_with(bad):
    with pytest.raises(ValueError, match="Frame is given"):
        Frame(bad)
