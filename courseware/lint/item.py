"""The rules of items, held against many of their variants."""

from __future__ import annotations

import hashlib
import inspect
import json
import pickle
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from checkers.message import FIELD, fill
from checkers.result import Result
from courseware.course import Course, LessonEntry
from courseware.draw import seed_of
from courseware.items import Item, ItemError, Question
from courseware.lint.finding import Finding
from courseware.lint.notebook import ALT_MEND, LINK_MEND, LIX, SENTENCE, alt_fault, dead
from courseware.lint.prose import WORD, Prose, lix, read
from courseware.lint.words import CODE, formulas, tone
from courseware.verdict import Bench, Verdict, judge

VARIANTS: Final = 100
MOST_DRAWN: Final = 300
"""So many seeds are drawn at most to find so many variants."""
OFTEN: Final = 0.2
"""In so many of the variants a mistake occurs at least; a number may stand in a hint by chance in fewer."""
MISTAKES: Final = (2, 4)
HINTS: Final = (2, 4)
PROMPT: Final = 80
MESSAGE: Final = (6, 60)
ENOUGH: Final = 25
"""From so many words on, a prompt is long enough to say how hard it is to read."""
BLOCK: Final = re.compile(r"```(?:python|py)?\n(.*?)```", re.DOTALL)
HELD: Final = frozenset({"number", "text", "choice", "choices", "fraction"})
"""The kinds whose right response has to stand in the worked solution, as it is written."""
SHUFFLED: Final = frozenset({"options", "blocks", "left", "right", "choices"})
"""What is shown in an order that says nothing; a right response of several picks has none either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An item, where it is written, and the variants that it is held against."""

    course: Course
    lesson: LessonEntry
    item: Item
    questions: Sequence[Question]

    def told(self, rule: str, found: str, expected: str, mend: str) -> Finding:
        line = inspect.unwrap(self.item.make).__code__.co_firstlineno
        return Finding(
            rule=rule,
            of=self.item.id,
            file=f"{self.lesson.id}/items.py",
            place=f"item {self.item.id!r} (line {line})",
            found=found,
            expected=expected,
            mend=mend,
        )


def question(course: Course, item: Item, number: int) -> Question:
    """The variant of this number (from 0) that lint looks at: the same in every run."""
    return item.question(seed_of("lint", course.id, item.id, item.version, number), course.data)


def findings(course: Course, item: Item, *, count: int, bench: Bench | None) -> list[Finding]:
    """All that is wrong with an item, seen in so many variants; judged as well where there is a bench."""
    lesson = course.home(item.id)
    case = Case(course=course, lesson=lesson, item=item, questions=())
    try:
        questions = [question(course, item, number) for number in range(count)]
    except ItemError as error:
        return [
            case.told("course", str(error), "a question for every seed", "draw so that every variant works")
        ]
    case = Case(course=course, lesson=lesson, item=item, questions=questions)
    found = [*_mistakes(case), *_hints(case), *_words(case)]
    if bench is not None:
        found += [*_variants(case), *_judged(case, bench)]
    return list({(f.rule, f.found): f for f in found}.values())


# Variants ----------------------------------------------------------------------------------------


def essence(asked: Question) -> str:
    """What makes a variant another than the next: what is asked and given; not the order of options."""
    try:
        given = hashlib.sha256(pickle.dumps(dict(asked.given))).hexdigest()
    except (pickle.PicklingError, AttributeError, TypeError):
        given = repr(asked.given)
    shown = {name: _unordered(name, part) for name, part in asked.answer.asks().items()}
    right = _unordered(asked.answer.kind, asked.right)
    return json.dumps([asked.prompt_text, asked.starter, right, shown, given], sort_keys=True, default=str)


def _unordered(name: str, part: object) -> object:
    return sorted(map(str, part)) if name in SHUFFLED and isinstance(part, list) else part


def _variants(case: Case) -> Iterator[Finding]:
    seen = {essence(asked) for asked in case.questions}
    drawn = len(case.questions)
    while len(seen) < VARIANTS and drawn < MOST_DRAWN:
        seen.add(essence(question(case.course, case.item, drawn)))
        drawn += 1
    if len(seen) < VARIANTS:
        yield case.told(
            "variants",
            f"{len(seen)} different variants in {drawn} seeds",
            f"{VARIANTS}, so that another like this is another",
            "draw more of what is asked: other columns, rows, tables, wordings, the question turned round",
        )


# Mistakes ----------------------------------------------------------------------------------------


def _mistakes(case: Case) -> Iterator[Finding]:
    least, most = MISTAKES
    count = len(case.questions)
    keys = Counter(key for asked in case.questions for key in {m.key for m in asked.mistakes})
    if len(keys) < least:
        yield case.told(
            "mistakes",
            f"{len(keys)} named " + ("mistake" if len(keys) == 1 else "mistakes"),
            f"{least} to {most}",
            "think of what people do who have half of the idea, and name it with the response it leads to",
        )
    if (many := max((len(asked.mistakes) for asked in case.questions), default=0)) > most:
        yield case.told(
            "mistakes",
            f"{many} mistakes in one variant",
            f"{least} to {most}",
            "keep those that people make most often",
        )
    for key, often in keys.items():
        if often < OFTEN * count:
            yield case.told(
                "rare-mistake",
                f"{key!r} in {often} of {count} variants",
                f"in a fifth of them or more ({round(OFTEN * count)})",
                "draw so that it can happen, or take it out",
            )


def _judged(case: Case, bench: Bench) -> Iterator[Finding]:
    for asked in case.questions:
        about = f" (asked: “{_short(asked.prompt_text)}”)"
        verdict = judge(asked, asked.right, bench).verdict
        if not (isinstance(verdict, Result) and verdict.correct):
            yield case.told(
                "right-answer",
                f"the right response {_shown(asked.right)} is told “{_short(_said(verdict))}”{about}",
                "the verdict right",
                "correct `answer` or `right`",
            )
            return
    for key in sorted({m.key for asked in case.questions for m in asked.mistakes}):
        yield from _own_message(case, bench, key)
    yield from _solution(case, bench)


def _own_message(case: Case, bench: Bench, key: str) -> Iterator[Finding]:
    """The first variant in which a mistake does not get its own message."""
    for asked in case.questions:
        for mistake in asked.mistakes:
            if mistake.key != key:
                continue
            verdict = judge(asked, mistake.response, bench).verdict
            about = f", by {_shown(mistake.response)} (asked: “{_short(asked.prompt_text)}”)"
            if not isinstance(verdict, Result):
                found = f"{key!r} is no answer: “{_short(_said(verdict))}”{about}"
                mend = (
                    "give the response as a learner would: what the field takes, or code that makes a value"
                )
            elif verdict.correct:
                found = f"{key!r} is right{about}"
                mend = "draw so that it is not, or leave the mistake out of such a variant"
            elif verdict.mistake != key:
                found = f"{key!r} gets the message of {verdict.mistake!r}{about}"
                mend = "draw so that the two differ, or leave one of them out of such a variant"
            elif [m.template for m in verdict.messages] != [mistake.says]:
                found = f"{key!r} is named twice, and one message hides the other{about}"
                mend = "give each mistake a key of its own"
            else:
                continue
            yield case.told("shadowed-mistake", found, "its own message, in every variant that has it", mend)
            return


def _solution(case: Case, bench: Bench) -> Iterator[Finding]:
    for asked in case.questions:
        told = fill(asked.solution, asked.values)
        if (block := BLOCK.search(told)) and asked.answer.kind not in {"ordering", "fill-in"}:
            verdict = judge(asked, {"code": block[1].strip()}, bench).verdict
            if isinstance(verdict, Result) and verdict.correct:
                continue
            found = f"code that is told “{_short(_said(verdict))}”"
        elif asked.answer.takes == "answer" and asked.answer.kind in HELD:
            lost = [piece for piece in _pieces(asked.right) if not _stands(piece, told)]
            if not lost:
                continue
            found = f"no {lost[0]} in “{_short(told)}”"
        else:
            continue
        yield case.told(
            "solution",
            f"{found} (asked: “{_short(asked.prompt_text)}”)",
            "a worked solution that comes to the right response",
            "work out with the values of the variant, and end at what is right",
        )
        return


def _stands(piece: str, text: str) -> bool:
    piece = piece.strip("`")
    return piece in text or piece in text.replace(",", "") or piece in text.replace("−", "-")


def _pieces(right: object) -> list[str]:
    if isinstance(right, Mapping):
        return [str(x) for pair in right.items() for x in pair]
    return [str(x) for x in right] if isinstance(right, list) else [str(right)]


# Hints -------------------------------------------------------------------------------------------


def _hints(case: Case) -> Iterator[Finding]:
    hints = case.item.hints
    least, most = HINTS
    if not least <= len(hints) <= most or len(set(hints)) < len(hints):
        yield case.told(
            "hints",
            f"{len(hints)} hints" + (", two of them alike" if len(set(hints)) < len(hints) else ""),
            f"{least} to {most}, each of which tells more",
            "first a question, then a pointer, then a step on a neighbouring problem",
        )
    for number, hint in enumerate(hints, 1):
        leaks = [q for q in case.questions if holds_answer(fill(hint, q.values), q)]
        # A small number, or one of two options, may also stand in a hint by chance.
        by_chance = OFTEN if leaks and _common(leaks[0]) else 0.0
        if leaks and len(leaks) > by_chance * len(case.questions):
            yield case.told(
                "leak",
                f"hint {number} holds the answer {_shown(leaks[0].right)} "
                f"(in {len(leaks)} of {len(case.questions)} variants)",
                "a hint that asks or points; the last one shows a step on a neighbouring problem",
                "take other numbers, names or lines than those of the question",
            )


def _common(asked: Question) -> bool:
    return not asked.answer.open or asked.answer.kind in {"number", "fraction", "text"}


def holds_answer(hint: str, asked: Question) -> bool:
    """Whether a hint gives away what is right in a variant."""
    right, kind = asked.right, asked.answer.kind
    if isinstance(right, Mapping) and set(right) == {"code"}:
        lines = [line.strip() for line in str(right["code"]).splitlines() if line.strip()]
        return bool(lines) and len(lines[-1]) > 3 and _close(lines[-1]) in _close(hint)
    if isinstance(right, Mapping) and set(right) == {"text"}:
        return str(right["text"]) in hint
    if kind == "choice" and isinstance(right, str):
        others = [o for o in asked.answer.asks()["options"] if o != right]  # type: ignore[attr-defined]
        told = _close(right.strip("`"))
        alone = not any(_close(str(o).strip("`")) in _close(hint) for o in others)
        return len(told) >= 6 and alone and told in _close(hint)
    if kind == "ordering" and isinstance(right, list):
        return len(right) > 1 and all(_close(str(line)) in _close(hint) for line in right)
    if kind == "fill-in" and isinstance(right, list):
        parts = asked.answer.asks()["parts"]
        whole = "".join(a + b for a, b in zip(parts, [*right, ""], strict=False))  # type: ignore[call-overload]
        return any(len(_close(row)) > 8 and _close(row) in _close(hint) for row in _filled(whole, parts))
    if isinstance(right, list | Mapping) or not asked.answer.open:
        return False
    text = str(right).strip()
    return bool(text) and bool(re.search(rf"(?<![\w.,]){re.escape(text)}(?![\w]|[.,]\d)", hint))


def _filled(whole: str, parts: object) -> list[str]:
    """The lines of a filled-in text that had a blank in them."""
    text = "\0".join(map(str, parts if isinstance(parts, list | tuple) else ()))
    gaps = [number for number, line in enumerate(text.split("\n")) if "\0" in line]
    lines = whole.split("\n")
    return [lines[number] for number in gaps if number < len(lines)]


def _close(code: str) -> str:
    """Code without what changes nothing: spaces, and which quotes it has."""
    return re.sub(r"\s+", "", code).replace('"', "'")


# Words -------------------------------------------------------------------------------------------


def _words(case: Case) -> Iterator[Finding]:
    """Length, reading level and tone of what is shown; pictures, links and formulae in it."""
    known: dict[str, Prose] = {}
    for asked in case.questions:
        prompt = asked.prompt_text
        if prompt not in known:
            known[prompt] = read(prompt)
            yield from _prompt(case, known[prompt])
        for mistake in asked.mistakes:
            words = len(fill(mistake.says, asked.values).split())
            if not MESSAGE[0] <= words <= MESSAGE[1]:
                yield case.told(
                    "message",
                    f"{mistake.key!r} says {words} words",
                    f"{MESSAGE[0]} to {MESSAGE[1]}: what was done, why it misses, one next step",
                    "say what is right first, and one thing to do next"
                    if words < MESSAGE[0]
                    else "shorten it",
                )
        for text in _texts(case.item, asked):
            if text in known and text != prompt:
                continue
            prose = known.setdefault(text, read(text))
            yield from _shown_in(case, text, prose)


def _texts(item: Item, asked: Question) -> Iterator[str]:
    templates = [asked.prompt, asked.solution, *item.hints, *(m.says for m in asked.mistakes)]
    yield from (fill(template, asked.values) for template in templates)
    options = asked.answer.asks().get("options", ())
    yield from map(str, options)  # type: ignore[call-overload]


def _prompt(case: Case, prose: Prose) -> Iterator[Finding]:
    words = len(prose.words)
    if words > PROMPT:
        yield case.told(
            "prompt",
            f"a prompt of {words} words",
            f"{PROMPT} at most, tables and code not counted",
            "say what is given, and ask one thing",
        )
    long = max((len(WORD.findall(sentence)) for sentence in prose.sentences), default=0)
    hard = lix([prose])
    if long > SENTENCE or (words >= ENOUGH and hard > LIX):
        yield case.told(
            "reading",
            f"a sentence of {long} words" if long > SENTENCE else f"a prompt of LIX {hard:.0f}",
            f"LIX {LIX} at most, and sentences up to {SENTENCE} words",
            "shorter sentences, and plain words for long ones",
        )


def _shown_in(case: Case, text: str, prose: Prose) -> Iterator[Finding]:
    if field := FIELD.search(CODE.sub("", text)):
        yield case.told(
            "tone",
            f"the field {field[0]} left unfilled",
            "a value for each field",
            f"add {field[1]!r} to `values`",
        )
    for rule, found, expected, mend in (*tone(text, case.course.language), *formulas(prose.formulas)):
        yield case.told(rule, found, expected, mend)
    for picture in prose.pictures:
        if fault := alt_fault(picture.alt):
            yield case.told("alt-text", f"{picture.target} with {fault}", *ALT_MEND)
        elif not picture.target.startswith("(") and (fault := dead(case.course, picture.target)):
            yield case.told("links", f"{picture.target!r}: {fault}", *LINK_MEND)
    for link in prose.links:
        if fault := dead(case.course, link):
            yield case.told("links", f"{link!r}: {fault}", *LINK_MEND)


def _said(verdict: Verdict) -> str:
    return verdict.feedback if isinstance(verdict, Result) else verdict.message.text


def _shown(response: object) -> str:
    if isinstance(response, Mapping) and len(response) == 1:
        (response,) = response.values()
    return f"`{_short(str(response))}`"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 70 else flat[:67] + "…"
