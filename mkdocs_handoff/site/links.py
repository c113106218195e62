"""Ordinary links in Markdown: to record files, to what travels along with them, and across the border of `docs_dir`."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from mkdocs_handoff.catalog.glossary import TERM
from mkdocs_handoff.catalog.links import SAFE_SCHEMES, exists, local, scheme
from mkdocs_handoff.site.mentions import MADE_HERE

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from mkdocs_handoff.site.build import Build
    from mkdocs_handoff.site.markdown import Run

_ADDRESS = {"a": "href", "img": "src"}
# Raw HTML passes the builder as it is; the files people already have use it for images.
_RAW = re.compile(r"""(<(?:a|img)\b[^>]*?\s(?:href|src)\s*=\s*)(["'])(.*?)\2""", re.IGNORECASE | re.DOTALL)


class LinkTreeprocessor(Treeprocessor):
    """Leads links to where the site shows what they name; the builder's own link check runs later, and sees that."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.md)
        self._run = run

    def run(self, root: Element) -> None:
        """Change the tree, and the raw HTML beside it, in place."""
        build, file = self._run.build, self._run.file
        if build is None or file is None:
            return
        page = file.src_uri
        rewriter = _Rewriter(self._run, build, page)
        rewriter.walk(root, inside=False)
        if not build.is_own(page):
            stash = self._run.md.htmlStash.rawHtmlBlocks
            for number, block in enumerate(stash):
                if isinstance(block, str) and "<" in block:
                    stash[number] = _RAW.sub(rewriter.raw, block)


class _Rewriter:
    """Rewrites the links of one page."""

    def __init__(self, run: Run, build: Build, page: str) -> None:
        self.run = run
        self.build = build
        self.page = page
        self.path = build.path_of(page)
        self.own = build.is_own(page)
        self.docs = build.project.settings.docs_dir + "/"

    def walk(self, element: Element, *, inside: bool) -> None:
        """Rewrite all links below an element. A reference within a link cannot be one itself."""
        key = _ADDRESS.get(element.tag)
        made_here = element.attrib.pop(MADE_HERE, None) is not None
        if made_here and inside:
            element.tag = "span"
            element.attrib.pop("href", None)
            key = None
        if key is not None and key in element.attrib:
            if not made_here:
                self._rewrite(element, key, element.attrib[key])
            self._note(element.get(key, ""))
        inside = inside or element.tag == "a"
        for child in element:
            self.walk(child, inside=inside)

    def _rewrite(self, element: Element, key: str, target: str) -> None:
        if AMP_SUBSTITUTE in target:  # an e-mail address, disguised
            return
        named = scheme(target)
        if named and named not in SAFE_SCHEMES and not (key == "src" and named == "data"):
            if not self.own:
                _disarm(element, key, f"a link to {named}: is not followed", "broken")
            return
        found = self.build.prose.link(target, self.path, self.page)
        if found:
            element.set(key, self.run.address(found, self.page))
        elif not self.own:
            self._unanswered(element, key, target)

    def _unanswered(self, element: Element, key: str, target: str) -> None:
        """A link that works where the file stands need not work where its page stands: better none than a wrong one."""
        where = local(target, self.path)
        if where is None or (where.path.startswith(self.docs) and self.path == self.docs + self.page):
            return  # the builder checks it
        if where.path == self.path:
            element.set(key, f"#{where.fragment}")
            return
        there = bool(where.path) and exists(self.build.project.settings.root, where.path)
        why = f"{where.path} is not part of this site" if there else f"there is no {where.path or target}"
        _disarm(element, key, why, "plain" if there else "broken")

    def _note(self, href: str) -> None:
        """Remember the terms that the text links already."""
        if scheme(href) or not href or href.startswith(("#", "/")):
            return
        identity = self.build.identities.get(self.build.target(href, self.page))
        if identity is not None and identity.kind == TERM:
            self.run.mentioned.add(identity)

    def raw(self, match: re.Match[str]) -> str:
        """Return a tag of raw HTML with its address rewritten."""
        target = unescape(match[3])
        named = scheme(target)
        if named and named not in SAFE_SCHEMES and named != "data":
            return f"{match[1]}{match[2]}#{match[2]}"
        found = self.build.prose.link(target, self.path, self.page) if not named else ""
        if not found and (where := local(target, self.path)) is not None and where.path.startswith(self.docs):
            return match[0]
        return f"{match[1]}{match[2]}{escape(self.build.final(found, self.page))}{match[2]}" if found else match[0]


def _disarm(element: Element, key: str, why: str, state: str) -> None:
    """Leave a link's words, or an image's description, and take the link away."""
    if key == "src":
        element.text = element.get("alt", "")
        element.attrib.pop("alt", None)
    element.tag = "span"
    element.attrib.pop(key, None)
    element.set("class", f"{element.get('class', '')} handoff-ref handoff-ref--{state}".strip())
    element.set("title", why)
