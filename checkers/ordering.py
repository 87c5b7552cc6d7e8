"""Lines to put in order (Parsons problems), with lines that do not belong and with indentation."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Final, Self

from checkers.checker import Checker, Shuffle
from checkers.explain import quoted
from checkers.kinds import kind_of
from checkers.message import Message
from checkers.result import FormatError, Result, refused, right, unreadable, wrong
from checkers.run import Runner

STEP: Final = 4
MOST_LEVELS: Final = 12

BLANK: Final = "No line is in place yet. Put the lines in order, then check."
NO_LINES: Final = "What came in are not the lines that are shown. Put those in order, then check."
NOT_LINES: Final = "Your code ends with {kind}. End it with a list of the lines, in order."
TWICE: Final = "The line `{line}` is there more often than it is shown. Use each line once."

DISTRACTOR: Final = (
    "The line `{line}` does not belong here. Compare it with the lines that look like it: what does it do "
    "differently?"
)
MISSING: Final = (
    "The lines that you placed belong here, and {count} more are needed. Read your lines from the top: "
    "after which one is a step missing?"
)
MISSING_ONE: Final = (
    "The lines that you placed belong here, and one more is needed. Read your lines from the top: after "
    "which one is a step missing?"
)
FIRST: Final = (
    "The right lines are there. The first one has to be another: what has to exist before `{line}` can run?"
)
ORDER: Final = (
    "The first {good} fit. Line {place}, `{line}`, comes too early: look for what has to happen before it."
)
ORDER_ONE: Final = (
    "The first line fits. Line 2, `{line}`, comes too early: look for what has to happen before it."
)
DEEPER: Final = (
    "All lines are in order. Line {place}, `{line}`, has to stand further in: which line above does it "
    "belong to?"
)
FLATTER: Final = (
    "All lines are in order. Line {place}, `{line}`, stands too far in: does it belong to the block above "
    "it, or come after it?"
)

# The same of things that are no lines of code.
NOTHING_PLACED: Final = "Nothing is in place yet. Put all in order, then check."
NOT_THINGS: Final = "What came in is not what is shown. Put that in order, then check."
DOES_NOT_BELONG: Final = (
    "{line} does not belong here. Look at it by itself: what makes it different from the rest?"
)
PLACE_MORE: Final = "What is placed belongs there. {count} more to place: where does each go?"
PLACE_ONE: Final = "What is placed belongs there. One more to place: where does it go?"
FIRST_OF_ALL: Final = "All are there. The first one has to be another: which of them comes before {line}?"
TOO_EARLY: Final = "The first {good} are right. Then comes {line}, and that is too early: which one is next?"
TOO_EARLY_ONE: Final = "The first one is right. Then comes {line}, and that is too early: which one is next?"

LINE_OUT = Message(key="help-line-out", template="One line that does not belong is taken out.")
LAST_LINE_OUT = Message(
    key="help-last-line-out",
    template="One line that does not belong is taken out: all that are left are needed.",
)
INDENTED = Message(
    key="help-indented", template="How far each line stands in is given now: what is left is their order."
)
JOINED = Message(key="help-joined", template="Two lines that follow each other are joined.")
THING_OUT = Message(key="help-line-out", template="One that does not belong is taken out.")
LAST_THING_OUT = Message(
    key="help-last-line-out", template="One that does not belong is taken out: all that are left are needed."
)
OUT: Final = (LINE_OUT, LAST_LINE_OUT, THING_OUT, LAST_THING_OUT)
FEWEST_BLOCKS: Final = 3

OF_THINGS: Final[Mapping[str, str]] = {
    DISTRACTOR: DOES_NOT_BELONG,
    MISSING: PLACE_MORE,
    MISSING_ONE: PLACE_ONE,
    FIRST: FIRST_OF_ALL,
    ORDER: TOO_EARLY,
    ORDER_ONE: TOO_EARLY_ONE,
}

Lines = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, init=False)
class Ordering(Checker):
    """Lines in their right order, among `distractors` that do not belong.

    The response is the list of lines as placed, four spaces of indentation a level; with ``indent=False``
    indentation does not count. With ``code=False`` they are no lines of code but short texts, spoken of and
    shown as such; nor are they indented. `before` allows several orders: for the place of a line (from 0)
    the places of the lines that have to come before it; without it, only the order given is right.
    As help, lines that do not belong are taken out, then indentation is given, then lines are joined (the
    order of these steps: Ericson, Foley & Rick 2018): what is shown changes, what is right does not.
    """

    kind: ClassVar[str] = "ordering"
    open: ClassVar[bool] = False

    lines: Lines
    distractors: tuple[str, ...]
    indent: bool
    before: Mapping[int, tuple[int, ...]] | None
    shown: tuple[str, ...]
    steps: int
    code: bool

    def __init__(
        self,
        lines: Sequence[str] | str,
        *,
        distractors: Sequence[str] = (),
        indent: bool = True,
        code: bool = True,
        before: Mapping[int, Sequence[int]] | None = None,
    ) -> None:
        given = [line for line in (lines.splitlines() if isinstance(lines, str) else lines) if line.strip()]
        if len(given) < 2:
            raise ValueError(f"Ordering is given {given!r}; expected at least two lines")
        if isinstance(distractors, str):
            raise ValueError(f"Ordering has distractors={distractors!r}; expected a list of lines")
        read = tuple(_level(line) for line in given)
        for _, line in read:
            if line in {d.strip() for d in distractors}:
                raise ValueError(f"the line {line!r} is there as a right one and as a distractor")
        for place, earlier in (before or {}).items():
            if not all(0 <= n < len(read) for n in (*earlier, place)):
                raise ValueError(f"before has {place}: {earlier!r}; places run from 0 to {len(read) - 1}")
        set_ = object.__setattr__
        set_(self, "lines", read)
        set_(self, "distractors", tuple(d.strip() for d in distractors))
        set_(self, "indent", indent and code)
        set_(self, "code", code)
        set_(self, "before", None if before is None else {n: tuple(e) for n, e in before.items()})
        if self._good([text for _, text in read]) < len(read):
            raise ValueError(
                f"before={before!r} does not allow the lines in the order in which they are given"
            )
        set_(self, "steps", 0)
        set_(self, "shown", self._unordered(sorted([*(text for _, text in read), *self.distractors])))

    @property
    def guess(self) -> float:
        return 1 / math.factorial(min(len(self.lines), 12))

    def asks(self) -> dict[str, object]:
        asks: dict[str, object] = {"kind": self.kind, "blocks": list(self.shown), "indent": self.indent}
        if not self.code:
            asks |= {"code": False, "spare": bool(self.distractors)}
        if not self.steps:
            return asks
        given = self.helps[: self.steps]
        indent = self.indent and INDENTED not in given
        return {
            **asks,
            "blocks": self._blocks(sum(given.count(step) for step in OUT), given.count(JOINED)),
            "indent": indent,
            "help": [message.text for message in given],
        }

    @property
    def helps(self) -> tuple[Message, ...]:
        count = len(self.distractors)
        one, last = (LINE_OUT, LAST_LINE_OUT) if self.code else (THING_OUT, LAST_THING_OUT)
        out = (*[one] * (count - 1), last) if count else ()
        if not self.code:
            return out  # what is compared is not joined
        indented = (INDENTED,) if self.indent and any(level for level, _ in self.lines) else ()
        return (*out, *indented, *[JOINED] * max(0, len(self.lines) - FEWEST_BLOCKS))

    def helped(self, steps: int) -> Self:
        helped = copy.copy(self)
        object.__setattr__(helped, "steps", min(steps, len(self.helps)))
        return helped

    def right(self) -> list[str]:
        return [" " * (STEP * level * self.indent) + text for level, text in self.lines]

    def arranged(self, shuffle: Shuffle) -> Self:
        arranged = copy.copy(self)
        object.__setattr__(arranged, "shown", self._unordered(shuffle(self.shown)))
        return arranged

    def parse(self, response: object) -> Lines | FormatError:
        if response is None or response == [] or response == "":
            return unreadable("blank", BLANK if self.code else NOTHING_PLACED)
        strange = NO_LINES if self.code else NOT_THINGS
        if not isinstance(response, list | tuple) or not all(type(line) is str for line in response):
            return unreadable("no-lines", strange)
        read = tuple(_level(line) for line in response)
        texts = [text for _, text in read]
        for text in texts:
            if text not in self.shown:
                return unreadable("no-lines", strange)
            if texts.count(text) > self.shown.count(text):
                return unreadable("line-twice", TWICE, line=quoted(text, 60))
        return read

    def respond(self, value: object) -> list[str] | FormatError:
        if type(value) in (list, tuple) and all(type(line) is str for line in value):  # type: ignore[attr-defined]
            return list(value)  # type: ignore[call-overload, no-any-return]
        return unreadable("not-lines", NOT_LINES, kind=kind_of(value))

    def check(self, answer: object, runner: Runner | None = None) -> Result:  # noqa: ARG002
        read = self._read(answer)
        if isinstance(read, FormatError):
            return refused(read)
        texts = [text for _, text in read]
        for text in texts:
            if text in self.distractors:
                return wrong("distractor", self._says(DISTRACTOR), line=quoted(text, 60))
        good = self._good(texts)
        score = good / (2 * len(self.lines)) if good > 1 else 0.0
        if len(texts) < len(self.lines):
            count = len(self.lines) - len(texts)
            if count == 1:
                return wrong("missing-line", self._says(MISSING_ONE))
            return wrong("missing-line", self._says(MISSING), count=count)
        if good == 0:
            return wrong("order", self._says(FIRST), line=quoted(texts[0], 60))
        if good < len(texts):
            line = quoted(texts[good], 60)
            if good == 1:
                return wrong("order", self._says(ORDER_ONE), line=line)
            place: dict[str, object] = {"place": good + 1} if self.code else {}
            return wrong("order", self._says(ORDER), score=score, good=good, line=line, **place)
        return self._indentation(read) or right()

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:  # noqa: ARG002
        first, second = self._read(one), self._read(other)
        if isinstance(first, FormatError) or isinstance(second, FormatError):
            return False
        return first == second if self.indent else [t for _, t in first] == [t for _, t in second]

    def _says(self, template: str) -> str:
        return template if self.code else OF_THINGS[template]

    def _read(self, answer: object) -> Lines | FormatError:
        if isinstance(answer, tuple) and answer and all(type(line) is tuple for line in answer):
            answer = [" " * (STEP * level) + text for level, text in answer]
        return self.parse(answer)

    def _places(self, texts: Sequence[str]) -> list[int]:
        """The right place of each line; equal lines take theirs in turn."""
        free: dict[str, list[int]] = {}
        for place, (_, text) in enumerate(self.lines):
            free.setdefault(text, []).append(place)
        return [free[text].pop(0) for text in texts]

    def _good(self, texts: Sequence[str]) -> int:
        """How many lines from the top may stand as they stand."""
        placed: set[int] = set()
        for n, place in enumerate(self._places(texts)):
            needs = range(place) if self.before is None else self.before.get(place, ())
            if not placed.issuperset(needs):
                return n
            placed.add(place)
        return len(texts)

    def _indentation(self, read: Lines) -> Result | None:
        if not self.indent:
            return None
        for n, ((level, text), place) in enumerate(
            zip(read, self._places([t for _, t in read]), strict=True)
        ):
            wanted = self.lines[place][0]
            if level != wanted:
                key, template = ("too-flat", DEEPER) if level < wanted else ("too-deep", FLATTER)
                return wrong(key, template, score=0.5, place=n + 1, line=quoted(text, 60))
        return None

    def _blocks(self, out: int, joined: int) -> list[str]:
        """What is shown with so many distractors out and so many lines joined to the one before."""
        gone = self.distractors[:out]
        left = [text for text in self.shown if text not in gone]
        flat = INDENTED in self.helps and INDENTED not in self.helps[: self.steps]
        groups = [[(0 if flat else level, text)] for level, text in self.lines]
        for _ in range(joined):
            sizes = [len(one) + len(other) for one, other in pairwise(groups)]
            at = sizes.index(min(sizes))
            groups[at : at + 2] = [groups[at] + groups[at + 1]]
        groups += [[(0, text)] for text in left if text in self.distractors]
        groups.sort(key=lambda group: left.index(group[0][1]))
        for turn in range(len(groups)):  # as in `_unordered`: not the right order by chance
            turned = [*groups[turn:], *groups[:turn]]
            texts = [text for group in turned for _, text in group if text not in self.distractors]
            if self._good(texts) < len(texts):
                groups = turned
                break
        step = STEP * self.indent
        return ["\n".join(" " * (step * level) + text for level, text in group) for group in groups]

    def _unordered(self, blocks: Sequence[str]) -> tuple[str, ...]:
        """The blocks in an order that is not the right one: turned until the lines are out of order."""
        for turn in range(len(blocks)):
            turned = [*blocks[turn:], *blocks[:turn]]
            lines = [block for block in turned if block not in self.distractors]
            if self._good(lines) < len(lines):
                return tuple(turned)
        return tuple(blocks)  # every order is right


def _level(line: str) -> tuple[int, str]:
    """A line's level and its text; a tab counts as four spaces, and a level begun counts as one."""
    text = line.expandtabs(STEP)
    spaces = len(text) - len(text.lstrip())
    return min(-(-spaces // STEP), MOST_LEVELS), text.strip()
