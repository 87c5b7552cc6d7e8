"""The same items are told the same in a widget, in a ``%%check`` cell and in an nbgrader test cell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel

from checkers.result import Result
from courseware import workspace
from courseware.clock import system_clock
from courseware.course import load_course
from courseware.local_tutor import LocalTutor
from courseware.runner import InKernel, Worker
from courseware.widgets.check import CheckWidget
from courseware.widgets.page import Page

POINTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A key as an author writes it; code that is right, and code that is not; how a test cell gets at it."""

    key: str
    right: str
    wrong: str
    judged: str = "answer"


SOURCE_OF = "__import__('inspect').getsource({})"
TOTAL = "def total(numbers):\n    result = 0\n    for n in numbers:\n        result += n\n    return result"
ROWS = {
    "number": Row(key="Number(84)", right="answer = 80 + 4", wrong="answer = -84"),
    "fraction": Row(
        key="Fraction('5/6', lowest=True, of=('1/2', '+', '1/3'))",
        right="answer = '5/6'",
        wrong="answer = '10/12'",
    ),
    "text": Row(key="Text('median')", right="answer = 'Median'", wrong="answer = 'medain'"),
    "expression": Row(
        key="Expression('x^2 + 6x + 9', form='expanded', start='(x + 3)^2')",
        right="answer = '9 + 6x + x^2'",
        wrong="answer = '(x + 3)(x + 3)'",
    ),
    "choice": Row(key="Choice(right='a', wrong=['b', 'c'])", right="answer = 'a'", wrong="answer = 'b'"),
    "choices": Row(
        key="MultipleChoice(right=['list', 'dict', 'set'], wrong=['tuple', 'str'])",
        right="answer = ['dict', 'list', 'set']",
        wrong="answer = ['list', 'dict']",
    ),
    "matching": Row(
        key="Matching({'mean': '1', 'median': '2', 'mode': '3'})",
        right="answer = dict(mean='1', median='2', mode='3')",
        wrong="answer = dict(mean='2', median='1', mode='3')",
    ),
    "ordering": Row(
        key="Ordering('a = 1\\nb = 2\\nfor c in d:\\n    print(c)')",
        right="answer = ['a = 1', 'b = 2', 'for c in d:', '    print(c)']",
        wrong="answer = ['a = 1', 'b = 2', 'for c in d:', 'print(c)']",
    ),
    "fill-in": Row(
        key="FillIn('for n in ___: total ___ n', ['range(1, 10)', '+='], code=True)",
        right="answer = ['range( 1, 10 )', '+=']",
        wrong="answer = ['range(10)', '+=']",
    ),
    "shade": Row(
        key="Shade(exactly=[1, 6, 11], parts=12, shape='grid', columns=4)",
        right="answer = [11, 6, 1]",
        wrong="answer = [1, 6]",
    ),
    "parts": Row(
        key="Parts({'Median': Number(3), 'Mean': Number(4)}, weights={'Mean': 3})",
        right="answer = {'Median': 3, 'Mean': 4}",
        wrong="answer = {'Median': 30, 'Mean': 4}",
    ),
    "frame": Row(
        key="Frame(__import__('pandas').DataFrame({'a': [1, 2, 3], 'b': [4, 5, 6]}))",
        right="import pandas as pd\nanswer = pd.DataFrame({'a': [1, 2, 3], 'b': [4, 5, 6]})",
        wrong="import pandas as pd\nanswer = pd.DataFrame({'a': [1, 2, 3], 'b': [4, 5, 7]})",
    ),
    "function": Row(
        key="Function(name='larger', examples=[((1, 2), 2), ((5, 3), 5)])",
        right="def larger(a, b):\n    return max(a, b)",
        wrong="def larger(a, b):\n    return a",
        judged=SOURCE_OF.format("larger"),
    ),
    "source": Row(
        key="Source(uses=['for'], avoids=['sum()'], most_lines=6)",
        right=TOTAL,
        wrong="def total(numbers):\n    return sum(numbers)",
        judged=SOURCE_OF.format("total"),
    ),
    "first": Row(
        key="First(Source(avoids=['sum()']), credit=0.25).then("
        "Function(name='total', examples=[(([1, 2],), 3), (([5],), 5)]))",
        right=TOTAL,
        wrong="def total(numbers):\n    return numbers[0]",
        judged=SOURCE_OF.format("total"),
    ),
}
PARTLY = {
    "fraction",
    "expression",
    "choices",
    "ordering",
    "fill-in",
    "shade",
    "parts",
    "function",
    "source",
    "first",
}
"""Rows whose wrong code is worth part of the points."""

TOML = """
id = "same"
version = "1.0"
title = "The same"
[[objectives]]
id = "all.keys"
can = "I can answer every key"
[[lessons]]
id = "01-all"
title = "All"
teaches = ["all.keys"]
opens_when = []
"""
ITEM = """
@item(objective="all.keys", version=1, hints=["Look.", "Look again."])
def {name}(draw, data):
    return Question(prompt="?", answer={key}, right={right!r}, solution="So.")
"""
KERNEL = """
from pathlib import Path
from courseware import runner, workspace
from courseware.clock import system_clock
from courseware.course import load_course
from courseware.local_tutor import LocalTutor
from courseware.widgets import cell
from courseware.widgets.page import Page
_course = load_course(Path({course!r}))
_space = workspace.create(Path({work!r}), _course, by_path=True)
_runner = runner.InKernel(runner.Worker())
_tutor = LocalTutor(
    _course, _space.open_log(), _space.learner, clock=system_clock(), runner=_runner, workspace=_space
)
_tutor.open(None)
cell.load(get_ipython(), Page(lambda: _tutor, lesson="01-all", folder=""), _runner, _tutor.givens)
"""
TOLD = "[e.detail['result'] for e in _tutor._events if e.kind == 'answer']"

Told = dict[tuple[str, str], Result]
CASES = [(name, sort) for name in ROWS for sort in ("wrong", "right")]


def code(name: str, sort: str) -> str:
    return str(getattr(ROWS[name], sort))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with an item for each row."""
    folder = tmp_path_factory.mktemp("same")
    items = ["from checkers import *\nfrom courseware.items import Question, item\n"]
    for name, row in ROWS.items():
        right = {"code": row.right} if row.judged != "answer" or name == "frame" else None
        items.append(ITEM.format(name=f"key_{name.replace('-', '_')}", key=row.key, right=right))
    (folder / "course.toml").write_text(TOML, encoding="utf-8")
    (folder / "01-all").mkdir()
    (folder / "01-all" / "items.py").write_text("\n".join(items), encoding="utf-8")
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    (folder / "01-all" / "lesson.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def in_widget(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What each case is told in a widget."""
    loaded = load_course(course)
    space = workspace.create(tmp_path_factory.mktemp("widget") / "work", loaded, by_path=True)
    log, worker = space.open_log(), Worker()
    tutor = LocalTutor(
        loaded, log, space.learner, clock=system_clock(), runner=InKernel(worker), workspace=space
    )
    tutor.open(None)
    page = Page(lambda: tutor, lesson="01-all", folder="")
    told: Told = {}
    for name, sort in CASES:
        widget = CheckWidget(page, f"key-{name}")
        response = {"code": code(name, sort)}
        for n, act in enumerate(("hello", "answer")):
            message = {"v": 1, "do": act, "id": f"00000000-0000-7000-8000-{len(told):010}{n:02}"}
            widget._handle_custom_msg(
                {**message, "variant": widget.view.get("variant"), "response": response}, []
            )
        (*_, event) = [e for e in tutor._events if e.kind == "answer"]
        assert event.item == f"key-{name}", widget.view["feedback"]
        told[name, sort] = Result.from_json(event.detail["result"])
    worker.close()
    log.close()
    return told


@pytest.fixture(scope="module")
def in_cell(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What each case is told in a ``%%check`` cell of a real kernel."""
    work = tmp_path_factory.mktemp("cell") / "work"
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        cells = [KERNEL.format(course=str(course), work=str(work))]
        cells += [f"%%check key-{name}\n{code(name, sort)}" for name, sort in CASES]
        for each in cells:
            reply = client.execute_interactive(
                each, output_hook=lambda _: None, timeout=60, allow_stdin=False
            )
            assert reply["content"]["status"] == "ok", reply
        reply = client.execute_interactive(
            "", user_expressions={"told": f"__import__('json').dumps({TOLD})"}, output_hook=lambda _: None
        )
        told = json.loads(eval(reply["content"]["user_expressions"]["told"]["data"]["text/plain"]))
        client.execute_interactive("_runner.close()", output_hook=lambda _: None)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return {case: Result.from_json(each) for case, each in zip(CASES, told, strict=True)}


def graded(kind: str, name: str, **more: object) -> dict[str, object]:
    settings = {"grade": False, "solution": False, "locked": False, "task": False, **more}
    return {"nbgrader": {"schema_version": 3, "grade_id": f"{kind}-{name}", **settings}}


def assignment(sort: str | None) -> nbformat.NotebookNode:
    """The notebook of an nbgrader assignment: a cell to write in and a test cell for each row."""
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    for n, (name, row) in enumerate(ROWS.items()):
        answer = "### BEGIN SOLUTION\n### END SOLUTION" if sort is None else code(name, sort)
        test = f"from checkers import *\nresult = {row.key}.check({row.judged})\nprint(result.feedback)\n"
        notebook.cells += [
            nbformat.v4.new_code_cell(answer, id=f"a{n}", metadata=graded("own", name, solution=True)),
            nbformat.v4.new_code_cell(
                f"{test}result.points({POINTS})",
                id=f"t{n}",
                metadata=graded("test", name, grade=True, locked=True, points=POINTS),
            ),
        ]
    return notebook


@pytest.fixture(scope="module")
def in_nbgrader(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[float, str]]:
    """The points of each case and what was printed, from a real ``nbgrader autograde``."""
    folder = tmp_path_factory.mktemp("class")
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'same'\n")

    def put(notebook: nbformat.NotebookNode, *place: str) -> None:
        path = folder.joinpath(*place, "all.ipynb")
        path.parent.mkdir(parents=True)
        path.write_text(nbformat.writes(notebook), encoding="utf-8")

    put(assignment(None), "source", "ps1")
    for sort in ("wrong", "right"):
        put(assignment(sort), "submitted", sort, "ps1")
    programs = str(Path(sys.executable).parent)  # nbgrader runs alembic by name
    env = {**os.environ, "PATH": programs + os.pathsep + os.environ["PATH"], "PYTHONWARNINGS": "ignore"}
    for command in (["generate_assignment", "ps1", "--create"], ["autograde", "ps1", "--create"]):
        run = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command], cwd=folder, env=env, capture_output=True, text=True,
            check=False, timeout=280,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr[-3000:]
    return {(name, sort): scored(folder, name, sort) for name, sort in CASES}


def scored(folder: Path, name: str, sort: str) -> tuple[float, str]:
    from nbgrader.utils import determine_grade

    notebook = nbformat.read(folder / "autograded" / sort / "ps1" / "all.ipynb", as_version=4)
    (cell,) = [c for c in notebook.cells if c.metadata.nbgrader.grade_id == f"test-{name}"]
    points, most = determine_grade(cell)
    assert most == POINTS
    return points, "".join(each.text for each in cell.outputs if each.output_type == "stream").strip()


@pytest.mark.parametrize("name", ROWS)
def test_what_is_wrong_is_told_alike_everywhere_and_worth_the_same(name, in_widget, in_cell, in_nbgrader):
    widget, cell = in_widget[name, "wrong"], in_cell[name, "wrong"]
    points, printed = in_nbgrader[name, "wrong"]
    assert widget.feedback == cell.feedback == printed
    assert widget.mistake == cell.mistake
    assert widget.score == pytest.approx(cell.score) == pytest.approx(points / POINTS)
    assert (0 < points < POINTS) == (name in PARTLY)


@pytest.mark.parametrize("name", ROWS)
def test_what_is_right_is_right_everywhere(name, in_widget, in_cell, in_nbgrader):
    assert in_widget[name, "right"].correct
    assert in_cell[name, "right"].correct
    assert in_nbgrader[name, "right"][0] == POINTS
