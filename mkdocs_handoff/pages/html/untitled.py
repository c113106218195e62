"""A record's prose below its title: what a page shows of a Markdown body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_handoff.records.markdown import Body

_TITLE = re.compile(
    r"(?:[ \t]*\n)*(?: {0,3}#[ \t][^\n]*(?:\n|$)|(?! {4}|[ \t]*[#>\-*+`~<|!\d])[^\n]+\n {0,3}=+[ \t]*(?:\n|$))"
)
_HEADING = re.compile(r"#{1,6}[ \t]|<h[1-6]\b|[^\n]+\n(?:=+|-+)[ \t]*(?:\n|$)", re.IGNORECASE)


def prose(body: Body) -> str:
    """Return a body without the level-one heading that it begins with; the rest as it is written."""
    match = _TITLE.match(body.text) if body.title else None
    return body.text[match.end() :] if match is not None else body.text


def headless(body: Body) -> bool:
    """Tell whether prose begins, below its title, with text that stands under no heading."""
    text = prose(body).lstrip()
    return bool(text) and not _HEADING.match(text)
