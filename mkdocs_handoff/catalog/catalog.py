"""The catalog: every record once, and every reference resolved, to be read from both ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.glossary import TERM, Glossary
from mkdocs_handoff.catalog.index import Index
from mkdocs_handoff.catalog.lineage import Lineage
from mkdocs_handoff.catalog.references import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.catalog.passages import Passage
    from mkdocs_handoff.catalog.relations import External, Relation, Wanted
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.yaml import Path


@dataclass(frozen=True)
class Catalog:
    """All records, with references resolved both ways.

    Attributes:
        records: By identity, ordered by kind, then by name.
        kinds: By name, in their order on pages.
        targets: What each reference in a field names, by record and path; one that names plain text is not there.
        outgoing: What a record says of others.
        incoming: What others say of it.
        wanted: What is referred to and not written, the most wanted first.
        passages: The Markdown of each record, body and fields.
        uses: Which records use a term in their prose, by term.
        files: Records by the file they are written in.
    """

    records: Mapping[Identity, Record]
    kinds: Mapping[str, Kind]
    namespace: str = ""
    targets: Mapping[tuple[Identity, Path], Identity | External | Wanted] = field(default_factory=dict)
    outgoing: Mapping[Identity, tuple[Relation, ...]] = field(default_factory=dict)
    incoming: Mapping[Identity, tuple[Relation, ...]] = field(default_factory=dict)
    wanted: tuple[Wanted, ...] = ()
    lineage: Lineage = field(default_factory=Lineage)
    glossary: Glossary = field(default_factory=Glossary)
    passages: Mapping[Identity, tuple[Passage, ...]] = field(default_factory=dict)
    uses: Mapping[Identity, tuple[Identity, ...]] = field(default_factory=dict)
    files: Mapping[str, tuple[Identity, ...]] = field(default_factory=dict)
    index: Index = field(default_factory=lambda: Index(MappingProxyType({})))

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """Return the records of a kind, by title."""
        found = (record for record in self.records.values() if record.kind == kind)
        return tuple(sorted(found, key=lambda record: (record.title.casefold(), record.identity)))

    def find(self, text: str) -> tuple[Identity, ...]:
        """Return the records that a reference in prose may mean: one if it is clear, several if it is ambiguous."""
        name = parse(text, self.namespace)
        if name is None:
            return ()
        found = self.index.candidates(name, ())
        if len(found) > 1 and not name.kind:
            # A term is what a sentence is about only where nothing else has the name: it is linked by itself.
            others = tuple(identity for identity in found if identity.kind != TERM)
            return others if len(others) == 1 else found
        return found

    def title(self, identity: Identity) -> str:
        """Return a record's title."""
        return self.records[identity].title
