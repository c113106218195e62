"""Glossary terms in Markdown: linked where a page first mentions them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.site.build import Build
    from mkdocs_handoff.site.markdown import Run

_CLOSED = frozenset(
    (
        "a",
        "abbr",
        "button",
        "code",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "kbd",
        "label",
        "math",
        "pre",
        "samp",
        "script",
        "style",
        "summary",
        "svg",
        "textarea",
    )
)
_CLOSED_CLASSES = frozenset(("admonition-title", "arithmatex", "handoff-ref"))
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_MENTION = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_TOOLTIP = 200


class TermTreeprocessor(Treeprocessor):
    """Links terms at their first mention on a page: never in headings, links or code, and never to the page itself."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.md)
        self._run = run

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        build, file = self._run.build, self._run.file
        if build is None or file is None or not build.prose.catalog.glossary.phrases:
            return
        seen = set(self._run.mentioned)
        shown = build.identities.get(file.src_uri)
        if shown is not None:
            seen.add(shown)
        linked: frozenset[str] = getattr(file.page, "terms_before", frozenset())
        _Linker(self._run, build, file.src_uri, seen, linked).walk(root)


class _Linker:
    """Links the terms of one page.

    Args:
        seen: Terms that are not linked any more.
        linked: Addresses of terms that the page links above the prose.
    """

    def __init__(self, run: Run, build: Build, page: str, seen: set[Identity], linked: Collection[str]) -> None:
        self.run = run
        self.build = build
        self.page = page
        self.seen = seen
        self.linked = linked
        self.raw = 0
        """How many elements of raw HTML are open in which nothing is linked: Python-Markdown has only their tags."""

    def walk(self, element: Element) -> None:
        """Link in all running text below an element, in reading order."""
        if element.tag in _CLOSED or not _CLOSED_CLASSES.isdisjoint(element.get("class", "").split()):
            return
        children = list(element)
        position = 0
        if element.text:
            element.text, links = self._split(element.text)
            position = self._insert(element, position, links)
        for child in children:
            self.walk(child)
            position += 1
            if child.tail:
                child.tail, links = self._split(child.tail)
                position = self._insert(element, position, links)

    def _insert(self, element: Element, position: int, links: list[Element]) -> int:
        for link in links:
            element.insert(position, link)
            position += 1
        return position

    def _split(self, text: str) -> tuple[str, list[Element]]:
        """Return the text up to the first link, and the links, each with the text behind it."""
        if isinstance(text, AtomicString) or not text.strip():
            return text, []
        links: list[Element] = []
        before = ""
        done = 0
        for start, end, identity in self._terms(text):
            piece = text[done:start]
            if links:
                links[-1].tail = piece
            else:
                before = piece
            links.append(self._link(text[start:end], identity))
            done = end
        if not links:
            return text, []
        links[-1].tail = text[done:]
        return before, links

    def _terms(self, text: str) -> Iterator[tuple[int, int, Identity]]:
        for offset, piece in self._open_pieces(text):
            for match in self.build.prose.terms(piece):
                if match.term in self.seen:
                    continue
                self.seen.add(match.term)
                if not self.linked or self._address(match.term) not in self.linked:
                    yield offset + match.start, offset + match.end, match.term

    def _open_pieces(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the parts of a text that stand in no raw link, heading or code, with their offsets."""
        done = 0
        for match in HTML_PLACEHOLDER_RE.finditer(text):
            if not self.raw and match.start() > done:
                yield done, text[done : match.start()]
            self._pass(int(match[1]))
            done = match.end()
        if not self.raw and done < len(text):
            yield done, text[done:]

    def _pass(self, number: int) -> None:
        blocks = self.run.md.htmlStash.rawHtmlBlocks
        block = blocks[number] if number < len(blocks) else ""
        for closing, name in _TAG.findall(_COMMENT.sub("", block)) if isinstance(block, str) else ():
            if name.lower() in _CLOSED:
                self.raw = max(0, self.raw - 1) if closing else self.raw + 1

    def _address(self, term: Identity) -> str:
        return self.build.sitemap.link(self.build.sitemap.records[term], self.page)

    def _link(self, words: str, identity: Identity) -> Element:
        link = Element("a")
        link.set("class", "handoff-term")
        link.set("href", self.run.address(self.build.prose.page(identity, self.page), self.page))
        meaning = _meaning(self.build.prose.catalog.records[identity])
        if meaning:
            link.set("title", meaning)
        link.text = AtomicString(words)
        return link


def _meaning(record: Record) -> str:
    """Return what a term means, in so many words as a tooltip takes."""
    written = (record.description, record.get("short_description"), record.get("definition"))
    text = next((one for one in written if isinstance(one, str) and one), "")
    text = " ".join(_MENTION.sub(r"\1", text.strip().partition("\n\n")[0]).split())
    return text if len(text) <= _TOOLTIP else text[: _TOOLTIP - 1].rsplit(" ", 1)[0] + "…"
