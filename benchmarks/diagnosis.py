"""How many wrong answers are recognised, and told what is wrong with them.

For `Function`: programs for classic first exercises (corpus/exercises.md), each changed by one slip
(corpus/mutators.py). A mutant counts as wrong if it behaves differently from the reference on a large
sample of inputs, compared here by Python's own ==, apart from the checker; the others are not counted.
Right answers are programs written in different ways. For `Frame`: pipelines over three tables, changed by
one slip each (corpus/pipelines.py), wrong if pandas' own comparison finds another value. Told apart:
*rejected* (the answer is wrong, and the checker says so), *specific* (a mistake's key, not the fallback),
*refused* (the answer is right, and the checker says it is not).

Example: python benchmarks/diagnosis.py --checker function --fallbacks

The last line is one JSON object: for each checker, and for "all",
{"wrong", "rejected", "specific", "right", "refused"}.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from corpus.mutators import mutants

from checkers import Function
from checkers.definition import without_main
from checkers.run import Call, Job, Made
from courseware.runner import Worker

EXERCISES = Path(__file__).resolve().parent / "corpus" / "exercises.md"
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
SAMPLE = 150
LIMIT = 0.4
CHANGED = 3
"""So many of an exercise's right programs are changed, the reference first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of one response."""

    checker: str
    of: str
    response: str
    slip: str
    right: bool
    score: float
    mistake: str | None
    feedback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A function to write: the examples that a teacher gives, more inputs, and right programs."""

    name: str
    examples: Sequence[tuple[object, ...]]
    wide: Callable[[random.Random], tuple[object, ...]]
    programs: Sequence[str]

    def key(self) -> Function:
        examples = [(args,) for args in self.examples]
        return Function(name=self.name, reference=self.programs[0], examples=examples, call_limit=LIMIT)


@dataclass(slots=True)
class Behaviour:
    """What programs do on a large sample of inputs, apart from any checker."""

    worker: Worker
    inputs: list[tuple[object, ...]] = field(default_factory=list)

    def of(self, exercise: Exercise, source: str) -> list[object]:
        calls = tuple(Call(name=exercise.name, args=args) for args in self.inputs)
        outcome = self.worker.run(Job(source=source, calls=calls, call_limit=LIMIT))
        if outcome.made.raised or outcome.made.timed_out:
            return ["does not run"]
        return [_seen(made) for made in outcome.calls]


def exercises() -> Iterator[Exercise]:
    """The exercises of the corpus."""
    for section in EXERCISES.read_text(encoding="utf-8").split("\n## ")[1:]:
        setting, *programs = BLOCK.findall(section)
        names: dict[str, object] = {}
        exec(setting, names)
        yield Exercise(
            name=section.split("\n")[0].strip(),
            examples=names["examples"],  # type: ignore[arg-type]
            wide=names["wide"],  # type: ignore[arg-type]
            programs=programs,
        )


def functions(only: str | None) -> Iterator[Told]:
    """Every program of the corpus, right and wrong, as `Function` judges it."""
    worker = Worker()
    try:
        for exercise in exercises():
            if only and exercise.name != only:
                continue
            key, chance = exercise.key(), random.Random(7)
            wide = [exercise.wide(chance) for _ in range(SAMPLE)]
            behaviour = Behaviour(worker=worker, inputs=[*exercise.examples, *wide])
            model = behaviour.of(exercise, exercise.programs[0])
            for source in exercise.programs:
                assert behaviour.of(exercise, source) == model, f"not right: {source}"
                yield _told(key, worker, exercise.name, source, "", True)
            seen = set(exercise.programs)
            for program in exercise.programs[:CHANGED]:
                for slip, source in mutants(program):
                    if source in seen:
                        continue
                    seen.add(source)
                    if behaviour.of(exercise, source) != model:
                        yield _told(key, worker, exercise.name, source, slip, False)
    finally:
        worker.close()


def _told(key: Function, worker: Worker, name: str, source: str, slip: str, right: bool) -> Told:
    result = key.check(without_main(source), worker)
    return Told(
        checker="function",
        of=name,
        response=source,
        slip=slip,
        right=right,
        score=result.score,
        mistake=result.mistake,
        feedback=result.feedback,
    )


def _seen(made: Made) -> object:
    if made.raised:
        return "raises"
    if made.timed_out or made.strange:
        return "strange"
    return round(made.value, 9) if isinstance(made.value, float) else made.value


def frames(only: str | None) -> Iterator[Told]:
    """Every pipeline of the corpus (corpus/pipelines.md), right and wrong, as `Frame` judges it."""
    from corpus.pipelines import judged

    for name, source, slip, right, result in judged(only):
        yield Told(
            checker="frame",
            of=name,
            response=source,
            slip=slip,
            right=right,
            score=result.score,
            mistake=result.mistake,
            feedback=result.feedback,
        )


CORPORA: dict[str, Callable[[str | None], Iterator[Told]]] = {"function": functions, "frame": frames}


def figures(told: Sequence[Told]) -> dict[str, float]:
    """Counts of responses, shares of the wrong ones, and how many right ones were refused."""
    wrong, right = [t for t in told if not t.right], [t for t in told if t.right]
    rejected = [t for t in wrong if t.score < 0.999]
    specific = [t for t in rejected if t.mistake is not None]
    return {
        "wrong": len(wrong),
        "rejected": round(len(rejected) / max(len(wrong), 1), 4),
        "specific": round(len(specific) / max(len(wrong), 1), 4),
        "right": len(right),
        "refused": sum(t.score < 0.999 for t in right),
    }


def show(told: Sequence[Told], what: str) -> None:
    for t in told:
        print(f"--- {what}: {t.checker}, {t.of} ({t.slip or 'right'})\n{t.response}\n> {t.feedback}\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checker", choices=sorted(CORPORA), help="only this checker")
    parser.add_argument("--only", help="only this exercise or question")
    parser.add_argument("--fallbacks", action="store_true", help="print what got the fallback message")
    parser.add_argument(
        "--keys", action="store_true", help="print how often each mistake was told, with one text"
    )
    given = parser.parse_args()
    told: dict[str, list[Told]] = {}
    for name, corpus in CORPORA.items():
        if given.checker in (None, name):
            start = time.perf_counter()
            told[name] = list(corpus(given.only))
            print(f"{name}: {len(told[name])} responses in {time.perf_counter() - start:.0f} s")
    everything = [t for each in told.values() for t in each]
    show([t for t in everything if t.right and t.score < 0.999], "refused")
    show([t for t in everything if not t.right and t.score >= 0.999], "not rejected")
    if given.fallbacks:
        show([t for t in everything if not t.right and t.score < 0.999 and t.mistake is None], "fallback")
    if given.keys:
        last = {str(t.mistake): t for t in everything if not t.right}
        for key, count in Counter(str(t.mistake) for t in everything if not t.right).most_common():
            print(f"{count:5} {key}: {last[key].feedback}")
    print(json.dumps({**{name: figures(each) for name, each in told.items()}, "all": figures(everything)}))


if __name__ == "__main__":
    main()
