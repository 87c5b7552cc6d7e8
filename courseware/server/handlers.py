"""`/courseware/api/…`: what the course map asks. Each answer and each error is JSON.

Nothing here takes an answer, a level or any other evidence: a browser can ask where the learner stands,
have written what is open, and start a course.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Any, Final

from jupyter_server.auth.decorator import authorized
from tornado import web

from courseware import workspace
from courseware.course import CourseError, find_course, find_courses, load_course
from courseware.log import LogError
from courseware.release import ReleaseError
from courseware.server.guarded import Guarded
from courseware.server.map import Json, course_map, explained, within
from courseware.server.review import review_notebook
from courseware.server.root import Refused, Root
from courseware.server.tutors import Tutors
from courseware.tutor import NotFound
from courseware.workspace import WorkspaceError

AT: Final = "courseware/api"
LONGEST: Final = 4_000
"""The longest name that a request may hold, in characters."""


class Unreadable(ValueError):
    """A request that does not say what it has to."""


class Taken(ValueError):
    """What a request wants to make is there already, and is something else."""


STATUS: Final[Mapping[type[Exception], tuple[int, str]]] = {
    Unreadable: (400, "unreadable"),
    Refused: (403, "refused"),
    NotFound: (404, "not-found"),
    WorkspaceError: (404, "no-workspace"),
    Taken: (409, "taken"),
    CourseError: (409, "course"),
    LogError: (503, "log"),
    ReleaseError: (409, "course"),
    LookupError: (404, "not-found"),
    OSError: (503, "disk"),
}


class Handler(Guarded):
    """One question about the workspaces below a root."""

    root: Root
    tutors: Tutors

    def initialize(self, root: Root, tutors: Tutors) -> None:
        self.root = root
        self.tutors = tutors

    async def reply(self, act: Callable[[], Json]) -> None:
        """Answer with what `act` tells, done on a thread: it reads files and the log."""
        try:
            told = await asyncio.to_thread(act)
        except tuple(STATUS) as error:
            status, reason = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
            said = str(error.args[0]) if isinstance(error, LookupError) and error.args else str(error)
            self.set_status(status)
            told = {"message": said, "reason": reason}
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(told, allow_nan=False))

    def named(self, name: str) -> str | None:
        """What the address says of a name; None if nothing."""
        value = self.get_query_argument(name, None, strip=False)
        if value is not None and len(value) > LONGEST:
            raise web.HTTPError(400, f"{name} is longer than a name can be.")
        return value

    def body(self) -> Mapping[str, str | None]:
        """The texts in a request's body. Raises HTTPError (400) for anything else."""
        try:
            content: Any = self.get_json_body()
        except UnicodeDecodeError:
            content = None
        if not isinstance(content, dict):
            raise web.HTTPError(400, "Send an object in JSON.")
        for name, value in content.items():
            if not (value is None or (isinstance(value, str) and len(value) <= LONGEST)):
                raise web.HTTPError(400, f"{name} has to be a text.")
        return content


class CourseHandler(Handler):
    """Which workspace a file belongs to; where there is none, which courses can be started."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        near = self.named("near") or ""
        await self.reply(lambda: self._tell(near))

    def _tell(self, near: str) -> Json:
        space = self.root.near(near)
        others = [self.root.seen(each.path) for each in self.root.workspaces()]
        if space is not None:
            return {"workspace": self.root.seen(space.path), "workspaces": others, "courses": []}
        return {"workspace": None, "workspaces": others, "courses": list(_courses())}


class ProgressHandler(Handler):
    """The map of a workspace."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        folder, at = self.named("workspace") or "", self.named("at")
        await self.reply(lambda: self._tell(folder, at))

    def _tell(self, folder: str, at: str | None) -> Json:
        space = self.root.workspace(folder)
        return course_map(space, self.root.seen(space.path), self.tutors.of(space), at=at)


class UnlockHandler(Handler):
    """Write what is open. The gate decides what that is: a request cannot open anything.

    With `lesson`, a notebook of an open lesson that is no longer there is written again.
    """

    @web.authenticated
    @authorized
    async def post(self) -> None:
        body = self.body()
        await self.reply(lambda: self._unlock(body.get("workspace") or "", body.get("lesson")))

    def _unlock(self, folder: str, lesson: str | None) -> Json:
        space = self.root.workspace(folder)
        tutor, seen = self.tutors.of(space), self.root.seen(space.path)
        before = {card.lesson for card in tutor.progress().lessons if card.open}
        opened = [card for card in tutor.open(None).lessons if card.open and card.lesson not in before]
        restored = None
        if lesson is not None:
            entry = explained(space, seen, tutor, lesson)
            if entry["open"] and not entry["there"]:
                restored = within(seen, tutor.restore(lesson).path)
        return {
            "opened": [card.lesson for card in opened],
            "restored": restored,
            "map": course_map(space, seen, tutor, at=lesson),
        }


class ExplainHandler(Handler):
    """Why a lesson is locked, what opens it, what to do next. By `lesson`, or by its notebook's `path`."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        folder, lesson, path = self.named("workspace"), self.named("lesson"), self.named("path")
        await self.reply(lambda: self._tell(folder, lesson, path))

    def _tell(self, folder: str | None, lesson: str | None, path: str | None) -> Json:
        if path is not None:
            file = PurePosixPath(path)
            self.root.below(path)
            if file.suffix != ".ipynb":
                raise NotFound(f"{file.name} is no lesson of a course.")
            folder, lesson = "" if str(file.parent) == "." else str(file.parent), file.stem
        if lesson is None:
            raise Unreadable("Say which lesson, or which notebook's path.")
        space = self.root.workspace(folder or "")
        return explained(space, self.root.seen(space.path), self.tutors.of(space), lesson)


class ReviewHandler(Handler):
    """What is due for review; posted: the notebook to do it in."""

    @web.authenticated
    @authorized
    async def get(self) -> None:
        folder = self.named("workspace") or ""
        await self.reply(lambda: self._tell(folder))

    @web.authenticated
    @authorized
    async def post(self) -> None:
        body = self.body()
        await self.reply(lambda: self._begin(body.get("workspace") or ""))

    def _tell(self, folder: str) -> Json:
        progress = self.tutors.of(self.root.workspace(folder)).progress()
        due = None if progress.due is None else asdict(progress.due)
        return {"due": due, "next_due": progress.next_due}

    def _begin(self, folder: str) -> Json:
        space = self.root.workspace(folder)
        tutor = self.tutors.of(space)
        if tutor.progress().due is None:
            raise NotFound("Nothing is due for review now.")
        return {"path": within(self.root.seen(space.path), review_notebook(space, tutor.course))}


class StartHandler(Handler):
    """Start a course: make a workspace in a folder of its own, with the first lesson in it."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        body = self.body()
        await self.reply(lambda: self._start(body.get("course"), body.get("folder"), body.get("name")))

    def _start(self, name: str | None, folder: str | None, called: str | None) -> Json:
        courses = find_courses()
        if name not in courses:  # and nothing else: a browser names no folder of this machine
            raise NotFound(f"No course {name!r} is installed here. There are: {', '.join(courses)}.")
        course = load_course(find_course(name))
        path = self.root.below(folder or course.id)
        if path.exists() and not path.is_dir():
            raise Taken(f"{path.name} is a file. Choose another name for the folder.")
        if (path / workspace.HOME / "workspace.toml").is_file():
            space = self.root.workspace(self.root.seen(path))
            if space.course != course.id:
                raise Taken(f"In {path.name} another course has been started. Choose another folder.")
        else:
            space = workspace.create(path, course, name=called or None)
        seen = self.root.seen(space.path)
        tutor = self.tutors.of(space)
        tutor.open(None)
        return {"workspace": seen, "map": course_map(space, seen, tutor)}


def _courses() -> Iterator[Json]:
    """The courses that can be started, by what their course.toml says; starting one checks it whole."""
    for path in find_courses().values():
        try:
            course = load_course(path, sound=True)
        except (CourseError, OSError, ValueError, KeyError, TypeError):
            continue  # `courseware courses` tells its author what to mend
        yield {
            "course": course.id,
            "title": course.title,
            "lessons": len(course.lessons),
            "objectives": len(course.objectives),
        }


HANDLERS: Final[Mapping[str, type[Handler]]] = {
    "course": CourseHandler,
    "progress": ProgressHandler,
    "unlock": UnlockHandler,
    "explain": ExplainHandler,
    "review": ReviewHandler,
    "start": StartHandler,
}
