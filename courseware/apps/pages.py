"""The app's pages. Opening one records nothing but that the lesson was opened."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final, Protocol, cast

from jupyter_server.base.handlers import JupyterHandler
from tornado import web
from voila.tornado.handler import TornadoVoilaHandler

from courseware.tutor import LessonCard, Progress

LOCKED: Final = "“{title}” is not open yet"
NO_LESSON: Final = "There is no such page"
NO_LESSON_WHY: Final = "The address may have a letter too many. The course map shows every lesson."


class App(Protocol):
    """What a page asks of the app that it belongs to."""

    def progress(self) -> Progress: ...
    def keep_warm(self, notebook: str) -> None: ...


class Page(JupyterHandler):
    """A page of ours."""

    @property
    def courseware(self) -> App:
        return cast("App", self.settings["courseware"])

    def show(self, name: str, **values: Any) -> None:
        """Answer with a template, which no browser keeps (others may sit at this machine next)."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        template = self.settings["voila_jinja2_env"].get_template(name)
        self.finish(template.render(base_url=self.base_url, language="en", **values))

    def show_missing(self) -> None:
        progress = self.courseware.progress()
        self.set_status(404)
        self.show(
            "locked.html",
            course=progress.title,
            title=progress.title,
            heading=NO_LESSON,
            why=NO_LESSON_WHY,
            go_on=go_on(progress),
        )


class Map(Page):
    """The course map: every lesson, its objectives and levels, and where to go on."""

    @web.authenticated
    async def get(self) -> None:
        progress = self.courseware.progress()
        self.show("map.html", course=progress.title, lessons=progress.lessons, go_on=go_on(progress))
        if (onward := _next(progress)) is not None:
            self.courseware.keep_warm(onward.notebook)


class Missing(Page):
    """Any other address."""

    @web.authenticated
    async def get(self) -> None:
        self.show_missing()


class Style(JupyterHandler):
    """The pages' own style sheet."""

    @web.authenticated
    async def get(self) -> None:
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.finish((files(__package__) / "app.css").read_text(encoding="utf-8"))


class LessonPage(TornadoVoilaHandler, Page):  # type: ignore[misc]
    """A lesson that is open, run by Voila; for a locked one, why it is and what opens it."""

    @web.authenticated
    async def get(self, lesson: str) -> None:
        progress = self.courseware.progress()
        card = next((each for each in progress.lessons if each.lesson == lesson), None)
        if card is None:
            self.show_missing()
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
            await TornadoVoilaHandler.get(self, card.notebook)


def _next(progress: Progress) -> LessonCard | None:
    """The lesson to go on with: the first open one that is not all Proficient, else the last open one."""
    opened = [lesson for lesson in progress.lessons if lesson.open]
    unfinished = [lesson for lesson in opened if any(o.level < 3 for o in lesson.objectives)]
    return next(iter(unfinished or opened[-1:]), None)


def go_on(progress: Progress) -> dict[str, str] | None:
    """What a page offers first: the lesson, a button's words, and why."""
    lesson = _next(progress)
    if lesson is None:
        return None
    if all(o.level == 0 for each in progress.lessons for o in each.objectives):
        says, why = f"Start: {lesson.title}", "Each lesson opens when what it builds on is yours."
    elif all(o.level >= 3 for o in lesson.objectives):
        says, why = f"Open again: {lesson.title}", "Everything that is open is Proficient."
    else:
        says, why = f"Continue: {lesson.title}", "Go on where you were. All your answers are kept."
    return {"lesson": lesson.lesson, "says": says, "why": why}
