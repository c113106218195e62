"""The prose of a record as sentences, each with its place, its headings and what stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.statements.stretches import stretches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.passages import Passage
    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.statements.stretches import Stretch
    from mkdocs_handoff.text.yaml import Path

_END = re.compile(r"(?<=[.!?])[)\"'\u201d]*\s+(?=[\"'(\[\u201c]*[A-Z0-9])|\n\s*\n|\n(?=\s*[-*+]\s)")
_NOT_ENDS = re.compile(r"(?:\b(?:e\.g|i\.e|approx|ca|c|vs|resp|cf|no|fig|dr|mr|mrs|st|al))\.$", re.IGNORECASE)
_NO_SENTENCE = re.compile(r"\A[^\n\d]{1,80}[^\W\d]\s*\Z")
"""A line of words alone, with no end and no figure."""
_REACH = 8
"""So many sentences of a paragraph are looked back at: what stands further away is not seen to be of the same."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Attributes:
        text: Its words.
        start: Where in its stretch it begins.
        path: The field that it stands in; empty for the body.
        headings: The headings that it stands under.
        stretch: The paragraph, or the item of a list, that it is part of.
        before: The sentences before it in its paragraph.
        above: What it stands below: the items it is moved in under, the words before its list, and a line alone that is
            no sentence, which is a heading to its readers.
        earlier: The last sentences of the paragraph before its own, in the same section.
        first: Whether it is of the first paragraph: what a record says first is about itself.
    """

    text: str
    start: int
    path: Path
    headings: tuple[str, ...]
    stretch: Stretch
    before: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    first: bool = False

    def place(self, at: int) -> Place:
        """Return where one of its characters stands."""
        return self.stretch.place(self.start + at)


def sentences(record: Record, catalog: Catalog) -> Iterator[Sentence]:
    """Yield all sentences of a record's prose."""
    for passage in catalog.passages.get(record.identity, ()):
        yield from _of_passage(record, passage, catalog)


def _of_passage(record: Record, passage: Passage, catalog: Catalog) -> Iterator[Sentence]:
    above: list[tuple[int, str]] = []  # the items, and the words before the list, with how far each is moved in
    earlier: tuple[str, ...] = ()
    section, line = 0, ""
    sections = _Sections(record, passage)
    fresh = not passage.path or passage.path[0] == "description"
    for stretch in stretches(record, passage, catalog):
        begins, headings = sections.at(stretch.line)
        if begins != section:
            above, earlier, section, line = [], (), begins, ""
        item = stretch.indent >= 0
        above = [one for one in above if one[0] < stretch.indent or (one[0] < 0 and not item)]
        texts = list(_split(stretch.text))
        for number, (begin, end) in enumerate(texts):
            since = max(0, number - _REACH)
            yield Sentence(
                stretch.text[begin:end],
                begin,
                passage.path,
                headings,
                stretch,
                tuple(stretch.text[start:stop] for start, stop in texts[since:number]),
                (*([line] if line else []), *(text for _, text in above)),
                () if item else earlier,
                fresh and not headings,
            )
        last = tuple(stretch.text[start:stop] for start, stop in texts[-_REACH:])
        if item:
            above.append((stretch.indent, stretch.text))
        else:
            fresh = False
            above = [(-1, last[-1])] if last and last[-1].rstrip().endswith(":") else []
            earlier = last
            if len(texts) == 1 and _NO_SENTENCE.search(stretch.text):
                line = stretch.text


def _split(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for match in _END.finditer(text):
        if _NOT_ENDS.search(text, max(begin, match.start() - 12), match.start()):
            continue
        yield begin, match.start()
        begin = match.end()
    yield begin, len(text)


class _Sections:
    """The sections of a body, asked for lines from first to last."""

    def __init__(self, record: Record, passage: Passage) -> None:
        body = record.body
        self._left = list(reversed(body.headings)) if body is not None and not passage.path else []
        self._under: dict[int, str] = {}
        self._begins = 0

    def at(self, line: int) -> tuple[int, tuple[str, ...]]:
        """Return where the section of a line begins, and the headings that it stands under."""
        while self._left and self._left[-1].line <= line:
            heading = self._left.pop()
            self._under = {level: title for level, title in self._under.items() if level < heading.level}
            self._under[heading.level] = heading.title
            self._begins = heading.line
        return self._begins, tuple(title for level, title in self._under.items() if level > 1)
