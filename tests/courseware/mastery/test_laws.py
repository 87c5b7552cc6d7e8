"""Laws of the fold: what holds for every history, whatever is in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from courseware.events import Event, new_id
from courseware.mastery.alarms import alarms
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Level
from courseware.mastery.review import due
from courseware.rule import Rule

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
RULES = {
    "a.one": Rule(threshold=0.98),
    "a.two": Rule(),
    "b.three": Rule(kind="n-in-a-row"),
    "b.four": Rule(kind="moving-average", threshold=0.8),
}
NAMES = sorted(RULES)
STEP = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(
            ["asked", "answer", "answer", "answer", "hint", "solution", "run", "placement"]
        ),
        "learner": st.sampled_from(["u", "v"]),
        "objectives": st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True).map(tuple),
        "item": st.sampled_from("pqr"),
        "seed": st.integers(0, 3),
        "score": st.sampled_from([0.0, 0.5, 1.0, 1.0]),
        "source": st.sampled_from(["check", "check", "review", "placement"]),
        "open": st.booleans(),
        "gap": st.sampled_from([0.1, 1.0, 20.0, 45.0, 700.0, 3000.0, 40_000.0]),
        "known": st.lists(st.sampled_from(NAMES), max_size=2),
    }
)
HISTORY = st.lists(STEP, max_size=30)


def events_of(history) -> list[Event]:
    at, events = START, []
    for step in history:
        at += timedelta(minutes=step["gap"])
        kind = step["kind"]
        event = Event(
            id=new_id(), at=at, learner=step["learner"], course="c", course_version="1", kind=kind,
            item=step["item"], item_version=1, seed=step["seed"], objectives=step["objectives"],
            open=step["open"], guess=0.05 if step["open"] else 0.25, difficulty=0.0, source=step["source"],
            score=step["score"] if kind == "answer" else None,
        )  # fmt: skip
        if kind == "placement":
            detail = (
                {"do": "end", "known": step["known"]} if step["known"] else {"do": "begin", "scope": NAMES}
            )
            event = replace(event, item=None, item_version=None, seed=None, detail=detail)
        events.append(event)
    return events


def state_of(fold: Fold) -> tuple[object, ...]:
    return (
        fold.standings, fold.variants, fold.reviews, fold.placement, fold.predictor, fold.unlocked,
        fold.session, fold.reviewing,
    )  # fmt: skip


@given(HISTORY, st.integers(0, 30))
def test_the_fold_is_incremental_the_whole_log_is_a_prefix_and_then_the_rest(history, cut):
    events = events_of(history)
    whole, parts = Fold.of(events, RULES), Fold.of(events[:cut], RULES)
    for event in events[cut:]:
        assert parts.add(event)
    assert state_of(parts) == state_of(whole)


@given(HISTORY, st.randoms(use_true_random=False))
def test_the_order_in_which_different_learners_attempts_arrive_is_irrelevant(history, chance):
    events = events_of(history)
    apart = {name: [e for e in events if e.learner == name] for name in ("u", "v")}
    mixed = list(events)
    chance.shuffle(mixed)
    for name, own in apart.items():
        among = Fold.of([e for e in mixed if e.learner == name], RULES)
        assert state_of(among) == state_of(Fold.of(own, RULES))


@given(HISTORY, st.integers(0, 29))
def test_a_duplicate_changes_nothing_whenever_it_arrives(history, which):
    events = events_of(history)
    fold = Fold.of(events, RULES)
    before = state_of(Fold.of(events, RULES))
    if events:
        assert fold.add(events[which % len(events)])
    assert state_of(fold) == before


@given(HISTORY, st.sampled_from(NAMES), st.floats(0, 400), st.booleans(), st.booleans())
def test_one_more_right_clean_answer_never_lowers_l_or_a_level(history, objective, days, is_open, is_review):
    events = [e for e in events_of(history) if e.learner == "u"]
    fold = Fold.of(events, RULES)
    rule, latest = RULES[objective], fold.latest or START
    now = latest + timedelta(days=1 + days)
    before, was = fold.standing(objective).known_at(now, rule), fold.level(objective, now)
    right = Event(
        id=new_id(), at=latest + timedelta(hours=1), learner="u", course="c", course_version="1",
        kind="answer", item="new", item_version=1, seed=99, objectives=(objective,), open=is_open, guess=0.05,
        difficulty=0.0, score=1.0, source="review" if is_review else "check",
    )  # fmt: skip
    assert fold.add(right)
    assert fold.standing(objective).known_at(now, rule) >= before - 1e-12
    assert fold.level(objective, now) >= was


@given(HISTORY)
def test_what_was_ever_proficient_or_unlocked_stays_so_whatever_happens(history):
    fold = Fold(RULES)
    events = [e for e in events_of(history) if e.learner == "u"]
    ever: set[str] = set()
    for number, event in enumerate(events):
        fold.add(event)
        if number == 2:
            later = event.at + timedelta(seconds=1)
            fold.add(replace(event, id=new_id(), at=later, kind="unlocked", lesson="02"))
        ever |= {o for o in NAMES if fold.standing(o).reached >= Level.PROFICIENT}
        assert all(fold.standing(o).ever_proficient for o in ever)
        assert number < 2 or fold.unlocked == {"02"}
        assert all(o in fold.reviews for o in ever)


@given(HISTORY)
def test_no_answer_that_is_not_clean_moves_any_estimate(history):
    fold = Fold(RULES)
    for event in events_of(history):
        key = event.item, event.item_version, event.seed
        variant = fold.variants.get(key)
        before = {o: fold.standing(o) for o in event.objectives}, fold.predictor.ability
        fold.add(event)
        if event.kind == "answer" and variant is not None and variant.touched:
            for objective, was in before[0].items():
                now = fold.standing(objective)
                assert (now.known, now.clean, now.reached) == (was.known, was.clean, was.reached)
            assert fold.predictor.ability == before[1]


@given(HISTORY, st.floats(0, 500))
def test_alarms_and_what_is_due_are_pure_and_take_any_history(history, days):
    events = [e for e in events_of(history) if e.learner == "u"]
    fold = Fold.of(events, RULES)
    before, now = state_of(Fold.of(events, RULES)), (fold.latest or START) + timedelta(days=days)
    assert alarms(fold, now) == alarms(fold, now)
    waiting = due(fold.reviews, fold.standings, RULES, now)
    assert all(fold.standing(o).reached >= Level.PROFICIENT for o in waiting)
    assert state_of(fold) == before
