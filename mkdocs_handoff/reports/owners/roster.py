"""Each record with who answers for it, in which roles, and what is wrong with that."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.owners import ACCOUNTABLE

if TYPE_CHECKING:
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.owners.codeowners import Comparison
    from mkdocs_handoff.reports.owners.ownership import GoneOwner, Holder, Ownership


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the owners of a record.

    `name` is `unowned`, `orphaned`, `gone`, `not accountable`, `several accountable`, `unknown`, `no code owner` or
    `other code owner`; `told` says it in a sentence's words.
    """

    name: str
    told: str


@dataclass(frozen=True, slots=True)
class Row:
    """A record with its owners, and what is wrong with them. A role is that of each owner in `owners`."""

    record: Identity
    title: str
    path: str
    accountable: tuple[Holder, ...]
    others: tuple[Holder, ...]
    troubles: tuple[Trouble, ...]


def roster(catalog: Catalog, owned: Ownership, compared: Comparison | None) -> tuple[Row, ...]:
    """Return a row for every record that has owners, needs some, or has something wrong with them.

    Args:
        catalog: The records.
        owned: Who owns what.
        compared: What CODEOWNERS says; None where there is none.
    """
    troubles = _troubles(catalog, owned)
    if compared is not None:
        _add_code_owners(troubles, compared)
    return tuple(
        Row(
            identity,
            record.title,
            record.source.path,
            tuple(one for one in owned.holders.get(identity, ()) if one.role == ACCOUNTABLE),
            tuple(one for one in owned.holders.get(identity, ()) if one.role != ACCOUNTABLE),
            tuple(troubles.get(identity, ())),
        )
        for identity, record in catalog.records.items()
        if identity in owned.holders or identity in troubles
    )


def departed(one: GoneOwner) -> str:
    """Return when somebody left and who comes after, in words."""
    when = f"left {one.gone.on.isoformat()}" if one.gone.on else "is gone"
    return f"{when}, succeeded by {one.gone.text}" if one.gone.text else when


def _troubles(catalog: Catalog, owned: Ownership) -> dict[Identity, list[Trouble]]:
    found: dict[Identity, list[Trouble]] = defaultdict(list)
    for identity in owned.unowned:
        found[identity].append(Trouble("unowned", "nobody owns it"))
    for identity in owned.orphaned:
        found[identity].append(Trouble("orphaned", "there is nobody behind any of its owners"))
    for one in owned.gone:
        told = f"{catalog.title(one.owner)} ({one.role}) {departed(one)}"
        found[one.record].append(Trouble("gone", told))
    for identity in owned.nobody:
        found[identity].append(Trouble("not accountable", "none of its owners is accountable"))
    for identity in owned.several:
        found[identity].append(Trouble("several accountable", "more than one owner is accountable"))
    for name, held in owned.unknown.items():
        for record in dict.fromkeys(one.record for one in held):
            found[record].append(Trouble("unknown", f"no team or person {name!r} is written down"))
    return found


def _add_code_owners(found: dict[Identity, list[Trouble]], compared: Comparison) -> None:
    for none in compared.unowned:
        where = f"{compared.path}:{none.line} leaves" if none.line else f"{compared.path} leaves"
        told = f"{where} {_files(none)} without a code owner"
        for record in none.records:
            found[record].append(Trouble("no code owner", told))
    for other in compared.disagreeing:
        told = f"{compared.path}:{other.line} gives {_files(other)} to {' '.join(other.owners)}"
        for record in other.records:
            found[record].append(Trouble("other code owner", told))


def _files(one: Any) -> str:
    """Return what a difference is about: the file itself, or some of what a glob covers."""
    if one.path == one.example:
        return str(one.path)
    return f"1 file of {one.path}" if one.files == 1 else f"{one.files:,} files of {one.path}"
