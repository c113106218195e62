"""Blocks of Material's Markdown extensions, and of Markdown itself where Python-Markdown differs from CommonMark.

What is followed: admonitions, details and tabs with their titles, footnotes, definitions, abbreviations; indented code
in lists, which counts in fours from the list's own depth; `#Title` without a space; link definitions in a paragraph.

What is not, because it changes links only in texts that nobody writes on purpose: how deep a list is that is indented
by two or three spaces, and what then counts as code below it; what interrupts a paragraph or a table without an empty
line; what two empty lines end within other containers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.reference import reference as _definition

from mkdocs_handoff.records.markdown_fences import TAKEN

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.token import Token

_INDENT = 4
_TITLED = re.compile(
    r"""!!![ ]?[\w-]+(?:[ ]+[\w-]+)*(?:[ ]+"(?P<note>.*?)")?[ ]*$
    |\?{3}\+?[ ]?(?:(?:[\w-]+(?:[ ]+[\w-]+)*?)?[ ]+"(?P<details>.*?)"|[\w-]+(?:[ ]+[\w-]+)*?)[ ]*$
    |={3}(?:\+!?|!\+?)?[ ]+"(?P<tab>.*?)"[ ]*$""",
    re.VERBOSE,
)
_NOTE = re.compile(r"\[\^[^\]]*\]:[ ]*(?P<text>.*)$")
_MEANING = re.compile(r":[ ]{1,3}(?P<text>.*)$")
_ABBREVIATION = re.compile(r"\*\[[^\\]*?\] ?:")
_HEADING = re.compile(r"(#{1,6})([^#\s].*?)#*$")
_SPACED = re.compile(r"\]:\s*<[^>\n]*\s")
_ENDS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def teach(parser: MarkdownIt) -> None:
    """Add the rules to a parser that reads texts without fences and raw HTML."""
    parser.disable(["fence", "html_block"])
    ruler = parser.block.ruler
    ruler.at("code", _code)
    ruler.before("code", "taken", _taken, _ENDS)
    ruler.before("blockquote", "container", _container, _ENDS)
    ruler.before("blockquote", "abbreviation", _abbreviation, _ENDS)
    ruler.before("heading", "close_heading", _close_heading, _ENDS)
    ruler.at("reference", _reference, {"alt": ["paragraph"]})


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _taken(state: StateBlock, line: int, _: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Pass over the mark of what was taken out: it ends what stands before it."""
    if not state.src.startswith(TAKEN, state.bMarks[line] + state.tShift[line]) or _line(state, line) != TAKEN:
        return False
    if not silent:
        state.line = line + 1
    return True


def _code(state: StateBlock, start: int, end: int, _: bool) -> bool:  # noqa: FBT001
    """Indented code: by fours from the depth of the list, and not from where the item's words begin."""
    base = (state.blkIndent + 2) // _INDENT * _INDENT
    if state.sCount[start] - base < _INDENT:
        return False
    line = last = start + 1
    while line < end:
        if state.isEmpty(line):
            line += 1
        elif state.sCount[line] - base >= _INDENT:
            line += 1
            last = line
        else:
            break
    state.line = last
    token = state.push("code_block", "code", 0)
    token.content = state.getLines(start, last, _INDENT + base, False) + "\n"  # noqa: FBT003
    token.map = [start, last]
    return True


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """`!!! note`, `??? tip`, `=== "Tab"`, `[^1]: …`, `:   …`: the indented lines below are Markdown of their own."""
    first = state.bMarks[start] + state.tShift[start]
    if first >= state.eMarks[start] or state.src[first] not in "!?=[:" or state.is_code_block(start):
        return False
    words = _line(state, start)
    extra = state.sCount[start] % _INDENT
    titled = _TITLED.match(words) if not extra else None
    match = titled or _NOTE.match(words) or (_MEANING.match(words) if _follows_words(state, start) else None)
    if match is None:
        return False
    if silent:
        return True
    indent = state.sCount[start] - extra + _INDENT
    last = _last_line(state, start, end, indent, note=words[0] == "[")
    token = state.push("container_open", "div", 1)
    token.map = [start, last + 1]
    if titled:
        _titled(state, match, (start, last + 1), indent)
    else:
        _untitled(state, match["text"], (start, last + 1), indent)
    state.push("container_close", "div", -1)
    state.line = last + 1
    return True


def _follows_words(state: StateBlock, start: int) -> bool:
    """Tell whether something stands above that a line may be the meaning of, with an empty line between or none."""
    return any(not state.isEmpty(line) for line in range(max(start - 2, 0), start))


def _last_line(state: StateBlock, start: int, end: int, indent: int, *, note: bool) -> int:
    """Return the last line of a container; two empty lines end a note, and no other."""
    last = start
    for line in range(start + 1, end):
        if state.isEmpty(line):
            if note and state.isEmpty(line - 1):
                break
        elif state.sCount[line] < indent:
            break
        else:
            last = line
    return last


def _titled(state: StateBlock, match: re.Match[str], lines: tuple[int, int], indent: int) -> None:
    """Read a container with a title: the lines below are its blocks."""
    start, end = lines
    title = next((found for found in match.groups() if found), "")
    if title:
        token = state.push("inline", "", 0)
        token.content, token.map, token.children = title, [start, start + 1], []
    block, parent, limit = state.blkIndent, state.parentType, state.lineMax
    state.blkIndent, state.parentType, state.lineMax = indent, "blockquote", end
    state.md.block.tokenize(state, start + 1, end)
    state.blkIndent, state.parentType, state.lineMax = block, parent, limit


def _untitled(state: StateBlock, words: str, lines: tuple[int, int], indent: int) -> None:
    """Read a container whose blocks begin in its first line."""
    start, end = lines
    tokens: list[Token] = []
    below = state.getLines(start + 1, end, indent, False) if end > start + 1 else ""  # noqa: FBT003
    inner = StateBlock(f"{words}\n{below}", state.md, state.env, tokens)
    # It counts on from the level it stands at: the parser's `maxNesting` ends what nests without end.
    inner.level = state.level
    state.md.block.tokenize(inner, inner.line, inner.lineMax)
    for token in tokens:
        token.map = [line + start for line in token.map] if token.map else token.map
    state.tokens.extend(tokens)


def _abbreviation(state: StateBlock, line: int, _: int, silent: bool) -> bool:  # noqa: FBT001
    if state.sCount[line] or not _ABBREVIATION.match(_line(state, line)):
        return False
    if not silent:
        state.line = line + 1
    return True


def _close_heading(state: StateBlock, line: int, _: int, silent: bool) -> bool:  # noqa: FBT001
    """`#Title`: a heading without a space behind its marks."""
    match = _HEADING.match(_line(state, line)) if state.sCount[line] == state.blkIndent else None
    if match is None:
        return False
    if not silent:
        state.line = line + 1
        tag = f"h{len(match[1])}"
        state.push("heading_open", tag, 1).map = [line, line + 1]
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = match[2].strip(), [line, line + 1], []
        state.push("heading_close", tag, -1)
    return True


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """A link's definition; `[^1]:` is a footnote's, and an address with spaces is none."""
    line = _line(state, start)
    return not line.startswith("[^") and not _SPACED.search(line) and _definition(state, start, end, silent)
