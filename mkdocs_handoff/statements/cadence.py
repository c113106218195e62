"""`prose/cadence`: how often something is said to happen, where what is recorded does not show it."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.statements.claims import END
from mkdocs_handoff.statements.guard import Others, of_another, of_now, stands_apart
from mkdocs_handoff.statements.speech import speech
from mkdocs_handoff.statements.subject import Subject
from mkdocs_handoff.statements.words import alternatives, holds_any
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
            pattern = _pattern(record.kind, words)
        text, at = subject.marked(sentence.text), 0
        while (match := pattern.match(text, at)) is not None:
            start, at = match.start("verb" if match["verb"] else "adjective"), match.end()
            days = _days(match, words)
            last = _last(record, catalog)
            if not days or last is None or today - last[0] <= max(timedelta(days=days * _PATIENCE), _LEAST):
                continue
            around = f"{sentence.text[:start]} {sentence.text[at:]}"
            if stands_apart(sentence, words) or not of_now(around, words, "past", "wish", "denied"):
                continue
            if not subject.holds(sentence) or of_another(sentence.text, record, others, words):
                continue
            said = " ".join(sentence.text[start:at].split())
            message = f"says {said!r}, and the last one that is recorded is of {last[0]}"
            hint = f"That stands at {last[1]}. Record what came later, or write how often it really happens."
            where = sentence.place(start)
            yield Finding(where, "prose/cadence", message, hint, Severity.WARNING, str(record.identity))


@lru_cache(maxsize=16)
def _pattern(kind: str, words: Words) -> re.Pattern[str]:
    """Return what finds such a statement, from the start of a sentence on: the record, what is done, how often.

    "Labels are refreshed weekly" is of labels, "a nightly run is cheap" of any run, and "runs a day after" says when.
    """
    speaks = speech(kind, words)
    periods = tuple(one for ways in words.periods.values() for one in ways)
    units = alternatives(periods)
    adverbs = alternatives(tuple(one for one in periods if one.endswith("ly")) or periods)
    each = rf"{alternatives(words['every'])}\s+(?:(?P<count>[1-9]\d?|{alternatives(words['counts'])})\s+)?"
    often = rf"(?P<often>{adverbs})|{each}(?P<unit>{units}|(?P<units>\w{{3,12}})s\b)"
    verbs, nouns = alternatives(words[f"verbs_{kind}"]), alternatives(words[f"nouns_{kind}"])
    between = rf"\s+(?:{alternatives(words['adverbs'])}\s+)?"
    still = rf"(?:{alternatives((*words['still'], *words['adverbs']))}\s+)?"
    who = rf"(?:{speaks.who}\s+)?"
    done = rf"{who}(?:{alternatives(words['be'])}\s+)?{still}(?P<verb>{verbs}){between}(?:{often})"
    had = rf"(?:{who}{alternatives(words['has'])}\s+)?(?:{alternatives(words['articles'])}\s+)?"
    noun = rf"{had}(?P<adjective>{adverbs})\s+{nouns}"
    joins = alternatives(words["joins"])
    end = rf"(?={END}|\s*[;:]|\s*,\s*{joins}\b|\s+{alternatives(words['often_joins'])})"
    start = rf"(?:{speaks.lead}|(?<=.)\s*[;,]?\s*(?:{joins}\s+)?)"
    return re.compile(rf"{start}{done}{end}|{start}{noun}{end}", re.IGNORECASE)


def _days(match: re.Match[str], words: Words) -> int:
    word = next((match[name] for name in ("often", "adjective", "units", "unit") if match[name]), "").casefold()
    for days, ways in words.periods.items():
        if word in (one.casefold() for one in ways):
            return days * _count(match["count"], words)
    return 0


def _count(written: str | None, words: Words) -> int:
    if written is None or written.isdecimal():
        return int(written or 1)
    return words["counts"].index(written.casefold()) + 2 if written.casefold() in words["counts"] else 1


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
