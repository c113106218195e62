"""What was found against what a record says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.capture.found import Captured, Item, by_form, dotted, pointed, unit
from mkdocs_handoff.capture.merge import Change, State, compare, digest, disagreements, fields
from mkdocs_handoff.capture.written import Written
from mkdocs_handoff.text.yaml import Plain
from tests.projects import lint, write_files

if TYPE_CHECKING:
    from pathlib import Path

TYPE = ("inputs", Item("name", "spend"), "type")
SPEND = "inputs: [{name: spend, type: text}]\n"
AUC = by_form(("metrics", "auc"), "m.json", ["auc"], Plain("0.80"))


def compared(folder: Path, text: str, *found: Captured) -> tuple[Change, ...]:
    write_files(folder, {"models/churn.yml": f"title: Churn\n{text}", "m.json": '{"auc": 0.80, "other": 1}'})
    (record,) = lint(folder).catalog.records.values()
    return compare(record, Written(folder, record), found)


def taken(way: tuple[str | Item, ...], value: str, source: str = "MLmodel") -> Captured:
    return Captured(way, value, value, source, unit(way))


@pytest.mark.parametrize(
    ("text", "found", "state"),
    [
        ("", taken(TYPE, "double"), State.NEW),
        ("inputs: [{name: age}]", taken(TYPE, "double"), State.NEW),
        ("inputs: [{name: spend, type: double}]", taken(TYPE, "double"), State.SAME),
        ("inputs: [{name: spend, type: float64}]", taken(TYPE, "double"), State.SAME),
        ("inputs: [{name: spend, type: text}]", taken(TYPE, "double"), State.KEPT),
        ("inputs: [{name: spend, type: text}]\ncaptured: {inputs: x}", taken(TYPE, "double"), State.KEPT),
        (f"{SPEND}captured: {{digests: '{digest(TYPE, 'text')}'}}", taken(TYPE, "double"), State.CHANGED),
        (f"{SPEND}captured: {{digests: '{digest(TYPE, 'long')}'}}", taken(TYPE, "double"), State.KEPT),
        ("inputs: {unknown: asked Ann}", taken(TYPE, "double"), State.FILLS),
        ("inputs: {not-applicable: none}", taken(TYPE, "double"), State.KEPT),
        ("reproduce: {commit: 4f2a9c1}", taken(("reproduce", "commit"), "4f2a9c1" * 5 + "4f2a9"), State.SAME),
        ("reproduce: {commit: 4f2}", taken(("reproduce", "commit"), "4f2a9c1" * 5 + "4f2a9"), State.KEPT),
        ("reproduce: {environment: image}", taken(("reproduce", "environment", "python"), "3.11"), State.KEPT),
        ("metrics: [auc]", AUC, State.KEPT),
        ("metrics: {auc: 0.8}", AUC, State.SAME),
        ("metrics: {auc: {from: m.json#/auc}}", AUC, State.SAME),
        ("metrics: {auc: {from: m.json#/other}}", AUC, State.KEPT),
        ("metrics: {auc: {from: n.json#/auc}}", AUC, State.KEPT),
        ("metrics: {auc: 0.9}", AUC, State.KEPT),
    ],
)  # fmt: skip
def test_what_setting_a_value_would_do(tmp_path: Path, text: str, found: Captured, state: State) -> None:
    (change,) = compared(tmp_path, text, found)
    assert change.state is state
    assert change.sets() is (state in (State.NEW, State.CHANGED, State.FILLS))
    assert change.sets(force=True) is (state is not State.SAME)


def test_what_stands_in_another_tools_field_is_not_even_forced() -> None:
    assert not Change(taken(TYPE, "double"), State.KEPT, firm=True).sets(force=True)


def test_the_fields_to_set_keep_what_people_wrote(tmp_path: Path) -> None:
    text = (
        "inputs:\n  - {name: spend, description: Net, shape: {from: m.json#/auc}}\nreproduce:\n  notes:\n  command: x\n"
    )
    found = [taken(TYPE, "double"), taken(("reproduce", "commit"), "4f2a9c1")]
    changes = compared(tmp_path, text, *found)
    (record,) = lint(tmp_path).catalog.records.values()
    assert fields(Written(tmp_path, record), record, changes, found) == {
        "inputs": [{"name": "spend", "description": "Net", "shape": {"from": "m.json#/auc"}, "type": "double"}],
        "reproduce": {"command": "x", "commit": "4f2a9c1"},
        "captured": {
            "inputs": "MLmodel",
            "reproduce.commit": "MLmodel",
            "digests": " ".join(sorted((digest(TYPE, "double"), digest(("reproduce", "commit"), "4f2a9c1")))),
        },
    }


def test_of_what_was_captured_before_the_digests_that_still_stand_are_kept(tmp_path: Path) -> None:
    age = ("inputs", Item("name", "age"), "type")
    old = [digest(TYPE, "float"), digest(age, "long"), digest(age, "text")]
    text = "inputs: [{name: spend, type: float}, {name: age, type: long}]\n"
    changes = compared(tmp_path, f"{text}captured: {{inputs: x, digests: '{' '.join(old)}'}}\n", taken(TYPE, "string"))
    (record,) = lint(tmp_path).catalog.records.values()
    made = fields(Written(tmp_path, record), record, changes, [change.captured for change in changes])
    assert made["captured"] == {
        "inputs": "MLmodel",
        "digests": " ".join(sorted((digest(TYPE, "string"), digest(age, "long")))),
    }


def test_many_sources_are_told_by_their_folder(tmp_path: Path) -> None:
    found = [taken(("checksums", Item("path", f"w/{one}"), "alg"), "MD5", f"w/{one}") for one in "abc"]
    changes = compared(tmp_path, "", *found)
    (record,) = lint(tmp_path).catalog.records.values()
    assert fields(Written(tmp_path, record), record, changes, found)["captured"]["checksums"] == "3 files in w"


def test_sources_that_contradict_each_other_are_told() -> None:
    two = [taken(("reproduce", "commit"), "aaaaaaa1", "a"), taken(("reproduce", "commit"), "bbbbbbb1", "b")]
    assert list(disagreements(two)) == ["reproduce.commit is aaaaaaa1 in a, and bbbbbbb1 in b: the first counts"]
    assert not list(disagreements(two[:1]))


def test_ways_and_pointers_in_words() -> None:
    assert dotted(TYPE) == "inputs[spend].type"
    assert unit(TYPE) == "inputs"
    assert pointed(["a/b", "c~d", 0]) == "/a~1b/c~0d/0"
