"""Backstage catalog entities (`@backstage/catalog-model` 1.10): Group, User, and Components and Resources of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.records.record import Origin

if TYPE_CHECKING:
    from mkdocs_handoff.records.dialects.adapted import Adapted
    from mkdocs_handoff.text.yaml import Path, Value

_KINDS = {"group": "team", "user": "person"}
_TYPED = {("component", "machine-learning-model"): "model", ("resource", "dataset"): "dataset"}
_LIFECYCLES = {"experimental": "draft", "production": "active", "deprecated": "deprecated", "retired": "retired"}
PLACEHOLDER = "{{"
"""What stands in the name of an entity that one of Backstage's software templates is yet to write."""

# What the record's kind and name say already.
_SAID = frozenset((("metadata", "name"), ("metadata", "namespace"), ("metadata", "title")))
# The first that is written counts.
_OWN = "handoff/"
_ANNOTATIONS = {
    "github": (f"{_OWN}github-team", f"{_OWN}github-login", "github.com/team-slug", "github.com/user-login"),
    "chat": (f"{_OWN}slack", "slack.com/channel", "slack.com/user-id"),
}


def kind_of(value: dict[str, Value]) -> str:
    """Return our kind for a Backstage entity, or an empty string; what a template is to be filled in for is none."""
    version, kind = value.get("apiVersion"), value.get("kind")
    if PLACEHOLDER in str(_mapping(value, "metadata").get("name")):
        return ""
    if isinstance(version, str) and version.startswith("backstage.io/") and isinstance(kind, str):
        of_type = str(_mapping(value, "spec").get("type") or "")
        return kind_for(kind, of_type)
    return ""


def kind_for(kind: str, of_type: str) -> str:
    """Return our kind for an entity's own and the type in its `spec`, or an empty string."""
    return _KINDS.get(kind.lower(), "") or _TYPED.get((kind.lower(), of_type.lower()), "")


def entity(adapted: Adapted, kind: str) -> None:
    """Read the envelope into our fields; `metadata` and `spec` stay as they are."""
    metadata, spec = _mapping(adapted.fields, "metadata"), _mapping(adapted.fields, "spec")
    profile = _mapping(spec, "profile")
    adapted.take("id", metadata.get("name"), ("metadata", "name"), "Backstage metadata.name")
    namespace = metadata.get("namespace")
    namespace = namespace if isinstance(namespace, str) and namespace != "default" else ""
    adapted.take("namespace", namespace, ("metadata", "namespace"), "Backstage metadata.namespace")
    display = ("spec", "profile", "displayName")
    adapted.take("title", profile.get("displayName"), display, "Backstage spec.profile.displayName")
    adapted.take("title", metadata.get("title"), ("metadata", "title"), "Backstage metadata.title")
    name = metadata.get("name")
    if isinstance(name, str) and (kind == "person" or name != name.lower()):  # a login is no words, nor is an acronym
        adapted.take("title", name, ("metadata", "name"), "Backstage metadata.name")
    for name in ("description", "tags", "links"):
        adapted.take(name, metadata.get(name), ("metadata", name), f"Backstage metadata.{name}")
    adapted.take("email", profile.get("email"), ("spec", "profile", "email"), "Backstage spec.profile.email")
    if kind == "team":
        for name in ("members", "children", "parent"):
            adapted.take(name, _within(spec.get(name), namespace), ("spec", name), f"Backstage spec.{name}")
        adapted.take("type", spec.get("type"), ("spec", "type"), "Backstage spec.type")
    elif kind == "person":
        groups = _within(spec.get("memberOf"), namespace)
        adapted.take("member_of", groups, ("spec", "memberOf"), "Backstage spec.memberOf")
    if kind in ("model", "dataset"):
        adapted.take("owner", _within(spec.get("owner"), namespace), ("spec", "owner"), "Backstage spec.owner")
        written = str(spec.get("lifecycle") or "")
        lifecycle = _LIFECYCLES.get(written.lower(), "")
        what = "Backstage spec.lifecycle" + (f" ({written})" if written != lifecycle else "")
        adapted.take("lifecycle", lifecycle, ("spec", "lifecycle"), what)
    _handles(adapted, metadata)
    _keep_the_rest(adapted, kind)


def _keep_the_rest(adapted: Adapted, kind: str) -> None:
    """Keep what no field of ours says in one that is shown as it is written."""
    read = {source for source in adapted.moved.values() if source}
    if kind in ("model", "dataset"):
        read.add(("spec", "type"))  # what the record's kind says
    rest: dict[str, Value] = {}
    for name in ("metadata", "spec"):
        left = _unread(_mapping(adapted.fields, name), (name,), read)
        if left:
            rest[name] = left
            adapted.moved["backstage", name] = (name,)
    if rest and "backstage" not in adapted.fields:
        adapted.fields["backstage"] = rest
        adapted.origins["backstage",] = Origin("imported", "what else the Backstage file says")
    if kind in ("model", "dataset"):
        for name in ("apiVersion", "kind", "metadata", "spec"):
            adapted.fields.pop(name, None)
    elif spec := _mapping(adapted.fields, "spec"):  # what has become a field of ours is no reference a second time
        adapted.fields["spec"] = {key: held for key, held in spec.items() if ("spec", key) not in read}


def _unread(value: dict[str, Value], path: Path, read: set[Path]) -> dict[str, Value]:
    left: dict[str, Value] = {}
    for key, held in value.items():
        here = (*path, key)
        if here in read or here in _SAID:
            continue
        inner = _unread(held, here, read) if isinstance(held, dict) else held
        if inner not in (None, "", [], {}):
            left[key] = inner
    return left


def _within(written: Value, namespace: str) -> Value:
    """Return references of an entity with its namespace: one that names none means the entity's own."""
    if isinstance(written, list):
        return [_within(one, namespace) for one in written]
    if not namespace or not isinstance(written, str) or not written.strip() or "/" in written:
        return written
    kind, colon, name = written.rpartition(":")
    return f"{kind}{colon}{namespace}/{name.strip()}"


def _handles(adapted: Adapted, metadata: dict[str, Value]) -> None:
    """Read where a team or a person is reached, from the annotations that say so."""
    written = _mapping(metadata, "annotations")
    for ours, names in _ANNOTATIONS.items():
        for name in names:
            path = ("metadata", "annotations", name)
            adapted.take(ours, written.get(name), path, f"Backstage annotation {name}")


def _mapping(value: dict[str, Value], name: str) -> dict[str, Value]:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}
