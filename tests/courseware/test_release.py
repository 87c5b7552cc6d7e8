"""A released notebook is nbgrader's own, and holds nothing that learners should not see."""

from __future__ import annotations

import copy
import json
from typing import Any

import nbformat
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearSolutions, SaveCells
from nbgrader.utils import compute_checksum
from traitlets.config import Config

from courseware.release import CODE_STUB, TEXT_STUB, ReleaseError, cell_digest, release, with_tests

Notebook = dict[str, Any]

AUTOGRADED = {"grade": False, "solution": True, "locked": False}
MANUAL = {"grade": True, "solution": True, "locked": False, "points": 2}
TESTS = {"grade": True, "solution": False, "locked": True, "points": 1.5}
READ_ONLY = {"grade": False, "solution": False, "locked": True}
TASK = {"grade": False, "solution": False, "locked": True, "task": True, "points": 3}
NOTHING = {"grade": False, "solution": False, "locked": False}


def marked(kind: dict[str, Any] | None, name: str) -> dict[str, Any]:
    return {} if kind is None else {"nbgrader": {"schema_version": 3, "grade_id": name, **kind}}


def code(source: str, kind: dict[str, Any] | None = None, name: str = "a-1") -> Notebook:
    return {
        "cell_type": "code",
        "id": f"id-{name}",
        "metadata": {**marked(kind, name), "collapsed": True, "scrolled": False, "mine": 1},
        "source": source,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "seen\n"}],
        "execution_count": 7,
    }


def text(source: str, kind: dict[str, Any] | None = None, name: str = "t-1") -> Notebook:
    return {
        "cell_type": "markdown",
        "id": f"id-{name}",
        "metadata": marked(kind, name),
        "source": source,
    }


def region(name: str, *between: str) -> str:
    return "\n".join([f"### BEGIN {name}", *between, f"### END {name}"])


def notebook(*cells: Notebook, **metadata: object) -> Notebook:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel, **metadata},
        "cells": list(cells),
    }


def by_nbgrader(source: Notebook) -> Notebook:
    """What `nbgrader generate_assignment` makes, but for the database that SaveCells needs."""
    node, resources = nbformat.reads(json.dumps(source), as_version=4), {}
    config = Config({"ClearSolutions": {"code_stub": {"python": CODE_STUB}, "text_stub": TEXT_STUB}})
    for step in GenerateAssignment.class_traits()["preprocessors"].default_args[0]:
        if step is not SaveCells:
            node, resources = step(config=config).preprocess(node, resources)
    return json.loads(json.dumps(node))


def with_our_additions(released: Notebook) -> Notebook:
    """nbgrader's copy plus what design.md asks for beyond it."""
    for cell in released["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "code" and marks.get("grade") and not marks["solution"]:
            cell["metadata"].setdefault("tags", []).append("raises-exception")
    released["metadata"].pop("widgets", None)
    return released


REGIONS = """\
def mean(values):
    \"\"\"The mean.\"\"\"
    ### BEGIN SOLUTION
    secret = sum(values)
    if secret:
        return secret / len(values)
    ### END SOLUTION

def most(values):
\t### BEGIN SOLUTION   \n\treturn max(values)  # secret
\t### END SOLUTION\t
print("kept")"""

HIDDEN = """\
assert mean([1, 2]) == 1.5
### BEGIN HIDDEN TESTS
assert mean([secret]) == 3
### END HIDDEN TESTS
assert most([1]) == 1
    # BEGIN HIDDEN TESTS
    assert secret
    # END HIDDEN TESTS"""

NOTEBOOKS = {
    "regions at different depths": notebook(code(REGIONS, AUTOGRADED)),
    "a region with blanks after its markers": notebook(
        code("### BEGIN SOLUTION  \nsecret = 1\n### END SOLUTION \t\n", AUTOGRADED)
    ),
    "a whole cell is solution": notebook(code("secret = 1\nsecret", AUTOGRADED)),
    "an empty solution cell": notebook(code("", AUTOGRADED)),
    "an empty region": notebook(code("a = 1\n  ### BEGIN SOLUTION\n  ### END SOLUTION", AUTOGRADED)),
    "several regions": notebook(
        code("\n".join(["a = 1", "# BEGIN SOLUTION", "secret", "# END SOLUTION"] * 3), AUTOGRADED)
    ),
    "a written answer": notebook(text("The secret is …", MANUAL)),
    "a written answer with a region": notebook(
        text("Say why.\n\n### BEGIN SOLUTION\nsecret\n### END SOLUTION\n\n(Two lines.)", MANUAL)
    ),
    "code that a person grades": notebook(code("secret = 3", MANUAL)),
    "visible and hidden tests": notebook(code(REGIONS, AUTOGRADED), code(HIDDEN, TESTS, "a-2")),
    "only hidden tests": notebook(code("### BEGIN HIDDEN TESTS\nsecret\n### END HIDDEN TESTS", TESTS, "a-2")),
    "hidden tests below a solution, both in one cell": notebook(
        code(region("SOLUTION", "secret") + "\n" + region("HIDDEN TESTS", "secret"), MANUAL)
    ),
    "a mark scheme": notebook(
        text("Do this.\n\n=== BEGIN MARK SCHEME ===\nsecret: 1 point\n=== END MARK SCHEME ===\nDone.", TASK)
    ),
    "a task that nobody locked": notebook(text("Do this.", {**TASK, "locked": False})),
    "read-only cells": notebook(code("x = 1", READ_ONLY), text("Read.", READ_ONLY)),
    "cells that nbgrader leaves alone": notebook(code("x = 1"), text("# Hello"), code("y", NOTHING, "a-9")),
    "a raw cell": notebook({"cell_type": "raw", "id": "r", "metadata": {}, "source": "as it is"}),
    "typographic text": notebook(text("“Größe” – 値 \u2028 next"), code("s = 'ä\x0cb'")),
    "line ends from Windows": notebook(
        code("a = 1\r\n    ### BEGIN SOLUTION\r\n    secret\r\n    ### END SOLUTION\r\nb", AUTOGRADED)
    ),
    "tags that are there already": notebook(
        {**code("assert 1", TESTS), "metadata": {**marked(TESTS, "a-1"), "tags": ["mine"]}}
    ),
    "toolbar and widgets": notebook(code("x"), celltoolbar="Create Assignment", widgets={"state": "secret"}),
    "no kernel chosen": {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [code("x", AUTOGRADED)],
    },
    "no cells": notebook(),
}


@pytest.mark.parametrize("source", NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_a_released_notebook_is_the_one_that_nbgrader_makes(source: Notebook) -> None:
    made = release(source)
    assert made == with_our_additions(by_nbgrader(source))
    assert "secret" not in json.dumps(made)


@pytest.mark.parametrize("source", NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_text_gives_the_file_that_jupyter_would_write(source: Notebook) -> None:
    file = nbformat.writes(nbformat.from_dict(source)) + "\n"
    expected = with_our_additions(by_nbgrader(source))
    assert release(file) == nbformat.writes(nbformat.from_dict(expected)) + "\n"


REFUSED = {
    "a solution without an end": (code("### BEGIN SOLUTION\nx", AUTOGRADED), "without an end"),
    "a solution inside a solution": (
        code("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", AUTOGRADED),
        "a second BEGIN SOLUTION",
    ),
    "both markers on one line": (code("### BEGIN SOLUTION ### END SOLUTION", AUTOGRADED), "without an end"),
    "a solution in a plain cell": (code(region("SOLUTION", "x")), "no solution: true"),
    "a solution among the tests": (code(region("SOLUTION", "x"), TESTS), "no solution: true"),
    "hidden tests without an end": (code("### BEGIN HIDDEN TESTS\nx", TESTS), "without an end"),
    "hidden tests in a plain cell": (code(region("HIDDEN TESTS", "x")), "no grade: true"),
    "hidden tests that end in a solution": (
        code(region("HIDDEN TESTS", "### BEGIN SOLUTION") + "\n### END SOLUTION", MANUAL),
        "BEGIN HIDDEN TESTS without an end",
    ),
    "a mark scheme without an end": (text("### BEGIN MARK SCHEME", TASK), "without an end"),
    "a mark scheme in a plain cell": (text(region("MARK SCHEME", "x")), "no task: true"),
    "a picture in a mark scheme": (
        text(region("MARK SCHEME", "![key](attachment:key.png)"), TASK),
        "attachment:key.png",
    ),
    "a task in code": (code("x", TASK), "a task in a code cell"),
    "tests in Markdown": (text("x", TESTS), "grade: True, solution: False"),
    "an ungraded written answer": (text("x", AUTOGRADED), "grade: False, solution: True"),
    "no grade_id": (code("x", {**AUTOGRADED, "grade_id": ""}), "grade_id ''"),
    "a dot in the grade_id": (code("x", {**AUTOGRADED, "grade_id": "02-select.task"}), "02-select.task"),
    "no points": (code("x", {k: v for k, v in TESTS.items() if k != "points"}), "points: None"),
    "fewer than no points": (code("x", {**TESTS, "points": -1}), "points: -1"),
    "metadata of an old schema": (code("x", {**TESTS, "schema_version": 2}), "schema_version 2"),
    "an unknown key": (code("x", {**TESTS, "weight": 1}), "'weight'"),
    "a flag that is no flag": (code("x", {**TESTS, "solution": "no"}), "solution: 'no'"),
}


@pytest.mark.parametrize(("cell", "found"), REFUSED.values(), ids=REFUSED)
def test_what_nbgrader_refuses_is_refused_with_cell_and_mend(cell: Notebook, found: str) -> None:
    source = notebook(text("# Title", name="t-0"), cell)
    with pytest.raises(Exception):  # noqa: B017, PT011 - nbgrader raises four kinds of exception
        by_nbgrader(source)
    with pytest.raises(ReleaseError) as caught:
        release(source)
    assert found in caught.value.found
    assert "cell 2" in caught.value.cell
    assert caught.value.expected
    assert caught.value.mend in str(caught.value)


def test_the_same_grade_id_twice_is_refused() -> None:
    source = notebook(code("x", AUTOGRADED), {**code("y", TESTS), "id": "another"})
    with pytest.raises(Exception, match="failed to validate"):
        by_nbgrader(source)
    with pytest.raises(ReleaseError, match="'a-1' a second time"):
        release(source)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (code("x\n### END SOLUTION", AUTOGRADED), "END SOLUTION without a beginning"),
        (code("x\n### END HIDDEN TESTS", TESTS), "END HIDDEN TESTS without a beginning"),
        (text("![plot](attachment:plot.png)", MANUAL), "attachment:plot.png"),
        (code("### AUTOTEST mean([1])", TESTS), "AUTOTEST"),
        ({"cell_type": "heading", "metadata": {}, "source": "x"}, "no cell"),
    ],
)
def test_what_nbgrader_lets_pass_but_would_leak_or_mislead_is_refused_too(cell: Notebook, found: str) -> None:
    with pytest.raises(ReleaseError, match=found):
        release(notebook(cell))


@pytest.mark.parametrize(
    "source",
    [
        {"nbformat": 3, "worksheets": []},
        {"nbformat": 4},
        [],
        notebook(kernelspec={"name": "ir", "language": "R"}),
    ],
    ids=str,
)
def test_what_is_no_python_notebook_is_refused(source: object) -> None:
    with pytest.raises(ReleaseError):
        release(json.dumps(source))


LINES = st.sampled_from(
    [
        "secret",
        "    secret = 1",
        "",
        *(f"{indent}# {edge} {name}" for indent in ("", "    ") for edge in ("BEGIN", "END")
          for name in ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")),
    ]
)  # fmt: skip
KINDS = st.sampled_from([None, AUTOGRADED, MANUAL, TESTS, READ_ONLY, TASK, NOTHING])
SOUPS = st.tuples(st.sampled_from([code, text]), st.lists(LINES, max_size=8).map("\n".join), KINDS)


def stray_end(source: Notebook) -> bool:
    """Whether an END stands outside its region once solutions are gone (nbgrader's order)."""
    for cell in source["cells"]:
        lines = cell["source"].split("\n")
        for name in ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME"):
            inside, kept = False, []
            for line in lines:
                if f"END {name}" in line and not inside:
                    return True
                inside = f"BEGIN {name}" in line or (inside and f"END {name}" not in line)
                if not inside and f"END {name}" not in line:
                    kept.append(line)
            marks = cell["metadata"].get("nbgrader", {})
            whole = name == "SOLUTION" and marks.get("solution") and "BEGIN SOLUTION" not in cell["source"]
            lines = [] if whole else kept
    return False


@given(st.lists(SOUPS, max_size=3))
@example([(code, "# BEGIN SOLUTION\n# END SOLUTION\n    secret", MANUAL)])
def test_any_mix_of_markers_comes_out_as_nbgraders_or_is_refused(soup: list[Any]) -> None:
    source = notebook(*(make(lines, kind, f"c-{n}") for n, (make, lines, kind) in enumerate(soup)))
    try:
        expected = with_our_additions(by_nbgrader(copy.deepcopy(source)))
    except Exception:
        with pytest.raises(ReleaseError):
            release(source)
        return
    if stray_end(source):  # nbgrader drops the line
        with pytest.raises(ReleaseError, match="without a beginning"):
            release(source)
        return
    made = release(source)
    assert made == expected
    assert release(made) == made


FREE = st.text(st.characters(exclude_characters="\n\r", codec="utf-8"), max_size=20)


@given(
    st.lists(st.tuples(st.booleans(), FREE.filter(lambda line: "BEGIN" not in line and "END" not in line))),
    st.sampled_from(
        [
            ("SOLUTION", MANUAL, text),
            ("SOLUTION", AUTOGRADED, code),
            ("HIDDEN TESTS", TESTS, code),
            ("MARK SCHEME", TASK, text),
        ]
    ),
)
def test_nothing_between_markers_survives_and_everything_else_does(
    lines: list[tuple[bool, str]], kind: tuple[str, dict[str, Any], Any]
) -> None:
    name, marks, make = kind
    rows = [f"kept{n}:{line}" for n, (_, line) in enumerate(lines)]
    source = [region(name, f"⟪{row}⟫") if cut else row for (cut, _), row in zip(lines, rows, strict=True)]
    made = release(notebook(make("\n".join([region(name, "⟪⟫"), *source]), marks)))["cells"][0]["source"]
    stub = {"SOLUTION": (CODE_STUB if make is code else TEXT_STUB).split("\n")}.get(name, [])
    wanted = [*stub]
    for (cut, _), row in zip(lines, rows, strict=True):
        wanted += stub if cut else [row]
    assert made.split("\n") == (wanted or [""])
    assert "⟪" not in made


@pytest.mark.parametrize("source", NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_releasing_twice_is_releasing_once(source: Notebook) -> None:
    once = release(source)
    assert release(once) == once
    assert release(json.dumps(source)) == release(release(json.dumps(source)))


def test_a_solution_written_over_a_released_cell_is_cleared_again() -> None:
    made = release(
        notebook(code("def f():\n    ### BEGIN SOLUTION\n    1\n    ### END SOLUTION", AUTOGRADED))
    )
    made["cells"][0]["source"] = made["cells"][0]["source"].replace("pass", "pass\nsecret = 1")
    assert release(made)["cells"][0]["source"] == CODE_STUB


def test_a_solution_with_its_own_checksum_is_still_cleared() -> None:
    """A checksum alone does not make a cell a released one: the stub has to stand in it."""
    made = release(notebook(code("x", AUTOGRADED)))
    cell = made["cells"][0]
    cell["source"] = "secret = 1"
    cell["metadata"]["nbgrader"]["checksum"] = compute_checksum(nbformat.from_dict(cell))
    assert "secret" not in json.dumps(release(made))


def test_a_notebook_says_what_stands_where_its_code_was() -> None:
    typed = 'half = ""\n### BEGIN SOLUTION\nhalf = "1/2"\n### END SOLUTION'
    source = notebook(code(typed, AUTOGRADED), courseware={"stub": ""})
    once = release(source)
    assert once["cells"][0]["source"] == 'half = ""'
    assert release(once) == once
    assert with_tests(source)["cells"][0]["source"] == 'half = ""'
    other = notebook(code(typed, AUTOGRADED), courseware={"stub": "# Type it above."})
    assert release(other)["cells"][0]["source"] == 'half = ""\n# Type it above.'


def test_an_empty_stub_leaves_no_solution_behind() -> None:
    source = notebook(code('half = "1/2"', AUTOGRADED), courseware={"stub": ""})
    with pytest.raises(ReleaseError, match="without markers"):
        release(source)
    with pytest.raises(ReleaseError, match="expected a text"):
        release(notebook(code("1"), courseware={"stub": 3}))
    again = release(
        notebook(
            code("x = 0\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION", AUTOGRADED), courseware={"stub": ""}
        )
    )
    cell = again["cells"][0]
    cell["source"] += "\n### BEGIN SOLUTION\nsecret = 1\n### END SOLUTION"
    cell["metadata"]["nbgrader"]["checksum"] = compute_checksum(nbformat.from_dict(cell))
    assert "secret" not in json.dumps(release(again))


def test_the_source_stays_as_it_was() -> None:
    source = NOTEBOOKS["visible and hidden tests"]
    before = copy.deepcopy(source)
    release(source)
    assert source == before


def test_sources_may_be_lists_of_lines() -> None:
    source = notebook(code(REGIONS, AUTOGRADED), text("a\nb"))
    split = copy.deepcopy(source)
    for cell in split["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    made = release(split)
    assert "".join(made["cells"][0]["source"]) == release(source)["cells"][0]["source"]
    assert isinstance(made["cells"][0]["source"], list)
    assert cell_digest(split) == cell_digest(source) == cell_digest(json.dumps(split))


def test_stubs_are_nbgraders_to_set() -> None:
    """The names under which a class's nbgrader_config.py sets the same stubs."""
    assert {"code_stub", "text_stub"} <= set(ClearSolutions.class_trait_names(config=True))


def test_a_digest_changes_with_sources_and_with_nothing_else() -> None:
    source = notebook(code("x = 1"), text("Hello"))
    ran = copy.deepcopy(source)
    ran["cells"][0] |= {"outputs": [], "execution_count": 99, "metadata": {"tags": ["seen"]}, "id": "new"}
    ran["metadata"]["language_info"] = {"version": "3.13"}
    assert cell_digest(ran) == cell_digest(source)

    edits = [
        notebook(code("x = 2"), text("Hello")),
        notebook(text("Hello"), code("x = 1")),
        notebook(code("x = 1"), code("Hello")),
        notebook(code("x = 1"), text("Hello"), text("")),
        notebook(code("x = 1")),
        notebook(code("x = 1Hello"), text("")),
    ]
    assert len({cell_digest(each) for each in [source, *edits]}) == 1 + len(edits)


@given(st.lists(st.tuples(st.sampled_from([code, text]), FREE)))
def test_a_digest_takes_any_text(cells: list[Any]) -> None:
    source = notebook(*(make(line) for make, line in cells))
    assert cell_digest(source) == cell_digest(json.dumps(source, ensure_ascii=False))
