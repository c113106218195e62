"""All that lies around a record and says something of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.capture.artifacts import artifacts
from mkdocs_handoff.capture.commit import commit
from mkdocs_handoff.capture.dvc import dvc
from mkdocs_handoff.capture.eval_results import eval_results
from mkdocs_handoff.capture.found import Harvest
from mkdocs_handoff.capture.lockfiles import lockfiles
from mkdocs_handoff.capture.merge import MARKS, disagreements
from mkdocs_handoff.capture.metrics import metrics
from mkdocs_handoff.capture.mlflow import mlflow
from mkdocs_handoff.capture.surroundings import Surroundings
from mkdocs_handoff.findings import ordered

if TYPE_CHECKING:
    from mkdocs_handoff.artifacts.digest import Progress
    from mkdocs_handoff.capture.found import Captured, Way
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity, Record


def takes(catalog: Catalog, identity: Identity) -> bool:
    """Tell whether something can be captured for a record: whether its kind has a field that says what was."""
    return MARKS in catalog.kinds[identity.kind].root.fields


def surroundings(project: Project, identity: Identity, given: tuple[str, ...] = (), run: str = "") -> Surroundings:
    """Return where to look for what belongs to a record.

    Args:
        project: As it was read.
        identity: The record.
        given: Files and folders that somebody names, from the project's root.
        run: The run that somebody names.
    """
    catalog = project.catalog
    record = catalog.records[identity]
    folder = record.source.path.rpartition("/")[0]
    beside = (
        other
        for other in catalog.records.values()
        if other is not record and other.source.path.rpartition("/")[0] == folder and takes(catalog, other.identity)
    )
    fields = frozenset(catalog.kinds[identity.kind].root.fields)
    alone = next(beside, None) is None
    return Surroundings(project.settings.root, record, _pipeline(catalog, record, fields), alone, given, run, fields)


def gather(around: Surroundings, history: History, progress: Progress | None = None) -> Harvest:
    """Capture everything; what is surest comes first.

    Args:
        around: The record, and where to look.
        history: What git knows.
        progress: Called with the number of bytes of each piece of an artifact that was read.
    """
    harvest = Harvest()  # of several values for one field, the first is taken
    for found in (
        mlflow(around),
        dvc(around),
        eval_results(around),
        metrics(around),
        lockfiles(around),
        commit(around, history),
        artifacts(around, progress),
    ):
        harvest.add(found)
    # A figure that stays in its file is worth more than a copy of it.
    harvest.captured.sort(key=lambda one: bool(one.mark) and one.way[0] == "metrics")
    harvest.findings = list(ordered(harvest.findings))
    harvest.notes = list(dict.fromkeys((*harvest.notes, *disagreements(harvest.captured))))
    first: dict[Way, Captured] = {}
    for one in harvest.captured:
        first.setdefault(one.way, one)
    harvest.captured = list(first.values())
    return harvest


def _pipeline(catalog: Catalog, record: Record, fields: frozenset[str]) -> Record | None:
    """Return the pipeline that makes a model, or the record itself where it is one."""
    if "reproduce" not in fields:
        return record
    reproduce = record.get("reproduce")
    named = reproduce.get("pipeline") if isinstance(reproduce, dict) else None
    name = named.get("ref") if isinstance(named, dict) else named
    if not isinstance(name, str):
        return None
    found = [one for one in catalog.find(name if ":" in name else f"pipeline:{name}") if one.kind == "pipeline"]
    return catalog.records[found[0]] if len(found) == 1 else None
