"""Matching: each on the left with the one on the right that belongs to it."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from checkers.checker import Checker, Shuffle
from checkers.choice import asked_pictures, pictures_of
from checkers.explain import quoted
from checkers.kinds import kind_of
from checkers.message import Message
from checkers.result import FormatError, Result, refused, right, unreadable
from checkers.run import Runner

BLANK: Final = "Nothing is matched yet. Choose a partner for each on the left, then check."
INCOMPLETE: Final = "{count} on the left have no partner yet. Choose one for each, then check."
INCOMPLETE_ONE: Final = "One on the left has no partner yet. Choose one for each, then check."
NOT_PAIRS: Final = "What came in are not pairs of those that are shown. Match these, then check."
NOT_DICT: Final = "Your code ends with {kind}. End it with a dict from each on the left to its partner."

EXCHANGED: Final = (
    "All fit but two: “{one}” and “{other}” have each other's partner. What tells these two apart?"
)
DISTRACTOR: Final = (
    "“{partner}” belongs to none of them. What about “{one}” made it look right, and which partner says that "
    "better?"
)
TWICE: Final = (
    "“{partner}” is there for “{one}” and for “{other}”, and belongs to one of them. What tells "
    "these two apart?"
)
IN_A_CIRCLE: Final = (
    "All fit but {count}, which have each other's partners. Begin with “{one}”: which of these partners says "
    "the same in other words?"
)
ONE: Final = (
    "All fit but one: “{one}” is not “{partner}”. Say in your own words what it is, then look for the "
    "partner that says the same."
)
SOME: Final = (
    "{hits} of {count} fit. Begin with “{one}”: say in your own words what it is, then look for "
    "the partner that "
    "says the same."
)
NONE: Final = (
    "None fits yet. Begin with the one that you know best: say in your own words what it is, "
    "then look for the "
    "partner that says the same."
)

Pairs = Mapping[str, str]


@dataclass(frozen=True, slots=True, init=False)
class Matching(Checker):
    """Pairs to find, among `distractors` on the right that belong to nothing.

    `pairs` maps each on the left to its partner (Markdown); several may share a partner. `pictures` are SVGs
    that are shown for some on the left: ``{left: svg}``. The response is a map like `pairs`. Part of the
    pairs gives part of the credit, less what guessing gives: one in n of n different ones.
    """

    kind: ClassVar[str] = "matching"
    open: ClassVar[bool] = False

    pairs: tuple[tuple[str, str], ...]
    distractors: tuple[str, ...]
    left: tuple[str, ...]
    shown: tuple[str, ...]
    pictures: Mapping[str, str]

    def __init__(
        self, pairs: Pairs, *, distractors: Sequence[str] = (), pictures: Mapping[str, str] | None = None
    ) -> None:
        if len(pairs) < 2:
            raise ValueError(f"Matching is given {pairs!r}; expected a dict with at least two pairs")
        if isinstance(distractors, str):
            raise ValueError(f"Matching has distractors={distractors!r}; expected a list of texts")
        for text in (*pairs, *pairs.values(), *distractors):
            if not isinstance(text, str) or not text.strip():
                raise ValueError(f"Matching has {text!r}; expected texts (Markdown) on both sides")
        partners = dict.fromkeys(pairs.values())
        if both := sorted(partners.keys() & set(distractors)):
            raise ValueError(f"Matching has {both} as partners and as distractors; expected them once")
        if len(partners) + len(distractors) < 2:
            raise ValueError("Matching has one partner for all; expected at least two to choose from")
        set_ = object.__setattr__
        set_(self, "pairs", tuple(pairs.items()))
        set_(self, "distractors", tuple(distractors))
        set_(self, "left", tuple(sorted(pairs)))
        set_(self, "shown", tuple(sorted((*partners, *distractors))))
        set_(self, "pictures", pictures_of(pictures, self.left))

    @property
    def guess(self) -> float:
        free, count = len(self.shown), len(self.pairs)
        return 1 / (math.perm(free, count) if self._once else free**count)

    @property
    def _once(self) -> bool:
        """Whether each partner belongs to one on the left."""
        return len({partner for _, partner in self.pairs}) == len(self.pairs)

    def asks(self) -> dict[str, object]:
        asks: dict[str, object] = {"kind": self.kind, "left": list(self.left), "right": list(self.shown)}
        return asks | asked_pictures(self.pictures)

    def right(self) -> dict[str, str]:
        return dict(self.pairs)

    def arranged(self, shuffle: Shuffle) -> Self:
        arranged = copy.copy(self)
        object.__setattr__(arranged, "left", tuple(shuffle(self.left)))
        object.__setattr__(arranged, "shown", tuple(shuffle(self.shown)))
        return arranged

    def parse(self, response: object) -> dict[str, str] | FormatError:
        if response is None or response == "" or response == {}:
            return unreadable("blank", BLANK)
        if type(response) is not dict:
            return unreadable("no-pairs", NOT_PAIRS)
        given = {key: value for key, value in response.items() if value not in (None, "")}
        if not all(type(k) is str and k in self.left for k in given):
            return unreadable("no-pairs", NOT_PAIRS)
        if not all(type(v) is str and v in self.shown for v in given.values()):
            return unreadable("no-pairs", NOT_PAIRS)
        missing = len(self.left) - len(given)
        if missing == len(self.left):
            return unreadable("blank", BLANK)
        if missing == 1:
            return unreadable("incomplete", INCOMPLETE_ONE)
        return unreadable("incomplete", INCOMPLETE, count=missing) if missing else given

    def respond(self, value: object) -> object | FormatError:
        return value if type(value) is dict else unreadable("not-pairs", NOT_DICT, kind=kind_of(value))

    def check(self, answer: object, runner: Runner | None = None) -> Result:  # noqa: ARG002
        given = self.parse(answer)
        if isinstance(given, FormatError):
            return refused(given)
        wrong = [one for one, partner in self.pairs if given[one] != partner]
        if not wrong:
            return right()
        hits, count = len(self.pairs) - len(wrong), len(self.pairs)
        by_chance = 1.0 if self._once else count / len(self.shown)
        score = max(0.0, (hits - by_chance) / (count - by_chance)) if count > by_chance else 0.0
        key, template, params = self._why(given, wrong, hits)
        return Result(
            score=score,
            mistake=key,
            messages=(Message(key=key or "some-fit", template=template, params=params),),
        )

    def _why(
        self, given: Pairs, wrong: Sequence[str], hits: int
    ) -> tuple[str | None, str, dict[str, object]]:
        partners = dict(self.pairs)
        for one in wrong:
            if given[one] in self.distractors:
                return "distractor", DISTRACTOR, {"partner": quoted(given[one], 60), "one": quoted(one, 60)}
        one = wrong[0]
        if len(wrong) == 2 and given[one] == partners[wrong[1]] and given[wrong[1]] == partners[one]:
            return "exchanged", EXCHANGED, {"one": quoted(one, 60), "other": quoted(wrong[1], 60)}
        for one in wrong:
            for other in self.left:
                if self._once and other != one and given[other] == given[one]:
                    names = {"one": quoted(one, 60), "other": quoted(other, 60)}
                    return "twice", TWICE, {"partner": quoted(given[one], 60), **names}
        if not hits:
            return "none-fits", NONE, {}
        if len(wrong) == 1:
            return "one-wrong", ONE, {"one": quoted(wrong[0], 60), "partner": quoted(given[wrong[0]], 60)}
        if sorted(given[each] for each in wrong) == sorted(partners[each] for each in wrong):
            return "in-a-circle", IN_A_CIRCLE, {"count": len(wrong), "one": quoted(wrong[0], 60)}
        return None, SOME, {"hits": hits, "count": len(self.pairs), "one": quoted(wrong[0], 60)}
