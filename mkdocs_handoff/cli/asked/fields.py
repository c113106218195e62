"""Fields that a user gives on the command line: `FIELD=VALUE`, the value in YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.splice import FieldValue

_KIND = "kind"


def assigned(kind: Kind, given: Sequence[str]) -> dict[str, FieldValue]:
    """Return the fields that a user gives.

    Args:
        kind: Whose fields: a name that resembles one of them is a slip, and any other is the user's own.
        given: As `FIELD=VALUE`, or `FIELD.INNER=VALUE`.

    Raises:
        UsageError: Something is not in that form, is a slip, is no YAML, is empty, or is given twice; or another kind
            is asked for.
    """
    fields: dict[str, Any] = {}
    for one in given:
        name, equals, text = one.partition("=")
        path = name.strip().split(".")
        if not equals or not all(path):
            raise UsageError(f"--set {one!r}: write FIELD=VALUE")
        near = nearest(path[0], kind.root.fields)
        if path[0] not in kind.root.fields and near:
            raise UsageError(f"--set {one!r}: a {kind.name} has no field {path[0]!r}; did you mean {near!r}?")
        value = _value(one, ".".join(path), text)
        if path == [_KIND] and value != kind.name:
            raise UsageError(
                f"--set {one!r}: this is a {kind.name}; `mkdocs-handoff new {value} …` writes another kind"
            )
        here = fields
        for step in path[:-1]:
            here = here.setdefault(step, {})
            if not isinstance(here, dict):
                raise UsageError(f"--set {one!r}: {step!r} has a value already")
        if path[-1] in here:
            raise UsageError(f"--set {one!r}: {'.'.join(path)!r} has a value already")
        here[path[-1]] = value
    return fields


def _value(one: str, name: str, text: str) -> FieldValue:
    reading = yaml.read(text)
    if reading.problems or len(reading.documents) > 1:
        why = reading.problems[0].message if reading.problems else "it is several documents"
        raise UsageError(f"--set {one!r}: the value is no YAML that can be written: {why}; put it in quotes")
    value = reading.documents[0] if reading.documents else None
    empty = next(_empty(value, name), "")
    if empty:
        raise UsageError(f"--set {one!r}: {empty} is empty; write what is known, or leave the field to its placeholder")
    return cast("FieldValue", value)


def _empty(value: yaml.Value, shown: str) -> Iterator[str]:
    """Yield where something is empty, as a path: `a.b[0]`."""
    if value is None or (isinstance(value, str) and not value.strip()):
        yield shown
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _empty(inner, f"{shown}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _empty(inner, f"{shown}[{number}]")
