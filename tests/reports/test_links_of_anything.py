"""Links, columns and reading paths of whatever others wrote: no record breaks them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_handoff.reports.flow.columns import columns
from mkdocs_handoff.reports.links import links
from mkdocs_handoff.reports.reading_path import ReadingPaths
from tests.projects import examples, lint, write_files

if TYPE_CHECKING:
    import pytest

KEYS = ("ref", "columns", "version", "name", "path", "code", "unknown", "x")
VALUES = st.recursive(
    st.sampled_from(["a", "b", "c", "x", "1", "original", "*", "a.x", "a@1", "", None, 3, True]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=6,
)
FIELDS = {
    "model": ("features", "inputs", "training_data", "reproduce", "versions", "evaluations", "owners"),
    "dataset": ("source_datasets", "lineage", "schema", "collection", "files", "links"),
    "feature": ("sources", "transformation"),
    "pipeline": ("steps",),
    "evaluation": ("model", "dataset"),
    "handoff": ("subjects", "from", "status", "questions"),
    "decision": ("affects", "supersedes", "status"),
}

KEPT = ("handoffs", "pipelines", "evaluations")
"""Folders of an example in which links are made of more than a model's own fields."""


@given(
    st.fixed_dictionaries(
        {
            f"{kind}s/{name}.yml": st.dictionaries(st.sampled_from(fields), VALUES, max_size=4)
            for kind, fields in FIELDS.items()
            for name in "ab"
        }
    )
)
def test_any_values_are_told_of(tmp_path_factory: pytest.TempPathFactory, files: dict[str, dict[str, object]]) -> None:
    root = write_files(tmp_path_factory.mktemp("any"), {path: json.dumps(fields) for path, fields in files.items()})
    catalog = lint(root).catalog
    paths = ReadingPaths(catalog)
    for identity in catalog.records:
        if identity.kind == "model":
            found = links(catalog, identity)
            assert 0 <= found.known <= len(found.links)
            assert all(one.place(catalog).line >= 1 for one in found.links)
            columns(catalog, identity)
        if identity.kind in ("model", "handoff"):
            every = [one.identity for stage in paths.of(identity).stages for one in stage.items]
            assert len(every) == len(set(every))


def test_no_example_breaks_them() -> None:
    # Those with more than a model: reading all of them takes half a minute, and lint has read them elsewhere.
    found = [one for one in (*examples("good"), *examples("bad")) if any((one / name).is_dir() for name in KEPT)]
    assert found
    for folder in found:
        catalog = lint(folder).catalog
        assert ReadingPaths(catalog).subjects is not None
        for identity in catalog.records:
            if identity.kind == "model":
                assert links(catalog, identity).text
