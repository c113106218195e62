"""The prose of a record as stretches: a paragraph or an item each, with a place for each of its characters.

A passage's running text breaks off at every emphasis, link and mention. Here it is joined again: emphasis leaves
nothing behind, a link its words, a mention the title of what it names. What takes a value from a record, code, and
what stands in quotation marks become a character that is no word: a value is a fact already, and a quotation is
somebody else's. Tables and block quotes are no stretches.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.records import markdown
from mkdocs_handoff.records.markdown import MENTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.passages import Passage
    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.text.yaml import Path

FACT = "\ufffc"
"""What stands for a value that is taken from a record, and for each character of a quotation."""
_CODE = re.compile(r"(`+)[^`]*\1")
_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\([^()\s]*(?:\s\"[^\"]*\")?\)")
_TAG = re.compile(r"<[^<>]*>")
_MARKS = re.compile(r"[*_~]+")
_BLOCK = re.compile(r"\s*(?:[-*+>#|]|\d+[.)])\s")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?")
_MARKER = re.compile(r"\s*(?:(?:[-*+>]|\d+[.)])\s+)*(?:\[[ xX]\]\s+)?")
_BREAK = re.compile(r"\s*(?:#|```|~~~|<|!!!|\?\?\?|---|===|\||[-*+]\s|\d+[.)]\s)")
_MARKED = re.compile(r"[\[`<*_|>~\n\\&]")
_QUOTE = re.compile(r"[\s\d.)*+-]*>")
_RULER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)+$")
_STRONG = re.compile(rf"{_MARKER.pattern}(\*\*|__)(?!\s)(?:(?!\1)[^:=%]|(?!\1):(?=\s*\D))+\1\s*:?\s*$")
_SAID = re.compile(
    r"\"[^\"\n]{0,400}(?:\n[^\"\n]{1,400})?\""
    r"|[\u201c\u201e][^\u201c\u201d]{0,600}[\u201c\u201d]|\u00ab[^\u00ab\u00bb]{0,600}\u00bb"
    r"|(?<!\w)['\u2018][^'\u2018\u2019\n]{0,200}['\u2019](?!\w)"
)


@dataclass(slots=True)
class Stretch:
    """Runs of one paragraph or item, joined.

    Attributes:
        text: Its words.
        starts: Where in them each run begins.
        points: Line and column of each run.
        end: Line and column where the last one ends.
        indent: How far an item of a list is moved in; -1 for what is none.
        numbered: Whether it is an item with a number.
        strong: Whether it is one line, all in bold, without a value: a heading to its readers.
    """

    record: Record
    passage: Passage
    text: str
    starts: list[int]
    points: list[tuple[int, int]]
    end: tuple[int, int]
    indent: int = -1
    numbered: bool = False
    strong: bool = False

    @property
    def line(self) -> int:
        """Return the line on which it begins; 0 in a field."""
        return self.points[0][0]

    def place(self, at: int) -> Place:
        """Return where one of its characters stands."""
        if self.passage.path:
            return self.record.source.place(self.passage.path)
        number = bisect_right(self.starts, at) - 1
        line, column = self.points[number]
        return self.passage.place(self.record, line, column + at - self.starts[number])

    def add(self, text: str, line: int, column: int) -> None:
        """Add words that stand at a place."""
        self.starts.append(len(self.text))
        self.points.append((line, column))
        self.text += text


def stretches(record: Record, passage: Passage, catalog: Catalog) -> Iterator[Stretch]:
    """Yield the stretches of a passage.

    Args:
        record: Whose it is.
        passage: Its body, or a field.
        catalog: For the titles of what it mentions.
    """
    page = _page(record, passage, catalog)
    for stretch in _joined(page):
        line = page.written(stretch.line)
        if stretch.line - page.first in page.tables or _QUOTE.match(line):
            continue
        if _ITEM.match(line):
            stretch.indent = len(line) - len(line.lstrip())
            stretch.numbered = line.lstrip()[0].isdigit()
        bold = ("**" in line or "__" in line) and "\n" not in stretch.text
        stretch.strong = bold and _STRONG.match(line) is not None
        stretch.text = _SAID.sub(lambda match: FACT * len(match[0]), stretch.text)
        yield stretch


@dataclass(frozen=True)
class _Page:
    """A passage with the lines that it was read from; `first` is the number of the first of them."""

    record: Record
    passage: Passage
    catalog: Catalog
    lines: list[str]
    first: int
    runs: tuple[tuple[int, str], ...]
    columns: tuple[tuple[int, ...], ...]
    tables: frozenset[int]

    def written(self, line: int) -> str:
        row = line - self.first
        return self.lines[row] if 0 <= row < len(self.lines) else ""

    def words(self, marked: str) -> str:
        """Return Markdown as words."""
        words = MENTION.sub(lambda match: self._named(match[1], match[2] or ""), marked)
        words = _LINK.sub(lambda match: FACT if match[1] else match[2], _CODE.sub(FACT, words))
        return _MARKS.sub("", _TAG.sub("", words))

    def _named(self, target: str, label: str) -> str:
        if "#" in target:
            return FACT
        found = self.catalog.find(target.strip())
        return label.strip() or (self.catalog.title(found[0]) if len(found) == 1 else target)


def _page(record: Record, passage: Passage, catalog: Catalog) -> _Page:
    if not passage.path:
        body = record.body
        lines = body.text.split("\n") if body is not None else []
        first = body.line if body is not None else 1
        return _Page(record, passage, catalog, lines, first, passage.runs, passage.columns, _tables(lines))
    text = _written(record, passage.path)
    if not _MARKED.search(text):
        return _Page(record, passage, catalog, [text], 0, ((0, text),), ((1,),), frozenset())
    lines = text.split("\n")
    read = markdown.parse(text)  # a field's passage does not keep where in it its runs stand
    return _Page(record, passage, catalog, lines, 1, read.runs, read.columns, _tables(lines))


def _written(record: Record, path: Path) -> str:
    here: Any = record.fields
    for step in path:
        here = here[step]
    return str(here)


def _tables(lines: list[str]) -> frozenset[int]:
    """Return the rows of a text that are of tables, with or without a line before their first column."""
    found: set[int] = set()
    inside = False
    for row, line in enumerate(lines):
        ruler = bool(row) and "|" in lines[row - 1] and _RULER.match(line) is not None
        inside = bool(line.strip()) and (inside or ruler)
        if ruler:
            found.add(row - 1)
        if inside or line.lstrip().startswith("|"):
            found.add(row)
    return frozenset(found)


def _joined(page: _Page) -> Iterator[Stretch]:
    current: Stretch | None = None
    for number, (line, text) in enumerate(page.runs):
        columns = page.columns[number] if number < len(page.columns) else ()
        column = columns[0] if columns else 1
        between = _between(current, line, column, page) if current is not None else None
        if current is None or between is None:
            if current is not None:
                yield _closed(current, page)
            current = _opened(line, column, page)
        elif between:
            current.add(between, *current.end)
        for row, part in enumerate(text.split("\n")):
            at = columns[row] if row < len(columns) else 1
            current.add(("\n" if row else "") + part, line + row, at - (1 if row else 0))
            current.end = (line + row, at + len(part))
    if current is not None:
        yield _closed(current, page)


def _opened(line: int, column: int, page: _Page) -> Stretch:
    """Return a stretch that begins with the words before its first run: those of a link or a mention."""
    stretch = Stretch(page.record, page.passage, "", [], [], (line, column))
    before = page.written(line)[: column - 1]
    marker = _MARKER.match(before)
    start = marker.end() if marker is not None else 0
    words = page.words(before[start:])
    if start == len(before) - len(before.lstrip()) and _goes_on(page.written(line - 1)):
        words = FACT + words  # the line before is of the same paragraph, and holds nothing but code or links
    if words.strip():
        stretch.add(words, line, start + 1)
    return stretch


def _closed(stretch: Stretch, page: _Page) -> Stretch:
    """Return a stretch with the words after its last run."""
    line, column = stretch.end
    rest = page.words(page.written(line)[column - 1 :]).rstrip(" \\")
    following = page.written(line + 1)
    if following.strip() and not _BLOCK.match(following):
        rest += "\n" + FACT
    if rest.strip():
        stretch.add(rest, line, column)
    return stretch


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and not _BREAK.match(line)


def _between(current: Stretch, line: int, column: int, page: _Page) -> str | None:
    """Return what stands between two runs, as words; None where they are not of one paragraph."""
    at, end = current.end
    if not page.written(at) or not page.written(line) or line - at not in (0, 1):
        return None
    if line == at:
        gap = page.written(at)[end - 1 : column - 1]
    else:
        if _BLOCK.match(page.written(line)):
            return None
        gap = page.written(at)[end - 1 :] + "\n" + page.written(line)[: column - 1]
    words = page.words(gap)
    return None if "|" in words else words
