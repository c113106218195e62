"""Records and owners as one page links to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.resolve import versions
from mkdocs_handoff.pages.anchors import version_anchor
from mkdocs_handoff.pages.html.blocks import Link

if TYPE_CHECKING:
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.pages.html.addresses import Addresses
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.owners.ownership import Holder


class Links:
    """Links as the page writes them that `here` stands for."""

    def __init__(self, catalog: Catalog, here: Addresses) -> None:
        self.catalog = catalog
        self.here = here
        self._known: dict[Identity, Link] = {}

    def link(self, identity: Identity, version: str = "", note: str = "") -> Link:
        """Return a link to a record, or to a version of it; a note stands behind it."""
        if not version and not note and identity in self._known:
            return self._known[identity]
        record = self.catalog.records[identity]
        hint = f"{self.catalog.kinds[identity.kind].title}: {record.title}"
        anchor = version_anchor(version) if version and version in versions(record) else ""
        made = Link(f"{record.title} {version}".rstrip(), self.here.record(identity, anchor), hint, note=note)
        if not version and not note:
            self._known[identity] = made
        return made

    def owner(self, holder: Holder) -> Link:
        """Return a link to an owner; one that no team or person is written for, as text."""
        if holder.identity is not None:
            return self.link(holder.identity)
        return Link(holder.text, hint="No team or person of this name is written down", state="plain")
