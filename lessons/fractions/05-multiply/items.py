"""Checks of lesson 5: a fraction of an amount, and a fraction of a fraction.

Hints speak of sevenths and elevenths, which no question asks for, so that none gives an answer away.
"""

from fractions import Fraction as Value

from checkers import Choice, FillIn, Fraction, Matching, MultipleChoice, Number, Shade
from courseware.excerpt import apart
from courseware.items import Mistake, Question, item
from courseware.pictures import area, counters, over

PEOPLE = ["Amina", "Ben", "Chidi", "Dana", "Elif", "Finn", "Hana", "Ivo", "Jun", "Kofi", "Lena", "Noor"]
LOWEST = [(a, b) for b in (2, 3, 4, 5, 6, 8, 10) for a in range(1, b) if Value(a, b).denominator == b]
NOT_UNIT = [(a, b) for a, b in LOWEST if a > 1]
AB, CD = over("{a}", "{b}"), over("{c}", "{d}")


def shorter(top, bottom):
    """A sentence with the shortest name of a fraction, where that is another one."""
    short = Fraction(f"{top}/{bottom}").right()
    return "" if short == f"{top}/{bottom}" else f" A shorter name for it is {short}."


# ---------------------------------------------------------------- multiply.of


@item(
    objective="multiply.of",
    version=1,
    difficulty="easy",
    hints=[
        "The number below the line says into how many equal shares the amount goes. How large is one share?",
        "The number above the line says how many of these shares are meant.",
        "3/7 of 910: one share is 130, three shares are 390.",
    ],
)
def of_an_amount(draw, data):
    """A fraction of an amount of things."""
    a, b = draw.choice(NOT_UNIT)
    one = draw.integers(2, 12)
    total = b * one
    thing = draw.choice(
        ["stickers", "marbles", "pages", "minutes", "metres", "grams of flour", "seeds", "steps"]
    )
    answer = Number(a * one)
    return Question(
        prompt=f"How much is {AB} of {{total}} {{thing}}?",
        values={"a": a, "b": b, "one": one, "total": total, "thing": thing, "part": a * one},
        answer=answer,
        solution="{total} in {b} equal shares: {one} each. {a} of these shares are {part}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "one-share",
                    one,
                    says="{one} is one share of {b}: the first step is done. The number above the line says "
                    "how many shares are meant. How much is that?",
                ),
                Mistake(
                    "the-rest",
                    total - a * one,
                    says="That is what is left: {total} without the part that is meant. How many shares of "
                    "{one} does {a}/{b} mean?",
                ),
                Mistake(
                    "taken-away",
                    total - b,
                    says="You took {b} away from {total}. A fraction *of* something shares it out. Into how "
                    "many equal shares do the {total} {thing} go?",
                ),
            ],
        ),
    )


@item(
    objective="multiply.of",
    version=1,
    difficulty="easy",
    hints=[
        "Make equal shares of the squares first: as many as the number below the line says.",
        "2/7 of 21 squares: 7 shares of 3 squares each, and two of these shares are 6.",
    ],
)
def shade_of_many(draw, data):
    """Shade a fraction of a number of squares."""
    b, one = draw.choice(
        [(3, 4), (4, 3), (3, 6), (6, 3), (4, 5), (5, 4), (3, 8), (4, 6), (6, 4), (8, 3), (5, 3), (5, 6)]
    )
    a = draw.choice([n for n in range(1, b) if 2 * n != b])
    total = b * one
    who, what = (
        draw.choice(PEOPLE),
        draw.choice(["tiles blue", "boxes", "fields with beans", "tiles green", "lockers"]),
    )
    answer = Shade(Value(a, b), parts=total, shape="grid")
    first = ", ".join(map(str, range(1, a * one + 1)))
    return Question(
        prompt=f"There are {{total}} squares. {{who}} paints {AB} of them. Shade that many.",
        values={
            "who": who,
            "what": what,
            "a": a,
            "b": b,
            "one": one,
            "total": total,
            "part": a * one,
            "rest": total - a * one,
        },
        answer=answer,
        solution="{total} squares in {b} shares: {one} each. {a} shares are {part} squares, for "
        f"instance {first}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "top-counted",
                    list(range(1, a + 1)),
                    says="You shaded {a} squares, as the {a} above the line says. It counts *shares*, "
                    "though. {total} squares make {b} equal shares. How many squares are in one share?",
                ),
                Mistake(
                    "one-share",
                    list(range(1, one + 1)),
                    says="{one} squares are one share of {b}: good. How many shares does the number above "
                    "the line ask for?",
                ),
                Mistake(
                    "the-rest",
                    list(range(1, total - a * one + 1)),
                    says="The shares are right: {one} squares each. You shaded the shares that stay empty. "
                    "How many shares have colour?",
                ),
            ],
        ),
    )


@item(
    objective="multiply.of",
    version=1,
    hints=[
        "First work out the part that is gone. Then read again: what does the question ask for?",
        "3/7 of 910 km are done: that is 390 km. So 520 km are still to go.",
    ],
)
def still_to_go(draw, data):
    """What is left of an amount after a fraction of it."""
    a, b = draw.choice(NOT_UNIT)
    one = draw.integers(2, 12)
    total, part = b * one, a * one
    who, other = draw.sample(PEOPLE, 2)
    verb, unit = draw.choice(
        [
            ("cycles {total} km with", "km"),
            ("reads a book of {total} pages with", "pages"),
            ("knits a scarf of {total} rows with", "rows"),
            ("bakes {total} rolls with", "rolls"),
            ("walks {total} km with", "km"),
        ]
    )
    answer = Number(total - part)
    return Question(
        prompt=f"{{who}} {verb} {{other}}. {AB} of it is done. How many {{unit}} are still to go?",
        values={
            "who": who,
            "other": other,
            "unit": unit,
            "a": a,
            "b": b,
            "one": one,
            "total": total,
            "part": part,
        },
        answer=answer,
        solution="One share is {one}. {a} shares are {part}: done. {total} − {part} = "
        f"{total - part} {{unit}} to go.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "what-is-done",
                    part,
                    says="{part} {unit} are done: you worked out {a}/{b} of {total}. The question asks what "
                    "is still to go. How much is missing to {total}?",
                ),
                Mistake(
                    "one-share",
                    one,
                    says="{one} is one share of {b}. How many of these shares are still to go, if {a} are "
                    "done?",
                ),
                Mistake(
                    "one-share-away",
                    total - one,
                    says="You took one share away, {one}. {a} shares are done. How much is that, and what "
                    "is left of {total}?",
                ),
            ],
        ),
    )


@item(
    objective="multiply.of",
    version=1,
    difficulty="hard",
    hints=[
        "The amount that is given is only a part. How many shares is it?",
        "First find one share. Then the whole has as many shares as the number below the line says.",
        "3/7 of a number is 390. So one share is 130, and the whole is 7 times 130.",
    ],
)
def whole_from_part(draw, data):
    """The whole, if a fraction of it is known."""
    a, b = draw.choice(NOT_UNIT)
    one = draw.integers(2, 12)
    total, part = b * one, a * one
    who = draw.choice(PEOPLE)
    answer = Number(total)
    return Question(
        prompt=f"{{who}} has saved {{part}} coins. That is {AB} of what a {{thing}} costs. How many coins "
        "does it cost?",
        values={
            "who": who,
            "thing": draw.choice(["kite", "drum", "football", "book", "plant"]),
            "a": a,
            "b": b,
            "one": one,
            "total": total,
            "part": part,
        },
        answer=answer,
        solution="{part} coins are {a} shares, so one share is {one}. The whole has {b} shares: {total} "
        "coins.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "one-share",
                    one,
                    says="{one} coins are one share: that is the important step. How many shares does the "
                    "whole have?",
                ),
                Mistake(
                    "times-the-bottom",
                    part * b,
                    says="You took {part} for one share. It is {a} shares, though, as the number above the "
                    "line says. How many coins are in one?",
                ),
                Mistake(
                    "what-is-missing",
                    total - part,
                    says="That many coins are missing. The question asks what it costs in all. What do you "
                    "have to put together?",
                ),
            ],
        ),
    )


@item(
    objective="multiply.of",
    version=1,
    hints=[
        "What makes one share of the whole? Then, what makes several shares?",
        "For 3/7 of 910: divide by 7, then multiply by 3.",
    ],
)
def which_steps(draw, data):
    """Which steps lead to a fraction of an amount."""
    a, b = draw.choice(NOT_UNIT)
    one = draw.integers(3, 15)
    total = b * one
    right = f"{total} divided by {b}, then times {a}"
    turned = f"{total} divided by {a}, then times {b}"
    minus = f"{total} minus {a}, then divided by {b}"
    return Question(
        prompt=f"You want {AB} of {{total}} {{thing}}. Which steps lead there?",
        values={
            "a": a,
            "b": b,
            "one": one,
            "total": total,
            "thing": draw.choice(["beads", "nuts", "cards", "metres", "minutes"]),
        },
        answer=Choice(right=right, wrong=[turned, minus]),
        solution=f"One share first, then {{a}} of them: {right}.",
        mistakes=[
            Mistake(
                "upside-down",
                turned,
                says="Dividing and multiplying are the right steps. With these numbers you get more than "
                "{total}, though. Which number says into how many shares it is divided?",
            ),
            Mistake(
                "taken-away",
                minus,
                says="Dividing by {b} makes equal shares: right. Taking {a} away has no place here. What "
                "does the {a} above the line count?",
            ),
        ],
    )


@item(
    objective="multiply.of",
    version=1,
    hints=[
        "Work out one share for each. Then count shares.",
        "2/7 of 35 is 10, as one share is 5.",
    ],
)
def match_amounts(draw, data):
    """Fractions of amounts, and what they come to."""
    total = draw.choice([24, 36, 40, 48, 60])
    fits = [(a, b) for a, b in NOT_UNIT if total % b == 0]
    picked = draw.sample(fits, 3)
    thing = draw.choice(["beads", "nuts", "cards", "metres", "minutes", "marbles"])
    pairs = {f"{a}/{b} of {total}": str(a * total // b) for a, b in picked}
    b = picked[0][1]
    names = list(pairs)
    share, turned = str(total // b), [pairs[names[1]], pairs[names[0]]]
    spare = [share] if share not in pairs.values() else []
    mistakes = []
    if turned[0] != turned[1]:
        mistakes.append(
            Mistake(
                "exchanged",
                pairs | dict(zip(names, turned, strict=False)),
                says="One is right, and two have changed places. Take {first}: into how many shares do the "
                "{total} go, and how many of them are meant?",
            )
        )
    if spare:
        mistakes.append(
            Mistake(
                "one-share",
                pairs | {names[0]: share},
                says="{share} is *one* share of {b} for {first}. The number above the line says how many "
                "shares are meant. How much is that?",
            )
        )
    return Question(
        prompt="There are {total} {thing}. How many is each part?",
        values={"total": total, "thing": thing, "first": names[0], "share": share, "b": b},
        answer=Matching(pairs, distractors=spare),
        solution="One share, times the number above the line.\n\n"
        + "\n".join(f"- {k} is {v}" for k, v in pairs.items()),
        mistakes=mistakes,
    )


@item(
    objective="multiply.of",
    version=1,
    hints=[
        "Count all counters. How many equal shares does the fraction ask for?",
        "Of 21 counters, 3/7 are 9.",
    ],
)
def of_the_counters(draw, data):
    """How many more counters have to be coloured."""
    b, one = draw.choice(
        [(3, 4), (4, 3), (3, 6), (6, 3), (4, 5), (5, 4), (4, 6), (6, 4), (8, 3), (5, 3), (3, 5), (3, 8)]
    )
    a = draw.integers(2, b - 1)
    total, part = b * one, a * one
    done = draw.integers(1, min(part - 1, 2 * one))
    answer = FillIn(
        f"One share is ___ counters. {a}/{b} of them are ___ counters.", [Number(one), Number(part)]
    )
    drawing = counters(total, draw.sample(range(1, total + 1), done), columns=min(8, total // 2))
    return Question(
        prompt=f"Here are {{total}} counters. {AB} of **all** of them should be coloured. Fill "
        f"in.\n\n{drawing}",
        values={"a": a, "b": b, "one": one, "total": total, "part": part, "done": done, "rest": part - done},
        answer=answer,
        solution="{total} counters in {b} shares: {one} each. {a} shares: {part}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "one-share",
                    [one, one],
                    says="One share is {one}: right. {a}/{b} means {a} of these shares. How many counters "
                    "is that?",
                ),
                Mistake(
                    "sharing-by-the-top",
                    [b, part],
                    says="{part} is right. The first blank asks how many counters are in *one* share. "
                    "{total} counters make {b} shares. How many in each?",
                ),
                Mistake(
                    "those-to-come",
                    [one, part - done],
                    says="One share is {one}: right. {done} are coloured already, and you left them out. "
                    "The second blank asks for {a}/{b} of *all* {total}.",
                ),
            ],
        ),
    )


# ---------------------------------------------------------------- multiply.two


@item(
    objective="multiply.two",
    version=1,
    hints=[
        "Take the second fraction, and of it the part that the first one says. Draw a rectangle.",
        "How many small pieces would the whole have? That number goes below the line.",
        "2/7 × 3/11: the whole has 7 times 11 pieces, 77. Of these 2 times 3 are meant: 6/77.",
    ],
)
def times(draw, data):
    """The product of two fractions."""
    (a, b), (c, d) = draw.sample([f for f in LOWEST if f[1] <= 6], 2)
    if draw.choice([True, False, False]):
        d = b
        c = draw.integers(1, d - 1)
    top, bottom = a * c, b * d
    answer = Fraction(f"{top}/{bottom}", of=(f"{a}/{b}", "*", f"{c}/{d}"))
    return Question(
        prompt=f"How much is {AB} × {CD}?",
        values={"a": a, "b": b, "c": c, "d": d, "top": top, "bottom": bottom, "sum": b + d},
        answer=answer,
        solution="{b} times {d} pieces make the whole: {bottom}. {a} times {c} of them are "
        f"meant: {{top}}. So it is {{top}}/{{bottom}}.{shorter(top, bottom)}",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "bottom-kept",
                    f"{top}/{b if b == d else max(b, d)}",
                    says="{a} times {c} is {top}: the number above the line fits. Below it you kept one "
                    "number. A part of a part is cut smaller. How many such pieces has the whole?",
                ),
                Mistake(
                    "crosswise",
                    f"{a * d}/{b * c}",
                    says="You multiplied crosswise. That is how one *divides* fractions, or compares them. "
                    "Here both numbers above the line belong together. And the two below?",
                ),
                Mistake(
                    "bottoms-added",
                    f"{top}/{b + d}",
                    says="Above the line all is well. Below it you added. A rectangle with {b} rows and {d} "
                    "columns: how many squares has it?",
                ),
            ],
        ),
    )


@item(
    objective="multiply.two",
    version=1,
    difficulty="hard",
    hints=[
        "“Times one half” means “one half of it”. Is half of something more or less than all of it?",
        "Compare the second number with 1. Times 1 would change nothing. 21 × 3/7 is less than 21, as 3/7 "
        "is less than 1.",
    ],
)
def more_or_less(draw, data):
    """Whether a product is more or less than its first number."""
    first = draw.integers(4, 40)
    b = draw.choice([2, 3, 4, 5, 6, 8, 10])
    kind = draw.choice(["less", "more", "same", "less"])
    if kind == "less":
        a = draw.integers(1, b - 1)
    elif kind == "more":
        a = b + draw.integers(1, b)
    else:
        a = b
    words = {"less": f"less than {first}", "same": f"exactly {first}", "more": f"more than {first}"}
    compared = {"less": "less than", "same": "exactly", "more": "more than"}
    keys = {"less": "fraction-makes-less", "same": "times-one", "more": "times-makes-more"}
    others = [k for k in words if k != kind]
    says = {
        ("less", "more"): "Times a whole number often makes more. Here you take {a}/{b} *of* {first}. Is "
        "that all of it, or a part? Try it with one half of 10.",
        ("less", "same"): "Times 1 changes nothing, and {a}/{b} is not 1. Is it more or less than one whole? "
        "So what happens to {first}?",
        ("more", "less"): "With a fraction that is less than 1 you would be right. Compare {a} with {b}: is "
        "{a}/{b} less than one whole?",
        ("more", "same"): "Times 1 changes nothing. Is {a}/{b} one whole, or more? So what happens to "
        "{first}?",
        ("same", "less"): "Many fractions make less. Look at this one: {a} parts of {b}. How much of the "
        "whole is that?",
        ("same", "more"): "Times a number above 1 makes more. Look at {a}/{b}: how much of the whole is "
        "that?",
    }
    return Question(
        prompt=f"{{first}} × {AB} is …",
        values={"first": first, "a": a, "b": b, "compared": compared[kind], "words": words[kind]},
        answer=Choice(right=words[kind], wrong=[words[k] for k in others]),
        solution="{a}/{b} is {compared} 1, so it is {words}.",
        mistakes=[Mistake(keys[k], words[k], says=says[kind, k]) for k in others],
    )


@item(
    objective="multiply.two",
    version=1,
    difficulty="easy",
    hints=[
        "How many small squares has the whole rectangle? That number goes below the line.",
        "In how many squares do both colours meet? Of 7 by 11 squares, with 2 rows and 3 columns coloured, "
        "it would be 6 of 77: 6/77.",
    ],
)
def where_both_meet(draw, data):
    """The part of a part in a picture: where two colours meet."""
    rows, columns = draw.choice([3, 4, 5]), draw.choice([3, 4, 5, 6])
    down, across = draw.integers(1, rows - 1), draw.integers(1, columns - 1)
    both = down * across
    coloured = down * columns + across * rows - both
    answer = Fraction(f"{both}/{rows * columns}")
    return Question(
        prompt="The first {across} of {columns} columns are coloured, and the first {down} of "
        "{rows} rows. Which fraction of the whole rectangle is in **both** "
        f"colours?\n\n{area(rows, columns, down, across)}",
        values={
            "rows": rows,
            "columns": columns,
            "down": down,
            "across": across,
            "both": both,
            "all": rows * columns,
            "coloured": coloured,
            "sum": down + across,
        },
        answer=answer,
        solution="The rectangle has {all} squares. {down} times {across} of them have both: "
        "{both}/{all}." + shorter(both, rows * columns),
        mistakes=apart(
            answer,
            [
                Mistake(
                    "all-coloured",
                    f"{coloured}/{rows * columns}",
                    says="All {all} squares stand below the line: right. {coloured} is how many have some "
                    "colour. Both of them meet only in some of these. In how many?",
                ),
                Mistake(
                    "part-of-the-strip",
                    f"{both}/{down * columns}",
                    says="{both} squares have both colours: right. Below the line you counted the coloured "
                    "rows alone. How many squares has the *whole* rectangle?",
                ),
                Mistake(
                    "part-to-rest",
                    f"{both}/{rows * columns - both}",
                    says="{both} squares have both colours: right. Below the line you have all the others. "
                    "Which number belongs there?",
                ),
            ],
        ),
    )


@item(
    objective="multiply.two",
    version=1,
    hints=[
        "“Of” means times. Which part of which part is it?",
        "Half of 3/7: each seventh is cut in two. That makes fourteenths, and 3 of them are meant: 3/14.",
    ],
)
def part_of_part(draw, data):
    """A part of a part in a story."""
    (a, b), (c, d) = draw.sample([f for f in LOWEST if f[1] <= 5], 2)
    who = draw.choice(PEOPLE)
    place, does = draw.choice(
        [
            ("of a garden is planted", "of that with beans"),
            ("of a class plays a sport", "of these play football"),
            ("of a wall is painted", "of that in green"),
            ("of a pizza is left", "of that goes to " + who),
            ("of a book is about animals", "of that about birds"),
            ("of a day is left", "of that is for playing"),
        ]
    )
    whole = place.split()[2]
    top, bottom = a * c, b * d
    answer = Fraction(f"{top}/{bottom}", of=(f"{a}/{b}", "*", f"{c}/{d}"))
    return Question(
        prompt=f"{CD} {{place}}, and {AB} {{does}}. Which fraction of the whole {{whole}} is that?",
        values={
            "a": a,
            "b": b,
            "c": c,
            "d": d,
            "place": place,
            "does": does,
            "whole": whole,
            "top": top,
            "bottom": bottom,
        },
        answer=answer,
        solution="{a}/{b} of {c}/{d} is {a}/{b} × {c}/{d} = "
        f"{{top}}/{{bottom}}.{shorter(top, bottom)}",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "added",
                    str(Value(a, b) + Value(c, d)),
                    says="You put both fractions together. The second one is a part *of* the first, though. "
                    "Draw the {whole}, shade {c}/{d}, then take {a}/{b} of what is shaded.",
                ),
                Mistake(
                    "part-alone",
                    f"{a}/{b}",
                    says="{a}/{b} is true of the part. The question asks about the whole {whole}. Which "
                    "fraction of the whole did you begin with?",
                ),
                Mistake(
                    "taken-away",
                    str(abs(Value(c, d) - Value(a, b))),
                    says="You took one fraction from the other. “{a}/{b} of that” means a part of it: cut "
                    "{c}/{d} into {b} shares and take {a}. Draw it as a rectangle.",
                ),
            ],
        ),
    )


@item(
    objective="multiply.two",
    version=1,
    hints=[
        "Above the line: how many pieces are meant? Below it: how many make the whole?",
        "2/7 × 3/11 = 6/77: 2 times 3 above, 7 times 11 below.",
    ],
)
def fill_the_product(draw, data):
    """The steps of a product, with blanks."""
    (a, b), (c, d) = draw.sample([f for f in LOWEST if f[1] <= 8 and f[0] <= 5], 2)
    answer = FillIn(
        f"The rectangle has {b} rows and {d} columns, so ___ small squares. {a} rows and {c} columns meet "
        "in ___ squares.",
        [Number(b * d), Number(a * c)],
    )
    return Question(
        prompt=f"You work out {AB} × {CD} with a rectangle. Fill in the numbers.",
        values={"a": a, "b": b, "c": c, "d": d, "top": a * c, "bottom": b * d, "sum": b + d, "tops": a + c},
        answer=answer,
        solution="{b} times {d} is {bottom} squares in all, {a} times {c} is {top} of them. So the product "
        "is {top}/{bottom}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "added",
                    [b + d, a + c],
                    says="You added rows and columns. Draw it: {b} rows with {d} squares in each. How many "
                    "squares are there?",
                ),
                Mistake(
                    "tops-added",
                    [b * d, a + c],
                    says="{bottom} squares in all: right. Where {a} rows and {c} columns meet, there is a "
                    "small rectangle. How many squares are in it?",
                ),
            ],
        ),
    )


@item(
    objective="multiply.two",
    version=1,
    hints=[
        "Compare what you multiply by with 1.",
        "Times less than 1 makes less. Times exactly 1 changes nothing. 12 × 7/7 is 12, and 12 × 11/7 is "
        "more.",
    ],
)
def sort_products(draw, data):
    """Which products are less than the number that is multiplied."""
    first = draw.integers(5, 50)
    low = draw.choice([f for f in LOWEST if f[0] > 1] + [(9, 10), (7, 8)])
    tiny = draw.choice([(1, 2), (1, 3), (1, 4), (1, 5), (1, 10)])
    high = draw.choice([(3, 2), (5, 4), (4, 3), (9, 8), (7, 5), (11, 10), (6, 5), (8, 3)])
    one = draw.choice([(2, 2), (3, 3), (4, 4), (5, 5), (8, 8)])
    say = {
        name: f"${first} \\times \\dfrac{{{f[0]}}}{{{f[1]}}}$"
        for name, f in zip("abcd", (low, tiny, high, one), strict=True)
    }
    right = [say["a"], say["b"]]
    return Question(
        prompt="Which are **less** than {first}?",
        values={
            "first": first,
            "x": high[0],
            "y": high[1],
            "u": one[0],
            "v": one[1],
            "p": low[0],
            "q": low[1],
        },
        answer=MultipleChoice(right=right, wrong=[say["c"], say["d"]]),
        solution=f"Times less than 1 makes less: {right[0]} and {right[1]}.",
        mistakes=[
            Mistake(
                "any-fraction-makes-less",
                [*right, say["c"]],
                says="Both that are less are there. {x}/{y} is a fraction, too, but is it less than 1? "
                "Compare {x} with {y}.",
            ),
            Mistake(
                "times-one",
                [*right, say["d"]],
                says="Both that are less are there. {u}/{v} is in your picks, too. How much of a whole are "
                "{u} parts of {v}?",
            ),
            Mistake(
                "times-makes-more",
                [say["b"]],
                says="That one is less: right. There is another. {p}/{q} of {first} is not all of it. So is "
                "{first} × {p}/{q} less, or more?",
            ),
        ],
    )


@item(
    objective="multiply.two",
    version=1,
    hints=[
        "Shade the rows for one fraction in your mind, and the columns for the other. Where do they meet?",
        "For 2/7 × 3/11 it is a small rectangle of 2 rows and 3 columns: 6 squares.",
    ],
)
def shade_product(draw, data):
    """Shade a part of a part in a rectangle."""
    (a, b), (c, d) = draw.sample([f for f in LOWEST if f[1] in (2, 3, 4, 5, 6)], 2)
    if b * d > 30:
        (a, b), (c, d) = (2, 3), (3, 4)
    parts = b * d
    answer = Shade(Value(a * c, parts), parts=parts, shape="grid", columns=d)
    corner = [row * d + column + 1 for row in range(a) for column in range(c)]
    row_parts = list(range(1, a * d + 1))
    both = sorted({row * d + col + 1 for row in range(b) for col in range(d) if row < a or col < c})
    who = draw.choice(PEOPLE)
    return Question(
        prompt=f"This is {{who}}'s field: {{b}} rows, {{d}} columns. {CD} of it is ploughed, and {AB} of "
        "that is sown. Shade as much of the field as is **sown**.",
        values={"who": who, "a": a, "b": b, "c": c, "d": d, "top": a * c, "parts": parts},
        answer=answer,
        right=corner,
        solution="{c} columns are ploughed, and {a} rows of these are sown: {a} times {c} is "
        f"{{top}} squares, for instance {', '.join(map(str, corner))}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "rows-alone",
                    row_parts,
                    says="You shaded {a}/{b} of the whole field. Only {c}/{d} of it is ploughed, and "
                    "{a}/{b} of *that* is sown. In how many columns can something grow?",
                ),
                Mistake(
                    "both-together",
                    both,
                    says="You shaded all that is in the rows or in the columns. Sown is where both meet: in "
                    "{a} rows *and* in {c} columns. How many squares is that?",
                ),
                Mistake(
                    "columns-alone",
                    [row * d + col + 1 for row in range(b) for col in range(c)],
                    says="{c}/{d} of the field is ploughed: right. Of that part only {a}/{b} is sown. How "
                    "many of the {b} rows is that?",
                ),
            ],
        ),
    )
