"""Markdown as a reader meets it: its paragraphs, words and sentences, pictures, links and formulae."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from courseware.widgets.markdown import parsed

if TYPE_CHECKING:
    from markdown_it.token import Token

WORD: Final = re.compile(r"[^\W_]+(?:[-’'.,:/][^\W_]+)*")
SENTENCE_END: Final = re.compile(r"[.?!…:][\"”’»)*]*(?:\s+|$)")
LONG: Final = 7
"""A word of so many letters counts as long (Björnsson 1968: more than six)."""
SIGN: Final = "code"
"""What stands for a piece of code or a formula among words: it is read at one glance, as a short word is."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: where its file lies, and what those are told who do not see it."""

    target: str
    alt: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in TeX, without its dollar signs."""

    tex: str
    display: bool


@dataclass(frozen=True, slots=True)
class Prose:
    """What a Markdown text holds.

    `paragraphs` are texts without marks (list entries one by one; headings, tables and blocks of code left
    out), each with a sign for each piece of code or formula in it.
    """

    paragraphs: tuple[str, ...]
    headings: tuple[str, ...]
    pictures: tuple[Picture, ...]
    links: tuple[str, ...]
    formulas: tuple[Formula, ...]

    @property
    def words(self) -> list[str]:
        return [word for paragraph in self.paragraphs for word in WORD.findall(paragraph)]

    @property
    def sentences(self) -> list[str]:
        """Sentences; a paragraph without a full stop is one."""
        return [
            sentence
            for paragraph in self.paragraphs
            for sentence in SENTENCE_END.split(paragraph)
            if WORD.search(sentence)
        ]


def lix(texts: Sequence[Prose]) -> float:
    """How hard a text is to read: words in a sentence plus the percentage of long words (Björnsson 1968).

    Under 30 is easy, 30–40 as in novels, 40–50 as in newspapers, over 50 as in official papers. It counts
    letters, not syllables, and so does for any language that puts spaces between words. 0 for no text.
    """
    words = [word for text in texts for word in text.words]
    sentences = sum(len(text.sentences) for text in texts)
    if not words or not sentences:
        return 0.0
    return len(words) / sentences + 100 * sum(len(word) >= LONG for word in words) / len(words)


def read(markdown: str) -> Prose:
    """What a Markdown text (without values to be filled in) holds."""
    paragraphs: list[str] = []
    headings: list[str] = []
    made = _Found()
    kind = table = ""
    for token in parsed(markdown):
        match token.type:
            case "table_open" | "table_close":
                table = token.type
            case "heading_open" | "paragraph_open" | "th_open" | "td_open":
                kind = token.type
            case "inline":
                text = made.inline(token.children or [])
                if kind == "heading_open":
                    headings.append(text)
                elif table != "table_open" and text.strip():
                    paragraphs.append(text)
            case "maths":
                made.formulas.append(Formula(token.content, bool(token.meta["display"])))
            case "html_block":
                made.html(token.content)
            case _:
                pass
    return Prose(
        paragraphs=tuple(paragraphs),
        headings=tuple(headings),
        pictures=tuple(made.pictures),
        links=tuple(made.links),
        formulas=tuple(made.formulas),
    )


class _Found:
    """Collects what stands inside lines, while their text is put together."""

    def __init__(self) -> None:
        self.pictures: list[Picture] = []
        self.links: list[str] = []
        self.formulas: list[Formula] = []

    def inline(self, tokens: Sequence[Token]) -> str:
        return "".join(self._text(tokens))

    def _text(self, tokens: Sequence[Token]) -> Iterator[str]:
        for token in tokens:
            match token.type:
                case "text":
                    yield token.content
                case "code_inline":
                    yield SIGN
                case "maths":
                    self.formulas.append(Formula(token.content, bool(token.meta["display"])))
                    yield SIGN
                case "softbreak" | "hardbreak":
                    yield "\n"
                case "link_open":
                    self.links.append(str(token.attrGet("href") or ""))
                case "image":
                    self.pictures.append(Picture(str(token.attrGet("src") or ""), token.content))
                case "html_inline":
                    self.html(token.content)
                case _:
                    pass

    def html(self, markup: str) -> None:
        parser = _Tags()
        parser.feed(markup)
        self.pictures += parser.pictures
        self.links += parser.links


class _Tags(HTMLParser):
    """Pictures and links that an author wrote as HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: list[Picture] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "img":
            self.pictures.append(Picture(values.get("src", ""), values.get("alt", "")))
        elif tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag == "svg" and values.get("aria-hidden") != "true":
            self.pictures.append(Picture("(an SVG in the text)", values.get("aria-label", "")))
