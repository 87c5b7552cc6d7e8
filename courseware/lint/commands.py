"""The command ``courseware lint``."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from courseware.course import find_course
from courseware.lint.finding import RULES, Report
from courseware.lint.item import VARIANTS

out = Console()
err = Console(stderr=True)


def lint(
    course: Annotated[
        str | None,
        typer.Argument(
            metavar="[COURSE]", help="A course's name, or the folder of one (default: the one you are in)."
        ),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Run nothing, judge nothing, simulate nobody: seconds.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="RULE", help="This rule alone (may be repeated).")
    ] = None,
    seeds: Annotated[int, typer.Option(min=20, help="Variants of each item to look at.")] = VARIANTS,
    jobs: Annotated[int, typer.Option(help="Processes at once (default: one for each core).")] = 0,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules, and stop.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of sentences.")] = False,
) -> None:
    """Tell an author all that is to be mended in a course, at once. Exit 0 only if it is clean."""
    if rules:
        _list(as_json)
        return
    if unknown := [name for name in only or () if name not in RULES]:
        raise typer.BadParameter(
            f"there is no rule {unknown[0]!r}; `courseware lint --rules` lists them", param_hint="--only"
        )
    from courseware.lint.check import lint as linted  # heavy, and no other command needs it
    from courseware.lint.check import scope

    path = find_course(course) if course is not None else _around(Path.cwd())
    asked = scope(quick=quick, only=only or (), seeds=seeds, jobs=jobs if jobs > 0 else os.cpu_count() or 1)
    with Progress(console=err, transient=True) as bar:
        tasks = {name: bar.add_task(name, total=None, visible=False) for name in STEPS}

        def step(name: str, done: int, total: int) -> None:
            bar.update(tasks[name], completed=done, total=total, visible=True)

        bar.update(tasks[STEPS[0]], visible=True)
        report = linted(path, asked, step)
    if as_json:
        print(json.dumps({**asdict(report), "clean": report.clean}, ensure_ascii=False))
    else:
        _tell(report)
    raise typer.Exit(0 if report.clean else 1)


STEPS = ("Trying items", "Running notebooks", "Simulating learners")


def _around(here: Path) -> Path:
    """The course folder that one is in."""
    for folder in (here, *here.parents):
        if (folder / "course.toml").is_file():
            return folder
    raise typer.BadParameter(
        "there is no course.toml here or above; name a course, or its folder", param_hint="COURSE"
    )


def _tell(report: Report) -> None:
    for number, finding in enumerate(report.findings, 1):
        out.print(f"{number}. {finding}", highlight=False, markup=False, soft_wrap=True)
    for one in report.excused:
        f = one.finding
        out.print(
            f"Set aside: {f.rule} of {f.of} ({f.found}). {one.because}",
            style="dim", highlight=False, markup=False, soft_wrap=True,
        )  # fmt: skip
    left: dict[str, list[str]] = {}
    for name, why in report.left_out.items():
        left.setdefault(why, []).append(name)
    for why, names in left.items():
        out.print(
            f"Not asked: {', '.join(names)}. Why: {why}.",
            style="dim", highlight=False, markup=False, soft_wrap=True,
        )  # fmt: skip
    out.print(_sum(report), highlight=False)


def _sum(report: Report) -> str:
    asked = f"{len(report.asked)} rules" if len(report.asked) != 1 else "one rule"
    if report.clean:
        return f"[bold]{report.course}[/bold] is clean: {asked} asked, nothing to mend."
    many = len(report.findings)
    return f"[bold]{report.course}[/bold]: {'one thing' if many == 1 else f'{many} things'} to mend."


def _list(as_json: bool) -> None:
    if as_json:
        print(json.dumps({name: asdict(rule) for name, rule in RULES.items()}, ensure_ascii=False))
        return
    table = Table(box=None, pad_edge=False)
    for column in ("Rule", "Demands", ""):
        table.add_column(column, overflow="fold")
    for name, rule in RULES.items():
        marks: Sequence[str] = [word for word, on in (("slow", rule.slow), ("code", rule.code)) if on]
        table.add_row(name, rule.demands, ", ".join(marks))
    out.print(table)
