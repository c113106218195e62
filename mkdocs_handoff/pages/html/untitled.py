"""A record's prose below its title: what a page shows of a Markdown body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.records.dialects import titles
from mkdocs_handoff.text.comments import without_comments

if TYPE_CHECKING:
    from mkdocs_handoff.records.markdown import Body

_COMMENTS = re.compile(r"(?:[ \t]*\n| {0,3}<!--(?s:.*?)-->[ \t]*(?:\n|$))*")
# A word on another language, or on the tool that wrote the file.
_NOTE = re.compile(r"(?:(?: {0,3}>|//)[^\n]*(?:\n|$))+[ \t]*\n")
_TITLE = re.compile(r" {0,3}#[ \t][^\n]*(?:\n|$)|(?! {4}|[ \t]*[#>\-*+`~<|!\d])[^\n]+\n {0,3}=+[ \t]*(?:\n|$)")
_HEADING = re.compile(r"#{1,6}[ \t]|<h[1-6]\b|[^\n]+\n(?:=+|-+)[ \t]*(?:\n|$)", re.IGNORECASE)


def prose(body: Body, title: str = "") -> str:
    """Return a body without the level-one heading that it begins with; the rest as it is written.

    Args:
        body: The Markdown.
        title: What the page is called: a section of a card is no title, unless it has become one.
    """
    if not body.title or (title not in ("", body.title) and titles.of_section(body.title)):
        return body.text
    over = _COMMENTS.match(body.text)
    first = over.end() if over is not None else 0
    note = _NOTE.match(body.text, first)
    first = note.end() if note is not None else first
    match = _TITLE.match(body.text, first)
    if match is None:
        return body.text
    return (body.text[:first] if body.text[:first].strip() else "") + body.text[match.end() :]


def headless(body: Body, title: str = "") -> bool:
    """Tell whether prose begins, below its title, with something to see that stands under no heading.

    Args:
        body: The Markdown.
        title: What the page is called.
    """
    text = prose(body, title)
    over = _COMMENTS.match(text)
    text = text[over.end() if over is not None else 0 :].lstrip()
    return bool(without_comments(text).strip()) and not _HEADING.match(text)
