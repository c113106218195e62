"""What records state of files: which file, and which checksum it has.

Wherever a record has a mapping with a `checksum` (an artifact of a version, a file of a dataset, an input or output of
a pipeline's step, a field of a kind of your own), an entry of `checksums`, a `root_digest`, or a `dvc.lock` that it
names, that is a statement that can be checked.
"""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.artifacts import algorithms, dvc
from mkdocs_handoff.artifacts.located import in_words, located, stage_folders, there
from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.text import paths, yaml
from mkdocs_handoff.text.files import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path as Folder

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.text.yaml import Path

ROOT_DIGEST = "root_digest"
_LOCKS = (("dvc_lock",), ("reproduce", "dvc_lock"))
_EVIDENCE = frozenset(("verified", "runs", "seen", "sign_offs", "reproduction"))
"""Fields that tell what was once found, and state nothing of today's files."""

_LISTS = frozenset(("artifacts", "files", "checksums"))
"""Lists of files: one without a checksum lacks something. (A step's inputs and outputs may be anything.)"""

_GLOB = re.compile(r"[*?\[{]")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """A file, and what a record says that it is.

    Attributes:
        record: Who says it.
        at: Where in its fields.
        place: Where that is written.
        path: The file as written; of a root digest, nothing.
        file: The file from the project's root; empty where there is none here to look at.
        alg: How the checksum was made, by the standards' name where it is known, else as written.
        content: The checksum as written; empty where none is.
        size: The file's bytes as stated.
        inferred: Whether the algorithm was not written, and is taken from the number of digits.
        source: The file that the checksum was taken from (`{from: …}`, `dvc.lock`), if it is not written in the record.
        elsewhere: Why there is nothing here to look at, where that is known before looking.
        outside: Whether the path leads out of the project.
        directory: Whether it is a folder of DVC's.
        kept: Whether DVC keeps it: it need not be in the repository.
        parts: Of a root digest, the files that it is about, in the order of their names as written.
        flaw: What is wrong with the statement itself.
    """

    record: Identity
    at: Path
    place: Place
    path: str = ""
    file: str = ""
    alg: str = ""
    content: str = ""
    size: int | None = None
    inferred: bool = False
    source: str = ""
    elsewhere: str = ""
    outside: bool = False
    directory: bool = False
    kept: bool = False
    parts: tuple[str, ...] = ()
    flaw: str = ""


def stated_by(record: Record, catalog: Catalog, root: Folder) -> tuple[Stated, ...]:
    """Return what a record states of files, in the order of its fields.

    Args:
        record: Any record.
        catalog: For what its references mean.
        root: The project's root, for `dvc.lock` and for paths that count from the record's own folder.
    """
    return tuple(_Reader(record, catalog, root).found())


_NO_PATH = "no path says which file is meant"


class _Reader:
    """Reads one record."""

    def __init__(self, record: Record, catalog: Catalog, root: Folder, *, follow: bool = True) -> None:
        self.record = record
        self.follow = follow  # one step, and no circle
        self.catalog = catalog
        self.root = root
        self.folder = posixpath.dirname(record.source.path)

    def found(self) -> Iterator[Stated]:
        every: list[Stated] = []
        for name, value in self.record.fields.items():
            if name not in _EVIDENCE and name != ROOT_DIGEST:
                every.extend(self._walk(value, (name,)))
        yield from every
        yield from self._root_digest(every)
        yield from self._locks()

    def _walk(self, value: Any, at: Path) -> Iterator[Stated]:
        if isinstance(value, dict):
            one = self._mapping(value, at)
            if one is not None:
                yield one
            for name, inner in value.items():
                if name != "checksum":
                    yield from self._walk(inner, (*at, name))
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                yield from self._walk(inner, (*at, number))
        elif isinstance(value, str) and at[-2:-1] in (("artifacts",), ("files",)) and not _GLOB.search(value):
            yield self._of_file(at, value, {})

    def _mapping(self, value: Mapping[str, Any], at: Path) -> Stated | None:
        """Return what a mapping states, if it is about a file."""
        path, url, listed = _text(value.get("path")), _text(value.get("url")), len(at) > 1 and at[-2] in _LISTS
        if not path and listed and "checksum" in value:
            path = _text(value.get("name"))  # as Open Model Zoo writes it
        checksum = value.get("checksum")
        if checksum is None and "content" in value and (path or listed):
            checksum = {"alg": value.get("alg"), "content": value.get("content")}
        if checksum is None:
            in_list = listed and isinstance(at[-1], int) and at[-2] != "checksums"
            return self._of_file(at, path, value) if path and in_list and not _GLOB.search(path) else None
        where = (*at, "checksum") if "checksum" in value else (*at, "content")
        one = replace(self._of_file(at, path, value), **_checksum(checksum))
        source = self._origin(where) or self._origin((*where, "content"))
        one = replace(one, place=self.record.source.place(where), source=source)
        if path or one.flaw:
            return one
        if isinstance(value.get("ref"), str):
            return self._of_reference(one, at)
        return replace(one, elsewhere=f"only its address is given: {url}" if url else _NO_PATH)

    def _of_file(self, at: Path, path: str, value: Mapping[str, Any]) -> Stated:
        size = value.get("size")
        plain = Stated(self.record.identity, at, self.record.source.place(at), path)
        plain = replace(plain, size=size if isinstance(size, int) and not isinstance(size, bool) else None)
        one, url = self._placed(plain, self.folder), _text(value.get("url"))
        if url and one.file and not os.path.lexists(self.root / one.file):
            return replace(one, file="", elsewhere=f"it is not in the repository, and can be fetched: {url}")
        return one

    def _placed(self, one: Stated, folder: str) -> Stated:
        """Return a statement with the file that it is about."""
        if not one.path:
            return one
        if _ELSEWHERE.match(one.path):
            return replace(one, elsewhere=f"it lies in a store: {one.path}")
        if "\0" in one.path:
            return replace(one, flaw="the path holds a character that no path can have")
        file = located(one.path, folder, self.root)
        if file is None:
            return replace(one, outside=True)
        if in_words(one.path, file, self.root):
            return replace(one, elsewhere="the path says in words where it is, and names no file")
        return replace(one, file=file)

    def _of_reference(self, one: Stated, at: Path) -> Stated:
        """Return a checksum of the data of another record as one of its file, where it is clear which that is."""
        targets = self.catalog.targets
        target = targets.get((self.record.identity, (*at, "ref")), targets.get((self.record.identity, at)))
        other = self.catalog.records.get(target) if isinstance(target, Identity) else None
        if other is None or not self.follow:
            return replace(one, elsewhere=_NO_PATH)
        reader = _Reader(other, self.catalog, self.root, follow=False)
        held = [each for each in reader.found() if each.path]
        same = [each for each in held if each.content.lower() == one.content.lower()] or held
        if len({each.path for each in same}) != 1:
            which = "several files" if same else "no files"
            return replace(one, elsewhere=f"{other.identity} has {which} written down")
        return replace(
            one,
            path=same[0].path,
            file=same[0].file,
            outside=same[0].outside,
            elsewhere=f"{same[0].elsewhere} ({other.identity})" if same[0].elsewhere else "",
        )

    def _origin(self, at: Path) -> str:
        origin = self.record.origins.get(at)
        return origin.source if origin is not None and origin.how == "computed" else ""

    def _root_digest(self, every: list[Stated]) -> Iterator[Stated]:
        """Yield the digest over the digests of all files: of `checksums`, else of the artifacts that are listed."""
        written = _text(self.record.get(ROOT_DIGEST))
        if not written:
            return
        at: Path = (ROOT_DIGEST,)
        files = [one for one in every if one.at[0] == "checksums"] or self._artifacts(every)
        named = {one.path: one.file for one in files if one.path}
        one = Stated(self.record.identity, at, self.record.source.place(at), source=self._origin(at))
        one = replace(one, **_checksum(written), parts=tuple(named[path] for path in sorted(named)))
        if not one.flaw and one.alg != algorithms.SHA_256:
            one = replace(one, flaw="a root digest is a SHA-256: 64 hexadecimal digits")
        if not named and not one.flaw:
            one = replace(one, elsewhere="the record lists no files that it could be the digest of")
        elif not all(named.values()) and not one.flaw:
            one = replace(one, elsewhere="not all of the record's files are in the repository")
        yield one

    def _artifacts(self, every: list[Stated]) -> list[Stated]:
        """Return the files of the version that the record is at; without `version`, of the first that has some."""
        versions = self.record.get("versions")
        current = _text(self.record.get("version"))
        for number, version in enumerate(versions if isinstance(versions, list) else ()):
            if current and isinstance(version, dict) and _text(version.get("version")) != current:
                continue
            found = [one for one in every if one.at[:3] == ("versions", number, "artifacts")]
            if found:
                return found
        return [one for one in every if one.at[0] == "files"]

    def _locks(self) -> Iterator[Stated]:
        """Yield what the `dvc.lock` says that the record names."""
        for at in _LOCKS:
            value = self.record.at(at)
            if isinstance(value, str) and value:
                yield from self._lock(at, value)

    def _lock(self, at: Path, path: str) -> Iterator[Stated]:
        place = self.record.source.place(at)
        one = self._placed(Stated(self.record.identity, at, place, path), self.folder)
        if one.outside or one.elsewhere or one.flaw:
            yield one
            return
        text = read_text(self.root, one.file)
        if isinstance(text, Finding):
            missing = not there(self.root, one.file)
            yield one if missing else replace(one, flaw=f"the file {text.message}", outside=text.rule == "file/outside")
            return
        try:
            if one.file.endswith(".dvc"):
                entries = [(entry, "") for entry in dvc.read_dvc(text)]
            else:
                entries = list(self._entries(text, one.file))
        except dvc.DvcError as error:
            spot = Place(one.file, error.line, error.column)
            yield replace(one, place=spot, flaw=f"it is no file of DVC's: {error}")
            return
        told: set[tuple[str, str]] = set()
        for entry, inside in entries:
            each = self._of_entry(entry, inside, one.file, text, at)
            if (each.file or each.path, each.content) not in told:
                told.add((each.file or each.path, each.content))
                yield each

    def _entries(self, text: str, lock: str) -> Iterator[tuple[dvc.Entry, str]]:
        stages = dvc.read_lock(text)
        folders = stage_folders(lock, self.root)
        for out in (True, False):  # what is made first: what another stage reads of it is the same file
            for stage in stages:
                for entry in stage.outs if out else stage.deps:
                    yield entry, dvc.folder_of(stage.name, folders)

    def _of_entry(self, entry: dvc.Entry, folder: str, lock: str, text: str, at: Path) -> Stated:
        place = Place(lock, *yaml.locate(text, 0, entry.at))
        one = Stated(
            self.record.identity, at, place, entry.path, size=entry.size, source=lock, directory=entry.directory
        )
        one = replace(one, kept="outs" in entry.at, alg=entry.alg, content=entry.content)
        if "${" in folder:
            return replace(one, elsewhere=f"its folder is only known to DVC: {folder}")
        if entry.elsewhere:
            return replace(one, elsewhere=f"it lies in a store: {entry.path}")
        if entry.alg == "md5" and entry.content:
            one = replace(one, **_checksum({"alg": "MD5", "content": entry.content}))
        plain = dvc.placed(posixpath.join(folder, entry.path), lock)
        if paths.leads_out(plain) or paths.gits(plain):
            return replace(one, outside=True)
        return replace(one, file=plain)


def _checksum(written: Any) -> dict[str, Any]:
    """Return the fields of a statement that a checksum, in any of its forms, gives."""
    given = _text(written.get("alg")) if isinstance(written, dict) else ""
    content = _text(written.get("content")) if isinstance(written, dict) else _text(written)
    prefix, digits = algorithms.parted(content)
    if not given and prefix:
        given, content = prefix, digits
    elif prefix and algorithms.known(given) == algorithms.known(prefix):
        content = digits
    if not content:
        return {"alg": given, "flaw": "the checksum has no value"}
    alg = algorithms.known(given) if given else algorithms.inferred(content.lower())
    found = {"alg": alg or given, "content": content, "inferred": not given and alg is not None}
    if alg is None:
        odd = "" if given or algorithms.hexadecimal(content) else "the checksum is no hexadecimal number"
        return {**found, "flaw": odd}
    if algorithms.hexadecimal(content) is None:
        return {**found, "flaw": "the checksum is no hexadecimal number"}
    if len(content) != algorithms.length(alg):
        return {**found, "flaw": f"it has {len(content)} digits, and a {alg} has {algorithms.length(alg)}"}
    return found


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()
