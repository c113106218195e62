"""What a page says without its look: the text that search indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

from mkdocs_handoff.pages.html.blocks import words
from mkdocs_handoff.pages.html.markup import plain as plain_words

if TYPE_CHECKING:
    from mkdocs_handoff.pages.views.record import RecordView
    from mkdocs_handoff.records.record import Record


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
