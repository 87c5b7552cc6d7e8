"""The tables of docs/checkers.md, made by running the examples above them.

Example: python docs/tables.py          writes them anew
         python docs/tables.py --check  says whether they are as they should be (exit 1 if not)
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from pathlib import Path

from checkers import figure
from checkers.checker import Checker
from checkers.result import FormatError
from checkers.source import CONSTRUCTS
from courseware.runner import Worker

PAGE = Path(__file__).resolve().parent / "checkers.md"
EXAMPLE = re.compile(
    r"(```python\n(?P<code>(?:(?!```).)*)```\n\n<!-- told -->\n).*?(<!-- /told -->)", re.DOTALL
)
KNOWN = re.compile(r"(The constructs it knows: ).*?(\. A call is written)", re.DOTALL)
os.environ["MPLBACKEND"] = "Agg"  # plots without a window
HEAD = "| response | score | what is told |\n|---|---|---|\n"


def made(page: str) -> str:
    """The page with its tables as the examples come out now."""
    names: dict[str, object] = {}
    worker = Worker()

    def table(match: re.Match[str]) -> str:
        exec(match["code"], names)
        key, tried = names["key"], names["tried"]
        assert isinstance(key, Checker)
        assert isinstance(tried, list)
        rows = "".join(_row(key, response, names, worker) for response in tried)
        return f"{match[1]}{HEAD}{rows}{match[3]}"

    try:
        page = EXAMPLE.sub(table, page)
    finally:
        worker.close()
    known = ", ".join(f"`{name}`" for name in CONSTRUCTS)
    return KNOWN.sub(lambda m: f"{m[1]}{known}{m[2]}", page)


def _row(key: Checker, response: object, names: dict[str, object], worker: Worker) -> str:
    if key.takes == "value":
        value = eval(str(response), names)
        told = key.expects(value) or key.check(value)
        figure.forget()
    else:
        told = key.grade({"code": response} if key.takes == "source" else response, worker)
    if isinstance(told, FormatError):
        score, says = "no answer", told.message.text
    else:
        score, says = f"{told.score:.2g}", told.feedback or "(right)"
    return f"| {_shown(response)} | {score} | {_cell(says)} |\n"


def _shown(response: object) -> str:
    text = response if isinstance(response, str) else json.dumps(response, ensure_ascii=False)
    lines = [line for line in text.splitlines() if line] or ["(nothing)"]
    return "<br>".join(_code(line) for line in lines)


def _code(line: str) -> str:
    inner = line.replace("|", "\\|").replace("  ", "\u00a0 ")
    return f"`` {inner} ``" if "`" in inner else f"`{inner}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n\n", "<br>").replace("\n", "<br>")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="change nothing, and say whether it is up to date"
    )
    given = parser.parse_args()
    page = PAGE.read_text(encoding="utf-8")
    new = made(page)
    if given.check and new != page:
        sys.exit("docs/checkers.md is not as its examples come out: run `python docs/tables.py`")
    if not given.check:
        PAGE.write_text(new, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
