"""Other ways on: what is offered to a learner when more of the same would not help, and what alarms mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from courseware.course import Course, LessonEntry
from courseware.mastery.alarms import ABSENT, Alarm, Kind, alarms
from courseware.mastery.explain import in_words
from courseware.mastery.fold import Fold
from courseware.mastery.levels import SESSION_GAP, Level
from courseware.tutor import Offer

REMEDIES: Final = "remedies"
ENRICHMENT: Final = "enrichment"
"""Where such notebooks lie in a workspace."""

REMEDY: Final = (
    "This one takes its time, as new ideas do. The same idea, told another way, may do more than one more "
    "question."
)
PREREQUISITE: Final = "It builds on “{can}”. A look back at that often makes the difference."
EXAMPLE: Final = "“Show me how” walks through the solution of this question. A fresh one follows."
PERSON: Final = (
    "You have answered {count} questions on this. Someone beside you may see at a glance what the page "
    "cannot: show them this one."
)
PRACTICE: Final = (
    "“{can}” is {word} now: it had faded a little, as everything does. A few questions bring it back; "
    "what was open stays open."
)
PACE: Final = (
    "The last answers came sooner than the question can be read. Nothing here is timed: read it to the end, "
    "then answer."
)
HINTS: Final = (
    "The hints came one right after the other. Each tells more when you have tried something with the one "
    "before."
)
WELCOME: Final = "Welcome back after {days} days. All is as you left it{first}."
ENRICH: Final = "You have mastered all of lesson “{title}”. Here is something more, if you like."


def on_card(
    course: Course, fold: Fold, objective: str, now: datetime, *, failed_review: bool = False
) -> tuple[Offer, ...]:
    """What to offer beside a question on an objective."""
    offers: list[Offer] = []
    if failed_review:
        standing = fold.standing(objective)
        offers.append(_practice(course, objective, standing.level_at(now, fold.rule(objective)).word))
    raised = alarms(fold, now)
    for alarm in raised:
        if alarm.objective == objective:
            offers += _other_ways(course, fold, objective, alarm)
    if not offers:  # one thing at a time: a way on first, then how one goes about it
        offers += [offer for alarm in raised if alarm.objective is None for offer in _habit(alarm)]
    return tuple(offers)


def on_progress(course: Course, fold: Fold, now: datetime, due: int) -> tuple[Offer, ...]:
    """What to offer on the progress card: help where it is needed, a welcome, more for those who want it."""
    offers: list[Offer] = []
    away = _away(fold, now)
    if away >= ABSENT:
        first = "; a short look at what you knew is a good way in" if due else ""
        offers.append(Offer(kind="welcome", text=WELCOME.format(days=away.days, first=first)))
    for alarm in alarms(fold, now):
        if alarm.objective in course.objectives:
            ways = [o for o in _other_ways(course, fold, str(alarm.objective), alarm) if o.notebook]
            offers += [_named(course, str(alarm.objective), way) for way in ways]
    for lesson in course.lessons:
        for name in enrichment(lesson):
            if name in fold.written:
                text = ENRICH.format(title=lesson.title)
                offers.append(Offer(kind="enrichment", text=text, label="Open it", notebook=name))
    return tuple(dict.fromkeys(offers))


def wanted(course: Course, fold: Fold, now: datetime) -> Iterator[tuple[LessonEntry, str, str]]:
    """The notebooks beside the lessons that should lie in the workspace: lesson, name in the course, path."""
    stuck = {alarm.objective for alarm in alarms(fold, now)}
    for lesson in course.lessons:
        for objective in (o for o in course.objectives if o in stuck):
            for name in lesson.remedies_for(objective, mistakes_of(fold, objective)):
                yield lesson, name, f"{REMEDIES}/{name}"
        if all(fold.level(o, now) == Level.MASTERED for o in lesson.teaches):
            yield from ((lesson, name, f"{ENRICHMENT}/{name}") for name in lesson.enrichment)


def enrichment(lesson: LessonEntry) -> tuple[str, ...]:
    """The paths of a lesson's enrichment in a workspace."""
    return tuple(f"{ENRICHMENT}/{name}" for name in lesson.enrichment)


def mistakes_of(fold: Fold, objective: str) -> list[str]:
    """The mistakes among the last first tries on an objective, the most frequent first."""
    recent = fold.standing(objective).recent
    made = Counter(one.mistake for one in recent if one.mistake is not None and not one.right)
    return [key for key, _ in made.most_common()]


def row(course: Course, alarm: Alarm) -> Mapping[str, object]:
    """An alarm as a row for an instructor: plain data, and a sentence."""
    entry = course.objectives.get(alarm.objective or "")
    return {
        "kind": alarm.kind.value,
        "objective": alarm.objective,
        "since": alarm.since.isoformat(),
        "evidence": dict(alarm.evidence),
        "sentence": SENTENCES[alarm.kind].format(
            can="" if entry is None else entry.can,
            **{k.replace(" ", "_"): v for k, v in alarm.evidence.items()},
        ),
    }


SENTENCES: Final[Mapping[Kind, str]] = {
    Kind.SPINNING: "{answered} questions on “{can}” without three right first tries in a row",
    Kind.STRUGGLING: "{answered} questions on “{can}”; chance of a right first try next: {chance}",
    Kind.STUCK: "{tries} wrong tries on one question for “{can}”",
    Kind.HINTS: "{so} of the last {of_the_last} questions: hints taken faster than they can be read",
    Kind.HASTE: "{so} of the last {of_the_last} questions: wrong, and sooner than they can be read",
    Kind.ABSENCE: "away for {days} days with {objectives_left} objectives to go",
}


def _other_ways(course: Course, fold: Fold, objective: str, alarm: Alarm) -> Iterator[Offer]:
    for lesson in course.lessons:
        for name in lesson.remedies_for(objective, mistakes_of(fold, objective)):
            path = f"{REMEDIES}/{name}"
            if path in fold.written:
                yield Offer(kind="remedy", text=REMEDY, label="Open it another way", notebook=path)
    if (need := _weakest_need(course, fold, objective)) is not None:
        home = next((e for e in course.lessons if need in e.teaches), None)
        text = PREREQUISITE.format(can=course.objectives[need].can)
        if home is not None and home.notebook in fold.written:
            yield Offer(kind="prerequisite", text=text, label=f"Open “{home.title}”", notebook=home.notebook)
        else:
            yield Offer(kind="prerequisite", text=text)
    yield Offer(kind="example", text=EXAMPLE)
    if alarm.kind == Kind.SPINNING:
        count = in_words(int(alarm.evidence["answered"]))
        yield Offer(kind="person", text=PERSON.format(count=count))


def _away(fold: Fold, now: datetime) -> timedelta:
    """How long a learner was away who is here now: before this sitting, or until this moment."""
    latest = fold.latest
    if latest is None or not fold.variants:
        return timedelta()
    return fold.away if now - latest <= SESSION_GAP else now - latest


def _weakest_need(course: Course, fold: Fold, objective: str) -> str | None:
    """The prerequisite that is least sure, if one is not Proficient by the learner's own answers."""
    needs = course.objectives[objective].needs if objective in course.objectives else ()
    weak = [n for n in needs if fold.standing(n).reached < Level.PROFICIENT or fold.standing(n).placed]
    return min(weak, key=lambda n: fold.standing(n).known, default=None)


def _habit(alarm: Alarm) -> Iterator[Offer]:
    if alarm.kind == Kind.HASTE:
        yield Offer(kind="pace", text=PACE)
    elif alarm.kind == Kind.HINTS:
        yield Offer(kind="pace", text=HINTS)


def _practice(course: Course, objective: str, word: str) -> Offer:
    home = next(lesson for lesson in course.lessons if objective in lesson.teaches)
    text = PRACTICE.format(can=course.objectives[objective].can, word=word)
    return Offer(kind="practice", text=text, label=f"Practise in “{home.title}”", notebook=home.notebook)


def _named(course: Course, objective: str, offer: Offer) -> Offer:
    return Offer(
        kind=offer.kind,
        text=f"“{course.objectives[objective].can}”: {offer.text[0].lower()}{offer.text[1:]}",
        label=offer.label,
        notebook=offer.notebook,
    )
