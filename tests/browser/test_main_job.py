"""The main job, as a learner does it: open, answer, get feedback, unlock, go on; and find it all again."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Locator, expect

GOAL = "tables.columns"


def shoot(notebook, name: str) -> None:
    """Keep a picture where somebody wants to look at it: COURSEWARE_SCREENSHOTS=folder."""
    if folder := os.environ.get("COURSEWARE_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        notebook.page.screenshot(path=Path(folder) / f"{name}.png")


def pick(card: Locator, text: str) -> None:
    """Choose the option of this text (as an author wrote it)."""
    card.locator(".cw-option").filter(has_text=plain(text)).locator("input").check()


def plain(markdown: str) -> re.Pattern[str]:
    """The text as a page shows it: code marks gone, whole, spaces as they come."""
    words = [re.escape(word) for word in markdown.replace("`", " ").split()]
    return re.compile(r"^\s*" + r"\s*".join(words) + r"\s*$")


def press(card: Locator, name: str) -> None:
    card.get_by_role("button", name=re.compile(f"^{name}")).click()


def give(card: Locator, question, response) -> None:
    """Answer as a learner does with this kind of control."""
    match question.answer.kind:
        case "choice":
            pick(card, response)
        case "choices":
            for box in card.locator(".cw-option input").all():
                box.uncheck()
            for text in response:
                pick(card, text)
        case "number" | "text":
            card.locator("input").fill(str(response))
        case "code":
            card.locator("textarea").fill(response["code"])
    press(card, "Check")


def test_a_learner_gets_from_lesson_1_to_lesson_2_and_finds_it_all_again(lab, open_notebook):
    notebook = open_notebook()
    page = notebook.page
    assert "01-tables" in page.title()
    assert not (lab.folder / "02-select.ipynb").exists()
    notebook.run_all()

    # A wrong answer is told its mistake, in words of its own.
    card = notebook.check("column-lookup")
    question = lab.question("column-lookup")
    mistake = question.mistakes[0]
    give(card, question, mistake.response)
    said = question.message(mistake.key, mistake.says).text.replace("`", "")
    expect(card.locator(".cw-feedback")).to_contain_text(said.split(".")[0][:30], use_inner_text=True)
    expect(card.locator(".cw-feedback")).to_have_class(re.compile("near"))
    shoot(notebook, "wrong-light")
    assert lab.kinds("column-lookup") == ["asked", "answer"]

    # A hint, then another variant.
    press(card, "Hint")
    expect(card.locator(".cw-hints")).not_to_be_empty()
    before = card.locator(".cw-prompt").inner_text()
    press(card, "Another like this")
    expect(card.locator(".cw-prompt")).not_to_have_text(before)
    expect(card.locator(".cw-feedback")).to_have_count(0)
    question = lab.question("column-lookup")
    give(card, question, question.right)
    expect(card.locator(".cw-feedback")).to_contain_text("Right, at the first try")
    assert lab.kinds("column-lookup") == ["asked", "answer", "hint", "asked", "answer"]

    # A cell that fails is no attempt; one that is right is.
    notebook.write("%%check column-values", "%%check column-values\npenguinz.head()")
    card = notebook.cell_card("column-values")
    expect(card.locator(".cw-feedback")).to_contain_text("penguinz")
    assert "answer" not in lab.kinds("column-values")
    assert lab.kinds("column-values")[-1] == "run"
    shoot(notebook, "nameerror-light")
    question = lab.question("column-values")
    notebook.write("%%check column-values", f"%%check column-values\n{question.right['code']}")
    expect(notebook.cell_card("column-values").locator(".cw-feedback")).to_contain_text(
        "Right, at the first try"
    )

    # Until the objective is Proficient: the next notebook is there at once.
    for item in ("column-at-place", "fix-the-name", "columns-printed"):
        if (lab.folder / "02-select.ipynb").exists():
            break
        card = notebook.check(item)
        question = lab.question(item)
        give(card, question, question.right)
        expect(card.locator(".cw-feedback")).to_contain_text("Right")
    assert (lab.folder / "02-select.ipynb").exists()
    expect(card.locator(".cw-level")).to_contain_text("Proficient")
    expect(card).to_contain_text("Select")
    shoot(notebook, "unlocked-light")
    notebook.show_files()
    expect(page.locator(".jp-DirListing-content")).to_contain_text("02-select.ipynb", timeout=30_000)

    # The progress widget says so, and opens it.
    progress = notebook.reveal(".cw-progress:has(.cw-objectives)")
    expect(progress).to_contain_text("Proficient")
    expect(progress).to_contain_text("is open")
    shoot(notebook, "progress-light")
    progress.get_by_role("link", name="Open it").click()
    expect(page.locator(".lm-TabBar-tab.lm-mod-current", has_text="02-select.ipynb")).to_be_visible()
    page.locator(".lm-TabBar-tab", has_text="01-tables.ipynb").click()
    notebook.save()
    answered = lab.question("column-at-place").right

    # Everything closed and started again: it is as it was left.
    page.context.close()
    lab.stop()
    lab.start()
    notebook = open_notebook()
    page = notebook.page
    card = notebook.check("column-at-place")
    expect(card.locator(".cw-feedback")).to_contain_text("Right")
    notebook.run_all()
    card = notebook.check("column-at-place")
    expect(card.locator("input")).to_have_value(str(answered))
    expect(card.locator(".cw-feedback")).to_contain_text("Right, at the first try")
    expect(card.locator(".cw-level")).to_contain_text("Proficient")
    progress = notebook.reveal(".cw-progress:has(.cw-objectives)")
    expect(progress).to_contain_text("is open")
    page.emulate_media(color_scheme="dark")
    shoot(notebook, "again")


def test_a_check_comes_back_as_it_was_left_and_says_what_to_do_when_no_kernel_answers(lab, open_notebook):
    notebook = open_notebook()
    page = notebook.page
    notebook.run_all()
    card = notebook.check("shape-printed")
    press(card, "Hint")
    expect(card.locator(".cw-hint")).to_have_count(1)
    question = lab.question("shape-printed")
    give(card, question, question.mistakes[0].response)
    expect(card.locator(".cw-feedback")).to_be_visible()
    said = card.locator(".cw-feedback").inner_text()

    # A page that is loaded again has it all from the kernel.
    notebook.save()
    page.reload()
    notebook.ready()
    card = notebook.check("shape-printed")
    expect(card.locator(".cw-feedback")).to_have_text(re.compile(re.escape(said.split("\n")[0])))
    expect(card.locator(".cw-hint")).to_have_count(1)
    expect(card.locator("input")).to_have_value(str(question.mistakes[0].response))

    # After a restart of the kernel the look stays; a click says what to do; the cell run again goes on.
    page.locator('[data-jp-item-name="restart"]').click()
    page.locator(".jp-Dialog .jp-mod-warn").click()
    page.locator(".jp-Dialog").wait_for(state="detached")
    page.get_by_text("| Idle").wait_for()
    card = notebook.check("shape-printed")
    expect(card.locator(".cw-feedback")).to_contain_text(said.split("\n")[0])
    press(card, "Check")
    expect(card.locator(".cw-note")).to_contain_text("run this cell to go on")
    notebook.run_all()
    card = notebook.check("shape-printed")
    expect(card.locator(".cw-feedback")).to_contain_text(said.split("\n")[0])
    give(card, question, question.right)
    expect(card.locator(".cw-feedback")).to_contain_text("Right")
    assert lab.kinds("shape-printed") == ["asked", "hint", "answer", "answer"]

    # By keyboard alone: from the card's button to the next variant, answered with Enter.
    expect(card.get_by_role("button", name="Another like this")).to_be_focused()
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    expect(card.locator(".cw-feedback")).to_have_count(0)
    expect(card.locator("input")).to_be_focused()
    page.keyboard.type(str(lab.question("shape-printed").right))
    page.keyboard.press("Enter")
    expect(card.locator(".cw-feedback")).to_contain_text("Right, at the first try")
