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
