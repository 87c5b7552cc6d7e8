"""The course map as JSON: lessons with levels, what opens the locked ones, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Final

from courseware.course import LessonEntry
from courseware.local_tutor import LocalTutor
from courseware.offering import REMEDIES, enrichment
from courseware.tutor import LessonCard, Progress, Standing
from courseware.workspace import Workspace

PROFICIENT: Final = 3
Json = dict[str, object]


def course_map(space: Workspace, folder: str, tutor: LocalTutor, *, at: str | None = None) -> Json:
    """The whole map of a workspace. `folder` is where it lies, `at` the notebook that is open in front."""
    progress = tutor.progress()
    standings = [standing for lesson in progress.lessons for standing in lesson.objectives]
    return {
        "workspace": folder,
        "course": progress.course,
        "title": progress.title,
        "preview": progress.preview,
        "objectives": len(standings),
        "proficient": sum(standing.level >= PROFICIENT for standing in standings),
        "mastered": sum(standing.level > PROFICIENT for standing in standings),
        "next": next_step(progress, folder, at=at),
        "due": None if progress.due is None else asdict(progress.due),
        "next_due": progress.next_due,
        "offers": [
            {**asdict(offer), "path": None if offer.notebook is None else within(folder, offer.notebook)}
            for offer in progress.offers
            if offer.kind != "enrichment"  # it stands with its lesson
        ],
        "lessons": [
            {
                **asdict(card),
                "number": number,
                "path": within(folder, card.notebook),
                "there": (space.path / card.notebook).is_file(),
                "extras": list(extras(space, folder, tutor.course.lesson(card.lesson))),
            }
            for number, card in enumerate(progress.lessons, 1)
        ],
    }


def next_step(progress: Progress, folder: str, *, at: str | None = None) -> Json:
    """What Continue leads to, and why: the lesson in hand, else the next unfinished one, else the last."""
    card, done = next_lesson(progress.lessons, at)
    objective = first_missing(card)
    if objective is not None:
        why = f"{objective.can}: {objective.left}."
    elif done:
        why = "Every objective is Proficient. You can look back at any lesson."
    else:
        why = "This lesson's objectives are Proficient."
    return {
        "lesson": card.lesson,
        "title": card.title,
        "path": within(folder, card.notebook),
        "objective": None if objective is None else objective.objective,
        "why": why,
        "done": done,
    }


def next_lesson(lessons: Sequence[LessonCard], at: str | None = None) -> tuple[LessonCard, bool]:
    """The open lesson to go on with, and whether all objectives of the course are Proficient."""
    place = next((n for n, card in enumerate(lessons) if card.lesson == at), 0)
    opened = [card for card in (*lessons[place:], *lessons[:place]) if card.open]
    unfinished = next((card for card in opened if first_missing(card)), None)
    if unfinished is not None:
        return unfinished, False
    last = max(opened, key=lessons.index)
    return last, all(first_missing(card) is None for card in lessons)


def first_missing(card: LessonCard) -> Standing | None:
    """The first objective of a lesson that is not Proficient yet."""
    return next((standing for standing in card.objectives if standing.level < PROFICIENT), None)


def extras(space: Workspace, folder: str, lesson: LessonEntry) -> Iterator[Json]:
    """The lesson's remedies and enrichment that lie in the workspace."""
    notebooks = [("remedy", o, f"{REMEDIES}/{name}") for o, each in lesson.remedies.items() for name in each]
    for kind, objective, name in (*notebooks, *(("enrichment", None, name) for name in enrichment(lesson))):
        if (space.path / name).is_file():
            yield {
                "kind": kind,
                "objective": objective,
                "title": title_of(name),
                "path": within(folder, name),
            }


def title_of(notebook: str) -> str:
    """“remedy-rows.ipynb” as words: “Rows”."""
    words = PurePosixPath(notebook).stem.split("-")
    return " ".join(words[1:] if len(words) > 1 else words).capitalize()


def explained(space: Workspace, folder: str, tutor: LocalTutor, lesson: str) -> Json:
    """Why a lesson is open or locked, and what to do next for it. Raises NotFound."""
    tutor_progress = tutor.progress(lesson)
    cards = {card.lesson: card for card in tutor_progress.lessons}
    card, entry = cards[lesson], tutor.course.lesson(lesson)
    needs = []
    for objective in () if card.open else entry.opens_when:
        home, standing = _home(tutor_progress, objective)
        needs.append(
            {
                **asdict(standing),
                "lesson": home.lesson,
                "lesson_title": home.title,
                "path": within(folder, home.notebook),
                "open": home.open,
            }
        )
    first = next((n for n in needs if n["open"] and int(str(n["level"])) < PROFICIENT), None)
    return {
        "workspace": folder,
        "lesson": card.lesson,
        "title": card.title,
        "open": card.open,
        "path": within(folder, card.notebook),
        "there": (space.path / card.notebook).is_file(),
        "opens_when": card.opens_when,
        "needs": needs,
        "next": next_step(tutor_progress, folder, at=str(first["lesson"]) if first else None),
    }


def _home(progress: Progress, objective: str) -> tuple[LessonCard, Standing]:
    for card in progress.lessons:
        for standing in card.objectives:
            if standing.objective == objective:
                return card, standing
    raise LookupError(f"no lesson teaches {objective!r}")


def within(folder: str, name: str) -> str:
    """A file of the workspace as Jupyter names it."""
    return str(PurePosixPath(folder) / name)
