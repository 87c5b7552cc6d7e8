"""The front end in a real browser, on a page that stands in for the notebook."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from checkers.message import Message
from courseware.tutor import Card, LessonCard, Standing, Told
from courseware.widgets import front
from courseware.widgets.page import Page
from courseware.widgets.view import check_view

# A model as anywidget gives it: what the page sends is kept, what the kernel would say is said by the test.
PAGE = """<!doctype html><meta charset="utf-8"><title>a notebook</title><style>%(look)s</style>
<body data-jp-theme-light="true"><script type="module">
const module = URL.createObjectURL(new Blob([%(script)s], { type: "text/javascript" }));
const { render } = (await import(module)).default;
window.recorded = [];
window.addEventListener("courseware:recorded", (event) => recorded.push(event.detail));
window.put = (view) => {
  const heard = {}, el = document.createElement("div");
  const all = (name) => heard[name] ?? [];
  const model = {
    sent: [], heard, el,
    get: () => view,
    on: (name, act) => (heard[name] = [...all(name), act]),
    off: (name, act) => (heard[name] = all(name).filter((one) => one !== act)),
    send: (message) => {
      model.sent.push(message);
      if (message.do === "hello") setTimeout(() => model.say({ re: message.id, ok: true }));
    },
    say: (message) => all("msg:custom").forEach((act) => act(message, [])),
    show: (more) => { view = { ...view, ...more }; all("change:view").forEach((act) => act()); },
    answer: (more, recorded = { item: "x" }) => {
      model.show(more);
      model.say({ re: model.sent.at(-1).id, ok: true, recorded });
    },
    draw: () => (model.end = render({ model, el })),
  };
  document.body.replaceChildren(el);
  model.draw();
  window.model = model;
};
window.ready = true;
</script>"""
STANDING = Standing(
    objective="add.small",
    can="I can add",
    level=1,
    word="Attempted",
    value=0.4,
    threshold=0.95,
    left="two more right first tries to Proficient",
    why="One try so far.",
)
NEAR = {"tone": "near", "key": "k", "title_html": "Almost.", "html": "<p>Look again.</p>"}
GOOD = {"tone": "good", "key": "k", "title_html": "Right.", "html": ""}


@pytest.fixture
def put(browser: Browser):
    """Put a check on a fresh page; errors on the page fail the test, and so does asking another host."""
    browser_tab = browser.new_page(viewport={"width": 720, "height": 900})
    errors: list[str] = []
    asked: list[str] = []
    browser_tab.on("pageerror", lambda error: errors.append(str(error)))
    browser_tab.on("request", lambda request: asked.append(request.url))
    browser_tab.set_content(PAGE % {"look": front.look(), "script": json.dumps(front.script(front.CHECK))})
    browser_tab.wait_for_function("window.ready")

    def show(ask: dict, *, field: bool = True, **more: object) -> Tab:
        card = Card(
            **{
                "target": "x",
                "item": "x",
                "variant": "one",
                "prompt": Message(key="p", template="How many?"),
                "ask": ask,
                "hints": (),
                "hints_left": 2,
                "may_solve": False,
                "solution": None,
                "response": None,
                "told": None,
                "standing": STANDING,
                **more,
            }
        )
        view = check_view(card, Page(lambda: None, lesson=None, folder="my work"), key="k", field=field)
        browser_tab.evaluate("view => put(view)", view)
        return browser_tab

    yield show
    browser_tab.close()
    assert errors == []
    assert [url for url in asked if url.startswith("http")] == []


def sent(tab: Tab) -> dict:
    return tab.evaluate("model.sent.at(-1)")


def focused(tab: Tab) -> str:
    return tab.evaluate(
        "document.activeElement.textContent || document.activeElement.getAttribute('aria-label')"
    )


NUMBER = {"kind": "number", "unit": None}
CHOICE = {"kind": "choice", "options": ["`a`", "`b`", "`c`"]}
LINES = {"kind": "ordering", "blocks": ["print(x)", "for x in y:", "y = [1]", "y = 1"], "indent": True}
BAR = {"kind": "shade", "shape": "bar", "sizes": [1] * 4, "wholes": 1, "columns": 4}
GRID = {"kind": "shade", "shape": "grid", "sizes": [1] * 6, "wholes": 2, "columns": 3}
LINE = {"kind": "shade", "shape": "line", "steps": 4, "wholes": 2}
CODE = {"kind": "code", "starter": "x = ...", "given": {"y": "list of 3"}}


def test_enter_sends_an_answer_with_its_variant_and_the_time_it_took(put):
    tab = put(NUMBER)
    tab.get_by_label("Your answer").fill("84")
    tab.keyboard.press("Enter")
    message = sent(tab)
    assert {k: message[k] for k in ("v", "do", "variant", "response")} == {
        "v": 1,
        "do": "answer",
        "variant": "one",
        "response": "84",
    }
    assert 0 <= message["ms"] < 60_000


@pytest.mark.parametrize(
    ("typed", "response"), [("8.4", "8.4 mm"), ("8.4 cm", "8.4 cm"), ("", ""), ("-3e2 ", "-3e2 mm")]
)
def test_a_bare_number_gets_the_unit_that_stands_beside_it(put, typed, response):
    tab = put({"kind": "number", "unit": "mm"})
    tab.get_by_label("Your answer, in mm").fill(typed)
    tab.keyboard.press("Enter")
    assert sent(tab)["response"] == response


def test_a_choice_is_made_by_keys_alone(put):
    tab = put(CHOICE)
    tab.get_by_role("radio").nth(0).focus()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    assert sent(tab)["response"] == "`b`"


def test_several_are_picked(put):
    tab = put({**CHOICE, "kind": "choices"})
    tab.get_by_role("checkbox").nth(0).check()
    tab.get_by_role("checkbox").nth(2).check()
    tab.get_by_role("button", name="Check").click()
    assert sent(tab)["response"] == ["`a`", "`c`"]


def test_pairs_are_picked_and_come_back(put):
    ask = {"kind": "matching", "left": ["`a`", "second"], "right": ["*one* & two", "three"]}
    tab = put(ask, response={"second": "three"})
    assert tab.get_by_label("second").input_value() == "three"
    assert tab.locator("option").nth(1).text_content() == "one & two"
    tab.get_by_label("a", exact=True).select_option("one & two")
    tab.get_by_role("button", name="Check").click()
    assert sent(tab)["response"] == {"`a`": "*one* & two", "second": "three"}


@pytest.mark.parametrize("code", [True, False])
def test_blanks_are_filled_in_by_keys_alone(put, code):
    tab = put({"kind": "fill-in", "parts": ["df[df.a ", " 3] <b>", ""], "code": code}, response=[">", ""])
    assert tab.get_by_label("Blank 1 of 2").input_value() == ">"
    assert tab.locator(".cw-blanks b").count() == (0 if code else 1)
    tab.get_by_label("Blank 2 of 2").fill("x")
    tab.keyboard.press("Enter")
    assert sent(tab)["response"] == [">", "x"]


def test_a_text_is_written_first_and_compared_point_by_point_after(put):
    tab = put({"kind": "free-text", "criteria": 2, "least": 5})
    assert not tab.locator(".cw-points").is_visible()
    tab.get_by_label("Your text").fill("A median is the middle one.")
    tab.keyboard.press("Control+Enter")
    assert sent(tab)["response"] == {"text": "A median is the middle one."}
    note = {"tone": "note", "key": "assess", "title_html": "Compare.", "html": ""}
    tab.evaluate("note => model.answer({ feedback: note, response: model.sent.at(-1).response })", note)
    for point, word in (("Point 1", "Yes"), ("Point 2", "No")):
        tab.get_by_role("radiogroup", name=point).get_by_label(word).check()
    tab.get_by_role("button", name="Check").click()
    assert sent(tab)["response"] == {"text": "A median is the middle one.", "met": [True, False]}


def test_a_fraction_is_typed_with_its_bar(put):
    tab = put({"kind": "fraction", "mixed": False, "lowest": True})
    tab.get_by_label("Your answer").fill("3/4")
    tab.keyboard.press("Enter")
    assert sent(tab)["response"] == "3/4"


def test_a_formula_s_field_says_how_powers_are_typed_and_shows_how_it_was_read(put):
    tab = put({"kind": "expression", "names": ["t"], "form": None})
    field = tab.get_by_label("Your answer")
    described = (field.get_attribute("aria-describedby") or "").split()
    assert "t^2" in (tab.locator(f"#{described[-1]}").text_content() or "")
    expect(tab.locator(".cw-read")).to_be_hidden()
    field.fill("t^2 + 1")
    tab.keyboard.press("Enter")
    assert sent(tab)["response"] == "t^2 + 1"
    read = "<math><msup><mi>t</mi><mn>2</mn></msup><mo>+</mo><mn>1</mn></math>"
    tab.evaluate("told => model.answer({ feedback: told })", {**NEAR, "read_html": read})
    expect(tab.locator(".cw-read math")).to_be_visible()
    field.fill("t^2 + 12")
    expect(tab.locator(".cw-read")).to_be_hidden()


def test_lines_are_ordered_and_indented_by_keys_alone_and_it_is_told(put):
    tab = put(LINES)
    for text in ("y = [1]", "for x in y:", "print(x)"):
        tab.get_by_role("button", name=text, exact=True).focus()
        tab.keyboard.press("Enter")
    assert focused(tab) == "print(x)"
    tab.keyboard.press("ArrowRight")
    assert tab.locator("[aria-live]").text_content() == "Line 3 of 3, indented 1 step: print(x)"
    tab.keyboard.press("ArrowUp")
    assert "Line 2 of 3" in (tab.locator("[aria-live]").text_content() or "")
    tab.keyboard.press("ArrowDown")
    tab.get_by_role("button", name="Check").click()
    assert sent(tab)["response"] == ["y = [1]", "for x in y:", "    print(x)"]


def test_lines_are_dragged_in_and_out(put):
    tab = put(LINES)
    row, tray, program = tab.locator(".cw-row"), tab.locator(".cw-tray"), tab.locator(".cw-program")
    row.filter(has_text="y = [1]").drag_to(program)
    row.filter(has_text="y = 1").drag_to(program, target_position={"x": 200, "y": 48})
    assert program.locator("code").all_inner_texts() == ["y = [1]", "y = 1"]
    row.filter(has_text="y = 1").drag_to(tray)
    assert program.locator("code").all_inner_texts() == ["y = [1]"]


def test_lines_come_back_as_they_were_placed(put):
    tab = put(LINES, response=["y = [1]", "for x in y:", "    print(x)"])
    tab.get_by_role("button", name="Check").click()
    assert sent(tab)["response"] == ["y = [1]", "for x in y:", "    print(x)"]


def test_in_code_tab_indents_and_escape_lets_go(put):
    tab = put(CODE)
    field = tab.get_by_label("Your code")
    assert field.input_value() == "x = ..."
    field.fill("for x in y:")
    field.press("End")
    field.press("Enter")
    tab.keyboard.type("z")
    field.press("Tab")
    assert field.input_value() == "for x in y:\n    z    "
    field.press("Escape")
    field.press("Tab")
    assert focused(tab) == "Check"
    field.press("Control+Enter")
    assert sent(tab)["response"] == {"code": "for x in y:\n    z    "}


def test_under_a_cell_there_is_no_field_and_no_check_button(put):
    tab = put(CODE, field=False)
    assert tab.locator("textarea").count() == 0
    assert not tab.get_by_role("button", name="Check", exact=True).is_visible()
    assert "list of 3" in tab.locator(".cw-given").inner_text()


def test_what_is_typed_survives_a_new_view_and_a_new_drawing(put):
    tab = put(NUMBER)
    tab.get_by_label("Your answer").fill("12")
    tab.evaluate("model.show({ meter: { ...model.get().meter, value: 0.9 }, feedback: null })")
    assert tab.get_by_label("Your answer").input_value() == "12"
    tab.evaluate("() => { model.end(); model.draw(); }")
    assert tab.get_by_label("Your answer").input_value() == "12"
    tab.evaluate("model.show({ variant: 'two' })")
    assert tab.get_by_label("Your answer").input_value() == ""


def test_cleaning_up_leaves_nothing_behind(put):
    tab = put(NUMBER)
    tab.evaluate("() => { model.end(); }")
    assert tab.evaluate("[model.heard['change:view'].length, model.heard['msg:custom'].length]") == [0, 0]
    assert tab.evaluate("model.el.childElementCount") == 0


def test_silence_is_told_and_the_same_click_keeps_its_id(put):
    tab = put(NUMBER)
    tab.get_by_label("Your answer").fill("12")
    tab.keyboard.press("Enter")
    first = sent(tab)["id"]
    tab.get_by_text("run this cell to go on").wait_for(timeout=5000)
    tab.get_by_role("button", name="Check").click()
    assert sent(tab)["id"] == first
    tab.evaluate("near => model.answer({ response: '12', feedback: near })", NEAR)
    assert tab.get_by_text("run this cell to go on").count() == 0
    assert tab.get_by_text("Almost.").is_visible()
    tab.get_by_role("button", name="Check").click()
    assert sent(tab)["id"] != first


def test_a_refused_click_is_told(put):
    tab = put(NUMBER)
    tab.get_by_role("button", name="Hint (2 left)").click()
    tab.evaluate("model.say({ re: model.sent.at(-1).id, ok: false, error: 'Moved on.' })")
    assert tab.get_by_text("Moved on.").is_visible()


def test_after_a_right_answer_the_next_thing_is_another_and_enter_does_not_skip_the_feedback(put):
    tab = put(NUMBER)
    tab.evaluate("() => (performance.now = () => 1000)")
    tab.get_by_label("Your answer").fill("12")
    tab.keyboard.press("Enter")
    tab.evaluate("good => model.answer({ response: '12', feedback: good })", GOOD)
    tab.wait_for_function("document.activeElement.textContent === 'Another like this'")
    assert not tab.get_by_role("button", name="Check").is_visible()
    assert tab.locator(".cw-primary:visible").count() == 1
    tab.keyboard.press("Enter")
    assert sent(tab)["do"] == "answer"
    tab.evaluate("() => (performance.now = () => 1500)")
    tab.keyboard.press("Enter")
    assert sent(tab)["do"] == "another"
    tab.evaluate("model.answer({ variant: 'two', response: null, feedback: null })")
    tab.wait_for_function("document.activeElement.matches('input')")


def test_a_second_click_while_the_first_is_under_way_is_not_sent(put):
    tab = put(NUMBER)
    tab.get_by_role("button", name="Another like this").dblclick()
    assert tab.evaluate("model.sent.filter((one) => one.do === 'another').length") <= 1
    tab.get_by_role("button", name="Hint (2 left)").dblclick()
    assert tab.evaluate("model.sent.filter((one) => one.do !== 'hello').length") == 1


def test_the_page_hears_of_what_was_recorded(put):
    tab = put(NUMBER)
    tab.evaluate("""() => {
        window.other = new BroadcastChannel("courseware");
        other.onmessage = (event) => (window.heard = event.data);
    }""")
    tab.get_by_role("button", name="Check").click()
    tab.evaluate("near => model.answer({ feedback: near }, { item: 'y' })", NEAR)
    assert tab.evaluate("recorded") == [{"item": "y"}]
    tab.wait_for_function("window.heard?.detail?.item === 'y'")


def test_feedback_stands_in_a_live_region_that_was_there_before(put):
    tab = put(NUMBER)
    tab.evaluate("window.region = document.querySelector('.cw-feedback-place')")
    tab.get_by_role("button", name="Check").click()
    tab.evaluate("near => model.answer({ feedback: near })", NEAR)
    assert tab.evaluate("region.isConnected && region.getAttribute('role') === 'status' && region.innerText")
    tab.evaluate("window.first = region.firstElementChild")
    tab.evaluate("model.show({ meter: { ...model.get().meter, value: 0.9 } })")
    assert tab.evaluate("first.isConnected"), "feedback that stays is not announced again"


def test_a_lesson_that_opened_is_linked_for_jupyterlab_and_for_any_browser(put):
    lesson = LessonCard(
        lesson="02", title="More", open=True, opens_when="", notebook="02 b.ipynb", objectives=()
    )
    tab = put(NUMBER, opened=(lesson,), told=Told(tone="good", key="r", messages=()))
    link = tab.get_by_role("link", name="Open it")
    assert link.get_attribute("data-commandlinker-command") == "docmanager:open"
    assert json.loads(link.get_attribute("data-commandlinker-args") or "") == {"path": "my work/02 b.ipynb"}
    assert link.get_attribute("href") == "/lab/tree/my%20work/02%20b.ipynb"


def test_a_view_that_cannot_be_drawn_is_told_in_a_sentence(put):
    tab = put(NUMBER)
    tab.evaluate("put({ v: 1, variant: 'x' })")
    assert "could not be drawn" in tab.locator("body").inner_text()


def test_help_is_told_above_the_lines_and_joined_lines_move_and_are_sent_as_lines(put):
    blocks = ["print(x)", "y = [1]\nfor x in y:", "    x += 1"]
    words = ["How far each line stands in is given now.", "Two lines are joined."]
    tab = put(
        {"kind": "ordering", "blocks": blocks, "indent": False, "help": words},
        response=["y = [1]", "for x in y:", "x += 1", "y = 1"],
    )
    assert tab.locator(".cw-help li").all_inner_texts() == words
    tab.wait_for_function(
        "document.querySelector('.cw-ordering [aria-live]').textContent === 'Two lines are joined.'"
    )
    tab.get_by_role("button", name="print(x)", exact=True).focus()
    tab.keyboard.press("Enter")
    for key in ("ArrowUp", "ArrowUp", "ArrowDown"):
        tab.keyboard.press(key)
    assert checked(tab) == ["y = [1]", "for x in y:", "print(x)", "    x += 1"]


SEVERAL = {
    "kind": "parts",
    "fields": [
        {"name": "`How many`", "ask": NUMBER},
        {"name": "Which", "ask": CHOICE},
        {"name": "Bar", "ask": BAR},
    ],
}


def test_parts_have_their_controls_under_their_names_and_are_sent_together(put):
    tab = put(SEVERAL, response={"`How many`": "3", "Bar": [2]})
    tab.get_by_role("group", name="Which").get_by_role("radio").nth(1).check()
    assert checked(tab) == {"`How many`": "3", "Which": "`b`", "Bar": [2]}
    assert tab.get_by_role("group", name="How many").get_by_label("Your answer").input_value() == "3"
    tab.evaluate("good => model.answer({ feedback: good })", GOOD)
    assert tab.get_by_role("radio").first.is_disabled()


@pytest.mark.parametrize("ask", [NUMBER, CHOICE, LINES, CODE, BAR, GRID, LINE, SEVERAL, {"kind": "text"}])
def test_nothing_is_wider_than_a_small_screen(put, ask):
    tab = put(ask, response=["for x in y:", "    print(x)"] if ask is LINES else None)
    tab.set_viewport_size({"width": 360, "height": 800})
    try:
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    finally:
        tab.set_viewport_size({"width": 720, "height": 900})


def checked(tab: Tab) -> dict:
    """Check, and what was sent."""
    tab.get_by_role("button", name="Check", exact=True).click()
    return sent(tab)["response"]


def test_parts_are_shaded_by_the_mouse_also_several_in_one_go(put):
    tab = put(BAR)
    parts = tab.get_by_role("checkbox")
    parts.nth(1).click()
    expect(parts.nth(1)).to_be_checked()
    box = parts.nth(2).bounding_box()
    tab.mouse.move(box["x"] + 5, box["y"] + 5)
    tab.mouse.down()
    tab.mouse.move(box["x"] + box["width"] + 5, box["y"] + 5)
    tab.mouse.up()
    parts.nth(1).click()
    assert checked(tab) == [3, 4]


def test_parts_are_shaded_by_keys_in_the_directions_in_which_they_lie(put):
    tab = put(GRID)
    tab.get_by_role("checkbox").first.focus()
    for key in ("Space", "ArrowDown", "ArrowRight", "Space", "End", "Space", "ArrowRight"):
        tab.keyboard.press(key)
    assert focused(tab) == "Row 2, column 3, grid 2"
    tab.keyboard.press("Enter")
    assert sent(tab)["response"] == [1, 5, 12]


def test_parts_are_shaded_by_touch(browser):
    context = browser.new_context(has_touch=True, viewport={"width": 400, "height": 800})
    tab = context.new_page()
    tab.set_content(PAGE % {"look": front.look(), "script": json.dumps(front.script(front.CHECK))})
    tab.wait_for_function("window.ready")
    card = Card(
        target="x",
        item="x",
        variant="one",
        prompt=Message(key="p", template="Shade."),
        ask=BAR,
        hints=(),
        hints_left=0,
        may_solve=False,
        solution=None,
        response=None,
        told=None,
        standing=STANDING,
    )
    tab.evaluate("view => put(view)", check_view(card, Page(lambda: None, lesson=None, folder=""), key="k"))
    for part in (0, 2, 3, 2):
        tab.get_by_role("checkbox").nth(part).tap()
    tab.get_by_role("button", name="Check", exact=True).tap()
    assert sent(tab)["response"] == [1, 4]
    context.close()


def test_what_was_shaded_comes_back_and_is_locked_once_it_is_right(put):
    tab = put(BAR, response=[2, 3])
    assert [part.is_checked() for part in tab.get_by_role("checkbox").all()] == [False, True, True, False]
    tab.evaluate("view => model.show(view)", {"feedback": GOOD})
    tab.get_by_role("checkbox").first.click(force=True)
    assert not tab.get_by_role("checkbox").first.is_checked()


def test_a_place_is_marked_by_keys_and_by_the_mouse(put):
    tab = put(LINE)
    slider = tab.get_by_role("slider")
    assert checked(tab) is None
    tab.evaluate("model.answer({})")
    slider.focus()
    for key in ("ArrowRight", "PageUp", "ArrowLeft", "ArrowRight", "ArrowRight"):
        tab.keyboard.press(key)
    assert slider.get_attribute("aria-valuenow") == "6"
    assert slider.get_attribute("aria-valuetext") == "6 steps from 0"
    assert checked(tab) == 6
    tab.evaluate("model.answer({})")
    box = tab.locator(".cw-number-line").bounding_box()
    tab.mouse.click(box["x"] + box["width"] * 3.2 / 8, box["y"] + 30)
    tab.get_by_role("slider").focus()
    tab.keyboard.press("Enter")
    assert sent(tab)["response"] == 3
