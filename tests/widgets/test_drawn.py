"""Plots in a notebook: what a ``%%check`` cell drew is found, and shown as always; test cells judge alike."""

from __future__ import annotations

import json

import pytest
from nbclient import NotebookClient
from nbformat import v4

from courseware.course import load_course
from courseware.runner import Worker
from courseware.verdict import Bench, NoAnswer, judge

ITEMS = """
import pandas as pd

from checkers import Frame, Plot
from courseware.items import Mistake, Question, item

BIRDS = pd.DataFrame({"mass": [3700.0, 4100.0, 5000.0], "wing": [180.0, 190.0, 220.0]})


def drawn(ax):
    BIRDS.plot.scatter("wing", "mass", ax=ax)
    ax.set_title("Birds")


@item(objective="add.small", version=1, hints=["Which comes first?"])
def mass_by_wing(draw, data):
    return Question(
        prompt="Draw mass against wing.",
        answer=Plot(drawn, looks=["title"]),
        given={"birds": BIRDS},
        right="birds.plot.scatter('wing', 'mass').set_title('Birds')",
        solution="`birds.plot.scatter('wing', 'mass')`",
    )


@item(objective="add.small", version=1, hints=["One column."])
def heaviest(draw, data):
    return Question(
        prompt="The heaviest.",
        answer=Frame(5000.0),
        given={"birds": BIRDS},
        right="birds.mass.max()",
        solution="`max`",
    )
"""
COURSE = """
id = "birds"
version = "1.0"
title = "Birds"
language = "en"
given = ["import pandas as pd", "import matplotlib.pyplot as plt"]
[[objectives]]
id = "add.small"
can = "I can draw"
[[lessons]]
id = "01-draw"
title = "Draw"
teaches = ["add.small"]
opens_when = []
"""
EMPTY = v4.new_notebook()
DRAWN = "birds.plot.scatter('wing', 'mass')"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("birds")
    (folder / "course.toml").write_text(COURSE, encoding="utf-8")
    (folder / "01-draw").mkdir()
    (folder / "01-draw" / "items.py").write_text(ITEMS, encoding="utf-8")
    (folder / "01-draw" / "lesson.ipynb").write_text(json.dumps(EMPTY), encoding="utf-8")
    return folder


CHECKS = {
    f"%%check mass-by-wing\n{DRAWN}": "no-title",
    f"%%check mass-by-wing\n{DRAWN}\nplt.title('Birds')\nplt.show()": "good",
    "%%check mass-by-wing\nfig, ax = plt.subplots()\nfor n in range(1):\n"
    "    ax.plot(birds.wing, birds.mass, 'o')\n    ax.set_title('Birds')": "good",
    "%%check mass-by-wing\nbirds.plot.scatter('mass', 'wing')\nprint('x')": "axes-exchanged",
    f"%%check heaviest\n{DRAWN}\nplt.show()": "no-value",
    f"%%check heaviest\n{DRAWN}\nbirds.mass.max()": "good",
}
NOTHING = "%%check mass-by-wing\nprint('nothing drawn')"
TOLD = """
from ipywidgets.widgets.widget import _instances
widget = [each for each in _instances.values() if type(each).__name__ == "CheckWidget"][-1]
widget._handle_custom_msg({"v": 1, "do": "hello", "id": "1"}, [])
told = widget.view["feedback"]
print("good" if told["tone"] == "good" else told["key"])
"""
GRADED = """
import pandas as pd
birds = pd.DataFrame({"mass": [3700.0, 4100.0, 5000.0], "wing": [180.0, 190.0, 220.0]})
ax = birds.plot.scatter("wing", "mass")
"""
TEST_CELL = """
from checkers import Plot
key = Plot(lambda ax: birds.plot.scatter("wing", "mass", ax=ax, title="Birds"), looks=["title"])
assert key.check(birds.plot.scatter("mass", "wing")).points(4) == 0
key.check(ax).points(4)
"""


@pytest.fixture(scope="module")
def cells(folder):
    """One notebook in which each cell is run; the outputs of each."""
    start = "from courseware import Lesson\nlesson = Lesson('01-draw')"
    end = "import matplotlib.pyplot as plt\nplt.get_fignums()"
    checks = [source for check in CHECKS for source in (check, TOLD)]
    sources = [start, *checks, NOTHING, GRADED, TEST_CELL, end]
    book = v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])
    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(folder / "01-draw")}}).execute()
    return [(cell.source, cell.outputs) for cell in book.cells]


def texts(outputs) -> list[str]:
    return [output["text"] for output in outputs if output.output_type == "stream"]


def images(outputs) -> int:
    return sum("image/png" in output.get("data", {}) for output in outputs)


def test_what_a_check_cell_drew_is_found_whatever_its_last_line_is(cells):
    assert ["".join(texts(out)).strip() for source, out in cells if source == TOLD] == [*CHECKS.values()]


def test_what_a_check_cell_drew_is_shown_once_and_stays_closed(cells):
    assert [images(out) for source, out in cells if source in (*CHECKS, NOTHING)] == [1] * len(CHECKS) + [0]
    assert [output.data["text/plain"] for output in cells[-1][1]] == ["[]"]


def test_a_test_cell_gives_points_for_axes_that_an_earlier_cell_left(cells):
    (points,) = (o.data["text/plain"] for o in dict(cells)[TEST_CELL] if o.output_type == "execute_result")
    assert float(points) == 2.0


@pytest.fixture(scope="module")
def bench(folder):
    worker = Worker()
    yield Bench(runner=worker, given=load_course(folder).given)
    worker.close()


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (f"{DRAWN}.set_title('Birds')", None),
        (DRAWN, "no-title"),
        ("birds.plot.scatter('mass', 'wing')\nplt.show()", "axes-exchanged"),
        ("birds", "no-plot"),
        ("plt.plot([1, 2]).nothing", "attribute-error"),
        ("import math", "no-value"),
    ],
)
def test_a_code_field_draws_in_the_worker_and_is_told_the_same(folder, bench, code, key):
    question = load_course(folder).items["mass-by-wing"].question(0, None)
    assert judge(question, question.right, bench).verdict.correct
    verdict = judge(question, {"code": code}, bench).verdict
    if isinstance(verdict, NoAnswer):
        assert verdict.message.key == key
    else:
        assert (verdict.mistake, verdict.correct) == (key, key is None)
