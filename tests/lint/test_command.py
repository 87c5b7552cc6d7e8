"""The command: what it prints, and exit 0 only where there is nothing to mend."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from courseware.cli import app
from courseware.lint.finding import RULES


def lint(*words):
    return CliRunner().invoke(app, ["lint", *map(str, words)])


@pytest.fixture
def broken(shelves):
    path = shelves / "01-sums" / "lesson.ipynb"
    path.write_text(
        path.read_text(encoding="utf-8").replace("![Two shelves, one above the other, with books]", "![]"),
        encoding="utf-8",
    )
    return shelves


def test_a_clean_course_exits_0_and_says_what_was_not_asked(shelves):
    run = lint(shelves, "--quick", "--jobs", 1)
    assert run.exit_code == 0, run.output
    assert "shelves is clean" in run.output
    assert "Not asked: order, variants" in run.output


def test_a_finding_exits_1_and_says_where_what_and_the_mend(broken):
    run = lint(broken, "--only", "alt-text")
    assert run.exit_code == 1
    assert "1. 01-sums/lesson.ipynb, cell 4 ('picture') (alt-text)" in run.output
    assert all(word in run.output for word in ("found:", "expected:", "mend:", "one thing to mend"))


def test_json_is_the_same_as_data(broken):
    run = lint(broken, "--only", "alt-text", "--json")
    assert run.exit_code == 1
    told = json.loads(run.stdout)
    assert (told["course"], told["clean"], told["asked"]) == ("shelves", False, ["alt-text"])
    (finding,) = told["findings"]
    assert finding["of"] == "01-sums/lesson.ipynb#picture"


def test_without_a_name_it_is_the_course_that_one_is_in(broken, monkeypatch):
    monkeypatch.chdir(broken / "01-sums")
    assert lint("--only", "alt-text").exit_code == 1
    assert lint("--only", "cell-ids").exit_code == 0
    monkeypatch.chdir(broken.parent)
    run = lint("--only", "alt-text")
    assert run.exit_code == 2
    assert "no course.toml here or above" in " ".join(run.output.split())


def test_a_course_that_does_not_load_is_told_as_findings(shelves):
    path = shelves / "course.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('teaches = ["gaps.find"]', ""), encoding="utf-8")
    run = lint(shelves, "--json")
    assert run.exit_code == 1
    assert {finding["rule"] for finding in json.loads(run.stdout)["findings"]} == {"course"}


def test_rules_can_be_listed_and_a_rule_that_is_not_there_is_refused(shelves):
    assert set(json.loads(lint("--rules", "--json").stdout)) == set(RULES)
    assert all(name in lint("--rules").output for name in RULES)
    run = lint(shelves, "--only", "alt-txet")
    assert run.exit_code == 2
    assert "no rule 'alt-txet'" in " ".join(run.output.split())
