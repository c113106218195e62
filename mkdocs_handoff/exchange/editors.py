"""What editors are handed: a schema for each kind of a project, and which files it is for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.drafting.offered import names
from mkdocs_handoff.records.discover import claims
from mkdocs_handoff.records.documents import YAML
from mkdocs_handoff.schema.described import page
from mkdocs_handoff.schema.effective import effective
from mkdocs_handoff.schema.files import SUFFIX
from mkdocs_handoff.schema.sheet import ANY, OFFERED, by_kind, files

__all__ = ["ANY", "FOLDER", "OFFERED", "SUFFIX", "associations", "field_pages", "schema_files", "schemas", "written"]

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.project import Project
    from mkdocs_handoff.schema.fields import Schema

FOLDER = ".handoff/schemas"
"""Where the schemas are usually written: a folder that no glob of records reaches."""

_BROKEN = 4
"""So deep a list or mapping has a line for each of its entries; what is deeper stands on one line."""


def schemas(project: Project) -> Mapping[str, Schema]:
    """Return the schema of each kind as an editor needs it, and that of any kind, by name: each stands alone."""
    found = _by_name(project)
    return {**found, ANY: by_kind(found)}


def schema_files(project: Project) -> Mapping[str, str]:
    """Return what the files of the schemas hold, by file name: they stand in one folder, and refer to each other."""
    return {f"{name}{SUFFIX}": written(schema) for name, schema in files(_by_name(project)).items()}


def _by_name(project: Project) -> Mapping[str, Schema]:
    offered = names(project.catalog)
    return {name: effective(kind, offered) for name, kind in project.catalog.kinds.items()}


def field_pages(project: Project) -> Mapping[str, str]:
    """Return the pages that describe the fields of each kind, by file name."""
    return {f"{name}.md": page(kind) for name, kind in project.catalog.kinds.items()}


def written(schema: Schema) -> str:
    """Return a schema as JSON, the same bytes every time."""
    return _written(schema, 0) + "\n"


def _written(node: Any, depth: int) -> str:
    if depth == _BROKEN or not isinstance(node, dict | list) or not node:
        return json.dumps(node, ensure_ascii=False, separators=(",", ":"))
    start, end = "{}" if isinstance(node, dict) else "[]"
    inner = (
        [f"{json.dumps(key, ensure_ascii=False)}: {_written(value, depth + 1)}" for key, value in node.items()]
        if isinstance(node, dict)
        else [_written(value, depth + 1) for value in node]
    )
    lead = "\n" + " " * depth
    return start + ",".join(f"{lead} {one}" for one in inner) + lead + end


def associations(project: Project, folder: str = FOLDER, within: str = "") -> dict[str, list[str]]:
    """Return yaml-language-server's setting `yaml.schemas`: the YAML files of each kind, by its schema's path.

    Args:
        project: With its settings.
        folder: Where the schemas are, from the project's root.
        within: The project's folder in what the editor has open, if it is another.
    """
    lead = f"{within}/" if within else ""
    found: dict[str, list[str]] = {}
    for claim in claims(project.settings, project.catalog.kinds):
        if claim.glob.endswith(YAML):
            found.setdefault(f"{lead}{folder}/{claim.kind}{SUFFIX}", []).append(lead + claim.glob)
    return found
