"""Checks of lesson 1: which fraction of a whole is shaded, and how to show one.

Hints speak of sevenths and elevenths, which no question asks for, so that none gives an answer away.
"""

from checkers import Choice, FillIn, Fraction, Matching, MultipleChoice, Number, Shade
from courseware.excerpt import apart
from courseware.items import Mistake, Question, item
from courseware.pictures import bar, circle, grid, line, options, over

PEOPLE = ["Amina", "Ben", "Chidi", "Dana", "Elif", "Finn", "Hana", "Ivo", "Jun", "Kofi", "Lena", "Noor"]
PARTS = [3, 4, 5, 6, 8, 9, 10]
ROWS = {4: 2, 6: 2, 8: 2, 9: 3, 10: 2, 12: 3}
THINGS = {
    "bar": ["wall", "fence", "path", "ribbon", "chocolate bar"],
    "circle": ["pizza", "pie", "round table", "flatbread", "wheel"],
    "grid": ["garden bed", "window", "quilt", "sheet of stamps", "tray of cakes"],
}
AB = over("{a}", "{b}")


def picture(draw, parts, shaded):
    """A drawing of so many equal parts, and what it is called."""
    shapes = ["bar", "circle"] + ["rectangle"] * (parts in ROWS)
    shape = draw.choice(shapes)
    if shape == "rectangle":
        return shape, grid(ROWS[parts], parts // ROWS[parts], shaded)
    return shape, (bar if shape == "bar" else circle)(parts, shaded)


def scattered(draw, parts, count):
    return sorted(draw.sample(range(1, parts + 1), count))


def proper(draw, bottoms=tuple(PARTS)):
    """Numbers above and below the line: less than a whole, and not one half."""
    b = draw.choice(bottoms)
    return draw.choice([a for a in range(1, b) if 2 * a != b]), b


def shorter(a, b):
    """A sentence with the shortest name of a fraction, where that is another one."""
    short = Fraction(f"{a}/{b}").right()
    return "" if short == f"{a}/{b}" else f" A shorter name for it is {short}."


# ---------------------------------------------------------------- parts.name


@item(
    objective="parts.name",
    version=1,
    difficulty="easy",
    hints=[
        "Count twice. How many equal parts is the whole cut into? How many of them are shaded?",
        "The number of all parts goes below the line. The number of shaded parts goes above it.",
        "In a bar of 7 parts with 3 shaded, 3 goes above the line and 7 below: 3/7. Now yours.",
    ],
)
def name_shaded(draw, data):
    """Which fraction of a drawing is shaded."""
    a, b = proper(draw)
    shape, drawing = picture(draw, b, scattered(draw, b, a))
    answer = Fraction(f"{a}/{b}")
    return Question(
        prompt="Which fraction of the {shape} is shaded?\n\n" + str(drawing),
        values={"shape": shape, "a": a, "b": b, "rest": b - a},
        answer=answer,
        solution=f"All parts: {{b}}. Shaded parts: {{a}}. So it is {AB}, typed {{a}}/{{b}}.{shorter(a, b)}",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "part-to-rest",
                    f"{a}/{b - a}",
                    says="You counted the {a} shaded parts right. Below the line you put the empty ones, "
                    "{rest}. Below goes the number of *all* parts, shaded and empty. How many is that?",
                ),
                Mistake(
                    "empty-parts",
                    f"{b - a}/{b}",
                    says="Below the line you have all {b} parts: that fits. Above it you counted the empty "
                    "ones. Which parts does the question ask about?",
                ),
                Mistake(
                    "upside-down",
                    f"{b}/{a}",
                    says="You found both numbers. They are upside down. Which of them counts all the parts? "
                    "That one goes below the line.",
                ),
            ],
        ),
    )


@item(
    objective="parts.name",
    version=1,
    difficulty="hard",
    hints=[
        "Are all parts of the same size? Fractions count equal parts only.",
        "Cut the large part, in your mind, into pieces as small as the small parts. How many pieces has the "
        "whole bar now?",
        "One large part as big as 3 small ones, beside 4 small ones: that makes 7 small pieces in all.",
    ],
)
def unequal_parts(draw, data):
    """Which fraction is shaded where one part is larger than the others."""
    small, size = draw.integers(2, 5), draw.integers(2, 4)
    whole, parts = small + size, small + 1
    large = draw.integers(0, small)
    sizes = [1] * large + [size] + [1] * (small - large)
    a = draw.integers(1, small - 1)
    places = [n for n in range(1, parts + 1) if n != large + 1]
    shaded = sorted(draw.sample(places, a))
    right, counted, rest = over(a, whole), over(a, parts), over(a, parts - a)
    return Question(
        prompt="The bar is cut into parts of **different** size. The large part is as long as {size} small "
        "ones. Which fraction of the bar is shaded?\n\n" + str(bar(sizes, shaded)),
        values={"size": size, "parts": parts, "whole": whole, "a": a, "small": small},
        answer=Choice(right=right, wrong=[counted, rest]),
        solution="The large part makes {size} small pieces. With the {small} others that is {whole} "
        f"equal pieces. {{a}} of them shaded: {right}.",
        mistakes=[
            Mistake(
                "parts-not-equal",
                counted,
                says="You counted {parts} parts. They are not the same size, though, and a fraction needs "
                "equal parts. Into how many small pieces could you cut the whole bar?",
            ),
            Mistake(
                "part-to-rest",
                rest,
                says="You have the shaded parts above the line. Below it belongs the whole bar, not the "
                "rest of it. How many small pieces would fill the whole bar?",
            ),
        ],
    )


@item(
    objective="parts.name",
    version=1,
    hints=[
        "First look: are all parts of a picture the same size? If not, leave that picture out.",
        "Then count all parts. That number has to be below the line.",
        "For 2/7, look for 7 equal parts with 2 of them shaded.",
    ],
)
def find_picture(draw, data):
    """Which picture shows a fraction."""
    b = draw.choice([3, 4, 5, 6])
    a = draw.choice([n for n in range(1, b) if 2 * n != b])
    shape = draw.choice([bar, circle])
    wide = 220 if shape is bar else 110
    uneven = [3] + [1] * (b - 1)
    right = shape(b, scattered(draw, b, a), wide=wide)
    unequal = shape(draw.shuffle(uneven) if shape is bar else uneven, a, wide=wide)
    rest = shape(a + b, scattered(draw, a + b, a), wide=wide)
    empty = shape(b, scattered(draw, b, b - a), wide=wide)
    shown = [right, unequal, rest, empty]
    return Question(
        prompt=f"Which picture shows {AB}?",
        values={"a": a, "b": b, "all": a + b, "rest": b - a},
        answer=Choice(right=right.alt, wrong=[p.alt for p in shown[1:]], pictures=options(shown)),
        solution="Below the line stands {b}: there have to be {b} equal parts. {a} of them are "
        f"shaded. {right.alt}\n\n{right}",
        mistakes=[
            Mistake(
                "parts-not-equal",
                unequal.alt,
                says="There are {b} parts and {a} of them are shaded: you counted well. The parts are not "
                "the same size, though. Which other picture has {b} *equal* parts?",
            ),
            Mistake(
                "part-to-rest",
                rest.alt,
                says="{a} parts are shaded there, and {b} are empty. That makes {all} parts in all. The {b} "
                "below the line counts *all* parts. Which picture has {b} of them?",
            ),
            Mistake(
                "empty-parts",
                empty.alt,
                says="That picture has {b} equal parts: good. {rest} of them are shaded and {a} are empty. "
                "Which number says how many have to be shaded?",
            ),
        ],
    )


@item(
    objective="parts.name",
    version=1,
    hints=[
        "Take one picture at a time. Count all its parts first: that number stands below the line.",
        "A circle of 7 parts with 2 shaded belongs to 2/7.",
    ],
)
def match_pictures(draw, data):
    """Three pictures and the fractions that they show."""
    b = draw.choice([5, 8, 10])
    a = draw.choice([n for n in range(2, b - 1) if 2 * n != b])
    c = draw.choice([3, 4, 6])
    taken = {f"{a}/{b}", f"{b - a}/{b}", f"{a}/{b - a}"}
    e = draw.choice([n for n in range(1, c) if 2 * n != c and f"{n}/{c}" not in taken])
    one = bar(b, scattered(draw, b, a), wide=200)
    two = bar(b, scattered(draw, b, b - a), wide=200)
    three = circle(c, scattered(draw, c, e), wide=90)
    pairs = {one.alt: f"{a}/{b}", two.alt: f"{b - a}/{b}", three.alt: f"{e}/{c}"}
    odd = f"{a}/{b - a}"
    answer = Matching(pairs, distractors=[odd], pictures=options([one, two, three]))
    return Question(
        prompt="Which fraction is shaded in each picture?",
        values={"a": a, "b": b, "rest": b - a, "odd": odd},
        answer=answer,
        solution="All parts below the line, the shaded ones above it.\n\n"
        + "\n".join(f"- {alt} **{name}**" for alt, name in pairs.items()),
        mistakes=[
            Mistake(
                "empty-parts",
                pairs | {one.alt: f"{b - a}/{b}", two.alt: f"{a}/{b}"},
                says="The number of parts fits for both bars. In each you took the empty parts for the "
                "shaded ones. Point at the shaded parts of the first bar: how many are there?",
            ),
            Mistake(
                "part-to-rest",
                pairs | {one.alt: odd},
                says="{odd} has the {a} shaded parts above the line, and the {rest} empty ones below. Below "
                "the line goes the number of *all* parts. How many has that bar?",
            ),
        ],
    )


@item(
    objective="parts.name",
    version=1,
    hints=[
        "Read what each blank asks for before you count.",
        "For a bar of 7 parts with 5 shaded you would write 7, then 5, then 2.",
    ],
)
def count_in_words(draw, data):
    """A sentence about a drawing, with blanks for its numbers."""
    a, b = proper(draw)
    shape, drawing = picture(draw, b, scattered(draw, b, a))
    answer = FillIn(
        f"The {shape} has ___ equal parts in all. ___ of them are shaded, and ___ are empty.",
        [Number(b), Number(a), Number(b - a)],
    )
    return Question(
        prompt="Fill in the numbers.\n\n" + str(drawing),
        values={"a": a, "b": b, "rest": b - a, "shape": shape},
        answer=answer,
        solution=f"{{b}} parts in all, {{a}} shaded, {{rest}} empty. So {AB} of the {{shape}} is shaded.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "rest-for-all",
                    [b - a, a, b - a],
                    says="{a} shaded and {rest} empty: that is right. The first blank asks for *all* parts. "
                    "Put the shaded and the empty ones together. How many are there?",
                ),
                Mistake(
                    "shaded-for-empty",
                    [b, b - a, a],
                    says="There are {b} parts in all: yes. In the other two blanks, shaded and empty have "
                    "changed places. Which parts have colour?",
                ),
            ],
        ),
    )


@item(
    objective="parts.name",
    version=1,
    hints=[
        "Imagine the pieces in front of you. How many were there at the start? That number goes below the "
        "line.",
        "Now read the question once more: does it ask what is eaten, or what is left?",
        "Of 11 pieces 4 are eaten: 4/11 is eaten, and the other 7 pieces are left.",
    ],
)
def pieces_left(draw, data):
    """Which fraction of a cake is eaten, or is left."""
    b = draw.choice([6, 8, 9, 10, 12])
    first = draw.integers(1, b // 3)
    second = draw.choice([n for n in range(1, b // 2) if 2 * (first + n) != b and first + n < b])
    one, two = draw.sample(PEOPLE, 2)
    food = draw.choice(["pizza", "melon", "flatbread", "cake", "pie"])
    left = draw.choice([True, False])
    eaten = first + second
    a = b - eaten if left else eaten
    other = b - a
    answer = Fraction(f"{a}/{b}")
    return Question(
        prompt="A {food} is cut into {b} equal pieces. {one} eats {first} and {two} eats {second}. Which "
        "fraction of the {food} is {asked}?",
        values={
            "food": food,
            "b": b,
            "one": one,
            "two": two,
            "first": first,
            "second": second,
            "asked": "left" if left else "eaten",
            "instead": "eaten" if left else "left",
            "a": a,
            "other": other,
        },
        answer=answer,
        solution="{first} + {second} pieces are eaten. So {a} of {b} pieces are {asked}: {a}/{b}."
        + shorter(a, b),
        mistakes=apart(
            answer,
            [
                Mistake(
                    "eaten-or-left",
                    f"{other}/{b}",
                    says="All {b} pieces stand below the line: good. {other} is how many pieces are "
                    "{instead}. What does the question ask for?",
                ),
                Mistake(
                    "part-to-rest",
                    f"{a}/{other}",
                    says="{a} pieces are {asked}: that is right. Below the line goes how many pieces the "
                    "whole {food} was cut into. How many were there at the start?",
                ),
                Mistake(
                    "one-of-two",
                    f"{first}/{b}",
                    says="You have what {one} ate, as a part of all {b} pieces. {two} ate some, too. How "
                    "many pieces is the question about?",
                ),
            ],
        ),
    )


@item(
    objective="parts.name",
    version=1,
    hints=[
        "Test each sentence by itself. Cover the others with your hand.",
        "A fraction compares with the whole. “5 are shaded and 2 are empty” means 5/7 is shaded.",
    ],
)
def true_sentences(draw, data):
    """Which sentences about a drawing are true."""
    a, b = proper(draw, (5, 6, 8, 9, 10))
    shape, drawing = picture(draw, b, scattered(draw, b, a))
    right = [
        f"{over(a, b)} of the {shape} is shaded",
        f"{over(b - a, b)} of the {shape} is empty",
    ]
    rest = f"{over(a, b - a)} of the {shape} is shaded"
    turned = f"{over(b, a)} of the {shape} is shaded"
    answer = MultipleChoice(right=right, wrong=[rest, turned])
    return Question(
        prompt="Which sentences are true?\n\n" + str(drawing),
        values={"a": a, "b": b, "rest": b - a},
        answer=answer,
        solution=f"There are {{b}} parts, {{a}} shaded and {{rest}} empty. True: {right[0]}, and {right[1]}.",
        mistakes=[
            Mistake(
                "part-to-rest",
                [*right, rest],
                says="You found both that are true. One of your picks has {rest} below the line, the number "
                "of empty parts. How many parts has the whole?",
            ),
            Mistake(
                "shaded-alone",
                [right[0]],
                says="That one is true. Another one is true as well: a fraction can also tell how much is "
                "*empty*. Look for it.",
            ),
        ],
    )


# ---------------------------------------------------------------- parts.show


@item(
    objective="parts.show",
    version=1,
    difficulty="easy",
    hints=[
        "The number below the line says how many equal parts there are. Is that so here?",
        "The number above the line says how many of them to shade. For 4/7, shade 4 of 7 parts.",
    ],
)
def shade_it(draw, data):
    """Shade a fraction of a drawing that is cut into as many parts as it needs."""
    a, b = proper(draw, (4, 5, 6, 8, 9, 10, 12))
    shape = draw.choice(["bar", "circle"] + ["grid"] * (b in ROWS))
    thing = draw.choice(THINGS[shape])
    answer = Shade(f"{a}/{b}", parts=b, shape=shape)
    first = ", ".join(map(str, range(1, a + 1)))
    return Question(
        prompt=f"This is a {{thing}}. Shade {AB} of it.",
        values={"thing": thing, "a": a, "b": b, "rest": b - a},
        answer=answer,
        solution="There are {b} equal parts, and {a} of them are asked for. Any {a} will do, for "
        f"instance parts {first}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "rest-shaded",
                    list(range(1, b - a + 1)),
                    says="You shaded {rest} of {b} parts, and left {a} empty. The number above the line "
                    "says how many have *colour*. Which number is that?",
                ),
                Mistake(
                    "all-shaded",
                    list(range(1, b + 1)),
                    says="You shaded as many parts as stand below the line. That is the whole {thing}. The "
                    "number above the line says how many to shade. Which is it?",
                ),
            ],
        ),
    )


@item(
    objective="parts.show",
    version=1,
    difficulty="hard",
    hints=[
        "There are more parts here than the number below the line. First make that many equal shares.",
        "How many parts make one share? Then shade as many shares as the number above the line says.",
        "In a bar of 14 parts, one seventh is 2 parts. So 3/7 is 3 times 2 parts.",
    ],
)
def shade_shares(draw, data):
    """Shade a fraction of a drawing that is cut into more parts than it needs."""
    b, times = draw.choice([(3, 2), (3, 3), (4, 2), (5, 2), (6, 2), (4, 3), (3, 4), (5, 3)])
    a = draw.choice([n for n in range(1, b) if 2 * n != b])
    parts = b * times
    shape = draw.choice(["bar", "circle", "grid"])
    thing = draw.choice(THINGS[shape])
    answer = Shade(f"{a}/{b}", parts=parts, shape=shape)
    first = ", ".join(map(str, range(1, a * times + 1)))
    return Question(
        prompt=f"This {{thing}} has {{parts}} parts. Shade {AB} of it.",
        values={"thing": thing, "a": a, "b": b, "parts": parts, "times": times, "count": a * times},
        answer=answer,
        solution="{parts} parts in {b} equal shares: {times} parts a share. {a} of the shares are "
        f"{{count}} parts, for instance {first}.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "top-counted",
                    list(range(1, a + 1)),
                    says="The {a} above the line counts shares, and you shaded {a} single parts. Here "
                    "{parts} parts make {b} equal shares. How many parts are in one share?",
                ),
                Mistake(
                    "one-share",
                    list(range(1, times + 1)),
                    says="{times} parts are one share of {b}: that is a good start. How many shares does "
                    "the number above the line ask for?",
                ),
                Mistake(
                    "rest-shaded",
                    list(range(1, parts - a * times + 1)),
                    says="The shares are of the right size. You shaded what should stay empty. How many "
                    "shares have colour, if the fraction is {a}/{b}?",
                ),
            ],
        ),
    )


@item(
    objective="parts.show",
    version=1,
    hints=[
        "How many steps lead from 0 to 1? That is the number below the line.",
        "Put a finger on 0. Each hop to the next mark is one step. For 3/7 you hop 3 times on a line with 7 "
        "steps to each whole.",
    ],
)
def mark_it(draw, data):
    """Mark a fraction on a number line that goes to 2."""
    b = draw.choice([3, 4, 5, 6, 8, 10])
    wholes = draw.choice([1, 2, 2])
    a = draw.choice([n for n in range(2, b) if 2 * n != b or wholes > 1])
    if draw.choice([True, False]) and wholes == 2:
        a = b + draw.integers(1, b - 1)
    answer = Shade(f"{a}/{b}", shape="line", parts=b, wholes=wholes)
    who, way = draw.choice(PEOPLE), draw.choice(["walks", "swims", "runs", "rows", "cycles", "skates"])
    return Question(
        prompt=f"{{who}} {{way}} {AB} km. The line shows the kilometres from the start. Mark where {{who}} "
        "stops.",
        values={
            "who": who,
            "way": way,
            "a": a,
            "b": b,
            "less": a - 1,
            "wholes": wholes,
            "back": wholes * b - a,
        },
        answer=answer,
        solution="From 0 to 1 there are {b} steps, so each step is one of {b}. Go {a} steps from 0.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "marks-counted",
                    a - 1,
                    says="You are {less} steps from 0, one too few. That happens if the mark at 0 is "
                    "counted as number one. Start at 0 and count the hops between the marks.",
                ),
                Mistake(
                    "from-the-end",
                    wholes * b - a,
                    says="Your mark is {a} steps from {wholes}, the end of the line. The number of steps "
                    "fits. Where does counting begin on a number line?",
                ),
            ],
        ),
    )


@item(
    objective="parts.show",
    version=1,
    hints=[
        "Count the hops from 0 to 1, not the marks. That is the number below the line.",
        "Then count the hops from 0 to the letter. On a line with 11 hops to 1, the fourth hop ends at 4/11.",
    ],
)
def read_mark(draw, data):
    """Which number a letter on a number line stands at."""
    b = draw.choice([3, 4, 5, 6, 8, 9, 10])
    wholes = draw.choice([1, 2, 2])
    a = draw.choice([n for n in range(1, b * wholes) if n % b and (2 * n) % b])
    letter = draw.choice(list("ABCKMPQR"))
    answer = Fraction(f"{a}/{b}")
    end = f"{a}/{b * wholes}" if wholes > 1 else f"{a}/{b - 1}"
    return Question(
        prompt="Which fraction belongs to **{letter}**?\n\n" + str(line(b, named={a: letter}, wholes=wholes)),
        values={"letter": letter, "a": a, "b": b, "marks": b + 1, "wholes": wholes, "all": b * wholes},
        answer=answer,
        solution="From 0 to 1 there are {b} hops. {letter} is {a} hops from 0: {a}/{b}." + shorter(a, b),
        mistakes=apart(
            answer,
            [
                Mistake(
                    "marks-counted",
                    f"{a + 1}/{b + 1}",
                    says="You counted the marks, with the one at 0. Count the hops between them instead. "
                    "How many hops are there from 0 to 1, and how many to {letter}?",
                ),
                Mistake(
                    "whole-line" if wholes > 1 else "marks-between",
                    end,
                    says="The {a} hops to {letter} are right. Below the line you put all {all} hops of the "
                    "line. The line goes to {wholes}, though. How many hops are there from 0 to 1?"
                    if wholes > 1
                    else "The {a} hops to {letter} are right. Below the line belongs the number of hops from "
                    "0 to 1. You counted the marks between them, and that is one fewer.",
                ),
            ],
        ),
    )


@item(
    objective="parts.show",
    version=1,
    hints=[
        "How many hops are there from 0 to 1? They have to fit the number below the line.",
        "Then count hops from 0 to the dot. The dot of 2/7 is 2 hops from 0, on a line with 7 hops to 1.",
    ],
)
def find_line(draw, data):
    """Which number line has its dot at a fraction."""
    b = draw.choice([3, 4, 5, 6, 8, 9, 10])
    a = draw.choice([n for n in range(2, b) if 2 * n != b])
    who, way = draw.choice(PEOPLE), draw.choice(["lake", "park", "school", "hill", "forest"])
    right = line(b, a, wide=240)
    marks = line(b, a - 1, wide=240)
    more = line(b + 1, a, wide=240)
    back = line(b, b - a, wide=240)
    mistakes = [
        Mistake(
            "marks-counted",
            marks.alt,
            says="That line has {b} hops to 1, as it should. Its dot is {less} hops from 0. The mark at 0 "
            "is where you start, so it does not count. Which dot is {a} hops away?",
        ),
        Mistake(
            "other-parts",
            more.alt,
            says="The dot is {a} hops from 0: good. From 0 to 1 there are {more} hops on that line, though. "
            "Which number below the line tells how many there should be?",
        ),
        Mistake(
            "from-the-end",
            back.alt,
            says="That line has {b} hops to 1: good. Its dot is {a} hops from the 1. Numbers are counted "
            "from 0. Which dot is {a} hops from there?",
        ),
    ]
    shown = [right, marks, more, back]
    if back.alt == marks.alt:
        del shown[3], mistakes[2]
    return Question(
        prompt=f"{{who}} has walked {AB} of the way round the {{way}}. On which line does the dot stand at "
        f"{AB}?",
        values={"who": who, "way": way, "a": a, "b": b, "less": a - 1, "more": b + 1},
        answer=Choice(right=right.alt, wrong=[p.alt for p in shown[1:]], pictures=options(shown)),
        solution=f"{{b}} hops to 1, and {{a}} hops to the dot. {right.alt}\n\n{right}",
        mistakes=mistakes,
    )


@item(
    objective="parts.show",
    version=1,
    hints=[
        "What you see is only a part of the bar. The number above the line says how many pieces you see.",
        "The number below the line says how many pieces the whole bar has. All pieces are the same size.",
        "If 20 tiles are 20/31 of a path, the whole path has 31 tiles, and 11 are missing.",
    ],
)
def whole_again(draw, data):
    """How many pieces are missing from a whole, if a part of it is shown."""
    b = draw.choice([5, 6, 8, 9, 10, 12])
    a = draw.choice([n for n in range(2, b - 1) if 2 * n != b])
    thing = draw.choice(["chocolate bar", "ribbon", "paper strip", "fence", "path of tiles"])
    who = draw.choice(PEOPLE)
    answer = Number(b - a)
    return Question(
        prompt=f"{{who}} has {{a}} equal pieces of a {{thing}}. They are {AB} of the whole {{thing}}. How "
        "many "
        "pieces are **missing**?\n\n" + str(bar(a, a, wide=24 * a + 4)),
        values={"who": who, "thing": thing, "a": a, "b": b, "sum": a + b},
        answer=answer,
        solution=f"The whole has {{b}} pieces. {{a}} are there, so {b - a} are missing.",
        mistakes=apart(
            answer,
            [
                Mistake(
                    "the-whole",
                    b,
                    says="{b} pieces make the whole {thing}: that is an important step. Some of them are "
                    "there already. How many are still missing?",
                ),
                Mistake(
                    "what-is-there",
                    a,
                    says="{a} pieces are what {who} has. The number below the line tells how many the whole "
                    "has. How many have to come to the {a}?",
                ),
                Mistake(
                    "added",
                    a + b,
                    says="You put {a} and {b} together. The {b} pieces of the whole hold the {a} already, "
                    "though. What do you have to do with {a} to reach {b}?",
                ),
            ],
        ),
    )
