"""Checks of lesson 5: one number for each group, several at once, and how large groups are.

Questions are about flights from New York, penguins and countries. Hints speak of other tables (songs,
trees), so that none gives an answer away.
"""

import pandas as pd

from checkers import Choice, FillIn, Frame, Function, Matching, Number, Ordering, Text
from courseware.excerpt import distinct, few_rows, printed
from courseware.items import Mistake, Question, item

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
CARRIERS = ["UA", "EV", "B6", "DL", "AA", "MQ", "US", "9E"]
# A table, a column that makes groups, and a column of numbers.
GROUPS = [
    ("flights", "carrier", "dep_delay"),
    ("flights", "carrier", "arr_delay"),
    ("flights", "origin", "arr_delay"),
    ("flights", "origin", "air_time"),
    ("flights", "month", "dep_delay"),
    ("flights", "dest", "air_time"),
    ("penguins", "species", "body_mass_g"),
    ("penguins", "island", "flipper_length_mm"),
    ("penguins", "species", "bill_length_mm"),
    ("gapminder", "continent", "life_exp"),
    ("gapminder", "continent", "gdp_per_person"),
    ("gapminder", "year", "life_exp"),
    ("seattle", "weather", "temp_max"),
    ("seattle", "weather", "wind"),
    ("planes", "manufacturer", "seats"),
]
METHODS = {"mean": "mean", "median": "median", "max": "largest", "min": "smallest"}


def one_month(draw, data):
    """The flights of one month, with its name."""
    table, month = data.frame("flights"), draw.integers(1, 12)
    return MONTHS[month - 1], table[table["month"] == month].reset_index(drop=True)


def pools(data):
    """For each carrier, the labels of some of its flights that have a delay; and the flights."""
    table = data.frame("flights").dropna(subset=["dep_delay"])[["carrier", "dest", "dep_delay"]]
    return {c: table.index[table["carrier"] == c].tolist()[:400] for c in CARRIERS}, table


def small_groups(draw, data, sizes, fits=None):
    """Some flights of so many carriers, so many of each, with whole delays, in a random order."""
    labels, table = pools(data)
    delay = table["dep_delay"].to_dict()
    while True:
        carriers = draw.sample(CARRIERS, len(sizes))
        rows = [draw.sample(labels[c], size) for c, size in zip(carriers, sizes, strict=True)]
        if fits is None or fits([[int(delay[label]) for label in group] for group in rows]):
            break
    part = table.loc[draw.shuffle([label for group in rows for label in group])].reset_index(drop=True)
    return carriers, part.astype({"dep_delay": int})


# ------------------------------------------------------------------ group.one


@item(
    objective="group.one",
    version=1,
    difficulty="easy",
    hints=[
        "Go through the table and keep only the rows of that group. What is the mean of those?",
        "`groupby` makes a heap for each label; the mean is worked out heap by heap.",
        "Rock songs of 3 and 5 minutes, jazz of 10: the mean of rock is 4, whatever jazz does.",
    ],
)
def mean_of_group(draw, data):
    """The mean of one group of a small table."""

    def whole(groups):
        two, four = map(sum, groups)
        return two % 2 == 0 and four % 4 == 0 and (two + four) % 3 == 0 and len({*groups[0], *groups[1]}) > 3

    carriers, part = small_groups(draw, data, [2, 4], whole)
    total = int(part["dep_delay"].sum())
    asked, rest = carriers if draw.choice([True, False]) else carriers[::-1]
    mine, theirs = (part[part["carrier"] == c]["dep_delay"] for c in (asked, rest))
    right = int(mine.sum()) // len(mine)
    return Question(
        prompt="This is the table `part`:\n\n```text\n{table}\n```\n\nWhat stands beside **{asked}** in "
        '`part.groupby("carrier")["dep_delay"].mean()`?',
        values={
            "table": printed(part),
            "asked": asked,
            "rest": rest,
            "right": right,
            "values": ", ".join(map(str, mine)),
        },
        answer=Number(right),
        solution="{right}: the mean of {values}, the delays in the rows of {asked}.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "mean-of-all",
                    total / 6,
                    says="That is the mean of all six rows. `groupby` makes a heap for each carrier first, "
                    "and works with each heap by itself. Which rows are in the heap of {asked}?",
                ),
                Mistake(
                    "sum-for-mean",
                    int(mine.sum()),
                    says="You took the right rows and added them up. What does a mean do with the sum?",
                ),
                Mistake(
                    "other-group",
                    int(theirs.sum()) // len(theirs),
                    says="That is a mean of one group: the one of {rest}. Asked is {asked}.",
                ),
            ],
        ),
    )


@item(
    objective="group.one",
    version=1,
    hints=[
        "Three parts in this order: what makes the groups, what is looked at, what is worked out.",
        'The longest song of each singer: `songs.groupby("singer")["minutes"].max()`.',
    ],
)
def group_line(draw, _data):
    """Which line works out one number for each group."""
    name, key, column = draw.choice(GROUPS)
    method = draw.choice(list(METHODS))
    right = f'`{name}.groupby("{key}")["{column}"].{method}()`'
    wrong = [
        Mistake(
            "swapped",
            f'`{name}.groupby("{column}")["{key}"].{method}()`',
            says="All parts are there. This makes a group of each `{column}`, though, and looks at "
            "`{key}`. Which column says who belongs together?",
        ),
        Mistake(
            "nothing-worked-out",
            f'`{name}.groupby("{key}")["{column}"]`',
            says="Groups and column are right. So far rows are only put on heaps, though. Which method "
            "turns each heap into one number?",
        ),
        Mistake(
            "one-for-all",
            f'`{name}["{column}"].{method}()`',
            says="Column and method are right. That gives one number for the whole table. What makes the "
            "groups?",
        ),
        Mistake(
            "column-as-condition",
            f'`{name}[{name}["{key}"]]["{column}"].{method}()`',
            says="Column and method are right. Square brackets keep rows by a condition, though, and "
            "`{key}` is none. Which method makes a group of each of its labels?",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt="Which line gives the **{word} `{column}` of each `{key}`** in the table `{name}`?",
        values={"name": name, "key": key, "column": column, "method": method, "word": METHODS[method]},
        answer=Choice(right=right, wrong=[m.response for m in shown]),
        solution=f"{right}: groups by `{{key}}`, in each of them the column `{{column}}`, and of that one "
        f"number.",
        mistakes=shown,
    )


@item(
    objective="group.one",
    version=1,
    difficulty="easy",
    hints=[
        "Each group becomes one row of the result. How many groups are there?",
        "A table of 9 songs by 4 singers, grouped by singer, gives 4 rows.",
    ],
)
def rows_of_groups(draw, data):
    """How many rows a grouped result has."""
    sizes = [*draw.sample([1, 2, 3], 2), draw.integers(1, 2)]
    _, part = small_groups(draw, data, sizes)
    key = draw.choice(["carrier", "dest"])
    method = draw.choice(list(METHODS))
    right, delays = part[key].nunique(), part["dep_delay"].nunique()
    return Question(
        prompt="This is the table `part`:\n\n```text\n{table}\n```\n\nHow many rows does "
        '`part.groupby("{key}")["dep_delay"].{method}()` have?',
        values={
            "table": printed(part),
            "key": key,
            "method": method,
            "right": right,
            "labels": ", ".join(sorted(set(part[key]))),
        },
        answer=Number(right),
        solution="{right}, one for each group: {labels}.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "one-for-each-row",
                    len(part),
                    says="So many rows `part` has. Rows with the same `{key}` end up in one group, though, "
                    "and each group gives one number. How many groups are there?",
                ),
                Mistake(
                    "a-single-one",
                    1,
                    says="`{method}` gives one number – of each group. How many groups does `{key}` make?",
                ),
                Mistake(
                    "by-the-numbers",
                    delays,
                    says="So many different delays there are. The groups are made by `{key}`: how many "
                    "different labels has it?",
                ),
            ],
        ),
    )


@item(
    objective="group.one",
    version=1,
    hints=[
        "First the groups, then the column, then the number: three steps with points between them.",
        'The median length of the songs of each genre: `songs.groupby("genre")["minutes"].median()`.',
    ],
)
def write_group(draw, data):
    """Write the code for one number of each group."""
    month, flights = one_month(draw, data)
    key, column = draw.choice(["carrier", "origin"]), draw.choice(["dep_delay", "arr_delay", "air_time"])
    method, other = draw.sample(["mean", "median"], 2)
    return Question(
        prompt="The table `flights` holds some flights of {month} 2013. Give the **{method} `{column}` of "
        "each `{key}`**.",
        values={"month": month, "key": key, "column": column, "method": method, "other": other},
        given={"flights": flights},
        answer=Frame(flights.groupby(key)[column].agg(method)),
        right=f'flights.groupby("{key}")["{column}"].{method}()',
        solution='```python\nflights.groupby("{key}")["{column}"].{method}()\n```\n\nA group for each '
        "`{key}`, of "
        "each the column `{column}`, and of that the {method}.",
        mistakes=[
            Mistake(
                "one-for-all",
                f'flights["{column}"].{method}()',
                says="Column and method are right. That is one number for all flights. What makes a group "
                "of each `{key}` first?",
            ),
            Mistake(
                "other-method",
                f'flights.groupby("{key}")["{column}"].{other}()',
                says="Groups and column are right. You worked out the {other} of each, and the task asks "
                "for the {method}.",
            ),
            Mistake(
                "swapped",
                f'flights.groupby("{column}")["{key}"].count()',
                says="`groupby` is the right method. It makes a group of each `{column}` here, though. "
                "Which column says which flights belong together, and which one is worked with?",
            ),
        ],
    )


@item(
    objective="group.one",
    version=1,
    difficulty="easy",
    hints=[
        "The labels of the groups stand at the left, the numbers at the right. Which of the two is asked "
        "for?",
        "`idxmax` gives the label beside the largest number, `max` the number itself.",
    ],
)
def group_with_most(draw, data):
    """Which label idxmax or idxmin gives of a grouped result."""
    name, key, column = draw.choice(
        [g for g in GROUPS if g[1] in ("carrier", "continent", "weather", "species")]
    )
    table = data.frame(name)
    most, size = draw.choice([True, False]), draw.integers(60, 90)
    while True:
        part = few_rows(draw, table, [key, column], size)
        means = part.groupby(key)[column].mean().round(1)
        means = means[means.index.isin(draw.sample(sorted(means.index), min(5, len(means))))]
        top, bottom = means.idxmax(), means.idxmin()
        if means.nunique() == len(means):
            break
    right, opposite = (top, bottom) if most else (bottom, top)
    return Question(
        prompt='`means = part.groupby("{key}")["{column}"].mean()` gives\n\n```text\n{table}\n```\n\nWhat '
        "does "
        "`means.{call}()` give?",
        values={
            "key": key,
            "column": column,
            "table": printed(means.rename("")).lstrip("\n").rstrip(),
            "call": "idxmax" if most else "idxmin",
            "right": right,
            "number": means[right],
            "end": "largest" if most else "smallest",
            "first": means.index[0],
        },
        answer=Text(right, case=True, spelling=False),
        solution="{right}: beside it stands the {end} number, {number}.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "number-for-label",
                    str(means[right]),
                    says="{number} is the {end} number: you found the place. The `idx` in `{call}` stands "
                    "for the label there, though.",
                ),
                Mistake(
                    "other-end",
                    opposite,
                    says="That label stands at one end. `{call}` asks for the {end} number: beside which "
                    "label is it?",
                ),
                Mistake(
                    "the-first",
                    means.index[0],
                    says="{first} comes first because labels are put in order. `{call}` looks at the "
                    "numbers: which is the {end}?",
                ),
            ],
        ),
    )


@item(
    objective="group.one",
    version=2,
    hints=[
        "Each line uses a name that another one makes. Which rows are wanted? Do they have to be chosen "
        "before groups are made?",
        'With songs: `old = songs[songs["year"] < 1970]`, then groups of `old`, then the groups in order.',
    ],
)
def group_in_order(draw, _data):
    """Put keeping rows, grouping and sorting in order; one line does not belong."""
    origin, column = draw.choice(["JFK", "EWR", "LGA"]), draw.choice(["dep_delay", "arr_delay", "air_time"])
    key, method = draw.choice(["carrier", "dest", "month", "day"]), draw.choice(list(METHODS))
    keep = f'part = flights[flights["origin"] == "{origin}"]'
    group = f'found = part.groupby("{key}")["{column}"].{method}()'
    show, bare = "found.sort_values()", f'found = part.groupby("{key}")["{column}"]'
    return Question(
        prompt="Put the lines in order, so that the last one shows the {word} `{column}` of each `{key}` "
        "**for flights from {origin} alone**, sorted. One line does not belong.",
        values={
            "origin": origin,
            "key": key,
            "column": column,
            "word": METHODS[method],
            "method": method,
            "keep": keep,
            "group": group,
        },
        answer=Ordering([keep, group, show], distractors=[bare], indent=False),
        solution="```python\n{keep}\n{group}\nfound.sort_values()\n```\n\nFirst the rows that count, then "
        "the groups, then their order. Without `{method}()` there would be heaps and no numbers to "
        "sort.",
        mistakes=[
            Mistake(
                "group-first",
                [group, keep, show],
                says="Sorting comes last: right. The groups are made of `part`, though, and at that point "
                "nothing has made `part`. Which line does?",
            ),
            Mistake(
                "no-number",
                [keep, bare, show],
                says="The order is right: rows, groups, sorting. Without a method behind it a group is "
                "only a heap of rows, though. Which line makes a number of each?",
            ),
            Mistake(
                "sorted-too-early",
                [keep, show, group],
                says="The rows come first: right. Then you sort `found` before it is there. Which line "
                "makes it?",
            ),
        ],
    )


# -------------------------------------------------------------- group.several


@item(
    objective="group.several",
    version=2,
    difficulty="easy",
    hints=[
        "Left of the `=` stands the new column's name. In the brackets: which column, and what is worked "
        "out of it?",
        '`songs.groupby("singer").agg(longest=("minutes", "max"))` has a column `longest`: of `minutes` '
        "the maximum.",
    ],
)
def fill_agg(draw, _data):
    """Fill in column and method of a named summary."""
    key = draw.choice(["carrier", "origin", "dest", "month"])
    kept = draw.choice(["summary", "board", "report", "by_group", "overview"])
    new, column, method, other = draw.choice(
        [
            ("latest", "arr_delay", "max", "min"),
            ("earliest", "dep_delay", "min", "max"),
            ("typical_delay", "dep_delay", "median", "max"),
            ("mean_delay", "arr_delay", "mean", "count"),
            ("planes", "tailnum", "nunique", "count"),
            ("longest", "air_time", "max", "mean"),
            ("farthest", "distance", "max", "count"),
            ("total_miles", "distance", "sum", "count"),
        ]
    )
    wrong_column = draw.choice([c for c in ["air_time", "distance", "dep_delay"] if c != column])
    says = {
        "latest": "the largest delay at arrival",
        "earliest": "the smallest delay at departure",
        "typical_delay": "the delay at departure in the middle",
        "mean_delay": "the mean delay at arrival",
        "planes": "how many different planes flew",
        "longest": "the longest time in the air",
        "farthest": "the largest distance",
        "total_miles": "all the miles together",
    }[new]
    quoted = [f'"{column}"', f"'{column}'"]
    return Question(
        prompt="For each `{key}`, the column `{new}` should hold **{says}**. Fill in.",
        values={
            "key": key,
            "new": new,
            "says": says,
            "column": column,
            "method": method,
            "other": other,
            "wrong": wrong_column,
        },
        answer=FillIn(
            f'{kept} = flights.groupby("{key}").agg({new}=(___, ___))',
            [quoted, [f'"{method}"', f"'{method}'"]],
            code=True,
        ),
        solution='`{new}=("{column}", "{method}")`: the column `{column}` of each group, and of it '
        "`{method}`.",
        mistakes=[
            Mistake(
                "turned-round",
                [f'"{method}"', f'"{column}"'],
                says="Both are right, and the wrong way round. In the brackets stands first *of what*, "
                "then *what is worked out*.",
            ),
            Mistake(
                "other-method",
                [f'"{column}"', f'"{other}"'],
                says="The column is right. `{other}` gives something else, though. Which method gives "
                "{says}?",
            ),
            Mistake(
                "other-column",
                [f'"{wrong_column}"', f'"{method}"'],
                says="The method is right. It is asked of `{wrong}`, though. Which column holds what is "
                "meant?",
            ),
        ],
    )


@item(
    objective="group.several",
    version=1,
    hints=[
        "Two new columns, two pairs of brackets in `agg`. What stands left of each `=`?",
        'With songs: `songs.groupby("genre").agg(songs=("title", "count"), longest=("minutes", "max"))`.',
    ],
)
def write_agg(draw, data):
    """Write the code for two numbers of each group, with names."""
    month, flights = one_month(draw, data)
    key, column = draw.choice(["carrier", "origin"]), draw.choice(["dep_delay", "arr_delay"])
    (one, first), (two, second) = draw.sample(
        [("typical", "median"), ("worst", "max"), ("best", "min"), ("average", "mean")], 2
    )
    expected = flights.groupby(key).agg(**{one: (column, first), two: (column, second)})

    def code(a, b):
        return f'flights.groupby("{key}").agg({one}=("{column}", "{a}"), {two}=("{column}", "{b}"))'

    return Question(
        prompt="The table `flights` holds some flights of {month} 2013. Make a table with a row for each "
        "`{key}` and two columns: `{one}`, the **{first}** of `{column}`, and `{two}`, its "
        "**{second}**.",
        values={
            "month": month,
            "key": key,
            "column": column,
            "one": one,
            "two": two,
            "first": METHODS[first],
            "second": METHODS[second],
            "code": code(first, second),
        },
        given={"flights": flights},
        answer=Frame(expected),
        right=code(first, second),
        solution="```python\n{code}\n```\n\nEach new column is named on the left; in the brackets stand "
        "the column that it comes from and the method.",
        mistakes=[
            Mistake(
                "turned-round",
                code(second, first),
                says="A row for each `{key}`, and both names: right. Under `{one}` stands the {second}, "
                "though, and under `{two}` the {first}. Swap them.",
            ),
            Mistake(
                "one-only",
                f'flights.groupby("{key}").agg({one}=("{column}", "{first}"))',
                says="`{one}` is right. The second column is still missing: `agg` takes as many as you "
                "like, with commas between them.",
            ),
            Mistake(
                "without-names",
                f'flights.groupby("{key}")["{column}"].agg(["{first}", "{second}"])',
                says="The numbers are right, and in order. The columns are named after the methods, "
                "though. How does `agg` give them names of your own?",
            ),
        ],
    )


@item(
    objective="group.several",
    version=1,
    hints=[
        "Two rows are in the same group if *both* labels are the same. Which pairs do occur?",
        "Write down the pair of each row, and strike out repeats. Pairs that nobody has are no groups.",
        "Songs: rock 1980, jazz 1980, rock 1980. Two pairs occur, though 2 genres × 1 year could be more.",
    ],
)
def pairs_that_occur(draw, data):
    """How many groups two columns make."""
    table = data.frame("penguins")
    one, two = draw.choice([("species", "island"), ("species", "sex"), ("island", "year"), ("island", "sex")])
    while True:
        part = few_rows(draw, table, [one, two, "body_mass_g"], draw.integers(6, 8))
        right = len(part.drop_duplicates([one, two]))
        whole = part[one].nunique() * part[two].nunique()
        sole = part[one].nunique()
        if len({right, whole, sole, len(part)}) == 4 and sole > 1:
            break
    part = part.astype({"body_mass_g": int})
    return Question(
        prompt="This is the table `part`:\n\n```text\n{table}\n```\n\nHow many rows does "
        '`part.groupby(["{one}", "{two}"])["body_mass_g"].mean()` have?',
        values={"table": printed(part), "one": one, "two": two, "right": right, "whole": whole, "sole": sole},
        answer=Number(right),
        solution="{right}: so many different pairs of `{one}` and `{two}` occur.",
        mistakes=[
            Mistake(
                "all-that-could-be",
                whole,
                says="You multiplied the labels of the two columns: so many pairs there *could* be. Does "
                "each of them occur in a row?",
            ),
            Mistake(
                "first-only",
                sole,
                says="So many labels `{one}` has. The list names a second column, too: when are two rows "
                "in the same group then?",
            ),
            Mistake(
                "each-row",
                len(part),
                says="So many rows `part` has. Some share both labels, though, and fall into one group. "
                "Which?",
            ),
        ],
    )


@item(
    objective="group.several",
    version=1,
    hints=[
        "For groups by two columns, `groupby` takes a list of their names.",
        'The longest song of each singer in each year: `songs.groupby(["singer", "year"])["minutes"].max()`.',
    ],
)
def write_two_keys(draw, data):
    """Write the code for groups by two columns."""
    name, keys, column = draw.choice(
        [
            ("penguins", ["species", "island"], "body_mass_g"),
            ("penguins", ["species", "sex"], "flipper_length_mm"),
            ("penguins", ["island", "year"], "bill_length_mm"),
            ("penguins", ["species", "year"], "bill_depth_mm"),
            ("gapminder", ["continent", "year"], "life_exp"),
            ("flights", ["origin", "month"], "dep_delay"),
            ("flights", ["origin", "carrier"], "arr_delay"),
        ]
    )
    keys = draw.shuffle(keys)
    one, two = keys
    table = data.frame(name)
    rows, method = draw.integers(200, 330), draw.choice(["mean", "median", "max", "min"])
    table = table.iloc[:: len(table) // rows].reset_index(drop=True)
    by = f'["{one}", "{two}"]'
    return Question(
        prompt="The table `{name}` ({rows} rows of it) is there. Give the **{word} `{column}`** for groups "
        "by `{one}` **and, within it,** by `{two}`.",
        values={
            "name": name,
            "rows": len(table),
            "one": one,
            "two": two,
            "column": column,
            "method": method,
            "word": METHODS[method],
        },
        given={name: table},
        answer=Frame(table.groupby(keys)[column].agg(method), index=True),
        right=f'{name}.groupby({by})["{column}"].{method}()',
        solution='```python\n{name}.groupby(["{one}", "{two}"])["{column}"].{method}()\n```\n\nA list of '
        "two names: "
        "rows are in one group if both labels are the same.",
        mistakes=[
            Mistake(
                "one-key",
                f'{name}.groupby("{one}")["{column}"].{method}()',
                says="The groups by `{one}` are right, and so is the {method}. Each of them should fall "
                "into parts by `{two}`, though. How does `groupby` take two names?",
            ),
            Mistake(
                "turned-round",
                f'{name}.groupby(["{two}", "{one}"])["{column}"].{method}()',
                says="The groups are right. They stand in another order, though: `{two}` first, and "
                "`{one}` within it. Which name comes first in the list?",
            ),
            Mistake(
                "counted",
                f'{name}.groupby({by})["{column}"].count()',
                says="The groups are right. You counted their rows, though. Which method gives the {word} "
                "of each?",
            ),
        ],
    )


QUESTIONS = [
    ("the mean delay of each airline", '`groupby("carrier")["dep_delay"].mean()`', 0),
    ("how many destinations each airline has", '`groupby("carrier")["dest"].nunique()`', 1),
    ("how many airlines fly to each destination", '`groupby("dest")["carrier"].nunique()`', 1),
    ("the longest flight to each destination", '`groupby("dest")["air_time"].max()`', 2),
    ("the latest flight of each airline", '`groupby("carrier")["dep_delay"].max()`', 0),
    ("how many flights each airport has", '`groupby("origin")["carrier"].count()`', 3),
    ("how many airlines each airport has", '`groupby("origin")["carrier"].nunique()`', 3),
    ("the shortest flight to each destination", '`groupby("dest")["air_time"].min()`', 2),
]


@item(
    objective="group.several",
    version=2,
    difficulty="easy",
    hints=[
        "“Of each …”: that is what stands in `groupby`. “How many different” is `nunique`.",
        'How many songs each singer has, and how many singers each year: `groupby("singer")` in the one, '
        '`groupby("year")` in the other.',
    ],
)
def match_groups(draw, _data):
    """Match questions with the code that answers them."""
    kinds = draw.sample([0, 1, 2, 3], 2)
    chosen = [q for q in QUESTIONS if q[2] in kinds]
    pairs = {words: code for words, code, _ in chosen}
    rest = draw.sample([q for q in QUESTIONS if q[2] not in kinds], draw.integers(1, 2))
    names = {0: "mean-and-largest", 1: "of-each-what", 2: "longest-and-shortest", 3: "rows-or-labels"}
    says = {
        0: "The others fit. Two share the groups, by airline: which of them asks for the mean, and which "
        "for the largest?",
        1: "The others fit. Two are swapped: in “how many of these has each of those”, the word after "
        "*each* is what makes the groups.",
        2: "The others fit. Two share the groups, by destination: longest and shortest are swapped.",
        3: "The others fit. Two share the groups, by airport: which of them counts rows, and which counts "
        "*different* labels?",
    }
    mistakes = []
    for kind in kinds:
        a, b = (q[0] for q in chosen if q[2] == kind)
        mistakes.append(Mistake(names[kind], {**pairs, a: pairs[b], b: pairs[a]}, says=says[kind]))
    return Question(
        prompt="`part` holds the flights of {month}. All of these begin with `part.` – which answers which "
        "question?",
        values={
            "month": draw.choice(MONTHS),
            "pairs": "; ".join(f"{left}: {right}" for left, right in pairs.items()).replace("`", ""),
        },
        answer=Matching(pairs, distractors=[q[1] for q in rest]),
        solution="{pairs}.",
        mistakes=mistakes,
    )


@item(
    objective=["group.several", "group.one"],
    version=1,
    difficulty="hard",
    hints=[
        "The mean of True and False is a share. So make a column of True and False first, then groups of it.",
        "A new column of the table: its name in brackets, `=`, a condition. Then `groupby` as ever.",
        'For songs: `songs["long"] = songs["minutes"] > 5`, then `songs.groupby("genre")["long"].mean()`.',
    ],
)
def share_by_group(draw, data):
    """Write the code for the share of rows of each group that meet a condition."""
    month, flights = one_month(draw, data)
    flights = flights.dropna(subset=["arr_delay"]).reset_index(drop=True)
    key, limit = draw.choice(["carrier", "origin"]), draw.choice([0, 5, 10, 15, 20, 30, 45, 60])
    late = flights["arr_delay"] > limit
    first = f'flights["late"] = flights["arr_delay"] > {limit}\n'
    return Question(
        prompt="The table `flights` holds flights of {month} 2013, all of which arrived. For each `{key}`, "
        "give the **share of flights that were more than {limit} minutes late** (`arr_delay`).",
        values={"month": month, "key": key, "limit": limit},
        given={"flights": flights},
        answer=Frame(late.groupby(flights[key]).mean()),
        right=f'{first}flights.groupby("{key}")["late"].mean()',
        solution='```python\nflights["late"] = flights["arr_delay"] > '
        '{limit}\nflights.groupby("{key}")["late"].mean()\n'
        "```\n\nA column of True and False, and its mean in each group: that is the share.",
        mistakes=[
            Mistake(
                "number-for-share",
                f'{first}flights.groupby("{key}")["late"].sum()',
                says="The condition and the groups are right. `sum` gives how many were late in each, "
                "though: a large `{key}` has more of them. Which method gives the part of the whole?",
            ),
            Mistake(
                "mean-of-delays",
                f'flights.groupby("{key}")["arr_delay"].mean()',
                says="The groups are right. That is the mean delay in minutes, though. Make a column that "
                "says True or False for each flight first: late, or not.",
            ),
            Mistake(
                "mean-of-the-late",
                f'flights[flights["arr_delay"] > {limit}].groupby("{key}")["arr_delay"].mean()',
                says="You kept the late flights, and grouped them. That tells how late they were. Asked is "
                "which part of *all* flights they are: the punctual ones have to stay in.",
            ),
        ],
    )


# ---------------------------------------------------------------- group.count


@item(
    objective="group.count",
    version=1,
    hints=[
        "`size` counts rows. `count` counts values. What is the difference in a row with a gap?",
        "A genre with 50 songs, 20 of them without a length: `size` is 50, the `count` of lengths 30.",
    ],
)
def size_or_count(draw, data):
    """What size and count say of a group with gaps."""
    carriers, part = small_groups(draw, data, [draw.integers(3, 5), draw.integers(2, 3)])
    part = part.astype({"dep_delay": float})
    asked = carriers[0]
    mine = part.index[part["carrier"] == asked].tolist()
    gaps = draw.integers(1, 2)
    part.loc[draw.sample(mine, gaps), "dep_delay"] = float("nan")
    counted = draw.choice([True, False])
    size, there = len(mine), len(mine) - gaps
    right = there if counted else size
    call = '["dep_delay"].count()' if counted else ".size()"
    return Question(
        prompt="This is the table `part`:\n\n```text\n{table}\n```\n\nWhat stands beside **{asked}** in "
        '`part.groupby("carrier"){call}`?',
        values={
            "table": printed(part),
            "asked": asked,
            "call": call,
            "size": size,
            "there": there,
            "right": right,
        },
        answer=Number(right),
        solution="{right}: `count` counts the delays that are there."
        if counted
        else "{right}: `size` counts rows, with or without a delay.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "gaps-counted" if counted else "gaps-left-out",
                    size if counted else there,
                    says="So many rows {asked} has. `count` counts values, though: in which of these rows "
                    "is there one?"
                    if counted
                    else "So many delays {asked} has. `size` counts rows, though, whatever is missing in "
                    "them.",
                ),
                Mistake(
                    "all-rows",
                    len(part) - gaps if counted else len(part),
                    says="That is for all carriers together. `groupby` counts each by itself: which rows "
                    "belong to {asked}?",
                ),
            ],
        ),
    )


@item(
    objective="group.count",
    version=1,
    difficulty="easy",
    hints=[
        "One of them counts rows, another values that are there, another different values, and one adds "
        "numbers up.",
        'Songs of each singer, with or without a length: `songs.groupby("singer").size()`.',
    ],
)
def count_line(draw, _data):
    """Which line counts what in each group."""
    key = draw.choice(["carrier", "origin", "dest", "month"])
    column = draw.choice(["dep_delay", "arr_delay", "air_time"])
    kept = draw.choice(["found", "result", "counts"])
    lines = {
        "rows": (f'`{kept} = flights.groupby("{key}").size()`', "how many flights were planned"),
        "values": (
            f'`{kept} = flights.groupby("{key}")["{column}"].count()`',
            f"how many flights have a `{column}`",
        ),
        "different": (
            f'`{kept} = flights.groupby("{key}")["tailnum"].nunique()`',
            "how many different planes (`tailnum`) flew",
        ),
        "added": (
            f'`{kept} = flights.groupby("{key}")["distance"].sum()`',
            "how many miles were planned in all",
        ),
    }
    asked = draw.choice(list(lines))
    line, words = lines[asked]
    says = {
        "rows": "`size` counts rows: all flights that were planned, whatever else is known of them.",
        "values": "`count` counts the values that are there in one column.",
        "different": "`nunique` counts each value once, however often it occurs.",
        "added": "`sum` adds the numbers of a column up.",
    }
    return Question(
        prompt=f"Which line says, for each `{{key}}`, **{words}**? Some flights were cancelled: they have "
        f"no delay.",
        values={"key": key, "column": column},
        answer=Choice(right=line, wrong=[lines[other][0] for other in lines if other != asked]),
        solution=f"{line}: {says[asked]}",
        mistakes=[
            Mistake(
                f"took-{other}",
                lines[other][0],
                says=f"The groups are right. {says[other]} Is that what is asked for here?",
            )
            for other in lines
            if other != asked
        ],
    )


@item(
    objective="group.count",
    version=1,
    hints=[
        "First strike out the rows with too few flights. Then look at the means of those that are left.",
        "A mean of three flights can be anything: one of them decides.",
    ],
)
def best_of_the_large(draw, data):
    """Which group has the best mean among those that are large enough."""
    pool = sorted(set(data.frame("flights")["carrier"]))
    names = sorted(draw.sample(pool, 5))
    least, by = draw.choice([20, 30, 50, 100]), draw.choice(["smallest", "largest"])
    while True:
        flights = [draw.choice([2, 3, 4, 7, 11])] + [draw.integers(least, 400) for _ in range(4)]
        flights = draw.shuffle(flights)
        means = [draw.integers(-100, 250) / 10 for _ in names]
        table = pd.DataFrame({"flights": flights, "mean_delay": means}, index=names)
        large = table[table["flights"] >= least]["mean_delay"]
        right = large.idxmin() if by == "smallest" else large.idxmax()
        lured = table["mean_delay"].idxmin() if by == "smallest" else table["mean_delay"].idxmax()
        biggest = table["flights"].idxmax()
        if lured != right and biggest != right and len(set(means)) == 5:
            break
    return Question(
        prompt="A table of airlines:\n\n```text\n{table}\n```\n\nWhich airline has the **{by} mean delay "
        "among those with at least {least} flights**?",
        values={
            "table": printed(table),
            "by": by,
            "least": least,
            "right": right,
            "lured": lured,
            "few": int(table.loc[lured, "flights"]),
            "biggest": biggest,
        },
        answer=Text(right, case=True, spelling=False),
        solution="{right}. {lured} would come first by its mean, which rests on {few} flights only.",
        mistakes=[
            Mistake(
                "the-small-one",
                lured,
                says="{lured} has the {by} mean of all. How many flights does that mean rest on, and how "
                "many are asked for?",
            ),
            Mistake(
                "most-flights",
                biggest,
                says="{biggest} has the most flights. These only decide who may take part, though. Which "
                "of those has the {by} mean?",
            ),
        ],
    )


@item(
    objective="group.count",
    version=1,
    hints=[
        "Two steps: count the labels and keep the counts under a name; then keep those counts that are "
        "large enough.",
        'Genres with more than 50 songs: `counts = songs["genre"].value_counts()`, then `counts[counts > '
        "50]`.",
    ],
)
def keep_large(draw, data):
    """Write the code that keeps the groups of at least so many rows."""
    month, flights = one_month(draw, data)
    key = draw.choice(["dest", "carrier", "tailnum"])
    counts = flights[key].value_counts()
    limits = sorted({int(n) for n in counts if n >= 2 and (counts > n).any()})
    limit = draw.choice(limits)
    start = f'counts = flights["{key}"].value_counts()\n'
    return Question(
        prompt="The table `flights` holds some flights of {month} 2013. Which values of `{key}` occur **at "
        "least {limit} times**, and how often? Give their counts, as `value_counts` makes them.",
        values={"month": month, "key": key, "limit": limit},
        given={"flights": flights},
        answer=Frame(counts[counts >= limit], row_order=False),
        right=f"{start}counts[counts >= {limit}]",
        solution='```python\ncounts = flights["{key}"].value_counts()\ncounts[counts >= '
        "{limit}]\n```\n\nCounts are a "
        "column with labels: a condition keeps some of them, as it keeps rows.",
        mistakes=[
            Mistake(
                "at-the-limit",
                f"{start}counts[counts > {limit}]",
                says="You counted and kept by the counts. Those that occur exactly {limit} times are "
                "missing, though: “at least” takes them in.",
            ),
            Mistake(
                "all-of-them",
                f'flights["{key}"].value_counts()',
                says="The counts are right, and all of them are there. Keep those that are large enough: "
                "put a condition on the counts into brackets behind them.",
            ),
            Mistake(
                "condition-only",
                f"{start}counts >= {limit}",
                says="That is the condition, and the right one. The counts themselves are still to come: "
                "what do you put the condition into?",
            ),
        ],
    )


@item(
    objective="group.count",
    version=1,
    hints=[
        "Ask of each sentence: what would have to be known for it, and does the table say it?",
        "A difference between two means says little if one of them rests on few rows, or if the groups "
        "differ in other ways, too.",
    ],
)
def what_may_be_said(draw, data):
    """Which sentence a table of group means supports."""
    pool = sorted(set(data.frame("flights")["carrier"]))
    small, large = draw.sample(pool, 2)
    few, many = draw.integers(3, 9), draw.integers(200, 900)
    while True:
        low, high = draw.integers(-80, 40) / 10, draw.integers(50, 200) / 10
        if high - low > 4:
            break
    table = pd.DataFrame({"flights": [few, many], "mean_delay": [low, high]}, index=[small, large])
    right = f"In these data, the {few} flights of {small} had a smaller mean delay; with so few, chance "
    "may be the reason"
    sure = f"{small} is more punctual than {large}, as {low} is smaller than {high}"
    cause = f"Whoever changes from {large} to {small} will arrive earlier"
    all_of = f"Every flight of {small} was more punctual than every flight of {large}"
    return Question(
        prompt="For two airlines, groups gave\n\n```text\n{table}\n```\n\nWhich sentence does that support?",
        values={
            "table": printed(table),
            "few": few,
            "many": many,
            "small": small,
            "large": large,
            "right": right,
        },
        answer=Choice(right=right, wrong=[sure, cause, all_of]),
        solution="{right}. A mean of {few} flights is moved far by one of them; that of {many} is not.",
        mistakes=[
            Mistake(
                "sure-of-few",
                sure,
                says="You compare the means, and {small}'s is smaller in these data. How many flights does "
                "it rest on? Would ten others have given the same?",
            ),
            Mistake(
                "cause",
                cause,
                says="The means differ. Why they do, the table does not say: other routes, other times of "
                "the day? Which sentence claims no more than was seen?",
            ),
            Mistake(
                "each-of-them",
                all_of,
                says="The mean of {small} is smaller. A mean says nothing of each single flight, though: "
                "some of either airline lie above it and some below.",
            ),
        ],
    )


@item(
    objective="group.count",
    version=1,
    difficulty="hard",
    hints=[
        "Inside the function, use its own names. What counts rows, whatever is missing in them?",
        "`size` belongs to the groups. `return` hands the result back.",
        'For songs: a function `per_singer(songs)` with `return songs.groupby("singer").size()`.',
    ],
)
def sizes_function(draw, data):
    """Write a function that counts the rows of each group."""
    name = draw.choice(["rows_of_each", "group_sizes", "how_many", "sizes"])
    examples = []
    for n in range(2):
        _, part = small_groups(draw, data, [3, 2, 1 + n])
        part = part.astype({"dep_delay": float})
        part.loc[draw.sample(range(5), 2), "dep_delay"] = float("nan")
        examples.append(part)
    one, two = examples
    first = one["carrier"].iloc[0]
    return Question(
        prompt="Write a function `{name}(table, key)` that returns how many **rows** each group of the "
        "table has, with "
        'groups by the column `key`. In `{name}(part, "carrier")`, {count} stands beside {first}.',
        values={"name": name, "first": first, "count": int((one["carrier"] == first).sum())},
        given={"part": one},
        answer=Function(
            name=name,
            examples=[
                ((one, "carrier"), one.groupby("carrier").size()),
                ((two, "dest"), two.groupby("dest").size()),
            ],
        ),
        starter=f"def {name}(table, key):\n    ",
        right=f"def {name}(table, key):\n    return table.groupby(key).size()",
        solution="```python\ndef {name}(table, key):\n    return table.groupby(key).size()\n```\n\n`key` "
        "stands without quotes: it is a name for whatever column the function is given.",
        mistakes=[
            Mistake(
                "values-for-rows",
                f'def {name}(table, key):\n    return table.groupby(key)["dep_delay"].count()',
                says="The groups are right, and you count in each. `count` leaves out the rows without a "
                "delay, though. Which method counts rows?",
            ),
            Mistake(
                "key-fixed",
                f'def {name}(table, key):\n    return table.groupby("carrier").size()',
                says="For `carrier` it is right. Your function always groups by `carrier`, though, "
                "whatever it is asked for. Which name holds the column inside the function?",
            ),
            Mistake(
                "not-returned",
                f"def {name}(table, key):\n    table.groupby(key).size()",
                says="The right numbers are made inside the function. Nothing hands them back, though: who "
                "calls it gets `None`. Which word does that?",
            ),
        ],
    )
