"""Programs for classic first exercises (corpus/exercises.md), also with one slip, judged by `Function`.

A mutant (corpus/mutators.py) counts as wrong if it behaves differently from the reference on a large sample
of inputs, compared here by Python's own ==, apart from the checker; the others are not counted.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.mutators import mutants
from corpus.told import Told, told

from checkers import Function
from checkers.definition import without_main
from checkers.run import Call, Job, Made
from courseware.runner import Worker

EXERCISES = Path(__file__).resolve().parents[1] / "exercises.md"
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
SAMPLE = 150
LIMIT = 0.4
CHANGED = 3
"""So many of an exercise's right programs are changed, the reference first."""


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


def corpus(only: str | None) -> Iterator[Told]:
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
    return told("function", name, source, slip, right, key.check(without_main(source), worker))


def _seen(made: Made) -> object:
    if made.raised:
        return "raises"
    if made.timed_out or made.strange:
        return "strange"
    return round(made.value, 9) if isinstance(made.value, float) else made.value
