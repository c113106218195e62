"""Files of observations: whether one may be read, what its text is, and which columns it has."""

from __future__ import annotations

import csv
import io
import json
import posixpath
import stat
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Finding
from mkdocs_handoff.text.files import decode, inside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_BYTES = 32_000_000
"""A hundred thousand rows of some metrics take 5 to 20 MB."""

_HEAD = 65_536
"""How much of a file is looked at for its columns."""

_FIRST = 100
"""How many lines of JSON are asked for their keys."""

_CSV = (".csv", ".tsv")
_LINES = (".jsonl", ".ndjson", ".json")
_FORMATS = "Write CSV (`.csv`, `.tsv`) or JSON lines (`.jsonl`, `.ndjson`)."


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing can be read from a file: the rule, what is wrong, how to mend it, and the line, 0 for the whole."""

    rule: str
    message: str
    hint: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file.

    Attributes:
        columns: Its columns, in their order; of JSON lines, the keys of the first hundred.
        delimiter: What stands between the cells of a row; empty for JSON lines.
    """

    columns: tuple[str, ...]
    delimiter: str = ""


def size_of(root: Path, path: str) -> int | Refusal:
    """Return the size of a file that may be read, or why it may not.

    Args:
        root: The project's root.
        path: The file, from the root; empty where what is written leads out.
    """
    if not path:
        hint = "Have the job write the file into the repository; the path starts at the project's root."
        return Refusal("observations/outside", "leads out of the project", hint)
    if posixpath.splitext(path)[1].lower() not in (*_CSV, *_LINES):
        return Refusal("observations/unreadable", "is of a format that is not read", _FORMATS)
    full = root / path
    try:
        if not inside(root, full):
            hint = "Put the file itself into the repository."
            return Refusal("observations/outside", "is a link to a place outside the project", hint)
        found = full.stat()
    except FileNotFoundError:
        hint = f"The path means {path!r} from the project's root. Commit what the job writes, or take the entry out."
        return Refusal("observations/missing", "does not exist", hint)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        return Refusal("observations/unreadable", f"cannot be read: {reason}", "Check that you may read it.")
    if not stat.S_ISREG(found.st_mode):
        return Refusal("observations/unreadable", "cannot be read: it is no ordinary file", "Put a file in its place.")
    if found.st_size > MAX_BYTES:
        message = f"has {found.st_size / 1e6:.1f} MB, and at most {MAX_BYTES / 1e6:.0f} are read"
        hint = "Let the job write one value an hour or a day, and keep the rest where it is."
        return Refusal("observations/unreadable", message, hint)
    if not found.st_size:
        return _empty()
    return found.st_size


def text_of(root: Path, path: str) -> str | Refusal:
    """Return the whole text of a file, or why there is none."""
    size = size_of(root, path)
    if isinstance(size, Refusal):
        return size
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        return Refusal("observations/unreadable", f"cannot be read: {error.strerror}", "Check that you may read it.")
    return _decoded(path, data)


def head_of(root: Path, path: str) -> Head | Refusal:
    """Return the columns of a file, reading no more of it than its beginning."""
    size = size_of(root, path)
    if isinstance(size, Refusal):
        return size
    try:
        with (root / path).open("rb") as opened:
            data = opened.read(_HEAD)
    except OSError as error:
        return Refusal("observations/unreadable", f"cannot be read: {error.strerror}", "Check that you may read it.")
    if size > len(data):  # the last line is cut, maybe within a character
        data = data[: data.rfind(b"\n") + 1] or data.decode("utf-8", "ignore").encode()
    text = _decoded(path, data)
    return text if isinstance(text, Refusal) else head(path, text)


def head(path: str, text: str) -> Head | Refusal:
    """Return the columns that the beginning of a text shows."""
    number, line = next(
        ((number, line) for number, line in enumerate(_lines(text), 1) if line.strip()),
        (0, ""),
    )
    if not number:
        return _empty()
    if is_lines(path):
        return _keys(text, number)
    delimiter = max(",;\t", key=line.count)  # the first of them where there is none
    try:
        rows = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        names = next((row for row in rows if row), [])
    except csv.Error as error:
        return Refusal("observations/unreadable", f"is not valid CSV: {error}", "Look at its first line.", number)
    return Head(tuple(name.strip() for name in names), delimiter)


def is_lines(path: str) -> bool:
    """Tell whether a file holds JSON lines, by its ending."""
    return posixpath.splitext(path)[1].lower() in _LINES


def row_of(line: str) -> dict[str, Any] | str:
    """Return the object on a line of JSON, or what is wrong with it."""
    try:
        held = json.loads(line)
    except json.JSONDecodeError as error:
        return f"is not valid JSON: {error.msg}"
    except (RecursionError, ValueError):
        return "is not valid JSON"
    return held if isinstance(held, dict) else "is no JSON object: each line is one, such as {...}"


def _keys(text: str, number: int) -> Head | Refusal:
    """The keys of the first lines: not every line need have all of them."""
    found: dict[str, None] = {}
    for at, line in enumerate(islice(_lines(text), _FIRST), 1):
        held = row_of(line) if line.strip() else {}
        if isinstance(held, dict):
            found.update(dict.fromkeys(held))
        elif at == number:
            hint = 'Write one object a line, such as {"time": "2026-11-02", "accuracy": 0.91}; no list around them.'
            return Refusal("observations/unreadable", f"{held} (line {number})", hint, number)
    # JSON can hold half a character, which nothing can print.
    return Head(tuple(name.encode("utf-8", "replace").decode() for name in found))


def _lines(text: str) -> Iterator[str]:
    """Yield lines without splitting all of a large text."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


def _decoded(path: str, data: bytes) -> str | Refusal:
    text = decode(path, data)
    if isinstance(text, Finding):
        return Refusal("observations/unreadable", text.message, text.hint, text.place.line)
    return text if text.strip() else _empty()


def _empty() -> Refusal:
    hint = "The job that writes it may have failed. A header without rows is fine where there is nothing yet."
    return Refusal("observations/unreadable", "is empty", hint)
