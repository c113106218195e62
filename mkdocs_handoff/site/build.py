"""What one build of the site works from."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mkdocs_handoff.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.pages.prose import Prose
    from mkdocs_handoff.pages.render import Renderer
    from mkdocs_handoff.pages.sitemap import Sitemap
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity


@dataclass
class Build:
    """What one build of the site works from.

    Attributes:
        problems: What is found wrong while pages are rendered, in the order of rendering.
    """

    project: Project
    sitemap: Sitemap
    prose: Prose
    renderer: Renderer
    problems: list[Finding] = field(default_factory=list)

    @cached_property
    def identities(self) -> Mapping[str, Identity]:
        """The record that each page shows, by `src_uri`."""
        return {src_uri: identity for identity, src_uri in self.sitemap.records.items()}

    @cached_property
    def travelling(self) -> Mapping[str, str]:
        """The path from the project's root of each asset that travels along, by its place in the site."""
        return {src_uri: path for path, src_uri in self.sitemap.assets.items()}

    def path_of(self, src_uri: str) -> str:
        """Return the file that a page shows, from the project's root; a page of the user's own stands in `docs_dir`."""
        identity = self.identities.get(src_uri)
        if identity is not None:
            return self.project.catalog.records[identity].source.path
        travelled = self.travelling.get(src_uri)
        return travelled or posixpath.normpath(posixpath.join(self.project.settings.docs_dir, src_uri))

    def is_own(self, src_uri: str) -> bool:
        """Tell whether a page is the user's own, and no record or file of the project that travels along."""
        return src_uri not in self.identities and src_uri not in self.travelling

    def target(self, href: str, page: str) -> str:
        """Return the `src_uri` that an address relative to a page leads to; the fragment does not count."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(href.partition("#")[0])))

    def final(self, href: str, page: str) -> str:
        """Return the final address of what `href` names in the builder's way (relative, ending in `.md`)."""
        path, _, anchor = href.partition("#")
        return self.sitemap.link(self.target(path, page), page, anchor)

    def tell(self, finding: Finding) -> None:
        """Keep a finding that only rendering could make."""
        self.problems.append(finding)

    def place_in(self, path: str, text: str, part: str) -> Place:
        """Return the place at which a part of a file's text first stands."""
        at = text.find(part)
        if at < 0:
            return Place(path)
        return Place(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
