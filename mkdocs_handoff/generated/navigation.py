"""The navigation of generated pages, in the two forms that builders read: hidden files, which none publishes."""

from __future__ import annotations

import json
import posixpath
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from mkdocs_handoff.pages.sitemap import HOME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.generated.layout import Layout

AWESOME = ".nav.yml"
"""For awesome-nav, a plugin of MkDocs that Zensical has built in: the order within the folder it stands in."""

SNIPPET = ".mkdocs-nav.yml"
"""For everybody else: the entries as `nav:` in `mkdocs.yml` has them, from the builder's folder of pages."""


def files(layout: Layout) -> dict[str, bytes]:
    """Return the navigation files, by path from the generated folder."""
    entries = _section(layout)
    title = str(escape(layout.project.settings.nav or "Handoff"))
    own = _written([_inner(entry, layout) for entry in entries], 0)
    folder = f"title: {_quoted(title)}\n" if layout.prefix else ""
    by = "written by `mkdocs-handoff generate`"
    awesome = f"# Read by awesome-nav, and by Zensical, which has it built in; {by}.\n{folder}nav:\n{own}"
    whole = _written([{title: entries}] if layout.prefix else entries, 2)
    snippet = (
        f"# The entries of our section, for `nav:` in mkdocs.yml; written by mkdocs-handoff generate.\nnav:\n{whole}"
    )
    return {AWESOME: awesome.encode("utf-8"), SNIPPET: snippet.encode("utf-8")}


def _section(layout: Layout) -> list[Any]:
    """Return our section as the plugin makes it: home, the kinds with their records, the reports."""
    catalog, sitemap = layout.project.catalog, layout.sitemap
    lists_records = len(sitemap.records) <= layout.project.settings.nav_items
    entries: list[Any] = [sitemap.reports[HOME]]
    for kind, index in sitemap.indexes.items():
        records = [sitemap.records[record.identity] for record in catalog.of_kind(kind)] if lists_records else []
        title = str(escape(catalog.kinds[kind].plural))
        entries.append({title: [index, *records]} if records else index)
    entries.extend(page for name, page in sitemap.reports.items() if name != HOME)
    return entries


def _inner(entry: Any, layout: Layout) -> Any:
    """Return an entry with paths from the generated folder."""
    if isinstance(entry, dict):
        return {title: [_inner(one, layout) for one in inner] for title, inner in entry.items()}
    return posixpath.normpath(layout.file(entry))


def _written(entries: list[Any], indent: int) -> str:
    return "".join(f"{' ' * indent}{line}\n" for line in _lines(entries))


def _lines(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, dict):
            for title, inner in entry.items():
                yield f"- {_quoted(title)}:"
                yield from (f"    {line}" for line in _lines(inner))
        else:
            yield f"- {_quoted(entry)}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
