"""Ordinary relative links in prose: which record, or which file, they lead to."""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from mkdocs_handoff.catalog.relations import MENTIONED, MENTIONS, Relation
from mkdocs_handoff.findings import Finding, Place, Severity
from mkdocs_handoff.records.record import slug
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mkdocs_handoff.catalog.passages import Passage
    from mkdocs_handoff.records.record import Identity, Record

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
SAFE_SCHEMES = frozenset(("http", "https", "mailto", "ftp", "tel", "sftp", "ssh", "git", "s3", "gs", "data-catalog"))
_FOLDER_PAGES = ("README.md", "index.md", "readme.md")


@dataclass(frozen=True, slots=True)
class Local:
    """Where a relative link leads: a path from the project's root (empty if it leads out of it), and a fragment."""

    path: str
    fragment: str


def local(target: str, path: str) -> Local | None:
    """Return where a link in the file at `path` leads, or None where it is no relative link to a file."""
    if not target or target.startswith(("#", "/", "\\")) or _SCHEME.match(target):
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    return Local("" if joined == ".." or joined.startswith("../") else joined, parts.fragment)


def scheme(target: str) -> str:
    """Return a link's scheme, in lower case, without what browsers ignore in it; empty for a relative link."""
    cleaned = re.sub(r"[\x00-\x20]+", "", unescape(target))
    return cleaned.partition(":")[0].lower() if _SCHEME.match(cleaned) else ""


def record_at(where: Local, files: Mapping[str, tuple[Identity, ...]]) -> Identity | None:
    """Return the record that a local link means: the file's only one, or the one that the fragment names."""
    for path in (where.path, *(posixpath.join(where.path, name) for name in _FOLDER_PAGES)):
        identities = files.get(path, ())
        if len(identities) == 1:
            return identities[0]
        named = slug(where.fragment)
        for identity in identities:
            if identity.name == named:
                return identity
    return None


def follow(
    record: Record, passages: Iterable[Passage], files: Mapping[str, tuple[Identity, ...]], root: Path
) -> tuple[list[Relation], list[Finding]]:
    """Return the relations that the links in a record's Markdown make, and what is wrong with the links."""
    relations: list[Relation] = []
    findings: list[Finding] = []
    for passage, link in ((held, link) for held in passages for link in held.links):
        place = passage.place(record, link.line, link.column)
        named = scheme(link.target)
        if named and named not in SAFE_SCHEMES:
            message = f"links to {link.target[:40]!r}, and pages do not link to {named}: addresses"
            findings.append(_warn(place, "link/scheme", message, "Link to an https, http or mailto address."))
            continue
        where = local(link.target, record.source.path)
        if where is None:
            continue
        if not where.path:
            message = f"{link.target!r} leads out of the project"
            findings.append(_warn(place, "link/outside", message, "Link to an address that readers of the site have."))
            continue
        target = None if link.image else record_at(where, files)
        if target is not None:
            if target != record.identity:
                line = passage.line(link.line)
                relations.append(Relation(record.identity, target, MENTIONS, MENTIONED, passage.path, line))
        elif where.path not in files and not exists(root, where.path):
            message = f"{link.target!r} links to a file that is not there"
            findings.append(_warn(place, "link/missing", message, _meant(link.target, where.path, root)))
    return relations, [finding.about(str(record.identity)) for finding in findings]


_HOST = re.compile(r"(?:[\w-]+\.)+(?:com|org|net|io|edu|gov|ai|dev)(?:/|$)", re.IGNORECASE)


def _meant(target: str, path: str, root: Path) -> str:
    """Return what the writer of a link that leads nowhere may have meant, and what to do."""
    if "@" in target and "/" not in target:
        return f"An address to write to is `mailto:{target}`."
    if _HOST.match(target):
        return f"An address on the web needs its scheme: `https://{target}`."
    beside = nearest(posixpath.basename(path), _files_in(root, posixpath.dirname(path)))
    do = f"Did you mean {beside!r} there?" if beside else "Write that file, or link to one that is there."
    return f"It means {path!r}, from the project's root. {do}"


def _files_in(root: Path, folder: str) -> list[str]:
    try:
        return sorted(os.listdir(os.path.join(root, folder)))  # noqa: PTH118, PTH208 - names that no system can hold
    except (OSError, ValueError):
        return []


def exists(root: Path, path: str) -> bool:
    """Tell whether there is a file or folder; a name that no system can hold names none."""
    return os.path.exists(os.path.join(root, path))  # noqa: PTH110, PTH118 - pathlib raises for names that are too long


def _warn(place: Place, rule: str, message: str, hint: str) -> Finding:
    return Finding(place, rule, message, hint, Severity.WARNING)


def by_file(records: Iterable[Record]) -> dict[str, tuple[Identity, ...]]:
    """Return the records of each file."""
    files: dict[str, list[Identity]] = {}
    for record in records:
        files.setdefault(record.source.path, []).append(record.identity)
    return {path: tuple(identities) for path, identities in files.items()}
