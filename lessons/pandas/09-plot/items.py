"""Checks of lesson 9: the plot that fits a question, which column on which axis, groups in one, and reading.

Questions are about penguins, flights, Seattle's weather and countries. Hints speak of other tables (trees,
letters), so that none gives an answer away. Plots to be read are small sketches of the same data.
"""

from itertools import pairwise

import numpy as np

from checkers import Choice, FillIn, Matching, MultipleChoice, Number, Ordering, Plot, Text
from courseware.excerpt import distinct, printed
from courseware.items import Mistake, Question, item
from courseware.sketch import axis, bars, boxes, histogram, lines, points

MEASURES = {
    "bill_length_mm": "bill length",
    "bill_depth_mm": "bill depth",
    "flipper_length_mm": "flipper length",
    "body_mass_g": "body mass",
}
UNITS = {"bill_length_mm": "mm", "bill_depth_mm": "mm", "flipper_length_mm": "mm", "body_mass_g": "g"}

SPREAD = [
    "body masses of penguins",
    "flipper lengths of penguins",
    "bill lengths of penguins",
    "arrival delays of flights",
    "distances of flights",
    "highest temperatures of Seattle's days",
    "wind speeds of Seattle's days",
    "life expectancies of 142 countries",
]
PAIR = [
    ("penguins with longer flippers", "weigh more"),
    ("penguins with longer bills", "have deeper bills"),
    ("heavier penguins", "have longer bills"),
    ("flights that leave late", "arrive late"),
    ("flights that go further", "arrive later"),
    ("countries that produce more per person", "have longer lives"),
    ("warmer days in Seattle", "have less wind"),
    ("wetter days in Seattle", "have more wind"),
]
TIME = [
    "the life expectancy in {}",
    "the population of {}",
    "what is produced per person in {}",
]
COUNTRIES = ["Chile", "Kenya", "India", "Norway", "Brazil", "Ghana", "Japan", "Peru", "Egypt", "Vietnam"]
GROUPS = [
    ("airline", "arrives latest on average"),
    ("airline", "has the most flights"),
    ("airport of New York", "has the largest share of late flights"),
    ("island", "has the most penguins"),
    ("species of penguin", "has the longest flippers on average"),
    ("continent", "had the largest population in 2007"),
    ("kind of weather", "is the most frequent in Seattle"),
]


def asked(draw, kind):
    """A question of this kind: about spread, a pair of columns, time, or groups."""
    if kind == "spread":
        what = draw.choice(SPREAD)
        return draw.choice(
            [f"Which {what} are frequent, and which are rare?", f"How far apart lie the {what}?"]
        )
    if kind == "pair":
        who, does = draw.choice(PAIR)
        return draw.choice([f"Do {who} {does}?", f"Do {who} tend to {does}?"])
    if kind == "time":
        first, last = draw.choice([(1952, 2007), (1962, 2002), (1957, 1997)])
        what = draw.choice(TIME).format(draw.choice(COUNTRIES))
        return f"How did {what} change from {first} to {last}?"
    who, does = draw.choice(GROUPS)
    return f"Which {who} {does}?"


KINDS = ["spread", "pair", "time", "groups"]
PLOT_OF = {
    "spread": "a histogram: how many values fall into each range",
    "pair": "points: a column on each axis, a point for each row",
    "time": "a line: time below, one value after the other",
    "groups": "bars: one for each group, as long as its number",
}
SHORT = {"spread": "histogram", "pair": "points", "time": "line", "groups": "bars"}
SHOWS = {
    "spread": "A histogram shows how the values of one column lie.",
    "pair": "Points show whether two columns go together.",
    "time": "A line leads the eye from one value on to the next.",
    "groups": "Bars compare one number from group to group.",
}
NEEDS = {
    "spread": "asks how the values of one column lie",
    "pair": "asks whether two columns go together, row by row",
    "time": "asks how one number went on through time",
    "groups": "compares groups with each other",
}


def whole(data, columns, species=None):
    """The penguins without gaps in these columns, of one species if it is named."""
    table = data.frame("penguins").dropna(subset=list(columns))
    return table if species is None else table[table["species"] == species]


def few(draw, data, columns, count):
    """So many penguins without gaps, drawn, with these columns, labelled anew."""
    table = whole(data, columns)
    return table.iloc[sorted(draw.sample(range(len(table)), count))][columns].reset_index(drop=True)


# ---------------------------------------------------------------- plot.choose


@item(
    objective="plot.choose",
    version=2,
    difficulty="easy",
    hints=[
        "What does the question want to know of: one column, two columns together, a course of time, or "
        "groups?",
        "“Do tall trees grow old?” asks of each tree two numbers, its height and its age: points, one for "
        "each tree.",
    ],
)
def plot_for_question(draw, _data):
    """Which plot answers a question."""
    kind = draw.choice(KINDS)
    rest = [k for k in KINDS if k != kind]
    return Question(
        prompt=draw.choice(
            [
                "Which plot answers this?",
                "You want to know this. Which plot do you draw?",
                "Which plot shows this?",
            ]
        )
        + "\n\n> {question}",
        values={"question": asked(draw, kind), "needs": NEEDS[kind], "plot": PLOT_OF[kind]},
        answer=Choice(right=PLOT_OF[kind], wrong=[PLOT_OF[k] for k in rest]),
        solution="{plot}. The question {needs}.",
        mistakes=[
            Mistake(
                SHORT[k],
                PLOT_OF[k],
                says=f"{SHOWS[k]} The question {{needs}}, though. In which plot would you see that?",
            )
            for k in rest
        ],
    )


@item(
    objective="plot.choose",
    version=1,
    hints=[
        "Sort the questions first: which is about time, which about two columns of the same row?",
        "Of trees: “Which heights are frequent?” is about one column, a histogram. “Which kind is the "
        "tallest?” compares kinds: bars.",
    ],
)
def match_questions(draw, _data):
    """Match four questions with the plots that answer them."""
    pairs = {asked(draw, kind): SHORT[kind] for kind in KINDS}
    spread, pair, time, groups = pairs
    told = "; ".join(f"{question} {plot}" for question, plot in pairs.items())
    return Question(
        prompt="Which plot answers which question?",
        values={"told": told},
        answer=Matching(pairs),
        solution="{told}.",
        mistakes=[
            Mistake(
                "bars-and-histogram",
                {**pairs, spread: "bars", groups: "histogram"},
                says="Line and points fit. Bars and histogram look alike, and differ in what stands "
                "below: names of groups, or stretches of one column's values. Which question has groups?",
            ),
            Mistake(
                "line-and-points",
                {**pairs, pair: "line", time: "points"},
                says="Bars and histogram fit. A line joins values that follow each other. In which of the "
                "other two questions does one value follow the other?",
            ),
        ],
    )


def scene(draw, data):
    """A measure of penguins, and for each kind of question a sketch and the question itself."""
    main, other = draw.sample(list(MEASURES), 2)
    by = draw.choice(["species", "island"])
    table = whole(data, [main, other], draw.choice(["Adelie", None]) if by == "island" else None)
    name, name2, unit = MEASURES[main], MEASURES[other], UNITS[main]
    drawn = table.iloc[sorted(draw.sample(range(len(table)), 40))]

    def spread():
        edges = axis(table[main].tolist()).ticks
        counts = np.histogram(table[main], bins=edges)[0].tolist()
        told = f"A histogram of the {name} in {unit}."
        return histogram(edges, counts, what=f"{name} in {unit}", told=told)

    def pair():
        return points(
            drawn[other].tolist(),
            drawn[main].tolist(),
            across_what=f"{name2} in {UNITS[other]}",
            up_what=f"{name} in {unit}",
            told=f"Points, with the {name2} on the x axis and the {name} on the y axis.",
        )

    def time():
        mean = table.groupby("year")[main].mean()
        return lines(
            [str(year) for year in mean.index],
            {"": mean.tolist()},
            what=f"mean {name} in {unit}",
            told=f"A line through the mean {name} of 2007, 2008 and 2009.",
        )

    def groups():
        mean = table.groupby(by)[main].mean()
        return bars(
            mean.to_dict(), what=f"mean {name} in {unit}", told=f"Bars: the mean {name} of each {by}."
        )

    sketches = {"spread": spread, "pair": pair, "time": time, "groups": groups}
    questions = {
        "spread": draw.choice(
            [
                f"Which values of the {name} are frequent?",
                f"Do the values of the {name} pile up in one place?",
            ]
        ),
        "pair": f"Do penguins with a larger {name2} have a larger {name}?",
        "time": f"Did the mean {name} change from 2007 to 2009?",
        "groups": f"On which island is the mean {name} the largest?"
        if by == "island"
        else f"Which species has the largest mean {name}?",
    }
    return sketches, questions


@item(
    objective="plot.choose",
    version=1,
    hints=[
        "What stands below: names, stretches of values, years, or a second column?",
        "A plot with years below and the number of letters above answers how the number of letters changed.",
    ],
)
def question_of_plot(draw, data):
    """Which question a plot answers."""
    sketches, questions = scene(draw, data)
    kind = draw.choice(KINDS)
    rest = [k for k in KINDS if k != kind]
    below = {
        "spread": "stretches of one column's values",
        "pair": "a second column",
        "time": "years",
        "groups": "names of groups",
    }
    return Question(
        prompt="Which question does this plot answer?\n\n" + sketches[kind](),
        values={"below": below[kind], "right": questions[kind]},
        answer=Choice(right=questions[kind], wrong=[questions[k] for k in rest]),
        solution="{right} Below stand {below}." if kind != "pair" else "{right} Below stands {below}.",
        mistakes=[
            Mistake(
                f"asks-for-{SHORT[k]}",
                questions[k],
                says=f"It is about the same penguins. That question would want {below[k]} below, though. "
                "What stands there?",
            )
            for k in rest
        ],
    )


@item(
    objective="plot.choose",
    version=1,
    difficulty="easy",
    hints=[
        "Look at what stands before `.plot`: single values of a column, a number for each group, or a "
        "number for each year?",
        'The heights of all trees, one by one: `trees["height"].plot.hist()`.',
    ],
)
def fill_kind(draw, _data):
    """Fill in the method that draws what a question asks for."""
    kind = draw.choice(["spread", "groups", "time"])
    table, column, by = draw.choice(
        [("penguins", c, g) for c in MEASURES for g in ("species", "island")]
        + [("flights", c, g) for c in ("arr_delay", "dep_delay", "air_time") for g in ("carrier", "origin")]
        + [("seattle", c, "weather") for c in ("temp_max", "temp_min", "wind")]
    )
    start = draw.choice([table, "some", "large", "kept"])
    if kind == "spread":
        text, right = f'{start}["{column}"].plot.___()', "hist"
        question = f"Which values of {column} are frequent, and which are rare?"
    elif kind == "groups":
        method = draw.choice(["mean", "median", "max"])
        text, right = f'{start}.groupby("{by}")["{column}"].{method}().plot.___()', "bar"
        question = f"Which {by} has the largest {method} of {column}?"
    else:
        country, measure = (
            draw.choice(COUNTRIES).lower(),
            draw.choice(["life_exp", "population", "gdp_per_person"]),
        )
        text, right = f'{country}.set_index("year")["{measure}"].plot.___()', "line"
        question = f"How did {measure} change from year to year?"
    says = {
        "bar": "Bars are for one number for each *group*. Here {stands}. Which method draws those?",
        "hist": "A histogram counts how many values fall into each range. Here {stands}. What compares or "
        "joins these?",
        "line": "A line joins values that follow each other. Here {stands}, in no such order. Which method "
        "fits?",
    }
    stands = {
        "hist": "stands before `.plot` a column with a value for each row",
        "bar": "stands before `.plot` one number for each group",
        "line": "stands before `.plot` one number for each year, and time goes on",
    }[right]
    return Question(
        prompt="Fill in which plot is drawn, for the question: **{question}**",
        values={"question": question, "right": right},
        answer=FillIn(text, [["bar", "barh"] if right == "bar" else right], code=True),
        solution="`.plot.{right}()`: "
        + {"hist": "one column, its values counted by ranges.", "bar": "one bar for each group."}.get(
            right, "one value after the other in time."
        ),
        mistakes=[
            Mistake(f"drew-{name}", [name], says=text.replace("{stands}", stands))
            for name, text in says.items()
            if name != right
        ],
    )


@item(
    objective="plot.choose",
    version=1,
    hints=[
        "Go through them one by one: does it ask about one column, two columns, groups, or time?",
        "“Do old trees have thick trunks?” calls for points, “Which kind of tree is the tallest?” for bars.",
    ],
)
def questions_for_plot(draw, _data):
    """Which of some questions call for a plot of one kind."""
    kind = draw.choice(["spread", "pair", "groups"])
    right = []
    while len(right) < 2:
        question = asked(draw, kind)
        if question not in right:
            right.append(question)
    rest = [k for k in KINDS if k != kind]
    wrong = {k: asked(draw, k) for k in rest}
    plot = {"spread": "a histogram", "pair": "a plot of points", "groups": "bars"}[kind]
    return Question(
        prompt="Which of these questions call for **{plot}**? Tick all.",
        values={"plot": plot, "right": " ".join(right), "needs": NEEDS[kind]},
        answer=MultipleChoice(right=right, wrong=[*wrong.values()]),
        solution="{right} Each of them {needs}.",
        mistakes=[
            *(
                Mistake(
                    f"{SHORT[k]}-too",
                    [*right, wrong[k]],
                    says=f"The others fit. One question that you ticked {NEEDS[k]}. Which one, and what "
                    "would show that?",
                )
                for k in rest[:2]
            ),
            Mistake(
                "one-alone",
                right[:1],
                says="That one fits. Another question here asks for the same kind of thing. Which one?",
            ),
        ],
    )


@item(
    objective="plot.choose",
    version=1,
    hints=[
        "One column, its values counted by ranges: which method behind `.plot.` does that?",
        "How many bars there are is said in the brackets, by `bins`.",
        'Heights of trees in 12 ranges: `trees["height"].plot.hist(bins=12)`.',
    ],
)
def draw_spread(draw, data):
    """Write the code that draws how the values of a column lie."""
    column, count = draw.choice(list(MEASURES)), draw.integers(24, 36)
    some = few(draw, data, [column, "species"], count)
    ranges = draw.choice([5, 6, 8, 12])
    code = f'some["{column}"].plot.hist(bins={ranges})'
    return Question(
        prompt="The table `some` holds {count} penguins. Draw **which values of `{column}` are frequent and "
        "which are rare**, in {bins} ranges.",
        values={"count": count, "column": column, "bins": ranges, "code": code},
        given={"some": some},
        answer=Plot(code),
        right=code,
        solution="```python\n{code}\n```\n\nA bar for each of {bins} ranges, as high as the number of "
        "penguins in it.",
        mistakes=[
            Mistake(
                "row-by-row",
                f'some["{column}"].plot.line()',
                says="The column is right. You joined the penguins' values in the order of the rows, though, "
                "which means nothing. Which plot counts how many fall into each range?",
            ),
            Mistake(
                "ranges-left-out",
                f'some["{column}"].plot.hist()',
                says="A histogram of the right column. Without `bins` pandas takes 10 ranges, though, and "
                "{bins} are asked for.",
            ),
        ],
    )


# ------------------------------------------------------------------ plot.draw


@item(
    objective="plot.draw",
    version=1,
    hints=[
        "Points with a column on each axis: which method behind `.plot.`? Name both columns in its brackets.",
        'Trees, the age below and the height up: `trees.plot.scatter(x="age", y="height")`.',
    ],
)
def draw_points(draw, data):
    """Write the code that draws a point for each row, with the right column on each axis."""
    x, y, other = draw.sample(list(MEASURES), 3)
    count = draw.integers(15, 30)
    some = few(draw, data, [x, y, other], count)
    code = 'some.plot.scatter(x="{}", y="{}")'.format
    return Question(
        prompt="The table `some` holds {count} penguins. Draw a **point for each**, with `{x}` on the x axis "
        "and `{y}` on the y axis.",
        values={"count": count, "x": x, "y": y, "code": code(x, y)},
        given={"some": some},
        answer=Plot(code(x, y)),
        right=code(x, y),
        solution="```python\n{code}\n```\n\n`x` goes across, `y` goes up.",
        mistakes=[
            Mistake(
                "exchanged",
                code(y, x),
                says="Points of the right two columns. They changed places, though: which of the two goes "
                "across, on the x axis?",
            ),
            Mistake(
                "joined",
                f'some.plot.line(x="{x}", y="{y}")',
                says="The columns are on the right axes. You joined the penguins by a line, though, in the "
                "order of the table, which means nothing. Which method draws points?",
            ),
        ],
    )


TITLES = [
    f"{who} of {where}"
    for who in (
        "Penguins",
        "Some penguins",
        "A few birds",
        "Adult penguins",
        "Measures of penguins",
        "The birds",
    )
    for where in ("Palmer Archipelago", "Antarctica", "three islands", "2007 to 2009")
]


@item(
    objective="plot.draw",
    version=1,
    hints=[
        "The first line draws, and gives its axes a name: `ax`. What writes a text beside an axis?",
        "Each has a method that begins with `set_`: for the x axis, for the y axis, for the title.",
        'Of trees: `ax.set(xlabel="age in years", ylabel="height in m", title="Trees")`.',
    ],
)
def label_axes(draw, data):
    """Write the lines that label both axes and give a title."""
    x, y = draw.sample(list(MEASURES), 2)
    some = few(draw, data, [x, y], draw.integers(8, 15))
    title = draw.choice(TITLES)
    below, above = (f"{MEASURES[c]} in {UNITS[c]}" for c in (x, y))
    first = f'ax = some.plot.scatter(x="{x}", y="{y}")'

    def code(below, above, title):
        last = f'\nax.set_title("{title}")' if title else ""
        return f'{first}\nax.set_xlabel("{below}")\nax.set_ylabel("{above}"){last}'

    return Question(
        prompt="Below, a plot is drawn. Label the x axis **{below}** and the y axis **{above}**, and give it "
        "the title **{title}**.",
        values={"below": below, "above": above, "title": title, "code": code(below, above, title)},
        given={"some": some},
        starter=f"{first}\n",
        answer=Plot(code(below, above, title), looks=["labels", "title"]),
        right=code(below, above, title),
        solution="```python\n{code}\n```\n\nThree methods of the axes, each with a text.",
        mistakes=[
            Mistake(
                "labels-exchanged",
                code(above, below, title),
                says="Points and title are right. The labels of the axes changed places, though: the x axis "
                "lies below. Which column is there?",
            ),
            Mistake(
                "no-title",
                code(below, above, ""),
                says="Both axes say what they show, with its unit. Without a title one does not know what "
                "the plot is about: which method gives it one?",
            ),
        ],
    )


@item(
    objective="plot.draw",
    version=2,
    difficulty="easy",
    hints=[
        "What is asked about goes up, what it may depend on goes across. Which is which?",
        "“Does a tree's height depend on its age?”: the age goes across (x), the height goes up (y).",
    ],
)
def axis_of_question(draw, _data):
    """Which line puts the columns of a question on the axes where people expect them."""
    table, x, y = draw.choice(
        [("penguins", a, b) for a in MEASURES for b in MEASURES if a != b]
        + [
            ("flights", "distance", "air_time"),
            ("flights", "dep_delay", "arr_delay"),
            ("flights", "hour", "arr_delay"),
            ("gapminder", "gdp_per_person", "life_exp"),
            ("seattle", "wind", "temp_max"),
        ]
    )
    wording = draw.choice(
        [
            "Does `{y}` depend on `{x}`?",
            "Is `{y}` larger where `{x}` is larger?",
            "What becomes of `{y}` as `{x}` grows?",
        ]
    )
    right = f'`{table}.plot.scatter(x="{x}", y="{y}")`'
    wrong = [
        Mistake(
            "exchanged",
            f'`{table}.plot.scatter(x="{y}", y="{x}")`',
            says="Points of these two columns: right. People look for what a question is *about* on the axis "
            "that goes up, though. Which column is that here?",
        ),
        Mistake(
            "one-twice",
            f'`{table}.plot.scatter(x="{x}", y="{x}")`',
            says="Points are right. Both axes show `{x}` here, so all of them lie on one slope. Where does "
            "the other column go?",
        ),
        Mistake(
            "two-spreads",
            f'`{table}[["{x}", "{y}"]].plot.hist()`',
            says="Both columns are there. A histogram shows each of them by itself, though, and not which "
            "values belong to the same row. What does?",
        ),
        Mistake(
            "joined",
            f'`{table}.plot.line(x="{x}", y="{y}")`',
            says="The axes are right. A line would join the rows in the order of the table, though, to and "
            "fro. What shows each row by itself?",
        ),
    ]
    shown = [wrong[0], *draw.sample(wrong[1:], 2)]
    return Question(
        prompt=f"{wording} Which line draws it so that people find on each axis what they expect?",
        values={"x": x, "y": y},
        answer=Choice(right=right, wrong=[m.response for m in shown]),
        solution=f"{right}: what the question is about goes up, what it may depend on goes across.",
        mistakes=shown,
    )


@item(
    objective="plot.draw",
    version=2,
    hints=[
        "What has to exist before anything can be drawn? And before a title can be given?",
        "For trees: keep the rows, draw and give the axes a name, then write on those axes.",
    ],
)
def lines_of_plot(draw, _data):
    """Put reading, keeping, drawing and labelling in order; one line does not belong."""
    column, value = draw.choice(
        [("species", s) for s in ("Adelie", "Gentoo", "Chinstrap")]
        + [("island", s) for s in ("Dream", "Biscoe", "Torgersen")]
    )
    x, y = draw.sample(list(MEASURES), 2)
    read = 'penguins = pd.read_csv("data/penguins.csv")'
    kept = draw.choice(["some", "part", "chosen"])
    keep = f'{kept} = penguins[penguins["{column}"] == "{value}"]'
    make = f'ax = {kept}.plot.scatter(x="{x}", y="{y}")'
    name = f'ax.set_title("Penguins: {value}")'
    odd = f'{kept}.plot.scatter(x="{x}", y="{y}")'
    return Question(
        prompt="Put the lines in order, so that the last one gives the plot of the penguins of **{value}** "
        "its title. One line does not belong.",
        values={"value": value, "kept": kept, "read": read, "keep": keep, "make": make, "name": name},
        answer=Ordering([read, keep, make, name], distractors=[odd], indent=False),
        solution="```python\n{read}\n{keep}\n{make}\n{name}\n```\n\nThe drawing gives axes, and `ax` is "
        "their name in the last line.",
        mistakes=[
            Mistake(
                "no-name",
                [read, keep, odd, name],
                says="The order is right. The last line writes on `ax`, though, and nothing has that name "
                "yet. Which of the two lines that draw gives it?",
            ),
            Mistake(
                "drawn-before-kept",
                [read, make, keep, name],
                says="Read first, title last: right. The plot is drawn from `{kept}`, though. Which line "
                "makes "
                "that table?",
            ),
        ],
    )


@item(
    objective="plot.draw",
    version=1,
    difficulty="easy",
    hints=[
        "Methods that write on axes begin with `set_`. Then: which axis, or the whole?",
        '`ax.set_xlabel("age in years")` writes below the plot of trees.',
    ],
)
def fill_labels(draw, _data):
    """Fill in the methods that write on a plot."""
    x, y = draw.sample(list(MEASURES), 2)
    table, title = draw.choice(["penguins", "some", "adelie", "dream"]), draw.choice(TITLES)
    right = ["set_xlabel", "set_ylabel", "set_title"]
    text = (
        f'ax = {table}.plot.scatter(x="{x}", y="{y}")\n'
        f'ax.___("{MEASURES[x]} in {UNITS[x]}")\nax.___("{MEASURES[y]} in {UNITS[y]}")\nax.___("{title}")'
    )
    return Question(
        prompt="Fill in what writes each text where it belongs: beside the axis that shows it, or above.",
        values={},
        answer=FillIn(text, right, code=True),
        solution="`set_xlabel`, `set_ylabel`, `set_title`: across, up, and above it all.",
        mistakes=[
            Mistake(
                "axes-exchanged",
                ["set_ylabel", "set_xlabel", "set_title"],
                says="The title is right. Look at what is drawn on which axis in the first line: which "
                "column goes across, on x?",
            ),
            Mistake(
                "without-set",
                ["xlabel", "ylabel", "title"],
                says="The words are right. Axes have them with something in front: `plt.title` has none, "
                "and `ax` wants the verb. Which one?",
            ),
        ],
    )


@item(
    objective="plot.draw",
    version=1,
    hints=[
        "`x` says how far to the right a point stands, `y` how far up. Which column is which here?",
        'In `trees.plot.scatter(x="age", y="height")`, a tree of 40 years and 12 m: 40 across, 12 up.',
    ],
)
def place_of_point(draw, data):
    """Where in a plot the point of a row stands."""
    x, y = draw.sample(list(MEASURES), 2)
    table = few(draw, data, [*MEASURES], 4)[draw.shuffle(list(MEASURES))]
    label, across = draw.integers(0, 3), draw.choice([True, False])
    column, other = (x, y) if across else (y, x)
    right, turned = float(table[column][label]), float(table[other][label])
    third = next(c for c in MEASURES if c not in (x, y))
    return Question(
        prompt='This is `some`:\n\n```text\n{table}\n```\n\n`some.plot.scatter(x="{x}", y="{y}")` draws a '
        "point for each row. How far **{way}** stands the point of the row labelled {label}? Read it off "
        "the axis in your mind.",
        values={
            "table": printed(table),
            "x": x,
            "y": y,
            "way": "to the right" if across else "up",
            "label": label,
            "right": right,
            "column": column,
            "axis": "x" if across else "y",
            "other": other,
        },
        answer=Number(right),
        solution="{right}: the {axis} axis shows `{column}`.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "other-axis",
                    turned,
                    says="That is this row's `{other}`, which goes the other way. Which column shows how far "
                    "{way} a point stands?",
                ),
                Mistake(
                    "other-column",
                    float(table[third][label]),
                    says="The row is right. That column is not in the plot, though: which one does the line "
                    "name for this axis?",
                ),
                Mistake(
                    "other-row",
                    float(table[column][(label + 1) % 4]),
                    says="The column is right. Look at the labels at the left: which row is number {label}?",
                ),
            ],
        ),
    )


# ---------------------------------------------------------------- plot.groups


@item(
    objective="plot.groups",
    version=1,
    hints=[
        "First one number for each group, as in lesson 5. Then an order. Then bars.",
        "`sort_values` puts the numbers in order before they are drawn.",
        'Kinds of trees, by height: `trees.groupby("kind")["height"].mean().sort_values().plot.bar()`.',
    ],
)
def bars_of_groups(draw, data):
    """Write the code that draws one bar for each group, the shortest first."""
    while True:
        by, column = draw.choice(["species", "island"]), draw.choice(list(MEASURES))
        method = draw.choice(["mean", "median", "max"])
        some = few(draw, data, [by, column], draw.integers(30, 50))
        numbers = some.groupby(by)[column].agg(method)
        if len(numbers) == 3 and numbers.is_unique and not numbers.is_monotonic_increasing:
            break
    code = f'some.groupby("{by}")["{column}"].{method}().sort_values().plot.bar()'
    word = {"mean": "mean", "median": "median", "max": "largest"}[method]
    return Question(
        prompt="The table `some` holds {count} penguins. Draw a bar for **the {word} `{column}` of each "
        "{by}**, from the shortest bar to the longest.",
        values={"count": len(some), "word": word, "column": column, "by": by, "code": code},
        given={"some": some},
        answer=Plot(code, looks=["order"]),
        right=code,
        solution="```python\n{code}\n```\n\nGroups, a number for each, sorted, drawn.",
        mistakes=[
            Mistake(
                "not-sorted",
                code.replace(".sort_values()", ""),
                says="The bars are right. They stand in the order of the alphabet, though, so the eye has to "
                "search. Which method orders the numbers before they are drawn?",
            ),
            Mistake(
                "counted",
                code.replace(f".{method}()", ".count()"),
                says="A bar for each {by}: right. These show how many penguins there are, though. Which "
                "method gives the {word} `{column}`?",
            ),
        ],
    )


@item(
    objective="plot.groups",
    version=1,
    difficulty="hard",
    hints=[
        "`plot.line` draws a line for each *column*. So each country has to become a column, the years the "
        "labels: which step of lesson 7 does that?",
        "`pivot` says what becomes the labels (`index`), what the columns, and what stands in the fields.",
        'Pages of letters: `letters.pivot(index="year", columns="writer", values="pages").plot.line()`.',
    ],
)
def lines_of_groups(draw, data):
    """Write the code that draws a line for each country."""
    countries = sorted(draw.sample(COUNTRIES, draw.choice([2, 3])))
    column = draw.choice(["life_exp", "population", "gdp_per_person"])
    first = draw.choice([1952, 1962, 1972])
    table = data.frame("gapminder")
    some = table[table["country"].isin(countries) & (table["year"] >= first)]
    some = some[["country", "year", column]].reset_index(drop=True)
    code = 'some.pivot(index="{}", columns="{}", values="{}").plot.line()'.format
    return Question(
        prompt="The long table `some` holds `country`, `year` and `{column}` of {countries}, from {first} to "
        "2007. Draw **a line for each country**, with the years on the x axis.",
        values={
            "column": column,
            "countries": " and ".join([", ".join(countries[:-1]), countries[-1]]),
            "first": first,
            "code": code("year", "country", column),
        },
        given={"some": some},
        answer=Plot(code("year", "country", column)),
        right=code("year", "country", column),
        solution="```python\n{code}\n```\n\nWide first: a column for each country. Then a line for each "
        "column.",
        mistakes=[
            Mistake(
                "one-for-all",
                f'some.plot.line(x="year", y="{column}")',
                says="Columns and axes are right. All countries are in one line, though, which jumps back "
                "from 2007 to {first}. What makes a column of each country first?",
            ),
            Mistake(
                "turned",
                code("country", "year", column),
                says="Made wide, then drawn: right. Now there is a line for each *year*, across the "
                "countries. What becomes the labels, and what the columns?",
            ),
        ],
    )


@item(
    objective="plot.groups",
    version=1,
    difficulty="easy",
    hints=[
        "`plot.bar` makes a place on the x axis for each row, and in it a bar for each column.",
        "A table of 7 rows and 11 columns: 7 places with 11 bars each, 77 bars, in 11 colours.",
    ],
)
def bars_there_are(draw, data):
    """How many places, bars or colours a plot of a wide table has."""
    while True:
        names = sorted(draw.sample(COUNTRIES, draw.integers(2, 5)))
        years = sorted(draw.sample(range(1952, 2008, 5), draw.integers(2, 5)))
        if len(names) != len(years):
            break
    table = data.frame("gapminder")
    mine = table[table["country"].isin(names) & table["year"].isin(years)]
    wide = mine.pivot(index="country", columns="year", values="life_exp").reset_index()
    if draw.choice([True, False]):
        wide = mine.pivot(index="year", columns="country", values="life_exp").reset_index()
    rows, columns = wide.shape[0], wide.shape[1] - 1
    what = draw.choice(["bars", "places on the x axis", "colours"])
    numbers = {"bars": rows * columns, "places on the x axis": rows, "colours": columns}
    right = numbers[what]
    says = {
        "bars": "So many bars there are in all. Asked are the {what}: how do the bars stand together?",
        "places on the x axis": "So many rows there are, each with a place on the x axis. Asked are the "
        "{what}: what does each row bring?",
        "colours": "So many columns there are, each with a colour of its own. Asked are the {what}: what "
        "of the rows?",
    }
    return Question(
        prompt='This is `wide`:\n\n```text\n{table}\n```\n\n`wide.plot.bar(x="{first}")` draws it. How many '
        "**{what}** are there?",
        values={
            "table": printed(wide, labels=False),
            "first": wide.columns[0],
            "what": what,
            "rows": rows,
            "columns": columns,
            "right": right,
        },
        answer=Number(right),
        solution="{right}: {rows} rows, so {rows} places; {columns} columns beside `{first}`, so {columns} "
        "colours; a bar for each pair.",
        mistakes=distinct(
            right,
            [
                Mistake(f"counted-{name.split()[0]}", numbers[name], says=says[name])
                for name in numbers
                if name != what
            ],
        ),
    )


@item(
    objective="plot.groups",
    version=1,
    hints=[
        "After `pivot`, the labels of the rows go to the x axis, each column becomes a line, and the fields "
        "say how high it runs.",
        'In `letters.pivot(index="decade", columns="writer", values="pages").plot.line()`, writers become '
        "lines.",
    ],
)
def role_of_column(draw, _data):
    """Which column of a long table goes where in a plot of its wide form."""
    table, (time, group, value) = draw.choice(
        [
            ("gapminder", ("year", "country", "life_exp")),
            ("gapminder", ("year", "continent", "population")),
            ("gapminder", ("year", "country", "gdp_per_person")),
            ("flights", ("month", "origin", "arr_delay")),
            ("flights", ("hour", "carrier", "dep_delay")),
            ("penguins", ("year", "species", "body_mass_g")),
            ("penguins", ("year", "island", "bill_length_mm")),
            ("weather", ("month", "origin", "temp")),
        ]
    )
    if draw.choice([True, False]):
        time, group = group, time
    method = draw.choice(["mean", "median", "max"])
    roles = {
        "stands on the x axis": time,
        "gives each line its name": group,
        "says how high a line runs": value,
    }
    role = draw.choice(list(roles))
    one, two = (name for name in roles if name != role)
    line = (
        f'{table}.pivot_table(index="{time}", columns="{group}", values="{value}", aggfunc="{method}")'
        ".plot.line()"
    )
    return Question(
        prompt="```python\n{line}\n```\n\nWhich column of `{table}` **{role}**?",
        values={"line": line, "table": table, "role": role, "right": roles[role], "index": time},
        answer=Text(roles[role], case=True, spelling=False),
        solution="{right}. `index` goes across, `columns` become lines, `values` go up.",
        mistakes=[
            Mistake(
                key,
                roles[other],
                says=f"That column is in the plot: it {other}. Asked is what {{role}}. What do `index`, "
                "`columns` and `values` each become?",
            )
            for key, other in (("one-role", one), ("another-role", two))
        ],
    )


@item(
    objective="plot.groups",
    version=1,
    hints=[
        "What makes the groups stands in the round brackets, what is looked at in the square ones.",
        'The median height of each kind of tree: `trees.groupby("kind")["height"].median().plot.bar()`.',
    ],
)
def fill_group_plot(draw, _data):
    """Fill in what a plot of groups is made of."""
    table, by, column = draw.choice(
        [("penguins", g, c) for c in MEASURES for g in ("species", "island")]
        + [("flights", g, c) for g in ("carrier", "origin", "dest") for c in ("arr_delay", "air_time")]
        + [("seattle", "weather", c) for c in ("temp_max", "wind")]
    )
    method, other = draw.choice([("mean", "median"), ("median", "mean"), ("max", "sum"), ("min", "max")])
    word = {"mean": "mean", "median": "median", "max": "largest", "min": "smallest"}[method]
    right = [f'"{by}"', f'"{column}"', method]
    table = draw.choice([table, "some", "large", "kept"])
    return Question(
        prompt="Fill in, for a bar of the **{word} `{column}`** of each **`{by}`**.",
        values={"word": word, "column": column, "by": by, "method": method, "other": other},
        answer=FillIn(f"{table}.groupby(___)[___].___().plot.bar()", right, code=True),
        solution='`groupby("{by}")["{column}"].{method}()`: first what makes the groups, then what is looked '
        "at, then what is worked out.",
        mistakes=[
            Mistake(
                "columns-exchanged",
                [right[1], right[0], method],
                says="The method is right. The columns changed places, though: which of them makes the "
                "groups, a bar for each of its labels?",
            ),
            Mistake(
                "other-method",
                [right[0], right[1], other],
                says="The columns are right. `{other}` is another number, though: which method gives the "
                "{word}?",
            ),
        ],
    )


@item(
    objective="plot.groups",
    version=2,
    hints=[
        "For each group you want to see more than one number: where its middle lies, and how far it reaches.",
        'Trees: `trees.plot.box(column="height", by="kind")` draws a box for each kind.',
    ],
)
def spread_of_groups(draw, _data):
    """Which line draws the spread of each group."""
    table, by, column = draw.choice(
        [("penguins", g, c) for c in MEASURES for g in ("species", "island")]
        + [("flights", g, c) for g in ("carrier", "origin") for c in ("arr_delay", "air_time")]
        + [("seattle", "weather", c) for c in ("temp_max", "wind")]
    )
    right = f'`{table}.plot.box(column="{column}", by="{by}")`'
    wrong = [
        Mistake(
            "one-number",
            f'`{table}.groupby("{by}")["{column}"].mean().plot.bar()`',
            says="A bar for each {by}: the groups can be compared. It shows their means alone, though. What "
            "shows where half of the values lie?",
        ),
        Mistake(
            "all-together",
            f'`{table}["{column}"].plot.hist()`',
            says="A histogram shows spread: right. Here all rows are in it together, though. What tells the "
            "groups apart?",
        ),
        Mistake(
            "how-many",
            f'`{table}["{by}"].value_counts().plot.bar()`',
            says="A bar for each {by}, as long as its number of rows. Where in it is `{column}`?",
        ),
        Mistake(
            "no-groups",
            f'`{table}.plot.box(column="{column}")`',
            says="A box shows spread: right. This is one box for all rows, though. What says by which column "
            "they are told apart?",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt=draw.choice(
            [
                "Which line shows, for each `{by}`, **where the values of `{column}` lie and how far they "
                "spread**?",
                "You want to see how far the values of `{column}` spread **within each `{by}`**. Which line "
                "draws that?",
                "`{column}`, one `{by}` beside the other: which line shows **the middle and the spread** of "
                "each?",
            ]
        ),
        values={"by": by, "column": column},
        answer=Choice(right=right, wrong=[m.response for m in shown]),
        solution=f"{right}: a box for each group, from quartile to quartile, with the median in it.",
        mistakes=shown,
    )


# ------------------------------------------------------------------ plot.read


DAYS = {2012: (0, 366), 2013: (366, 731), 2014: (731, 1096), 2015: (1096, 1461)}


def measured(draw, data):
    """Names with a number each, and what the numbers are."""
    kind = draw.choice(["penguins", "countries", "weather"])
    if kind == "penguins":
        table, by = data.frame("penguins"), draw.choice(["species", "island"])
        sex = draw.choice(["female", "male"])
        years = sorted(draw.sample([2007, 2008, 2009], draw.choice([1, 2])))
        mine = table[by][(table["sex"] == sex) & table["year"].isin(years)]
        return mine.value_counts().to_dict(), f"{sex} penguins of {' and '.join(map(str, years))}"
    if kind == "countries":
        table, year = data.frame("gapminder"), draw.choice(range(1952, 2008, 5))
        mine = table[table["year"] == year].set_index("country")["life_exp"]
        names = draw.sample(COUNTRIES, 4)
        return {name: float(mine[name]) for name in names}, f"life expectancy in {year}, in years"
    year = draw.choice(list(DAYS))
    counts = data.frame("seattle")["weather"].iloc[slice(*DAYS[year])].value_counts()
    return counts.drop("snow", errors="ignore").to_dict(), f"days of {year} in Seattle"


@item(
    objective="plot.read",
    version=1,
    difficulty="easy",
    hints=[
        "Go from the top of each bar straight to the left: which number does the axis have there?",
        "One bar ends at 30, the other half-way between 20 and 30: the difference is about 5.",
    ],
)
def difference_of_bars(draw, data):
    """By how much one bar is longer than another."""
    marks = None
    while True:
        heights, what = measured(draw, data)
        step = axis([*heights.values()], low=0).step
        for _ in range(6):
            more, less = draw.sample(list(heights), 2)
            right, one, near = round(heights[more] - heights[less], 2), round(heights[more], 2), 0.4 * step
            if right > near and one - right > 2 * near:
                break
        else:
            continue
        # Where the axis counts single units, lines counted and the difference read off come to the same.
        if all(abs(right / step - other) > 2 * near for other in (right, one)):
            marks = round(right / step, 2)
        break
    told = "Bars, " + what + ": " + ", ".join(f"{n} {v:,.4g}" for n, v in heights.items()) + "."
    mistakes = [
        Mistake(
            "one-bar",
            one,
            says="So far up goes the bar of {more}. Asked is how much further it goes than that of {less}: "
            "where does that one end?",
        ),
        Mistake(
            "other-way",
            -right,
            says="The size fits. {more} has the longer bar, though: is the difference above 0 or below?",
        ),
    ]
    if marks is not None:
        mistakes.append(
            Mistake(
                "counted-lines",
                marks,
                says="You counted how many lines lie between the two ends. Each step from line to line is "
                "worth {step:g}: what do they come to?",
            )
        )
    return Question(
        prompt="By how much is the number of **{more}** larger than that of **{less}**? Read it off as well "
        "as you can; near is enough.\n\n" + bars(heights, what=what, told=told),
        values={"more": more, "less": less, "right": right, "step": step},
        answer=Number(right, abs=near),
        solution="{right}, or near it: where the bar of {more} ends, less where that of {less} ends.",
        mistakes=mistakes,
    )


@item(
    objective="plot.read",
    version=1,
    difficulty="hard",
    hints=[
        "Look at the foot of the bars: at which number does the axis begin?",
        "Bars from 50 up, one to 60 and one to 70: the second is drawn twice as long, and stands for 70/60, "
        "which is about 1.17 times as much.",
    ],
)
def cut_axis(draw, data):
    """How many times as large a number is, in a plot whose axis does not begin at 0."""
    table = data.frame("gapminder")
    while True:
        year = draw.choice(range(1972, 2008, 5))
        mine = table[(table["year"] == year) & table["country"].isin(COUNTRIES)].set_index("country")[
            "life_exp"
        ]
        more, less = draw.sample(COUNTRIES, 2)
        low = float(int(mine[less] / 5) * 5 - draw.choice([0, 5]))
        true, drawn = mine[more] / mine[less], (mine[more] - low) / max(mine[less] - low, 0.1)
        if 1.1 < true < 1.6 and true * 1.5 < drawn < 6 and mine[less] - low >= 2:
            break
    heights = {name: float(mine[name]) for name in sorted([more, less])}
    told = "Bars on an axis that begins at {:g}: {}.".format(
        low, ", ".join(f"{n} {v:g}" for n, v in heights.items())
    )
    right, seen = round(float(true), 2), round(float(drawn), 1)
    return Question(
        prompt="By this plot, people in {more} lived **how many times** as long as in {less}? Near is "
        "enough.\n\n" + bars(heights, what=f"life expectancy in {year}, in years", told=told, low=low),
        values={
            "more": more,
            "less": less,
            "right": right,
            "low": f"{low:g}",
            "a": f"{mine[more]:g}",
            "b": f"{mine[less]:g}",
            "seen": seen,
        },
        answer=Number(right, abs=0.04),
        solution="{right}, or near it: {a} / {b}. The axis begins at {low}, so the bars are not as long as "
        "their numbers are large.",
        mistakes=[
            Mistake(
                "lengths-compared",
                seen,
                says="So it looks: one bar is about {seen} times as long as the other. Where does the axis "
                "begin, though? Read both numbers off, then divide.",
            ),
            Mistake(
                "turned",
                round(1 / right, 2),
                says="You read both numbers off, and divided. Asked is how many times as long in {more} as "
                "in {less}: more than once, or less?",
            ),
            Mistake(
                "difference",
                round(float(mine[more] - mine[less]), 1),
                says="So many years lie between the two. Asked is how many *times* as long: which step "
                "compares like that?",
            ),
        ],
    )


@item(
    objective="plot.read",
    version=1,
    hints=[
        "Each bar counts the values between the two numbers at its sides. Which bars lie from there on?",
        "Bars of 3, 5 and 2 trees from 10, 20 and 30 m on: 7 trees have at least 20 m.",
    ],
)
def values_in_histogram(draw, data):
    """How many values a histogram shows from an edge on."""
    column = draw.choice(list(MEASURES))
    while True:
        some = few(draw, data, [column], draw.integers(16, 30))[column]
        edges = axis(some.tolist()).ticks
        counts = np.histogram(some, bins=edges)[0].tolist()
        place = draw.integers(1, len(edges) - 2)
        right = sum(counts[place:])
        if right and len({right, counts[place], sum(counts[:place]), len(counts) - place}) == 4:
            break
    name, unit = MEASURES[column], UNITS[column]
    parts = (f"{c} from {e:g} on" for c, e in zip(counts, edges, strict=False))
    told = f"A histogram of the {name} in {unit}: " + ", ".join(parts) + "."
    return Question(
        prompt="How many of these penguins have a {name} of **at least {edge:g} {unit}**?\n\n"
        + histogram(edges, counts, what=f"{name} in {unit}", told=told),
        values={
            "name": name,
            "unit": unit,
            "edge": edges[place],
            "right": right,
            "counts": " + ".join(map(str, counts[place:])),
        },
        answer=Number(right),
        solution="{right}: {counts}, the bars from {edge:g} on.",
        mistakes=[
            Mistake(
                "one-bar",
                counts[place],
                says="So high is the bar that begins at {edge:g}. Penguins with a larger {name} are in the "
                "bars to its right: how many are there in all?",
            ),
            Mistake(
                "other-side",
                sum(counts[:place]),
                says="You added bars up: right. Those lie below {edge:g}, though. Where is “at least”?",
            ),
            Mistake(
                "bars-counted",
                len(counts) - place,
                says="So many bars lie there. Each stands for as many penguins as it is high: what do they "
                "come to?",
            ),
        ],
    )


@item(
    objective="plot.read",
    version=2,
    hints=[
        "The steeper a piece goes up, the more the number rose. How high it lies is something else.",
        "Letters in 1990, 2000, 2010: 10, 50, 60. The steepest piece is the first, though 60 is the highest.",
    ],
)
def steepest_piece(draw, data):
    """In which stretch of time a line rises most."""
    table = data.frame("gapminder")
    countries = table["country"].unique().tolist()
    column, what = draw.choice(
        [("life_exp", "life expectancy in years"), ("gdp_per_person", "dollars per person")]
    )
    years = draw.choice([list(range(first, 2008, 10)) for first in (1952, 1957, 1962, 1967)])
    numbers = table[table["year"].isin(years)].set_index("country")[column]
    while True:
        country = draw.choice(countries)
        values = numbers.loc[country].tolist()
        rises = [b - a for a, b in pairwise(values)]
        order = sorted(range(len(rises)), key=rises.__getitem__)
        best, flat = order[-1], order[0]
        high = max(range(len(values)), key=values.__getitem__) - 1
        if rises[best] > 1.25 * max(rises[order[-2]], 0) + 0.02 * max(values) and high not in (
            best,
            flat,
            -1,
        ):
            break
    spans = [f"from {a} to {b}" for a, b in pairwise(years)]
    told = f"{country}, {what}: " + ", ".join(f"{y} {v:g}" for y, v in zip(years, values, strict=True)) + "."
    return Question(
        prompt="This is {country}. In which ten years did the number **rise most**?\n\n"
        + lines([str(y) for y in years], {country: values}, what=what, told=told),
        values={"country": country},
        answer=Choice(right=spans[best], wrong=[s for n, s in enumerate(spans) if n != best]),
        solution=f"{spans[best]}: there the line goes up most steeply.",
        mistakes=[
            Mistake(
                "highest",
                spans[high],
                says="At the end of these years the line is at its highest. How much it *rose* shows in its "
                "slope, though: which piece goes up most?",
            ),
            Mistake(
                "flattest",
                spans[flat],
                says="You looked at the slope. This piece goes up least of all, though, or goes down. Which "
                "is the steepest?",
            ),
        ],
    )


@item(
    objective="plot.read",
    version=1,
    hints=[
        "The box reaches from the lower quartile to the upper one, the line in it is the median, the lines "
        "outside go to the smallest and the largest value.",
        "A box of trees from 8 to 15 with a line at 12: half of the trees are below 12, a quarter above 15.",
    ],
)
def line_of_box(draw, data):
    """Read a median or a quartile off a box."""
    asks = {
        "half of the penguins lie below it": 2,
        "a quarter of the penguins lie above it": 3,
        "a quarter of the penguins lie below it": 1,
    }
    table = whole(data, [*MEASURES, "sex"])
    while True:
        column, by = draw.choice(list(MEASURES)), draw.choice(["species", "island", "sex"])
        some = draw.sample(range(len(table)), 120)
        values, names = table[column].to_numpy()[some], table[by].to_numpy()[some]
        five = {
            name: [round(float(v), 1) for v in np.percentile(values[names == name], [0, 25, 50, 75, 100])]
            for name in sorted(set(names.tolist()))
        }
        near = 0.2 * axis([v for each in five.values() for v in each]).step
        for _ in range(6):
            asked_for, place = draw.choice(list(asks.items()))
            name, other = draw.sample(list(five), 2)
            right = five[name][place]
            lines_of_it = five[name][3 if place == 2 else 2], five[name][0 if place == 1 else 4]
            wrong = [*lines_of_it, five[other][place]]
            if all(b - a > 2 * near for a, b in pairwise(sorted([right, *wrong]))):
                break
        else:
            continue
        break
    label = f"{MEASURES[column]} in {UNITS[column]}"
    told = f"Boxes of the {label}; smallest, lower quartile, median, upper quartile, largest: " + "; ".join(
        f"{n} {', '.join(f'{v:g}' for v in each)}" for n, each in five.items()
    )
    parts = {1: "the lower edge of the box", 2: "the line in the box", 3: "the upper edge of the box"}
    return Question(
        prompt="Read off for **{name}** the {measure} such that **{asked}**. Near is enough.\n\n"
        + boxes(five, what=label, told=told),
        values={
            "name": name,
            "measure": MEASURES[column],
            "asked": asked_for,
            "right": right,
            "part": parts[place],
        },
        answer=Number(right, abs=near),
        solution="{right}, or near it: {part}.",
        mistakes=[
            Mistake(
                "other-line",
                wrong[0],
                says="That belongs to the box of {name}. Its lower edge, the line in it and its upper edge "
                "cut off a quarter, half, three quarters: which is asked for?",
            ),
            Mistake(
                "whisker",
                wrong[1],
                says="That is the end of the thin line: no penguin of {name} lies beyond it. Asked is where "
                "{asked}: which part of the box says that?",
            ),
            Mistake(
                "other-box",
                wrong[2],
                says="You found the right part of a box. It is not the box of {name}, though. Which one is?",
            ),
        ],
    )


@item(
    objective="plot.read",
    version=1,
    hints=[
        "Put your finger on single points: is there one that contradicts the sentence? And can points tell "
        "*why* something is so?",
        "Old trees tend to be tall: a plot can show that. That age *makes* every tree tall, it cannot.",
    ],
)
def what_it_shows(draw, data):
    """Which sentences a plot of points supports."""
    while True:
        x, y = draw.sample(list(MEASURES), 2)
        some = few(draw, data, [x, y], draw.integers(24, 40))
        r = float(np.corrcoef(some[x], some[y])[0, 1])
        if abs(r) > 0.55:
            break
    more = draw.choice([True, False])
    way, way2 = ("larger" if more else "smaller"), ("larger" if (r > 0) == more else "smaller")
    across = axis(some[x].tolist())
    a, b = MEASURES[x], MEASURES[y]
    tend = f"Penguins with a {way} {a} tend to have a {way2} {b}."
    limit = draw.choice(
        [f"No penguin here has a {a} above {across.high:g} {UNITS[x]}.",
         f"Every penguin here has a {a} of at least {across.low:g} {UNITS[x]}."]
    )  # fmt: skip
    opposite = f"Penguins with a {way} {a} tend to have a {'smaller' if way2 == 'larger' else 'larger'} {b}."
    every = f"Of two penguins, the one with the {way} {a} always has the {way2} {b}."
    cause = f"A {way} {a} is what makes a penguin's {b} {way2}."
    told = f"Points: {a} across, {b} up; they {'rise' if r > 0 else 'fall'} from left to right, scattered."
    return Question(
        prompt="What does this plot show? Tick all that it supports, and no more.\n\n"
        + points(
            some[x].tolist(),
            some[y].tolist(),
            across_what=f"{a} in {UNITS[x]}",
            up_what=f"{b} in {UNITS[y]}",
            told=told,
        ),
        values={"tend": tend, "limit": limit},
        answer=MultipleChoice(right=[tend, limit], wrong=[opposite, every, cause]),
        solution="{tend} {limit} A plot shows that two things go together on the whole, not in each case, "
        "and not why.",
        mistakes=[
            Mistake(
                "cause",
                [tend, limit, cause],
                says="The two go together: right. Why they do, points cannot tell: a third thing may make "
                "both large. Which sentence says more than one sees?",
            ),
            Mistake(
                "without-exception",
                [tend, limit, every],
                says="The direction is right. Look for two points that go the other way, though: does the "
                "sentence with “always” allow them?",
            ),
            Mistake(
                "other-direction",
                [opposite, limit],
                says="You read the x axis off well. Follow the cloud from left to right: does it rise or "
                "fall?",
            ),
        ],
    )
