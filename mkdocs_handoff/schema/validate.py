"""Holding a record against its kind's schema, and saying in words what is wrong.

Two libraries share the work: jsonschema-rs says pass or fail, and jsonschema, slow to load and to run, is asked only
what failed. Where jsonschema-rs is not installed jsonschema does both. `docs/decisions/0002` has the figures;
`tests/schema/test_validate.py` holds the two to the same verdicts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.schema.wording import flaw
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mkdocs_handoff.schema.fields import Field, Schema
    from mkdocs_handoff.schema.flaw import Flaw
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.yaml import Path, Value

BASE = "base"
READY = "handoff-ready"
LEVELS = (BASE, READY)
_LONG = 8


class Validators:
    """The compiled schemas of one run, each made when it is first needed."""

    def __init__(self) -> None:
        self._fast: dict[tuple[str, str], Any] = {}
        self._slow: dict[tuple[str, str], Any] = {}

    def check(self, kind: Kind, value: Value, level: str, gaps: Collection[Path] | None) -> list[Flaw]:
        """Return what is wrong with a typed value.

        Args:
            kind: Whose schema it must meet.
            value: As `fields.typed` gives it.
            level: `base`, or `handoff-ready` to ask for that as well.
            gaps: Paths of stated gaps: nothing is demanded there. None: it is no record, and cannot state one.
        """
        flaws = list(self._flaws(kind, kind.schema, BASE, value, gaps))
        if level == READY and kind.ready:
            flaws.extend(self._flaws(kind, kind.ready, READY, value, gaps))
        return list(dict.fromkeys(flaws))

    def ready(self, kind: Kind, value: Value, gaps: Collection[Path]) -> list[Flaw]:
        """Return only what a value lacks of the handoff-ready level."""
        return list(dict.fromkeys(self._flaws(kind, kind.ready, READY, value, gaps)))

    def _flaws(
        self, kind: Kind, schema: Schema, level: str, value: Value, gaps: Collection[Path] | None
    ) -> Iterator[Flaw]:
        if not schema or self._passes((kind.name, level), schema, value):
            return
        for error in self._slow_for((kind.name, level), schema).iter_errors(value):
            yield from flaw(error, schema, kind.root, gaps)

    def _passes(self, key: tuple[str, str], schema: Schema, value: Value) -> bool:
        rust = _rust()
        if rust is None:
            return False
        if key not in self._fast:
            self._fast[key] = rust.Draft202012Validator(schema, validate_formats=True)
        try:
            return bool(self._fast[key].is_valid(value))
        except (ValueError, OverflowError):  # a number that Rust cannot hold
            return False

    def _slow_for(self, key: tuple[str, str], schema: Schema) -> Any:
        if key not in self._slow:
            import jsonschema  # noqa: PLC0415 - 155 ms, and only a failing record needs it

            formats = jsonschema.FormatChecker(("date",))
            self._slow[key] = jsonschema.Draft202012Validator(schema, format_checker=formats)
        return self._slow[key]


def unusable(schema: Schema) -> str:
    """Return why a schema cannot be used, or an empty string. `$ref`s are not looked at here."""
    rust = _rust()
    try:
        if rust is not None:
            rust.Draft202012Validator(schema, validate_formats=True)
        else:
            import jsonschema  # noqa: PLC0415 - 155 ms

            jsonschema.Draft202012Validator.check_schema(schema)
    except Exception as error:
        return str(error).partition("\n")[0] or type(error).__name__
    for pattern in _patterns(schema):
        try:
            re.compile(pattern)
        except (re.error, RecursionError, OverflowError) as error:
            return f"the pattern {pattern!r} is no regular expression: {error}"
    return ""


def _patterns(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        keyed = schema.get("patternProperties")
        yield from keyed if isinstance(keyed, dict) else ()
        for inner in schema.values():
            yield from _patterns(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _patterns(inner)


@lru_cache(maxsize=1)
def _rust() -> Any:
    try:
        import jsonschema_rs  # noqa: PLC0415 - without wheels for a platform, jsonschema does its work
    except ImportError:
        return None
    return jsonschema_rs


def unknown_fields(value: Value, shape: Field, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Yield path, written name and near name of fields that the schema does not know but nearly knows.

    Unknown names that resemble nothing are the user's own and stay: adopted formats keep what they do not know. Inside
    a field of ours, the first word of a known name is near it as well (`waiver` in a criterion: `waiver_reason`).
    """
    if isinstance(value, dict) and shape.fields:
        for key, item in value.items():
            if key in shape.fields:
                yield from unknown_fields(item, shape.fields[key], (*path, key))
            elif shape.rest is None and (near := _near(key, shape.fields, value, inside=bool(path))):
                yield (*path, key), key, near
    elif isinstance(value, list) and shape.items is not None:
        for number, item in enumerate(value):
            yield from unknown_fields(item, shape.items, (*path, number))


def _near(key: str, known: Collection[str], written: Collection[str], *, inside: bool) -> str:
    """Return the known field that was probably meant: one that is not written yet, else a long one that is."""
    found = nearest(key, (name for name in known if name not in written))
    if not found and inside:
        found = next((name for name in known if name not in written and name.startswith(f"{key}_")), "")
    # A slip of a name that is there too is one all the same: its value is lost. Short words are too often near others.
    return found or nearest(key, (name for name in known if name in written and len(name) >= _LONG))
