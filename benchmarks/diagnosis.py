"""How many wrong answers are recognised, and told what is wrong with them.

Each kind of check has a corpus of its own, a file in corpus/kinds: responses that were not written with the
messages in mind, derived from right ones by rule. Whether a response is right is known without the checker.
Told apart: *rejected* (the answer is wrong, and the checker says so), *specific* (a mistake's key, not the
fallback), *refused* (the answer is right, and the checker says it is not).

Example: python benchmarks/diagnosis.py --only function --of is_prime --keys

What was not rejected, was refused, or got the fallback message is printed. The last line is one JSON object:
for each kind, and for "all", {"wrong", "rejected", "specific", "right", "refused"}.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

# Beside this file `import checkers` would find a benchmark. It means the package: so this folder goes last.
HERE = Path(__file__).resolve().parent
sys.path[:] = [*(path for path in sys.path if Path(path).resolve() != HERE), str(HERE)]

from corpus.told import Told  # noqa: E402 - see above
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: E402

KINDS = tuple(sorted(path.stem for path in (HERE / "corpus" / "kinds").glob("*.py")))
"""Every file there has `corpus(only) -> Iterator[Told]`."""


def figures(told: Sequence[Told]) -> dict[str, float]:
    """Counts of responses, shares of the wrong ones, and how many right ones were refused."""
    wrong, right = [t for t in told if not t.right], [t for t in told if t.right]
    rejected = [t for t in wrong if t.rejected]
    specific = [t for t in rejected if t.mistake is not None]
    return {
        "wrong": len(wrong),
        "rejected": round(len(rejected) / max(len(wrong), 1), 4),
        "specific": round(len(specific) / max(len(wrong), 1), 4),
        "right": len(right),
        "refused": sum(t.rejected for t in right),
    }


def show(told: Sequence[Told], what: str, most: int) -> None:
    for t in told[:most]:
        print(f"--- {what}: {t.checker}, {t.of} ({t.slip or 'right'})\n{t.response}\n> {t.feedback}\n")
    if len(told) > most:
        print(f"--- {what}: {len(told) - most} more (--most {len(told)} prints them all)\n")


def judged(kind: str, only: str | None, bar: Progress) -> list[Told]:
    """All responses of one kind, counted as they come."""
    corpus: Callable[[str | None], Iterator[Told]] = import_module(f"corpus.kinds.{kind}").corpus
    task, told, start = bar.add_task(kind, total=None), [], time.perf_counter()
    for one in corpus(only):
        told.append(one)
        bar.update(task, completed=len(told))
    bar.remove_task(task)
    bar.console.print(
        f"{kind}: {len(told)} responses in {time.perf_counter() - start:.0f} s", highlight=False
    )
    return told


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=KINDS, nargs="+", default=KINDS, help="only these kinds")
    parser.add_argument("--of", help="only this exercise or question")
    parser.add_argument("--most", type=int, default=20, help="print so many cases of each sort (20)")
    parser.add_argument(
        "--keys", action="store_true", help="print how often each mistake was told, with one text"
    )
    given = parser.parse_args()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, transient=True) as bar:
        told = {kind: judged(kind, given.of, bar) for kind in given.only}
    everything = [t for each in told.values() for t in each]
    wrong = [t for t in everything if not t.right]
    show([t for t in wrong if t.rejected and t.mistake is None], "fallback", given.most)
    show([t for t in everything if t.right and t.rejected], "refused", given.most)
    show([t for t in wrong if not t.rejected], "not rejected", given.most)
    if given.keys:
        keys = Counter((t.checker, str(t.mistake)) for t in wrong)
        last = {(t.checker, str(t.mistake)): t for t in wrong}
        for (kind, key), count in keys.most_common():
            print(f"{count:5} {kind} {key}: {last[kind, key].feedback}")
    print(json.dumps({**{kind: figures(each) for kind, each in told.items()}, "all": figures(everything)}))


if __name__ == "__main__":
    main()
