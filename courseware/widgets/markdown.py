"""Markdown with formulae: `$…$` in a line, `$$…$$` on its own, as MathML."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from markdown_it.renderer import RendererProtocol
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict


def parsed(text: str) -> list[Token]:
    """What a text is made of, as markdown-it tells it; a formula is a token `maths`."""
    return _parser().parse(text)


def block(text: str) -> str:
    """Blocks of HTML; not yet safe."""
    return str(_parser().render(text))


def inline(text: str) -> str:
    """HTML for a line; not yet safe."""
    return str(_parser().renderInline(" ".join(text.split("\n"))))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.inline.ruler.before("escape", "maths", _maths_inline)
    parser.block.ruler.before("fence", "maths", _maths_block, {"alt": ["paragraph", "blockquote", "list"]})
    parser.core.ruler.push("align", _align)
    parser.add_render_rule("maths", _render_maths)
    return parser


_INLINE = re.compile(r"\$\$(.+?)\$\$|\$(?![\s$])((?:\\.|[^$\\])+?)(?<!\s)\$(?!\d)", re.DOTALL)


def _maths_inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    match = _INLINE.match(state.src, state.pos)
    if match is None or match.end() > state.posMax:
        return False
    if not silent:
        token = state.push("maths", "math", 0)
        token.content = match[1] or match[2]
        token.meta = {"display": match[1] is not None}
    state.pos = match.end()
    return True


def _maths_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph of its own from a line that begins with ``$$`` to one that ends with it."""
    lines: list[str] = []
    for line in range(start, end):
        text = state.getLines(line, line + 1, 0, False).strip()
        if not lines and not text.startswith("$$"):
            return False
        lines.append(text)
        if text.endswith("$$") and (len(lines) > 1 or len(text) > 4):
            break
        if not text:
            return False
    else:
        return False
    whole = "\n".join(lines)[2:-2]
    if "$$" in whole:
        return False
    if not silent:
        token = state.push("maths", "math", 0)
        token.content = whole.strip()
        token.meta = {"display": True}
        token.block = True
        token.map = [start, start + len(lines)]
        state.line = start + len(lines)
    return True


def _render_maths(
    _self: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    from latex2mathml.converter import convert  # only where there is a formula

    token = tokens[index]
    try:
        return str(convert(token.content, display="block" if token.meta["display"] else "inline"))
    except Exception:  # whatever it cannot read is shown as it was written; `courseware lint` names it
        return f"<code>{html.escape(token.content)}</code>"


def _align(state: StateCore) -> None:
    """Columns of tables keep their alignment as an attribute: no `style` passes the sanitiser."""
    for token in state.tokens:
        style = str(token.attrGet("style") or "")
        if token.type in ("th_open", "td_open") and style.startswith("text-align:"):
            token.attrSet("align", style.removeprefix("text-align:"))
