"""The codes with which a class signs in to the app: made here, shown once, kept as hashes.

A code is nine letters and digits in three groups (``K7Q-F2M-XA9``): 45 bits of chance. What is kept, in
``app/codes.json``, is its scrypt hash (RFC 7914) with a salt of its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import html
import json
import os
import secrets
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from courseware.grading import roster

FOLDER: Final = "app"
FILE: Final = "codes.json"
LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32: none looks like another."""
LOOKS_LIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
LENGTH: Final = 9
COST: Final = {"n": 2**14, "r": 8, "p": 1}
"""16 MB and about 50 ms for each try."""


class CodesError(roster.RosterError):
    """Codes cannot be made or read as they are; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of one student's code. A new code has a new `mark`, which ends what the old one began."""

    salt: str
    hash: str
    mark: str


class Codes:
    """The codes of a class. A file that was changed is read again."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FOLDER / FILE
        self._roster = folder / roster.FILE
        self._seen: tuple[object, object] | None = None
        self._kept: dict[str, Kept] = {}
        self._people: dict[str, roster.Person] = {}

    def make(self, students: Iterable[str] = (), *, anew: bool = False) -> dict[str, str]:
        """Make codes for these students (none named: all on the roster), and give them: they are not kept.

        Those who have one keep it, unless they are named or `anew` is set. Raises CodesError for somebody
        who is not on the roster.
        """
        self._refresh()
        wanted = list(students)
        if unknown := [name for name in wanted if name not in self._people]:
            raise CodesError(
                f"{', '.join(unknown)}: not on {self._roster}. Add them there first, or check the id."
            )
        if not self._people:
            raise CodesError(f"{self._roster} lists nobody. Add the class there first, a student a line.")
        new = [s for s in wanted or self._people if wanted or anew or s not in self._kept]
        codes = {student: new_code() for student in new}
        kept = {student: _kept(code) for student, code in codes.items()}
        if codes:
            there = {name: each for name, each in self._kept.items() if name in self._people}
            self._write(there | kept)
        return codes

    def find(self, student: str) -> roster.Person | None:
        """The person on the roster whose id this is (capitals do not matter), if a code was made."""
        self._refresh()
        same = [name for name in self._people if name.casefold() == student.strip().casefold()]
        name = student if student in self._people else same[0] if len(same) == 1 else None
        return None if name is None or name not in self._kept else self._people[name]

    def holds(self, student: str, code: str) -> bool:
        """Whether this is a student's code. Takes as long for a student that there is not."""
        person = self.find(student)
        kept = _NOBODY if person is None else self._kept[person.student]
        fits = hmac.compare_digest(_hash(read_code(code), kept.salt), kept.hash)
        return fits and person is not None

    def mark(self, student: str) -> str | None:
        """What stands for the code that a student has now; None for somebody without one."""
        self._refresh()
        kept = self._kept.get(student)
        return kept.mark if kept is not None and student in self._people else None

    def students(self) -> list[str]:
        """Who on the roster has a code."""
        self._refresh()
        return [name for name in self._people if name in self._kept]

    def _refresh(self) -> None:
        seen = _stamp(self._file), _stamp(self._roster)
        if seen == self._seen:
            return
        self._people = {person.student: person for person in roster.read(self._roster)}
        try:
            raw = json.loads(self._file.read_text(encoding="utf-8"))
            self._kept = {name: Kept(**each) for name, each in raw.items()}
        except FileNotFoundError:
            self._kept = {}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise CodesError(
                f"{self._file} cannot be read ({error}). Remove it, and make the codes anew: "
                "`courseware class codes`."
            ) from error
        self._seen = seen

    def _write(self, kept: Mapping[str, Kept]) -> None:
        text = json.dumps({name: asdict(each) for name, each in sorted(kept.items())}, indent=1)
        put_secret(self._file, text.encode())
        self._seen = None


def new_code() -> str:
    """A code that nobody has guessed: 45 bits of chance."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[at : at + 3] for at in range(0, LENGTH, 3))


def read_code(typed: str) -> str:
    """A code as it was typed, in the form that is hashed: capitals, hyphens and look-alikes do not matter."""
    plain = typed.upper().translate(LOOKS_LIKE)
    return "".join(letter for letter in plain[:100] if letter in LETTERS)


def slips(codes: Mapping[str, str], people: Mapping[str, roster.Person], *, title: str, at: str) -> str:
    """A page to print and cut: for each student where to go, the name to sign in with, and the code."""
    cards = "\n".join(
        f"<section><p>{html.escape(_called(people[student]))}</p><dl><dt>Go to</dt><dd>{html.escape(at)}</dd>"
        f"<dt>Name</dt><dd>{html.escape(student)}</dd><dt>Code</dt><dd class='code'>{code}</dd></dl>"
        "<p class='small'>Keep this slip to yourself: with it, one is you.</p></section>"
        for student, code in codes.items()
    )
    return f"{_SLIPS.format(title=html.escape(title))}{cards}\n</body></html>\n"


def put_secret(path: Path, data: bytes) -> None:
    """Write a file whole that nobody else on this machine may read."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _called(person: roster.Person) -> str:
    return " ".join(filter(None, [person.first_name, person.last_name])) or person.student


def _kept(code: str) -> Kept:
    salt = secrets.token_hex(16)
    return Kept(salt=salt, hash=_hash(read_code(code), salt), mark=secrets.token_hex(8))


def _hash(code: str, salt: str) -> str:
    return hashlib.scrypt(code.encode(), salt=bytes.fromhex(salt), maxmem=2**26, **COST).hex()


def _stamp(path: Path) -> object:
    with contextlib.suppress(OSError):
        stat = path.stat()
        return stat.st_mtime_ns, stat.st_size, stat.st_ino
    return None


_NOBODY: Final = Kept(salt="00" * 16, hash="00" * 64, mark="")
_SLIPS: Final = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 0; display: grid; grid-template-columns: 1fr 1fr; }}
section {{ border: 1px dashed #777; padding: 5mm 7mm; break-inside: avoid; }}
p {{ margin: 0 0 2mm; font-weight: 600; }} .small {{ font-weight: 400; font-size: 12px; margin: 2mm 0 0; }}
dl {{ margin: 0; display: grid; grid-template-columns: max-content 1fr; gap: 0 4mm; }} dd {{ margin: 0; }}
dt {{ color: #555; }} .code {{ font: 600 20px/1.3 ui-monospace, monospace; letter-spacing: .05em; }}
</style></head><body>
"""
