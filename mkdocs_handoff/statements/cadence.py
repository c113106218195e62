"""`prose/cadence`: how often something is said to happen, where what is recorded does not show it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.statements.guard import Others, of_another, of_now, stands_apart
from mkdocs_handoff.statements.often import days_of, names_it, pattern_of, start_of
from mkdocs_handoff.statements.subject import Subject
from mkdocs_handoff.statements.words import holds_any
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.statements.sentences import Sentence
    from mkdocs_handoff.statements.words import Words
    from mkdocs_handoff.text.yaml import Path

KINDS = ("model", "pipeline", "dataset")
MADE_BY = ("is made by",)
_PATIENCE = 3
"""After so many periods without anything recorded the statement is doubted; one may be missed, or not yet written."""
_LEAST = timedelta(days=21)
_FROM = re.compile(r"\bfrom\b", re.IGNORECASE)
"""In "fell from 8" it tells of the past; what is rebuilt weekly from the orders is not of it."""


def check(
    record: Record, held: Iterable[Sentence], catalog: Catalog, others: Others, words: Words, today: date
) -> Iterator[Finding]:
    """Yield where prose says how often something happens, and it has not happened for several such periods.

    Only what is recorded is asked (`versions`, `runs` of the pipeline); where nothing is, nothing is told.

    Args:
        record: A model, a pipeline or a dataset.
        held: Its sentences.
        catalog: All records.
        others: The models among them, by name.
        words: How it is said.
        today: Up to when it must have happened.
    """
    if record.lifecycle not in ("active", "deprecated"):
        return
    pattern: re.Pattern[str] | None = None
    subject = Subject(record, catalog, words)
    periods = tuple(one for ways in words.periods.values() for one in ways)
    for sentence in held:
        if not holds_any(sentence.text, periods):
            continue
        if pattern is None:
            pattern = pattern_of(record.kind, words)
        text, at = subject.marked(sentence.text), 0
        while (match := pattern.match(text, at)) is not None:
            start, at = start_of(match), match.end()
            days = days_of(match, words)
            last = _last(record, catalog)
            if not days or last is None or today - last[0] <= max(timedelta(days=days * _PATIENCE), _LEAST):
                continue
            around = _FROM.sub(" ", f"{sentence.text[:start]} {sentence.text[at:]}")
            if stands_apart(sentence, words) or not of_now(around, words, "past", "wish", "denied"):
                continue
            named = names_it(match)  # under "Backup" "runs daily" and "Schedule: daily" are of that
            if not (named or all(subject.plain(title) for title in sentence.headings)):
                continue
            if not subject.happens(sentence, named=named) or others.named_in(sentence.text, record):
                continue
            if of_another(sentence.text[:at], record, others, words):  # "daily, by GitHub Actions" is of the record
                continue
            said = " ".join(sentence.text[start:at].split())
            message = f"says {said!r}, and the last one that is recorded is of {last[0]}"
            hint = f"That stands at {last[1]}. Record what came later, or write how often it really happens."
            where = sentence.place(start)
            yield Finding(where, "prose/cadence", message, hint, Severity.WARNING, str(record.identity))


def _last(record: Record, catalog: Catalog) -> tuple[date, Place] | None:
    """Return the last day on which it is recorded to have happened, and where that stands."""
    found: list[tuple[date, Place]] = []
    found.extend(_dated(record, "versions", "date"))
    found.extend(_dated(record, "runs", "on"))
    makers = [one.target for one in catalog.outgoing.get(record.identity, ()) if one.name in MADE_BY]
    makers += [one.source for one in catalog.incoming.get(record.identity, ()) if one.inverse in MADE_BY]
    for maker in dict.fromkeys(makers):
        found.extend(_dated(catalog.records[maker], "runs", "on"))
    return max(found, key=lambda one: one[0], default=None)


def _dated(record: Record, field: str, key: str) -> Iterator[tuple[date, Place]]:
    listed: Any = record.get(field)
    for number, one in enumerate(listed if isinstance(listed, list) else ()):
        day = day_of(one.get(key)) if isinstance(one, dict) else None
        if day is not None:
            path: Path = (field, number, key)
            yield day, record.source.place(path)
