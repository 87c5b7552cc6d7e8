"""Who the simulated learners are, and what they answer: responses as the page would send them."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from courseware.items import Question

WORD: Final = re.compile(r"[A-Za-z_][\w.]*")
NUMBER: Final = re.compile(r"\d+")
NAMED: Final = 0.75
"""So often a wrong answer to an open question is one of its known mistakes; else it is any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A kind of learner. `share` of all; the rest are chances and counts, `gap` in days.

    `learns`: at each question, in the all-or-none world. `hints`: takes one before answering what is not
    known. `retries`: tries a question again that went wrong. `quits`: leaves for good after a session.
    `blind`: answers without looking. `seconds` for an answer.
    """

    name: str
    share: float
    learns: float = 0.14
    prior: float = 0.25
    hints: float = 0.10
    retries: float = 0.5
    quits: float = 0.0
    blind: bool = False
    places: float = 0.3
    seconds: float = 40.0
    gap: float = 2.5
    answers: int = 18


PROFILES: Final = (
    Profile(name="steady", share=0.45),
    Profile(name="fast", share=0.15, learns=0.35, prior=0.5, hints=0.03, seconds=20.0, places=0.6),
    Profile(name="slow", share=0.15, learns=0.05, prior=0.10, hints=0.2, seconds=70.0, places=0.1),
    Profile(name="gaming", share=0.10, learns=0.05, hints=0.7, retries=0.9, seconds=1.5, places=0.1),
    Profile(name="dropping out", share=0.10, quits=0.3),
    Profile(
        name="guessing", share=0.05, learns=0.0, prior=0.0, blind=True, retries=0.3, hints=0, seconds=2.0
    ),
)
GUESSER: Final = Profile(
    name="guessing",
    share=1.0,
    learns=0.0,
    prior=0.0,
    blind=True,
    retries=0.0,
    hints=0.0,
    places=0.0,
    seconds=3.0,
)


def dealt(count: int, profiles: Sequence[Profile]) -> list[Profile]:
    """The profiles of so many learners, in the shares that the profiles say."""
    whole = sum(profile.share for profile in profiles)
    found: list[Profile] = []
    upto = 0.0
    for profile in profiles:
        upto += profile.share
        found += [profile] * (round(count * upto / whole) - len(found))
    return found


def wrong(question: Question, ask: Mapping[str, Any], prompt: str, chance: random.Random) -> object:
    """What someone answers who does not know: what is picked is picked blindly, the rest goes a known way."""
    if question.answer.open and question.mistakes and chance.random() < NAMED:
        return chance.choice(list(question.mistakes)).response
    return blind(ask, prompt, chance)


def blind(ask: Mapping[str, Any], prompt: str, chance: random.Random) -> object:
    """A response in the form that is asked for, from what stands on the page alone."""
    match ask["kind"]:
        case "choice":
            return chance.choice(ask["options"])
        case "choices":
            picked = [option for option in ask["options"] if chance.random() < 0.5]
            return picked or [chance.choice(ask["options"])]
        case "ordering":
            blocks = list(ask["blocks"])
            chance.shuffle(blocks)
            return blocks[: len(blocks) - chance.randrange(2)]
        case "matching":
            rights = list(ask["right"])
            chance.shuffle(rights)
            return dict(zip(ask["left"], rights, strict=False))
        case "number" | "expression":
            return chance.choice([*NUMBER.findall(prompt), *map(str, range(13))])
        case "fraction":
            return f"{chance.randint(1, 9)}/{chance.randint(2, 12)}"
        case "fill-in":
            return [_word(prompt, chance) for _ in ask["parts"][1:]]
        case "code":
            given = [*ask.get("given", {}), "pd", "data"]
            name = chance.choice(given)
            return {"code": chance.choice([name, f"{name}.head()", f"len({name})", f"{name}.sum()", "0"])}
        case _:
            return _word(prompt, chance)


def _word(prompt: str, chance: random.Random) -> str:
    words: list[str] = WORD.findall(prompt)
    return chance.choice(words or ["a"])
