"""The navigation as a record's page shows it: open where the page stands, closed everywhere else.

A whole navigation on every page costs the square of the pages: 80 µs for each item on each page.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from mkdocs.structure.nav import Link

from mkdocs_handoff.site.navigation import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs.structure import StructureItem
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from mkdocs_handoff.site.page import HandoffPage

SMALL = 40
"""A navigation of so few pages is shown whole: there is nothing to save, and all of it stays in sight."""


class Cutter:
    """Cuts one navigation for one page after the other; closed sections are made once.

    Args:
        nav: The builder's.
        indexes: Whether the theme attaches a section's index to the section (`navigation.indexes`).
    """

    def __init__(self, nav: Navigation, *, indexes: bool) -> None:
        self.nav = nav
        self._indexes = indexes
        self._closed: dict[int, StructureItem] = {}

    def cut(self, page: HandoffPage) -> Navigation:
        """Return the navigation for a page: all top items, the real home page, and the way to the page laid open."""
        if len(self.nav.pages) <= SMALL and page in self.nav.pages:
            return self.nav
        cut = copy(self.nav)
        way = {id(item) for item in (page, *page.ancestors)}
        if isinstance(page.parent, Shelf):
            way.add(id(page.parent.index))
        cut.items = self._along(self.nav.items, way, page)
        return cut

    def _along(self, items: Iterable[Any], way: set[int], page: HandoffPage) -> list[StructureItem]:
        return [
            self._open(item, way, page) if id(item) in way else self._close(item) if item.children else item
            for item in items
        ]

    def _open(self, item: Any, way: set[int], page: HandoffPage) -> StructureItem:
        """Return an item on the way to the page, with the page in it."""
        if item is page:
            return item
        if not item.children:
            # The kind's index stands for the records that the navigation does not list: this one is shown beside it.
            opened: Any = copy(page.parent)
            opened.children = [item, page]
            return opened  # type: ignore[no-any-return]
        opened = copy(item)
        opened.children = self._along(item.children, way, page)
        if page.parent is item and not any(child is page for child in opened.children):
            opened.children.append(page)
        return opened  # type: ignore[no-any-return]

    def _close(self, section: StructureItem) -> StructureItem:
        found = self._closed.get(id(section))
        if found is None:
            found = self._closed[id(section)] = self._closed_section(section)
        return found

    def _closed_section(self, section: Any) -> StructureItem:
        """Return a link to a section's first page that shows in place of the section."""
        first = next(_leaves(section.children), None)
        if first is None:
            return section  # type: ignore[no-any-return]
        link: Any = Link(section.title, first.url)
        link.parent = section.parent
        if self._indexes and first.parent is section and getattr(first, "is_index", False):
            # The theme shows the icon of a section's index beside the section.
            link.is_index, link.meta = True, getattr(first, "meta", {})
        return link  # type: ignore[no-any-return]


def _leaves(items: Iterable[Any]) -> Iterator[Page | Link]:
    for item in items:
        if item.children:
            yield from _leaves(item.children)
        else:
            yield item
