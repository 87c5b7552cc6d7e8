"""Picking from options that are shown: one of them, or all that fit."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Self, TypeVar, cast

from checkers.checker import Checker, Shuffle
from checkers.kinds import kind_of
from checkers.message import Message
from checkers.result import FormatError, Result, refused, right, unreadable, wrong
from checkers.run import Runner

K = TypeVar("K", bound=Checker)

PICK_ONE: Final = "Nothing is picked yet. Pick the option that fits, then check."
PICK_SOME: Final = "Nothing is picked yet. Pick every option that fits, then check."
NO_OPTION: Final = "What came in is not one of the options. Pick from those that are shown, then check."
NOT_TEXT: Final = "Your code ends with {kind}. End it with the text of the option that you pick."
NOT_LIST: Final = "Your code ends with {kind}. End it with a list of the options that you pick."

OTHER: Final = (
    "That option does not answer the question. Compare it with the others: in what do they differ, and "
    "which of these differences does the question ask about?"
)
MISSING: Final = (
    "All that you picked fits: {hits}. It is not complete yet. Go through the options that you left out, "
    "one by one, and ask of each whether the question takes it in."
)
EXTRA: Final = (
    "You found all that fit, and picked more than these. Go through your picks one by one, and ask of each "
    "what in the question speaks for it."
)
MIXED: Final = (
    "Of your {picked} picks, {hits} fit and {extra} do not, and something is missing as well. Take each "
    "option by itself: does it hold, yes or no?"
)
ABOUT: Final = "Of your {picked} picks, {hits} fit. Look at “{option}” once more. {says}"
NONE_FITS: Final = (
    "None of your picks fits. Read the question once more, and take each option by itself: does it hold, "
    "yes or no?"
)


def _known(options: Sequence[str]) -> None:
    for option in options:
        if not isinstance(option, str) or not option.strip():
            raise ValueError(f"an option is {option!r}; expected a text (Markdown), like '`df.shape`'")
    twice = sorted({o for o in options if [p.strip() for p in options].count(o.strip()) > 1})
    if twice:
        raise ValueError(f"the options {twice} are there twice; each may be there once, right or wrong")


@dataclass(frozen=True, slots=True, init=False)
class Choice(Checker):
    """One right option among wrong ones. Options are Markdown; the response is the option's text as written.

    Give `wrong` as a dict to say of each wrong option what speaks against it: ``{option: what is told}``.
    The mistake's key is then "option-1" for the first of them, and so on. `pictures` are SVGs that are shown
    for options: ``{option: svg}``; the option says in words what its picture shows.
    """

    kind: ClassVar[str] = "choice"
    open: ClassVar[bool] = False

    right_one: str
    wrong: tuple[str, ...]
    says: tuple[str, ...]
    shown: tuple[str, ...]
    pictures: Mapping[str, str]

    def __init__(
        self,
        *,
        right: str,
        wrong: Sequence[str] | Mapping[str, str],
        pictures: Mapping[str, str] | None = None,
    ) -> None:
        if isinstance(wrong, str) or not wrong:
            raise ValueError(f"Choice has wrong={wrong!r}; expected a list of at least one wrong option")
        _known((right, *wrong))
        object.__setattr__(self, "right_one", right)
        object.__setattr__(self, "wrong", tuple(wrong))
        object.__setattr__(self, "says", _says(wrong))
        object.__setattr__(self, "shown", tuple(sorted((right, *wrong))))
        object.__setattr__(self, "pictures", pictures_of(pictures, self.shown))

    @property
    def guess(self) -> float:
        return 1 / len(self.shown)

    def asks(self) -> dict[str, object]:
        return {"kind": self.kind, "options": list(self.shown), **asked_pictures(self.pictures)}

    def right(self) -> str:
        return self.right_one

    def arranged(self, shuffle: Shuffle) -> Self:
        return _shown(self, shuffle(self.shown))

    def parse(self, response: object) -> str | FormatError:
        if response is None or response == "" or response == []:
            return unreadable("blank", PICK_ONE)
        option = _option(response, self.shown)
        return unreadable("no-option", NO_OPTION) if option is None else option

    def respond(self, value: object) -> str | FormatError:
        if type(value) is not str:
            return unreadable("not-text", NOT_TEXT, kind=kind_of(value))
        return value

    def check(self, answer: object, runner: Runner | None = None) -> Result:  # noqa: ARG002
        option = self.parse(answer)
        if isinstance(option, FormatError):
            return refused(option)
        if option == self.right_one:
            return right()
        if self.says:
            place = self.wrong.index(option)
            return wrong(f"option-{place + 1}", self.says[place])
        return Result(score=0.0, messages=(Message(key="other", template=OTHER),))


@dataclass(frozen=True, slots=True, init=False)
class MultipleChoice(Checker):
    """Every option that fits, among others. The response is a list of options, in any order.

    Part of the credit comes for part of the options, but not for picking at random, all or none: each
    wrong pick takes away what a right one gives, or more where there are fewer wrong ones than right.
    `wrong` may be a dict, as for `Choice`: what is told of the first wrong pick; so may `pictures`.
    """

    kind: ClassVar[str] = "choices"
    open: ClassVar[bool] = False

    right_ones: tuple[str, ...]
    wrong: tuple[str, ...]
    says: tuple[str, ...]
    shown: tuple[str, ...]
    pictures: Mapping[str, str]

    def __init__(
        self,
        *,
        right: Sequence[str],
        wrong: Sequence[str] | Mapping[str, str],
        pictures: Mapping[str, str] | None = None,
    ) -> None:
        if isinstance(right, str) or not right:
            raise ValueError(f"MultipleChoice has right={right!r}; expected a list of at least one option")
        if isinstance(wrong, str) or not wrong:
            raise ValueError(
                f"MultipleChoice has wrong={wrong!r}; expected a list of at least one wrong option"
            )
        _known((*right, *wrong))
        object.__setattr__(self, "right_ones", tuple(right))
        object.__setattr__(self, "wrong", tuple(wrong))
        object.__setattr__(self, "says", _says(wrong))
        object.__setattr__(self, "shown", tuple(sorted((*right, *wrong))))
        object.__setattr__(self, "pictures", pictures_of(pictures, self.shown))

    @property
    def guess(self) -> float:
        return 1 / float(2 ** len(self.shown) - 1)

    def asks(self) -> dict[str, object]:
        return {"kind": self.kind, "options": list(self.shown), **asked_pictures(self.pictures)}

    def right(self) -> list[str]:
        return list(self.right_ones)

    def arranged(self, shuffle: Shuffle) -> Self:
        return _shown(self, shuffle(self.shown))

    def parse(self, response: object) -> frozenset[str] | FormatError:
        if response is None or response == "":
            return unreadable("blank", PICK_SOME)
        if not isinstance(response, list | tuple | set | frozenset):
            return unreadable("no-option", NO_OPTION)
        if not response:
            return unreadable("blank", PICK_SOME)
        options = {_option(one, self.shown) for one in response}
        picked = frozenset(option for option in options if option is not None)
        return unreadable("no-option", NO_OPTION) if len(picked) < len(options) else picked

    def respond(self, value: object) -> list[str] | FormatError:
        if type(value) not in (list, tuple, set, frozenset):
            return unreadable("not-list", NOT_LIST, kind=kind_of(value))
        picked = list(cast("list[object]", value))
        if not all(type(one) is str for one in picked):
            return unreadable("not-list", NOT_LIST, kind=f"{kind_of(value)} that holds more than texts")
        return sorted(cast("list[str]", picked))

    def check(self, answer: object, runner: Runner | None = None) -> Result:  # noqa: ARG002
        picked = self.parse(answer)
        if isinstance(picked, FormatError):
            return refused(picked)
        rights = frozenset(self.right_ones)
        hits, extra = len(picked & rights), len(picked - rights)
        if picked == rights:
            return right()
        score = max(0.0, hits / len(rights) - extra / min(len(rights), len(self.wrong)))
        key, template = (
            ("none-fits", NONE_FITS)
            if not hits
            else ("missing", MISSING)
            if not extra
            else ("extra", EXTRA)
            if hits == len(rights)
            else ("mixed", MIXED)
        )
        counts: dict[str, object] = {"hits": hits, "extra": extra, "picked": len(picked)}
        if extra and self.says:
            place = next(n for n, option in enumerate(self.wrong) if option in picked)
            key, template = f"option-{place + 1}", ABOUT
            counts |= {"option": self.wrong[place], "says": self.says[place]}
        used = {name: count for name, count in counts.items() if f"{{{name}}}" in template}
        return Result(score=score, mistake=key, messages=(Message(key=key, template=template, params=used),))


def _says(wrong: Sequence[str] | Mapping[str, str]) -> tuple[str, ...]:
    if not isinstance(wrong, Mapping):
        return ()
    for option, says in wrong.items():
        if not isinstance(says, str) or not says.strip():
            raise ValueError(f"the wrong option {option!r} comes with {says!r}; expected what is told of it")
    return tuple(wrong.values())


def pictures_of(pictures: Mapping[str, str] | None, texts: Sequence[str]) -> dict[str, str]:
    """Pictures for some of the texts. Raises ValueError for one of a text that is not there."""
    given = dict(pictures or {})
    for text, picture in given.items():
        if text not in texts:
            raise ValueError(
                f"there is a picture for {text!r}; expected one of {', '.join(map(repr, texts))}"
            )
        if "<svg" not in picture:
            raise ValueError(f"the picture for {text!r} is {picture[:40]!r}; expected an SVG, as text")
    return given


def asked_pictures(pictures: Mapping[str, str]) -> dict[str, object]:
    """What a key with pictures asks besides; nothing where it has none."""
    return {"pictures": dict(pictures)} if pictures else {}


def _shown(key: K, options: Sequence[str]) -> K:
    arranged = copy.copy(key)
    object.__setattr__(arranged, "shown", tuple(options))
    return arranged


def _option(response: object, options: Sequence[str]) -> str | None:
    if type(response) is not str:
        return None
    return next((o for o in options if o == response or o.strip() == response.strip()), None)
