"""What Material's Markdown extensions know and CommonMark does not: admonitions, details, tabs; and our `[[…]]`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.records.markdown import MENTION

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_CONTAINER = re.compile(r"(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+\S")
_INDENT = 4


def teach(parser: MarkdownIt) -> None:
    """Add the rules to a parser."""
    parser.block.ruler.before(
        "fence", "container", _container, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.inline.ruler.before("link", "mention", _mention)


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """`!!! note`, `??? tip`, `=== "Tab"`: the indented lines below are Markdown of their own."""
    first = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not _CONTAINER.match(state.src[first : state.eMarks[start]]):
        return False
    if silent:
        return True
    indent = state.sCount[start] + _INDENT
    after = start + 1
    last = start
    while after < end:
        if not state.isEmpty(after):
            if state.sCount[after] < indent:
                break
            last = after
        after += 1
    block, parent, limit = state.blkIndent, state.parentType, state.lineMax
    token = state.push("container_open", "div", 1)
    token.map = [start, last + 1]
    state.blkIndent, state.parentType, state.lineMax = indent, "blockquote", last + 1
    state.md.block.tokenize(state, start + 1, last + 1)
    state.blkIndent, state.parentType, state.lineMax = block, parent, limit
    state.push("container_close", "div", -1)
    state.line = last + 1
    return True


def _mention(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    match = MENTION.match(state.src, state.pos) if state.src.startswith("[[", state.pos) else None
    if match is None or match.end() > state.posMax:
        return False
    if not silent:
        token = state.push("mention", "", 0)
        token.meta = {"target": match[1].strip(), "label": (match[2] or "").strip()}
        token.content = match[0]
    state.pos = match.end()
    return True
