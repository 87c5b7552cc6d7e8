"""What nbgrader itself does and says: its configuration, its gradebook object, its own release.

For what is done seldom: it takes seconds to import. Grading writes the gradebook's tables directly.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from courseware import release
from courseware.grading.class_folder import ClassError, ClassFolder

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

CONFIG: Final = "nbgrader_config.py"
RELEASING: Final = ("ClearHiddenTests", "ClearMarkScheme", "InstantiateTests", "IncludeHeaderFooter",
                    "GenerateAssignment", "LockCells", "OverwriteKernelspec")  # fmt: skip
"""The parts of nbgrader's configuration that change what a release looks like, besides the stubs."""
OURS: Final = {"code_stub": {"python": release.CODE_STUB}, "text_stub": release.TEXT_STUB}
"""The stubs of a class made by `courseware class new`."""


def configuration(folder: Path) -> Any:
    """What the nbgrader_config.py in a folder sets, as traitlets' Config; empty where there is none.

    Raises ClassError if it cannot be run.
    """
    from traitlets.config import Config
    from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

    try:
        return PyFileConfigLoader(CONFIG, path=str(folder)).load_config()
    except ConfigFileNotFound:
        return Config()
    except Exception as error:  # it is Python of the instructor's own
        raise ClassError(f"{folder / CONFIG} cannot be run ({type(error).__name__}: {error}).") from error


def course_id(folder: ClassFolder) -> str:
    """The name under which nbgrader knows the course."""
    return str(configuration(folder.path).CourseDirectory.get("course_id", folder.course or "default_course"))


def exchange(folder: ClassFolder) -> Path:
    """The class's own folder in nbgrader's exchange, which may not be there."""
    from nbgrader.exchange.default import Exchange

    return Path(Exchange(config=configuration(folder.path)).root) / course_id(folder)


def open_gradebook(folder: ClassFolder) -> Gradebook:
    """The class's gradebook, made if missing; to be used in a `with` statement. Takes seconds to import."""
    from nbgrader.api import Gradebook

    os.environ["PATH"] = _path()
    return Gradebook(folder.gradebook_url, course_id(folder))


def releases_otherwise(folder: ClassFolder) -> bool:
    """Whether the class's configuration makes another release than ours: other stubs, marks, headers."""
    if not (folder.path / CONFIG).exists():
        return False
    set_here = configuration(folder.path)
    return dict(set_here.ClearSolutions) != OURS or any(set_here[name] for name in RELEASING)


def generate(folder: ClassFolder, assignment: str) -> None:
    """Have nbgrader release an assignment, by its own rules. Raises ClassError with what it said."""
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", assignment, "--force"]
    done = subprocess.run(
        command,
        cwd=folder.path,
        env={**os.environ, "PATH": _path()},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "ERROR" in line] or done.stderr.splitlines()
        raise ClassError(
            f"nbgrader could not release {assignment!r}: " + " ".join(lines[-3:]) + " Mend the source "
            f"notebook, and try `nbgrader generate_assignment {assignment}` in {folder.path}."
        )


def _path() -> str:
    """PATH with this environment's programs: nbgrader runs `alembic` by its name."""
    scripts, path = sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)
    return path if scripts in path.split(os.pathsep) else os.pathsep.join([scripts, path])
