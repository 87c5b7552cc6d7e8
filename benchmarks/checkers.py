"""How long a check takes: each checker on its examples in docs/checkers.md, right, wrong and unreadable.

Aim: at most 5 ms at the 95th percentile for all but Function and Program (which run code in a process kept
warm; Frame's code is run before), and 50 ms for Frame on 1 million rows by 10 columns, beside
`pandas.testing.assert_frame_equal` in the same run.

Example: python benchmarks/checkers.py --rounds 50

The last line is one JSON object: {"check_ms": {kind: {"p50", "p95"}}, "frame_1m_ms": {"frame", "pandas"}}.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

# Beside this file `import checkers` would find it. It means the package: so this one steps aside.
sys.path[:] = [path for path in sys.path if Path(path).resolve() != Path(__file__).resolve().parent]
if __name__ == "checkers":
    del sys.modules["checkers"]
    import_module("checkers")

from checkers import Frame  # noqa: E402 - see above
from checkers.checker import Checker  # noqa: E402 - see above
from courseware.runner import Worker  # noqa: E402 - see above

os.environ["MPLBACKEND"] = "Agg"  # plots without a window
PAGE = Path(__file__).resolve().parents[1] / "docs" / "checkers.md"
EXAMPLE = re.compile(r"```python\n((?:(?!```).)*)```\n\n<!-- told -->", re.DOTALL)


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that an act takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"p50": round(statistics.median(ordered), 3), "p95": round(ordered[int(len(ordered) * 0.95)], 3)}


def of_kinds(rounds: int) -> dict[str, dict[str, float]]:
    """Each checker on its examples (but for endless loops: those take their time limit)."""
    times: dict[str, list[float]] = {}
    names: dict[str, object] = {}
    worker = Worker()
    try:
        for code in EXAMPLE.findall(PAGE.read_text(encoding="utf-8")):
            exec(code, names)
            key, tried = names["key"], names["tried"]
            assert isinstance(key, Checker)
            assert isinstance(tried, list)
            for response in tried:
                if "while True" in str(response):
                    continue
                act = _act(key, response, names, worker)
                act()  # what is imported or started once is not counted
                kind = type(key).__name__
                times.setdefault(kind, []).extend(timed(act) for _ in range(rounds))
    finally:
        worker.close()
    return {kind: spread(each) for kind, each in times.items()}


def _act(key: Checker, response: object, names: dict[str, object], worker: Worker) -> Callable[[], object]:
    if key.takes == "value":
        value = eval(str(response), names)
        return lambda: key.expects(value) or key.check(value)
    given = {"code": response} if key.takes == "source" else response
    return lambda: key.grade(given, worker)


def of_frame(rounds: int) -> dict[str, object]:
    """Frame on a million rows by ten columns that are equal, and what pandas takes for the same."""
    import numpy as np
    import pandas as pd

    chance = np.random.default_rng(0)
    table = pd.DataFrame({f"c{n}": chance.normal(size=1_000_000) for n in range(10)})
    other = table.copy()
    key = Frame(table, index=True, column_order=True)
    key.check(other)
    return {
        "frame": spread([timed(lambda: key.check(other)) for _ in range(rounds)]),
        "pandas": spread([timed(lambda: pd.testing.assert_frame_equal(table, other)) for _ in range(rounds)]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=30, help="how often each response is checked")
    given = parser.parse_args()
    kinds = of_kinds(given.rounds)
    for kind, each in kinds.items():
        print(f"{kind:16} p50 {each['p50']:8.3f} ms   p95 {each['p95']:8.3f} ms")
    print(json.dumps({"check_ms": kinds, "frame_1m_ms": of_frame(max(3, given.rounds // 5))}))


if __name__ == "__main__":
    main()
