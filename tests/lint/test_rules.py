"""A sound course is clean, and each rule tells of the one thing that breaks it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from courseware.lint.check import lint, scope
from courseware.lint.finding import RULES, Report

Cells = list[dict[str, Any]]
Break = Callable[[Path, Callable[[Path, Callable[[Cells], None]], None]], None]


def linted(path: Path, *rules: str, seeds: int = 30) -> Report:
    jobs = os.cpu_count() or 1 if not rules else 1
    return lint(path, scope(quick=False, only=rules, seeds=seeds, jobs=jobs), lambda *_: None)


def toml(old: str, new: str) -> Break:
    return lambda folder, _: replace(folder / "course.toml", old, new)


def items(old: str, new: str) -> Break:
    return lambda folder, _: replace(folder / "01-sums" / "items.py", old, new)


def replace(path: Path, old: str, new: str) -> None:
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), encoding="utf-8")


def cells(change: Callable[[Cells], object], file: str = "01-sums/lesson.ipynb") -> Break:
    return lambda folder, edit: edit(folder / file, lambda each: change(each) and None)


def put(name: str, source: str) -> Break:
    """Another source for the cell of this id."""
    return cells(lambda each: one(each, name).update(source=source))


def one(each: Cells, name: str) -> dict[str, Any]:
    return next(cell for cell in each if cell["id"] == name)


def upside_down(folder: Path, _: object) -> None:
    replace(folder / "course.toml", 'needs = ["sums.add"]', "")
    replace(folder / "course.toml", 'together"', 'together"\nneeds = ["gaps.find"]')


def swapped(folder: Path, _: object) -> None:
    path = folder / "course.toml"
    start, first, second = path.read_text(encoding="utf-8").split("[[lessons]]")
    path.write_text("[[lessons]]".join([start, second, first]), encoding="utf-8")


def without_item(folder: Path, _: object) -> None:
    path = folder / "01-sums" / "items.py"
    source = path.read_text(encoding="utf-8")
    path.write_text(source[: source.rindex("\n@item(")], encoding="utf-8")
    replace(folder / "01-sums" / "lesson.ipynb", "sums-ticks", "sums-order")


def of_one_format(folder: Path, _: object) -> None:
    """Only the items that ask for a number are left, three times each."""
    path = folder / "01-sums" / "items.py"
    start, number, rope, *_rest = path.read_text(encoding="utf-8").split("\n@item(")
    every = [number, rope]
    for again in "two", "three":
        every += [part.replace("def sums_", f"def sums_{again}_") for part in (number, rope)]
    path.write_text("\n@item(".join([start, *every]), encoding="utf-8")
    for kind in ("line", "blank", "order", "ticks"):
        replace(folder / "01-sums" / "lesson.ipynb", f"sums-{kind}", "sums-number")


def nothing_open(folder: Path, _: object) -> None:
    """Only the items whose answer is picked are left, three times each."""
    path = folder / "01-sums" / "items.py"
    start, _number, _rope, line, _blank, _order, ticks = path.read_text(encoding="utf-8").split("\n@item(")
    every = [line, ticks]
    for again in "two", "three":
        every += [part.replace("def sums_", f"def sums_{again}_") for part in (line, ticks)]
    path.write_text("\n@item(".join([start, *every]), encoding="utf-8")
    for kind in ("number", "rope", "blank", "order"):
        replace(folder / "01-sums" / "lesson.ipynb", f"sums-{kind}", "sums-line")


def guessable(folder: Path, _: object) -> None:
    """Whatever is asked has one answer, which stands in the prompt."""
    path = folder / "01-sums" / "items.py"
    source = path.read_text(encoding="utf-8")
    for kind in ("Choice", "MultipleChoice", "FillIn", "Ordering", "Number"):
        source = re.sub(rf"answer={kind}\(.*\),\n", "answer=Number(7),\n", source)
    source = re.sub(r'prompt="[^"]*"', 'prompt="' + "7 " * 60 + '"', source)
    path.write_text(
        re.sub(r"mistakes=\[.*?\n        \],", "mistakes=[],", source, flags=re.DOTALL), encoding="utf-8"
    )


def big(folder: Path, _: object) -> None:
    (folder / "data" / "big.csv").write_bytes(b"1,2,3\n" * 1_800_000)
    readme = folder / "data" / "README.md"
    readme.write_text(
        readme.read_text(encoding="utf-8") + "\n## big.csv\n\nLicence: CC0.\n", encoding="utf-8"
    )


def file(name: str, content: str) -> Break:
    return lambda folder, _: (folder / name).write_text(content, encoding="utf-8") and None


NEAR = 'Mistake(f"near-{n}", a + n, says="That is near. Count anew, from the start.")'
LONG = "Take the two numbers and say each of them aloud to the one beside you. "
HARD = "Numerical representations necessitate comprehensive investigations concerning quantities. "
CASES: list[tuple[str, str, Break, str]] = [
    # rule, what is wrong, how to break it, what is told
    (
        "course",
        "a check of nothing",
        put("check-line", 'lesson.check("sums-lime")'),
        "a check of 'sums-lime'",
    ),
    (
        "course",
        "an item that raises",
        items("b = draw.integers(61, 90)", "b = draw.integers(9, 6)"),
        "raised ValueError",
    ),
    (
        "course",
        "an item that raises in some variants",
        items("    return b + draw", "    assert b < 80\n    return b + draw"),
        "raised AssertionError",
    ),
    (
        "skips",
        "a rule that is not broken",
        toml(
            "[[objectives]]",
            '[[lint]]\nskip = "tone"\nof = "sums-line"\nbecause = "There was a reason."\n\n[[objectives]]',
        ),
        "not broken there",
    ),
    (
        "skips",
        "a rule that does not exist",
        toml(
            "[[objectives]]",
            '[[lint]]\nskip = "tune"\nof = "sums-line"\nbecause = "There was a reason."\n\n[[objectives]]',
        ),
        "does not have",
    ),
    ("coverage", "five items", without_item, "5 items"),
    ("coverage", "one format", of_one_format, "the format Number"),
    ("coverage", "none open", nothing_open, "only items whose answer is picked"),
    ("prerequisites", "a need that is taught later", upside_down, "needs 'gaps.find'"),
    ("prerequisites", "lessons out of order", swapped, "it stands before 01-sums"),
    (
        "prerequisites",
        "a check of a later lesson",
        put("check-line", 'lesson.check("gaps-line")'),
        "taught in 02-gaps",
    ),
    (
        "prerequisites",
        "an item of a later objective",
        items('objective="sums.add"', 'objective=["sums.add", "gaps.find"]'),
        "gaps.find",
    ),
    (
        "checks",
        "an objective without a check",
        cells(lambda each: [cell.update(source="1") for cell in each if cell["id"].startswith("check")]),
        "no check of 'sums.add'",
    ),
    (
        "checks",
        "one format",
        cells(
            lambda each: [
                cell.update(source='lesson.check("sums-rope")')
                for cell in each
                if cell["id"].startswith("check")
            ]
        ),
        "1 format",
    ),
    (
        "checks",
        "a quiz at the end",
        cells(lambda each: each.sort(key=lambda cell: cell["id"].startswith("check"))),
        "last third",
    ),
    (
        "remedies",
        "no remedy",
        toml('remedies = { "sums.add" = ["remedy-sums.ipynb"] }', ""),
        "no remedy for 'sums.add'",
    ),
    ("remedies", "no enrichment", toml('enrichment = ["enrich-gaps.ipynb"]', ""), "no enrichment"),
    (
        "graded-task",
        "none",
        cells(
            lambda each: [
                cell["metadata"].clear() or cell.update(source="1")
                for cell in each
                if "nbgrader" in cell["metadata"]
            ]
        ),
        "no graded cell",
    ),
    (
        "graded-task",
        "no objectives",
        cells(lambda each: one(each, "one-test")["metadata"].pop("courseware")),
        "no objectives",
    ),
    (
        "graded-task",
        "an unknown objective",
        cells(lambda each: one(each, "one-test")["metadata"].update(courseware={"objectives": ["sums.all"]})),
        "'sums.all'",
    ),
    (
        "graded-task",
        "another lesson's name",
        cells(lambda each: one(each, "one-test")["metadata"]["nbgrader"].update(grade_id="sums_one")),
        "grade_id 'sums_one'",
    ),
    (
        "graded-task",
        "no points",
        cells(lambda each: one(each, "one-test")["metadata"]["nbgrader"].update(points=0)),
        "0 points",
    ),
    (
        "graded-task",
        "nothing hidden",
        cells(
            lambda each: [
                one(each, f"{part}-test").update(source=f"assert {part}(9, 4) == 13")
                for part in ("one", "two")
            ]
        ),
        "no hidden tests",
    ),
    (
        "graded-task",
        "nothing visible",
        cells(
            lambda each: [
                one(each, f"{part}-test").update(
                    source=f"### BEGIN HIDDEN TESTS\nassert {part}(9, 4) == 13\n### END HIDDEN TESTS"
                )
                for part in ("one", "two")
            ]
        ),
        "hidden tests alone",
    ),
    (
        "time",
        "too long",
        cells(
            lambda each: each.extend(
                {"cell_type": "code", "id": f"more-{n}", "metadata": {}, "source": "1"} for n in range(200)
            )
        ),
        "minutes",
    ),
    (
        "time",
        "another time than it says",
        put("goals", "- I can say how many there are together.\n\nIt takes about 45 minutes."),
        "“takes about 45 minutes”",
    ),
    ("time", "too short", cells(lambda each: each.__delitem__(slice(5, 30))), "minutes"),
    ("beginning", "no Lesson", put("start", "import math"), "no Lesson"),
    (
        "beginning",
        "another lesson",
        put("start", 'from courseware import Lesson\nlesson = Lesson("02-gaps")'),
        "Lesson('02-gaps')",
    ),
    (
        "beginning",
        "an objective not named",
        put("goals", "## What you will be able to do\n\nMuch."),
        "no “I can say how many there are together”",
    ),
    (
        "outputs",
        "an output",
        cells(
            lambda each: one(each, "numbers").update(
                outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}]
            )
        ),
        "an output",
    ),
    (
        "outputs",
        "a count",
        cells(lambda each: one(each, "numbers").update(execution_count=3)),
        "execution count",
    ),
    ("cell-ids", "none", cells(lambda each: one(each, "numbers").pop("id")), "no id"),
    ("cell-ids", "twice", cells(lambda each: one(each, "numbers").update(id="title")), "'title' twice"),
    ("cell-length", "thirteen lines", put("numbers", "first, second = 62, 31\n" * 13), "13 lines"),
    ("wall", "a long paragraph", put("step-1-0", LONG * 6), "a paragraph of"),
    ("wall", "a long cell", put("step-1-0", "\n\n".join([LONG * 3] * 5)), "words in one cell"),
    (
        "order",
        "a name before it is made",
        cells(lambda each: each.insert(len(each), each.pop(4))),
        "name 'first' is not defined",
    ),
    (
        "order",
        "in a remedy",
        cells(
            lambda each: each.append(
                {
                    "cell_type": "code",
                    "id": "x",
                    "metadata": {},
                    "source": "1 / 0",
                    "outputs": [],
                    "execution_count": None,
                }
            ),
            "01-sums/remedy-sums.ipynb",
        ),
        "ZeroDivisionError",
    ),
    (
        "reading",
        "hard prose",
        cells(lambda each: [cell.update(source=HARD) for cell in each if cell["id"].startswith("step")]),
        "LIX",
    ),
    (
        "reading",
        "a long sentence",
        put("step-1-0", "Take " + "the two numbers and " * 10 + "add."),
        "a sentence of",
    ),
    (
        "reading",
        "a long sentence in a prompt",
        items("One shelf holds", "On one of the two shelves " + "and not on the floor " * 8 + "it holds"),
        "a sentence of",
    ),
    ("tone", "an exclamation", put("step-1-0", "Well, there you are!"), "there you are!"),
    ("tone", "a word that hurts", put("step-1-0", "You just add them."), "“just”"),
    ("tone", "in a message", items("So many stand", "Incorrect. So many stand"), "“Incorrect”"),
    ("tone", "a field", items("{a} books, another", "{c} books, another"), "the field {c}"),
    ("alt-text", "none", put("picture", "![](data/shelf.svg)"), "no text"),
    ("alt-text", "a file's name", put("picture", "![shelf.svg](data/shelf.svg)"), "shelf.svg"),
    ("alt-text", "in HTML", put("picture", '<img src="data/shelf.svg">'), "no text"),
    ("alt-text", "in a prompt", items("One shelf holds", "![](data/shelf.svg) One shelf holds"), "no text"),
    (
        "alt-text",
        "by code",
        put("run-1-0", 'from IPython.display import Image\nImage("data/shelf.svg")'),
        "without alt",
    ),
    (
        "links",
        "a picture that is not there",
        put("picture", "![Two shelves with books](pictures/shelf.svg)"),
        "no such file",
    ),
    ("links", "a link", put("step-1-0", "See [the next](03-more.ipynb)."), "'03-more.ipynb'"),
    ("links", "an anchor", put("step-1-0", "See [above](#Shelves)."), "no heading"),
    (
        "links",
        "from a remedy's folder",
        cells(
            lambda each: one(each, "title").update(source="[back](01-sums.ipynb)"),
            "01-sums/remedy-sums.ipynb",
        ),
        "no such file",
    ),
    ("data", "a file without a source", file("data/new.csv", "a,b\n1,2\n"), "nothing about new.csv"),
    (
        "data",
        "no licence",
        file("data/README.md", "## Figures (`.svg`)\n\nFound somewhere.\n"),
        "without a licence",
    ),
    ("data", "no README", lambda folder, _: (folder / "data" / "README.md").unlink(), "no such file"),
    ("data", "too much", big, "10.8 MB"),
    (
        "maths",
        "aligned",
        put("step-1-0", "$$\\begin{aligned}a &= b\\\\ c &= d\\end{aligned}$$"),
        "`aligned` loses its columns",
    ),
    ("maths", "a brace", items("One shelf holds", "$\\\\frac{1}{2$ One shelf holds"), "a brace"),
    ("maths", "a command", put("step-1-0", "As $\\fraq{1}{2}$ says."), "`\\fraq` is not known"),
    (
        "variants",
        "few",
        items("    a, b = two(draw)", "    a, b = 70 + draw.integers(1, 9), 61"),
        "9 different variants",
    ),
    (
        "variants",
        "options in another order only",
        items("    times, other", "    a, b = 90, 61\n    times, other"),
        "1 different variants",
    ),
    (
        "mistakes",
        "one",
        items(
            'Mistake("a-ten-more", a + b + 10, says="The ones are right. Count the tens: did one slip in?"),',
            "",
        ),
        "1 named mistake",
    ),
    (
        "mistakes",
        "five",
        items(
            "        mistakes=[\n",
            f"        mistakes=[*[{NEAR} for n in (1, 2, 3)],\n",
        ),
        "5 mistakes",
    ),
    (
        "rare-mistake",
        "in some",
        items(
            "        mistakes=[\n",
            f"        mistakes=[*[{NEAR} for n in (1,) if a % 20 == 0],\n",
        ),
        "'near-1' in",
    ),
    (
        "shadowed-mistake",
        "the same response",
        items('"a-ten-more", a + b + 10', '"a-ten-more", a'),
        "gets the message of 'first-alone'",
    ),
    (
        "shadowed-mistake",
        "the right one",
        items('"a-ten-more", a + b + 10', '"a-ten-more", a + b'),
        "is right",
    ),
    (
        "shadowed-mistake",
        "no answer",
        items('"a-ten-more", a + b + 10', '"a-ten-more", "many"'),
        "no answer",
    ),
    (
        "shadowed-mistake",
        "one key twice",
        items('"a-ten-more", a + b + 10', '"first-alone", a'),
        "named twice",
    ),
    ("right-answer", "wrong", items("answer=Number(a + b)", "right=a, answer=Number(a + b)"), "told"),
    (
        "solution",
        "another result",
        items('solution="{right}: {a} + {b}."', 'solution="Add {a} and {b}."'),
        "no ",
    ),
    ("hints", "one", items('hints=["Which two numbers are given?", ', "hints=["), "1 hints"),
    (
        "hints",
        "alike",
        items('"Of 7 cups and 2 cups it would be 7 + 2. Now yours."', '"Which two numbers are given?"'),
        "alike",
    ),
    ("leak", "by a value", items('"Which two numbers are given?"', '"Is it {right}?"'), "holds the answer"),
    ("leak", "of a choice", items('"Which sign stands for this?"', '"Is it `{a} + {b}`?"'), "hint 1 holds"),
    (
        "leak",
        "of a blank",
        items('"What do the two numbers come to?"', '"{a} + {b} = {right}, is it?"'),
        "hint 1 holds",
    ),
    ("prompt", "long", items("One shelf holds", LONG * 6 + "One shelf holds"), "a prompt of"),
    (
        "message",
        "short",
        items("So many stand on the first shelf. What of the second one?", "Try again."),
        "says 2 words",
    ),
    ("message", "long", items("So many stand on the first shelf.", LONG * 5), "words"),
    ("reach", "the right answer is no answer", nothing_open, "do not become Proficient"),
    ("guessing", "the answer stands there", guessable, "half open"),
]


@pytest.mark.parametrize(
    ("rule", "breaks", "told"),
    [pytest.param(rule, breaks, told, id=f"{rule}: {wrong}") for rule, wrong, breaks, told in CASES],
)
def test_a_rule_tells_of_what_breaks_it(shelves, edit, rule, breaks, told):
    breaks(shelves, edit)
    report = linted(shelves, rule, "tone")
    mine = [f for f in report.findings if f.rule == rule]
    assert any(told in f.found for f in mine), [str(f) for f in report.findings]
    assert all(f.file and f.place and f.found and f.expected and f.mend and f.of for f in mine)
    assert not report.clean


def test_every_rule_is_broken_here():
    assert {rule for rule, *_ in CASES} == set(RULES)


def test_a_sound_course_is_clean(shelves):
    report = linted(shelves, seeds=100)
    assert report.clean, [str(f) for f in report.findings]
    assert list(report.asked) == list(RULES)
    assert not report.left_out


def test_a_rule_set_aside_is_told_with_its_reason(shelves):
    items('"Which two numbers are given?"', '"Is it {right}?"')(shelves, lambda *_: None)
    because = "This item is about reading a hint."
    toml(
        "[[objectives]]",
        f'[[lint]]\nskip = "leak"\nof = "sums-number"\nbecause = "{because}"\n\n[[objectives]]',
    )(shelves, lambda *_: None)
    report = linted(shelves, "leak", "skips")
    assert report.clean
    assert [(e.finding.rule, e.finding.of, e.because) for e in report.excused] == [
        ("leak", "sums-number", because)
    ]


def test_where_there_is_no_code_a_graded_task_is_not_asked_for(shelves, edit):
    def plain(each: Cells) -> None:
        each[:] = [
            c
            for c in each
            if c["cell_type"] == "markdown" or c["id"].startswith(("start", "check", "progress"))
        ]

    edit(shelves / "01-sums" / "lesson.ipynb", plain)
    report = linted(shelves, "graded-task")
    assert report.clean
    assert report.left_out["graded-task"] == "01-sums: the lesson has no code"


def test_all_is_told_at_once(shelves, edit):
    put("picture", "![](data/shelf.svg)")(shelves, edit)
    put("step-1-0", "You just add them!")(shelves, edit)
    toml('enrichment = ["enrich-gaps.ipynb"]', "")(shelves, edit)
    report = lint(shelves, scope(quick=True, only=(), seeds=100, jobs=1), lambda *_: None)
    assert {f.rule for f in report.findings} == {"alt-text", "tone", "remedies"}
