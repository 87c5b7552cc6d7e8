"""Checks of lesson 3: missing values, numbers that came as text, spellings, rows entered twice.

Questions are about a messy field book of the penguins and about flights from New York. Hints speak of other
tables (songs, trees, a kitchen), so that none gives an answer away.
"""

import pandas as pd

from checkers import Choice, FillIn, Frame, Function, Matching, MultipleChoice, Number, Ordering, Text
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
AIRPORTS = {"EWR": "Newark", "JFK": "JFK", "LGA": "LaGuardia"}
DELAYS = {
    "dep_delay": "the delay at departure",
    "arr_delay": "the delay at arrival",
    "air_time": "the time in the air",
}
UNITS = {"flipper": "mm", "mass": "g"}


def one_month(draw, data, columns=tuple(DELAYS)):
    """Flights of one month from one airport, in which values of each of the columns are missing."""
    table = data.frame("flights")
    while True:
        month, origin = draw.integers(1, 12), draw.choice(list(AIRPORTS))
        part = table[(table["month"] == month) & (table["origin"] == origin)].reset_index(drop=True)
        if part[list(columns)].isna().sum().min() >= 2:
            return f"{MONTHS[month - 1]} from {AIRPORTS[origin]}", part


def beginning(draw, flights, column):
    """The first half of some flights, or more, with a value of the column missing."""
    first = int(flights[column].isna().to_numpy().argmax()) + 1
    return flights.head(draw.integers(max(first, len(flights) // 2), len(flights)))


def with_gaps(draw, data, columns, count):
    """Some flights, a few of them with a gap in one of the columns, labelled 0, 1, 2 … anew."""
    table = data.frame("flights")
    gaps = table[columns].isna().any(axis=1)
    full = table[~gaps & table["tailnum"].notna()]
    part = full.iloc[draw.sample(range(len(full)), count)].reset_index(drop=True)
    return part[["carrier", "dest", *columns]]


# -------------------------------------------------------------- clean.missing


@item(
    objective="clean.missing",
    version=2,
    difficulty="easy",
    hints=[
        "Which method says of each value whether it is missing? It gives True or False for each row.",
        "`sum` counts the `True`s of such a column.",
        'How many songs have no year: `songs["year"].isna().sum()`. `count()` would give the years that are '
        "there.",
    ],
)
def count_missing(draw, data):
    """How many values of a column are missing."""
    when, flights = one_month(draw, data)
    column = draw.choice(list(DELAYS))
    flights = beginning(draw, flights, column)
    right = int(flights[column].isna().sum())
    return Question(
        prompt="The table `flights` holds some flights of {when}. For how many of them is `{column}` "
        "({means}) **missing**? Work it out in a cell, then type the number.",
        values={"when": when, "column": column, "means": DELAYS[column], "right": right},
        given={"flights": flights},
        answer=Number(right),
        solution='```python\nflights["{column}"].isna().sum()\n```\n\n{right}: `isna` says True where a '
        "value is missing, and `sum` counts the Trues.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "counted-present",
                    int(flights[column].count()),
                    says="You looked at the right column. `count` gives how many values are *there*, though. "
                    "Which method is True where one is missing?",
                ),
                Mistake(
                    "all-columns",
                    int(flights.isna().sum().sum()),
                    says="You counted missing values, and of all columns together. Asked is `{column}` "
                    "alone: look it up before you ask what is missing.",
                ),
                Mistake(
                    "all-rows",
                    len(flights),
                    says="That is how many rows there are, with or without a value. Ask the column which of "
                    "its values are missing, then count these.",
                ),
            ],
        ),
    )


@item(
    objective="clean.missing",
    version=1,
    hints=[
        "How many values does `mean` have to work with: those that are there, or one for each row?",
        "pandas leaves a missing value out of both: out of the sum, and out of the number it divides by.",
        "Of 4, NaN and 8 minutes, the mean is (4 + 8) / 2.",
    ],
)
def mean_skips(draw, data):
    """What mean makes of a column with gaps."""
    column, gaps = draw.choice(["dep_delay", "arr_delay", "air_time"]), draw.integers(1, 2)
    whole = data.frame("flights")[["carrier", "dest", column]].dropna()
    known = whole[column].tolist()
    while True:
        places = draw.sample(range(len(known) // 50), 4 + gaps)
        places = [50 * place + draw.integers(0, 49) for place in places]
        missing = draw.sample(range(4 + gaps), gaps)
        total = int(sum(known[place] for n, place in enumerate(places) if n not in missing))
        if total % 4 == 0 and total % (4 + gaps) == 0 and total != 0:
            break
    part = whole.iloc[places].reset_index(drop=True)
    part.loc[missing, column] = float("nan")
    values = part[column].dropna()
    right, zeros = total // 4, total // (4 + gaps)
    return Question(
        prompt='This is the table `part`:\n\n```text\n{table}\n```\n\nWhat does `part["{column}"].mean()` '
        "give?",
        values={
            "table": printed(part),
            "column": column,
            "sum": " + ".join(f"{v:.0f}" if v >= 0 else f"({v:.0f})" for v in values),
            "right": right,
            "all": 4 + gaps,
        },
        answer=Number(right),
        solution="{right}: `mean` leaves missing values out, so it is ({sum}) divided by 4.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "missing-as-zero",
                    zeros,
                    says="Your sum is right, and you divided it by {all}, one for each row. A missing value "
                    "is not a 0, though: by how many values that are there does `mean` divide?",
                ),
                Mistake(
                    "sum-for-mean",
                    total,
                    says="That is the sum of the values that are there, so you left out what is missing. "
                    "What does a mean do with the sum?",
                ),
            ],
        ),
    )


@item(
    objective="clean.missing",
    version=1,
    difficulty="easy",
    hints=[
        "A missing value equals nothing, not even another missing value. So what cannot work?",
        'Songs without a year: `songs[songs["year"].isna()]`. A method says which values are missing.',
    ],
)
def missing_line(draw, data):
    """Which line keeps the rows where a value is missing, or those where it is there."""
    name = draw.choice(["flights", "penguins", "planes"])
    table = data.frame(name)
    column = draw.choice(sorted(c for c in table.columns if table[c].isna().any()))
    there, kept = draw.choice([True, False]), draw.choice(["part", "rest", "kept"])
    method, other = ("notna", "isna") if there else ("isna", "notna")
    sign = "!=" if there else "=="
    wrong = [
        Mistake(
            "compared-with-nan",
            f'`{kept} = {name}[{name}["{column}"] {sign} float("nan")]`',
            says="The brackets are in their places. A comparison does not find missing values, though: "
            "NaN is not equal even to NaN. Which method tells what is missing?",
        ),
        Mistake(
            "compared-with-text",
            f'`{kept} = {name}[{name}["{column}"] {sign} "NaN"]`',
            says="The brackets are in their places. “NaN” in quotes is a piece of text, though, and a gap "
            "holds none. Which method tells what is missing?",
        ),
        Mistake(
            "the-others",
            f'`{kept} = {name}[{name}["{column}"].{other}()]`',
            says="That is a method that tells what is missing from what is there, and you keep rows by it. "
            "These are the other rows, though. Which of `isna` and `notna` do you want?",
        ),
        Mistake(
            "condition-only",
            f'`{kept} = {name}["{column}"].{method}()`',
            says="That is the condition, and the right one: True or False for each row. The rows "
            "themselves are still to come. What do you put it into?",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt="Which line makes `{kept}` the rows of `{name}` in which `{column}` **{which}**?",
        values={
            "name": name,
            "column": column,
            "kept": kept,
            "method": method,
            "which": "is there" if there else "is missing",
        },
        answer=Choice(
            right=f'`{kept} = {name}[{name}["{column}"].{method}()]`', wrong=[m.response for m in shown]
        ),
        solution='`{kept} = {name}[{name}["{column}"].{method}()]`: the method gives True or False for each '
        "row, and the brackets keep the rows where it is True.",
        mistakes=shown,
    )


@item(
    objective="clean.missing",
    version=1,
    hints=[
        "For each row, look only at the column that `subset` names. Is there a value?",
        'With songs: `songs.dropna(subset=["year"])` keeps a song that has a year, whatever else it lacks.',
    ],
)
def rows_after_dropna(draw, data):
    """Which rows are left when those with a gap in one column are dropped."""
    one, two = draw.sample(["dep_delay", "arr_delay", "air_time"], 2)
    part = with_gaps(draw, data, [one, two], 5)
    gaps = draw.sample(range(5), 4)
    first, second = gaps[: draw.integers(1, 2)], gaps[2 : 2 + draw.integers(1, 2)]
    part.loc[first, one] = float("nan")
    part.loc[second, two] = float("nan")

    def rows(mask):
        return [f"row {label}" for label in part.index[mask]]

    right = rows(part[one].notna())
    return Question(
        prompt="This is the table `part`:\n\n```text\n{table}\n```\n\nWhich rows does "
        '`part.dropna(subset=["{one}"])` keep? Tick all.',
        values={"table": printed(part), "one": one, "two": two, "rows": ", ".join(right)},
        answer=MultipleChoice(right=right, wrong=rows(part[one].isna())),
        solution="{rows}: there, `{one}` has a value. A gap in `{two}` does not matter here.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "any-gap",
                    rows(part[one].notna() & part[two].notna()),
                    says="The rows that you ticked stay. You left out those with a gap in `{two}` as well, "
                    "though: that is `dropna` without `subset`. Which column is looked at here?",
                ),
                Mistake(
                    "the-dropped",
                    rows(part[one].isna()),
                    says="You looked at the right column. These are the rows with a gap in it, though. "
                    "Does `dropna` keep them, or drop them?",
                ),
                Mistake(
                    "other-column",
                    rows(part[two].notna()),
                    says="Your rows are those that have a value in `{two}`. Which column does `subset` name?",
                ),
            ],
        ),
    )


@item(
    objective="clean.missing",
    version=2,
    hints=[
        "There is a method that drops rows with gaps. How does it know which column matters?",
        "`dropna()` drops a row for a gap in *any* column; `subset` names the ones that count.",
        'Songs that have a year: `songs.dropna(subset=["year"])`.',
    ],
)
def drop_rows(draw, data):
    """Write the code that drops the rows with a gap in one column."""
    when, flights = one_month(draw, data)
    asked = draw.choice(list(DELAYS))
    flights = beginning(draw, flights, asked)[["day", "carrier", "dest", "tailnum", asked]]
    # Two more gaps where the column asked for has a value: so that it matters which column is meant.
    there = flights.index[flights.notna().all(axis=1)].tolist()
    flights.loc[draw.sample(there, 2), "tailnum"] = float("nan")
    return Question(
        prompt="The table `flights` holds some flights of {when}. Give it **without those "
        "whose `{asked}` is missing**, and with all others.",
        values={"when": when, "asked": asked, "other": "tailnum"},
        given={"flights": flights},
        answer=Frame(flights.dropna(subset=[asked])),
        right=f'flights.dropna(subset=["{asked}"])',
        solution='```python\nflights.dropna(subset=["{asked}"])\n```\n\n`subset` says which column has to '
        "have a value. Rows with a gap elsewhere stay.",
        mistakes=[
            Mistake(
                "any-gap",
                "flights.dropna()",
                says="`dropna` is the right method. On its own it also drops flights that lack only "
                "`{other}`, though: they did fly. How do you tell it which column counts?",
            ),
            Mistake(
                "the-missing-ones",
                f'flights[flights["{asked}"].isna()]',
                says="You found the flights without a `{asked}`. The task wants the table without them, "
                "though. What is the opposite of `isna`?",
            ),
            Mistake(
                "column-alone",
                f'flights["{asked}"].dropna()',
                says="The values that are missing are gone. So is the rest of each row, though: this is "
                "one column. Which method drops rows of the whole table?",
            ),
            Mistake(
                "filled",
                f'flights.fillna({{"{asked}": 0}})',
                says="No `{asked}` is missing any more. The flights that had none are still there, now "
                "as if it were 0. Which method drops rows instead of filling them?",
            ),
        ],
    )


@item(
    objective="clean.missing",
    version=1,
    difficulty="hard",
    hints=[
        "Two steps: work out the value to fill in, and put it where values are missing. Where is the result "
        "kept?",
        "`fillna` gives a new column. To have it in the table, the column has to be given its place again.",
        'With songs: `songs["minutes"] = songs["minutes"].fillna(3)`, and then `songs` on the last line.',
    ],
)
def fill_with(draw, data):
    """Write the code that fills gaps with the median, and keeps the result in the table."""
    column = draw.choice(["bill_length_mm", "flipper_length_mm", "body_mass_g", "bill_depth_mm"])
    while True:
        birds = few_rows(draw, data.frame("penguins"), ["species", "island", column], draw.integers(8, 12))
        birds.loc[draw.sample(range(len(birds)), draw.integers(2, 3)), column] = float("nan")
        middle, mean = birds[column].median(), birds[column].mean()
        if abs(middle - mean) > 0.01:
            break
    filled = birds.assign(**{column: birds[column].fillna(middle)})
    return Question(
        prompt="In the table `birds` of {rows} penguins, which begins with a {first}, {gaps} values of "
        "`{column}` are missing. Fill them with the **median** "
        "of the column, and let your last line be `birds`, the table with the gaps filled.",
        values={
            "column": column,
            "rows": len(birds),
            "first": f"{birds['species'].iloc[0]} from {birds['island'].iloc[0]}",
            "gaps": int(birds[column].isna().sum()),
        },
        given={"birds": birds},
        answer=Frame(filled),
        right=f'birds["{column}"] = birds["{column}"].fillna(birds["{column}"].median())\nbirds',
        solution='```python\nbirds["{column}"] = '
        'birds["{column}"].fillna(birds["{column}"].median())\nbirds\n'
        "```\n\n`fillna` gives a new column; the `=` puts it back into the table under the old name.",
        mistakes=[
            Mistake(
                "not-kept",
                f'birds["{column}"].fillna(birds["{column}"].median())\nbirds',
                says="You fill with the median, as asked. `fillna` gives a new column, though, and nothing "
                "keeps it, so `birds` is as it was. How does the column get back into the table?",
            ),
            Mistake(
                "mean-for-median",
                f'birds["{column}"] = birds["{column}"].fillna(birds["{column}"].mean())\nbirds',
                says="The gaps are filled, and the result is kept. They hold the mean, though, and the task "
                "asks for the value in the middle. Which method gives that one?",
            ),
            Mistake(
                "zero",
                f'birds["{column}"] = birds["{column}"].fillna(0)\nbirds',
                says="The gaps are filled, and the result is kept. A penguin of 0 would pull every mean "
                "down, though. What does the task want in their place?",
            ),
            Mistake(
                "dropped",
                f'birds.dropna(subset=["{column}"])',
                says="No value is missing any more. The penguins who lacked one are gone, though, and the "
                "task wants to keep them. Which method fills gaps?",
            ),
        ],
    )


# ---------------------------------------------------------------- clean.types


@item(
    objective="clean.types",
    version=1,
    hints=[
        "The values are text. How does a dictionary put words in order: by their length, or letter by "
        "letter?",
        "Text is compared sign by sign from the left: `9` comes after `1`, whatever follows.",
        'Of the texts "20", "100" and "3", the largest is "3", as 3 comes after 2 and 1.',
    ],
)
def largest_text(draw, data):
    """Which value max or min picks when numbers are text."""
    asked = draw.choice(["max", "min"])
    miles = sorted(set(data.frame("flights")["distance"]))
    short, long = [m for m in miles if m < 1000], [m for m in miles if m >= 1000]
    while True:
        values = draw.shuffle([str(m) for m in draw.sample(short, 3) + draw.sample(long, 2)])
        by_text = max(values) if asked == "max" else min(values)
        by_number = max(values, key=int) if asked == "max" else min(values, key=int)
        other = min(values) if asked == "max" else max(values)
        if by_text != by_number and other != by_number:
            break
    return Question(
        prompt="The distances of five flights, in miles, came out of a file as "
        "**text**:\n\n```text\n{column}\n```\n\nThe column is called `miles`. What does "
        "`miles.{asked}()` give?",
        values={
            "column": printed(pd.DataFrame({"": values})).lstrip("\n "),
            "asked": asked,
            "end": {"max": "last", "min": "first"}[asked],
            "right": by_text,
            "number": by_number,
            "other": {"max": "min", "min": "max"}[asked],
        },
        answer=Text(by_text, spelling=False),
        solution="{right}: text is compared sign by sign from the left, so {right} comes {end}, as in a "
        "dictionary. As numbers it would be {number}.",
        mistakes=[
            Mistake(
                "as-numbers",
                by_number,
                says="Among numbers, that would be it. These are pieces of text, though, and text is "
                "compared sign by sign from the left. Which first sign comes {end}?",
            ),
            Mistake(
                "other-end",
                other,
                says="You compared the values as text, as pandas does here. That is what `{other}` would "
                "give, though. Which comes {end}?",
            ),
        ],
    )


@item(
    objective="clean.types",
    version=1,
    difficulty="easy",
    hints=[
        "The function's name says what it makes: to … what? And what is it told to do with what it cannot "
        "read?",
        'For years of songs: `songs["year"] = pd.to_numeric(songs["year"], errors="coerce")`; what cannot '
        "be read becomes NaN. Is your column not the same case?",
    ],
)
def to_number_gaps(draw, _data):
    """Fill in the function that makes numbers, and what it does with what it cannot read."""
    table = draw.choice(["flights", "birds", "book", "songs_2013", "trees", "planes"])
    column = draw.choice(["mass", "delay", "year", "height", "width", "price", "seats", "distance"])
    odd = draw.choice(["?", "unknown", "n/a?", "--", "not measured", "see notes", "x"])
    return Question(
        prompt="The column `{column}` is text, with “{odd}” in some places. Fill in what makes numbers of "
        "it, so that “{odd}” becomes a **missing value** and nothing stops.",
        values={"table": table, "column": column, "odd": odd},
        answer=FillIn(
            f'{table}["{column}"] = pd.___({table}["{column}"], errors=___)',
            ["to_numeric", ['"coerce"', "'coerce'"]],
            code=True,
        ),
        solution='`{table}["{column}"] = pd.to_numeric({table}["{column}"], errors="coerce")`: to coerce is '
        "to force; what cannot be made a number becomes NaN.",
        mistakes=[
            Mistake(
                "raise",
                ["to_numeric", '"raise"'],
                says="`to_numeric` is right. `raise` means to stop with an error at “{odd}”, though. Which "
                "word makes a missing value of it?",
            ),
            Mistake(
                "ignore",
                ["to_numeric", '"ignore"'],
                says="`to_numeric` is right. To ignore what cannot be read would leave text among the "
                "numbers, and pandas no longer offers it. Which word forces it to become NaN?",
            ),
            Mistake(
                "as-a-type",
                ["astype", '"coerce"'],
                says="`coerce` is right. `astype` is a method of a column, though, and stops at “{odd}”. "
                "Here a function of `pd` is wanted, named for what it makes.",
            ),
        ],
    )


@item(
    objective="clean.types",
    version=1,
    hints=[
        "Go through the values one by one: can Python's `float` make a number of it?",
        "A point, a minus sign and spaces around a number are no trouble. Letters, commas and question "
        "marks are.",
        "Of “ 71”, “80 km”, “9.5” and “9,000”, two can be read: “ 71” and “9.5”.",
    ],
)
def count_unread(draw, _data):
    """How many values become missing when a column of text is coerced to numbers."""
    number = f"{draw.integers(2, 9)}{draw.integers(0, 9)}50"
    readable = [number, f" {draw.integers(30, 60)}", f"{draw.integers(30, 60)}.{draw.integers(1, 9)}"]
    readable.append(f"-{draw.integers(2, 40)}")
    unread = [
        f"{draw.integers(2, 6)},{draw.integers(100, 900)}",
        f"{draw.integers(170, 230)} mm",
        draw.choice(["?", "unknown", "--"]),
        f"ca. {draw.integers(30, 60)}",
    ]
    good, bad = draw.sample(readable, draw.integers(2, 4)), draw.sample(unread, draw.integers(2, 4))
    values = draw.shuffle(good + bad)
    tricky = sum(not v.isdigit() for v in good)
    commas = sum("," in v for v in bad)
    right = len(bad)
    return Question(
        prompt="The column `sizes` holds these texts:\n\n```text\n{values}\n```\n\nHow many values of "
        '`pd.to_numeric(sizes, errors="coerce")` are **missing**?',
        values={
            "values": "\n".join(f'"{v}"' for v in values),
            "right": right,
            "bad": ", ".join(f"“{v}”" for v in bad),
        },
        answer=Number(right),
        solution="{right}: no number can be made of {bad}. A point, a minus sign or a space around a number "
        "does no harm.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "only-digits-read",
                    right + tricky,
                    says="You counted what cannot be read, and some that can: a point, a minus sign or a "
                    "space in front is no trouble. Which of these values have only such a thing?",
                ),
                Mistake(
                    "the-readable",
                    len(good),
                    says="You told the two sorts apart. That is how many can be read, though. What becomes "
                    "of the others?",
                ),
                Mistake(
                    "comma-read",
                    right - commas,
                    says="Units and words are counted rightly. A comma inside a number is for human eyes, "
                    "though: can Python's `float` read it?",
                ),
            ],
        ),
    )


@item(
    objective="clean.types",
    version=1,
    hints=[
        "Two steps, one after the other: take the unit away, then make numbers of what is left.",
        "Text methods of a column stand behind `.str`. `removesuffix` takes a piece of text from the end.",
        'For songs with "4 min": `pd.to_numeric(songs["length"].str.removesuffix(" min"))`.',
    ],
)
def strip_unit(draw, data):
    """Write the code that makes numbers of a column with units."""
    column = draw.choice(list(UNITS))
    unit, table = UNITS[column], data.frame("fieldbook")
    plain = table[
        table[column].str.endswith(f" {unit}", na=False) & ~table[column].str.contains(",", na=False)
    ]
    book = few_rows(draw, plain, ["tag", column], draw.integers(5, 9))
    return Question(
        prompt="The column `{column}` of the table `book` is text, such as “{first}”. Give the column as "
        "**numbers**, in {unit}.",
        values={"column": column, "unit": unit, "first": book[column].iloc[0]},
        given={"book": book},
        answer=Frame(pd.to_numeric(book[column].str.removesuffix(f" {unit}"))),
        right=f'pd.to_numeric(book["{column}"].str.removesuffix(" {unit}"))',
        solution='```python\npd.to_numeric(book["{column}"].str.removesuffix(" {unit}"))\n```\n\nFirst the '
        "unit goes, which leaves text of digits; then `pd.to_numeric` makes numbers of it.",
        mistakes=[
            Mistake(
                "still-text",
                f'book["{column}"].str.removesuffix(" {unit}")',
                says="The unit is gone. What is left looks like numbers and is text still, so nothing can "
                "be worked out with it. Which function of `pd` makes numbers?",
            ),
            Mistake(
                "all-missing",
                f'pd.to_numeric(book["{column}"], errors="coerce")',
                says="`pd.to_numeric` is the right function. With the unit still there it can read nothing, "
                "though, and `coerce` makes every value NaN. What has to go first?",
            ),
            Mistake(
                "as-it-was",
                f'book["{column}"]',
                says="That is the right column, as text. Take the unit away, then make numbers of the rest.",
            ),
        ],
    )


@item(
    objective="clean.types",
    version=1,
    difficulty="hard",
    hints=[
        "Which value in the column cannot be a length? What does it stand for?",
        "A code for “not measured” has to become a missing value before anything is worked out; then pandas "
        "leaves it out.",
        'In a kitchen where 0 means “forgot to weigh”: `weights.replace(0, float("nan")).mean()`.',
    ],
)
def fix_code(draw, data):
    """Mend a mean that takes a code for “not measured” as a length."""
    table, code = data.frame("penguins"), draw.choice([-999, -99, 9999, -1])
    column = draw.choice(["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"])
    what = draw.choice(["mean", "min" if code < 0 else "max"])
    while True:
        birds = few_rows(draw, table, ["species", column], draw.integers(6, 10))
        birds.loc[draw.sample(range(1, len(birds)), draw.integers(1, 2)), column] = float(code)
        true = birds[column].replace(code, float("nan"))
        if abs(true.mean() - true.median()) > 0.01:
            break
    right = f'birds["{column}"].replace({code}, float("nan")).{what}()'
    zero = Mistake(
        "code-to-zero",
        f'birds["{column}"].replace({code}, 0).{what}()',
        says="The code is gone: `replace` is right. In its place stands 0, though, and that would be a "
        "length or a mass as well. What stands for “there is no value”?",
    )
    return Question(
        prompt="The table `birds` begins with {first} in the column `{column}`. Further down stands "
        "{code}, which means “not measured”. This should give the {what} of what *was* measured. Mend "
        "it.\n\n```python\n{broken}\n```",
        values={
            "code": code,
            "column": column,
            "first": birds[column].iloc[0],
            "what": what,
            "broken": f'birds["{column}"].{what}()',
            "right": right,
        },
        given={"birds": birds},
        answer=Frame(float(getattr(true, what)())),
        starter=f'birds["{column}"].{what}()',
        right=right,
        solution="```python\n{right}\n```\n\nThe code becomes a missing value, and what is missing `{what}` "
        "leaves out.",
        mistakes=[
            Mistake(
                "code-left-in",
                f'birds["{column}"].dropna().{what}()',
                says="It runs, and the value is the old one. For pandas nothing is missing here: {code} is a "
                "number like any other. What has to become of it first?",
            ),
            Mistake(
                "median-instead",
                f'birds["{column}"].replace({code}, float("nan")).median()',
                says="The code is now a missing value: that part works. The task asks for the {what}, "
                "though, and you took the median.",
            ),
            # The largest of all is the same with a 0 among them.
            *([] if what == "max" else [zero]),
        ],
    )


@item(
    objective="clean.types",
    version=2,
    hints=[
        "Each line uses a name that another one makes. What is there at the start?",
        'With songs: `text = songs["length"].str.replace(" min", "")`, then numbers of `text`, then their '
        "mean. "
        "One line asks for something that pandas does not have.",
    ],
)
def numbers_in_order(draw, _data):
    """Put the steps from text with units to a number in order; one line does not belong."""
    column = draw.choice(list(UNITS))
    unit, what = UNITS[column], draw.choice(["mean", "max", "min", "median", "sum"])
    name, made = draw.choice(["text", "digits", "bare", "cut"]), draw.choice(["numbers", "values", "sizes"])
    cut = f'{name} = book["{column}"].str.replace(" {unit}", "")'
    turn, work, odd = f"{made} = pd.to_numeric({name})", f"{made}.{what}()", f"{made} = number({name})"
    return Question(
        prompt="The column `{column}` of `book` holds text with a unit. Put the lines in order, so that the "
        "last one gives the {what} in {unit}. One line does not belong.",
        values={"column": column, "unit": unit, "what": what, "cut": cut, "turn": turn, "work": work},
        answer=Ordering([cut, turn, work], distractors=[odd], indent=False),
        solution="```python\n{cut}\n{turn}\n{work}\n```\n\nThe unit goes first, as `to_numeric` cannot read "
        "it; then numbers; then what is worked out with them. A function `number` does not exist.",
        mistakes=[
            Mistake(
                "numbers-too-early",
                [turn, cut, work],
                says="Working it out comes last: right. The line with `to_numeric` uses a name, though, "
                "that at this point nothing has made. Which line makes it?",
            ),
            Mistake(
                "no-such-function",
                [cut, odd, work],
                says="The order is right: unit, numbers, result. Neither Python nor pandas has a function "
                "`number`, though. Take the line whose function belongs to `pd`.",
            ),
            Mistake(
                "result-too-early",
                [cut, work, turn],
                says="The unit goes first: right. Then you work with a name that is made only in the line "
                "below. Which two have to swap?",
            ),
        ],
    )


# ----------------------------------------------------------------- clean.text


def spellings(draw):
    """One to three names, each spelled in several ways: small or large, with spaces around."""
    names = draw.sample(
        ["Adelie", "Gentoo", "Chinstrap", "Biscoe", "Dream", "Torgersen"], draw.integers(2, 3)
    )
    written = []
    for name in names:
        ways = [name, name.lower(), name.upper(), f" {name}", f"{name} ", f" {name.lower()}"]
        written += draw.sample(ways, draw.integers(2, 3))
    return names, draw.shuffle(written)


@item(
    objective="clean.text",
    version=1,
    hints=[
        "Do first what the line says with each text, one after the other. Then count the different ones.",
        "`strip` takes spaces from the ends, `lower` makes small letters. What the line does not do stays "
        "different.",
        "“Jazz”, “jazz ” and “Rock” are three. After `strip` they are three still; after `strip` and "
        "`lower` two.",
    ],
)
def count_names(draw, _data):
    """How many different texts are left after one or two text methods."""
    calls = draw.choice([".str.strip()", ".str.lower()", ".str.strip().str.lower()"])
    does = {
        ".str.strip()": lambda v: v.strip(),
        ".str.lower()": lambda v: v.lower(),
        ".str.strip().str.lower()": lambda v: v.strip().lower(),
    }
    while True:
        _, written = spellings(draw)
        counts = {c: len({does[c](v) for v in written}) for c in does}
        whole = ".str.strip().str.lower()"
        if len(set(written)) > counts[calls] and (calls == whole or counts[calls] > counts[whole]):
            break
    right = counts[calls]
    others = [
        Mistake(
            "as-they-stand",
            len(set(written)),
            says="That is how many different texts there are before the line does anything. What makes it of "
            "each of them, and which become alike?",
        )
    ]
    if calls == whole:
        others.append(
            Mistake(
                "one-of-two",
                counts[".str.strip()"],
                says="You took the spaces away. The line makes small letters as well, though. Which texts "
                "become alike then?",
            )
        )
    else:
        others.append(
            Mistake(
                "by-meaning",
                counts[whole],
                says="So many names are meant. This line leaves some spellings different, though: capitals, "
                "or spaces. What exactly does it change?",
            )
        )
    return Question(
        prompt="The column `names` holds\n\n```text\n{written}\n```\n\nWhat does `names{calls}.nunique()` "
        "give? (`nunique` counts how many *different* values there are.)",
        values={
            "written": "\n".join(f'"{v}"' for v in written),
            "calls": calls,
            "right": right,
            "left": ", ".join(f"“{v}”" for v in sorted({does[calls](v) for v in written})),
        },
        answer=Number(right),
        solution="{right}: what is left is {left}.",
        mistakes=distinct(right, others),
    )


@item(
    objective="clean.text",
    version=1,
    difficulty="easy",
    hints=[
        "Go from left to right: each method works on what the one before it has made.",
        "`strip`: no spaces at the ends. `lower`, `upper`, `title`: small letters, capitals, a capital at "
        "the start of each word. `replace(a, b)`: b in place of a.",
        '" new-york ".strip().title() is "New-York".',
    ],
)
def text_becomes(draw, data):
    """What a chain of two text methods makes of a text."""
    airports = data.frame("airports")["name"]
    short = sorted({n for n in airports if n.isascii() and 8 <= len(n) <= 16 and n.count(" ") == 1})
    name = draw.choice(short)
    first, second = name.split(" ")
    case = draw.choice(["lower", "upper"])
    sign = draw.choice(["-", "_", "/"])
    start = name.replace(" ", sign)
    made = {"lower": start.lower(), "upper": start.upper()}
    right = made[case].replace(sign, " ")
    return Question(
        prompt='A column `names` holds the text `"{start}"`. What becomes of it with '
        '`names.str.{case}().str.replace("{sign}", " ")`?',
        values={"start": start, "case": case, "sign": sign, "right": right, "first": first, "second": second},
        answer=Text(right, case=True, spelling=False),
        solution="{right}: first `{case}` for all letters, then a space in place of each `{sign}`.",
        mistakes=[
            Mistake(
                "sign-kept",
                made[case],
                says="The letters are right. A second method follows, though: what does `replace` put in "
                "place of `{sign}`?",
            ),
            Mistake(
                "case-kept",
                name,
                says="The `{sign}` has become a space: right. Before that, another method changes the "
                "letters. What does `{case}` do?",
            ),
            Mistake(
                "sign-gone",
                made[case].replace(sign, ""),
                says="The letters are right, and `{sign}` is gone. What stands in the quotes after it is not "
                "nothing, though: look at the second pair of quotes.",
            ),
        ],
    )


CONFUSED = [
    (
        ("`.str.strip()`", ["takes spaces from both ends", "“ Dream ” becomes “Dream”"]),
        ("`.str.replace(…)`", ["puts one piece of text in place of another", "“Drean” becomes “Dream”"]),
        "strip-replace",
    ),
    (
        (
            "`.str.contains(…)`",
            ["True where a piece of text is anywhere in it", "is “rea” somewhere in “Dream”?"],
        ),
        (
            "`.str.startswith(…)`",
            ["True where it begins with a piece of text", "is “Dr” the beginning of “Dream”?"],
        ),
        "contains-startswith",
    ),
    (
        ("`.str.lower()`", ["makes all letters small", "“DREAM” becomes “dream”"]),
        ("`.str.title()`", ["makes the first letter of each word a capital", "“dream” becomes “Dream”"]),
        "lower-title",
    ),
    (
        ("`.str.len()`", ["counts the letters of each text", "“Dream” becomes 5"]),
        ("`.nunique()`", ["counts how many texts are different", "“Dream”, “Dream”, “Biscoe” come to 2"]),
        "len-nunique",
    ),
]


@item(
    objective="clean.text",
    version=1,
    difficulty="easy",
    hints=[
        "Say the methods' names aloud: most of them say what they do. Begin with the one that you know best.",
        "Two of them ask a question (True or False); others change the text; others count. Of “jazz band”, "
        "`.str.split()` would make two words.",
    ],
)
def match_methods(draw, _data):
    """Match methods of text with what they do."""
    chosen = draw.sample(CONFUSED, 2)
    pairs, mistakes = {}, []
    for one, two, _ in chosen:
        pairs[one[0]], pairs[two[0]] = draw.choice(one[1]), draw.choice(two[1])
    for one, two, key in chosen:
        swapped = {**pairs, one[0]: pairs[two[0]], two[0]: pairs[one[0]]}
        mistakes.append(
            Mistake(
                f"swapped-{key}",
                swapped,
                says=f"Two fit. {one[0]} and {two[0]} have each other's partner. Which of the two "
                f"fits this better: {pairs[one[0]]}?",
            )
        )
    shown = draw.sample([p for p in CONFUSED if p not in chosen], 1)[0]
    return Question(
        prompt="What does each of these do?",
        values={"pairs": "; ".join(f"{left} – {right}" for left, right in pairs.items()).replace("`", "")},
        answer=Matching(pairs, distractors=[draw.choice(shown[0][1])]),
        solution="{pairs}.",
        mistakes=mistakes,
    )


CASES = {
    "lower": "all in small letters",
    "upper": "all in capitals",
    "title": "with one capital at the start",
}


@item(
    objective="clean.text",
    version=1,
    hints=[
        "What differs between two spellings of the same name? There are two things to mend.",
        "Text methods of a column stand behind `.str`, and for a second one `.str` is needed once more.",
        'For the genres of songs: `songs["genre"].str.strip().str.upper()`.',
    ],
)
def same_spelling(draw, data):
    """Write the code that brings all spellings of a name into one."""
    table, case = data.frame("fieldbook"), draw.choice(list(CASES))
    column = draw.choice(["species", "island"])
    while True:
        book = few_rows(draw, table, ["tag", column], draw.integers(8, 12))
        stripped = book[column].str.strip()
        right = getattr(stripped.str, case)()
        only_case = getattr(book[column].str, case)()
        if not right.equals(stripped) and not right.equals(only_case):
            break
    return Question(
        prompt="In the table `book` of {rows} birds, {first} the first, the same {column} is spelled in "
        "several ways: capitals differ, and some have spaces around them. Give the column `{column}` "
        "**without spaces around, {how}**.",
        values={
            "column": column,
            "case": case,
            "how": CASES[case],
            "rows": len(book),
            "first": book["tag"].iloc[0],
        },
        given={"book": book},
        answer=Frame(right),
        right=f'book["{column}"].str.strip().str.{case}()',
        solution='```python\nbook["{column}"].str.strip().str.{case}()\n```\n\n`strip` takes the spaces from '
        "both ends, `{case}` makes the letters alike. Each method of text needs its own `.str`.",
        mistakes=[
            Mistake(
                "spaces-left",
                f'book["{column}"].str.{case}()',
                says="The letters are right, {how}. Spaces at the ends are still there, and hard to see. "
                "Which method takes them away?",
            ),
            Mistake(
                "case-left",
                f'book["{column}"].str.strip()',
                says="The spaces are gone. Capitals still differ, though, so one name counts as several. "
                "Which method writes it {how}?",
            ),
            Mistake(
                "as-it-was",
                f'book["{column}"]',
                says="That is the right column, as it was. Two things have to change: the spaces around, and "
                "the letters.",
            ),
        ],
    )


@item(
    objective="clean.text",
    version=1,
    difficulty="hard",
    hints=[
        "Short forms have to become the whole words; the whole words have to stay as they are. Which of "
        "`replace` and `map` leaves alone what it does not know?",
        'For songs: `songs["genre"].replace({"r": "rock", "j": "jazz"})` changes r and j and nothing else.',
    ],
)
def whole_words(draw, data):
    """Write the code that makes whole words of short forms and leaves the others alone."""
    table = data.frame("fieldbook")
    short = table[table["sex"].isin(["m", "f", "male", "female"])]
    while True:
        book = few_rows(draw, short, ["tag", "species", "sex"], draw.integers(8, 14))
        if set(book["sex"]) == {"m", "f", "male", "female"}:
            break
    right = 'book["sex"].replace({"m": "male", "f": "female"})'
    first = book["tag"].iloc[0]
    return Question(
        prompt="In the table `book` (its first bird is {first}), the column `sex` holds `m`, `f`, `male` and "
        "`female`. Give the column with **whole words everywhere**.",
        values={"first": first},
        given={"book": book},
        answer=Frame(book["sex"].replace({"m": "male", "f": "female"})),
        right=right,
        solution=f"```python\n{right}\n```\n\nThe dictionary says what becomes of what. Whatever is not in "
        "it, `replace` leaves as it is.",
        mistakes=[
            Mistake(
                "map-for-replace",
                'book["sex"].map({"m": "male", "f": "female"})',
                says="The short forms become whole words. `map` makes a missing value of everything that the "
                "dictionary does not name, though: where are those who were `male` before?",
            ),
            Mistake(
                "pieces-replaced",
                'book["sex"].str.replace("m", "male").str.replace("f", "female")',
                says="You replace the right letters by the right words. `.str.replace` works on every piece "
                "of every text, though, and there is an m in `male`. Which method compares whole values?",
            ),
            Mistake(
                "one-only",
                'book["sex"].replace({"m": "male"})',
                says="`m` has become `male`, and whole words stayed. `f` is still there. Add it to the "
                "dictionary.",
            ),
        ],
    )


@item(
    objective="clean.text",
    version=1,
    hints=[
        "Two questions: does it work on every value of the column, and is the result kept in the table?",
        'With songs: `songs["genre"] = songs["genre"].str.upper()`. Left of the `=` stands where it goes.',
    ],
)
def keeps_the_change(draw, _data):
    """Which line changes the column of a table."""
    table = draw.choice(["book", "birds", "notes"])
    column, case = (
        draw.choice(["species", "island", "sex", "stage"]),
        draw.choice(["lower", "upper", "strip"]),
    )
    place = f'{table}["{column}"]'
    wrong = [
        Mistake(
            "not-kept",
            f"`{place}.str.{case}()`",
            says="Column and method are right. It gives a new column, though, and nothing keeps it: the "
            "table stays as it was. What puts it back into its place?",
        ),
        Mistake(
            "without-str",
            f"`{place} = {place}.{case}()`",
            says="The result would be kept, in the right place. A column has no method `{case}` of its own, "
            "though: methods of text stand behind something. Behind what?",
        ),
        Mistake(
            "whole-table",
            f"`{table} = {place}.str.{case}()`",
            says="The method is right, and the result is kept. Now the whole table is replaced by one "
            "column, though. What should stand left of the `=`?",
        ),
        Mistake(
            "not-called",
            f"`{place} = {place}.str.{case}`",
            says="Place and method are right. Without round brackets it is not called, though: you would "
            "keep the method itself.",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt="Which line changes the column `{column}` **in the table** `{table}`, with `{case}` for each "
        "text?",
        values={"table": table, "column": column, "case": case},
        answer=Choice(right=f"`{place} = {place}.str.{case}()`", wrong=[m.response for m in shown]),
        solution='`{table}["{column}"] = {table}["{column}"].str.{case}()`: `.str` reaches every text, the '
        "brackets call the method, and the `=` puts the result back.",
        mistakes=shown,
    )


# ----------------------------------------------------------- clean.duplicates


def entered_twice(draw, data, count, again):
    """Some birds of the field book, and the places of those that shall be there again."""
    book = data.frame("fieldbook")
    whole = book[(book["bill_mm"] > 0)].drop_duplicates("tag")
    birds = few_rows(draw, whole, ["tag", "island", "bill_mm"], count)
    birds["island"] = birds["island"].str.strip().str.title()
    return birds, draw.sample(range(count), again)


@item(
    objective="clean.duplicates",
    version=1,
    difficulty="easy",
    hints=[
        "Read from the top. Of each row ask: was the whole row there before?",
        "The first time a row occurs it is no repeat. Rows that differ in one value are different rows.",
        "Of songs A, B, A, C, A the repeats are the third and the fifth.",
    ],
)
def which_repeat(draw, data):
    """Which rows duplicated marks."""
    birds, places = entered_twice(draw, data, 4, 2)
    exact, near = birds.iloc[[places[0]]], birds.iloc[[places[1]]].copy()
    near["bill_mm"] = near["bill_mm"] + draw.choice([0.1, 0.2, 1.0])
    rows = pd.concat([birds, exact, near])
    part = rows.iloc[draw.shuffle(range(6))].reset_index(drop=True)

    def ticked(mask):
        return [f"row {label}" for label in part.index[mask]]

    right = ticked(part.duplicated())
    return Question(
        prompt="This is the table `part`:\n\n```text\n{table}\n```\n\nFor which rows does "
        "`part.duplicated()` give True? Tick all.",
        values={"table": printed(part), "rows": ", ".join(right)},
        answer=MultipleChoice(right=right, wrong=ticked(~part.duplicated())),
        solution="{rows}: the same in every column as a row above. Where one value differs, "
        "`duplicated` sees two different rows.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "both-marked",
                    ticked(part.duplicated(keep=False)),
                    says="You found the rows that are alike. The first of them is no repeat of anything "
                    "above it, though. Which ones are?",
                ),
                Mistake(
                    "by-tag",
                    ticked(part.duplicated("tag")),
                    says="You marked every tag that was there before. `duplicated` compares whole rows, "
                    "though: is each of these the same in *all* columns?",
                ),
                Mistake(
                    "the-first",
                    ticked(part.duplicated(keep="last")),
                    says="These have an equal further down. `duplicated` reads from the top, though, and "
                    "marks what it has seen before. Which row is that?",
                ),
            ],
        ),
    )


@item(
    objective="clean.duplicates",
    version=1,
    hints=[
        "Which columns are compared: all of them, or the one that is named?",
        "Count the different values of that column: one row stays for each.",
        'Five songs by three singers: `songs.drop_duplicates("singer")` has three rows.',
    ],
)
def rows_left_over(draw, data):
    """How many rows are left when repeats are dropped, by whole rows or by one column."""
    count = draw.integers(3, 5)
    birds, places = entered_twice(draw, data, count, 3)
    near = birds.iloc[places[:2]].copy()
    near["bill_mm"] = near["bill_mm"] + draw.choice([0.1, 0.3, 1.0])
    part = pd.concat([birds, near, birds.iloc[places[2:]]])
    part = part.iloc[draw.shuffle(range(len(part)))].reset_index(drop=True)
    by_tag = draw.choice([True, False])
    left = {True: count, False: count + 2}
    return Question(
        prompt="This is the table `part`:\n\n```text\n{table}\n```\n\nHow many rows does "
        "`part.drop_duplicates({inside})` have?",
        values={
            "table": printed(part),
            "inside": '"tag"' if by_tag else "",
            "right": left[by_tag],
            "what": "different tags" if by_tag else "different rows",
        },
        answer=Number(left[by_tag]),
        solution="{right}: there are so many {what}, and one row stays for each.",
        mistakes=distinct(
            left[by_tag],
            [
                Mistake(
                    "whole-rows" if by_tag else "by-tag",
                    left[not by_tag],
                    says="So many rows would stay if whole rows were compared. Here a column is named: what "
                    "is compared then?"
                    if by_tag
                    else "So many different tags there are. No column is named here, though: what is "
                    "compared then?",
                ),
                Mistake(
                    "nothing-dropped",
                    len(part),
                    says="So many rows there are now. Some are there again, though: which ones, by what is "
                    "compared?",
                ),
                Mistake(
                    "the-dropped",
                    len(part) - left[by_tag],
                    says="So many rows are dropped: you found the repeats. Asked is how many are left.",
                ),
            ],
        ),
    )


@item(
    objective="clean.duplicates",
    version=1,
    hints=[
        "Which rows count as the same here: alike in all columns, or of the same tag? And which of them "
        "stays?",
        'The last review of each song: `reviews.drop_duplicates("song", keep="last")`. Without `keep`, the '
        "first one stays.",
    ],
)
def drop_by_tag(draw, data):
    """Write the code that keeps one entry for each bird: the first or the last."""
    end = draw.choice(["first", "last"])
    other = {"first": "last", "last": "first"}[end]
    birds, places = entered_twice(draw, data, draw.integers(6, 10), 4)
    near = birds.iloc[places[:2]].copy()
    near["bill_mm"] = near["bill_mm"] + 0.5
    book = pd.concat([birds, near, birds.iloc[places[2:]]]).reset_index(drop=True)
    keep = {"first": "", "last": ', keep="last"'}
    return Question(
        prompt="Some birds, {again} among them, were entered into the table `book` more than once, not "
        "always with the same measurement. Keep **one row for each `tag`: the {end} one** that was entered.",
        values={
            "end": end,
            "keep": keep[end],
            "other": other,
            "again": " and ".join(sorted(near["tag"])),
        },
        given={"book": book},
        answer=Frame(book.drop_duplicates("tag", keep=end)),
        right=f'book.drop_duplicates("tag"{keep[end]})',
        solution='```python\nbook.drop_duplicates("tag"{keep})\n```\n\nOnly the tag is compared, and of rows '
        "with the same tag the {end} one stays.",
        mistakes=[
            Mistake(
                "whole-rows",
                f"book.drop_duplicates({keep[end][2:]})",
                says="Rows that are alike in every column are there once now. The same bird with another "
                "measurement is still there twice, though. Which column says that it is the same bird?",
            ),
            Mistake(
                "other-end",
                f'book.drop_duplicates("tag"{keep[other]})',
                says="There is one row for each tag. Of two entries you kept the {other} one, though. What "
                "tells `drop_duplicates` which of them stays?",
            ),
            Mistake(
                "none-kept",
                'book.drop_duplicates("tag", keep=False)',
                says="You compare the tags, as you should. `keep=False` drops *all* rows of a tag that "
                "occurs twice, though, so that bird is gone. Which of its rows should stay?",
            ),
            Mistake(
                "the-repeats",
                'book[book.duplicated("tag")]',
                says="You found the repeats. The task wants the table without them, though, one row for each "
                "tag. Which method drops them?",
            ),
        ],
    )


@item(
    objective="clean.duplicates",
    version=2,
    hints=[
        "`duplicated` gives True or False for each row. How do you count the Trues?",
        "Say which column makes two rows the same; without one, whole rows are compared.",
        'How many songs have a title that was there before: `songs.duplicated("title").sum()`.',
    ],
)
def count_repeats(draw, data):
    """How many rows have a value that was there before."""
    when, flights = one_month(draw, data)
    flights = flights[flights["tailnum"].notna()][["day", "carrier", "tailnum", "dest"]].reset_index(
        drop=True
    )
    flights = flights.head(draw.integers(len(flights) // 2, len(flights)))
    column = draw.choice(["tailnum", "dest", "carrier"])
    means = {"tailnum": "the same plane", "dest": "the same destination", "carrier": "the same airline"}[
        column
    ]
    right = int(flights.duplicated(column).sum())
    return Question(
        prompt="The table `flights` holds some flights of {when}, in order of departure. How many of them "
        "have **{means} (`{column}`) as a flight above them**? Work it out in a cell, then type the "
        "number.",
        values={"when": when, "column": column, "means": means, "right": right},
        given={"flights": flights},
        answer=Number(right),
        solution='```python\nflights.duplicated("{column}").sum()\n```\n\n{right}: `duplicated` is True for '
        "every row whose `{column}` was there before, and `sum` counts them.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "different-ones",
                    int(flights[column].nunique()),
                    says="That is how many different values `{column}` has: one for each first time. Asked "
                    "are the rows that come after a first one.",
                ),
                Mistake(
                    "whole-rows",
                    int(flights.duplicated().sum()),
                    says="You counted repeats with `duplicated`. Without the name of a column it compares "
                    "whole rows, though. Which column matters here?",
                ),
                Mistake(
                    "first-ones-too",
                    int(flights.duplicated(column, keep=False).sum()),
                    says="You counted every row that has an equal anywhere, the first ones too. A first one "
                    "has none *above* it. What does `duplicated` do without `keep`?",
                ),
                Mistake(
                    "all-rows",
                    len(flights),
                    says="That is how many rows there are. Some of them are the first with their `{column}`: "
                    "these do not count.",
                ),
            ],
        ),
    )


@item(
    objective=["clean.duplicates", "clean.text"],
    version=2,
    hints=[
        "Two entries can differ by a space or a capital. Are they then repeats to pandas? So what has to "
        "come first?",
        'For songs: `songs["title"] = songs["title"].str.lower()`, then `songs = songs.drop_duplicates()`, '
        "then "
        "`len(songs)`. One line leaves the table as it was.",
    ],
)
def clean_in_order(draw, _data):
    """Put cleaning of text, dropping of repeats and counting in order; one line does not belong."""
    table, column = (
        draw.choice(["book", "birds", "notes", "field", "log", "sheet"]),
        draw.choice(["species", "island", "sex", "stage", "nest"]),
    )
    case = draw.choice(["lower", "upper", "title", "strip", "capitalize"])
    text = f'{table}["{column}"] = {table}["{column}"].str.{case}()'
    drop, count, lost = f"{table} = {table}.drop_duplicates()", f"len({table})", f"{table}.drop_duplicates()"
    return Question(
        prompt="Some rows of `{table}` were entered twice, and differ only in how `{column}` is written: "
        "`{case}` makes them alike. Put the lines in order, so that the last one says how many rows there "
        "**really** are. One line does not belong.",
        values={"table": table, "column": column, "case": case, "text": text, "drop": drop, "count": count},
        answer=Ordering([text, drop, count], distractors=[lost], indent=False),
        solution="```python\n{text}\n{drop}\n{count}\n```\n\nFirst the spellings, or repeats that look "
        "different would stay; then the repeats; then the count. The line without `=` gives a new table that "
        "nothing keeps.",
        mistakes=[
            Mistake(
                "repeats-first",
                [drop, text, count],
                says="Counting comes last: right. When you drop repeats, though, those that are spelled "
                "differently are not seen as such. What would make them alike first?",
            ),
            Mistake(
                "not-kept",
                [text, lost, count],
                says="The order is right: spelling, repeats, count. `drop_duplicates` gives a new table, "
                "though, and in your line nothing keeps it. Take the line that does.",
            ),
            Mistake(
                "counted-too-early",
                [text, count, drop],
                says="The spelling comes first: right. Then you count while the repeats are still there. "
                "Which line has to come before?",
            ),
        ],
    )


@item(
    objective="clean.duplicates",
    version=1,
    difficulty="hard",
    hints=[
        "Inside the function, use its own names. How many rows repeat a value of the column that it is "
        "given?",
        "`duplicated` marks repeats, `sum` counts them, and `return` hands the number back.",
        'For songs: a function `again(songs)` with `return songs.duplicated("title").sum()`.',
    ],
)
def repeats_function(draw, data):
    """Write a function that counts the rows, or gives the rows, without repeats of a column."""
    name = draw.choice(["one_each", "without_repeats", "first_entries", "once_only"])
    examples = []
    for _ in range(2):
        birds, places = entered_twice(draw, data, 5, 3)
        near = birds.iloc[places[:2]].copy()
        near["bill_mm"] = near["bill_mm"] + 0.5
        table = pd.concat([birds, near, birds.iloc[places[2:]]]).reset_index(drop=True)
        examples.append(table)
    one, two = examples
    return Question(
        prompt="Write a function `{name}(table, column)` that returns the table with only the **first row "
        "for each value of the column**. For the table `book`, which begins with {first}, "
        '`{name}(book, "tag")` has {count} rows.',
        values={"name": name, "first": one["tag"].iloc[0], "count": len(one.drop_duplicates("tag"))},
        given={"book": one},
        answer=Function(
            name=name,
            examples=[
                ((one, "tag"), one.drop_duplicates("tag")),
                ((two, "island"), two.drop_duplicates("island")),
            ],
        ),
        starter=f"def {name}(table, column):\n    ",
        right=f"def {name}(table, column):\n    return table.drop_duplicates(column)",
        solution="```python\ndef {name}(table, column):\n    return table.drop_duplicates(column)\n```\n\n"
        "`column` stands without quotes: it is a name for whatever the function is given.",
        mistakes=[
            Mistake(
                "column-fixed",
                f'def {name}(table, column):\n    return table.drop_duplicates("tag")',
                says="For the column `tag` it is right. Your function always looks at `tag`, though, "
                "whatever it is asked for. Which name holds the column inside the function?",
            ),
            Mistake(
                "whole-rows",
                f"def {name}(table, column):\n    return table.drop_duplicates()",
                says="Repeats are dropped and the table is returned. Whole rows are compared, though, so the "
                "column makes no difference. Where does it go?",
            ),
            Mistake(
                "not-returned",
                f"def {name}(table, column):\n    table.drop_duplicates(column)",
                says="The right rows are made inside the function. Nothing hands them back, though: who "
                "calls it gets `None`. Which word does that?",
            ),
            Mistake(
                "the-repeats",
                f"def {name}(table, column):\n    return table[table.duplicated(column)]",
                says="You compare the right column and return a table. It holds the repeats, though, and "
                "asked are the first ones. Which method drops the repeats?",
            ),
        ],
    )
