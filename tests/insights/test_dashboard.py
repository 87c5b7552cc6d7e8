"""The dashboard without a browser: its notebook, its panels, its command."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from courseware.cli import app
from courseware.insights import closer
from courseware.insights.dashboard import BUILD, FROM, Dashboard, Panel
from courseware.insights.source import Source
from courseware.insights.tables import load
from courseware.log import open_log
from courseware.simulate.classroom import START, Troubles, classroom, course
from courseware.simulate.worlds import World

COURSE = course(4)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """Forty learners over three weeks."""
    folder = tmp_path_factory.mktemp("dashboard")
    made = Source(course=COURSE, rules=COURSE.rules, log=folder / "log.sqlite", title="C", folder=folder)
    log = open_log(made.log)
    troubles = Troubles(stuck={1: "step.01"})
    for life in classroom(COURSE, world=World.ALL_OR_NONE, seed=2, learners=40, days=21, troubles=troubles):
        log.append(life.events)
    log.close()
    return made


@pytest.fixture
def board(source: Source, monkeypatch: pytest.MonkeyPatch) -> Dashboard:
    monkeypatch.setattr(closer, "named", lambda _course, _item: None)  # the made-up course has no items
    return Dashboard(source, clock=lambda: START + timedelta(days=21))


def sent(panel: Panel, **content: object) -> dict[str, Any]:
    """What a panel answers to a message of its page."""
    answers: list[dict[str, Any]] = []
    panel.send = lambda content, **_: answers.append(content)  # type: ignore[method-assign]
    panel._hear(None, {"v": 1, "id": "x", **content}, [])
    (answer,) = answers
    return answer


def test_every_cell_of_the_notebook_shows_a_panel_and_every_panel_has_one() -> None:
    from importlib.resources import files

    text = (files("courseware.insights") / "dashboard.ipynb").read_text(encoding="utf-8")
    cells = [c["source"] for c in json.loads(text)["cells"] if c["cell_type"] == "code"]
    assert [c.removeprefix("board.").removesuffix("()") for c in cells[1:]] == list(BUILD)


def test_views_are_json_and_small(board: Dashboard) -> None:
    for kind in BUILD:
        state = {"chosen": 0} if kind in ("objectives", "items", "learner") else {}
        assert len(json.dumps(board.view(kind, state), allow_nan=False)) < 60_000, kind


@pytest.mark.parametrize(
    "state",
    [
        {"level": "9", "objective": "x"}, {"page": 10**9}, {"page": -3}, {"by": "nonsense"}, {"by": True},
        {"lesson": "no-such"}, {"text": "(["}, {"level": None, "objective": -1}, {"chosen": 99999},
        {"chosen": "0"}, {"text": 7, "needy": "yes"},
    ],
)  # fmt: skip
def test_whatever_a_page_sends_a_panel_shows_something(board: Dashboard, state: dict[str, object]) -> None:
    for kind in BUILD:
        panel = getattr(board, kind)()
        assert sent(panel, do="change", state=state)["ok"], kind
        assert panel.view["kind"]


def test_a_page_cannot_set_a_trait_nor_what_is_no_state(board: Dashboard) -> None:
    panel = board.heat_map()
    panel.set_state({"view": {"kind": "mine"}})
    assert panel.view == {}
    sent(panel, do="change", state={"text": "learner", "secret": 1})
    assert "secret" not in panel._state


def test_filters_leave_who_fits_and_sorting_puts_them_in_order(board: Dashboard) -> None:
    tables = board.tables
    view = board.view("heat_map", {"level": 4, "objective": 0, "by": "held", "down": True})
    assert view["total"] == int((tables.levels[:, 0] == 4).sum()) > 0
    held = [sum(level >= 3 for level in row["levels"]) for row in view["rows"]]
    assert held == sorted(held, reverse=True)
    one = tables.names[3]
    assert [row["name"] for row in board.view("heat_map", {"text": one.upper()})["rows"]] == [one]
    assert len(board.view("heat_map", {"lesson": "01-steps"})["columns"]) == 2
    pages = [board.view("heat_map", {"page": n})["rows"] for n in (0, 1)]
    assert len({row["learner"] for page in pages for row in page}) == 40


def test_progress_counts_what_the_tables_have(board: Dashboard) -> None:
    view, tables = board.view("progress", {}), board.tables
    assert view["series"][1]["values"][-1] == pytest.approx(tables.pairs["ever"].sum() / 40, abs=0.01)
    assert all(line["values"] == sorted(line["values"]) for line in view["series"])


def test_opening_what_the_notebook_has_no_panel_for_says_so(board: Dashboard) -> None:
    panel = board.needs()
    assert "board.learner()" in sent(panel, do="open", what="learner", state={"chosen": 1})["error"]
    learner = board.learner()
    assert sent(panel, do="open", what="learner", state={"chosen": 1})["ok"]
    assert learner.view["close"]["learner"] == 1
    assert learner.view["focus"] == 1


def test_the_trail_says_which_answers_counted(board: Dashboard) -> None:
    close = board.view("learner", {"chosen": 1})["close"]
    tables = board.tables
    assert close["answers"] == int(tables.people["answers"][tables.people["learner"] == 1][0])
    assert {step["counted"] for step in close["trail"]} <= {
        "first try", "another try: practice", "after a hint: practice",
    }  # fmt: skip


def test_a_log_of_a_course_that_is_not_installed_is_told_in_a_sentence(source: Source) -> None:
    found = CliRunner().invoke(app, ["insights", "--db", str(source.log), "--json"])
    assert found.exit_code != 0  # the made-up course is not installed: a sentence, no traceback
    assert "made-up" in str(found.exception)


def test_a_copy_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "mine.ipynb"
    assert CliRunner().invoke(app, ["insights", "--copy", str(path)]).exit_code == 0
    path.write_text("mine")
    assert CliRunner().invoke(app, ["insights", "--copy", str(path)]).exit_code == 2
    assert path.read_text() == "mine"


def test_a_notebook_finds_the_source_that_the_command_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FROM, json.dumps({"db": str(tmp_path / "none.sqlite")}))
    with pytest.raises(RuntimeError, match=r"none\.sqlite"):
        Dashboard()


def test_what_is_asked_of_one_item_matches_the_log(source: Source) -> None:
    tables = load(source, clock=START + timedelta(days=21))
    item = list(tables.columns.words["item"]).index("step-00-3")
    written = closer.responses(tables, [item], "slip")
    assert 0 < len(written) <= 3
    log = source.open_log()
    every = [event for learner in log.learners("made-up") for _, event in log.read(learner, "made-up")]
    log.close()
    slips = [e for e in every if e.item == "step-00-3" and e.mistake == "slip"]
    assert set(written) <= {closer.as_text(event.response) for event in slips}


@pytest.mark.parametrize(
    ("response", "text"),
    [
        ({"code": "a = 1"}, "a = 1"), ("7", "7"), (True, "True"), (["b", "a"], "b\na"), (None, ""),
        ({"left": "right"}, "left: right"), ({"deep": [1]}, '{"deep": [1]}'),
    ],
)  # fmt: skip
def test_responses_are_read_as_people_read_them(response: object, text: str) -> None:
    assert closer.as_text(response) == text
