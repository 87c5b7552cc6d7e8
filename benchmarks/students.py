"""How Function tells what is wrong with programs that students really wrote.

DATA is the folder `data` of `githubhuyang/refactory` (its data.zip; Hu et al. 2019, ASE): for each question
a description, tests (`ans/`), one reference solution, and programs of students that passed or failed the
tests. Some are labelled wrong for another reason than what they give (a forbidden construct, say): they count
as *kept*, as do the right ones that the reference shows to be wrong beyond the tests, as *refused*. Both are
printed. No licence is stated for the programs: never commit them.

A question that asks for several functions is left out.

Example: python benchmarks/students.py refactory/data --most 150

The last line is one JSON object: for each question and for "all", {"wrong", "rejected", "specific", "right",
"refused"}: counts of programs, and as shares the rejected of the wrong and the specific of the rejected.
"""

from __future__ import annotations

import argparse
import ast
import json
import random
from collections import Counter
from pathlib import Path

from checkers import Function

Found = dict[str, int]
Call = tuple[tuple[object, ...], object]


def examples(question: Path) -> tuple[str, list[Call]]:
    """The function's name, and the calls of the dataset's tests with what they should give.

    An empty name where the tests call more than one function, or with more than plain values.
    """
    calls: list[Call] = []
    names = set()
    for asked in sorted((question / "ans").glob("input_*.txt")):
        call = ast.parse(asked.read_text(encoding="utf-8").strip(), mode="eval").body
        told = asked.with_name(asked.name.replace("input", "output")).read_text(encoding="utf-8")
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            raise SystemExit(f"{asked}: found no call of one function")
        names.add(call.func.id)
        try:
            calls.append((tuple(map(ast.literal_eval, call.args)), ast.literal_eval(told.strip())))
        except ValueError:
            return "", []
    return names.pop() if len(names) == 1 else "", calls


def programs(question: Path, kind: str, most: int) -> list[Path]:
    """Some of the programs of a kind, the same at every run."""
    found = sorted((question / "code" / kind).glob("*.py"))
    random.Random(3).shuffle(found)
    return found[:most]


def measure(question: Path, name: str, calls: list[Call], most: int) -> Found:
    reference = next((question / "code" / "reference").glob("*.py")).read_text(encoding="utf-8")
    checker = Function(name=name, reference=reference, examples=calls)
    found: Counter[str] = Counter()
    keys: Counter[str] = Counter()
    for file in programs(question, "wrong", most):
        result = checker.check(file.read_text(encoding="utf-8", errors="replace"))
        found["wrong"] += 1
        if result.correct:
            print(f"kept      {file.name}")
            continue
        found["rejected"] += 1
        found["specific"] += result.mistake is not None
        keys[str(result.mistake)] += 1
        if result.mistake is None:
            print(f"fallback  {file.name}: {result.feedback}")
    for file in programs(question, "correct", most):
        result = checker.check(file.read_text(encoding="utf-8", errors="replace"))
        found["right"] += 1
        if not result.correct:
            found["refused"] += 1
            print(f"refused   {file.name}: {result.feedback}")
    print(f"{question.name} {name}: " + ", ".join(f"{key} {n}" for key, n in keys.most_common()))
    return dict(found)


def shares(found: Found) -> dict[str, float]:
    wrong, rejected = found.get("wrong", 0), found.get("rejected", 0)
    return {
        "wrong": wrong,
        "rejected": round(rejected / wrong, 4) if wrong else 1.0,
        "specific": round(found.get("specific", 0) / rejected, 4) if rejected else 1.0,
        "right": found.get("right", 0),
        "refused": found.get("refused", 0),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--most", type=int, default=150, help="programs of each sort and question (150)")
    options = parser.parse_args()
    each: dict[str, Found] = {}
    for question in sorted(options.data.glob("question_*")):
        name, calls = examples(question)
        if name:
            each[question.name] = measure(question, name, calls, options.most)
    if not each:
        raise SystemExit(f"{options.data}: found no question_*/ in it. Name the dataset's folder `data`.")
    total: Counter[str] = Counter()
    for found in each.values():
        total.update(found)
    print(json.dumps({name: shares(found) for name, found in {**each, "all": dict(total)}.items()}))


if __name__ == "__main__":
    main()
