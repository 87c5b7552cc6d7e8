"""A standing in sentences: the evidence behind it, and what would change it (computed from the model)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from courseware.mastery import rules
from courseware.mastery.levels import EXPERT, Evidence, Level, Standing, after
from courseware.rule import AVERAGE, BKT, Rule, in_a_row

NUMBERS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
FAR: Final = 24


def in_words(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def tries_needed(standing: Standing, rule: Rule, *, is_open: bool = True) -> int | None:
    """How many more right first tries would open the gate, on questions that alternate between two items.

    None where that many (of a closed format, say) would not do. The questions are taken to be of typical
    difficulty and open unless said otherwise.
    """
    if standing.reached >= Level.PROFICIENT:
        return 0
    at = standing.recent[-1].at if standing.recent else datetime.min
    for count in range(1, FAR + 1):
        tried = Evidence(
            at=at,
            item=f"next {count}",
            right=True,
            clean=True,
            open=is_open,
            guess=0.05 if is_open else 0.25,
            difficulty=0.0,
        )
        standing = after(standing, tried, rule)
        if standing.reached >= Level.PROFICIENT:
            return count
    return None


def left(standing: Standing, rule: Rule) -> str:
    """What is missing to the next thing, as one line."""
    if standing.reached == Level.MASTERED:
        return "Mastered; a short review now and then keeps it so"
    if standing.reached == Level.PROFICIENT:
        later = " in a later session" if rule.later_session else ""
        return f"Proficient; one review{later} makes it Mastered"
    needed = tries_needed(standing, rule)
    if needed == 1 and standing.known >= rules.of(rule).threshold and standing.recent[-1].right:
        return "one right first try on another question to Proficient"
    return f"{right_tries(needed)} to Proficient"


def right_tries(count: int | None) -> str:
    """“two more right first tries”; None where it takes more than can be said."""
    if count is None:
        return "some more right first tries"
    return f"{in_words(count)} more right first {'try' if count == 1 else 'tries'}"


def why(standing: Standing, rule: Rule = EXPERT) -> str:
    """The evidence behind a level, in a sentence or three."""
    if standing.placed and standing.reached >= Level.PROFICIENT and not _since_placed(standing):
        return "The placement found that you know this. A review in a day or so makes sure."
    if standing.answers == 0:
        return "No answer yet."
    if not standing.clean:
        return (
            "So far with a hint or after another try: that is practice. A first try on a new question counts."
        )
    said = [_tries(standing.recent)]
    if standing.reached == Level.MASTERED:
        said.append(
            "One of them was a review in a later session." if rule.later_session else "A review went well."
        )
    elif standing.reached < Level.PROFICIENT:
        said += _missing(standing, rule)
    return " ".join(said)


def _tries(recent: Sequence[Evidence]) -> str:
    """“Three of your last four first tries were right, on three different questions; the one with …”"""
    rights = [e for e in recent if e.right]
    if len(recent) == 1:
        only = recent[0]
        if only.right:
            return "Your first try was right."
        with_ = f" with “{_shown(only.mistake)}”" if only.mistake else ""
        return f"One first try so far{with_}; it went another way."
    tried = in_words(len(recent))
    if not rights:
        told = [e.mistake for e in recent if e.mistake]
        last = f" What came up last: “{_shown(told[-1])}”." if told else ""
        return f"None of your last {tried} first tries was right yet.{last}"
    items = len({e.item for e in rights})
    on = f", on {in_words(items)} different questions" if items > 1 else ", all on the same question"
    if len(rights) == len(recent):
        number = "Both" if len(recent) == 2 else "All"
        return f"{number} of your last {tried} first tries were right{on}."
    if len(rights) == 1:
        on = ""
    some, was = in_words(len(rights)).capitalize(), "was" if len(rights) == 1 else "were"
    return f"{some} of your last {tried} first tries {was} right{on}{_missed(recent)}."


def _missed(recent: Sequence[Evidence]) -> str:
    """“; the one with “or for and” went wrong”"""
    missed = [e for e in recent if not e.right]
    keys = list(dict.fromkeys(_shown(e.mistake) for e in missed if e.mistake))
    if not keys:
        return ""
    if len(missed) == 1:
        return f"; the one with “{keys[0]}” went wrong"
    return f"; what went wrong: “{'”, “'.join(keys)}”"


def _missing(standing: Standing, rule: Rule) -> list[str]:
    """What the gate waits for although the last tries were right."""
    recent = standing.recent
    if rule.kind == AVERAGE:
        asked = math.ceil(rule.threshold * rules.WINDOW - 1e-9)
        return [f"{in_words(asked).capitalize()} of five are asked for here."]
    if rule.kind != BKT:
        row = "None" if standing.row == 0 else in_words(min(standing.row, in_a_row(rule.kind))).capitalize()
        return [f"{row} in a row so far; {in_words(in_a_row(rule.kind))} are asked for here."]
    if len(recent) < 2 or not all(e.right for e in recent[-2:]):
        return []
    if len({e.item for e in recent[-2:]}) < 2:
        return ["One on another question shows that it was not that question alone."]
    if not any(e.open for e in recent[-2:]):
        return ["One that you work out yourself, without options to pick from, comes next."]
    return []


def _since_placed(standing: Standing) -> bool:
    """Whether there was a clean answer after the placement."""
    at = standing.proficient_at
    return bool(standing.recent) and at is not None and standing.recent[-1].at > at


def _shown(mistake: str | None) -> str:
    return (mistake or "").replace("-", " ")
