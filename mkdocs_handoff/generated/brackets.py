"""Where the parts of a link stand that is written in Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_BLANK = re.compile(r"\n[ \t]*(?:\n|\Z)")
_TITLE = re.compile(r"""\s+(?:"[^"]*(?:"[^"]*)*?"|'[^']*(?:'[^']*)*?')\s*\Z""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Written:
    """A link as it is written, by offsets in the text.

    Attributes:
        words: Its words, or an image's description, without brackets.
        target: Its address, with the angle brackets round it; None where a definition elsewhere gives that.
        end: Where it ends.
    """

    words: tuple[int, int]
    target: tuple[int, int] | None
    end: int


def link_at(text: str, start: int) -> Written | None:
    """Return the link, or image, that begins at a place; None where none does."""
    opening = start + text.startswith("!", start)
    if not text.startswith("[", opening):
        return None
    closing = _closing(text, opening, "[]")
    if closing < 0:
        return None
    words = (opening + 1, closing)
    if text.startswith("[", closing + 1):
        until = _closing(text, closing + 1, "[]")
        return Written(words, None, until + 1) if until >= 0 else None
    if not text.startswith("(", closing + 1):
        return Written(words, None, closing + 1)
    until = _closing(text, closing + 1, "()")
    if until < 0:
        return None
    inner = text[closing + 2 : until]
    title = _TITLE.search(inner)
    address = inner[: title.start()] if title is not None else inner
    first = closing + 2 + len(address) - len(address.lstrip())
    return Written(words, (first, first + len(address.strip())), until + 1)


def _closing(text: str, opening: int, pair: str) -> int:
    """Return where a bracket is closed, or -1: not by one in code, after a backslash, or beyond the paragraph."""
    depth, at = 0, opening
    while at < len(text):
        letter = text[at]
        if letter == "\\":
            at += 2
            continue
        if letter == "`" and (code := _CODE.match(text, at)) is not None:
            at = code.end()
            continue
        if letter == "\n" and _BLANK.match(text, at):
            return -1
        depth += (letter == pair[0]) - (letter == pair[1])
        if not depth:
            return at
        at += 1
    return -1
