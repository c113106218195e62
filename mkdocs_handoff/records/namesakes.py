"""Decisions of one file name in several folders, as a repository of several projects has them: told apart by place."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.records.adopted import adopted
from mkdocs_handoff.records.record import Origin, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.records.record import Identity, Record

DECISION = "decision"
# Folders that say what lies in them, and not of which part of a repository it is.
_GENERAL = frozenset(
    ("doc", "docs", "documentation", "adr", "adrs", "madr", "decision", "decisions", "decision-records",
     "architecture", "architecture-decisions", "architecture-decision-records")
)  # fmt: skip


def told_apart(records: Sequence[Record], findings: Sequence[Finding]) -> tuple[list[Record], list[Finding]]:
    """Return records and findings, where adopted decisions that have one name have names of their own.

    The one that stands nearest to the top keeps its file's name, of several the first by path: what is added deeper
    renames nothing. The others have their folders' names before it, which depend on nothing else; the file's name stays
    an alias of each. What is ours, or has an `id`, is not renamed: two of those with one name are an error.
    """
    held: dict[Identity, list[Record]] = defaultdict(list)
    for record in records:
        if record.kind == DECISION:
            held[record.identity].append(record)
    taken = {identity.name for identity in held}
    made: dict[str, Record] = {}
    for alike in held.values():
        if len(alike) > 1:
            made.update((record.source.path, record) for record in _renamed(alike, taken))
    if not made:
        return list(records), list(findings)
    was = {record.source.path: record.identity for record in records if record.source.path in made}
    return [made.get(record.source.path, record) for record in records], list(_retold(findings, was, made))


def _renamed(alike: Sequence[Record], taken: set[str]) -> Iterator[Record]:
    """Yield the records of one name that change: those that get another one, and the one that keeps it."""
    movable = sorted((one for one in alike if _movable(one)), key=lambda one: (_depth(one), one.source.path))
    keeps = movable.pop(0) if len(movable) == len(alike) else None
    if keeps is not None:
        also = _placed(keeps.source.path, keeps.identity.name, general=False)
        yield replace(keeps, aliases=(*keeps.aliases, also)) if also and also not in keeps.aliases else keeps
    for record in movable:
        name = next((one for one in _names(record) if one not in taken), "")
        if name:
            taken.add(name)
            source = "the file's name and its folder's: another decision has the file's name"
            yield replace(
                record,
                identity=replace(record.identity, name=name),
                aliases=(record.identity.name, *(one for one in record.aliases if one != name)),
                origins=MappingProxyType({**record.origins, ("id",): Origin("inferred", source)}),
            )


def _movable(record: Record) -> bool:
    """Tell whether nobody wrote a record's name, and it is alone in a file of another form."""
    layer = record.source.layer
    return ("id",) in record.origins and not layer.prefix and not layer.document and adopted(record)


def _depth(record: Record) -> int:
    return record.source.path.count("/")


def _names(record: Record) -> Iterator[str]:
    """Yield the names that a record may have by its place: the shorter one first."""
    for general in (False, True):
        name = _placed(record.source.path, record.identity.name, general=general)
        if name:
            yield name


def _placed(path: str, name: str, *, general: bool) -> str:
    """Return a name with those of its folders before it, or an empty string where none of them says anything."""
    folders = [slug(one) for one in posixpath.dirname(path).split("/")]
    said = [one for one in folders if one and (general or one not in _GENERAL)]
    return "-".join((*said, name)) if said else ""


def _retold(findings: Iterable[Finding], was: Mapping[str, Identity], made: Mapping[str, Record]) -> Iterator[Finding]:
    """Yield findings, of which those on a renamed record speak of its new name."""
    layers = {
        layer.path: path
        for path, record in made.items()
        for layer in (record.source.layer, record.source.sidecar)
        if layer is not None
    }
    for finding in findings:
        path = layers.get(finding.place.path)
        renamed = path is not None and finding.subject == str(was[path])
        yield replace(finding, subject=str(made[path].identity)) if path is not None and renamed else finding
