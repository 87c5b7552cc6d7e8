"""What a tutor tells: a fold's facts as standings, lesson cards and feedback, in words."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from checkers.code import is_code
from checkers.message import Message
from checkers.result import Result
from courseware import offering
from courseware.course import Course, LessonEntry
from courseware.events import MOST_BYTES, Event
from courseware.items import Question
from courseware.mastery import placement, review, rules
from courseware.mastery.explain import in_words, left, right_tries, tries_needed, why
from courseware.mastery.fold import Fold, Round, Variant
from courseware.mastery.levels import Level
from courseware.rule import Rule
from courseware.tutor import Due, LessonCard, Placing, Progress, Standing, Told

MOST_REVIEWS: Final = 8
MINUTES: Final = 1.25
"""A sitting's review has so many questions at most, of so many minutes: ten in all."""
REVIEWED: Final = "That was the review for now. What went well comes back later, what did not sooner."
RIGHT_FIRST: Final = Message(key="right-first", template="Right, at the first try.")
RIGHT_AGAIN: Final = Message(
    key="right-again",
    template="Right.\n\nYou found it after another try: that is practice. A first try on a new question "
    "moves you on.",
)
RIGHT_HELPED: Final = Message(
    key="right-helped",
    template="Right.\n\nWith a hint it is practice, and that is what hints are for. A new question "
    "without one moves you on.",
)
RIGHT_SHOWN: Final = Message(
    key="right-shown",
    template="Right.\n\nYou had seen how this one goes, so it is practice. A new question moves you on.",
)
NOT_YET: Final = Message(
    key="not-yet", template="That is not it yet.\n\nRead the question once more, or take a hint."
)
SAME_CODE: Final = Message(
    key="same-code",
    template="This is the code that was checked last.\n\nNothing was counted. Change it, then check again.",
)
STARTER: Final = Message(
    key="starter",
    template="This is still the code that the question starts from.\n\nNothing was counted. Change it "
    "so that it does what is asked, then check.",
)
TOO_LONG: Final = Message(
    key="too-long",
    template="That answer is longer than can be kept.\n\nNothing was counted. Send a shorter one.",
)
UNREADABLE: Final = Message(
    key="unreadable",
    template="That answer could not be read.\n\nNothing was counted. Type it anew, then check again.",
)


def standing_of(course: Course, fold: Fold, objective: str, now: datetime) -> Standing:
    """Where the learner stands on an objective, in words and why."""
    entry, standing = course.objectives[objective], fold.standing(objective)
    rule = course.rules.get(objective, Rule())
    level = standing.level_at(now, rule)
    return Standing(
        objective=objective,
        can=entry.can,
        level=int(level),
        word=level.word,
        value=standing.known_at(now, rule),
        threshold=rules.of(rule).threshold,
        left=left(standing, rule),
        why=why(standing, rule),
    )


def is_open(lesson: LessonEntry, fold: Fold) -> bool:
    """Whether a lesson is the first, was unlocked, or was the first once (its notebook is there)."""
    return not lesson.opens_when or lesson.id in fold.unlocked or lesson.notebook in fold.written


def may_open(lesson: LessonEntry, fold: Fold) -> bool:
    """Whether all that opens a lesson has been Proficient at some time."""
    return all(fold.standing(o).ever_proficient for o in lesson.opens_when)


def lesson_card(
    course: Course, fold: Fold, lesson: LessonEntry, now: datetime, *, all_open: bool = False
) -> LessonCard:
    return LessonCard(
        lesson=lesson.id,
        title=lesson.title,
        open=all_open or is_open(lesson, fold),
        opens_when=_opens_when(course, fold, lesson),
        notebook=lesson.notebook,
        objectives=tuple(standing_of(course, fold, o, now) for o in lesson.teaches),
        may_skip=any(not fold.standing(o).ever_proficient for o in lesson.teaches),
        extras=tuple(path for path in offering.enrichment(lesson) if path in fold.written),
    )


def progress_of(
    course: Course, fold: Fold, lesson: str | None, now: datetime, *, preview: bool = False
) -> Progress:
    return Progress(
        course=course.id,
        title=course.title,
        lessons=tuple(lesson_card(course, fold, entry, now, all_open=preview) for entry in course.lessons),
        now=lesson,
        preview=preview,
        due=due_of(course, fold, now),
        next_due=_next_due(fold),
        placing=placing_of(course, fold),
        offers=offering.on_progress(course, fold, now, len(_waiting(fold, now))),
    )


def due_of(course: Course, fold: Fold, now: datetime) -> Due | None:
    """What is due for review, as far as it fits into this sitting's ten minutes."""
    waiting = [o for o in _waiting(fold, now) if o in course.objectives]
    left = min(len(waiting), MOST_REVIEWS - len(fold.reviewing))
    if left <= 0:
        return None
    cans = tuple(course.objectives[o].can for o in waiting[:left])
    return Due(questions=left, minutes=min(10, math.ceil(left * MINUTES)), objectives=cans)


def _waiting(fold: Fold, now: datetime) -> list[str]:
    done = {fold.variants[key].asked.detail.get("objective") for key in fold.reviewing}
    return [o for o in review.due(fold.reviews, fold.standings, fold.rules, now) if o not in done]


def _next_due(fold: Fold) -> str | None:
    """When a review is due next; None where nothing is Proficient yet."""
    held = [o for o in fold.reviews if o in fold.rules and fold.standing(o).reached >= Level.PROFICIENT]
    at = [review.due_at(fold.reviews[o], fold.rule(o)) for o in held]
    return min(at).isoformat() if at else None


def placing_of(course: Course, fold: Fold) -> Placing:
    """The placement: what is left to skip, or how far the one under way is, or what the last one found."""
    last = fold.placement
    left = [o for o in course.objectives if not fold.standing(o).ever_proficient]
    is_open = last is not None and not last.over
    scope = last.scope if last is not None and is_open else left
    return Placing(
        offered=bool(left),
        open=is_open,
        most=placement.limit(len(scope)),
        lesson=None if last is None else last.lesson,
        known=()
        if last is None
        else tuple(course.objectives[o].can for o in last.known if o in course.objectives),
    )


def placed(placing: Round) -> str:
    """What a placement found, in a sentence or two."""
    known, asked = len(placing.known), len(placing.scope)
    if not known:
        return "Good to know where to begin: at the start of what was asked. All of it is there to learn."
    what = "all" if known == asked else in_words(known)
    many = f"{in_words(asked)} objectives" if asked > 1 else "one objective"
    return (
        f"You know {what} of {many} already, so you can skip {'it' if known == 1 else 'them'}. "
        "A short review in a day or so makes sure; you can learn them here all the same."
    )


def scope_of(course: Course, fold: Fold, lesson: LessonEntry | None) -> tuple[str, ...]:
    """What a placement asks about: all that is left, or what a lesson teaches and builds on."""
    wanted = set(course.objectives) if lesson is None else set(lesson.teaches)
    edge = list(wanted)
    while edge:
        new = [n for n in course.objectives[edge.pop()].needs if n in course.objectives and n not in wanted]
        wanted.update(new)
        edge += new
    return tuple(o for o in course.objectives if o in wanted and not fold.standing(o).ever_proficient)


def _opens_when(course: Course, fold: Fold, lesson: LessonEntry) -> str:
    """“Opens when “I can …” is Proficient: two more right first tries.”; empty once it is open."""
    if is_open(lesson, fold):
        return ""
    missing = [o for o in lesson.opens_when if not fold.standing(o).ever_proficient]
    parts = []
    for objective in missing:
        needed = tries_needed(fold.standing(objective), course.rules.get(objective, Rule()))
        parts.append(f"“{course.objectives[objective].can}” is Proficient: {right_tries(needed)}")
    return f"Opens when {', and when '.join(parts)}."


def told_of(event: Event) -> Told:
    """What was told of a logged answer or run: it is logged with it, so that it comes back as it was."""
    if event.kind == "run":
        return note(Message.from_json(_mapping(event.detail["message"])))
    result = Result.from_json(_mapping(event.detail["result"]))
    if result.correct:
        return Told(tone="good", key=result.messages[0].key, messages=result.messages)
    return Told(tone="near", key=result.mistake or NOT_YET.key, messages=result.messages)


def said(result: Result, before: Variant) -> Result:
    """A result with what is said first: of a right one whether it counts, of a wrong one never nothing."""
    if not result.correct:
        return result if result.messages else replace(result, messages=(NOT_YET,))
    if before.solved:
        first = RIGHT_SHOWN
    elif before.hints or before.helps:
        first = RIGHT_HELPED
    elif before.answers:
        first = RIGHT_AGAIN
    else:
        first = RIGHT_FIRST
    return replace(result, messages=(first, *result.messages))


def note(message: Message) -> Told:
    """Something that is not feedback on an answer: nothing was counted."""
    return Told(tone="note", key=message.key, messages=(message,))


def _mapping(value: object) -> Mapping[str, object]:
    assert isinstance(value, Mapping)
    return value


def nothing_new(question: Question, variant: Variant, response: object, size: int) -> Told | None:
    """Why a response is not worth judging: too long, the starter as it was, or code just checked."""
    if size > MOST_BYTES:
        return note(TOO_LONG)
    if not (isinstance(response, Mapping) and is_code(response) and isinstance(response["code"], str)):
        return None
    code = response["code"]
    starter = question.starter
    if starter.strip() and _alike(code, starter):
        return note(STARTER)
    last = variant.last
    if variant.run is None and last is not None:
        before = last.detail.get("code") or (
            last.response["code"] if isinstance(last.response, Mapping) and is_code(last.response) else None
        )
        if isinstance(before, str) and before.strip() == code.strip():
            return note(SAME_CODE)
    return None


def _alike(one: str, other: str) -> bool:
    """Whether two sources are the same program (comments and layout apart)."""
    try:
        return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return one.strip() == other.strip()


def shown(value: object) -> str:
    """A given name's value in a word: “DataFrame, 344 rows, 8 columns”, “list of 5”, “42”."""
    kind = type(value).__name__
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple) and len(shape) == 2:
        return f"{kind}, {shape[0]:,} rows, {shape[1]} columns"
    if isinstance(shape, tuple) and len(shape) == 1:
        return f"{kind} of {shape[0]:,}"
    text = repr(value)
    if len(text) <= 60:
        return text
    return f"{kind} of {len(value):,}" if hasattr(value, "__len__") else kind
