"""nbgrader's own notebooks get nbgrader's own scores."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import nbgrader
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from courseware.grading import class_folder
from courseware.grading.class_folder import ClassFolder
from courseware.grading.grading_run import grade_class

HOME = Path(nbgrader.__file__).parent
COURSE = HOME / "docs" / "source" / "user_guide"
FILES = HOME / "tests" / "apps" / "files"
MORE = HOME / "tests" / "preprocessors" / "files"

# Assignments of nbgrader's test suite, with what is handed in ("": as released, and with the solutions).
SOURCES = {
    "changed": (FILES / "submitted-unchanged.ipynb", "submitted-*.ipynb"),
    "prechanged": (MORE / "submitted-unchanged.ipynb", "submitted-*changed.ipynb"),
    "hidden": (FILES / "test-hidden-tests.ipynb", ""),
    "relative": (FILES / "open_relative_file.ipynb", ""),
    "environment": (FILES / "validating-environment-variable.ipynb", ""),
    "manual": (MORE / "manually-graded-code-cell.ipynb", ""),
    "tasks": (MORE / "test_taskcell.ipynb", ""),
    "nested": (MORE / "test.ipynb", ""),
}
REFUSED = {"submitted-answer-cell-type-changed", "submitted-grade-cell-type-changed"}
"""What nbgrader 0.9.6 ends with an error at. Ours grades it; so there is nothing to compare."""

Row = tuple[object, ...]


def told(folder: ClassFolder) -> set[Row]:
    """All that a gradebook says of cells: scores, whether a person should look, comments."""
    found: set[Row] = set()
    with Gradebook(folder.gradebook_url) as book:
        for assignment in book.assignments:
            for handed_in in book.assignment_submissions(assignment.name):
                for notebook in handed_in.notebooks:
                    place = assignment.name, handed_in.student.id, notebook.name
                    for grade in notebook.grades:
                        found.add(
                            (*place, grade.name, grade.auto_score, grade.score, grade.needs_manual_grade)
                        )
                    for comment in notebook.comments:
                        found.add((*place, comment.name, comment.auto_comment))
                    found.add((*place, notebook.late_submission_penalty))
    return found


@pytest.fixture(scope="module")
def graded_by_nbgrader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ClassFolder, ClassFolder]]:
    """A class whose submissions nbgrader graded, and a copy of it from before that."""
    if not COURSE.is_dir() or not FILES.is_dir():
        pytest.skip("this nbgrader was installed without its documentation and tests")
    path = tmp_path_factory.mktemp("parity") / "theirs"
    shutil.copytree(COURSE / "source" / "ps1", path / "source" / "ps1")
    shutil.copytree(COURSE / "submitted", path / "submitted")
    for name, (source, _) in SOURCES.items():
        (path / "source" / name).mkdir()
        shutil.copy(source, path / "source" / name / "p1.ipynb")
    shutil.copy(FILES / "data.txt", path / "source" / "relative")
    (path / "class.toml").write_text("")
    config = Config()
    config.CourseDirectory.root = str(path)
    config.CourseDirectory.db_url = f"sqlite:///{path / 'gradebook.db'}"
    before, paths = Path.cwd(), os.environ["PATH"]
    os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), paths])  # nbgrader runs alembic
    os.chdir(path)
    try:
        theirs = NbGraderAPI(CourseDirectory(config=config), config=config)
        for name in ("ps1", *SOURCES):
            assert theirs.generate_assignment(name)["success"], name
            _hand_in(path, name)
        shutil.copytree(path, path.with_name("ours"))
        for place in sorted(path.glob("submitted/*/*")):
            theirs.autograde(place.name, place.parent.name)
        yield class_folder.load(path), class_folder.load(path.with_name("ours"))
    finally:
        os.chdir(before)
        os.environ["PATH"] = paths


def _hand_in(path: Path, name: str) -> None:
    if name == "ps1":
        return
    source, pattern = SOURCES[name]
    released = path / "release" / name / "p1.ipynb"
    given = {file.stem: file for file in source.parent.glob(pattern)} if pattern else {}
    for student, file in (given or {"released": released, "solved": source}).items():
        if student not in REFUSED:
            (path / "submitted" / student / name).mkdir(parents=True)
            shutil.copy(file, path / "submitted" / student / name / "p1.ipynb")


# nbgrader and what it stands on warn of themselves.
@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's commands are not for Windows")
def test_every_score_comment_and_penalty_is_the_same(graded_by_nbgrader):
    theirs, ours = graded_by_nbgrader
    for name in ("ps1", *SOURCES):
        report = grade_class(ours, name, workers=2)
        assert not report.failed
        assert name != "ps1" or sys.platform != "linux" or report.layers or not report.unverified
    wanted = told(theirs)
    assert len(wanted) > 100
    assert told(ours) == wanted


@pytest.mark.filterwarnings("ignore")
def test_formgrader_reads_what_was_graded(graded_by_nbgrader):
    """The graded notebooks hold for nbgrader's own checks, and give its own scores once more."""
    import nbformat
    from nbgrader.nbgraderformat import MetadataValidator
    from nbgrader.utils import determine_grade, is_grade

    _, ours = graded_by_nbgrader
    with Gradebook(ours.gradebook_url) as book:
        for path in sorted((ours.path / "autograded").glob("*/*/*.ipynb")):
            made = nbformat.read(path, as_version=4)
            nbformat.validate(made)
            MetadataValidator().validate_nb(made)
            student, assignment = path.parts[-3:-1]
            for cell in filter(is_grade, made.cells):
                name = cell.metadata.nbgrader.grade_id
                grade = book.find_grade(name, path.stem, assignment, student)
                stderr = any(o.get("name") == "stderr" for o in cell.get("outputs", []))
                assert stderr or determine_grade(cell)[0] == grade.auto_score
