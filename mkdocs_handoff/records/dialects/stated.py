"""What a decision's prose states of it in fixed places: lines and tables below the title, and sections of their own.

MADR 2 writes a bullet list below the title, Nygard a line `Date: …` and a section "Status"; others a table, or one line
with everything. Headings and labels may be of any language that `words` knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.records.dialects import supersession, words
from mkdocs_handoff.records.dialects.dates import day_first, day_in, month_in
from mkdocs_handoff.records.dialects.labels import ITEM, ROW, START, badges, labelled, tables
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


_BOX = re.compile(r"^\[([ xX✓])\]\s+")
_BETWEEN = re.compile(r"\n\s*\n")
_UNDER = re.compile(r"\s*(?:=+|-+)\s*$")


def stated(body: Body) -> Iterator[Stated]:
    """Yield what a decision's prose states, the likeliest place of each value first."""
    yield from (replace(one, line=body.line) for one in _below_title(body))
    fields = _metadata(body)
    if fields is not None:
        yield from (replace(one, line=fields.line) for one in _labels(lines(fields.text), f"in {fields.title!r}"))
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
    yield from _labels(below, "below the title")
    for line in below:
        for field, found in supersession.said(START.sub("", line)):
            yield Stated(field, found, "the text below the title")


def described(body: Body) -> str:
    """Return the first paragraph that says what a decision is about, as Markdown: not its status, date or people."""
    parts = list(_parts(body))
    of_fields = [text for of_field, text in parts if of_field]
    if not _says(body.lead) and not any(body.lead in text for text in of_fields):
        return body.lead
    for of_field, text in parts:
        left = [one for one in _BETWEEN.split("\n".join(lines(text))) if not _says(one)]
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


def _metadata(body: Body) -> Heading | None:
    """Return the first heading below the title, if its section is one of fields."""
    first = next((one for one in body.headings if one.level > 1 or one.title != body.title), None)
    return first if first is not None and words.is_metadata(first.title) else None


def _labels(text: list[str], where: str) -> Iterator[Stated]:
    """Yield what the tables, the lines with labels and the badges of a text say."""
    for label, value in tables(text, words.field):
        yield from _valued(words.field(label), value, f"the table {where}")
    for label, value in labelled(text, words.field):
        yield from _valued(words.field(label), value, f"the line {label!r} {where}")
    for label, value in badges(text, words.field):
        yield from _valued(words.field(label), value, f"the badge {label!r} {where}")


def day(body: Body) -> Stated | None:
    """Return the day that stands for a decision's date where no other is written: on which it was accepted, made."""
    text = lines(_head(body))
    said = (*tables(text, words.of_a_day), *labelled(text, words.of_a_day))
    for label, value in sorted(said, key=lambda one: words.rank_of_day(one[0])):
        if found := day_first(value):
            return Stated("date", found, f"the line {label!r} below the title", body.line)
    return None


def _says(paragraph: str) -> bool:
    """Tell whether a paragraph begins with a field's label and value, or with a badge of one."""
    first = paragraph.strip().split("\n")[:1]
    return any(True for read in (labelled, badges) for _ in read(first, words.field))


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
    inner = [
        found
        for label, value in (*tables(text, words.field), *labelled(text, words.field))
        for found in _valued(words.field(label), value, where)
    ]
    yield from inner
    if field == "status":
        for line in text:
            yield from (Stated(other, found, where) for other, found in supersession.said(START.sub("", line)))
        if not any(one.field == field for one in inner):
            yield Stated(field, _status(text), where)
    elif field in supersession.FIELDS:
        yield from (Stated(field, found, where) for line in text if (found := supersession.targets(line)))
    elif field == "date":
        bare = [START.sub("", line) for line in text]
        yield Stated(
            field, next((day for read in (day_in, month_in) for line in bare if (day := read(line))), ""), where
        )
    else:
        named = [START.sub("", line).strip() for line in _paragraph(text)]
        yield Stated(field, "\n".join(one.removesuffix(".") for one in named if len(one) <= 120), where)


def _status(text: list[str]) -> str:
    """Return the line of a section that says the status: the ticked one, or the first that says nothing else."""
    told = [line for line in text if not ROW.match(line) and not any(True for _ in labelled([line], words.field))]
    bare = [START.sub("", line).strip() for line in told]
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
    ended = False
    for line in text:
        if not line.strip():
            ended = bool(kept)
        elif ended and not all(ITEM.match(f" {one.strip()}") for one in (*kept, line)):
            break
        else:
            kept.append(line)
    return kept
