"""Author's Markdown becomes safe HTML; what a learner wrote becomes text in it, and never markup.

Fields are replaced by private-use characters before Markdown sees the template. The HTML is sanitised
once, and only then do the escaped values take the characters' places: inside code, in a table, in an
attribute or in a formula a value is what it was, letter by letter.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from checkers.message import FIELD, Message
from courseware.widgets import sanitize

_FIRST_TOKEN: Final = 0xE000
_TOKEN: Final = re.compile("[\ue000-\uf8ff]")
_MATHS_TOKEN: Final = re.compile("<mi>([\ue000-\uf8ff])</mi>|([\ue000-\uf8ff])")
_NUMERAL: Final = re.compile(r"-?[\d.,  ]*\d[\d.,  ]*%?")

_MASKED: Final = re.compile(
    r"(`+).+?\1|\$\$.+?\$\$|\$[^$\n]+\$|\*\*.+?\*\*|\*[^*\n]+\*|\[[^\]]*\]\([^)]*\)|<[^>]+>", re.DOTALL
)
_SENTENCE_END: Final = re.compile(r"[.?!…][\"”’»)]*\s+(?![a-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A rendered template: safe HTML with one private-use character for each field, and the fields."""

    html: str
    fields: tuple[tuple[str, str], ...]

    def put(self, params: Mapping[str, object]) -> str:
        """The HTML with the values in their places, escaped."""

        def value(match: re.Match[str]) -> str:
            index = ord(match[1] or match[2]) - _FIRST_TOKEN
            if index >= len(self.fields):
                return ""
            name, form = self.fields[index]
            text = format(params[name], form)
            if match[1] is None:
                return html.escape(text)
            if _NUMERAL.fullmatch(text):
                return f"<mn>{html.escape(text.replace('-', '−'))}</mn>"
            return f"<mi>{html.escape(text)}</mi>"

        return _MATHS_TOKEN.sub(value, self.html)


def block(template: str, params: Mapping[str, object] | None = None) -> str:
    """A Markdown template as safe HTML blocks (paragraphs, lists, tables, code)."""
    return _put(template, params or {}, False)


def inline(template: str, params: Mapping[str, object] | None = None) -> str:
    """A Markdown template as safe HTML that fits into a line: a heading, an option."""
    return _put(template, params or {}, "\n" not in template.strip())


def headed(messages: Sequence[Message]) -> tuple[str, str]:
    """What is said first, as an inline heading, and the rest as blocks (may be empty).

    The heading is the first paragraph where there are several, else the first sentence.
    """
    if not messages:
        return "", ""
    first, *others = messages
    head, rest = _split(first.template)
    body = [block(rest, first.params)] if rest else []
    body += [block(message.template, message.params) for message in others]
    return inline(head, first.params), "".join(body)


def has_maths(markup: str) -> bool:
    """Whether rendered HTML holds a formula (and so needs the maths font)."""
    return "<math" in markup


def _put(template: str, params: Mapping[str, object], in_line: bool) -> str:
    known = frozenset(match[1] for match in FIELD.finditer(template) if match[1] in params)
    return _render(template, known, in_line).put(params)


@lru_cache(maxsize=2048)
def _render(template: str, known: frozenset[str], in_line: bool) -> Template:
    from courseware.widgets import markdown  # markdown-it is loaded when there is something to show

    fields: list[tuple[str, str]] = []

    def token(match: re.Match[str]) -> str:
        if match[1] not in known:
            return match[0]
        fields.append((match[1], match[2] or ""))
        return chr(_FIRST_TOKEN + len(fields) - 1)

    marked = FIELD.sub(token, _TOKEN.sub("", template))
    made = markdown.inline(marked) if in_line else markdown.block(marked)
    return Template(html=sanitize.clean(made).strip(), fields=tuple(fields))


def _split(template: str) -> tuple[str, str]:
    text = template.strip()
    paragraph, _, after = text.partition("\n\n")
    if after.strip():
        return paragraph, after.strip()
    # What is inside code, a formula, emphasis or a link ends no sentence.
    masked = _MASKED.sub(lambda m: "X" * len(m[0]), text)
    end = _SENTENCE_END.search(masked)
    return (text[: end.end()].strip(), text[end.end() :].strip()) if end else (text, "")
