"""What the documents say is so."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import checkers
from checkers.checker import Checker
from checkers.result import Result
from courseware import course_check
from courseware.cli import app
from courseware.course import Course, load_course
from courseware.draw import seed_of
from courseware.lint.finding import RULES
from courseware.runner import Worker
from courseware.verdict import Bench, judge

ROOT = Path(__file__).resolve().parents[1]
AUTHORS = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^\*\*`birds/([\w./-]+)`\*\*\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def birds(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course that docs/authors.md builds."""
    folder = tmp_path_factory.mktemp("authors") / "birds"
    for name, text in BLOCK.findall(AUTHORS):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "data").mkdir()
    shutil.copy(ROOT / "lessons" / "pandas" / "data" / "penguins.csv", folder / "data")
    cells = [{"cell_type": "code", "id": "a", "source": 'lesson.check("heavy-on-island")'}]
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    (folder / "01-weights" / "lesson.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return load_course(folder)


def test_the_running_example_is_a_course_without_problems(birds: Course) -> None:
    assert list(birds.items) == ["heavy-on-island", "which-line", "keep-both"]


def test_its_items_answer_right_and_wrong_as_the_page_promises(birds: Course) -> None:
    worker = Worker()
    bench = Bench(runner=worker, given=birds.given)
    try:
        for item in birds.items.values():
            assert len(item.hints) >= 2
            for n in range(25):
                question = item.question(seed_of("someone", birds.id, item.id, item.version, n), birds.data)
                verdict = judge(question, question.right, bench).verdict
                assert isinstance(verdict, Result)
                assert verdict.correct
                for mistake in question.mistakes:
                    verdict = judge(question, mistake.response, bench).verdict
                    assert isinstance(verdict, Result)
                    assert verdict.mistake == mistake.key
                    assert len(verdict.feedback.split()) <= 60
    finally:
        worker.close()


def keys(shape: type) -> Iterator[str]:
    yield from shape.model_fields  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("of", "shape"),
    [
        ("course", course_check._Course),
        ("objective", course_check._Objective),
        ("lesson", course_check._Lesson),
        ("lint", course_check._Skip),
    ],
)
def test_every_key_of_course_toml_is_explained_and_no_other(of: str, shape: type) -> None:
    told = re.findall(rf"^\| `(\w+)` \| {of} \|", AUTHORS, re.MULTILINE)
    assert told == [key for key in keys(shape) if key not in {"objectives", "lessons", "lint"}]


def test_every_rule_of_lint_is_told_and_no_other() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (.*?)( ●)? \|$", AUTHORS, re.MULTILINE)
    told = {name: (demands, bool(slow)) for name, demands, slow in rows if name in RULES}
    assert told == {name: (rule.demands, rule.slow) for name, rule in RULES.items()}


def test_every_checker_is_in_the_table_of_keys() -> None:
    told = re.findall(r"^\| `(\w+)\(", AUTHORS, re.MULTILINE)
    there = {name for name in checkers.__all__ if is_checker(getattr(checkers, name))}
    assert set(told) == there


def is_checker(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, Checker) and thing is not Checker


def test_every_command_is_in_the_readme_and_no_other() -> None:
    there = {c.name or c.callback.__name__ for c in app.registered_commands if c.callback}
    there |= {str(group.name or group.typer_instance.info.name) for group in app.registered_groups}
    assert set(re.findall(r"^\| `courseware (\w+)", README, re.MULTILINE)) == there


@pytest.mark.parametrize(
    "file", ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
)
def test_every_link_leads_somewhere(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert ((ROOT / file).parent / target).exists(), target


def test_the_readme_gives_the_two_commands() -> None:
    assert "\n```sh\npip install . && courseware learn\n```\n" in README
    assert "\n```sh\npip install '.[test]' && pytest\n```\n" in README
