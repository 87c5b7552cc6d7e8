"""The check widget's messages and view, over a tutor in the kernel and over one behind JSON."""

import json
import re
import threading
import time
import uuid

import pytest

from courseware.widgets.check import CheckWidget
from courseware.widgets.desk import MOVED_ON
from courseware.widgets.page import Page


def numbers(view):
    """The two numbers of the question that is shown."""
    a, b = map(int, re.findall(r"\d+", view["prompt_html"]))
    return a, b


def right(view):
    return str(sum(numbers(view)))


def test_a_widget_is_made_empty_without_asking_for_the_tutor():
    def nobody():
        raise AssertionError("the tutor was asked for")

    assert CheckWidget(Page(nobody, lesson=None, folder=""), "two-numbers").view == {}


def test_the_first_hello_shows_the_open_variant(open_check):
    view = open_check("two-numbers").view
    assert view["item"] == "two-numbers"
    assert view["feedback"] is None
    assert view["hints"] == {"shown": [], "left": 2}
    assert view["objective"]["can"] == "I can add small numbers"


def test_hello_again_shows_the_same_variant_as_it_was_left(open_check):
    one = open_check("two-numbers")
    one.do("answer", response="1")
    other = open_check("two-numbers")
    for name in ("variant", "prompt_html", "feedback", "response"):
        assert other.view[name] == one.view[name]


def test_a_wrong_answer_is_told_what_is_wrong_with_it(open_check):
    tab = open_check("two-numbers")
    a, b = numbers(tab.view)
    answer = tab.do("answer", response=str(a - b))
    assert answer["ok"]
    assert tab.view["feedback"] == {
        "tone": "near",
        "key": "minus",
        "title_html": f"You took {b} away.",
        "html": "<p>Plus puts it on top: count up.</p>",
    }


def test_a_right_answer_moves_the_meter(open_check):
    tab = open_check("two-numbers")
    before = tab.view["meter"]["value"]
    tab.do("answer", response=right(tab.view), ms=4000)
    assert tab.view["feedback"]["tone"] == "good"
    assert tab.view["meter"]["value"] > before


def test_what_is_not_an_answer_is_a_note_and_moves_nothing(open_check, local_tutor):
    tab = open_check("two-numbers")
    before = tab.view["meter"]
    tab.do("answer", response="many")
    assert tab.view["feedback"]["tone"] == "note"
    assert tab.view["meter"] == before
    assert "answer" not in {event.kind for event in local_tutor._events}


def test_nothing_in_view_tells_the_outcome_of_an_answer_not_given(open_check):
    for target in ("two-numbers", "which-is-more"):
        tab = open_check(target)
        for _ in range(4):
            text = json.dumps({k: v for k, v in tab.view.items() if k not in ("key", "variant", "meter")})
            assert "mistake" not in text
            assert "score" not in text
            assert "correct" not in text
            if target == "two-numbers":
                assert not re.search(rf"\b{right(tab.view)}\b", text)
            else:
                options = [option["value"] for option in tab.view["ask"]["options"]]
                assert len(options) == 3
                assert set(tab.view["ask"]) == {"kind", "options"}
            tab.do("another")


def test_hints_come_one_by_one_and_then_the_solution_may_be_asked_for(open_check):
    tab = open_check("two-numbers")
    assert not tab.view["may_solve"]
    tab.do("hint")
    assert tab.view["hints"] == {"shown": ["<p>Count on.</p>"], "left": 1}
    tab.do("hint")
    assert tab.view["may_solve"]
    assert tab.view["solution_html"] is None
    tab.do("solution")
    assert "goes to the right" in tab.view["solution_html"]


def test_another_deals_a_new_variant(open_check):
    tab = open_check("two-numbers")
    tab.do("answer", response="1")
    before = tab.view["variant"]
    tab.do("another")
    assert tab.view["variant"] != before
    assert tab.view["feedback"] is None
    assert tab.view["response"] is None


def test_a_stale_variant_is_refused_with_the_new_view(open_check):
    one, other = open_check("two-numbers"), open_check("two-numbers")
    stale = one.view["variant"]
    other.do("another")
    answer = one.do("answer", response="1", variant=stale)
    assert (answer["ok"], answer["error"]) == (False, MOVED_ON)
    assert one.view["variant"] == other.view["variant"]
    assert one.view["feedback"] is None


def test_a_click_sent_again_counts_once(open_check, local_tutor):
    tab = open_check("two-numbers")
    click = {"v": 1, "do": "answer", "id": str(uuid.uuid4()), "variant": tab.view["variant"], "response": "1"}
    assert tab.say(click)["ok"]
    assert tab.say(click)["ok"]
    assert [event.kind for event in local_tutor._events].count("answer") == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"v": 2},
        {"id": "1"},
        {"id": None},
        {"variant": None},
        {"variant": ["a"]},
        {"do": "grade"},
        {"do": None},
        {"response": "x" * 70_000},
    ],
    ids=str,
)
def test_a_message_that_cannot_be_acted_on_is_refused_in_a_sentence(open_check, broken, local_tutor):
    tab = open_check("two-numbers")
    before = len(local_tutor._events)
    good = {"v": 1, "do": "answer", "id": str(uuid.uuid4()), "variant": tab.view["variant"], "response": "1"}
    answer = tab.say({**good, **broken})
    assert not answer["ok"]
    assert answer["error"].endswith(".")
    assert len(local_tutor._events) == before


def test_what_is_no_message_is_ignored(open_check):
    tab = open_check("two-numbers")
    assert tab.say("hello") is None
    assert tab.say(None) is None


def test_an_unknown_target_is_refused_with_near_names(open_check):
    answer = open_check("two-number", hello=False).do("hello")
    assert not answer["ok"]
    assert "two-numbers" in answer["error"]


def test_an_error_nobody_foresaw_is_told_and_logged(open_check, caplog, tutor, monkeypatch):
    tab = open_check("two-numbers")

    def full(*_args, **_kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(tutor, "hint", full)
    answer = tab.do("hint")
    assert not answer["ok"]
    assert "OSError: the disk is full" in answer["error"]
    assert "two-numbers" in caplog.text


def test_the_page_sets_no_trait(open_check):
    tab = open_check("two-numbers")
    view = tab.view
    data = {"method": "update", "state": {"view": {"feedback": {"tone": "good"}}, "_esm": "alert(1)"}}
    tab.widget._handle_msg({"content": {"data": data}, "buffers": []})
    assert tab.view == view
    assert "alert(1)" not in tab.widget._esm


def test_halves_of_characters_are_kept_out_of_the_log(open_check):
    tab = open_check("two-numbers")
    assert tab.do("answer", response="\ud83d 4")["ok"]
    json.dumps(tab.view, ensure_ascii=False).encode("utf-8")


def test_a_learners_text_comes_back_as_text(open_check):
    tab = open_check("two-numbers")
    tab.do("answer", response="<img src=x onerror=alert(1)>")
    assert "<img" not in tab.view["feedback"]["title_html"] + tab.view["feedback"]["html"]


def test_what_one_widget_records_the_others_show(open_check, open_progress):
    number, choice, progress = open_check("two-numbers"), open_check("which-is-more"), open_progress()
    variant = choice.view["variant"]
    number.do("answer", response=right(number.view))
    assert choice.view["meter"] == number.view["meter"]
    assert choice.view["variant"] == variant
    shown = progress.view["lessons"][0]["objectives"][0]
    assert shown["value"] == number.view["meter"]["value"]


def test_two_widgets_of_one_item_show_the_same(open_check):
    one, other = open_check("two-numbers"), open_check("two-numbers")
    one.do("answer", response="1")
    assert other.view["feedback"] == one.view["feedback"]
    one.do("another")
    assert other.view["variant"] == one.view["variant"]


def test_the_browser_is_told_what_was_recorded_and_not_of_a_hello(open_check):
    tab = open_check("two-numbers", hello=False)
    assert "recorded" not in tab.do("hello")
    assert tab.do("hint")["recorded"] == {
        "lesson": "01-add",
        "item": "two-numbers",
        "objective": "add.small",
        "opened": [],
    }


def test_a_lesson_that_opens_is_linked_from_the_folder_of_the_notebook(open_check):
    tabs = [open_check("two-numbers"), open_check("which-is-more")]
    opened = []
    for turn in range(20):
        tab = tabs[turn % 2]
        view = tab.view
        if view["item"] == "two-numbers":
            tab.do("answer", response=right(view))
        else:
            best = max((o["value"] for o in view["ask"]["options"]), key=lambda text: eval(text.strip("`")))
            tab.do("answer", response=best)
        assert tab.view["feedback"]["tone"] == "good"
        opened = tab.view["opened"]
        if opened:
            break
        tab.do("another")
    assert opened == [{"lesson": "02-more", "title": "More", "path": "work/02-more.ipynb"}]


def test_widgets_that_act_at_the_same_time_do_not_wait_for_each_other_for_ever(open_check):
    tabs = [open_check(target) for target in ("two-numbers", "which-is-more") * 2]
    done = []

    def click(tab):
        for _ in range(10):
            tab.do("another")
        done.append(tab)

    threads = [threading.Thread(target=click, args=(tab,), daemon=True) for tab in tabs]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 30
    for thread in threads:
        thread.join(max(0.1, until - time.monotonic()))
    assert len(done) == len(tabs)


def test_the_maths_font_comes_only_when_asked_for(open_check):
    tab = open_check("two-numbers")
    assert all(answer["buffers"] is None for answer in tab.answers)
    font = tab.do("font")["buffers"][0]
    assert font[:4] == b"wOF2"
