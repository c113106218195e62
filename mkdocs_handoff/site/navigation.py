"""Our section of the builder's navigation, before the builder reads it and after."""

from __future__ import annotations

import posixpath
from html import escape
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import InclusionLevel, file_sort_key
from mkdocs.structure.nav import Section
from mkdocs.utils import nest_paths

from mkdocs_handoff.pages.sitemap import HOME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from mkdocs_handoff.site.build import Build
    from mkdocs_handoff.site.page import HandoffPage

_NAVIGATORS = frozenset(("literate-nav", "awesome-nav", "awesome-pages"))
"""Plugins that make the whole navigation: to them we only offer files."""


def extend(build: Build, pages: Mapping[str, HandoffPage], files: Files, config: MkDocsConfig) -> None:
    """Append our section to the user's navigation, or to the one that the builder would make of the user's pages.

    What the user's navigation names stays where it is, and nowhere else. Pages of ours that are in none are marked so.
    """
    settings = build.project.settings
    lists_records = len(build.sitemap.records) <= settings.nav_items
    named = {path for _, path in leaves(config.nav)}
    left_alone = not _NAVIGATORS.isdisjoint(name.rpartition("/")[2] for name in config.plugins)
    if not lists_records:
        _hide((page.file for page in pages.values() if page.identity is not None), named)
    _hide((file for name in build.travelling if (file := files.get_file_from_path(name)) is not None), named)
    if left_alone:
        return
    if settings.nav is None:
        _hide((page.file for page in pages.values() if page.file.generated_by is not None), named)
        return
    if config.nav is None:
        theirs = [
            file.src_uri
            for file in sorted(files.documentation_pages(), key=file_sort_key)
            if _is_listed(file) and (file.src_uri not in pages or file.generated_by is None)
        ]
        named.update(theirs)
        config.nav = nest_paths(theirs)  # type: ignore[no-untyped-call]
    entries = _section(build, pages, named)
    if entries:
        config.nav = [*config.nav, {escape(settings.nav): entries}]
    placed = named.union(path for _, path in leaves(entries))
    _hide((page.file for page in pages.values() if page.file.generated_by is not None), placed)


def _section(build: Build, pages: Mapping[str, HandoffPage], named: Collection[str]) -> list[Any]:
    """Return our section as `nav:` has it: home, the kinds with their records, the reports."""

    def free(src_uri: str) -> bool:
        return src_uri in pages and src_uri not in named and _is_listed(pages[src_uri].file)

    catalog, sitemap = build.project.catalog, build.sitemap
    entries: list[Any] = [sitemap.reports[HOME]] if free(sitemap.reports[HOME]) else []
    for kind, index in sitemap.indexes.items():
        records = [src for record in catalog.of_kind(kind) if free(src := sitemap.records[record.identity])]
        own = [index] if free(index) else []
        if records:
            entries.append({escape(catalog.kinds[kind].plural): [*own, *records]})
        else:
            entries.extend(own)
    entries.extend(page for name, page in sitemap.reports.items() if name != HOME and free(page))
    return entries


def _hide(hidden: Iterable[File], named: Collection[str]) -> None:
    """Mark files as being in no navigation, but for those that a navigation names."""
    for file in hidden:
        if file.src_uri not in named and _is_listed(file):
            file.inclusion = InclusionLevel.NOT_IN_NAV


def _is_listed(file: File) -> bool:
    return bool(file.inclusion.is_in_nav())  # type: ignore[no-untyped-call]


def leaves(nav: Any) -> Iterator[tuple[str, str]]:
    """Yield title and path of the entries of a `nav:`, however nested; the title is empty where none is given."""
    if isinstance(nav, str):
        yield "", posixpath.normpath(nav)
    elif isinstance(nav, dict):
        for title, inner in nav.items():
            if isinstance(inner, str):
                # literate-nav writes None where an entry has no title.
                yield str(title or ""), posixpath.normpath(inner)
            else:
                yield from leaves(inner)
    elif isinstance(nav, list):
        for inner in nav:
            yield from leaves(inner)


def settle(nav: Any, pages: Mapping[str, HandoffPage]) -> None:
    """Give our pages the titles that `nav:` gives them, and a parent where they are not in the navigation.

    The builder drops a title of `nav:` where the page exists already, as ours do. A record's page that is not in the
    navigation stands below its kind's index, so that the theme shows where one is.

    Args:
        nav: `config.nav`, as the user and other plugins left it.
        pages: Ours, by `src_uri`.
    """
    for title, path in leaves(nav):
        if title and path in pages:
            pages[path].title = title
    shelves: dict[int, Shelf] = {}
    for page in pages.values():
        index = page.index
        if index is None or page.parent is not None or _is_listed(page.file):
            continue
        section = index.parent
        # A section that the index opens is the kind's; any other holds the index among other things.
        opened = section is not None and section.children[:1] == [index] and _is_kinds(section, index)
        page.parent = section if opened else shelves.setdefault(id(index), Shelf(index))


class Shelf(Section):
    """A kind's section that the navigation does not hold: it holds the index alone, and gives its records a parent."""

    def __init__(self, index: HandoffPage) -> None:
        super().__init__(index.title or "", [index])
        self.index = index
        self.parent = index.parent


def _is_kinds(section: Section, index: HandoffPage) -> bool:
    return all(getattr(item, "index", None) is index for item in section.children[1:])
