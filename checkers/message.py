"""Feedback is data before it is markup: a key, a template and its parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

FIELD: Final = re.compile(r"\{([a-z_][a-z0-9_]*)(?::([^{}]*))?\}")


def fill(template: str, params: Mapping[str, object], show: Callable[[str], str] = str) -> str:
    """Put the parameters into a template: ``{name}`` or ``{name:format}``.

    Only names that `params` has are replaced, so braces in code and in formulae stay as they are.
    `show` is applied to each value once it is text (to escape it, say).
    """

    def put(match: re.Match[str]) -> str:
        name, form = match[1], match[2]
        return show(format(params[name], form or "")) if name in params else match[0]

    return FIELD.sub(put, template)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing to tell a learner.

    `key` names it for good (statistics and translations hang on it), `template` is Markdown with
    ``{name}`` fields, `params` are JSON values. Parameters may hold what a learner wrote: whoever
    renders a message escapes them.
    """

    key: str
    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The message as plain text (Markdown)."""
        return fill(self.template, self.params)

    def at(self, place: str, /, **params: object) -> Message:
        """The same message with its place before it: ``at("In your second call of `merge`")``.

        `place` is a template as the author's are (Markdown), over parameters of its own.
        """
        own: dict[str, object] = {}
        for name, value in params.items():
            free = name
            while free in self.params or free in own:
                free = f"at_{free}"
            place = re.sub(rf"\{{{re.escape(name)}(?=[:}}])", f"{{{free}", place)
            own[free] = value
        return Message(key=self.key, template=f"{place}: {self.template}", params={**self.params, **own})

    def to_json(self) -> dict[str, object]:
        return {"key": self.key, "template": self.template, "params": dict(self.params)}

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Message:
        params = data.get("params") or {}
        assert isinstance(params, Mapping)
        return cls(key=str(data["key"]), template=str(data["template"]), params=dict(params))
