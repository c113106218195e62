"""Where the dotted fields of rules lead in the schemas of kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.schema.fields import ANYTHING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.schema.fields import Field
    from mkdocs_handoff.schema.kinds import Kind

_ALWAYS = frozenset(("lifecycle", "title", "description"))
"""What every record has, whatever its kind's schema says: where it is not written it is inferred."""


def missing(kinds: Iterable[Kind], field: str) -> tuple[str, str, list[str]] | None:
    """Return what of a field no kind has, or None where one has all of it.

    Returns:
        The part of the field that there is, with a dot at its end; the step that there is not; what there is instead.
    """
    ways = [_way(kind.root, field.split(".")) for kind in kinds]
    if field.partition(".")[0] in _ALWAYS or any(rest == [] for _, rest in ways):
        return None
    fewest = min((len(rest) for _, rest in ways), default=0)
    names = sorted({name for shape, rest in ways if len(rest) == fewest for name in shape.fields})
    steps = field.split(".")
    known = steps[: len(steps) - fewest]
    return "".join(f"{step}." for step in known), steps[len(known)], names


def choices(kinds: Iterable[Kind], field: str) -> tuple[str, ...]:
    """Return the values that a field may have, whichever of the kinds has it; none where one of them leaves it open."""
    found: dict[str, None] = {}
    for kind in kinds:
        shape, rest = _way(kind.root, field.split("."))
        if rest:
            continue
        own = (*shape.choices, *(shape.items.choices if shape.items is not None else ()))
        if not own:
            return ()
        found |= dict.fromkeys(own)
    return tuple(found)


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
