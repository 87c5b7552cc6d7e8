"""The lessons as learners get them: nothing leaks, all of it runs, and every lesson can be reached."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from courseware import workspace
from courseware.course import find_courses, load_course
from courseware.events import new_id
from courseware.grading.counter import OnTheSpot
from courseware.items_lock import changes
from courseware.local_tutor import LocalTutor
from courseware.mastery.alarms import SPINNING
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Level
from courseware.runner import Worker

COURSES = {name: load_course(path) for name, path in find_courses().items()}
LESSONS = [(name, lesson.id) for name, course in COURSES.items() for lesson in course.lessons]
REGION = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)### END \1", re.DOTALL)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture(scope="module")
def worker():
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture
def begun(request, tmp_path, worker):
    """A learner who has opened a course: the workspace and its tutor."""
    course = COURSES[request.param]
    space = workspace.create(tmp_path / "space", course, by_path=True)
    log = space.open_log()
    tutor = LocalTutor(course, log, space.learner, clock=Clock(), runner=worker, workspace=space)
    tutor.open(None)
    yield space, tutor
    log.close()


def always_right(tutor) -> None:
    """Answer every objective, always right, lesson by lesson as they open."""
    done = set()
    while True:
        ready = [x for x in tutor.progress().lessons if x.open and x.lesson not in done]
        if not ready:
            return
        done.add(ready[0].lesson)
        for standing in ready[0].objectives:
            card = tutor.ask(standing.objective)
            for _ in range(10):
                question = tutor._current(standing.objective).question
                tutor.answer(standing.objective, card.variant, question.right, id=new_id())
                if tutor.ask(standing.objective).standing.level >= 3:
                    break
                card = tutor.another(standing.objective, card.variant, id=new_id())


def secrets(course) -> list[str]:
    """Lines of solutions and hidden tests that do not stand openly in a lesson as well."""
    hidden, shown = [], []
    for lesson in course.lessons:
        for path in sorted(course.folder(lesson).glob("*.ipynb")):
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                source = "".join(cell["source"])
                for region in REGION.finditer(source):
                    hidden += [line.strip() for line in region[2].splitlines() if len(line.strip()) > 8]
                shown.append(REGION.sub("", source))
    openly = "\n".join(shown)
    return [line for line in hidden if line not in openly]


@pytest.mark.parametrize("begun", COURSES, indirect=True)
def test_an_always_right_learner_opens_every_lesson_and_finds_no_solution_or_hidden_test(begun):
    space, tutor = begun
    always_right(tutor)
    assert all(lesson.open for lesson in tutor.progress().lessons)
    assert all(o.level >= 3 for lesson in tutor.progress().lessons for o in lesson.objectives)
    hidden = secrets(tutor.course)
    assert hidden
    for file in (p for p in space.path.rglob("*") if p.is_file()):
        text = file.read_bytes().decode("utf-8", "replace")
        assert "BEGIN SOLUTION" not in text, file
        assert "HIDDEN TESTS" not in text, file
        leaks = [line for line in hidden if line in text or json.dumps(line)[1:-1] in text]
        if file.suffix == ".ipynb":
            assert not leaks, (file, leaks)


def solved(course, lesson, released: str) -> str:
    """A learner's notebook with the solutions of the source put in, cell by cell."""
    source = json.loads(course.source(lesson).read_text(encoding="utf-8"))
    solutions = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["source"]
        for cell in source["cells"]
        if cell["metadata"].get("nbgrader", {}).get("solution")
    }
    notebook = json.loads(released)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in solutions:
            cell["source"] = solutions[name]
    return json.dumps(notebook)


@pytest.mark.parametrize("name", COURSES)
def test_every_graded_task_gives_full_points_for_its_solution_and_none_for_what_is_released(name, tmp_path):
    """By the engine that grades hand-ins, with the hidden tests."""
    course = COURSES[name]
    space = workspace.create(tmp_path / "space", course, by_path=True)
    space.put_data(course)
    space.sync(course, course.lessons, {})
    counter = OnTheSpot(course, space)
    clock = Clock()
    try:
        for lesson in course.lessons:
            if counter.task(lesson.id) is None:
                continue  # a course without code; lint asks for a task wherever there is code
            released = (space.path / lesson.notebook).read_text(encoding="utf-8")
            right = counter.take(lesson.id, solved(course, lesson, released), at=clock(), history=()).receipt
            judged = [r for r in right.results if r.points is not None]  # the others a person reads
            assert judged, lesson.id
            assert not [r for r in judged if r.points != r.most], lesson.id
            blank = counter.take(lesson.id, released, at=clock(), history=()).receipt
            assert not any(r.points for r in blank.results), (lesson.id, blank.results)
    finally:
        counter.close()


def wrong(tutor, objective: str, variant: str) -> str:
    """Answer a question wrongly, by the first of its known mistakes; the next variant."""
    question = tutor._current(objective).question
    response = question.mistakes[0].response if question.mistakes else None
    tutor.answer(objective, variant, response, id=new_id())
    return tutor.another(objective, variant, id=new_id()).variant


@pytest.mark.parametrize(("name", "lesson_id"), LESSONS)
def test_whoever_is_always_wrong_is_offered_the_remedy_and_nothing_opens(name, lesson_id, tmp_path, worker):
    """In each lesson, as someone who came there; what was open before stays all there is."""
    course = COURSES[name]
    lesson = course.lesson(lesson_id)
    space = workspace.create(tmp_path / "space", course, by_path=True, preview=True)
    log = space.open_log()
    tutor = LocalTutor(
        course, log, space.learner, clock=Clock(), runner=worker, workspace=space, preview=True
    )
    tutor.open(lesson_id)
    for objective in lesson.teaches:
        variant = tutor.ask(objective).variant
        for _ in range(SPINNING):
            variant = wrong(tutor, objective, variant)
        offers = {offer.notebook for offer in tutor.ask(objective).offers}
        ways = {
            f"remedies/{file}"
            for name, files in lesson.remedies.items()
            for file in files
            if name.partition(":")[0] == objective
        }  # which one depends on the mistake
        assert ways & offers or not ways
    events = [event for _, event in log.read(space.learner, course.id)]
    log.close()
    assert not [event for event in events if event.kind == "unlocked"]
    fold = Fold(course.rules, course.parameters.intercept)
    for event in events:
        fold.add(event)
    assert all(fold.standing(objective).reached <= Level.ATTEMPTED for objective in lesson.teaches)


@pytest.mark.parametrize(("name", "lesson_id"), LESSONS)
def test_the_released_notebook_runs_to_its_end(name, lesson_id, tmp_path):
    course = COURSES[name]
    space = workspace.create(tmp_path / "space", course, by_path=True)
    space.sync(course, course.lessons, {})
    notebook = nbformat.read(space.path / f"{lesson_id}.ipynb", as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(space.path)}})
    client.execute()
    widgets = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "application/vnd.jupyter.widget-view+json" in output.get("data", {})
    ]
    assert len(widgets) > 5


@pytest.mark.parametrize("name", COURSES)
def test_no_item_changed_without_a_new_version(name):
    assert list(changes(COURSES[name])) == []


@pytest.mark.parametrize(("name", "lesson_id"), LESSONS)
def test_notebooks_are_stored_without_outputs_and_with_readable_cell_ids(name, lesson_id):
    path: Path = COURSES[name].path / lesson_id / "lesson.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert not [c["id"] for c in cells if c.get("outputs") or c.get("execution_count")]
    assert all(re.fullmatch(r"[a-z0-9_-]+", c["id"]) for c in cells)
    assert len({c["id"] for c in cells}) == len(cells)


@pytest.mark.parametrize(("name", "lesson_id"), LESSONS)
def test_every_picture_has_a_text_for_those_who_do_not_see_it(name, lesson_id):
    path: Path = COURSES[name].path / lesson_id / "lesson.ipynb"
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for alt, target in re.findall(r"!\[(.*?)\]\((.*?)\)", "".join(cell["source"])):
            assert len(alt) > 20, target
            assert (COURSES[name].path / target).is_file()


@pytest.mark.parametrize(("name", "lesson_id"), LESSONS)
def test_a_graded_task_carries_its_objectives(name, lesson_id):
    course = COURSES[name]
    path: Path = course.path / lesson_id / "lesson.ipynb"
    graded = [
        c["metadata"]
        for c in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if c["metadata"].get("nbgrader", {}).get("grade")
    ]
    assert graded
    for metadata in graded:
        assert metadata["nbgrader"]["grade_id"].startswith(f"{lesson_id}_")
        assert set(metadata["courseware"]["objectives"]) <= set(course.objectives)
