"""A class's tables come to what each learner's own fold and alarms come to, also as events trickle in."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from courseware.course import Course, build
from courseware.events import Event, new_id
from courseware.insights.derived import PAIRS
from courseware.insights.placed import microseconds
from courseware.insights.source import Source
from courseware.insights.tables import Tables, load
from courseware.log import open_log
from courseware.mastery.alarms import Kind, alarms
from courseware.mastery.fold import Fold
from courseware.parameters import Parameters
from courseware.rule import Rule

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
OBJECTIVES = ("x.one", "x.two", "x.three")
ITEMS = {
    "a": ("x.one",), "b": ("x.one",), "c": ("x.one", "x.two"), "d": ("x.two",), "e": ("x.three",),
    "f": ("x.three", "gone.from-course"),
}  # fmt: skip
RULES = {
    "x.one": Rule(threshold=0.98),
    "x.two": Rule(kind="2-in-a-row", later_session=False),
    "x.three": Rule(),
}
LEARNERS = [f"00000000-0000-4000-8000-{n:012d}" for n in range(12)]
COURSE: Course = build(
    Path(),
    {
        "id": "c", "version": "1", "title": "C",
        "objectives": [{"id": o, "can": f"I can {o}"} for o in OBJECTIVES],
        "lessons": [{"id": "01-all", "title": "All", "teaches": list(OBJECTIVES), "opens_when": []}],
    },
    parameters=Parameters(),
)  # fmt: skip


def history(learner: str, chance: random.Random, count: int, *, places: bool) -> list[Event]:
    """So many questions, asked, helped with, answered, answered again; some learners take a placement."""
    at, events = START + timedelta(minutes=chance.randrange(3000)), []
    clever, hurried = chance.random(), chance.random() < 0.4

    def happens(kind: str, **more: object) -> None:
        events.append(
            Event(id=new_id(), at=at, learner=learner, course="c", course_version="1", kind=kind, **more)  # type: ignore[arg-type]
        )

    if places:
        happens("placement", detail={"do": "begin", "scope": list(OBJECTIVES)})
        at += timedelta(seconds=5)
        happens("placement", detail={"do": "end", "known": chance.sample(OBJECTIVES, 1)})
    for n in range(count):
        at += timedelta(minutes=chance.choice([0.5, 1, 4, 40, 900]))
        item = chance.choice("abcdef")
        about = {
            "item": item, "item_version": 1, "seed": n if chance.random() < 0.9 else n - 1,
            "objectives": ITEMS[item], "open": item != "a", "guess": 0.25 if item == "a" else 0.05,
            "difficulty": {"b": -0.7, "d": 0.7}.get(item, 0.0),
            "source": "review" if chance.random() < 0.2 else "check",
        }  # fmt: skip
        happens("asked", **about, detail={"prompt": "one two three four five six seven eight nine ten"})
        for _ in range(chance.choice([0, 0, 0, 2, 3])):
            at += timedelta(seconds=1 if hurried else 20)
            happens("hint", **about, detail={} if chance.random() < 0.8 else {"help": 1})
        for _ in range(chance.choice([1, 1, 2, 0])):
            ms = 600 if hurried else 9000
            at += timedelta(milliseconds=ms)
            right = chance.random() < clever
            happens(
                "answer", **about, score=1.0 if right else 0.0, duration_ms=ms,
                mistake=None if right or chance.random() < 0.5 else "slip",
            )  # fmt: skip
    return events


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(course=COURSE, rules=RULES, log=tmp_path / "log.sqlite", title="C", folder=tmp_path)


def everybody() -> list[Event]:
    chance = random.Random(5)
    events = [
        event
        for number, learner in enumerate(LEARNERS)
        for event in history(learner, chance, 30 if number else 1, places=number % 3 == 2)
    ]
    return sorted(events, key=lambda e: (e.at, e.id))


NOW = START + timedelta(days=24)


def rows(tables: Tables) -> dict[tuple[str, str], dict[str, object]]:
    pairs = tables.pairs
    return {
        (tables.learners[pairs["learner"][n]], OBJECTIVES[pairs["objective"][n]]): {
            **{name: pairs[name][n].item() for name in PAIRS if name not in ("learner", "objective")},
            "level": int(tables.level[n]),
            "now": float(tables.known[n]),
        }
        for n in range(len(pairs["learner"]))
    }


def nameless(found: dict[tuple[str, str], dict[str, object]]) -> dict[tuple[str, str], dict[str, object]]:
    """Without what is a place among words, which come in another order."""
    return {pair: {k: v for k, v in row.items() if k != "slip"} for pair, row in found.items()}


def people(tables: Tables) -> dict[str, tuple[int, ...]]:
    columns = {name: values.tolist() for name, values in tables.people.items()}
    return {tables.learners[row[0]]: row[1:] for row in zip(*columns.values(), strict=True)}


def test_pairs_are_the_standings_of_the_fold(source: Source) -> None:
    events = everybody()
    log = open_log(source.log)
    log.append(events)
    log.close()
    tables = load(source, clock=NOW)
    folds = {u: Fold.of([e for e in events if e.learner == u], RULES) for u in LEARNERS}
    there = rows(tables)
    assert set(there) == {(u, o) for u, f in folds.items() for o in f.standings if o in RULES}
    for (learner, objective), row in there.items():
        standing = folds[learner].standings[objective]
        for name, of in (("answers", "answers"), ("clean", "clean"), ("row", "row"), ("search", "search"),
                         ("reached", "reached"), ("ever", "ever_proficient"), ("made_one", "made_one"),
                         ("placed", "placed")):  # fmt: skip
            assert row[name] == getattr(standing, of), (name, learner, objective)
        assert row["known"] == pytest.approx(standing.known, abs=1e-9)
        assert row["now"] == pytest.approx(standing.known_at(tables.now, RULES[objective]), abs=1e-9)
        assert row["level"] == standing.level_at(tables.now, RULES[objective])
        assert bool(row["proficient_at"]) == standing.ever_proficient
        assert bool(row["onset"]) == (standing.search >= 10)


def test_habits_are_those_that_alarms_see(source: Source) -> None:
    events = everybody()
    log = open_log(source.log)
    log.append(events)
    log.close()
    tables = load(source, clock=NOW)
    people, found = tables.people, {Kind.HASTE: 0, Kind.HINTS: 0}
    for n, learner in enumerate(people["learner"]):
        own = [e for e in events if e.learner == tables.learners[learner]]
        raised = {a.kind: a for a in alarms(Fold.of(own, RULES), NOW) if a.objective is None}
        for kind, name in ((Kind.HASTE, "hasty"), (Kind.HINTS, "unread")):
            assert (people[name][n] >= 4) == (kind in raised), (kind, n)
            if kind in raised:
                found[kind] += 1
                assert people[name][n] == raised[kind].evidence["so"]
                assert people[f"{name}_at"][n] == microseconds(raised[kind].since)
        assert people["last_at"][n] == max(microseconds(e.at) for e in own)
    assert all(found.values())


def test_what_trickles_in_late_comes_to_the_same_as_all_at_once(source: Source, tmp_path: Path) -> None:
    events = everybody()
    chance = random.Random(1)
    shuffled = chance.sample(events, len(events))
    once = Source(course=COURSE, rules=RULES, log=tmp_path / "once.sqlite", title="C", folder=tmp_path)
    for where, parts in ((once, [shuffled]), (source, [shuffled[:400], shuffled[400:401], shuffled[401:]])):
        for part in parts:
            log = open_log(where.log)
            log.append(part)
            log.close()
            tables = load(where, clock=NOW)
        if where is once:
            whole = tables
    assert nameless(rows(tables)) == nameless(rows(whole))
    assert (tables.counts.items == whole.counts.items).all()
    assert (tables.counts.times == whole.counts.times).all()
    named = [
        {
            (t.columns.words["item"][i], None if m < 0 else t.columns.words["mistake"][m]): v
            for (i, m), v in t.counts.mistakes.items()
        }
        for t in (tables, whole)
    ]
    assert named[0] == named[1]
    assert people(tables) == people(whole)


def test_a_log_in_postgresql_comes_to_the_same(source: Source, postgres: str) -> None:
    events = everybody()[:500]
    there = replace(source, log=postgres)
    for part in (events[:450], events[450:]):  # the second time only what is new is read
        for where in (source, there):
            log = open_log(where.log)
            log.append(part)
            log.close()
        assert nameless(rows(load(there, clock=NOW))) == nameless(rows(load(source, clock=NOW)))
    assert load(there, clock=NOW).columns.rows == len(events)


@pytest.mark.parametrize("harm", ["columns.json", "tables.npz", "right.bin", "at.bin"])
def test_a_damaged_cache_is_made_anew(source: Source, harm: str) -> None:
    log = open_log(source.log)
    log.append(everybody()[:300])
    log.close()
    before = rows(load(source, clock=NOW))
    (file,) = Path(f"{source.log}.insights").rglob(harm)
    file.write_bytes(file.read_bytes()[:7])
    assert rows(load(source, clock=NOW)) == before


def test_another_log_of_the_same_name_is_read_anew(source: Source) -> None:
    for n in (100, 250):
        Path(str(source.log)).unlink(missing_ok=True)
        log = open_log(source.log)
        log.append(everybody()[-n:])
        log.close()
        assert load(source, clock=NOW).columns.rows == n


def test_the_cache_holds_no_word_that_anybody_wrote(source: Source) -> None:
    log = open_log(source.log)
    log.append([e for e in everybody() if e.kind != "answer"][:40])
    secret = Event(
        id=new_id(), at=NOW, learner=LEARNERS[0], course="c", course_version="1", kind="answer", item="a",
        objectives=("x.one",), response="a very private sentence", score=0.0,
    )  # fmt: skip
    log.append([secret])
    log.close()
    load(source, clock=NOW)
    kept = [p.read_bytes() for p in Path(f"{source.log}.insights").rglob("*") if p.is_file()]
    assert kept
    assert not any(b"private" in text for text in kept)


def test_a_class_that_is_over_is_shown_as_it_was(source: Source) -> None:
    events = everybody()
    log = open_log(source.log)
    log.append(events)
    log.close()
    assert load(source, clock=NOW + timedelta(days=400)).now == events[-1].at
    assert np.array_equal(load(source, clock=NOW).levels > 0, load(source, clock=NOW).row_of >= 0)
