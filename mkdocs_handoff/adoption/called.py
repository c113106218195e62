"""Records whose names nothing in their files says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.step import Step
from mkdocs_handoff.records.names import OF_REPOSITORY

if TYPE_CHECKING:
    from mkdocs_handoff.project import Project


def called(project: Project) -> Step:
    """Return the step that tells which record is called as the repository is: in a fork it has another name.

    Args:
        project: As it is with what was written before.
    """
    told = [
        f"{record.source.path} is {record.identity}, as its repository is called, and another in a fork or in a copy "
        "without `origin`: give it a title or an `id:` before others refer to it"
        for record in project.catalog.records.values()
        if record.origins.get(("id",)) == OF_REPOSITORY
    ]
    return Step("names", note="; ".join(told))
