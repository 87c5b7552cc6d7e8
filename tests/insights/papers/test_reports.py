"""A report says in plain words what is so: its numbers, its growth, its page, its language."""

from __future__ import annotations

import gettext
import json
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from typer.testing import CliRunner

from courseware.cli import app
from courseware.course import find_course, load_course
from courseware.events import Event, new_id
from courseware.insights.reports import language, printing
from courseware.insights.reports.page import Page, html
from courseware.insights.reports.story import Story, story
from courseware.insights.reports.texts import Reader, page
from courseware.insights.source import InsightError
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Level

run = CliRunner()
ENGLISH = language.Words()
LATER = timedelta(hours=2)


def end_of(life) -> datetime:
    return life.events[-1].at + LATER


def told_of(course, life, since: datetime | None = None) -> Story:
    return story(course, course.rules, life.events, end_of(life), since)


def page_of(course, life, reader: Reader, since: datetime | None = None, name: str = "Ada") -> Page:
    return page(told_of(course, life, since), reader, f"{name} Lovelace", name, ENGLISH, "en")


# What it says --------------------------------------------------------------------------------------
def test_what_is_known_worked_on_and_coming_is_what_the_fold_says(small, learnt):
    for life in learnt:
        told, fold = told_of(small, life), Fold.of(life.events, small.rules)
        now = end_of(life)
        levels = {o: fold.level(o, now) for o in small.objectives}
        assert {o.id for o in told.known} == {o for o, level in levels.items() if level >= Level.PROFICIENT}
        assert {o.id for o in told.coming} == {o for o, level in levels.items() if level == Level.NOT_STARTED}
        assert len(told.known) + len(told.working) + len(told.coming) == len(small.objectives)
        assert told.answers == sum(e.kind == "answer" for e in life.events)


def test_growth_is_what_was_reached_since_and_nothing_else(small, learnt):
    for life in learnt:
        for share in (0.2, 0.5, 0.9):
            since = life.events[int(len(life.events) * share)].at
            told = told_of(small, life, since)
            before = Fold.of([e for e in life.events if e.at <= since], small.rules)
            was = {o for o in small.objectives if before.level(o, since) >= Level.PROFICIENT}
            assert {o.id for o in told.known if o.is_new} == {o.id for o in told.known} - was
            assert {o.id for o in told.objectives if o.fell} == was - {o.id for o in told.known}
            assert told.answers == sum(e.kind == "answer" and e.at > since for e in life.events)


def test_a_first_report_calls_nothing_new(small, learnt):
    for reader in Reader:
        assert "new" not in page_of(small, learnt[0], reader).share[3]
        marks = [e.mark for s in page_of(small, learnt[0], reader).sections for e in s.entries]
        assert not any(marks)


def test_no_report_ranks_or_blames(small, learnt):
    words = re.compile(
        r"\b(rank|average|better than|worse|behind|classmates|best|top|fail(ed)?|lazy|slow|bad|poor|weak)\b",
        re.IGNORECASE,
    )
    for life in learnt:
        for reader in (Reader.GUARDIAN, Reader.LEARNER):
            text = page_of(small, life, reader, life.events[len(life.events) // 2].at).text()
            found = [m for m in words.findall(text) if "Short and often works best" not in text]
            assert not found, text


def test_who_has_not_begun_gets_a_page_that_says_so_and_how_to_begin(small):
    told = story(small, small.rules, [], datetime(2026, 1, 1, tzinfo=UTC))
    said = page(told, Reader.GUARDIAN, "Ada Lovelace", "Ada", ENGLISH, "en").text()
    assert "Ada has not started the course yet." in said
    assert "Sit down together for the first ten minutes." in said
    assert "You have not answered anything yet." in page(told, Reader.LEARNER, "", "", ENGLISH, "en").text()
    assert html(page(told, Reader.INSTRUCTOR, "Ada", "Ada", ENGLISH, "en"))


def test_a_long_absence_leads_to_fixed_times_and_a_stuck_one_to_another_person(small):
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    wrong = [
        Event(
            id=new_id(), at=now + timedelta(minutes=n), learner="l", course="small", course_version="1.0",
            kind="answer", item=f"i{n % 2}", item_version=1, seed=n, objectives=("sum.add",), open=True,
            guess=0.05, difficulty=0.0, score=0.0,
        )
        for n in range(12)
    ]  # fmt: skip
    told = story(small, small.rules, wrong, now + timedelta(days=30))
    said = page(told, Reader.GUARDIAN, "Ada", "Ada", ENGLISH, "en").text()
    assert "The last time was 29 days ago." in said
    assert "Look at one question on “I can add two numbers” together." in said
    assert (
        "12 questions on “I can add two numbers”"
        in page(told, Reader.INSTRUCTOR, "Ada", "", ENGLISH, "en").text()
    )


def test_whose_word_it_is_is_said(small, learnt):
    life = learnt[0]
    own = [replace(e, detail={**e.detail, "self_reported": True}) for e in life.events]
    told = story(small, small.rules, own, end_of(life))
    assert "own computer, where nobody watches" in page(told, Reader.GUARDIAN, "A", "A", ENGLISH, "en").text()
    assert "own computer" not in page_of(small, life, Reader.GUARDIAN).text()


def test_a_learner_without_a_name_is_your_child_with_a_capital_where_a_sentence_begins(small, learnt):
    said = page(told_of(small, learnt[0]), Reader.GUARDIAN, "", "", ENGLISH, "en")
    assert said.title == "How your child is doing in “Small sums”"
    assert said.lead[0].startswith("Your child can now do")
    assert not re.search(r"(^|[.!?] )your", said.text(), re.MULTILINE)


# How it reads --------------------------------------------------------------------------------------
def syllables(word: str) -> int:
    """Groups of vowels; a silent e at the end is none (the usual estimate for Flesch's formulae)."""
    word = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not re.search(r"[^aeiouy]le$", word) and count > 1
    silent = silent or bool(re.search(r"[^aeioudt]ed$", word) and count > 1)
    return max(1, count - silent)


def grade(text: str) -> float:
    """The US school grade that a text asks for (Kincaid, Fishburne, Rogers & Chissom 1975)."""
    sentences = [s for s in re.split(r"[.!?:\n]+", text) if re.search(r"[A-Za-z]", s)]
    words = re.findall(r"[A-Za-z][A-Za-z'’]*", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The cat sat on the mat. The dog ran to the cat.", -3, 1),
        ("Four score and seven years ago our fathers brought forth on this continent a new nation, "
         "conceived in liberty and dedicated to the proposition that all men are created equal.", 11, 17),
        ("Notwithstanding considerable methodological heterogeneity, longitudinal investigations demonstrate "
         "statistically significant improvements.", 20, 50),
    ],
)  # fmt: skip
def test_the_score_tells_easy_from_hard(text, low, high):
    assert low < grade(text) < high


def test_guardians_and_learners_need_no_more_than_the_reading_of_a_twelve_year_old(small, learnt):
    """Age 12 is US grade 6 to 7; each page, and what it says without the course's own sentences."""
    for life in learnt:
        since = life.events[len(life.events) // 2].at
        assert grade(page_of(small, life, Reader.GUARDIAN, since).text()) < 6.5
        assert grade(page_of(small, life, Reader.LEARNER, since).text()) < 7
    for text in (e.id for e in template() if e.id):
        for said in [text] if isinstance(text, str) else text:
            if len(said.split()) > 8:
                assert grade(re.sub(r"\{\w+\}", "it", said)) < 8.5, said


# Its page ------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[str]:
    before = os.environ.get("CHROMIUM")
    os.environ["CHROMIUM"] = chromium_path
    yield chromium_path
    os.environ.pop("CHROMIUM") if before is None else os.environ.update(CHROMIUM=before)


def pages_in(pdf: Path) -> int:
    return len(printing.PAGE.findall(pdf.read_bytes()))


@pytest.mark.usefixtures("chromium")
def test_each_is_one_page_also_in_a_large_course_with_long_names(tmp_path):
    course = load_course(find_course("pandas"))
    start = datetime(2026, 1, 5, 9, tzinfo=UTC)
    events = []
    for number, objective in enumerate(course.objectives):
        for n, right in enumerate("-++-+" if number % 3 == 2 else "+++++"):
            at = start + timedelta(days=number, minutes=n)
            events.append(
                Event(
                    id=new_id(), at=at, learner="l", course="pandas", course_version="1.0", kind="answer",
                    item=f"i{n % 2}", item_version=1, seed=n + 10 * number, objectives=(objective,),
                    open=True, guess=0.05, difficulty=0.0, score=float(right == "+"),
                    mistake=None if right == "+" else "any-gap",
                )
            )  # fmt: skip
    told = story(course, course.rules, events, start + timedelta(days=60), start + timedelta(days=10))
    for reader in Reader:
        name = "Wolfeschlegelsteinhausenbergerdorff-Mustermann"
        printing.print_pdf(html(page(told, reader, name, name, ENGLISH, "en")), tmp_path / f"{reader}.pdf")
        assert pages_in(tmp_path / f"{reader}.pdf") == 1, reader


def test_a_page_fetches_nothing_and_what_people_are_called_stays_text(small, learnt):
    text = html(page_of(small, learnt[0], Reader.GUARDIAN, name="<script>alert(1)</script>"))
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert not re.search(r"(src|href)=|url\(|@import|https?://", text)


def test_without_a_browser_there_is_a_page_to_print_and_a_sentence(classroom, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    done = run.invoke(
        app,
        ["report", "s001", "--class", str(classroom.path), "--format", "pdf", "--json"],
        catch_exceptions=False,
    )
    assert done.exit_code == 0
    (made,) = json.loads(done.stdout)["reports"]
    assert Path(made["file"]).suffix == ".html"
    assert Path(made["file"]).is_file()
    assert "choose “Print”" in re.sub(r"\s+", " ", done.stderr)


# The command ---------------------------------------------------------------------------------------
def cli(*words: object) -> dict:
    done = run.invoke(app, [*map(str, words), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_class_gets_a_file_each_and_the_next_report_grows_from_the_last(classroom, learnt, monkeypatch):
    middle = learnt[0].events[len(learnt[0].events) // 2].at
    end = max(life.events[-1].at for life in learnt) + LATER
    common = ["report", "--all", "--for", "guardian", "--class", classroom.path]
    monkeypatch.setenv("COURSEWARE_CLOCK", middle.isoformat())
    first = cli(*common)
    assert len(first["reports"]) == 10
    assert {each["since"] for each in first["reports"]} == {None}
    monkeypatch.setenv("COURSEWARE_CLOCK", end.isoformat())
    second = cli(*common)
    ada = second["reports"][0]
    assert ada["since"].startswith(f"{middle.astimezone():%Y-%m-%d}"[:7])
    assert ada["known"] - ada["new"] <= first["reports"][0]["known"]
    assert sorted(p.name for p in (classroom.path / "reports" / "s001").iterdir()) == [
        f"{middle.astimezone():%Y-%m-%d}-guardian.html",
        f"{end.astimezone():%Y-%m-%d}-guardian.html",
    ]
    text = Path(ada["file"]).read_text(encoding="utf-8")
    assert "Ada Lovelace" in text
    assert "Sofia" not in text  # nobody else is in it
    other = cli("report", "--for", "learner", "s001", "--class", classroom.path)
    assert other["reports"][0]["since"] is None  # growth is told since the last one to the same reader


def test_a_learner_is_found_by_id_name_and_uuid_and_near_ones_are_named(classroom, learnt):
    for who in ("s002", "émilie du châtelet", learnt[1].learner):
        assert cli("report", who, "--class", classroom.path)["reports"][0]["learner"] == "s002"
    done = run.invoke(app, ["report", "s01", "--class", str(classroom.path)])
    assert isinstance(done.exception, LookupError)
    assert "s001" in str(done.exception)
    done = run.invoke(app, ["report", "--class", str(classroom.path)])
    assert isinstance(done.exception, InsightError)
    assert "--all" in str(done.exception)


def test_only_what_was_witnessed_is_told_where_that_is_asked_for(classroom):
    assert cli("report", "s007", "--class", classroom.path)["reports"][0]["answers"] > 0
    assert cli("report", "s007", "--class", classroom.path, "--witnessed")["reports"][0]["answers"] == 0


# Languages -----------------------------------------------------------------------------------------
def template() -> Catalog:
    with language.TEMPLATE.open("rb") as file:
        return read_po(file)


def test_the_template_has_all_words_of_the_sources():
    """If this fails: docs/translating.md has the command that draws the template anew."""
    found = extract_from_dir(str(language.HERE.parent), [("**.py", "python")])
    there = {message.id for message in template() if message.id}
    assert {words for _, _, words, _, _ in found} == there


def translated() -> bytes:
    """A language of which every word is known to be translated: each in brackets."""
    catalogue = Catalog(locale="de")
    for message in template():
        if message.id:
            both = isinstance(message.id, tuple)
            catalogue.add(message.id, tuple(f"[{m}]" for m in message.id) if both else f"[{message.id}]")
    made = BytesIO()
    write_po(made, catalogue)
    return made.getvalue()


def test_a_translation_beside_the_class_is_read_as_it_is_and_leaves_no_word_in_english(
    classroom, small, learnt
):
    folder = classroom.path / "locale"
    folder.mkdir()
    (folder / "de.po").write_bytes(translated())
    told = told_of(small, learnt[0], learnt[0].events[50].at)
    words = language.words("de_AT", folder)
    assert words is not None
    for reader in Reader:
        said = page(told, reader, "Ada", "Ada", words, "de")
        title = said.title if reader is not Reader.INSTRUCTOR else ""  # a name and a course
        lines = [title, *said.lead, *said.foot, *(s.heading for s in (*said.sections, *said.below))]
        assert all("[" in line for line in lines if line), lines
    assert "2026" in language.day(told.now, "de")
    made = cli("report", "s001", "--class", classroom.path, "--language", "de")
    text = Path(made["reports"][0]["file"]).read_text(encoding="utf-8")
    assert '<html lang="de">' in text
    assert "[Where you stand in" in text


def test_a_language_without_words_is_told_and_a_broken_catalogue_names_its_file(classroom):
    done = run.invoke(app, ["report", "s001", "--class", str(classroom.path), "--language", "fr"])
    assert isinstance(done.exception, InsightError)
    assert "docs/translating.md" in str(done.exception)
    (classroom.path / "locale").mkdir()
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8"\n\n'
    wrong = 'msgid "What {name} can do now"\nmsgstr "Ce que {nom} sait faire"\n'
    for broken, why in ((b"\xff\xfe", ""), (b"no catalogue", ""), ((head + wrong).encode(), "{nom}")):
        (classroom.path / "locale" / "fr.po").write_bytes(broken)
        done = run.invoke(app, ["report", "s001", "--class", str(classroom.path), "--language", "fr"])
        assert isinstance(done.exception, InsightError), broken
        assert "fr.po" in str(done.exception)
        assert why in str(done.exception)


def test_english_is_there_without_a_catalogue():
    assert type(language.words("en")) is gettext.NullTranslations
    assert language.words("xx") is None
    assert language.day(datetime(2026, 1, 5, 12, tzinfo=UTC), "en") == "5 January 2026"


def test_printing_names_why_it_could_not(tmp_path, monkeypatch):
    false = subprocess.run(["which", "false"], capture_output=True, text=True, check=False).stdout.strip()
    if not false:
        pytest.skip("no program that fails")
    monkeypatch.setenv("CHROMIUM", false)
    with pytest.raises(printing.NotPrintedError, match="could not print"):
        printing.print_pdf("<p>x</p>", tmp_path / "a.pdf")
    assert not list(tmp_path.iterdir())
