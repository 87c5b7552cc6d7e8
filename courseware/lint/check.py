"""A course held against all the rules: quick ones here, slow ones side by side."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from courseware.course import Course, CourseError, load_course
from courseware.items import ItemError, Question
from courseware.lint import coverage, graded, item, learners, notebook, running
from courseware.lint.finding import RULES, Finding, Report, sorted_out
from courseware.runner import Worker
from courseware.verdict import Bench

QUICK: Final = 20
"""So many variants of an item `--quick` looks at, and judges none."""
BUNDLE: Final = 6
"""Items that a process gets at once, so that progress can be seen."""
ITEM_RULES: Final = frozenset(
    {"variants", "mistakes", "rare-mistake", "shadowed-mistake", "right-answer", "solution", "hints", "leak"}
    | {"prompt", "message", "reading", "tone", "alt-text", "links", "maths", "course"}
)
JUDGING: Final = frozenset({"variants", "shadowed-mistake", "right-answer", "solution"})
NO_CODE: Final = "the lesson has no code"

Step = Callable[[str, int, int], None]
"""Told of each step: what is looked at, how much of it is done, how much there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is asked: rules by name, how many seeds of each item, in how many processes."""

    rules: frozenset[str]
    seeds: int
    jobs: int

    def any(self, rules: Collection[str]) -> bool:
        return bool(self.rules & set(rules))


def scope(*, quick: bool, only: Collection[str], seeds: int, jobs: int) -> Scope:
    """The rules to ask: all, those named, and of these without the slow ones if it has to be quick."""
    chosen = frozenset(only) or frozenset(RULES)
    if quick:
        chosen = frozenset(name for name in chosen if not RULES[name].slow and name != "variants")
    return Scope(rules=chosen, seeds=QUICK if quick else seeds, jobs=jobs)


def lint(path: Path, asked: Scope, step: Step) -> Report:
    """Hold the course in a folder against the rules that are asked."""
    try:
        course = load_course(path)
    except CourseError as error:
        return Report(course=path.name, asked=["course"], findings=_unsound(error), left_out=_all_others())
    found: list[Finding] = []
    left_out: dict[str, str] = {
        name: "left out (--quick, or --only)" for name in RULES if name not in asked.rules
    }
    variants, broken = _one_of_each(course)
    found += broken
    pages = {lesson.id: notebook.pages(course, lesson) for lesson in course.lessons}
    found += coverage.findings(course, variants, pages)
    without: list[str] = []
    for lesson in course.lessons:
        for page in pages[lesson.id]:
            found += notebook.findings(page)
        main = pages[lesson.id][0]
        asks_code = any(
            variants[i.id].answer.takes != "answer"
            for i in course.items.values()
            if i.id in variants and course.home(i.id).id == lesson.id
        )
        if graded.has_code(main, asks_code):
            found += graded.findings(course, main)
        else:
            without.append(lesson.id)
    if without and "graded-task" in asked.rules:
        left_out["graded-task"] = f"{', '.join(without)}: {NO_CODE}"
    if asked.any(ITEM_RULES):
        found += _items(course, asked, step)
    if "order" in asked.rules:
        every = [page for several in pages.values() for page in several]
        for done, some in enumerate(running.findings(every), 1):
            found += some
            step("Running notebooks", done, len(every))
    if asked.any({"reach", "guessing"}) and not broken:
        for done, some in enumerate(learners.findings(course, asked.jobs), 1):
            found += some
            step("Simulating learners", done, 2)
    mine = [finding for finding in found if finding.rule in asked.rules or finding.rule == "course"]
    stand, excused = sorted_out(mine, course.skips, asked.rules)
    order = {name: number for number, name in enumerate(RULES)}
    return Report(
        course=course.id,
        asked=[name for name in RULES if name in asked.rules],
        findings=sorted(stand, key=lambda f: (f.file, order[f.rule])),
        excused=excused,
        left_out=left_out,
    )


def _unsound(error: CourseError) -> list[Finding]:
    return [Finding(rule="course", of=p.place, **asdict(p)) for p in error.problems]


def _all_others() -> Mapping[str, str]:
    return {name: "the course does not load" for name in RULES if name != "course"}


def _one_of_each(course: Course) -> tuple[dict[str, Question], list[Finding]]:
    """One variant of each item that is asked; what an item cannot make is told with its other faults."""
    made: dict[str, Question] = {}
    broken: list[Finding] = []
    for each in course.items.values():
        if each.retired:
            continue
        try:
            made[each.id] = item.question(course, each, 0)
        except ItemError:
            broken += item.findings(course, each, count=1, bench=None)
    return made, broken


# Items, side by side -----------------------------------------------------------------------------


def _items(course: Course, asked: Scope, step: Step) -> list[Finding]:
    names = [each.id for each in course.items.values() if not each.retired]
    found: list[Finding] = []
    done = 0
    for count, some in _looked_at(course, names, asked):
        done += count
        found += some
        step("Trying items", done, len(names))
    return found


def _looked_at(course: Course, names: Sequence[str], asked: Scope) -> Iterator[tuple[int, list[Finding]]]:
    judged = asked.any(JUDGING)
    bundles = [names[start : start + BUNDLE] for start in range(0, len(names), BUNDLE)]
    if asked.jobs == 1 or len(bundles) == 1:
        for bundle in bundles:
            yield len(bundle), look(course, bundle, asked.seeds, judged)
        return
    with ProcessPoolExecutor(asked.jobs, mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(look_in, course.path, b, asked.seeds, judged): len(b) for b in bundles}
        for one in as_completed(waiting):
            yield waiting[one], one.result()


def look_in(path: Path, names: Sequence[str], seeds: int, judged: bool) -> list[Finding]:
    """`look`, in a process of its own."""
    return look(load_course(path, sound=True), names, seeds, judged)


def look(course: Course, names: Sequence[str], seeds: int, judged: bool) -> list[Finding]:
    """The findings of a few items, seen in so many variants."""
    worker = Worker()
    bench = Bench(runner=worker, given=course.given, folder=course.path) if judged else None
    try:
        return [
            f for name in names for f in item.findings(course, course.items[name], count=seeds, bench=bench)
        ]
    finally:
        worker.close()
