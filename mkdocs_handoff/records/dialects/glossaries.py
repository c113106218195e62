"""Glossary terms: one Markdown file each (Kubernetes, CNCF), DataHub's business glossary, or terms by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.records.dialects.adapted import OURS
from mkdocs_handoff.records.dialects.listed import CALLED
from mkdocs_handoff.records.record import Origin

if TYPE_CHECKING:
    from mkdocs_handoff.records.dialects.adapted import Adapted
    from mkdocs_handoff.records.documents import Document
    from mkdocs_handoff.records.markdown import Body
    from mkdocs_handoff.text.yaml import Value

_STATUSES = {"completed": "approved", "feedback appreciated": "in-review", "deprecated": "deprecated"}
_HOLDERS = (("users", "person"), ("groups", "team"))
_URN = "urn:li:"
_SHORT = (("definition", "short"), ("definition", "def"), ("description", "long"))
_FOR_US = OURS | {"title"}
_REFERRING = ("inherits", "contains", "values", "related_terms")


def term(adapted: Adapted, body: Body | None, document: Document) -> None:
    """Read a term: `aka` are synonyms, the CNCF's status words become ours; DataHub's owners and links too."""
    adapted.foreign = "datahub" in document.beside or (document.entry and not _FOR_US & document.value.keys())
    if "name" not in adapted.fields:
        for name in CALLED:
            _instead(adapted, "title", name)
    for ours, theirs in _SHORT:
        _instead(adapted, ours, theirs)
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
    if "key" in document.beside:
        _keyed(adapted, document)


def _datahub(adapted: Adapted, document: Document) -> None:
    """Read an entry of a business glossary; a node is a term with narrower ones."""
    what = "DataHub business glossary"
    adapted.take("parent", document.beside.get("parent"), (), f"{what}, its node")
    written = adapted.fields.get("id")
    if isinstance(written, str) and written.startswith(_URN):
        adapted.aliases.append(str(adapted.fields.pop("id")).rpartition(":")[2])
    path = str(document.beside.get("path") or "")
    if document.beside.get("twin"):
        adapted.infer("id", path, "its node's name and its own, which is another's too")
    adapted.aliases.append(path)
    own, inherited = adapted.fields.get("owners"), document.beside.get("owners")
    if isinstance(own, dict):
        adapted.fields["owners"] = _owners(own)
        adapted.origins["owners",] = Origin("imported", what)
    elif own is None and isinstance(inherited, dict):
        adapted.take("owners", _owners(inherited), (), f"{what}, above it")
    for name in _REFERRING:
        listed = adapted.fields.get(name)
        if isinstance(listed, list):
            adapted.fields[name] = [_without_urn(one) if isinstance(one, str) else one for one in listed]
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
            holder = _without_urn(str(one))
            # An address is a name by itself, whoever has it.
            entry: dict[str, Value] = {"ref": holder if "@" in holder else f"{ours}:{holder}"}
            if isinstance(kind, str):
                entry["type"] = kind
            found.append(entry)
    return found


def _without_urn(name: str) -> str:
    """Return what a URN names (`urn:li:corpuser:jane.doe`), or the name as it is."""
    return name.rpartition(":")[2].strip() if name.startswith(_URN) else name.strip()


def _keyed(adapted: Adapted, document: Document) -> None:
    """Read an entry of a mapping: its key is its name, and its title as it is written; small ones may be words."""
    key = str(document.beside["key"])
    adapted.infer("id", key, "its key in the file")
    _instead(adapted, "description", "link")
    if key != key.lower() and "name" not in adapted.fields:
        adapted.infer("title", key.strip(), "its key in the file")


def _instead(adapted: Adapted, ours: str, theirs: str) -> None:
    """Read a text under another word as one of our fields, unless that is written."""
    if ours not in adapted.fields and isinstance(adapted.fields.get(theirs), str):
        adapted.take(ours, adapted.fields.pop(theirs), (theirs,), f"the field {theirs!r}")
