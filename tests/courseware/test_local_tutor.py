"""The tutor: what counts, what does not, and what opens."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path

import pytest

from checkers.run import Made
from courseware.course import load_course
from courseware.events import new_id
from courseware.local_tutor import LocalTutor
from courseware.runner import InKernel
from courseware.telling import TOO_LONG
from courseware.tutor import NotFound, Stale, to_json


def right(tutor, card):
    return tutor._current(card.target).question.right


def answer(tutor, card, response, **more):
    return tutor.answer(card.target, card.variant, response, id=new_id(), **more)


def another(tutor, card):
    return tutor.another(card.target, card.variant, id=new_id())


def last_answer(tutor):
    return [e for e in tutor._events if e.kind == "answer"][-1]


def kinds(tutor) -> list[str]:
    return [e.kind for e in tutor._events]


def test_asking_again_shows_the_same_variant_and_only_another_deals_a_new_one(tutor):
    one = tutor.ask("add-two")
    assert tutor.ask("add-two") == one
    two = another(tutor, one)
    assert two.variant != one.variant
    assert two.prompt != one.prompt
    assert tutor.ask("add-two") == two


def test_every_answer_of_a_tutor_is_json(tutor):
    card = answer(tutor, tutor.ask("add-two"), "1")
    for told in (card, tutor.progress("01-sums")):
        assert json.loads(json.dumps(to_json(told)))


def test_a_named_mistake_is_told_in_its_own_words(tutor):
    card = tutor.ask("add-two")
    values = card.prompt.params
    told = answer(tutor, card, str(values["a"] - values["b"])).told
    assert (told.tone, told.key) == ("near", "minus-for-plus")
    assert told.messages[0].text == f"You took {values['b']} away from {values['a']}. Plus puts it on top."


@pytest.mark.parametrize(
    "response", ["", "  ", None, "3,5", [], {}, "x", {"code": ""}, {"code": "1 +"}, 1e999]
)
def test_what_is_not_an_answer_is_told_and_not_logged(tutor, response):
    card = tutor.ask("add-two")
    told = answer(tutor, card, response)
    assert told.told.tone == "note"
    assert kinds(tutor) == ["asked"]
    assert told.standing.word == "Not started"


def test_code_that_raises_is_a_run_and_no_attempt(tutor):
    card = tutor.ask("add-code")
    told = answer(tutor, card, {"code": "a + nothing"})
    assert told.told.tone == "note"
    assert "nothing" in told.told.messages[0].text
    assert kinds(tutor)[-1] == "run"
    assert told.standing.word == "Not started"
    assert tutor.ask("add-code").told == told.told
    assert answer(tutor, told, {"code": "a + b"}).told.key == "right-first"


def test_code_answers_a_question_that_takes_a_number_and_is_logged_as_that_number(tutor):
    card = tutor.ask("add-code")
    after = answer(tutor, card, {"code": "total = a + b"})
    assert after.told.tone == "good"
    event = last_answer(tutor)
    assert float(event.response) == card.prompt.params["a"] + card.prompt.params["b"]
    assert event.detail["code"] == "total = a + b"


def test_what_a_check_cell_made_is_what_is_judged(space, log, clock, worker):
    runner = InKernel(worker)
    tutor = LocalTutor(space.load_course(), log, space.learner, clock=clock, runner=runner, workspace=space)
    card = tutor.ask("add-code")
    made = card.prompt.params["a"] + card.prompt.params["b"]
    with runner.holding("made in the kernel", Made(value=made)):
        assert tutor._bench.runner is runner
    with runner.holding("x = 0  # the cell", Made(value=made)):
        told = answer(tutor, card, {"code": "x = 0  # the cell"})
    assert told.told.tone == "good"


def test_a_resent_click_changes_nothing(tutor):
    card, click = tutor.ask("add-two"), new_id()
    one = tutor.answer("add-two", card.variant, "1", id=click)
    assert tutor.answer("add-two", card.variant, "1", id=click) == one
    assert kinds(tutor).count("answer") == 1
    dealt = new_id()
    two = tutor.another("add-two", card.variant, id=dealt)
    assert tutor.another("add-two", card.variant, id=dealt) == two
    assert kinds(tutor).count("asked") == 2


def test_a_stale_variant_is_refused_with_the_one_that_is_open(tutor):
    old = tutor.ask("add-two")
    new = another(tutor, old)
    with pytest.raises(Stale) as caught:
        answer(tutor, old, "1")
    assert caught.value.card == new
    assert "answer" not in kinds(tutor)


def test_an_unknown_name_is_told_with_near_ones(tutor):
    with pytest.raises(NotFound, match="Did you mean add-two"):
        tutor.ask("add-tow")
    for act in (tutor.progress, tutor.open, tutor.restore):
        with pytest.raises(NotFound, match="01-sums"):
            act("01-sum")


HALF = "\ud800"


@pytest.mark.parametrize(
    "response",
    [HALF, [HALF], {HALF: 1}, float("nan"), float("inf"), {"code": f"'{HALF}'"}, {"code": "'\\ud800'"},
     {"code": "raise ValueError('\\ud800')"}, {"code": "float('nan')"}, {"code": "globals"}],
)  # fmt: skip
@pytest.mark.parametrize("target", ["add-two", "larger"])
def test_whatever_is_answered_the_card_can_be_sent_to_a_page(tutor, target, response):
    card = answer(tutor, tutor.ask(target), response)
    for shown in (card, tutor.ask(target)):
        json.dumps(to_json(shown), ensure_ascii=False, allow_nan=False).encode()


def test_a_response_is_measured_in_bytes_of_utf_8(tutor):
    card = tutor.ask("add-two")
    assert answer(tutor, card, "é" * 25_000).told.messages != (TOO_LONG,)
    assert answer(tutor, card, "é" * 35_000).told.messages == (TOO_LONG,)


def with_hints(course: Path, hints: str) -> Path:
    """The course with other hints for its first item."""
    items = course / "01-sums" / "items.py"
    items.write_text(re.sub(r"hints=\[.*?\]", f"hints=[{hints}]", items.read_text(), count=1))
    return course


def test_an_item_without_hints_shows_its_solution_after_two_wrong_tries(make_course, log, clock, worker):
    course = load_course(with_hints(make_course(), ""))
    tutor = LocalTutor(course, log, "u", clock=clock, runner=worker)
    card = tutor.ask("add-two")
    assert not card.may_solve
    assert answer(tutor, answer(tutor, card, "-1"), "-2").may_solve


def test_of_fewer_hints_in_a_later_course_none_are_left(tutor, make_course, log, space, clock, worker):
    for _ in range(2):
        tutor.hint("add-two", tutor.ask("add-two").variant, id=new_id())
    course = load_course(with_hints(make_course(), "'Count on.'"))
    card = LocalTutor(course, log, space.learner, clock=clock, runner=worker).ask("add-two")
    assert (len(card.hints), card.hints_left, card.may_solve) == (1, 0, True)


def test_a_hint_is_logged_before_it_is_shown_and_what_follows_is_practice(tutor):
    card = tutor.ask("add-two")
    assert (len(card.hints), card.hints_left) == (0, 2)
    card = tutor.hint("add-two", card.variant, id=new_id())
    assert kinds(tutor)[-1] == "hint"
    assert (len(card.hints), card.hints_left) == (1, 1)
    after = answer(tutor, card, str(right(tutor, card)))
    assert after.told.key == "right-helped"
    assert after.standing.value == pytest.approx(0.30)


def test_the_worked_solution_comes_after_two_wrong_tries_or_all_hints_and_costs_nothing(tutor):
    card = tutor.ask("add-two")
    assert tutor.solution("add-two", card.variant, id=new_id()).solution is None
    card = answer(tutor, answer(tutor, card, "1000"), "2000")
    assert card.may_solve
    before = card.standing.value
    card = tutor.solution("add-two", card.variant, id=new_id())
    assert card.solution is not None
    assert answer(tutor, card, str(right(tutor, card))).standing.value == before
    fresh = another(tutor, card)
    assert fresh.solution is None
    for _ in range(3):
        fresh = tutor.hint("add-two", fresh.variant, id=new_id())
    assert fresh.may_solve
    assert kinds(tutor).count("hint") == 2


def test_unchanged_code_and_the_starter_are_told_and_not_counted_again(tutor):
    card = answer(tutor, tutor.ask("add-code"), {"code": "a - b"})
    again = answer(tutor, card, {"code": "a - b\n"})
    assert again.told.key == "same-code"
    assert kinds(tutor).count("answer") == 1


def test_reaching_the_gate_logs_the_unlock_and_writes_the_next_notebook_at_once(tutor, space):
    tutor.open(None)
    assert not (space.path / "02-halves.ipynb").exists()
    card = tutor.ask("sum.add")
    asked = []
    for _ in range(5):
        asked.append(card.item)
        card = answer(tutor, card, right(tutor, card))
        if card.opened:
            break
        card = another(tutor, card)
    assert [lesson.lesson for lesson in card.opened] == ["02-halves"]
    assert (space.path / "02-halves.ipynb").exists()
    assert len(set(asked)) > 1
    assert kinds(tutor).count("unlocked") == 1
    assert tutor.ask("sum.add").opened == ()
    first, second = tutor.progress().lessons
    assert second.open
    assert first.objectives[0].word == "Proficient"


def test_a_locked_lesson_says_what_opens_it_and_how_far_that_is(tutor):
    locked = tutor.progress().lessons[1]
    assert locked.opens_when == (
        "Opens when “I can add two numbers” is Proficient: three more right first tries."
    )
    answer(tutor, card := tutor.ask("add-two"), right(tutor, card))
    assert tutor.progress().lessons[1].opens_when.endswith("two more right first tries.")


def test_what_was_unlocked_stays_open_through_any_number_of_wrong_answers(tutor):
    card = tutor.ask("sum.add")
    while not tutor.progress().lessons[1].open:
        card = another(tutor, answer(tutor, card, right(tutor, card)))
    for _ in range(4):
        card = another(
            tutor, answer(tutor, card, "-1" if card.ask["kind"] == "number" else card.ask["options"][0])
        )
    assert tutor.progress().lessons[1].open


def test_a_second_kernel_sees_what_the_first_recorded(tutor, space, clock, worker):
    other_log = space.open_log()
    other = LocalTutor(
        space.load_course(), other_log, space.learner, clock=clock, runner=worker, workspace=space
    )
    card = tutor.ask("add-two")
    assert other.ask("add-two") == card
    answer(other, card, right(other, card))
    assert tutor.ask("add-two").told.key == "right-first"
    other_log.close()


def test_all_is_found_again_by_a_new_tutor_as_it_was_left(tutor, space, clock, worker, log):
    card = answer(tutor, tutor.hint("add-two", tutor.ask("add-two").variant, id=new_id()), "-5")
    again = LocalTutor(space.load_course(), log, space.learner, clock=clock, runner=worker, workspace=space)
    assert again.ask("add-two") == card
    assert again.progress() == tutor.progress()


def test_an_item_with_a_new_version_deals_a_new_variant(tutor, space, clock, worker, log):
    tutor.ask("add-two")
    items = tutor.course.path / "01-sums" / "items.py"
    items.write_text(items.read_text().replace("version=1", "version=2", 1))
    again = LocalTutor(
        load_course(tutor.course.path), log, space.learner, clock=clock, runner=worker, workspace=space
    )
    card = again.ask("add-two")
    assert answer(again, card, right(again, card)).told.tone == "good"
    assert last_answer(again).item_version == 2


def test_threads_that_answer_at_once_lose_nothing(tutor):
    targets = ["add-two", "add-code", "larger", "half"]

    def work(target: str) -> None:
        card = tutor.ask(target)
        for _ in range(10):
            card = another(tutor, answer(tutor, card, right(tutor, card)))

    threads = [threading.Thread(target=work, args=(t,)) for t in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kinds(tutor).count("answer") == 40
    assert kinds(tutor).count("asked") == 44


def test_a_clock_that_is_put_back_does_not_put_events_out_of_order(tutor, clock):
    card = answer(tutor, tutor.ask("add-two"), "-5")
    clock.forward(hours=-3)
    answer(tutor, card, right(tutor, card))
    at = [e.at for e in tutor._events]
    assert at == sorted(at)
    assert tutor.ask("add-two").told.key == "right-again"


def test_a_later_course_may_have_other_lessons_objectives_and_items(
    tutor, space, make_course, clock, worker, log
):
    tutor.open(None)
    card = tutor.ask("sum.add")
    for _ in range(3):
        card = another(tutor, answer(tutor, card, right(tutor, card)))
    tutor.ask("half")
    old = tutor.course.path
    toml, sums = (old / "course.toml").read_text(), (old / "01-sums" / "items.py").read_text()
    newer = make_course(
        **{
            # Another lesson comes first, an objective has another name, an item is retired, one is gone.
            "course.toml": toml.replace('"1.0"', '"2.0"')
            .replace("02-halves", "00-halves")
            .replace("sum.half", "sum.part")
            .replace("opens_when = []", 'opens_when = ["sum.part"]')
            .replace('opens_when = ["sum.add"]', "opens_when = []")
            .replace('needs = ["sum.add"]', ""),
            "01-sums/items.py": sums.replace("version=1,", "version=1, retired=True,", 1).replace(
                "def larger", "def largest"
            ),
            "02-halves/items.py": None,
            "02-halves/lesson.ipynb": None,
            "00-halves/items.py": (old / "02-halves" / "items.py")
            .read_text()
            .replace("sum.half", "sum.part"),
            "00-halves/lesson.ipynb": (old / "02-halves" / "lesson.ipynb")
            .read_text()
            .replace("sum.half", "sum.part"),
        }
    )
    later = LocalTutor(load_course(newer), log, space.learner, clock=clock, runner=worker, workspace=space)
    told = {lesson.lesson: lesson for lesson in later.open("01-sums").lessons}
    assert told["01-sums"].open, "what was open stays open"
    assert told["01-sums"].objectives[0].word == "Proficient"
    assert told["00-halves"].open
    assert (space.path / "00-halves.ipynb").exists()
    retired = later.ask("add-two")
    assert answer(later, retired, right(later, retired)).told.tone == "good"
    for _ in range(6):
        card = another(later, later.ask("sum.add"))
        assert card.item in {"add-code", "largest"}
    with pytest.raises(NotFound):
        later.ask("larger")
    assert later.ask("sum.part").standing.word == "Not started"
