"""The links of models' lineage, as rows and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.cli.asked.options import CSV
from mkdocs_handoff.cli.shown import tables, terminal
from mkdocs_handoff.reports.flow.columns import columns
from mkdocs_handoff.reports.flow.link import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.reports.flow.columns import Column
    from mkdocs_handoff.reports.flow.link import Link
    from mkdocs_handoff.reports.links import Links

_HEAD = ("Model", "What is missing", "Why", "Place", "Ask")
_HEAD_ALL = ("Model", "Link", "From", "To", "State", "Place")
COLUMNS = ("model", "link", "from", "to", "state", "reason", "place", "ask")
"""The names of CSV."""


def rows(form: str, found: Sequence[Links], catalog: Catalog, *, every: bool) -> str:
    """Return a row for each link that is not known; `every`: for each link."""
    chosen = [(one.model.name, link) for one in found for link in one.links if every or not link.counts]
    if form == CSV:
        return tables.shown(form, COLUMNS, [_whole(model, link, catalog) for model, link in chosen])
    if every:
        return tables.shown(form, _HEAD_ALL, [_listed(model, link, catalog) for model, link in chosen])
    return tables.shown(form, _HEAD, [_short(model, link, catalog) for model, link in chosen])


def _whole(model: str, link: Link, catalog: Catalog) -> tuple[str, ...]:
    return (
        model, link.type.name, link.source.text, link.target.text, link.state.value, link.reason,
        str(link.place(catalog)), str(link.ask or ""),
    )  # fmt: skip


def _listed(model: str, link: Link, catalog: Catalog) -> tuple[str, ...]:
    return model, link.type.title, link.source.text, link.target.text, link.state.value, str(link.place(catalog))


def _short(model: str, link: Link, catalog: Catalog) -> tuple[str, ...]:
    reason = link.reason if link.state is State.MISSING else f"{link.state.value}: {link.reason}"
    return model, link.type.lacking.format(link.of), reason, str(link.place(catalog)), str(link.ask or "")


def summary(found: Links) -> str:
    """Return one closing line of a model."""
    return terminal.printable(f"{found.model}: {found.text}")


def as_json(found: Sequence[Links], catalog: Catalog) -> str:
    """Return one JSON document: all links, and which columns flow into which."""
    document = {"version": 1, "models": [_model(one, catalog) for one in found]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _model(found: Links, catalog: Catalog) -> dict[str, Any]:
    flows = columns(catalog, found.model)
    return {
        "model": str(found.model),
        "known": found.known,
        "total": len(found.links),
        "text": found.text,
        "links": [_link(one, catalog) for one in found.links],
        "columns": [{"from": _column(source), "into": _column(target)} for source, target in flows.flows],
        "columns_cut": flows.cut,
    }


def _link(link: Link, catalog: Catalog) -> dict[str, Any]:
    place = link.place(catalog)
    return {
        "link": link.type.name,
        "from": {"text": link.source.text, "record": _named(link.source.identity)},
        "to": {"text": link.target.text, "record": _named(link.target.identity)},
        "state": link.state.value,
        "reason": link.reason,
        "record": str(link.record),
        "field": ".".join(map(str, link.field)),
        "path": place.path,
        "line": place.line,
        "ask": _named(link.ask),
    }


def _column(column: Column) -> dict[str, Any]:
    return {"record": _named(column.owner), "column": column.name or None}


def _named(identity: object) -> str | None:
    return None if identity is None else str(identity)
