"""How well answers are predicted, on any log, side by side with pyBKT and the best logistic regression.

DATASET_DIR holds `attempts.csv` (or `attempts.tsv`) with one row for each answer and these columns:
`learner`, `item`, `objectives` (one or more, with ; between them), `correct` (1 or 0), `time` (ISO 8601 or
seconds; where it is missing, a learner's rows are in order), and where known `split` (train or test),
`guess` (the chance of a right answer by luck), `difficulty` (what its author thinks, in logits).
benchmarks/public_logs.py writes it from logs as they were published.

Learners, not answers, are dealt to a part that is fitted on and a part that is held out: by a seed, or as
the log says (`--split given`). All models see the same parts in the same run:

  skill mean      how often its objectives went right, for all learners alike
  pyBKT           knowledge tracing as pyBKT 1.4.3 fits it (several objectives are a skill of their own)
  best LR         the best logistic regression of Gervet et al. (2020)
  gate            our gate: knowledge tracing with the expert's values; nothing is fitted
  predictor       our predictor with its constants as they are; items' difficulties are fitted
  fitted blend    tuned Elo and knowledge tracing with difficulty, ability and forgetting (`courseware fit`)

pyBKT needs scikit-learn 1.5, so it and the regression run in an environment of their own, which the first run
makes in a cache folder (or give `--rivals PYTHON`). CPU seconds are those of the fit, of all its processes.

Example: python benchmarks/tracing.py /tmp/logs/statics --seed 0

The last line is one JSON object: {"dataset", "models": {name: {"auc", "rmse", "log_loss", "fit_cpu_s"}}},
with the calibration error ("calibration") of each as well.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pandas as pd
from platformdirs import user_cache_path

from courseware.mastery import elo
from courseware.mastery.attempts import NONE, OPEN_GUESS, Attempts, Bools, Floats
from courseware.mastery.blend import Blend
from courseware.mastery.elo import Tries
from courseware.mastery.fit import by_gate, by_predictor, expert
from courseware.mastery.measures import Measures
from courseware.parameters import Parameters

RIVALS = Path(__file__).parent / "rivals" / "tracing.py"
NEEDS = ["pyBKT==1.4.3", "scikit-learn==1.5.2", "numpy==1.26.4", "pandas==2.2.3"]
SHRUNK = 5
"""Answers that an objective's mean is given of the mean of all."""


def read(folder: Path) -> tuple[Attempts, Bools | None]:
    """The attempts of a folder, and which are held out if it says so."""
    for name, separator in (("attempts.csv", ","), ("attempts.tsv", "\t")):
        if (folder / name).is_file():
            table = pd.read_csv(
                folder / name, sep=separator, dtype={"learner": str, "item": str, "objectives": str}
            )
            break
    else:
        sys.exit(f"{folder} has neither attempts.csv nor attempts.tsv: see --help for their columns.")
    missing = {"learner", "item", "objectives", "correct"} - set(table)
    if missing:
        sys.exit(f"{folder / name} has no column {', '.join(sorted(missing))}: see --help.")
    learner = pd.factorize(table["learner"])[0]
    table = table.assign(place=learner)
    if "time" in table and table["time"].notna().all():
        when = table["time"]
        table["at"] = (
            when if pd.api.types.is_numeric_dtype(when) else pd.to_datetime(when, utc=True).astype("int64")
        )
        table = table.sort_values(["place", "at"], kind="stable")
    else:
        table = table.sort_values("place", kind="stable")
    item, items = pd.factorize(table["item"])
    sets = [tuple(dict.fromkeys(text.split(";"))) for text in table["objectives"]]
    names = {name: n for n, name in enumerate(dict.fromkeys(name for each in sets for name in each))}
    objective = np.full((len(table), max(map(len, sets))), NONE)
    for row, each in enumerate(sets):
        objective[row, : len(each)] = [names[name] for name in each]
    count = len(table)

    def column(name: str, otherwise: float) -> Floats:
        return table[name].to_numpy(float) if name in table else np.full(count, otherwise)

    attempts = Attempts(
        learner=table["place"].to_numpy(),
        item=item,
        objective=objective,
        right=table["correct"].to_numpy(float) >= 0.999,
        clean=np.ones(count, dtype=bool),
        open=np.ones(count, dtype=bool),
        review=np.zeros(count, dtype=bool),
        guess=column("guess", 0.0),
        difficulty=column("difficulty", 0.0),
        at=np.zeros(count, dtype=np.int64),
        session=np.zeros(count, dtype=np.int64),
        learners=[str(n) for n in range(int(learner.max()) + 1)],
        items=list(items),
        objectives=list(names),
    )
    held_out = (table["split"] == "test").to_numpy() if "split" in table else None
    return attempts, held_out


def timed(act: Callable[[], Floats]) -> tuple[Floats, float]:
    start = time.process_time()
    made = act()
    return made, time.process_time() - start


def rivals(python: str | None) -> str:
    """The Python of the rivals' environment, made if it is not there."""
    if python is not None:
        return python
    home = user_cache_path("courseware") / "tracing-rivals"
    path = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (home / "made").is_file():
        print(f"Making an environment for pyBKT in {home} …", flush=True)
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([path, "-m", "pip", "install", "--quiet", *NEEDS], check=True)
        (home / "made").touch()
    return str(path)


def of_rival(python: str, model: str, columns: Path, fits: int) -> tuple[Floats, float]:
    """A rival's predictions, and the CPU seconds of its fit."""
    predicted = columns.with_name(f"{model}.npy")
    run = subprocess.run(
        [python, str(RIVALS), model, str(columns), str(predicted), "--fits", str(fits)],
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    told = json.loads(run.stdout.splitlines()[-1])
    return np.load(predicted), float(told["fit_cpu_s"])


def skill_mean(tries: Tries, held_out: Bools) -> Floats:
    fitted = ~held_out
    rights = np.bincount(tries.skill[fitted], tries.right[fitted], minlength=tries.skills)
    count = np.bincount(tries.skill[fitted], minlength=tries.skills)
    mean: Floats = (rights + SHRUNK * tries.right[fitted].mean()) / (count + SHRUNK)
    return mean[tries.skill]


def untuned(tries: Tries, held_out: Bools) -> Floats:
    return by_predictor(tries, elo.difficulties(tries.where(~held_out)).of(tries))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("dataset", type=Path, metavar="DATASET_DIR")
    parser.add_argument("--seed", type=int, default=0, help="deals the learners (default: 0)")
    parser.add_argument("--held-out", type=float, default=0.2, help="the share of learners held out")
    parser.add_argument("--split", choices=["seeded", "given"], default="seeded")
    parser.add_argument("--rivals", metavar="PYTHON", help="a Python that has pyBKT and scikit-learn 1.5")
    parser.add_argument("--fits", type=int, default=1, help="pyBKT's starts (default: 1; its own: 5)")
    parser.add_argument("--without", action="append", default=[], metavar="MODEL", help="leave a rival out")
    given = parser.parse_args()
    attempts, held_out = read(given.dataset)
    if given.split == "given":
        if held_out is None:
            sys.exit("The log has no column `split`: leave --split given out.")
    else:
        learners = np.random.default_rng(given.seed).permutation(len(attempts.learners))
        held_out = np.isin(attempts.learner, learners[: round(len(learners) * given.held_out)])
    tries, sets = Tries.of(attempts), attempts.sets()[1]
    print(
        f"{given.dataset.name}: {len(attempts):,} answers of {len(attempts.learners):,} learners on "
        f"{len(attempts.items):,} items of {len(attempts.objectives):,} objectives; "
        f"{held_out.sum():,} answers of {len(set(attempts.learner[held_out])):,} learners are held out"
    )
    results: dict[str, tuple[Floats, float]] = {}
    results["skill mean"] = timed(lambda: skill_mean(tries, held_out))
    with tempfile.TemporaryDirectory() as folder:
        columns = Path(folder) / "columns.npz"
        np.savez(
            columns, learner=attempts.learner, item=attempts.item, objective=attempts.objective,
            right=attempts.right, test=held_out,
        )  # fmt: skip
        for name, model in (("pyBKT", "pybkt"), ("best LR", "best-lr")):
            if name not in given.without:
                print(f"Fitting {name} (pyBKT takes minutes) …", file=sys.stderr, flush=True)
                results[name] = of_rival(rivals(given.rivals), model, columns, given.fits)
    lucky = replace(tries, guess=np.maximum(tries.guess, OPEN_GUESS))
    results["gate"] = by_gate(lucky, expert(sets, Parameters()), tries.label), 0.0
    results["predictor"] = timed(lambda: untuned(tries, held_out))
    blend, spent = timed_fit(tries.where(~held_out))
    results["fitted blend"] = blend.predicted(tries), spent
    measured = {name: Measures.of(p[held_out], tries.right[held_out]) for name, (p, _) in results.items()}
    print(f"{'':14}{'AUC':>8}{'RMSE':>8}{'log-loss':>10}{'calibration':>13}{'fit, CPU s':>12}")
    for name, m in measured.items():
        print(
            f"{name:14}{m.auc:8.4f}{m.rmse:8.4f}{m.log_loss:10.4f}{m.calibration:13.4f}{results[name][1]:12.2f}"
        )
    models = {
        name: {**{k: round(v, 5) for k, v in asdict(m).items()}, "fit_cpu_s": round(results[name][1], 3)}
        for name, m in measured.items()
    }
    print(json.dumps({"dataset": given.dataset.name, "models": models}))


def timed_fit(tries: Tries) -> tuple[Blend, float]:
    start = time.process_time()
    blend = Blend.fitted(tries)
    return blend, time.process_time() - start


if __name__ == "__main__":
    main()
