"""What a decision's prose states of it in fixed places: lines and tables below the title, and sections of their own.

MADR 2 writes a bullet list below the title, Nygard a line `Date: …` and a section "Status"; others a table, or one line
with everything. Headings and labels may be of any language that `words` knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.records.dialects import supersession, words
from mkdocs_handoff.records.dialects.dates import day_in
from mkdocs_handoff.records.dialects.marks import lines, plain
from mkdocs_handoff.records.markdown import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.markdown import Body, Heading
    from mkdocs_handoff.text.yaml import Value


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that the prose states: the field, as which text (or which decisions), and where.

    The text is empty where there is a place for the value and nothing could be read there. `line` is that of the file
    on which the title or the section begins.
    """

    field: str
    value: Value
    where: str
    line: int = 1


# What begins a line: a quotation, a list, stress.
_START = re.compile(r"^[\s>]*(?:(?:[*+-]|\d+[.)])\s+)?")
_BOX = re.compile(r"^\[([ xX✓])\]\s+")
_LABEL = re.compile(r"^[*_]{0,3}([^\W\d_][^:：*|\[\]()]{0,40}?)[*_]{0,3}\s*[:：][*_]{0,3}\s*(.*)$")
# `**Status:** Accepted | **Date:** 2026-01-02`: what is bold and ends with a colon begins anew.
_NEXT = re.compile(
    r"\s*[|·•;,]?\s+(?=\*\*[^*]{1,40}(?:[:：]\*\*|\*\*\s*[:：]))|\s+[|·•]\s+(?=[^\W\d_][\w -]{0,30}[:：])"
)
_ROW = re.compile(r"^[\s>]*\|(.+)\|\s*$")
_RULE = re.compile(r"^[\s|:-]+$")
_INNER = re.compile(r"^\s+[*+-]\s+(.+)$")
_BETWEEN = re.compile(r"\n\s*\n")
_UNDER = re.compile(r"\s*(?:=+|-+)\s*$")


def stated(body: Body) -> Iterator[Stated]:
    """Yield what a decision's prose states, the likeliest place of each value first."""
    yield from (replace(one, line=body.line) for one in _below_title(body))
    for heading in body.headings:
        title, _, value = heading.title.replace("：", ":").partition(":")
        field = words.field(title)
        if not field:
            continue
        where = f"the section {title.strip()!r}"
        found = _valued(field, value.strip(), where) if value.strip() else _section(field, heading, where)
        yield from (replace(one, line=heading.line) for one in found)


def _below_title(body: Body) -> Iterator[Stated]:
    below = lines(_head(body))
    yield from _tables(below, "the table below the title")
    for field, text, label in _labelled(below):
        yield from _valued(field, text, f"the line {label!r} below the title")
    for line in below:
        for field, found in supersession.said(_START.sub("", line)):
            yield Stated(field, found, "the text below the title")


def described(body: Body) -> str:
    """Return the first paragraph that says what a decision is about, as Markdown: not its status, date or people."""
    parts = list(_parts(body))
    of_fields = [text for of_field, text in parts if of_field]
    if not _labels(body.lead) and not any(body.lead in text for text in of_fields):
        return body.lead
    for of_field, text in parts:
        left = [one for one in _BETWEEN.split("\n".join(lines(text))) if not _labels(one)]
        found = "" if of_field else parse("\n\n".join(left)).lead
        if found:
            return found
    return ""


def _parts(body: Body) -> Iterator[tuple[bool, str]]:
    """Yield what stands before the first heading, and below each up to the next: whether it has a field's name."""
    text = body.text.split("\n")
    first, of_field = 0, False
    for heading in body.headings:
        yield of_field, "\n".join(text[first : heading.line - body.line])
        first = heading.line - body.line + 1
        if text[first : first + 1] and _UNDER.match(text[first]):
            first += 1
        of_field = bool(words.field(heading.title.replace("：", ":").partition(":")[0]))
    yield of_field, "\n".join(text[first:])


def _head(body: Body) -> str:
    """Return what stands before the first heading below the title."""
    after = next((one for one in body.headings if one.level > 1 or one.title != body.title), None)
    return body.text if after is None else "\n".join(body.text.split("\n")[: after.line - body.line])


def _labels(paragraph: str) -> bool:
    """Tell whether a paragraph begins with a field's label and value."""
    return any(True for _ in _labelled(paragraph.strip().split("\n")[:1]))


def _valued(field: str, text: str, where: str) -> Iterator[Stated]:
    """Yield a value under its label; a status may speak of other decisions too."""
    if field in supersession.FIELDS:
        yield Stated(field, supersession.targets(text), where)
    else:
        yield Stated(field, text, where)
        for other, found in supersession.said(text) if field == "status" else ():
            yield Stated(other, found, where)


def _section(field: str, heading: Heading, where: str) -> Iterator[Stated]:
    text = lines(heading.text)
    inner = list(_tables(text, where)) + [
        found for name, value, _ in _labelled(text) for found in _valued(name, value, where)
    ]
    yield from inner
    if field == "status":
        for line in text:
            yield from (Stated(other, found, where) for other, found in supersession.said(_START.sub("", line)))
        if not any(one.field == field for one in inner):
            yield Stated(field, _status(text), where)
    elif field in supersession.FIELDS:
        yield from (Stated(field, found, where) for line in text if (found := supersession.targets(line)))
    elif field == "date":
        yield Stated(field, next((day for line in text if (day := day_in(_START.sub("", line)))), ""), where)
    else:
        named = [_START.sub("", line).strip() for line in _paragraph(text)]
        yield Stated(field, "\n".join(one.removesuffix(".") for one in named if len(one) <= 120), where)


def _status(text: list[str]) -> str:
    """Return the line of a section that says the status: the ticked one, or the first that says nothing else."""
    told = [line for line in text if not _ROW.match(line) and not any(True for _ in _labelled([line]))]
    bare = [_START.sub("", line).strip() for line in told]
    ticked = [(box[1] != " ", line[box.end() :]) for line in bare if (box := _BOX.match(line))]
    if ticked:
        return next((line for marked, line in ticked if marked), "")
    # `adr-tools` leaves "Accepted" where it was, and writes "Superceded by …" below it.
    over = next((line for line in bare if supersession.superseded(line) and supersession.targets(line)), "")
    return over or next((line for line in bare if plain(line) and not _supersedes(line)), "")


def _supersedes(line: str) -> bool:
    """Tell whether a line speaks only of what this decision takes the place of."""
    first = " ".join(plain(line).split()[:1])
    return words.field(first) == "supersedes"


def _paragraph(text: list[str]) -> list[str]:
    """Return the first lines that stand together, or the whole list."""
    kept: list[str] = []
    for line in text:
        if line.strip():
            kept.append(line)
        elif kept and not all(_INNER.match(f" {one.strip()}") for one in kept):
            break
    return kept


def _labelled(text: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield field, value and label of lines such as `* Status: accepted`; a list below a label is its value."""
    for number, line in enumerate(text):
        if _ROW.match(line):
            continue
        for part in _NEXT.split(" ".join(_START.sub("", line).split())):
            match = _LABEL.match(part)
            field = words.field(match[1]) if match else ""
            if not match or not field:
                continue
            value = match[2].strip() or ", ".join(_below(text[number + 1 :], deeper=line.lstrip()[:1] in "*+-"))
            if value:
                yield field, value, match[1].strip("*_ ")


def _below(text: list[str], *, deeper: bool) -> Iterator[str]:
    """Yield the items of the list that follows; below an item of a list it stands deeper than that."""
    for line in text:
        match = _INNER.match(line if deeper else f" {line}")
        if match is None or _LABEL.match(match[1]):
            return
        yield match[1].strip()


def _tables(text: list[str], where: str) -> Iterator[Stated]:
    """Yield what tables say: a field and its value to a row, or fields in the head over one row of values."""
    table: list[list[str]] = []
    for line in [*text, ""]:
        row = _ROW.match(line)
        if row:
            if not _RULE.match(row[1]):
                table.append([cell.strip() for cell in re.split(r"(?<!\\)\|", row[1])])
            continue
        yield from _table(table, where)
        table = []


def _table(table: list[list[str]], where: str) -> Iterator[Stated]:
    if len(table) == 2 and len(table[0]) == len(table[1]) and all(words.field(plain(one)) for one in table[0][:2]):
        pairs = list(zip(*table, strict=True))
    else:
        pairs = [(row[0], row[1]) for row in table if len(row) > 1]
    for label, value in pairs:
        field = words.field(plain(label))
        if field and value and not words.field(plain(value)):
            yield from _valued(field, value, where)
