"""A page: structured content as HTML, and the record's own prose as Markdown between the two."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.records.record import Identity


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's table of contents: id, title as plain text, level (2 or 3)."""

    anchor: str
    title: str
    level: int = 2


@dataclass(frozen=True)
class Page:
    """What a front needs to show one page.

    Attributes:
        src_uri: Where it stands among the builder's pages, ending in `.md`.
        title: Plain text, not escaped.
        identity: The record it shows; None for a report or an index.
        before: Safe HTML that stands before the prose; it holds the page's only `h1`.
        prose: The record's own Markdown, without its level-one heading; empty where there is none.
        after: Safe HTML that stands after the prose.
        contents_before: The headings in `before`, in order; `contents_after` likewise.
        anchors: All ids in `before` and `after`, for the builder's link check.
        meta: What themes and plugins may read of the page: an allowlist, never the record's front matter.
        search: Safe HTML that search indexes instead of `before` and `after`; empty: the page is left out of search.
        source: The record's file, from the project's root, for an edit link; empty where there is none.
        source_line: The line of it on which the record begins.
    """

    src_uri: str
    title: str
    identity: Identity | None = None
    before: str = ""
    prose: str = ""
    after: str = ""
    contents_before: tuple[Heading, ...] = ()
    contents_after: tuple[Heading, ...] = ()
    anchors: frozenset[str] = frozenset()
    meta: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    search: str = ""
    source: str = ""
    source_line: int = 1
