"""What tests of pages share: rendering a small project, and asking HTML what stands in it."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from mkdocs_handoff.history.history import unasked
from mkdocs_handoff.pages.prose import Prose
from mkdocs_handoff.pages.render import Renderer
from mkdocs_handoff.pages.sitemap import sitemap
from mkdocs_handoff.past import Past
from mkdocs_handoff.project import load
from mkdocs_handoff.settings import find_settings

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.pages.page import Page
    from mkdocs_handoff.project import Project

_VOID = frozenset(("br", "wbr", "img", "hr", "input", "meta", "link", "rect", "path"))


class Rendered:
    """The pages of a project, by record name or path."""

    def __init__(self, root: Path, *, directory_urls: bool = True, past: Past | None = None) -> None:
        self.project: Project = load(find_settings(root))
        self.sitemap = sitemap(self.project, directory_urls=directory_urls)
        past = past or Past(unasked(), date(2026, 11, 23))
        self.renderer = Renderer(self.project, self.sitemap, Prose(self.project, self.sitemap), past)

    def page(self, name: str) -> Page:
        """Return the page of the record `kind:name`."""
        return next(self.renderer.record(one) for one in self.sitemap.records if str(one) == name)

    def html(self, name: str) -> str:
        """Return both parts of a record's page."""
        page = self.page(name)
        return page.before + page.after

    def pages(self) -> list[Page]:
        """Return all pages."""
        return list(self.renderer.pages())


class Outline(HTMLParser):
    """What a test asks of HTML: tags closed in order, ids, links, headings, attributes, visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.headings: list[int] = []
        self.tags: set[str] = set()
        self.events: list[str] = []
        self.crossed: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in _VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src"):
                self.hrefs.append(value or "")
            elif name.startswith("on"):
                self.events.append(name)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data
