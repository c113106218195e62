"""Resolving references: to a record, to a wanted page, to an address outside, or to a finding."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.references import parse, written
from mkdocs_handoff.catalog.relations import MENTIONED, MENTIONS, External, Relation, Wanted
from mkdocs_handoff.catalog.values import value_at
from mkdocs_handoff.findings import Edit, Finding, Fix, Place, Severity
from mkdocs_handoff.records.adopted import adopted
from mkdocs_handoff.records.record import DECISION
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mkdocs_handoff.catalog.index import Index
    from mkdocs_handoff.catalog.passages import Passage
    from mkdocs_handoff.catalog.references import Name, Written
    from mkdocs_handoff.records.markdown import Mention
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.schema.fields import Reference
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.yaml import Path


SUPERSESSION = ("supersedes", "superseded_by")
_MAILED = re.compile(r"[^<>]*<([^<>\s@]+@[^<>\s@]+)>")
"""A person as mail names them: `Ann Lee <ann@acme.example>`."""


@dataclass(slots=True)
class Resolver:
    """Resolves the references of all records, one record after the other."""

    index: Index
    kinds: Mapping[str, Kind]
    namespace: str
    files: Mapping[str, tuple[Identity, ...]] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    targets: dict[tuple[Identity, Path], Identity | External | Wanted] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _bare: list[tuple[str, Identity, Place]] = field(default_factory=list)
    _wanted: dict[tuple[str, str], list[tuple[Identity, Place, Path]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def record(self, record: Record, passages: Iterable[Passage]) -> None:
        """Resolve the references in a record's fields and in its Markdown."""
        kind = self.kinds[record.kind]
        for reference in written(record, kind.root):
            self._field(record, reference)
        for passage in passages:
            for mention in passage.mentions:
                self._mention(record, passage, mention)

    def wanted(self) -> tuple[Wanted, ...]:
        """Return what is referred to and not written, the most wanted first, and let each reference know its own."""
        self._join_bare()
        found: dict[tuple[str, str], Wanted] = {}
        for (kind, name), askers in self._wanted.items():
            found[kind, name] = Wanted(kind, name, tuple((asker, place) for asker, place, _ in askers))
            for asker, _, path in askers:
                if path:
                    self.targets[asker, path] = found[kind, name]
        ranked = sorted(found.values(), key=lambda wanted: (-len(wanted.wanted_by), wanted.kind, wanted.name))
        return tuple(ranked)

    def _join_bare(self) -> None:
        """Count `[[name]]` in prose for the one record of that name that a field, or other prose, wants."""
        kinds: dict[str, list[str]] = defaultdict(list)
        for kind, name in self._wanted:
            kinds[name].append(kind)
        for name, asker, place in self._bare:
            if len(kinds.get(name, ())) == 1:
                self._wanted[kinds[name][0], name].append((asker, place, ()))

    def _field(self, record: Record, one: Written) -> None:
        reference = one.reference
        mailed = _MAILED.fullmatch(one.text.strip()) if reference.text else None
        name = parse(mailed[1] if mailed is not None else one.text, self.namespace)
        kinds = () if reference.any_kind else reference.kinds
        if name is not None and name.kind and "/" not in one.text and one.text.startswith(("http:", "https:")):
            name = None
        if name is None:
            self._unparsed(record, one)
            return
        if name.kind and name.kind not in kinds and name.kind not in self.kinds:
            self._no_kind(record, one, name)
            return
        if name.kind and kinds and name.kind not in kinds:
            takes = " or ".join(kinds)
            hint = f"Name a {takes}, or write this in the field that takes a {name.kind}."
            message = f"{one.text!r} is a {name.kind}, and {_field(one.path)} takes a {takes}"
            self._tell(record, one.path, "reference/kind", message, hint)
            return
        linked = self._linked(record, one)
        found = (linked,) if linked is not None else self._nearby(record, name, self.index.meant(name, reference))
        if len(found) > 1:
            self._ambiguous(record, one.path, one.text, found)
        elif found:
            self._relate(record, found[0], one, one.version or name.version)
        else:
            self._unmatched(record, one, name, kinds)

    def _linked(self, record: Record, one: Written) -> Identity | None:
        """Return the record of the file to which a link leads that a reference was read from."""
        path = record.source.linked.get(one.path)
        found = self.files.get(path, ()) if path else ()
        return found[0] if len(found) == 1 and found[0] != record.identity else None

    def _nearby(self, record: Record, name: Name, found: tuple[Identity, ...]) -> tuple[Identity, ...]:
        """Return what a decision means by a number or a file's name: of several folders' decisions that of its own.

        Each folder counts from one. A reference that says its kind is as exact as it can be. None means itself, where
        it can mean another one.
        """
        if record.kind != DECISION or any(identity.kind != DECISION for identity in found):
            return found
        found = tuple(identity for identity in found if identity != record.identity) or found
        if name.kind and len(found) == 1:
            return found
        beside = self.index.beside(name, DECISION, posixpath.dirname(record.source.path)) if found else ()
        others = tuple(identity for identity in beside if identity != record.identity)
        return others if len(others) == 1 else found

    def _no_kind(self, record: Record, one: Written, name: Name) -> None:
        near = nearest(name.kind, self.kinds)
        hint = f"Did you mean '{near}:{name.name}'?" if near else f"Known kinds: {', '.join(self.kinds)}."
        message = f"{one.text!r} names a kind that there is none of"
        if near or not (one.reference.text or one.reference.external):
            self._tell(record, one.path, "reference/kind", message, hint)

    def _unparsed(self, record: Record, one: Written) -> None:
        if one.text.startswith(("https://", "http://")):
            self.targets[record.identity, one.path] = External(one.text, one.text)
        elif one.path[0] in SUPERSESSION and adopted(record):
            return  # `supersedes: the plan of June (Ann)`: words are words
        elif not one.reference.text and not one.reference.external:
            hint = "A reference is `kind:name`, or the bare name where the field can hold one kind."
            self._tell(record, one.path, "reference/form", f"{one.text[:60]!r} is no reference", hint, Severity.WARNING)

    def _relate(self, record: Record, target: Identity, one: Written, version: str) -> None:
        reference = one.reference
        self.targets[record.identity, one.path] = target
        if target == record.identity:
            if one.path[0] == "reviewers":  # who else should say whether a person's own page is true?
                return
            self._tell(record, one.path, "reference/self", f"{one.text!r} is this record itself", "Take it out.")
            return
        self.relations.append(
            Relation(
                record.identity,
                target,
                reference.relation,
                reference.inverse,
                one.path,
                version=version,
                suspect=reference.suspect,
                heeded=reference.heeded,
                lineage=reference.lineage,
            )
        )
        self._version(record, one, target, version)

    def _version(self, record: Record, one: Written, target: Identity, version: str) -> None:
        known = versions(self.index.records[target])
        if version and known and version not in known:
            hint = f"{self.index.records[target].source.path} has: {', '.join(known)}."
            self._tell(
                record, one.path, "reference/version", f"{target} has no version {version!r}", hint, Severity.WARNING
            )

    def _unmatched(self, record: Record, one: Written, name: Name, kinds: tuple[str, ...]) -> None:
        reference = one.reference
        near = None if name.namespace else self.index.near(name, kinds)
        if near is not None and not reference.text:
            severity = Severity.WARNING if reference.external else Severity.ERROR
            message = f"{one.text!r} in {_field(one.path)} names no record"
            hint = f"Did you mean {self._shortest(near, reference)!r}?"
            only = self.index.only_near(name, kinds)
            meant = one.text.partition("@")[0]
            right = one.text.replace(meant, self._shortest(near, reference), 1) if only == near else ""
            fix = record.source.fix(one.path, one.text, right) if right else None
            self._tell(record, one.path, "reference/near-miss", message, hint, severity, fix)
        if reference.external and not name.kind:
            if not any(map(str.isspace, one.text.strip())):  # words are no name on a hub
                address = reference.external.replace("{name}", one.text.strip())
                self.targets[record.identity, one.path] = External(one.text, address)
        elif near is None and not reference.text and not name.namespace:
            kind = name.kind or (kinds[0] if len(kinds) == 1 else "")
            self._wanted[kind, name.name].append((record.identity, record.source.place(one.path), one.path))

    def _shortest(self, identity: Identity, reference: Reference) -> str:
        return identity.name if len(reference.kinds) == 1 and not reference.any_kind else str(identity)

    def _mention(self, record: Record, passage: Passage, mention: Mention) -> None:
        name = parse(mention.reference, self.namespace)
        if name is None:
            return
        found = self._nearby(record, name, self.index.candidates(name, ()))
        place = passage.place(record, mention.line, mention.column)
        if len(found) > 1 and not name.kind:
            found = tuple(identity for identity in found if identity.kind != "term") or found
        if len(found) > 1:
            self._ambiguous(record, (), mention.reference, found, place)
        elif found:
            self._mentioned(record, passage, mention, found[0], place)
        elif near := (None if name.namespace else self.index.near(name, ())):
            message = f"[[{mention.reference}]] names no record"
            fix = None
            if not passage.path and self.index.only_near(name, ()) == near:
                right = mention.reference.replace(mention.reference.partition("@")[0], str(near), 1)
                edit = Edit(place, f"[[{mention.reference}", f"[[{right}")
                fix = Fix(f"Write '[[{right}]]' in place of '[[{mention.reference}]]'.", (edit,))
            finding = Finding(place, "reference/near-miss", message, f"Did you mean [[{near}]]?", fix=fix)
            self.findings.append(finding.about(str(record.identity)))
        elif not name.kind:
            self._bare.append((name.name, record.identity, place))
        elif name.kind in self.kinds:
            if not name.namespace:
                self._wanted[name.kind, name.name].append((record.identity, place, ()))
        elif kind := nearest(name.kind, self.kinds):
            message = f"[[{mention.reference}]] names a kind that there is none of"
            finding = Finding(place, "reference/kind", message, f"Did you mean [[{kind}:{name.name}]]?")
            self.findings.append(finding.about(str(record.identity)))

    def _mentioned(self, record: Record, passage: Passage, mention: Mention, target: Identity, place: Place) -> None:
        if target != record.identity:
            line = passage.line(mention.line)
            self.relations.append(Relation(record.identity, target, MENTIONS, MENTIONED, passage.path, line))
        stated = tuple(mention.field.split(".")) in self.index.records[target].gaps
        value = value_at(self.index.records[target], mention.field) if mention.field and not stated else ""
        if value is None or isinstance(value, dict | list):
            named = f"[[{mention.reference}#{mention.field}]]"
            message = f"{named}: {target} has no value {mention.field!r}"
            hint = f"It has: {', '.join(sorted(self.index.records[target].fields))}."
            self.findings.append(Finding(place, "reference/field", message, hint, subject=str(record.identity)))

    def _ambiguous(
        self, record: Record, path: Path, text: str, found: tuple[Identity, ...], place: Place | None = None
    ) -> None:
        hint = f"Write one of: {', '.join(str(identity) for identity in sorted(found))}."
        message = f"{text!r} may mean {len(found)} records"
        severity = _severity(record, path)
        finding = Finding(place or record.source.place(path), "reference/ambiguous", message, hint, severity)
        self.findings.append(finding.about(str(record.identity)))

    def _tell(
        self,
        record: Record,
        path: Path,
        rule: str,
        message: str,
        hint: str,
        severity: Severity = Severity.ERROR,
        fix: Fix | None = None,
    ) -> None:
        severity = severity if severity != Severity.ERROR else _severity(record, path)
        finding = Finding(record.source.place(path), rule, message, hint, severity, fix=fix)
        self.findings.append(finding.about(str(record.identity)))


def _severity(record: Record, path: Path) -> Severity:
    """Return how much a wrong reference weighs: in a value that nobody wrote as one of ours it fails nothing."""
    if path[:1] in record.source.added:
        return Severity.ERROR
    origin = record.origins.get(path[:1])
    theirs = origin is not None and origin.how in ("imported", "inferred")
    theirs = theirs or (bool(path) and path[0] in SUPERSESSION and adopted(record))
    return Severity.WARNING if theirs else Severity.ERROR


def versions(record: Record) -> tuple[str, ...]:
    """Return the versions that a record lists; its single `version` where it lists none."""
    listed = record.get("versions")
    named = [one.get("version") for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    single: Any = record.get("version")
    return tuple(str(version) for version in (*named, single) if version not in (None, ""))


def _field(path: Path) -> str:
    named = [step for step in path if isinstance(step, str) and step not in ("ref", "id")]
    return repr(named[-1]) if named else "the field"
