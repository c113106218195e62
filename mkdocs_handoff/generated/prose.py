"""A record's prose for a builder that knows no records: links, `[[references]]` and terms as plain Markdown links."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from mkdocs_handoff.catalog.glossary import TERM
from mkdocs_handoff.catalog.links import SAFE_SCHEMES, exists, local, scheme
from mkdocs_handoff.generated.brackets import Written, link_at
from mkdocs_handoff.pages.paths import between
from mkdocs_handoff.pages.sitemap import relative, url_of
from mkdocs_handoff.records.markdown import MENTION, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs_handoff.pages.page import Page
    from mkdocs_handoff.pages.prose import Prose
    from mkdocs_handoff.records.markdown import Body, Link
    from mkdocs_handoff.records.record import Identity, Record

_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*(<[^>\n]*>|\S+)", re.MULTILINE)
_RAW = re.compile(r"""<(?:a|img)\b[^>]*?\s(?:href|src)\s*=\s*(["'])(.*?)\1""", re.IGNORECASE | re.DOTALL)
_ATX = re.compile(r" {0,3}(#{1,6})(?=[ \t\n]|$)")
_TERM_LINK = re.compile(r'<a class="handoff-term" href="([^"]*)"')
_REFERENCE = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_SPECIAL = frozenset("\\`*_{}[]()<>#|~^=$&\"'+!:@")
_TOOLTIP = 200
_NOWHERE = "#"


@dataclass
class _Edits:
    """Replacements in a text, of which no two overlap."""

    text: str
    starts: list[int]
    made: list[tuple[int, int, str]] = field(default_factory=list)

    def at(self, line: int, column: int) -> int:
        """Return the offset of a line and column, both from 1."""
        return self.starts[min(line, len(self.starts)) - 1] + column - 1

    def put(self, start: int, end: int, new: str) -> None:
        """Replace a part of the text, unless some of it is replaced already."""
        if all(end <= there or start >= until for there, until, _ in self.made) and self.text[start:end] != new:
            self.made.append((start, end, new))

    def applied(self) -> str:
        """Return the text with all replacements."""
        done, pieces = 0, []
        for start, end, new in sorted(self.made):
            pieces += [self.text[done:start], new]
            done = end
        return "".join(pieces) + self.text[done:]


def rewritten(page: Page, prose: Prose, path: str, root: Path) -> str:
    """Return a page's prose with links that lead to generated pages, and headings below the page's own.

    What leads nowhere on the site loses its link and keeps its words: a builder would warn of it at every build.

    Args:
        page: The page.
        prose: What links in prose lead to.
        path: The file that the prose is written in, from the project's root.
        root: The project's root.
    """
    text = page.prose
    if not text.strip():
        return ""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return _Rewriting(page, prose, path, root, parse(text), _Edits(text, starts)).run()


class _Rewriting:
    """The rewriting of one page's prose."""

    def __init__(self, page: Page, prose: Prose, path: str, root: Path, body: Body, edits: _Edits) -> None:
        self.page = page
        self.src_uri = page.src_uri
        self.prose = prose
        self.path = path
        self.root = root
        self.body = body
        self.edits = edits
        self.identities = {src_uri: identity for identity, src_uri in prose.sitemap.records.items()}
        self.seen: set[Identity] = {page.identity} if page.identity is not None else set()

    def run(self) -> str:
        self._mentions_within(list(self._links()))
        if self.page.identity is not None:
            self._headings()
        self._terms()
        return self.edits.applied()

    def _links(self) -> Iterator[tuple[int, int]]:
        """Rewrite all links; yield where those stand whose words may hold a reference."""
        defined: set[str] = set()
        for link in self.body.links:
            start = self.edits.at(link.line, link.column)
            if self.edits.text.startswith("<", start):
                self._raw(start)
                continue
            written = link_at(self.edits.text, start)
            if written is None or written.target is None:
                defined.add(link.target)
                self._note(self._answer(link.target))
                if written is not None:
                    yield start, written.end
                continue
            self._inline(link, written, start)
            yield start, written.end
        for match in _DEFINITION.finditer(self.edits.text) if defined else ():
            target = match[1].strip("<>")
            answer = self._answer(target) if target in defined else target
            if answer != target:
                self.edits.put(match.start(1), match.end(1), _address(answer) if answer else _NOWHERE)

    def _inline(self, link: Link, written: Written, start: int) -> None:
        answer = self._answer(link.target)
        self._note(answer)
        if answer == link.target or written.target is None:
            return
        if answer:
            self.edits.put(*written.target, _address(answer))
        else:
            # Brackets go, and words stay, with what stands in them.
            self.edits.put(start, written.words[0], "")
            self.edits.put(written.words[1], written.end, "")

    def _raw(self, start: int) -> None:
        """Rewrite the address in a tag of raw HTML, which builders pass as it is: it must be the final one."""
        match = _RAW.match(self.edits.text, start)
        if match is None:
            return
        target = unescape(match[2])
        if target.lower().startswith("data:"):
            return
        answer = self._answer(target)
        if not answer or not (scheme(answer) or answer.startswith(("/", "\\"))):
            self.edits.put(match.start(2), match.end(2), escape(self._final(answer)) if answer else _NOWHERE)

    def _answer(self, target: str) -> str:
        """Return where a link leads from the page: as written where that is right, empty where nothing is shown."""
        named = scheme(target)
        if named:
            return target if named in SAFE_SCHEMES else ""
        found = self.prose.link(target, self.path, self.src_uri)
        if found:
            return found
        where = local(target, self.path)
        if where is None:
            return target
        fragment = f"#{where.fragment}" if where.fragment else ""
        if where.path == self.path:
            return fragment or _NOWHERE
        docs = self.prose.docs
        if where.path.startswith(docs) and exists(self.root, where.path):
            return between(where.path[len(docs) :], posixpath.dirname(self.src_uri)) + fragment
        return ""

    def _final(self, href: str) -> str:
        if href.startswith("#"):
            return href
        path, _, anchor = href.partition("#")
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(self.src_uri), path))
        directory_urls = self.prose.sitemap.directory_urls
        target, page = (url_of(one, directory_urls=directory_urls) for one in (joined, self.src_uri))
        return relative(target, page, unquote(anchor))

    def _note(self, href: str) -> None:
        """Remember the terms that the text links already."""
        if href and not href.startswith("#") and not scheme(href):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(self.src_uri), href.partition("#")[0]))
            identity = self.identities.get(path)
            if identity is not None and identity.kind == TERM:
                self.seen.add(identity)

    def _mentions_within(self, links: list[tuple[int, int]]) -> None:
        for mention in self.body.mentions:
            start = self.edits.at(mention.line, mention.column)
            match = MENTION.match(self.edits.text, start)
            if match is None:
                continue
            answer = self.prose.mention(match[1].strip(), (match[2] or "").strip(), self.src_uri)
            if answer is None:
                continue
            words = plain(answer.text)
            if answer.href and not any(there <= start < until for there, until in links):
                self._note(answer.href)
                words = _link(words, answer.href, answer.problem or answer.hint)
            self.edits.put(start, match.end(), words)

    def _headings(self) -> None:
        """Move all headings one level down where any of them is of level one: a page has one."""
        text = self.edits.text
        if all(heading.level > 1 for heading in self.body.headings):
            return
        for heading in self.body.headings:
            start = self.edits.at(heading.line, 1)
            match = _ATX.match(text, start)
            if match is not None:
                if heading.level < 6:
                    self.edits.put(match.start(1), match.start(1), "#")
                continue
            end = text.find("\n", start)
            under = text.find("\n", end + 1)
            under = len(text) if under < 0 else under
            if end < 0 or text[end + 1 : under].strip(" \t=-"):
                continue  # a title of several lines: left as it is
            if heading.level == 1:
                self.edits.put(end + 1, under, "---")
            else:
                self.edits.put(start, start, "### ")
                self.edits.put(end, under, "")

    def _terms(self) -> None:
        """Link glossary terms where the page first mentions them, as the plugin does."""
        if not self.prose.catalog.glossary.phrases:
            return
        linked = frozenset(_TERM_LINK.findall(self.page.before))
        for (line, run), columns in zip(self.body.runs, self.body.columns, strict=True):
            rows = run.split("\n")
            for match in self.prose.terms(run):
                row = run.count("\n", 0, match.start)
                lead = match.start - (run.rfind("\n", 0, match.start) + 1)
                words = run[match.start : match.end]
                start = self.edits.at(line + row, columns[row] + lead) if row < min(len(columns), len(rows)) else -1
                if match.term in self.seen or start < 0 or not self.edits.text.startswith(words, start):
                    continue
                if "\n" in words or self._title(start):
                    continue
                self.seen.add(match.term)
                target = self.prose.sitemap.records[match.term]
                if self.prose.sitemap.link(target, self.src_uri) in linked:
                    continue
                href = self.prose.page(match.term, self.src_uri)
                meaning = _meaning(self.prose.catalog.records[match.term])
                self.edits.put(start, start + len(words), _link(words, href, meaning))

    def _title(self, at: int) -> bool:
        """Tell whether a place is in the first line of an admonition or a tab, whose title takes no link."""
        line = self.edits.text[self.edits.text.rfind("\n", 0, at) + 1 : at].lstrip()
        return line.startswith(("!!!", "???", "===", "///"))


def plain(text: str) -> str:
    """Return a text that Markdown shows as it is, with whatever extensions."""
    return "".join(f"&#{ord(letter)};" if letter in _SPECIAL else letter for letter in " ".join(text.split()))


def _link(words: str, href: str, hint: str) -> str:
    return f'[{words}]({_address(href)} "{plain(hint)}")' if hint else f"[{words}]({_address(href)})"


def _address(href: str) -> str:
    path, _, fragment = href.partition("#")
    return quote(path, safe="/~@!$&*+,;=:%") + (f"#{fragment}" if fragment or href == _NOWHERE else "")


def _meaning(record: Record) -> str:
    """Return what a term means, in so many words as a tooltip takes."""
    written = (record.description, record.get("short_description"), record.get("definition"))
    text = next((one for one in written if isinstance(one, str) and one), "")
    text = " ".join(_REFERENCE.sub(r"\1", text.strip().partition("\n\n")[0]).split())
    return text if len(text) <= _TOOLTIP else text[: _TOOLTIP - 1].rsplit(" ", 1)[0] + "…"
