"""What became of one response: whether it was right, and what its checker said."""

from __future__ import annotations

from dataclasses import dataclass

from checkers import Checker, FormatError, Result
from checkers.run import Runner


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One response of a corpus, judged.

    `of` names the question, `slip` how the response was made ("" for a right one). `right` is what the
    corpus says, known without the checker. `mistake` is None for the fallback message.
    """

    checker: str
    of: str
    response: str
    slip: str
    right: bool
    score: float
    mistake: str | None
    feedback: str

    @property
    def rejected(self) -> bool:
        return self.score < 0.999


def told(checker: str, of: str, response: object, slip: str, right: bool, result: Result) -> Told:
    """A response with its verdict."""
    return Told(
        checker=checker,
        of=of,
        response=str(response),
        slip=slip,
        right=right,
        score=result.score,
        mistake=result.mistake,
        feedback=result.feedback,
    )


def judged(
    checker: str,
    of: str,
    key: Checker,
    response: object,
    slip: str = "",
    *,
    right: bool = False,
    runner: Runner | None = None,
) -> Told:
    """A response (JSON) as its key judges it. What cannot be read is rejected, with what is said of it."""
    result = key.grade(response, runner)
    if isinstance(result, FormatError):
        result = Result(score=0.0, mistake=result.message.key, messages=(result.message,))
    return told(checker, of, response, slip, right, result)
