"""A learner's record goes into a file and comes back the same; what does not fit together stays out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from courseware import workspace
from courseware.cli import app
from courseware.events import new_id
from courseware.record import RecordError, examine, read, to_text
from courseware.verdict import Bench

NOW = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def answered(tutor):
    """A tutor with a wrong answer, a hint, a right answer and one in code in its log."""
    for item, response in [("add-two", "-5"), ("add-two", None), ("add-code", {"code": "a + b"})]:
        card = tutor.ask(item)
        tutor.hint(item, card.variant, id=new_id())
        given = str(tutor._current(item).question.right) if response is None else response
        tutor.answer(item, card.variant, given, id=new_id())
    return tutor


def examined(tutor, text, worker, **options):
    bench = Bench(runner=worker, given=tutor.course.given)
    return examine(read(text, NOW), tutor.course, bench, **options)


def saved(tutor, change=lambda event: event) -> str:
    return to_text(tutor.learner, tutor.course.id, [change(e) for e in tutor._events])


def test_a_record_comes_back_as_it_went_but_for_the_notebooks_written(answered, worker):
    found = examined(answered, saved(answered), worker, run_code=True)
    assert list(found.sound) == [e for e in answered._events if e.kind != "wrote"]
    assert not found.refused
    assert found.not_replayed == 0


def test_code_from_elsewhere_is_not_run_and_that_is_said(answered, worker, tmp_path):
    trace = tmp_path / "ran"
    code = {"code": f"open({str(trace)!r}, 'w').close()\n{{}} + {{}}"}

    def forged(event):
        return replace(event, response=code) if event.kind == "answer" and event.item == "add-code" else event

    found = examined(answered, saved(answered, forged), worker)
    assert found.not_replayed == 1
    assert not trace.exists()


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (lambda e: replace(e, score=1.0, mistake=None) if e.score == 0 else e, "scored 1.0"),
        (lambda e: replace(e, seed=5) if e.kind == "asked" else e, "does not follow"),
        (lambda e: replace(e, seed=5) if e.kind == "hint" else e, "never dealt"),
        (lambda e: replace(e, response="9" * 65_000) if e.kind == "answer" else e, "longer"),
    ],
)
def test_what_cannot_have_been_stays_out_with_its_reason(answered, worker, change, because):
    found = examined(answered, saved(answered, change), worker)
    assert any(because in odd.because for odd in found.refused), found.refused
    assert not {e.id for e in found.sound} & {odd.event.id for odd in found.refused}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[" * 100_000,
        '{"courseware": 2, "course": "tiny", "learner": "x", "events": []}',
        '{"courseware": 1, "course": "tiny", "learner": "x", "events": [{"id": "1"}]}',
    ],
)
def test_what_is_no_record_is_told_with_what_to_do(text):
    with pytest.raises(RecordError):
        read(text, NOW)


@pytest.mark.parametrize(
    ("field", "value"),
    [("score", 2.0), ("kind", "won"), ("id", "me"), ("at", "2031-01-01T00:00:00+00:00"), ("learner", "you")],
)
def test_an_event_of_the_wrong_shape_is_told(answered, field, value):
    raw = json.loads(saved(answered))
    raw["events"][0][field] = value
    with pytest.raises(RecordError):
        read(json.dumps(raw), NOW)


def test_progress_saved_on_one_machine_goes_on_on_another(space, tutor, tmp_path):
    card = tutor.ask("add-two")
    tutor.answer("add-two", card.variant, str(tutor._current("add-two").question.right), id=new_id())
    run = CliRunner()
    file, other = tmp_path / "my.json", workspace.create(tmp_path / "other", tutor.course, by_path=True)
    assert run.invoke(app, ["progress", "--dir", str(space.path), "--save", str(file)]).exit_code == 0
    came = run.invoke(app, ["progress", "--dir", str(other.path), "--restore", str(file)])
    assert came.exit_code == 0, came.output
    again = run.invoke(app, ["progress", "--dir", str(other.path), "--restore", str(file)])
    assert "0 events" in again.output
    assert workspace.load(other.path).learner == tutor.learner
    assert (other.path / "01-sums.ipynb").is_file()
    shown = [
        json.loads(run.invoke(app, ["progress", "--dir", str(p), "--json"]).output)["lessons"]
        for p in (space.path, other.path)
    ]
    here, there = (
        [(o["word"], o["why"]) for each in lessons for o in each["objectives"]] for lessons in shown
    )
    assert here == there


def test_two_learners_records_are_not_mixed(space, tutor, tmp_path):
    card = tutor.ask("add-two")
    tutor.answer("add-two", card.variant, "-5", id=new_id())
    text = saved(tutor).replace(tutor.learner, str(new_id()))
    file = tmp_path / "theirs.json"
    file.write_text(text)
    came = CliRunner().invoke(app, ["progress", "--dir", str(space.path), "--restore", str(file)])
    assert "not mixed" in str(came.exception)
