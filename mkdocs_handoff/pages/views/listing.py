"""What a page needs that shows many records: links, a line of what each is, the pages of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.pages.html.addresses import Addresses
from mkdocs_handoff.pages.html.blocks import Link
from mkdocs_handoff.pages.html.excerpts import sentences
from mkdocs_handoff.pages.sitemap import HOME
from mkdocs_handoff.pages.views.links import Links

if TYPE_CHECKING:
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.records.record import Identity


class Listing(Links):
    """A page that shows many records, at `page` (its `src_uri`)."""

    def __init__(self, page: str, inputs: Inputs) -> None:
        super().__init__(inputs.catalog, Addresses(page, inputs.sitemap, inputs.prose, inputs.root))
        self.inputs = inputs

    def home(self) -> Link:
        """Return a link to the first page, by the name that it has in the navigation."""
        return Link(self.inputs.home, self.here.report(HOME))

    def line(self, identity: Identity) -> str:
        """Return what a record is, in one line of plain text."""
        return sentences(self.inputs.catalog.records[identity].description)

    def file(self, path: str) -> str:
        """Return the page that shows a file: its record's, the index of its records, or what is wrong with it."""
        inputs = self.inputs
        if path in inputs.sitemap.broken:
            return inputs.sitemap.link(inputs.sitemap.broken[path], self.here.page)
        found = inputs.catalog.files.get(path, ())
        if len(found) == 1:
            return self.here.record(found[0])
        return self.here.index(found[0].kind) if found else ""
