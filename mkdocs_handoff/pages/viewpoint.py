"""Records as another page names them: a link, a line of what it is, its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.pages.addresses import Addresses
from mkdocs_handoff.pages.blocks import Link
from mkdocs_handoff.pages.stub import sentences

if TYPE_CHECKING:
    from mkdocs_handoff.pages.desk import Desk
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.ownership import Holder


class Viewpoint:
    """A page that shows many records, at `page` (its `src_uri`)."""

    def __init__(self, page: str, desk: Desk) -> None:
        self.desk = desk
        self.here = Addresses(page, desk.sitemap, desk.prose, desk.root)
        self._links: dict[Identity, Link] = {}

    def link(self, identity: Identity) -> Link:
        """Return a link to a record."""
        found = self._links.get(identity)
        if found is None:
            record = self.desk.catalog.records[identity]
            kind = self.desk.catalog.kinds[identity.kind].title
            found = self._links[identity] = Link(record.title, self.here.record(identity), f"{kind}: {record.title}")
        return found

    def holder(self, holder: Holder) -> Link:
        """Return an owner; one that no team or person is written for, as text."""
        if holder.identity is not None:
            return self.link(holder.identity)
        return Link(holder.text, hint="No team or person of this name is written down", state="plain")

    def line(self, identity: Identity) -> str:
        """Return what a record is, in one line of plain text."""
        return sentences(self.desk.catalog.records[identity].description)

    def file(self, path: str) -> str:
        """Return the page that shows a file: its record's, the index of its records, or what is wrong with it."""
        desk = self.desk
        if path in desk.sitemap.broken:
            return desk.sitemap.link(desk.sitemap.broken[path], self.here.page)
        found = desk.catalog.files.get(path, ())
        if len(found) == 1:
            return self.here.record(found[0])
        return self.here.index(found[0].kind) if found else ""
