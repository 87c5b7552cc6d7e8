"""Every wrong option of every question; options shown in other orders; what is no option.

What is told of a wrong option is its author's: the questions here say something of each, as lessons have to.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.told import Told, judged

from checkers import Choice

QUESTIONS: dict[str, tuple[str, dict[str, str]]] = {
    "rows and columns": (
        "`df.shape`",
        {
            "`df.size`": "`df.size` counts cells. Which attribute gives two numbers?",
            "`len(df)`": "`len(df)` counts rows alone. Which attribute gives the columns, too?",
            "`df.columns`": "`df.columns` holds names. Which attribute gives two numbers?",
        },
    ),
    "larger fraction": (
        "3/4",
        {
            "5/8": "5/8 is 10/16, and 3/4 is 12/16. Write all of them in sixteenths.",
            "7/16": "7/16 has the most and the smallest parts. Is it more than one half?",
            "2/3": "2/3 lacks one third, 3/4 one quarter. Which lacks less?",
        },
    ),
    "mean and median": (
        "The mean moves, the median stays.",
        {
            "Both move.": "The median asks only which one is in the middle. Does that change?",
            "Both stay.": "The mean takes in the size of every value. What does a large one do to the sum?",
            "The median moves, the mean stays.": "It is the other way round. Which of the two adds all up?",
        },
    ),
    "what range gives": (
        "0, 1, 2",
        {
            "1, 2, 3": "`range(3)` begins at 0. Where does it end, then?",
            "0, 1, 2, 3": "`range(3)` ends before 3. How many numbers are that?",
            "1, 2": "`range(3)` begins at 0. Which one is missing?",
        },
    ),
    "sign of the slope": (
        "negative",
        {
            "positive": "A line that falls to the right: what happens to y when x grows?",
            "zero": "A slope of zero is a level line. Does this one fall?",
        },
    ),
    "join": (
        "left",
        {
            "inner": "An inner join drops rows without a partner. Are they to stay?",
            "outer": "An outer join keeps rows of both tables. Which table is to stay as it is?",
            "cross": "A cross join pairs each row with each. How many rows would that be?",
            "right": "A right join keeps the rows of the second table. Which one is to stay?",
        },
    ),
    "units of speed": (
        "m/s",
        {
            "m": "m measures a length.",
            "s/m": "s/m is time for a length.",
            "m/s²": "m/s² is how speed changes.",
        },
    ),
    "scale of a plot": (
        "logarithmic",
        {"linear": "On a linear axis, small values lie on one another.", "none": "Every axis has a scale."},
    ),
    "type of 3 / 2": (
        "float",
        {
            "int": "`/` gives a number with a point, always.",
            "str": "Quotes would make it a text.",
            "bool": "-",
        },
    ),
    "mutable": (
        "list",
        {
            "tuple": "A tuple stays as it is.",
            "str": "A text stays.",
            "int": "A number stays.",
            "frozenset": "Frozen.",
        },
    ),
    "sample": (
        "every third name on the list",
        {
            "the first ten": "Who comes first may differ from the rest.",
            "friends": "Friends are alike.",
            "volunteers": "Who volunteers may differ.",
        },
    ),
    "missing value": (
        "`NaN`",
        {"`0`": "0 is a value.", "`''`": "An empty text is a text.", "`-1`": "-1 is a number."},
    ),
    "what `and` needs": (
        "both are true",
        {
            "one is true": "That is `or`.",
            "none is true": "That is `not … or`.",
            "they differ": "That is `!=`.",
        },
    ),
    "area of a circle": (
        "πr²",
        {
            "2πr": "That is how long the circle is.",
            "πd": "That is its length, too.",
            "πr": "A length, no area.",
        },
    ),
}


def corpus(only: str | None) -> Iterator[Told]:
    for name, (right, wrong) in QUESTIONS.items():
        if only not in (None, name):
            continue
        key = Choice(right=right, wrong=wrong)
        for one in (key, Choice(right=right, wrong=[*wrong][::-1])):
            for shown in (sorted, lambda options: sorted(options, reverse=True)):
                yield judged("choice", name, one.arranged(shown), right, right=True)
        for option in wrong:
            yield judged("choice", name, key, option, "picked")
    if only is None:
        for response in ("", right[:-1] + "x", [right], 1, None):
            yield judged("choice", name, key, response, "no option")
