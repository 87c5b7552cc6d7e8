"""A small sound course, written anew into a temporary folder for whoever wants to break it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TOML = """\
id = "shelves"
version = "1.0"
title = "Shelves"
language = "en"

[[objectives]]
id = "sums.add"
can = "I can say how many there are together"

[[objectives]]
id = "gaps.find"
can = "I can say how many more there are"
needs = ["sums.add"]

[[lessons]]
id = "01-sums"
title = "Sums"
teaches = ["sums.add"]
opens_when = []
remedies = { "sums.add" = ["remedy-sums.ipynb"] }
enrichment = ["enrich-sums.ipynb"]

[[lessons]]
id = "02-gaps"
title = "Gaps"
teaches = ["gaps.find"]
opens_when = ["sums.add"]
remedies = { "gaps.find" = ["remedy-gaps.ipynb"] }
enrichment = ["enrich-gaps.ipynb"]
"""

ITEMS = '''\
from checkers import Choice, FillIn, MultipleChoice, Number, Ordering
from courseware.items import Mistake, Question, item


def two(draw):
    """Two numbers; the second, and what the first has more, cannot be taken for each other."""
    b = draw.integers(61, 90)
    return b + draw.integers(13, 49), b


@item(
    objective="OBJECTIVE",
    version=1,
    hints=["Which two numbers are given?", "Of 7 cups and 2 cups it would be 7 SIGN 2. Now yours."],
)
def NAME_number(draw, _data):
    """Two shelves, and a number of books."""
    a, b = two(draw)
    return Question(
        prompt="One shelf holds {a} books, another {b}. How many are there ASKED?",
        values={"a": a, "b": b, "right": a SIGN b},
        answer=Number(a SIGN b),
        solution="{right}: {a} SIGN {b}.",
        mistakes=[
            Mistake("first-alone", a, says="So many stand on the first shelf. What of the second one?"),
            Mistake("a-ten-more", a SIGN b + 10, says="The ones are right. Count the tens: did one slip in?"),
        ],
    )


@item(
    objective="OBJECTIVE",
    version=1,
    hints=["Which unit is asked for?", "Of 7 metres and 2 metres it would be 7 SIGN 2. Now yours."],
)
def NAME_rope(draw, _data):
    """Two ropes, and a length."""
    a, b = two(draw)
    return Question(
        prompt="A rope is {a} m long, another {b} m. How many metres are there ASKED?",
        values={"a": a, "b": b, "right": a SIGN b},
        answer=Number(a SIGN b),
        solution="{right}: {a} SIGN {b}.",
        mistakes=[
            Mistake("second-alone", b, says="So long is the second rope. What of the first one?"),
            Mistake("a-ten-less", a SIGN b - 10, says="The ones are right. Count the tens: was one lost?"),
        ],
    )


@item(
    objective="OBJECTIVE",
    version=1,
    hints=["Which sign stands for this?", "For 7 cups and 2 cups: `7 SIGN 2`. Which line has that sign?"],
)
def NAME_line(draw, _data):
    """Which line works it out."""
    a, b = two(draw)
    times, other = f"`{a} * {b}`", f"`{a} OTHER {b}`"
    return Question(
        prompt="One shelf holds {a} books, another {b}. Which line says how many there are ASKED?",
        values={"a": a, "b": b},
        answer=Choice(right=f"`{a} SIGN {b}`", wrong=[times, other, f"`{a} / {b}`"]),
        solution=f"`{a} SIGN {b}`.",
        mistakes=[
            Mistake("times", times, says="Both numbers fit. The star multiplies, though: what is asked?"),
            Mistake("other-sign", other, says="Both numbers fit. This sign goes the other way. Which fits?"),
        ],
    )


@item(
    objective="OBJECTIVE",
    version=1,
    hints=["What do the two numbers come to?", "In 7 SIGN 2 = ___ the blank is for what comes out."],
)
def NAME_blank(draw, _data):
    """Fill in what comes out."""
    a, b = two(draw)
    return Question(
        prompt="Fill in what comes out.",
        values={"a": a, "b": b, "right": a SIGN b},
        answer=FillIn(f"{a} SIGN {b} = ___", [Number(a SIGN b)]),
        solution="{a} SIGN {b} is {right}.",
        mistakes=[
            Mistake("first-alone", [str(a)], says="That is the first number. What happens to it then?"),
            Mistake("a-ten-more", [str(a SIGN b + 10)], says="The ones are right. Did one ten more slip in?"),
        ],
    )


@item(
    objective="OBJECTIVE",
    version=1,
    hints=["What does each line come to?", "Of 7 SIGN 1 and 7 SIGN 2, work out each; then compare."],
)
def NAME_order(draw, _data):
    """Put lines in the order of what they come to."""
    a, b = two(draw)
    results = {f"{a + step} SIGN {b}": (a + step) SIGN b for step in (0, 3, 7)}
    lines = sorted(results, key=results.get)
    return Question(
        prompt="Put the lines in order, by what they come to: the smallest first.",
        answer=Ordering(lines),
        solution="```text\\n" + "\\n".join(lines) + "\\n```\\nThe first number grows.",
        mistakes=[
            Mistake("reversed", lines[::-1], says="The neighbours are right. Which end is the smallest at?"),
            Mistake("last-two", [lines[0], *lines[:0:-1]], says="The first is right. Compare the others."),
        ],
    )


@item(
    objective="OBJECTIVE",
    version=1,
    hints=["Work out each line: which come to more?", "7 SIGN 2 is more than 4, so it would be ticked."],
)
def NAME_ticks(draw, _data):
    """Which lines come to more than a limit."""
    a, b = two(draw)
    more = [f"{a + step} SIGN {b}" for step in (2, 5)]
    less = [f"{a - step} SIGN {b}" for step in (1, 4)]
    return Question(
        prompt="Which of these come to more than **{limit}**? Tick all.",
        values={"limit": a SIGN b, "right": " and ".join(more)},
        answer=MultipleChoice(right=more, wrong=less),
        solution="{right}.",
        mistakes=[
            Mistake("the-smaller", less, says="You told two sorts apart. These come to less, though."),
            Mistake("one-alone", more[:1], says="That one is among them. Which other comes to more as well?"),
        ],
    )
'''
PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="none"/></svg>
"""
README = """\
# The data of this course

## Figures (`.svg`)

Drawn for this course, under its licence.
"""
CAN = {"01-sums": "I can say how many there are together", "02-gaps": "I can say how many more there are"}
KINDS = ("number", "rope", "line", "blank", "order", "ticks")
STEPS = (
    "Take the two numbers, and say each of them aloud. Which of them is the larger one?",
    "Now hide one of the shelves with your hand. What do you see, and what do you only know?",
    "Draw a line for each shelf. A long one stands for many books, a short one for few.",
    "Put the ends of the lines side by side. What can be read off them at once?",
    "Say what will come out before you run the cell. Was it near?",
    "Change a number in the cell, and run it again. What moved, and what stayed as it was?",
)

Cell = dict[str, Any]


def text(name: str, *paragraphs: str, **metadata: object) -> Cell:
    return {
        "cell_type": "markdown",
        "id": name,
        "metadata": metadata,
        "source": "\n\n".join(paragraphs).splitlines(keepends=True),
    }


def code(name: str, source: str, **metadata: object) -> Cell:
    return {
        "cell_type": "code",
        "id": name,
        "metadata": metadata,
        "source": source.splitlines(keepends=True),
        "outputs": [],
        "execution_count": None,
    }


def marks(name: str, *, grade: bool) -> Cell:
    flags = {"grade": grade, "solution": not grade, "locked": grade, "task": False, "schema_version": 3}
    return {"grade_id": name, **flags, **({"points": 2} if grade else {})}


def lesson(lesson_id: str, name: str, objective: str, sign: str) -> list[Cell]:
    own = {"objectives": [objective]}
    cells = [
        text("title", f"# {name.title()}", "Two shelves of books. **What do they come to?**"),
        text("goals", "## What you will be able to do", f"- {CAN[lesson_id]}."),
        code("start", f'from courseware import Lesson\n\nlesson = Lesson("{lesson_id}")'),
        text("picture", "![Two shelves, one above the other, with books](data/shelf.svg)"),
        code("numbers", "first, second = 62, 31\nfirst, second"),
    ]
    for number, kind in enumerate(KINDS):
        for step in range(2):
            told = [STEPS[(number + step + more) % len(STEPS)] for more in range(3)]
            cells.append(text(f"step-{number}-{step}", *told))
            cells.append(code(f"run-{number}-{step}", f"first {sign} second + {step}"))
        cells.append(code(f"check-{kind}", f'lesson.check("{name}-{kind}")'))
    for part in ("one", "two"):
        task = f"{lesson_id}_{part}"
        body = f"### BEGIN SOLUTION\n    return a {sign} b\n    ### END SOLUTION"
        tests = f"assert {part}(9, 4) == 9 {sign} 4, 'Nine and four first.'"
        hidden = f"### BEGIN HIDDEN TESTS\nassert {part}(8, 1) == 8 {sign} 1\n### END HIDDEN TESTS"
        cells += [
            text(f"task-{part}", f"**Part {part}.** `{part}(a, b)` gives back what `a` and `b` come to."),
            code(f"{part}-code", f"def {part}(a, b):\n    {body}", nbgrader=marks(task, grade=False)),
            code(
                f"{part}-test",
                f"{tests}\n{hidden}",
                nbgrader=marks(f"{task}-test", grade=True),
                courseware=own,
            ),
        ]
    return [*cells, code("progress", "lesson.progress()")]


def beside(name: str, lesson_id: str, objective: str) -> list[Cell]:
    return [
        text("title", f"# {name.title()}, another way", f"Back to [the lesson](../{lesson_id}.ipynb)."),
        code("start", f'from courseware import Lesson\n\nlesson = Lesson("{lesson_id}")'),
        code("check", f'lesson.check("{objective}")'),
    ]


def store(path: Path, cells: list[Cell]) -> None:
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")


@pytest.fixture
def shelves(tmp_path: Path) -> Path:
    """The folder of a course that breaks no rule."""
    folder = tmp_path / "shelves"
    (folder / "data").mkdir(parents=True)
    (folder / "course.toml").write_text(TOML, encoding="utf-8")
    (folder / "data" / "README.md").write_text(README, encoding="utf-8")
    (folder / "data" / "shelf.svg").write_text(PICTURE, encoding="utf-8")
    for lesson_id, name, objective, sign, asked in (
        ("01-sums", "sums", "sums.add", "+", "together"),
        ("02-gaps", "gaps", "gaps.find", "-", "more in the first"),
    ):
        home = folder / lesson_id
        home.mkdir()
        words = {"OBJECTIVE": objective, "SIGN": sign, "OTHER": "-" if sign == "+" else "+"}
        items = ITEMS.replace("NAME", name).replace("ASKED", asked)
        for word, value in words.items():
            items = items.replace(word, value)
        (home / "items.py").write_text(items, encoding="utf-8")
        store(home / "lesson.ipynb", lesson(lesson_id, name, objective, sign))
        store(home / f"remedy-{name}.ipynb", beside(name, lesson_id, objective))
        store(home / f"enrich-{name}.ipynb", beside(name, lesson_id, objective))
    return folder


Edit = Callable[[list[Cell]], None]


@pytest.fixture
def edit() -> Callable[[Path, Edit], None]:
    """Change the cells of a stored notebook."""

    def change(path: Path, by: Edit) -> None:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        by(notebook["cells"])
        path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")

    return change
