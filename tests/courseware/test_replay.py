"""Every answer can be replayed, and says so when it comes out otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from courseware.course import CourseError, load_course
from courseware.draw import Draw, seed_of
from courseware.events import new_id
from courseware.items import ItemError, Mistake, Question, fingerprint, item
from courseware.items_lock import NAME, changes, locked
from courseware.replay import replay
from courseware.verdict import Bench


@pytest.fixture
def answered(tutor):
    """A tutor with a wrong, a right, and a code answer in its log."""
    card = tutor.ask("add-two")
    tutor.answer("add-two", card.variant, "-5", id=new_id())
    tutor.answer("add-two", card.variant, str(tutor._current("add-two").question.right), id=new_id())
    card = tutor.ask("add-code")
    tutor.answer("add-code", card.variant, {"code": "a - b"}, id=new_id())
    return tutor


def outcomes(tutor, course, worker, events=None) -> list[str]:
    bench = Bench(runner=worker, given=course.given)
    return [r.outcome for r in replay(tutor._events if events is None else events, course, bench)]


def test_answers_come_out_the_same(answered, worker):
    assert outcomes(answered, answered.course, worker) == ["same", "same", "same"]


def test_code_may_display_as_a_cell_may_so_that_it_comes_out_the_same(tutor):
    card = tutor.ask("add-code")
    told = tutor.answer("add-code", card.variant, {"code": "display(a, b)\na - b"}, id=new_id()).told
    assert told.tone == "near"


def test_a_score_or_mistake_that_does_not_fit_its_response_is_different(answered, worker):
    forged = [replace(e, score=1.0, mistake=None) if e.kind == "answer" else e for e in answered._events]
    assert outcomes(answered, answered.course, worker, forged) == ["different", "same", "different"]


def test_an_item_that_changed_under_its_version_is_different(answered, worker):
    file = answered.course.path / "01-sums" / "items.py"
    file.write_text(file.read_text().replace("What is {a} + {b}?", "How much is {a} + {b}?"))
    changed = load_course(answered.course.path)
    assert outcomes(answered, changed, worker) == ["different", "different", "same"]


def test_an_old_version_in_past_py_is_replayed_and_one_that_is_nowhere_cannot_be(answered, worker):
    file = answered.course.path / "01-sums" / "items.py"
    old = file.read_text()
    file.write_text(old.replace("version=1", "version=2"))
    assert set(outcomes(answered, load_course(answered.course.path), worker)) == {"cannot be replayed"}
    (file.parent / "past.py").write_text(old)
    assert set(outcomes(answered, load_course(answered.course.path), worker)) == {"same"}


# Seeds and draws ---------------------------------------------------------------------------------


def test_a_seed_is_the_first_52_bits_of_a_sha256_over_who_what_and_which_time():
    # printf 'u/c/i/1/0' | sha256sum
    from hashlib import sha256

    assert seed_of("u", "c", "i", 1, 0) == int(sha256(b"u/c/i/1/0").hexdigest()[:13], 16)


def test_draws_are_the_same_on_every_machine():
    draw = Draw(7)
    assert draw.integers(1, 100) == 33
    assert draw.choice("abc") == "a"
    assert draw.shuffle([1, 2, 3, 4]) == [3, 1, 4, 2]
    assert draw.sample(range(100), 3) == [5, 51, 3]


@pytest.mark.parametrize(
    ("draw_wrongly", "says"),
    [
        (lambda d: d.choice({1, 2}), "sorted"),
        (lambda d: d.choice([]), "nothing to draw"),
        (lambda d: d.sample([1], 2), "cannot draw 2 of 1"),
        (lambda d: d.integers(2, 1), "no whole number"),
    ],
)
def test_a_draw_that_cannot_be_says_why(draw_wrongly, says):
    with pytest.raises((TypeError, ValueError), match=says):
        draw_wrongly(Draw(1))


# Items -------------------------------------------------------------------------------------------


def make(**more):
    from checkers import Number

    return Question(**({"prompt": "p", "answer": Number(1), "solution": "s"} | more))


@pytest.mark.parametrize(
    ("wrap", "says"),
    [
        ({"version": 0}, "whole number from 1"),
        ({"version": True}, "whole number from 1"),
        ({"difficulty": "tough"}, "easy, typical, hard"),
    ],
)
def test_an_item_of_a_wrong_shape_says_what_is_expected(wrap, says):
    made = item(**({"objective": "a.b", "version": 1, "hints": []} | wrap))(lambda _draw, _data: make())
    (fault,) = made.faults
    assert says in fault.expected


def test_an_item_that_fails_names_itself_and_the_seed(tutor):
    @item(objective="a.b", version=1, hints=[])
    def broken(_draw, _data):
        return 1 / 0

    with pytest.raises(ItemError, match="'broken' raised ZeroDivisionError for seed 3"):
        broken.question(3, tutor.course.data)


def test_a_fingerprint_changes_with_what_is_asked_what_is_right_and_the_mistakes():
    from checkers import Number

    prints = {
        fingerprint(q)
        for q in (
            make(),
            make(prompt="q"),
            make(answer=Number(2)),
            make(mistakes=[Mistake("m", 3, says="")]),
            make(mistakes=[Mistake("m", 4, says="")]),
        )
    }
    assert len(prints) == 5
    assert fingerprint(make(solution="another")) == fingerprint(make())


# items.lock --------------------------------------------------------------------------------------


def test_an_item_that_changed_without_a_new_version_is_named_with_the_mend(make_course):
    path = make_course()
    course = load_course(path)
    assert "courseware lock" in next(changes(course))
    (path / NAME).write_text(locked(course))
    assert list(changes(load_course(path))) == []
    items = path / "01-sums" / "items.py"
    text = items.read_text()
    items.write_text(text.replace("draw.integers(2, 40)", "draw.integers(2, 41)"))
    told = list(changes(load_course(path)))
    assert "Item add-code asks something else" in told[0]
    assert "Item add-two asks something else" in told[1]
    assert "raise its version to 2" in told[0]
    items.write_text(text.replace("version=1", "version=2", 1))
    assert "version 2 that items.lock does not know" in next(changes(load_course(path)))
    items.write_text(text.replace("def larger", "def biggest"))
    assert any("Item larger is gone" in line for line in changes(load_course(path)))
    items.write_text(text)
    (path / "data" / "numbers.csv").write_text("n\n3\n")
    assert "data/numbers.csv changed" in next(changes(load_course(path)))
    (path / "data" / "numbers.csv").rename(path / "data" / "figures.csv")
    told = "\n".join(changes(load_course(path)))
    assert "data/numbers.csv is gone" in told
    assert "new data file data/figures.csv" in told
    (path / NAME).write_text("<<<<<<< ours")
    assert "cannot be read" in next(changes(course))


def test_a_version_once_locked_stays_in_past_py_unchanged(make_course):
    path = make_course()
    items, past = path / "01-sums" / "items.py", path / "01-sums" / "past.py"
    one = items.read_text()
    (path / NAME).write_text(locked(load_course(path)))
    items.write_text(one.replace("version=1", "version=2"))
    told = list(changes(load_course(path)))
    assert any("Version 1 of item larger is gone: put its function into past.py" in line for line in told)
    past.write_text(one)
    (path / NAME).write_text(locked(load_course(path)))
    assert list(changes(load_course(path))) == []
    past.write_text(one.replace("draw.integers(2, 400)", "draw.integers(2, 401)"))
    assert "Item larger in past.py asks something else" in next(changes(load_course(path)))
    past.write_text("1 / 0")
    with pytest.raises(CourseError, match=r"01-sums/past\.py"):
        load_course(path)
