"""Building the catalog from records."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog import checks, covers, links
from mkdocs_handoff.catalog.catalog import Catalog
from mkdocs_handoff.catalog.glossary import TERM, Glossary, glossary
from mkdocs_handoff.catalog.index import Index
from mkdocs_handoff.catalog.lineage import lineage
from mkdocs_handoff.catalog.passages import Passage, passages
from mkdocs_handoff.catalog.resolve import Resolver
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.records.record import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from mkdocs_handoff.catalog.relations import Relation
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.schema.kinds import Kind


def build(
    records: Iterable[Record], kinds: Mapping[str, Kind], root: Path, namespace: str = "", *, terms: bool = True
) -> tuple[Catalog, tuple[Finding, ...]]:
    """Resolve the references of all records.

    Args:
        records: As read; of two with one identity the first by place is kept.
        kinds: What they may be.
        root: The project's root, to see whether linked and covered files exist.
        namespace: The repository's own.
        terms: Whether terms are looked for in prose.
    """
    findings: list[Finding] = []
    kept, dropped = _unique(records, kinds, findings)
    index = Index.of(kept)
    findings.extend(_clashes(kept, index))
    files = links.by_file(kept.values())
    resolver = Resolver(index, kinds, namespace, files)
    texts: dict[Identity, tuple[Passage, ...]] = {}
    for record in kept.values():
        texts[record.identity] = passages(record, kinds[record.kind].root)
        resolver.record(record, texts[record.identity])
        more, wrong = links.follow(record, texts[record.identity], files, root)
        resolver.relations.extend(more)
        findings.extend(wrong)
    findings.extend(resolver.findings)
    spare = Resolver(index, kinds, namespace, files)  # what is wrong in a second record of a name is told as well
    for record in dropped:
        spare.record(record, passages(record, kinds[record.kind].root))
    findings.extend(spare.findings)
    relations = list(dict.fromkeys(resolver.relations))
    words = glossary(record for record in kept.values() if record.kind == TERM) if terms else Glossary()
    catalog = Catalog(
        records=MappingProxyType(kept),
        kinds=kinds,
        namespace=namespace,
        wanted=resolver.wanted(),
        targets=MappingProxyType(resolver.targets),
        outgoing=_grouped(relations, "source"),
        incoming=_grouped(relations, "target"),
        lineage=lineage(relations),
        glossary=words,
        passages=MappingProxyType(texts),
        uses=_uses(texts, words),
        files=MappingProxyType(files),
        index=index,
    )
    findings.extend(checks.check(catalog))
    findings.extend(covers.check(catalog, root))
    return catalog, tuple(findings)


def _unique(
    records: Iterable[Record], kinds: Mapping[str, Kind], findings: list[Finding]
) -> tuple[dict[Identity, Record], list[Record]]:
    """Return the records by identity, and those left out because an earlier one by place has their name.

    A collision is told at both ends: a commit brings one of the two, and is shown what it broke.
    """
    order = {name: position for position, name in enumerate(kinds)}
    kept: dict[Identity, Record] = {}
    dropped: list[Record] = []
    doubled: set[Identity] = set()
    for record in sorted(
        records, key=lambda record: (record.source.path, record.source.layer.document, record.source.layer.prefix)
    ):
        first = kept.setdefault(record.identity, record)
        if first is not record:
            if record.identity not in doubled:
                findings.append(checks.duplicate(first, record))
            doubled.add(record.identity)
            dropped.append(record)
            findings.append(checks.duplicate(record, first))
    return dict(sorted(kept.items(), key=lambda item: (order[item[0].kind], item[0]))), dropped


def _clashes(records: Mapping[Identity, Record], index: Index) -> Iterator[Finding]:
    """A stated alias that is another record's name would make every reference to it a guess."""
    for identity, record in records.items():
        stated = record.get("aliases")
        for number, alias in enumerate(stated if isinstance(stated, list) else []):
            for other in index.named.get((identity.namespace, slug(str(alias))), ()):
                if other.kind == identity.kind and other != identity:
                    hint = f"References to {alias!r} mean {records[other].source.path}; take the alias away."
                    message = f"the alias {alias!r} is the name of another record, {other}"
                    place = record.source.place(("aliases", number))
                    yield Finding(place, "record/alias", message, hint, subject=str(identity))


def _grouped(relations: Iterable[Relation], end: str) -> Mapping[Identity, tuple[Relation, ...]]:
    grouped: dict[Identity, list[Relation]] = defaultdict(list)
    for relation in relations:
        grouped[relation.source if end == "source" else relation.target].append(relation)
    return MappingProxyType({identity: tuple(found) for identity, found in grouped.items()})


def _uses(texts: Mapping[Identity, tuple[Passage, ...]], words: Glossary) -> Mapping[Identity, tuple[Identity, ...]]:
    uses: dict[Identity, dict[Identity, None]] = defaultdict(dict)
    for identity, held in texts.items() if words.phrases else ():
        for _, text in (run for passage in held for run in passage.runs):
            for match in words.find(text):
                if match.term != identity:
                    uses[match.term][identity] = None
    return MappingProxyType({term: tuple(users) for term, users in uses.items()})
