"""The app's pages. Opening one records no answer, and nothing of what it shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final, Protocol, cast

from jupyter_server.base.handlers import JupyterHandler
from tornado import web
from voila.tornado.handler import TornadoVoilaHandler

from courseware.apps.kernels import GivenKernels
from courseware.apps.visitor import Visitor
from courseware.tutor import LessonCard, Progress
from courseware.widgets import front

LOCKED: Final = "“{title}” is not open yet"
NO_LESSON: Final = "There is no such page"
NO_LESSON_WHY: Final = "The address may have a letter too many. The course map shows every lesson."
WRONG: Final = "This page could not be shown"
WRONG_WHY: Final = (
    "Something went wrong on the server. Nothing was lost: load the page again. If it stays so, tell whoever "
    "runs the course."
)
PROFICIENT: Final = 3
TOP: Final = "<!-- courseware: top -->"
END: Final = "<!-- courseware: end -->"
EARLY: Final = "<!-- courseware: early -->"
"""Where a lesson's page has what differs between learners: it may be rendered before anybody asks for it."""
KINDS: Final = {"app.css": "text/css", "app.js": "text/javascript"}
FOR_GOOD: Final = "private, max-age=31536000, immutable"


class App(Protocol):
    """What a page asks of the app that it belongs to."""

    def visitor(self, handler: Any) -> Visitor | None: ...
    async def progress(self, visitor: Visitor) -> Progress: ...
    async def early(self, visitor: Visitor, lesson: str) -> Mapping[str, Any]: ...
    def keep_warm(self, notebook: str) -> None: ...


class Page(JupyterHandler):
    """A page of ours."""

    @property
    def courseware(self) -> App:
        return cast("App", self.settings["courseware"])

    @property
    def visitor(self) -> Visitor:
        """Who is at this page. Raises HTTPError (403) for nobody."""
        visitor = self.courseware.visitor(self)
        if visitor is None:
            raise web.HTTPError(403)
        return visitor

    def fill(self, name: str, **values: Any) -> str:
        """A template of ours with its values in it."""
        template = self.settings["voila_jinja2_env"].get_template(name)
        return str(template.render(base_url=self.base_url, language="en", token=self._token(), **values))

    def show(self, name: str, **values: Any) -> None:
        """Answer with a template, which no browser keeps (others may sit at this machine next)."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        visitor = self.courseware.visitor(self)
        self.finish(self.fill(name, who=None if visitor is None else visitor.name, **values))

    async def show_missing(self) -> None:
        progress = await self.courseware.progress(self.visitor)
        self.set_status(404)
        self.show(
            "locked.html",
            course=progress.title,
            title=progress.title,
            heading=NO_LESSON,
            why=NO_LESSON_WHY,
            go_on=go_on(progress),
        )

    def write_error(self, status_code: int, **_: Any) -> None:
        """A sentence instead of a traceback."""
        self.set_status(status_code)
        self.show("locked.html", course="", title=WRONG, heading=WRONG, why=WRONG_WHY, go_on=None)

    def _token(self) -> str:
        """What a form has to send back, so that no page elsewhere can send it."""
        return self.xsrf_token.decode() if self.settings.get("xsrf_cookies") else ""


class Map(Page):
    """The course map: every lesson, its objectives and levels, and where to go on."""

    @web.authenticated
    async def get(self) -> None:
        progress = await self.courseware.progress(self.visitor)
        self.show("map.html", course=progress.title, lessons=progress.lessons, go_on=go_on(progress))
        if (onward := _next(progress)) is not None:
            self.courseware.keep_warm(onward.notebook)


class Missing(Page):
    """Any other address."""

    @web.authenticated
    async def get(self) -> None:
        await self.show_missing()


class Ours(web.RequestHandler):
    """The pages' own style sheet and script."""

    def get(self, name: str) -> None:
        self.set_header("Content-Type", f"{KINDS[name]}; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish((files(__package__) / name).read_text(encoding="utf-8"))


class Script(web.RequestHandler):
    """What draws the widgets: fetched once, and kept by browsers, since its name bears its hash."""

    def get(self, kind: str, sha: str) -> None:
        if kind not in front.KINDS:
            raise web.HTTPError(404, "There is no such script.")
        now = front.shared(kind)
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", FOR_GOOD if now.sha == sha else "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish(now.text)


class LessonPart(Page):
    """The head or the end of a lesson's page as it is now: the page asks when something was recorded."""

    @web.authenticated
    async def get(self, part: str, lesson: str) -> None:
        progress = await self.courseware.progress(self.visitor)
        if all(card.lesson != lesson for card in progress.lessons):
            raise web.HTTPError(404)
        self.show(f"{part}.html", **lesson_place(progress, lesson))


class LessonPage(TornadoVoilaHandler, Page):  # type: ignore[misc]
    """A lesson that is open, run by Voila; for a locked one, why it is and what opens it."""

    _around: dict[str, str]

    @property
    def kernel_manager(self) -> Any:
        """Voila's kernels: those that this page is given become its visitor's."""
        return GivenKernels(self.settings["kernel_manager"], self.visitor)

    @web.authenticated
    async def get(self, lesson: str) -> None:
        progress = await self.courseware.progress(self.visitor)
        card = next((each for each in progress.lessons if each.lesson == lesson), None)
        if card is None:
            await self.show_missing()
        elif not card.open:
            self.show(
                "locked.html",
                course=progress.title,
                title=card.title,
                heading=LOCKED.format(title=card.title),
                why=card.opens_when,
                go_on=go_on(progress),
            )
        else:
            values = {"who": self.visitor.name, **lesson_place(progress, lesson)}
            early = json.dumps(await self.courseware.early(self.visitor, lesson)).replace("<", "\\u003c")
            self._around = {
                TOP: self.fill("top.html", **values),
                END: self.fill("end.html", **values),
                EARLY: f'<script type="application/json" id="cw-early">{early}</script>',
            }
            self.courseware.keep_warm(card.notebook)
            await TornadoVoilaHandler.get(self, card.notebook)

    def write(self, chunk: Any) -> None:
        """Voila's page in pieces, with this learner's part put in its place."""
        if isinstance(chunk, str):
            for place, own in getattr(self, "_around", {}).items():
                chunk = chunk.replace(place, own)
        super().write(chunk)

    def write_error(self, status_code: int, **how: Any) -> None:
        if self._headers_written:  # half of the page is out: all that can still be said is that
            self.finish(f'<p role="alert">{WRONG_WHY}</p>')
            return
        self._around = {}
        Page.write_error(self, status_code, **how)


def lesson_place(progress: Progress, lesson: str) -> dict[str, Any]:
    """Where a lesson stands in the course and how far the learner is in it, for its head and end."""
    number = next(n for n, card in enumerate(progress.lessons) if card.lesson == lesson)
    card = progress.lessons[number]
    return {
        "course": progress.title,
        "card": card,
        "number": number + 1,
        "of": len(progress.lessons),
        "reached": sum(o.level >= PROFICIENT for o in card.objectives),
        "before": progress.lessons[number - 1] if number else None,
        "after": progress.lessons[number + 1] if number + 1 < len(progress.lessons) else None,
    }


def _next(progress: Progress) -> LessonCard | None:
    """The lesson to go on with: the first open one that is not all Proficient, else the last open one."""
    opened = [lesson for lesson in progress.lessons if lesson.open]
    unfinished = [lesson for lesson in opened if any(o.level < PROFICIENT for o in lesson.objectives)]
    return next(iter(unfinished or opened[-1:]), None)


def go_on(progress: Progress) -> dict[str, str] | None:
    """What a page offers first: the lesson, a button's words, and why."""
    lesson = _next(progress)
    if lesson is None:
        return None
    if all(o.level == 0 for each in progress.lessons for o in each.objectives):
        says, why = f"Start: {lesson.title}", "Each lesson opens when what it builds on is yours."
    elif all(o.level >= PROFICIENT for o in lesson.objectives):
        says, why = f"Open again: {lesson.title}", "Everything that is open is Proficient."
    else:
        says, why = f"Continue: {lesson.title}", "Go on where you were. All your answers are kept."
    return {"lesson": lesson.lesson, "says": says, "why": why}
