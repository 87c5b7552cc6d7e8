"""Checks of lesson 8: dates from text, periods, and one number for each month or for some days in a row.

Questions are about the weather in Seattle. Hints speak of other tables (letters, songs), so that none gives
an answer away.
"""

import pandas as pd

from checkers import Choice, FillIn, Frame, Matching, MultipleChoice, Number, Ordering, Text
from courseware.excerpt import distinct, printed
from courseware.items import Mistake, Question, item

MEASURES = {
    "temp_max": "the highest temperature",
    "temp_min": "the lowest temperature",
    "wind": "the wind",
    "precipitation": "the precipitation",
}


def dated(data):
    """Seattle's weather with real dates."""
    table = data.frame("seattle")
    return table.assign(date=pd.to_datetime(table["date"]))


def some_days(draw, data, count):
    """So many days in a row, with real dates."""
    table = dated(data)
    start = draw.integers(0, len(table) - count)
    return table.iloc[start : start + count].reset_index(drop=True)


def day_of(draw, low=2012, high=2015):
    """A day that is there in every year."""
    return pd.Timestamp(year=draw.integers(low, high), month=draw.integers(1, 12), day=draw.integers(1, 28))


def iso(date):
    return f"{date:%Y-%m-%d}"


# ------------------------------------------------------------------ time.read


@item(
    objective="time.read",
    version=1,
    difficulty="easy",
    hints=[
        "The same figures are one day in one country and another elsewhere. What does `dayfirst` say?",
        "With `dayfirst=True`, 05/11/2020 is in November; without it, in May.",
    ],
)
def month_or_day(draw, _data):
    """Which month a text with slashes is in, with or without dayfirst."""
    one, two = draw.sample(range(1, 13), 2)
    year, first = draw.integers(2005, 2024), draw.choice([True, False])
    text = f"{one:02}/{two:02}/{year}"
    part = draw.choice(["month", "day"])
    right = two if (part == "month") == first else one
    return Question(
        prompt='What is `pd.to_datetime("{text}"{extra}).{part}`?',
        values={
            "text": text,
            "extra": ", dayfirst=True" if first else "",
            "part": part,
            "right": right,
            "other": one + two - right,
            "order": "day, month, year" if first else "month, day, year",
        },
        answer=Number(right),
        solution="{right}: the text is read as {order}.",
        mistakes=[
            Mistake(
                "other-order",
                one + two - right,
                says="{other} is in the text. It is read as {order} here, though: which of the two figures "
                "is the {part}?",
            ),
            Mistake(
                "the-year",
                year,
                says="That is the year. Asked is the {part}: which figure stands for it, if the text is "
                "read as {order}?",
            ),
        ],
    )


@item(
    objective="time.read",
    version=1,
    hints=[
        "Are these dates for pandas, or pieces of text? Text is compared sign by sign from the left.",
        'Of the texts "9/1/2020" and "10/2/2021", the larger is the first: 9 comes after 1.',
    ],
)
def latest_text(draw, _data):
    """Which of some dates is the latest, as text or as dates."""
    as_text = draw.choice([True, False])
    while True:
        days = [day_of(draw) for _ in range(4)]
        words = [f"{d.month}/{d.day}/{d.year}" for d in days]
        by_date = words[days.index(max(days))]
        by_text = max(words)
        early = words[days.index(min(days))]
        if len({by_date, by_text, early}) == 3 and len(set(words)) == 4:
            break
    right, other = (by_text, by_date) if as_text else (by_date, by_text)
    code = "days.max()" if as_text else "days[pd.to_datetime(days).idxmax()]"
    return Question(
        prompt="The column `days` holds these **texts** (month/day/year):\n\n```text\n{days}\n```\n\nWhat "
        "does `{code}` give?",
        values={"days": "\n".join(words), "code": code, "right": right, "other": other},
        answer=Text(right, spelling=False),
        solution="{right}: text is compared sign by sign, so the first figure decides."
        if as_text
        else "{right}: `to_datetime` makes dates, and of these it is the latest.",
        mistakes=[
            Mistake(
                "took-for-dates" if as_text else "took-for-text",
                other,
                says="Among dates, that is the latest. Nothing has made dates of these texts, though: how "
                "are texts compared?"
                if as_text
                else "Among texts, that comes last. `to_datetime` makes dates of them first, though: which "
                "is the latest?",
            ),
            Mistake(
                "earliest",
                early,
                says="That is the earliest day of them. The line asks for the other end.",
            ),
        ],
    )


PARTS = [
    ("the month, from 1 to 12", "month", "day"),
    ("the year", "year", "month"),
    ("the day of the month", "day", "day_name()"),
    ("the name of the weekday", "day_name()", "day"),
    ("the name of the month", "month_name()", "month"),
    ("the quarter of the year, from 1 to 4", "quarter", "month"),
]


@item(
    objective="time.read",
    version=1,
    difficulty="easy",
    hints=[
        "As text methods stand behind `.str`, what belongs to dates stands behind two letters of its own.",
        'The hour of letters that came in: `letters["came"].dt.hour`. What is a name is called, with round '
        "brackets.",
    ],
)
def fill_part(draw, _data):
    """Fill in how a part of a date is asked for."""
    words, part, other = draw.choice(PARTS)
    table = draw.choice(["seattle", "letters", "visits", "orders", "races", "loans"])
    column = draw.choice(["date", "came", "day", "began"])
    return Question(
        prompt="The column `{column}` of `{table}` holds dates. Fill in, for **{words}** of each.",
        values={"table": table, "column": column, "words": words, "part": part, "other": other},
        answer=FillIn(f'{table}["{column}"].___.___', ["dt", part], code=True),
        solution='`{table}["{column}"].dt.{part}`: `.dt` reaches the date in each row.',
        mistakes=[
            Mistake(
                "str-for-dt",
                ["str", part],
                says="`{part}` is right. `.str` is for text, though, and these are dates: which two "
                "letters stand for date and time?",
            ),
            Mistake(
                "other-part",
                ["dt", other],
                says="`.dt` is right. `{other}` gives another part of a date, though. Which one gives "
                "{words}?",
            ),
        ],
    )


@item(
    objective="time.read",
    version=1,
    hints=[
        "Two steps: make dates of the text, then ask for a part of each.",
        'The year of letters: `pd.to_datetime(letters["came"]).dt.year`.',
    ],
)
def write_part(draw, data):
    """Write the code that makes dates of text and gives a part of each."""
    table = data.frame("seattle")
    start, count = draw.integers(0, len(table) - 90), draw.integers(40, 90)
    days = table.iloc[start : start + count : draw.choice([1, 3, 7])].reset_index(drop=True)
    words, part, other = draw.choice(
        [p for p in PARTS if p[1] in ("month", "day", "day_name()", "month_name()")]
    )
    place = 'pd.to_datetime(days["date"]).dt.'
    found = getattr(pd.to_datetime(days["date"]).dt, part.removesuffix("()"))
    expected = found() if part.endswith("()") else found
    return Question(
        prompt="In the table `days`, the column `date` holds text, the first `{first}` (year/month/day). "
        "Give **{words}** for each row, as a column.",
        values={"first": days["date"].iloc[0], "words": words, "part": part},
        given={"days": days},
        answer=Frame(expected),
        right=f"{place}{part}",
        solution='```python\npd.to_datetime(days["date"]).dt.{part}\n```\n\nFirst dates, then a part of '
        "each, behind `.dt`.",
        mistakes=[
            Mistake(
                "other-part",
                f"{place}{other}",
                says="You made dates of the text, and asked for a part. It is another part, though: the "
                "task wants {words}.",
            ),
            Mistake(
                "dates-only",
                'pd.to_datetime(days["date"])',
                says="The text has become dates: that was the first step. What is still missing is "
                "{words}, which stands behind `.dt`.",
            ),
            Mistake(
                "text-cut",
                'days["date"].str[5:7]',
                says="You cut two signs out of the text. They are text still, and break as soon as dates "
                "are written otherwise. Make dates first, then ask for a part.",
            ),
        ],
    )


@item(
    objective="time.read",
    version=2,
    hints=[
        "What has to be there before dates can be made, and what before a part of them can make groups?",
        "For letters: read the file, make dates of the column, then group by their year.",
    ],
)
def dates_in_order(draw, _data):
    """Put reading, making dates and grouping in order; one line does not belong."""
    column, method = draw.choice(list(MEASURES)), draw.choice(["mean", "max", "min", "median"])
    part = draw.choice(["month", "year", "quarter", "day"])
    name = draw.choice(["seattle", "days", "weather"])
    read = f'{name} = pd.read_csv("data/seattle.csv")'
    turn = f'{name}["date"] = pd.to_datetime({name}["date"])'
    group = f'{name}.groupby({name}["date"].dt.{part})["{column}"].{method}()'
    odd = f'pd.to_datetime({name}["date"])'
    return Question(
        prompt="Put the lines in order, so that the last one gives the {method} `{column}` for each "
        "{part}. One line does not belong.",
        values={"method": method, "column": column, "part": part, "read": read, "turn": turn, "group": group},
        answer=Ordering([read, turn, group], distractors=[odd], indent=False),
        solution="```python\n{read}\n{turn}\n{group}\n```\n\nThe dates have to be put back into the table "
        "before the third line asks for their {part}.",
        mistakes=[
            Mistake(
                "not-kept",
                [read, odd, group],
                says="The order is right. `to_datetime` gives a new column, though, and here nothing keeps "
                "it: the table still holds text. Which line puts the dates back?",
            ),
            Mistake(
                "group-first",
                [read, group, turn],
                says="The file comes first: right. The groups ask for a part of a date, though, and at "
                "that point the column is text. Which line makes dates?",
            ),
        ],
    )


@item(
    objective="time.read",
    version=1,
    hints=[
        "What belongs to dates stands behind `.dt`. Are brackets needed?",
        'How many letters came in each year: `letters["came"].dt.year.value_counts()`.',
    ],
)
def count_by_part(draw, _data):
    """Which line counts rows by a part of their date."""
    table, column = (
        draw.choice(["seattle", "letters", "visits", "orders"]),
        draw.choice(["date", "came", "day"]),
    )
    words, part = draw.choice(
        [("weekday", "day_name()"), ("month", "month"), ("year", "year"), ("quarter", "quarter")]
    )
    place = f'{table}["{column}"]'
    right = f"`{place}.dt.{part}.value_counts()`"
    wrong = [
        Mistake(
            "without-dt",
            f"`{place}.{part}.value_counts()`",
            says="Part and counting are right. A column has no `{part}` of its own, though: what reaches "
            "the date in each row?",
        ),
        Mistake(
            "each-date",
            f"`{place}.value_counts()`",
            says="`value_counts` is right. This counts each single date, though. What makes a {words} of "
            "it first?",
        ),
        Mistake(
            "how-many-different",
            f"`{place}.dt.{part}.nunique()`",
            says="The {words} of each date is right. `nunique` says how many *different* ones there are, "
            "though. Which method counts each?",
        ),
        Mistake(
            "as-text",
            f"`{place}.str.{part}.value_counts()`",
            says="`.str` is for text, and `{column}` holds dates. Which two letters stand for date and time?",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt="`{column}` in the table `{table}` holds dates. Which line says how many rows fall on "
        "**each {words}**?",
        values={"table": table, "column": column, "words": words, "part": part},
        answer=Choice(right=right, wrong=[m.response for m in shown]),
        solution=f"{right}: first the {{words}} of each date, then the count of each.",
        mistakes=shown,
    )


# ---------------------------------------------------------------- time.period


@item(
    objective="time.period",
    version=1,
    difficulty="easy",
    hints=[
        "From one date to the other: how many times does midnight pass?",
        "From 30 April to 2 May it is 2 days: 1 May and 2 May.",
    ],
)
def days_between(draw, _data):
    """How many days lie between two dates."""
    start = day_of(draw)
    right = draw.choice([draw.integers(40, 58), draw.integers(12, 27)])
    end = start + pd.Timedelta(days=right)
    rough = (end.year - start.year) * 360 + (end.month - start.month) * 30 + end.day - start.day
    return Question(
        prompt='`a = pd.Timestamp("{start}")` and `b = pd.Timestamp("{end}")`. What is `(b - a).days`?',
        values={"start": iso(start), "end": iso(end), "right": right, "rough": rough},
        answer=Number(right),
        solution="{right}: so many times midnight passes on the way from {start} to {end}.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "both-ends",
                    right + 1,
                    says="You counted both the first day and the last. A difference is how far it is from "
                    "one to the other: from Monday to Tuesday it is 1.",
                ),
                Mistake(
                    "other-way",
                    -right,
                    says="The size fits. `b` is the later date, though: is `b - a` above 0 or below?",
                ),
                Mistake(
                    "months-of-thirty",
                    rough,
                    says="You took each month for 30 days. How many has the month of {start}?",
                ),
            ],
        ),
    )


@item(
    objective="time.period",
    version=1,
    hints=[
        "A date can be compared like a number. You need two conditions at once: from when on, and up to "
        "when?",
        "Both ends belong to it: `>=` and `<=`, each in round brackets.",
        'Letters of spring 2020: `letters[(letters["came"] >= "2020-03-01") & (letters["came"] <= '
        '"2020-05-31")]`.',
    ],
)
def keep_period(draw, data):
    """Write the code that keeps the rows of a period, both ends included."""
    days = some_days(draw, data, 200)
    first, last = sorted(draw.sample(range(20, 180), 2))
    start, end = iso(days["date"][first]), iso(days["date"][last])
    inside = (days["date"] >= start) & (days["date"] <= end)

    def code(low, high):
        return f'days[(days["date"] {low} "{start}") & (days["date"] {high} "{end}")]'

    return Question(
        prompt="The table `days` holds the weather, with real dates in `date`. Keep the days **from "
        "{start} up to {end}, both included**, with all columns.",
        values={"start": start, "end": end, "code": code(">=", "<=")},
        given={"days": days},
        answer=Frame(days[inside]),
        right=code(">=", "<="),
        solution="```python\n{code}\n```\n\nTwo conditions, joined by `&`. pandas reads the text in the "
        "comparison as a date.",
        mistakes=[
            Mistake(
                "ends-left-out",
                code(">", "<"),
                says="You keep what lies between the two dates. The first and the last day are missing, "
                "though, and the task includes them. Which signs do that?",
            ),
            Mistake(
                "start-only",
                f'days[days["date"] >= "{start}"]',
                says="The start is right, and that day is in. There is no end yet: which second condition "
                "is missing?",
            ),
            Mistake(
                "or-for-and",
                code(">=", "<=").replace(" & ", " | "),
                says="Both conditions are right. `|` keeps a day that meets *one* of them, though, and "
                "that is every day. Which sign asks for both?",
            ),
        ],
    )


@item(
    objective="time.period",
    version=1,
    hints=[
        "Take one date at a time and ask: is the condition True? What of the date that is named in it?",
        'Of 1, 5 and 9 May, `>= "2020-05-05"` keeps the last two.',
    ],
)
def rows_of_period(draw, data):
    """Which dates a condition keeps."""
    days = some_days(draw, data, 40).iloc[sorted(draw.sample(range(40), 6))].reset_index(drop=True)
    sign, other = draw.choice([(">", ">="), (">=", ">"), ("<", "<="), ("<=", "<")])
    limit = days["date"][draw.integers(2, 3)]
    tests = {
        ">": days["date"] > limit,
        ">=": days["date"] >= limit,
        "<": days["date"] < limit,
        "<=": days["date"] <= limit,
    }
    words = [iso(d) for d in days["date"]]
    right = [w for w, ok in zip(words, tests[sign], strict=True) if ok]
    rest = [w for w in words if w not in right]
    return Question(
        prompt='The column `date` of `days` holds {days}. Which of them does `days[days["date"] {sign} '
        '"{limit}"]` keep? Tick all.',
        values={"days": ", ".join(words), "sign": sign, "limit": iso(limit), "right": ", ".join(right)},
        answer=MultipleChoice(right=right, wrong=rest),
        solution="{right}. Dates are compared like numbers: later is larger.",
        mistakes=[
            Mistake(
                "edge",
                [w for w, ok in zip(words, tests[other], strict=True) if ok],
                says="The direction is right. What of {limit} itself: does `{sign}` take it in?",
            ),
            Mistake(
                "other-direction",
                rest,
                says="You told the two sides apart. Later dates are larger, though: which way does "
                "`{sign}` point?",
            ),
        ],
    )


@item(
    objective="time.period",
    version=1,
    hints=[
        "Two conditions, each in round brackets, joined by a sign. And how is a date written, so that "
        "pandas can read it?",
        'Letters of 2020: `letters[letters["came"].dt.year == 2020]`.',
    ],
)
def period_line(draw, _data):
    """Which line keeps the rows of one month of one year."""
    year, month = draw.integers(2012, 2015), draw.integers(1, 12)
    kept = draw.choice(["part", "days", "some"])
    y, m = 'seattle["date"].dt.year', 'seattle["date"].dt.month'
    right = f"`{kept} = seattle[({y} == {year}) & ({m} == {month})]`"
    wrong = [
        Mistake(
            "month-of-every-year",
            f"`{kept} = seattle[{m} == {month}]`",
            says="The month is right. That month comes once in every year, though: which second condition "
            "is missing?",
        ),
        Mistake(
            "word",
            f"`{kept} = seattle[({y} == {year}) and ({m} == {month})]`",
            says="Both conditions are right, in brackets. `and` wants a single True or False, though. "
            "Which sign goes row by row?",
        ),
        Mistake(
            "either",
            f"`{kept} = seattle[({y} == {year}) | ({m} == {month})]`",
            says="Both conditions are right. `|` keeps the whole year, and that month of every other year. "
            "Which sign asks for both?",
        ),
        Mistake(
            "without-dt",
            f'`{kept} = seattle[(seattle["date"].year == {year}) & (seattle["date"].month == {month})]`',
            says="Conditions and sign are right. A column has no `year` and no `month` of its own, though: "
            "what reaches the dates in it?",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt="`seattle` has real dates in `date`. Which line makes `{kept}` the days of **month {month} "
        "of {year}**?",
        values={"kept": kept, "month": month, "year": year},
        answer=Choice(right=right, wrong=[m.response for m in shown]),
        solution=f"{right}: year and month have to fit at once.",
        mistakes=shown,
    )


@item(
    objective="time.period",
    version=1,
    difficulty="hard",
    hints=[
        "First the rows that count; then, for each of their dates, how far it is from the one above.",
        "`diff` takes the row above away from each row. Of a difference of dates, `.dt.days` gives the days.",
        'Days between letters: `letters["came"].diff().dt.days`.',
    ],
)
def days_since(draw, data):
    """Write the code for the days since the row above."""
    days = some_days(draw, data, 150)
    limit = draw.choice([5, 8, 10, 12])
    rainy = days[days["precipitation"] > limit].reset_index(drop=True)
    if len(rainy) < 5:
        rainy = days.iloc[sorted(draw.sample(range(150), 9))].reset_index(drop=True)
    return Question(
        prompt="The table `rainy` holds {rows} wet days in order, the first {first}, with real dates in "
        "`date`. For each of them, give **how many days after the one above** it was, as numbers. (The "
        "first has none: a missing value.)",
        values={"rows": len(rainy), "first": iso(rainy["date"].iloc[0])},
        given={"rainy": rainy},
        answer=Frame(rainy["date"].diff().dt.days),
        right='rainy["date"].diff().dt.days',
        solution='```python\nrainy["date"].diff().dt.days\n```\n\n`diff` takes the date above away from '
        "each date; `.dt.days` makes numbers "
        "of the differences.",
        mistakes=[
            Mistake(
                "below-zero",
                'rainy["date"].diff(-1).dt.days',
                says="Those are differences in days. They look at the row *below*, though, so they lie "
                "below 0. What does `diff` do without a number?",
            ),
            Mistake(
                "since-the-first",
                '(rainy["date"] - rainy["date"].iloc[0]).dt.days',
                says="Those are days, as numbers. They count from the first row, though. Which method "
                "compares each row with the one above?",
            ),
            Mistake(
                "day-of-month",
                'rainy["date"].dt.day.diff()',
                says="`diff` compares with the row above: right. You took the day of the month first, "
                "though, which begins anew each month. Take the difference of the dates themselves.",
            ),
        ],
    )


@item(
    objective="time.period",
    version=1,
    hints=[
        "Two conditions on the date, one on the weather. Count what meets all of them.",
        "Long letters of May 2020: the month, the year, and the length, with `&` between them, then `sum`.",
    ],
)
def count_in_period(draw, data):
    """How many days of a period meet a condition."""
    days = some_days(draw, data, 300)
    first, last = sorted(draw.sample(range(30, 270), 2))
    while last - first < 40:
        first, last = sorted(draw.sample(range(30, 270), 2))
    start, end = iso(days["date"][first]), iso(days["date"][last])
    column = draw.choice(["temp_max", "temp_min"])
    inside = (days["date"] >= start) & (days["date"] <= end)
    limit = int(days[column][inside].median())
    right = int((inside & (days[column] > limit)).sum())
    code = f'((days["date"] >= "{start}") & (days["date"] <= "{end}") & (days["{column}"] > {limit})).sum()'
    return Question(
        prompt="`days` holds the weather, with real dates in `date`. On how many days **from {start} up to "
        "{end}, both included,** was `{column}` above {limit} °C? Work it out in a cell.",
        values={"start": start, "end": end, "column": column, "limit": limit, "right": right, "code": code},
        given={"days": days},
        answer=Number(right),
        solution="```python\n{code}\n```\n\n{right}: three conditions at once, and the Trues counted.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "whole-table",
                    int((days[column] > limit).sum()),
                    says="You counted by the temperature, over the whole table. Asked is the time from "
                    "{start} to {end}: which conditions are missing?",
                ),
                Mistake(
                    "all-of-the-period",
                    int(inside.sum()),
                    says="So many days the period has. Asked are those above {limit} °C: one condition more.",
                ),
                Mistake(
                    "other-side",
                    int((inside & (days[column] <= limit)).sum()),
                    says="The period is right. You counted the days at or below {limit} °C, though. Which "
                    "way does the sign point?",
                ),
            ],
        ),
    )


# -------------------------------------------------------------- time.resample


@item(
    objective="time.resample",
    version=1,
    difficulty="easy",
    hints=[
        "A window of so many rows ends at the row that is asked for. Which values are in it?",
        "With a window of two rows, the third of 41, 43, 49 gives the mean of 43 and 49, which is 46.",
    ],
)
def rolling_value(draw, data):
    """What a rolling mean gives for one day."""
    table = dated(data)
    column = draw.choice(["temp_max", "temp_min"])
    while True:
        start = draw.integers(0, len(table) - 7)
        part = table.iloc[start : start + 7][["date", column]].reset_index(drop=True)
        part[column] = part[column].round(0)
        place = draw.integers(3, 5)
        values = part[column].tolist()
        mine, centred, ahead = (
            values[place - 2 : place + 1],
            values[place - 1 : place + 2],
            values[place : place + 3],
        )
        if (
            sum(mine) % 3 == 0
            and sum(centred) % 3 == 0
            and len({sum(mine), sum(centred), 3 * values[place]}) == 3
        ):
            break
    right = int(sum(mine) // 3)
    return Question(
        prompt="This is the table `part`:\n\n```text\n{table}\n```\n\nWhat stands beside label **{place}** "
        'in `part["{column}"].rolling(3).mean()`?',
        values={
            "table": printed(part.assign(date=[iso(d) for d in part["date"]]), decimals=0),
            "place": place,
            "column": column,
            "right": right,
            "values": ", ".join(f"{v:.0f}" for v in mine),
        },
        answer=Number(right),
        solution="{right}: the mean of {values}, the three values that end at label {place}.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "centred",
                    int(sum(centred) // 3),
                    says="You took three values with label {place} in their middle. The window *ends* "
                    "there, though, unless `center` is set: which three are in it?",
                ),
                Mistake(
                    "the-value",
                    int(values[place]),
                    says="That is the value itself. `rolling(3)` takes it together with others: which, and "
                    "what is their mean?",
                ),
                Mistake(
                    "ahead",
                    round(sum(ahead) / 3, 2) if len(ahead) == 3 else 0,
                    says="You took the values that follow. The window looks back, though: it ends at label "
                    "{place}.",
                ),
            ],
        ),
    )


@item(
    objective="time.resample",
    version=1,
    hints=[
        "For the first rows, the window is not full yet. For how many?",
        "With `rolling(3)` the first two rows have no mean.",
    ],
)
def rolling_gaps(draw, _data):
    """How many values a rolling mean leaves missing, or has."""
    count, window = draw.integers(30, 365), draw.choice([5, 7, 10, 14, 21, 30])
    column, missing = draw.choice(list(MEASURES)), draw.choice([True, False])
    right = window - 1 if missing else count - window + 1
    return Question(
        prompt="`days` has {count} rows, one for each day, without gaps. How many values of "
        '`days["{column}"].rolling({window}).mean()` **{asked}**?',
        values={
            "count": count,
            "column": column,
            "window": window,
            "asked": "are missing" if missing else "are there",
            "right": right,
            "less": window - 1,
        },
        answer=Number(right),
        solution="{right}: the first {less} rows have fewer than {window} values behind them, so their "
        "mean is missing.",
        mistakes=[
            Mistake(
                "one-too-many",
                window if missing else count - window,
                says="You saw that the window fills up first. With row {window} it is full, though: does "
                "that row have a mean?",
            ),
            Mistake(
                "none-missing",
                0 if missing else count,
                says="A window of {window} needs {window} values. How many has the very first row?",
            ),
        ],
    )


@item(
    objective="time.resample",
    version=1,
    hints=[
        "`resample` needs the dates as labels of the rows: `set_index`. Then how long a step is, then what "
        "is worked out.",
        'Letters of each year: `letters.set_index("came")["pages"].resample("YS").sum()`.',
    ],
)
def write_resample(draw, data):
    """Write the code for one number for each month."""
    days = some_days(draw, data, draw.integers(420, 700))
    column, method = draw.choice(list(MEASURES)), draw.choice(["mean", "max", "min"])
    word = {"mean": "mean", "max": "largest", "min": "smallest"}[method]
    code = 'days.set_index("date")["{0}"].resample("{1}").{2}()'.format
    return Question(
        prompt="The table `days` holds more than a year of weather from {start} on, with real dates in "
        "`date`. Give the **{word} `{column}` of each month**, one number for each month of each year, "
        "in order.",
        values={
            "start": iso(days["date"].iloc[0]),
            "word": word,
            "column": column,
            "code": code(column, "MS", method),
        },
        given={"days": days},
        answer=Frame(days.set_index("date")[column].resample("MS").agg(method)),
        right=code(column, "MS", method),
        solution='```python\n{code}\n```\n\nThe dates become the labels; `"MS"` makes a step of each '
        "month, named by its start.",
        mistakes=[
            Mistake(
                "months-of-all-years",
                f'days.groupby(days["date"].dt.month)["{column}"].{method}()',
                says="The numbers are made month by month. The same month of two years fell into one "
                "group, though. What keeps the years apart?",
            ),
            Mistake(
                "years",
                code(column, "YS", method),
                says="`resample` is right, and so are column and method. `YS` makes a step of each *year*, "
                "though. What stands for months?",
            ),
            Mistake(
                "counted",
                code(column, "MS", "count"),
                says="The steps are right. You counted the days of each month, though. Which method gives "
                "the {word}?",
            ),
        ],
    )


STEPS = {
    '`"D"`': ["a step for each day", "one number a day"],
    '`"W"`': ["a step for each week", "one number a week"],
    '`"MS"`': ["a step for each month", "one number a month"],
    '`"YS"`': ["a step for each year", "one number a year"],
    '`"h"`': ["a step for each hour", "one number an hour"],
    '`"min"`': ["a step for each minute", "one number a minute"],
}


@item(
    objective="time.resample",
    version=2,
    difficulty="easy",
    hints=[
        "They are short for English words. The S stands for *start*: the step is named by its first day.",
        "A quarter of a year is `QS`. Small letters stand for times shorter than a day.",
    ],
)
def match_steps(draw, _data):
    """Match the short names of steps with what they mean."""
    names = (
        ['`"D"`', '`"W"`', '`"MS"`', '`"YS"`']
        if draw.choice([True, False])
        else ['`"h"`', '`"min"`', '`"MS"`', '`"D"`']
    )
    pairs = {name: draw.choice(STEPS[name]) for name in names}
    a, b = ('`"MS"`', '`"YS"`') if '`"YS"`' in pairs else ('`"MS"`', '`"min"`')
    c, d = ('`"D"`', '`"W"`') if '`"W"`' in pairs else ('`"D"`', '`"h"`')
    extra = draw.choice(
        [
            "a step for each quarter",
            "one number a quarter",
            "one number for everything",
            "a step for each season",
            "one number a decade",
            "a step for each ten years",
        ]
    )
    return Question(
        prompt="What does `resample` make with each of these?",
        values={"pairs": "; ".join(f"{left}: {right}" for left, right in pairs.items()).replace("`", "")},
        answer=Matching(pairs, distractors=[extra]),
        solution="{pairs}.",
        mistakes=[
            Mistake(
                "long-ones",
                {**pairs, a: pairs[b], b: pairs[a]},
                says=f"Two fit. {a} and {b} are swapped: say the words that they are short for.",
            ),
            Mistake(
                "short-ones",
                {**pairs, c: pairs[d], d: pairs[c]},
                says=f"Two fit. {c} and {d} are swapped: say the words that they are short for.",
            ),
        ],
    )


@item(
    objective="time.resample",
    version=2,
    hints=[
        "Are the Januaries of several years to be put together, or kept apart?",
        "All songs of each *month of the year*, whatever the year: groups by `.dt.month`. Month after "
        "month in time: `resample`.",
    ],
)
def calendar_or_course(draw, _data):
    """Whether a question calls for groups by month or for resample."""
    column, method = draw.choice(list(MEASURES)), draw.choice(["mean", "max", "min", "median"])
    together, window = draw.choice([True, False]), draw.choice([7, 30, 31, 90])
    name = draw.choice(["seattle", "days", "weather"])
    groups = f'`{name}.groupby({name}["date"].dt.month)["{column}"].{method}()`'
    steps = f'`{name}.set_index("date")["{column}"].resample("MS").{method}()`'
    rolling = f'`{name}["{column}"].rolling({window}).{method}()`'
    each = f'`{name}.groupby("date")["{column}"].{method}()`'
    words = (
        "twelve numbers: one for each month of the calendar, over all four years"
        if together
        else "48 numbers: one for each month, from January 2012 to December 2015"
    )
    right, wrong = (groups, steps) if together else (steps, groups)
    return Question(
        prompt=f"`{{name}}` holds four years of Seattle's weather. Which line gives **{words}**, of "
        f"`{{column}}` ({{method}})?",
        values={"name": name, "column": column, "method": method, "window": window},
        answer=Choice(right=right, wrong=[wrong, rolling, each]),
        solution=f"{right}: "
        + (
            "all Januaries fall into one group."
            if together
            else "each month of each year is a step of its own."
        ),
        mistakes=[
            Mistake(
                "other-kind",
                wrong,
                says="That works month by month. Are the same months of several years put together in it, "
                "or kept apart? And what is asked for?",
            ),
            Mistake(
                "rolling",
                rolling,
                says="A rolling window gives a number for every *day*, over the {window} days up to it. "
                "Asked is "
                "one for each month.",
            ),
            Mistake(
                "each-day",
                each,
                says="Here each date is a group of its own, so nothing is put together. What makes a month "
                "of a date?",
            ),
        ],
    )


@item(
    objective="time.resample",
    version=1,
    hints=[
        "First the dates as labels, then the length of a step, then what is worked out.",
        "Pages of letters, a number for each year: "
        '`letters.set_index("came")["pages"].resample("YS").sum()`.',
    ],
)
def fill_resample(draw, _data):
    """Fill in what resample needs."""
    step, word, other = draw.choice(
        [("MS", "month", "YS"), ("YS", "year", "MS"), ("W", "week", "D"), ("QS", "quarter", "MS")]
    )
    table = draw.choice(["seattle", "weather", "days"])
    column, method = draw.choice(list(MEASURES)), draw.choice(["mean", "max", "min", "median"])
    return Question(
        prompt="`{table}` has real dates in `date`. Fill in, for the {method} of `{column}`, **a number "
        "for each {word}**.",
        values={
            "table": table,
            "method": method,
            "column": column,
            "word": word,
            "step": step,
            "other": other,
        },
        answer=FillIn(
            f'{table}.___("date")["{column}"].resample(___).___()',
            ["set_index", [f'"{step}"', f"'{step}'"], method],
            code=True,
        ),
        solution='`{table}.set_index("date")["{column}"].resample("{step}").{method}()`: the dates as '
        "labels, a step for each {word}, the {method} of "
        "each.",
        mistakes=[
            Mistake(
                "grouped-first",
                ["groupby", f'"{step}"', method],
                says="Step and method are right. `groupby` makes heaps, though; `resample` wants the dates "
                "as the *labels* of the rows. Which method does that?",
            ),
            Mistake(
                "other-step",
                ["set_index", f'"{other}"', method],
                says='The dates are labels, and the method is right. `"{other}"` makes steps of another '
                "length, though. What stands for a {word}?",
            ),
        ],
    )
