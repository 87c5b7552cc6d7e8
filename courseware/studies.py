"""The commands that study a course: `simulate` by made-up learners, `fit` by the answers of real ones."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.progress import Progress, track
from rich.table import Table

from courseware import parameters as parameter_file
from courseware import workspace
from courseware.course import Course, find_course, load_course
from courseware.log import Log, LogError, open_log, sqlite_file
from courseware.simulate.worlds import World

if TYPE_CHECKING:
    from courseware.simulate.course_run import Life
    from courseware.simulate.report import Report

GUESSES: Final = 200
"""So many answers a guesser gives."""
out = Console()
err = Console(stderr=True)

CourseName = Annotated[str, typer.Argument(metavar="COURSE", help="A course's name, or the folder of one.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def simulate(
    course: CourseName,
    learners: Annotated[int, typer.Option(min=1, help="How many learners.")] = 20,
    seed: Annotated[int, typer.Option(help="The same seed gives the same learners.")] = 1,
    world: Annotated[
        World, typer.Option(help="How knowing is: at one stroke, or by degrees.")
    ] = World.ALL_OR_NONE,
    sessions: Annotated[int, typer.Option(min=1, help="How many sittings each has at most.")] = 12,
    guessers: Annotated[
        bool, typer.Option("--guessers", help="All of them guess, 200 answers each.")
    ] = False,
    save: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the log, and beside it what was really known.")
    ] = None,
    jobs: Annotated[int, typer.Option(help="Processes at once (default: one for each core).")] = 0,
    as_json: AsJson = False,
) -> None:
    """Let simulated learners take a course by the real tutor, and hold what it tells against the truth."""
    from courseware.simulate.course_run import Study, side_by_side  # what other commands do without
    from courseware.simulate.learners import GUESSER, PROFILES, dealt
    from courseware.simulate.report import report

    loaded = load_course(find_course(course))
    profiles = [GUESSER] * learners if guessers else dealt(learners, PROFILES)
    study = Study(
        world=world,
        seed=seed,
        sessions=GUESSES if guessers else sessions,
        answers=GUESSES if guessers else None,
    )
    jobs = max(1, min(jobs or os.cpu_count() or 1, learners // 10))
    every: list[Life] = []
    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("Learning", total=learners)
        for some in side_by_side(loaded.path, study, profiles, jobs):
            every += some
            bar.update(task, completed=len(every))
    if save is not None:
        _save(save, every)
    told = report(loaded, every)
    if as_json:
        print(json.dumps({"course": loaded.id, "world": world.value, "seed": seed, **asdict(told)}))
    else:
        _tell(loaded, told)
    if told.unreachable and not guessers:
        err.print(f"Nobody reached {', '.join(told.unreachable)}.", style="yellow")


def fit(
    course: CourseName,
    log: Annotated[
        str | None,
        typer.Option(metavar="LOG", help="The log: a file, or PostgreSQL's URL (default: your workspace's)."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write the parameters into the course's folder: it adopts them.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Learn a course's item difficulties and objectives' parameters from the answers in a log."""
    from courseware.mastery.attempts import Attempts  # numpy, which other commands do without
    from courseware.mastery.fit import STEPS, Fitted, TooFewError
    from courseware.mastery.fit import fit as fitting

    loaded = load_course(find_course(course))
    events = _log_of(log)
    try:
        attempts = Attempts.of(
            event
            for learner in events.learners(loaded.id)
            for _, event in events.read(learner, loaded.id)
            if not set(event.objectives) - set(loaded.objectives) and event.item in {None, *loaded.items}
        )
    finally:
        events.close()
    steps = fitting(attempts, loaded.parameters)
    try:
        *_, found = track(steps, total=STEPS, description="Fitting", console=err, transient=True)
    except TooFewError as error:
        err.print(str(error), style="yellow", highlight=False, soft_wrap=True)
        raise typer.Exit(1) from None
    assert isinstance(found, Fitted)
    path = loaded.path / parameter_file.NAME
    if write:
        path.write_text(parameter_file.text(found.parameters), encoding="utf-8", newline="\n")
    if as_json:
        print(json.dumps({"course": loaded.id, "written": str(path) if write else None, **asdict(found)}))
        return
    before, after = found.report.before, found.report.after
    table = Table(
        box=None, pad_edge=False, title=f"{loaded.title}: learners left out of the fit", title_justify="left"
    )
    for column in ("", "AUC", "Log-loss", "RMSE", "Calibration error"):
        table.add_column(column)
    for name in after:
        for when, of in (("now", before), ("fitted", after)):
            if name in of:
                m = of[name]
                figures = (m.auc, m.log_loss, m.rmse, m.calibration)
                table.add_row(f"{name}, {when}", *(f"{figure:.4f}" for figure in figures))
    out.print(table)
    out.print(
        f"From {found.report.tries:,} first tries of {found.report.learners:,} learners. "
        + (f"Wrote {path}." if write else f"With --write they go into {path}."),
        highlight=False,
    )


def _log_of(url: str | None) -> Log:
    """The log that was named, or that of the workspace that one is in. None is made."""
    if url is None:
        there = workspace.find(Path.cwd())
        if there is None:
            raise workspace.WorkspaceError(
                "There is no workspace here. Name the log with --log: a file, or PostgreSQL's URL."
            )
        return there.open_log()
    file = sqlite_file(url)
    if file is not None and not file.is_file():
        raise LogError(f"there is no log {file}. Name the file that holds it, or PostgreSQL's URL.")
    return open_log(url)


def _save(folder: Path, every: Sequence[Life]) -> None:
    """The log as any other, and truth.csv: what was known when each answer was given."""
    folder.mkdir(parents=True, exist_ok=True)
    log = open_log(folder / "events.sqlite")
    try:
        for life in every:
            log.append(life.events)
    finally:
        log.close()
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["learner", "profile", "answer", "objective", "known", "chance"])
        for life in every:
            for t in life.truths:
                writer.writerow(
                    [life.learner, life.profile, t.answer, t.objective, int(t.known), f"{t.chance:.4f}"]
                )


def _tell(course: Course, told: Report) -> None:
    out.print(f"{told.learners} learners, {told.answers:,} answers.", highlight=False)
    lessons = Table(box=None, pad_edge=False)
    for column in ("Lesson", "Reached by", "First tries to Proficient (median)"):
        lessons.add_column(column)
    for lesson in course.lessons:
        tries = ", ".join("–" if told.tries[o] is None else f"{told.tries[o]:g}" for o in lesson.teaches)
        lessons.add_row(lesson.title, str(told.reached[lesson.id]), tries)
    out.print(lessons)
    rows = {
        "False mastery (Proficient, not known)": told.false_mastery,
        "False mastery (Mastered, not known)": told.false_mastered,
        "Missed (known, not seen)": told.missed,
        "Wheel-spinning alarm, precision": told.spinning_precision,
        "Wheel-spinning alarm, recall": told.spinning_recall,
        **{f"Still known after {days} days": kept for days, kept in told.kept.items()},
        "Skipped by a placement, not known": told.placed_wrong,
    }
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, share in rows.items():
        table.add_row(name, "–" if share is None else f"{share:.1%}")
    if told.over_practice is not None:
        table.add_row("First tries when it was known already", f"{told.over_practice:.2f}")
    if told.calibration is not None:
        table.add_row(
            "Predictor: AUC, calibration error",
            f"{told.calibration.auc:.3f}, {told.calibration.calibration:.3f}",
        )
    for profile, (middle, most) in told.unlocks.items():
        table.add_row(f"Lessons that “{profile}” unlocked", f"median {middle:g}, most {most}")
    out.print(table)
