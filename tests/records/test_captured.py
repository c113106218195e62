"""A captured value says on its page where it was taken from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.projects import lint, write_files

if TYPE_CHECKING:
    from pathlib import Path


def test_a_mark_gives_its_value_an_origin_and_is_no_field_of_the_page(tmp_path: Path) -> None:
    card = "title: Churn\noutputs: [{name: score, type: double}]\nreproduce: {commit: 4f2a9c1, lockfile: uv.lock}\n"
    marks = "captured: {outputs: m/MLmodel#/signature/outputs, reproduce.commit: runs/1, inputs: gone, a.b: c}\n"
    project = lint(write_files(tmp_path, {"models/churn.yml": card + marks}))
    (record,) = project.catalog.records.values()
    imported = {path: origin.source for path, origin in record.origins.items() if origin.how == "imported"}
    assert imported == {("outputs",): "m/MLmodel#/signature/outputs", ("reproduce", "commit"): "runs/1"}
    assert project.catalog.kinds["model"].root.child("captured").hidden
    assert not project.errors
