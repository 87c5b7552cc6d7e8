"""Voila with our pages: the map, open lessons, and for a locked one a page that says why and what next."""

from __future__ import annotations

import asyncio
import functools
import os
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlsplit

from voila.app import KernelHandler, Voila
from voila.request_info_handler import RequestInfoSocketHandler
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

from courseware.apps import tutoring
from courseware.apps.contents import LessonContents, lesson_shown
from courseware.apps.kernels import OwnedKernel, OwnedShutdown, OwnedSocket, environment
from courseware.apps.pages import LessonPage, LessonPart, Map, Missing, Ours, Script
from courseware.apps.shown import checks_of
from courseware.apps.tutors import Tutors
from courseware.apps.visitor import Visitor
from courseware.apps.warm_kernels import WarmProcess
from courseware.course import Course
from courseware.grading.imports import imported
from courseware.tutor import NotFound, Progress, Tutor
from courseware.widgets import front
from courseware.widgets.page import Page
from courseware.widgets.view import check_view

NOT_SERVED: Final = (TornadoVoilaTreeHandler, TornadoVoilaHandler, RequestInfoSocketHandler)
"""A listing of the folder, any notebook in it, and the addresses that other visitors asked for."""
OWNED: Final[Mapping[Any, Any]] = {
    KernelHandler: OwnedKernel,
    VoilaKernelWebsocketHandler: OwnedSocket,
    VoilaShutdownKernelHandler: OwnedShutdown,
}
"""Voila's handlers of kernels, which ask nobody whose it is, and those that do."""
LARGEST: Final = 2_000_000
"""The largest request, in bytes: an answer is far smaller, and a notebook is not handed in from here."""
EARLY: Final = 5
"""So many checks of a page are put into it: what can be seen before the rest has come."""
LESSONS_WARM: Final = 3
"""Behind the pages of so many lessons kernels are kept ready."""
EVERYWHERE: Final[Mapping[str, str]] = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "[::1]"}


class LessonApp(Voila):  # type: ignore[misc]  # voila is not typed
    """A course as an app for one learner, over the same workspace and log as `courseware learn`.

    Set `course`, `tutors` and `learner` before `start`; `public` is the address that learners type, where
    another server stands in front.
    """

    name = "voila"
    course: Course
    tutors: Tutors
    learner: str
    public: str | None = None
    _warm: list[str]
    threads: ThreadPoolExecutor

    def init_settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = super().init_settings()
        # Kernels that are kept warm read their notebooks from it, once the loop runs.
        self.contents_manager = LessonContents(parent=self, course=self.course)
        self._warm = []
        self.threads = ThreadPoolExecutor(max_workers=32, thread_name_prefix="courseware-tutor")
        self.kernel_manager.warm_process = self._warm_process()
        types = self.kernel_manager.allowed_message_types
        self.kernel_manager.allowed_message_types = [t for t in types if t != "shutdown_request"]
        return settings | {
            "contents_manager": self.contents_manager,
            "courseware": self,
            # A page elsewhere cannot reach this one under a name of its own. Behind another server, whose
            # name the request bears, that server sees to it.
            "allow_remote_access": self.base_url != "/" or self.public is not None,
            "allow_origin": "" if self.public is None else _origin(self.public),
        }

    def init_handlers(self) -> list[Any]:
        self.app.listen = functools.partial(self.app.listen, max_body_size=LARGEST)
        theirs = [
            (pattern, OWNED.get(handler, handler), *more)
            for pattern, handler, *more in super().init_handlers()
            if handler not in NOT_SERVED
        ]
        rendering = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        root = self.server_url
        ours = [
            (root, Map),
            (f"{root}courseware/(app\\.css|app\\.js)", Ours),
            (f"{root}courseware/static/(\\w+)\\.(\\w+)\\.js", Script),
            (f"{root}courseware/(top|end)/([a-z0-9-]+)", LessonPart),
            (f"{root}{tutoring.AT}", tutoring.Tutoring, {"desks": self, "threads": self.threads}),
            (f"{root}lesson/([a-z0-9-]+)", LessonPage, rendering),
        ]
        return [*ours, *theirs, (".*", Missing)]

    def _warm_process(self) -> WarmProcess | None:
        if sys.platform != "linux" or os.environ.get("COURSEWARE_KERNELS") == "spawn":
            return None
        sources = (self.course.source(lesson) for lesson in self.course.lessons)
        return WarmProcess(imported(sources), environment(os.environ))

    def stop(self) -> None:
        super().stop()
        if self.kernel_manager.warm_process is not None:
            self.kernel_manager.warm_process.close()

    @property
    def tutor_address(self) -> str:
        """Where the kernels of this app ask."""
        host = EVERYWHERE.get(self.ip, self.ip)
        return f"http://{host}:{self.port}{self.server_url}{tutoring.AT}"

    def visitor(self, handler: Any) -> Visitor | None:  # noqa: ARG002 - nobody signs in here
        """Who is at a page: here always the one learner."""
        return Visitor(learner=self.learner)

    def visitor_by(self, capability: str) -> Visitor | None:
        found: Visitor | None = self.kernel_manager.visitor_by(capability)
        return found

    def tutor(self, learner: str) -> Tutor:
        return self.tutors.of(learner)

    async def progress(self, visitor: Visitor) -> Progress:
        """Where a learner stands; what became open meanwhile is opened."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, lambda: self.tutor(visitor.learner).open(None))

    async def early(self, visitor: Visitor, lesson: str) -> Mapping[str, Any]:
        """The first checks of a lesson's page, to be drawn before its widgets are there."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, self._early, visitor.learner, lesson)

    def _early(self, learner: str, lesson: str) -> Mapping[str, Any]:
        tutor, page = self.tutor(learner), Page(lambda: self.tutor(learner), lesson=lesson, folder="")
        views = []
        for target in self._first_checks(lesson):
            with suppress(NotFound):  # its widget says so
                views.append(check_view(tutor.ask(target), page, key=f"early-{target}"))
        return {"script": f"courseware/static/check.{front.shared('check').sha}.js", "views": views}

    @functools.cache  # noqa: B019 - there is one app
    def _first_checks(self, lesson: str) -> list[str]:
        return checks_of(lesson_shown(self.course, self.course.lesson(lesson)))[:EARLY]

    def keep_warm(self, notebook: str) -> None:
        """Have kernels ready behind a lesson that is likely to be opened; the oldest of many is let go."""
        self._warm = [*(other for other in self._warm if other != notebook), notebook]
        self.kernel_manager.fill_if_needed(delay=0, notebook_name=notebook)
        while len(self._warm) > LESSONS_WARM:
            self.ioloop.add_callback(self.kernel_manager.let_go, self._warm.pop(0))


def _origin(address: str) -> str:
    where = urlsplit(address)
    return f"{where.scheme}://{where.netloc}".lower()
