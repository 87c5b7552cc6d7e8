"""Codes: made here, enough chance in each, kept as hashes; patience with those who try many."""

from __future__ import annotations

import json
import math
import os
import stat
import subprocess
import sys

import pytest

from courseware.apps.sign_in import FREE, LONGEST_WAIT, Patience
from courseware.grading import codes as made
from courseware.grading import roster
from courseware.grading.class_folder import ClassFolder
from courseware.grading.codes import Codes, CodesError


def test_a_code_has_forty_bits_of_chance_or_more() -> None:
    assert math.log2(len(set(made.LETTERS)) ** made.LENGTH) >= 40
    assert len({made.new_code() for _ in range(500)}) == 500


def test_a_code_opens_for_its_own_student_however_it_is_typed(sums_class: ClassFolder) -> None:
    codes = Codes(sums_class.path)
    new = codes.make()
    assert set(new) == {"ada", "Ben"}
    for typed in (new["ada"], new["ada"].lower(), new["ada"].replace("-", " "), f" {new['ada']} "):
        assert codes.holds("ada", typed)
    assert codes.holds("BEN", new["Ben"])
    assert not codes.holds("ada", new["Ben"])
    assert not codes.holds("nobody", new["ada"])
    assert not codes.holds("ada", "")


def test_what_is_kept_is_no_code_and_nobody_else_may_read_it(sums_class: ClassFolder) -> None:
    new = Codes(sums_class.path).make()
    file = sums_class.path / "app" / "codes.json"
    text = file.read_text()
    for code in new.values():
        assert code not in text
        assert made.read_code(code) not in text
    assert len({each["salt"] for each in json.loads(text).values()}) == 2
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_codes_are_made_once_and_anew_when_asked(sums_class: ClassFolder) -> None:
    codes = Codes(sums_class.path)
    first, mark = codes.make(), codes.mark("ada")
    assert codes.make() == {}
    second = codes.make(["ada"])
    assert set(second) == {"ada"}
    assert not codes.holds("ada", first["ada"])
    assert codes.holds("ada", second["ada"])
    assert codes.mark("ada") != mark
    assert codes.holds("Ben", first["Ben"])
    with pytest.raises(CodesError, match="not on"):
        codes.make(["eve"])


def test_who_is_taken_off_the_roster_cannot_sign_in(sums_class: ClassFolder) -> None:
    codes = Codes(sums_class.path)
    new = codes.make()
    roster.write(sums_class.roster, [p for p in roster.read(sums_class.roster) if p.student != "ada"])
    assert not codes.holds("ada", new["ada"])
    assert codes.mark("ada") is None


def test_the_command_prints_slips_and_says_what_is_missing(sums_class: ClassFolder) -> None:
    def run(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "courseware", *args, "--class", str(sums_class.path)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    refused = run("app")
    assert refused.returncode == 2
    assert "courseware class codes" in refused.stderr
    slips = sums_class.path / "slips.html"
    told = run("class", "codes", "--slips", str(slips), "--address", "https://class.example/", "--json")
    assert json.loads(told.stdout)["codes"] == {}
    page = slips.read_text()
    assert page.count("<section>") == 2
    assert "https://class.example/" in page
    (code,) = {
        line.split("class='code'>")[1][:11]
        for line in page.splitlines()
        if "class='code'>" in line and ">ada<" in line
    }
    assert Codes(sums_class.path).holds("ada", code)


def test_ten_failures_mean_a_wait_which_grows() -> None:
    now = [0.0]
    patience = Patience(lambda: now[0])
    for _ in range(FREE - 1):
        patience.failed("Ada ")
        assert patience.wait("ada") == 0
    patience.failed("ADA")
    first = patience.wait("ada")
    assert first > 0
    assert patience.wait("ben") == 0
    now[0] += first
    assert patience.wait("ada") == 0
    patience.failed("ada")
    assert patience.wait("ada") > first
    for _ in range(50):
        patience.failed("ada")
    assert patience.wait("ada") <= LONGEST_WAIT
    patience.succeeded("ada")
    assert patience.wait("ada") == 0
