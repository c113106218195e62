"""Final addresses, as one page writes them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from mkdocs_handoff.catalog.links import SAFE_SCHEMES, local, scheme

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.pages.prose import Prose
    from mkdocs_handoff.pages.sitemap import Sitemap
    from mkdocs_handoff.records.record import Identity


def safe(url: str) -> str:
    """Return an address that may stand in a page's `href`, or an empty string: what a browser may run is no address."""
    if ":" not in url:
        return url  # most links: they lead to our own pages
    named = scheme(url)
    return "" if named and named not in SAFE_SCHEMES else url


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where things are, seen from the page at `page` (its `src_uri`)."""

    page: str
    sitemap: Sitemap
    prose: Prose
    root: Path
    _known: dict[Identity, str] = field(default_factory=dict)

    def record(self, identity: Identity, anchor: str = "") -> str:
        """Return the address of a record's page."""
        if identity not in self._known:
            self._known[identity] = self.sitemap.link(self.sitemap.records[identity], self.page)
        return f"{self._known[identity]}#{quote(anchor)}" if anchor else self._known[identity]

    def index(self, kind: str, anchor: str = "") -> str:
        """Return the address of a kind's index; empty where it has none."""
        target = self.sitemap.indexes.get(kind)
        return self.sitemap.link(target, self.page, anchor) if target else ""

    def report(self, name: str, anchor: str = "") -> str:
        """Return the address of a report's page."""
        return self.sitemap.link(self.sitemap.reports[name], self.page, anchor)

    def source(self, target: str) -> str:
        """Return the final address for one as the builder's pages write it: relative, ending in `.md`."""
        path, _, fragment = target.partition("#")
        if not path:
            return "#" + fragment if fragment else ""
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), path))
        return self.sitemap.link(joined, self.page, fragment)

    def link(self, target: str, path: str) -> str:
        """Return where a link written in a field leads; empty where it leads nowhere that a reader can go.

        Args:
            target: The link as written.
            path: The record's file, from the project's root.
        """
        where = local(target, path)
        if where is None:
            return safe(target)
        if not where.path:
            return ""
        found = self.prose.link(target, path, self.page)
        if not found and where.path.startswith(self.prose.docs):
            found = target
        if not found or (where.path not in self.prose.catalog.files and not (self.root / where.path).exists()):
            return ""
        return self.source(found)
