"""Reading a course tells an author everything that has to be mended, at once."""

from __future__ import annotations

import re

import pytest

from courseware.course import CourseError, digest, find_course, find_courses, load_course

TOML_OF_TEN = """
id = "tiny"
version = 1.0
title = "Tiny"
colour = "blue"

[[objectives]]
id = "sum.add"
can = "Add two numbers"
needs = ["sum.half"]

[[objectives]]
id = "sum.half"
can = "I can halve a number"
needs = ["sum.add", "sum.doubel"]
threshold = 1.5

[[objectives]]
id = "sum.half"
can = "I can halve a number"

[[objectives]]
id = "sum.double"
can = "I can double a number"

[[lessons]]
id = "01-sums"
title = "Sums"
teaches = ["sum.add"]
opens_when = []

[[lessons]]
id = "02-halves"
title = "Halves"
teaches = ["sum.half", "sum.double"]
opens_when = ["sum.double"]
enrichment = ["more.ipynb"]
"""


def problems(path) -> list[str]:
    with pytest.raises(CourseError) as caught:
        load_course(path)
    return [str(p) for p in caught.value.problems]


def test_a_sound_course_is_read_with_its_objectives_lessons_and_items(make_course):
    course = load_course(make_course())
    assert [lesson.id for lesson in course.lessons] == ["01-sums", "02-halves"]
    assert list(course.items) == ["add-two", "add-code", "larger", "half"]
    assert course.home("half").id == "02-halves"


def test_the_threshold_is_higher_where_other_objectives_build_on_it(make_course):
    course = load_course(make_course())
    assert {o.id: o.threshold for o in course.objectives.values()} == {"sum.add": 0.98, "sum.half": 0.95}


def test_ten_different_author_errors_are_reported_at_once(make_course):
    path = make_course(
        **{
            "course.toml": TOML_OF_TEN,
            "01-sums/lesson.ipynb": None,
            "02-halves/items.py": "from courseware.items import item\n\n"
            "@item(objective='sum.haf', version=1, hints=[])\n"
            "def half(draw, data):\n    return data.frame('nowhere')\n\n"
            "@item(objective=[], version=1, hints=[])\n"
            "def add_two(draw, data):\n    return 1\n",
        }
    )
    told = "\n".join(problems(path))
    expected = [
        r"version[^\n]*\n\s+found:\s+1\.0",  # 1: a number where text is asked
        r"the key 'colour'",  # 2: a key without meaning
        r"begins with “I can",  # 3: not an "I can …"
        r"the objective 'sum\.doubel'[^?]*perhaps 'sum\.double'",  # 4: unknown objective, with a near one
        r"found:\s+1\.5",  # 5: a threshold out of range
        r"2 entries of this id",  # 6: a duplicate id
        r"needs sum\.\w+ needs",  # 7: a cycle of prerequisites
        r"nothing opens it: sum\.double",  # 8: a lesson that nothing opens
        r"no file 01-sums/lesson\.ipynb",  # 9: a missing notebook
        r"no file 02-halves/more\.ipynb",  # 10: a missing enrichment notebook
        r"the objective 'sum\.haf'[^?]*perhaps 'sum\.half'",  # 11: an item for an unknown objective
        r"no data file 'nowhere\.csv'",  # 12: an item that reads a file that is not there
        r"item 'add-two'[^\n]*\n[^\n]*in 01-sums/items\.py as well",  # 13: a duplicate item id
        r"item 'add-two'[^\n]*\n[^\n]*no objective",  # 14: an item without an objective
        r"returned int, not a Question",  # 15: an item that makes no question
    ]
    missing = [pattern for pattern in expected if not re.search(pattern, told)]
    assert not missing, told


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ("@item(version=1)\ndef half(draw, data):", "no objective"),
        ("@item(objective='sum.half')\ndef half(draw, data):", "no version"),
        ("@item(objective='sum.half', version='2')\ndef half(draw, data):", "version='2'"),
        (
            "@item(objective='sum.half', version=1, difficulty='tough')\ndef half(draw, data):",
            "difficulty='tough'",
        ),
        (
            "@item(objective='sum.half', version=1, hints='Look')\ndef half(draw, data):",
            "hints in one text",
        ),
        ("@item(objective='sum.half', version=1)\ndef half(draw):", "def half(draw)"),
    ],
)
def test_a_fault_in_one_item_s_declaration_hides_no_fault_of_the_others(make_course, declared, found):
    items = (
        "from courseware.items import item\n\n"
        f"{declared}\n    return 1\n\n"
        "@item(objective='sum.none', version=1)\ndef other(draw, data):\n    return 1\n"
    )
    told = "\n".join(problems(make_course(**{"02-halves/items.py": items})))
    assert f"item 'half'\n    found:    {found}" in told, told
    assert "the objective 'sum.none'" in told


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"course.toml": "id = "}, "Invalid value"),
        ({"01-sums/items.py": "def f(:\n"}, "SyntaxError"),
        ({"01-sums/items.py": "import math\nmath.nothing\n"}, "line 2"),
        ({"01-sums/lesson.ipynb": "{}"}, "format 4"),
        ({"02-halves/items.py": ""}, "no item for it"),
        ({"course.toml": "id = 'x'"}, "objectives"),
        ({"course.toml": None}, "course.toml"),
        (
            {
                "02-halves/items.py": "from courseware.items import item\n\n"
                "@item(objective='sum.half', version=1, hints=[])\ndef review(draw, data):\n    return 1\n"
            },
            "stands for a round",
        ),
        ({"parameters.toml": "version = 0"}, "parameters.toml, version"),
        ({"parameters.toml": "version = 1\n[items]\nhalf = 1e999"}, "item 'half'"),
        ({"parameters.toml": "version = 1\n[items]\nhalv = 0.1"}, "perhaps 'half'?"),
        (
            {"parameters.toml": "version = 1\n[objectives]\n'sum.add' = {guess = 0.6, slip = 0.5}"},
            "guess + slip",
        ),
        ({"parameters.toml": "version = 1\n[objectives]\n'sum.ad' = {}"}, "perhaps 'sum.add'?"),
    ],
)
def test_a_broken_file_is_named_with_what_to_mend(make_course, files, says):
    told = problems(make_course(**files))
    assert any(says in line for line in told), told
    assert all("mend:" in line for line in told)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('rule = "in-a-row"', "perhaps 'n-in-a-row'?"),
        ('rule = "11-in-a-row"', "2-in-a-row to 10-in-a-row"),
        ('rule = "n-in-a-row"\nthreshold = 0.9', "take the threshold out"),
        ('rule = "4-in-a-row"', ""),
        ('rule = "moving-average"\nthreshold = 0.6', ""),
    ],
)
def test_a_rule_of_the_gate_is_checked_by_its_name(make_course, lines, says):
    path = make_course()
    toml = path / "course.toml"
    toml.write_text(toml.read_text().replace("needs =", f"{lines}\nneeds ="))
    if says:
        assert any(says in line for line in problems(path))
    else:
        assert load_course(path).rules["sum.half"].kind == lines.split('"')[1]


def test_a_notebook_that_checks_an_unknown_item_or_reads_a_missing_file_is_told(make_course):
    from json import loads

    path = make_course()
    file = path / "01-sums" / "lesson.ipynb"
    text = file.read_text()
    assert loads(text)
    file.write_text(text.replace("add-two", "ad-two").replace("secret_solution = 1", "open('data/no.csv')"))
    told = "\n".join(problems(path))
    assert "a check of 'ad-two'" in told
    assert "perhaps 'add-two'" in told
    assert "data/no.csv" in told


def test_a_course_known_to_be_sound_is_not_checked_again(make_course, monkeypatch):
    path = make_course()
    before = digest(path)
    monkeypatch.setattr("courseware.course_check.checked", lambda _: pytest.fail("checked again"))
    assert load_course(path, sound=True).id == "tiny"
    (path / "01-sums" / "items.py").write_text("")
    assert digest(path) != before


def test_an_unknown_course_is_told_with_those_that_there_are():
    with pytest.raises(LookupError, match=r"no course 'nothing' here\. Installed: .*pandas"):
        find_course("nothing")


def test_the_courses_of_this_project_are_found_and_sound():
    for path in find_courses().values():
        assert load_course(path).items


def test_courses_of_other_packages_are_found_and_a_broken_one_hides_no_other(
    make_course, tmp_path, monkeypatch, caplog
):
    site = tmp_path / "site"
    (site / "more-1.dist-info").mkdir(parents=True)
    (site / "more-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: more\nVersion: 1\n")
    (site / "more-1.dist-info" / "entry_points.txt").write_text(
        "[courseware.courses]\nbroken = more_broken\nlisted = more_listed:WHERE\nwhole = more_whole\n"
    )
    (site / "more_broken.py").write_text("1 / 0")
    (site / "more_listed.py").write_text(f"WHERE = {str(make_course())!r}")
    make_course().rename(site / "more_whole")
    (site / "more_whole" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(site)
    found = find_courses()
    assert {"pandas", "listed", "whole"} <= set(found)
    assert [load_course(found[name]).id for name in ("listed", "whole")] == ["tiny", "tiny"]
    assert "broken" not in found
    assert "ZeroDivisionError" in caplog.text


def test_two_lessons_with_a_remedy_of_one_name_are_told(make_course):
    book = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'
    path = make_course(**{"01-sums/remedy.ipynb": book, "02-halves/remedy.ipynb": book})
    toml = path / "course.toml"
    for objective in ("sum.add", "sum.half"):
        teaches = f'teaches = ["{objective}"]'
        remedy = f'{teaches}\nremedies = {{ "{objective}" = ["remedy.ipynb"] }}'
        toml.write_text(toml.read_text().replace(teaches, remedy))
    assert any("the notebook name remedy.ipynb more than once" in line for line in problems(path))


def test_a_remedy_may_be_for_a_mistake_but_not_of_an_objective_that_there_is_not(make_course):
    book = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'
    path = make_course(**{"01-sums/remedy.ipynb": book})
    toml = path / "course.toml"
    plain, teaches = toml.read_text(), 'teaches = ["sum.add"]'

    def write(name):
        toml.write_text(plain.replace(teaches, f'{teaches}\nremedies = {{ "{name}" = ["remedy.ipynb"] }}'))

    write("sum.add:minus-for-plus")
    (lesson, _) = load_course(path).lessons
    assert lesson.remedies_for("sum.add", ["other", "minus-for-plus"]) == ("remedy.ipynb",)
    assert lesson.remedies_for("sum.add", ["other"]) == ()
    write("sum.ad:minus-for-plus")
    assert any("the objective 'sum.ad'" in line for line in problems(path))
