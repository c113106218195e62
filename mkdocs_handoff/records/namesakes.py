"""Decisions of one file name in several folders, as a repository of several projects has them: told apart by place."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.records.adopted import adopted
from mkdocs_handoff.records.record import DECISION, Origin, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.records.record import Identity, Record

OF_FOLDERS = Origin("inferred", "the file's name and its folder's: another decision has the file's name")
# Folders that say what lies in them, and not of which part of a repository it is.
_GENERAL = frozenset(
    ("doc", "docs", "documentation", "adr", "adrs", "madr", "decision", "decisions", "decision-records",
     "architecture", "architecture-decisions", "architecture-decision-records")
)  # fmt: skip


def told_apart(records: Sequence[Record], findings: Sequence[Finding]) -> tuple[list[Record], list[Finding]]:
    """Return records and findings, where adopted decisions that have one name have names of their own.

    All of them have their folders' names before the file's, which stays an alias of each: what is added beside or above
    takes nobody's name. Only what stands in no folder keeps it. What is ours, or has an `id`, is not renamed: two of
    those with one name are an error.
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


def names_in_sidecars(identity: Identity, path: str) -> tuple[str, ...]:
    """Return by which names a sidecar may speak of a decision that is called after its file: also those of its place.

    Which one its page shows depends on what else there is, and what a file says does not.
    """
    names = (identity.name, *_placed_names(path, identity.name)) if identity.kind == DECISION else (identity.name,)
    return tuple(dict.fromkeys(str(replace(identity, name=name)) for name in names))


def _renamed(alike: Sequence[Record], taken: set[str]) -> Iterator[Record]:
    """Yield the records of one name that get another one."""
    movable = sorted((one for one in alike if _movable(one)), key=lambda one: one.source.path)
    placed = {one.source.path: _placed_names(one.source.path, one.identity.name) for one in movable}
    # Of a name that two places have alike neither is the first: each has its longer one.
    often = Counter(names[0] for names in placed.values() if names)
    for record in movable:
        names = placed[record.source.path]
        name = next((one for one in names if one not in taken and (often[one] < 2 or one == names[-1])), "")
        if name:
            taken.add(name)
            yield replace(
                record,
                identity=replace(record.identity, name=name),
                aliases=(record.identity.name, *(one for one in record.aliases if one != name)),
                origins=MappingProxyType({**record.origins, ("id",): OF_FOLDERS}),
            )


def _movable(record: Record) -> bool:
    """Tell whether nobody wrote a record's name, and it is alone in a file of another form."""
    layer = record.source.layer
    return ("id",) in record.origins and not layer.prefix and not layer.document and adopted(record)


def _placed_names(path: str, name: str) -> tuple[str, ...]:
    """Return the names that a decision may have by its place, the shorter one first; none where it is in no folder."""
    folders = [one for part in posixpath.dirname(path).split("/") if (one := slug(part))]
    short = [one for one in folders if one not in _GENERAL]
    return tuple(dict.fromkeys("-".join((*said, name)) for said in (short, folders) if said))


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
