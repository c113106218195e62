"""Our pages, and what travels along with them, among the builder's files."""

from __future__ import annotations

import os
import posixpath
from functools import partial
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, set_exclusions

from mkdocs_handoff.findings import Finding, Place, Severity
from mkdocs_handoff.generated.plan import MANIFEST
from mkdocs_handoff.pages.sitemap import HOME
from mkdocs_handoff.records.documents import MARKDOWN
from mkdocs_handoff.site.page import HandoffPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from mkdocs_handoff.pages.page import Page
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.site.build import Build

CLASH = "page/clash"


def place(build: Build, files: Files, config: MkDocsConfig) -> dict[str, HandoffPage]:
    """Add the project's pages and assets to the builder's files, and return the pages by `src_uri`.

    Records in `docs_dir` keep their file; only its page is ours. Where a page of the user's own has the address of one
    of ours, it stays, and a finding names both.
    """
    _withdraw(build, files)
    placer = _Placer(build, files, config)
    for identity, src_uri in build.sitemap.records.items():
        record = build.project.catalog.records[identity]
        make = partial(build.renderer.record, identity)
        placer.page(src_uri, make, record.source.path, identity, title=record.title)
    for kind, src_uri in build.sitemap.indexes.items():
        placer.page(src_uri, partial(build.renderer.index, kind), title=build.project.catalog.kinds[kind].plural)
    for name, src_uri in build.sitemap.reports.items():
        # With an empty prefix our home gives way to the site's own, and that is no news to anyone.
        quiet = name == HOME and posixpath.dirname(src_uri) == ""
        placer.page(src_uri, partial(build.renderer.report, name), quiet=quiet)
    for path, src_uri in build.sitemap.broken.items():
        placer.page(src_uri, partial(build.renderer.broken, path), path)
    for identity, src_uri in build.sitemap.paths.items():
        placer.page(src_uri, partial(build.renderer.reading_path, identity), identity=identity)
    for path, src_uri in build.sitemap.assets.items():
        placer.asset(src_uri, path)
    for page in placer.pages.values():
        if page.identity is not None:
            page.index = placer.pages.get(build.sitemap.indexes.get(page.identity.kind, ""))
    return placer.pages


def _withdraw(build: Build, files: Files) -> None:
    """Take record files that are no pages (YAML, sidecars) out of the files, or the builder copies them to the site."""
    docs = build.project.settings.docs_dir + "/"
    for path in build.project.records.read:
        if path.startswith(docs) and not path.lower().endswith(MARKDOWN):
            file = files.get_file_from_path(path[len(docs) :])
            if file is not None:
                files.remove(file)


class _Placer:
    """Puts pages and assets among the builder's files, one after the other."""

    def __init__(self, build: Build, files: Files, config: MkDocsConfig) -> None:
        self.build = build
        self.files = files
        self.config = config
        self.pages: dict[str, HandoffPage] = {}
        self.docs = build.project.settings.docs_dir
        self.told: set[str] = set()
        set_exclusions(files, config)
        self.taken = {file.url: file for file in self._built()}

    def _built(self) -> Iterator[File]:
        return (file for file in self.files if not file.inclusion.is_excluded())  # type: ignore[no-untyped-call]

    def page(
        self,
        src_uri: str,
        make: Callable[[], Page],
        source: str = "",
        identity: Identity | None = None,
        *,
        title: str = "",
        quiet: bool = False,
    ) -> None:
        """Place one page of ours, unless the user has one there."""
        here = self.files.get_file_from_path(src_uri)
        if here is not None and source == posixpath.join(self.docs, src_uri):
            self.pages[src_uri] = HandoffPage(make, self.build, here, self.config, identity, title)
            return
        file = File.generated(self.config, src_uri, content="")
        if not self._free(file, source or src_uri, quiet=quiet):
            return
        if source and (self.config.edit_uri or self.config.edit_uri_template):
            file.edit_uri = posixpath.relpath(source, self.docs)
        self._add(file)
        self.pages[src_uri] = HandoffPage(make, self.build, file, self.config, identity, title)

    def asset(self, src_uri: str, path: str) -> None:
        """Place a file that records' prose links to."""
        full = self.build.project.settings.root / path
        file = File.generated(self.config, src_uri, abs_src_path=str(full))
        if self._free(file, path, quiet=False):
            file.edit_uri = posixpath.relpath(path, self.docs)
            self._add(file)

    def _free(self, file: File, what: str, *, quiet: bool) -> bool:
        """Tell whether nothing of the user's has the file's address; else say which file has."""
        other = self.taken.get(file.url)
        if other is None:
            return True
        if not quiet:
            theirs = posixpath.join(self.docs, other.src_uri)
            message = f"{theirs} has the address of the page of {what} ({file.src_uri}), and is shown instead"
            hint = "Move one of the two, or choose another `prefix` in the settings."
            generated = self._generated(other.src_uri)
            if generated is not None:
                if generated in self.told:
                    return False
                self.told.add(generated)
                hint = f"`mkdocs-handoff generate` wrote {posixpath.join(self.docs, generated)}/ for builders without "
                hint += "the plugin: delete it, or take the plugin out. Other pages there clash as well."
            self.build.tell(Finding(Place(theirs), CLASH, message, hint, Severity.WARNING))
        return False

    def _generated(self, src_uri: str) -> str | None:
        """Return the folder above a page that `generate` wrote, if there is one."""
        folder = posixpath.dirname(src_uri)
        while folder:
            if os.path.isfile(os.path.join(self.config.docs_dir, folder, MANIFEST)):  # noqa: PTH113, PTH118
                return folder
            folder = posixpath.dirname(folder)
        return None

    def _add(self, file: File) -> None:
        excluded = self.files.get_file_from_path(file.src_uri)
        if excluded is not None:
            self.files.remove(excluded)
        set_exclusions([file], self.config)
        self.files.append(file)
        self.taken[file.url] = file
