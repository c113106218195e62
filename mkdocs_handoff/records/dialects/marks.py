"""What Markdown puts around words: comments, links, stress."""

from __future__ import annotations

import re

from mkdocs_handoff.text.comments import without_comments

LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]+)(?:\s+\"[^\"]*\")?\)")
_STRESS = re.compile(r"\*\*|__|~~|`|(?<!\w)[*_]|[*_](?!\w)")
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)")
_RULE = re.compile(r"[ \t>]*([-*_=])(?:[ \t]*\1){2,}[ \t]*")
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """Return a text as it is read: links as their words, no comments and no stress."""
    return _SPACES.sub(" ", _STRESS.sub("", LINK.sub(r"\1", without_comments(text)))).strip()


def lines(text: str) -> list[str]:
    """Return the lines of a text outside comments and fenced code; a rule is an empty one."""
    kept: list[str] = []
    fenced = False
    for line in without_comments(text).split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            kept.append("" if _RULE.fullmatch(line) else line)
    return kept
