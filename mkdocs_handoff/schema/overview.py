"""What leads the page on a kind's fields: what stands on it, what is needed, and the headings of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.schema.demand import level_of
from mkdocs_handoff.schema.validate import BASE
from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs_handoff.schema.demand import Names
    from mkdocs_handoff.schema.fields import Field
    from mkdocs_handoff.schema.kinds import Kind, Section

Shelf = tuple[str, str, tuple["Field", ...]]
"""A group of fields on the page: its heading, what it is about, and the fields."""

_FIRST = ("title", "description")
_LAST = ("id", "kind")
_SENTENCE = re.compile(r"(?<=[^.])\. ")
_STANDARDS = re.compile(r"(?<=[.`]) \(([A-Z][^()]*)\)$")


def shelves(kind: Kind) -> tuple[Shelf, ...]:
    """Return the groups of fields in their order: who and what it is, the groups of the kind's pages, the others."""
    left = dict(kind.root.fields)
    grouped = {name for group in kind.groups for name in group.fields}
    facts = [name for name in (*_FIRST, *kind.facts, *kind.summary, *_LAST) if name not in grouped] if grouped else []
    found: list[Shelf] = [("Who and what it is", "What an index and the top of a page show.", _taken(left, facts))]
    found += [(group.title, group.description, _taken(left, group.fields)) for group in kind.groups]
    found.append(("All others" if kind.groups else "Fields", "", tuple(left.values())))
    return tuple(shelf for shelf in found if shelf[2])


def _taken(left: dict[str, Field], names: Iterable[str]) -> tuple[Field, ...]:
    return tuple(left.pop(name) for name in dict.fromkeys(names) if name in left)


def overview(kind: Kind) -> Iterator[str]:
    """Yield the lines that lead the page, in Markdown."""
    levels = level_of(kind)
    needed = list(_needed(kind, levels))
    headings = [section for section in kind.sections if section.title]
    yield from (f"- [{title}](#{_slug(title)})" for title, there in (("Needed", needed), (_TEXT, headings)) if there)
    for title, _, fields in shelves(kind):
        yield f"- [{title}](#{_slug(title)}): " + ", ".join(f"[`{one.name}`](#{one.name})" for one in fields)
    yield ""
    if needed:
        yield from ("## Needed", "", "| what | needed | what it is |", "| --- | --- | --- |", *needed, "")
    if headings:
        yield from (f"## {_TEXT}", "", *_text(kind), "")
        yield from ("| heading | counts as well | needed | what belongs there |", "| --- | --- | --- | --- |")
        yield from (_heading(section) for section in headings)
        yield ""


_TEXT = "Headings in the text"


def _needed(kind: Kind, levels: Mapping[Names, tuple[str, Names]]) -> Iterator[str]:
    """Yield a row for each field and heading that some level demands of every record."""
    filled = {section.field: section.title for section in kind.sections if section.field}
    for path, (level, instead) in levels.items():
        if len(path) > 1:
            continue
        (name,) = path
        shape = kind.root.child(name)
        others = [f"`{one}`" for one in instead]
        others += [f"the heading *{filled[name]}*"] if name in filled else []
        what = _SENTENCE.split(one_line(told(shape.description)[0], 2000))[0].rstrip(".")
        within = [
            " or ".join([_within(shape, inner[1:]), *(f"`{one}`" for one in levels[inner][1])])
            for inner in levels
            if inner[:1] == path and _told_of(inner, levels)
        ]
        told_too = f" In it: {', '.join(within)}." if within else ""
        yield _row(
            " or ".join([f"[`{name}`](#{name})", *others]), _when(level), (f"{what}." if what else "") + told_too
        )
    for section in kind.sections:
        if section.level:
            yield _row(f"heading *{section.title}*", _when(section.level), section.description)


def _told_of(path: Names, levels: Mapping[Names, tuple[str, Names]]) -> bool:
    """Tell whether a field inside another is needed wherever that is written; of a record's name that is no news."""
    above = all(path[:length] in levels for length in range(1, len(path)))
    return len(path) > 1 and path[-1] != "ref" and above


def _within(shape: Field, path: Names) -> str:
    """Return a field inside another as the tables of fields call it."""
    shown = ""
    for name in path:
        inner = shape.items if shape.items is not None and not shape.fields else None
        shown += f"{'[]' if inner is not None else ''}.{name}"
        shape = (inner or shape).child(name)
    return f"`{shown.removeprefix('.')}`"


def _text(kind: Kind) -> Iterator[str]:
    """Yield what the headings are for."""
    if kind.prose_first:
        yield (
            f"The text is what counts in a {kind.title.lower()}: `mkdocs-handoff new {kind.name}` writes all of these "
            "headings, and counts those that nobody has filled as still to be written."
        )
    else:
        yield (
            "What a record says in Markdown under one of these headings is found there. Where a heading fills a field, "
            "the field need not be written."
        )


def _heading(section: Section) -> str:
    fills = f" Fills `{section.field}`." if section.field else ""
    also = ", ".join(f"*{one}*" for one in section.also)
    return _row(f"*{section.title}*", also, _when(section.level), section.description + fills)


def _when(level: str) -> str:
    return "" if not level else "always" if level == BASE else "for a handoff"


def _row(*cells: str) -> str:
    return "| " + " | ".join(one_line(cell, 2000).replace("|", "\\|") for cell in cells) + " |"


def told(description: str) -> tuple[str, str]:
    """Return a description, and the standards that its field comes from: they stand in brackets at its end."""
    found = _STANDARDS.search(description)
    return (description[: found.start()], found[1]) if found else (description, "")


def _slug(title: str) -> str:
    return "".join(one for one in title.lower() if one.isalnum() or one in " -_").replace(" ", "-")
