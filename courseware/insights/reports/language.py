"""The words of reports in other languages: gettext catalogues, read as they are translated (.po).

`reports.pot` beside this module is the template, drawn from the sources; docs/translating.md says how one
becomes a language. Without a catalogue for a language the words are English.
"""

from __future__ import annotations

import gettext
import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from courseware.insights.source import InsightError

ENGLISH: Final = "en"
HERE: Final = Path(__file__).parent / "locale"
TEMPLATE: Final = HERE / "reports.pot"

Words = gettext.NullTranslations


def words(language: str, *places: Path) -> Words | None:
    """The words of a language, by ``LANGUAGE.po`` in one of the places or beside this module; None if none
    has it.

    ``de_AT`` is looked for as such, then as ``de``. Raises InsightError for a catalogue that cannot be read.
    """
    if language.replace("-", "_").partition("_")[0] == ENGLISH:
        return Words()
    for name in dict.fromkeys((language.replace("-", "_"), language.replace("-", "_").partition("_")[0])):
        for place in (*places, HERE):
            if (file := place / f"{name}.po").is_file():
                return _read(file)
    return None


def day(at: datetime, language: str) -> str:
    """A day in words, as it is written in a language: 5 January 2026."""
    from babel import Locale
    from babel.dates import format_date

    name = "en_GB" if language == ENGLISH else language.replace("-", "_")
    return format_date(at.astimezone().date(), "long", locale=Locale.parse(name))


def _read(file: Path) -> Words:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    compiled = BytesIO()
    try:
        with file.open("rb") as source:
            catalogue = read_po(source, abort_invalid=True)
        for message in catalogue:
            told = message.string if isinstance(message.string, list | tuple) else [message.string]
            for text in told:
                if message.id and (unknown := _fields(text or "") - _fields(*message.id)):
                    raise ValueError(f"“{text}” has {{{unknown.pop()}}}, which the English does not have")
        write_mo(compiled, catalogue)
    except (OSError, ValueError, PoFileError) as error:
        raise InsightError(
            f"{file} cannot be read as a catalogue ({error}). See docs/translating.md."
        ) from error
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _fields(*texts: str) -> set[str]:
    """The names in braces of a text (given whole, or sign by sign)."""
    return set(re.findall(r"\{(.*?)\}", "".join(texts)))
