"""Which pages there are, and at which paths: known before any of them is made."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass, field
from itertools import chain, count
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from mkdocs_handoff.catalog.links import local
from mkdocs_handoff.pages.paths import between
from mkdocs_handoff.records.record import slug
from mkdocs_handoff.reports.reading_path import ReadingPaths

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity, Record

HOME = "home"
STALENESS = "staleness"
OWNERSHIP = "ownership"
PROGRESS = "progress"
MAP = "map"
WANTED = "wanted"
PROBLEMS = "problems"
SINGLE_POINTS = "single-points"
REPORTS = (HOME, STALENESS, OWNERSHIP, PROGRESS, MAP, WANTED, PROBLEMS, SINGLE_POINTS)
_FOLDER_PAGES = frozenset(("readme", "index", "card"))


@dataclass(frozen=True)
class Sitemap:
    """Where every page of ours stands among the builder's pages (`src_uri`, ending in `.md`).

    Attributes:
        records: By identity.
        indexes: By kind; only kinds that have records.
        reports: By name, in the order of `REPORTS`; what names persons unfavourably is there only where it may be.
        broken: By record file that could not be read as a record.
        assets: Files outside the folder of pages that prose links to: path from the project's root to the site's.
        paths: Reading paths, by the model or the handoff that they lead into.
        directory_urls: The builder's `use_directory_urls`.
    """

    records: Mapping[Identity, str]
    indexes: Mapping[str, str]
    reports: Mapping[str, str]
    broken: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    assets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    paths: Mapping[Identity, str] = field(default_factory=lambda: MappingProxyType({}))
    directory_urls: bool = True

    def link(self, target: str, page: str, anchor: str = "") -> str:
        """Return the final address of one page, relative to another (both as `src_uri`)."""
        return relative(
            url_of(target, directory_urls=self.directory_urls), url_of(page, directory_urls=self.directory_urls), anchor
        )


def url_of(src_uri: str, *, directory_urls: bool) -> str:
    """Return the address of a page from the site's root, as MkDocs 1.6 forms it; of another file, its path."""
    stem, extension = posixpath.splitext(src_uri)
    if extension not in (".md", ".markdown"):
        return quote(src_uri)
    folder, name = posixpath.split(stem)
    if name in ("index", "README"):
        path = posixpath.join(folder, "" if directory_urls else "index.html")
        return quote(path) if path else "./"
    return quote(f"{stem}/" if directory_urls else f"{stem}.html")


def relative(url: str, page_url: str, anchor: str = "") -> str:
    """Return one address relative to another, both from the site's root; an anchor is added."""
    folder = posixpath.dirname(page_url if page_url != "./" else "")
    fragment = f"#{quote(anchor)}" if anchor else ""
    target = "" if url == "./" else url
    path = between(target.rstrip("/"), folder)
    if target.endswith("/") or not target:
        path += "/"
    return path + fragment


def sitemap(
    project: Project, reading: ReadingPaths | None = None, *, directory_urls: bool = True, private: bool = False
) -> Sitemap:
    """Lay out the pages of a project.

    Records outside the builder's folder of pages mirror their paths below the prefix; a record page inside it keeps its
    place. Where two pages would have one address (or one but for case), the later one by path is told apart by kind,
    then by a number.

    Args:
        project: The project.
        reading: Its reading paths, where others need them too.
        directory_urls: The builder's `use_directory_urls`.
        private: Whether only those see the pages who have the repository: a preview, not a site.
    """
    settings, catalog = project.settings, project.catalog
    taken: set[str] = set()

    def place(wanted: str, kind: str = "") -> str:
        """Return a free path: the one that is wanted, or the same with the kind or a number behind it."""
        stem, extension = posixpath.splitext(wanted)
        told_apart = (f"{stem}-{number}{extension}" for number in count(2))
        for path in chain((wanted,), (f"{stem}-{kind}{extension}",) if kind else (), told_apart):
            key = url_of(path, directory_urls=True).casefold()
            if key not in taken:
                taken.add(key)
                return path
        raise AssertionError(wanted)

    docs = settings.docs_dir + "/"
    prefix = settings.prefix.strip("/")
    inside = [record for record in catalog.records.values() if _keeps_its_place(record, docs, catalog.files)]
    records: dict[Identity, str] = {record.identity: place(record.source.path[len(docs) :]) for record in inside}
    shown = (name for name in REPORTS if name != SINGLE_POINTS or private or settings.single_points)
    reports = {name: place(posixpath.join(prefix, "index.md" if name == HOME else f"{name}.md")) for name in shown}
    present = {identity.kind for identity in catalog.records}
    indexes = {
        name: place(posixpath.join(prefix, slug(kind.plural), "index.md"), name)
        for name, kind in catalog.kinds.items()
        if name in present
    }
    rest = [record for record in catalog.records.values() if record.identity not in records]
    for record in sorted(rest, key=lambda record: (record.source.path, record.identity)):
        alone = len(catalog.files.get(record.source.path, ())) == 1
        records[record.identity] = place(_mirrored(record, docs, prefix, alone=alone), record.kind)
    broken = {path: place(_where_it_was(path, docs, prefix), "file") for path in project.records.broken}
    # Last, so that they take nobody's address.
    paths = {
        identity: place(posixpath.join(prefix, "reading-path", f"{slug(str(identity).replace('/', '-'))}.md"))
        for identity in (reading or ReadingPaths(catalog)).subjects
    }
    return Sitemap(
        records=MappingProxyType(records),
        indexes=MappingProxyType(indexes),
        reports=MappingProxyType(reports),
        broken=MappingProxyType(broken),
        assets=MappingProxyType(_assets(project, docs, prefix)),
        paths=MappingProxyType(paths),
        directory_urls=directory_urls,
    )


def _keeps_its_place(record: Record, docs: str, files: Mapping[str, tuple[Identity, ...]]) -> bool:
    path = record.source.path
    return path.startswith(docs) and path.lower().endswith(".md") and len(files.get(path, ())) == 1


def _where_it_was(path: str, docs: str, prefix: str) -> str:
    """Return where the page of a file's only record would be: a file that breaks keeps its address."""
    if path.startswith(docs) and path.lower().endswith(".md"):
        return path[len(docs) :]
    stem = posixpath.splitext(path)[0]
    folder, name = posixpath.split(stem)
    return _below(path, docs, prefix, posixpath.join(folder, "index") if name.lower() in _FOLDER_PAGES else stem)


def _mirrored(record: Record, docs: str, prefix: str, *, alone: bool) -> str:
    stem = posixpath.splitext(record.source.path)[0]
    folder, name = posixpath.split(stem)
    if not alone:
        stem = posixpath.join(stem, record.identity.name)
    elif name.lower() in _FOLDER_PAGES:
        stem = posixpath.join(folder, "index")
    return _below(record.source.path, docs, prefix, stem)


def _below(path: str, docs: str, prefix: str, stem: str) -> str:
    """Return the page's path: below the prefix, or in its own folder where that is among the builder's pages."""
    parts = (stem[len(docs) :] if path.startswith(docs) else posixpath.join(prefix, stem)).split("/")
    # MkDocs leaves out what begins with a dot, and a top-level folder `templates`.
    shown = [part.lstrip(".") or "_" for part in parts]
    if shown[0] == "templates":
        shown[0] = "templates_"
    return "/".join(shown) + ".md"


def _assets(project: Project, docs: str, prefix: str) -> dict[str, str]:
    """Return the files that records' prose links to and that no page shows: they travel along, below the prefix."""
    found: dict[str, str] = {}
    root = project.settings.root
    for identity, record in project.catalog.records.items():
        for link in (link for passage in project.catalog.passages[identity] for link in passage.links):
            where = local(link.target, record.source.path)
            if where is None or not where.path or where.path in found or where.path in project.catalog.files:
                continue
            hidden = any(part.startswith(".") for part in where.path.split("/"))
            if where.path.startswith(docs) or hidden or not os.path.isfile(os.path.join(root, where.path)):  # noqa: PTH113, PTH118 - see links.exists
                continue
            if (root / where.path).resolve().is_relative_to(root.resolve()):
                found[where.path] = posixpath.join(prefix, where.path)
    return found
