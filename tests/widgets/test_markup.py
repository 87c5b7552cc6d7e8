"""Author's Markdown becomes safe HTML; what a learner wrote stays text, letter by letter."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkers.message import Message
from courseware.widgets import markup

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "`</code><script>alert(1)</script>`",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "<https://example.org>",
    "javascript:alert(1)",
    "</p></div><form action=https://example.org>",
    "$</mi></math><script>alert(1)</script>$",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\ue000<b>\ue001</b>",
    "{other}{text}",
    "*not* **bold** _at_ ~~all~~",
    "| a | b |\n|---|---|\n| c | d |",
    "\x00<script>\x00",
]
PLACES = [
    "You wrote {text}.",
    "You wrote `{text}`.",
    "**{text}**",
    "*{text}*",
    "```python\n{text}\n```",
    "    {text}",
    "# {text}",
    "- {text}\n- {text}",
    "> {text}",
    "| a |\n|---|\n| {text} |",
    "[{text}](https://example.org)",
    '[here](https://example.org "{text}")',
    "[here]({text})",
    "![{text}](plot.png)",
    "![plot]({text})",
    "<{text}>",
    "<https://{text}>",
    '<a href="{text}">here</a>',
    '<a href="https://example.org/{text}">here</a>',
    '<img src="{text}" alt="{text}">',
    '<span title="{text}" aria-label={text}>a</span>',
    "<span {text}>a</span>",
    "<div><{text}></div>",
    "<!-- {text} -->",
    "<style>{text}</style>",
    "<script>{text}</script>",
    "<svg viewBox='0 0 9 9'><title>{text}</title><text x='1' y='1'>{text}</text></svg>",
    "<svg><rect fill='{text}' width='{text}'/></svg>",
    "$x = {text}$",
    r"$\text{ {text} } + \frac{{text}}{2}$",
    "$${text}$$",
    "{text}",
    "{text}{text}",
    "&{text};",
    "{text:}",
]
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)((?:\"[^\"]*\"|'[^']*'|[^'\">])*)>")
ATTRIBUTE = re.compile(r"([a-zA-Z:-]+)=\"([^\"]*)\"")


def skeleton(made: str) -> list[tuple[str, ...]]:
    """The tags of some HTML and their attributes' names: what a browser would build."""
    return [
        (closing, name, *(attribute for attribute, _ in ATTRIBUTE.findall(rest)))
        for closing, name, rest in TAG.findall(made)
    ]


def without_maths(tags):
    return [tag for tag in tags if tag[1] not in ("mn", "mi")]


@pytest.mark.parametrize("text", ATTACKS)
def test_no_text_changes_what_the_page_is_built_of(text):
    for place in PLACES:
        made, plain = markup.block(place, {"text": text}), markup.block(place, {"text": "plain"})
        assert without_maths(skeleton(made)) == without_maths(skeleton(plain)), place


@given(text=st.text(max_size=60), place=st.sampled_from(PLACES))
def test_no_text_at_all_changes_what_the_page_is_built_of(text, place):
    made, plain = markup.block(place, {"text": text}), markup.block(place, {"text": "plain"})
    assert without_maths(skeleton(made)) == without_maths(skeleton(plain))


@given(text=st.text(max_size=60))
def test_a_value_is_shown_as_it_is_letter_by_letter(text):
    for place in ("You wrote {text}.", "`{text}`", "**{text}**", "```\n{text}\n```"):
        made = markup.block(place, {"text": text})
        assert html.escape(text) in made


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://example.org", "data:text/html,x", "//e.org"]
)
def test_no_value_becomes_an_address(place, address):
    for name, value in ATTRIBUTE.findall(markup.block(place, {"text": address})):
        if name in ("href", "src"):
            assert value in ("https://example.org", "plot.png")


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<iframe src='https://example.org'></iframe>",
        "<p style='position:fixed'>a</p>",
        "<p onclick='alert(1)'>a</p>",
        "<a href='javascript:alert(1)'>a</a>",
        "<a href='data:text/html,a'>a</a>",
        "<img src='https://example.org/a.png'>",
        "<img src='//example.org/a.png'>",
        "![a](https://example.org/a.png)",
        "<svg><use href='#a'/><image href='https://example.org'/></svg>",
        "<svg><foreignObject><p>a</p></foreignObject></svg>",
        "<svg><rect fill='url(https://example.org/a)'/></svg>",
        "<svg><style>a{}</style></svg>",
        "<svg><animate attributeName='href'/></svg>",
        "<math><annotation-xml encoding='text/html'><p>a</p></annotation-xml></math>",
        "<math href='https://example.org'><mi>a</mi></math>",
        "<form action='https://example.org'><input></form>",
        "<link rel='stylesheet' href='https://example.org'>",
        "<base href='https://example.org'>",
        "<p class='jp-Cell' id='main'>a</p>",
    ],
)
def test_what_does_not_belong_into_a_lesson_is_dropped(written):
    made = markup.block(written)
    for word in (
        "script",
        "iframe",
        "style",
        "onclick",
        "href",
        "src",
        "foreignObject",
        "url(",
        "use",
        "image",
    ):
        assert not re.search(rf"<[^>]*\b{re.escape(word)}", made)
    for word in ("animate", "annotation", "form", "input", "link", "base", "class", "id"):
        assert not re.search(rf"<[^>]*\b{word}\b", made)


def test_authors_may_draw_and_write_formulae():
    drawn = (
        '<svg viewBox="0 0 9 9" role="img" aria-label="a bar"><rect x="1" width="2" fill="#123"></rect></svg>'
    )
    assert markup.block(drawn) == f"<p>{drawn}</p>"
    assert "<mfrac>" in markup.block(r"A half is $\frac{1}{2}$.")
    assert '<math display="block">' in markup.block("So:\n\n$$\nx\n= 3\n$$")


def test_authors_links_go_to_the_web_or_beside_the_notebook():
    made = markup.block("[a](https://example.org/a) [b](remedy-rows.ipynb)")
    assert 'href="https://example.org/a"' in made
    assert 'href="remedy-rows.ipynb"' in made


@pytest.mark.parametrize("money", ["It costs $5 and $6.", r"\$5 is $6", "a $ b $ c"])
def test_money_is_not_maths(money):
    assert "<math" not in markup.block(money)


def test_a_formula_that_cannot_be_read_is_shown_as_written():
    assert "<code>" in markup.block(r"$\begin{matrix} a$") or "<math" in markup.block(r"$\begin{matrix} a$")


def test_numbers_in_a_formula_are_numbers():
    assert "<mn>−3</mn>" in markup.block("$x = {n}$", {"n": -3})


def test_values_are_formatted_as_the_template_says():
    assert (
        markup.inline("{n:,} g, {x:.1f} mm, {missing}", {"n": 4200, "x": 1.25})
        == "4,200 g, 1.2 mm, {missing}"
    )


def test_tables_keep_their_alignment():
    assert '<td align="right">1</td>' in markup.block("| a |\n|--:|\n| 1 |")


@pytest.mark.parametrize(
    ("template", "heading", "rest"),
    [
        ("Right.", "Right.", ""),
        ("One is right. The other is not.", "One is right.", "<p>The other is not.</p>"),
        ("`and` cannot. `and` asks.", "<code>and</code> cannot.", "<p><code>and</code> asks.</p>"),
        ("You see, e.g. this. Look.", "You see, e.g. this.", "<p>Look.</p>"),
        ("It is `a. B` here. Look.", "It is <code>a. B</code> here.", "<p>Look.</p>"),
        ("It is **a. B** here. Look.", "It is <strong>a. B</strong> here.", "<p>Look.</p>"),
        ("One. Two.\n\nThree.", "One. Two.", "<p>Three.</p>"),
        ("“More than” leaves out 3.5 g. Look.", "“More than” leaves out 3.5 g.", "<p>Look.</p>"),
    ],
)
def test_what_is_said_first_is_the_heading(template, heading, rest):
    assert markup.headed([Message(key="k", template=template)]) == (heading, rest)


def test_further_messages_follow_the_first():
    first, second = Message(key="a", template="A."), Message(key="b", template="B. C.")
    assert markup.headed([first, second]) == ("A.", "<p>B. C.</p>")
    assert markup.headed([]) == ("", "")


def test_a_value_ends_no_sentence():
    said = Message(key="k", template="You wrote {text} here. Look.", params={"text": "A. B! C?"})
    assert markup.headed([said]) == ("You wrote A. B! C? here.", "<p>Look.</p>")
