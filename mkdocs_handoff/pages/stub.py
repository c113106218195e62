"""What a page says without its look: the text that search indexes, and the prose below its heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import escape

from mkdocs_handoff.pages.html.blocks import words
from mkdocs_handoff.pages.html.markup import plain as plain_words

if TYPE_CHECKING:
    from mkdocs_handoff.pages.views.record import RecordView
    from mkdocs_handoff.records.markdown import Body
    from mkdocs_handoff.records.record import Record

_HEADING = re.compile(
    r"(?:[ \t]*\n)*(?: {0,3}#[ \t][^\n]*(?:\n|$)|(?! {4}|[ \t]*[#>\-*+`~<|!\d])[^\n]+\n {0,3}=+[ \t]*(?:\n|$))"
)


def prose(body: Body) -> str:
    """Return a body without the level-one heading that it begins with; the rest as it is written."""
    match = _HEADING.match(body.text) if body.title else None
    return body.text[match.end() :] if match is not None else body.text


def record(shown: RecordView, one: Record) -> str:
    """Return what search indexes of a record: its title, then everything a reader may look for it by."""
    said = [f"{shown.kind_title}.", plain_words(one.description)]
    said += [f"Also called {', '.join(one.aliases)}."] if one.aliases else []
    tags = one.get("tags")
    said += [f"Tags: {', '.join(map(str, tags))}."] if isinstance(tags, list) and tags else []
    facts = ". ".join(f"{entry.title}: {words(entry.block)}" for entry in shown.facts)
    listed = f"<p>{escape(facts)}</p>" if facts else ""
    return f"<h1>{escape(one.title)}</h1><p>{escape(' '.join(filter(None, said)))}</p>{listed}"


def plain(title: str, text: str) -> str:
    """Return what search indexes of an index or a report."""
    return f"<h1>{escape(title)}</h1><p>{escape(plain_words(text))}</p>"
