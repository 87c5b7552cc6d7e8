"""The notebook in which reviews are done: a page of its own, made when the first review is asked for."""

from __future__ import annotations

import contextlib
import json
from typing import Final

from courseware.course import Course
from courseware.tutor import REVIEW
from courseware.workspace import Workspace

NAME: Final = "review.ipynb"
WORDS: Final = (
    "# Review\n\nA few questions on what you know already, mixed. They keep it, and the first answer to each "
    "says when it comes again. Run the cells below; come back when the course map says that something is due."
)


def review_notebook(space: Workspace, course: Course) -> str:
    """See that the review's notebook is in the workspace, and give its name. One that is there stays."""
    sources = [
        ("markdown", WORDS),
        ("code", f'from courseware import Lesson\n\nlesson = Lesson("{course.lessons[0].id}")'),
        ("code", f'lesson.check("{REVIEW}")'),
    ]
    cells: list[dict[str, object]] = [
        {"cell_type": kind, "id": f"review-{n}", "metadata": {}, "source": source}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for n, (kind, source) in enumerate(sources)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    with contextlib.suppress(FileExistsError), (space.path / NAME).open("x", encoding="utf-8") as out:
        json.dump(notebook, out, indent=1, ensure_ascii=False)
    return NAME
