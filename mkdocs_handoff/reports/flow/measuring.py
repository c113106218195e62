"""Links of a model's versions: the files that they consist of, and how good they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.records.record import slug
from mkdocs_handoff.reports.flow.link import ARTIFACT, EVALUATION, MEASURED, End, given, listed
from mkdocs_handoff.reports.quality import metrics, own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.flow.link import Link, Teller
    from mkdocs_handoff.reports.flow.scope import Scope
    from mkdocs_handoff.text.yaml import Path

_RUNNING = ("production", "staging")


def artifacts(scope: Scope, tell: Teller) -> Iterator[Link]:
    """Yield for each version in use whether the files that it consists of have checksums."""
    model = scope.model
    for path, version in _versions(scope):
        part = str(version.get("version") or "")
        source, target = tell.end(model.identity, part), End("artifact")
        files = version.get("artifacts")
        every = list(enumerate(files if isinstance(files, list) else ()))
        bare = [number for number, one in every if not _summed(one)]
        gone = [(number, path_) for number, one in every if (path_ := _gone(one, model, tell))]
        if path == () and any(given(model.get(name)) for name in ("checksums", "root_digest")):
            at: tuple[Record, Path] = (model, ("checksums",))
            yield tell.known(ARTIFACT, source, target, "its files have checksums", at)
        elif given(files) and not bare and gone:
            reason = f"there is no file at `{gone[0][1]}`"
            field: Path = (*path, "artifacts", gone[0][0], "path")
            yield tell.open(ARTIFACT, source, target, reason, (model, field), source.text)
        elif given(files) and not bare:
            reason = "its files have checksums"
            yield tell.known(ARTIFACT, source, target, reason, (model, (*path, "artifacts")))
        else:
            reason = "not every file of it has a checksum" if given(files) else "no file of it is named"
            first: Path = (bare[0], "checksum") if bare else ()
            field = (*path, "artifacts", *first) if path else ("versions",)
            gaps = ((*path, "artifacts"), ("checksums",))
            yield tell.open(ARTIFACT, source, target, reason, (model, field), source.text, gaps)


def evaluations(scope: Scope, tell: Teller) -> Iterator[Link]:
    """Yield for each version in use whether it was measured."""
    model = scope.model
    stated = tuple(one for one in own(model) if one.metrics)
    for path, version in _versions(scope):
        part = str(version.get("version") or "")
        source = tell.end(model.identity, part)
        hits = [record for record, of in scope.evaluations if not part or not of or slug(of) == slug(part)]
        full = next((one for one in hits if metrics(one)), None)
        if full is not None:
            at: tuple[Record, Path] = (full, ("model",))
            yield tell.known(EVALUATION, source, tell.end(full.identity), f"{full.identity} measures it", at)
        elif stated:
            reason = "its card states results"
            yield tell.known(EVALUATION, source, End("results"), reason, (model, ("model-index",)))
        elif hits:
            reason = f"{hits[0].identity} says of it, and has no metric"
            yield tell.open(
                EVALUATION, source, tell.end(hits[0].identity), reason, (hits[0], ("metrics",)), source.text
            )
        else:
            others = ", only of other versions" if scope.evaluations else ""
            reason = f"there is no evaluation of it{others}"
            gaps = ((*path, "metrics"), ("metrics",)) if path else (("metrics",),)
            at = (model, ("evaluations",))
            yield tell.open(EVALUATION, source, End("evaluation"), reason, at, source.text, gaps)


def measured(scope: Scope, tell: Teller) -> Iterator[Link]:
    """Yield for each evaluation whether it names the data that it was measured on."""
    for record, _ in scope.evaluations:
        target = tell.end(record.identity)
        data: Any = record.get("dataset")
        parts = data if isinstance(data, dict) else {"name": data}
        name = next((parts[key] for key in ("ref", "id", "name") if given(parts.get(key))), "")
        named = [one.target for one in tell.said(record.identity, "dataset")]
        if given(name):
            source = tell.end(named[0]) if named else End(str(name))
            yield tell.known(MEASURED, source, target, "it names its data", (record, ("dataset",)))
        else:
            reason = "it does not say on which data"
            yield tell.open(MEASURED, End("data"), target, reason, (record, ("dataset",)))


def _versions(scope: Scope) -> list[tuple[Path, dict[str, Any]]]:
    """Return the versions that run, or are about to; else those that are not given up; else the model as a whole."""
    every = list(listed(scope.model, "versions"))
    running = [one for one in every if one[1].get("stage") in _RUNNING]
    rest = [one for one in every if one[1].get("stage") not in ("retired", "development")]
    if running or rest:
        return running or rest
    single = scope.model.get("version")
    return [((), {"version": "" if single is None else single})]


def _gone(one: Any, model: Record, tell: Teller) -> str:
    """Return the path of an artifact at which there is no file, where it has no address besides; else nothing."""
    if isinstance(one, dict) and not given(one.get("url")) and tell.disk.lacks(one.get("path"), model):
        return str(one["path"])
    return ""


def _summed(one: Any) -> bool:
    return isinstance(one, dict) and given(one.get("checksum"))
