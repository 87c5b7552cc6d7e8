"""A response to a question, judged: parsed, run if it is code, checked, its mistake named."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from checkers.code import is_code, read_code
from checkers.message import Message
from checkers.result import FormatError, Result
from checkers.run import NOTHING, Job, Made, Outcome, Runner
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
            names={"display": print, **question.given},  # a notebook's cells have it, and so has code here
            folder=None if self.folder is None else str(self.folder),
        )

    def runner_for(self, question: Question) -> Runner:
        """The runner for a key that runs source itself: its jobs start with what the question gives."""
        return _Prepared(bench=self, question=question)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    bench: Bench
    question: Question

    def run(self, job: Job) -> Outcome:
        start = self.bench.job(self.question, job.source)
        return self.bench.runner.run(
            replace(
                job,
                given=(*start.given, *job.given),
                names={**start.names, **job.names},
                folder=job.folder or start.folder,
            )
        )

    def warm(self, given: tuple[str, ...]) -> None:
        self.bench.runner.warm((*self.bench.given, *given))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A verdict, and the response that it is on in the form that is logged and replayed.

    Where code answered a question that takes no code, that is the answer that the code made
    (84, not ``{"code": "len(df)"}``); else the response as it came.
    """

    response: object
    verdict: Verdict


def plain(data: object) -> tuple[object, int]:
    """JSON data without halves of characters (no page, file or log takes them), and its size in bytes.

    Raises TypeError, ValueError or RecursionError for what is no JSON.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    try:
        return data, len(text.encode())
    except UnicodeEncodeError:
        whole = text.encode("utf-8", "replace")
        return json.loads(whole), len(whole)


def judge(question: Question, response: object, bench: Bench) -> Judged:
    """Judge a response (JSON). Never raises for what the response is.

    ``{"code": …}`` is taken by every key: one that takes an answer is given the value that the code makes.
    What comes back can be logged and shown: what code makes may hold halves of characters, this does not.
    """
    judged = _judge(question, response, bench)
    verdict = judged.verdict
    if isinstance(verdict, Result):
        verdict = replace(verdict, messages=tuple(map(_tellable, verdict.messages)))
    else:
        verdict = replace(verdict, message=_tellable(verdict.message))
    return replace(judged, verdict=verdict)


def _tellable(message: Message) -> Message:
    params, _ = plain(dict(message.params))
    return message if params == message.params else replace(message, params=cast("dict[str, object]", params))


def _judge(question: Question, response: object, bench: Bench) -> Judged:
    key = question.answer
    if key.takes == "answer" and is_code(response):
        return _judge_by_code(question, response, bench)
    answer = key.parse(response)
    if isinstance(answer, FormatError):
        return Judged(response=response, verdict=answer)
    if key.takes == "value":
        source = str(answer)
        made = bench.runner.run(bench.job(question, source)).made
        return Judged(response=response, verdict=judge_made(question, made, bench, source))
    return Judged(response=response, verdict=judge_answer(question, answer, bench))


def _judge_by_code(question: Question, response: object, bench: Bench) -> Judged:
    """Run code for a key that takes an answer, and judge the answer that its value stands for."""
    key = question.answer
    source = read_code(response)
    if isinstance(source, FormatError):
        return Judged(response=response, verdict=source)
    made = bench.runner.run(bench.job(question, source)).made
    if not has_value(made):
        return Judged(response=response, verdict=_without_value(made, source))
    answer = stands_for = key.respond(made.value)
    if not isinstance(stands_for, FormatError):
        stands_for, _ = plain(stands_for)
        answer = key.parse(stands_for)
    if isinstance(answer, FormatError):
        return Judged(response=response, verdict=NoAnswer(message=answer.message, made=made))
    return Judged(response=stands_for, verdict=judge_answer(question, answer, bench))


def judge_made(question: Question, made: Made, bench: Bench, source: str = "") -> Result | NoAnswer:
    """Judge what a run came to: its value, or why there is none that can be judged."""
    if not has_value(made):
        return _without_value(made, source)
    if refused := question.answer.expects(made.value):
        return NoAnswer(message=refused.message, made=made)
    return judge_answer(question, made.value, bench)


def _without_value(made: Made, source: str) -> NoAnswer:
    from checkers.explain import explain  # its sentences are for code that goes wrong

    return NoAnswer(message=explain(made, source), made=made)


def has_value(made: Made) -> bool:
    """Whether a run made something to judge. None is what code without a value leaves."""
    return not made.raised and not made.timed_out and made.value is not NOTHING and made.value is not None


def judge_answer(question: Question, answer: object, bench: Bench) -> Result:
    """Judge an answer in the form that the key takes, and name its mistake if it is a known one."""
    key, runner = question.answer, bench.runner_for(question)
    result = key.check(answer, runner)
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
        if key.same(answer, theirs, runner):
            said = question.message(mistake.key, mistake.says)
            return Result(score=result.score, mistake=mistake.key, messages=(said,), parts=result.parts)
    return result
