"""What the page is shown: plain JSON made of a tutor's cards. It tells no outcome before there is one."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from courseware.tutor import Card, LessonCard, Offer, Progress, Standing, Task, TaskResult
from courseware.widgets import markup
from courseware.widgets.page import Page

VERSION: Final = 1
"""Of the view and of the messages: a page that speaks another one is told to reload."""

View = dict[str, object]


def check_view(card: Card, page: Page, *, key: str = "", field: bool = True) -> View:
    """A check as the page draws it.

    `key` tells the page whether it knows this widget; `field` False leaves the code field out: the cell
    is the field.
    """
    feedback: View | None = None
    if card.told is not None:
        title, body = markup.headed(card.told.messages)
        feedback = {"tone": card.told.tone, "key": card.told.key, "title_html": title, "html": body}
        if (read := _as_read(card.ask, card.response)) is not None:
            feedback["read_html"] = read
    solution = card.solution
    return {
        "v": VERSION,
        "key": key,
        "folder": page.folder,
        "target": card.target,
        "item": card.item,
        "variant": card.variant,
        "prompt_html": markup.block(card.prompt.template, card.prompt.params),
        "ask": _ask(card.ask),
        "field": field,
        "hints": {
            "shown": [markup.block(hint.template, hint.params) for hint in card.hints],
            "left": card.hints_left,
        },
        "may_solve": card.may_solve,
        "solution_html": None if solution is None else markup.block(solution.template, solution.params),
        "response": card.response,
        "feedback": feedback,
        "objective": {"id": card.standing.objective, "can": card.standing.can},
        "meter": meter(card.standing),
        "opened": [_opened(lesson, page) for lesson in card.opened],
        "round": None if card.round is None else asdict(card.round),
        "offers": [_offer(offer, page) for offer in card.offers],
    }


def meter(standing: Standing) -> View:
    """How far an objective is, in words and as a length."""
    return {
        "level": standing.level,
        "word": standing.word,
        "value": round(standing.value, 4),
        "threshold": standing.threshold,
        "left": standing.left,
        "why": standing.why,
    }


def progress_view(progress: Progress, page: Page, *, key: str = "") -> View:
    """The progress of the lesson that the page belongs to, else of the whole course."""
    return {
        "v": VERSION,
        "key": key,
        "folder": page.folder,
        "course": progress.course,
        "title": progress.title,
        "now": progress.now,
        "preview": progress.preview,
        "lessons": [
            {
                "lesson": lesson.lesson,
                "title": lesson.title,
                "open": lesson.open,
                "opens_when": lesson.opens_when,
                "path": page.path(lesson.notebook),
                "may_skip": lesson.may_skip,
                "objectives": [
                    {"id": standing.objective, "can": standing.can, **meter(standing)}
                    for standing in lesson.objectives
                ],
            }
            for lesson in progress.lessons
        ],
        "due": None if progress.due is None else asdict(progress.due),
        "next_due": progress.next_due,
        "placing": None if progress.placing is None else asdict(progress.placing),
        "offers": [_offer(offer, page) for offer in progress.offers],
        "task": None if progress.task is None or page.file is None else _task(progress.task),
    }


def _task(task: Task) -> View:
    """The graded task, with what became of it when it was handed in last."""
    last = task.last
    return {
        "graded": task.graded,
        "points": task.points,
        "notice": task.notice,
        "last": None
        if last is None
        else {
            "at": last.at,
            "sent": list(last.sent),
            "to": last.to,
            "points": last.points,
            "most": last.most,
            "results": [_result(result) for result in last.results],
        },
    }


def _result(result: TaskResult) -> View:
    title, body = markup.headed(result.told.messages)
    return {
        "task": result.task,
        "points": result.points,
        "most": result.most,
        "tone": result.told.tone,
        "key": result.told.key,
        "title_html": title,
        "html": body,
    }


def _offer(offer: Offer, page: Page) -> View:
    path = None if offer.notebook is None else page.path(offer.notebook)
    return {"kind": offer.kind, "text": offer.text, "label": offer.label, "path": path}


def _opened(lesson: LessonCard, page: Page) -> View:
    return {"lesson": lesson.lesson, "title": lesson.title, "path": page.path(lesson.notebook)}


def _as_read(ask: Mapping[str, object], response: object) -> str | None:
    """How a formula was read, as it is set in books; None where that is not asked for or not possible."""
    names = ask.get("names")
    if ask.get("kind") != "expression" or type(response) is not str or not isinstance(names, list | tuple):
        return None
    from checkers import formula, typeset  # only where a formula is asked for

    try:
        return markup.inline(f"${typeset.latex(formula.read(response, [str(name) for name in names]))}$")
    except formula.Unreadable:
        return None


def _ask(ask: Mapping[str, object]) -> View:
    """What the control needs; texts to choose from are the author's Markdown, code stays text."""
    shown = dict(ask)
    pictures = shown.pop("pictures", {})
    assert isinstance(pictures, Mapping)
    for key in ("options", "left", "right"):
        texts = shown.get(key)
        if isinstance(texts, list | tuple):
            shown[key] = [_text(str(text), pictures.get(text)) for text in texts]
    fields = shown.get("fields")
    if isinstance(fields, list | tuple):
        shown["fields"] = [
            {"name": one["name"], "html": markup.inline(one["name"]), "ask": _ask(one["ask"])}
            for one in fields
        ]
    parts = shown.get("parts")
    if isinstance(parts, list | tuple) and not shown.get("code"):
        shown["parts"] = [{"html": markup.inline(str(part))} for part in parts]
    return shown


def _text(text: str, picture: str | None = None) -> dict[str, str]:
    """A text to choose: what is sent for it, how it looks, and its words where no markup can stand."""
    rendered = markup.inline(text)
    words = html.unescape(re.sub(r"<[^>]*>", "", rendered))
    return {"value": text, "html": rendered if picture is None else markup.inline(picture), "text": words}
