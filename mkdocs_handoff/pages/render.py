"""Pages, one by one: each is made when it is asked for."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.glossary import TERM
from mkdocs_handoff.handoffs.words import HANDOFF
from mkdocs_handoff.pages import stub
from mkdocs_handoff.pages.html import untitled
from mkdocs_handoff.pages.html.environment import PROSE, environment
from mkdocs_handoff.pages.html.excerpts import description
from mkdocs_handoff.pages.html.outline import anchors, headings
from mkdocs_handoff.pages.html.readable import readable
from mkdocs_handoff.pages.page import Page
from mkdocs_handoff.pages.sitemap import HOME, MAP, OWNERSHIP, PROBLEMS, PROGRESS, SINGLE_POINTS, STALENESS, WANTED
from mkdocs_handoff.pages.views import (
    broken,
    decisions,
    glossary,
    handoffs,
    home,
    index,
    knowledge_map,
    ownership,
    problems,
    progress,
    reading_path,
    record,
    single_points,
    staleness,
    wanted,
)
from mkdocs_handoff.pages.views.inputs import Inputs
from mkdocs_handoff.records.adopted import adopted
from mkdocs_handoff.records.record import DECISION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jinja2 import Template

    from mkdocs_handoff.pages.prose import Prose
    from mkdocs_handoff.pages.sitemap import Sitemap
    from mkdocs_handoff.past import Past
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.reports.links import Lineages
    from mkdocs_handoff.reports.reading_path import ReadingPaths
    from mkdocs_handoff.staleness.verdict import Staleness

_INDEXES = {
    DECISION: ("decisions.html", decisions.log),
    TERM: ("glossary.html", glossary.a_to_z),
    HANDOFF: ("handoffs.html", handoffs.index),
}
"""Kinds whose index is no plain table: its template, and what that is given."""

_REPORTS: Mapping[str, Callable[[Inputs], Any]] = {
    HOME: home.home,
    STALENESS: staleness.staleness,
    OWNERSHIP: ownership.ownership,
    PROGRESS: progress.progress,
    MAP: knowledge_map.knowledge_map,
    WANTED: wanted.wanted,
    PROBLEMS: problems.problems,
    SINGLE_POINTS: single_points.single_points,
}


class Renderer:
    """Makes the pages of one project.

    Args:
        project: The project, read whole.
        sitemap: Where its pages are.
        prose: What links in prose lead to.
        past: What git knows, and which day it is.
        reading: The reading paths, where they are made already.
    """

    def __init__(
        self, project: Project, sitemap: Sitemap, prose: Prose, past: Past, reading: ReadingPaths | None = None
    ) -> None:
        self._inputs = Inputs(project, sitemap, prose, past, reading)
        self._environment = environment(project.settings.root / project.settings.templates / "pages")
        self._templates: dict[tuple[str, ...], Template] = {}

    @property
    def staleness(self) -> Staleness:
        """How all records stand, computed once for all pages."""
        return self._inputs.staleness

    @property
    def lineages(self) -> Lineages:
        """Which links of models are known, found once for all pages."""
        return self._inputs.lineages

    def record(self, identity: Identity) -> Page:
        """Return the page of a record."""
        inputs = self._inputs
        shown = record.view(identity, inputs)
        one = inputs.catalog.records[identity]
        before, after = self._html((f"{identity.kind}.html", "record.html"), page=shown)
        return Page(
            src_uri=inputs.sitemap.records[identity],
            title=one.title,
            identity=identity,
            before=before,
            prose=_prose(one),
            after=after,
            contents_before=headings(before),
            contents_after=headings(after),
            anchors=anchors(before, after),
            meta=_meta(one.title, description(one.description)),
            search=stub.record(shown, one),
            source=one.source.path,
            source_line=shown.line,
        )

    def index(self, kind: str) -> Page:
        """Return the page that lists the records of a kind: a log for decisions, A to Z for terms, else a table."""
        inputs = self._inputs
        template, made = _INDEXES.get(kind, ("index.html", index.index))
        shown = made(kind, inputs)
        names = (f"index-{kind}.html", template)
        about = inputs.catalog.kinds[kind]
        return self._page(inputs.sitemap.indexes[kind], about.plural, names, shown, about.description, search=True)

    def report(self, name: str) -> Page:
        """Return a report's page."""
        shown = _REPORTS[name](self._inputs)
        return self._page(
            self._inputs.sitemap.reports[name],
            shown.title,
            (f"{name}.html",),
            shown,
            shown.description,
            search=name == HOME,
        )

    def reading_path(self, identity: Identity) -> Page:
        """Return the page of the reading path of a model or a handoff."""
        shown = reading_path.reading_path(identity, self._inputs)
        src_uri = self._inputs.sitemap.paths[identity]
        about = f"What to read, in this order: {shown.told}."
        return self._page(src_uri, shown.title, ("reading-path.html",), shown, about, search=False)

    def broken(self, path: str) -> Page:
        """Return the page of a record file that could not be read: what is wrong with it, and the lines it is about."""
        shown = broken.broken(path, self._inputs)
        page = self._page(self._inputs.sitemap.broken[path], shown.title, ("broken.html",), shown, "", search=False)
        return Page(**{**vars(page), "prose": shown.prose, "source": path, "source_line": shown.line})

    def pages(self) -> Iterator[Page]:
        """Yield all pages, in the order of the sitemap."""
        sitemap = self._inputs.sitemap
        yield from (self.record(identity) for identity in sitemap.records)
        yield from (self.index(kind) for kind in sitemap.indexes)
        yield from (self.report(name) for name in sitemap.reports)
        yield from (self.broken(path) for path in sitemap.broken)
        yield from (self.reading_path(identity) for identity in sitemap.paths)

    def _page(self, src_uri: str, title: str, names: tuple[str, ...], shown: Any, about: str, *, search: bool) -> Page:
        before, after = self._html(names, page=shown)
        return Page(
            src_uri=src_uri,
            title=title,
            before=before,
            after=after,
            contents_before=headings(before),
            contents_after=headings(after),
            anchors=anchors(before, after),
            meta=_meta(title, description(about)),
            search=stub.plain(title, about) if search else "",
        )

    def _html(self, names: tuple[str, ...], **given: Any) -> tuple[str, str]:
        html = self._template(names).render(**given)
        before, _, after = html.partition(PROSE)
        return before.strip(), after.replace(PROSE, "").strip()

    def _template(self, names: tuple[str, ...]) -> Template:
        if names not in self._templates:
            self._templates[names] = self._environment.select_template(list(names))
        return self._templates[names]


def _prose(one: Record) -> str:
    """Return a record's prose; what was written for another place is made to read the same here."""
    if one.body is None:
        return ""
    prose = untitled.prose(one.body, one.title)
    made = readable(prose)
    return made if made != prose and adopted(one) else prose


def _meta(title: str, told: str) -> MappingProxyType[str, Any]:
    return MappingProxyType({"title": title, "description": told} if told else {"title": title})
