"""Links to notebooks begin at Jupyter's root, wherever the workspace lies."""

import pytest

from courseware.widgets.page import Page, notebook_folder


@pytest.mark.parametrize(
    ("session", "folder"),
    [
        ("01-tables.ipynb", ""),
        ("pandas/01-tables.ipynb", "pandas"),
        ("a b/pandas/01-tables.ipynb", "a b/pandas"),
        ("", ""),
        ("/home/someone/01-tables.ipynb", ""),
        ("C:\\work\\01-tables.ipynb", ""),
        ("console-1", ""),
    ],
)
def test_the_folder_of_the_notebook_comes_from_the_session_name(session, folder):
    assert notebook_folder({"JPY_SESSION_NAME": session}) == folder
    assert notebook_folder({}) == ""


def test_the_tutor_is_found_once_and_only_when_needed():
    found = []

    def find():
        found.append(1)
        return object()

    page = Page(find, lesson=None, folder="a")
    assert not found
    assert page.tutor is page.tutor
    assert len(found) == 1


def test_a_notebook_is_named_from_jupyters_root():
    assert (
        Page(object, lesson=None, folder="work/pandas").path("02-select.ipynb")
        == "work/pandas/02-select.ipynb"
    )
    assert Page(object, lesson=None, folder="").path("02-select.ipynb") == "02-select.ipynb"
