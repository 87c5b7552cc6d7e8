"""What fingers do to a text: letters swapped, left out, doubled, hit beside; the shift key missed."""

from __future__ import annotations

from collections.abc import Iterator

ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def typed(text: str) -> Iterator[tuple[str, str]]:
    """Each text that one slip makes of this one, with the slip's name; none twice, none the same."""
    seen = {text}
    for slip, made in _typed(text):
        if made.strip() and made not in seen:
            seen.add(made)
            yield slip, made


def _typed(text: str) -> Iterator[tuple[str, str]]:
    for n, letter in enumerate(text):
        yield "left out", text[:n] + text[n + 1 :]
        yield "doubled", text[:n] + letter + text[n:]
        if n + 1 < len(text):
            yield "swapped", text[:n] + text[n + 1] + letter + text[n + 2 :]
        for near in _near(letter):
            yield "key beside", text[:n] + near + text[n + 1 :]


def _near(letter: str) -> Iterator[str]:
    for row in ROWS:
        place = row.find(letter.lower())
        for beside in (place - 1, place + 1) if place >= 0 else ():
            if 0 <= beside < len(row):
                yield row[beside].upper() if letter.isupper() else row[beside]
