"""What is lacking within the fields that are known of a new record: a placeholder stands for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mkdocs_handoff.schema.demand import demanded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.schema.demand import Names
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.splice import FieldValue
    from mkdocs_handoff.text.yaml import Path, Value

PLACEHOLDER = "TODO"
"""What stands where something is still to be written: lint counts it as missing, and says so."""

_FORMS = frozenset(("unknown", "not-applicable", "from"))


def completed(kind: Kind, level: str, fields: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """Return fields with a placeholder for each value that a level demands within one of them, and that is not there.

    Args:
        kind: The record's.
        level: Whose demands count.
        fields: What is known, by field.
    """
    made = dict(fields)
    for (name, *inner), instead in demanded(kind, level).items():
        if inner and name in made:
            made[name] = _filled(made[name], tuple(inner), instead)
    return made


def _filled(value: FieldValue, path: Names, instead: Names) -> FieldValue:
    if isinstance(value, str):
        return value
    if not isinstance(value, Mapping):
        return [_filled(one, path, instead) for one in value]
    if len(value) == 1 and _FORMS & value.keys():  # a stated gap, or a value that another file holds
        return value
    name, *inner = path
    if inner:
        return {**value, name: _filled(value[name], tuple(inner), instead)} if name in value else value
    return value if value.keys() & {name, *instead} else {**value, name: PLACEHOLDER}


def placeholders(value: Value, path: Path = ()) -> Iterator[Path]:
    """Yield where placeholders stand in a value, from top to bottom."""
    if value == PLACEHOLDER:
        yield path
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from placeholders(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from placeholders(inner, (*path, number))


def spelled(path: Path) -> str:
    """Return a path as people write it: `versions[0].stage`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
