"""Checks of lesson 4: add and subtract fractions with parts of the same size, then with any parts.

Hints speak of sevenths and elevenths, which no question asks for, so that none gives an answer away.
"""

from fractions import Fraction as Value
from math import lcm

from checkers import Choice, FillIn, Fraction, Matching, Number, Ordering, Shade
from courseware.excerpt import apart
from courseware.items import Mistake, Question, item
from courseware.pictures import over

PEOPLE = ["Amina", "Ben", "Chidi", "Dana", "Elif", "Finn", "Hana", "Ivo", "Jun", "Kofi", "Lena", "Noor"]
BOTTOMS = [5, 6, 8, 9, 10, 12]
LOWEST = [(a, b) for b in (2, 3, 4, 5, 6, 8, 10) for a in range(1, b) if Value(a, b).denominator == b]
AN, CN = over("{a}", "{n}"), over("{c}", "{n}")
AB, CD = over("{a}", "{b}"), over("{c}", "{d}")


def shorter(top, bottom):
    """A sentence with the shortest name of a fraction, where that is another one."""
    short = Fraction(f"{top}/{bottom}").right()
    return "" if short == f"{top}/{bottom}" else f" A shorter name for it is {short}."


# ---------------------------------------------------------------- add.same


@item(
    objective="add.same",
    version=1,
    difficulty="easy",
    hints=[
        "Both are parts of the same size. Say it in words: two sevenths and three sevenths.",
        "Draw a bar. Shade the first fraction, then go on with the second. Does the number of parts of the "
        "bar change?",
        "2/7 + 3/7 = 5/7: the number of sevenths changes, their size does not.",
    ],
)
def add_alike(draw, data):
    """The sum of two fractions with the same number below the line."""
    n = draw.choice(BOTTOMS)
    a, c = draw.integers(1, n - 1), draw.integers(1, n - 1)
    total = a + c
    if total == n:
        c = c - 1 or 2
        total = a + c
    answer = Fraction(f"{total}/{n}", of=(f"{a}/{n}", "+", f"{c}/{n}"))
    return Question(
        prompt=f"How much is {AN} + {CN}?",
        values={"a": a, "c": c, "n": n, "sum": total, "twice": 2 * n},
        answer=answer,
        solution="{a} parts and {c} parts of the same size are {sum} parts: "
        f"{{sum}}/{{n}}.{shorter(total, n)}",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "across",
                    f"{total}/{2 * n}",
                    says="{a} and {c} parts are {sum} parts: right. Below the line you added as well. Did "
                    "the parts get smaller when you put them together? Draw one bar and shade both.",
                ),
                Mistake(
                    "multiplied",
                    f"{a * c}/{n}",
                    says="The {n} below the line stays: right. Above it you multiplied. Put {a} parts and "
                    "{c} parts side by side: how many is that?",
                ),
                Mistake(
                    "taken-away",
                    f"{abs(a - c)}/{n}" if a != c else f"{a}/{n}",
                    says="The parts keep their size: good. Look at the sign between the fractions once "
                    "more. Does it put together, or take away?",
                ),
            ],
        ),
    )


@item(
    objective="add.same",
    version=1,
    hints=[
        "You have some parts, and take some of them away. All are the same size.",
        "6/7 − 4/7: 6 sevenths, take 4 sevenths away. The parts that are left are still sevenths: 2/7.",
    ],
)
def take_away_alike(draw, data):
    """The difference of two fractions with the same number below the line."""
    n = draw.choice([*BOTTOMS, 15, 20])
    a = draw.integers(3, n - 1)
    c = draw.integers(1, a - 1)
    left = a - c
    answer = Fraction(f"{left}/{n}", of=(f"{a}/{n}", "-", f"{c}/{n}"))
    return Question(
        prompt=f"How much is {AN} − {CN}?",
        values={"a": a, "c": c, "n": n, "left": left, "sum": a + c},
        answer=answer,
        solution="{a} parts, {c} of them taken away, are {left} parts: "
        f"{{left}}/{{n}}.{shorter(left, n)}",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "added",
                    f"{a + c}/{n}",
                    says="You put {a} and {c} parts together. There is a minus between them. What is left "
                    "of {a} parts, if {c} are taken away?",
                ),
                Mistake(
                    "parts-alone",
                    f"{left}",
                    says="{a} minus {c} is {left}, and {n} minus {n} is nothing: so you wrote {left}. But "
                    "{left} are whole things. What you have are {left} *parts*. How large is each?",
                ),
                Mistake(
                    "across-sum",
                    f"{left}/{2 * n}",
                    says="{left} parts are left: right. Each is still as large as before. Which number "
                    "below the line says that?",
                ),
            ],
        ),
    )


@item(
    objective="add.same",
    version=1,
    difficulty="easy",
    hints=[
        "Shade the first fraction. Then go on from there with the second.",
        "For 2/7 + 3/7, shade 2 parts of 7 and then 3 more.",
    ],
)
def shade_the_sum(draw, data):
    """Shade the sum of two fractions."""
    n = draw.choice([5, 6, 8, 9, 10, 12])
    a = draw.integers(1, n - 2)
    c = draw.integers(1, n - a - 1)
    one, two = draw.sample(PEOPLE, 2)
    thing = draw.choice(["wall", "fence", "field", "path", "window"])
    shape = draw.choice(["bar", "grid"] if n in (6, 8, 9, 10, 12) else ["bar", "circle"])
    answer = Shade(f"{a + c}/{n}", parts=n, shape=shape)
    first = ", ".join(map(str, range(1, a + c + 1)))
    return Question(
        prompt=f"{{one}} does {AN} of a {{thing}}. {{two}} does {CN} of the same {{thing}}. Shade what they "
        "have done together.",
        values={"one": one, "two": two, "thing": thing, "a": a, "c": c, "n": n, "sum": a + c},
        answer=answer,
        solution=f"{{a}} parts and {{c}} parts are {{sum}} parts, for instance {first}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "first-alone",
                    list(range(1, a + 1)),
                    says="You shaded what {one} does. {two} does {c} parts of the same {thing} as well. "
                    "Where do they go?",
                ),
                Mistake(
                    "not-done",
                    list(range(1, n - a - c + 1)),
                    says="You shaded as much as is *not* done yet. How many parts have {one} and {two} done "
                    "together?",
                ),
                Mistake(
                    "all-of-it",
                    list(range(1, n + 1)),
                    says="Now the whole {thing} is shaded. {one} does {a} of {n} parts, {two} does {c}. How "
                    "many parts are still without colour?",
                ),
            ],
        ),
    )


@item(
    objective="add.same",
    version=1,
    hints=[
        "How many parts are there already, and how many are wanted?",
        "From 20/31 to 29/31 it takes 9 parts more.",
    ],
)
def missing_part(draw, data):
    """The number that is missing in a sum."""
    n = draw.choice([5, 6, 8, 9, 10, 12, 15, 20])
    total = draw.integers(3, n)
    a = draw.integers(1, total - 1)
    swap = draw.choice([True, False])
    left = f"{AN} + {over('?', '{n}')}" if swap else f"{over('?', '{n}')} + {AN}"
    answer = Number(total - a)
    return Question(
        prompt=f"{left} = {over('{total}', '{n}')}. Which number belongs in the place of the question mark?",
        values={"a": a, "n": n, "total": total, "sum": a + total, "right": total - a},
        answer=answer,
        solution="From {a} parts to {total} parts it takes {right} more.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "added",
                    a + total,
                    says="You put {a} and {total} together. {total} is what comes out at the end, though, "
                    "with the {a} in it already. How many parts have to come to the {a}?",
                ),
                Mistake(
                    "whole-filled",
                    n - a,
                    says="That many parts would fill the whole, {n} of {n}. Here the sum is {total} parts. "
                    "How many are missing from {a} to {total}?",
                ),
                Mistake(
                    "the-sum",
                    total,
                    says="{total} is the number of parts in the sum. {a} of them are there already. How "
                    "many have to come to them?",
                ),
            ],
        ),
    )


@item(
    objective="add.same",
    version=1,
    hints=[
        "How many parts has one whole? Write the whole as a fraction.",
        "A whole pizza is 7/7. If 3/7 are eaten, 7/7 − 3/7 = 4/7 are left.",
    ],
)
def whole_less_a_part(draw, data):
    """What is left of one whole after two parts were taken."""
    n = draw.choice([5, 6, 8, 9, 10, 12])
    a = draw.integers(1, n - 3)
    c = draw.integers(1, n - a - 1)
    one, two = draw.sample(PEOPLE, 2)
    verb, thing = draw.choice(
        [("eats", "a pizza"), ("drinks", "a bottle of water"), ("reads", "a comic"), ("paints", "a fence")]
    )
    left = n - a - c
    answer = Fraction(f"{left}/{n}")
    return Question(
        prompt=f"{{one}} {{verb}} {AN} of {{thing}}, and {{two}} {{verb}} {CN} of it. How much of it is "
        "left?",
        values={
            "one": one,
            "two": two,
            "verb": verb,
            "thing": thing,
            "a": a,
            "c": c,
            "n": n,
            "sum": a + c,
            "left": left,
        },
        answer=answer,
        solution="Together {a} + {c} = {sum} of {n} parts. From {n} parts {left} are left: "
        "{left}/{n}." + shorter(left, n),
        mistakes=apart(
            answer,
            [
                Mistake(
                    "not-left",
                    f"{a + c}/{n}",
                    says="{sum}/{n} is what {one} and {two} took together: a good first step. The whole has "
                    "{n} parts. How many are left?",
                ),
                Mistake(
                    "one-of-two",
                    f"{n - a}/{n}",
                    says="That is left after {one}. Then {two} takes {c} parts more. How many parts are "
                    "left in the end?",
                ),
                Mistake(
                    "parts-alone",
                    f"{left}",
                    says="{left} parts are left: right. How large is each of them? Write the number of "
                    "parts of the whole below the line.",
                ),
            ],
        ),
    )


@item(
    objective="add.same",
    version=1,
    difficulty="hard",
    hints=[
        "Look at what happened below the line. Should it change, if parts of the same size are put together?",
        "A seventh and a seventh are two sevenths, not two fourteenths. Two fourteenths would be one "
        "seventh again.",
    ],
)
def what_went_wrong(draw, data):
    """What someone's wrong sum shows."""
    n = draw.choice(BOTTOMS)
    a = draw.integers(1, n - 2)
    c = draw.integers(1, n - a - 1)
    who = draw.choice(PEOPLE)
    total = a + c
    below = f"{who} added the numbers below the line as well. The parts keep their size."
    fine = f"Nothing: {a} and {c} are {total}, and {n} and {n} are {2 * n}."
    above = f"{who} has to multiply {a} and {c} instead of adding them."
    return Question(
        prompt=f"{{who}} writes {AN} + {CN} = {over('{sum}', '{twice}')}. What went wrong?",
        values={"who": who, "a": a, "c": c, "n": n, "sum": total, "twice": 2 * n},
        answer=Choice(right=below, wrong=[fine, above]),
        solution=f"{below} Right is {{sum}}/{{n}}.",
        mistakes=[
            Mistake(
                "across",
                fine,
                says="The numbers were added well. Test it with a picture: is {sum}/{twice} more than "
                "{a}/{n}, as it should be? In a bar of {n} parts, shade {a}, then {c} more.",
            ),
            Mistake(
                "multiplied",
                above,
                says="Putting parts together is adding: {a} parts and {c} parts are {sum}. So above the "
                "line all is well. What about the number below it?",
            ),
        ],
    )


@item(
    objective="add.same",
    version=1,
    hints=[
        "Work out each one. Parts of the same size: count them, and keep their name.",
        "1/7 + 4/7 = 5/7, and 6/7 − 4/7 = 2/7.",
    ],
)
def match_sums(draw, data):
    """Sums and differences, and what they come to."""
    n = draw.choice([8, 9, 10, 12])
    results = sorted(draw.sample(range(2, n), 3))
    a, b = draw.integers(1, results[0] - 1), draw.integers(1, results[1] - 1)
    c = draw.integers(1, n - results[2]) if results[2] < n else 1
    pairs = {
        f"{a}/{n} + {results[0] - a}/{n}": f"{results[0]}/{n}",
        f"{b}/{n} + {results[1] - b}/{n}": f"{results[1]}/{n}",
        f"{results[2] + c}/{n} − {c}/{n}": f"{results[2]}/{n}",
    }
    first, second, third = pairs
    odd = f"{results[0]}/{2 * n}"
    return Question(
        prompt="What does each come to?",
        values={"first": first, "second": second, "third": third, "odd": odd, "n": n, "twice": 2 * n},
        answer=Matching(pairs, distractors=[odd]),
        solution="Count the parts; their size stays.\n\n"
        + "\n".join(f"- {k} = {v}" for k, v in pairs.items()),
        mistakes=[
            Mistake(
                "across",
                pairs | {first: odd},
                says="For {first} you added below the line, too: {n} and {n} are {twice}. Parts that are "
                "put together keep their size. Which of the results has the same parts?",
            ),
            Mistake(
                "added-for-minus",
                pairs | {second: pairs[third], third: pairs[second]},
                says="{first} is right. Two others have changed places. Look at {third}: there is a minus "
                "in it. What is left after taking away?",
            ),
        ],
    )


# ---------------------------------------------------------------- add.unlike


def unlike(draw, most=40):
    """Two fractions with different numbers below the line, and one that both of these divide."""
    b, d = draw.choice(
        [
            (b, d)
            for b in (2, 3, 4, 5, 6, 8, 10)
            for d in (2, 3, 4, 5, 6, 8, 10)
            if b != d and lcm(b, d) <= most
        ]
    )
    a = draw.choice([n for n in range(1, b) if Value(n, b).denominator == b])
    c = draw.choice([n for n in range(1, d) if Value(n, d).denominator == d])
    return (a, b), (c, d), lcm(b, d)


@item(
    objective="add.unlike",
    version=1,
    hints=[
        "The parts are of different size, so they cannot be counted together yet. Cut both into parts of "
        "one size.",
        "Find a number that both numbers below the line divide. Write both fractions with it.",
        "1/7 + 2/11: with 77 parts that is 11/77 + 14/77 = 25/77.",
    ],
)
def add_unlike(draw, data):
    """The sum of two fractions with different numbers below the line."""
    (a, b), (c, d), n = unlike(draw)
    one, two = a * n // b, c * n // d
    total = one + two
    answer = Fraction(f"{total}/{n}", of=(f"{a}/{b}", "+", f"{c}/{d}"))
    return Question(
        prompt=f"How much is {AB} + {CD}?",
        values={
            "a": a,
            "b": b,
            "c": c,
            "d": d,
            "n": n,
            "one": one,
            "two": two,
            "total": total,
            "top": a + c,
            "below": b + d,
        },
        answer=answer,
        solution="With {n} parts to the whole: {a}/{b} is {one}/{n}, and {c}/{d} is "
        f"{{two}}/{{n}}. Together that is {{total}}/{{n}}.{shorter(total, n)}",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "across",
                    f"{a + c}/{b + d}",
                    says="You added above and below the line. But parts of {b} and parts of {d} are of "
                    "different size, and cannot be counted together. Which number do both {b} and {d} "
                    "divide?",
                ),
                Mistake(
                    "tops-kept",
                    f"{a + c}/{n}",
                    says="{n} below the line is a good choice: both can be written with it. Then the parts "
                    "are smaller, so there are more of them. How many parts of {n} make {a}/{b}?",
                ),
                Mistake(
                    "larger-bottom",
                    f"{a + c}/{max(b, d)}",
                    says="You kept one number below the line and added {a} and {c}. Those parts are not the "
                    "same size. Draw both fractions as bars: which cuts would fit both?",
                ),
            ],
        ),
    )


@item(
    objective="add.unlike",
    version=1,
    hints=[
        "You can only take away parts of the same size. Write both fractions with one number below the line.",
        "5/7 − 2/11: with 77 parts that is 55/77 − 14/77 = 41/77.",
    ],
)
def take_away_unlike(draw, data):
    """The difference of two fractions with different numbers below the line."""
    (a, b), (c, d), n = unlike(draw)
    if a * d < c * b:
        (a, b), (c, d) = (c, d), (a, b)
    if a * d == c * b:
        a, b, c, d, n = 3, 4, 1, 3, 12
    one, two = a * n // b, c * n // d
    left = one - two
    answer = Fraction(f"{left}/{n}", of=(f"{a}/{b}", "-", f"{c}/{d}"))
    across = f"{a - c}/{b - d}" if (a - c) * (b - d) > 0 else f"{abs(a - c)}/{abs(b - d)}"
    return Question(
        prompt=f"How much is {AB} − {CD}?",
        values={
            "a": a,
            "b": b,
            "c": c,
            "d": d,
            "n": n,
            "one": one,
            "two": two,
            "left": left,
            "sum": one + two,
        },
        answer=answer,
        solution="With {n} parts to the whole: {a}/{b} is {one}/{n}, and {c}/{d} is "
        f"{{two}}/{{n}}. What is left is {{left}}/{{n}}.{shorter(left, n)}",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "across",
                    across,
                    says="You took away above the line and below it. The numbers below tell how large the "
                    "parts are: they are not taken away. How could both have parts of one size?",
                ),
                Mistake(
                    "added",
                    f"{one + two}/{n}",
                    says="You wrote both with {n} parts: that is the hard step. Then you put {one} and "
                    "{two} together. What does the minus ask for?",
                ),
                Mistake(
                    "tops-kept",
                    f"{abs(a - c)}/{n}",
                    says="{n} parts to the whole is a good choice. The numbers above the line are still the "
                    "old ones, though. How many parts of {n} make {a}/{b}?",
                ),
            ],
        ),
    )


@item(
    objective="add.unlike",
    version=1,
    difficulty="easy",
    hints=[
        "Count up in steps of the larger number. Stop at the first one that the other number divides, too.",
        "For 7 and 11: 11, 22, 33, 44, 55, 66, 77. The first that 7 divides is 77.",
    ],
)
def fitting_number(draw, data):
    """The smallest number of parts that fits two fractions."""
    b, d = draw.sample([2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 20], 2)
    n = lcm(b, d)
    one, two = draw.sample(PEOPLE, 2)
    thing = draw.choice(["paper strip", "ribbon", "loaf", "bar of chocolate"])
    answer = Number(n)
    return Question(
        prompt="{one} cuts a {thing} into {b} equal parts, {two} cuts one like it into {d}. They cut on, "
        "until both have parts of one size. What is the **smallest** number of parts that works for both?",
        values={
            "one": one,
            "two": two,
            "thing": thing,
            "b": b,
            "d": d,
            "n": n,
            "sum": b + d,
            "product": b * d,
            "large": max(b, d),
        },
        answer=answer,
        solution="The smallest number that both {b} and {d} divide is {n}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "added",
                    b + d,
                    says="{sum} is {b} and {d} together. Each of the {b} parts has to be cut into the same "
                    "number of pieces. Does {b} divide {sum}? Look for a number that both divide.",
                ),
                Mistake(
                    "product",
                    b * d,
                    says="{product} works: {b} and {d} both divide it. There is a smaller one. Count up in "
                    "steps of {large}, and stop as soon as the other number divides it.",
                ),
                Mistake(
                    "larger-one",
                    max(b, d),
                    says="{large} parts would be fine for one of the two. The other one cannot reach "
                    "{large} by cutting each part into equal pieces. Which multiple of {large} works for "
                    "both?",
                ),
                Mistake(
                    "twice-too-fine",
                    2 * n,
                    says="Both numbers divide that one: it works. It is not the smallest, though. Can you "
                    "halve it, and do both still divide it?",
                ),
            ],
        ),
    )


@item(
    objective="add.unlike",
    version=1,
    hints=[
        "What do you begin with? With the two fractions as they are given.",
        "First the sum as given, then the same with equal parts, then the result.",
    ],
)
def steps_in_order(draw, data):
    """The steps of a sum in order, with steps that do not belong."""
    (a, b), (c, d), n = unlike(draw, 30)
    one, two = a * n // b, c * n // d
    right = [f"{a}/{b} + {c}/{d}", f"{one}/{n} + {two}/{n}", f"{one + two}/{n}"]
    across, kept = f"{a + c}/{b + d}", f"{a}/{n} + {c}/{n}"
    spare = [across] if kept == right[1] else [across, kept]
    mistakes = [
        Mistake(
            "across",
            [right[0], across],
            says="You begin with the right one. {across} comes from adding above and below the line. First "
            "both fractions need parts of one size. Which line shows that?",
        )
    ]
    if kept in spare:
        mistakes.append(
            Mistake(
                "tops-kept",
                [right[0], kept, right[2]],
                says="Beginning and end are right. In the middle, the numbers above the line are still {a} "
                "and {c}, with smaller parts below. Which line has *more* of the small parts?",
            )
        )
    mistakes.append(
        Mistake(
            "result-first",
            [right[0], right[2], right[1]],
            says="All steps are there. The result comes last: nobody sees it before the parts have one "
            "size. Which step goes before it?",
        )
    )
    return Question(
        prompt="Put the steps in order, from the question to the result. Some do not belong.",
        values={"a": a, "c": c, "across": across},
        answer=Ordering(right, distractors=spare, code=False),
        solution=", ".join(right) + ". First parts of one size, then count them.",
        mistakes=mistakes,
    )


@item(
    objective="add.unlike",
    version=1,
    hints=[
        "The number below the line is given. How many times as many parts is that, for the first fraction?",
        "2/7 and 1/2 with 14 parts: 4/14 and 7/14. Together 11/14.",
    ],
)
def fill_the_steps(draw, data):
    """The steps of a sum with blanks."""
    (a, b), (c, d), n = unlike(draw, 30)
    one, two = a * n // b, c * n // d
    answer = FillIn(
        f"{a}/{b} + {c}/{d} = ___/{n} + ___/{n} = ___/{n}", [Number(one), Number(two), Number(one + two)]
    )
    return Question(
        prompt=f"Work out {AB} + {CD}, step by step. Fill in the numbers above the line.",
        values={"a": a, "b": b, "c": c, "d": d, "n": n, "one": one, "two": two, "total": one + two},
        answer=answer,
        solution="{a}/{b} is {one}/{n}, {c}/{d} is {two}/{n}. Together {total}/{n}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "tops-kept",
                    [a, c, a + c],
                    says="{a} and {c} are the numbers for the large parts. With {n} parts to the whole each "
                    "part is smaller. How many of these make {a}/{b}?",
                ),
                Mistake(
                    "times-alone",
                    [n // b, n // d, n // b + n // d],
                    says="You found how many small parts make *one* of the large ones: {n} divided by {b}, "
                    "and by {d}. How many large parts are there of each?",
                ),
            ],
        ),
    )


@item(
    objective="add.unlike",
    version=1,
    difficulty="hard",
    hints=[
        "You need not work it out. Is each fraction near to 0, to a half, or to 1?",
        "10/11 + 6/7: both are nearly 1, so together they are nearly 2.",
    ],
)
def about_how_much(draw, data):
    """About how much a sum of two fractions is."""
    near_one = [(7, 8), (12, 13), (9, 10), (14, 15), (8, 9), (19, 20), (11, 12), (15, 16)]
    near_none = [(1, 12), (1, 15), (1, 20), (2, 25), (1, 18), (1, 14)]
    first = draw.choice(near_one)
    second = draw.choice([f for f in near_one if f[1] != first[1]] + near_none)
    small = second in near_none
    (a, b), (c, d) = draw.shuffle([first, second])
    right, other = ("1", "2") if small else ("2", "1")
    tops, bottoms = str(a + c), str(b + d)
    return Question(
        prompt=f"Which number is nearest to {AB} + {CD}? Do not work it out: look at each fraction.",
        values={"a": a, "b": b, "c": c, "d": d, "tops": tops, "bottoms": bottoms},
        answer=Choice(right=right, wrong=[other, tops, bottoms]),
        solution="One is nearly 1, the other nearly 0: together about 1."
        if small
        else "Each is nearly 1. Together they are about 2.",
        mistakes=[
            Mistake(
                "tops-added",
                tops,
                says="{tops} is {a} and {c} together. These are parts, though, and not whole things. Is "
                "{a}/{b} more or less than 1? And {c}/{d}?",
            ),
            Mistake(
                "bottoms-added",
                bottoms,
                says="{bottoms} is {b} and {d} together. They only say how small the parts are. Each of the "
                "two fractions is less than 1. How much can they be together, at most?",
            ),
            Mistake(
                "one-overlooked",
                other,
                says="You looked at how large they are: that is the way. Take each one by itself once more. "
                "Is {a}/{b} nearly 0 or nearly 1? And {c}/{d}?",
            ),
        ],
    )


@item(
    objective="add.unlike",
    version=1,
    hints=[
        "How many parts of the drawing is the first fraction? How many the second?",
        "In a bar of 14 parts, 1/7 is 2 parts and 1/2 is 7 parts.",
    ],
)
def shade_both(draw, data):
    """Shade the sum of two fractions in a bar with parts that fit both."""
    options = [
        ((1, 2), (1, 4), 8),
        ((1, 2), (1, 3), 12),
        ((1, 3), (1, 6), 12),
        ((1, 4), (1, 3), 12),
        ((1, 2), (2, 5), 10),
    ]
    options += [
        ((1, 2), (1, 5), 10),
        ((2, 3), (1, 6), 12),
        ((1, 4), (3, 8), 8),
        ((1, 6), (1, 4), 12),
        ((1, 2), (1, 6), 12),
    ]
    options += [
        ((3, 4), (1, 6), 12),
        ((1, 5), (3, 10), 10),
        ((1, 3), (2, 9), 9),
        ((2, 3), (1, 9), 9),
        ((1, 3), (1, 5), 15),
    ]
    first, second, n = draw.choice(options)
    (a, b), (c, d) = draw.shuffle([first, second])
    one, two = a * n // b, c * n // d
    who, other = draw.sample(PEOPLE, 2)
    plant, more = draw.choice(
        [("beans", "peas"), ("carrots", "onions"), ("roses", "mint"), ("maize", "melons")]
    )
    answer = Shade(Value(one + two, n), parts=n, shape=draw.choice(["bar", "grid"] if n != 15 else ["bar"]))
    first_parts = ", ".join(map(str, range(1, one + two + 1)))
    return Question(
        prompt=f"{{who}} plants {{plant}} on {AB} of a garden bed, {{other}} plants {{more}} on {CD} of it. "
        "Shade as much as is planted.",
        values={
            "who": who,
            "other": other,
            "plant": plant,
            "more": more,
            "a": a,
            "b": b,
            "c": c,
            "d": d,
            "n": n,
            "one": one,
            "two": two,
            "sum": one + two,
            "top": a + c,
        },
        answer=answer,
        solution="The bed has {n} parts. {one} of them and {two} of them are {sum}, for instance "
        f"{first_parts}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "tops-added",
                    list(range(1, a + c + 1)),
                    says="You shaded {a} and {c} parts. This bed has {n} parts, and {a}/{b} of it is more "
                    "than {a} of them. How many parts is {a}/{b} of the bed?",
                ),
                Mistake(
                    "first-alone",
                    list(range(1, one + 1)),
                    says="{one} of {n} parts is what {who} plants: right. {other} plants {c}/{d} of the "
                    "bed. How many parts come to yours?",
                ),
                Mistake(
                    "second-alone",
                    list(range(1, two + 1)),
                    says="{two} of {n} parts is what {other} plants: right. {who} plants {a}/{b} of the "
                    "bed. How many parts come to yours?",
                ),
            ],
        ),
    )
