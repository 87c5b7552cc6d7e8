"""What a fit finds in a log, on logs whose truth is known."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from courseware import parameters
from courseware.cli import app
from courseware.course import load_course
from courseware.events import Event, new_id
from courseware.log import open_log
from courseware.mastery.attempts import ROWS, Attempts
from courseware.mastery.blend import Blend
from courseware.mastery.elo import Tries, difficulties
from courseware.mastery.fit import FOLDS, STEPS, Fitted, TooFewError, fit
from courseware.mastery.measures import Measures, auc
from courseware.parameters import Parameters
from courseware.rule import Tracing

DIFFICULTY = [-1.6, -0.5, 0.0, 0.6, 1.5]
TRUE = {"l0": 0.15, "t": 0.25, "guess": 0.12, "slip": 0.15}


def attempts_of(learners: int, tries: int = 10, seed: int = 5) -> Attempts:
    """Learners in the all-or-none world, with items of known difficulty."""
    chance = np.random.default_rng(seed)
    item = chance.integers(len(DIFFICULTY), size=(learners, tries))
    known = chance.random(learners) < TRUE["l0"]
    right = np.empty((learners, tries), dtype=bool)
    logit = {name: np.log(TRUE[name] / (1 - TRUE[name])) for name in ("guess", "slip")}
    for n in range(tries):
        z = np.where(known, -logit["slip"], logit["guess"]) - np.array(DIFFICULTY)[item[:, n]]
        right[:, n] = chance.random(learners) < 1 / (1 + np.exp(-z))
        known |= chance.random(learners) < TRUE["t"]
    count = learners * tries
    return Attempts(
        learner=np.repeat(np.arange(learners), tries), item=item.ravel(),
        objective=np.zeros((count, 1), dtype=np.int64), right=right.ravel(),
        clean=np.ones(count, dtype=bool), open=np.ones(count, dtype=bool), review=np.zeros(count, dtype=bool),
        guess=np.zeros(count), difficulty=np.zeros(count), at=np.zeros(count, dtype=np.int64),
        session=np.zeros(count, dtype=np.int64), learners=[f"u{n}" for n in range(learners)],
        items=[f"i{n}" for n in range(len(DIFFICULTY))], objectives=["x.y"],
    )  # fmt: skip


def fitted(attempts: Attempts, now: Parameters) -> Fitted:
    *steps, found = fit(attempts, now)
    assert len(steps) == FOLDS == STEPS - 1
    assert found is not None
    return found


def test_a_fit_finds_what_the_answers_were_made_from():
    found = fitted(attempts_of(2000), Parameters())
    tracing = found.parameters.objectives["x.y"]
    assert tracing.l0 == pytest.approx(TRUE["l0"], abs=0.08)
    assert tracing.t == pytest.approx(TRUE["t"], abs=0.06)
    assert tracing.slip == pytest.approx(TRUE["slip"], abs=0.05)
    items = [found.parameters.difficulty[f"i{n}"] for n in range(len(DIFFICULTY))]
    assert np.corrcoef(items, DIFFICULTY)[0, 1] > 0.99
    assert found.parameters.version == 1


def test_learners_who_were_left_out_are_predicted_better_than_before():
    report = fitted(attempts_of(400), Parameters()).report
    for name in ("gate", "predictor"):
        assert report.after[name].log_loss < report.before[name].log_loss
    assert report.after["gate"].calibration < report.before["gate"].calibration
    assert report.after["blend"].auc > 0.7


def test_few_answers_hardly_move_what_the_expert_said():
    found = fitted(attempts_of(20, 20), Parameters())
    more = fitted(attempts_of(2000, 20), Parameters())
    expert = Tracing()
    assert abs(found.parameters.objectives["x.y"].t - expert.t) < abs(
        more.parameters.objectives["x.y"].t - expert.t
    )


@pytest.mark.parametrize(("learners", "tries"), [(0, 0), (5, 10), (19, 100), (39, 10)])
def test_too_few_answers_are_refused_with_how_many_it_takes(learners, tries):
    with pytest.raises(TooFewError, match=rf"at least 20 learners and 400.*{learners:,}"):
        list(fit(attempts_of(learners, tries), Parameters()))


def test_what_is_fitted_is_a_file_that_a_course_can_adopt(tmp_path: Path):
    found = fitted(attempts_of(100), Parameters(version=3)).parameters
    (tmp_path / parameters.NAME).write_text(parameters.text(found), encoding="utf-8")
    read = parameters.read(tmp_path)
    assert read.version == 4
    assert read.difficulty["i0"] == pytest.approx(found.difficulty["i0"], abs=1e-4)


def test_hints_and_retries_are_no_part_of_a_fit():
    attempts = attempts_of(60)
    doubled = Attempts.of([])  # an empty log is one, too
    assert len(doubled) == 0
    practice = attempts.where(np.arange(len(attempts)) % 2 == 0)
    unclean = Attempts(
        **{
            name: np.concatenate([getattr(attempts, name), getattr(practice, name)])
            for name in ROWS
            if name != "clean"
        },
        clean=np.r_[attempts.clean, np.zeros(len(practice), dtype=bool)],
        learners=attempts.learners, items=attempts.items, objectives=attempts.objectives,
    )  # fmt: skip
    assert fitted(unclean, Parameters()).parameters == fitted(attempts, Parameters()).parameters


def test_the_blend_predicts_new_learners_better_than_how_often_items_go_right():
    attempts = attempts_of(600)
    tries = Tries.of(attempts)
    new = attempts.learner >= 400
    predicted = Blend.fitted(tries.where(~new)).predicted(tries)[new]
    by_item = -difficulties(tries.where(~new)).of(tries)[new]
    assert auc(predicted, attempts.right[new]) > auc(by_item, attempts.right[new]) + 0.03


def test_measures_by_hand():
    right = np.array([True, False, True, False])
    m = Measures.of(np.array([0.9, 0.1, 0.6, 0.6]), right)
    assert m.auc == pytest.approx(0.875)  # of four pairs three in order and one tie
    assert m.rmse == pytest.approx(np.sqrt((0.01 + 0.01 + 0.16 + 0.36) / 4))
    assert np.isnan(Measures.of(np.array([0.5, 0.5]), np.array([True, True])).auc)


def test_the_command_fits_a_log_and_writes_the_file_only_when_asked(make_course, tmp_path: Path):
    course = make_course()
    log = open_log(tmp_path / "class.sqlite")
    start = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    run = CliRunner()
    command = ["fit", str(course), "--log", str(tmp_path / "class.sqlite")]
    few = run.invoke(app, command)
    assert few.exit_code == 1
    assert "at least 20 learners" in few.stderr
    attempts = attempts_of(40, 12)
    log.append(
        [
            Event(
                id=new_id(), at=start + timedelta(minutes=n), learner=f"u{attempts.learner[n]}",
                course="tiny", course_version="1.0", kind="answer",
                item=["add-two", "larger"][attempts.item[n] % 2],
                item_version=1, seed=n, objectives=("sum.add",), open=True, guess=0.05, difficulty=0.0,
                score=float(attempts.right[n]),
            )
            for n in range(len(attempts))
        ]
    )  # fmt: skip
    log.close()
    told = run.invoke(app, [*command, "--json"])
    assert told.exit_code == 0, told.output
    data = json.loads(told.stdout)
    assert data["report"]["tries"] == 480
    assert data["written"] is None
    assert load_course(course).parameters == Parameters()
    assert run.invoke(app, [*command, "--write"]).exit_code == 0
    assert load_course(course).parameters.version == 1


def test_a_log_that_is_not_there_is_not_made(make_course, tmp_path: Path):
    run = CliRunner().invoke(app, ["fit", str(make_course()), "--log", str(tmp_path / "no.sqlite")])
    assert "there is no log" in str(run.exception)
    assert not (tmp_path / "no.sqlite").exists()
