"""Which kinds refer to which, in which field and by which relation: whether neighbours that a rule asks for can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.relations import MENTIONED, MENTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mkdocs_handoff.schema.fields import Field
    from mkdocs_handoff.schema.kinds import Kind

NAMED = ("ref", "id", "username")
"""Where a mapping is the reference, the key that holds the name; as references are read."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a record and a neighbour may be related.

    Attributes:
        field: The field that refers, its first word; empty for prose.
        relation: How it reads from the record.
    """

    field: str
    relation: str


def ways(asked: Mapping[str, Any], meant: Iterable[Kind], others: Iterable[Kind]) -> Iterator[Way]:
    """Yield how a record and a neighbour may be related.

    Args:
        asked: The neighbour, as the settings have it: its `direction`, `written`, `field` and `relation` count.
        meant: What the record may be.
        others: What the neighbour may be.
    """
    written = asked.get("written", True)
    direction = asked.get("direction", "either")
    fields, relations = _listed(asked.get("field")), _listed(asked.get("relation"))
    both = [(meant, others, True)] if not written or direction != "in" else []
    both += [(others, meant, False)] if written and direction != "out" else []
    for sources, targets, out in both:
        names = frozenset(kind.name for kind in targets)
        for kind in sources:
            for way in _of(kind, names, fields, out=out, written=written):
                if not relations or way.relation in relations:
                    yield way


def _of(kind: Kind, names: frozenset[str], fields: Sequence[str], *, out: bool, written: bool) -> Iterator[Way]:
    mentions = MENTIONS if out else MENTIONED
    if written and not fields:  # prose may speak of whatever there is
        yield Way("", mentions)
    for field in fields or kind.root.fields:
        for shape, spoken in _below(kind.root, field.split(".") if fields else [field]):
            reference = shape.reference
            if reference is not None and (reference.any_kind or names.intersection(reference.kinds)):
                yield Way(field.partition(".")[0], reference.relation if out else reference.inverse)
            if written and spoken and shape.markdown:
                yield Way("", mentions)


def _below(shape: Field, steps: Sequence[str], *, spoken: bool = True) -> Iterator[tuple[Field, bool]]:
    """Yield what stands at the end of a way, and all below it; and whether what is said there, the way's end says.

    The note beside a reference may speak of others than the field refers to: they are no neighbours by that field.
    """
    if steps:
        child = shape.fields.get(steps[0]) or shape.rest
        if shape.reference is not None and len(steps) == 1 and steps[0] in NAMED:
            yield shape, False
        if child is not None:
            yield from _below(child, steps[1:])
        if shape.items is not None:
            yield from _below(shape.items, steps)
        return
    yield shape, spoken
    for child in (*shape.fields.values(), shape.items, shape.rest):
        if child is not None:
            yield from _below(child, (), spoken=spoken and shape.reference is None)


def _listed(given: Any) -> list[str]:
    return given if isinstance(given, list) else [given] if given else []
