"""What every checker is: a question's answer key that can ask, read, judge and compare."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar, Literal, Self

from checkers.message import Message
from checkers.result import FormatError, Result
from checkers.run import Runner

Shuffle = Callable[[Sequence[str]], list[str]]

Takes = Literal["answer", "value", "source"]


class Checker(ABC):
    """An answer key.

    A response (JSON) comes in; `parse` reads it or says what it cannot read; `check` judges the answer.
    Where `takes` is "value", the answer is code: a Runner turns it into a value and `check` judges that.
    Where it is "source", `check` takes the code itself and the Runner.
    """

    kind: ClassVar[str]
    """The control that a screen draws: choice, choices, number, text, ordering, code."""
    takes: ClassVar[Takes] = "answer"
    open: ClassVar[bool] = True
    """Whether the learner makes the answer (open) or picks it from what is shown (closed)."""

    @property
    def guess(self) -> float:
        """The chance of a right answer for someone who does not know: 1/choices if closed, else 0.05."""
        return 0.05

    @abstractmethod
    def asks(self) -> dict[str, object]:
        """What the control needs, as JSON. Never holds the answer (open) nor tells which it is (closed)."""

    @abstractmethod
    def right(self) -> object:
        """A response (JSON) that is right; None where only the author can give one (code)."""

    def arranged(self, shuffle: Shuffle) -> Self:  # noqa: ARG002 - most have nothing to arrange
        """The same key with what is shown put in an order that tells nothing."""
        return self

    @property
    def helps(self) -> tuple[Message, ...]:
        """What can be given, step by step and in words, to someone whose tries differ and all miss."""
        return ()

    def helped(self, steps: int) -> Self:  # noqa: ARG002 - most have no such help
        """The same key, which asks with so many of these steps given. It judges as before."""
        return self

    @abstractmethod
    def parse(self, response: object) -> object | FormatError:
        """Read a response: the answer in the form that `check` takes, or what is wrong with its form."""

    @abstractmethod
    def check(self, answer: object, runner: Runner | None = None) -> Result:
        """Judge an answer. Never raises for what the answer is."""

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:  # noqa: ARG002
        """Whether two answers are the same answer as far as this checker looks."""
        return one == other

    def expects(self, value: object) -> FormatError | None:  # noqa: ARG002
        """What is wrong with the kind of a value that code made, for value keys; None if it can be judged."""
        return None

    def respond(self, value: object) -> object | FormatError:
        """The response (JSON) that a value made in a ``%%check`` cell stands for."""
        return value

    def grade(self, response: object, runner: Runner | None = None) -> Result | FormatError:
        """Parse and check in one step (for keys that take an answer or source)."""
        answer = self.parse(response)
        return answer if isinstance(answer, FormatError) else self.check(answer, runner)
