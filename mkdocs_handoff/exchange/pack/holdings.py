"""What a pack holds beside its pages: the files of the records in scope, and the artifacts that they name."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_handoff.artifacts import algorithms, digest, lfs
from mkdocs_handoff.artifacts.algorithms import SHA_256
from mkdocs_handoff.artifacts.digest import UnreadError
from mkdocs_handoff.artifacts.stated import stated_by
from mkdocs_handoff.exchange.pack.archive import Member
from mkdocs_handoff.history.worktree import Place
from mkdocs_handoff.observations.files import size_of
from mkdocs_handoff.observations.sources import observations
from mkdocs_handoff.text.files import inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mkdocs_handoff.artifacts.stated import Stated
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity, Record

RECORDS, ARTIFACTS = "records", "artifacts"
"""The folders of a pack for the two; what is in them stands at the paths that it has in the project."""

_PENDING = frozenset((Place.MODIFIED, Place.MOVED, Place.ADDED, Place.UNTRACKED))


class GoneError(Exception):
    """A record's file cannot be read any more; the text says which, and why."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a record says of an artifact. `agrees` is None where it was not looked at."""

    record: Identity
    alg: str
    content: str
    size: int | None
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that records in scope name with a checksum.

    Attributes:
        path: From the project's root; as written, where it is not a file of the project.
        claims: What records say of it.
        size: Its bytes; None where it was not read.
        sha256: Its checksum; empty where it was not read.
        member: Where it stands in the pack; empty where it does not.
        absent: Why it does not.
        pointer: Whether what lies in the repository is a git-lfs pointer; size and checksum are what it says.
    """

    path: str
    claims: tuple[Claim, ...]
    size: int | None = None
    sha256: str = ""
    member: str = ""
    absent: str = ""
    pointer: bool = False

    @property
    def wrong(self) -> bool:
        """Whether it is not what a record says."""
        return any(claim.agrees is False for claim in self.claims)


@dataclass(frozen=True)
class Holdings:
    """Records and artifacts of a pack.

    Attributes:
        files: The files of each record: its own, its sidecar, those that its values come from, its observations.
        artifacts: By path; also other files that are named and may not go along.
        members: What of them goes into the pack.
        uncommitted: Those that differ from the last commit, or that git does not have.
    """

    files: Mapping[Identity, tuple[str, ...]]
    artifacts: tuple[Artifact, ...]
    members: tuple[Member, ...] = field(repr=False)
    uncommitted: tuple[str, ...] = ()


def holdings(project: Project, history: History, scope: Iterable[Identity], *, include: bool, limit: int) -> Holdings:
    """Collect what records in scope are written in, and the artifacts that they name.

    Args:
        project: The project.
        history: What git knows of its paths.
        scope: The records.
        include: Whether artifacts go along; else only their size and checksum.
        limit: The bytes from which on one does not.

    Raises:
        GoneError: A record's file cannot be read.
    """
    root, catalog = project.settings.root, project.catalog
    used = frozenset(project.records.used)
    files: dict[Identity, tuple[str, ...]] = {}
    stated: dict[str, list[Stated]] = {}
    for identity in scope:
        record = catalog.records[identity]
        own, named = _own_files(record), _named_files(record, used, root)
        files[identity] = tuple(dict.fromkeys((*own, *(path for path in named if not kept_back(root, path, history)))))
        for path in named:
            if path not in files[identity]:
                stated.setdefault(path, [])
        for one in stated_by(record, catalog, root):
            if (one.file or one.path) and not one.directory:
                stated.setdefault(one.file or one.path, []).append(one)
    paths = sorted({path for listed in files.values() for path in listed})
    members = [Member(f"{RECORDS}/{path}", _read(root, path)) for path in paths]
    artifacts = []
    for path, claims in sorted(stated.items()):
        made, content = _artifact(root, path, claims, limit if include else -1, kept_back(root, path, history))
        artifacts.append(made)
        if made.member:
            members.append(Member(made.member, content))
    known = (one.path for one in artifacts if one.size is not None and not kept_back(root, one.path, history))
    looked_at = [*paths, *known]
    return Holdings(files, tuple(artifacts), tuple(members), _uncommitted(history, looked_at))


def kept_back(root: Path, path: str, history: History) -> str:
    """Return why a file may not leave the project, though a record names it; empty where it may.

    What is hidden (`.env`), or what git ignores or was never given, may hold what nobody meant to hand over: passwords,
    keys, data of customers. A link is as what it leads to.

    Args:
        root: The project's root.
        path: The file, from there.
        history: What git knows of its paths.
    """
    try:
        real = os.path.relpath(os.path.realpath(root / path), os.path.realpath(root)).replace(os.sep, "/")
    except (OSError, ValueError):
        real = path
    for one in dict.fromkeys((path, real)):
        parts = one.split("/")
        if any(part.startswith(".") and part not in (*_SHOWN, ".", "..") for part in parts):
            return "hidden: what may hold credentials is not handed over"
        if history.readable and history.place(one) is Place.UNTRACKED:
            return "git does not have it (ignored, or never added), and so it is not handed over"
    return ""


_SHOWN = (".eval_results",)
"""Hidden folders that hold what is meant to be seen: the Hugging Face Hub's."""


def _own_files(record: Record) -> tuple[str, ...]:
    """Return the record's own file, and its sidecar."""
    sidecar = record.source.sidecar
    return (record.source.path, *([sidecar.path] if sidecar is not None else []))


def _named_files(record: Record, used: frozenset[str], root: Path) -> tuple[str, ...]:
    """Return the files that a record's values come from, and its observations."""
    computed = (origin.source for origin in record.origins.values() if origin.how == "computed")
    values = {path for source in computed for path in (source.partition("#")[0], source) if path in used}
    observed = (one.file for one in observations(record) if one.file and isinstance(size_of(root, one.file), int))
    return tuple(dict.fromkeys((*sorted(values), *observed)))


def _read(root: Path, path: str) -> bytes:
    try:
        if not inside(root, root / path):
            raise GoneError(f"{path} is a link to a place outside the project")
        return (root / path).read_bytes()
    except OSError as error:
        raise GoneError(f"{path} cannot be read: {error.strerror or error}") from None


def _artifact(root: Path, path: str, stated: list[Stated], limit: int, kept: str) -> tuple[Artifact, bytes]:
    """Return an artifact, and what it holds if it goes along: nothing is read of what is not a file of the project.

    Args:
        root: The project's root.
        path: The file, from there.
        stated: What records say of it; nothing of a file that values or observations come from.
        limit: The bytes from which on it stays; negative: in any case.
        kept: Why it may not go along at all; empty where it may.
    """
    first = stated[0] if stated else None
    if first is not None and not first.file:
        why = "outside the project" if first.outside else first.elsewhere or first.flaw or "no file of this project"
        return Artifact(path, _claims(stated, {}), absent=why), b""
    known = {name for one in stated if (name := algorithms.known(one.alg))}
    try:
        file = digest.real(root, path)
        found = digest.digests(file, {SHA_256, *known})
        pointer = lfs.pointer(found.head, found.size)
        if pointer is not None:
            told = _claims(stated, {SHA_256: pointer.oid})
            why = "a git-lfs pointer: its content was not fetched"
            return Artifact(path, told, pointer.size, pointer.oid, absent=why, pointer=True), b""
        made = Artifact(path, _claims(stated, found.values), found.size, found.values[SHA_256])
        if kept:
            return _with(made, absent=kept), b""
        if limit < 0 or found.size > limit:
            why = "only its checksum was asked for" if limit < 0 else "larger than the limit"
            return _with(made, absent=why), b""
        content = file.read_bytes()
    except (UnreadError, OSError) as error:
        why = error.reason if isinstance(error, UnreadError) else str(error.strerror or error)
        return Artifact(path, _claims(stated, {}), absent=why), b""
    member = Member(f"{ARTIFACTS}/{path}", content)
    if member.sha256 != made.sha256:
        return _with(made, absent="it changed while it was read"), b""
    return _with(made, member=member.path), content


def _with(artifact: Artifact, *, member: str = "", absent: str = "") -> Artifact:
    return Artifact(artifact.path, artifact.claims, artifact.size, artifact.sha256, member, absent)


def _claims(stated: list[Stated], values: Mapping[str, str]) -> tuple[Claim, ...]:
    """Return what records say, and whether it is so; what several say alike of one file is told of each once."""
    claims = []
    for one in stated:
        name, digits = algorithms.known(one.alg), algorithms.hexadecimal(one.content)
        has = values.get(name or "")
        agrees = has == digits if has is not None and digits is not None else None
        claims.append(Claim(one.record, one.alg, one.content, one.size, agrees))
    return tuple(dict.fromkeys(claims))


def _uncommitted(history: History, paths: Iterable[str]) -> tuple[str, ...]:
    if not history.readable:
        return ()
    return tuple(sorted({path for path in paths if history.place(path) in _PENDING}))
