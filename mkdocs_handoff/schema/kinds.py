"""A kind is a schema, read with its annotations (`docs/kinds.md` lists them)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mkdocs_handoff import resources
from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.schema.annotations import Shapes, misfits, misnamed, pointer, unnamed
from mkdocs_handoff.schema.fields import ANYTHING, Field, Schema, compile_field
from mkdocs_handoff.schema.files import COMMON, PLURAL, SUFFIX, UNTIL, SchemaFile, read_files
from mkdocs_handoff.schema.files import unusable as cannot
from mkdocs_handoff.schema.flaw import Flaw
from mkdocs_handoff.schema.validate import unusable
from mkdocs_handoff.text import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that a kind expects in a record's Markdown (`x-sections`)."""

    title: str
    also: tuple[str, ...] = ()
    field: str = ""
    level: str = ""
    description: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings that count as this section."""
        return (self.title, *self.also)


@dataclass(frozen=True, slots=True)
class Group:
    """A section of a record's page: some of its fields under one heading (`x-groups`)."""

    title: str
    fields: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True)
class Kind:
    """What a record describes, as its schema states it.

    Attributes:
        name: The kind's name in identities, `model`.
        title: Singular, for people. `plural` likewise.
        root: The record's fields, for reading, references and page layout.
        schema: The whole JSON Schema with the shared pieces bundled in; any validator can take it as it is.
        ready: The subschema of the handoff-ready level, bundled likewise.
        path: The schema's file, for findings about it.
        ages: Whether its records age; or with which values of a field they do, by field.
    """

    name: str
    title: str
    plural: str
    root: Field
    schema: Schema
    description: str = ""
    ready: Schema = field(default_factory=dict)
    icon: str = "material/file-document-outline"
    order: int = 100
    globs: tuple[str, ...] = ()
    review_every: str = ""
    ages: bool | Mapping[str, tuple[str, ...]] = True
    list_key: str = ""
    prose_first: bool = False
    summary: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    sections: tuple[Section, ...] = ()
    path: str = ""


def load_kinds(folders: Iterable[tuple[Path, str]]) -> tuple[Mapping[str, Kind], tuple[Finding, ...]]:
    """Read the kinds of all folders; a later folder's file replaces an earlier one of the same name.

    A schema that is not meant for us is passed over. Of `common.schema.json` each piece replaces that of its name.

    Args:
        folders: Each folder with the name that findings call it by. The first is our own: tests hold it to JSON Schema,
            so that a run need not.

    Returns:
        Kinds by name, in their order on pages; findings about schema files that cannot be used.
    """
    findings: list[Finding] = []
    files: dict[str, SchemaFile] = {}
    commons: list[SchemaFile] = []
    for one in read_files(folders):
        if isinstance(one, Finding):
            findings.append(one)
            files.pop(one.place.path.rpartition("/")[2], None)
        elif one.name == COMMON:
            commons.append(one)
        elif not one.foreign:
            files[one.name] = one
    named = [one.kind for one in files.values() if PLURAL in one.schema]
    shared: dict[str, Any] = {}
    added: dict[str, Any] = {}
    for one in commons:
        if one.foreign:
            added.update(one.pieces)
        elif not one.own or _annotated(one, named, findings):
            shared.update(one.pieces)
    kinds = [
        kind
        for one in files.values()
        if (PLURAL in one.schema and not one.own) or (one.own and _annotated(one, named, findings))
        # What nobody annotated adds pieces for the kinds beside it, and takes none of ours from the others.
        if (kind := _usable(one, {**added, **shared} if one.own else shared, findings)) is not None
    ]
    kinds.sort(key=lambda kind: (kind.order, kind.name))
    return MappingProxyType({kind.name: kind for kind in kinds}), tuple(findings)


def _usable(file: SchemaFile, shared: Mapping[str, Any], findings: list[Finding]) -> Kind | None:
    """Return the kind that a schema describes; where it cannot be used, say why."""
    try:
        kind = _kind(file.kind, file.schema, shared, file.shown)
        wrong = (unusable(kind.schema) or unusable(kind.ready)) if file.own else ""
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        wrong = str(error.args[0]) if isinstance(error, KeyError) and error.args else f"{error}"
    if wrong:
        findings.append(cannot(file.shown, wrong))
        return None
    if file.own:
        findings.extend(_misfit(file, flaw, "") for flaw in unnamed(file.schema, kind.root))
    return kind


def _annotated(file: SchemaFile, kinds: list[str], findings: list[Finding]) -> bool:
    """Tell whether a schema that is not ours is annotated so that it can be used; add what is wrong to the findings."""
    schema = file.schema
    try:
        wrong = misfits(schema, annotation_shapes())
        if not wrong and file.name != COMMON and PLURAL not in schema:
            wrong = [Flaw((PLURAL,), "field/required", f"lacks {PLURAL!r}: with it a schema is a kind", "")]
        findings.extend(_misfit(file, flaw, UNTIL) for flaw in wrong)
        findings.extend(_misfit(file, flaw, "") for flaw in misnamed(schema, kinds))
    except RecursionError as error:
        findings.append(cannot(file.shown, str(error)))
        return False
    return not wrong


def _misfit(file: SchemaFile, flaw: Flaw, until: str) -> Finding:
    # What is missing has no pointer of its own; and nobody states a gap in a schema, as the hint would have it.
    lacks = flaw.rule == "field/required"
    at = pointer(flaw.path[:-1] if lacks else flaw.path)
    # JSON is YAML, whose reader knows where everything stands.
    line, column = yaml.locate(file.path.read_text(encoding="utf-8-sig"), 0, flaw.path, key=flaw.key)
    hint = " ".join(part for part in ("" if lacks else flaw.hint, until) if part)
    return Finding(Place(file.shown, line, column), "schema/unusable", f"{at}: {flaw.message}", hint)


@lru_cache(maxsize=1)
def annotation_shapes() -> Shapes:
    """Return what annotations are held against: read once, and only where there are schemas that are not ours."""
    schema = json.loads((resources.folder("schemas") / ("annotations" + SUFFIX)).read_text(encoding="utf-8"))
    piece = {"$schema": schema["$schema"], "$ref": "#/$defs/property", "$defs": schema["$defs"]}
    return Shapes(
        Kind("annotations", "Annotations", "Annotations", compile_field(schema), schema),
        Kind("annotation", "Annotation", "Annotations", compile_field(piece), piece),
    )


def _kind(name: str, raw: Schema, shared: Mapping[str, Any], shown: str) -> Kind:
    schema = bundle(raw, shared)
    ready = schema.pop("x-handoff-ready", {})
    return Kind(
        name=name,
        title=str(schema.get("title", name.replace("-", " ").capitalize())),
        plural=str(schema["x-plural"]),
        description=str(schema.get("description", "")),
        root=compile_field(schema),
        schema=schema,
        ready={**ready, "$schema": schema.get("$schema", _DRAFT), "$defs": schema["$defs"]} if ready else {},
        icon=str(schema.get("x-icon", "material/file-document-outline")),
        order=int(schema.get("x-order", 100)),
        globs=tuple(schema.get("x-globs", ())),
        review_every=str(schema.get("x-review-every", "")),
        ages=_ages(schema.get("x-ages", True)),
        list_key=str(schema.get("x-list", "")),
        prose_first=schema.get("x-prose", "last") == "first",
        summary=tuple(schema.get("x-summary", ())),
        facts=tuple(schema.get("x-facts", ())),
        groups=tuple(
            Group(str(group["title"]), tuple(group["fields"]), str(group.get("description", "")))
            for group in schema.get("x-groups", ())
        ),
        sections=tuple(_section(section) for section in schema.get("x-sections", ())),
        path=shown,
    )


_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def _ages(raw: Any) -> bool | Mapping[str, tuple[str, ...]]:
    if isinstance(raw, dict):
        return MappingProxyType({str(name): tuple(map(str, values)) for name, values in raw.items()})
    return bool(raw)


def _section(raw: Mapping[str, Any]) -> Section:
    return Section(
        title=str(raw["title"]),
        also=tuple(raw.get("also", ())),
        field=str(raw.get("field") or ""),
        level=str(raw.get("level") or ""),
        description=str(raw.get("description", "")),
    )


def bundle(schema: Schema, shared: Mapping[str, Any]) -> Schema:
    """Return the schema with the shared pieces among its own `$defs`, so that every `$ref` is local to it."""
    own = schema.get("$defs", {})
    bundled: Schema = {key: _localised(value) for key, value in schema.items() if key != "$defs"}
    bundled["$defs"] = {key: _localised(value) for key, value in {**shared, **own}.items()}
    return bundled


def _localised(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key: value.removeprefix(COMMON) if key == "$ref" and isinstance(value, str) else _localised(value)
            for key, value in node.items()
        }
    return [_localised(item) for item in node] if isinstance(node, list) else node


UNKNOWN = Kind(name="", title="Record", plural="Records", root=ANYTHING, schema={})
"""Stands in for the kind of a record whose schema cannot be used."""
