"""Under which headings the lines of a body stand: those of Markdown, of raw HTML, tabs, and what can be unfolded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.records.markdown_fences import without_fences
from mkdocs_handoff.text.headings import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.catalog.passages import Passage
    from mkdocs_handoff.records.record import Record

_HTML = re.compile(
    r"<h(?P<level>[1-6])\b[^<>]*>(?P<title>.{0,400}?)</h[1-6]\s*>"
    r"|<summary\b[^<>]*>(?P<summary>.{0,400}?)</summary\s*>|</(?P<end>details)\s*>",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[^<>]*>")
_TAB = re.compile(r"(?P<in>\s*)(?:===|!!!|\?\?\?)\+?\s[^\"\n]*\"(?P<title>[^\"\n]+)\"\s*$")
_WITHIN = 7
"""The level of what is a heading within a section: of a tab, and of what can be unfolded."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A heading; without a title it ends what stood under one of its level."""

    line: int
    level: int
    title: str


class Sections:
    """The sections of a body, asked for lines from first to last.

    A heading of level 1 is left out where it is the record's title, or the only one and before all text: what stands
    under a title stands under nothing.
    """

    def __init__(self, record: Record, passage: Passage) -> None:
        """Take the headings of a record's body; there are none in a field."""
        marks = sorted(_marks(record), key=lambda one: one.line) if not passage.path else []
        tops = [one for one in marks if one.level == 1]
        self._title = folded(record.title) if tops else ""
        self._alone = tops[0] if len(tops) == 1 and not _said_before(passage, tops[0].line) else None
        self._left = marks[::-1]
        self._under: dict[int, str] = {}
        self._begun: dict[int, int] = {}

    def at(self, line: int) -> tuple[int, tuple[str, ...]]:
        """Return where the section of a line begins, and the headings that it stands under."""
        while self._left and self._left[-1].line <= line:
            mark = self._left.pop()
            self._under = {level: title for level, title in self._under.items() if level < mark.level}
            self._begun = {level: begun for level, begun in self._begun.items() if level < mark.level}
            if mark.title:  # behind what ends, the section around it goes on
                self._begun[mark.level] = mark.line
            if mark.title and mark is not self._alone and not (mark.level == 1 and folded(mark.title) == self._title):
                self._under[mark.level] = mark.title
        return next(reversed(self._begun.values()), 0), tuple(self._under.values())


def _said_before(passage: Passage, line: int) -> bool:
    return any(first < line and any(map(str.isalnum, text)) for first, text in passage.runs)


def _marks(record: Record) -> Iterator[_Mark]:
    body = record.body
    if body is None:
        return
    yield from (_Mark(one.line, one.level, one.title) for one in body.headings)
    if not any(sign in body.text for sign in ("<h", "<H", "<summary", "===", "!!!", "???")):
        return
    lines = without_fences(body.text.split("\n"))
    text = "\n".join(lines)
    line, at = body.line, 0
    for match in _HTML.finditer(text):
        line, at = line + text.count("\n", at, match.start()), match.start()
        title = " ".join(_TAG.sub("", match["title"] or match["summary"] or "").split())
        if match["end"] or title:
            yield _Mark(line, int(match["level"] or _WITHIN), title)
    inside = -1
    for number, written in enumerate(lines, body.line):
        moved_in = len(written) - len(written.lstrip())
        if inside >= 0 and written.strip() and moved_in <= inside:
            inside = -1
            yield _Mark(number, _WITHIN, "")
        if (tab := _TAB.match(written)) is not None:
            inside = len(tab["in"])
            yield _Mark(number, _WITHIN, tab["title"])
