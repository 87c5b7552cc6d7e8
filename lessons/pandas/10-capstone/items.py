"""Checks of lesson 10: a question that data can answer, the numbers that answer it, and how sure one may be.

Questions are about all tables of the course. Hints speak of other things (trees, letters), so that none gives
an answer away.
"""

import pandas as pd

from checkers import Choice, FillIn, Frame, FreeText, Matching, MultipleChoice, Number, Ordering
from courseware.excerpt import distinct, printed
from courseware.items import Mistake, Question, item

HOLDS = {
    "penguins": "species, island, length and depth of the bill, length of the flipper, body mass, sex and "
    "year of "
    "344 penguins, 2007 to 2009",
    "flights": "month, day, hour, carrier, plane, origin, destination, delays at departure and arrival, "
    "time in "
    "the air and distance of flights from New York in 2013",
    "seattle": "precipitation, highest and lowest temperature, wind and a word for the weather of each day "
    "in "
    "Seattle, 2012 to 2015",
    "gapminder": "life expectancy, population and production per person of 142 countries, every five years "
    "from "
    "1952 to 2007",
}
ANSWERED = {
    "penguins": [
        "Are Gentoos heavier than Adelies, by their medians?",
        "On which of the three islands were most penguins measured?",
        "Do penguins with longer flippers weigh more?",
        "Did the mean mass of Adelies change from 2007 to 2009?",
    ],
    "flights": [
        "Is a larger share of flights late from JFK than from Newark?",
        "At which hour is the median delay largest?",
        "Which airline flew the longest distance on average?",
        "How many flights were cancelled or diverted in each month?",
    ],
    "seattle": [
        "In which month of 2014 did most rain fall?",
        "Are windy days colder than calm ones, on average?",
        "How many days of 2015 were above 30 °C?",
        "How long was the longest time without rain?",
    ],
    "gapminder": [
        "In which country did life expectancy rise most from 1952 to 2007?",
        "Do people live longer where more is produced per person?",
        "Which continent had the largest population in 1987?",
        "In how many countries did production per person fall from 1977 to 2007?",
    ],
}
LACKING = {  # question: what the table would have to hold
    "penguins": {
        "Do heavier penguins raise more chicks?": "how many chicks each penguin raised",
        "Do penguins grow heavier as they grow old?": "how old each penguin is",
        "Do penguins that eat more krill weigh more?": "what each penguin eats",
    },
    "flights": {
        "Do dearer tickets mean fewer delays?": "what a ticket cost",
        "Are full planes later than empty ones?": "how many passengers were on board",
        "Are flights with tired crews late more often?": "how long each crew had been on duty",
    },
    "seattle": {
        "Do more people take the bus on rainy days?": "how many people took the bus",
        "Are there more accidents in fog?": "the accidents of each day",
        "Do cafés sell more ice cream on hot days?": "what cafés sold",
    },
    "gapminder": {
        "Do people live longer where there are more doctors?": "how many doctors each country has",
        "Do women live longer than men?": "life expectancies of women and men apart",
        "Do people in cities live longer?": "which part of the people lives in cities",
    },
}
TASTE = {
    "penguins": ["Which species is the most beautiful?", "Should one be allowed to visit the islands?"],
    "flights": ["Is Newark a bad airport?", "Should people fly less?"],
    "seattle": ["Is Seattle's weather pleasant?", "Which season is the nicest?"],
    "gapminder": ["Which country is the best to live in?", "Should rich countries give more?"],
}
ELSEWHERE = {
    "penguins": ["How heavy will Adelies be in 2050?", "Are emperor penguins heavier than Gentoos?"],
    "flights": ["How late are flights from Boston?", "Which airline will be the latest next year?"],
    "seattle": ["Does it rain more in Seattle than in London?", "How warm will the summer of 2050 be?"],
    "gapminder": [
        "How long will people live in 2050?",
        "In which year of the 19th century did lives grow longer?",
    ],
}


# ------------------------------------------------------------------ argue.ask


@item(
    objective="argue.ask",
    version=1,
    difficulty="easy",
    hints=[
        "For each question, name the columns and rows that you would look at. Are they in the table?",
        "A table of trees with kind and height answers “Are oaks taller than birches?”, not “Which kind is "
        "the loveliest?”",
    ],
)
def answerable(draw, _data):
    """Which questions a table can answer."""
    table = draw.choice(list(HOLDS))
    right = draw.sample(ANSWERED[table], 2)
    lacking, taste = draw.choice(list(LACKING[table])), draw.choice(TASTE[table])
    elsewhere = draw.choice(ELSEWHERE[table])
    return Question(
        prompt="The table `{table}` holds {holds}. Which of these questions can it answer? Tick all.",
        values={
            "table": table,
            "holds": HOLDS[table],
            "right": " ".join(right),
            "lacking": lacking,
            "elsewhere": elsewhere,
        },
        answer=MultipleChoice(right=right, wrong=[lacking, taste, elsewhere]),
        solution="{right} For these, columns and rows are there.",
        mistakes=[
            Mistake(
                "column-lacking",
                [*right, lacking],
                says="The others fit. For “{lacking}”, name the columns that you would use: which of them is "
                "not in the table?",
            ),
            Mistake(
                "matter-of-taste",
                [*right, taste],
                says="The others fit. One question that you ticked asks what is good or right. Which number "
                "of the table would settle that?",
            ),
            Mistake(
                "rows-lacking",
                [*right, elsewhere],
                says="The others fit. “{elsewhere}” asks about rows that the table does not have. When and "
                "where was it measured?",
            ),
        ],
    )


@item(
    objective="argue.ask",
    version=2,
    hints=[
        "Say what you would compare with what. Which of the two is not in the table?",
        "“Do trees near roads die younger?” wants to know how far from a road each tree stands.",
    ],
)
def what_is_missing(draw, _data):
    """What a table would have to hold to answer a question."""
    table = draw.choice(list(HOLDS))
    question = draw.choice(list(LACKING[table]))
    needed = LACKING[table][question]
    others = [n for q, n in LACKING[table].items() if q != question]
    there = {
        "penguins": ["the mass of each penguin", "the island of each penguin"],
        "flights": ["the delay of each flight", "the hour of each flight"],
        "seattle": ["the rain of each day", "the temperature of each day"],
        "gapminder": ["the life expectancy of each country", "the population of each country"],
    }[table]
    more = {
        "penguins": "the same for more penguins",
        "flights": "the same for more flights",
        "seattle": "the same for more days",
        "gapminder": "the same for more years",
    }[table]
    held, off = draw.choice(there), draw.choice(others)
    return Question(
        prompt="`{table}` holds {holds}. It cannot answer this:\n\n> {question}\n\n"
        + draw.choice(
            [
                "What would it have to hold, besides what it has?",
                "Which one thing would have to be added?",
                "What would you have to find out first?",
            ]
        ),
        values={"table": table, "holds": HOLDS[table], "question": question, "needed": needed},
        answer=Choice(right=needed, wrong=[held, off, more]),
        solution="{needed}: that is one side of the comparison, and no column says it.",
        mistakes=[
            Mistake(
                "there-already",
                held,
                says="The question may well need that. The table has it, though: read again what it holds. "
                "What else does the question compare?",
            ),
            Mistake(
                "more-rows",
                more,
                says="More rows make an answer surer. Here there is none to begin with, though: which thing "
                "in "
                "the question stands in no column?",
            ),
            Mistake(
                "other-column",
                off,
                says="The table lacks that, too. It would answer another question, though. Which words of "
                "this "
                "one has no column?",
            ),
        ],
    )


GROUPS = [
    ("flights from JFK", "flights from Newark", "is a larger share more than 15 minutes late"),
    ("flights of Delta", "flights of United", "is the median arrival delay larger"),
    ("flights before noon", "flights after noon", "is the median delay larger"),
    ("flights to Boston", "flights to Miami", "is a larger share more than 15 minutes late"),
    ("Gentoos", "Adelies", "is the median mass larger"),
    ("penguins of Dream", "penguins of Biscoe", "is the mean flipper longer"),
    ("penguins of 2007", "penguins of 2009", "is the median mass larger"),
    ("days of 2012", "days of 2015", "is the share without rain larger"),
    ("windy days", "calm days", "is the mean temperature lower"),
    ("countries of Asia", "countries of Africa", "is the median life expectancy higher"),
    ("countries in 1952", "countries in 2007", "is the median population larger"),
]
VAGUE = ["better than", "different from", "worse than", "doing as well as"]


@item(
    objective="argue.ask",
    version=1,
    hints=[
        "Which of them tells you what to compute, and of which rows?",
        "“Are old trees better?” becomes “Is the median height of trees above 50 years larger than that of "
        "the others?”",
    ],
)
def sharpen_question(draw, _data):
    """Which question is sharp enough to be answered."""
    a, b, test = draw.choice(GROUPS)
    if draw.choice([True, False]):
        a, b = b, a
    right = f"Of {a} and {b}: {test} for the first?"
    vague = f"Are {a} really {draw.choice(VAGUE)} {b}?"
    wrong = [
        Mistake(
            "still-vague",
            vague,
            says="It names the two groups: right. What would you compute, though? “Better” or “different” "
            "can "
            "be read in many ways. Which question names a number?",
        ),
        Mistake(
            "no-comparison",
            f"What are {a} like?",
            says="One group and no number: you could describe it for pages. With what is it to be compared, "
            "and by what?",
        ),
        Mistake(
            "why-first",
            f"Why are {a} so unlike {b}?",
            says="It takes for granted that they differ, which nobody has shown yet. Which question asks "
            "*whether* they do, by a number?",
        ),
        Mistake(
            "what-to-do",
            f"Should one prefer {a} to {b}?",
            says="What one should do is for people to decide; data may help them. Which question can be "
            "computed?",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt="You want to know about {a}, and about {b}. With which question can you start to compute?",
        values={"a": a, "b": b},
        answer=Choice(right=right, wrong=[m.response for m in shown]),
        solution=f"{right} It names the groups, the number and what would be a yes.",
        mistakes=shown,
    )


@item(
    objective="argue.ask",
    version=2,
    difficulty="easy",
    hints=[
        "Which rows go in at all? What tells the groups apart? What is worked out for each of them?",
        "“Among trees older than 50, are oaks taller than birches, by the median?”: older than 50; oaks and "
        "birches; median height.",
    ],
)
def parts_of_question(draw, _data):
    """Match the parts of a question with what they say."""
    rows, groups, number, off = draw.choice(
        [
            (
                "flights of {m} that arrived",
                "the three airports of New York",
                "the share that is late",
                "hours",
            ),
            ("flights of {m} to Boston", "airlines", "the median arrival delay", "airports"),
            ("Adelies of {y}", "females and males", "the mean mass", "islands"),
            ("penguins of {y} with a known sex", "the three islands", "the median bill length", "species"),
            ("dry days of {y2}", "the twelve months", "the mean of the highest temperature", "years"),
            ("days of {y2} above 10 °C", "windy and calm days", "the share with rain", "months"),
            (
                "countries of {c} in 2007",
                "those above and below a million people",
                "the median life",
                "years",
            ),
            ("countries of {c}", "the years 1952 and 2007", "the median production per person", "continents"),
        ]
    )
    rows = rows.format(
        m=draw.choice(
            [
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
        ),
        y=draw.choice([2007, 2008, 2009]),
        y2=draw.choice([2012, 2013, 2014, 2015]),
        c=draw.choice(["Africa", "Asia", "Europe", "the Americas"]),
    )
    pairs = {"which rows it is about": rows, "what is compared": groups, "by which number": number}
    wording = draw.choice(
        [
            f"Among {rows}: how does {number} differ between {groups}?",
            f"Does {number} differ between {groups}, among {rows}?",
            f"Take {rows}. Does {number} depend on which of {groups} one looks at?",
        ]
    )
    first, second, third = pairs
    return Question(
        prompt="> {question}\n\nWhich part of the question says what?",
        values={
            "question": wording,
            "told": "; ".join(f"{left}: {right}" for left, right in pairs.items()),
        },
        answer=Matching(pairs, distractors=[off]),
        solution="{told}.",
        mistakes=[
            Mistake(
                "rows-and-groups",
                {**pairs, first: groups, second: rows},
                says="The number is right. Rows and groups are exchanged: which words say what is left out "
                "from the start, and which tell apart what is left in?",
            ),
            Mistake(
                "groups-and-number",
                {**pairs, second: number, third: groups},
                says="The rows are right. What you compare, and by what, are exchanged: which of the two is "
                "worked out for each group?",
            ),
        ],
    )


MEASURES = {
    "bill_length_mm": "bill length",
    "bill_depth_mm": "bill depth",
    "flipper_length_mm": "flipper length",
    "body_mass_g": "body mass",
}


@item(
    objective="argue.ask",
    version=2,
    hints=[
        "What the question is about is one column, what tells the groups apart another, what limits the "
        "rows a "
        "third.",
        "“Among oaks: were they taller in 2010 than in 2000?” needs kind, year and height.",
    ],
)
def columns_needed(draw, _data):
    """Which columns a question needs."""
    asks = draw.choice(
        [
            "Among {}: does the median {} differ between {}?",
            "Take {}. Does the median {} depend on which of {} one looks at?",
        ]
    )
    if draw.choice([True, False]):
        value = draw.choice(list(MEASURES))
        rows, by, others = draw.choice(
            [
                ("species", "sex", ["island", "year"]),
                ("species", "year", ["island", "sex"]),
                ("island", "sex", ["species", "year"]),
                ("sex", "species", ["island", "year"]),
                ("year", "species", ["island", "sex"]),
            ]
        )
        names = {
            "species": "Adelies",
            "island": "penguins of Dream",
            "sex": "females",
            "year": "penguins of 2008",
        }
        groups = {"sex": "females and males", "year": "the three years", "species": "the species"}[by]
        question = asks.format(names[rows], MEASURES[value], groups)
        others = [*others, draw.choice([m for m in MEASURES if m != value])]
    else:
        value, words = draw.choice(
            [
                ("arr_delay", "arrival delay"),
                ("dep_delay", "departure delay"),
                ("air_time", "time in the air"),
            ]
        )
        rows, limit = draw.choice([("month", "flights of July"), ("dest", "flights to Miami")])
        by, groups = draw.choice(
            [("carrier", "airlines"), ("origin", "the three airports"), ("hour", "hours")]
        )
        question = asks.format(limit, words, groups)
        others = ["tailnum", "distance", "day" if rows == "dest" else "dest"]
    right = [rows, by, value]
    return Question(
        prompt="> {question}\n\nWhich columns does it need? Tick all, and no more.",
        values={"question": question, "right": ", ".join(right), "value": value},
        answer=MultipleChoice(
            right=[f"`{c}`" for c in right], wrong=[f"`{c}`" for c in draw.shuffle(others)]
        ),
        solution="{right}: one limits the rows, one makes the groups, one is worked out.",
        mistakes=[
            Mistake(
                "rows-forgotten",
                [f"`{by}`", f"`{value}`"],
                says="Groups and number are there. The question is about *some* rows only: which column says "
                "which?",
            ),
            Mistake(
                "number-forgotten",
                [f"`{rows}`", f"`{by}`"],
                says="Rows and groups are there. What is worked out for each group, and of which column?",
            ),
            Mistake(
                "one-too-many",
                [*(f"`{c}`" for c in right), f"`{others[2]}`"],
                says="All that is needed is there. One column more is ticked: at which step would you use "
                "it?",
            ),
        ],
    )


@item(
    objective="argue.ask",
    version=1,
    hints=[
        "Which rows is the question about? Two conditions at once, as in lesson 2.",
        'Oaks of 2010: `trees[(trees["kind"] == "oak") & (trees["year"] == 2010)]`.',
    ],
)
def rows_of_question(draw, data):
    """Write the code that keeps the rows that a question is about."""
    df = data.frame("penguins")
    columns = draw.choice([("species", "year"), ("island", "year"), ("species", "sex"), ("island", "sex")])
    while True:
        values = [draw.choice(sorted(df[c].dropna().unique().tolist())) for c in columns]
        one, two = (df[c] == v for c, v in zip(columns, values, strict=True))
        if 0 < (one & two).sum() < min(one.sum(), two.sum()):
            break
    tests = [f'(df["{c}"] == {v!r})'.replace("'", '"') for c, v in zip(columns, values, strict=True)]
    measure = draw.choice([*MEASURES.values()])
    words = " and ".join(f"{c} {v}" for c, v in zip(columns, values, strict=True))
    code = f"df[{tests[0]} & {tests[1]}]"
    return Question(
        prompt="A question begins: “Among penguins with {words}: how does the {measure} …?” `df` holds all "
        "penguins. Keep the **rows that the question is about**, with all columns.",
        values={"words": words, "measure": measure, "code": code},
        given={"df": df},
        answer=Frame(df[one & two]),
        right=code,
        solution="```python\n{code}\n```\n\nBoth conditions have to hold.",
        mistakes=[
            Mistake(
                "either",
                f"df[{tests[0]} | {tests[1]}]",
                says="Both conditions are there. `|` keeps a penguin that meets one of them, though, and the "
                "question is about those that meet both.",
            ),
            Mistake(
                "first-alone",
                f"df[{tests[0]}]",
                says="The first condition is there. The question is about fewer penguins, though: which "
                "words "
                "of it have you not used yet?",
            ),
            Mistake(
                "second-alone",
                f"df[{tests[1]}]",
                says="The second condition is there. The question names another one before it: which?",
            ),
        ],
    )


@item(
    objective="argue.ask",
    version=1,
    difficulty="hard",
    hints=[
        "Begin with the rows (“Among …”), then what you compare, then by which number.",
        "“Among trees of the park: is the median height of oaks larger than that of birches?” names all "
        "three.",
    ],
)
def write_question(draw, _data):
    """Write a question that a table can answer, and compare it with an example."""
    table, what, value, group, groups, rows = draw.choice(
        [
            ("penguins", "masses", "median mass", "island", "penguins of Dream and of Biscoe", "Adelies"),
            ("penguins", "bills", "mean bill length", "sex", "females and males", "Gentoos"),
            ("penguins", "flippers", "median flipper length", "year", "2007 and 2009", "penguins of Biscoe"),
            ("flights", "delays", "share that is late", "origin", "JFK and Newark", "flights of July"),
            ("flights", "delays", "median delay", "carrier", "Delta and United", "flights to Atlanta"),
            ("flights", "times in the air", "median time", "month", "January and July", "flights to Miami"),
            ("seattle", "rain", "share of dry days", "year", "2012 and 2015", "days of summer"),
            ("seattle", "temperatures", "mean", "wind", "windy and calm days", "days of July"),
            (
                "gapminder",
                "lives",
                "median life expectancy",
                "continent",
                "Asia and Africa",
                "countries in 2007",
            ),
            ("gapminder", "production", "median", "year", "1952 and 2007", "countries of Europe"),
        ]
    )
    least = draw.choice([8, 9, 10, 11, 12])
    start = draw.choice(["Write one question", "Write a question of your own", "Put into words one question"])
    exemplar = f"Among {rows}: does the {value} differ between {groups}?"
    criteria = [
        "It says which rows it is about.",
        "It names what is compared with what.",
        "It names the number by which they are compared.",
    ]

    def met(*which):
        return {"text": exemplar, "met": [n in which for n in range(3)]}

    return Question(
        prompt="The table `{table}` holds {holds}. {start} about **{what}** that it can answer, in which "
        "`{group}` makes the groups. One sentence of at least {least} words.",
        values={
            "table": table,
            "holds": HOLDS[table],
            "start": start,
            "what": what,
            "group": group,
            "least": least,
            "exemplar": exemplar,
        },
        answer=FreeText(criteria=criteria, exemplar=exemplar, least=least),
        solution="{exemplar} It names rows, groups and a number.",
        mistakes=[
            Mistake(
                "no-number",
                met(0, 1),
                says="It says of which rows you speak, and what you compare. What will you work out for each "
                "group: a mean, a median, a share? Put the word into your sentence.",
            ),
            Mistake(
                "no-rows",
                met(1, 2),
                says="Groups and number are there. Does it hold for every row of the table, or only for "
                "some? "
                "Begin with “Among …”.",
            ),
        ],
    )


# ------------------------------------------------------------- argue.evidence


COMPARED = [
    ("flights", "origin", "JFK", "EWR", "late", "flights from {} are late more often than flights from {}"),
    ("flights", "carrier", "B6", "DL", "late", "flights of {} are late more often than flights of {}"),
    ("flights", "dest", "BOS", "MIA", "late", "flights to {} are late more often than flights to {}"),
    ("seattle", "year", "2012", "2015", "wet", "in {} it rained on a larger share of the days than in {}"),
    (
        "seattle",
        "month",
        "1",
        "11",
        "wet",
        "in month {} it rains on a larger share of the days than in month {}",
    ),
    (
        "penguins",
        "island",
        "Dream",
        "Biscoe",
        "heavy",
        "penguins of {} are heavy more often than those of {}",
    ),
    ("penguins", "species", "Gentoo", "Adelie", "heavy", "a larger share of {} than of {} is heavy"),
    ("planes", "manufacturer", "BOEING", "AIRBUS", "old", "a larger share of planes by {} than by {} is old"),
]


@item(
    objective="argue.evidence",
    version=1,
    hints=[
        "“More often” compares shares: of each group, which part? A share is the mean of True and False.",
        'The share of sick trees of each kind: `trees.groupby("kind")["sick"].mean()`.',
    ],
)
def evidence_line(draw, _data):
    """Which line gives the evidence for a claim about shares."""
    table, by, a, b, flag, words = draw.choice(COMPARED)
    if draw.choice([True, False]):
        a, b = b, a
    name = draw.choice(["found", "result", "answer", "evidence"])
    claim = words.format(a, b)
    shown_a = a if a.isdigit() else f'"{a}"'
    right = f'`{name} = {table}.groupby("{by}")["{flag}"].mean()`'
    wrong = [
        Mistake(
            "counted",
            f'`{name} = {table}.groupby("{by}")["{flag}"].sum()`',
            says="It goes group by group: right. It counts the Trues, though, and a group with more rows has "
            "more of them anyway. What makes groups of different size comparable?",
        ),
        Mistake(
            "one-group",
            f'`{name} = {table}[{table}["{by}"] == {shown_a}]["{flag}"].mean()`',
            says="A share, of the right group. With what is it to be compared? The claim names two groups.",
        ),
        Mistake(
            "all-together",
            f'`{name} = {table}["{flag}"].mean()`',
            says="A share: right. It is that of all rows together, though. What tells the two groups apart?",
        ),
        Mistake(
            "how-many",
            f'`{name} = {table}["{by}"].value_counts()`',
            says="It says how many rows each group has, which is good to know. Where in it is `{flag}`?",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt="Claim: **{claim}**. In `{table}`, `{flag}` is True or False for each row. Which line gives "
        "the "
        "evidence?",
        values={"claim": claim, "table": table, "flag": flag},
        answer=Choice(right=right, wrong=[m.response for m in shown]),
        solution=f"{right}: a share for each group, beside each other.",
        mistakes=shown,
    )


@item(
    objective="argue.evidence",
    version=1,
    hints=[
        "First the share of each group: late of all. Then one less the other, in percentage points.",
        "12 of 75 oaks and 9 of 100 birches are sick: 16 % and 9 %, so 7 points.",
    ],
)
def points_of_share(draw, _data):
    """By how many percentage points two shares differ."""
    a, b, what, verb = draw.choice(
        [
            ("JFK", "EWR", "flights", "late"),
            ("Delta", "United", "flights", "late"),
            ("2012", "2015", "days", "wet"),
            ("Dream", "Biscoe", "penguins", "heavy"),
            ("Boeing", "Airbus", "planes", "old"),
        ]
    )
    while True:
        all_a, all_b = draw.sample([40, 50, 80, 100, 120, 150, 160, 200, 250, 400], 2)
        share_a, share_b = draw.sample(range(10, 60, 5), 2)
        some_a, some_b = all_a * share_a / 100, all_b * share_b / 100
        right, count = share_a - share_b, some_a - some_b
        whole = some_a.is_integer() and some_b.is_integer()
        if whole and right > 0 and len({right, count, share_a, round(share_a / share_b, 2)}) == 4:
            break
    return Question(
        prompt="Suppose that of {all_a} {what} of **{a}**, {some_a:g} are {verb}; of {all_b} {what} of "
        "**{b}**, "
        "{some_b:g}. By "
        "how many **percentage points** is the share of {a} larger?",
        values={
            "a": a,
            "b": b,
            "what": what,
            "verb": verb,
            "all_a": all_a,
            "all_b": all_b,
            "some_a": some_a,
            "some_b": some_b,
            "right": right,
            "share_a": share_a,
            "share_b": share_b,
        },
        answer=Number(right),
        solution="{right}: {share_a} % less {share_b} %.",
        mistakes=[
            Mistake(
                "counts-compared",
                int(count),
                says="That is how many more are {verb}, as a number of {what}. The groups are not of one "
                "size, "
                "though: which part of each is it?",
            ),
            Mistake(
                "one-share",
                share_a,
                says="That is the share of {a}, in per cent. How far is it above that of {b}?",
            ),
            Mistake(
                "divided",
                round(share_a / share_b, 2),
                says="You divided one share by the other: so many *times* as large it is. Percentage points "
                "are "
                "a difference: which step is that?",
            ),
        ],
    )


@item(
    objective="argue.evidence",
    version=1,
    hints=[
        "One number for each of the two groups, then the first less the second.",
        'For oaks and birches: `m = trees.groupby("kind")["height"].median()`, then `m["oak"] - m["birch"]`.',
    ],
)
def difference_of_groups(draw, data):
    """Write the code that says by how much two groups differ."""
    whole = data.frame("penguins")
    method, other = draw.choice([("median", "mean"), ("mean", "median")])
    while True:
        column, by = draw.choice(list(MEASURES)), draw.choice(["species", "island", "sex"])
        count = draw.integers(280, 330)
        df = whole.iloc[sorted(draw.sample(range(len(whole)), count))].reset_index(drop=True)
        a, b = draw.sample(sorted(df[by].dropna().unique().tolist()), 2)
        found = df.groupby(by)[column].agg(["mean", "median", "count"])
        right, *wrong = (float(found[m][a] - found[m][b]) for m in (method, other, "count"))
        if min(abs(right), *(abs(right - w) for w in wrong)) > 0.01:
            break
    line = f'm = df.groupby("{by}")["{column}"].{{}}()\nm["{{}}"] - m["{{}}"]'.format
    return Question(
        prompt="`df` holds {count} penguins. By how much is the **{method} `{column}` of {a}** larger than "
        "that of "
        "**{b}**? Write code that ends with this number (below 0 if it is smaller).",
        values={
            "count": count,
            "method": method,
            "other": other,
            "column": column,
            "a": a,
            "b": b,
            "code": line(method, a, b),
        },
        given={"df": df},
        answer=Frame(right),
        right=line(method, a, b),
        solution="```python\n{code}\n```\n\nA number for each group, and their difference.",
        mistakes=[
            Mistake(
                "other-way-round",
                line(method, b, a),
                says="The size is right. You took **{a}** from **{b}**, though: whose is to be the larger "
                "by that "
                "much, with a minus if it is smaller?",
            ),
            Mistake(
                "other-middle",
                line(other, a, b),
                says="The groups are right, and so is their order. You took the {other} of each, though, "
                "and the "
                "{method} is asked for.",
            ),
            Mistake(
                "sizes",
                line("count", a, b),
                says="So many more rows has one group than the other. What is asked for is how their "
                "`{column}` "
                "differs: which method gives the {method}?",
            ),
        ],
    )


@item(
    objective="argue.evidence",
    version=2,
    difficulty="hard",
    hints=[
        "Of each finding, ask: if the claim were false, could I see this all the same? Then it is no "
        "evidence.",
        "For “oaks are taller than birches”: that the park has more oaks says nothing of height.",
    ],
)
def what_speaks_for(draw, data):
    """Which findings speak for a claim."""
    df = data.frame("penguins")
    while True:
        column, by = draw.choice(list(MEASURES)), draw.choice(["species", "island"])
        a, b = draw.sample(sorted(df[by].unique().tolist()), 2)
        first, second = (df[column][df[by] == name].dropna() for name in (a, b))
        if first.median() > second.median() and first.quantile(0.25) > second.quantile(0.25):
            break
    limit = first.median()
    share, share2 = (round(100 * float((v >= limit).mean())) for v in (first, second))
    what = MEASURES[column]
    median = f"The median {what} is {first.median():g} in {a} and {second.median():g} in {b}."
    above = f"{share} % of {a} have a {what} of at least {limit:g}, and {share2} % of {b}."
    single = f"One bird of {a} has a {what} of {first.max():g}."
    rows = f"Of {a}, {len(first)} birds were measured, of {b} {len(second)}."
    alone = f"The mean {what} in {a} is {first.mean():.1f}."
    right = draw.sample([median, above], 2)
    return Question(
        prompt="Claim: **"
        + draw.choice(
            [
                "the {what} is larger in {a} than in {b}, on the whole",
                "on the whole, the {what} is smaller in {b} than in {a}",
            ]
        )
        + "**. "
        + draw.choice(
            [
                "Which of these findings speak for it?",
                "What of this is evidence for it?",
                "By which of these findings could you defend it?",
                "Which findings would you put forward for it?",
            ]
        )
        + " Tick all, and no more.",
        values={"what": what, "a": a, "b": b, "right": " ".join(right)},
        answer=MultipleChoice(right=right, wrong=[single, rows, alone]),
        solution="{right} Both put the two groups beside each other, by a number that stands for the whole "
        "group.",
        mistakes=[
            Mistake(
                "single-case",
                [*right, single],
                says="Two speak for it. A single bird, though, may stand out in any group: what does it say "
                "of "
                "the whole?",
            ),
            Mistake(
                "more-rows",
                [*right, rows],
                says="Two speak for it. How many were measured says how sure a number is. Does it say which "
                "group's {what} is larger?",
            ),
            Mistake(
                "nothing-beside",
                [*right, alone],
                says="Two speak for it. One finding is about {a} alone: what would have to stand beside it?",
            ),
        ],
    )


@item(
    objective="argue.evidence",
    version=2,
    hints=[
        "What does each line need that another line makes? Begin with what needs nothing.",
        "Trees: read; drop those without a height; make a column of True and False; share and size by kind.",
    ],
)
def steps_to_evidence(draw, _data):
    """Put the steps from a table to its evidence in order; one line does not belong."""
    by = draw.choice(["origin", "carrier", "month", "hour", "dest"])
    delay = draw.choice(["arr_delay", "dep_delay"])
    limit = draw.choice([0, 10, 15, 20, 30, 60])
    flagged = draw.choice(["late", "delayed", "behind"])
    read = 'flights = pd.read_csv("data/flights.csv")'
    drop = f'known = flights.dropna(subset=["{delay}"])'
    flag = f'known = known.assign({flagged}=known["{delay}"] > {limit})'
    last = f'known.groupby("{by}").agg(share=("{flagged}", "mean"), flights=("{flagged}", "size"))'
    odd = f'known.groupby("{by}").agg(share=("{flagged}", "sum"))'
    return Question(
        prompt="Which part of the flights is more than {limit} minutes late, for each `{by}`, and how many "
        "flights is that of? Put the lines in order. One does not belong.",
        values={
            "flagged": flagged,
            "limit": limit,
            "by": by,
            "read": read,
            "drop": drop,
            "flag": flag,
            "last": last,
        },
        answer=Ordering([read, drop, flag, last], distractors=[odd], indent=False),
        solution="```python\n{read}\n{drop}\n{flag}\n{last}\n```\n\nWhat is not known leaves first; then "
        "each "
        "flight is late or not; then a share and a size for each group.",
        mistakes=[
            Mistake(
                "sum-for-share",
                [read, drop, flag, odd],
                says="The order is right. The last line adds the Trues up, though: that is a number of "
                "flights, "
                "not a part of them. Which method makes a share?",
            ),
            Mistake(
                "group-too-early",
                [read, drop, last, flag],
                says="Reading and dropping come first: right. The share is made of `{flagged}`, though. "
                "Which "
                "line "
                "makes that column?",
            ),
        ],
    )


@item(
    objective="argue.evidence",
    version=1,
    difficulty="easy",
    hints=[
        "Two numbers for each group: the part that is True, and how many rows it is a part of.",
        'Trees: `trees.groupby("kind").agg(share=("sick", "mean"), trees=("sick", "size"))`.',
    ],
)
def fill_share_and_size(draw, _data):
    """Fill in what puts the size of each group beside its share."""
    table, by, _, _, flag, _ = draw.choice(COMPARED)
    name = draw.choice(["rows", "size", "number", "n", "count_of", "of"])
    start = draw.choice([table, "some", "known", "kept"])
    right = ["groupby", '"mean"', '"size"']
    return Question(
        prompt="`{flag}` is True or False. Fill in, for each `{by}`: the **share** that is True, and the "
        "**number "
        "of rows** that it is a share of.",
        values={"flag": flag, "by": by},
        answer=FillIn(
            f'{start}.___("{by}").agg(share=("{flag}", ___), {name}=("{flag}", ___))',
            ["groupby", ['"mean"', "'mean'"], ['"size"', "'size'", '"count"']],
            code=True,
        ),
        solution='`groupby`, `"mean"`, `"size"`: the mean of True and False is the share, the size how many '
        "rows.",
        mistakes=[
            Mistake(
                "sum-for-share",
                ["groupby", '"sum"', right[2]],
                says="Groups and size are right. `sum` counts the Trues, though. Which method makes a share "
                "of "
                "True and False?",
            ),
            Mistake(
                "sum-for-size",
                ["groupby", right[1], '"sum"'],
                says="Groups and share are right. `sum` counts the Trues alone, though. Which word counts "
                "*all* "
                "rows of a group?",
            ),
            Mistake(
                "sorted",
                ["sort_values", right[1], right[2]],
                says="Share and size are right. `sort_values` puts rows in order, though: which method "
                "makes a "
                "group of each `{by}`?",
            ),
        ],
    )


# ----------------------------------------------------------------- argue.sure


@item(
    objective="argue.sure",
    version=1,
    hints=[
        "How far from 0 is the difference that was found? Which of the shuffled ones are at least as far, on "
        "either side?",
        "Found: 3. Shuffled: −4, −1, 0, 2, 3. Two of five are at least as far from 0: 0.4.",
    ],
)
def share_of_shuffles(draw, _data):
    """Which share of shuffled differences is at least as large as the one found."""
    while True:
        values = [draw.integers(-90, 90) / 10 for _ in range(20)]
        found = draw.integers(25, 80) / 10
        far = sum(abs(v) >= found for v in values)
        above = sum(v >= found for v in values)
        if 0 < above < far < 14 and 20 - far != far:
            break
    right = far / 20
    order = sorted(values)
    text = "\n".join("  ".join(f"{v:5.1f}" for v in order[n : n + 5]) for n in range(0, 20, 5))
    return Question(
        prompt="Two groups differ by **{found}**. The labels were shuffled 20 times, which gave these "
        "differences:\n\n```text\n{text}\n```\n\nWhich **share** of them is at least as far from 0 as "
        "{found}?",
        values={"found": found, "text": text, "right": right, "far": far},
        answer=Number(right),
        solution="{right}: {far} of 20 are at least {found}, or at most −{found}.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "one-side",
                    above / 20,
                    says="You counted those of {found} and more. A difference that is as large the other way "
                    "round would be as striking: what of those below 0?",
                ),
                Mistake(
                    "counted",
                    far,
                    says="So many of them are as far from 0: right. Asked is the *share*, though: of how "
                    "many?",
                ),
                Mistake(
                    "nearer",
                    (20 - far) / 20,
                    says="That share lies *nearer* to 0. Asked are those that are at least as far away as "
                    "what "
                    "was found.",
                ),
            ],
        ),
    )


STUDIES = [
    ("foggy days", "clear days", "more flights are late"),
    ("days with wind", "calm days", "more flights are late"),
    ("Adelies of Dream", "Adelies of Biscoe", "the mean mass is larger"),
    ("Gentoos of 2009", "Gentoos of 2007", "the mean bill is longer"),
    ("flights of June", "flights of May", "more flights are late"),
    ("wet days", "dry days", "the mean wind is stronger"),
    ("old planes", "new planes", "more flights are late"),
    ("flights on Fridays", "flights on Sundays", "more flights are late"),
]


@item(
    objective="argue.sure",
    version=1,
    hints=[
        "Shuffled labels mean nothing: what they give is what chance alone can do. How often did it do as "
        "much?",
        "400 of 1,000 shuffles as large: chance does it often. 2 of 1,000: chance hardly ever does.",
    ],
)
def what_shuffles_say(draw, _data):
    """What may be said after shuffling."""
    a, b, what = draw.choice(STUDIES)
    small = draw.choice([True, False])
    times = draw.choice([500, 1000, 2000])
    share = draw.integers(1, 9) / 1000 if small else draw.integers(25, 80) / 100
    count = max(1, round(share * times))
    rare = "Chance alone makes such a difference rarely: something more than chance is likely."
    often = "Chance alone makes such a difference often: these data do not decide it."
    proved = f"It is proved: with {a} it is always so that {what}."
    same = f"It is proved that {a} and {b} do not differ at all."
    turned = f"The claim is true with a probability of {100 - 100 * count / times:.1f} %."
    right, other = (rare, often) if small else (often, rare)
    too_far = proved if small else same
    return Question(
        prompt="Suppose that in some data {what} among **{a}** than among **{b}**. Of {times:,} shuffles of "
        "the labels, "
        "{count:,} gave a difference at least as large. What may you say?",
        values={"a": a, "b": b, "what": what, "times": times, "count": count},
        answer=Choice(right=right, wrong=[other, too_far, turned]),
        solution=f"{right} {{count:,}} of {{times:,}} shuffles came as far.",
        mistakes=[
            Mistake(
                "turned-round",
                other,
                says="Right: it is about what chance can do alone. Did {count:,} of {times:,} shuffles come "
                "as "
                "far often, or rarely?",
            ),
            Mistake(
                "proved",
                too_far,
                says="You saw which way it points. Data of some rows prove nothing for all, though, and "
                "{count:,} of {times:,} is not the same as all or none. Which sentence speaks of chance?",
            ),
            Mistake(
                "chance-of-claim",
                turned,
                says="You used the share of the shuffles. It says how often *chance* does as much, though, "
                "not "
                "how likely the claim is. Which sentence says that in words?",
            ),
        ],
    )


@item(
    objective="argue.sure",
    version=1,
    difficulty="easy",
    hints=[
        "The new mean: all values added up, divided by how many there are now.",
        "4 trees of 10 m on average, and one more of 20 m: (4 · 10 + 20) / 5 = 12.",
    ],
)
def one_more_row(draw, data):
    """How far one more row moves the mean of a small group."""
    flights = data.frame("flights")
    carrier = draw.choice(["AS", "F9", "HA", "YV", "FL", "VX", "WN"])
    delays = flights["arr_delay"][flights["carrier"] == carrier].dropna().tolist()
    while True:
        count = draw.integers(4, 12)
        some = [int(v) for v in draw.sample(delays, min(count, len(delays)))]
        mean, late = sum(some) / len(some), draw.choice([90, 120, 150, 180, 240])
        right = round((sum(some) + late) / (len(some) + 1), 1)
        wrong = [round((mean + late) / 2, 1), round((sum(some) + late) / len(some), 1), round(mean, 1)]
        if all(abs(right - other) > 0.3 for other in wrong) and len(set(wrong)) == 3:
            break
    return Question(
        prompt="{count} flights of {carrier} were late by these minutes: {some}. Their mean is {mean:.1f}. "
        "One "
        "flight **more** comes in, {late} minutes late. What is the mean now? (One place after the point.)",
        values={
            "count": len(some),
            "carrier": carrier,
            "some": ", ".join(map(str, some)),
            "mean": mean,
            "late": late,
            "right": right,
            "more": len(some) + 1,
        },
        answer=Number(right, abs=0.1),
        solution="{right}: all {more} delays added up, divided by {more}. One flight moves it so far: the "
        "group "
        "is small.",
        mistakes=[
            Mistake(
                "half-way",
                wrong[0],
                says="You met half-way between the old mean and the new flight. The old mean stands for "
                "{count} "
                "flights, though: how much does each of them weigh?",
            ),
            Mistake(
                "not-counted",
                wrong[1],
                says="The new flight is in the sum: right. It also is one flight more: by how many do you "
                "divide now?",
            ),
            Mistake(
                "unmoved",
                wrong[2],
                says="That is the mean of the first {count}. The new flight belongs to it, too: what "
                "becomes of "
                "the sum, and of how many there are?",
            ),
        ],
    )


@item(
    objective="argue.sure",
    version=1,
    hints=[
        "Far from 0 on either side: which method takes the sign away? Then compare, then the share.",
        "Which part of changes in height is at least 5 m either way: `(changes.abs() >= 5).mean()`.",
    ],
)
def write_share(draw, data):
    """Write the code for the share of shuffles that come as far as what was found."""
    table = data.frame("seattle")
    while True:
        values = table[draw.choice(["temp_max", "temp_min", "wind"])]
        start, count = draw.integers(0, 1300), draw.integers(60, 140)
        some = values.iloc[start : start + count]
        shuffled = (some - some.mean()).round(2).reset_index(drop=True)
        found = round(sorted(shuffled.abs().tolist())[draw.integers(count // 3, count - 8)], 1)
        both, above = (shuffled.abs() >= found).mean(), (shuffled >= found).mean()
        if found > 0 and 0 < above < both < 1:
            break
    code = f"(shuffled.abs() >= {found}).mean()"
    return Question(
        prompt="Two groups differ by **{found}**. The column `shuffled` holds the differences of {count} "
        "shuffles "
        "of the labels. Write code for the **share of them that is at least as far from 0**, on either side.",
        values={"found": found, "count": count, "code": code},
        given={"shuffled": shuffled},
        answer=Frame(float(both)),
        right=code,
        solution="```python\n{code}\n```\n\nWithout the sign, compared, and the mean of True and False.",
        mistakes=[
            Mistake(
                "one-side",
                f"(shuffled >= {found}).mean()",
                says="A share: right. It takes in only differences above 0, though. As far away on the other "
                "side would be as striking: what takes the sign away?",
            ),
            Mistake(
                "counted",
                f"(shuffled.abs() >= {found}).sum()",
                says="The comparison is right, on both sides. `sum` says *how many* they are, though. Which "
                "method makes a share?",
            ),
            Mistake(
                "no-sharing",
                f"shuffled.abs() >= {found}",
                says="The comparison is right: True or False for each shuffle. What makes one share of them?",
            ),
        ],
    )


@item(
    objective="argue.sure",
    version=1,
    hints=[
        "What do the sizes allow? And do the data say *why*?",
        "5 oaks and 400 birches: “the five oaks here are taller; five are few” says what is so, and how "
        "sure.",
    ],
)
def strength_of_words(draw, _data):
    """Which sentence is as strong as the evidence."""
    a, b, noun, unit = draw.choice(
        [
            ("AS", "UA", "flights", "minutes late"),
            ("HA", "DL", "flights", "minutes late"),
            ("F9", "B6", "flights", "minutes late"),
            ("snow", "rain", "days", "m/s of wind"),
            ("Torgersen", "Biscoe", "penguins", "mm of bill"),
        ]
    )
    few, many = draw.integers(3, 9), draw.integers(200, 900)
    low = draw.integers(4, 12)
    high = low + draw.integers(3, 9)
    right = f"The {few} {noun} of {a} have the larger mean; {few} are too few to say more."
    strong = f"{a} has the larger number, and that holds for all {noun} of {a} to come."
    cause = f"That they are {noun} of {a} makes the number larger."
    nothing = f"Nothing can be said of the {noun} in this table."
    turned = f"The mean of {b} is surely wrong, as it is so much smaller."
    wrong = [
        Mistake(
            "too-strong",
            strong,
            says="The direction is right. {few} {noun} carry that far, though? One more could turn it round. "
            "Which sentence says on how much it rests?",
        ),
        Mistake(
            "because",
            cause,
            says="The direction is right. The table shows *that* they differ. Does it show what makes them "
            "differ?",
        ),
        Mistake(
            "too-weak",
            nothing,
            says="You are careful: {few} are few. What was measured is still so, for these {noun}. Which "
            "sentence says that, and its limits?",
        ),
        Mistake(
            "doubts-the-large",
            turned,
            says="You saw that the two differ much. Which mean rests on more {noun}, though, and so moves "
            "less?",
        ),
    ]
    shown = draw.sample(wrong, 3)
    table = pd.DataFrame({"group": [a, b], noun: [few, many], "mean": [f"{high}", f"{low}"]})
    return Question(
        prompt="Suppose that this was found (the mean in {unit}):\n\n```text\n{table}\n```\n\nWhich "
        "sentence is as "
        "strong as "
        "the evidence, and no stronger?",
        values={"unit": unit, "table": printed(table, labels=False), "few": few, "noun": noun},
        answer=Choice(right=right, wrong=[m.response for m in shown]),
        solution=f"{right} It says what was found, and on how little it rests.",
        mistakes=shown,
    )


CLAIMS = [
    (
        "On foggy days flights are late, as pilots cannot see",
        ["Fog comes in winter, when there is also snow", "Fog comes in the early hours, with much traffic"],
        ["In fog, pilots land more slowly", "Some airports have four runways"],
    ),
    (
        "People live longer where more is produced, as money buys doctors",
        ["Where schools are good, people produce more and live longer", "Healthy people can produce more"],
        ["Doctors cost money", "Some countries have a long coast"],
    ),
    (
        "Old planes are late, as they break down",
        ["Old planes fly on routes with more traffic", "Airlines with old planes plan too little time"],
        ["Old planes need more repairs", "Planes have numbers on their tails"],
    ),
    (
        "Penguins of Biscoe are heavy, as there is more food",
        ["Gentoos, a heavy species, live on Biscoe alone", "On Biscoe more males were caught"],
        ["Where there is food, penguins eat more", "Biscoe is the name of an island"],
    ),
    (
        "An airline is punctual, as its crews are good",
        ["It flies early in the day, when all are punctual", "It flies to places with good weather"],
        ["Good crews board faster", "Its planes are painted blue"],
    ),
    (
        "Windy days are cold, as wind cools the air",
        ["Wind comes in winter, when it is cold anyway", "Storms bring wind and cold air together"],
        ["Moving air takes warmth away", "Wind is measured in metres per second"],
    ),
    (
        "Long flights make up for delays, as pilots fly faster",
        ["For long flights more spare time is planned", "Long flights go to airports with less traffic"],
        ["At full speed a delay shrinks", "Long flights need more fuel"],
    ),
]


@item(
    objective="argue.sure",
    version=1,
    hints=[
        "Suppose that the reason given is false. What could make the numbers look the same all the same?",
        "“Tall trees are old” does not rule out that both grow where nobody cuts them.",
    ],
)
def what_else(draw, _data):
    """Which other things could explain a finding."""
    claim, rivals, (same, aside) = draw.choice(CLAIMS)
    aside2 = draw.choice([c[2][1] for c in CLAIMS if c[0] != claim])
    right = draw.shuffle(rivals)
    wrong = [same, aside, aside2]
    sign = draw.choice(["The numbers fit the claim", "In the data it is so", "A plot shows it clearly"])
    return Question(
        prompt="> {claim}.\n\n{sign}. Which of these could explain the same numbers **another way**? Tick "
        "all.",
        values={"claim": claim, "sign": sign, "right": ". ".join(right)},
        answer=MultipleChoice(right=right, wrong=wrong),
        solution="{right}. If one of these is so, the numbers come out alike though the reason is another.",
        mistakes=[
            Mistake(
                "same-reason",
                [*right, same],
                says="Two are other ways. One that you ticked is the claim's own reason in other words. "
                "Which?",
            ),
            Mistake(
                "beside-the-point",
                [*right, aside],
                says="Two are other ways. One that you ticked may be true, and would not change these "
                "numbers. "
                "Which?",
            ),
            Mistake(
                "one-alone",
                right[:1],
                says="That one is another way. There is a second: what else could come together with both?",
            ),
        ],
    )


@item(
    objective="argue.sure",
    version=1,
    hints=[
        "What has to lose its place so that labels mean nothing, and how much of it?",
        '`sample(frac=1)` gives all values of a column in another order: `trees["kind"].sample(frac=1)`.',
    ],
)
def fill_shuffle(draw, _data):
    """Fill in what shuffles the labels."""
    table, by, value = draw.choice(
        [
            ("days", "fog", "late"),
            ("days", "windy", "late"),
            ("adelies", "dream", "body_mass_g"),
            ("gentoos", "female", "bill_length_mm"),
            ("flights", "friday", "arr_delay"),
            ("seattle", "wet", "wind"),
            ("planes", "old", "seats"),
        ]
    )
    name, seed = draw.choice(["label", "mixed", "chance", "turned"]), draw.integers(1, 99)
    text = (
        f'{name} = {table}["{by}"].___(frac=___, random_state={seed}).to_numpy()\n'
        f'{table}["{value}"][{name}].mean() - {table}["{value}"][~{name}].___()'
    )
    return Question(
        prompt="`{by}` is True or False. Fill in: **all** labels in another order, then the difference of "
        "the "
        "**means** of `{value}` between the two groups that chance has made.",
        values={"by": by, "value": value},
        answer=FillIn(text, ["sample", ["1", "1.0"], "mean"], code=True),
        solution="`sample`, `1`, `mean`: all labels drawn in a new order, then mean less mean.",
        mistakes=[
            Mistake(
                "some-labels",
                ["sample", "0.5", "mean"],
                says="`sample` draws in another order: right. `0.5` draws only half of the labels, though. "
                "Each row wants one.",
            ),
            Mistake(
                "sorted-labels",
                ["sort_values", "1", "mean"],
                says="The means are right. Sorting gives one order, and always the same. What draws another "
                "order by chance?",
            ),
            Mistake(
                "sum-for-mean",
                ["sample", "1", "sum"],
                says="The labels are shuffled: right. A mean less a sum compares nothing, though: what was "
                "worked out for the first group?",
            ),
        ],
    )


@item(
    objective="argue.sure",
    version=1,
    difficulty="hard",
    hints=[
        "What was found, on how much it rests, and what it does not show: a sentence for each.",
        "“In this park oaks are taller, by 3 m; there are 12 of them. Other parks may differ, and the oaks "
        "here "
        "are older.”",
    ],
)
def write_answer(draw, _data):
    """Write an answer with its limits, and compare it with an example."""
    a, b, what = draw.choice(STUDIES)
    few, many, share = draw.integers(30, 80), draw.integers(200, 400), draw.integers(1, 60)
    rival = draw.choice(["the season", "the time of day", "who was measured", "the place"])
    found = f"{what} among {a} than among {b}"
    exemplar = (
        f"In these data, {found}. That rests on {few} and {many} rows, and {share} of 1,000 shuffles came as "
        f"far. It does not show why: {rival} could differ as well."
    )
    criteria = [
        "It says what was found, for which groups.",
        "It says on how many rows it rests, or how often chance does as much.",
        "It names something that the data do not show.",
    ]

    def met(*which):
        return {"text": exemplar, "met": [n in which for n in range(3)]}

    return Question(
        prompt="Suppose that you found: {found}. Rows: {few} and {many}. Of 1,000 shuffles, {share} came as "
        "far. Write the "
        "**answer in two or three sentences**, as strong as this allows.",
        values={"found": found, "few": few, "many": many, "share": share, "exemplar": exemplar},
        answer=FreeText(criteria=criteria, exemplar=exemplar, least=15),
        solution="{exemplar}",
        mistakes=[
            Mistake(
                "no-limits",
                met(0, 1),
                says="What was found is there, and on how much it rests. What could a reader conclude from "
                "it "
                "that the data do not show? Say so in a sentence.",
            ),
            Mistake(
                "no-size",
                met(0, 2),
                says="What was found is there, and what it does not show. How many rows is it, and how often "
                "does chance do as much? One of the two belongs in.",
            ),
        ],
    )
