"""The rows of a file of observations: CSV, or JSON lines."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.observations.column import Column
from mkdocs_handoff.observations.files import row_of
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterator


class Rows:
    """The rows of a file as (line, cells), with columns by their place or name; what is no row is told."""

    def __init__(self, path: str, text: str, columns: tuple[str, ...], delimiter: str) -> None:
        self.whole = Column("")
        self._path = path
        self._text = text
        self._columns = columns
        self._delimiter = delimiter

    @property
    def open(self) -> bool:
        """Whether rows have keys of their own, and later ones may have more."""
        return not self._delimiter

    def place(self, name: str) -> Any:
        """Return what finds a column in a row."""
        return name if not self._delimiter else self._columns.index(name)

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        return self._cells() if self._delimiter else self._objects()

    def _cells(self) -> Iterator[tuple[int, list[str]]]:
        rows = csv.reader(io.StringIO(self._text), delimiter=self._delimiter, strict=True)
        width = len(self._columns)
        first = True
        try:
            for row in rows:
                if len(row) == width and not first:
                    yield rows.line_num, row
                elif row and first:
                    first = False
                elif row:
                    told = counted(len(row), "cell")
                    self.whole.refuse(rows.line_num, f"has {told}, and the header has {width}")
        except csv.Error as error:
            self.whole.refuse(rows.line_num, f"is not valid CSV: {error}")

    def _objects(self) -> Iterator[tuple[int, _Object]]:
        for number, line in enumerate(self._text.split("\n"), 1):
            if line and not line.isspace():
                held = row_of(line)
                if isinstance(held, str):
                    self.whole.refuse(number, held)
                else:
                    yield number, _Object(held)


class _Object(dict[str, Any]):
    """A row in which a key that is not there is no value."""

    def __missing__(self, key: str) -> None:
        return None
