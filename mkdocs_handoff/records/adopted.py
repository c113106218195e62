"""Whose file a record's own file is: ours to edit, or another tool's that is read as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.records import dialects
from mkdocs_handoff.records.dialects import titles
from mkdocs_handoff.records.dialects.adapted import OURS
from mkdocs_handoff.records.documents import MARKDOWN, Layer
from mkdocs_handoff.records.record import DECISION
from mkdocs_handoff.text import yaml

if TYPE_CHECKING:
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.text.yaml import Value

_REFERENCE = re.compile(r"\b(?:team|person|group|user):", re.IGNORECASE)
"""How we name owners. In decisions of others `owner` is a name, or a role."""

_OURS_OF_KIND: dict[str, frozenset[str]] = {
    "model": frozenset(("title",)),
    "dataset": frozenset(("title",)),
    DECISION: frozenset(),
    "term": frozenset(("definition", "synonyms")),
}
"""The same for the kinds whose Markdown files may be another format's without a field that a dialect takes over."""


def adopted(record: Record) -> bool:
    """Tell whether a record's own file is another tool's, or has no place for fields: it is not ours to edit.

    A file that writes one of `OURS` is ours. YAML is another tool's if a Backstage catalog reads it, and has no place
    for fields where a term is a text by its name. Markdown is, if it
    has no front matter, if a dialect took fields over from it, or if it is of a kind that a dialect reads and nothing
    in it says that it was written for us: a title does, but for that of a card ("Model card: Churn", in the front
    matter or in the text).
    """
    layer = record.source.layer
    held = _held(layer)
    own = held if isinstance(held, dict) else {}
    backstage = dialects.is_backstage(own)
    theirs = {"kind"} if str(own.get("kind", "")).lower() != record.kind else set()  # `kind: Group`, `kind: adr`
    if record.kind == DECISION:
        theirs |= {name for name in ("owner", "owners") if name in own and not _REFERENCE.search(str(own[name]))}
    if not OURS.isdisjoint(own.keys() - theirs):
        return False
    if not layer.path.lower().endswith(MARKDOWN):
        return backstage or not isinstance(held, dict)
    if not layer.text and layer.first_line == 1:
        return True
    ours = _OURS_OF_KIND.get(record.kind)
    imported = any(origin.how == "imported" for origin in record.origins.values())
    return imported or (ours is not None and (ours.isdisjoint(own) or _titled_as_card(record, own)))


def _titled_as_card(record: Record, own: dict[str, Value]) -> bool:
    headings = (record.body.banner, record.body.title) if record.body is not None else ()
    return record.kind in ("model", "dataset") and any(
        titles.is_of_card(str(one)) for one in (own.get("title"), *headings)
    )


def written(layer: Layer) -> dict[str, Value]:
    """Return the fields that a layer's text itself writes."""
    held = _held(layer)
    return held if isinstance(held, dict) else {}


def _held(layer: Layer) -> Value:
    """Return what a layer's text holds where the record stands; no fields where that is not written yet."""
    documents = yaml.read(layer.text).documents
    value: Value = documents[layer.document] if layer.document < len(documents) else {}
    for step in layer.prefix:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):  # not written yet
            return {}
    return value
