"""A log in the field's formats: valid by their specifications, and read back as it was."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import jsonschema
import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from courseware.cli import app
from courseware.events import Event
from courseware.insights.exports import datashop, tables, xapi
from courseware.insights.exports.pseudonyms import KeyFileError, Pseudonyms, pseudonyms_of
from courseware.insights.source import InsightError
from courseware.log import open_log
from courseware.mastery.attempts import Attempts
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Level

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SCHEMA = json.loads((HERE / "xapi_schema.json").read_text(encoding="utf-8"))
run = CliRunner()


@pytest.fixture(scope="module")
def valid() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def statements_of(course, learnt, **more):
    made = xapi.Statements(course, course.rules)
    return [s for life in learnt for s in made.of(life.events, **more)]


def test_every_statement_holds_to_the_specifications_schema(small, learnt, valid):
    told = statements_of(small, learnt)
    for statement in told:
        valid.validate(json.loads(xapi.line(statement)))
    assert len({s["id"] for s in told}) == len(told)
    words = {s["verb"]["display"]["en"] for s in told}
    assert {"attempted", "answered", "interacted", "passed", "mastered", "initialized", "satisfied"} <= words


BROKEN = {
    "id": lambda s: s.update(id="17"),
    "no actor": lambda s: s.pop("actor"),
    "two ways to name the actor": lambda s: s["actor"].update(mbox="mailto:a@b.example"),
    "a verb without an address": lambda s: s["verb"].update(id="answered"),
    "a score above one": lambda s: s["result"]["score"].update(scaled=1.5),
    "a duration in seconds": lambda s: s["result"].update(duration="12.5"),
    "an extension without an address": lambda s: s["context"]["extensions"].update(seed=1),
    "a field that there is none of": lambda s: s.update(learner="x"),
    "a time without a zone": lambda s: s.update(timestamp="2026-01-05T08:00:00"),
    "null": lambda s: s["result"].update(response=None),
}


@pytest.mark.parametrize("how", BROKEN)
def test_the_schema_finds_what_is_broken(small, learnt, valid, how):
    one = next(s for s in statements_of(small, learnt) if s["verb"]["display"]["en"] == "answered")
    one = json.loads(json.dumps(one))
    valid.validate(one)
    BROKEN[how](one)
    assert not valid.is_valid(one)


def test_passed_and_mastered_are_told_once_each_for_every_level_that_the_fold_reached(small, learnt):
    for life in learnt:
        told = [
            (s["verb"]["display"]["en"], s["object"]["id"].rpartition("/")[2])
            for s in xapi.Statements(small, small.rules).of(life.events)
            if s["verb"]["display"]["en"] in ("passed", "mastered")
        ]
        assert len(told) == len(set(told))
        fold = Fold.of(life.events, small.rules)
        for objective in small.objectives:
            assert (("passed", objective) in told) == fold.standing(objective).ever_proficient
            if fold.standing(objective).reached == Level.MASTERED:
                assert ("mastered", objective) in told


def test_the_same_events_give_the_same_statements(small, learnt):
    assert statements_of(small, learnt) == statements_of(small, [replace_events(life) for life in learnt])


def replace_events(life):
    return replace(life, events=list(reversed(life.events)))


def test_a_home_that_is_no_address_is_refused(small):
    with pytest.raises(InsightError, match=r"https://school\.example"):
        xapi.Statements(small, small.rules, "school")


@pytest.fixture(scope="module")
def benchmarks() -> dict[str, ModuleType]:
    found = {}
    for name in ("public_logs", "tracing"):
        spec = importlib.util.spec_from_file_location(f"benchmark_{name}", ROOT / "benchmarks" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        found[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(found[name])
    return found


def in_datashop(path: Path, learnt, components: int = 2) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(datashop.header(components))
        for life in learnt:
            file.writelines(datashop.lines(life.events, components))
    return path


def test_datashops_export_comes_back_as_the_clean_attempts_that_it_was_made_of(
    learnt, benchmarks, tmp_path, monkeypatch
):
    source = in_datashop(tmp_path / "transactions.txt", learnt)
    monkeypatch.setattr(sys, "argv", ["public_logs.py", str(source), str(tmp_path / "log")])
    benchmarks["public_logs"].main()
    back, held_out = benchmarks["tracing"].read(tmp_path / "log")
    was = Attempts.of(event for life in learnt for event in life.events)
    was = was.where(was.clean)
    assert held_out is None
    assert len(back) == len(was) > 300
    of_learner = {life.learner: number for number, life in enumerate(learnt)}
    order = np.lexsort((was.at, [of_learner[was.learners[n]] for n in was.learner]))
    rows = Attempts.where(was, order)
    assert [back.items[i] for i in back.item] == [rows.items[i] for i in rows.item]
    assert back.right.tolist() == rows.right.tolist()
    assert np.allclose(back.guess, rows.guess)
    assert np.allclose(back.difficulty, rows.difficulty)
    assert [names(back, row) for row in back.objective] == [names(rows, row) for row in rows.objective]
    learners = [rows.learners[n] for n in rows.learner]
    assert [learners.index(learners[i]) for i in range(len(rows))] == [
        back.learner.tolist().index(n) for n in back.learner
    ]


def names(attempts: Attempts, row: Sequence[int]) -> set[str]:
    return {attempts.objectives[o] for o in row if o >= 0}


def test_datashops_columns_are_those_that_it_documents_and_within_its_limits(learnt, tmp_path):
    path = in_datashop(tmp_path / "t.txt", learnt)
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    required = {"Anon Student Id", "Session Id", "Time", "Problem Name", "Step Name", "Outcome"}
    assert required <= set(head)
    named = re.compile(r"(KC|Level|CF) \([\w ]+\)")
    plain = {
        "Time Zone", "Duration (sec)", "Student Response Type", "Tutor Response Type", "Problem View",
        "Attempt At Step", "Selection", "Action", "Input", "Feedback Classification", "Help Level",
    }  # fmt: skip
    assert all(name in required | plain or named.fullmatch(name) for name in head)
    for row in rows:
        of = dict(zip(head, row, strict=True))
        assert all(len(value) <= 255 for value in row)
        assert len(of["Anon Student Id"]) <= 55
        assert of["Outcome"] in {"CORRECT", "INCORRECT", "HINT"}
        kind = ("ATTEMPT", "RESULT") if of["Outcome"] != "HINT" else ("HINT_REQUEST", "HINT_MSG")
        assert (of["Student Response Type"], of["Tutor Response Type"]) == kind


def test_tabs_and_long_answers_stay_in_their_cell(learnt):
    answer = next(e for e in learnt[0].events if e.kind == "answer")
    odd = replace(answer, response={"code": "a\tb\n" + "c" * 500})
    (line,) = datashop.lines([odd], 1)
    head = datashop.header(1)
    assert line.count("\t") == head.count("\t")
    assert line.count("\n") == 1


def test_the_table_agrees_with_the_attempts(learnt):
    events = [event for life in learnt for event in life.events]
    was = Attempts.of(events)
    order = np.lexsort((was.at, was.learner))
    rows = [row for learner in was.learners for row in tables.rows(e for e in events if e.learner == learner)]
    assert [row["clean"] for row in rows] == was.clean[order].tolist()
    assert [row["correct"] for row in rows] == was.right[order].tolist()
    assert [row["session"] for row in rows] == was.session[order].tolist()
    assert [row["item"] for row in rows] == [was.items[i] for i in was.item[order]]


def test_csv_and_parquet_hold_the_same(learnt, tmp_path):
    rows = [row for life in learnt for row in tables.rows(life.events)]
    csv_file, parquet = tmp_path / "a.csv", tmp_path / "a.parquet"
    csv_file.write_text(tables.csv_header() + "".join(tables.csv_lines(rows)), encoding="utf-8")
    with tables.ParquetFile(parquet) as file:
        file.write(rows)
    one, two = pd.read_csv(csv_file), pd.read_parquet(parquet)
    assert list(one) == list(two) == list(tables.NAMES)
    assert one["answer"].tolist() == two["answer"].tolist()
    assert pd.to_datetime(one["at"]).tolist() == two["at"].tolist()
    assert np.allclose(one["score"], two["score"])
    assert one["clean"].astype(bool).tolist() == two["clean"].tolist()


def test_a_response_does_not_become_a_formula_in_a_spreadsheet(learnt):
    answer = next(e for e in learnt[0].events if e.kind == "answer")
    odd = replace(answer, item="=HYPERLINK(1)")
    (line,) = tables.csv_lines(tables.rows([odd]))
    assert ",'=HYPERLINK(1)," in line


# Pseudonyms -------------------------------------------------------------------------------------------------


def test_pseudonyms_follow_from_the_key_alone_and_lead_nowhere_without_it(learnt):
    one, same, other = Pseudonyms(b"a" * 32), Pseudonyms(b"a" * 32), Pseudonyms(b"b" * 32)
    ids = [life.learner for life in learnt]
    assert [one.of(i) for i in ids] == [same.of(i) for i in ids]
    assert not {one.of(i) for i in ids} & {other.of(i) for i in ids}
    for event in learnt[0].events:
        made = one.event(event)
        text = json.dumps(tables_of(made)) + repr(made)
        assert event.learner not in text
        assert event.id not in text
        assert event.seed is None or str(event.seed) not in text


def tables_of(event: Event) -> list[object]:
    return [row["learner"] for row in tables.rows([event])]


def test_under_pseudonyms_the_same_is_passed_and_the_same_is_clean(small, learnt):
    whose = Pseudonyms(b"k" * 32)
    made = xapi.Statements(small, small.rules)
    for life in learnt:
        hidden = [whose.event(event) for event in life.events]
        assert [s["verb"]["id"] for s in made.of(hidden)] == [s["verb"]["id"] for s in made.of(life.events)]
        assert [r["clean"] for r in tables.rows(hidden)] == [r["clean"] for r in tables.rows(life.events)]


def test_a_key_is_made_once_for_its_owner_alone_and_a_broken_one_is_told(tmp_path):
    file = tmp_path / "sub" / "pseudonyms.key"
    first = pseudonyms_of(file)
    assert pseudonyms_of(file).of("x") == first.of("x")
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o077 == 0
    file.write_text("abc")
    with pytest.raises(KeyFileError, match="32 bytes"):
        pseudonyms_of(file)


# The command ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["xapi", "datashop", "csv", "parquet"])
def test_a_class_is_exported_without_a_name_in_it(classroom, tmp_path, form, learnt):
    file = tmp_path / f"out.{form}"
    command = [
        "export",
        "--class",
        str(classroom.path),
        "--format",
        form,
        "--to",
        str(file),
        "--pseudonyms",
        "--json",
    ]
    done = run.invoke(app, command, catch_exceptions=False)
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert told["learners"] == 10
    assert told["rows"] > 300
    data = file.read_bytes()
    for name in ("Lovelace", "s001", "school.example", learnt[0].learner):
        assert name.encode() not in data
    assert not list(tmp_path.glob(".*.part"))
    again = run.invoke(app, command)
    assert again.exit_code == 2
    assert "--force" in again.output


def test_a_log_by_its_address_goes_to_the_terminal(small, learnt, tmp_path):
    log = open_log(tmp_path / "events.sqlite")
    log.append(learnt[0].events)
    log.close()
    command = [
        "export",
        "--db",
        str(tmp_path / "events.sqlite"),
        "--course",
        str(small.path),
        "--format",
        "xapi",
    ]
    done = run.invoke(app, [*command, "--to", "-"], catch_exceptions=False)
    assert done.exit_code == 0
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [
        s["id"] for s in statements_of(small, learnt[:1])
    ]


def test_without_responses_none_is_in_any_text(small, learnt):
    responses = {json.dumps(e.response) for e in learnt[0].events if e.kind == "answer"}
    long = {text for text in responses if len(text) >= 4}
    assert long
    told = "".join(
        xapi.line(s) for s in xapi.Statements(small, small.rules).of(learnt[0].events, responses=False)
    )
    assert '"response"' not in told
    rows = list(tables.rows(learnt[0].events, responses=False))
    assert all(row["response"] is None for row in rows)
    head = datashop.header(1).rstrip("\n").split("\t").index("Input")
    assert {line.split("\t")[head] for line in datashop.lines(learnt[0].events, 1, responses=False)} == {""}


def test_the_documented_schema_is_the_one_written():
    page = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| ([^|]+?) \| ([^|]+?) \|$", page, re.MULTILINE)
    assert told == [(c.name, c.kind, c.holds) for c in tables.COLUMNS]
