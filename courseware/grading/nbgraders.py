"""nbgrader's own gradebook object, for what is done seldom: grading writes the tables itself."""

from __future__ import annotations

import os
import sysconfig
from typing import TYPE_CHECKING

from courseware.grading.class_folder import ClassFolder

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


def open_gradebook(folder: ClassFolder) -> Gradebook:
    """The class's gradebook, made if missing; to be used in a `with` statement. Takes seconds to import."""
    from nbgrader.api import Gradebook

    # nbgrader runs `alembic` by its name, which an environment that is not activated does not have on PATH.
    scripts = sysconfig.get_path("scripts")
    if scripts not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([scripts, os.environ.get("PATH", os.defpath)])
    return Gradebook(folder.gradebook_url, folder.course or "default_course")
