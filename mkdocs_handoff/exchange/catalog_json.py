"""`handoff.json`: every record with its address, owners and relations (`schemas/catalog.schema.json`)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.owners import owners
from mkdocs_handoff.catalog.relations import External
from mkdocs_handoff.catalog.resolve import versions
from mkdocs_handoff.pages.sitemap import url_of
from mkdocs_handoff.pages.views.life import assumed
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.knowledge import MODEL
from mkdocs_handoff.reports.links import lacking
from mkdocs_handoff.reports.quality import own, quality

if TYPE_CHECKING:
    from mkdocs_handoff.pages.sitemap import Sitemap
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.links import Lineages
    from mkdocs_handoff.staleness.verdict import Staleness

SCHEMA = "https://mkdocs-handoff.dev/schemas/1/catalog.schema.json"


def dump(project: Project, sitemap: Sitemap, staleness: Staleness, lineages: Lineages) -> str:
    """Return the catalog as JSON text: sorted, a record a line, so that a difference reads well.

    Args:
        project: The project.
        sitemap: Where its pages are.
        staleness: How its records stand, and on which day.
        lineages: Which links of its models are known.
    """
    head = {
        "$schema": SCHEMA,
        "version": 1,
        "namespace": project.settings.namespace,
        "today": staleness.today.isoformat(),
        "kinds": [
            {
                "name": kind.name,
                "title": kind.title,
                "plural": kind.plural,
                "url": _url(sitemap, sitemap.indexes[kind.name]),
            }
            for kind in project.catalog.kinds.values()
            if kind.name in sitemap.indexes
        ],
        "wanted": [
            {"id": str(wanted), "wanted_by": sorted({str(asker) for asker, _ in wanted.wanted_by})}
            for wanted in project.catalog.wanted
        ],
    }
    records = [_record(project, sitemap, staleness, lineages, record) for record in project.catalog.records.values()]
    lines = ",\n    ".join(json.dumps(record, ensure_ascii=False) for record in records)
    start = json.dumps(head, ensure_ascii=False, indent=2)[:-2]
    return f'{start},\n  "records": [\n    {lines}\n  ]\n}}\n' if records else f'{start},\n  "records": []\n}}\n'


def _record(
    project: Project, sitemap: Sitemap, staleness: Staleness, lineages: Lineages, record: Record
) -> dict[str, Any]:
    identity = record.identity
    place = record.source.layer
    standing = staleness.standings[identity]
    return {
        "id": str(identity),
        "kind": identity.kind,
        "name": identity.name,
        "namespace": identity.namespace or project.settings.namespace,
        "title": record.title,
        "description": record.description,
        "lifecycle": record.lifecycle,
        **({"lifecycle_assumed": True} if assumed(record, project.catalog.kinds[record.kind]) else {}),
        "level": record.level,
        "verdict": standing.verdict.value,
        "reviewed": standing.reviewed.isoformat() if standing.reviewed is not None else "",
        "due": standing.due.isoformat() if standing.due is not None else "",
        "url": _url(sitemap, sitemap.records[identity]),
        "source": {"path": place.path, "line": record.source.place(()).line if place.prefix or place.document else 1},
        "aliases": list(record.aliases),
        "owners": _owners(project, record),
        "versions": list(dict.fromkeys(versions(record))),
        "relations": [
            {
                "relation": relation.name,
                "inverse": relation.inverse,
                "target": str(relation.target),
                **({"version": relation.version} if relation.version else {}),
                **({"field": ".".join(map(str, relation.path))} if relation.path else {"line": relation.line}),
            }
            for relation in project.catalog.outgoing.get(identity, ())
        ],
        "gaps": [
            {"field": ".".join(map(str, path)), "why": gap.why, "reason": gap.reason}
            for path, gap in record.gaps.items()
        ],
        **_lineage(lineages, record),
        **_evaluations(project, record),
        **({"reading_path": _url(sitemap, sitemap.paths[identity])} if identity in sitemap.paths else {}),
    }


def _lineage(lineages: Lineages, record: Record) -> dict[str, Any]:
    """How much of a model's lineage is known; nothing of another kind."""
    if record.kind != MODEL:
        return {}
    found = lineages.of(record.identity)
    missing, unknown = lacking(found.missing), lacking(found.unknown)
    return {"links": {"known": found.known, "total": len(found.links), "missing": missing, "unknown": unknown}}


def _evaluations(project: Project, record: Record) -> dict[str, Any]:
    """What was measured of a model, by evaluations and by its card's own index; nothing of another kind."""
    if record.kind != MODEL:
        return {}
    stated = (one for one in quality(project.catalog, record.identity) if one.source != record.identity)
    found = [
        {
            "by": str(one.source),
            "dataset": one.dataset.name if isinstance(one.dataset, External) else str(one.dataset),
            **({"version": one.version} if one.version else {}),
            **({"date": one.date} if one.date else {}),
            **({"split": one.split} if one.split else {}),
            "metrics": [
                {
                    "name": metric.name,
                    "value": metric.value if isinstance(metric.value, str | int | float) else str(metric.value),
                    **({"unit": metric.unit} if metric.unit else {}),
                    **({"slice": metric.slice} if metric.slice else {}),
                    **({"details": dict(metric.details)} if metric.details else {}),
                }
                for metric in one.metrics
            ],
            **({"details": dict(one.details)} if one.details else {}),
        }
        for one in (*stated, *own(record))
    ]
    return {"evaluations": found} if found else {}


def _owners(project: Project, record: Record) -> list[dict[str, str]]:
    found = []
    for owner in owners(record):
        target = project.catalog.targets.get((record.identity, owner.path))
        named = {"id": str(target)} if isinstance(target, Identity) else {"text": owner.text}
        found.append({"role": owner.role, **named})
    return found


def _url(sitemap: Sitemap, src_uri: str) -> str:
    url = url_of(src_uri, directory_urls=sitemap.directory_urls)
    return "" if url == "./" else url
