"""What a record's material fields were at the commits that changed its files.

Contents are asked of git for many records at once: a pair of processes (records with sidecars, then the files that
their values come from), however many records there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Finding
from mkdocs_handoff.history.contents import Missing
from mkdocs_handoff.history.worktree import Place
from mkdocs_handoff.records.discover import SIDECAR
from mkdocs_handoff.records.documents import take_apart
from mkdocs_handoff.records.reread import reread
from mkdocs_handoff.records.sidecar import read_sidecar
from mkdocs_handoff.staleness.entries import named, standing_in
from mkdocs_handoff.staleness.material import fingerprint, material, narrowed
from mkdocs_handoff.text.files import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.facts import Change
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.records.documents import Document
    from mkdocs_handoff.records.record import Gap, Identity, Record
    from mkdocs_handoff.records.sidecar import Sidecar
    from mkdocs_handoff.staleness.entries import Entry
    from mkdocs_handoff.text.yaml import Path


@dataclass(frozen=True, slots=True)
class Version:
    """A record's material fields after a commit.

    Attributes:
        change: The commit, and how the record's own file was called.
        known: Whether git could give the files.
        fields: Empty where there was no such record.
        fingerprint: Empty likewise.
        reviewed: `last_reviewed` as it was written; empty where it was not.
        kept: Those of the fields that the archive keeps of its kind, whether they are material or not.
        gaps: What was stated to be missing, by path.
    """

    change: Change
    known: bool
    fields: Mapping[str, Any]
    fingerprint: str
    reviewed: str = ""
    kept: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    gaps: Mapping[Path, Gap] = field(default_factory=lambda: MappingProxyType({}))

    def heeding(self, heeded: tuple[str, ...]) -> Version:
        """Return what it is to a record that heeds only some fields."""
        if not heeded or not self.fingerprint:
            return self
        fields = narrowed(self.fields, heeded)
        return replace(self, fields=fields, fingerprint=fingerprint(fields))


_Asked = tuple["Identity", str]
_UNCOMMITTED = frozenset({Place.MODIFIED, Place.MOVED, Place.ADDED, Place.UNTRACKED})


class Archive:
    """Old versions of records, each read once."""

    def __init__(self, catalog: Catalog, history: History, keep: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """Take the records as they are, and where to ask for what they were.

        Args:
            catalog: The records.
            history: What git knows of their files.
            keep: By kind, fields that versions keep as well, material or not.
        """
        self._catalog = catalog
        self._keep = keep or {}
        self._history = history
        self._held: dict[tuple[str, str], bytes | Missing] = {}
        self._trails: dict[Identity, tuple[Change, ...]] = {}
        self._versions: dict[_Asked, Version] = {}
        self._taken: dict[tuple[str, str, str, str], Mapping[Entry, Document]] = {}
        self._beside: dict[tuple[str, str], Sidecar | None] = {}
        self._now: dict[Identity, tuple[Mapping[str, Any], str]] = {}

    def now(self, identity: Identity) -> tuple[Mapping[str, Any], str]:
        """Return a record's material fields and their fingerprint as they are."""
        if identity not in self._now:
            record = self._catalog.records[identity]
            fields = material(record, self._catalog.kinds[identity.kind])
            self._now[identity] = fields, fingerprint(fields)
        return self._now[identity]

    def uncommitted(self, identity: Identity) -> tuple[str, ...]:
        """Return those of a record's files that differ from the last commit."""
        record = self._catalog.records[identity]
        return tuple(path for path in files_of(record) if self._history.place(path) in _UNCOMMITTED)

    def trail(self, identity: Identity) -> tuple[Change, ...]:
        """Return the commits that touched a record's files, newest first, each once, by its own file's name then."""
        if identity not in self._trails:
            record = self._catalog.records[identity]
            own, *others = files_of(record)
            found = list(self._history.trail(own))
            known = {change.commit.sha for change in found}
            for path in others:
                more = [change for change in self._history.trail(path) if change.commit.sha not in known]
                known.update(change.commit.sha for change in more)
                found.extend(more)
            if others:
                found.sort(key=lambda change: -change.commit.time)
            self._trails[identity] = tuple(found)
        return self._trails[identity]

    def past(self, identity: Identity) -> tuple[Change, ...]:
        """Return the trail, continued under older names of the record's own file."""
        known = self.trail(identity)
        shas = {change.commit.sha for change in known}
        own = files_of(self._catalog.records[identity])[0]
        return (*known, *(change for change in self._history.past(own) if change.commit.sha not in shas))

    def read(self, asked: Iterable[tuple[Identity, Change]]) -> None:
        """Read versions of records, all at once; `version` gives them."""
        wanted = {
            (identity, change.commit.sha): change
            for identity, change in asked
            if (identity, change.commit.sha) not in self._versions
        }
        self._fetch(
            (sha, path)
            for (identity, sha), change in wanted.items()
            for own in (self._own_path(identity, change),)
            for path in (own, own + SIDECAR)
        )
        lacking: set[tuple[str, str]] = set()
        for (identity, _), change in wanted.items():
            self._make(identity, change, lacking)
        if lacking:  # values that stand in files nobody has asked for yet
            self._fetch(lacking)
            for (identity, _), change in wanted.items():
                self._make(identity, change, set())

    def raw(self, asked: Iterable[tuple[Identity, Change]]) -> dict[tuple[Identity, str], bytes | None]:
        """Return the bytes of records' own files and sidecars at commits, by identity and commit, without reading them.

        None where git could not give one of the two.
        """
        paths = {(identity, change.commit.sha): self._own_path(identity, change) for identity, change in asked}
        self._fetch((sha, path + end) for (_, sha), path in paths.items() for end in ("", SIDECAR))
        found: dict[tuple[Identity, str], bytes | None] = {}
        for (identity, sha), path in paths.items():
            held = [self._held[sha, path + end] for end in ("", SIDECAR)]
            texts = [one for one in held if isinstance(one, bytes)]
            found[identity, sha] = None if Missing.UNKNOWN in held else b"\n".join(texts)
        return found

    def version(self, identity: Identity, change: Change) -> Version:
        """Return one version, which `read` has read."""
        return self._versions[identity, change.commit.sha]

    def _own_path(self, identity: Identity, change: Change) -> str:
        """Return how the record's own file was called: a change of another file says nothing of it."""
        own, *others = files_of(self._catalog.records[identity])
        return own if change.path in others else change.path

    def _fetch(self, requests: Iterable[tuple[str, str]]) -> None:
        missing = [request for request in dict.fromkeys(requests) if request not in self._held]
        if missing:
            self._held.update(self._history.contents(missing))

    def _make(self, identity: Identity, change: Change, lacking: set[tuple[str, str]]) -> None:
        kind = self._catalog.kinds[identity.kind]
        sha, path = change.commit.sha, self._own_path(identity, change)
        unknown: list[str] = []

        def text(wanted: str) -> str | None:
            held = self._held.get((sha, wanted))
            if held is None:
                lacking.add((sha, wanted))
                return None
            if isinstance(held, Missing):
                if held is Missing.UNKNOWN:
                    unknown.append(wanted)
                return None
            read = decode(wanted, held)
            return None if isinstance(read, Finding) else read

        then: Record | None = None
        documents = self._documents(sha, path, identity, text)
        document = next(iter(documents.values())) if len(documents) == 1 else documents.get((kind.name, identity.name))
        if document is not None:
            beside = self._sidecar(sha, path + SIDECAR, text)
            sidecar = beside if beside is not None and (len(documents) == 1 or beside.by_record) else None
            then = reread(self._catalog.records[identity], kind, document, sidecar, text, self._catalog.namespace)
        fields = material(then, kind) if then is not None else {}
        self._versions[identity, sha] = Version(
            change,
            not unknown,
            fields,
            fingerprint(fields) if then is not None else "",
            str(then.get("last_reviewed") or "") if then is not None else "",
            _kept(then, self._keep.get(kind.name, ())),
            then.gaps if then is not None else MappingProxyType({}),
        )

    def _documents(
        self, sha: str, path: str, identity: Identity, text: Callable[[str], str | None]
    ) -> Mapping[Entry, Document]:
        """Return what a record's file held at a commit, by kind and name; one of many records is taken apart once."""
        kind, own = self._catalog.kinds[identity.kind], self._catalog.records[identity].source.path
        key = (sha, path, kind.name, own)
        if key not in self._taken:
            held = text(path)
            parts = take_apart(path, held, kind.list_key).documents if held is not None else ()
            standing = standing_in(self._catalog, own)
            self._taken[key] = {named(document, kind.name, standing): document for document in parts}
        return self._taken[key]

    def _sidecar(self, sha: str, path: str, text: Callable[[str], str | None]) -> Sidecar | None:
        """Return a sidecar as it was at a commit; one beside a file of many records is read once."""
        if (sha, path) not in self._beside:
            held = text(path)
            self._beside[sha, path] = read_sidecar(path, held) if held is not None else None
        return self._beside[sha, path]


def _kept(then: Record | None, names: tuple[str, ...]) -> Mapping[str, Any]:
    return {name: then.fields[name] for name in names if name in then.fields} if then is not None else {}


def files_of(record: Record) -> tuple[str, ...]:
    """Return the files that a record is made of: its own, its sidecar, those that values come from."""
    source = record.source
    values = (
        origin.source.partition("#")[0]
        for origin in record.origins.values()
        if origin.how == "computed" and origin.source
    )
    beside = (source.sidecar.path,) if source.sidecar is not None else ()
    return tuple(dict.fromkeys((source.path, *beside, *values)))
