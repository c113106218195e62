"""What stands in a line: our `[[…]]`, links as Python-Markdown reads them, and where each of them is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

    Rule = Callable[[StateInline, bool], bool]

MENTION = re.compile(r"\[\[([^\[\]|\n]+?)(?:\\?\|([^\[\]\n]+?))?\]\](?![(\[])")
"""`[[reference]]` or `[[reference|words]]` (`\\|` in a table's cell); not the `[[1]](url)` of a footnote-like link."""

_TITLE = re.compile(r"""\s+(?P<quote>["']).*(?P=quote)\s*$""", re.DOTALL)

_IN_IMAGE = "handoff_in_image"


def teach(parser: MarkdownIt) -> None:
    """Add the rules to a parser, and let every token know where in its text it was found (`meta["at"]`, `"end"`)."""
    from markdown_it.rules_inline import image  # noqa: PLC0415 - who only wants `MENTION` need not load it

    ruler = parser.inline.ruler
    ruler.before("link", "mention", mention)
    ruler.after("link", "loose_link", _loose_link)
    ruler.at("image", _alone(image))
    ruler.after("image", "loose_image", _loose_image)
    # A link is followed as it is written, and judged by the catalog: an address that was left out could not be told of.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    for rule in ruler.__rules__:
        rule.fn = _placed(rule.fn)


def _placed(rule: Rule) -> Rule:
    def placed(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        at, before = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            for token in state.tokens[before:]:
                if token.type != "text":
                    token.meta.setdefault("at", at)
                    if token.nesting <= 0:  # an opening one ends before what it holds, which the rule has read, too
                        token.meta.setdefault("end", state.pos)
        return found

    return placed


def mention(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """`[[reference]]` and `[[reference|words]]`: markdown-it's rule for a token `mention`, for every parser of ours."""
    match = MENTION.match(state.src, state.pos) if state.src.startswith("[[", state.pos) else None
    if match is None or match.end() > state.posMax:
        return False
    if not silent:
        token = state.push("mention", "", 0)
        token.meta = {"target": match[1].strip(), "label": (match[2] or "").strip()}
        token.content = match[0]
    state.pos = match.end()
    return True


def _alone(image: Rule) -> Rule:
    """Find no image within the words of another: each would be parsed anew, with no limit to the depth."""

    def alone(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        if state.env.get(_IN_IMAGE):
            return False
        state.env[_IN_IMAGE] = not silent
        try:
            return image(state, silent)
        finally:
            state.env[_IN_IMAGE] = False

    return alone


def _loose_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """`[words](an address.md)` and `[with [[mention]]](x.md)`: links in Python-Markdown, and none in CommonMark."""
    found = _loose(state, state.pos)
    if found is None:
        return False
    label_end, end, target = found
    if not silent:
        limit = state.posMax
        state.push("link_open", "a", 1).attrs = {"href": target}
        state.pos, state.posMax = state.pos + 1, label_end
        state.md.inline.tokenize(state)
        state.posMax = limit
        state.push("link_close", "a", -1)
    state.pos = end + 1
    return True


def _loose_image(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    found = _loose(state, state.pos + 1) if state.src.startswith("!", state.pos) else None
    if found is None:
        return False
    label_end, end, target = found
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs, token.content, token.children = {"src": target}, state.src[state.pos + 2 : label_end], []
    state.pos = end + 1
    return True


def _loose(state: StateInline, at: int) -> tuple[int, int, str] | None:
    """Return where the label and the whole of a link end that begins at a bracket, and its address."""
    if not state.src.startswith("[", at):
        return None
    label_end = _pairs(state.src, "[]").get(at, state.posMax)
    if not state.src.startswith("(", label_end + 1):
        return None
    end = _pairs(state.src, "()").get(label_end + 1, state.posMax)
    if end >= state.posMax:
        return None
    target = _TITLE.sub("", state.src[label_end + 2 : end]).strip()
    return None if "\n" in target else (label_end, end, target)


@lru_cache(maxsize=4)
def _pairs(text: str, brackets: str) -> dict[int, int]:
    """Return where each bracket of a text closes that does: one pass, however many there are."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for match in re.finditer(r"\\.|[\[\]]" if brackets == "[]" else r"\\.|[()]", text, re.DOTALL):
        if match[0] == brackets[0]:
            waiting.append(match.start())
        elif match[0] == brackets[1] and waiting:
            pairs[waiting.pop()] = match.start()
    return pairs
