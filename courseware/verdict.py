"""A response to a question, judged: parsed, run if it is code, checked, its mistake named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checkers.message import Message
from checkers.result import FormatError, Result
from checkers.run import NOTHING, Job, Made, Runner
from courseware.items import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """The code ran into an exception or its time limit, or made no value to judge: not an attempt."""

    message: Message
    made: Made


Verdict = Result | FormatError | NoAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Where responses are judged: the runner for code, what the course gives every run, and the folder."""

    runner: Runner
    given: Sequence[str] = ()
    folder: Path | None = None

    def job(self, question: Question, source: str) -> Job:
        return Job(
            source=source,
            given=tuple(self.given),
            names=dict(question.given),
            folder=None if self.folder is None else str(self.folder),
        )


def judge(question: Question, response: object, bench: Bench) -> Verdict:
    """Judge a response (JSON). Never raises for what the response is."""
    key = question.answer
    answer = key.parse(response)
    if isinstance(answer, FormatError):
        return answer
    if key.takes == "value":
        made = bench.runner.run(bench.job(question, str(answer))).made
        return judge_made(question, made, bench)
    return judge_answer(question, answer, bench)


def judge_made(question: Question, made: Made, bench: Bench) -> Verdict:
    """Judge what a run came to: its value, or why there is none."""
    from checkers.explain import explain

    if made.raised or made.timed_out or made.value is NOTHING:
        return NoAnswer(message=explain(made), made=made)
    return judge_answer(question, made.value, bench)


def judge_answer(question: Question, answer: object, bench: Bench) -> Result:
    """Judge an answer in the form that the key takes, and name its mistake if it is a known one."""
    key = question.answer
    result = key.check(answer, bench.runner)
    if result.correct:
        return result
    for mistake in question.mistakes:
        theirs = key.parse(mistake.response)
        if isinstance(theirs, FormatError):
            continue
        if key.takes == "value":
            theirs = bench.runner.run(bench.job(question, str(theirs))).made.value
            if theirs is NOTHING:
                continue
        if key.same(answer, theirs, bench.runner):
            said = question.message(mistake.key, mistake.says)
            return Result(score=result.score, mistake=mistake.key, messages=(said,), parts=result.parts)
    return result
