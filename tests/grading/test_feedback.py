"""What came of a submission is told without what learners should not see, and nothing in it acts."""

from __future__ import annotations

import re
import sqlite3

import pytest

from courseware.grading.assignment import TrustedCell
from courseware.grading.feedback import LARGEST, sentences, write_feedback
from courseware.grading.grader import GRADED
from courseware.grading.grading_run import grade_class

RIGHT = {"square": "def square(x):\n    return x * x", "count": "how_many = len(rows)"}
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_a_page_tells_points_and_what_helps_and_hides_what_is_hidden(squares, hand_in):
    hand_in("ada", square="def square(x):\n    return 5", count=RIGHT["count"])
    hand_in("bo", **{**RIGHT, "square": f"from IPython.display import HTML, display\n{RIGHT['square']}\n"
            f"display(HTML({EVIL!r}))\nprint({EVIL!r})"})  # fmt: skip
    grade_class(squares, "squares", workers=2)
    with sqlite3.connect(squares.path / "gradebook.db") as db:
        db.execute("UPDATE comment SET manual_comment = ?", (f"Look again. {EVIL}",))
    given = write_feedback(squares, "squares")
    assert given.pages == {"ada": ["squares.html"], "bo": ["squares.html"]}
    ada, bo = ((squares.feedback(who, "squares") / "squares.html").read_text() for who in ("ada", "bo"))
    assert "1 of 3 points" in ada
    assert "two squared is four" in ada
    assert "3 of 3 points" in bo
    assert "Look again." in ada
    for page in (ada, bo):
        assert "square(-3)" not in page
        assert "HIDDEN" not in page
        assert not re.search(r"<script|<img src=.?x|onerror=alert\(1\)>", page)


TEST = TrustedCell(
    grade_id="t",
    cell_type="code",
    source="assert a, 'A?'\nassert b\n### BEGIN HIDDEN TESTS\nassert secret\nassert more, 'Both ways?'\n"
    "### END HIDDEN TESTS",
    grade=True,
    points=1,
)


SECRET = "A test that is not shown does not hold yet."


@pytest.mark.parametrize(
    ("assertions", "told"),
    [
        ([[1, False, "A?"], [2, True, ""], [4, True, ""]], ["assert a, 'A?': A?", "assert b: This holds."]),
        (
            [[1, True, ""], [2, True, ""], [4, False, ""], [5, False, "Both ways?"]],
            ["assert a, 'A?': This holds.", "assert b: This holds.", SECRET, "Both ways?"],
        ),
        ([[4, False, "KeyError: 'secret'"]], [f"{SECRET} It stopped with KeyError."]),
        ([[2, False, "NameError: no name 'b'"]], ["assert b: NameError: no name 'b'"]),
    ],
)
def test_hidden_tests_speak_in_their_authors_words_alone(assertions, told):
    metadata = {GRADED: {"verdict": "failed", "assertions": assertions}}
    assert list(sentences(TEST, metadata)) == told


def test_a_page_has_an_end(squares, hand_in):
    hand_in("ada", lambda made: made["cells"].extend([made["cells"][0]] * 1_500), **RIGHT)
    place = squares.submitted("ada", "squares") / "squares.ipynb"
    text = place.read_text()
    place.write_text(text.replace("import pandas as pd", "# " + "x" * 3_000 + "\\nimport pandas as pd"))
    grade_class(squares, "squares")
    write_feedback(squares, "squares")
    assert (squares.feedback("ada", "squares") / "squares.html").stat().st_size < LARGEST + 10_000
