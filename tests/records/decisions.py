"""Projects of decisions, and what is read of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.projects import lint, told, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Record

PLAIN = "# Other\n\n## Status\n\nAccepted\n\n## Decision\n\nWe do.\n"


def read(folder: Path, text: str, name: str = "0019-v.md", **others: str) -> tuple[Project, Record]:
    """Return a project of decisions, and the one among them that is looked at."""
    files = {f"docs/adr/{name}": text, **{f"docs/adr/{key}.md": held for key, held in others.items()}}
    project = lint(write_files(folder, files))
    (record,) = (one for one in project.catalog.records.values() if one.source.path == f"docs/adr/{name}")
    return project, record


def one(folder: Path, text: str, name: str = "0019-v.md") -> Record:
    project, record = read(folder, text, name)
    assert told(project) == []
    return record


def shown(record: Record, *fields: str) -> tuple[Any, ...]:
    return tuple(record.get(field) for field in fields)


def superseding(project: Project) -> list[tuple[str, str]]:
    found = (one for each in project.catalog.outgoing.values() for one in each if "supersede" in one.name)
    return [(one.name, one.target.name) for one in found]
