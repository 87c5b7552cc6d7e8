"""Names that stand for learners in what leaves the house: keyed, so that only who has the key can match
them.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from courseware.events import Event
from courseware.insights.source import InsightError

FILE: Final = "pseudonyms.key"
"""The secret of a class or a workspace. Who has it and the roster knows whose a pseudonym is."""
BYTES: Final = 32
HARMLESS: Final = frozenset({
    "do", "help", "known", "lesson", "most", "n", "objective", "points", "scope", "self_reported", "target",
    "verified",
})  # fmt: skip


class KeyFileError(InsightError):
    """The secret cannot be used; the message says what to do."""


class Pseudonyms:
    """HMAC-SHA-256 over the learner's id (RFC 2104): the same key, the same names, and no way back without
    it.

    Events get other ids in the same way: the ids in the log would lead back to it.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, learner: str) -> str:
        """A learner's pseudonym: 32 hexadecimal digits."""
        return self._digest("learner", learner)[:16].hex()

    def event(self, event: Event) -> Event:
        """The event, told of the pseudonym: nothing in it leads to the log that it is in."""
        number = self._digest("event", event.id)
        # A UUID of version 8: what is in it is ours to choose (RFC 9562).
        text = (
            number[:6] + bytes([0x80 | number[6] & 0x0F, number[7], 0x80 | number[8] & 0x3F]) + number[9:16]
        ).hex()
        made = f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
        # The seed follows from the learner's id, and could be tried out on a list of them.
        seed = (
            None
            if event.seed is None
            else int.from_bytes(self._digest("seed", f"{event.learner}/{event.seed}")[:6])
        )
        return replace(
            event, id=made, learner=self.of(event.learner), seed=seed, detail=_harmless(event.detail)
        )

    def _digest(self, kind: str, text: str) -> bytes:
        return hmac.new(self._key, f"{kind}/{text}".encode(), hashlib.sha256).digest()


def _harmless(detail: Mapping[str, object]) -> dict[str, object]:
    """What of a detail may go along: a reason that a person wrote, or an attempt's digest, may not."""
    return {key: value for key, value in detail.items() if key in HARMLESS}


def pseudonyms_of(file: Path) -> Pseudonyms:
    """The pseudonyms of a secret file, which is made if it is missing (readable by its owner alone).

    Raises KeyFileError for a file that holds no secret.
    """
    try:
        text = file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        text = secrets.token_hex(BYTES)
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:  # noqa: PTH123
            out.write(text + "\n")
    except (OSError, ValueError) as error:
        raise KeyFileError(f"{file} cannot be read as a secret ({error}).") from error
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) < BYTES:
        raise KeyFileError(
            f"{file} holds no secret of {BYTES} bytes in hexadecimal digits. Restore it from where you "
            f"keep it: with "
            "another one, the same learners get other pseudonyms."
        )
    return Pseudonyms(key)
