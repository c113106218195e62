"""The glossary from A to Z: each term with its other names and where it is used."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.glossary import TERM

if TYPE_CHECKING:
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity

OTHER = "#"
"""The letter of terms that begin with none."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term.

    Attributes:
        synonyms: Other words for it, abbreviations among them.
        discouraged: Words that should not be used for it.
        definition: Markdown.
        uses: Records that use it: in prose, or by naming it in a field.
    """

    identity: Identity
    title: str
    synonyms: tuple[str, ...]
    discouraged: tuple[str, ...]
    definition: str
    category: str
    uses: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The terms that begin with a letter."""

    letter: str
    terms: tuple[Term, ...]


def glossary(catalog: Catalog) -> tuple[Letter, ...]:
    """Return all terms by first letter, without regard to accents and case."""
    letters: dict[str, list[Term]] = {}
    for record in sorted(catalog.of_kind(TERM), key=lambda record: (_folded(record.title), record.identity)):
        synonyms = (*_texts(record.get("abbreviation")), *_texts(record.get("synonyms")), *_texts(record.get("aka")))
        term = Term(
            identity=record.identity,
            title=record.title,
            synonyms=tuple(dict.fromkeys(word for word in synonyms if word != record.title)),
            discouraged=tuple(_texts(record.get("discouraged"))),
            definition=next(iter(_texts(record.get("definition"))), record.description),
            category=next(iter(_texts(record.get("category"))), ""),
            uses=uses(catalog, record.identity),
        )
        letters.setdefault(_letter(record.title), []).append(term)
    ordered = sorted(letters.items(), key=lambda item: (item[0] != OTHER, item[0]))
    return tuple(Letter(letter, tuple(terms)) for letter, terms in ordered)


def uses(catalog: Catalog, term: Identity) -> tuple[Identity, ...]:
    """Return the records that use a term, in their prose or by a reference; other terms are not counted."""
    named = (relation.source for relation in catalog.incoming.get(term, ()))
    found = dict.fromkeys((*catalog.uses.get(term, ()), *named))
    return tuple(identity for identity in sorted(found) if identity.kind != TERM)


def _folded(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)).casefold()


def _letter(title: str) -> str:
    first = _folded(title)[:1].upper()
    return first if first.isalpha() else OTHER


def _texts(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item.strip()]
