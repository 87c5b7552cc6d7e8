"""Checks of lesson 2: pick columns, keep rows by one condition or two, sort.

Questions are about the penguins and Seattle's weather. Hints speak of other tables (trees, songs, books),
so that none gives an answer away.
"""

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from checkers import Choice, FillIn, Frame, Function, MultipleChoice, Number, Ordering, Text
from courseware.items import Mistake, Question, item

COLUMNS = {
    "penguins": [
        "species",
        "island",
        "bill_length_mm",
        "bill_depth_mm",
        "flipper_length_mm",
        "body_mass_g",
        "sex",
        "year",
    ],
    "seattle": ["date", "precipitation", "temp_max", "temp_min", "wind", "weather"],
}
ROWS = {"penguins": "penguins", "seattle": "days"}
# How one says that a column of numbers meets a comparison.
MEASURES = {
    "penguins": {
        "body_mass_g": "have a body mass of {than} {limit:,} g",
        "flipper_length_mm": "have a flipper of {than} {limit} mm",
        "bill_length_mm": "have a bill of {than} {limit} mm in length",
        "bill_depth_mm": "have a bill of {than} {limit} mm in depth",
    },
    "seattle": {
        "precipitation": "have {than} {limit} mm of precipitation",
        "temp_max": "have a highest temperature of {than} {limit} °C",
        "temp_min": "have a lowest temperature of {than} {limit} °C",
        "wind": "have a mean wind of {than} {limit} m/s",
    },
}
LABELS = {
    "penguins": {
        "species": "are of the species {label}",
        "island": "live on the island {label}",
        "sex": "are {label}",
    },
    "seattle": {"weather": "carry the label “{label}”"},
}
THAN = {">": "more than", "<": "less than", ">=": "at least", "<=": "at most"}
EDGE = {">": ">=", "<": "<=", ">=": ">", "<=": "<"}
OPPOSITE = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition on the rows of a table: in words, as code, and True or False for each row."""

    words: str
    code: str
    holds: pd.Series
    edge: pd.Series
    """The same, wrong at the limit itself (for a label: the rows without it)."""


def compare(column, sign, limit):
    return {">": column > limit, "<": column < limit, ">=": column >= limit, "<=": column <= limit}[sign]


def limit_in(draw, column):
    """A value that occurs in the middle of a column of numbers; whole ones as whole numbers."""
    low, high = column.quantile(0.2), column.quantile(0.8)
    limit = float(draw.choice(sorted(v for v in column.dropna().unique() if low <= v <= high)))
    return int(limit) if limit == int(limit) else limit


def measured(draw, name, table, column=None, sign=None):
    """A condition on a column of numbers, with a limit that occurs in it."""
    column = column or draw.choice(list(MEASURES[name]))
    sign, limit = sign or draw.choice(list(THAN)), limit_in(draw, table[column])
    return Condition(
        words=MEASURES[name][column].format(than=THAN[sign], limit=limit),
        code=f'{name}["{column}"] {sign} {limit}',
        holds=compare(table[column], sign, limit),
        edge=compare(table[column], EDGE[sign], limit),
    )


def labelled(draw, name, table):
    """A condition on a column of words."""
    column = draw.choice(list(LABELS[name]))
    label = draw.choice(sorted(table[column].dropna().unique()))
    return Condition(
        words=LABELS[name][column].format(label=label),
        code=f'{name}["{column}"] == "{label}"',
        holds=table[column] == label,
        edge=table[column] != label,
    )


def printed(table):
    """A table as pandas prints it: labels at the left, columns right-aligned, one decimal."""

    def word(value):
        if isinstance(value, float):
            return "NaN" if value != value else f"{value:.1f}"
        return str(value)

    columns = [["", *map(str, table.index)]]
    columns += [[name, *map(word, table[name].tolist())] for name in table.columns]
    wide = [max(map(len, column)) for column in columns]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, wide, strict=True)).rstrip()
        for row in zip(*columns, strict=True)
    )


def few_rows(draw, table, columns, count):
    """Some rows of a table, without gaps, labelled 0, 1, 2 … anew."""
    whole = table.dropna(subset=columns)
    return whole[columns].iloc[draw.sample(range(len(whole)), count)].reset_index(drop=True)


def distinct(right, mistakes):
    """Without the mistakes that lead to the right response, or to that of an earlier mistake."""
    taken, kept = [right], []
    for mistake in mistakes:
        if mistake.response not in taken:
            taken.append(mistake.response)
            kept.append(mistake)
    return kept


def quoted(names):
    return ", ".join(f'"{name}"' for name in names)


# ------------------------------------------------------------- select.columns


@item(
    objective="select.columns",
    version=1,
    hints=[
        "One name in the brackets gives one column. For several, pandas takes a list of names. How is a "
        "list written?",
        'Title and year of a table `songs` are `songs[["title", "year"]]`: the inner brackets are the '
        "list, the outer ones look it up.",
    ],
)
def pick_columns(draw, data):
    """Write the code that picks columns in a given order."""
    name = draw.choice(["penguins", "seattle"])
    table, wanted = data.frame(name), draw.sample(COLUMNS[name], draw.integers(2, 4))
    extra = draw.choice([c for c in COLUMNS[name] if c not in wanted])
    return Question(
        prompt="The table `{name}` is there already. Give a table of its columns `{wanted}`, **in this "
        "order** and no others, with all rows.",
        values={
            "name": name,
            "wanted": ", ".join(wanted),
            "list": quoted(wanted),
            "last": wanted[-1],
            "extra": extra,
            "count": len(wanted),
        },
        given={name: table},
        answer=Frame(table[wanted]),
        right=f"{name}[[{quoted(wanted)}]]",
        solution="```python\n{name}[[{list}]]\n```\n\nThe inner brackets make a list of the names, in the "
        "order wanted; the outer ones look it up in the table.",
        mistakes=[
            Mistake(
                "one-left-out",
                f"{name}[[{quoted(wanted[:-1])}]]",
                says="The columns that are there are right, and in order. `{last}` is missing, though. "
                "Add its name to the list.",
            ),
            Mistake(
                "one-too-many",
                f"{name}[[{quoted([*wanted, extra])}]]",
                says="All the columns that the task names are there. `{extra}` came along as well, and "
                "nobody asked for it. Take its name out of the list.",
            ),
            Mistake(
                "everything",
                name,
                says="The columns are in that table, among others: you gave all of it. Put a list of the "
                "names wanted into square brackets behind `{name}`.",
            ),
        ],
    )


BRACKETS = {
    "series": (
        "one column by itself (a `Series`)",
        "A column by itself comes from one name in one pair of brackets.",
    ),
    "one": (
        "a table of one column (a `DataFrame`)",
        "A table of one column comes from a list with one name in it.",
    ),
    "two": ("a table of two columns", "A table of two columns comes from a list with two names in it."),
    "error": (
        "a `KeyError`",
        "A `KeyError` comes when pandas is asked for one column of a name that is not there.",
    ),
}


@item(
    objective="select.columns",
    version=1,
    hints=[
        "Count the pairs of square brackets. The outer pair looks something up. Is there an inner one, a "
        "list?",
        '`songs["title"]` is a column. `songs[["title"]]` is a table, as a list was looked up. '
        '`songs["title", "year"]` looks for one column whose name is that pair.',
    ],
)
def one_or_table(draw, _data):
    """What one name, a list, or two names without a list give."""
    name, kind = draw.choice(["penguins", "seattle"]), draw.choice(list(BRACKETS))
    first, second = draw.sample(COLUMNS[name], 2)
    code, look = {
        "series": (f'{name}["{first}"]', "Here is one pair of brackets with one name."),
        "one": (f'{name}[["{first}"]]', "Here are two pairs of brackets with one name."),
        "two": (f'{name}[["{first}", "{second}"]]', "Here are two pairs of brackets with two names."),
        "error": (f'{name}["{first}", "{second}"]', "Here are two names, and only one pair of brackets."),
    }[kind]
    wrong = [other for other in BRACKETS if other != kind]
    return Question(
        prompt="`{first}` and `{second}` are columns of the table `{name}`. What does this "
        "give?\n\n```python\n{code}\n```"
        if kind in ("two", "error")
        else "`{first}` is a column of the table `{name}`. What does this give?\n\n```python\n{code}\n```",
        values={
            "name": name,
            "first": first,
            "second": second,
            "code": code,
            "look": look,
        },
        answer=Choice(right=BRACKETS[kind][0], wrong=[BRACKETS[other][0] for other in wrong]),
        solution="`{code}` gives " + BRACKETS[kind][0] + ". " + BRACKETS[kind][1] + " {look}",
        mistakes=[
            Mistake(
                f"took-for-{other}",
                BRACKETS[other][0],
                says=BRACKETS[other][1]
                + " {look} Say what the outer pair is given to look up: a name, a list, or something else?",
            )
            for other in wrong
        ],
    )


@item(
    objective="select.columns",
    version=1,
    hints=[
        "Picking columns: does any row go?",
        "A table `songs` has the shape `(20, 9)`. A list of five of its columns looked up in it gives a "
        "table "
        "of the shape `(20, 5)`.",
    ],
)
def shape_of_columns(draw, data):
    """The shape of a table after some columns were picked."""
    name, place = draw.choice(["penguins", "seattle"]), draw.choice([0, 1])
    table = data.frame(name)
    wanted = draw.sample(COLUMNS[name], draw.integers(1, 4))
    all_rows, all_columns = table.shape
    shape = table[wanted].shape
    right, swapped = int(shape[place]), int(shape[1 - place])
    return Question(
        prompt="`{name}` has {all_rows:,} rows and {all_columns} columns. What does this show?\n\n"
        "```python\npart = {name}[[{list}]]\nprint(part.shape[{place}])\n```",
        values={
            "name": name,
            "list": quoted(wanted),
            "place": place,
            "all_rows": all_rows,
            "all_columns": all_columns,
            "right": right,
            "swapped": swapped,
            "asked": ["rows", "columns"][place],
            "other": ["columns", "rows"][place],
            "count": len(wanted),
        },
        answer=Number(right),
        solution="{right}. The list has {count} name or names, so `part` has {count} of the columns and "
        "keeps all {all_rows:,} rows. Place {place} of its shape is the number of {asked}."
        if len(wanted) == 1
        else "{right}. The list has {count} names, so `part` has {count} columns, and it keeps all "
        "{all_rows:,} rows. Place {place} of its shape is the number of {asked}.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "swapped",
                    swapped,
                    says="{swapped} is in the shape of `part`: it is the number of {other}. Which of the "
                    "two stands at place {place}?",
                ),
                Mistake(
                    "whole-table",
                    all_columns,
                    says="{all_columns} is how many columns `{name}` has. The line asks about `part`, "
                    "though: what is in its list, and what does `[{place}]` take of its shape?",
                ),
            ],
        ),
    )


@item(
    objective="select.columns",
    version=1,
    difficulty="easy",
    hints=[
        "Each line uses a name that another one makes. Which line uses none of the others' names?",
        'With songs: first `names = ["title"]`, then `few = songs[names]`, then a look at `few`. Round '
        "brackets call a function; a table is looked up in with square ones.",
    ],
)
def columns_in_order(draw, _data):
    """Put the steps of picking columns in order; one line does not belong."""
    name, count = draw.choice(["penguins", "seattle"]), draw.integers(3, 9)
    names = draw.sample(COLUMNS[name], 2)
    listed, picked = f"wanted = [{quoted(names)}]", f"small = {name}[wanted]"
    look, called = f"small.head({count})", f"small = {name}(wanted)"
    return Question(
        prompt="The table `{name}` is there. Put the lines in order, so that the last one shows the first "
        "{count} rows of `{wanted}`. One line does not belong.",
        values={"name": name, "count": count, "wanted": ", ".join(names), "list": quoted(names)},
        answer=Ordering([listed, picked, look], distractors=[called], indent=False),
        solution="```python\nwanted = [{list}]\nsmall = {name}[wanted]\nsmall.head({count})\n```\n\nThe "
        "list first, as the second line uses it; then the smaller table; then the look at it. "
        "`{name}(wanted)` stays out: round brackets would call the table as a function.",
        mistakes=[
            Mistake(
                "list-too-late",
                [picked, listed, look],
                says="Looking comes last: right. The line that picks uses the name `wanted`, though, and "
                "at that point it is not there. Which line makes it?",
            ),
            Mistake(
                "called",
                [listed, called, look],
                says="The order is right: list, smaller table, look. Round brackets call a function, "
                "though, and a table is none. Take the line that looks the list up.",
            ),
            Mistake(
                "look-too-early",
                [listed, look, picked],
                says="The list comes first: right. Then you look at `small` before it is there. Which "
                "line makes it?",
            ),
        ],
    )


@item(
    objective="select.columns",
    version=1,
    hints=[
        "pandas takes what stands in the brackets for one name, a pair. Tell it that you mean a list of "
        "names.",
        'For songs: `songs["title", "year"]` stops, `songs[["title", "year"]]` works. What the list holds '
        "stays as it is.",
    ],
)
def fix_brackets(draw, data):
    """Mend a KeyError: two names without a list."""
    name = draw.choice(["penguins", "seattle"])
    names, table = draw.sample(COLUMNS[name], draw.integers(2, 3)), data.frame(name)
    count = draw.choice([3, 4, 6, 7, 8])
    return Question(
        prompt="This should give the **first {count} rows** of `{wanted}`, in this order. It stops with a "
        "`KeyError`. Mend it.\n\n```python\n{name}[{list}].head({count})\n```",
        values={
            "name": name,
            "count": count,
            "wanted": ", ".join(names),
            "list": quoted(names),
            "first": names[0],
            "rest": ", ".join(names[1:]),
        },
        given={name: table},
        answer=Frame(table[names].head(count)),
        starter=f"{name}[{quoted(names)}].head({count})",
        right=f"{name}[[{quoted(names)}]].head({count})",
        solution="```python\n{name}[[{list}]].head({count})\n```\n\nWith one pair of brackets, pandas "
        "looks for a single column whose name is all of that. A second pair makes it a list of "
        "names.",
        mistakes=[
            Mistake(
                "first-column-only",
                f'{name}[["{names[0]}"]].head({count})',
                says="The `KeyError` is gone, and `{first}` is there. `{rest}` got lost, though. A list may "
                "hold more than one name.",
            ),
            Mistake(
                "all-columns",
                f"{name}.head({count})",
                says="{count} rows from the beginning: right. Now all columns are there, though. Put the "
                "names back, as a list.",
            ),
            Mistake(
                "all-rows",
                f"{name}[[{quoted(names)}]]",
                says="The brackets are mended, and the columns are right. On the way, `.head({count})` "
                "got lost: all rows are there. Put it back.",
            ),
        ],
    )


@item(
    objective="select.columns",
    version=1,
    hints=[
        "The first gap is for the names, all of them, as one thing that is kept. What holds several texts?",
        "The second gap looks that thing up by the name it was given in the first line.",
        'For songs: `names = ["title", "year"]`, and then `songs[names]`.',
    ],
)
def fill_list(draw, _data):
    """Fill in a list of names, and look it up."""
    name, kept = draw.choice(["penguins", "seattle"]), draw.choice(["wanted", "names", "chosen"])
    first, second = draw.sample(COLUMNS[name], 2)
    both, single = f'["{first}", "{second}"]', f"['{first}', '{second}']"
    return Question(
        prompt="These lines shall give a table of the columns `{first}` and `{second}` of `{name}`, in this "
        "order. Fill in.",
        values={"name": name, "kept": kept, "first": first, "second": second},
        answer=FillIn(f"{kept} = ___\npart = {name}[___]", [[both, single], kept], code=True),
        solution='First `{kept} = ["{first}", "{second}"]`, then `part = {name}[{kept}]`: the list keeps '
        "both "
        "names, and the square brackets look the list up.",
        mistakes=[
            Mistake(
                "no-list",
                [f'"{first}", "{second}"', kept],
                says="Both names are there, in quotes, and you look them up. Without brackets of their own "
                "they "
                "are a pair, though, and pandas looks for *one* column of that name. What makes a list?",
            ),
            Mistake(
                "kept-in-quotes",
                [both, f'"{kept}"'],
                says="The list is right. In quotes `{kept}` is a text, though, and pandas looks for a column "
                "of that name. How do you write the name of what you made?",
            ),
            Mistake(
                "list-in-list",
                [both, f"[{kept}]"],
                says="The list is right. `{kept}` is a list already, though: one more pair of brackets "
                "makes a "
                "list with a list in it. What can go?",
            ),
        ],
    )


# ---------------------------------------------------------------- select.rows


@item(
    objective="select.rows",
    version=1,
    difficulty="easy",
    hints=[
        "Two parts: a condition that is True or False for each row, and the table with that condition in "
        "brackets.",
        'The songs of 1984 are `songs[songs["year"] == 1984]`. Inside stands the condition, with the name '
        "of the table; outside the table once more.",
    ],
)
def condition_line(draw, data):
    """Which line keeps the rows with a certain label."""
    name = draw.choice(["penguins", "penguins", "seattle"])
    column = draw.choice(list(LABELS[name]))
    label = draw.choice(sorted(data.frame(name)[column].dropna().unique()))
    call = draw.choice(["part", "kept", "some", "few"])
    wrong = [
        Mistake(
            "single-equals",
            f'`{call} = {name}[{name}["{column}"] = "{label}"]`',
            says="The parts are in their places. One `=` gives something a name, though, and Python "
            "cannot do that here. How do you ask whether two things are equal?",
        ),
        Mistake(
            "text-compared",
            f'`{call} = {name}["{column}" == "{label}"]`',
            says="Column, comparison and label are there. This compares two pieces of text, though, and "
            "they never are the same. What makes `{column}` the column of a table?",
        ),
        Mistake(
            "condition-only",
            f'`{call} = {name}["{column}"] == "{label}"`',
            says="That is the condition, and it is right: True or False for each row. The rows themselves "
            "are still missing. What do you do with a condition to get them?",
        ),
        Mistake(
            "label-without-quotes",
            f'`{call} = {name}[{name}["{column}"] == {label}]`',
            says="Table, column and `==` are right. Without quotes Python takes `{label}` for a variable "
            "and stops with a `NameError`. It is a piece of text.",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt="Which line makes `{call}` a table of those {rows} that **{words}**?",
        values={
            "name": name,
            "column": column,
            "label": label,
            "call": call,
            "rows": ROWS[name],
            "words": LABELS[name][column].format(label=label),
        },
        answer=Choice(
            right=f'`{call} = {name}[{name}["{column}"] == "{label}"]`', wrong=[m.response for m in shown]
        ),
        solution='`{call} = {name}[{name}["{column}"] == "{label}"]`. Inside, `{name}["{column}"] == '
        '"{label}"` is True or False for each row; the outer brackets keep the rows where it is '
        "True.",
        mistakes=shown,
    )


@item(
    objective="select.rows",
    version=1,
    hints=[
        "Write the condition, keep the rows that meet it, and see how many there are.",
        "“More than” and “less than” leave the limit itself out; “at least” and “at most” take it in.",
        'How many songs are longer than 5 minutes: `len(songs[songs["minutes"] > 5])`.',
    ],
)
def count_rows(draw, data):
    """How many rows meet a condition on a column of numbers."""
    name = draw.choice(["penguins", "seattle"])
    table = data.frame(name)
    column, sign = draw.choice(list(MEASURES[name])), draw.choice(list(THAN))
    limit = limit_in(draw, table[column])
    right = int(compare(table[column], sign, limit).sum())
    at_limit = int(compare(table[column], EDGE[sign], limit).sum())
    opposite = int(compare(table[column], OPPOSITE[sign], limit).sum())
    inclusive = sign in (">=", "<=")
    return Question(
        prompt="How many {rows} in `{name}` **{words}**? Work it out in a cell, then type the number.",
        values={
            "name": name,
            "rows": ROWS[name],
            "words": MEASURES[name][column].format(than=THAN[sign], limit=limit),
            "column": column,
            "sign": sign,
            "limit": limit,
            "than": THAN[sign],
            "right": right,
            "opposite_than": THAN[OPPOSITE[sign]],
        },
        given={name: table},
        answer=Number(right),
        solution='```python\nlen({name}[{name}["{column}"] {sign} {limit}])\n```\n\n{right:,}: the '
        "condition is True or False for each row, the brackets keep the rows where it is True, "
        "and `len` counts them.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "at-the-limit",
                    at_limit,
                    says="Column and direction are right. You left out those of exactly {limit}, though, "
                    "and “{than}” takes them in. Which sign does that?"
                    if inclusive
                    else "Column and direction are right. Your count takes in those of exactly {limit}, "
                    "though, and “{than}” leaves them out. Which sign does that?",
                ),
                Mistake(
                    "other-direction",
                    opposite,
                    says="That is how many have {opposite_than} {limit}. The question is "
                    "about {than} {limit}. Which way does the sign have to point?",
                ),
                Mistake(
                    "all-rows",
                    len(table),
                    says="That is the number of all rows. Asked is how many meet the condition. Keep "
                    "those rows first, then count.",
                ),
            ],
        ),
    )


@item(
    objective="select.rows",
    version=2,
    hints=[
        "First the condition: which column, which sign, which limit? Then the table, with the condition "
        "in brackets.",
        "“More than” and “less than” leave the limit itself out; “at least” and “at most” take it in.",
        'All songs of at most 3 minutes are `songs[songs["minutes"] <= 3]`.',
    ],
)
def keep_rows(draw, data):
    """Write the code that keeps the rows that meet a condition."""
    name = draw.choice(["penguins", "seattle"])
    table = data.frame(name)
    column, sign = draw.choice(list(MEASURES[name])), draw.choice(list(THAN))
    inside = table[column][
        table[column].between(table[column].min(), table[column].max(), inclusive="neither")
    ]
    limit = limit_in(draw, inside)
    inclusive = sign in (">=", "<=")
    return Question(
        prompt="The table `{name}` is there already. Keep those {rows} that **{words}**, with all columns.",
        values={
            "name": name,
            "rows": ROWS[name],
            "words": MEASURES[name][column].format(than=THAN[sign], limit=limit),
            "column": column,
            "sign": sign,
            "limit": limit,
            "than": THAN[sign],
            "opposite_than": THAN[OPPOSITE[sign]],
        },
        given={name: table},
        answer=Frame(table[compare(table[column], sign, limit)]),
        right=f'{name}[{name}["{column}"] {sign} {limit}]',
        solution='```python\n{name}[{name}["{column}"] {sign} {limit}]\n```\n\nInside stands the '
        "condition, True or False for each row. The outer brackets keep the rows where it is "
        "True.",
        mistakes=[
            Mistake(
                "at-the-limit",
                f'{name}[{name}["{column}"] {EDGE[sign]} {limit}]',
                says="Column and direction are right. The rows of exactly {limit} are missing, though, "
                "and “{than}” takes them in. Which sign does that?"
                if inclusive
                else "Column and direction are right. The rows of exactly {limit} came along, though, and "
                "“{than}” leaves them out. Which sign does that?",
            ),
            Mistake(
                "other-direction",
                f'{name}[{name}["{column}"] {OPPOSITE[sign]} {limit}]',
                says="You kept rows by the right column and limit. They are the ones with {opposite_than} "
                "{limit}, though. Which way does the sign have to point?",
            ),
            Mistake(
                "nothing-left-out",
                name,
                says="All rows are there, as they were. Put a condition into square brackets behind "
                "`{name}`: column, sign, limit.",
            ),
        ],
    )


@item(
    objective="select.rows",
    version=1,
    difficulty="easy",
    hints=[
        "Take one row at a time and ask: is the condition True for it?",
        "What does the sign say about a value that equals the limit?",
        "Of songs with 3, 5 and 7 minutes, `> 5` keeps only the last, `>= 5` the last two.",
    ],
)
def rows_left(draw, data):
    """Which rows of a small table a condition keeps."""
    name = draw.choice(["penguins", "seattle"])
    column, sign = draw.choice(list(MEASURES[name])), draw.choice(list(THAN))
    first = draw.choice(["species", "island"]) if name == "penguins" else "date"
    table = data.frame(name)
    while True:
        part = few_rows(draw, table, [first, column], 5)
        limit = sorted(part[column])[2]
        kept = compare(part[column], sign, limit)
        edge = compare(part[column], EDGE[sign], limit)
        if 1 <= kept.sum() <= 4 and 1 <= edge.sum() <= 4:
            break
    limit = int(limit) if limit == int(limit) else float(limit)
    inclusive = sign in (">=", "<=")

    def ticked(which):
        return [f"row {label}" for label in part.index[which]]

    return Question(
        prompt="A piece of `{name}`:\n\n```text\n{table}\n```\n\nWhich rows does "
        '`part[part["{column}"] {sign} {limit}]` keep? Tick all.',
        values={
            "name": name,
            "table": printed(part),
            "column": column,
            "sign": sign,
            "limit": limit,
            "than": THAN[sign],
            "rows": ", ".join(ticked(kept)),
        },
        answer=MultipleChoice(right=ticked(kept), wrong=ticked(~kept)),
        solution="{rows}: there, `{column}` is {than} {limit}. The label of a row stays with it: rows are "
        "not numbered anew.",
        mistakes=[
            Mistake(
                "at-the-limit",
                ticked(edge),
                says="The rows beyond the limit are right. What of {limit} itself? `{sign}` means "
                "“{than}”, which takes it in."
                if inclusive
                else "The rows beyond the limit are right. What of {limit} itself? `{sign}` means "
                "“{than}”, which leaves it out.",
            ),
            Mistake(
                "other-direction",
                ticked(~kept),
                says="You told the rows apart rightly. You ticked those for which the condition is False, "
                "though, and the brackets keep the others. `{sign}` reads “{than}”.",
            ),
        ],
    )


KEEPERS = {
    ("penguins", "body_mass_g"): ("heavier_than", "lighter_than"),
    ("penguins", "flipper_length_mm"): ("longer_flipper", "shorter_flipper"),
    ("penguins", "bill_length_mm"): ("longer_bill", "shorter_bill"),
    ("penguins", "bill_depth_mm"): ("deeper_bill", "flatter_bill"),
    ("seattle", "temp_max"): ("warmer_than", "cooler_than"),
    ("seattle", "temp_min"): ("milder_nights", "colder_nights"),
    ("seattle", "wind"): ("windier_than", "calmer_than"),
    ("seattle", "precipitation"): ("wetter_than", "drier_than"),
}


@item(
    objective="select.rows",
    version=1,
    difficulty="hard",
    hints=[
        "Inside the function use its own names: `table` for the table, `limit` for the limit. Which rows "
        "should it keep?",
        "`return` hands the rows back. A condition alone is True or False for each row; put it in the "
        "table's brackets.",
        'For songs before a year: `return songs[songs["year"] < limit]`, in a function `older(songs, '
        "limit)`.",
    ],
)
def keep_function(draw, data):
    """Write a function that keeps the rows above, or below, a limit."""
    name, column = draw.choice(list(KEEPERS))
    sign = draw.choice([">", "<"])
    function = KEEPERS[name, column][sign == "<"]
    table = data.frame(name)
    first = draw.choice(["species", "island"]) if name == "penguins" else "date"
    examples = []
    while len(examples) < 2:  # and the first one's limit is wrong for the second: none may be fixed
        part = few_rows(draw, table, [first, column], 7)
        value = float(sorted(part[column])[3])
        limit = int(value) if value == int(value) else value
        kept = compare(part[column], sign, limit)
        before = [compare(part[column], sign, earlier) for (_, earlier), _ in examples]
        if kept.sum() >= 2 and not any(kept.equals(rows) for rows in before):
            examples.append(((part, limit), part[kept]))
    limit = examples[0][0][1]
    other = EDGE[sign]
    turned = "<" if sign == ">" else ">"
    return Question(
        prompt="Write a function `{function}(table, limit)` that returns the rows of the table whose "
        "`{column}` is **{than}** the limit. `{function}({name}, {limit})`, for one, has {count:,} "
        "rows.",
        values={
            "function": function,
            "name": name,
            "column": column,
            "sign": sign,
            "than": THAN[sign],
            "limit": limit,
            "count": int(compare(table[column], sign, limit).sum()),
        },
        given={name: table},
        answer=Function(name=function, examples=examples),
        starter=f"def {function}(table, limit):\n    ",
        right=f'def {function}(table, limit):\n    return table[table["{column}"] {sign} limit]',
        solution='```python\ndef {function}(table, limit):\n    return table[table["{column}"] {sign} '
        "limit]\n```\n\nThe condition uses the function's own names, so that it works for any "
        "table and any limit.",
        mistakes=[
            Mistake(
                "condition-only",
                f'def {function}(table, limit):\n    return table["{column}"] {sign} limit',
                says="The condition is right: True or False for each row. Your function returns that, "
                "though, not the rows. What do you do with a condition to get rows?",
            ),
            Mistake(
                "limit-fixed",
                f'def {function}(table, limit):\n    return table[table["{column}"] {sign} {limit}]',
                says="For a limit of {limit} your rows are right. The function always uses {limit}, "
                "though, whatever it is asked for. Which name holds the limit inside the function?",
            ),
            Mistake(
                "at-the-limit",
                f'def {function}(table, limit):\n    return table[table["{column}"] {other} limit]',
                says="Column, direction and `return` are right. The rows that lie exactly at the limit "
                "came along, though, and “{than}” leaves them out. Which sign does that?",
            ),
            Mistake(
                "other-direction",
                f'def {function}(table, limit):\n    return table[table["{column}"] {turned} limit]',
                says="Your function keeps rows by the right column and returns them. They lie on the "
                "other side of the limit, though. Which way does the sign have to point?",
            ),
        ],
    )


@item(
    objective="select.rows",
    version=1,
    hints=[
        "Each line uses a name that another one makes. What has to be there before rows can be kept by it?",
        "First a column of True and False, then the rows where it says True, then a look at them.",
        'With songs: `old = songs["year"] < 1970`, then `part = songs[old]`, then `part.head(4)`.',
    ],
)
def rows_in_order(draw, data):
    """Put the steps of keeping rows in order; one line does not belong."""
    name = draw.choice(["penguins", "seattle"])
    column = draw.choice([c for c in MEASURES[name] if c != "precipitation"])
    condition = measured(draw, name, data.frame(name), column)
    marked, kept = draw.choice([("fits", "part"), ("mask", "kept"), ("holds", "some"), ("yes", "few")])
    count, end = draw.integers(3, 9), draw.choice(["head", "tail"])
    ask, keep = f"{marked} = {condition.code}", f"{kept} = {name}[{marked}]"
    look, turned = f"{kept}.{end}({count})", f"{kept} = {marked}[{name}]"
    return Question(
        prompt="Put the lines in order, so that the last one shows the {which} {count} {things} that "
        "{words}. "
        "One line does not belong.",
        values={
            "which": {"head": "first", "tail": "last"}[end],
            "count": count,
            "things": ROWS[name],
            "words": condition.words,
            "name": name,
            "marked": marked,
            "kept": kept,
            "ask": ask,
            "end": end,
        },
        answer=Ordering([ask, keep, look], distractors=[turned], indent=False),
        solution="```python\n{ask}\n{kept} = {name}[{marked}]\n{kept}.{end}({count})\n```\n\nThe condition "
        "first: one True or False for each row. The table looks it up, and the last line looks at what is "
        "left.",
        mistakes=[
            Mistake(
                "kept-before-asked",
                [keep, ask, look],
                says="The look comes last: right. The line that keeps rows uses `{marked}`, though, and at "
                "that "
                "point it is not there. Which line makes it?",
            ),
            Mistake(
                "look-too-early",
                [ask, look, keep],
                says="The condition comes first: right. Then you look at `{kept}` before it is there. Which "
                "line makes it?",
            ),
            Mistake(
                "looked-up-in-condition",
                [ask, turned, look],
                says="The order is right: condition, rows, look. `{marked}` holds True and False, though, "
                "and "
                "the rows are in `{name}`. Which of the two is looked up in the other?",
            ),
        ],
    )


# ------------------------------------------------------------- select.combine


def two_conditions(draw, data):
    """A table and two conditions on different columns, so that rows meet both, either one alone, and none."""
    name = draw.choice(["penguins", "seattle"])
    table = data.frame(name)
    while True:
        one = labelled(draw, name, table) if draw.choice([True, False]) else measured(draw, name, table)
        two = measured(draw, name, table)
        columns = {one.code.split('"')[1], two.code.split('"')[1]}
        both, any_of_them = (one.holds & two.holds).sum(), (one.holds | two.holds).sum()
        steps = sorted([both, one.holds.sum(), two.holds.sum(), any_of_them, len(table)])
        if len(columns) == 2 and both >= 3 and all(b - a >= 3 for a, b in pairwise(steps)):
            return name, table, one, two


@item(
    objective="select.combine",
    version=1,
    hints=[
        "Between two conditions for every row stands a sign, not a word. And each condition needs "
        "something around it.",
        "`&` keeps rows that meet both, `|` rows that meet at least one.",
        'Short songs of 1984: `songs[(songs["minutes"] < 3) & (songs["year"] == 1984)]`.',
    ],
)
def combine_line(draw, data):
    """Which expression keeps the rows that meet both conditions, or at least one."""
    name, _, one, two = two_conditions(draw, data)
    sign, word = draw.choice([("&", "and"), ("|", "or")])
    other = "|" if sign == "&" else "&"
    wrong = [
        Mistake(
            "word-for-sign",
            f"`{name}[({one.code}) {word} ({two.code})]`",
            says="Both conditions are right. The word `{word}` wants a single True or False, though, and "
            "a condition has one for each row; Python stops with a `ValueError`. Which sign goes row "
            "by row?",
        ),
        Mistake(
            "no-brackets",
            f"`{name}[{one.code} {sign} {two.code}]`",
            says="Conditions and sign are right. Python reads `{sign}` before it reads the comparisons, "
            "though, so it joins the wrong things. What keeps each condition together?",
        ),
        Mistake(
            "other-sign",
            f"`{name}[({one.code}) {other} ({two.code})]`",
            says="Every condition has its brackets, good. `{other}` keeps the rows that meet "
            "{other_means}, though. Which sign means {means}?",
        ),
        Mistake(
            "two-tables",
            f"`{name}[{one.code}] {sign} {name}[{two.code}]`",
            says="Each half is a table of the rows that meet one condition. `{sign}` joins conditions, "
            "though, not tables. Join them first, inside one pair of brackets.",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt="Which of these gives the {rows} that {one} **{word}** that {two}{both_too}?",
        values={
            "name": name,
            "rows": ROWS[name],
            "one": one.words,
            "two": two.words,
            "word": word,
            "sign": sign,
            "other": other,
            "means": "both" if sign == "&" else "at least one of the two",
            "other_means": "at least one of the two" if sign == "&" else "both",
            "both_too": "" if sign == "&" else " (or both)",
            "code": f"{name}[({one.code}) {sign} ({two.code})]",
        },
        answer=Choice(right=f"`{name}[({one.code}) {sign} ({two.code})]`", wrong=[m.response for m in shown]),
        solution="`{code}`: each condition in round brackets, and between them `{sign}`, which looks at "
        "one row after the other and means {means}.",
        mistakes=shown,
    )


@item(
    objective="select.combine",
    version=1,
    hints=[
        "Two conditions, joined by a sign that stands for “and” row by row. Then count the rows that are "
        "kept.",
        "Round brackets around each condition; “more than” and “less than” leave the limit itself out.",
        'How many songs of 1984 are shorter than 3 minutes: `len(songs[(songs["minutes"] < 3) & '
        '(songs["year"] == 1984)])`.',
    ],
)
def count_both(draw, data):
    """How many rows meet two conditions at once."""
    name, table, one, two = two_conditions(draw, data)
    right = int((one.holds & two.holds).sum())
    return Question(
        prompt="How many {rows} in `{name}` **{one}** and also **{two}**? Work it out in a cell, then "
        "type the number.",
        values={
            "name": name,
            "rows": ROWS[name],
            "one": one.words,
            "two": two.words,
            "code": f"len({name}[({one.code}) & ({two.code})])",
            "right": right,
        },
        given={name: table},
        answer=Number(right),
        solution="```python\n{code}\n```\n\n{right:,}: `&` looks at one row after the other and is True "
        "where both conditions are.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "or-for-and",
                    int((one.holds | two.holds).sum()),
                    says="You counted all {rows} that meet *at least one* of the conditions. Both have to "
                    "hold for a row to count. Which sign joins them so?",
                ),
                Mistake(
                    "first-only",
                    int(one.holds.sum()),
                    says="That is how many {rows} {one}, so the first condition is right. The second is "
                    "still missing: add it with the sign for “and”.",
                ),
                Mistake(
                    "at-the-limit",
                    int((one.holds & two.edge).sum()),
                    says="Both conditions are joined rightly. At the limit of the second one, though, "
                    "some rows are on the wrong side. Read once more whether the limit itself counts.",
                ),
            ],
        ),
    )


@item(
    objective="select.combine",
    version=1,
    hints=[
        "Go row by row. Write T or F for the first condition, then for the second, then join the two.",
        "`&` wants two T, `|` at least one.",
        "A song of 2 minutes from 1984, with `minutes < 3` and `year == 1999`: T and F. `|` keeps it, `&` "
        "does not.",
    ],
)
def rows_of_both(draw, data):
    """Which rows of a small table two joined conditions keep."""
    name, sign = draw.choice(["penguins", "seattle"]), draw.choice(["&", "|"])
    word = draw.choice(list(LABELS[name]))
    column, than = draw.choice(list(MEASURES[name])), draw.choice([">", "<"])
    table = data.frame(name)
    while True:
        part = few_rows(draw, table, [word, column], 5)
        label, limit = part[word].iloc[draw.integers(0, 4)], sorted(part[column])[2]
        one, two = part[word] == label, compare(part[column], than, limit)
        both, any_of_them = one & two, one | two
        kept, other = (both, any_of_them) if sign == "&" else (any_of_them, both)
        if 1 <= both.sum() < any_of_them.sum() <= 4 and not kept.equals(one):
            break
    limit = int(limit) if limit == int(limit) else float(limit)

    def ticked(which):
        return [f"row {label}" for label in part.index[which]]

    return Question(
        prompt="A piece of `{name}`, called `part`:\n\n```text\n{table}\n```\n\nWhich rows does this "
        'keep? Tick all.\n\n```python\npart[(part["{word}"] == "{label}") {sign} (part["{column}"] '
        "{than} {limit})]\n```",
        values={
            "name": name,
            "table": printed(part),
            "word": word,
            "label": label,
            "sign": sign,
            "column": column,
            "than": than,
            "limit": limit,
            "rows": ", ".join(ticked(kept)),
            "means": "both conditions" if sign == "&" else "at least one of the conditions",
            "other_means": "at least one" if sign == "&" else "both",
        },
        answer=MultipleChoice(right=ticked(kept), wrong=ticked(~kept)),
        solution="{rows}: there, {means} are True. `&` stands for both, `|` for at least one."
        if sign == "&"
        else "{rows}: there, {means} is True. `&` stands for both, `|` for at least one.",
        mistakes=distinct(
            ticked(kept),
            [
                Mistake(
                    "or-for-and" if sign == "&" else "and-for-or",
                    ticked(other),
                    says="You looked at both conditions. Your rows are those that meet {other_means}, "
                    "though. What does `{sign}` ask for?",
                ),
                Mistake(
                    "first-only",
                    ticked(one),
                    says="Your rows meet the first condition, `{word}` is `{label}`. There is a second "
                    "one after `{sign}`: what does it do to your rows?",
                ),
            ],
        ),
    )


@item(
    objective="select.combine",
    version=1,
    difficulty="hard",
    hints=[
        "Write each condition by itself first. Then put round brackets around each and a sign between them.",
        "`&` keeps rows that meet both, `|` rows that meet at least one.",
        'Songs that are short or of 1984: `songs[(songs["minutes"] < 3) | (songs["year"] == 1984)]`.',
    ],
)
def keep_both(draw, data):
    """Write the code that keeps the rows that meet both conditions, or at least one."""
    name, table, one, two = two_conditions(draw, data)
    sign, word = draw.choice([("&", "and"), ("|", "or")])
    other = "|" if sign == "&" else "&"
    kept = one.holds & two.holds if sign == "&" else one.holds | two.holds
    return Question(
        prompt="The table `{name}` is there already. Keep the {rows} that **{one}** {word} that "
        "**{two}**{both_too}, with all columns.",
        values={
            "name": name,
            "rows": ROWS[name],
            "one": one.words,
            "two": two.words,
            "word": word,
            "sign": sign,
            "other": other,
            "means": "both" if sign == "&" else "at least one of the two",
            "other_means": "at least one of the two" if sign == "&" else "both",
            "both_too": "" if sign == "&" else " (or both)",
            "code": f"{name}[({one.code}) {sign} ({two.code})]",
        },
        given={name: table},
        answer=Frame(table[kept]),
        right=f"{name}[({one.code}) {sign} ({two.code})]",
        solution="```python\n{code}\n```\n\nEach condition in round brackets; `{sign}` between them means "
        "{means}, row by row.",
        mistakes=[
            Mistake(
                "other-sign",
                f"{name}[({one.code}) {other} ({two.code})]",
                says="Both conditions are right, and so are the brackets. `{other}` keeps the rows that "
                "meet {other_means}, though. Which sign means {means}?",
            ),
            Mistake(
                "first-only",
                f"{name}[{one.code}]",
                says="You kept the {rows} that {one}: the first condition is right. Add the second, with "
                "a sign between the two and round brackets around each.",
            ),
            Mistake(
                "second-only",
                f"{name}[{two.code}]",
                says="You kept the {rows} that {two}: the second condition is right. Add the first, with "
                "a sign between the two and round brackets around each.",
            ),
        ],
    )


@item(
    objective="select.combine",
    version=1,
    difficulty="hard",
    hints=[
        "Look at what stands between the two conditions, and at what holds each of them together.",
        "A word such as `and` wants one True or False; a sign goes row by row. Python reads the sign "
        "before the comparisons, unless brackets say otherwise.",
        'With songs: `songs[(songs["minutes"] < 3) & (songs["year"] == 1984)]`.',
    ],
)
def mend_combination(draw, data):
    """Mend two conditions that are joined by a word, or without brackets."""
    name, table, one, two = two_conditions(draw, data)
    slip = draw.choice(["word", "brackets"])
    broken = (
        f"{name}[({one.code}) and ({two.code})]" if slip == "word" else f"{name}[{one.code} & {two.code}]"
    )
    return Question(
        prompt="This should keep the {rows} that {one} **and** that {two}. It does not work. Mend it.\n\n"
        "```python\n{broken}\n```",
        values={
            "name": name,
            "rows": ROWS[name],
            "one": one.words,
            "two": two.words,
            "broken": broken,
            "code": f"{name}[({one.code}) & ({two.code})]",
        },
        given={name: table},
        answer=Frame(table[one.holds & two.holds]),
        starter=broken,
        right=f"{name}[({one.code}) & ({two.code})]",
        solution="```python\n{code}\n```\n\nWhat was wrong: "
        + (
            "`and` wants one True or False, and each condition has one for every row; `&` goes row by row."
            if slip == "word"
            else "Python reads `&` before the comparisons, so each condition needs round brackets of its own."
        ),
        mistakes=[
            Mistake(
                "or-for-and",
                f"{name}[({one.code}) | ({two.code})]",
                says="It runs now, and both conditions are there. `|` keeps the rows that meet at least "
                "one of them, though. Which sign wants both?",
            ),
            Mistake(
                "second-lost",
                f"{name}[{one.code}]",
                says="It runs now, with the {rows} that {one}. The second condition got lost on the way, "
                "though. Put it back, joined by a sign.",
            ),
        ],
    )


@item(
    objective="select.combine",
    version=1,
    hints=[
        "For one row: is it enough that one of the two holds, or do both have to?",
        "Row by row, pandas joins with a sign: one for “both”, another for “one of them at least”.",
        "With songs: `songs[old & short]` keeps the old ones among the short; `songs[old | short]` keeps "
        "more.",
    ],
)
def fill_both(draw, data):
    """Fill in two conditions, joined: both, or one of the two."""
    name = draw.choice(["penguins", "seattle"])
    table = data.frame(name)
    column = draw.choice([c for c in MEASURES[name] if c != "precipitation"])
    one, two = measured(draw, name, table, column), labelled(draw, name, table)
    first, second = draw.choice([("a", "b"), ("one", "two"), ("first", "second"), ("left", "right")])
    both = draw.choice([True, False])
    sign, other = ("&", "|") if both else ("|", "&")
    word = "and" if both else "or"
    asked = ("{words}, and also {more}" if both else "{words}, or {more}, or both").format(
        words=one.words, more=two.words
    )
    return Question(
        prompt="Fill in with the two names, so that `part` holds the {things} that {asked}.",
        values={
            "things": ROWS[name],
            "asked": asked,
            "first": first,
            "second": second,
            "sign": sign,
            "other": other,
            "word": word,
            "name": name,
            "ask": one.code,
            "more": two.code,
            "means": "both have to hold" if both else "one of the two is enough",
        },
        answer=FillIn(
            f"{first} = {one.code}\n{second} = {two.code}\npart = {name}[___]",
            [[f"{first} {sign} {second}", f"{second} {sign} {first}"]],
            code=True,
        ),
        solution="`part = {name}[{first} {sign} {second}]`: row by row {means}, and `{sign}` joins two "
        "columns of "
        "True and False so.",
        mistakes=[
            Mistake(
                "word",
                [f"{first} {word} {second}"],
                says="Both conditions are there, and “{word}” is what you mean. The word asks whether a "
                "whole "
                "column is true, though, and pandas refuses to say. Which sign asks row by row?",
            ),
            Mistake(
                "other-sign",
                [f"{first} {other} {second}"],
                says="Both conditions are there, joined row by row. Asked are the {things} for which "
                "{means}, "
                "though: is that `{other}`?",
            ),
            Mistake(
                "listed",
                [f"{first}, {second}"],
                says="Both conditions are there. A comma makes a pair of them, though, and pandas looks "
                "for a "
                "column of that name. What joins them to one answer for each row?",
            ),
        ],
    )


# ---------------------------------------------------------------- select.sort

MOST = {
    "penguins": {
        "body_mass_g": ("heaviest", "lightest"),
        "flipper_length_mm": ("longest-flippered", "shortest-flippered"),
        "bill_length_mm": ("longest-billed", "shortest-billed"),
    },
    "seattle": {
        "temp_max": ("hottest", "coolest"),
        "wind": ("windiest", "calmest"),
        "precipitation": ("wettest", "driest"),
    },
}


@item(
    objective="select.sort",
    version=1,
    difficulty="easy",
    hints=[
        "The method's name says that it sorts by values. In which direction does it go if you say nothing?",
        'The longest songs first: `songs.sort_values("minutes", ascending=False)`. Ascending means going up.',
    ],
)
def sort_line(draw, _data):
    """Which expression sorts a table in a given direction."""
    name = draw.choice(["penguins", "seattle"])
    column, down = draw.choice(list(MOST[name])), draw.choice([True, False])
    most = MOST[name][column][not down]
    end, wrong_end = ("", ", ascending=False") if not down else (", ascending=False", "")
    count = draw.integers(3, 12)
    wrong = [
        Mistake(
            "other-direction",
            f'`{name}.sort_values("{column}"{wrong_end}).head({count})`',
            says="This sorts the whole table by the right column. It starts at the other end, though. "
            "`sort_values` goes up, from small to large, unless it is told not to.",
        ),
        Mistake(
            "no-such-method",
            f'`{name}.sort("{column}"{end}).head({count})`',
            says="Column and direction are right. Lists have a method `sort`, and tables do not: theirs "
            "has a longer name, which says by what it sorts.",
        ),
        Mistake(
            "column-alone",
            f'`{name}["{column}"].sort_values({end[2:]}).head({count})`',
            says="This sorts, and in the right direction. It sorts the column alone, though, so the rest "
            "of each row is lost. Sort the table, and name the column in the brackets.",
        ),
        Mistake(
            "head-before-sort",
            f'`{name}.head({count}).sort_values("{column}"{end})`',
            says="Sorting and taking {count} rows both are there. This takes the first {count} rows as "
            "they stand and sorts only those, though. Which has to come first?",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt="Which of these gives the **{count} {most} {rows}** in `{name}`, {most} first, with all "
        "columns?",
        values={"name": name, "count": count, "most": most, "rows": ROWS[name], "column": column, "end": end},
        answer=Choice(
            right=f'`{name}.sort_values("{column}"{end}).head({count})`', wrong=[m.response for m in shown]
        ),
        solution='`{name}.sort_values("{column}"{end}).head({count})`: sort the table by the column, then '
        "take {count} rows from the top. `sort_values` goes up, unless it is given "
        "`ascending=False`.",
        mistakes=shown,
    )


@item(
    objective="select.sort",
    version=1,
    hints=[
        "Does `sort_values` change the table, or does it give a new one? And what is looked at afterwards?",
        "`ascending=False` goes down, from large to small; without it, up.",
        'After `by_year = songs.sort_values("year")`, `by_year` is sorted and `songs` is as it was.',
    ],
)
def top_row(draw, data):
    """Which row stands at the top after sorting, kept under a name or not."""
    kept, down = draw.choice([True, False]), draw.choice([True, False])
    column = draw.choice(list(MEASURES["seattle"]))
    while True:
        part = few_rows(draw, data.frame("seattle"), ["date", column], 4)
        values = part[column].tolist()
        if len(set(values)) == 4 and values[0] not in (min(values), max(values)):
            break
    ordered = part.sort_values(column, ascending=not down)["date"].tolist()
    top, bottom, first = ordered[0], ordered[-1], part["date"].iloc[0]
    brackets = f'"{column}", ascending=False' if down else f'"{column}"'
    looked_at = "ordered" if kept else "part"
    if kept:
        mistakes = [
            Mistake(
                "other-direction",
                bottom,
                says="{bottom} stands at one end of the sorted table, at the bottom. Which way does "
                "`sort_values({brackets})` go: up or down?",
            ),
            Mistake(
                "not-sorted",
                first,
                says="{first} is at the top of `part`, which stays as it was. The last line looks at "
                "`ordered`, though: which row does sorting bring to its top?",
            ),
        ]
    else:
        mistakes = [
            Mistake(
                "table-unchanged",
                top,
                says="{top} is at the top of what `sort_values` gives. Nothing keeps that, though, and "
                "`part` itself stays as it was. Which row is at the top of `part`?",
            ),
            Mistake(
                "table-unchanged-other-way",
                bottom,
                says="{bottom} would be at one end after sorting. `sort_values` gives a new table, "
                "though, and `part` stays as it was. Which row is at the top of `part`?",
            ),
        ]
    return Question(
        prompt="This is the table `part`:\n\n```text\n{table}\n```\n\nWhich **date** does the last line "
        "show?\n\n```python\n{code}\n{looked_at}.head(1)\n```",
        values={
            "table": printed(part),
            "code": ("ordered = " if kept else "") + f"part.sort_values({brackets})",
            "brackets": brackets,
            "looked_at": looked_at,
            "top": top,
            "bottom": bottom,
            "first": first,
            "right": top if kept else first,
            "column": column,
            "end": "largest" if down else "smallest",
        },
        answer=Text(top if kept else first, spelling=False),
        solution="{right}: `sort_values` puts the {end} value of `{column}` first, and `ordered` keeps "
        "that table."
        if kept
        else "{right}: `sort_values` gives a new table, which nothing keeps here; `part` stays as it was.",
        mistakes=mistakes,
    )


@item(
    objective="select.sort",
    version=1,
    hints=[
        "Only the column in the brackets decides. Which is its smallest value, which its largest?",
        "Without more words it goes up. `ascending=False` turns it round. Whole rows move, with all that "
        "they hold.",
        "Songs of 5, 2 and 4 minutes, sorted by minutes: the one of 2, then 4, then 5.",
    ],
)
def order_after(draw, data):
    """In which order rows stand after sorting."""
    down = draw.choice([True, False])
    column, other = draw.sample(["precipitation", "temp_max", "temp_min", "wind"], 2)
    columns = [c for c in COLUMNS["seattle"] if c in ("date", column, other)]
    while True:
        part = few_rows(draw, data.frame("seattle"), columns, 4)
        if part[column].nunique() == 4 and part[other].nunique() == 4:
            break
    ordered = part.sort_values(column, ascending=not down)["date"].tolist()
    by_other = part.sort_values(other, ascending=not down)["date"].tolist()
    brackets = f'"{column}", ascending=False' if down else f'"{column}"'
    return Question(
        prompt="This is the table `part`:\n\n```text\n{table}\n```\n\nPut the dates in the order in which "
        "they stand in `part.sort_values({brackets})`, top row first.",
        values={
            "table": printed(part),
            "brackets": brackets,
            "column": column,
            "other": other,
            "order": ", ".join(ordered),
            "way": "down, from the largest value to the smallest"
            if down
            else "up, from the smallest value to the largest",
        },
        answer=Ordering(ordered, indent=False),
        solution="{order}. `sort_values({brackets})` goes {way} of `{column}`, and each row moves as a "
        "whole.",
        mistakes=distinct(
            ordered,
            [
                Mistake(
                    "other-direction",
                    ordered[::-1],
                    says="You sorted by `{column}`, as the line does. You went the other way, though: it "
                    "goes {way}.",
                ),
                Mistake(
                    "other-column",
                    by_other,
                    says="The direction is right. Your order is that of `{other}`, though. Which column "
                    "stands in the brackets of `sort_values`?",
                ),
                Mistake(
                    "as-it-was",
                    part["date"].tolist(),
                    says="That is how the rows stand now. `sort_values` gives a table in which they stand "
                    "in a new order: {way} of `{column}`.",
                ),
            ],
        ),
    )


def one_month(draw, data, column, down):
    """The days of one month in Seattle whose first rows, sorted, have no equals; and how many to take."""
    table = data.frame("seattle")
    while True:
        year, month = draw.integers(2012, 2015), draw.integers(1, 12)
        days = table[table["date"].str.startswith(f"{year}/{month:02}")].reset_index(drop=True)
        ordered = days[column].sort_values(ascending=not down).tolist()
        count = draw.choice([2, 3, 4, 6, 7, 8])
        if len(set(ordered[: count + 1])) == count + 1:
            return f"{MONTHS[month - 1]} {year}", days, count


@item(
    objective="select.sort",
    version=1,
    hints=[
        "Two steps: sort the table by a column, then take rows from the top.",
        "`sort_values` goes up, from small to large. `ascending=False` makes it go down.",
        'The 20 longest songs: `songs.sort_values("minutes", ascending=False).head(20)`.',
    ],
)
def sort_and_take(draw, data):
    """Write the code for the so many most or least of something."""
    column = draw.choice(["temp_max", "temp_min", "wind", "precipitation"])
    down = True if column == "precipitation" else draw.choice([True, False])
    month, days, count = one_month(draw, data, column, down)
    most = {"wind": ("most", "least"), "precipitation": ("most", "")}.get(column, ("highest", "lowest"))[
        not down
    ]
    begins = days[column].tolist()[:count]
    by_chance = begins in (sorted(days[column])[:count], sorted(days[column], reverse=True)[:count])
    first_days = Mistake(
        "not-sorted",
        f"days.head({count})",
        says="{count} rows with all columns: right. They are the first days of the month, though, "
        "as they stand in the table. Sort it before you take them.",
    )
    end, turned = (", ascending=False", "") if down else ("", ", ascending=False")
    return Question(
        prompt="The table `days` holds the weather in Seattle in {month}, with the columns `{columns}`. "
        "Give the **{count} days with the {most} `{column}`**, beginning with the {extreme}, with "
        "all columns.",
        values={
            "month": month,
            "columns": ", ".join(COLUMNS["seattle"]),
            "column": column,
            "count": count,
            "most": most,
            "extreme": "highest" if down else "lowest",
            "end": end,
            "all": len(days),
        },
        given={"days": days},
        answer=Frame(days.sort_values(column, ascending=not down).head(count)),
        right=f'days.sort_values("{column}"{end}).head({count})',
        solution='```python\ndays.sort_values("{column}"{end}).head({count})\n```\n\nSort first, so that '
        "the {extreme} value of `{column}` is at the top, then take {count} rows.",
        mistakes=[
            Mistake(
                "other-direction",
                f'days.sort_values("{column}"{turned}).head({count})',
                says="You sorted by the right column and took {count} rows. They come from the wrong end, "
                "though. Without more words `sort_values` goes up; what turns it round?",
            ),
            Mistake(
                "all-rows",
                f'days.sort_values("{column}"{end})',
                says="The rows are sorted as the task wants. All {all} are there, though, and it asks for "
                "{count}. Which method takes rows from the top?",
            ),
            *([] if by_chance else [first_days]),
        ],
    )


def ten_days(draw, data, column, down):
    """Ten days in a row in Seattle whose first rows, sorted, have no equals; and how many to take."""
    table = data.frame("seattle")
    while True:
        start, count = draw.integers(0, len(table) - 10), draw.integers(2, 5)
        days = table.iloc[start : start + 10].reset_index(drop=True)
        ordered = sorted(days[column], reverse=down)
        if len(set(ordered[: count + 1])) == count + 1:
            return days, count


TOPS = {
    ("temp_max", True): "hottest",
    ("temp_max", False): "coolest",
    ("temp_min", True): "warmest_nights",
    ("temp_min", False): "coldest_nights",
    ("wind", True): "windiest",
    ("wind", False): "calmest",
    ("precipitation", True): "wettest",
}


@item(
    objective="select.sort",
    version=1,
    difficulty="hard",
    hints=[
        "Sort the table inside the function, take as many rows from the top as it is asked for, and "
        "return them.",
        "Use the function's own names, `table` and `n`. `sort_values` goes up unless `ascending=False` is "
        "there.",
        'For long songs: `return songs.sort_values("minutes", ascending=False).head(n)`, in a function '
        "`longest(songs, n)`.",
    ],
)
def top_function(draw, data):
    """Write a function that returns the n rows with the most or least of something."""
    column, down = draw.choice(list(TOPS))
    function = TOPS[column, down]
    days, count = ten_days(draw, data, column, down)
    others, other_count = ten_days(draw, data, column, down)
    if other_count == count:
        other_count = count - 1
    end, turned = (", ascending=False", "") if down else ("", ", ascending=False")

    def top(table, n):
        return table.sort_values(column, ascending=not down).head(n)

    expected = top(days, count)
    return Question(
        prompt="Write a function `{function}(table, n)` that returns the `n` rows of a table with the "
        "**{extreme}** `{column}`, the {extreme} first. For the ten days from {start} on, "
        "`{function}(days, {count})` begins with {first}.",
        values={
            "function": function,
            "column": column,
            "extreme": "highest" if down else "lowest",
            "start": days["date"].iloc[0],
            "count": count,
            "first": expected["date"].iloc[0],
            "end": end,
        },
        given={"days": days},
        answer=Function(
            name=function,
            examples=[((days, count), expected), ((others, other_count), top(others, other_count))],
        ),
        starter=f"def {function}(table, n):\n    ",
        right=f'def {function}(table, n):\n    return table.sort_values("{column}"{end}).head(n)',
        solution="```python\ndef {function}(table, n):\n    return "
        'table.sort_values("{column}"{end}).head(n)\n```\n\nSort first, then take `n` rows from '
        "the top. `table` and `n` are whatever the function is called with.",
        mistakes=[
            Mistake(
                "other-direction",
                f'def {function}(table, n):\n    return table.sort_values("{column}"{turned}).head(n)',
                says="Your function sorts by the right column and returns `n` rows. They come from the "
                "wrong end, though. Which way does `sort_values` go, and what turns it round?",
            ),
            Mistake(
                "number-fixed",
                f'def {function}(table, n):\n    return table.sort_values("{column}"{end}).head({count})',
                says="Sorting and returning are right. Your function always takes {count} rows, though, "
                "whatever it is asked for. Which name holds the number inside the function?",
            ),
            Mistake(
                "not-returned",
                f'def {function}(table, n):\n    table.sort_values("{column}"{end}).head(n)',
                says="The right rows are made inside the function. Nothing hands them back, though: who "
                "calls it gets `None`. Which word does that?",
            ),
        ],
    )


@item(
    objective="select.sort",
    version=1,
    hints=[
        "The first gap names what the rows are ordered by. Is a column's name a text or a variable?",
        "`ascending` means: growing from the top down. Does it grow here, yes or no?",
        'Songs, the newest first: `songs.sort_values("year", ascending=False)`.',
    ],
)
def fill_sort(draw, _data):
    """Fill in the column to sort by, and the direction."""
    name = draw.choice(["penguins", "seattle"])
    column = draw.choice([*MEASURES[name], *({"penguins": ["year"], "seattle": ["date"]}[name])])
    down, count = draw.choice([True, False]), draw.integers(3, 9)
    by, direction = f'"{column}"', str(not down)
    kept = draw.choice(["ordered", "ranked"])
    end = {True: "largest", False: "smallest"}[down]
    if column in ("year", "date"):
        end = {True: "latest", False: "earliest"}[down]
    return Question(
        prompt="`{kept}` shall hold the rows of `{name}` in the order of `{column}`, the **{end}** at the "
        "top, "
        "so that the second line shows the {count} {end}. Fill in.",
        values={"kept": kept, "name": name, "column": column, "end": end, "count": count, "way": direction},
        answer=FillIn(
            f"{kept} = {name}.sort_values(___, ascending=___)\n{kept}.head({count})",
            [[by, f"'{column}'"], direction],
            code=True,
        ),
        solution='`{kept} = {name}.sort_values("{column}", ascending={way})`: the name of the column is '
        "text, and "
        "`ascending` says whether the values grow from the top down.",
        mistakes=[
            Mistake(
                "other-way-round",
                [by, str(down)],
                says="The column is right. With `ascending={wrong}` the {end} end up at the bottom, though. "
                "Which way do the values go from the top down?".replace("{wrong}", str(down)),
            ),
            Mistake(
                "no-quotes",
                [column, direction],
                says="The direction is right. Without quotes Python looks for a variable called `{column}`, "
                "though, and there is none. How do you write a column's name?",
            ),
            Mistake(
                "yes-as-text",
                [by, f'"{direction}"'],
                says="The column is right, and so is the word. In quotes it is a text, though, and "
                "`ascending` "
                "wants one of Python's two values for yes and no. How are they written?",
            ),
        ],
    )
