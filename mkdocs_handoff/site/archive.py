"""The pages of a pack: the builder runs as for a site, over the records in scope, and leaves files that need no server.

The project's own theme and Markdown extensions are used; its other plugins and hooks do not run. Where MkDocs is not
installed, ProperDocs is run in its place.
"""

from __future__ import annotations

import tempfile
from contextlib import chdir
from dataclasses import dataclass, replace
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from mkdocs_handoff.catalog.links import local
from mkdocs_handoff.exchange.pack.archive import MANIFEST, SUMS, Member
from mkdocs_handoff.exchange.pack.holdings import kept_back
from mkdocs_handoff.exchange.pack.offline import offline, stylesheet
from mkdocs_handoff.pages.html.blocks import Link
from mkdocs_handoff.pages.html.environment import environment
from mkdocs_handoff.pages.html.outline import anchors, headings
from mkdocs_handoff.pages.page import Page
from mkdocs_handoff.pages.prose import Prose
from mkdocs_handoff.pages.render import Renderer
from mkdocs_handoff.pages.sitemap import HOME, sitemap, url_of
from mkdocs_handoff.pages.views import pack as view
from mkdocs_handoff.pages.views.inputs import Inputs
from mkdocs_handoff.settings import CONFIGURATIONS, OWN_FILE
from mkdocs_handoff.site.builder import UnbuiltError, listening, load_builder
from mkdocs_handoff.text.files import inside

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mkdocs_handoff.exchange.pack.holdings import Artifact, Holdings
    from mkdocs_handoff.exchange.pack.manifest import Origin
    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.pages.sitemap import Sitemap
    from mkdocs_handoff.past import Past
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.handoffs.scope import Scope

__all__ = ["Pages", "UnbuiltError", "pages"]

START = "index.md"
_FOLDERS_LEFT_OUT = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
_LEFT_OUT = frozenset(("search/search_index.json", "sitemap.xml", "sitemap.xml.gz", "404.html"))
"""What only search needs, which no browser lets a page in a folder use, and what only a server does."""
_ASSETS, _MAP = "assets/", ".map"


@dataclass(frozen=True)
class Pages:
    """The pages of a pack.

    Attributes:
        members: All files of them.
        addresses: The page of each record, by its path in the pack.
        absent: Addresses that pages name and that are not in the pack.
        problems: What was found wrong while pages were rendered.
        built_with: Versions of what made them.
    """

    members: tuple[Member, ...]
    addresses: Mapping[Identity, str]
    absent: tuple[str, ...]
    problems: tuple[Finding, ...]
    built_with: Mapping[str, str]


def pages(project: Project, past: Past, scope: Scope, origin: Origin, holdings: Holdings, limit: int) -> Pages:
    """Make the pages of a pack.

    Args:
        project: The project.
        past: What git knows, and which day it is.
        scope: The records that get a page.
        origin: Where it comes from.
        holdings: What is in the pack beside the pages.
        limit: The bytes from which on a file that prose links to does not go along.

    Raises:
        UnbuiltError: No builder is installed, or it cannot use the project's configuration.
    """
    configuration = _configuration(project)
    builder = load_builder(configuration)
    from mkdocs_handoff.site import packing  # noqa: PLC0415 - it can be loaded only once a builder is

    layout = _layout(project, scope)
    prose = Prose(project, layout)
    shown = _shown(project, layout, scope, limit, past.history)
    start = partial(_start, scope, origin, holdings, Inputs(project, layout, prose, past))
    with tempfile.TemporaryDirectory(prefix="handoff-pack-") as folder, listening(builder) as said:
        site = Path(folder) / "site"
        try:
            # Paths in options of Markdown extensions count from where a site is built.
            with chdir(project.settings.root):
                problems = packing.build(
                    packing.Job(project, layout, shown, prose, Renderer(project, layout, prose, past), start),
                    configuration,
                    Path(folder),
                    site,
                )
        except packing.RefusedError as error:
            raise UnbuiltError("\n".join(dict.fromkeys([f"{builder} cannot make the pages: {error}", *said]))) from None
        needed = {_address(layout, identity) for identity in scope} | set(shown.assets.values())
        found = {path: (site / path).read_bytes() for path in _files(site, needed)}
    names = frozenset((*found, MANIFEST, SUMS, *(one.path for one in holdings.members)))
    members: list[Member] = []
    absent: list[str] = []
    for path, content in found.items():
        made, gone = _portable(path, content, names)
        members.append(Member(path, made))
        absent += gone
    addresses = {identity: _address(layout, identity) for identity in scope}
    lost = sorted(set(addresses.values()) - set(found))
    if lost:
        raise UnbuiltError(f"{builder} made no page {lost[0]!r}, which the pack is to hold")
    return Pages(tuple(members), addresses, tuple(dict.fromkeys(absent)), problems, _versions(builder))


def _portable(path: str, content: bytes, names: frozenset[str]) -> tuple[bytes, tuple[str, ...]]:
    if path.endswith(".html"):
        made = offline(content.decode("utf-8"), path, names)
        return made.html.encode("utf-8"), made.absent
    return (stylesheet(content) if path.endswith(".css") else content), ()


def _layout(project: Project, scope: Scope) -> Sitemap:
    """Return the site's own sitemap, whose home is the start page: addresses in a pack are those of the site."""
    layout = sitemap(project, directory_urls=False)
    start = START
    while start in layout.records.values():
        start = f"pack-{start}"
    return replace(layout, reports={**layout.reports, HOME: start})


def _shown(project: Project, layout: Sitemap, scope: Scope, limit: int, history: History) -> Sitemap:
    """Return the part of a sitemap that is in the pack."""
    records = {identity: layout.records[identity] for identity in scope}
    assets = _assets(project, layout, scope, limit, history)
    paths = {identity: path for identity, path in layout.paths.items() if identity in scope}
    return replace(layout, records=records, indexes={}, reports={}, broken={}, assets=assets, paths=paths)


def _assets(project: Project, layout: Sitemap, scope: Scope, limit: int, history: History) -> dict[str, str]:
    """Return the files, that are no pages, to which the prose of records in scope links: also those in `docs_dir`."""
    root, catalog = project.settings.root, project.catalog
    docs = project.settings.docs_dir + "/"
    found: dict[str, str] = {}
    for identity in scope:
        record = catalog.records[identity]
        for link in (link for passage in catalog.passages[identity] for link in passage.links):
            where = local(link.target, record.source.path)
            if where is None or not where.path or where.path in found or where.path in catalog.files:
                continue
            place = layout.assets.get(where.path)
            if place is None and where.path.startswith(docs) and not where.path.lower().endswith((".md", ".markdown")):
                place = where.path[len(docs) :]
            if place is not None and _ordinary(root, where.path, limit, history):
                found[where.path] = place
    return found


def _ordinary(root: Path, path: str, limit: int, history: History) -> bool:
    """Tell whether a file is an ordinary one of the project's, may be handed over, and is not too large."""
    full = root / path
    try:
        fits = full.is_file() and inside(root, full) and full.stat().st_size <= limit
    except OSError:
        return False
    return fits and not kept_back(root, path, history)


def _start(scope: Scope, origin: Origin, holdings: Holdings, inputs: Inputs) -> Page:
    """Return the start page."""
    facts = view.Facts(origin.commit[:12], origin.committed[:10], origin.reason, origin.today, holdings.uncommitted)
    shown = view.start(scope, facts, [_file(one) for one in holdings.artifacts], inputs)
    settings = inputs.project.settings
    template = environment(settings.root / settings.templates / "pages").get_template("pack.html")
    html = template.render(page=shown).strip()
    return Page(
        src_uri=inputs.sitemap.reports[HOME],
        title="This pack",
        before=html,
        contents_before=headings(html),
        anchors=anchors(html, ""),
    )


def _file(one: Artifact) -> view.File:
    link = Link(one.path, quote(one.member)) if one.member else Link(one.path, state="plain")
    note = "" if one.member else f"not in this pack: {one.absent}"
    return view.File(link, _size(one.size), one.sha256, note, one.wrong)


def _size(size: int | None) -> str:
    if size is None:
        return ""
    for power, unit in ((9, "GB"), (6, "MB"), (3, "kB")):
        if size >= 10**power:
            return f"{size / 10**power:.1f} {unit}"
    return f"{size} bytes"


def _configuration(project: Project) -> Path | None:
    """Return the builder's configuration, or None where the project has none."""
    root, own = project.settings.root, project.settings.path
    names = (own, *CONFIGURATIONS) if own != OWN_FILE and own else CONFIGURATIONS
    return next((root / name for name in names if (root / name).is_file()), None)


def _address(layout: Sitemap, identity: Identity) -> str:
    return unquote(url_of(layout.records[identity], directory_urls=False))


def _files(site: Path, needed: Collection[str]) -> list[str]:
    """Return what the builder left and a pack needs, by path: pages and files that are asked for, and the theme's."""
    every = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return [path for path in every if path in needed or not _useless(path)]


def _useless(path: str) -> bool:
    return (
        path in _LEFT_OUT
        or path.startswith(_FOLDERS_LEFT_OUT)
        or (path.startswith(_ASSETS) and path.endswith(_MAP))  # of the theme's scripts
    )


def _versions(builder: str) -> dict[str, str]:
    found = {}
    for name in (builder, "mkdocs-material"):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
