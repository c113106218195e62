"""Glossary terms: one Markdown file each (Kubernetes, CNCF), or DataHub's business glossary, a YAML tree of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_handoff.records.dialects.adapted import Adapted
    from mkdocs_handoff.records.documents import Document
    from mkdocs_handoff.records.markdown import Body
    from mkdocs_handoff.text.yaml import Value

_STATUSES = {"completed": "approved", "feedback appreciated": "in-review", "deprecated": "deprecated"}
_HOLDERS = (("users", "person"), ("groups", "team"))
_REFERRING = ("inherits", "contains", "values", "related_terms")


def term(adapted: Adapted, body: Body | None, document: Document) -> None:
    """Read a term: `aka` are synonyms, the CNCF's status words become ours; DataHub's owners and links too."""
    adapted.take("synonyms", adapted.fields.get("aka"), ("aka",), "Kubernetes aka")
    adapted.take("definition", adapted.fields.get("short_description"), ("short_description",), "short_description")
    status = adapted.fields.get("status")
    if isinstance(status, str) and status.lower() in _STATUSES:
        adapted.fields["status"] = _STATUSES[status.lower()]
        if status != adapted.fields["status"]:
            adapted.fields.setdefault("status_raw", status)
            adapted.moved["status_raw",] = ("status",)
    if body is not None:
        adapted.infer("title", body.title, "the first heading")
        adapted.infer("definition", body.lead, "the first paragraph")
    if "datahub" in document.beside:
        _datahub(adapted, document)


def _datahub(adapted: Adapted, document: Document) -> None:
    """Read an entry of a business glossary; a node is a term with narrower ones."""
    what = "DataHub business glossary"
    adapted.take("parent", document.beside.get("parent"), (), f"{what}, its node")
    if isinstance(adapted.fields.get("id"), str) and str(adapted.fields["id"]).startswith("urn:"):
        adapted.aliases.append(_plain(adapted.fields.pop("id")))
    owners = adapted.fields.get("owners")
    if isinstance(owners, dict):
        adapted.fields["owners"] = _owners(owners)
    elif owners is None and isinstance(document.beside.get("owners"), dict):
        inherited = document.beside["owners"]
        adapted.take("owners", _owners(inherited if isinstance(inherited, dict) else {}), (), f"{what}, above it")
    for name in _REFERRING:
        listed = adapted.fields.get(name)
        if isinstance(listed, list):
            adapted.fields[name] = [_plain(one) if isinstance(one, str) else one for one in listed]
    links = adapted.fields.get("knowledge_links")
    if isinstance(links, list) and "links" not in adapted.fields:
        adapted.fields["links"] = [_link(one) for one in links]
        adapted.moved["links",] = ("knowledge_links",)
        del adapted.fields["knowledge_links"]


def _link(one: Value) -> Value:
    if not isinstance(one, dict) or "label" not in one or "title" in one:
        return one
    return {("title" if key == "label" else key): value for key, value in one.items()}


def _owners(held: dict[str, Value]) -> list[Value]:
    """Return DataHub's owners, by users and groups, as a list with the type that they share."""
    kind = held.get("type")
    found: list[Value] = []
    for name, ours in _HOLDERS:
        listed = held.get(name)
        for one in listed if isinstance(listed, list) else [listed] if isinstance(listed, str) else []:
            entry: dict[str, Value] = {"ref": f"{ours}:{_plain(one)}"}
            if isinstance(kind, str):
                entry["type"] = kind
            found.append(entry)
    return found


def _plain(name: Value) -> str:
    """Return the last part of a URN or of a dotted path (`Classification.Confidential`): the thing's own name."""
    return str(name).rpartition(":")[2].rpartition(".")[2].strip() or str(name)
