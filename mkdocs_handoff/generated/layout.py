"""Where generated pages stand: all in one folder, whatever place the plugin would give them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from mkdocs_handoff.pages.sitemap import Sitemap, sitemap, url_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.project import Project

_Name = TypeVar("_Name")

STYLESHEET = "assets/handoff/handoff.css"
SCRIPT = "assets/handoff/handoff.js"


@dataclass(frozen=True)
class Layout:
    """Where generated pages stand.

    Attributes:
        project: The project, whose `docs_dir` is the folder of the builder that reads the pages.
        sitemap: All pages, below `prefix`.
        folder: The folder that is generated, from the project's root.
        prefix: The same folder, from the builder's folder of pages; empty where it is that folder.
    """

    project: Project
    sitemap: Sitemap
    folder: str
    prefix: str

    def file(self, src_uri: str) -> str:
        """Return where a page stands, from the generated folder."""
        return src_uri[len(self.prefix) + 1 :] if self.prefix else src_uri


def folder_of(project: Project, given: str) -> str:
    """Return the folder to generate, from the project's root.

    The builder's own folder of pages holds pages of the user's, so that ours go where the plugin has them: `prefix`.
    """
    settings = project.settings
    return (
        posixpath.normpath(posixpath.join(given, settings.prefix.strip("/"))) if given == settings.docs_dir else given
    )


def layout(project: Project, folder: str, *, directory_urls: bool) -> Layout:
    """Lay out a project's pages in a folder.

    Below the builder's folder of pages, links in prose to pages of the user's hold; a folder elsewhere is taken for
    the folder of pages of another builder, which knows no other pages.

    Args:
        project: The project.
        folder: The folder to generate, from the project's root.
        directory_urls: The builder's `use_directory_urls`.
    """
    docs = project.settings.docs_dir
    prefix = folder[len(docs) + 1 :] if folder.startswith(docs + "/") else ""
    settings = replace(project.settings, prefix=prefix, docs_dir=docs if prefix else folder)
    project = replace(project, settings=settings)
    made = _apart(sitemap(project, directory_urls=directory_urls), prefix)
    return Layout(project, _in_folders(made) if directory_urls else made, folder, prefix)


def _in_folders(made: Sitemap) -> Sitemap:
    """Return a sitemap in which every page is the index of a folder; addresses stay as they are.

    Relative addresses in HTML count from the page's address in MkDocs, and from its file in Zensical. So they are one.
    """

    def moved(paths: Mapping[_Name, str]) -> MappingProxyType[_Name, str]:
        return MappingProxyType({name: _index(path) for name, path in paths.items()})

    return replace(
        made,
        records=moved(made.records),
        indexes=moved(made.indexes),
        reports=moved(made.reports),
        broken=moved(made.broken),
        paths=moved(made.paths),
    )


def _index(path: str) -> str:
    folder, name = posixpath.split(posixpath.splitext(path)[0])
    return posixpath.join(folder, "index.md" if name in ("index", "README") else f"{name}/index.md")


def _apart(made: Sitemap, prefix: str) -> Sitemap:
    """Return a sitemap without pages outside the prefix: there stands the file that a record is written in."""
    if not prefix:
        return made
    lead = prefix + "/"
    every = (made.records, made.indexes, made.reports, made.broken, made.paths)
    taken = {_key(path) for paths in every for path in paths.values() if path.startswith(lead)}

    def moved(paths: Mapping[_Name, str]) -> MappingProxyType[_Name, str]:
        return MappingProxyType({name: path if path.startswith(lead) else free(path) for name, path in paths.items()})

    def free(path: str) -> str:
        stem, extension = posixpath.splitext(lead + path)
        for number in count(1):
            wanted = f"{stem}-{number}{extension}" if number > 1 else stem + extension
            if _key(wanted) not in taken:
                taken.add(_key(wanted))
                return wanted
        raise AssertionError(path)

    return replace(made, records=moved(made.records), broken=moved(made.broken))


def _key(path: str) -> str:
    return url_of(path, directory_urls=True).casefold()
