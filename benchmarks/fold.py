"""How fast gate and predictor are: an answer at a time in plain Python, and a whole cohort by columns.

The same attempts go both ways and must come to the same (to 1e-9): L, levels and abilities. An update is one
first try folded into the gate's standing, its level and the predictor; FSRS is left out (it is computed when
a review is asked for). Aims: at most 5 µs an update in plain Python on average; a million attempts of ten
thousand learners in a second by columns.

Example: python benchmarks/fold.py --attempts 1000000 --learners 10000

The last line is one JSON object: {"attempts", "learners", "pure_us", "cpu_pure_us", "columns_s",
"cpu_columns_s", "most_apart"}; the columns' times are the best and the worst of the rounds.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from datetime import UTC, datetime, timedelta

import numpy as np

from courseware.mastery.attempts import Attempts
from courseware.mastery.cohort import Cohort, folded
from courseware.mastery.levels import EXPERT, Evidence, Standing, after, at_start
from courseware.mastery.predictor import Predictor

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
OBJECTIVES = 12
ITEMS = 6
"""Items of an objective; the first of them has the next objective as well."""


def made(attempts: int, learners: int, seed: int) -> Attempts:
    """Attempts as a course would log them: first tries on items of one or two objectives, over some days."""
    chance = np.random.default_rng(seed)
    learner = np.sort(chance.integers(learners, size=attempts))
    item = chance.integers(OBJECTIVES * ITEMS, size=attempts)
    first = item // ITEMS
    two = item % ITEMS == 0
    ability = chance.normal(size=learners)
    turn = np.arange(attempts) - np.searchsorted(learner, learner)
    right = chance.random(attempts) < 1 / (1 + np.exp(-(ability[learner] + 0.02 * turn)))
    closed = item % 2 == 1
    return Attempts(
        learner=learner,
        item=item,
        objective=np.stack([first, np.where(two, (first + 1) % OBJECTIVES, -1)], axis=1),
        right=right,
        clean=chance.random(attempts) < 0.9,
        open=~closed,
        review=chance.random(attempts) < 0.1,
        guess=np.where(closed, 0.25, 0.05),
        difficulty=np.array([-0.7, 0.0, 0.7])[item % 3],
        at=turn * 7_200_000_000,
        session=turn // 3,
        learners=[f"u{n}" for n in range(learners)],
        items=[f"i{n}" for n in range(OBJECTIVES * ITEMS)],
        objectives=[f"o{n}" for n in range(OBJECTIVES)],
    )


Folded = tuple[dict[tuple[int, int], Standing], list[Predictor]]


def pure(attempts: Attempts) -> tuple[Folded, float, float]:
    """Fold one answer after the other; the seconds that the updates took, by the clock and of the CPU."""
    objectives, items = attempts.objectives, attempts.items
    names = [tuple(objectives[n] for n in row if n >= 0) for row in attempts.objective.tolist()]
    columns = (attempts.right, attempts.clean, attempts.open, attempts.review, attempts.guess)
    flags = zip(*(column.tolist() for column in columns), strict=True)
    rest = zip(
        attempts.at.tolist(), attempts.item.tolist(), attempts.difficulty.tolist(), attempts.session.tolist(),
        strict=True,
    )  # fmt: skip
    evidence = [
        Evidence(
            at=START + timedelta(microseconds=at), item=items[item], right=right, clean=clean, open=opened,
            guess=guess, difficulty=difficulty, objectives=len(name), review=review, session=session,
        )
        for name, (right, clean, opened, review, guess), (at, item, difficulty, session) in zip(
            names, flags, rest, strict=True
        )
    ]  # fmt: skip
    place = {name: n for n, name in enumerate(objectives)}
    begun = at_start(EXPERT)
    standings: dict[tuple[int, int], Standing] = {}
    predictors = [Predictor() for _ in attempts.learners]
    learners = attempts.learner.tolist()
    gc.collect()
    gc.freeze()  # what was made to begin with is no part of the updates
    start, cpu = time.perf_counter(), time.process_time()
    for learner, name, each in zip(learners, names, evidence, strict=True):
        for objective in name:
            key = (learner, place[objective])
            standings[key] = after(standings.get(key, begun), each, EXPERT)
        if each.clean:
            predictors[learner].learn(name, each.difficulty, each.right)
    spent, worked = time.perf_counter() - start, time.process_time() - cpu
    gc.unfreeze()
    return (standings, predictors), spent, worked


def apart(cohort: Cohort, folded: Folded) -> float:
    """How far the two are apart: the largest difference of an estimate; infinity if a level differs."""
    standings, predictors = folded
    most = float(np.abs(cohort.ability - [each.ability for each in predictors]).max())
    rows = zip(
        cohort.learner.tolist(), cohort.objective.tolist(), cohort.known.tolist(), cohort.reached.tolist(),
        strict=True,
    )  # fmt: skip
    for learner, objective, known, reached in rows:
        standing = standings.pop((learner, objective))
        if standing.reached != reached:
            return float("inf")
        most = max(most, abs(standing.known - known))
    return most if not standings else float("inf")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--attempts", type=int, default=1_000_000)
    parser.add_argument("--learners", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3, help="how often the columns are folded")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    attempts = made(given.attempts, given.learners, given.seed)
    walls, cpus = [], []
    for _ in range(given.rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        cohort = folded(attempts, {})
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    print(f"by columns: {min(walls):.2f} to {max(walls):.2f} s for {len(attempts):,} attempts")
    results, spent, worked = pure(attempts)
    each = {"pure_us": spent / len(attempts) * 1e6, "cpu_pure_us": worked / len(attempts) * 1e6}
    print(f"in plain Python: {each['pure_us']:.2f} µs an update ({each['cpu_pure_us']:.2f} µs of the CPU)")
    most = apart(cohort, results)
    print(f"apart by at most {most:.1e}")
    print(
        json.dumps(
            {
                "attempts": len(attempts),
                "learners": given.learners,
                **{name: round(value, 2) for name, value in each.items()},
                "columns_s": [round(min(walls), 3), round(max(walls), 3)],
                "cpu_columns_s": [round(min(cpus), 3), round(max(cpus), 3)],
                "most_apart": most,
            }
        )
    )


if __name__ == "__main__":
    main()
