"""A report as a page: sections of plain text, drawn as HTML that prints on one side of A4 or Letter."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import Final

from courseware.mastery.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a list: what is said, a `mark` behind it (“new”), and a smaller line below."""

    text: str
    mark: str = ""
    note: str = ""
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a page: a heading, sentences, a list, sentences below it."""

    heading: str
    says: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One lesson at a glance: its title, and each objective's level with the words for it."""

    title: str
    levels: tuple[tuple[Level, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A report, all of it as text: nothing in it is HTML yet.

    `share`: so much is known, of it so much new, of so much in all, and that in words. `sections` stand
    beside the course at a `glance` (its `rows`, with the `key`), those `below` side by side. A level in
    the `table` is drawn as its disc.
    """

    language: str
    title: str
    under: str
    lead: tuple[str, ...]
    share: tuple[int, int, int, str]
    sections: tuple[Section, ...]
    below: tuple[Section, ...] = ()
    glance: str = ""
    rows: tuple[Row, ...] = ()
    key: tuple[tuple[Level, str], ...] = ()
    foot: tuple[str, ...] = ()
    table: tuple[tuple[str | Level, ...], ...] = ()

    def told(self) -> Page:
        """The page with a capital at the beginning of every sentence (a learner may be “your child”)."""
        return replace(
            self,
            title=_sentence(self.title),
            lead=tuple(map(_sentence, self.lead)),
            sections=tuple(map(_told, self.sections)),
            below=tuple(map(_told, self.below)),
            foot=tuple(map(_sentence, self.foot)),
        )

    def text(self) -> str:
        """What the page says, sentence by sentence, without what is only drawn."""
        said = [self.title, *self.lead]
        for section in (*self.sections, *self.below):
            said += [section.heading, *section.says]
            for entry in section.entries:
                said += [entry.text, entry.note]
            said.append(section.after)
        said += self.foot
        return "\n".join(line for line in said if line)


def _told(section: Section) -> Section:
    return replace(
        section,
        heading=_sentence(section.heading),
        says=tuple(map(_sentence, section.says)),
        entries=tuple(replace(e, text=_sentence(e.text)) for e in section.entries),
    )


def _sentence(text: str) -> str:
    return re.sub(r"(^|[.!?] )(\w)", lambda m: m[1] + m[2].upper(), text)


STYLE: Final = """
@page { size: A4; margin: 13mm 14mm }
* { box-sizing: border-box }
html { color: #1d2433; background: #fff; font: 10pt/1.38 "Segoe UI", "Helvetica Neue", "Noto Sans",
  "DejaVu Sans", Arial, sans-serif }
body { max-width: 182mm; margin: 0 auto; padding: 6mm 0 }
@media print { body { padding: 0 } }
header { border-bottom: .7mm solid #2f5d8a; padding-bottom: 3mm; margin-bottom: 4mm }
h1 { font-size: 17pt; line-height: 1.2; margin: 0; overflow-wrap: anywhere }
.under { color: #566076; margin: 1mm 0 0 }
.lead { font-size: 11pt; margin: 0 0 1mm }
.share { display: flex; gap: 3mm; align-items: center; margin: 2mm 0 4mm }
.bar { flex: 1; height: 4mm; border: .25mm solid #2f5d8a; border-radius: 2mm; overflow: hidden; display:
flex } .bar i { background: #2f5d8a; display: block }
.bar i.new { background: repeating-linear-gradient(45deg, #2f5d8a 0 1mm, #9db9d6 1mm 2mm) }
.share span { white-space: nowrap; color: #566076; font-size: 9.5pt }
.columns { display: grid; grid-template-columns: 1fr 58mm; gap: 8mm; margin-bottom: 3mm }
.below { display: grid; grid-template-columns: repeat(auto-fit, minmax(70mm, 1fr)); gap: 8mm }
@media screen and (max-width: 150mm) {
  body { padding: 5mm }
  .columns, .below { grid-template-columns: 1fr }
}
section { break-inside: avoid; margin-bottom: 4mm }
h2 { font-size: 12.5pt; margin: 0 0 1.2mm; color: #2f5d8a }
p { margin: 0 0 1.2mm }
ul { list-style: none; margin: 0; padding: 0 }
li { padding-left: 5.5mm; position: relative; margin-bottom: 1.1mm; overflow-wrap: anywhere }
li svg { position: absolute; left: 0; top: 1mm }
li small { display: block; color: #566076; font-size: 9.5pt }
mark { background: #e3edf7; color: #1f4468; border-radius: 1.5mm; padding: 0 1.5mm; font-size: 8.5pt;
  white-space: nowrap }
aside { background: #f4f6f9; border-radius: 2mm; padding: 4mm; align-self: start; font-size: 9.5pt;
  break-inside: avoid }
aside h2 { font-size: 11pt }
aside dl { margin: 0 }
aside dl div { display: flex; justify-content: space-between; gap: 2mm; margin-bottom: .7mm }
aside dt { overflow-wrap: anywhere }
aside dd { margin: 0; white-space: nowrap }
aside dd svg { margin-right: .6mm }
.key { margin-top: 3mm; padding-top: 2.5mm; border-top: .25mm solid #c9d1dd; font-size: 8.5pt; color:
#566076 } .key div { display: flex; gap: 1.5mm; align-items: center }
footer { border-top: .25mm solid #c9d1dd; padding-top: 2mm; margin-top: 1mm; font-size: 9pt; color: #566076 }
footer p { margin: 0 0 .6mm }
table { border-collapse: collapse; width: 100%; font-size: 8.6pt; line-height: 1.25; margin-bottom: 4mm }
th { text-align: left; border-bottom: .4mm solid #2f5d8a; padding: .6mm 2mm .6mm 0 }
td { border-bottom: .2mm solid #dfe4ec; padding: .6mm 2mm .6mm 0; vertical-align: top }
td:nth-child(n + 2) { white-space: nowrap }
td svg { vertical-align: -0.4mm; margin-right: 1mm }
"""

PIE: Final = {
    Level.NOT_STARTED: "",
    Level.ATTEMPTED: '<path d="M8 8V1A7 7 0 0 1 15 8Z"/>',
    Level.FAMILIAR: '<path d="M8 15V1A7 7 0 0 1 8 15Z"/>',
    Level.PROFICIENT: '<path d="M8 8H1A7 7 0 1 0 8 1Z"/>',
    Level.MASTERED: '<circle cx="8" cy="8" r="7"/>',
}


def disc(level: Level, words: str = "") -> str:
    """A level as a disc that fills clockwise: seen without colour, and told in words to who does not see."""
    told = f'role="img" aria-label="{escape(words)}"' if words else 'aria-hidden="true"'
    title = f"<title>{escape(words)}</title>" if words else ""
    return (
        f'<svg {told} width="12" height="12" viewBox="0 0 16 16" fill="#2f5d8a">{title}'
        f'<circle cx="8" cy="8" r="7" fill="#fff" stroke="#2f5d8a" stroke-width="1.6"/>{PIE[level]}</svg>'
    )


def html(page: Page) -> str:
    """The page as one HTML file: nothing is fetched, nothing runs, and it prints as it looks."""
    known, new, total, told = page.share
    old, fresh = 100 * (known - new) / max(1, total), 100 * new / max(1, total)
    bar = (
        f'<div class="share"><div class="bar" role="img" aria-label="{escape(told)}">'
        f'<i style="width:{old:.2f}%"></i><i class="new" style="width:{fresh:.2f}%"></i></div>'
        f"<span>{escape(told)}</span></div>"
    )
    main = "".join(_section(section) for section in page.sections)
    columns = f'<div class="columns"><div>{main}</div>{_aside(page)}</div>' if page.rows else main
    below = "".join(_section(section) for section in page.below)
    table = _table(page.table) if page.table else ""
    return (
        f'<!doctype html>\n<html lang="{escape(page.language)}"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src '
        "'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(page.title)}</title><style>{STYLE}</style></head>"
        f'<body><header><h1>{escape(page.title)}</h1><p class="under">{escape(page.under)}</p></header>'
        f"<main>{''.join(f'<p class=lead>{escape(line)}</p>' for line in page.lead)}{bar}"
        f'{columns}{table}<div class="below">{below}</div></main>'
        f"<footer>{''.join(f'<p>{escape(line)}</p>' for line in page.foot)}</footer></body></html>\n"
    )


def _section(section: Section) -> str:
    entries = "".join(
        f"<li>{disc(e.level) if e.level is not None else _dot()}"
        + (f"<mark>{escape(e.mark)}</mark> " if e.mark else "")
        + escape(e.text)
        + (f"<small>{escape(e.note)}</small>" if e.note else "")
        + "</li>"
        for e in section.entries
    )
    return (
        f"<section><h2>{escape(section.heading)}</h2>"
        + "".join(f"<p>{escape(line)}</p>" for line in section.says)
        + (f"<ul>{entries}</ul>" if entries else "")
        + (f"<p>{escape(section.after)}</p>" if section.after else "")
        + "</section>"
    )


def _dot() -> str:
    return (
        '<svg aria-hidden="true" width="12" height="12" viewBox="0 0 16 16">'
        '<path d="M3 8h9M8 4l4 4-4 4" fill="none" stroke="#2f5d8a" stroke-width="1.8"/></svg>'
    )


def _aside(page: Page) -> str:
    rows = "".join(
        f"<div><dt>{escape(row.title)}</dt>"
        f"<dd>{''.join(disc(level, words) for level, words in row.levels)}</dd></div>"
        for row in page.rows
    )
    key = "".join(f"<div>{disc(level)}<span>{escape(words)}</span></div>" for level, words in page.key)
    return f'<aside><h2>{escape(page.glance)}</h2><dl>{rows}</dl><div class="key">{key}</div></aside>'


def _table(rows: tuple[tuple[str | Level, ...], ...]) -> str:
    head, *body = rows
    return (
        "<table><thead><tr>"
        + "".join(f"<th scope=col>{escape(str(cell))}</th>" for cell in head)
        + "</tr></thead><tbody>"
        + "".join("<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in body)
        + "</tbody></table>"
    )


def _cell(cell: str | Level) -> str:
    return f"{disc(cell)}{escape(cell.word)}" if isinstance(cell, Level) else escape(cell)
