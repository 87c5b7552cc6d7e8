"""How many questions a placement asks, and how rightly it places: against asking once about each objective.

Simulated learners know a chain of twelve objectives up to some point; they slip and guess as the items allow.
The last line is one JSON object.

Example: python benchmarks/placement.py --learners 1000 --seed 1
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable

from courseware.mastery import gate
from courseware.mastery.placement import Asked, Outcome, found, next_objective

CHAIN = tuple(f"o.{n:02}" for n in range(12))
NEEDS = {name: CHAIN[n - 1 : n] for n, name in enumerate(CHAIN) if n}
FORMATS = {"open": 0.05, "four options": 0.25}

Ask = Callable[[str], bool]


def placed(ask: Ask, guess: float) -> tuple[set[str], int]:
    """Ours: greedy by information, over the graph."""
    asked: list[Asked] = []
    while (objective := next_objective(CHAIN, NEEDS, asked)) is not None:
        outcome = Outcome.RIGHT if ask(objective) else Outcome.WRONG
        asked.append(Asked(objectives=(objective,), guess=guess, difficulty=0.0, outcome=outcome))
    return set(found(CHAIN, NEEDS, asked)), len(asked)


def once_each(ask: Ask, _guess: float) -> tuple[set[str], int]:
    """A quiz with one question on each objective; what went right is skipped."""
    return {objective for objective in CHAIN if ask(objective)}, len(CHAIN)


def measured(
    way: Callable[[Ask, float], tuple[set[str], int]], learners: int, seed: int, guess: float
) -> dict[str, float]:
    chance = random.Random(seed)
    p1, p0 = gate.likelihoods(guess, 0.0)
    questions = rightly = skipped = falsely = 0
    start = time.process_time()
    for _ in range(learners):
        knows = set(CHAIN[: chance.randrange(len(CHAIN) + 1)])

        def ask(objective: str, knows: set[str] = knows) -> bool:
            return chance.random() < (p1 if objective in knows else p0)

        known, count = way(ask, guess)
        questions += count
        rightly += sum((o in known) == (o in knows) for o in CHAIN)
        skipped += len(known)
        falsely += len(known - knows)
    return {
        "questions": round(questions / learners, 2),
        "placed_rightly": round(rightly / learners / len(CHAIN), 4),
        "falsely_skipped": round(falsely / max(1, skipped), 4),
        "cpu_ms_each": round(1000 * (time.process_time() - start) / learners, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--learners", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    ways = {"placement": placed, "once each": once_each}
    result: dict[str, object] = {"learners": options.learners, "seed": options.seed}
    for name, guess in FORMATS.items():
        each = {way: measured(run, options.learners, options.seed, guess) for way, run in ways.items()}
        result[name] = each
        for way, figures in each.items():
            print(f"{name:14} {way:10} " + "  ".join(f"{k} {v}" for k, v in figures.items()))
    print(json.dumps(result))


if __name__ == "__main__":
    main()
