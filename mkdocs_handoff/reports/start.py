"""Where a newcomer starts: what there is, what runs, whom to ask, what was decided last."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.owners import ACCOUNTABLE
from mkdocs_handoff.reports.decisions import decisions
from mkdocs_handoff.reports.knowledge import MODEL
from mkdocs_handoff.reports.problems import count
from mkdocs_handoff.reports.quality import in_production

if TYPE_CHECKING:
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.reports.decisions import Decision
    from mkdocs_handoff.reports.owners.ownership import Holder, Ownership
    from mkdocs_handoff.reports.problems import Count

LATEST = 5
"""So many decisions and people stand on the first page."""


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many records of a kind there are."""

    kind: str
    records: int


@dataclass(frozen=True, slots=True)
class StartModel:
    """A model, as the first page shows it. `versions` are those in production."""

    model: Identity
    versions: tuple[str, ...]
    accountable: Holder | None


@dataclass(frozen=True, slots=True)
class Contact:
    """A team or person to ask, with how many records they own in which role."""

    identity: Identity
    accountable: int
    other: int


@dataclass(frozen=True)
class Start:
    """The first page.

    Attributes:
        kinds: In their order on pages; only those that have records.
        models: Those in production first; retired ones are left out.
        latest: The latest decisions.
        wanted: How many records are wanted; `unowned` likewise, and `gaps` stated.
    """

    kinds: tuple[KindCount, ...]
    models: tuple[StartModel, ...]
    contacts: tuple[Contact, ...]
    latest: tuple[Decision, ...]
    wanted: int
    unowned: int
    gaps: int
    problems: Count


def start(project: Project, owned: Ownership) -> Start:
    """Compute the first page.

    Args:
        project: The project.
        owned: Who owns what in it.
    """
    catalog = project.catalog
    numbers = Counter(identity.kind for identity in catalog.records)
    models = sorted((record for record in catalog.of_kind(MODEL) if record.lifecycle != "retired"), key=_rank)
    return Start(
        kinds=tuple(KindCount(name, numbers[name]) for name in catalog.kinds if numbers[name]),
        models=tuple(
            StartModel(record.identity, in_production(record), owned.accountable(record.identity)) for record in models
        ),
        contacts=_contacts(owned),
        latest=decisions(catalog)[:LATEST],
        wanted=len(catalog.wanted),
        unowned=len(owned.unowned),
        gaps=sum(len(record.gaps) for record in catalog.records.values()),
        problems=count(project.findings),
    )


def _rank(record: Record) -> int:
    """In production, then active, then draft and deprecated ones."""
    if record.lifecycle == "active":
        return 0 if in_production(record) else 1
    return {"draft": 2, "deprecated": 3}.get(record.lifecycle, 4)


def _contacts(owned: Ownership) -> tuple[Contact, ...]:
    found = []
    for identity, held in owned.holdings.items():
        accountable = sum(one.role == ACCOUNTABLE for one in held)
        found.append(Contact(identity, accountable, len(held) - accountable))
    found.sort(key=lambda one: (-one.accountable, -one.other, one.identity))
    return tuple(found[: LATEST + 1])
