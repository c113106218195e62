"""The names that references may have: of the records that there are, as somebody would write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.schema.effective import Offered
    from mkdocs_handoff.schema.fields import Reference


def names(catalog: Catalog) -> Mapping[str, tuple[Offered, ...]]:
    """Return the name and the title of each record, by kind; kinds without records have none."""
    found: dict[str, list[Offered]] = {kind: [] for kind in catalog.kinds}
    for identity, record in catalog.records.items():
        name = f"{identity.namespace}/{identity.name}" if identity.namespace else identity.name
        found.setdefault(identity.kind, []).append((name, record.title))
    return {kind: tuple(sorted(each)) for kind, each in found.items()}


def candidates(catalog: Catalog, reference: Reference) -> tuple[Identity, ...]:
    """Return the records that a field may refer to, by kind and name."""
    kinds = tuple(catalog.kinds) if reference.any_kind else reference.kinds
    return tuple(identity for kind in kinds for identity in sorted(catalog.records) if identity.kind == kind)


def written(identity: Identity, reference: Reference) -> str:
    """Return how a field names a record: the kind is left out where only one is possible."""
    if len(reference.kinds) != 1 or reference.any_kind:
        return str(identity)
    return f"{identity.namespace}/{identity.name}" if identity.namespace else identity.name
