"""Checks of lesson 2: fractions that are worth the same, and the one with the smallest numbers.

Hints speak of sevenths and elevenths, which no question asks for, so that none gives an answer away.
"""

from math import gcd

from checkers import Choice, FillIn, Fraction, Matching, MultipleChoice, Number, Shade
from courseware.excerpt import apart
from courseware.items import Mistake, Question, item
from courseware.pictures import bar, circle, options, over

PEOPLE = ["Amina", "Ben", "Chidi", "Dana", "Elif", "Finn", "Hana", "Ivo", "Jun", "Kofi", "Lena", "Noor"]
LOWEST = [(a, b) for b in (2, 3, 4, 5, 6, 8, 9, 10) for a in range(1, b) if gcd(a, b) == 1]
NOT_UNIT = [(a, b) for a, b in LOWEST if a > 1]
AB = over("{a}", "{b}")


# ---------------------------------------------------------------- equal.find


@item(
    objective="equal.find",
    version=1,
    difficulty="easy",
    hints=[
        "Compare the numbers below the line. The parts were cut smaller: into how many pieces each?",
        "If each part is cut into three pieces, there are three times as many parts, and three times as "
        "many shaded ones.",
        "From 5/11 to a fraction with 77 below the line: 11 times 7 is 77. So there are 35 above it.",
    ],
)
def missing_top(draw, data):
    """The missing number above the line of an equal fraction."""
    a, b = draw.choice(LOWEST)
    times = draw.integers(2, 10 if b <= 6 else 6)
    top, bottom = a * times, b * times
    answer = Number(top)
    return Question(
        prompt="Both fractions are worth the same. Which number belongs in the place of the question "
        f"mark?\n\n{AB} = {over('?', '{bottom}')}",
        values={"a": a, "b": b, "times": times, "top": top, "bottom": bottom, "more": bottom - b},
        answer=answer,
        solution="From {b} to {bottom} is {times} times as many parts. So {times} times as many are meant: "
        "{a} times {times} is {top}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "added",
                    a + bottom - b,
                    says="Below the line there are {more} more, and you added {more} above it. But each "
                    "part was cut into pieces. How many *times* as many parts are there now?",
                ),
                Mistake(
                    "unchanged",
                    a,
                    says="You kept the {a}. There are {bottom} parts now, though, and they are smaller. "
                    "Would {a} small parts be as much as {a} large ones?",
                ),
                Mistake(
                    "times-alone",
                    times,
                    says="You found that there are {times} times as many parts: that is the important step. "
                    "What happens to the {a} shaded parts, if each is cut into {times}?",
                ),
            ],
        ),
    )


@item(
    objective="equal.find",
    version=1,
    hints=[
        "Look at the numbers above the line. How many times as many are there on the right?",
        "What you do above the line you do below it as well: the same number of times.",
        "From 5/7 to 55 above the line: 5 times 11 is 55, so 77 is below it.",
    ],
)
def missing_bottom(draw, data):
    """The missing number below the line of an equal fraction."""
    a, b = draw.choice(NOT_UNIT)
    times = draw.integers(2, 10 if b <= 6 else 6)
    top, bottom = a * times, b * times
    answer = Number(bottom)
    return Question(
        prompt="Both fractions are worth the same. Which number belongs in the place of the question "
        f"mark?\n\n{AB} = {over('{top}', '?')}",
        values={"a": a, "b": b, "times": times, "top": top, "bottom": bottom, "more": top - a},
        answer=answer,
        solution="From {a} to {top} is {times} times as many. So below the line, too: {b} times {times} is "
        "{bottom}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "added",
                    b + top - a,
                    says="Above the line there are {more} more, and you added {more} below it. That changes "
                    "how much it is. How many *times* as many are there above the line?",
                ),
                Mistake(
                    "unchanged",
                    b,
                    says="You kept the {b} below the line. Then {top} parts are more than {a} parts of the "
                    "same size. How small do the parts have to be, so that it stays the same amount?",
                ),
            ],
        ),
    )


@item(
    objective="equal.find",
    version=1,
    difficulty="easy",
    hints=[
        "How much of the bar is shaded: a little, half, nearly all? Look for the same length.",
        "Put a ruler, or your finger, at the end of the shaded part. Where does it end in the other "
        "pictures?",
        "2 of 7 parts reach as far as 4 of 14 smaller parts.",
    ],
)
def same_amount(draw, data):
    """Which other picture shows the same amount."""
    a, b = draw.choice([f for f in LOWEST if f[1] > 2])
    times = draw.choice([2, 3] if b <= 6 else [2])
    shape = draw.choice([bar, circle]) if b <= 5 else bar
    wide = 240 if shape is bar else 110
    who, what = draw.choice(PEOPLE), draw.choice(["painted", "coloured", "shaded"])
    asked = shape(b, a, wide=wide)
    right = shape(b * times, a * times, wide=wide)
    count = shape(b * times, a, wide=wide)
    plus = shape(b + times, a + times, wide=wide)
    shown = [right, count, plus]
    return Question(
        prompt=f"{{who}} has {{what}} this much. Which other picture shows the same amount?\n\n{asked}",
        values={
            "who": who,
            "what": what,
            "a": a,
            "b": b,
            "times": times,
            "top": a * times,
            "bottom": b * times,
        },
        answer=Choice(right=right.alt, wrong=[p.alt for p in shown[1:]], pictures=options(shown)),
        solution=f"Each part is cut into {{times}}: {{top}} of {{bottom}} parts. {right.alt}\n\n{right}",
        mistakes=[
            Mistake(
                "top-kept",
                count.alt,
                says="You looked for {a} shaded parts. Those parts are smaller, though, so {a} of them are "
                "less. Where does the colour reach as far as in the picture above?",
            ),
            Mistake(
                "added",
                plus.alt,
                says="That picture has {times} more parts, and {times} more of them are shaded. It is not "
                "the same amount: compare how much is *empty*. Which picture has as much empty as the one "
                "above?",
            ),
        ],
    )


@item(
    objective="equal.find",
    version=1,
    hints=[
        "Test one fraction at a time. By which number was the number above the line multiplied?",
        "Was the number below the line multiplied by the same one? Then both fractions are worth the same.",
        "14/21 is equal to 2/3, as both numbers are 7 times as large. 9/10 is not: it has 7 more.",
    ],
)
def all_equal(draw, data):
    """Pick all fractions that are worth the same as a given one."""
    a, b = draw.choice([f for f in LOWEST if f[1] in (3, 4, 5, 6, 8)])
    first, second = sorted(draw.sample([2, 3, 4, 5], 2))
    plus = draw.integers(2, 5)
    right = [over(a * first, b * first), over(a * second, b * second)]
    added = over(a + plus, b + plus)
    below = over(a, b * first)
    if added in right:
        plus += 1
        added = over(a + plus, b + plus)
    return Question(
        prompt=f"Which fractions are worth the same as {AB}?",
        values={"a": a, "b": b, "first": first, "second": second, "plus": plus},
        answer=MultipleChoice(right=right, wrong=[added, below]),
        solution=f"{right[0]}: both numbers times {{first}}. {right[1]}: both times {{second}}. In the "
        "others, something else was done.",
        mistakes=[
            Mistake(
                "added",
                [*right, added],
                says="You found both that are equal. In one more, {plus} was *added* above and below the "
                "line. Adding changes the amount. Draw both as bars, and compare.",
            ),
            Mistake(
                "only-below",
                [*right, below],
                says="You found both that are equal. In one more, only the number below the line has "
                "changed: the parts got smaller, and there are still {a} of them. Is that as much?",
            ),
            Mistake(
                "one-found",
                right[:1],
                says="That one is right: both numbers are {first} times as large. One more is hidden there. "
                "Which one has both numbers multiplied by another number?",
            ),
        ],
    )


@item(
    objective="equal.find",
    version=1,
    hints=[
        "Begin with one half: which fraction has a number below the line that is twice the one above?",
        "For the others, ask: by which number could both have been multiplied?",
        "2/7 and 6/21 are partners: both numbers times 3.",
    ],
)
def match_equals(draw, data):
    """Fractions and their equals."""
    (a, b), (c, e), (f, g) = draw.sample([f for f in LOWEST if f[1] in (2, 3, 4, 5, 6)], 3)
    one, two, three = draw.integers(2, 5), draw.integers(2, 5), draw.integers(2, 4)
    pairs = {
        f"{a}/{b}": f"{a * one}/{b * one}",
        f"{c}/{e}": f"{c * two}/{e * two}",
        f"{f}/{g}": f"{f * three}/{g * three}",
    }
    odd = f"{a + b * (one - 1)}/{b * one}"
    answer = Matching(pairs, distractors=[] if odd in pairs.values() else [odd])
    mistakes = [
        Mistake(
            "exchanged",
            pairs | {f"{a}/{b}": pairs[f"{c}/{e}"], f"{c}/{e}": pairs[f"{a}/{b}"]},
            says="Two of them have each other's partner. Look at {first} alone: by which number could both "
            "of its numbers be multiplied, to reach one of those on the right?",
        )
    ]
    if odd not in pairs.values():
        mistakes.append(
            Mistake(
                "added",
                pairs | {f"{a}/{b}": odd},
                says="{odd} has the number of parts that you need. Its number above the line is not the "
                "right one. How many times as many parts are there as in {first}?",
            )
        )
    return Question(
        prompt="Which two are worth the same? Find the partner of each.",
        values={"first": f"{a}/{b}", "odd": odd},
        answer=answer,
        solution="Both numbers were multiplied by the same one.\n\n"
        + "\n".join(f"- {left} = {right}" for left, right in pairs.items()),
        mistakes=mistakes,
    )


@item(
    objective="equal.find",
    version=1,
    hints=[
        "How many small parts fit into one large part of the first bar?",
        "Shade as far as the first bar is shaded. 3 of 7 parts are as much as 6 of 14.",
    ],
)
def shade_the_same(draw, data):
    """Shade the same amount in a bar that is cut finer."""
    a, b = draw.choice([f for f in LOWEST if f[1] in (2, 3, 4, 5, 6)])
    times = draw.choice([2, 3, 4]) if b <= 4 else 2
    if b == 2:
        times = draw.choice([3, 4, 5])
    parts, count = b * times, a * times
    one, two = draw.sample(PEOPLE, 2)
    answer = Shade(f"{a}/{b}", parts=parts)
    first = ", ".join(map(str, range(1, count + 1)))
    return Question(
        prompt=f"{{one}} has painted {AB} of a fence:\n\n{bar(b, a)}\n\n{{two}}'s fence is as long, and has "
        "{parts} parts. Shade it so that both have painted the same amount.",
        values={"one": one, "two": two, "a": a, "b": b, "times": times, "parts": parts, "count": count},
        answer=answer,
        solution="Each part of the first fence is as long as {times} of the second. {a} times "
        f"{{times}} is {{count}}: for instance parts {first}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "top-kept",
                    list(range(1, a + 1)),
                    says="{one} painted {a} parts, and you shaded {a}. {two}'s parts are smaller, though. "
                    "How many of them are as long as one of {one}'s?",
                ),
                Mistake(
                    "same-left",
                    list(range(1, parts - (b - a) + 1)),
                    says="Both fences now have the same *number* of parts without paint. Small parts and "
                    "large ones are not the same amount. How far does {one}'s paint reach?",
                ),
            ],
        ),
    )


@item(
    objective="equal.find",
    version=1,
    difficulty="hard",
    hints=[
        "Go from the first fraction each time. How many times as many parts are there?",
        "Multiply the number above the line by the same number.",
        "2/7 = 4/14 = 6/21: both numbers times 2, then both numbers times 3.",
    ],
)
def chain_of_equals(draw, data):
    """Two more fractions that are equal to a given one."""
    a, b = draw.choice(NOT_UNIT)
    one, two = sorted(draw.sample([2, 3, 4, 5, 10], 2))
    answer = FillIn(f"{a}/{b} = ___/{b * one} = ___/{b * two}", [Number(a * one), Number(a * two)])
    return Question(
        prompt="All three fractions are worth the same. Fill in the numbers above the line.",
        values={"a": a, "b": b, "one": one, "two": two, "first": a * one, "second": a * two},
        answer=answer,
        solution="{b} times {one}, so {a} times {one}: {first}. {b} times {two}, so {a} times {two}: "
        "{second}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "added",
                    [a + b * one - b, a + b * two - b],
                    says="You added above the line what was added below it. That changes the amount. How "
                    "many *times* {b} are there below the line each time?",
                ),
                Mistake(
                    "unchanged",
                    [a, a],
                    says="The parts get smaller from fraction to fraction, and you kept {a} of them. How "
                    "many are needed for the same amount?",
                ),
                Mistake(
                    "times-alone",
                    [one, two],
                    says="You found how many times as many parts there are: {one} and {two}. That is the "
                    "first half. Now there are that many times {a} above the line. How many?",
                ),
            ],
        ),
    )


# ---------------------------------------------------------------- equal.simplest


def large(draw, factors=(4, 6, 8, 9, 10, 12)):
    """A fraction in lowest terms, and what both its numbers are multiplied by."""
    by = draw.choice(factors)
    a, b = draw.choice([f for f in LOWEST if f[1] * by <= 100])
    return a, b, by


def part_of(by):
    """The largest number that divides another one and is not the number itself."""
    return max(n for n in range(1, by) if by % n == 0)


@item(
    objective="equal.simplest",
    version=1,
    hints=[
        "Which number divides both of them? Try 2, 3 and 5 first.",
        "Divide both numbers by it. Then look once more: is there still one that divides both?",
        "28/98: both by 2 is 14/49, then both by 7 is 2/7. No number divides 2 and 7, so that is the end.",
    ],
)
def make_smallest(draw, data):
    """A fraction written with the smallest numbers."""
    a, b, by = large(draw)
    top, bottom, some = a * by, b * by, part_of(by)
    answer = Fraction(f"{a}/{b}", lowest=True)
    return Question(
        prompt=f"Write {over('{top}', '{bottom}')} with the smallest numbers that you can find.",
        values={
            "top": top,
            "bottom": bottom,
            "by": by,
            "a": a,
            "b": b,
            "some": some,
            "half": f"{top // some}/{bottom // some}",
        },
        answer=answer,
        solution="{by} divides both {top} and {bottom}. {top} divided by {by} is {a}, {bottom} divided by "
        "{by} is {b}: {a}/{b}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "half-way",
                    f"{top // some}/{bottom // some}",
                    says="{half} is worth the same: you divided both numbers by {some}. There is still a "
                    "number that divides both. Which one?",
                ),
                Mistake(
                    "only-one",
                    f"{a}/{bottom}",
                    says="You divided {top} by {by}. The number below the line has stayed {bottom}, and so "
                    "the fraction got smaller. What has to be done with {bottom}?",
                ),
                Mistake(
                    "as-it-was",
                    f"{top}/{bottom}",
                    says="That is the fraction as it was. Both of its numbers can be divided by {some}, for "
                    "instance. What do you get then, and can you go on from there?",
                ),
            ],
        ),
    )


@item(
    objective="equal.simplest",
    version=1,
    hints=[
        "Write down all numbers that divide the smaller one. Which of them divide the other one, too?",
        "Take the largest. For 34 and 51 it is 17: nothing larger divides both.",
    ],
)
def largest_divisor(draw, data):
    """The largest number that divides both numbers of a fraction."""
    a, b, by = large(draw, (4, 6, 8, 9, 10, 12, 15))
    top, bottom, some = a * by, b * by, part_of(by)
    answer = Number(by)
    return Question(
        prompt=f"You want to make {over('{top}', '{bottom}')} as short as possible, in one step. By which "
        "number do you divide both numbers?",
        values={"top": top, "bottom": bottom, "by": by, "some": some, "a": a, "b": b, "left": bottom - top},
        answer=answer,
        solution="{by} is the largest number that divides both. {top} divided by {by} is {a}, and "
        f"{{bottom}} divided by {{by}} is {{b}}: {AB}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "not-the-largest",
                    some,
                    says="{some} divides both {top} and {bottom}: that would be a good first step. There is "
                    "a larger number that does it all at once. Which one?",
                ),
                Mistake(
                    "difference",
                    bottom - top,
                    says="{left} is how much larger {bottom} is than {top}. Here a number is wanted that "
                    "*divides* both with nothing left over. Which numbers divide {top}?",
                ),
                Mistake(
                    "two",
                    2,
                    says="Halving is a fine idea when both numbers are even. In one step you get further "
                    "with a larger number. Which others divide both?",
                ),
            ],
        ),
    )


@item(
    objective="equal.simplest",
    version=1,
    hints=[
        "Go through them one by one: is there a number, apart from 1, that divides both?",
        "Odd numbers can have one as well. 7 divides 21 and 35.",
    ],
)
def smallest_already(draw, data):
    """Which fractions cannot be written with smaller numbers."""
    threes = [(3, 9), (9, 15), (9, 21), (15, 27), (5, 15), (5, 25), (15, 25), (15, 21), (9, 27)]
    evens = [(4, 6), (6, 8), (4, 10), (8, 12), (10, 16), (6, 16), (8, 10), (10, 14)]
    fine = [
        (8, 15),
        (4, 9),
        (9, 16),
        (5, 12),
        (7, 12),
        (9, 10),
        (5, 8),
        (3, 10),
        (7, 15),
        (8, 9),
        (5, 14),
        (9, 14),
    ]
    one, two = draw.sample(fine, 2)
    odd, even = draw.choice(threes), draw.choice(evens)
    by = gcd(*odd)
    right = [over(*one), over(*two)]
    return Question(
        prompt="Which of these fractions **cannot** be written with smaller numbers?",
        values={"x": odd[0], "y": odd[1], "by": by, "u": even[0], "v": even[1]},
        answer=MultipleChoice(right=right, wrong=[over(*odd), over(*even)]),
        solution=f"{{by}} divides {{x}} and {{y}}; 2 divides {{u}} and {{v}}. For {right[0]} and {right[1]} "
        "there is no such number.",
        mistakes=[
            Mistake(
                "odd-numbers",
                [*right, over(*odd)],
                says="Both that you need are there. In {x}/{y} the numbers are odd, so 2 does not divide "
                "them. Another number may: try 3 and 5.",
            ),
            Mistake(
                "even-numbers",
                [*right, over(*even)],
                says="Both that you need are there. Look at {u}/{v} again: {u} and {v} are both even. What "
                "does that tell you?",
            ),
            Mistake(
                "one-found",
                right[:1],
                says="That one is right: nothing divides both of its numbers. There is another. Test each "
                "of the rest with 2, 3 and 5.",
            ),
        ],
    )


@item(
    objective="equal.simplest",
    version=1,
    difficulty="easy",
    hints=[
        "Look for parts that go together in groups of the same size, all shaded or all empty.",
        "14 parts with 4 shaded: in groups of 2 that is 7 groups with 2 shaded, so 2/7.",
    ],
)
def short_name(draw, data):
    """The shortest name of what is shaded in a picture."""
    a, b = draw.choice([f for f in LOWEST if f[1] in (2, 3, 4, 5)])
    by = draw.choice([2, 3, 4]) if b <= 3 else 2
    if b == 2:
        by = draw.choice([3, 4, 5])
    top, bottom = a * by, b * by
    start = draw.integers(0, bottom - top)
    shape = draw.choice([bar, circle])
    right, less = over(a, b), over(top - by + 1, bottom - by + 1)
    rest = over(top, bottom - top)
    wrong = [less] if less != right and top > by else [over(a, bottom)]
    answer = Choice(right=right, wrong=[*wrong, rest] if rest not in (right, *wrong) else wrong)
    mistakes = [
        Mistake(
            "subtracted",
            less,
            says="You took the same number away above and below the line. That changes how much is shaded. "
            "By which number can you *divide* both {top} and {bottom}?",
        )
        if wrong == [less]
        else Mistake(
            "only-one",
            over(a, bottom),
            says="You divided {top} by {by}. There are still {bottom} parts below the line, so that is much "
            "less than what is shaded. What else has to be divided?",
        )
    ]
    if rest not in (right, *wrong):
        mistakes.append(
            Mistake(
                "part-to-rest",
                rest,
                says="{top} parts are shaded: yes. Below the line you have the empty ones. Begin with the "
                "number of *all* parts. Then make the numbers smaller.",
            )
        )
    return Question(
        prompt="Which fraction with small numbers tells how much is shaded?\n\n"
        + str(shape(bottom, range(start + 1, start + top + 1))),
        values={"top": top, "bottom": bottom, "by": by, "a": a, "b": b},
        answer=answer,
        solution=f"{{top}} of {{bottom}} parts are shaded. Both numbers divided by {{by}}: {right}.",
        mistakes=mistakes,
    )


@item(
    objective="equal.simplest",
    version=1,
    hints=[
        "First blank: the largest number that divides both. Then divide both numbers by it.",
        "28/49: the largest is 7. 28 divided by 7 is 4, and 49 divided by 7 is 7.",
    ],
)
def steps_to_smallest(draw, data):
    """The steps from a fraction to its shortest name, with blanks."""
    a, b, by = large(draw, (3, 4, 5, 6, 8, 9, 10))
    top, bottom = a * by, b * by
    who = draw.choice(PEOPLE)
    answer = FillIn(
        f"The largest number that divides {top} and {bottom} is ___. So {top}/{bottom} is as much as "
        "___/___.",
        [Number(by), Number(a), Number(b)],
    )
    return Question(
        prompt=f"{{who}} makes {over('{top}', '{bottom}')} shorter. Fill in the numbers.",
        values={
            "who": who,
            "top": top,
            "bottom": bottom,
            "by": by,
            "a": a,
            "b": b,
            "c": top - by,
            "d": bottom - by,
        },
        answer=answer,
        solution="{by} divides both. {top} divided by {by} is {a}, and {bottom} divided by {by} is {b}: "
        "{a}/{b}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "subtracted",
                    [by, top - by, bottom - by],
                    says="{by} is the right number. Then you took {by} away from both: that changes the "
                    "amount. What do you get if you *divide* both by {by}?",
                ),
                Mistake(
                    "only-one",
                    [by, a, bottom],
                    says="{by} is right, and so is the number above the line. Below the line {bottom} has "
                    "stayed. What happens to it, so that the amount stays the same?",
                ),
            ],
        ),
    )


@item(
    objective="equal.simplest",
    version=1,
    difficulty="hard",
    hints=[
        "Write the fraction first as the story tells it: how many of how many?",
        "Then look for a number that divides both, until there is none left.",
        "Of 35 birds 15 are swifts: 15/35, and both divided by 5 is 3/7.",
    ],
)
def story_smallest(draw, data):
    """A share in a story, with the smallest numbers."""
    a, b, by = large(draw, (3, 4, 6, 8, 9))
    top, bottom = a * by, b * by
    what, does = draw.choice(
        [
            ("children in a class", "walk to school"),
            ("books on a shelf", "are about animals"),
            ("eggs in a box", "are brown"),
            ("seats in a bus", "are taken"),
            ("songs on a list", "are in Swahili"),
            ("trees in a park", "have fruit"),
        ]
    )
    some = part_of(by)
    answer = Fraction(f"{a}/{b}", lowest=True)
    return Question(
        prompt="Of {bottom} {what}, {top} {does}. Which fraction is that, with the smallest numbers?",
        values={
            "what": what,
            "does": does,
            "top": top,
            "bottom": bottom,
            "by": by,
            "a": a,
            "b": b,
            "some": some,
            "rest": bottom - top,
        },
        answer=answer,
        solution="{top} of {bottom} is {top}/{bottom}. Both divided by {by}: {a}/{b}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "as-it-was",
                    f"{top}/{bottom}",
                    says="{top}/{bottom} tells the story right. The question asks for the smallest numbers. "
                    "Which number divides both {top} and {bottom}?",
                ),
                Mistake(
                    "part-to-rest",
                    Fraction(f"{top}/{bottom - top}").right(),
                    says="You compared the {top} with the {rest} others. A fraction compares with all "
                    "{bottom}. Which number belongs below the line?",
                ),
                Mistake(
                    "the-others",
                    Fraction(f"{bottom - top}/{bottom}").right(),
                    says="That is the fraction of those that do *not*: {rest} of {bottom}. Your numbers are "
                    "as small as can be. Which of the {what} does the question ask about?",
                ),
            ],
        ),
    )
