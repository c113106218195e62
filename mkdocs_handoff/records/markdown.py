"""A Markdown body, parsed once: title, sections, links, mentions and running text, each with its line.

The site renders the same text with Python-Markdown and the user's extensions. `tests/records/test_markdown.py` holds
the two to the same links; `markdown_blocks.py` teaches this parser the blocks that only Material's extensions know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MENTION = re.compile(r"\[\[([^\[\]|\n]+?)(?:\|([^\[\]\n]+?))?\]\](?![(\[])")
"""`[[reference]]` or `[[reference|words]]`; not the `[[1]](url)` of a footnote-like link."""

_PLACEHOLDER = re.compile(
    r"\[?(?:more information needed|needs more information)\]?|\{\{.*?\}\}|\{(?:lang_\d|card_data)\}"
    r"|\bTODO\b|\bTBD\b|\bFIXME\b",
    re.IGNORECASE,
)
_DECORATION = re.compile(r"[\s*_>#.:-]+")


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
        runs: Running text outside headings, links and code, with its line: where glossary terms may be linked.
    """

    text: str
    line: int
    title: str
    lead: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    mentions: tuple[Mention, ...]
    runs: tuple[tuple[int, str], ...]

    def section(self, titles: Iterable[str]) -> Heading | None:
        """Return the first section whose heading is one of the titles, however written."""
        wanted = {fold(title) for title in titles}
        return next((heading for heading in self.headings if fold(heading.title) in wanted), None)


def fold(text: str) -> str:
    """Return a heading for comparison: no case, no decoration."""
    return _DECORATION.sub(" ", text).strip().casefold()


def is_placeholder(text: str) -> bool:
    """Tell whether a text is only what a template left behind (`More Information Needed`, `TODO`, `{{ name }}`)."""
    rest, found = _PLACEHOLDER.subn(" ", text)
    return bool(found) and not _DECORATION.sub("", rest).strip("[]()")


def parse(text: str, line: int = 1) -> Body:
    """Parse a Markdown body.

    Args:
        text: The body, without front matter.
        line: The line of the file on which it begins, from 1.
    """
    tokens = _parser().parse(text)
    lines = text.split("\n")
    marks: list[tuple[int, int, str]] = []
    links: list[Link] = []
    mentions: list[Mention] = []
    runs: list[tuple[int, str]] = []
    lead = ""
    for number, token in enumerate(tokens):
        if token.type == "html_block":
            links.extend(_html_links(token.content, line + (token.map or [0, 0])[0]))
        if token.type != "inline" or token.children is None:
            continue
        first = (token.map or [0, 0])[0]
        opener = tokens[number - 1]
        in_heading = opener.type == "heading_open"
        if in_heading and opener.level == 0:
            marks.append((int(opener.tag[1]), first, _plain(token.children)))
        elif not lead and opener.type == "paragraph_open" and opener.level == 0 and not _only_images(token):
            lead = token.content
        _inline(token, line + first, lines, line, links, mentions, None if in_heading else runs)
    title = next((heading for level, _, heading in marks if level == 1), "")
    return Body(text, line, title, lead, _headings(marks, lines, line), tuple(links), tuple(mentions), tuple(runs))


def _headings(marks: list[tuple[int, int, str]], lines: list[str], line: int) -> tuple[Heading, ...]:
    found = []
    for number, (level, first, title) in enumerate(marks):
        after = (start for depth, start, _ in marks[number + 1 :] if depth <= level)
        end = next(after, len(lines))
        body = lines[first + 1 : end]
        if body and re.fullmatch(r"=+|-+", body[0].strip()) and not lines[first].lstrip().startswith("#"):
            body = body[1:]
        found.append(Heading(title, level, line + first, "\n".join(body).strip()))
    return tuple(found)


def _inline(
    token: Token,
    line: int,
    lines: list[str],
    base: int,
    links: list[Link],
    mentions: list[Mention],
    runs: list[tuple[int, str]] | None,
) -> None:
    """Collect from one inline token. `runs` is None where glossary terms are not to be linked."""
    inside: list[tuple[str, list[str]]] = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "link_open":
            inside.append((str(child.attrGet("href") or ""), []))
        elif child.type == "link_close":
            target, words = inside.pop()
            links.append(Link(target, "".join(words), line))
        elif child.type == "image":
            links.append(Link(str(child.attrGet("src") or ""), child.content, line, image=True))
        elif child.type == "html_inline":
            links.extend(_html_links(child.content, line))
        elif child.type == "mention":
            mentions.append(_mention(child, line, lines, base))
        elif child.type in ("text", "code_inline"):
            if inside:
                inside[-1][1].append(child.content)
            elif child.type == "text" and runs is not None and child.content.strip():
                runs.append((line, child.content))


def _mention(token: Token, line: int, lines: list[str], base: int) -> Mention:
    reference, _, name = token.meta["target"].partition("#")
    row = line - base
    source = lines[row] if 0 <= row < len(lines) else ""
    column = source.find("[[" + token.meta["target"]) + 1
    return Mention(reference.strip(), name.strip(), token.meta["label"], line, max(column, 1))


_HTML_LINK = re.compile(r"""<(a|img)\b[^>]*?\b(?:href|src)\s*=\s*["']([^"']*)["']""", re.IGNORECASE)


def _html_links(html: str, line: int) -> list[Link]:
    return [
        Link(match[2], "", line + html.count("\n", 0, match.start()), image=match[1].lower() == "img")
        for match in _HTML_LINK.finditer(html)
    ]


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

    from mkdocs_handoff.records import markdown_blocks  # noqa: PLC0415

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    markdown_blocks.teach(parser)
    return parser
