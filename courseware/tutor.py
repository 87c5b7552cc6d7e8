"""The one door between screens and what is known of a learner.

A `Tutor` takes and gives frozen, JSON-able data, so that the same widgets work over a `LocalTutor`
in the kernel (local_tutor.py) and over a service. A screen touches neither items nor the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final, Literal, Protocol

from checkers.message import Message

REVIEW: Final = "review"
PLACEMENT: Final = "placement"
"""What may be asked for beside items, objectives and lessons: the next question of a round."""

Tone = Literal["good", "near", "note"]
"""*good*: right. *near*: not yet. *note*: not an answer (nothing was counted)."""


class Stale(Exception):
    """The page showed a variant that is no longer the open one: here is the one that is."""

    def __init__(self, card: Card) -> None:
        super().__init__("this question has moved on: here is the one that is open now")
        self.card = card


class NotFound(LookupError):
    """There is no item, objective or lesson of that name; the message lists near ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Feedback: its tone, the key of the mistake (or of what happened), and its messages."""

    tone: Tone
    key: str
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a learner stands on one objective, in words and why.

    `level` 0–4 and its `word`; `value` is L now and `threshold` where the gate opens, both in [0, 1];
    `left` says what is missing ("two more right first tries to Proficient"), `why` gives the evidence.
    """

    objective: str
    can: str
    level: int
    word: str
    value: float
    threshold: float
    left: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Another way on: `text` says what and why, `label` names the link to `notebook` (None: no link).

    `kind`: ``remedy``, ``prerequisite``, ``example``, ``person``, ``practice``, ``pace``, ``welcome``,
    ``enrichment``.
    """

    kind: str
    text: str
    label: str = ""
    notebook: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The review or the placement that a card belongs to.

    It is question `number` of `most` or fewer. Once it is `over` there is no next one; `told` says in
    words what came of it.
    """

    kind: Literal["review", "placement"]
    number: int
    most: int
    over: bool
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is due for review now: so many questions, in about so many minutes (ten at most), on what."""

    questions: int
    minutes: int
    objectives: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """The placement: `open` while one is under way (for `lesson`, None: the course), then what it found.

    `offered`: there is something left that could be skipped. `most`: so many questions at most.
    `known`: the sentences “I can …” that the last one found.
    """

    offered: bool
    open: bool
    most: int
    lesson: str | None = None
    known: tuple[str, ...] = ()


class NotTaken(RuntimeError):
    """What the learner did could not be taken (a hand-in, an answer in code); the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskResult:
    """One graded cell of what was handed in: `points` of `most`, None where a person is to read it."""

    task: str
    points: float | None
    most: float
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was handed in, and when (ISO 8601): the files `sent`, and in words where `to`.

    `points` of `most`, with `results` for each graded cell; None and empty where a class grades it.
    `opened` are the lessons that it unlocked.
    """

    lesson: str
    at: str
    sent: tuple[str, ...]
    to: str
    points: float | None
    most: float
    results: tuple[TaskResult, ...] = ()
    opened: tuple[LessonCard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The graded task of a lesson: so many graded cells, worth so many points; `last`: what was handed in.

    `notice` says what travels and where to, as long as nothing was ever handed in; it is read before that.
    """

    lesson: str
    graded: int
    points: float
    last: Receipt | None = None
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonCard:
    """One lesson on the map: `open` or not, what opens it in words, its notebook's file name.

    `may_skip`: there is something in it to say “I know this already” to. `extras`: the enrichment
    notebooks that lie in the workspace.
    """

    lesson: str
    title: str
    open: bool
    opens_when: str
    notebook: str
    objectives: tuple[Standing, ...]
    may_skip: bool = False
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The whole course as one learner sees it; `now` is the lesson that this page belongs to, if any.

    `due` is None where nothing is due for review; `next_due` (ISO 8601) says when something will be.
    `task` is there where the lesson `now` has a graded task that can be handed in.
    """

    course: str
    title: str
    lessons: tuple[LessonCard, ...]
    now: str | None
    preview: bool
    due: Due | None = None
    next_due: str | None = None
    placing: Placing | None = None
    offers: tuple[Offer, ...] = ()
    task: Task | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One check as it stands: what is asked, what was answered, what was told.

    `target` is what the page asked for (the id of an item, an objective or a lesson, REVIEW or PLACEMENT),
    `item` what it got. `round` is there for the last two, `offers` where another way on may help more.
    `variant` is opaque; whoever acts names it, and a stale one is refused. `ask` is the checker's
    `asks()` plus, for code, `starter` and `given` (names with a word on each).
    `response` is the last one given to this variant, or None. `opened` are lessons that the last
    act unlocked. `may_solve`: the worked solution may be asked for (two wrong tries, or all hints).
    """

    target: str
    item: str
    variant: str
    prompt: Message
    ask: Mapping[str, object]
    hints: tuple[Message, ...]
    hints_left: int
    may_solve: bool
    solution: Message | None
    response: object
    told: Told | None
    standing: Standing
    opened: tuple[LessonCard, ...] = ()
    round: Round | None = None
    offers: tuple[Offer, ...] = ()


def to_json(data: Card | Progress | LessonCard | Standing | Receipt) -> dict[str, object]:
    """Plain JSON data of a tutor's answer (tuples become lists when it is dumped)."""
    return asdict(data)


class Tutor(Protocol):
    """What a screen can ask of a tutor.

    Every `id` is a UUID made where the learner acted; the same one again changes nothing and is
    answered again (a resent click). A wrong `variant` raises `Stale`, an unknown name `NotFound`.
    All of them may be called from any thread.
    """

    def open(self, lesson: str | None) -> Progress:
        """The page of a lesson was opened: write what is unlocked, tell the progress."""

    def ask(self, target: str) -> Card:
        """The check of an item, an objective or a lesson: the open variant as it was left, else a first one.

        For REVIEW and PLACEMENT the question that the round is at. NotFound if nothing is due, or none began.
        """

    def answer(self, target: str, variant: str, response: object, *, id: str, ms: int | None = None) -> Card:
        """Judge a response. What cannot be read, or was not run to a value, is told and not counted.

        For code: ``{"code": source}``, whatever the item; a non-code item then takes the value made.
        """

    def hint(self, target: str, variant: str, *, id: str) -> Card:
        """Show one more hint."""

    def solution(self, target: str, variant: str, *, id: str) -> Card:
        """Show how this variant is solved."""

    def another(self, target: str, variant: str, *, id: str) -> Card:
        """Deal the next variant. In a placement, one left unanswered says “I have not learned this yet”."""

    def place(self, lesson: str | None = None, *, id: str) -> Progress:
        """Begin a placement: over all that is left of the course, or what a lesson teaches and builds on."""

    def leave(self, *, id: str) -> Progress:
        """End the placement under way: what it has found so far is kept, and nothing else is lost."""

    def hand_in(self, lesson: str, notebook: str, *, id: str) -> Receipt:
        """Hand in a lesson's graded task: `notebook` is the file's text, as it was saved.

        As often as wanted. NotTaken, with a sentence, where nothing can be taken.
        """

    def progress(self, lesson: str | None = None) -> Progress:
        """Where the learner stands, now."""
