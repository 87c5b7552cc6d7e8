"""Programs with `input` and `print`, changed by one slip each (corpus/mutators.py, and slips of output).

A changed program counts as wrong if what it prints for the examples differs, in
capitals, spaces and punctuation aside, from what the reference prints; here it runs apart from the checker.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.mutators import mutants
from corpus.told import Told, judged

from checkers import Program
from courseware.runner import Worker

MOST = 14
"""So many slips of each right program are looked at, spread over all that there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A program to write, what is typed into it, and right programs."""

    name: str
    typed: Sequence[tuple[str, ...]]
    programs: tuple[str, ...]


QUESTIONS = (
    Asked(
        name="greeting",
        typed=(("Ada",), ("Bo Li",), ("Zoe",)),
        programs=(
            'name = input("Name? ")\nprint("Hello, " + name)',
            'print(f"Hello, {input()}")',
            'print("Hello,", input("Your name: "))',
            'name = input()\nprint("hello, {}".format(name))',
        ),
    ),
    Asked(
        name="sum of two",
        typed=(("3", "4"), ("10", "-2"), ("0", "0")),
        programs=(
            "a = int(input())\nb = int(input())\nprint(a + b)",
            'print(int(input("a: ")) + int(input("b: ")))',
            "print(sum(int(input()) for _ in range(2)))",
            "total = 0\nfor n in range(2):\n    total += int(input())\nprint(total)",
        ),
    ),
    Asked(
        name="countdown",
        typed=(("3",), ("1",), ("5",)),
        programs=(
            'n = int(input())\nwhile n > 0:\n    print(n)\n    n -= 1\nprint("Go")',
            'for n in range(int(input()), 0, -1):\n    print(n)\nprint("Go!")',
            'n = int(input())\nprint(*range(n, 0, -1), "Go", sep="\\n")',
        ),
    ),
    Asked(
        name="even or odd",
        typed=(("4",), ("7",), ("0",), ("-3",)),
        programs=(
            'n = int(input())\nif n % 2 == 0:\n    print("even")\nelse:\n    print("odd")',
            'print("odd" if int(input()) % 2 else "even")',
            'print(["even", "odd"][int(input()) % 2])',
        ),
    ),
    Asked(
        name="mean until a blank line",
        typed=(("3", "4", "5", ""), ("10", ""), ("1", "2", "")),
        programs=(
            "numbers = []\nline = input()\nwhile line:\n    numbers.append(float(line))\n    line = input()\n"
            "print(sum(numbers) / len(numbers))",
            "total = count = 0\nwhile True:\n    line = input()\n    if line == '':\n        break\n"
            "    total += float(line)\n    count += 1\nprint(total / count)",
        ),
    ),
    Asked(
        name="multiplication table",
        typed=(("3",), ("7",)),
        programs=(
            'n = int(input())\nfor k in range(1, 6):\n    print(k, "x", n, "=", k * n)',
            'n = int(input())\nfor k in range(1, 6):\n    print(f"{k} x {n} = {k * n}")',
        ),
    ),
    Asked(
        name="vowels",
        typed=(("banana",), ("Rhythm",), ("Aeiou",)),
        programs=(
            'word = input().lower()\nn = 0\nfor c in word:\n    if c in "aeiou":\n        n += 1\nprint(n)',
            'print(sum(c in "aeiouAEIOU" for c in input()))',
        ),
    ),
)
OUTPUT = (
    ("one word more", r'print\("', 'print("Result: '),
    ("one letter less", r'"(\w+)\w"', r'"\1"'),
    ("quotes shown", r"print\((\w+)\)", r"print(repr(str(\1)))"),
    ("not printed", r"print\((.*)\)$", r"\1"),
    ("printed twice", r"(print\(.*\))$", r"\1\n\1"),
    ("a name for its text", r"\+ name", '+ "name"'),
    ("not a number", r"int\((input\([^()]*\))\)", r"\1"),
    ("whole for point", r"float\(", "int("),
    ("one line less read", r"range\(2\)", "range(1)"),
    ("one line more read", r"^", "input()\n"),
    ("list for text", r"print\((\w+)\)", r"print([\1])"),
    ("in one line", r"print\((n|k)\)", r'print(\1, end=" and ")'),
    ("always the same", r"int\(input\(\)\)", "3"),
)


def corpus(only: str | None) -> Iterator[Told]:
    """Every program, right and changed, as `Program` judges it."""
    worker = Worker()
    try:
        for asked in QUESTIONS:
            if only and asked.name != only:
                continue
            reference = asked.programs[0]
            key = Program(examples=[(list(lines),) for lines in asked.typed], reference=reference, limit=0.5)
            model = [prints(reference, lines) for lines in asked.typed]
            for program in asked.programs:
                yield judged("program", asked.name, key, {"code": program}, right=True, runner=worker)
            seen = set(asked.programs)
            for program in asked.programs[:2]:
                made = [*slips(program), *_spread([*mutants(program)])]
                for slip, source in made:
                    if source in seen:
                        continue
                    seen.add(source)
                    if [prints(source, lines) for lines in asked.typed] != model:
                        yield judged("program", asked.name, key, {"code": source}, slip, runner=worker)
    finally:
        worker.close()


def _spread(found: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    return found[:: max(1, len(found) // MOST)]


def slips(program: str) -> Iterator[tuple[str, str]]:
    for name, pattern, instead in OUTPUT:
        for place in re.finditer(pattern, program, re.MULTILINE):
            yield name, program[: place.start()] + place.expand(instead) + program[place.end() :]


def prints(source: str, typed: Sequence[str]) -> str | None:
    """What a program prints, folded; None where it raises or goes on and on."""
    lines, out, names = iter(typed), io.StringIO(), {"__name__": "__main__"}
    steps = 0

    def read(*_: object) -> str:
        nonlocal steps
        steps += 1
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    def write(*values: object, sep: str = " ", end: str = "\n") -> None:
        nonlocal steps
        steps += 1
        if steps > 1000:
            raise TimeoutError
        out.write(sep.join(map(str, values)) + end)

    came: list[str | None] = [None]

    def act() -> None:
        with contextlib.suppress(Exception):
            exec(source, {**names, "input": read, "print": write, "__builtins__": builtins})
            came[0] = re.sub(r"[\W_]+", " ", re.sub(r"(\d)\.0+\b", r"\1", out.getvalue())).strip().casefold()

    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    thread.join(0.3)
    return came[0]
