"""The prose of a record as sentences, each with its place, its headings and what stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_handoff.statements.sections import Sections
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
_NO_SENTENCE = re.compile(r"\A(?!.*[.!?]\s*\Z)(?!.*[:=%])[^\n]{1,80}\Z")
"""A line alone, with no end and no value."""
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
        section: The line on which its section begins.
        before: The sentences before it in its paragraph.
        after: The one that follows it there.
        above: What it stands below: the items it is moved in under, the words before its list, and a line alone that is
            no sentence, which is a heading to its readers.
        beside: The items before its own in its list.
        earlier: The last sentences of the paragraph before its own, in the same section.
    """

    text: str
    start: int
    path: Path
    headings: tuple[str, ...]
    stretch: Stretch
    section: int = 0
    before: tuple[str, ...] = ()
    after: str = ""
    above: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()

    def place(self, at: int) -> Place:
        """Return where one of its characters stands."""
        return self.stretch.place(self.start + at)


def sentences(record: Record, catalog: Catalog) -> Iterator[Sentence]:
    """Yield all sentences of a record's prose."""
    for passage in catalog.passages.get(record.identity, ()):
        yield from _of_passage(record, passage, catalog)


def _of_passage(record: Record, passage: Passage, catalog: Catalog) -> Iterator[Sentence]:
    around = _Around()
    sections = Sections(record, passage)
    for stretch in stretches(record, passage, catalog):
        section, headings = sections.at(stretch.line)
        if section != around.section:
            around = _Around(section)
        texts = [(begin, stretch.text[begin:end]) for begin, end in _split(stretch.text)]
        item = _item(stretch)
        above, beside = around.enter(item)
        for number, (begin, text) in enumerate(texts):
            yield Sentence(
                text,
                begin,
                passage.path,
                headings,
                stretch,
                section,
                tuple(text for _, text in texts[max(0, number - _REACH) : number]),
                texts[number + 1][1] if number + 1 < len(texts) else "",
                above,
                beside,
                () if stretch.indent >= 0 else around.earlier,
            )
        around.leave(item, stretch, [text for _, text in texts])


@dataclass(slots=True)
class _Item:
    """An item, or with an `indent` of -1 the words before a list."""

    indent: int
    text: str
    leads: bool = False

    def above(self, other: _Item) -> bool:
        """Tell whether another that comes later is under it: moved in, or without a number or the bold that it has."""
        if other.indent < 0:
            return self.indent < 0
        return self.indent < other.indent or (self.leads and self.indent == other.indent and not other.leads)


@dataclass(slots=True)
class _Around:
    """What stands around a stretch in its section, as far as it was read."""

    section: int = 0
    line: str = ""
    above: list[_Item] = field(default_factory=list)
    listed: list[_Item] = field(default_factory=list)
    earlier: tuple[str, ...] = ()

    def enter(self, item: _Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what a stretch stands below, and the items beside it."""
        if item.indent < 0 and len(self.listed) == 1 and self.listed[0].leads:
            self.line = self.listed[0].text  # `1. Random forest`, with paragraphs that are not moved in
        if self.above:
            self.above = [one for one in self.above if one.above(item)]
        if self.listed:
            self.listed = [one for one in self.listed[-_REACH:] if one.indent <= item.indent]
        above = tuple(one.text for one in self.above)
        beside = tuple(one.text for one in self.listed if one.indent == item.indent)
        return ((self.line, *above) if self.line else above), beside

    def leave(self, item: _Item, stretch: Stretch, texts: list[str]) -> None:
        """Keep what the following stands below."""
        if item.indent >= 0:
            self.above.append(item)
            self.listed.append(item)
            return
        last = texts[-1] if texts else ""
        self.above = [_Item(-1, last)] if last.rstrip().endswith(":") else []
        self.listed, self.earlier = [], tuple(texts[-_REACH:])
        if stretch.strong or (len(texts) == 1 and _NO_SENTENCE.search(stretch.text)):
            self.line = stretch.text


def _item(stretch: Stretch) -> _Item:
    leads = stretch.strong or (stretch.numbered and _NO_SENTENCE.search(stretch.text) is not None)
    return _Item(stretch.indent, stretch.text, leads)


def _split(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for match in _END.finditer(text):
        if _NOT_ENDS.search(text, max(begin, match.start() - 12), match.start()):
            continue
        yield begin, match.start()
        begin = match.end()
    yield begin, len(text)
