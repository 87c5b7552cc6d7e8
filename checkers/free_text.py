"""A text in one's own words, compared by the learner with an example and with what a good one holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from checkers.checker import Checker
from checkers.kinds import kind_of
from checkers.message import Message
from checkers.result import FormatError, Result, refused, right, unreadable
from checkers.run import Runner

MOST: Final = 5_000

BLANK: Final = "There is no text here yet. Write yours first: it is yours that you learn from."
SHORT: Final = "Your text has {found} words; write at least {least}, in whole sentences, then compare."
TOO_LONG: Final = "Your text has {found:,} characters; at most {most:,} are kept. Say it more briefly."
NOT_TEXT: Final = "What came in is no text. Write it in the field, then compare."
NOT_MET: Final = "Say yes or no for each of the {count} points."
NOT_STR: Final = "Your code ends with {kind}. End it with your text, in quotes."
ASSESS: Final = "Your text is kept. Here is one that does what was asked:"
THEN: Final = "Which of these does yours do, too? Say yes or no for each."
PART: Final = "Your text does {met} of {count}. The next to bring in: "
NONE: Final = "Your text is a beginning. The first to bring in: "
HOW: Final = " Put it into a sentence of your own."


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """A text, and for each criterion whether its writer finds it there."""

    text: str
    met: tuple[bool, ...]


@dataclass(frozen=True, slots=True, init=False)
class FreeText(Checker):
    """A text that its writer assesses.

    First the text is written (``{"text": …}``): it is no answer yet, and what comes back shows the `exemplar`
    and the `criteria`, statements of which each is met or not ("It names the median."). Then the writer says
    which are met (``{"text": …, "met": [true, false]}``): the score is their share. `least`: fewest words.
    """

    kind: ClassVar[str] = "free-text"

    criteria: tuple[str, ...]
    exemplar: str
    least: int

    def __init__(self, *, criteria: Sequence[str], exemplar: str, least: int = 5) -> None:
        if (
            isinstance(criteria, str)
            or not criteria
            or not all(isinstance(c, str) and c.strip() for c in criteria)
        ):
            raise ValueError(
                f"FreeText has criteria={criteria!r}; expected a list of statements, like ['It "
                f"names the median.']"
            )
        if not isinstance(exemplar, str) or not exemplar.strip():
            raise ValueError(f"FreeText has exemplar={exemplar!r}; expected a text that meets all criteria")
        set_ = object.__setattr__
        set_(self, "criteria", tuple(criteria))
        set_(self, "exemplar", exemplar)
        set_(self, "least", least)

    @property
    def guess(self) -> float:
        """Who does not know may well find everything in a text of their own: it weighs little."""
        return 0.5

    def asks(self) -> dict[str, object]:
        return {"kind": self.kind, "criteria": len(self.criteria), "least": self.least}

    def right(self) -> dict[str, object]:
        return {"text": self.exemplar, "met": [True] * len(self.criteria)}

    def parse(self, response: object) -> Assessed | FormatError:
        text = response.get("text") if type(response) is dict else response
        if text is None or text == "":
            return unreadable("blank", BLANK)
        if type(text) is not str:
            return unreadable("not-text", NOT_TEXT)
        if not text.strip():
            return unreadable("blank", BLANK)
        if len(text) > MOST:
            return unreadable("too-long", TOO_LONG, found=len(text), most=MOST)
        words = len(text.split())
        if words < self.least and text != self.exemplar:
            return unreadable("too-short", SHORT, found=words, least=self.least)
        met = response.get("met") if type(response) is dict else None
        if met is None or met == []:
            return FormatError(message=Message(key="assess", template=self._assess()), begun=True)
        if (
            type(met) not in (list, tuple)
            or len(met) != len(self.criteria)
            or not all(type(m) is bool for m in met)
        ):
            return unreadable("not-met", NOT_MET, count=len(self.criteria))
        return Assessed(text=text, met=tuple(met))

    def _assess(self) -> str:
        exemplar = "\n".join(f"> {line}" for line in self.exemplar.strip().splitlines())
        criteria = "\n".join(f"{n}. {one}" for n, one in enumerate(self.criteria, 1))
        return f"{ASSESS}\n\n{exemplar}\n\n{THEN}\n\n{criteria}"

    def respond(self, value: object) -> object | FormatError:
        if type(value) is str:
            return {"text": value}
        return value if type(value) is dict else unreadable("not-text", NOT_STR, kind=kind_of(value))

    def check(self, answer: object, runner: Runner | None = None) -> Result:  # noqa: ARG002
        given = answer if isinstance(answer, Assessed) else self.parse(answer)
        if isinstance(given, FormatError):
            return refused(given)
        if all(given.met):
            return right()
        place, met = given.met.index(False), sum(given.met)
        key = f"criterion-{place + 1}"
        template = (PART if met else NONE) + f"*{self.criteria[place].rstrip('.')}.*" + HOW
        params: dict[str, object] = {"met": met, "count": len(given.met)} if met else {}
        score = met / len(given.met)
        return Result(
            score=score, mistake=key, messages=(Message(key=key, template=template, params=params),)
        )

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:  # noqa: ARG002
        """Whether the same criteria are met: mistakes of an author are criteria that are missing."""
        first = one if isinstance(one, Assessed) else self.parse(one)
        second = other if isinstance(other, Assessed) else self.parse(other)
        if isinstance(first, FormatError) or isinstance(second, FormatError):
            return False
        return first.met == second.met
