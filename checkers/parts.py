"""Several answers in one question: each judged by its own key, together one result."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Self

from checkers.checker import Checker, Shuffle, Takes
from checkers.kinds import kind_of
from checkers.message import Message
from checkers.result import FormatError, Part, Result, refused, unreadable
from checkers.run import Runner

MOST: Final = 12

BLANK: Final = "Nothing is answered yet. Answer each part, then check."
NOT_PARTS: Final = "What came in is not an answer to each part. Answer the parts that are shown, then check."
NOT_DICT: Final = "Your code ends with {kind}. End it with a dict that has a value for each of: "
LACKS: Final = "Your code ends with a dict in which a part is missing. It needs a value for each of: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers to all parts, each as its key has read it."""

    of: tuple[object, ...]


@dataclass(frozen=True, slots=True, init=False)
class Parts(Checker):
    """Named answers that are asked for together: ``Parts({"Median": Number(3), "Mean": Number(4)})``.

    The response is a dict from each name to the response of its part; the score is the mean of the parts',
    by `weights` where they are given; what is told names the part. Where the parts are tables or plain values
    (`Frame`), code makes such a dict; where they are programs (`Function`, `Source` …), all look at the
    same code.
    """

    keys: tuple[tuple[str, Checker], ...]
    weights: tuple[float, ...]

    def __init__(self, keys: Mapping[str, Checker], *, weights: Mapping[str, float] | None = None) -> None:
        if not isinstance(keys, Mapping) or not 2 <= len(keys) <= MOST:
            raise ValueError(f"Parts is given {keys!r}; expected a dict of 2 to {MOST} names and their keys")
        for name, key in keys.items():
            if not isinstance(name, str) or not name.strip() or set("{}\n") & set(name):
                raise ValueError(f"Parts has a part called {name!r}; expected a short text without braces")
            if not isinstance(key, Checker):
                raise ValueError(f"Parts has {key!r} for {name!r}; expected a checker, like Number(84)")
        given = dict(weights or {})
        if given.keys() - keys.keys() or not all(
            type(w) in (int, float) and 0 < w < math.inf for w in given.values()
        ):
            raise ValueError(f"Parts has weights={weights!r}; expected numbers above 0 for {', '.join(keys)}")
        takes = {key.takes for key in keys.values()}
        if "source" in takes and len(takes) > 1:
            raise ValueError(
                "Parts has keys that look at code beside others that look at answers; expected one sort, as "
                "there is one field for code"
            )
        set_ = object.__setattr__
        set_(self, "keys", tuple(keys.items()))
        total = sum(given.get(name, 1) for name in keys)
        set_(self, "weights", tuple(given.get(name, 1) / total for name in keys))

    @property
    def takes(self) -> Takes:  # type: ignore[override]
        """What its parts take; where one takes a value, all are made by code."""
        takes = {key.takes for _, key in self.keys}
        return "source" if "source" in takes else "value" if "value" in takes else "answer"

    @property
    def kind(self) -> str:  # type: ignore[override]
        return "parts" if self.takes == "answer" else "code"

    @property
    def open(self) -> bool:  # type: ignore[override]
        return any(key.open for _, key in self.keys)

    @property
    def guess(self) -> float:
        """All parts have to be guessed."""
        return math.prod(key.guess for _, key in self.keys)

    def asks(self) -> dict[str, object]:
        if self.takes != "answer":
            return {"kind": self.kind}
        return {
            "kind": self.kind,
            "fields": [{"name": name, "ask": key.asks()} for name, key in self.keys],
        }

    def right(self) -> dict[str, object] | None:
        if self.takes != "answer":
            return None
        return {name: key.right() for name, key in self.keys}

    def arranged(self, shuffle: Shuffle) -> Self:
        arranged = copy.copy(self)
        object.__setattr__(arranged, "keys", tuple((name, key.arranged(shuffle)) for name, key in self.keys))
        return arranged

    def parse(self, response: object) -> object | FormatError:
        if self.takes != "answer":
            return self.keys[0][1].parse(response)
        if response is None or response == "" or response == {}:
            return unreadable("blank", BLANK)
        if type(response) is not dict or not response.keys() <= dict(self.keys).keys():
            return unreadable("no-parts", NOT_PARTS)
        read: list[object] = []
        errors: list[FormatError] = []
        for name, key in self.keys:
            answer = key.parse(response.get(name))
            read.append(answer)
            if isinstance(answer, FormatError):
                errors.append(answer.at(_place(name)))
        if errors and all(error.message.key == "blank" for error in errors) and len(errors) == len(read):
            return unreadable("blank", BLANK)
        return errors[0] if errors else Answers(of=tuple(read))

    def respond(self, value: object) -> object | FormatError:
        if (lacking := self._lacking(value)) is not None:
            return lacking
        made = dict(value)  # type: ignore[call-overload]
        response: dict[str, object] = {}
        for name, key in self.keys:
            response[name] = stands_for = key.respond(made[name])
            if isinstance(stands_for, FormatError):
                return stands_for.at(_place(name))
        return response

    def expects(self, value: object) -> FormatError | None:
        if (lacking := self._lacking(value)) is not None:
            return lacking
        return next((error for _, error in self._refused(dict(value)) if error), None)  # type: ignore[call-overload]

    def check(self, answer: object, runner: Runner | None = None) -> Result:
        if self.takes == "source":
            return self._together(key.check(answer, runner) for _, key in self.keys)
        if self.takes == "value":
            if (lacking := self._lacking(answer)) is not None:
                return refused(lacking)
            values: dict[str, object] = dict(answer)  # type: ignore[call-overload]
            return self._together(_of_value(key, values[name], runner) for name, key in self.keys)
        read = answer if isinstance(answer, Answers) else self.parse(answer)
        if isinstance(read, FormatError):
            return refused(read)
        assert isinstance(read, Answers)
        return self._together(
            key.check(each, runner) for (_, key), each in zip(self.keys, read.of, strict=True)
        )

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:
        if self.takes == "source":
            return all(key.same(one, other, runner) for _, key in self.keys)
        if self.takes == "value":
            if self._lacking(one) or self._lacking(other):
                return False
            first: dict[str, object] = dict(one)  # type: ignore[call-overload]
            second: dict[str, object] = dict(other)  # type: ignore[call-overload]
            return all(key.same(first[name], second[name], runner) for name, key in self.keys)
        read = [each if isinstance(each, Answers) else self.parse(each) for each in (one, other)]
        if not all(isinstance(each, Answers) for each in read):
            return False
        pairs = zip(self.keys, read[0].of, read[1].of, strict=True)  # type: ignore[attr-defined]
        return all(key.same(a, b, runner) for (_, key), a, b in pairs)

    def _lacking(self, value: object) -> FormatError | None:
        """What keeps a value from having all parts."""
        names = ", ".join(f"“{name}”" for name, _ in self.keys)
        if type(value) is not dict:
            return unreadable("not-dict", f"{NOT_DICT}{names}.", kind=kind_of(value))
        if not all(name in value for name, _ in self.keys):
            return unreadable("part-missing", f"{LACKS}{names}.")
        return None

    def _refused(self, values: Mapping[str, object]) -> Iterable[tuple[str, FormatError | None]]:
        for name, key in self.keys:
            if key.takes == "value":
                error = key.expects(values[name])
            else:
                read = _read(key, values[name])
                error = read if isinstance(read, FormatError) else None
            yield name, None if error is None else error.at(_place(name))

    def _together(self, results: Iterable[Result]) -> Result:
        """One result of the parts': those that are right are named first, then each other with its place."""
        told = [(name, result) for (name, _), result in zip(self.keys, results, strict=True)]
        parts = tuple(
            Part(name=name, weight=weight, score=result.score)
            for (name, result), weight in zip(told, self.weights, strict=True)
        )
        fits = [name for name, result in told if result.correct]
        if len(fits) == len(told):
            messages = tuple(m for name, result in told for m in result.at(_place(name)).messages)
            return Result(score=1.0, messages=messages, parts=parts)
        messages = tuple(
            m for name, result in told if not result.correct for m in result.at(_place(name)).messages
        )
        if fits:
            verb, names = "is" if len(fits) == 1 else "are", ", ".join(map(_place, fits))
            said = f"{{hits}} of {{count}} {verb} right: {names}."
            params = {"hits": len(fits), "count": len(told)}
            messages = (Message(key="parts-right", template=said, params=params), *messages)
        mistakes = [
            f"part-{n}-{result.mistake}"
            for n, (_, result) in enumerate(told, 1)
            if result.mistake is not None
        ]
        score = min(1.0, sum(part.weight * part.score for part in parts))
        return Result(score=score, mistake=mistakes[0] if mistakes else None, messages=messages, parts=parts)


def _place(name: str) -> str:
    """A part's name, as it stands before a colon or in a list."""
    return name.rstrip(" .:?…")


def _read(key: Checker, value: object) -> object | FormatError:
    stands_for = key.respond(value)
    return stands_for if isinstance(stands_for, FormatError) else key.parse(stands_for)


def _of_value(key: Checker, value: object, runner: Runner | None) -> Result:
    """Judge what code made for one part, whether its key takes values or answers."""
    if key.takes == "value":
        return key.check(value, runner)
    read = _read(key, value)
    return refused(read) if isinstance(read, FormatError) else key.check(read, runner)
