"""What a checker says of a response."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from checkers.message import Message

RIGHT: Final = 0.999
"""A score from here on counts as right (floating-point sums of parts may miss 1 by a little)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatError:
    """The response cannot be read as an answer: nothing was answered yet, and nothing is lost.

    `begun`: it is the first half of an answer, which is kept (as code is that made no value).
    """

    message: Message
    begun: bool = False

    def at(self, place: str, /, **params: object) -> FormatError:
        """The same with its place before it (see `Message.at`)."""
        return replace(self, message=self.message.at(place, **params))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One separately scored part of a response: `name`, share of the whole `weight`, `score` in [0, 1]."""

    name: str
    weight: float
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The verdict on one response.

    `score` is in [0, 1]; `mistake` is the key of the recognised mistake or None; `messages` say what
    is right, what is not, and one next step; `parts` are there where partial credit was given.
    """

    score: float
    mistake: str | None = None
    messages: tuple[Message, ...] = ()
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.score <= 1:  # also refuses NaN
            raise ValueError(f"a score is between 0 and 1, not {self.score!r}")

    @property
    def correct(self) -> bool:
        return self.score >= RIGHT

    @property
    def feedback(self) -> str:
        """All messages as one text (Markdown paragraphs)."""
        return "\n\n".join(message.text for message in self.messages)

    def at(self, place: str, /, **params: object) -> Result:
        """The same verdict, with the place that it is about before what it says (see `Message.at`)."""
        if not self.messages:
            return self
        first, *others = self.messages
        return replace(self, messages=(first.at(place, **params), *others))

    def points(self, most: float = 1.0) -> float:
        """The score as points out of `most`: what an nbgrader test cell may end with."""
        return float(self.score * most)

    def require(self) -> None:
        """Do nothing if right, raise AssertionError with the feedback if not."""
        if not self.correct:
            raise AssertionError(self.feedback or "That is not right yet.")

    def to_json(self) -> dict[str, object]:
        return {
            "score": self.score,
            "mistake": self.mistake,
            "messages": [message.to_json() for message in self.messages],
            "parts": [{"name": p.name, "weight": p.weight, "score": p.score} for p in self.parts],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Result:
        messages, parts = data.get("messages") or [], data.get("parts") or []
        assert isinstance(messages, list)
        assert isinstance(parts, list)
        score, mistake = data["score"], data.get("mistake")
        assert isinstance(score, int | float)
        return cls(
            score=score,
            mistake=None if mistake is None else str(mistake),
            messages=tuple(Message.from_json(m) for m in messages),
            parts=tuple(Part(**p) for p in parts),
        )


def right(*messages: Message) -> Result:
    """The verdict *right*."""
    return Result(score=1.0, messages=messages)


def wrong(key: str, template: str, /, *, score: float = 0.0, **params: object) -> Result:
    """The verdict *not yet*, with one message whose key names the mistake."""
    return Result(score=score, mistake=key, messages=(Message(key=key, template=template, params=params),))


def unreadable(key: str, template: str, /, **params: object) -> FormatError:
    """A format error with its message."""
    return FormatError(message=Message(key=key, template=template, params=params))


def refused(error: FormatError) -> Result:
    """The verdict on something that cannot be read, where a verdict has to be given all the same."""
    return Result(score=0.0, mistake=error.message.key, messages=(error.message,))
