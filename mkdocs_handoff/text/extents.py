"""Where the parts of a YAML text begin and end: what of it can be cut out, and behind what something can be put.

The composers' marks say where scalars and flow collections stand. They do not say where a block ends (their mark is the
next token, beyond the comments), nor where an alias stands (its node is the anchored one): that is read from the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_ALIAS = re.compile(r"\*[^\s,\[\]{}]+")
_GAP = re.compile(r"(?:[\s]|(?:(?<=\s)|^)#[^\n]*)*")
_HEADER = re.compile(r"(?:[&!][^\s]*\s+)*[|>]([0-9+-]*)")
_PROPERTIES = re.compile(r"(?:[&!]\S*\s*)+")
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))

Node = Any
"""A node of either parser."""


class ShapeError(ValueError):
    """A text is written in a way that this cannot take apart."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value, or an item of a list.

    Attributes:
        name: The key's text; None for an item, an alias or a collection as key.
        start: Where it begins: its key, its `?`, its dash, or the value of an item in `[]`.
        colon: Behind its colon (behind the key, where there is none; behind the dash of an item).
        bare: There is a key and no colon: `{a, b}`.
        node: The value.
        first: Where the value begins, with its anchor and tag.
        end: Where the value ends; of a block, before the line end of its last line.
        alias: The value is written as `*name`.
    """

    name: str | None
    start: int
    colon: int
    bare: bool
    node: Node
    first: int
    end: int
    alias: bool


def is_scalar(node: Node) -> bool:
    """Tell whether a node is a scalar."""
    return type(node).__name__ == "ScalarNode"


def is_sequence(node: Node) -> bool:
    """Tell whether a node is a list."""
    return type(node).__name__ == "SequenceNode"


def is_mapping(node: Node) -> bool:
    """Tell whether a node is a mapping."""
    return type(node).__name__ == "MappingNode"


def scalar_text(node: Node) -> str | None:
    """Return a scalar's text; None for a collection, and where nothing is written, or a word for nothing."""
    if not is_scalar(node) or (not node.style and node.value in _NULLS):
        return None
    return str(node.value)


class Extents:
    r"""The extents of nodes in the text that they were composed from (`\n` line ends, one at the end)."""

    def __init__(self, text: str) -> None:
        self.text = text

    def line_start(self, at: int) -> int:
        """Return where the line of a position begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Return where the next line begins."""
        end = self.text.find("\n", at)
        return len(self.text) if end == -1 else end + 1

    def column(self, at: int) -> int:
        """Return how far a position stands from the beginning of its line."""
        return at - self.line_start(at)

    def parts(self, node: Node) -> list[Entry]:
        """Return the entries of a mapping, or the items of a list, in order."""
        after = node.start_mark.index
        if is_sequence(node) and not node.flow_style:
            properties = _PROPERTIES.match(self.text, after)
            after = properties.end() if properties else after
        found: list[Entry] = []
        for child in node.value:
            if isinstance(child, tuple):
                part = self._entry(child[0], child[1], after)
            else:
                part = self._item(child, after, node)
            found.append(part)
            after = part.end
        return found

    def _entry(self, key: Node, value: Node, after: int) -> Entry:
        name: str | None = None
        if key.start_mark.index < after:
            start, key_end = self._alias(after)
        else:
            start = key.start_mark.index
            key_end = self._end(key)
            if is_scalar(key):
                name = str(key.value)
        lead = self.text[self.line_start(start) : start]
        if lead.rstrip().endswith("?") and lead.rstrip() != lead:
            start = self.line_start(start) + len(lead.rstrip()) - 1
        colon = self._gap(key_end)
        bare = not self.text.startswith(":", colon)
        colon = key_end if bare else colon + 1
        first, end, alias = self._value(value, colon)
        return Entry(name, start, colon, bare, value, first, end, alias)

    def _item(self, item: Node, after: int, parent: Node) -> Entry:
        if parent.flow_style:
            first, end, alias = self._value(item, after)
            return Entry(None, first, first, False, item, first, end, alias)  # noqa: FBT003 - no colon in a list
        dash = self._gap(after)
        if not self.text.startswith("-", dash):
            raise ShapeError("a list is written in an unusual way")
        first, end, alias = self._value(item, dash + 1)
        return Entry(None, dash, dash + 1, False, item, first, end, alias)  # noqa: FBT003

    def _value(self, node: Node, after: int) -> tuple[int, int, bool]:
        if node.start_mark.index < after and not _empty(node):
            return (*self._alias(after), True)
        if _empty(node):
            return after, after, False
        return node.start_mark.index, self._end(node), False

    def _end(self, node: Node) -> int:
        if is_scalar(node):
            return self._block_scalar_end(node) if node.style in ("|", ">") else int(node.end_mark.index)
        if node.flow_style:
            return int(node.end_mark.index)
        return self.parts(node)[-1].end

    def header_end(self, node: Node) -> int:
        """Return where the `|` or `>` of a block scalar ends, with its indicators."""
        header = _HEADER.match(self.text, node.start_mark.index)
        if header is None:
            raise ShapeError("a block of text has an unusual beginning")
        return header.end()

    def _block_scalar_end(self, node: Node) -> int:
        header = self.header_end(node)
        begin = self.line_end(header)
        end = int(node.end_mark.index)
        end = len(self.text) if end >= len(self.text) else self.line_start(end)
        keeps = "+" in self.text[node.start_mark.index : header]
        while not keeps and end - 1 > begin and self.text[end - 2 : end] == "\n\n":
            end -= 1  # empty lines below it are not part of it
        return max(end - 1, begin - 1)

    def _alias(self, after: int) -> tuple[int, int]:
        at = after
        while True:
            at = self._gap(at)
            found = _ALIAS.match(self.text, at)
            if found:
                return found.start(), found.end()
            if self.text[at : at + 1] not in (",", "-", "?", ":", "[", "{"):
                raise ShapeError("an alias is written in an unusual way")
            at += 1

    def _gap(self, at: int) -> int:
        """Return the next position that holds neither space nor comment."""
        gap = _GAP.match(self.text, at)
        return gap.end() if gap else at


def _empty(node: Node) -> bool:
    """Tell whether nothing at all is written: the two parsers differ in where they see it."""
    return is_scalar(node) and not node.style and node.value == "" and node.start_mark.index == node.end_mark.index
