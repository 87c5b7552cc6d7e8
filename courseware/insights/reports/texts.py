"""What a report says, to each reader. Short sentences, no ranking, no blame; every number is from the events.

All words go through gettext (language.py). Where a sentence has a number, the language's plurals apply.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from courseware.insights.reports.language import Words, day
from courseware.insights.reports.page import Entry, Page, Row, Section
from courseware.insights.reports.story import Objective, Story
from courseware.mastery.levels import Level

MOST_KNOWN: Final = 7
MOST_WORKING: Final = 3
MOST_COMING: Final = 2
"""So many lines a list has at most, so that all fits on one page."""
AWAY: Final = 14
"""Days without anything done from which on it is spoken of."""
MOSTLY: Final = 0.5


class Reader(StrEnum):
    """Whom a report is for."""

    LEARNER = "learner"
    GUARDIAN = "guardian"
    INSTRUCTOR = "instructor"


def page(story: Story, reader: Reader, name: str, first: str, words: Words, language: str) -> Page:
    """The report for a reader. `name` is the learner's, `first` what to call them ("" where nobody said)."""
    match reader:
        case Reader.LEARNER:
            return _Learner(story, name, first, words, language).page()
        case Reader.GUARDIAN:
            return _Guardian(story, name, first, words, language).page()
        case Reader.INSTRUCTOR:
            return _Instructor(story, name, first, words, language).page()


class _Report:
    """What the reports have in common."""

    def __init__(self, story: Story, name: str, first: str, words: Words, language: str) -> None:
        self.story, self.t, self.language = story, words, language
        self.full = name
        self.name = first or words.gettext("your child")
        self.new = [o for o in story.known if o.is_new]
        self.fell = [o for o in story.objectives if o.fell]

    def day(self, at: datetime) -> str:
        return day(at, self.language)

    def under(self) -> str:
        today = self.day(self.story.now)
        if self.story.since is None:
            return self.t.gettext("{today}. This is the first report.").format(today=today)
        since = self.day(self.story.since)
        return self.t.gettext("{today}. What is new since {since} is marked.").format(
            today=today, since=since
        )

    def share(self) -> tuple[int, int, int, str]:
        known, total = len(self.story.known), len(self.story.objectives)
        told = self.t.gettext("{known} of {total}").format(known=known, total=total)
        new = len(self.new) if self.story.since is not None else 0
        if new:
            told += self.t.ngettext(", {count} of them new", ", {count} of them new", new).format(count=new)
        return known, new, total, told

    def level(self, level: Level) -> str:
        t = self.t
        return {
            Level.NOT_STARTED: t.gettext("not begun"),
            Level.ATTEMPTED: t.gettext("begun"),
            Level.FAMILIAR: t.gettext("on the way"),
            Level.PROFICIENT: t.gettext("can do it"),
            Level.MASTERED: t.gettext("still knew it days later"),
        }[level]

    def rows(self) -> tuple[Row, ...]:
        return tuple(
            Row(
                title=lesson.title,
                levels=tuple((o.level, f"{o.can}: {self.level(o.level)}") for o in lesson.objectives),
            )
            for lesson in self.story.lessons
        )

    def key(self) -> tuple[tuple[Level, str], ...]:
        return tuple((level, self.level(level)) for level in Level)

    def known_entries(self) -> tuple[Entry, ...]:
        first = self.story.since is None
        return tuple(
            Entry(text=o.can, level=o.level, mark=self.t.gettext("new") if o.is_new and not first else "")
            for o in self.story.known[:MOST_KNOWN]
        )

    def more_known(self) -> str:
        more = len(self.story.known) - MOST_KNOWN
        if more <= 0:
            return ""
        return self.t.ngettext("… and {count} more.", "… and {count} more.", more).format(count=more)

    def close(self, objective: Objective) -> str:
        """How near an objective is, in words that promise nothing."""
        t, needed = self.t, objective.needed
        if objective.stuck:
            return t.gettext(
                "This one takes longer. Another person can help here more than the next question."
            )
        if objective.fell:
            return t.gettext("It was there before, and has faded a little. A few questions bring it back.")
        if needed is not None and needed <= 2:
            return t.ngettext(
                "Close: about one more right answer.", "Close: about {count} more right answers.", needed
            ).format(count=needed)
        return t.gettext("On the way.") if objective.level == Level.FAMILIAR else t.gettext("Begun.")


class _Guardian(_Report):
    """For somebody at home: short words, what can be done, nothing to compare with."""

    def page(self) -> Page:
        t, name = self.t, self.name
        return Page(
            language=self.language,
            title=t.gettext("How {name} is doing in “{course}”").format(
                name=self.full if self.name in self.full else name, course=self.story.course
            ),
            under=self.under(),
            lead=self.lead(),
            share=self.share(),
            sections=(self.can(), self.working()),
            below=(self.next(), self.help()),
            glance=t.gettext("The whole course"),
            rows=self.rows(),
            key=self.key(),
            foot=self.foot(),
        ).told()

    def lead(self) -> tuple[str, ...]:
        t, s, name = self.t, self.story, self.name
        known, total, new = len(s.known), len(s.objectives), len(self.new)
        if s.away is None:
            return (t.gettext("{name} has not started the course yet.").format(name=name),)
        if not known:
            begun = len(s.working)
            said = t.ngettext(
                "{name} has begun one of the {total} things that the course teaches.",
                "{name} has begun {count} of the {total} things that the course teaches.",
                begun,
            ).format(name=name, count=begun, total=total)
            return said, self.work()
        if known == total:
            said = t.gettext("{name} can now do all that the course teaches: {total} things.")
        else:
            said = t.gettext("{name} can now do {known} of the {total} things that the course teaches.")
        said = said.format(name=name, known=known, total=total)
        if s.since is not None and new:
            said += " " + t.ngettext(
                "One of them is new since the last report.",
                "{count} of them are new since the last report.",
                new,
            ).format(count=new)
        return said, self.work()

    def work(self) -> str:
        t, s, name = self.t, self.story, self.name
        if not s.answers:
            return t.gettext(
                "{name} has not worked on the course since then. What was learned before is still there "
                "to build on."
            ).format(name=name)
        days = t.ngettext("one day", "{count} days", s.days).format(count=s.days)
        answers = t.ngettext("one answer", "{count} answers", s.answers).format(count=s.answers)
        if s.since is None:
            return t.gettext("So far {name} worked on {days} and gave {answers}.").format(
                name=name, days=days, answers=answers
            )
        return t.gettext("Since then {name} worked on {days} and gave {answers}.").format(
            name=name, days=days, answers=answers
        )

    def can(self) -> Section:
        t, name = self.t, self.name
        says: tuple[str, ...] = ()
        if not self.story.known:
            says = (t.gettext("Nothing is finished yet. There is no clock: each thing takes its own time."),)
        return Section(
            heading=t.gettext("What {name} can do now").format(name=name),
            says=says,
            entries=self.known_entries(),
            after=self.more_known(),
        )

    def working(self) -> Section:
        t, name, some = self.t, self.name, self.story.working
        says: tuple[str, ...] = ()
        if not some:
            says = (t.gettext("Nothing is half done at the moment."),)
        more = len(some) - MOST_WORKING
        return Section(
            heading=t.gettext("What {name} is working on").format(name=name),
            says=says,
            entries=tuple(Entry(text=o.can, note=self.close(o), level=o.level) for o in some[:MOST_WORKING]),
            after=t.ngettext("{count} more is begun.", "{count} more are begun.", more).format(count=more)
            if more > 0
            else "",
        )

    def next(self) -> Section:
        t, s, name = self.t, self.story, self.name
        says = []
        if s.reviews:
            says.append(
                t.ngettext(
                    "One short review question is waiting. It keeps what was learned fresh.",
                    "{count} short review questions are waiting. They take about {minutes} minutes, and "
                    "keep what was "
                    "learned fresh.",
                    s.reviews,
                ).format(count=s.reviews, minutes=s.minutes)
            )
        coming = s.coming[:MOST_COMING]
        if coming:
            says.append(t.gettext("After that, {name} will learn this:").format(name=name))
        elif not s.working:
            says.append(t.gettext("All of the course is done. Short reviews now and then keep it that way."))
        return Section(
            heading=t.gettext("What comes next"),
            says=tuple(says),
            entries=tuple(Entry(text=o.can, level=o.level) for o in coming),
        )

    def help(self) -> Section:
        t, s, name = self.t, self.story, self.name
        tips: list[str] = []
        stuck = next((o for o in s.working if o.stuck), None)
        if s.away is None:
            tips.append(
                t.gettext(
                    "Sit down together for the first ten minutes. The first lesson begins with easy steps."
                )
            )
        elif s.away >= AWAY and s.coming + s.working:
            tips.append(
                t.gettext(
                    "The last time was {count} days ago. Pick two fixed times a week together, of 20 "
                    "minutes each. "
                    "Short and often works best."
                ).format(count=s.away)
            )
        if stuck is not None:
            tips.append(
                t.gettext(
                    "Look at one question on “{can}” together. You do not need to know the answer. Ask: "
                    "“What "
                    "does the question want?” If it stays hard, tell the teacher."
                ).format(can=stuck.can)
            )
        if s.known:
            shown = self.new[0] if self.new else s.known[0]
            tips.append(
                t.gettext(
                    "Ask {name} to show you this: “{can}”. Telling it to someone makes it stick."
                ).format(name=name, can=shown.can)
            )
        if s.reviews:
            tips.append(t.gettext("Do the review first, then the new things. Ten minutes are enough."))
        if s.working:
            tips.append(
                t.gettext(
                    "When an answer is wrong, ask what the page said about it. Every answer gets a reason."
                )
            )
        tips.append(
            t.gettext("Wrong answers cost nothing here. {name} can try as often as it takes.").format(
                name=name
            )
        )
        return Section(
            heading=t.gettext("How you can help at home"),
            entries=tuple(Entry(text=tip) for tip in tips[:4]),
        )

    def foot(self) -> tuple[str, ...]:
        t, name = self.t, self.name
        said = [
            t.gettext(
                "“Can do” means that {name} got it right at the first try, on more than one question. "
                "This page compares "
                "{name} with nobody else."
            ).format(name=name)
        ]
        if self.story.own > MOSTLY:
            said.append(
                t.gettext("Most of this was done on {name}’s own computer, where nobody watches.").format(
                    name=name
                )
            )
        return tuple(said)


class _Learner(_Report):
    """For the learner: the same facts as on the screen, with the evidence and what would change it."""

    def page(self) -> Page:
        t = self.t
        return Page(
            language=self.language,
            title=t.gettext("Where you stand in “{course}”").format(course=self.story.course),
            under=" · ".join(filter(None, [self.full, self.under()])),
            lead=self.lead(),
            share=self.share(),
            sections=(self.can(), self.working()),
            below=(self.next(),),
            glance=t.gettext("The whole course"),
            rows=self.rows(),
            key=self.key(),
            foot=(
                t.gettext(
                    "Only first tries without a hint move a level. Retries, hints and worked solutions "
                    "are practice, and "
                    "cost nothing."
                ),
            ),
        )

    def lead(self) -> tuple[str, ...]:
        t, s = self.t, self.story
        if s.away is None:
            return (t.gettext("You have not answered anything yet. The first lesson is open."),)
        said = t.gettext("You can do {known} of {total} things.").format(
            known=len(s.known), total=len(s.objectives)
        )
        if s.since is not None:
            new = len(self.new)
            said += " " + (
                t.ngettext(
                    "One is new since the last report.", "{count} are new since the last report.", new
                ).format(count=new)
                if new
                else t.gettext("None is new since the last report; what you began goes on below.")
            )
        worked = t.ngettext("one day", "{count} days", s.days).format(count=s.days)
        answers = t.ngettext("one answer", "{count} answers", s.answers).format(count=s.answers)
        return said, t.gettext("You worked on {days} and gave {answers}.").format(
            days=worked, answers=answers
        )

    def can(self) -> Section:
        t = self.t
        says = () if self.story.known else (t.gettext("Nothing is Proficient yet. That comes step by step."),)
        return Section(
            heading=t.gettext("What you can do"),
            says=says,
            entries=self.known_entries(),
            after=self.more_known(),
        )

    def working(self) -> Section:
        t, some = self.t, self.story.working
        return Section(
            heading=t.gettext("What you are working on"),
            says=() if some else (t.gettext("Nothing is half done."),),
            entries=tuple(
                Entry(
                    text=o.can,
                    level=o.level,
                    note=f"{o.why} {t.gettext('To go: {left}.').format(left=o.left)}",
                )
                for o in some[: MOST_WORKING + 1]
            ),
        )

    def next(self) -> Section:
        t, s = self.t, self.story
        entries: list[Entry] = []
        if s.reviews:
            entries.append(
                Entry(
                    text=t.ngettext(
                        "One review question is due; it takes a minute or two.",
                        "{count} review questions are due; they take about {minutes} minutes.",
                        s.reviews,
                    ).format(count=s.reviews, minutes=s.minutes)
                )
            )
        elif s.next_due is not None:
            entries.append(
                Entry(text=t.gettext("The next review is due on {day}.").format(day=self.day(s.next_due)))
            )
        stuck = next((o for o in s.working if o.stuck), None)
        if stuck is not None:
            entries.append(
                Entry(
                    text=t.gettext(
                        "“{can}” takes its time. Show one question to somebody, or take the notebook "
                        "that explains it in "
                        "another way."
                    ).format(can=stuck.can)
                )
            )
        entries += [Entry(text=o.can, level=o.level) for o in s.coming[:MOST_COMING]]
        if not entries and not s.working:
            entries.append(Entry(text=t.gettext("All of the course is done.")))
        locked = next((lesson for lesson in s.lessons if not lesson.open), None)
        after = ""
        if locked is not None and locked.opens_when:
            after = f"{locked.title}: {locked.opens_when}"
        return Section(heading=t.gettext("What is next"), entries=tuple(entries), after=after)


class _Instructor(_Report):
    """For the instructor: every objective with its evidence, and what to look at."""

    def page(self) -> Page:
        t, s = self.t, self.story
        known, total = len(s.known), len(s.objectives)
        days = t.ngettext("one day with answers", "{count} days with answers", s.days).format(count=s.days)
        answers = t.ngettext("one answer", "{count} answers", s.answers).format(count=s.answers)
        lead = t.gettext("{known} of {total} objectives; {days}, {answers}.").format(
            known=known, total=total, days=days, answers=answers
        )
        if s.away is not None:
            lead += " " + (
                t.ngettext("Last seen one day ago.", "Last seen {count} days ago.", s.away)
                if s.away
                else t.gettext("Last seen today.")
            ).format(count=s.away)
        head = (
            t.gettext("Objective"),
            t.gettext("Level"),
            t.gettext("Before"),
            t.gettext("Last first tries"),
            t.gettext("What is missing"),
        )
        rows = [
            (
                o.can,
                o.level,
                "" if s.since is None or o.before == o.level else o.before.word,
                " ".join("✓" if right else "✗" for right in o.recent),
                "" if o.known else self.missing(o),
            )
            for o in s.objectives
            if o.level > Level.NOT_STARTED
        ]
        left = total - len(rows)
        return Page(
            language=self.language,
            title=f"{self.full or t.gettext('Learner')} – {s.course}",
            under=self.under(),
            lead=(lead,),
            share=self.share(),
            sections=(self.look(),),
            foot=(
                t.ngettext("One objective is not begun.", "{count} objectives are not begun.", left).format(
                    count=left
                ),
                t.gettext("Told by the learner’s own machine: {share} of the answers.").format(
                    share=f"{s.own:.0%}"
                ),
            ),
            table=(head, *rows) if rows else (),
        )

    def missing(self, objective: Objective) -> str:
        if objective.needed is None:
            return ""
        return self.t.ngettext("one right first try", "{count} right first tries", objective.needed).format(
            count=objective.needed
        )

    def look(self) -> Section:
        t, s = self.t, self.story
        entries = [Entry(text=sentence) for sentence in s.alarms[:4]]
        entries += [
            Entry(
                text=t.gettext("“{mistake}” in {item}, {count} times").format(
                    mistake=mistake.replace("-", " "), item=item, count=count
                )
            )
            for item, mistake, count in s.mistakes
        ]
        return Section(
            heading=t.gettext("To look at"),
            says=() if entries else (t.gettext("Nothing stands out."),),
            entries=tuple(entries),
        )
