"""A page of ours as the builder knows it: structured HTML around prose that the builder renders."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from mkdocs.structure import pages as builder
from mkdocs.structure.toc import AnchorLink, TableOfContents

from mkdocs_handoff.site import failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from mkdocs_handoff.pages.page import Heading, Page
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.site.build import Build


_SAID = re.compile(r'<span class="handoff-muted" data-handoff-said="([^"]*)">([^<]*)</span>')
_TERM = re.compile(r'<a class="handoff-term" href="([^"]*)"')


class HandoffPage(builder.Page):
    """A page that is made from the project, and not read from its file.

    Attributes:
        identity: The record it shows; None for an index or a report.
        index: The page of the record's kind; None for an index or a report.
        shown: What stands on it, once it has been read.
        terms_before: The addresses of glossary terms that it links above its prose.
    """

    def __init__(
        self,
        make: Callable[[], Page],
        build: Build,
        file: File,
        config: MkDocsConfig,
        identity: Identity | None = None,
        title: str = "",
    ) -> None:
        # Themes print titles as they are.
        super().__init__(escape(title) or None, file, config)
        self.identity = identity
        self.index: HandoffPage | None = None
        self.shown: Page | None = None
        self.terms_before: frozenset[str] = frozenset()
        self._make = make
        self._build = build
        self._kept: str | None = None
        self._prose = ""

    def read_source(self, config: MkDocsConfig) -> None:
        """Make the page. Its meta is an allowlist, escaped: themes print meta as it is."""
        try:
            shown = self._make()
        except Exception as error:
            finding = failure.finding(error, self._build.project.settings)
            if finding is None:
                raise
            self._build.tell(finding)
            shown = failure.page(finding, self.file.src_uri)
        self.shown = shown
        self.terms_before = frozenset(_TERM.findall(shown.before))
        self.markdown = shown.prose
        self.meta = {str(name): _escaped(value) for name, value in shown.meta.items()}
        if not shown.search:
            search = self.meta.get("search")
            self.meta["search"] = {**(search if isinstance(search, dict) else {}), "exclude": True}
        if "title" not in self.__dict__:  # one given before, by us or by `nav:`, stands
            self.title = escape(shown.title)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render the prose, and put one table of contents and one set of anchors round both parts."""
        if self.shown is None or self.markdown is None:
            raise RuntimeError("a page is read before it is rendered")
        shown = self.shown
        if self.markdown.strip():
            super().render(config, files)
        else:
            self.content, self.toc, self.present_anchor_ids, self.links_to_anchors = "", TableOfContents([]), set(), {}
        prose = self.content or ""
        before, after = (_pointing(part, self.toc) for part in (shown.before, shown.after))
        self.content = f"{before}\n{prose}\n{after}" if prose else f"{before}\n{after}"
        self.toc = _contents([*_nested(shown.contents_before), *self.toc, *_nested(shown.contents_after)])
        self.present_anchor_ids = (self.present_anchor_ids or set()) | shown.anchors
        self._prose = prose

    def begin_indexing(self) -> None:
        """Let a stub stand in for the content while search plugins look: the record's fields, and its prose."""
        if self._kept is None and self.shown is not None:
            self._kept = self.content
            # Material's search takes a first heading as the page's title only if it has an id.
            stub = self.shown.search.replace("<h1>", '<h1 id="handoff-title">', 1)
            self.content = f"{stub}\n{self._prose}" if stub else ""

    def end_indexing(self) -> None:
        """Put the content back."""
        if self._kept is not None:
            self.content, self._kept = self._kept, None


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, Mapping):
        return {name: _escaped(item) for name, item in value.items()}
    return [_escaped(item) for item in value] if isinstance(value, list | tuple) else value


def _pointing(html: str, prose: Iterable[AnchorLink]) -> str:
    """Return HTML in which what is said under a heading of the prose links to it: now its id is known."""
    if "data-handoff-said" not in html:
        return html
    ids: dict[str, str] = {}
    for link in _every(prose):
        ids.setdefault(" ".join(unescape(link.title).split()), link.id)

    def link_to(found: re.Match[str]) -> str:
        anchor = ids.get(" ".join(unescape(found[1]).split()), "")
        return f'<a href="#{escape(anchor)}">{found[2]}</a>' if anchor else found[0]

    return _SAID.sub(link_to, html)


def _every(links: Iterable[AnchorLink]) -> Iterator[AnchorLink]:
    for link in links:
        yield link
        yield from _every(link.children)


def _nested(headings: Iterable[Heading]) -> list[AnchorLink]:
    """Return headings as the builder's table of contents has them: level three below level two."""
    found: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(escape(heading.title, quote=False), heading.anchor, heading.level)
        if found and heading.level > found[-1].level:
            found[-1].children.append(link)
        else:
            found.append(link)
    return found


def _contents(links: list[AnchorLink]) -> TableOfContents:
    """Return a table of contents whose first entry, and no other, is active (as `get_toc` makes it)."""
    for link in links:
        link.__dict__.pop("active", None)
    if links:
        links[0].active = True  # type: ignore[attr-defined]
    return TableOfContents(links)
