"""The progress widget: each objective with level and why, what is locked and what opens it."""


def test_progress_comes_with_the_first_hello(open_progress):
    view = open_progress().view
    first, second = view["lessons"]
    assert view["now"] == "01-add"
    assert (first["open"], second["open"]) == (True, False)
    assert first["objectives"][0]["word"] == "Not started"
    assert second["opens_when"].startswith("Opens when “I can add small numbers” is Proficient")
    assert second["path"] == "work/02-more.ipynb"


def test_the_page_sets_no_trait_of_progress(open_progress):
    tab = open_progress()
    view = tab.view
    data = {"method": "update", "state": {"view": {}}}
    tab.widget._handle_msg({"content": {"data": data}, "buffers": []})
    assert tab.view == view


def test_a_page_of_another_version_is_told_to_reload(open_progress):
    answer = open_progress().do("hello", v=99)
    assert not answer["ok"]
    assert "Reload" in answer["error"]


def test_an_error_is_told_and_logged(open_progress, tutor, monkeypatch, caplog):
    tab = open_progress()

    def broken(*_args):
        raise RuntimeError("no log")

    monkeypatch.setattr(tutor, "progress", broken)
    answer = tab.do("hello")
    assert "no log" in answer["error"]
    assert "progress" in caplog.text


def test_a_placement_goes_on_in_the_progress_card_and_can_be_left(open_progress, tutor):
    tab = open_progress()
    assert tab.view["placing"]["offered"]
    assert tab.do("place")["ok"]
    assert tab.view["round"] == "placement"
    card = tab.widget.card
    assert card["round"]["number"] == 1
    again = tab.do("another", part="card", variant=card["variant"])
    assert again["ok"]
    assert tab.widget.card["variant"] != card["variant"] or tab.widget.card["round"]["over"]
    assert tab.do("leave")["ok"]
    assert tab.view["round"] is None
    assert not tutor.progress().placing.open


def test_a_placement_under_way_is_there_again_with_the_page(open_progress):
    first = open_progress()
    first.do("place")
    second = open_progress()
    assert second.view["round"] == "placement"
    assert second.widget.card["variant"] == first.widget.card["variant"]


def test_an_answer_in_the_progress_card_is_told_to_the_page_and_moves_the_levels(open_progress):
    tab = open_progress()
    tab.do("place", lesson="01-add")
    answer = tab.do("answer", part="card", variant=tab.widget.card["variant"], response="-1234")
    assert answer["recorded"]["objective"] == "add.small"
    assert tab.view["lessons"][0]["objectives"][0]["word"] == "Attempted"


def test_a_review_with_nothing_due_is_told_in_a_sentence(open_progress):
    answer = open_progress().do("review")
    assert answer == {
        "re": answer["re"],
        "ok": False,
        "error": "Nothing is due for review now.",
        "buffers": None,
    }


def test_what_travels_is_read_before_a_first_hand_in_which_waits_for_the_button(page, tutor):
    from dataclasses import replace

    from courseware.tutor import Task
    from courseware.widgets.progress import TASK, ProgressWidget

    shown = ProgressWidget(page, only=TASK)
    task = Task(lesson="01-add", graded=1, points=2.0, notice="This goes to your class.")
    shown._show(replace(tutor.progress("01-add"), task=task))
    assert shown.view["begins"] is False
    shown._show(replace(tutor.progress("01-add"), task=replace(task, notice="")))
    assert shown.view["begins"] is True
