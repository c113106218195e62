"""What editors are handed: a schema for each kind of a project, and which files it is for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mkdocs_handoff.drafting.offered import names
from mkdocs_handoff.records.discover import claims
from mkdocs_handoff.records.documents import YAML
from mkdocs_handoff.schema.described import page
from mkdocs_handoff.schema.effective import by_kind, effective
from mkdocs_handoff.schema.kinds import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.project import Project
    from mkdocs_handoff.schema.fields import Schema

FOLDER = ".handoff/schemas"
"""Where the schemas are usually written: a folder that no glob of records reaches."""

ANY = "record"
"""The name of the schema for files that name their kind themselves."""


def schemas(project: Project) -> Mapping[str, Schema]:
    """Return the schema of each kind as an editor needs it, and that of any kind, by name."""
    offered = names(project.catalog)
    found = {name: effective(kind, offered) for name, kind in project.catalog.kinds.items()}
    return {**found, ANY: by_kind(found)}


def schema_files(project: Project) -> Mapping[str, str]:
    """Return what the files of the schemas hold, by file name."""
    return {f"{name}{SUFFIX}": written(schema) for name, schema in schemas(project).items()}


def field_pages(project: Project) -> Mapping[str, str]:
    """Return the pages that describe the fields of each kind, by file name."""
    return {f"{name}.md": page(kind) for name, kind in project.catalog.kinds.items()}


def written(schema: Schema) -> str:
    """Return a schema as JSON, the same bytes every time."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def associations(project: Project, folder: str = FOLDER) -> dict[str, list[str]]:
    """Return yaml-language-server's setting `yaml.schemas`: the YAML files of each kind, by its schema's path.

    Args:
        project: With its settings.
        folder: Where the schemas are, from the project's root.
    """
    found: dict[str, list[str]] = {}
    for claim in claims(project.settings, project.catalog.kinds):
        if claim.glob.endswith(YAML):
            found.setdefault(f"{folder}/{claim.kind}{SUFFIX}", []).append(claim.glob)
    return found
