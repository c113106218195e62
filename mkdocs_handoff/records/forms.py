"""Forms that any value can take: a stated gap, and a value that stands in another file.

The schemas know nothing of them: they are resolved before validation, so a schema describes plain values.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.records.prune import MISSING
from mkdocs_handoff.records.record import Gap, Origin
from mkdocs_handoff.schema.flaw import Flaw
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.paths import located
from mkdocs_handoff.text.yaml import MAX_DEPTH, Plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_handoff.text.yaml import Path, Value

_YAML = (".yml", ".yaml", "dvc.lock", ".dvc", "/mlmodel")
"""How the names of files end that hold YAML: DVC and MLflow give theirs other names."""

_GAPS: dict[str, Any] = {"unknown": "unknown", "not-applicable": "not-applicable"}


@dataclass(slots=True)
class Resolved:
    """A value with its forms resolved; `MISSING` stands where a gap is stated or a file gives nothing."""

    value: Value = None
    gaps: dict[Path, Gap] = field(default_factory=dict)
    origins: dict[Path, Origin] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)
    files: set[str] = field(default_factory=set)


class _MissingError(Exception):
    """A pointer leads nowhere; the text says where it stopped."""


class ValueFiles:
    """The files that values come from, each read once.

    Args:
        text: What reads a file: from its path to its text, or the finding that it cannot be read.
    """

    def __init__(self, text: Callable[[str], str | Finding]) -> None:
        self._text = text
        self._read: dict[str, Value | Finding] = {}

    def get(self, path: str) -> Value | Finding:
        """Return what a JSON, YAML or CSV file holds, or the finding that it cannot be read."""
        if path not in self._read:
            self._read[path] = self._load(path)
        return self._read[path]

    def _load(self, path: str) -> Value | Finding:
        text = self._text(path)
        if isinstance(text, Finding):
            return text
        if not text.strip():
            return Finding(Place(path), "value/unreadable", "is empty", "Run what writes it, or correct the path.")
        if path.lower().endswith(_YAML):
            reading = yaml.read(text)
            if reading.problems:
                problem = reading.problems[0]
                return _bad(path, f"line {problem.line}: {problem.message}")
            return reading.documents[0] if reading.documents else None
        if path.lower().endswith(".csv"):
            return _table(path, text)
        try:
            held = json.loads(text, parse_float=Plain, parse_int=Plain, parse_constant=Plain)
        except (json.JSONDecodeError, RecursionError) as error:
            return _bad(path, f"not valid JSON: {error}")
        return _bad(path, f"nested more than {MAX_DEPTH} levels deep") if _deeper(held, MAX_DEPTH) else held


def _deeper(value: Value, depth: int) -> bool:
    """Tell whether JSON nests deeper than YAML may: what follows is recursive."""
    level = [value]
    for _ in range(depth):
        level = [
            inner
            for held in level
            if isinstance(held, dict | list)
            for inner in (held.values() if isinstance(held, dict) else held)
        ]
        if not level:
            return False
    return True


def _bad(path: str, message: str) -> Finding:
    return Finding(Place(path), "value/unreadable", message)


def _table(path: str, text: str) -> list[dict[str, Plain]] | Finding:
    try:
        rows = list(csv.DictReader(io.StringIO(text), strict=True))
    except csv.Error as error:
        return _bad(path, f"not valid CSV: {error}")
    return [{name: Plain(cell or "") for name, cell in row.items() if name is not None} for row in rows]


def resolve(value: Value, path: Path, files: ValueFiles, folder: str) -> Resolved:
    """Resolve the forms in a value.

    Args:
        value: As the reader gives it.
        path: Where it stands in the record.
        files: Where values come from.
        folder: The record's folder, from the project's root, for paths that begin with `./` or `../`.
    """
    result = Resolved()
    result.value = _walk(value, path, files, folder, result)
    return result


def _walk(value: Value, path: Path, files: ValueFiles, folder: str, result: Resolved) -> Any:
    if isinstance(value, dict):
        form = _form(value) if path else None
        if form is not None:
            return _apply(form, path, files, folder, result)
        return {key: _walk(item, (*path, key), files, folder, result) for key, item in value.items()}
    if isinstance(value, list):
        return [_walk(item, (*path, number), files, folder, result) for number, item in enumerate(value)]
    return value


def _form(value: dict[str, Value]) -> tuple[str, str] | None:
    if len(value) != 1:
        return None
    ((key, text),) = value.items()
    if (key == "from" or key in _GAPS) and (text is None or isinstance(text, str)):
        return key, text or ""
    return None


def _apply(form: tuple[str, str], path: Path, files: ValueFiles, folder: str, result: Resolved) -> Any:
    key, text = form
    if key != "from":
        result.gaps[path] = Gap(_GAPS[key], str(text).strip())
        if not text.strip():
            hint = 'Say who was asked and when: `{unknown: "asked Ann on 2026-10-02, nobody knows"}`.'
            result.flaws.append(Flaw(path, "gap/reason", f"a stated gap ({key}) gives no reason", hint))
        return MISSING
    name, _, pointer = text.partition("#")
    target = located(name.strip(), folder)
    if target is None:
        hint = "Copy the file into the repository, or write the value."
        result.flaws.append(Flaw(path, "value/outside", f"{name!r} leads out of the project", hint))
        return MISSING
    held = files.get(target)
    if isinstance(held, Finding):
        rule = "value/outside" if held.rule == "file/outside" else "value/unreadable"
        hint = f"The path starts at the project's root; this one means {target!r}."
        result.flaws.append(Flaw(path, rule, f"{name!r} {held.message}", held.hint or hint))
        return MISSING
    try:
        found = point(held, pointer)
    except _MissingError as error:
        result.flaws.append(Flaw(path, "value/missing", f"{name!r} has no {pointer or '/'!r}: {error}", _POINTER_HINT))
        return MISSING
    if isinstance(found, Plain) and no_number(found):
        hint = "What wrote the file could not compute it, or divided by nothing. Mend that, and write the file again."
        result.flaws.append(
            Flaw(path, "value/number", f"{name!r} gives {found} at {pointer or '/'!r}: no number", hint)
        )
        return MISSING
    result.origins[path] = Origin("computed", f"{target}#{pointer}" if pointer else target)
    result.files.add(target)
    return _as_read(found)


def no_number(text: str) -> bool:
    """Tell whether a text is how JSON, YAML, NumPy or pandas write what is no number, or has no end."""
    return text.strip().lstrip("+-").removeprefix(".").casefold() in ("nan", "inf", "infinity")


_POINTER_HINT = "After `#` stands a JSON Pointer (`/test/auc`), or row and column of a CSV (`/3/auc`, `/fold=3/auc`)."


def _as_read(value: Any) -> Value:
    """Return a value from a file as the YAML reader would give it: booleans as unquoted words."""
    if isinstance(value, bool):
        return Plain("true" if value else "false")
    if isinstance(value, dict):
        return {key: _as_read(item) for key, item in value.items()}
    if isinstance(value, str) and not value.isascii():  # JSON can hold half a character
        whole = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        return type(value)(whole)
    return [_as_read(item) for item in value] if isinstance(value, list) else value


def point(held: Value, pointer: str) -> Value:
    """Follow a JSON Pointer (RFC 6901); in a list, `column=value` finds the first mapping that has it.

    Raises:
        _MissingError: It leads nowhere.
    """
    here = held
    if pointer and not pointer.startswith("/"):
        raise _MissingError("a pointer begins with `/`")
    for raw in pointer.split("/")[1:]:
        step = raw.replace("~1", "/").replace("~0", "~")
        if isinstance(here, dict):
            if step not in here:
                raise _MissingError(f"there is {', '.join(list(here)[:8]) or 'nothing'}")
            here = here[step]
        elif isinstance(here, list):
            here = _item(here, step)
        else:
            raise _MissingError(f"{step!r} is asked of a plain value")
    return here


def _item(items: list[Value], step: str) -> Value:
    if step.isascii() and step.isdigit():
        # Python refuses to read a number of thousands of digits; no list is as long as a row of nine.
        if len(step) > 9 or int(step) >= len(items):
            raise _MissingError(f"there are {len(items)} rows, counted from 0")
        return items[int(step)]
    column, equals, wanted = step.partition("=")
    for item in items if equals else ():
        if isinstance(item, dict) and column in item and str(item[column]) == wanted:
            return item
    raise _MissingError(f"no row has {step!r}")
