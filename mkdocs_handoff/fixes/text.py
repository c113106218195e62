"""Edits of findings made in the text of a file, every other byte left as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.records.documents import MARKDOWN, take_apart
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.splice import normalised, shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.findings import Edit
    from mkdocs_handoff.text.yaml import Value

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def edited(path: str, text: str, edits: Iterable[Edit]) -> str | None:
    """Return a file's text with edits made in it, as one.

    Args:
        path: The file; its ending says whether it is Markdown.
        text: As it stands in the file: with its byte-order mark and its line ends.
        edits: What to change; the same edit twice is one.

    Returns:
        None where something else stands at one of the places, two edits meet, or more would change than they name: a
        value that an anchor shares, a key that would stand twice.
    """
    mark = text[: len(text) - len(text.removeprefix("\ufeff"))]
    starts = [match.start() for match in _LINE.finditer(text)]
    wanted = sorted({(edit.place.line, edit.place.column, edit.old, edit.new) for edit in edits}, reverse=True)
    made, before = text, len(text) + 1
    for line, column, old, new in wanted:
        if line > len(starts):
            return None
        at = starts[line - 1] + column - 1 + (len(mark) if line == 1 else 0)
        if not text.startswith(old, at) or at + len(old) > before:
            return None
        made, before = made[:at] + new + made[at + len(old) :], at
    return made if _differ(path, text, made, len(wanted)) else None


def plain(text: str) -> str:
    r"""Return a text as records are read: without byte-order mark, with `\n` line ends."""
    return normalised(text.removeprefix("\ufeff"))


def _differ(path: str, before: str, after: str, edits: int) -> bool:
    """Tell whether no more values and keys differ than there are edits, and what follows the YAML is as it was read."""
    old, new = _read(path, before), _read(path, after)
    return old is not None and new is not None and _differences(old, new) <= edits


def _read(path: str, text: str) -> list[Value] | None:
    text = plain(text)
    if path.lower().endswith(MARKDOWN):
        documents = take_apart(path, text).documents
        text = documents[0].layer.text if documents else ""
    reading = yaml.read(text)
    if any(problem.rule in ("yaml/syntax", "yaml/duplicate-key", "yaml/nesting") for problem in reading.problems):
        return None
    return [shape(value) for value in reading.documents]


def _differences(old: Value, new: Value) -> int:
    if isinstance(old, dict) and isinstance(new, dict):
        if len(old) != len(new):
            return 1_000_000
        pairs = zip(old.items(), new.items(), strict=True)
        return sum((one != other) + _differences(held, now) for (one, held), (other, now) in pairs)
    if isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            return 1_000_000
        return sum(_differences(one, other) for one, other in zip(old, new, strict=True))
    return int(old != new) if type(old) is type(new) else 1_000_000
