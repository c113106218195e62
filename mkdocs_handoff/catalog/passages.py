"""The Markdown of a record, its body's and its fields': what stands in it that the catalog must know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Place
from mkdocs_handoff.records import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.markdown import Link, Mention
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.fields import Field
    from mkdocs_handoff.text.yaml import Path

# What only a parser can tell from running text. Most fields hold none of it, and need none.
_MARKS = ("[", "`", "<", "](")


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of Markdown.

    Attributes:
        path: The field it stands in; empty for the body.
        runs: Running text, with its line in the file; the line is 0 in a field.
        columns: For each run, the column at which each of its lines begins; none in a field.
    """

    path: Path
    links: tuple[Link, ...]
    mentions: tuple[Mention, ...]
    runs: tuple[tuple[int, str], ...]
    columns: tuple[tuple[int, ...], ...] = ()

    def place(self, record: Record, line: int, column: int = 1) -> Place:
        """Return where a line of it stands: a field is one place."""
        return record.source.place(self.path) if self.path else Place(record.source.path, line, column)

    def place_in_run(self, record: Record, number: int, start: int) -> Place:
        """Return where a word of a run stands that begins at an offset of its text."""
        line, text = self.runs[number]
        row = text.count("\n", 0, start)
        columns = self.columns[number] if number < len(self.columns) else ()
        column = columns[row] + start - text.rfind("\n", 0, start) - 1 if row < len(columns) else 1
        return self.place(record, line + row, column)

    def line(self, line: int) -> int:
        """Return a line of it as relations count: 0 in a field, which they name by its path."""
        return 0 if self.path else line


def passages(record: Record, root: Field) -> tuple[Passage, ...]:
    """Return all Markdown of a record: the body first, then the fields with `x-format: markdown`.

    What stands in for a field from the body, a section or the first paragraph, is not told twice.
    """
    found = [_passage(path, text) for path, text in _texts(record, record.fields, root, ())]
    if record.body is None:
        return tuple(found)
    body = record.body
    return (Passage((), body.links, body.mentions, body.runs, body.columns), *found)


def _texts(record: Record, value: Any, shape: Field, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            child = shape.fields.get(key) or shape.rest
            if child is not None:
                yield from _texts(record, item, child, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value) if shape.items is not None else ():
            yield from _texts(record, item, shape.child(number), (*path, number))
    elif shape.markdown and isinstance(value, str) and not _inferred(record, path):
        yield path, value


def _inferred(record: Record, path: Path) -> bool:
    origins = (record.origins.get(path[:length]) for length in range(1, len(path) + 1))
    return any(origin is not None and origin.how == "inferred" for origin in origins)


def _passage(path: Path, text: str) -> Passage:
    if not any(mark in text for mark in _MARKS):
        return Passage(path, (), (), ((0, text),))
    body = markdown.parse(text)
    return Passage(path, body.links, body.mentions, tuple((0, run) for _, run in body.runs))
