"""Checks of lesson 6: columns from another table, how many rows that gives, and tables below one another.

Questions are about flights from New York, their airlines, planes, airports and the weather. Hints speak of
other tables (songs and singers), so that none gives an answer away.
"""

import pandas as pd

from checkers import Choice, FillIn, Frame, Matching, MultipleChoice, Number, Ordering, Text
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
SHORT = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def side_by_side(**tables):
    """Tables with their names above, below one another, as they stand in a prompt."""
    return "\n\n".join(f"{name}\n{printed(table)}" for name, table in tables.items())


def whole(table, *columns):
    """The same, with columns of delays or years as whole numbers."""
    return table.astype(dict.fromkeys(columns, int))


def flights_of_carriers(draw, data, count):
    """A few flights, of at least three airlines, and the airlines in another order."""
    while True:
        part = few_rows(draw, data.frame("flights"), ["carrier", "dest", "dep_delay"], count)
        if part["carrier"].nunique() >= 3 and part["dest"].is_unique:
            break
    airlines = data.frame("airlines")
    mine = airlines[airlines["carrier"].isin(part["carrier"])]
    mine = mine.iloc[draw.shuffle(range(len(mine)))].reset_index(drop=True)
    return whole(part, "dep_delay"), mine


# -------------------------------------------------------------- combine.match


@item(
    objective="combine.match",
    version=1,
    difficulty="easy",
    hints=[
        "Take the row that is asked for. Which label has it in the column that both tables share?",
        "`merge` looks that label up in the other table, wherever it stands there.",
        "A song of singer 7 gets the name that stands beside 7 in the table of singers.",
    ],
)
def merged_value(draw, data):
    """What merge brings to a row from another table."""
    while True:
        flights, airlines = flights_of_carriers(draw, data, 4)
        names = dict(zip(airlines["carrier"], airlines["name"], strict=True))
        place = draw.integers(0, 3)
        carrier, dest = flights.loc[place, "carrier"], flights.loc[place, "dest"]
        right = names[carrier]
        by_place = airlines["name"].get(place, airlines["name"].iloc[0])
        other = airlines["name"].iloc[-1]
        if by_place != right:
            break
    return Question(
        prompt="Two tables:\n\n```text\n{tables}\n```\n\nWhich `name` stands in the row with the destination "
        '**{dest}** of `flights.merge(airlines, on="carrier")`?',
        values={
            "tables": side_by_side(flights=flights, airlines=airlines),
            "dest": dest,
            "carrier": carrier,
            "right": right,
            "by_place": by_place,
            "other": other,
        },
        answer=Text(right),
        solution="{right}: the flight to {dest} is one of {carrier}, and beside {carrier} stands that name.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "by-position",
                    by_place,
                    says="{by_place} stands at the same height in the other table. `merge` does not go by "
                    "places: which `carrier` has the flight to {dest}, and what stands beside it there?",
                ),
                Mistake(
                    "another-row",
                    other,
                    says="{other} belongs to another airline. Look up the `carrier` of the flight to "
                    "{dest} first, then find that code in `airlines`.",
                ),
                Mistake(
                    "code-for-name",
                    carrier,
                    says="{carrier} is the code, and the right one. Asked is the `name` that `airlines` "
                    "has for it.",
                ),
            ],
        ),
    )


LOOKUPS = [
    ("flights", "airlines", "carrier", "name", "the name of its airline"),
    ("flights", "planes", "tailnum", "manufacturer", "the maker of its plane"),
    ("flights", "planes", "tailnum", "seats", "the seats of its plane"),
    ("flights", "planes", "tailnum", "model", "the model of its plane"),
]


@item(
    objective="combine.match",
    version=2,
    hints=[
        "Which method brings columns from another table, and how does it know which rows belong together?",
        'With songs: `songs.merge(singers, on="singer_id")`. `on` names the column that both share.',
    ],
)
def merge_line(draw, _data):
    """Which line brings a column from another table."""
    left, other, key, column, words = draw.choice(LOOKUPS)
    kept = draw.choice(["both", "joined", "wide", "full", "result", "known", "matched", "beside"])
    right = f'`{kept} = {left}.merge({other}, on="{key}")`'
    wrong = [
        Mistake(
            "by-position",
            f'`{left}["{column}"] = {other}["{column}"]`',
            says="The column comes from the right table. This puts its values in row by row, though, by "
            "their labels 0, 1, 2 …: the first flight gets the first of them. What has to fit instead?",
        ),
        Mistake(
            "stacked",
            f"`{kept} = pd.concat([{left}, {other}])`",
            says="Both tables are there. `concat` puts one below the other, though, and no flight gets "
            "anything beside it. Which method brings columns?",
        ),
        Mistake(
            "on-the-wanted",
            f'`{kept} = {left}.merge({other}, on="{column}")`',
            says="`merge` is the right method. `on` names what the tables *share*, though, and `{column}` "
            "is only in one of them. By which column do they fit together?",
        ),
        Mistake(
            "as-condition",
            f'`{kept} = {left}[{left}["{key}"] == {other}["{key}"]]`',
            says="You compare the column that both share. That keeps rows, though, and goes place by "
            "place; it brings no columns. Which method looks up the partner of each row?",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt="`{left}` and `{other}` both have a column `{key}`. Which line gives each flight **{words}**?",
        values={"left": left, "other": other, "key": key, "column": column, "words": words},
        answer=Choice(right=right, wrong=[m.response for m in shown]),
        solution=f"{right}: for each flight it looks the `{{key}}` up in `{{other}}` and brings what "
        f"stands beside it.",
        mistakes=shown,
    )


@item(
    objective="combine.match",
    version=2,
    hints=[
        "The same thing may have another name in each table. Which column of the left one, which of the "
        "right one?",
        'Songs with a column `by`, singers with a column `id`: `songs.merge(singers, left_on="by", '
        'right_on="id")`.',
    ],
)
def fill_keys(draw, _data):
    """Fill in the two names of a shared column."""
    left, key, other, far, words, wrong = draw.choice(
        [
            ("flights", "dest", "airports", "faa", "where it goes to", "origin"),
            ("flights", "origin", "airports", "faa", "where it starts", "dest"),
            ("weather", "origin", "airports", "faa", "where it was measured", "day"),
            ("visits", "bird", "birds", "tag", "which bird was seen", "day"),
            ("loans", "book", "books", "number", "which book was lent", "reader"),
            ("loans", "reader", "people", "card", "who lent it", "book"),
            ("orders", "dish", "menu", "name", "what was ordered", "table"),
            ("races", "runner", "people", "number", "who ran", "place"),
            ("letters", "sender", "people", "name", "who wrote it", "date"),
            ("plots", "plant", "species", "code", "what grows there", "height"),
            ("games", "home", "teams", "id", "who played at home", "away"),
        ]
    )
    kept = draw.choice(
        [
            "both",
            "joined",
            "wide",
            "full",
            "result",
            "found",
            "merged",
            "known",
            "beside",
            "matched",
            "rows",
            "told",
        ]
    )
    return Question(
        prompt="Each row of `{left}` should get what `{other}` knows about **{words}**: `{left}` has it in "
        "the column `{key}`, `{other}` in `{far}`. Fill in.",
        values={"left": left, "other": other, "words": words, "key": key, "far": far, "wrong": wrong},
        answer=FillIn(
            f"{kept} = {left}.merge({other}, left_on=___, right_on=___)",
            [[f'"{key}"', f"'{key}'"], [f'"{far}"', f"'{far}'"]],
            code=True,
        ),
        solution='`{left}.merge({other}, left_on="{key}", right_on="{far}")`: left is the table before the '
        "point, "
        "right the one in the brackets.",
        mistakes=[
            Mistake(
                "turned-round",
                [f'"{far}"', f'"{key}"'],
                says="Both names are right, and swapped. Left is the table before the point, `{left}`: "
                "which of the two columns does it have?",
            ),
            Mistake(
                "other-column",
                [f'"{wrong}"', f'"{far}"'],
                says="`{far}` is right. In `{left}` there is a column `{wrong}` as well, and it says "
                "something else. Which one says {words}?",
            ),
            Mistake(
                "same-name-twice",
                [f'"{key}"', f'"{key}"'],
                says="`{key}` is right on the left. `{other}` has no column of that name, though. What is "
                "it called there?",
            ),
        ],
    )


@item(
    objective="combine.match",
    version=1,
    hints=[
        "Which column do both tables have? The method is called on the table whose rows you want.",
        'For songs and singers: `songs.merge(singers, on="singer_id")`.',
    ],
)
def write_merge(draw, data):
    """Write the code that brings the airline's name to each flight."""
    flights, airlines = flights_of_carriers(draw, data, draw.integers(6, 10))
    first = flights["dest"].iloc[0]
    return Question(
        prompt="The table `flights` has {rows} flights (the first to {first}) with the code of each "
        "airline in `carrier`. `airlines` has the `name` for each code. Give the flights, **in their "
        "order, with the name** of their airline beside them.",
        values={"rows": len(flights), "first": first},
        given={"flights": flights, "airlines": airlines},
        answer=Frame(flights.merge(airlines, on="carrier", how="left")),
        right='flights.merge(airlines, on="carrier")',
        solution='```python\nflights.merge(airlines, on="carrier")\n```\n\nFor each flight, its `carrier` '
        "is looked up in "
        "`airlines`.",
        mistakes=[
            Mistake(
                "by-position",
                'flights["name"] = airlines["name"]\nflights',
                says="A column `name` is there. It was put in place by place, though: the first flight got "
                "the first name, whatever its `carrier`. Which method looks the code up?",
            ),
            Mistake(
                "stacked",
                "pd.concat([flights, airlines])",
                says="Both tables are in it. They stand below one another, though, with gaps. Which method "
                "brings columns beside the rows that they belong to?",
            ),
            Mistake(
                "no-names",
                "flights",
                says="Those are the flights, in order. Their names are still to come: which method brings "
                "columns from `airlines`?",
            ),
        ],
    )


@item(
    objective="combine.match",
    version=1,
    difficulty="hard",
    hints=[
        "When does a row of the weather belong to a flight? The airport alone does not say it.",
        "`on` takes a list of names: all of them have to fit.",
        'Prices for each shop and day: `sales.merge(prices, on=["shop", "day"])`.',
    ],
)
def merge_on_several(draw, data):
    """Write the code for a merge on three columns."""
    weather, table = data.frame("weather"), data.frame("flights")
    month, days = draw.integers(1, 12), sorted(draw.sample(range(1, 28), 3))
    some = weather[(weather["month"] == month) & weather["day"].isin(days)].reset_index(drop=True)
    here = table[(table["month"] == month) & table["day"].isin(days)]
    flights = (
        here[["origin", "month", "day", "carrier", "arr_delay"]]
        .head(draw.integers(25, 35))
        .reset_index(drop=True)
    )
    keys = '["origin", "month", "day"]'
    return Question(
        prompt="`flights` holds flights of {days} {month}, `weather` the weather at noon of these days at "
        "each airport (`origin`). Give each flight **the weather of its airport on its day**.",
        values={"days": " and ".join(map(str, days)), "month": MONTHS[month - 1], "keys": keys},
        given={"flights": flights, "weather": some},
        answer=Frame(flights.merge(some, on=["origin", "month", "day"])),
        right=f"flights.merge(weather, on={keys})",
        solution="```python\nflights.merge(weather, on={keys})\n```\n\nA row of the weather belongs to a "
        "flight if airport, month and day are the same.",
        mistakes=[
            Mistake(
                "place-only",
                'flights.merge(weather[["origin", "temp", "wind", "visib"]], on="origin")',
                says="The airport fits. Each flight got the weather of *every* day there, though, so there "
                "are more rows than flights. What else has to be the same?",
            ),
            Mistake(
                "day-only",
                'flights.merge(weather[["day", "temp", "wind", "visib"]], on="day")',
                says="The day fits. Each flight got the weather of all three airports, though. What else "
                "has to be the same?",
            ),
            Mistake(
                "stacked",
                "pd.concat([flights, weather])",
                says="Both tables are in it, below one another. The weather should stand beside the "
                "flights: which method brings columns?",
            ),
        ],
    )


@item(
    objective="combine.match",
    version=1,
    hints=[
        "Which line needs nothing but the two tables? What has to be in one table before groups can be "
        "made of it?",
        "For songs by country: first bring the singer's country to each song, then group, then sort.",
    ],
)
def merge_in_order(draw, _data):
    """Put merging, grouping and sorting in order; one line does not belong."""
    other, key, by = draw.choice(
        [
            ("planes", "tailnum", "manufacturer"),
            ("planes", "tailnum", "engines"),
            ("airlines", "carrier", "name"),
        ]
    )
    column, method = (
        draw.choice(["dep_delay", "arr_delay", "air_time"]),
        draw.choice(["mean", "median", "max"]),
    )
    both, found = draw.choice(["both", "joined", "wide"]), draw.choice(["found", "result"])
    merge = f'{both} = flights.merge({other}, on="{key}")'
    group = f'{found} = {both}.groupby("{by}")["{column}"].{method}()'
    show, stack = f"{found}.sort_values()", f"{both} = pd.concat([flights, {other}])"
    return Question(
        prompt="`{other}` knows the `{by}`, `flights` the `{column}`; both have `{key}`. Put the lines in "
        "order, so that the last one shows the {method} `{column}` for each `{by}`, sorted. One line "
        "does not belong.",
        values={
            "other": other,
            "by": by,
            "column": column,
            "key": key,
            "method": method,
            "both": both,
            "merge": merge,
            "group": group,
            "show": show,
        },
        answer=Ordering([merge, group, show], distractors=[stack], indent=False),
        solution="```python\n{merge}\n{group}\n{show}\n```\n\nFirst both columns have to stand in one "
        "table, beside each other; then groups; then their order.",
        mistakes=[
            Mistake(
                "group-first",
                [group, merge, show],
                says="Sorting comes last: right. The groups are made of `{both}`, though, which at that "
                "point nothing has made. Which line does?",
            ),
            Mistake(
                "stacked",
                [stack, group, show],
                says="The order is right. `concat` puts the tables below one another, though: where `{by}` "
                "is known, `{column}` is missing. Which line puts them beside each other?",
            ),
            Mistake(
                "sorted-too-early",
                [merge, show, group],
                says="The merge comes first: right. Then you sort what is made only in the line below. "
                "Which two have to swap?",
            ),
        ],
    )


# --------------------------------------------------------------- combine.rows


def planes_and_flights(draw, data, flights, known, lone, again=0):
    """Flights and planes that share `tailnum`; some of either lack a partner, some planes come twice."""
    planes = data.frame("planes").dropna(subset=["year"])
    tails = draw.sample(planes["tailnum"].tolist()[::7], known + lone + 3)
    mine, alone, strange = tails[:known], tails[known : known + lone], tails[known + lone :]
    dests = draw.sample(sorted(set(data.frame("flights")["dest"])), flights)
    flown = draw.shuffle([*mine, *draw.sample(strange, min(3, flights - known))])
    while len(flown) < flights:
        flown.append(draw.choice(mine))
    left = pd.DataFrame({"dest": dests, "tailnum": flown})
    twice = draw.sample(mine, again)
    right = planes[planes["tailnum"].isin([*mine, *alone])][["tailnum", "year"]]
    more = right[right["tailnum"].isin(twice)].assign(year=lambda t: t["year"] + 1)
    right = pd.concat([right, more])
    right = right.iloc[draw.shuffle(range(len(right)))].reset_index(drop=True)
    return left, whole(right, "year")


@item(
    objective="combine.rows",
    version=1,
    hints=[
        "Find the partner of each flight. What happens to a flight that has none, and to a plane without a "
        "flight?",
        "`inner` keeps what has a partner in both, `left` all rows of the left table, `outer` everything.",
    ],
)
def rows_by_how(draw, data):
    """How many rows a merge has, by how it is told to treat rows without a partner."""
    how = draw.choice(["inner", "left", "outer"])
    flights, planes = planes_and_flights(draw, data, draw.integers(4, 6), 3, draw.integers(1, 2))
    sizes = {h: len(flights.merge(planes, on="tailnum", how=h)) for h in ("inner", "left", "outer")}
    right = sizes[how]
    means = {
        "inner": "only rows with a partner in both tables",
        "left": "all rows of the left table, with or without a partner",
        "outer": "all rows of both tables, with or without a partner",
    }
    says = 'So many rows `how="{0}"` gives: {1}. Here stands `{{how}}`, which keeps {{means}}. Which '
    "rows are these?"
    return Question(
        prompt="Two tables:\n\n```text\n{tables}\n```\n\nHow many rows has "
        '`flights.merge(planes, on="tailnum", how="{how}")`?',
        values={
            "tables": side_by_side(flights=flights, planes=planes),
            "how": how,
            "right": right,
            "means": means[how],
        },
        answer=Number(right),
        solution="{right}: `{how}` keeps {means}.",
        mistakes=distinct(
            right,
            [
                *[
                    Mistake(f"as-if-{other}", sizes[other], says=says.format(other, means[other]))
                    for other in sizes
                    if other != how
                ],
                Mistake(
                    "added",
                    len(flights) + len(planes),
                    says="You added the rows of both tables: that is what `concat` does. `merge` puts "
                    "partners into one row. Which flights have a partner?",
                ),
            ],
        ),
    )


@item(
    objective="combine.rows",
    version=1,
    difficulty="hard",
    hints=[
        "Take the flights one by one. With how many rows of the other table does each fit?",
        "A row that fits with two partners becomes two rows.",
        "Three songs of a singer who stands twice in the table of singers become six rows.",
    ],
)
def rows_with_repeats(draw, data):
    """How many rows a merge has when the other table has a key more than once."""
    while True:
        flights, planes = planes_and_flights(draw, data, draw.integers(4, 6), 3, 0, again=draw.integers(1, 2))
        matched = flights[flights["tailnum"].isin(planes["tailnum"])]
        right = len(flights.merge(planes, on="tailnum"))
        if len({right, len(flights), len(matched), len(planes)}) >= 3 and right not in (
            len(matched),
            len(flights),
        ):
            break
    twice = sorted(set(planes["tailnum"][planes["tailnum"].duplicated()]))
    return Question(
        prompt="In `planes`, something was entered twice:\n\n```text\n{tables}\n```\n\nHow many rows has "
        '`flights.merge(planes, on="tailnum")`? (Without `how`, rows without a partner go.)',
        values={
            "tables": side_by_side(flights=flights, planes=planes),
            "right": right,
            "twice": " and ".join(twice),
        },
        answer=Number(right),
        solution="{right}: a flight of {twice} fits with two rows of `planes` and so becomes two rows.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "one-for-each",
                    len(matched),
                    says="So many flights have a partner. Some of them fit with *two* rows of `planes`, "
                    "though: what becomes of such a flight?",
                ),
                Mistake(
                    "as-many-as-flights",
                    len(flights),
                    says="So many flights there are. Some have no partner and go; some have two and are "
                    "doubled. Count flight by flight.",
                ),
                Mistake(
                    "as-many-as-planes",
                    len(planes),
                    says="So many rows `planes` has. Go by the flights, one after the other: how many rows "
                    "of `planes` does each fit with?",
                ),
            ],
        ),
    )


HOWS = {
    "`inner`": ["only rows that have a partner in both", "rows without a partner go, on both sides"],
    "`left`": [
        "all rows of the first table, gaps where there is no partner",
        "no row of the first table is lost",
    ],
    "`right`": [
        "all rows of the second table, gaps where there is no partner",
        "no row of the second table is lost",
    ],
    "`outer`": ["all rows of both tables, gaps on either side", "no row of any table is lost"],
}


@item(
    objective="combine.rows",
    version=1,
    difficulty="easy",
    hints=[
        "Inner is what lies inside both. Outer is everything. Left and right name a table whose rows all "
        "stay.",
        'In `songs.merge(singers, how="left")`, the left table is `songs`: it stands before the point.',
    ],
)
def match_hows(draw, _data):
    """Match the ways to merge with what they keep."""
    one, two = draw.sample(["flights", "planes", "airlines", "airports", "weather"], 2)

    def words(name):
        return (
            draw.choice(HOWS[name])
            .replace("the first table", f"`{one}`")
            .replace("the second table", f"`{two}`")
        )

    pairs = {name: words(name) for name in HOWS}
    extra = f"the rows of `{two}` stand below those of `{one}`"
    return Question(
        prompt="In `{one}.merge({two}, on=…, how=…)`: what does each `how` keep?",
        values={
            "one": one,
            "two": two,
            "pairs": "; ".join(f"{a}: {b}" for a, b in pairs.items()).replace("`", ""),
        },
        answer=Matching(
            {name: text.replace("`", "") for name, text in pairs.items()},
            distractors=[extra.replace("`", "")],
        ),
        solution="{pairs}.",
        mistakes=[
            Mistake(
                "left-and-right",
                {
                    **{name: text.replace("`", "") for name, text in pairs.items()},
                    "`left`": pairs["`right`"].replace("`", ""),
                    "`right`": pairs["`left`"].replace("`", ""),
                },
                says="Inner and outer fit. Left and right are swapped: `{one}` stands before the point. Is "
                "that the left table, or the right one?",
            ),
            Mistake(
                "inner-and-outer",
                {
                    **{name: text.replace("`", "") for name, text in pairs.items()},
                    "`inner`": pairs["`outer`"].replace("`", ""),
                    "`outer`": pairs["`inner`"].replace("`", ""),
                },
                says="Left and right fit. Inner and outer are swapped: which of them keeps only what lies "
                "inside both?",
            ),
        ],
    )


@item(
    objective="combine.rows",
    version=1,
    hints=[
        "Some flights have a plane that the other table does not know. Which `how` keeps them?",
        'All songs, also those of unknown singers: `songs.merge(singers, on="singer_id", how="left")`.',
    ],
)
def keep_every_flight(draw, data):
    """Write the code for a merge that loses no row of the left table."""
    flights, planes = planes_and_flights(draw, data, draw.integers(7, 9), 4, 2)
    how = 'flights.merge(planes, on="tailnum"{0})'.format
    return Question(
        prompt="`flights` holds {rows} flights (the first to {first}); not every plane is in `planes`. "
        "Give **all flights**, in their order, with the `year` of their plane where it is known.",
        values={"rows": len(flights), "first": flights["dest"].iloc[0]},
        given={"flights": flights, "planes": planes},
        answer=Frame(flights.merge(planes, on="tailnum", how="left")),
        right=how(', how="left"'),
        solution='```python\nflights.merge(planes, on="tailnum", how="left")\n```\n\nAll rows of the left '
        "table stay. Where "
        "no partner is found, `year` is missing.",
        mistakes=[
            Mistake(
                "inner-for-left",
                how(""),
                says="The years stand beside the right flights. Flights whose plane is unknown are gone, "
                "though: without `how`, a row without a partner goes. Which `how` keeps all of "
                "`flights`?",
            ),
            Mistake(
                "outer-for-left",
                how(', how="outer"'),
                says="No flight is lost. Planes without a flight came along as well, though. Which `how` "
                "keeps all rows of `flights`, and no others?",
            ),
            Mistake(
                "right-for-left",
                how(', how="right"'),
                says="You tell `merge` whose rows to keep. These are all the planes, though. `flights` "
                "stands before the point: which side is that?",
            ),
        ],
    )


@item(
    objective="combine.rows",
    version=1,
    difficulty="hard",
    hints=[
        "`isin` says for each row whether its label is in another column. `~` turns True and False round.",
        'Songs whose singer is unknown: `songs[~songs["singer_id"].isin(singers["singer_id"])]`.',
    ],
)
def without_partner(draw, data):
    """Write the code for the rows that have no partner."""
    flights, planes = planes_and_flights(draw, data, draw.integers(8, 10), 4, 3)
    left, other = draw.choice([("flights", "planes"), ("planes", "flights")])
    tables = {"flights": flights, "planes": planes}
    lone = tables[left][~tables[left]["tailnum"].isin(tables[other]["tailnum"])]
    code = '{0}[~{0}["tailnum"].isin({1}["tailnum"])]'.format
    return Question(
        prompt="Before you merge: `flights` ({rows} rows, the first to {first}) and `planes` share the "
        "column `tailnum`. Give the rows of **`{left}` that have no partner** in `{other}`.",
        values={
            "rows": len(flights),
            "first": flights["dest"].iloc[0],
            "left": left,
            "other": other,
            "code": code(left, other),
        },
        given={"flights": flights, "planes": planes},
        answer=Frame(lone),
        right=code(left, other),
        solution="```python\n{code}\n```\n\n`isin` is True where the label is there in the other table; "
        "`~` turns it round.",
        mistakes=[
            Mistake(
                "with-partner",
                code(left, other).replace("~", ""),
                says="You look the labels up in the right column. These are the rows that *have* a "
                "partner, though. What turns True and False round?",
            ),
            Mistake(
                "other-table",
                code(other, left),
                says="That is right for the other table: rows of `{other}` without a partner in `{left}`. "
                "Which table's rows are asked for?",
            ),
            Mistake(
                "condition-only",
                f'~{left}["tailnum"].isin({other}["tailnum"])',
                says="The condition is right: True where there is no partner. The rows themselves are "
                "still to come. What do you put it into?",
            ),
        ],
    )


@item(
    objective="combine.rows",
    version=1,
    hints=[
        "More rows than before, or fewer? Which of the two can come from a row that fits twice?",
        "Fewer rows: some had no partner. More rows: some had several.",
    ],
)
def why_other_rows(draw, _data):
    """Why a merge has more, or fewer, rows than before."""
    left, other, key = draw.choice(
        [
            ("flights", "planes", "tailnum"),
            ("flights", "airlines", "carrier"),
            ("flights", "airports", "dest"),
        ]
    )
    before = draw.integers(200, 900)
    grew = draw.choice([True, False])
    after = before + draw.integers(15, 90) if grew else before - draw.integers(15, 90)
    lost = f"some rows of `{left}` have no partner in `{other}`"
    twice = f"some values of `{key}` are in `{other}` more than once"
    gaps = f"some values in `{other}` are missing, and their rows were filled"
    columns = f"`{other}` has another number of columns than `{left}`"
    right, wrong = (twice, lost) if grew else (lost, twice)
    return Question(
        prompt="`{left}` had {before} rows. After `merge` with `{other}` on `{key}`, without `how`, there "
        "are **{after}**. What is the reason?",
        values={"left": left, "other": other, "key": key, "before": before, "after": after},
        answer=Choice(right=right, wrong=[wrong, gaps, columns]),
        solution=f"There are {'more' if grew else 'fewer'} rows: {right}.",
        mistakes=[
            Mistake(
                "turned-round",
                wrong,
                says="That happens, and it changes the number of rows the other way. Does a row that fits "
                "twice give more rows, or fewer? And one that fits with nothing?",
            ),
            Mistake(
                "gaps",
                gaps,
                says="A gap stays a gap: `merge` fills nothing and makes no rows of it. What happens to a "
                "row that fits with two others, or with none?",
            ),
            Mistake(
                "columns",
                columns,
                says="The columns of the two tables stand beside each other, so they do not change how "
                "many rows there are. Ask of a single row: how many partners has it?",
            ),
        ],
    )


# -------------------------------------------------------------- combine.stack


def two_months(draw, data, columns, sizes):
    """Flights of two months, so many of each, with the short names of the months."""
    table = data.frame("flights").dropna(subset=["dep_delay", "arr_delay", "air_time"])
    first = draw.integers(1, 11)
    parts = []
    for month, size in zip((first, first + 1), sizes, strict=True):
        of = table[table["month"] == month]
        rows = of.iloc[sorted(draw.sample(range(len(of)), size))]
        parts.append(
            whole(rows[columns], *[c for c in columns if c.endswith(("delay", "time"))]).reset_index(
                drop=True
            )
        )
    return (SHORT[first - 1], SHORT[first]), parts


@item(
    objective="combine.stack",
    version=1,
    difficulty="easy",
    hints=[
        "`concat` puts one table below the other. Does it look at what stands in the rows?",
        "Six songs below nine songs are fifteen rows, also if one song is in both.",
    ],
)
def stacked_rows(draw, data):
    """How many rows two tables below one another have."""
    sizes = draw.integers(2, 4), draw.integers(2, 4)
    (one, two), (upper, lower) = two_months(draw, data, ["carrier", "dest", "dep_delay"], sizes)
    again = draw.integers(1, 2)
    lower = pd.concat([lower, upper.iloc[:again]]).reset_index(drop=True)
    right = len(upper) + len(lower)
    return Question(
        prompt="Two tables:\n\n```text\n{tables}\n```\n\nHow many rows has `pd.concat([{one}, {two}])`?",
        values={"tables": side_by_side(**{one: upper, two: lower}), "one": one, "two": two, "right": right},
        answer=Number(right),
        solution="{right}: all rows of the one, and below them all rows of the other.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "repeats-dropped",
                    right - again,
                    says="You left out what is in both. `concat` does not look at what stands in the rows, "
                    "though: it puts one table below the other. Which method would drop repeats?",
                ),
                Mistake(
                    "side-by-side",
                    max(len(upper), len(lower)),
                    says="So many rows there would be if they stood beside each other. `concat` puts one "
                    "below the other.",
                ),
                Mistake(
                    "shared-only",
                    again,
                    says="So many rows are in both. `concat` keeps everything: how many is that?",
                ),
            ],
        ),
    )


@item(
    objective="combine.stack",
    version=1,
    hints=[
        "A column that only one of the tables has: what can stand there in the rows of the other?",
        "Below four songs with a column `year`, three without it: three gaps.",
    ],
)
def stacked_gaps(draw, data):
    """How many gaps appear when tables with different columns stand below one another."""
    sizes = draw.sample([2, 3, 4, 5], 2)
    (one, two), (upper, lower) = two_months(draw, data, ["carrier", "dest", "dep_delay", "air_time"], sizes)
    mine, other = draw.sample(["dest", "dep_delay", "air_time"], 2)
    upper, lower = upper.drop(columns=mine), lower.drop(columns=other)
    right = len(upper) + len(lower)
    return Question(
        prompt="Two tables:\n\n```text\n{tables}\n```\n\nHow many values are **missing** in "
        "`pd.concat([{one}, {two}])`, over all its columns?",
        values={
            "tables": side_by_side(**{one: upper, two: lower}),
            "one": one,
            "two": two,
            "right": right,
            "mine": mine,
            "other": other,
            "above": len(upper),
            "below": len(lower),
        },
        answer=Number(right),
        solution="{right}: {above} in `{mine}`, which the upper table does not have, and {below} in "
        "`{other}`, which the lower one does not have.",
        mistakes=[
            Mistake(
                "upper-only",
                len(upper),
                says="So many gaps are in `{mine}`, which the upper table does not have. Is there a column "
                "that the lower one does not have?",
            ),
            Mistake(
                "lower-only",
                len(lower),
                says="So many gaps are in `{other}`, which the lower table does not have. Is there a "
                "column that the upper one does not have?",
            ),
            Mistake(
                "none",
                0,
                says="In the tables as they are, nothing is missing. Below one another they share one set "
                "of columns, though: what stands in `{mine}` for the rows of `{one}`?",
            ),
        ],
    )


@item(
    objective="combine.stack",
    version=1,
    difficulty="easy",
    hints=[
        "`concat` belongs to `pd`, and it takes *one* thing: a list of the tables.",
        "For songs of two years: `pd.concat([songs_80, songs_81])`.",
    ],
)
def concat_line(draw, _data):
    """Which line puts two tables below one another."""
    first = draw.integers(0, 10)
    one, two = SHORT[first], SHORT[first + 1]
    kept = draw.choice(["both", "spring", "whole", "year", "flights"])
    right = f"`{kept} = pd.concat([{one}, {two}])`"
    wrong = [
        Mistake(
            "no-list",
            f"`{kept} = pd.concat({one}, {two})`",
            says="`pd.concat` is right, and so are the tables. It takes one list of tables, though, not "
            "the tables one by one. What makes a list of them?",
        ),
        Mistake(
            "as-a-method",
            f"`{kept} = {one}.concat({two})`",
            says="The name is right. Tables have no method `concat`, though: it belongs to `pd`, and takes "
            "a list.",
        ),
        Mistake(
            "merged",
            f"`{kept} = {one}.merge({two})`",
            says="Both tables are used. `merge` looks for rows that fit together, and puts columns beside "
            "each other, though. Here rows belong below one another.",
        ),
        Mistake(
            "added",
            f"`{kept} = {one} + {two}`",
            says="Lists are put together so. With tables, `+` adds the values, place by place. Which "
            "function of `pd` puts one below the other?",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt="`{one}` and `{two}` hold the flights of two months, with the same columns. Which line "
        "makes **one table** of them, the flights of `{one}` first?",
        values={"one": one, "two": two},
        answer=Choice(right=right, wrong=[m.response for m in shown]),
        solution=f"{right}: a list of tables goes in, one below the other they come out.",
        mistakes=shown,
    )


@item(
    objective="combine.stack",
    version=1,
    hints=[
        "Below one another, both tables bring their labels 0, 1, 2 … along. Which word tells `concat` to "
        "number anew?",
        "For songs: `pd.concat([songs_80, songs_81], ignore_index=True)`.",
    ],
)
def write_concat(draw, data):
    """Write the code that puts two tables below one another, numbered anew."""
    sizes = draw.integers(4, 8), draw.integers(4, 8)
    (one, two), (upper, lower) = two_months(draw, data, ["carrier", "dest", "dep_delay"], sizes)
    code = f"pd.concat([{one}, {two}], ignore_index=True)"
    return Question(
        prompt="The tables `{one}` ({above} flights, the first to {first}) and `{two}` ({below} flights) "
        "have the same columns. Put `{two}` **below** `{one}`, with the row labels **numbered anew** "
        "from 0.",
        values={
            "one": one,
            "two": two,
            "above": len(upper),
            "below": len(lower),
            "first": upper["dest"].iloc[0],
            "code": code,
        },
        given={one: upper, two: lower},
        answer=Frame(pd.concat([upper, lower], ignore_index=True), index=True),
        right=code,
        solution="```python\n{code}\n```\n\nThe tables go in as a list. `ignore_index=True` forgets the "
        "old labels.",
        mistakes=[
            Mistake(
                "labels-repeated",
                f"pd.concat([{one}, {two}])",
                says="The rows are right, and in order. Their labels begin anew in the middle, though, so "
                "0 is there twice. Which word tells `concat` to number them afresh?",
            ),
            Mistake(
                "other-order",
                f"pd.concat([{two}, {one}], ignore_index=True)",
                says="All rows are there, numbered anew. `{two}` stands above `{one}`, though. What "
                "decides which comes first?",
            ),
            Mistake(
                "one-left-out",
                one,
                says="Those are the rows of `{one}`. The ones of `{two}` are still to come, below them: "
                "which function of `pd` takes a list of tables?",
            ),
        ],
    )


@item(
    objective="combine.stack",
    version=1,
    hints=[
        "Once the tables are one, nobody can tell which row came from where. So what has to be written "
        "down first?",
        'For songs: `songs_80["year"] = 1980`, the same for the other, and only then `concat`.',
    ],
)
def mark_then_stack(draw, _data):
    """Put marking the source, stacking and grouping in order; one line does not belong."""
    first = draw.integers(0, 10)
    one, two = SHORT[first], SHORT[first + 1]
    column = draw.choice(["dep_delay", "arr_delay", "air_time", "distance"])
    method = draw.choice(["mean", "median", "max"])
    mark_one, mark_two = f'{one}["month"] = {first + 1}', f'{two}["month"] = {first + 2}'
    stack, group = f"both = pd.concat([{one}, {two}])", f'both.groupby("month")["{column}"].{method}()'
    odd = f'both = {one}.merge({two}, on="month")'
    return Question(
        prompt="`{one}` and `{two}` hold flights of two months, and no column says which month. Put the "
        "lines in order, so that the last one compares the {method} `{column}` of the months. One line "
        "does not belong.",
        values={
            "one": one,
            "two": two,
            "method": method,
            "column": column,
            "lines": "\n".join([mark_one, mark_two, stack, group]),
        },
        answer=Ordering(
            [mark_one, mark_two, stack, group],
            distractors=[odd],
            indent=False,
            before={2: [0, 1], 3: [2]},
        ),
        solution="```python\n{lines}\n```\n\nFirst each row is told where it comes from (in either order), "
        "then the tables become one, then groups are made.",
        mistakes=[
            Mistake(
                "marked-too-late",
                [stack, mark_one, mark_two, group],
                says="The groups come last: right. When the tables become one, though, their rows do not "
                "say yet which month they are of. What has to come before?",
            ),
            Mistake(
                "merged",
                [mark_one, mark_two, odd, group],
                says="Each row is marked first: right. `merge` then looks for flights of the same month in "
                "both, though, and finds none. Which line puts the tables below one another?",
            ),
        ],
    )


BELOW = [
    "the flights of January, and those of February",
    "this year's members, and those who joined today",
    "answers to one questionnaire from two schools, one file for each",
    "the weather of 2012, and that of 2013, with the same columns",
    "penguins measured on two islands, each with its own file",
    "sales of two shops, one list each, with the same columns",
]
BESIDE = [
    "flights, and for each airline's code its name",
    "books with a number of their author, and authors with that number",
    "penguins with a tag, and for each tag the colour of the ring",
    "countries, and for each country its continent",
    "orders with a number of the dish, and a menu with prices",
    "flights, and the weather at each airport on each day",
]


@item(
    objective=["combine.stack", "combine.match"],
    version=1,
    hints=[
        "Ask of the second table: does it bring *more of the same* rows, or does it know *more about* the "
        "rows of the first?",
        "Songs of two years belong below one another. Songs, and facts about their singers, belong beside "
        "each other.",
    ],
)
def below_or_beside(draw, _data):
    """Which pairs of tables belong below one another, and which beside each other."""
    below, beside = draw.sample(BELOW, draw.integers(2, 3)), draw.sample(BESIDE, draw.integers(2, 3))
    asked, right, wrong = draw.choice([("concat", below, beside), ("merge", beside, below)])
    return Question(
        prompt="Which of these pairs of tables call for **`{asked}`**? Tick all.",
        values={
            "asked": asked,
            "right": "; ".join(right),
            "does": "puts more rows of the same kind below"
            if asked == "concat"
            else "looks up what another table knows about each row",
        },
        answer=MultipleChoice(right=right, wrong=wrong),
        solution="{right}. There, `{asked}` {does}.",
        mistakes=[
            Mistake(
                "the-others",
                wrong,
                says="You told the two sorts apart. These call for the other one, though: `{asked}` {does}.",
            ),
            Mistake(
                "all-of-them",
                [*right, *wrong],
                says="All that fit are among yours. Others do not: `{asked}` {does}. In which pairs is "
                "that what is needed?",
            ),
        ],
    )
