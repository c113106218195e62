"""Acceptance criteria, drafted from what the records of a model state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.records.record import slug
from mkdocs_handoff.reports.quality import in_production, quality
from mkdocs_handoff.text.plain import one_line
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.reports.quality import Measured, Metric
    from mkdocs_handoff.text.splice import FieldValue
    from mkdocs_handoff.text.yaml import Path

Fields = dict[str, "FieldValue"]
_DRILLED = ("rollback", "incident")
_OPEN = ("status", "open")


def drafted(catalog: Catalog, models: tuple[Identity, ...], taker: Identity) -> tuple[Fields, ...]:
    """Return the criteria that the records of models suggest, all open, each with an id of its own.

    Metrics of what is in production, the artifacts that have a checksum, the playbooks to be drilled, the decisions to
    be understood, and making it again.

    Args:
        catalog: The records.
        models: What moves.
        taker: The team that is to take it over.
    """
    whose = catalog.title(taker)
    found: list[Fields] = []
    for model in models:
        found += _metrics(catalog, model)
        found += _checksums(catalog, model)
    for model in models:
        record = catalog.records[model]
        if record.get("reproduce"):
            statement = f"Somebody of {whose} has made {record.title} again, alone, by its pipeline."
            found.append(_criterion("made-again", "change-management", statement, "test", record=str(model)))
    found += _drills(catalog, models, whose)
    found += _decisions(catalog, models, whose)
    return tuple(_numbered(found))


def _criterion(name: str, area: str, statement: str, how: str, **more: FieldValue) -> Fields:
    return {
        "id": slug(name) or how,
        "area": area,
        "statement": one_line(statement, 400),
        "type": how,
        **more,
        _OPEN[0]: _OPEN[1],
    }


def _metrics(catalog: Catalog, model: Identity) -> Iterator[Fields]:
    running = in_production(catalog.records[model])
    for measured in quality(catalog, model):
        if measured.version and running and measured.version not in running:
            continue
        for metric in measured.metrics:
            if not metric.slice:
                yield _metric(catalog, measured, metric)


def _metric(catalog: Catalog, measured: Measured, metric: Metric) -> Fields:
    target = metric.threshold if metric.threshold not in (None, "") else metric.value
    unit = f" {metric.unit}" if metric.unit else ""
    more: Fields = {"target": _scalar(target)}
    words = ""
    if isinstance(target, int | float) and not isinstance(target, bool):
        less = metric.higher_is_better is False
        words = "at most " if less else "at least "
        more = {"operator": "<=" if less else ">=", **more}
    better = {
        True: "; more is better",
        False: "; less is better",
        None: "; that more is better is a guess, because the evaluation does not say so" if words else "",
    }[metric.higher_is_better]
    observed = _source(catalog.records[measured.source], (*metric.path, "value"))
    if observed:
        more["observed"] = {"from": observed}
    of = "" if measured.version == "" else f" (version {measured.version})"
    statement = f"{metric.name}{of}: {words}{_scalar(target)}{unit}{better}."
    return _criterion(metric.name, "performance", statement, "metric", **more, record=str(measured.source))


def _checksums(catalog: Catalog, model: Identity) -> Iterator[Fields]:
    record = catalog.records[model]
    running = in_production(record)
    for path, artifact, version in _artifacts(record):
        if version and running and version not in running:
            continue
        found = _checksum(record, path, artifact.get("checksum"))
        where = artifact.get("path") or artifact.get("url") or artifact.get("name")
        if found is None or not isinstance(where, str):
            continue
        statement = f"What runs is `{where}`{f' of version {version}' if version else ''}, byte for byte."
        name = f"artifact-{where.rpartition('/')[2]}"
        more: Fields = {"operator": "==", "target": found, "record": str(model)}
        yield _criterion(name, "model", statement, "checksum", **more)


def _artifacts(record: Record) -> Iterator[tuple[Path, dict[str, Any], str]]:
    versions: Any = record.get("versions")
    for number, one in enumerate(versions if isinstance(versions, list) else []):
        listed = one.get("artifacts") if isinstance(one, dict) else None
        for count, artifact in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(artifact, dict):
                yield ("versions", number, "artifacts", count), artifact, str(one.get("version") or "")
    own: Any = record.get("artifacts")
    for count, artifact in enumerate(own if isinstance(own, list) else []):
        if isinstance(artifact, dict):
            yield ("artifacts", count), artifact, ""


def _checksum(record: Record, path: Path, written: Any) -> FieldValue | None:
    """Return a checksum's value, or where it comes from; the first, where there are several."""
    at: Path = (*path, "checksum")
    if isinstance(written, list) and written:
        written, at = written[0], (*at, 0)
    if isinstance(written, dict):
        written, at = written.get("content"), (*at, "content")
    source = _source(record, at)
    if source:
        return {"from": source}
    return str(written) if isinstance(written, str | int) and str(written).strip() else None


def _drills(catalog: Catalog, models: tuple[Identity, ...], whose: str) -> Iterator[Fields]:
    for playbook in playbooks(catalog, models, _DRILLED):
        title = catalog.title(playbook)
        statement = f"Somebody of {whose} has followed the playbook “{title}” to its end, alone."
        yield _criterion(f"drill-{playbook.name}", "emergency-response", statement, "drill", record=str(playbook))


def playbooks(catalog: Catalog, models: tuple[Identity, ...], types: tuple[str, ...]) -> tuple[Identity, ...]:
    """Return the playbooks of some types that apply to models, or that these name."""
    found: dict[Identity, None] = {}
    for model in models:
        for relation in catalog.incoming.get(model, ()):
            if relation.source.kind == "playbook" and relation.path[:1] == ("applies_to",):
                found[relation.source] = None
        for relation in catalog.outgoing.get(model, ()):
            if relation.target.kind == "playbook" and relation.path:
                found[relation.target] = None
    kept = (one for one in found if catalog.records[one].get("type") in types)
    return tuple(sorted(one for one in kept if catalog.records[one].lifecycle != "retired"))


def _decisions(catalog: Catalog, models: tuple[Identity, ...], whose: str) -> Iterator[Fields]:
    found: dict[Identity, None] = {}
    for model in models:
        for relation in catalog.incoming.get(model, ()):
            if relation.source.kind == "decision" and relation.path[:1] == ("affects",):
                found[relation.source] = None
        for relation in catalog.outgoing.get(model, ()):
            if relation.target.kind == "decision" and relation.path:
                found[relation.target] = None
    for decision in sorted(found):
        record = catalog.records[decision]
        if record.get("status") == "accepted":
            statement = (
                f"Why it was decided “{record.title}” is written down, and {whose} can tell it in their own words."
            )
            yield _criterion(f"why-{decision.name}", "architecture", statement, "doc", record=str(decision))


def _source(record: Record, path: Path) -> str:
    """Return the file that a value is taken from, with the pointer into it; empty where it is written."""
    origin = record.origins.get(path)
    return origin.source if origin is not None and origin.how == "computed" else ""


def _scalar(value: Any) -> str:
    """Return a number as it is written without quotes; what is no number, as text."""
    if isinstance(value, bool):
        return Plain("true" if value else "false")
    return Plain(value) if isinstance(value, int | float) else one_line(str(value))


def _numbered(found: list[Fields]) -> Iterator[Fields]:
    """Yield criteria with ids that are all different."""
    taken: set[str] = set()
    for one in found:
        name, number = str(one["id"]), 2
        while name in taken:
            name, number = f"{one['id']}-{number}", number + 1
        taken.add(name)
        yield {**one, "id": name}
