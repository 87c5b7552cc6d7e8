"""The rivals of benchmarks/tracing.py, in a Python environment of their own: pyBKT and logistic regression.

tracing.py makes that environment and calls this with a file of columns; what comes back is a file with a
prediction for each row. It runs with numpy, pandas, scipy, scikit-learn and pyBKT alone.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import warnings
from pathlib import Path

import numpy as np


def cpu() -> float:
    """CPU seconds of this process and of all that it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def pybkt(columns: dict[str, np.ndarray], fits: int) -> tuple[np.ndarray, float]:
    """Basic BKT, fitted by pyBKT as it comes. An item of several objectives is a skill of its own."""
    import pandas as pd
    from pyBKT.models import Model

    objective, test = columns["objective"], columns["test"]
    skill = np.unique(objective, axis=0, return_inverse=True)[1].ravel()
    table = pd.DataFrame(
        {
            "user_id": columns["learner"], "skill_name": [f"s{n}" for n in skill],
            "correct": columns["right"].astype(int), "order_id": np.arange(len(skill)),
        }
    )  # fmt: skip
    start = cpu()
    model = Model(seed=0, num_fits=fits, parallel=True)
    model.fit(data=table[~test])
    spent = cpu() - start
    known = set(model.coef_)
    mean = table["correct"][~test].mean()
    predicted = np.full(len(table), mean)
    there = table["skill_name"].isin(known).to_numpy()
    told = model.predict(data=table[there])
    predicted[told["order_id"].to_numpy()] = told["correct_predictions"].to_numpy()
    return predicted, spent


def best_lr(columns: dict[str, np.ndarray]) -> tuple[np.ndarray, float]:
    """“Best-LR” of Gervet et al. (2020): items, skills, and log counts of tries and of right ones.

    Counts are of the learner in all, on each skill of the item, and on the item.
    """
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    start = cpu()
    learner, item, objective = columns["learner"], columns["item"], columns["objective"]
    right, test = columns["right"].astype(float), columns["test"]
    rows, slots = np.nonzero(objective >= 0)
    skill = objective[rows, slots]
    skills = objective.max() + 1
    pair = learner[rows] * skills + skill
    of_item = learner * (item.max() + 1) + item
    shape = (len(item), skills)

    def on_skills(values: np.ndarray) -> sparse.csr_matrix:
        return sparse.csr_matrix((values, (rows, skill)), shape=shape)

    def alone(values: np.ndarray) -> sparse.csr_matrix:
        return sparse.csr_matrix(values[:, None])

    tries_pair, rights_pair = counted(pair, right[rows])
    tries_item, rights_item = counted(of_item, right)
    tries, rights = counted(learner, right)
    features = sparse.hstack(
        [
            sparse.csr_matrix((np.ones(len(item)), (np.arange(len(item)), item))),
            on_skills(np.ones(len(rows))),
            on_skills(np.log1p(tries_pair)), on_skills(np.log1p(rights_pair)),
            alone(np.log1p(tries_item)), alone(np.log1p(rights_item)),
            alone(np.log1p(tries)), alone(np.log1p(rights)),
        ]
    ).tocsr()  # fmt: skip
    model = LogisticRegression(solver="lbfgs", max_iter=1000)
    model.fit(features[~test], right[~test])
    spent = cpu() - start
    return model.predict_proba(features)[:, 1], spent


def counted(key: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many earlier rows have the same key, and how many of those were right."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    lengths = np.diff(np.r_[starts, len(key)])
    tries, rights = np.empty(len(key)), np.empty(len(key))
    tries[order] = np.arange(len(key)) - np.repeat(starts, lengths)
    before = np.r_[0, np.cumsum(right[order])[:-1]]
    rights[order] = before - np.repeat(before[starts], lengths)
    return tries, rights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=["pybkt", "best-lr"])
    parser.add_argument("columns", type=Path, help="an .npz file: learner, item, objective, right, test")
    parser.add_argument("predicted", type=Path, help="where the predictions go (.npy)")
    parser.add_argument("--fits", type=int, default=5, help="pyBKT's restarts (its own default: 5)")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    with np.load(given.columns) as file:
        columns = dict(file)
    predicted, spent = pybkt(columns, given.fits) if given.model == "pybkt" else best_lr(columns)
    np.save(given.predicted, predicted)
    json.dump({"fit_cpu_s": spent}, sys.stdout)


if __name__ == "__main__":
    main()
