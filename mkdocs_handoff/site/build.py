"""What one build of the site works from."""

from __future__ import annotations

import posixpath
from collections import defaultdict, deque
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mkdocs.utils.meta import get_data

from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.records import markdown

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
    _mentioned: dict[tuple[str, str], dict[tuple[str, str], deque[Place]]] = field(default_factory=dict, repr=False)

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

    def place_of(self, path: str, text: str, reference: str) -> Place:
        """Return where a page mentions a reference; asked again, where it does so next.

        Rendering knows no lines. It meets the same mentions as our parser, but for what another plugin puts in.
        """
        places = self._mentioned.get((path, text))
        if places is None:
            places = self._mentioned[path, text] = _mentions(path, text)
        name, _, part = reference.partition("#")
        waiting = places.get((name.strip(), part.strip()))
        if not waiting:
            return Place(path)
        waiting.rotate(-1)  # a page may be rendered more than once
        return waiting[-1]


def _mentions(path: str, text: str) -> dict[tuple[str, str], deque[Place]]:
    """Return where a page of the user's own mentions each reference and field of it."""
    body = get_data(text)[0]
    line = text.count("\n", 0, len(text) - len(body)) + 1 if text.endswith(body) else 1
    found: dict[tuple[str, str], deque[Place]] = defaultdict(deque)
    for mention in markdown.parse(body, line).mentions:
        found[mention.reference, mention.field].append(Place(path, mention.line, mention.column))
    return found
