"""What Voila reads as its notebooks: the lessons of a course, as the app shows them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import nbformat
from jupyter_server.services.contents.largefilemanager import LargeFileManager
from tornado.web import HTTPError

from courseware.apps.shown import shown
from courseware.course import Course, LessonEntry
from courseware.workspace import released


class LessonContents(LargeFileManager):
    """Lessons by their notebooks' names; pictures and other files as they lie in the folder."""

    def __init__(self, *, course: Course, **traits: Any) -> None:
        super().__init__(**traits)
        self._course = course

    def get(self, path: str, *args: Any, **options: Any) -> Any:
        """A lesson's page as a notebook; all else as it is on the disk."""
        name = PurePosixPath(path).name
        lesson = next((each for each in self._course.lessons if each.notebook == name), None)
        if lesson is None:
            if path.endswith(".ipynb"):
                raise HTTPError(404, "There is no such lesson.")
            return super().get(path, *args, **options)  # type: ignore[no-untyped-call]
        return {
            "name": name,
            "path": path,
            "type": "notebook",
            "format": "json",
            "content": nbformat.from_dict(lesson_shown(self._course, lesson)),  # type: ignore[no-untyped-call]
        }


def lesson_shown(course: Course, lesson: LessonEntry) -> dict[str, Any]:
    """A lesson's notebook as its page shows it."""
    text, _ = released(course.source(lesson))
    return shown(text)
