"""A Markdown body, parsed once: title, sections, links, mentions and running text, each with its line.

The site renders the same text with Python-Markdown and the user's extensions. `tests/records/test_markdown.py` holds
the two to the same links. As there, fences and raw HTML are taken out first, line for line (`markdown_fences.py`,
`markdown_html.py`); `markdown_blocks.py` and `markdown_inline.py` teach the parser what Material's extensions know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from mkdocs_handoff.records.markdown_fences import with_quotes_joined, without_fences
from mkdocs_handoff.records.markdown_html import first_heading, without_html
from mkdocs_handoff.records.markdown_inline import MENTION
from mkdocs_handoff.text.comments import without_comments
from mkdocs_handoff.text.headings import folded

__all__ = ["MENTION", "Body", "Heading", "Link", "Mention", "parse"]

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    _Open = tuple["Link", list[str]]  # a link that is not closed yet, and its words


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and what stands under it, up to the next heading of the same or a higher level."""

    title: str
    level: int
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """An ordinary Markdown link or image."""

    target: str
    text: str
    line: int
    image: bool = False
    column: int = 1


@dataclass(frozen=True, slots=True)
class Mention:
    """`[[reference#field|words]]` in prose: a link to a record, or the value of one of its fields."""

    reference: str
    field: str
    label: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Body:
    """A parsed Markdown body. Lines count in the file that holds it, from 1.

    Attributes:
        text: The Markdown as written, without front matter.
        line: The line of the file on which it begins.
        title: The first level-one heading, as text; empty without one.
        lead: The first paragraph, as Markdown.
        paragraphs: All paragraphs that stand in nothing else, but for images alone, with the line each begins on.
        runs: Running text outside headings, links and code, with the line it begins on: where glossary terms may be
            linked.
        columns: For each run, the column at which each of its lines begins.
        banner: The `<h1>` of raw HTML that stands before every heading, as text; empty without one.
    """

    text: str
    line: int
    title: str
    lead: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    mentions: tuple[Mention, ...]
    runs: tuple[tuple[int, str], ...]
    columns: tuple[tuple[int, ...], ...] = ()
    paragraphs: tuple[tuple[int, str], ...] = ()
    banner: str = ""

    def section(self, titles: Iterable[str]) -> Heading | None:
        """Return the first section whose heading is one of the titles, however written."""
        wanted = {folded(title) for title in titles}
        return next((heading for heading in self.headings if folded(heading.title) in wanted), None)


def parse(text: str, line: int = 1) -> Body:
    """Parse a Markdown body.

    Args:
        text: The body, without front matter.
        line: The line of the file on which it begins, from 1.
    """
    lines = text.split("\n")
    taken = without_html("\n".join(with_quotes_joined(without_fences(lines))))
    tokens = _parser().parse(taken.text)
    marks: list[tuple[int, int, str]] = []
    found = _Found(lines, line)
    for first, html in taken.html:
        found.html(html, first)
    paragraphs: list[tuple[int, str]] = []
    for number, token in enumerate(tokens):
        if token.type != "inline":
            continue
        first = (token.map or [0, 0])[0]
        opener = tokens[number - 1]
        in_heading = opener.type == "heading_open"
        if in_heading and opener.level == 0:
            marks.append((int(opener.tag[1]), first, _ATTRIBUTES.sub("", _plain(token.children or []))))
        elif opener.type == "paragraph_open" and opener.level == 0 and not _only_images(token):
            paragraphs.append((line + first, token.content))
        found.inline(token, first, terms=not in_heading)
    title = next((heading for level, _, heading in marks if level == 1), "")
    links = tuple(sorted(found.links, key=lambda link: (link.line, link.column)))
    return Body(
        text,
        line,
        title,
        next((text for _, text in paragraphs), ""),
        _headings(marks, lines, line),
        links,
        tuple(found.mentions),
        tuple(found.runs),
        tuple(found.columns),
        tuple(paragraphs),
        first_heading(html for first, html in taken.html if not marks or first < marks[0][1]),
    )


# `## Title {#id .class}` of `attr_list`; not the `{{ … }}` of a template.
_ATTRIBUTES = re.compile(r"""(?<!\s)\s+\{:?\s*(?:[.#][\w-]+|[\w-]+=[^\s{}]+)(?:\s+[^{}]*)?\}$""")


def _headings(marks: list[tuple[int, int, str]], lines: list[str], line: int) -> tuple[Heading, ...]:
    ends: list[int] = []
    following: dict[int, int] = {}  # by level, where the next heading begins that ends a section of it
    for level, first, _ in reversed(marks):
        ends.append(following.get(level, len(lines)))
        following |= dict.fromkeys(range(level, 7), first)
    found = []
    for (level, first, title), end in zip(marks, reversed(ends), strict=True):
        body = lines[first + 1 : end]
        if body and re.fullmatch(r"=+|-+", body[0].strip()) and not lines[first].lstrip().startswith("#"):
            body = body[1:]
        found.append(Heading(title, level, line + first, "\n".join(body).strip()))
    return tuple(found)


@dataclass(slots=True)
class _Found:
    """What the inline tokens of a body hold, with its place in the file."""

    lines: list[str]
    base: int
    links: list[Link] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    runs: list[tuple[int, str]] = field(default_factory=list)
    columns: list[tuple[int, ...]] = field(default_factory=list)

    def inline(self, token: Token, first: int, *, terms: bool) -> None:
        """Collect from one inline token that begins on a line; `terms`: glossary terms may be linked in it."""
        inside: list[_Open] = []
        row, passed = first, 0
        reach = 0  # what is read of the text, at the least: text has no place of its own, and may be longer as written
        run: list[str] = []
        run_row, columns = row, [1]
        for child in token.children or ():
            at = child.meta.get("at") if child.meta and child.type != "text" else None
            if at is not None and at > passed:
                row += token.content.count("\n", passed, at)
                passed = at
                reach = max(reach, at)
            if child.type == "text" and not inside:
                if not run:
                    run_row, columns = row, [self._column(token.content, reach, row)]
                run.append(child.content)
                reach += len(child.content)
                continue
            if child.type in ("softbreak", "hardbreak"):
                row, passed = row + 1, token.content.find("\n", passed) + 1
                reach = passed + len(token.content[passed:]) - len(token.content[passed:].lstrip(" "))
                if run:
                    run.append("\n")
                    columns.append(self._column(token.content, reach, row))
                continue
            self._end(run, run_row, columns, terms=terms)
            self._child(child, token.content, passed, row, inside)
            reach = max(child.meta.get("end", 0), reach + (0 if child.meta else len(child.markup)))
        self._end(run, run_row, columns, terms=terms)

    def _child(self, child: Token, content: str, at: int, row: int, inside: list[_Open]) -> None:
        """Collect from a token that is no running text; `inside`: the links that it stands in."""
        if child.type == "link_open":
            link = Link(str(child.attrGet("href") or ""), "", self.base + row, column=self._column(content, at, row))
            inside.append((link, []))
        elif child.type == "link_close" and inside:
            link, words = inside.pop()
            self.links.append(replace(link, text="".join(words)))
        elif child.type == "image":
            src, column = str(child.attrGet("src") or ""), self._column(content, at, row)
            self.links.append(Link(src, child.content, self.base + row, image=True, column=column))
        elif child.type == "html_inline":
            self.html(child.content, row)
            self._in_comment(child.content, row)
        elif child.type == "mention":
            least = at - (content.rfind("\n", 0, at) + 1)
            self._mention(child.meta["target"], child.meta["label"], row, least)
        elif child.type in ("text", "code_inline") and inside:
            inside[-1][1].append(child.content)

    def html(self, html: str, row: int) -> None:
        """Collect the links of raw HTML that begins on a line."""
        if html.startswith("<!--"):
            return
        html = without_comments(html, lines=True)
        for match in _HTML_LINK.finditer(html):
            line = row + html.count("\n", 0, match.start())
            column = self._source(line).find(match[0].partition("\n")[0]) + 1
            image = match[1].lower() == "img"
            self.links.append(Link(match[2], "", self.base + line, image=image, column=max(column, 1)))

    def _source(self, row: int) -> str:
        return self.lines[row] if 0 <= row < len(self.lines) else ""

    def _column(self, content: str, at: int, row: int) -> int:
        """Return the column of a place in a block's text, which lacks what stands before it in the file's line."""
        start = content.rfind("\n", 0, at) + 1
        end = content.find("\n", start)
        written = content[start : None if end < 0 else end]
        words = written.strip()
        before = self._source(row).find(words) - (len(written) - len(written.lstrip()))
        return max(before, 0) + at - start + 1

    def _end(self, run: list[str], row: int, columns: list[int], *, terms: bool) -> None:
        """Keep a run of text that something else ends."""
        text = "".join(run)
        if terms and text.strip():
            self.runs.append((self.base + row, text))
            self.columns.append(tuple(columns))
        run.clear()

    def _in_comment(self, html: str, row: int) -> None:
        """Collect mentions in a comment in the midst of a line: there the site makes links of them, too."""
        for match in MENTION.finditer(html) if html.startswith("<!--") else ():
            line = row + html.count("\n", 0, match.start())
            self._mention(match[1].strip(), (match[2] or "").strip(), line, 0)

    def _mention(self, target: str, label: str, row: int, least: int) -> None:
        """Keep a mention; `least`: its line is at least so long before it."""
        reference, _, name = target.partition("#")
        source = self._source(row)
        column = source.find("[[" + target, min(least, len(source))) + 1
        self.mentions.append(Mention(reference.strip(), name.strip(), label, self.base + row, max(column, 1)))


_HTML_LINK = re.compile(r"""<(a|img)\b[^>]*?\b(?:href|src)\s*=\s*["']([^"']*)["']""", re.IGNORECASE)


def _plain(children: list[Token]) -> str:
    """Return inline tokens as the words a reader sees."""
    return "".join(
        child.meta["label"] or child.meta["target"]
        if child.type == "mention"
        else " "
        if child.type in ("softbreak", "hardbreak")
        else child.content
        if child.type in ("text", "code_inline", "image")
        else ""
        for child in children
    ).strip()


def _only_images(token: Token) -> bool:
    return all(
        child.type in ("image", "softbreak", "link_open", "link_close", "html_inline") or not child.content.strip()
        for child in token.children or ()
    )


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - a run without Markdown records need not load it

    from mkdocs_handoff.records import markdown_blocks, markdown_inline  # noqa: PLC0415

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    markdown_blocks.teach(parser)
    markdown_inline.teach(parser)
    return parser
