"""When a sentence says nothing of how things stand: it tells of the past, of a wish, of a part, of something else."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from mkdocs_handoff.statements.words import one_of
from mkdocs_handoff.text.headings import folded

if TYPE_CHECKING:
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.statements.sentences import Sentence
    from mkdocs_handoff.statements.words import Words

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NAMED_THING = re.compile(
    r"\b(?=\w*[A-Z])(?=[\w.-]*\d)[A-Za-z][\w.-]*|\bv\d[\w.]*|\b[A-Z][a-z]+[A-Z]\w*|\b[A-Z]{4,}\w*"
)
_SILENT_FIELDS = frozenset(
    ("versions", "decisions", "consumers", "guardrails", "monitors", "deprecation", "acceptance_criteria", "steps",
     "questions", "rework", "replaces", "quotes")
)  # fmt: skip


def stands_apart(sentence: Sentence, words: Words) -> bool:
    """Tell whether where a sentence stands makes it tell of something else: under `History`, among versions."""
    if sentence.path and str(sentence.path[0]) in _SILENT_FIELDS:
        return True
    return any(words.found(folded(title), "headings") for title in sentence.headings)


def of_now(text: str, words: Words, *lists: str) -> bool:
    """Tell whether a sentence says how things stand now.

    Args:
        text: Its words.
        words: What the lists hold.
        lists: Which words speak against it.
    """
    return not _YEAR.search(text) and not words.found(text, *lists)


class Others:
    """The names of all models, so that a sentence is looked through once, however many there are."""

    def __init__(self, catalog: Catalog) -> None:
        self._named: dict[tuple[str, ...], set[Identity]] = defaultdict(set)
        for record in catalog.of_kind("model"):
            for name in (record.title, record.identity.name):
                if len(name) > 3:
                    self._named[_parts(name)].add(record.identity)
        self._longest = max(map(len, self._named), default=0)
        self._meant = {
            record.identity: {record.identity, *(one.target for one in catalog.outgoing.get(record.identity, ()))}
            for record in catalog.of_kind("evaluation")
        }

    def named_in(self, text: str, record: Record) -> bool:
        """Tell whether a text names a model that the record is not, and does not measure."""
        parts = _parts(text)
        own = self._meant.get(record.identity, {record.identity})
        for start in range(len(parts)):
            for length in range(1, min(self._longest, len(parts) - start) + 1):
                found = self._named.get(parts[start : start + length])
                if found and not found & own:
                    return True
        return False


_PART = re.compile(r"\w+")


def _parts(text: str) -> tuple[str, ...]:
    return tuple(_PART.findall(text.casefold()))


def of_another(text: str, record: Record, others: Others, words: Words) -> bool:
    """Tell whether a sentence names something that is not the record: another model, a product, a version."""
    if others.named_in(text, record):
        return True
    rest = one_of(tuple(word for ways in words.metrics.values() for word in ways)).sub(" ", text)
    for name in (record.title, record.identity.name):
        rest = rest.replace(name, " ")
    return _NAMED_THING.search(rest) is not None
