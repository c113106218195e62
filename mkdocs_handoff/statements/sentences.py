"""The prose of a record as sentences, with a place for each of their characters.

A passage's running text breaks off at every emphasis, link and mention. Here it is joined again: emphasis leaves
nothing behind, a link its words, a mention the title of what it names. What takes a value from a record, and code,
become one character that is no word: such a value is a fact already.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.records.markdown import MENTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.passages import Passage
    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.text.yaml import Path

FACT = "\ufffc"
"""What stands for a value that is taken from a record."""
_CODE = re.compile(r"(`+)[^`]*\1")
_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\([^()\s]*(?:\s\"[^\"]*\")?\)")
_TAG = re.compile(r"<[^<>]*>")
_MARKS = re.compile(r"[*_~]+")
_BLOCK = re.compile(r"\s*(?:[-*+>#|]|\d+[.)])\s")
_END = re.compile(r"(?<=[.!?])[)\"'\u201d]*\s+(?=[\"'(\[\u201c]*[A-Z0-9])|\n\s*\n")
_NOT_ENDS = re.compile(r"(?:\b(?:e\.g|i\.e|approx|ca|c|vs|resp|cf|no|fig|dr|mr|mrs|st|al))\.$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Attributes:
        text: Its words.
        start: Where in its stretch it begins.
        path: The field that it stands in; empty for the body.
        headings: The headings that it stands under.
    """

    text: str
    start: int
    path: Path
    headings: tuple[str, ...]
    stretch: _Stretch

    def place(self, at: int) -> Place:
        """Return where one of its characters stands."""
        return self.stretch.place(self.start + at)


@dataclass(slots=True)
class _Stretch:
    """Runs of one paragraph, joined."""

    record: Record
    passage: Passage
    text: str
    starts: list[int]
    points: list[tuple[int, int]]
    end: tuple[int, int]

    def place(self, at: int) -> Place:
        if self.passage.path:
            return self.record.source.place(self.passage.path)
        number = bisect_right(self.starts, at) - 1
        line, column = self.points[number]
        return self.passage.place(self.record, line, column + at - self.starts[number])

    def add(self, text: str, line: int, column: int) -> None:
        self.starts.append(len(self.text))
        self.points.append((line, column))
        self.text += text


def sentences(record: Record, catalog: Catalog) -> Iterator[Sentence]:
    """Yield all sentences of a record's prose."""
    for passage in catalog.passages.get(record.identity, ()):
        for stretch in _stretches(record, passage, catalog):
            begin = 0
            for match in _END.finditer(stretch.text):
                if _NOT_ENDS.search(stretch.text, begin, match.start()):
                    continue
                yield _sentence(stretch, begin, match.start())
                begin = match.end()
            yield _sentence(stretch, begin, len(stretch.text))


def _sentence(stretch: _Stretch, begin: int, end: int) -> Sentence:
    headings: tuple[str, ...] = ()
    body = stretch.record.body
    if not stretch.passage.path and body is not None:
        line = stretch.points[0][0]
        under: dict[int, str] = {}
        for heading in body.headings:
            if heading.line > line:
                break
            under = {level: title for level, title in under.items() if level < heading.level}
            under[heading.level] = heading.title
        headings = tuple(title for level, title in under.items() if level > 1)
    return Sentence(stretch.text[begin:end], begin, stretch.passage.path, headings, stretch)


def _stretches(record: Record, passage: Passage, catalog: Catalog) -> Iterator[_Stretch]:
    body = record.body
    lines = body.text.split("\n") if body is not None and not passage.path else []
    first = body.line if body is not None else 1
    current: _Stretch | None = None
    for number, (line, text) in enumerate(passage.runs):
        columns = passage.columns[number] if number < len(passage.columns) else ()
        column = columns[0] if columns else 1
        between = _between(current, line, column, lines, first, catalog) if current is not None and columns else None
        if current is None or between is None:
            if current is not None:
                yield current
            current = _Stretch(record, passage, "", [], [], (line, column))
        elif between:
            current.add(between, *current.end)
        for row, part in enumerate(text.split("\n")):
            at = columns[row] if row < len(columns) else 1
            current.add(("\n" if row else "") + part, line + row, at - (1 if row else 0))
            current.end = (line + row, at + len(part))
    if current is not None:
        yield current


def _between(current: _Stretch, line: int, column: int, lines: list[str], first: int, catalog: Catalog) -> str | None:
    """Return what stands between two runs, as words; None where they are not of one paragraph."""
    at, end = current.end
    if not 0 <= at - first < len(lines) or not 0 <= line - first < len(lines) or line - at not in (0, 1):
        return None
    if line == at:
        gap = lines[at - first][end - 1 : column - 1]
    else:
        if _BLOCK.match(lines[line - first]):
            return None
        gap = lines[at - first][end - 1 :] + "\n" + lines[line - first][: column - 1]
    words = MENTION.sub(lambda match: _named(match[1], match[2] or "", catalog), gap)
    words = _LINK.sub(lambda match: FACT if match[1] else match[2], _CODE.sub(FACT, words))
    words = _MARKS.sub("", _TAG.sub("", words))
    return None if "|" in words else words


def _named(target: str, label: str, catalog: Catalog) -> str:
    if "#" in target:
        return FACT
    found = catalog.find(target.strip())
    return label.strip() or (catalog.title(found[0]) if len(found) == 1 else target)
