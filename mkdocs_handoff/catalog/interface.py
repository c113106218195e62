"""Whether what a model takes, what its features give and what the data holds speak of the same: names and types.

Only what both sides state is compared. A model without a list of features, a dataset without a schema, a type in words
that nobody has a list of: nothing is said of them here; that something is missing is the business of readiness.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.records.record import Identity, slug
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.relations import Relation
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.text.yaml import Path

MODEL, FEATURE, DATASET = "model", "feature", "dataset"

# What a type is of, by its name in Feast, MLflow, NumPy, Arrow, SQL and Hugging Face. Widths do not matter: a float
# where there was an integer is no contradiction, text is. Times and categories are stored as numbers and as text alike.
_FAMILIES = {
    "a number": "bool boolean int integer long short float bfloat double number numeric decimal real tinyint smallint "
    "bigint",
    "text": "str string text varchar char utf largestring",
    "an image": "image",
}
_FAMILY = {word: family for family, words in _FAMILIES.items() for word in words.split()}
_WIDTH = re.compile(r"\(.*|\[.*|<.*|\d+$")
_MANY = re.compile(r"list|array|tensor|vector|sequence|_set", re.IGNORECASE)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Yield what contradicts itself between models, features and datasets."""
    stated: dict[Identity, Mapping[str, str]] = {}
    for identity, record in catalog.records.items():
        if record.kind == DATASET:
            stated[identity] = columns(record)
    for record in catalog.records.values():
        if record.kind == MODEL:
            yield from _inputs(record, catalog, stated)
        yield from _columns(record, catalog, stated)
        if record.kind == DATASET and stated[record.identity]:
            yield from _own(record, stated[record.identity])


def columns(dataset: Record) -> Mapping[str, str]:
    """Return the columns that a dataset says it has, with their types as written; none where it does not say."""
    found: dict[str, str] = {}
    listed: Any = dataset.get("schema")
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and isinstance(one.get("name"), str):
            found[one["name"]] = str(one.get("type") or "")
    info: Any = dataset.get("dataset_info")
    for each in info if isinstance(info, list) else [info]:
        features = each.get("features") if isinstance(each, dict) else None
        for one in features if isinstance(features, list) else ():
            if isinstance(one, dict) and isinstance(one.get("name"), str):
                dtype = one.get("dtype")
                found.setdefault(one["name"], dtype if isinstance(dtype, str) else "")
    return found


def type_of(column: str, has: Mapping[str, str]) -> str | None:
    """Return a column's type, empty where it is not told, or None where there is no such column.

    `worst_*` in a schema stands for all columns that begin so.
    """
    if column in has:
        return has[column]
    return next((has[name] for name in has if "*" in name and fnmatchcase(column, name)), None)


def family(name: str) -> str:
    """Return what sort of values a type has: a number, text, an image; empty where its name tells nothing.

    Lists, tensors and their like are of no sort: their shape says more than their name.
    """
    if _MANY.search(name):
        return ""
    bare = _WIDTH.sub("", name.strip().lower().replace("_", "")).removeprefix("np.")
    return _FAMILY.get(bare) or _FAMILY.get(bare.removeprefix("u"), "")


def _inputs(model: Record, catalog: Catalog, stated: Mapping[Identity, Mapping[str, str]]) -> Iterator[Finding]:
    """A model's inputs against its features, and against the columns of the data that it was trained on."""
    features = _named(model, ("features",), catalog)
    known = {slug(str(name)): one for one in features for name in _names(catalog.records[one])}
    data = _data(model, catalog, stated)
    listed: Any = model.get("inputs")
    for number, item in enumerate(listed if isinstance(listed, list) else ()):
        if not isinstance(item, dict):
            continue
        path: Path = ("inputs", number)
        name, kind = str(item.get("name") or ""), str(item.get("type") or "")
        said = _feature(model, item, path, catalog)
        if said is not None and features and said not in features:
            message = f"the input {name!r} is {said}, which is not among the model's features"
            hint = f"Add `{said}` to `features`, or name the one that the input really is."
            yield _warning(model, (*path, "feature"), "interface/feature", message, hint)
        target = said or known.get(slug(name))
        if target is not None:
            theirs = str(catalog.records[target].get("value_type") or "")
            yield from _types(model, (*path, "type"), name, kind, target, theirs, single=not item.get("shape"))
        column = item.get("column")
        if isinstance(column, str) and data:
            holders = [one for one in data if type_of(column, data[one]) is not None]
            if not holders:
                yield _no_column(model, (*path, "column"), column, data)
            elif kind:
                yield from _types(
                    model, (*path, "type"), name, kind, holders[0], type_of(column, data[holders[0]]) or ""
                )


def _data(
    model: Record, catalog: Catalog, stated: Mapping[Identity, Mapping[str, str]]
) -> Mapping[Identity, Mapping[str, str]]:
    """The columns of a model's training data; none where one of its datasets does not tell those of that version."""
    found: dict[Identity, Mapping[str, str]] = {}
    for relation in catalog.outgoing.get(model.identity, ()):
        if relation.path[:1] in (("training_data",), ("datasets",)):
            has = stated.get(relation.target)
            if not has or _other_version(relation, catalog):
                return {}
            found[relation.target] = has
    return found


def _other_version(relation: Relation, catalog: Catalog) -> bool:
    """Whether a reference names another version than the one that the dataset's schema is of."""
    own = catalog.records[relation.target].get("version")
    return bool(relation.version) and own not in (None, "", relation.version)


def _columns(record: Record, catalog: Catalog, stated: Mapping[Identity, Mapping[str, str]]) -> Iterator[Finding]:
    """Columns that a record says it takes from a dataset, against those that the dataset says it has."""
    for relation in catalog.outgoing.get(record.identity, ()):
        has = stated.get(relation.target)
        if not has or not relation.path or relation.path[-1] != "ref" or _other_version(relation, catalog):
            continue
        holder = record.at(relation.path[:-1])
        named = holder.get("columns") if isinstance(holder, dict) else None
        for number, column in enumerate(named if isinstance(named, list) else ()):
            if isinstance(column, str) and type_of(column, has) is None:
                yield _no_column(record, (*relation.path[:-1], "columns", number), column, {relation.target: has})
        if record.kind == FEATURE and isinstance(named, list) and len(named) == 1 and not record.get("transformation"):
            theirs = type_of(str(named[0]), has) or ""
            ours = str(record.get("value_type") or "")
            yield from _types(record, ("value_type",), record.title, ours, relation.target, theirs)


def _own(dataset: Record, has: Mapping[str, str]) -> Iterator[Finding]:
    """The columns that a dataset's own quality checks and lineage speak of."""
    checks: Any = dataset.get("quality")
    for number, one in enumerate(checks if isinstance(checks, list) else ()):
        column = one.get("column") if isinstance(one, dict) else None
        if isinstance(column, str) and type_of(column, has) is None:
            yield _no_column(dataset, ("quality", number, "column"), column, {dataset.identity: has})
    steps: Any = dataset.get("lineage")
    if not isinstance(steps, list) or not steps or not isinstance(steps[-1], dict):
        return
    made = steps[-1].get("column_lineage")  # the last step makes the columns of the dataset itself
    for column in made if isinstance(made, dict) else ():
        if type_of(column, has) is None:
            path: Path = ("lineage", len(steps) - 1, "column_lineage", column)
            yield _no_column(dataset, path, column, {dataset.identity: has})


def _types(
    record: Record, path: Path, name: str, ours: str, target: Identity, theirs: str, *, single: bool = True
) -> Iterator[Finding]:
    mine, other = family(ours), family(theirs)
    if single and mine and other and mine != other:
        message = f"{name!r} is {ours} ({mine}) here, and {theirs} ({other}) in {target}"
        hint = "One of the two is wrong, or something between them changes it: say what."
        yield _warning(record, path, "interface/type", message, hint)


def _no_column(record: Record, path: Path, column: str, data: Mapping[Identity, Mapping[str, str]]) -> Finding:
    names = list(dict.fromkeys(name for has in data.values() for name in has))
    where = " or ".join(str(one) for one in data)
    near = nearest(column, names)
    hint = f"Did you mean {near!r}?" if near else f"It has: {', '.join(names[:12])}{', …' if len(names) > 12 else ''}."
    return _warning(record, path, "interface/column", f"there is no column {column!r} in the schema of {where}", hint)


def _feature(model: Record, item: Mapping[str, Any], path: Path, catalog: Catalog) -> Identity | None:
    """The feature that an input says it is."""
    inner = ("feature", "ref") if isinstance(item.get("feature"), dict) else ("feature",)
    target = catalog.targets.get((model.identity, (*path, *inner)))
    return target if isinstance(target, Identity) else None


def _named(record: Record, path: Path, catalog: Catalog) -> list[Identity]:
    """The records that a field names, in the order of writing."""
    found = (one.target for one in catalog.outgoing.get(record.identity, ()) if one.path[: len(path)] == path)
    return list(dict.fromkeys(found))


def _names(feature: Record) -> Iterator[str]:
    yield feature.identity.name
    if isinstance(feature.get("name"), str):
        yield str(feature.get("name"))


def _warning(record: Record, path: Path, rule: str, message: str, hint: str) -> Finding:
    place = record.source.place(path)
    return Finding(place, rule, message, hint, Severity.WARNING, str(record.identity))
