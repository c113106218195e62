"""Fields that a user gives on the command line: `FIELD=VALUE`, the value in YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.splice import FieldValue


def assigned(kind: Kind, given: Sequence[str]) -> dict[str, FieldValue]:
    """Return the fields that a user gives.

    Args:
        kind: Whose fields: a name that resembles one of them is a slip, and any other is the user's own.
        given: As `FIELD=VALUE`, or `FIELD.INNER=VALUE`.

    Raises:
        UsageError: Something is not in that form, is a slip, or is no YAML.
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
        reading = yaml.read(text)
        if reading.problems or len(reading.documents) != 1 or reading.documents[0] is None:
            why = reading.problems[0].message if reading.problems else "it is empty"
            raise UsageError(f"--set {one!r}: the value is no YAML that can be written: {why}; put it in quotes")
        here = fields
        for step in path[:-1]:
            here = here.setdefault(step, {})
            if not isinstance(here, dict):
                raise UsageError(f"--set {one!r}: {step!r} has a value already")
        here[path[-1]] = reading.documents[0]
    return fields
