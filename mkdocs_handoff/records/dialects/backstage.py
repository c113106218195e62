"""Backstage catalog entities: Group and User (`@backstage/catalog-model` 1.10, kind schemas v1alpha1 and v1beta1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_handoff.records.dialects.adapted import Adapted
    from mkdocs_handoff.text.yaml import Value

_KINDS = {"group": "team", "user": "person"}


def kind_of(value: dict[str, Value]) -> str:
    """Return our kind for a Backstage entity, or an empty string."""
    version, kind = value.get("apiVersion"), value.get("kind")
    if isinstance(version, str) and version.startswith("backstage.io/") and isinstance(kind, str):
        return _KINDS.get(kind.lower(), "")
    return ""


def entity(adapted: Adapted, kind: str) -> None:
    """Read the envelope into our fields; `metadata` and `spec` stay as they are."""
    metadata, spec = _mapping(adapted.fields, "metadata"), _mapping(adapted.fields, "spec")
    profile = _mapping(spec, "profile")
    adapted.take("id", metadata.get("name"), ("metadata", "name"), "Backstage metadata.name")
    namespace = metadata.get("namespace")
    if isinstance(namespace, str) and namespace != "default":
        adapted.take("namespace", namespace, ("metadata", "namespace"), "Backstage metadata.namespace")
    display = ("spec", "profile", "displayName")
    adapted.take("title", profile.get("displayName"), display, "Backstage spec.profile.displayName")
    adapted.take("title", metadata.get("title"), ("metadata", "title"), "Backstage metadata.title")
    for name in ("description", "tags", "links"):
        adapted.take(name, metadata.get(name), ("metadata", name), f"Backstage metadata.{name}")
    adapted.take("email", profile.get("email"), ("spec", "profile", "email"), "Backstage spec.profile.email")
    if kind == "team":
        for name in ("members", "children", "parent", "type"):
            adapted.take(name, spec.get(name), ("spec", name), f"Backstage spec.{name}")
    else:
        adapted.take("member_of", spec.get("memberOf"), ("spec", "memberOf"), "Backstage spec.memberOf")


def _mapping(value: dict[str, Value], name: str) -> dict[str, Value]:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}
