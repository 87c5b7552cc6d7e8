"""docs/checkers.md shows every checker, and what it shows is what comes out."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import checkers
from checkers.checker import Checker

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "checkers.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def test_the_tables_are_what_the_examples_come_to():
    pytest.importorskip("sympy")
    run = subprocess.run(
        [sys.executable, str(DOCS / "tables.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_every_checker_has_a_section_with_right_wrong_and_unreadable_responses():
    there = {getattr(checkers, name) for name in checkers.__all__}
    kinds = {c.__name__ for c in there if isinstance(c, type) and issubclass(c, Checker) and c is not Checker}
    assert set(SECTIONS) == kinds
    for name, section in SECTIONS.items():
        scores = re.findall(r"^\| .*? \| (1|0(?:\.\d+)?|no answer) \|", section, re.MULTILINE)
        assert "1" in scores, name
        assert "no answer" in scores, name
        assert any(score.startswith("0") for score in scores), name
