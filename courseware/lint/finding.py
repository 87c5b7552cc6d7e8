"""What lint tells: rules by their names, findings, and rules that an author has set aside with a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from courseware.course import Skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it demands, in a sentence; `slow` ones are left out by ``--quick``.

    `code`: it is about code that learners write, and is not asked where a course has none.
    """

    demands: str
    slow: bool = False
    code: bool = False


RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "course": Rule("The course loads: course.toml, items and notebooks are sound."),
        "skips": Rule("Each rule that is set aside exists, has a reason, and would be broken."),
        # objectives and lessons
        "coverage": Rule("An objective has six items or more, of three formats or more, one of them open."),
        "prerequisites": Rule("What a lesson, objective or item builds on is taught before it."),
        "checks": Rule("A lesson checks each objective that it teaches, in three formats or more."),
        "remedies": Rule("Each objective has a remedy, and each lesson an enrichment."),
        "graded-task": Rule(
            "A lesson has a graded task with visible and hidden tests and its objectives in metadata.",
            code=True,
        ),
        "time": Rule("A lesson takes 15 to 45 minutes: reading, running, checks, the task."),
        # notebooks
        "beginning": Rule('A lesson begins with `lesson = Lesson("…")` and names its objectives.'),
        "outputs": Rule("Notebooks are stored without outputs and execution counts."),
        "cell-ids": Rule("Each cell has an id of its own, which stays."),
        "cell-length": Rule("No code cell is over twelve lines."),
        "wall": Rule("No paragraph is over five lines (75 words), no cell of text over 150 words."),
        "order": Rule("The cells of each notebook run from top to bottom.", slow=True, code=True),
        # words, pictures, links
        "reading": Rule("Prose is easy to read: LIX up to 45, sentences up to 35 words."),
        "tone": Rule("No exclamation marks; no “simply”, “just”, “obviously”; no field left unfilled."),
        "alt-text": Rule("Each picture has a text for those who do not see it."),
        "links": Rule("Each link and picture leads to something that is there."),
        "data": Rule("Data files are named in data/README.md, with source and licence; 10 MB in all."),
        "maths": Rule("Each formula can be shown (`aligned` cannot: write one formula a line)."),
        # items
        "variants": Rule("An item has a hundred different variants or more."),
        "mistakes": Rule("An item names two to four mistakes."),
        "rare-mistake": Rule("Each named mistake occurs in a fifth of the variants or more."),
        "shadowed-mistake": Rule("Each mistake's response gets its own message, and no other's.", slow=True),
        "right-answer": Rule("The right response is right in each variant.", slow=True),
        "solution": Rule("The worked solution holds the right response.", slow=True),
        "hints": Rule("An item has two to four hints, each of them different."),
        "leak": Rule("No hint holds the answer."),
        "prompt": Rule("A prompt has 80 words at most."),
        "message": Rule("What a mistake says has 6 to 60 words."),
        # learners
        "reach": Rule("Simulated learners who learn open every lesson and become Proficient.", slow=True),
        "guessing": Rule("Of those who always guess, half unlock nothing, and none two lessons.", slow=True),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend. `of` is what an author names to set the rule aside there: an item, objective,
    lesson, or a cell as ``<file>#<cell id>``."""

    rule: str
    of: str
    file: str
    place: str
    found: str
    expected: str
    mend: str

    def __str__(self) -> str:
        return (
            f"{self.file}, {self.place} ({self.rule})\n    found:    {self.found}\n"
            f"    expected: {self.expected}\n    mend:     {self.mend}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Excused:
    """A finding that the author has set aside, and why."""

    finding: Finding
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What lint has to say of a course: `clean` if there is nothing to mend.

    `asked` are the rules that were looked at, `left_out` those that were not, each with the reason.
    """

    course: str
    asked: Sequence[str]
    findings: Sequence[Finding] = ()
    excused: Sequence[Excused] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        return not self.findings


def sorted_out(
    findings: Sequence[Finding], skips: Sequence[Skip], asked: Collection[str]
) -> tuple[list[Finding], list[Excused]]:
    """Findings that stand, and those set aside; a `Skip` that is no use is a finding itself."""
    reasons = {(skip.skip, skip.of): skip.because for skip in skips}
    stand = [f for f in findings if (f.rule, f.of) not in reasons]
    excused = [
        Excused(finding=f, because=reasons[f.rule, f.of]) for f in findings if (f.rule, f.of) in reasons
    ]
    used = {(e.finding.rule, e.finding.of) for e in excused}
    if "skips" in asked:
        stand += _useless(skips, used, asked)
    return stand, excused


def _useless(
    skips: Sequence[Skip], used: Collection[tuple[str, str]], asked: Collection[str]
) -> Iterator[Finding]:
    for skip in skips:
        if skip.skip in RULES and (skip.skip not in asked or (skip.skip, skip.of) in used):
            continue
        known = skip.skip in RULES
        near = get_close_matches(skip.skip, RULES, n=1)
        perhaps = f"; perhaps {near[0]!r}?" if near else ""
        yield Finding(
            rule="skips",
            of=skip.of,
            file="course.toml",
            place=f"lint, {skip.skip!r} of {skip.of!r}",
            found="a rule that is not broken there" if known else "a rule that lint does not have",
            expected="rules set aside only where they would be broken",
            mend="take the entry out, or correct what it names"
            if known
            else f"correct the rule's name (`courseware lint --rules` lists them){perhaps}",
        )
