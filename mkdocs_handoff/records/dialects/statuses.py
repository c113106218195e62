"""The statuses of decisions: what is written, as one of the words that we know."""

from __future__ import annotations

import re

from mkdocs_handoff.records.dialects import supersession, words
from mkdocs_handoff.records.dialects.marks import plain

NOT_STATED = "not-stated"
NOT_READ = "not-read"
"""A place for a status is there, and holds none that can be told from its words."""

STATUSES = ("proposed", "accepted", "rejected", "deprecated", "superseded", "on-hold", NOT_STATED, NOT_READ)

LIFECYCLES = {
    "proposed": "draft",
    "on-hold": "draft",
    "accepted": "active",
    "deprecated": "deprecated",
    "rejected": "retired",
    "superseded": "retired",
}
_LONGEST = 40
_CHOICE = re.compile(r"[\[{<][^\[\]{}<>]*[|/,][^\[\]{}<>]*[\]}>]")


def is_choice(written: str) -> bool:
    """Tell whether a template offers several statuses there, of which nobody chose one: `[Proposed | Accepted]`."""
    said = plain(written)
    parts = re.split(r"[|/,]", said.strip("[]{}<> "))
    return _CHOICE.fullmatch(said) is not None and sum(bool(words.status(part)) for part in parts) > 1


def status_of(written: str) -> str:
    """Return the status that a text states: a known word, or the text itself in lower case."""
    if supersession.superseded(written):
        return "superseded"
    if supersession.in_part(written):
        return "accepted"
    said = plain(written)
    if found := words.status(said):
        return found
    said = " ".join("".join(char if char.isalnum() or char in " -" else " " for char in said).split()).lower()
    return said if len(said) <= _LONGEST else said[:_LONGEST].rsplit(" ", 1)[0] + " …"
