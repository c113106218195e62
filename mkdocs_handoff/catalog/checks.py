"""What is wrong between records, when each of them is right by itself."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog import interface
from mkdocs_handoff.catalog.glossary import TERM
from mkdocs_handoff.catalog.lineage import cycles
from mkdocs_handoff.catalog.owners import ACCOUNTABLE, imported, owners
from mkdocs_handoff.catalog.relations import Wanted
from mkdocs_handoff.findings import Finding, Place, Severity
from mkdocs_handoff.records.adopted import adopted
from mkdocs_handoff.records.dialects.statuses import NOT_READ, NOT_STATED, STATUSES
from mkdocs_handoff.records.discover import SIDECAR
from mkdocs_handoff.records.record import DECISION
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.relations import Relation
    from mkdocs_handoff.records.record import Identity, Record

SUPERSEDES = "supersedes"
SUPERSEDED = "is superseded by"
_OVER = ("superseded", "deprecated", "rejected")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Yield all findings between records."""
    yield from _owners(catalog)
    yield from _statuses(catalog)
    yield from _supersession(catalog)
    yield from _circles(catalog)
    yield from interface.check(catalog)
    yield from _words(catalog)


def _at(catalog: Catalog, relation: Relation) -> Place:
    source = catalog.records[relation.source].source
    return Place(source.path, relation.line) if relation.line else source.place(relation.path)


def _owners(catalog: Catalog) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    for identity, record in catalog.records.items():
        found = owners(record)
        theirs = imported(record)
        for owner in found:
            target = catalog.targets.get((identity, owner.path))
            once = (record.source.path, owner.text)
            if isinstance(target, Wanted) and not (theirs and once in told):  # one for all that stand below a node
                told.add(once)
                hint = f"Write {_files(target)}, or name one that exists."
                message = f"{owner.text!r} owns this record, and is no team or person here"
                yield _warning(record.source.place(owner.path), "owner/unknown", message, hint, identity)
        accountable = [owner for owner in found if owner.role == ACCOUNTABLE]
        if found and len(accountable) != 1 and not theirs:  # DataHub knows no such one
            count = "nobody is" if not accountable else f"{len(accountable)} are"
            hint = "Exactly one owner answers for a record: give the others the role they have."
            place = record.source.place((accountable[1] if accountable else found[0]).path)
            yield _warning(place, "owner/accountable", f"{count} accountable for this record", hint, identity)


def _files(wanted: Wanted) -> str:
    """Return where the record of an owner could stand: for `person:ann` in one file, for `ann` in two."""
    folders = {"team": "teams", "person": "people"}
    named = [wanted.kind] if wanted.kind in folders else folders
    return " or ".join(f"`{folders[kind]}/{wanted.name}.yml`" for kind in named)


def _statuses(catalog: Catalog) -> Iterator[Finding]:
    """A status in other words stays as it is written, and stands for nothing: neither in force nor superseded."""
    for identity, record in catalog.records.items():
        status = record.get("status")
        if record.kind != DECISION or not isinstance(status, str) or status in STATUSES:
            continue
        near = nearest(status, STATUSES)
        known = ", ".join(known for known in STATUSES if known not in (NOT_STATED, NOT_READ))
        hint = f"Did you mean {near!r}? It is one of: {known}." if near else f"It is one of: {known}."
        message = f"the status {status!r} is none that we know"
        yield _warning(record.source.place(("status",)), "decision/status", message, hint, identity)


def _supersession(catalog: Catalog) -> Iterator[Finding]:
    """Both ends must say it: a reader meets either of them first."""
    said = {(relation.source, relation.target, relation.name) for relation in _all(catalog)}
    newer: dict[Identity, list[Identity]] = defaultdict(list)
    for relation in _all(catalog):
        if relation.name not in (SUPERSEDES, SUPERSEDED):
            continue
        forward = relation.name == SUPERSEDES
        newer[relation.source if forward else relation.target].append(relation.target if forward else relation.source)
        back = SUPERSEDED if forward else SUPERSEDES
        other = catalog.records[relation.target]
        if (relation.target, relation.source, back) not in said and not _settled(other, forward=forward):
            field = back.removeprefix("is ").replace(" ", "_")
            hint = f"Add `{field}: {relation.source.name}` to {other.source.path}."
            message = f"this {relation.name} {relation.target}, which does not say so"
            yield _warning(_at(catalog, relation), "decision/one-sided", message, hint, relation.source)
    for group in cycles(newer):
        first = catalog.records[min(group)]
        names = ", ".join(str(identity) for identity in sorted(group))
        hint = "One of them is the newest: take its `superseded_by` away."
        finding = Finding(first.source.place(), "decision/circular", f"supersede each other in a circle: {names}", hint)
        yield finding.about(str(first.identity))


def _settled(other: Record, *, forward: bool) -> bool:
    """Tell whether nobody is misled by another team's form of decision that does not say the other direction.

    In MADR and Nygard's form only the old one speaks of it; and one that says that it is over needs no name.
    """
    return (not forward or other.get("status") in _OVER) and adopted(other)


def _circles(catalog: Catalog) -> Iterator[Finding]:
    for group in cycles(catalog.lineage.out_of):
        members = set(group)
        relations = [one for one in _all(catalog) if one.lineage and {one.source, one.target} <= members]
        places = sorted((_at(catalog, one), one.source) for one in relations)
        names = ", ".join(str(identity) for identity in sorted(group))
        hint = "Data flows one way: look at which of these references points against it."
        finding = Finding(places[0][0], "lineage/cycle", f"lineage runs in a circle: {names}", hint)
        yield finding.about(str(places[0][1]))


def _words(catalog: Catalog) -> Iterator[Finding]:
    if not any(discouraged for _, discouraged, _ in catalog.glossary.phrases.values()):
        return
    for identity, record in catalog.records.items():
        for passage in catalog.passages[identity] if record.kind != TERM else ():
            for number, (_, text) in enumerate(passage.runs):
                for match in catalog.glossary.find(text):
                    if match.discouraged:
                        word = " ".join(text[match.start : match.end].split())
                        better = catalog.title(match.term)
                        hint = f"The glossary's word is {better!r} ({match.term})."
                        place = passage.place_in_run(record, number, match.start)
                        yield _warning(place, "term/discouraged", f"{word!r} is a discouraged word", hint, identity)


def _all(catalog: Catalog) -> Iterable[Relation]:
    return (relation for relations in catalog.outgoing.values() for relation in relations)


def _warning(place: Place, rule: str, message: str, hint: str, subject: Identity) -> Finding:
    return Finding(place, rule, message, hint, Severity.WARNING, str(subject))


def duplicate(record: Record, other: Record) -> Finding:
    """Return the finding, at one record, that another one has its identity."""
    hint = f"So does {other.source.place()}. {_apart(record)}"
    message = f"two records call themselves {record.identity}"
    return Finding(record.source.place(("id",)), "record/duplicate", message, hint, subject=str(record.identity))


def _apart(record: Record) -> str:
    """Say how one of two records of a name gets another one; a file of another tool's stays as it is."""
    if not adopted(record):
        return "Give one of the two another `id:`."
    layer = record.source.layer
    beside = f"{layer.path}{SIDECAR}"
    if layer.prefix or layer.document:
        return f"Give one of the two another `id:`, this one in {beside}, below `{record.identity}:`."
    return f"Give one of the two another `id:`, this one in {beside}, or name its file in `exclude:`."
