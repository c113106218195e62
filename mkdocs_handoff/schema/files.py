"""The files of schemas: read, and told apart from other programs' schemas, which may stand in the same folder."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.resources import GUIDE
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mkdocs_handoff.schema.fields import Schema

SUFFIX = ".schema.json"
COMMON = "common" + SUFFIX
PLURAL = "x-plural"
UNTIL = f"{GUIDE}kinds.md describes what a schema may hold. The kind is not known until this is mended."
_ID = "https://mkdocs-handoff.dev/schemas/"
# What nobody else writes at the root of a schema; `x-order` and its like stand in other programs' schemas too.
_TELLING = (PLURAL, "x-globs", "x-sections", "x-handoff-ready", "x-facts", "x-review-every")
_TELLING_INSIDE = frozenset(("x-reference", "x-material", "x-question", "x-adopted"))
_MENTIONED = re.compile("|".join(f'"{word}"' for word in (*_TELLING, *sorted(_TELLING_INSIDE))) + "|" + re.escape(_ID))


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """A schema as its file has it.

    Attributes:
        name: The file's, `model.schema.json`.
        shown: What findings call it.
        own: It is the project's or its policy's, and none that comes with us.
        foreign: It is another program's.
    """

    name: str
    path: Path
    shown: str
    schema: Schema
    own: bool
    foreign: bool

    @property
    def kind(self) -> str:
        """The name of the kind that it describes, if it describes one."""
        return self.name.removesuffix(SUFFIX)

    @property
    def pieces(self) -> dict[str, Any]:
        """Its `$defs`."""
        held = self.schema.get("$defs")
        return held if isinstance(held, dict) else {}


def read_files(folders: Iterable[tuple[Path, str]]) -> Iterator[SchemaFile | Finding]:
    """Read the schemas of all folders, in the order of the folders and then of names.

    Args:
        folders: Each folder with the name that findings call it by. The first is our own.

    Yields:
        The schemas; findings about those of ours that cannot be read as one.
    """
    built_in: set[str] = set()
    for number, (folder, shown) in enumerate(folders):
        for path in sorted(folder.glob("*" + SUFFIX)):
            read = _read(path, f"{shown}/{path.name}", own=number > 0)
            if isinstance(read, dict):
                foreign = number > 0 and not _is_ours(path.name, read, built_in)
                yield SchemaFile(path.name, path, f"{shown}/{path.name}", read, number > 0, foreign)
            elif read is not None:
                yield read
            if number == 0 and isinstance(read, dict) and PLURAL in read:
                built_in.add(path.name)


def foreign(folders: Iterable[tuple[Path, str]]) -> tuple[str, ...]:
    """Return the schema files in the folders that are other programs', as findings would call them: they are not used.

    Args:
        folders: As `read_files` takes them.
    """
    folders = list(folders)
    ours: set[str] = set()
    for one in read_files(folders):
        if isinstance(one, Finding):
            ours.add(one.place.path)
        elif not one.foreign or _has_our_id(one.schema):
            ours.add(one.shown)
    shown = (f"{called}/{path.name}" for folder, called in folders[1:] for path in sorted(folder.glob("*" + SUFFIX)))
    return tuple(name for name in shown if name not in ours)


def unusable(shown: str, reason: str, line: int = 1, column: int = 1) -> Finding:
    """Return the finding about a schema that cannot be used."""
    return Finding(Place(shown, line, column), "schema/unusable", f"cannot be used as a schema: {reason}", UNTIL)


def _read(path: Path, shown: str, *, own: bool) -> Schema | Finding | None:
    """Return a schema, or what is wrong with it where it is ours."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        return None if own else unusable(shown, str(error))
    except OSError as error:
        return unusable(shown, str(error))
    ours = not own or _MENTIONED.search(text) is not None
    try:
        schema = json.loads(text)
    except json.JSONDecodeError as error:
        return unusable(shown, error.msg, error.lineno, error.colno) if ours else None
    except RecursionError as error:
        return unusable(shown, str(error)) if ours else None
    if not isinstance(schema, dict):
        return unusable(shown, "a schema is a JSON object") if ours else None
    return schema


def _is_ours(name: str, schema: Schema, built_in: set[str]) -> bool:
    """Tell whether a schema is meant for us: it describes a kind, or the pieces that kinds share."""
    named = _has_our_id(schema)
    if name == COMMON:
        return named or _annotated(schema.get("$defs"))
    return any(word in schema or nearest(word, schema) for word in _TELLING) or (named and name in built_in)


def _has_our_id(schema: Schema) -> bool:
    return str(schema.get("$id", "")).startswith(_ID)


def _annotated(node: Any) -> bool:
    if isinstance(node, dict):
        return not _TELLING_INSIDE.isdisjoint(node) or any(_annotated(inner) for inner in node.values())
    return isinstance(node, list) and any(_annotated(inner) for inner in node)
