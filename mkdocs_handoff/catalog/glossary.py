"""Glossary terms in running text: by title, synonym, abbreviation and plural, the longest first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_handoff.records.record import Identity, Record

TERM = "term"
_WORD = re.compile(r"\w+")
_BETWEEN = re.compile(r"[ \t\n]+|-")
_ASIDE = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Match:
    """A term in a text: where, which, and whether the word is one that should not be used for it."""

    start: int
    end: int
    term: Identity
    discouraged: bool = False


@dataclass(slots=True)
class Glossary:
    """All phrases that mean a term."""

    phrases: dict[tuple[str, ...], tuple[Identity, bool, str]] = field(default_factory=dict)
    starts: set[str] = field(default_factory=set)
    longest: int = 0

    def add(self, phrase: str, term: Identity, *, discouraged: bool = False, plural: bool = True) -> None:
        """Let a phrase mean a term; the first to claim a phrase keeps it."""
        words = _WORD.findall(_ASIDE.sub("", phrase))
        if not words:
            return
        exact = phrase if _is_acronym(words) else ""
        forms = [words] if not plural else [words, *([*words[:-1], ending] for ending in _plurals(words[-1]))]
        for form in forms:
            key = tuple(word.casefold() for word in form)
            self.phrases.setdefault(key, (term, discouraged, exact))
            self.starts.add(key[0])
            self.longest = max(self.longest, len(key))

    def find(self, text: str) -> Iterator[Match]:
        """Yield the terms in a text, from left to right, without overlaps."""
        if not self.phrases:
            return
        words = list(_WORD.finditer(text))
        position = 0
        while position < len(words):
            match = self._at(text, words, position) if words[position][0].casefold() in self.starts else None
            if match is None:
                position += 1
                continue
            length, found = match
            yield found
            position += length

    def _at(self, text: str, words: list[re.Match[str]], position: int) -> tuple[int, Match] | None:
        for length in range(min(self.longest, len(words) - position), 0, -1):
            span = words[position : position + length]
            claim = self.phrases.get(tuple(word[0].casefold() for word in span))
            if claim is None or not all(
                _BETWEEN.fullmatch(text[left.end() : right.start()]) for left, right in pairwise(span)
            ):
                continue
            term, discouraged, exact = claim
            if exact and not span[0][0][:2].isupper():
                continue
            return length, Match(span[0].start(), span[-1].end(), term, discouraged)
        return None


def glossary(terms: Iterable[Record]) -> Glossary:
    """Collect the phrases of all terms: titles first, so that none is taken by another term's synonym."""
    listed = list(terms)
    result = Glossary()
    for record in listed:
        result.add(record.title, record.identity)
        for plural in _texts(record.get("plural")):
            result.add(plural, record.identity, plural=False)
    for record in listed:
        for name in ("abbreviation", "synonyms", "aka"):
            for phrase in _texts(record.get(name)):
                result.add(phrase, record.identity)
    for record in listed:
        for phrase in _texts(record.get("discouraged")):
            result.add(phrase, record.identity, discouraged=True)
    return result


def _texts(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item.strip()]


def _is_acronym(words: list[str]) -> bool:
    """`AUC`, `IT`: matched only in capitals, or every `it` would be a link."""
    return len(words) == 1 and len(words[0]) <= 6 and words[0].isupper()


def _plurals(word: str) -> list[str]:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return [word[:-1] + "ies"]
    return [word + "es"] if word.endswith(("s", "x", "ch", "sh")) else [word + "s"]
