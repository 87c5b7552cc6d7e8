"""Voila with our pages: the map, open lessons, and for a locked one a page that says why and what next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from voila.app import Voila
from voila.request_info_handler import RequestInfoSocketHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

from courseware.apps.contents import LessonContents
from courseware.apps.pages import LessonPage, Map, Missing, Style
from courseware.course import Course
from courseware.tutor import Progress, Tutor

NOT_SERVED: Final = (TornadoVoilaTreeHandler, TornadoVoilaHandler, RequestInfoSocketHandler)
"""A listing of the folder, any notebook in it, and the addresses that other visitors asked for."""


class LessonApp(Voila):  # type: ignore[misc]  # voila is not typed
    """One learner's course as an app, over the same workspace and log as `courseware learn`.

    Set `course` and `tutor` before `start`.
    """

    name = "voila"
    course: Course
    tutor: Tutor

    def init_settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = super().init_settings()
        # Kernels that are kept warm read their notebooks from it, once the loop runs.
        self.contents_manager = LessonContents(parent=self, course=self.course)
        return settings | {
            "contents_manager": self.contents_manager,
            "courseware": self,
            # A page elsewhere cannot reach this one under a name of its own. Behind another server, whose
            # name the request bears, that server sees to it.
            "allow_remote_access": self.base_url != "/",
        }

    def init_handlers(self) -> list[Any]:
        theirs = [handler for handler in super().init_handlers() if handler[1] not in NOT_SERVED]
        rendering = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        root = self.server_url
        ours = [
            (root, Map),
            (f"{root}courseware/app.css", Style),
            (f"{root}lesson/([a-z0-9-]+)", LessonPage, rendering),
        ]
        return [*ours, *theirs, (".*", Missing)]

    def progress(self) -> Progress:
        """Where the learner of this app stands."""
        return self.tutor.progress()

    def keep_warm(self, notebook: str) -> None:
        """Have a kernel ready behind a lesson that is likely to be opened next."""
        if self.voila_configuration.preheat_kernel and not self.kernel_manager.get_pool_size(notebook):
            self.kernel_manager.fill_if_needed(delay=0, notebook_name=notebook)


def places(course: Course) -> Mapping[str, Mapping[str, Any]]:
    """For each lesson's page: which number it has, and what comes before and after."""
    lessons = [{"id": lesson.id, "title": lesson.title} for lesson in course.lessons]
    return {
        lesson["id"]: {
            "course": course.title,
            "title": lesson["title"],
            "number": number,
            "of": len(lessons),
            "before": lessons[number - 2] if number > 1 else None,
            "after": lessons[number] if number < len(lessons) else None,
        }
        for number, lesson in enumerate(lessons, 1)
    }
