"""Checks of lesson 4: what is typical of a column, how far its values lie apart, and shares.

Questions are about flights from New York, penguins and Seattle's weather. Hints speak of other tables (songs,
trees), so that none gives an answer away.
"""

from checkers import Choice, FillIn, Frame, Matching, Number, Ordering, Text
from courseware.excerpt import distinct, few_rows, printed
from courseware.items import Mistake, Question, item

AIRPORTS = {"EWR": "Newark", "JFK": "JFK", "LGA": "LaGuardia"}
CARRIERS = {
    "UA": "United",
    "EV": "ExpressJet",
    "B6": "JetBlue",
    "DL": "Delta",
    "AA": "American",
    "MQ": "Envoy",
}
LATE = {"dep_delay": "left", "arr_delay": "arrived"}


def known(data, column):
    """The values of a column of flights that are there, as whole numbers."""
    return data.frame("flights")[column].dropna().astype(int).tolist()


def listed(values):
    return ", ".join(map(str, values))


def middle(values):
    """The median of a list, as an int where it is one."""
    ordered, half = sorted(values), len(values) // 2
    found = ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return int(found) if found == int(found) else found


def of_carrier(draw, data):
    """A carrier and its flights from one airport: some hundreds, with gaps in the delays."""
    table = data.frame("flights")
    while True:
        carrier, origin = draw.choice(list(CARRIERS)), draw.choice(list(AIRPORTS))
        part = table[(table["carrier"] == carrier) & (table["origin"] == origin)].reset_index(drop=True)
        if len(part) >= 60 and part["dep_delay"].isna().any():
            return carrier, origin, part


# ----------------------------------------------------------- summarise.middle


@item(
    objective="summarise.middle",
    version=1,
    difficulty="easy",
    hints=[
        "The median is the value in the middle – of the values in which order?",
        "Put them in order of size first; then take the one with as many below it as above.",
        "Songs of 7, 3, 9, 2 and 4 minutes: in order 2, 3, 4, 7, 9. The median is 4.",
    ],
)
def find_median(draw, data):
    """The median of five or seven delays."""
    column, count = draw.choice(list(LATE)), draw.choice([5, 7])
    pool = known(data, column)
    while True:
        values = draw.sample(range(len(pool)), count)
        values = [pool[place] for place in values]
        right, total = middle(values), sum(values)
        if len(set(values)) == count and total % count == 0 and values[count // 2] != right != total // count:
            break
    return Question(
        prompt="A column `delay` holds {values} (minutes). What is `delay.median()`?",
        values={"values": listed(values), "ordered": listed(sorted(values)), "right": right, "count": count},
        answer=Number(right),
        solution="In order: {ordered}. In the middle stands {right}, with as many values below as above.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "mean-for-median",
                    total // count,
                    says="That is the mean: the sum, shared out evenly. The median is another kind of "
                    "typical value. Which one stands in the middle, once they are in order?",
                ),
                Mistake(
                    "not-in-order",
                    values[count // 2],
                    says="You took the value in the middle, as the column stands. Put the values in order of "
                    "size first. Which is in the middle then?",
                ),
            ],
        ),
    )


@item(
    objective="summarise.middle",
    version=1,
    hints=[
        "With an even number of values, two stand in the middle. What could lie fairly between them?",
        "For songs of 2, 3, 7 and 30 minutes, the median is (3 + 7) / 2.",
    ],
)
def median_of_even(draw, data):
    """The median of four or six values, where two stand in the middle."""
    table, count = draw.choice(["flights", "seattle"]), draw.choice([4, 6])
    pool = known(data, "air_time") if table == "flights" else data.frame("seattle")["temp_max"].tolist()
    while True:
        values = [pool[place] for place in draw.sample(range(len(pool)), count)]
        ordered = sorted(values)
        low, high = ordered[count // 2 - 1], ordered[count // 2]
        right, mean = round((low + high) / 2, 2), round(sum(values) / count, 2)
        if low < right < high and abs(mean - right) > 0.3 and mean * 10 % 1 == 0:
            break
    right = int(right) if right == int(right) else right
    what = "`air_time` holds {values} (minutes)" if table == "flights" else "`temp_max` holds {values} (°C)"
    return Question(
        prompt=f"A column {what}. What does its `median()` give?",
        values={
            "values": listed(values),
            "ordered": listed(ordered),
            "low": low,
            "high": high,
            "right": right,
        },
        answer=Number(right, abs=0.011),
        solution="In order: {ordered}. In the middle stand {low} and {high}; halfway between them lies "
        "{right}.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "lower-one",
                    low,
                    says="{low} is one of the two in the middle. There are as many values above {high} as "
                    "below {low}, though. What lies halfway?",
                ),
                Mistake(
                    "upper-one",
                    high,
                    says="{high} is one of the two in the middle. The other is {low}. What lies halfway "
                    "between the two?",
                ),
                Mistake(
                    "mean-of-all",
                    mean,
                    says="That is the mean of all values. For the median only the two in the middle count, "
                    "once all are in order. Which two are they?",
                ),
            ],
        ),
    )


@item(
    objective="summarise.middle",
    version=1,
    hints=[
        "Which value is in the middle before the slip, and which after it? Then: what happens to the sum?",
        "Of 1, 2 and 3 the mean and the median are 2. Of 1, 2 and 30, the median is 2 still, and the mean "
        "is 11.",
    ],
)
def what_a_slip_moves(draw, data):
    """What a slip of the finger in the largest or smallest value does to mean and median."""
    column = draw.choice(["body_mass_g", "flipper_length_mm"])
    pool = data.frame("penguins")[column].dropna().astype(int).tolist()
    while True:
        values = [pool[place] for place in draw.sample(range(len(pool)), 5)]
        if len(set(values)) == 5:
            break
    up = draw.choice([True, False])
    old = max(values) if up else min(values)
    new = old * 10 if up else old // 10
    way = "grows" if up else "falls"
    right = f"the mean {way}, the median stays as it is"
    both, median_only = f"both the mean and the median change: each {way}", f"the median {way}, the mean "
    "stays"
    none = "neither of them changes"
    return Question(
        prompt="Five penguins have a `{column}` of {values}. By a slip of the finger, {old} is entered as "
        "**{new}**. What happens?",
        values={"column": column, "values": listed(values), "old": old, "new": new, "way": way},
        answer=Choice(right=right, wrong=[both, median_only, none]),
        solution=f"As the sum changes, {right}: the same value stands in the middle as before.",
        mistakes=[
            Mistake(
                "both",
                both,
                says="The mean does: the sum has changed. For the median, put the five in order, before and "
                "after. Which one is in the middle?",
            ),
            Mistake(
                "swapped",
                median_only,
                says="One of the two changes, and one does not. Which of them is worked out from the sum of "
                "all values?",
            ),
            Mistake(
                "neither",
                none,
                says="For one of them that is so: the value in the middle is the same. The other is worked "
                "out from the sum. Has the sum changed?",
            ),
        ],
    )


SAYS = [
    ("`mean()`", ["all values added up, and shared out evenly", "the sum divided by how many there are"], 0),
    ("`median()`", ["half of the values lie below it", "the value in the middle, once they are in order"], 0),
    ("`max()`", ["no value is larger", "the largest value"], 1),
    ("`count()`", ["how many values are there", "the number of rows with a value"], 1),
    ("`sum()`", ["all values added up", "the total of all values"], 2),
    ("`nunique()`", ["how many different values there are", "the number of values, each counted once"], 2),
]


@item(
    objective="summarise.middle",
    version=1,
    difficulty="easy",
    hints=[
        "Begin with those whose names you know from elsewhere. Two are left: one works with the sum, one "
        "with the order.",
        "For a class, “as many are taller as are shorter” would be the median of the heights.",
    ],
)
def match_summaries(draw, _data):
    """Match summaries with what they say."""
    group = draw.choice([1, 2])
    chosen = [s for s in SAYS if s[2] in (0, group)]
    pairs = {name: draw.choice(ways) for name, ways, _ in chosen}
    rest = draw.choice([s for s in SAYS if s[2] not in (0, group)])
    (a, b, c, d) = pairs
    return Question(
        prompt="Which sentence belongs to which summary of a column?",
        values={"pairs": "; ".join(f"{left} – {right}" for left, right in pairs.items()).replace("`", "")},
        answer=Matching(pairs, distractors=[draw.choice(rest[1])]),
        solution="{pairs}.",
        mistakes=[
            Mistake(
                "mean-and-median",
                {**pairs, a: pairs[b], b: pairs[a]},
                says="The others fit. Mean and median are swapped: which of them needs the values in order, "
                "and which needs their sum?",
            ),
            Mistake(
                "counts-swapped",
                {**pairs, c: pairs[d], d: pairs[c]},
                says="Mean and median are right. The other two have each other's partner: one of them is a "
                "value or a total, the other a number *of* values.",
            ),
        ],
    )


@item(
    objective="summarise.middle",
    version=1,
    hints=[
        "Three steps in one line: keep the rows, look the column up, ask for the value in the middle.",
        'The middle length of the songs of 1984: `songs[songs["year"] == 1984]["minutes"].median()`.',
    ],
)
def typical_delay(draw, data):
    """Write the code for the median, or the mean, of a column in some of the rows."""
    table = data.frame("flights")
    column, carrier = draw.choice(["dep_delay", "arr_delay", "air_time"]), draw.choice(list(CARRIERS))
    month = draw.integers(1, 12)
    flights = table[table["month"] == month].reset_index(drop=True)
    what, other = draw.sample(["median", "mean"], 2)
    part = flights[flights["carrier"] == carrier][column]
    code = f'flights[flights["carrier"] == "{carrier}"]["{column}"]'
    all_of_them = Mistake(
        "all-carriers",
        f'flights["{column}"].{what}()',
        says="That is the {what} of the right column, over all carriers. Keep the rows of {carrier} before "
        "you look the column up.",
    )
    gaps = Mistake(
        "gaps-as-zero",
        f"{code}.fillna(0).{what}()",
        says="Rows, column and {what} are right. You filled the gaps with 0, though: a flight that was "
        "cancelled is not one that was on time. What does `{what}` do with gaps by itself?",
    )
    return Question(
        prompt="The table `flights` holds some flights of month {month} of 2013. What is the **{what}** of "
        "`{column}` for those of {airline} (carrier `{carrier}`)? Write the code that works it out.",
        values={
            "month": month,
            "what": what,
            "other": other,
            "column": column,
            "carrier": carrier,
            "airline": CARRIERS[carrier],
            "code": code,
        },
        given={"flights": flights},
        answer=Frame(float(getattr(part, what)())),
        right=f"{code}.{what}()",
        solution="```python\n{code}.{what}()\n```\n\nFirst the rows of the carrier, then the column, then "
        "one number for all of it. Missing values are left out.",
        mistakes=[
            Mistake(
                "the-other",
                f"{code}.{other}()",
                says="Rows and column are right. You worked out the {other}, though. Which of the two does "
                "the task ask for?",
            ),
            *([all_of_them] if flights[column].agg(what) != part.agg(what) else []),
            *([gaps] if part.fillna(0).agg(what) != part.agg(what) else []),
        ],
    )


@item(
    objective="summarise.middle",
    version=1,
    difficulty="hard",
    hints=[
        "“Typical” should not be moved by one flight that is ten hours late. Which of mean and median "
        "stands firm?",
        "Round brackets call a method. A text in quotes names the column.",
        'For houses, where a few cost millions: `houses["price"].median()`.',
    ],
)
def fill_the_middle(draw, _data):
    """Fill in rows, column and method for a typical value that a few extremes do not move."""
    carrier, column, month = draw.choice(list(CARRIERS)), draw.choice(list(LATE)), draw.integers(1, 12)
    why, method, other = draw.choice(
        [
            ("half of the flights were later than this", "median", "mean"),
            ("a few flights that are ten hours late should not move it", "median", "mean"),
            ("the minutes of all flights together, shared out evenly", "mean", "median"),
            ("times the number of flights, it gives the minutes lost in all", "mean", "median"),
        ]
    )
    return Question(
        prompt="How late were the flights of {airline} (`{carrier}`) of month {month} when they {verb}? "
        "Asked is the number for which this holds: **{why}**. Fill in.",
        values={
            "airline": CARRIERS[carrier],
            "carrier": carrier,
            "month": month,
            "verb": LATE[column],
            "why": why,
            "method": method,
            "other": other,
            "column": column,
        },
        answer=FillIn(
            f'part = flights[(flights["carrier"] == "{carrier}") & (flights["month"] == '
            f"{month})]\npart[___].___()",
            [[f'"{column}"', f"'{column}'"], method],
            code=True,
        ),
        solution='`part["{column}"].{method}()`: of mean and median, the {method} is the one with that '
        "property.",
        mistakes=[
            Mistake(
                "the-other",
                [f'"{column}"', other],
                says="The column is right. The {other} is the other kind of typical value, though. Read the "
                "words in bold once more: are they about the order, or about the sum?",
            ),
            Mistake(
                "carrier-for-column",
                [f'"{carrier}"', method],
                says="The method is right. `{carrier}` is a value in the column `carrier`, though, and it "
                "has been dealt with. Which column says how late they {verb}?",
            ),
        ],
    )


# ----------------------------------------------------------- summarise.spread


@item(
    objective="summarise.spread",
    version=1,
    difficulty="easy",
    hints=[
        "From where to where do the values reach? How far is that?",
        "`max()` and `min()` give the two ends.",
        "Songs from 2 to 9 minutes have a range of 7 minutes.",
    ],
)
def find_range(draw, data):
    """The distance from the smallest value to the largest."""
    column = draw.choice(list(LATE))
    pool = known(data, column)
    while True:
        values = [pool[place] for place in draw.sample(range(len(pool)), 6)]
        low, high = min(values), max(values)
        if low < 0 < high and abs(values[-1] - values[0]) != high - low and high + low != 0:
            break
    right = high - low
    return Question(
        prompt="A column `delay` holds {values} (minutes; below 0 is early). What does "
        "`delay.max() - delay.min()` give?",
        values={"values": listed(values), "low": low, "high": high, "right": right},
        answer=Number(right),
        solution="{right}: from {low} up to {high}. To subtract a number below 0 is to add it.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "sign-lost",
                    high + low,
                    says="You found both ends. {low} lies below 0, though, so the way from there to {high} "
                    "is longer than {high}. What is {high} minus a number below 0?",
                ),
                Mistake(
                    "largest-only",
                    high,
                    says="{high} is the upper end. The other end is {low}: how far are they apart?",
                ),
                Mistake(
                    "as-they-stand",
                    abs(values[-1] - values[0]),
                    says="That is how far the last one is from the first, as they stand. `max` and `min` "
                    "look at all of them. Which is the largest, which the smallest?",
                ),
            ],
        ),
    )


@item(
    objective="summarise.spread",
    version=2,
    hints=[
        "A quantile cuts the values in order into two parts. How large is each part, and on which side of "
        "the number?",
        "If the quantile 0.25 of the lengths of songs is 3, one song in four lasts 3 minutes or less.",
    ],
)
def quantile_says(draw, data):
    """What a quantile says."""
    _, origin, part = of_carrier(draw, data)
    carrier = part["carrier"].iloc[0]
    at = {
        s: round(float(part["arr_delay"].quantile(s / 100))) for s in (5, 10, 20, 25, 40, 60, 75, 80, 90, 95)
    }
    share = draw.choice([s for s, value in at.items() if value != s])
    value = at[share]
    below = f"{share} % of the flights were at most {value} minutes late"
    above = f"{share} % of the flights were more than {value} minutes late"
    minutes = f"{value} % of the flights were more than {share} minutes late"
    of_mean = f"{value} minutes are {share} % of the longest delay"
    return Question(
        prompt="For {airline}'s flights from {airport}, `arr_delay.quantile({q})` gives about {value}. What "
        "does that say? (A delay below 0 is an early arrival.)",
        values={
            "airline": CARRIERS[carrier],
            "airport": AIRPORTS[origin],
            "q": share / 100,
            "share": share,
            "value": value,
            "below": below,
        },
        answer=Choice(right=below, wrong=[above, minutes, of_mean]),
        solution="{below}: the quantile is the value below which that share of the values lies.",
        mistakes=[
            Mistake(
                "other-side",
                above,
                says="The share belongs to flights, and {value} is in minutes: right. The share counts the "
                "other side, though. Which side of the number does a quantile speak of?",
            ),
            Mistake(
                "swapped",
                minutes,
                says="There are a share and a delay, and you have them the wrong way round. What goes *into* "
                "`quantile`, and what comes out?",
            ),
            Mistake(
                "of-the-largest",
                of_mean,
                says="A quantile does not measure against the largest delay. It puts the values in order and "
                "cuts them. Where does it cut at {q}?",
            ),
        ],
    )


@item(
    objective="summarise.spread",
    version=1,
    hints=[
        "The method is named for what it gives. It takes a share between 0 and 1.",
        "“All but a tenth are below it” is the share 0.9.",
        'Three songs in four are shorter than `songs["minutes"].quantile(0.75)`.',
    ],
)
def write_quantile(draw, data):
    """Write the code for a value that a share of the rows does not exceed."""
    carrier, origin, flights = of_carrier(draw, data)
    share = draw.choice([10, 20, 25, 75, 80, 90, 95])
    column = draw.choice(["dep_delay", "arr_delay", "air_time"])
    return Question(
        prompt="The table `flights` holds {airline}'s flights from {airport}. Which value of `{column}` do "
        "**{share} % of the flights not exceed**? Write the code that works it out.",
        values={
            "airline": CARRIERS[carrier],
            "airport": AIRPORTS[origin],
            "column": column,
            "share": share,
            "q": share / 100,
        },
        given={"flights": flights},
        answer=Frame(float(flights[column].quantile(share / 100))),
        right=f'flights["{column}"].quantile({share / 100})',
        solution='```python\nflights["{column}"].quantile({q})\n```\n\nThe share is written as a number '
        "between "
        "0 and 1.",
        mistakes=[
            Mistake(
                "other-end",
                f'flights["{column}"].quantile({(100 - share) / 100})',
                says="`quantile` of the right column. The share is counted from the other end, though: below "
                "your value lie {share} % too many, or too few. What do you put in for {share} %?",
            ),
            Mistake(
                "part-of-largest",
                f'flights["{column}"].max() * {share / 100}',
                says="That is {share} % of the largest value. How many flights lie below it? Asked is a "
                "value that cuts the *flights* into two parts: which method does that?",
            ),
            Mistake(
                "middle",
                f'flights["{column}"].median()',
                says="The median cuts the flights into two halves. Here the lower part has {share} %. Which "
                "method takes the share as an argument?",
            ),
        ],
    )


def strip(values, low, high, top, name):
    """A row of dots over a line, as SVG; and what it shows, in words."""

    def at(value):
        return round(30 + 340 * (value - low) / (high - low), 1)

    dots, seen = [], {}
    for value in values:
        seen[value] = seen.get(value, 0) + 1
        dots.append(f'<circle cx="{at(value)}" cy="{top - 7 * seen[value] + 2}" r="3" fill="currentColor"/>')
    line = f'<line x1="30" y1="{top}" x2="370" y2="{top}" stroke="currentColor"/>'
    label = f'<text x="6" y="{top}" fill="currentColor" font-size="14">{name}</text>'
    return label + line + "".join(dots)


@item(
    objective=["summarise.spread", "summarise.middle"],
    version=1,
    hints=[
        "For the middle, find the place with as many dots to the left as to the right. For the spread, ask "
        "how far the dots lie from there.",
        "A column whose dots all stand close together has a small spread, wherever on the line they are.",
    ],
)
def read_dots(draw, _data):
    """Read two dot plots: which has the larger median, which the larger spread."""
    while True:
        centre = {"A": draw.integers(8, 22), "B": draw.integers(8, 22)}
        wide = draw.choice(["A", "B"])
        reach = {name: 7 if name == wide else 2 for name in "AB"}
        rows = {
            name: sorted(centre[name] + draw.integers(-reach[name], reach[name]) for _ in range(11))
            for name in "AB"
        }
        high = "A" if middle(rows["A"]) > middle(rows["B"]) else "B"
        gap = abs(middle(rows["A"]) - middle(rows["B"]))
        span = {name: max(rows[name]) - min(rows[name]) for name in "AB"}
        if gap >= 3 and span[wide] >= 9 and span[wide] > 2 * span["A" if wide == "B" else "B"]:
            break

    def words(more, wider):
        return f"the median of {more} is larger, the spread of {wider} is larger"

    turn = {"A": "B", "B": "A"}
    alt = "; ".join(f"{name}: {listed(rows[name])}" for name in "AB")
    picture = (
        f'<svg viewBox="0 0 380 170" width="380" role="img" aria-label="Dots on a line from 0 to 30. {alt}">'
        + strip(rows["A"], 0, 30, 65, "A")
        + strip(rows["B"], 0, 30, 140, "B")
        + '<text x="28" y="160" fill="currentColor" font-size="12">0</text>'
        + '<text x="360" y="160" fill="currentColor" font-size="12">30</text></svg>'
    )
    return Question(
        prompt="Each dot is one flight; further to the right is later (from 0 to 30 minutes). Which "
        "sentence holds?"
        f"\n\n{picture}",
        values={"right": words(high, wide), "high": high, "wide": wide},
        answer=Choice(
            right=words(high, wide),
            wrong=[words(turn[high], wide), words(high, turn[wide]), words(turn[high], turn[wide])],
        ),
        solution="{right}: the dots of {high} lie further to the right, those of {wide} further apart.",
        mistakes=[
            Mistake(
                "spread-swapped",
                words(high, turn[wide]),
                says="The medians are right. The spread says how far the dots lie from each other, not how "
                "far to the right. Which row reaches over more of the line?",
            ),
            Mistake(
                "median-swapped",
                words(turn[high], wide),
                says="The spread is right. For the median, find the dot with as many to its left as to its "
                "right. In which row does it stand further to the right?",
            ),
            Mistake(
                "both-swapped",
                words(turn[high], turn[wide]),
                says="Both are the other way round. Begin with the middle: in which row does the middle "
                "dot stand further to the right?",
            ),
        ],
    )


ROWS = ["count", "mean", "std", "min", "25%", "50%", "75%", "max"]
ASKED = {
    "spread": (
        "How many minutes lie between the quarter marks, within which the middle half of the flights is?",
    ),
    "half": ("Half of the flights had at most how many minutes?",),
    "three": ("Three flights in four had at most how many minutes?",),
}


@item(
    objective="summarise.spread",
    version=1,
    hints=[
        "25%, 50% and 75% are quantiles: so many of the values lie at or below.",
        "The middle half lies between the marks of 25% and 75%. Half of all lies below the mark of 50%.",
        "If a table of songs shows 2 at 25% and 5 at 75%, the middle half lies within 3 minutes.",
    ],
)
def read_describe(draw, data):
    """Read a number out of what describe shows."""
    carrier, origin, part = of_carrier(draw, data)
    column, asked = draw.choice(["dep_delay", "arr_delay", "air_time"]), draw.choice(list(ASKED))
    shown = part[column].describe()
    low, half, three = (round(float(shown[mark]), 1) for mark in ("25%", "50%", "75%"))
    mean, most = round(float(shown["mean"]), 1), round(float(shown["max"]), 1)
    right = {"spread": round(three - low, 1), "half": half, "three": three}[asked]
    wrong = {
        "spread": [
            ("whole-range", round(most - shown["min"], 1), "whole"),
            ("one-mark", three, "mark"),
        ],
        "half": [("mean-for-half", mean, "mean"), ("wrong-mark", low, "quarter")],
        "three": [("wrong-mark", low, "quarter"), ("part-of-largest", round(most * 0.75, 1), "largest")],
    }[asked]
    says = {
        "whole": "That is the way from the smallest to the largest value: all flights. Asked is the middle "
        "half. Between which two marks does it lie?",
        "mark": "{three} is the upper of the two marks. How far is it from the lower one?",
        "mean": "That is the mean, which a few very late flights push up. Half of the flights lie below "
        "another mark. Which one?",
        "quarter": "That is the mark of 25%: one flight in four lies at or below it. Which mark has the "
        "share that is asked for below it?",
        "largest": "That is three quarters of the largest value. Asked is the value that three quarters of "
        "the *flights* do not exceed. Which mark is that?",
    }
    return Question(
        prompt="`describe` says of the `{column}` of {airline}'s flights from "
        "{airport}:\n\n```text\n{table}\n```\n\n" + ASKED[asked][0],
        values={
            "column": column,
            "airline": CARRIERS[carrier],
            "airport": AIRPORTS[origin],
            "table": printed(shown.rename("")).lstrip("\n").rstrip(),
            "right": right,
            "three": three,
        },
        answer=Number(right, abs=0.051),
        solution={
            "spread": "{right}: the mark of 75% minus that of 25%.",
            "half": "{right}, at the mark of 50%: that is the median.",
            "three": "{right}, at the mark of 75%.",
        }[asked],
        mistakes=distinct(right, [Mistake(key, value, says=says[why]) for key, value, why in wrong]),
    )


@item(
    objective="summarise.spread",
    version=1,
    difficulty="hard",
    hints=[
        "The standard deviation says how far values lie from their mean. How large the values are makes no "
        "difference.",
        "Find the mean of each column roughly. Where are the values nearest to it?",
        "99, 100 and 101 have a smaller standard deviation than 0, 5 and 10, though they are larger.",
    ],
)
def order_by_spread(draw, _data):
    """Put three columns in order of their standard deviation."""
    names = draw.sample(["early", "late", "noon", "night", "dawn", "dusk"], 3)
    centres = draw.shuffle([draw.integers(5, 15), draw.integers(30, 45), draw.integers(60, 90)])
    while True:
        steps = [draw.integers(0, 1), draw.integers(3, 4), draw.integers(9, 14)]
        columns = {}
        for name, centre, step in zip(names, centres, steps, strict=True):
            columns[name] = draw.shuffle([centre - step, centre - step, centre, centre + step, centre + step])
        if steps[0] < steps[1]:
            break
    by_mean = [n for _, n in sorted(zip(centres, names, strict=True))]
    by_size = by_mean[::-1] if by_mean == names else by_mean
    shown = [f"{name}: {listed(columns[name])}" for name in sorted(names)]
    return Question(
        prompt="Three columns of delays:\n\n```text\n{columns}\n```\n\nPut them in order of their **standard "
        "deviation** (`std`), the smallest first.",
        values={"columns": "\n".join(shown), "order": ", ".join(names)},
        answer=Ordering(names, indent=False),
        solution="{order}. The standard deviation says how far the values lie from their mean, whatever "
        "the mean is.",
        mistakes=distinct(
            names,
            [
                Mistake(
                    "by-size",
                    by_size,
                    says="You went by how large the values are, up or down. The standard deviation asks "
                    "how far they lie from each other. In which column are they closest together?",
                ),
                Mistake(
                    "other-way",
                    names[::-1],
                    says="That is the right order, the other way round. The smallest spread comes first: "
                    "in which column are the values closest together?",
                ),
            ],
        ),
    )


# ------------------------------------------------------------ summarise.share


def some_labels(draw, data):
    """A table, one of its columns of labels, and so many rows that shares come out whole."""
    name, column = draw.choice(
        [("flights", "origin"), ("penguins", "species"), ("penguins", "island"), ("seattle", "weather")]
    )
    count = draw.choice([20, 25, 50])
    while True:
        part = few_rows(draw, data.frame(name), [column], count)
        counts = part[column].value_counts()
        if counts.nunique() == len(counts) >= 3:
            return column, count, part, counts


@item(
    objective="summarise.share",
    version=1,
    hints=[
        "A share is a part of the whole. How many rows are there in all?",
        "Of 8 songs, 3 are jazz: that is 3 / 8, or 37.5 %.",
    ],
)
def share_from_counts(draw, data):
    """The share of a label, from the counts of all."""
    column, count, _, counts = some_labels(draw, data)
    label = draw.choice(sorted(counts.index))
    number = int(counts[label])
    right = 100 * number // count
    return Question(
        prompt='`part["{column}"].value_counts()` gives\n\n```text\n{table}\n```\n\nHow many **percent** '
        "of the "
        "rows are `{label}`?",
        values={
            "column": column,
            "table": printed(counts.rename("")).lstrip("\n").rstrip(),
            "label": label,
            "number": number,
            "count": count,
            "right": right,
        },
        answer=Number(right),
        solution="{right} %: {number} of {count} rows.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "count-for-share",
                    number,
                    says="{number} is how many there are. A percentage says how many there would be among "
                    "100. How many rows are there in all?",
                ),
                Mistake(
                    "share-of-others",
                    100 * number // (count - number) if 100 * number % (count - number) == 0 else 100 - right,
                    says="You compared `{label}` with the others, or took the others' share. The whole is "
                    "all rows, with `{label}` among them. What part of it is `{label}`?",
                ),
            ],
        ),
    )


@item(
    objective="summarise.share",
    version=1,
    difficulty="easy",
    hints=[
        "The method's name says that it counts values. One word more makes shares of the counts.",
        'For the genres of songs, shares come from `songs["genre"].value_counts(normalize=True)`.',
    ],
)
def share_line(draw, _data):
    """Which line gives the number, or the share, of each label."""
    name, column = draw.choice(
        [
            ("flights", "carrier"),
            ("flights", "origin"),
            ("flights", "dest"),
            ("penguins", "species"),
            ("penguins", "island"),
            ("planes", "manufacturer"),
            ("seattle", "weather"),
            ("gapminder", "continent"),
        ]
    )
    shares = draw.choice([True, False])
    place, kept = f'{name}["{column}"]', draw.choice(["found", "result", "answer"])
    right = f"`{kept} = {place}.value_counts({'normalize=True' if shares else ''})`"
    wrong = [
        Mistake(
            "counts-for-shares" if shares else "shares-for-counts",
            f"`{kept} = {place}.value_counts({'' if shares else 'normalize=True'})`",
            says="The method is right, and it looks at each label. Asked are {asked}, though, and this gives "
            "{other}. What does `normalize` do?",
        ),
        Mistake(
            "one-number",
            f"`{kept} = {place}.count()`",
            says="The column is right. `count` gives one number: how many values there are in all. Which "
            "method counts each label by itself?",
        ),
        Mistake(
            "different-ones",
            f"`{kept} = {place}.nunique()`",
            says="The column is right. `nunique` says how many *different* labels there are. Which method "
            "says how often each of them occurs?",
        ),
        Mistake(
            "labels-only",
            f"`{kept} = {place}.unique()`",
            says="The column is right. `unique` lists the labels and does not count them. Which method "
            "does both?",
        ),
    ]
    shown = [wrong[0], *draw.sample(wrong[1:], 2)]
    return Question(
        prompt="Which line gives the **{asked}** of each `{column}` in the table `{name}`?",
        values={
            "name": name,
            "column": column,
            "asked": "share" if shares else "number of rows",
            "other": "numbers" if shares else "shares",
        },
        answer=Choice(right=right, wrong=[m.response for m in shown]),
        solution=f"{right}: it counts each label"
        + (", and `normalize` divides by the whole." if shares else "."),
        mistakes=shown,
    )


@item(
    objective="summarise.share",
    version=1,
    difficulty="easy",
    hints=[
        "Count each label. `idxmax` gives the label, not the number, of the largest count.",
        "Of jazz, rock, jazz, pop: `value_counts().idxmax()` is jazz.",
    ],
)
def most_frequent(draw, data):
    """The most frequent, or rarest, label of a short column."""
    column = draw.choice(["dest", "carrier"])
    pool = sorted(set(data.frame("flights")[column]))
    one, two, three = draw.sample(pool, 3)
    most = draw.choice([True, False])
    counts = {one: draw.integers(4, 5), two: 2 + draw.integers(0, 1), three: 1}
    values = draw.shuffle([label for label, n in counts.items() for _ in range(n)])
    call = "idxmax" if most else "idxmin"
    right, opposite = (one, three) if most else (three, one)
    number = counts[right]
    return Question(
        prompt="The column `part` holds {values}. What does `part.value_counts().{call}()` give?",
        values={
            "values": listed(values),
            "call": call,
            "right": right,
            "number": number,
            "most": "most" if most else "least",
            "other": "most" if not most else "least",
        },
        answer=Text(right, case=True, spelling=False),
        solution="{right}, which occurs {number} times." if number > 1 else "{right}, which occurs once.",
        mistakes=[
            Mistake(
                "number-for-label",
                str(number),
                says="You counted rightly: {number} is how often it occurs. The `idx` in `{call}` stands "
                "for the label at that place, though. Which label is it?",
            ),
            Mistake(
                "other-end",
                opposite,
                says="That is the label which occurs {other} often. `{call}` asks for the other end: which "
                "occurs {most} often?",
            ),
        ],
    )


@item(
    objective="summarise.share",
    version=1,
    hints=[
        "A condition gives True or False for each row. What is the mean of True and False, if True counts 1?",
        "The sum of the Trues is how many; their mean is the share.",
        'The share of songs above 5 minutes: `(songs["minutes"] > 5).mean()`.',
    ],
)
def share_of_condition(draw, data):
    """Write the code for the share of rows that meet a condition."""
    name, column, low, high, unit = draw.choice(
        [
            ("seattle", "temp_max", 10, 28, "°C"),
            ("seattle", "wind", 2, 6, "m/s"),
            ("seattle", "precipitation", 1, 15, "mm"),
            ("gapminder", "life_exp", 45, 75, "years"),
            ("flights", "distance", 300, 2000, "miles"),
        ]
    )
    table, limit = data.frame(name), draw.integers(low, high)
    holds = table[column] > limit
    code = f'{name}["{column}"] > {limit}'
    return Question(
        prompt="What **share** (between 0 and 1) of the rows of `{name}` has a `{column}` of **more than "
        "{limit} {unit}**? Write the code that works it out.",
        values={"name": name, "column": column, "limit": limit, "unit": unit, "code": code},
        given={name: table},
        answer=Frame(float(holds.mean())),
        right=f"({code}).mean()",
        solution="```python\n({code}).mean()\n```\n\nThe condition is True or False for each row. As True "
        "counts 1 and False 0, its mean is the share of the Trues.",
        mistakes=[
            Mistake(
                "number-for-share",
                f"({code}).sum()",
                says="The condition is right. `sum` counts the rows that meet it, though, and asked is "
                "which part of all rows that is. Which method divides by how many there are?",
            ),
            Mistake(
                "mean-of-those",
                f'{name}[{code}]["{column}"].mean()',
                says="You kept the right rows. Then you took the mean of their `{column}`, though, in "
                "{unit}. Asked is what part of all rows they are: take the mean of the condition "
                "itself.",
            ),
            Mistake(
                "the-others",
                f'({name}["{column}"] <= {limit}).mean()',
                says="That is a share, and of the right column. It is the share of the other rows, though. "
                "Which way does the sign have to point?",
            ),
        ],
    )


@item(
    objective="summarise.share",
    version=1,
    difficulty="hard",
    hints=[
        "A flight without a delay was cancelled. Does it count among those that this question is about?",
        "A comparison with a missing value is False. So keep the rows that have a value before you take "
        "the share.",
        'Of the songs that *have* a year: `(songs["year"].dropna() > 1990).mean()`.',
    ],
)
def share_without_gaps(draw, data):
    """Write the code for a share among the rows that have a value."""
    carrier, origin, flights = of_carrier(draw, data)
    column, limit = draw.choice(list(LATE)), draw.choice([0, 5, 10, 15, 20, 30, 45, 60])
    there = flights[column].dropna()
    code = f'(flights["{column}"].dropna() > {limit}).mean()'
    at_limit = Mistake(
        "at-the-limit",
        f'(flights["{column}"].dropna() >= {limit}).mean()',
        says="You left the cancelled flights out, and took a share. Flights of exactly {limit} minutes "
        "came in as well, though, and “more than” leaves them out.",
    )
    return Question(
        prompt="The table `flights` holds {airline}'s flights from {airport}. Some were cancelled: they "
        "have no `{column}`. **Of those that {verb}**, which share was more than {limit} minutes late? "
        "Write the code.",
        values={
            "airline": CARRIERS[carrier],
            "airport": AIRPORTS[origin],
            "column": column,
            "verb": LATE[column],
            "limit": limit,
            "code": code,
        },
        given={"flights": flights},
        answer=Frame(float((there > limit).mean())),
        right=code,
        solution="```python\n{code}\n```\n\nA comparison with a missing value is False, so cancelled "
        "flights would count as punctual. `dropna` leaves them out of the whole.",
        mistakes=[
            Mistake(
                "gaps-in-the-whole",
                f'(flights["{column}"] > {limit}).mean()',
                says="The condition is right, and so is its mean. Cancelled flights give False, though, as "
                "if they had been on time. Which rows have to go before you take the share?",
            ),
            Mistake(
                "number-for-share",
                f'(flights["{column}"] > {limit}).sum()',
                says="The condition is right. `sum` gives how many were late. Asked is which part that is of "
                "those that {verb}.",
            ),
            *([at_limit] if (there == limit).any() else []),
        ],
    )


@item(
    objective="summarise.share",
    version=1,
    hints=[
        "From the inside out: which column, which sign, and what makes one share of many True and False?",
        'Songs of at least 5 minutes, in percent: `100 * (songs["minutes"] >= 5).mean()`.',
    ],
)
def fill_the_share(draw, _data):
    """Fill in column, sign and method for a percentage."""
    name, column, words = draw.choice(
        [
            ("seattle", "temp_max", "had a highest temperature of {than} {limit} °C"),
            ("seattle", "wind", "had a wind of {than} {limit} m/s"),
            ("penguins", "body_mass_g", "had a body mass of {than} {limit} g"),
            ("flights", "distance", "went over {than} {limit} miles"),
            ("flights", "air_time", "took {than} {limit} minutes in the air"),
        ]
    )
    limit = draw.integers(2, 9) * {"temp_max": 3, "wind": 1, "body_mass_g": 500}.get(column, 40)
    sign, than = draw.choice([(">", "more than"), (">=", "at least"), ("<", "less than"), ("<=", "at most")])
    edge = {">": ">=", ">=": ">", "<": "<=", "<=": "<"}[sign]
    rows = {"seattle": "days", "penguins": "penguins", "flights": "flights"}[name]
    return Question(
        prompt="How many percent of the {rows} in `{name}` {words}? Fill in.",
        values={
            "rows": rows,
            "name": name,
            "words": words.format(than=than, limit=limit),
            "column": column,
            "sign": sign,
            "edge": edge,
            "than": than,
            "limit": limit,
        },
        answer=FillIn(f'100 * ({name}["{column}"] ___ {limit}).___()', [sign, "mean"], code=True),
        solution='`100 * ({name}["{column}"] {sign} {limit}).mean()`: the mean of True and False is the '
        "share of the "
        "Trues.",
        mistakes=[
            Mistake(
                "number-for-share",
                [sign, "sum"],
                says="The sign is right. `sum` counts the {rows}, though, and 100 times that is no "
                "percentage. Which method divides by how many there are?",
            ),
            Mistake(
                "at-the-limit",
                [edge, "mean"],
                says="`mean` gives the share: right. With `{edge}`, {limit} itself is on the wrong side, "
                "though. What does “{than}” say about it?",
            ),
        ],
    )
