"""Labels and their values in prose: lines such as `* Status: accepted`, tables, and badges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mkdocs_handoff.records.dialects import words
from mkdocs_handoff.records.dialects.dates import day_in
from mkdocs_handoff.records.dialects.marks import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# What begins a line: a quotation, a list, stress.
START = re.compile(r"^[\s>]*(?:(?:[*+-]|\d+[.)])\s+)?")
ROW = re.compile(r"^[\s>]*\|(.+)\|\s*$")
ITEM = re.compile(r"^\s+[*+-]\s+(.+)$")
_LABEL = re.compile(r"^[*_]{0,3}([^\W\d_][^:：*|\[\]()]{0,40}?)[*_]{0,3}\s*[:：][*_]{0,3}\s*(.*)$")
# `**Status:** Accepted | **Date:** 2026-01-02`: what is bold and ends with a colon begins anew.
_NEXT = re.compile(
    r"\s*[|·•;,]?\s+(?=\*\*[^*]{1,40}(?:[:：]\*\*|\*\*\s*[:：]))|\s+[|·•]\s+(?=[^\W\d_][\w -]{0,30}[:：])"
)
_RULE = re.compile(r"^[\s|:-]+$")
_BADGE = re.compile(
    r"!\[([^\[\]]*)\]\(https://img\.shields\.io/badge/([^\W\d_]{1,40})-((?:--|[^-/()\s]){1,200})-[^()\s]{0,200}\)",
    re.IGNORECASE,
)


def labelled(text: list[str], known: Callable[[str], object]) -> Iterator[tuple[str, str]]:
    """Yield the known labels of lines, and their values; a list below a label is its value."""
    for number, line in enumerate(text):
        if ROW.match(line):
            continue
        for part in _NEXT.split(" ".join(START.sub("", line).split())):
            match = _LABEL.match(part)
            if not match or not known(match[1]):
                continue
            value = match[2].strip() or ", ".join(_below(text[number + 1 :], deeper=line.lstrip()[:1] in "*+-"))
            if value:
                yield match[1].strip("*_ "), value


def _below(text: list[str], *, deeper: bool) -> Iterator[str]:
    """Yield the items of the list that follows; below an item of a list it stands deeper than that."""
    for line in text:
        match = ITEM.match(line if deeper else f" {line}")
        if match is None or _LABEL.match(match[1]):
            return
        yield match[1].strip()


def tables(text: list[str], known: Callable[[str], object]) -> Iterator[tuple[str, str]]:
    """Yield what tables say: a label and its value to a row, or labels in the head over one row of values."""
    table: list[list[str]] = []
    for line in [*text, ""]:
        row = ROW.match(line)
        if row:
            if not _RULE.match(row[1]):
                table.append([cell.strip() for cell in re.split(r"(?<!\\)\|", row[1])])
            continue
        for label, value in _pairs(table):
            if known(plain(label)) and value and not words.field(plain(value)):
                yield plain(label), value
        table = []


def _pairs(table: list[list[str]]) -> list[tuple[str, str]]:
    if len(table) == 2 and len(table[0]) == len(table[1]) and sum(map(_heads, table[0])) > 1:
        return list(zip(*table, strict=True))
    return [(row[0], row[1]) for row in table if len(row) > 1]


def _heads(cell: str) -> bool:
    """Tell whether a cell is the label of a column: `Accepted` is a status rather than the label of its day."""
    said = plain(cell)
    return bool(words.field(said)) or (words.of_a_day(said) and not words.status(said))


def badges(text: list[str], known: Callable[[str], object]) -> Iterator[tuple[str, str]]:
    """Yield what badges of shields.io say: the label, and the words in place of the picture, else those in it.

    Only a status that we know, and a day: "build status" is the label of something else.
    """
    for match in (match for line in text for match in _BADGE.finditer(line)):
        alternative, label, message = match.groups()
        if not known(label):
            continue
        said = unquote(message.replace("--", "-").replace("__", "\0").replace("_", " ").replace("\0", "_"))
        about = alternative.partition(":")[0]
        if words.is_status(alternative) or day_in(alternative):
            yield label, alternative
            continue
        same = not about or known(about) or words.folded(said) in words.folded(alternative)
        if same and (words.status(said) or day_in(said)):
            yield label, said
