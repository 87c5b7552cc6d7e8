"""Checks of lesson 3: which of two fractions is larger, and several of them in order.

Hints speak of sevenths and elevenths, which no question asks for, so that none gives an answer away.
"""

from fractions import Fraction as Value

from checkers import Choice, FillIn, Matching, MultipleChoice, Number, Ordering
from courseware.excerpt import apart
from courseware.items import Mistake, Question, item
from courseware.pictures import bar, line, options, over

PEOPLE = ["Amina", "Ben", "Chidi", "Dana", "Elif", "Finn", "Hana", "Ivo", "Jun", "Kofi", "Lena", "Noor"]
BOTTOMS = [2, 3, 4, 5, 6, 8, 9, 10, 12]
LOWEST = [(a, b) for b in BOTTOMS for a in range(1, b) if Value(a, b).denominator == b]
HALF = Value(1, 2)
EQUAL = "both are worth the same"
AB, CD = over("{a}", "{b}"), over("{c}", "{d}")


def value(fraction):
    return Value(*fraction)


def written(fraction):
    return f"{fraction[0]}/{fraction[1]}"


# ---------------------------------------------------------------- compare.two


@item(
    objective="compare.two",
    version=1,
    difficulty="easy",
    hints=[
        "Both fractions have the same number of parts. In which of them is one part larger?",
        "Think of a pizza for 3 people and one for 11. In which of the two is a piece larger?",
        "2/7 and 2/11: sevenths are larger than elevenths, so 2 of them are more.",
    ],
)
def same_top(draw, data):
    """Which of two fractions with the same number above the line is larger."""
    a = draw.integers(1, 5)
    b, d = draw.sample([n for n in (2, 3, 4, 5, 6, 8, 9, 10, 12, 20) if n > a], 2)
    first, second = draw.sample(PEOPLE, 2)
    big, small = (b, d) if b < d else (d, b)
    thing = draw.choice(
        ["loaf of bread", "jug of juice", "bar of chocolate", "bag of nuts", "block of cheese"]
    )
    right, wrong = over(a, big), over(a, small)
    return Question(
        prompt=f"{{first}} gets {AB} of a {{thing}}, {{second}} gets {over('{a}', '{d}')} of one of the "
        "same size. Which is more?",
        values={
            "first": first,
            "second": second,
            "thing": thing,
            "a": a,
            "b": b,
            "d": d,
            "big": big,
            "small": small,
        },
        answer=Choice(right=right, wrong=[wrong, EQUAL]),
        solution="Cut into {big}, the parts are larger than cut into {small}. So {a} of them are "
        f"more: {right}.",
        mistakes=[
            Mistake(
                "larger-bottom",
                wrong,
                says="{small} is larger than {big}: true for whole numbers. Below the line it is the other "
                "way round: cut into {small}, the parts are smaller. Draw both, and look at one part.",
            ),
            Mistake(
                "same-top-same",
                EQUAL,
                says="Both have the same number of parts, {a}: that is right. Are the parts the same size, "
                "though? Cut one {thing} into {big} and one into {small}.",
            ),
        ],
    )


@item(
    objective="compare.two",
    version=1,
    hints=[
        "Compare each one with one half. What is half of the number below the line?",
        "3/7 is less than half, as half of 7 is three and a half. 6/11 is more than half.",
    ],
)
def by_a_half(draw, data):
    """Which of two fractions is larger, where one half lies between them."""
    low, high = draw.choice(ACROSS_HALF)
    order = draw.choice([(low, high), (high, low)])
    right, wrong = over(*high), over(*low)
    return Question(
        prompt=f"Which is larger, {over(*order[0])} or {over(*order[1])}?",
        values={"a": high[0], "b": high[1], "c": low[0], "d": low[1]},
        answer=Choice(right=right, wrong=[wrong, EQUAL]),
        solution="Twice {c} is less than {d}, so that one is less than a half. Twice {a} is more "
        f"than {{b}}, so {right} is more than a half.",
        mistakes=[
            Mistake(
                "larger-numbers",
                wrong,
                says="You took the one with the larger numbers. What counts is how much of the whole it is. "
                "Is {c} more or less than half of {d}? And {a}, of {b}?",
            ),
            Mistake(
                "equal",
                EQUAL,
                says="They are near to each other, and not the same. Use one half as a helper: which of the "
                "two is less than a half, which is more?",
            ),
        ],
    )


@item(
    objective="compare.two",
    version=1,
    difficulty="hard",
    hints=[
        "How much is missing from each to one whole?",
        "What is missing is one part each time. Where is that part smaller?",
        "6/7 and 10/11 both miss one part. One eleventh is less than one seventh, so 10/11 is nearer to the "
        "whole.",
    ],
)
def one_part_missing(draw, data):
    """Which of two fractions that miss one part each is larger."""
    b, d = draw.sample([3, 4, 5, 6, 8, 9, 10, 12, 15, 20, 100], 2)
    big, small = max(b, d), min(b, d)
    thing = draw.choice(["path", "puzzle", "book", "wall", "song"])
    first, second = draw.sample(PEOPLE, 2)
    right, wrong = over(big - 1, big), over(small - 1, small)
    return Question(
        prompt=f"Two {{thing}}s are the same size. {{first}} has done {over(b - 1, b)} of one, {{second}} "
        f"{over(d - 1, d)} of the other. Which is more?",
        values={"thing": thing, "first": first, "second": second, "big": big, "small": small},
        answer=Choice(right=right, wrong=[wrong, EQUAL]),
        solution=f"Each misses one part. Cut into {{big}}, a part is smaller, so less is missing: {right} "
        "is more.",
        mistakes=[
            Mistake(
                "same-gap-same",
                EQUAL,
                says="One part is missing from each: well seen. Are these parts the same size, though? "
                "Compare one of {big} parts with one of {small} parts.",
            ),
            Mistake(
                "smaller-bottom",
                wrong,
                says="Parts of a {thing} cut into {small} are larger: true. Here one such part is "
                "*missing*. From which {thing} is less missing?",
            ),
        ],
    )


@item(
    objective="compare.two",
    version=1,
    hints=[
        "How many small steps make as much as the fraction that is given? Write it with the other number "
        "below.",
        "13/17 is 26/34. So the next number of 34ths that is more is 27, and 25 is the one that is less.",
    ],
)
def next_above(draw, data):
    """The smallest whole number that makes a fraction larger than another one."""
    a, b = draw.choice([f for f in LOWEST if f[1] <= 10])
    d = b * draw.choice([n for n in (2, 3, 4, 5, 6, 10) if n * b <= 60])
    more = draw.choice([True, False])
    edge = a * d // b
    right = edge + 1 if more else edge - 1
    if right == 0:
        more, right = True, edge + 1
    answer = Number(right)
    sign = "larger" if more else "smaller"
    return Question(
        prompt=f"Which is the {{which}} whole number that makes {over('?', '{d}')} {{sign}} than {AB}?",
        values={
            "which": "smallest" if more else "largest",
            "sign": sign,
            "a": a,
            "b": b,
            "d": d,
            "edge": edge,
            "times": d // b,
            "right": right,
        },
        answer=answer,
        solution="{a}/{b} is as much as {edge}/{d}. It has to be {sign}, so the next one is {right}/{d}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "as-much",
                    edge,
                    says="{edge}/{d} is as much as {a}/{b}: that is the important step. The question asks "
                    "for one that is {sign}. Which is the next whole number?",
                ),
                Mistake(
                    "tops-compared",
                    a + 1 if more else max(a - 1, 0),
                    says="You compared the numbers above the line. The parts are of different size, though. "
                    "How many parts of {d} are as much as {a}/{b}?",
                ),
            ],
        ),
    )


@item(
    objective="compare.two",
    version=1,
    hints=[
        "Cut both into parts of the same size: then the numbers above the line can be compared.",
        "3/7 and 5/14: 3/7 is 6/14, and 6 is more than 5.",
    ],
)
def same_parts(draw, data):
    """Two fractions brought to the same number below the line, with blanks."""
    first, second, bottom = draw.choice(PAIRS)
    (a, b), (c, d) = draw.shuffle([first, second])
    one, two = a * bottom // b, c * bottom // d
    larger = f"{a}/{b}" if one > two else f"{c}/{d}"
    other = f"{c}/{d}" if one > two else f"{a}/{b}"
    answer = FillIn(
        f"{a}/{b} = ___/{bottom} and {c}/{d} = ___/{bottom}. So the larger one is ___.",
        [Number(one), Number(two), [larger, larger.replace("/", " / ")]],
    )
    return Question(
        prompt=f"Which is larger, {AB} or {CD}? Fill in. The last blank takes one of the two, typed like "
        "3/4.",
        values={
            "a": a,
            "b": b,
            "c": c,
            "d": d,
            "one": one,
            "two": two,
            "bottom": bottom,
            "larger": larger,
            "other": other,
        },
        answer=answer,
        solution="With {bottom} parts: {a}/{b} is {one}/{bottom}, and {c}/{d} is {two}/{bottom}. So "
        "{larger} is larger.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "tops-kept",
                    [a, c, larger],
                    says="The larger one is right. With {bottom} parts to the whole, though, more than {a} "
                    "parts make {a}/{b}. How many times as many parts are there as in {b}?",
                ),
                Mistake(
                    "smaller-one",
                    [one, two, other],
                    says="Both have {bottom} parts now: {one} and {two}. That is right so far. Parts of the "
                    "same size can be counted: which is more?",
                ),
            ],
        ),
    )


@item(
    objective="compare.two",
    version=1,
    hints=[
        "Halve the number below the line. Is the number above it smaller or larger than that?",
        "Half of 11 is five and a half. So 5/11 is less than a half, and 6/11 is more.",
    ],
)
def less_or_more_than_half(draw, data):
    """Fractions sorted by whether they are less than a half, a half, or more."""
    low = draw.choice(
        [(4, 9), (3, 8), (5, 12), (2, 5), (7, 15), (9, 20), (3, 10), (4, 10), (1, 3), (49, 100)]
    )
    high = draw.choice(
        [(2, 3), (3, 5), (5, 8), (7, 12), (5, 9), (6, 10), (11, 20), (8, 15), (3, 4), (51, 100)]
    )
    half = draw.choice([(2, 4), (3, 6), (4, 8), (5, 10), (6, 12), (9, 18), (50, 100)])
    other = draw.choice(
        [f for f in [(2, 9), (7, 16), (1, 4), (7, 9), (9, 16), (5, 6)] if f not in (low, high)]
    )
    names = {-1: "less than one half", 0: "exactly one half", 1: "more than one half"}

    def place(fraction):
        return names[(value(fraction) > HALF) - (value(fraction) < HALF)]

    pairs = {written(f): place(f) for f in draw.shuffle([low, high, half, other])}
    answer = Matching(pairs)
    return Question(
        prompt="Less than a half, or more? Find the place of each.",
        values={"low": written(low), "high": written(high), "half": written(half), "c": low[0], "d": low[1]},
        answer=answer,
        solution="Twice the number above the line, compared with the one below.\n\n"
        + "\n".join(f"- {one}: {place}" for one, place in pairs.items()),
        mistakes=apart(
            answer,
            [
                Mistake(
                    "larger-numbers",
                    pairs | {written(low): names[1], written(high): names[-1]},
                    says="You have {half} in its place. {low} and {high} have to change places. Take {low}: "
                    "twice {c} is how much, and is that more than {d}?",
                ),
                Mistake(
                    "near-is-half",
                    pairs | {written(low): names[0]},
                    says="All are right but {low}. It is near to one half. Twice {c} is how much? It would "
                    "have to be {d} for exactly one half.",
                ),
            ],
        ),
    )


@item(
    objective="compare.two",
    version=1,
    hints=[
        "Look at the wholes first: are both of the same size?",
        "Half of a small glass and a third of a large jug: can you say which is more without seeing them?",
    ],
)
def same_whole(draw, data):
    """Whether fractions of wholes of different size can be compared."""
    a, b = draw.choice([f for f in LOWEST if f[1] <= 5])
    c, d = draw.choice([f for f in LOWEST if f[1] <= 6 and value(f) < value((a, b))] or [(1, 6)])
    if value((c, d)) >= value((a, b)):
        (a, b), (c, d) = (1, 2), (1, 6)
    one, two = draw.sample(PEOPLE, 2)
    thing, small, large = draw.choice(
        [
            ("pizza", "a small", "a very large"),
            ("melon", "a small", "a huge"),
            ("cake", "a small", "a very large"),
            ("bottle of juice", "a small", "a big"),
            ("garden", "a tiny", "a wide"),
        ]
    )
    unknown = "You cannot tell: it depends on how large both are"
    bigger, other = (
        f"{one} has more, as {a}/{b} is larger than {c}/{d}",
        f"{two} has more, as {d} is more than {b}",
    )
    if d <= b:
        other = f"Both have the same, as each has a part of a {thing}"
    return Question(
        prompt=f"{{one}} has {AB} of {{small}} {{thing}}. {{two}} has {CD} of {{large}} {{thing}}. Who has "
        "more?",
        values={
            "one": one,
            "two": two,
            "thing": thing,
            "small": small,
            "large": large,
            "a": a,
            "b": b,
            "c": c,
            "d": d,
        },
        answer=Choice(right=unknown, wrong=[bigger, other]),
        solution=f"{unknown}. Fractions can be compared if their wholes are the same size.",
        mistakes=[
            Mistake(
                "whole-forgotten",
                bigger,
                says="{a}/{b} is larger than {c}/{d} of the *same* whole: that is right. Here one {thing} "
                "is much larger than the other. What else would you have to know?",
            ),
            Mistake(
                "numbers-alone",
                other,
                says="Look at both wholes, not at the numbers alone: {small} {thing} and {large} one. Could "
                "you say who has more without seeing them?",
            ),
        ],
    )


def _pairs():
    """Two fractions near to each other, and a number that both numbers below the line divide."""
    found = []
    for first in LOWEST:
        for second in LOWEST:
            (a, b), (c, d) = first, second
            bottom = next(n for n in range(b, b * d + 1, b) if n % d == 0)
            if b < d and bottom <= 60 and 0 < abs(value(first) - value(second)) < Value(1, 5) and a != c:
                found.append((first, second, bottom))
    return found


PAIRS = _pairs()
ACROSS_HALF = [
    ((a, b), (c, d))
    for b in (5, 8, 9, 10, 12, 13, 15, 16)
    for a in range(1, b)
    if Value(1, 4) < Value(a, b) < HALF and Value(a, b).denominator == b
    for c, d in LOWEST
    if HALF < value((c, d)) < Value(4, 5) and d < b and c < a + 3
]


# ---------------------------------------------------------------- compare.order


@item(
    objective="compare.order",
    version=1,
    difficulty="easy",
    hints=[
        "All have the same number of parts. So look at the size of one part.",
        "The more parts a whole is cut into, the smaller is each. 3/11 comes before 3/7.",
    ],
)
def order_same_top(draw, data):
    """Fractions with the same number above the line, in order."""
    a = draw.integers(1, 4)
    bottoms = sorted(
        draw.sample([n for n in (2, 3, 4, 5, 6, 8, 9, 10, 12, 20) if n > a], draw.choice([3, 4])),
        reverse=True,
    )
    up = draw.choice([True, False])
    names = [f"{a}/{b}" for b in bottoms]
    right = names if up else names[::-1]
    mixed = [right[1], right[0], *right[2:]]
    return Question(
        prompt="Put them in order. Begin with the **{which}**.",
        values={
            "which": "smallest" if up else "largest",
            "a": a,
            "first": right[0],
            "most": max(bottoms),
            "least": min(bottoms),
        },
        answer=Ordering(right, code=False),
        solution=f"{', '.join(right)}. All have {{a}} above the line, and cut into {{most}} the parts are "
        "the smallest.",
        mistakes=[
            Mistake(
                "by-the-bottom",
                right[::-1],
                says="You sorted by the number below the line, as if a large one meant much. Cut a whole "
                "into {most} parts, and another into {least}: where is one part larger?",
            ),
            Mistake(
                "first-two",
                mixed,
                says="The order is nearly there. The first two have to change places. Both have {a} above "
                "the line: which of them has the {which} parts?",
            ),
        ],
    )


@item(
    objective="compare.order",
    version=1,
    hints=[
        "Is there one that is less than a half, and one that is more? Place these first.",
        "For the rest, look how much is missing to one whole, or write both with the same number below the "
        "line.",
        "2/11 is small, 3/7 is a little less than a half, 10/11 is nearly one whole.",
    ],
)
def order_mixed(draw, data):
    """Fractions of all sorts in order, smallest first."""
    low = draw.choice([(1, 3), (1, 4), (2, 9), (3, 10), (1, 5), (3, 12), (2, 8), (1, 6)])
    mid = draw.choice([(1, 2), (4, 8), (5, 9), (2, 4), (6, 12), (5, 10), (4, 9)])
    high = draw.choice([(2, 3), (3, 4), (5, 6), (7, 8), (9, 10), (4, 5), (8, 9), (7, 9)])
    right = [written(f) for f in (low, mid, high)]
    by_top = [written(f) for f in sorted((low, mid, high), key=lambda f: f[0])]
    by_bottom = [written(f) for f in sorted((low, mid, high), key=lambda f: (f[1], f[0]))]
    answer = Ordering(right, code=False)
    return Question(
        prompt="Put them in order. Begin with the smallest.",
        values={"low": right[0], "mid": right[1], "high": right[2]},
        answer=answer,
        solution=f"{', '.join(right)}. {{low}} is well below one half, {{mid}} near it, and {{high}} well "
        "above.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "by-the-top",
                    by_top,
                    says="You sorted by the number above the line. It says how many parts, and not how "
                    "large they are. Which of the three is less than one half?",
                ),
                Mistake(
                    "by-the-bottom",
                    by_bottom,
                    says="You sorted by the number below the line. It says into how many parts the whole is "
                    "cut. Compare each with one half instead: which one is less?",
                ),
                Mistake(
                    "largest-first",
                    right[::-1],
                    says="You compared them well: the order is right, from the other end. Read which one "
                    "the question wants to come first.",
                ),
            ],
        ),
    )


@item(
    objective="compare.order",
    version=1,
    hints=[
        "Where is one half on the line? Which fraction is nearest to it?",
        "Then ask of the others: nearer to 0, or nearer to 1? 1/11 is near 0, and 6/7 is near 1.",
    ],
)
def on_the_line(draw, data):
    """Three letters on a number line and the fractions that they stand at."""
    steps = 24
    low, mid, high = (
        draw.choice([(1, 8), (1, 6), (1, 4), (1, 3)]),
        draw.choice([(1, 2), (3, 8), (5, 12), (7, 12)]),
        draw.choice([(2, 3), (3, 4), (5, 6), (7, 8)]),
    )
    places = [int(value(f) * steps) for f in (low, mid, high)]
    letters = draw.choice([("A", "B", "C"), ("K", "L", "M"), ("P", "Q", "R"), ("X", "Y", "Z")])
    drawing = line(steps, named=dict(zip(places, letters, strict=True)))
    pairs = {f"Letter {letter}": written(f) for letter, f in zip(letters, (low, mid, high), strict=True)}
    names = list(pairs)
    odd = draw.choice([n for n in ("9/10", "11/12", "1/10", "1/12") if n not in pairs.values()])
    return Question(
        prompt=f"Which fraction belongs to which letter?\n\n{drawing}",
        values={
            "one": letters[0],
            "three": letters[2],
            "low": written(low),
            "high": written(high),
            "bottom": low[1],
        },
        answer=Matching(pairs, distractors=[odd]),
        solution="Small fractions are on the left, near 0.\n\n"
        + "\n".join(f"- {k}: {v}" for k, v in pairs.items()),
        mistakes=[
            Mistake(
                "other-way-round",
                pairs | {names[0]: written(high), names[2]: written(low)},
                says="The one in the middle is right. {low} and {high} have to change places. Which of them "
                "is nearer to 0? The line begins there, at the left.",
            ),
            Mistake(
                "bottom-read-as-size",
                pairs | {names[0]: written(mid), names[1]: written(low)},
                says="{three} is in its place. Look at {one}: it is the nearest to 0. Which of your two "
                "fractions is the smaller one? Compare both with one half.",
            ),
        ],
    )


@item(
    objective="compare.order",
    version=1,
    difficulty="hard",
    hints=[
        "Write all three with the same number below the line.",
        "Between 40/91 and 42/91 lies 41/91: that is easy, as the parts are the same size.",
    ],
)
def between_them(draw, data):
    """The whole number that puts a fraction between two others."""
    d = draw.choice([6, 8, 10, 12, 15, 16, 20, 24])
    n = draw.integers(2, d - 2)
    low, high = Value(n - 1, d), Value(n + 1, d)
    if low.denominator == d and high.denominator == d:
        n = n + 1 if n + 2 < d else n - 1
        low, high = Value(n - 1, d), Value(n + 1, d)
    a, b, c, e = low.numerator, low.denominator, high.numerator, high.denominator
    answer = Number(n)
    return Question(
        prompt=f"{{who}} thinks of a fraction: {over('?', '{d}')}. It lies between {AB} and "
        f"{over('{c}', '{e}')}. Which whole number belongs in the place of the question mark?",
        values={
            "who": draw.choice(PEOPLE),
            "a": a,
            "b": b,
            "c": c,
            "e": e,
            "d": d,
            "n": n,
            "low": n - 1,
            "high": n + 1,
        },
        answer=answer,
        solution="With {d} parts: {a}/{b} is {low}/{d}, and {c}/{e} is {high}/{d}. Between them is {n}/{d}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "lower-end",
                    n - 1,
                    says="{low}/{d} is as much as {a}/{b}: you brought it to {d} parts. It has to be *more* "
                    "than that. Which is the next number?",
                ),
                Mistake(
                    "upper-end",
                    n + 1,
                    says="{high}/{d} is as much as {c}/{e}: you brought it to {d} parts. It has to be "
                    "*less* than that. Which number comes before?",
                ),
                Mistake(
                    "between-the-tops",
                    (a + c) // 2 if (a + c) // 2 != n else a + 1,
                    says="That number lies between the numbers above the line, or near them. The parts are "
                    "of different size, though. How many parts of {d} make {a}/{b}?",
                ),
            ],
        ),
    )


@item(
    objective="compare.order",
    version=1,
    hints=[
        "The bars are all the same length. Where does the colour end?",
        "Look for the bar whose colour ends between the two others. 3/7 ends between 1/7 and 6/7.",
    ],
)
def middle_picture(draw, data):
    """Which bar would stand in the middle, if they were put in order."""
    a = draw.choice([(1, 4), (1, 5), (1, 3), (2, 8), (2, 9), (1, 6), (3, 12)])
    b = draw.choice([(1, 2), (2, 5), (4, 9), (5, 10), (3, 6), (5, 8), (5, 9)])
    c = draw.choice([(3, 4), (4, 5), (5, 6), (7, 8), (8, 9), (9, 10), (10, 12)])
    small, middle, large = (bar(f[1], f[0], wide=230) for f in (a, b, c))
    say = {"small": written(a), "mid": written(b), "large": written(c)}
    return Question(
        prompt="Put the bars in order in your mind, by how much is shaded. Which one comes in the "
        "**middle**?",
        values=say,
        answer=Choice(
            right=middle.alt, wrong=[small.alt, large.alt], pictures=options([small, middle, large])
        ),
        solution=f"{{small}}, then {{mid}}, then {{large}}. The one in the middle: {middle.alt}",
        mistakes=[
            Mistake(
                "least",
                small.alt,
                says="That bar has {small} shaded. Both of the others have more: their colour reaches "
                "further. Which of these two reaches less far?",
            ),
            Mistake(
                "most",
                large.alt,
                says="That bar has {large} shaded, and it is the longest stretch of colour of all. The "
                "number of parts does not matter. Which bar has less, and which the least?",
            ),
        ],
    )


@item(
    objective="compare.order",
    version=1,
    hints=[
        "Test each fraction twice: is it more than the first one, and less than the second?",
        "5/11 lies between 1/3 and 2/3, as it is near to one half.",
    ],
)
def all_between(draw, data):
    """Which fractions lie between two others."""
    low, high = draw.choice(
        [((1, 4), (3, 4)), ((1, 3), (2, 3)), ((1, 5), (4, 5)), ((1, 3), (3, 4)), ((1, 4), (2, 3))]
    )
    pool = [(3, 8), (1, 2), (2, 5), (5, 9), (3, 5), (4, 9), (5, 8), (5, 10), (9, 20), (11, 20), (7, 15)]
    inside = draw.sample([f for f in pool if value(low) < value(f) < value(high)], 2)
    below = draw.choice(
        [f for f in [(1, 6), (1, 8), (1, 10), (2, 12), (1, 9), (2, 20)] if value(f) < value(low)]
    )
    above = draw.choice(
        [f for f in [(5, 6), (7, 8), (9, 10), (8, 9), (11, 12), (19, 20)] if value(f) > value(high)]
    )
    right = [over(*f) for f in inside]
    return Question(
        prompt=f"Which fractions lie between {over(*low)} and {over(*high)}?",
        values={
            "below": written(below),
            "above": written(above),
            "low": written(low),
            "high": written(high),
            "b": below[1],
        },
        answer=MultipleChoice(right=right, wrong=[over(*below), over(*above)]),
        solution="{below} is less than {low}, and {above} is more than {high}. Between them lie "
        f"{right[0]} and {right[1]}.",
        mistakes=[
            Mistake(
                "larger-bottom",
                [*right, over(*below)],
                says="You found both. {below} is in your picks as well, and it is less than {low}: cut into "
                "{b}, the parts are small. Draw {low} and {below} below each other.",
            ),
            Mistake(
                "past-the-end",
                [*right, over(*above)],
                says="You found both. {above} is in your picks as well. How much is missing from it to one "
                "whole, and how much from {high}?",
            ),
            Mistake(
                "one-found",
                right[:1],
                says="That one lies between them. There is one more. Compare each of the others with {low} "
                "first, then with {high}.",
            ),
        ],
    )


@item(
    objective="compare.order",
    version=1,
    hints=[
        "Who has the smallest part of the way behind them? Compare with one half first.",
        "Someone who has done 2/11 of a way is behind someone who has done 3/7 of it.",
    ],
)
def race(draw, data):
    """Three people on the same way, in order."""
    low = draw.choice([(1, 3), (1, 4), (2, 9), (3, 10), (2, 5), (3, 8)])
    mid = draw.choice([(1, 2), (5, 9), (6, 12), (5, 8), (6, 10), (4, 8)])
    high = draw.choice([(2, 3), (3, 4), (5, 6), (4, 5), (9, 10), (7, 8)])
    people = draw.sample(PEOPLE, 3)
    way, verb = draw.choice(
        [("lake", "swum"), ("park", "run"), ("track", "cycled"), ("forest path", "walked")]
    )
    done = dict(zip(people, (low, mid, high), strict=True))
    front = people[::-1]
    by_bottom = sorted(people, key=lambda who: (-done[who][1], -done[who][0]))
    answer = Ordering(front, code=False)
    says = ", ".join(f"{who} has {{verb}} {written(done[who])}" for who in draw.shuffle(people))
    return Question(
        prompt=f"Three friends go the same way round the {{way}}. {says} of it. Who is in front? Put the "
        "one in front first.",
        values={
            "way": way,
            "verb": verb,
            "first": front[0],
            "last": front[2],
            "most": written(high),
            "least": written(low),
        },
        answer=answer,
        solution=f"{', '.join(front)}. {{most}} is the largest of the three, {{least}} the smallest.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "last-first",
                    people,
                    says="You compared all three well, from the other end. Who is in front has the largest "
                    "part of the way behind them. So who comes first?",
                ),
                Mistake(
                    "by-the-bottom",
                    by_bottom,
                    says="You went by the numbers below the line. A large one there means *small* parts. "
                    "Which of the three has done less than one half?",
                ),
            ],
        ),
    )
