"""How good predictions are: the order they give, and whether they come true as often as they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from courseware.mastery.attempts import Bools, Floats

BINS: Final = 10
LEAST: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Of predictions in [0, 1] and what came: AUC, RMSE, log-loss, and the expected calibration error.

    The last is the mean distance, over ten bins of equally many predictions, of what was predicted from
    how often it came. AUC is NaN where only right or only wrong answers came.
    """

    auc: float
    rmse: float
    log_loss: float
    calibration: float

    @classmethod
    def of(cls, predicted: Floats, right: Bools) -> Measures:
        p = np.clip(predicted, LEAST, 1 - LEAST)
        bins = np.array_split(np.argsort(p, kind="stable"), BINS)
        gaps = [abs(p[b].mean() - right[b].mean()) * len(b) for b in bins if len(b)]
        return cls(
            auc=auc(p, right),
            rmse=float(np.sqrt(np.mean((p - right) ** 2))),
            log_loss=float(-np.mean(np.where(right, np.log(p), np.log1p(-p)))),
            calibration=float(sum(gaps) / len(p)),
        )


def auc(predicted: Floats, right: Bools) -> float:
    """The chance that a right answer was given a higher prediction than a wrong one (ties count half)."""
    values, place, counts = np.unique(predicted, return_inverse=True, return_counts=True)
    if not len(values) or right.all() or not right.any():
        return float("nan")
    rank = (np.cumsum(counts) - (counts - 1) / 2)[place.ravel()]
    rights = int(right.sum())
    return float((rank[right].sum() - rights * (rights + 1) / 2) / (rights * (len(right) - rights)))
