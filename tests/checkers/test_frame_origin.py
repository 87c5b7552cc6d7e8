"""What Frame makes of the table that an answer comes from: conditions, groups, columns, figures."""

import pandas as pd
import pytest

from checkers import Frame

DAYS = pd.DataFrame(
    {
        "town": ["Oslo", "Rome"] * 20,
        "temp": [float(n % 23) for n in range(40)],
        "rain": [(n * 7) % 11 for n in range(40)],
        "wind": [(n * 5) % 13 + 1 for n in range(40)],
    }
)
WARM, WET = DAYS.temp > 10, DAYS.rain >= 6


def key(expected, conditions=()):
    return Frame(expected, source=DAYS, conditions=conditions, index=isinstance(expected, pd.Series))


@pytest.mark.parametrize(
    ("rows", "mistake", "says"),
    [
        (WARM | (DAYS.rain >= 5), "value-in", "`5` in `rain`"),
        (WARM | (DAYS.rain >= 7), "one-limit-out", "have 6 in `rain`"),
        (WARM | (DAYS.rain >= 3), "one-limit-in", "from 3 to 5 in `rain`"),
    ],
)
def test_of_conditions_joined_by_or_the_one_that_is_off_is_told(rows, mistake, says):
    result = key(DAYS[WARM | WET], [WARM, WET]).check(DAYS[rows])
    assert (result.score, result.mistake) == (0, mistake)
    assert says in result.feedback


def test_rows_that_fail_the_same_condition_are_told_as_such():
    asked = DAYS[(DAYS.town == "Oslo") & WARM]
    odd = DAYS[((DAYS.town == "Oslo") | (DAYS.wind % 2 == 1)) & WARM]
    result = key(asked, [DAYS.town == "Oslo", WARM]).check(odd)
    assert result.mistake == "one-condition-in"


def test_groups_by_another_column_are_told_even_if_one_is_the_same():
    asked = DAYS.groupby(["town", "rain"]).size()
    result = key(asked).check(DAYS.groupby(["town", "wind"]).size())
    assert result.mistake == "grouped-by-other"
    assert "`town, wind`" in result.feedback


def test_a_figure_of_rows_that_one_value_names_is_recognised():
    asked = float(DAYS[DAYS.town == "Oslo"].wind.mean())
    rome = key(asked).check(float(DAYS[DAYS.town == "Rome"].wind.mean()))
    assert (rome.mistake, "`Rome` in `town`" in rome.feedback) == ("rows-value", True)
    every = key(asked).check(float(DAYS.wind.mean()))
    assert every.mistake == "rows-all"
    total = key(asked).check(float(DAYS[DAYS.town == "Oslo"].wind.sum()))
    assert (total.mistake, "`wind`" in total.feedback) == ("other-function", True)


def test_a_count_of_the_rows_left_out_is_recognised_without_a_condition():
    assert key(int((DAYS.rain >= 9).sum())).check(int((DAYS.rain < 9).sum())).mistake == "counted-complement"


def test_what_a_column_is_made_from_is_recognised_with_a_factor():
    asked = DAYS.assign(index=DAYS.temp / DAYS.wind * 60)
    result = key(asked).check(DAYS.assign(index=DAYS.rain / DAYS.wind * 60))
    assert result.mistake == "made-from-three"
    assert "`rain` / `wind`, times 60" in result.feedback


def test_a_value_that_all_rows_asked_for_share_is_told():
    asked = DAYS[DAYS.town == "Oslo"].merge(pd.DataFrame({"town": ["Oslo"], "land": ["Norway"]}), on="town")
    lands = pd.DataFrame({"town": ["Oslo", "Rome"], "land": ["Norway", "Italy"]})
    result = Frame(asked).check(DAYS[DAYS.town == "Rome"].merge(lands, on="town").head(7))
    assert result.mistake == "always-the-same"
