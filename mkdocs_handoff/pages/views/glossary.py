"""The glossary, A to Z."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.anchors import letter_anchor, term_anchor
from mkdocs_handoff.pages.html.blocks import Rich
from mkdocs_handoff.pages.html.markup import Markdown
from mkdocs_handoff.pages.views.listing import Listing
from mkdocs_handoff.reports.glossary import glossary

if TYPE_CHECKING:
    from mkdocs_handoff.pages.html.blocks import Link
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.reports.glossary import Term


@dataclass(frozen=True, slots=True)
class TermView:
    """A term in the glossary."""

    link: Link
    anchor: str
    definition: Rich | None
    synonyms: tuple[str, ...]
    discouraged: tuple[str, ...]
    category: str
    uses: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class LetterView:
    """The terms under one letter."""

    letter: str
    anchor: str
    terms: tuple[TermView, ...]


@dataclass(frozen=True)
class GlossaryView:
    """The glossary, A to Z."""

    kind: str
    title: str
    description: str
    letters: tuple[LetterView, ...]
    home: Link


def a_to_z(name: str, inputs: Inputs) -> GlossaryView:
    """Make the glossary ready, whose terms are of the kind of that name."""
    kind = inputs.catalog.kinds[name]
    at = Listing(inputs.sitemap.indexes[name], inputs)
    letters = tuple(
        LetterView(one.letter, letter_anchor(one.letter), tuple(_term(term, at) for term in one.terms))
        for one in glossary(inputs.catalog)
    )
    return GlossaryView(name, kind.plural, kind.description, letters, at.home())


def _term(term: Term, at: Listing) -> TermView:
    path = at.catalog.records[term.identity].source.path
    html = Markdown(at.here, term.identity).html(term.definition, path, terms=False) if term.definition else None
    return TermView(
        at.link(term.identity),
        term_anchor(term.identity),
        None if html is None else Rich(html, term.definition),
        term.synonyms,
        term.discouraged,
        term.category,
        tuple(at.link(one) for one in term.uses),
    )
