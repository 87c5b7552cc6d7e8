"""A standing in sentences: the evidence behind it, and what would change it (computed from the model)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from courseware.mastery import rules
from courseware.mastery.levels import Evidence, Level, Standing, after
from courseware.rule import Rule

NUMBERS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
FAR: Final = 12


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
    assert needed is not None, "a row of open questions always opens the gate"
    if needed == 1 and standing.known >= rules.of(rule).threshold and standing.recent[-1].right:
        return "one right first try on another question to Proficient"
    return f"{right_tries(needed)} to Proficient"


def right_tries(count: int) -> str:
    """“two more right first tries”"""
    return f"{in_words(count)} more right first {'try' if count == 1 else 'tries'}"


def why(standing: Standing) -> str:
    """The evidence behind a level, as a sentence or two."""
    if standing.answers == 0:
        return "No answer yet."
    if not standing.clean:
        return (
            "So far with a hint or after another try: that is practice. A first try on a new question counts."
        )
    recent = standing.recent
    rights = [e for e in recent if e.right]
    items = len({e.item for e in rights})
    if len(recent) == 1:
        first = "Your first try was right." if rights else "One first try so far; it went another way."
    elif len(rights) == len(recent):
        on = f", on {in_words(items)} different questions" if items > 1 else ", all on the same question"
        number = "Both" if len(recent) == 2 else "All"
        first = f"{number} of your last {in_words(len(recent))} first tries were right{on}."
    else:
        was = "was" if len(rights) == 1 else "were"
        some, tried = in_words(len(rights)).capitalize(), in_words(len(recent))
        first = f"{some} of your last {tried} first tries {was} right."
    missed = [e.mistake for e in recent if not e.right and e.mistake]
    if missed:
        first += f" What went wrong last: {missed[-1].replace('-', ' ')}."
    if standing.reached < Level.PROFICIENT and len(rights) == len(recent) and len(recent) > 1:
        if items < 2:
            first += " One on another question shows that it was not that question alone."
        elif not any(e.open for e in recent[-2:]):
            first += " One that you work out yourself, without options to pick from, comes next."
    return first
