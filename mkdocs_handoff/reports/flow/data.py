"""Links of data: where datasets come from, and what features are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.interface import columns as columns_of
from mkdocs_handoff.catalog.relations import External
from mkdocs_handoff.records.placeholders import is_placeholder
from mkdocs_handoff.reports.flow.link import COLUMNS, COMPUTATION, DERIVATION, ORIGIN, End, given, listed
from mkdocs_handoff.reports.flow.scope import PIPELINE, made_from, sources_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.reports.flow.link import Link, Teller
    from mkdocs_handoff.reports.flow.scope import Scope
    from mkdocs_handoff.text.yaml import Path

_SOURCES = ("source", "citation", "paper", "origin", "download", "homepage")
_CITED = ("citation", "citation information", "source data", "origin", "source")
_NO_NAMES = ("original", "extended", "")


def origins(scope: Scope, tell: Teller) -> Iterator[Link]:
    """Yield for each dataset whether it states an origin; what is measured on has one as well."""
    for identity in (*scope.datasets, *scope.measured):
        record = tell.catalog.records[identity]
        source, target = End("origin"), tell.end(identity)
        found = _origin(record, tell)
        if found is not None:
            yield tell.known(ORIGIN, source, target, found[1], (record, found[0]))
            continue
        types = (*_texts(record.get("source_types")), *_texts(record.get("source_datasets")))
        also = ", only that no other dataset is its source (`original`)" if "original" in types else ""
        reason = f"it does not say where the data comes from{also}"
        yield tell.open(
            ORIGIN, source, target, reason, (record, ("collection",)), gaps=(("source_datasets",), ("lineage",))
        )


def _texts(value: Any) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _origin(record: Record, tell: Teller) -> tuple[Path, str] | None:
    """The field that states an origin, and what it is."""
    if given(record.get("collection")):
        return ("collection",), "`collection` says how it came about"
    for path, step in listed(record, "lineage"):
        if given(step.get("inputs")) or given(step.get("transformation")):
            return path, "`lineage` says what it is made from"
    sources: Any = record.get("source_datasets")
    for number, one in enumerate(sources if isinstance(sources, list) else ()):
        name = one.get("ref") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip().lower() not in _NO_NAMES:
            return ("source_datasets", number), f"`source_datasets` names {name}"
    for path, one in listed(record, "links"):
        if str(one.get("type") or "").strip().lower() in _SOURCES:
            return path, f"a link leads to its {one['type']}"
    for path, one in listed(record, "files"):
        if given(one.get("url")):
            return path, "its files have an address"
    made = made_from(tell.catalog, record.identity)
    if made:
        return (), f"{made[0][1][0]} makes it"
    cited = record.body.section(_CITED) if record.body is not None else None
    if cited is not None and cited.text.strip() and not is_placeholder(cited.text):
        return (), f"its section {cited.title!r} says it"
    return None


def derivations(scope: Scope, tell: Teller) -> Iterator[Link]:
    """Yield for each dataset that is made from others, and each of those, whether its code is named."""
    for identity in (*scope.datasets, *scope.measured):
        record = tell.catalog.records[identity]
        stated = sources_of(tell.catalog, identity)
        made = dict(reversed(made_from(tell.catalog, identity)))
        steps = dict(listed(record, "lineage"))
        for source in dict.fromkeys((*(one.target for one in stated), *made)):
            here = [one.path[:2] for one in stated if one.target == source and one.path[:1] == ("lineage",)]
            ends = (tell.end(source), tell.end(identity))
            coded = next((path for path in here if _coded(path, steps, record, tell)), None)
            gone = steps[coded].get("code") if coded is not None and coded in steps else None
            if coded is not None and tell.disk.lacks(gone, record):
                reason = f"its `lineage` names `{gone}`, and there is no such file"
                yield tell.open(DERIVATION, *ends, reason, (record, (*coded, "code")))
            elif coded is not None:
                yield tell.known(DERIVATION, *ends, "its `lineage` names the code", (record, coded))
            elif source in made:
                pipeline, number = made[source]
                path: Path = ("steps", number)
                reason = f"step {number + 1} of {pipeline} makes it"
                yield tell.known(DERIVATION, *ends, reason, (tell.catalog.records[pipeline], path))
            else:
                path = (*here[0], "code") if here else ("lineage",)
                reason = "it does not say by which code or pipeline"
                gaps = ((*here[0], "pipeline"), here[0]) if here else ()
                yield tell.open(DERIVATION, *ends, reason, (record, path), gaps=gaps)


def _coded(path: Path, steps: dict[Path, dict[str, Any]], record: Record, tell: Teller) -> bool:
    """Whether a step of a dataset's lineage names code, or a pipeline that is written."""
    if given(steps.get(path, {}).get("code")):
        return True
    return any(one.target.kind == PIPELINE and one.path[:2] == path for one in tell.said(record.identity, "lineage"))


def columns(scope: Scope, tell: Teller) -> Iterator[Link]:
    """Yield for each feature and each of its sources whether the columns are named; one link where it names none."""
    for identity in scope.features:
        record = tell.catalog.records[identity]
        target = tell.end(identity)
        made = {one.source for one in tell.catalog.incoming.get(identity, ()) if one.source.kind == PIPELINE}
        sources: Any = record.get("sources")
        stated = sources if isinstance(sources, list) else []
        for number, one in enumerate(stated):
            path: Path = ("sources", number)
            inner = (*path, "ref") if isinstance(one, dict) else path
            found = tell.catalog.targets.get((identity, inner))
            source = _end(found, one, tell)
            lists = found in tell.catalog.records and bool(columns_of(tell.catalog.records[found]))  # type: ignore[index]
            if (isinstance(one, dict) and given(one.get("columns"))) or not lists:
                reason = "it names its columns" if lists else "it names its source, which lists no columns"
                yield tell.known(COLUMNS, source, target, reason, (record, path))
            else:
                reason = f"it does not say which columns of {source.text}"
                yield tell.open(COLUMNS, source, target, reason, (record, (*path, "columns")))
        if not stated and made and ("sources",) not in record.gaps:
            maker = min(made)
            reason = f"{maker} makes it"
            yield tell.known(COLUMNS, tell.end(maker), target, reason, (tell.catalog.records[maker], ("steps",)))
        elif not stated:
            reason = "it does not say from which data it is computed"
            yield tell.open(COLUMNS, End("data"), target, reason, (record, ("sources",)))


def _end(found: object, written: Any, tell: Teller) -> End:
    if isinstance(found, External):
        return End(found.name)
    if found in tell.catalog.records:
        return tell.end(found)  # type: ignore[arg-type]
    return End(str(written.get("ref") if isinstance(written, dict) else written))


def computations(scope: Scope, tell: Teller) -> Iterator[Link]:
    """Yield for each feature that is transformed whether its code is named."""
    for identity in scope.features:
        record = tell.catalog.records[identity]
        said: Any = record.get("transformation")
        gap = ("transformation",) in record.gaps
        if not given(said) and not gap and not _gaps_below(record):
            continue
        target = tell.end(identity)
        parts = said if isinstance(said, dict) else {}
        maker = _maker(identity, tell)
        written = next((name for name in ("path", "code") if given(parts.get(name))), "")
        if written == "path" and tell.disk.lacks(parts["path"], record):
            reason = f"its `path` is `{parts['path']}`, and there is no such file"
            yield tell.open(COMPUTATION, End("code"), target, reason, (record, ("transformation", "path")))
        elif written:
            source = End(str(parts["path"]) if written == "path" else "code")
            yield tell.known(
                COMPUTATION, source, target, f"its `{written}` is named", (record, ("transformation", written))
            )
        elif maker is not None:
            at = (record, ("transformation", "pipeline"))
            yield tell.known(COMPUTATION, tell.end(maker), target, f"{maker} makes it", at)
        else:
            path: Path = ("transformation", "path") if isinstance(said, dict) else ("transformation",)
            gaps = (("transformation", "code"), ("transformation", "pipeline"))
            reason = "it is told in words, and no code or pipeline is named"
            yield tell.open(COMPUTATION, End("code"), target, reason, (record, path), gaps=gaps)


def _gaps_below(record: Record) -> bool:
    return any(path[:1] == ("transformation",) for path in record.gaps)


def _maker(feature: Identity, tell: Teller) -> Identity | None:
    """The pipeline that a feature names, or one that says it makes it."""
    named = [one.target for one in tell.said(feature, "transformation") if one.target.kind == PIPELINE]
    made = [
        one.source
        for one in tell.catalog.incoming.get(feature, ())
        if one.source.kind == PIPELINE and one.path[2:3] == ("outputs",)
    ]
    return next(iter((*named, *sorted(made))), None)
