"""Links of a model: what goes into it, what it is trained on, and how it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.interface import columns as columns_of
from mkdocs_handoff.catalog.relations import External, Wanted
from mkdocs_handoff.records.record import Identity, slug
from mkdocs_handoff.reports.flow.link import (
    CODE,
    INPUT,
    PIPELINE,
    TRAINING,
    End,
    given,
    listed,
)
from mkdocs_handoff.reports.flow.lock import LOCK
from mkdocs_handoff.reports.flow.scope import DATASET, TRAINING_FIELDS, trained_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.flow.link import Link, Teller
    from mkdocs_handoff.reports.flow.scope import Scope
    from mkdocs_handoff.text.yaml import Path


def inputs(scope: Scope, tell: Teller) -> Iterator[Link]:
    """Yield for each feature into which input it goes, and for each other input what it is fed from."""
    model, features = scope.model, scope.features
    ports = list(listed(model, "inputs"))
    target = tell.end(model.identity)
    if not ports:
        if features:
            reason = "it has features, and does not say what goes into it"
            yield tell.open(INPUT, End("features"), target, reason, (model, ("inputs",)), of=target.text)
        return
    fed = feeding(scope, tell)
    for feature in features:
        end = tell.end(feature)
        path = next((path for path, found in fed.items() if feature in found), None)
        if path is not None:
            name = str(dict(ports)[path].get("name") or "input")
            yield tell.known(INPUT, end, End(name, model.identity), f"the input {name!r} takes it", (model, path))
        else:
            reason = "no input of the model says that it takes it"
            yield tell.open(INPUT, end, End("input", model.identity), reason, (model, ("inputs",)), of=end.text)
    asked = bool(features) or any(columns_of(tell.catalog.records[one]) for one in scope.datasets)
    for path, port in ports if asked else ():
        if path in fed:
            continue
        end = End(str(port.get("name") or f"input {int(path[1]) + 1}"), model.identity)
        if given(port.get("column")):
            yield tell.known(INPUT, End(str(port["column"])), end, "it names its column", (model, (*path, "column")))
        else:
            reason = "it names no feature and no column"
            gaps = ((*path, "column"),)
            yield tell.open(INPUT, End("feature"), end, reason, (model, (*path, "feature")), end.text, gaps)


def feeding(scope: Scope, tell: Teller) -> dict[Path, tuple[Identity, ...]]:
    """Return by input of the model, where it stands, the features that go into it."""
    found = ((path, _fed(path, port, scope, tell)) for path, port in listed(scope.model, "inputs"))
    return {path: features for path, features in found if features}


def _fed(path: Path, port: dict[str, Any], scope: Scope, tell: Teller) -> tuple[Identity, ...]:
    """The features that an input says, by name or by its shape, that it takes."""
    model, features = scope.model, scope.features
    named = [one.target for one in tell.said(model.identity, "inputs") if one.path[:2] == path]
    if named:
        return tuple(one for one in named if one in features)
    name = slug(str(port.get("name") or ""))
    same = [one for one in features if name in (one.name, slug(str(tell.catalog.records[one].get("name") or one.name)))]
    if same:
        return tuple(same)
    shape: Any = port.get("shape")
    last = shape[-1] if isinstance(shape, list) and shape else None
    return features if len(features) > 1 and str(last) == str(len(features)) else ()


def training(scope: Scope, tell: Teller) -> Iterator[Link]:
    """Yield for each dataset that the model was trained on whether its version or checksum is named."""
    model = scope.model
    target = tell.end(model.identity)
    said = trained_on(tell.catalog, model)
    for dataset in dict.fromkeys(one.target for one in said):
        paths = [_holder(one.path) for one in said if one.target == dataset]
        pinned = next((path for path in paths if _pins(model.at(path))), None)
        read = _pinned_by_step(dataset, scope, tell)
        strange = pinned is not None and _strange(tell.catalog.records[dataset], model.at(pinned))
        if pinned is not None and strange:
            reason = f"it names version {strange}, and {tell.end(dataset).text} says of none that it is that"
            at = (model, pinned)
            yield tell.open(TRAINING, tell.end(dataset), target, reason, at, tell.end(dataset).text)
        elif pinned is not None:
            yield tell.known(TRAINING, tell.end(dataset), target, "its version or checksum is named", (model, pinned))
        elif read is not None and scope.pipeline is not None:
            reason = f"{scope.pipeline.identity} names its version or checksum"
            yield tell.known(TRAINING, tell.end(dataset), target, reason, (scope.pipeline, read))
        else:
            whole = isinstance(model.at(paths[0]), dict)
            path = (*paths[0], "version") if whole else paths[0]
            gaps = ((*paths[0], "checksum"),)
            reason = "neither its version nor a checksum is named"
            yield tell.open(TRAINING, tell.end(dataset), target, reason, (model, path), tell.end(dataset).text, gaps)
    others = list(_others(model, tell))
    for path, end in others:
        if _pins(model.at(path)):
            yield tell.known(TRAINING, end, target, "its version or checksum is named", (model, path))
        else:
            reason = "neither its version nor a checksum is named"
            yield tell.open(TRAINING, end, target, reason, (model, path), end.text)
    if not said and not others:
        read_ = _pinned_by_step(None, scope, tell)
        if read_ is not None and scope.pipeline is not None:
            reason = f"{scope.pipeline.identity} names its data"
            yield tell.known(TRAINING, End("data"), target, reason, (scope.pipeline, read_))
        else:
            at = (model, ("training_data",))
            reason = "it does not say what it was trained on"
            yield tell.open(TRAINING, End("data"), target, reason, at, "the data", (("datasets",),))


def _holder(path: Path) -> Path:
    return path[:-1] if path and path[-1] in ("ref", "id") else path


def _others(model: Record, tell: Teller) -> Iterator[tuple[Path, End]]:
    """Training data that is no record: a hub's, or one that nobody has written yet."""
    for name in TRAINING_FIELDS:
        value: Any = model.get(name)
        for number, one in enumerate(value if isinstance(value, list) else ()):
            path: Path = (name, number)
            found = tell.catalog.targets.get((model.identity, (*path, "ref") if isinstance(one, dict) else path))
            if isinstance(found, External | Wanted):
                yield path, End(found.name)


def _pins(value: Any) -> bool:
    """Whether a reference names a version or a checksum."""
    if isinstance(value, dict):
        return given(value.get("version")) or given(value.get("checksum")) or _pins(value.get("ref"))
    return isinstance(value, str) and "@" in value.strip("@")


def _pinned_by_step(dataset: Identity | None, scope: Scope, tell: Teller) -> Path | None:
    """Where the model's pipeline names the version or checksum of a dataset that it reads (None: of any data)."""
    if scope.pipeline is None:
        return None
    for path, step in listed(scope.pipeline, "steps"):
        read = step.get("inputs")
        for number, one in enumerate(read if isinstance(read, list) else ()):
            here: Path = (*path, "inputs", number)
            inner = (*here, "ref") if isinstance(one, dict) else here
            target = tell.catalog.targets.get((scope.pipeline.identity, inner))
            data = isinstance(target, Identity) and target.kind == DATASET
            if data and (dataset is None or target == dataset) and _pins(one):
                return here
    return None


def pipelines(scope: Scope, tell: Teller) -> Iterator[Link]:
    """Yield whether it is said how the model is made, and whether what is named makes it."""
    model, pipeline = scope.model, scope.pipeline
    target = tell.end(model.identity)
    said: Any = model.get("reproduce")
    parts = said if isinstance(said, dict) else {}
    at: tuple[Record, Path] = (model, ("reproduce", "pipeline") if parts else ("reproduce",))
    if pipeline is not None:
        source = tell.end(pipeline.identity)
        made = _made(scope, tell)
        if made is not None:
            yield tell.known(PIPELINE, source, target, "one of its steps makes the model", (pipeline, made))
        else:
            other = _other_version(scope, tell)
            reason = "no step of it says that it makes the model or a file of it"
            if other:
                reason = f"its step makes version {other}, and the model has no such version"
            yield tell.open(PIPELINE, source, target, reason, (pipeline, ("steps",)), target.text)
    elif given(parts.get("command")):
        reason = "`reproduce` names the command"
        yield tell.known(PIPELINE, End("command"), target, reason, (model, ("reproduce", "command")))
    elif given(parts.get("pipeline")):
        found = tell.catalog.targets.get((model.identity, ("reproduce", "pipeline")))
        named = str(found) if isinstance(found, Wanted) else str(parts["pipeline"])
        yield tell.open(PIPELINE, End(named), target, f"nobody has described {named} yet", at, target.text)
    else:
        reason = "it does not say by which pipeline or command"
        if tell.locks.make(model, tell.catalog):
            reason += f"; {LOCK} does, and `mkdocs-handoff capture {model.identity.name}` reads it"
        gaps = (("reproduce", "command"),)
        yield tell.open(PIPELINE, End("pipeline"), target, reason, at, target.text, gaps)


def _made(scope: Scope, tell: Teller) -> Path | None:
    """The output of the model's pipeline that is the model, or a file of one of its versions."""
    if scope.pipeline is None:
        return None
    model = scope.model.identity
    for one in tell.catalog.outgoing.get(scope.pipeline.identity, ()):
        if one.target == model and one.path[2:3] == ("outputs",) and _is_version(scope.model, one.version):
            return _holder(one.path)
    files = {str(one.get("path")) for _, version in listed(scope.model, "versions") for one in _mappings(version)}
    for path, step in listed(scope.pipeline, "steps"):
        made = step.get("outputs")
        for number, one in enumerate(made if isinstance(made, list) else ()):
            name = one.get("path") if isinstance(one, dict) else one
            if isinstance(name, str) and name in files:
                return (*path, "outputs", number)
    return None


def _is_version(record: Record, version: str) -> bool:
    """Tell whether a record has a version: one that does not say which it has may have any."""
    own = record.get("version")
    every = [one.get("version") for _, one in listed(record, "versions")] + ([] if own is None else [own])
    known = {slug(str(one)) for one in every if given(one)}
    return not version or not known or slug(version) in known


def _other_version(scope: Scope, tell: Teller) -> str:
    """Return the version that the model's pipeline makes and that the model does not have; empty for none."""
    said = tell.catalog.outgoing.get(scope.pipeline.identity, ()) if scope.pipeline is not None else ()
    made = (one for one in said if one.target == scope.model.identity and one.path[2:3] == ("outputs",))
    return next((one.version for one in made if not _is_version(scope.model, one.version)), "")


def _strange(dataset: Record, reference: Any) -> str:
    """Return the version that a reference names, without a checksum, and that the dataset does not have."""
    if isinstance(reference, dict):
        if given(reference.get("checksum")):
            return ""
        version = reference.get("version")
        named = str(version) if given(version) else _strange(dataset, reference.get("ref"))
    else:
        named = reference.rpartition("@")[2] if isinstance(reference, str) and "@" in reference.strip("@") else ""
    return "" if _is_version(dataset, named) else named


def code(scope: Scope, tell: Teller) -> Iterator[Link]:
    """Yield for each step of the model's pipeline that makes something whether it says by what."""
    if scope.pipeline is None:
        return
    for path, step in listed(scope.pipeline, "steps"):
        if not given(step.get("outputs")):
            continue
        name = str(step.get("id") or int(path[1]) + 1)
        target = End(f"step {name}", scope.pipeline.identity)
        found = next((field for field in ("code", "command", "by_hand") if given(step.get(field))), "")
        if given(step.get("code")) and tell.disk.lacks(step["code"], scope.pipeline):
            of = f"step {name} of {tell.catalog.title(scope.pipeline.identity)}"
            reason = f"its `code` is `{step['code']}`, and there is no such file"
            yield tell.open(CODE, End("code"), target, reason, (scope.pipeline, (*path, "code")), of)
        elif found:
            source = End(str(step["code"]) if found == "code" else found.replace("_", " "))
            yield tell.known(CODE, source, target, f"its `{found}` says it", (scope.pipeline, (*path, found)))
        else:
            reason = "it has no command and no code, and does not say what is done by hand"
            of = f"step {name} of {tell.catalog.title(scope.pipeline.identity)}"
            gaps = ((*path, "code"), (*path, "by_hand"))
            yield tell.open(CODE, End("code"), target, reason, (scope.pipeline, (*path, "command")), of, gaps)


def _mappings(version: dict[str, Any]) -> list[dict[str, Any]]:
    files = version.get("artifacts")
    named = [{"path": one} if isinstance(one, str) else one for one in (files if isinstance(files, list) else ())]
    return [one for one in named if isinstance(one, dict)]
