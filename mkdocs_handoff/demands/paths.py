"""Where the dotted fields of rules lead in the schemas of kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.demands.domain import ANY, Values, reach
from mkdocs_handoff.schema.fields import ANYTHING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.demands.domain import Domain
    from mkdocs_handoff.schema.fields import Field
    from mkdocs_handoff.schema.kinds import Kind

ALWAYS = frozenset(("lifecycle", "title"))
"""What every record has, whatever its kind's schema says: where it is not written it is inferred."""
_INFERRED = {"lifecycle": ("draft", "active", "deprecated", "retired"), "title": None, "description": None}
"""What is inferred, and which of what; a description only where there is a text."""


def missing(kinds: Iterable[Kind], field: str) -> tuple[str, str, list[str]] | None:
    """Return what of a field no kind has, or None where one has all of it.

    Returns:
        The part of the field that there is, with a dot at its end; the step that there is not; what there is instead.
    """
    ways = [_way(kind.root, field.split(".")) for kind in kinds]
    if field.partition(".")[0] in _INFERRED or any(rest == [] for _, rest in ways):
        return None
    fewest = min((len(rest) for _, rest in ways), default=0)
    names = sorted({name for shape, rest in ways if len(rest) == fewest for name in shape.fields})
    steps = field.split(".")
    known = steps[: len(steps) - fewest]
    return "".join(f"{step}." for step in known), steps[len(known)], names


def domain(kinds: Iterable[Kind], fields: Iterable[str]) -> Domain:
    """Return the values that one of some fields may have, whichever of the kinds has it; none where no kind has any."""
    found: dict[Values, None] = {}
    for field in fields:
        steps = field.split(".")
        for kind in kinds:
            if field in _INFERRED:
                found[Values(frozenset(("string",)), _INFERRED[field])] = None
            shape, rest = _way(kind.root, steps)
            if not rest:
                found |= dict.fromkeys(ANY if shape is ANYTHING else reach(kind.schema, tuple(steps)))
            elif steps[0] in _INFERRED:
                found |= dict.fromkeys(ANY)
    return tuple(found)


def below(kinds: Iterable[Kind], field: str) -> list[str]:
    """Return the names of the fields in a mapping, or in a list of mappings."""
    found: dict[str, None] = {}
    for kind in kinds:
        shape, rest = _way(kind.root, field.split("."))
        while not rest and not shape.fields and shape.items is not None:
            shape = shape.items
        found |= dict.fromkeys(() if rest else shape.fields)
    return list(found)


def _way(shape: Field, steps: list[str]) -> tuple[Field, list[str]]:
    """Return the shape at the end of a way and nothing, or the one at which it ends and the steps that are left.

    Below what a schema leaves open anything may be.
    """
    for number, step in enumerate(steps):
        while step not in shape.fields and shape.items is not None and not _open(shape):
            shape = shape.items
        if step not in shape.fields:
            return (ANYTHING, []) if _open(shape) else (shape, steps[number:])
        shape = shape.fields[step]
    return shape, []


def _open(shape: Field) -> bool:
    """Tell whether a schema says nothing of the keys of a mapping."""
    bare = not shape.fields and shape.reference is None
    return shape.rest is not None or (bare and (not shape.types or "object" in shape.types))
