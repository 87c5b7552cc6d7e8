"""Put a public log into the plain format that benchmarks/tracing.py reads (see there). The log stays yours.

Four kinds are known by their shape: DataShop's transactions, tab-delimited (as `courseware export --format
datashop` writes them; the first row of each view of a problem counts, if it is an answer); a folder of
`theophilee/learner-performance-prediction` (it has `preprocessed_data_train.csv`,
`preprocessed_data_test.csv` and `q_mat.npz`); the file `ct.csv` of `channinghsu/pyBKT-examples` (columns of
DataShop: a sample of Cognitive Tutor); and any table with columns `user_id`, `item_id`, `correct` and
`skill_id`. No licence is stated for those that were published: never commit them.

Example: python benchmarks/public_logs.py learner-performance-prediction/data/statics /tmp/logs/statics

The last line is one JSON object: {"attempts", "learners", "items", "objectives", "written"}.
"""

from __future__ import annotations

import argparse
import csv
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

COLUMNS = ["learner", "item", "objectives", "correct", "time", "split", "guess", "difficulty"]
FIELDS = {"CF (Guess)": "guess", "CF (Difficulty)": "difficulty"}
"""Custom fields of our own export that other logs do not have."""


def from_folder(folder: Path) -> pd.DataFrame:
    """A folder of learner-performance-prediction: its split is kept; an item's objectives are in q_mat."""
    parts = [
        pd.read_csv(folder / f"preprocessed_data_{split}.csv", sep="\t").assign(split=split)
        for split in ("train", "test")
    ]
    table = pd.concat(parts, ignore_index=True)
    with np.load(
        folder / "q_mat.npz", allow_pickle=False
    ) as file:  # a sparse matrix by rows, as scipy saves it
        ends, places = file["indptr"], file["indices"]
    of = [";".join(map(str, places[a:b])) for a, b in pairwise(ends)]
    return pd.DataFrame(
        {
            "learner": table["user_id"],
            "item": table["item_id"],
            "objectives": table["item_id"].map(of.__getitem__),
            "correct": table["correct"],
            "time": table["timestamp"].where(table["timestamp"] > 0),
            "split": table["split"],
        }
    )


def from_datashop(file: Path) -> pd.DataFrame:
    """DataShop's columns. A step of a problem is an item; `Row` tells the order."""
    table = pd.read_csv(file).sort_values("Row", kind="stable")
    return pd.DataFrame(
        {
            "learner": table["Anon Student Id"],
            "item": table["Problem Name"] + "/" + table["Step Name"],
            "objectives": table["KC(Default)"].str.replace("~~", ";"),
            "correct": table["Correct First Attempt"],
        }
    )


def from_transactions(file: Path) -> pd.DataFrame:
    """DataShop's transactions. A problem is an item; its first answer counts where no hint came before it."""
    table = pd.read_csv(file, sep="\t", dtype=str, keep_default_na=False, quoting=csv.QUOTE_NONE)
    components = [name for name in table if name.startswith("KC (")]
    view = ["Anon Student Id", "Problem Name", "Problem View"]
    first = table.drop_duplicates(view).query("Outcome in ('CORRECT', 'INCORRECT')")
    named = first[components].apply(lambda row: ";".join(filter(None, row)), axis=1)
    return pd.DataFrame(
        {
            "learner": first["Anon Student Id"],
            "item": first["Problem Name"],
            "objectives": named,
            "correct": (first["Outcome"] == "CORRECT").astype(int),
            "time": pd.to_datetime(first["Time"]).dt.tz_localize("UTC"),
            **{name: first[column].astype(float) for column, name in FIELDS.items() if column in first},
        }
    )


def from_table(file: Path) -> pd.DataFrame:
    """A table with a row for each answer, in order."""
    table = pd.read_csv(file, sep=None, engine="python")
    names = {"user_id": "learner", "item_id": "item", "skill_id": "objectives", "timestamp": "time"}
    return table.rename(columns=names)


def read(source: Path) -> pd.DataFrame:
    if source.is_dir():
        return from_folder(source)
    with source.open(encoding="utf-8-sig") as file:
        head = file.readline()
    if "Anon Student Id\t" in head and "Outcome" in head:
        return from_transactions(source)
    return from_datashop(source) if "Anon Student Id" in head else from_table(source)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, help="the folder or file as it was published")
    parser.add_argument("dataset", type=Path, metavar="DATASET_DIR", help="where attempts.csv goes")
    given = parser.parse_args()
    table = read(given.source)
    missing = {"learner", "item", "objectives", "correct"} - set(table)
    if missing:
        parser.error(
            f"{given.source} has no columns for {', '.join(sorted(missing))}; it has {', '.join(table)}"
        )
    table = table[[name for name in COLUMNS if name in table]]
    given.dataset.mkdir(parents=True, exist_ok=True)
    path = given.dataset / "attempts.csv"
    table.to_csv(path, index=False)
    objectives = table["objectives"].astype(str).str.split(";").explode()
    print(
        json.dumps(
            {
                "attempts": len(table),
                "learners": table["learner"].nunique(),
                "items": table["item"].nunique(),
                "objectives": objectives.nunique(),
                "written": str(path),
            }
        )
    )


if __name__ == "__main__":
    main()
