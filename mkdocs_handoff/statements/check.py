"""What prose says, held against what is recorded: every record's sentences, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.statements import cadence, facts, limits, metrics, people
from mkdocs_handoff.statements.guard import Others
from mkdocs_handoff.statements.sentences import sentences
from mkdocs_handoff.statements.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.findings import Finding

LONGEST = 2_000
"""A longer sentence is none, in characters. It is let alone: looking through one costs the square of its length."""
_SILENT = ("retired",)
"""Lifecycles in which a record's prose tells of what was."""


def check(catalog: Catalog, prose: Mapping[str, Any], today: date | None) -> Iterator[Finding]:
    """Yield where prose and recorded facts contradict each other.

    Args:
        catalog: All records.
        prose: What the settings add.
        today: The day from which it is looked at; None: what depends on the day is not asked.
    """
    words = load_words(prose.get("words", {}))
    own = facts.facts_of(prose)
    those = people.those_gone(catalog, today, words) if today is not None else people.Gone({}, None)
    others = Others(catalog)
    for record in catalog.records.values():
        if record.lifecycle in _SILENT or not catalog.passages.get(record.identity):
            continue
        asked = record.kind in (*metrics.KINDS, *limits.KINDS, *cadence.KINDS)
        if not (asked or own or those.named):
            continue
        held = [one for one in sentences(record, catalog) if len(one.text) <= LONGEST]
        if record.kind in metrics.KINDS:
            yield from metrics.check(record, held, catalog, others, words)
        if record.kind in limits.KINDS:
            yield from limits.check(record, held, catalog, others, words)
        if record.kind in cadence.KINDS and today is not None:
            yield from cadence.check(record, held, catalog, others, words, today)
        if record.kind not in people.SILENT:
            yield from people.check(record, held, those, words)
        if own:
            yield from facts.check(record, held, own, catalog, others, words)
