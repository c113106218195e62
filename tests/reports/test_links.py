"""Which links of a model's lineage are known, and which are missing: each sort, known and missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.flow.columns import columns
from mkdocs_handoff.reports.flow.link import TYPES, State
from mkdocs_handoff.reports.links import Lineages, links
from tests.projects import lint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.reports.links import Links

    Write = Callable[[Mapping[str, str | bytes]], Path]

MODEL = Identity("model", "churn")
WHOLE = {
    "teams/risk.yml": "title: Risk\n",
    "datasets/bills.yml": "title: Bills\nowners: risk\ncollection: The billing system, each night\n"
    "schema:\n  - {name: amount, type: float}\n  - {name: day, type: date}\n",
    "datasets/months.yml": "title: Months\nowners: risk\nlineage:\n  - inputs: [bills]\n    code: src/months.py\n"
    "    column_lineage:\n      spend: [bills.amount, bills.day]\nschema:\n  - {name: spend, type: float}\n",
    "features/spend.yml": "title: Spend\nowners: risk\nsources:\n  - ref: months\n    columns: [spend]\n"
    "transformation:\n  path: src/spend.sql\n",
    "pipelines/train.yml": "title: Train\nowners: risk\nsteps:\n  - id: fit\n    command: python -m fit\n"
    "    outputs:\n      - {ref: 'model:churn'}\n",
    "evaluations/test.yml": "title: Test\nowners: risk\nmodel: churn@2.0\ndataset: months\n"
    "metrics: [{name: auc, value: 0.8}]\n",
    "models/churn.yml": "title: Churn\nowners: risk\nfeatures: [spend]\ninputs:\n  - {name: x, feature: spend}\n"
    "training_data:\n  - ref: months\n    version: '3'\nreproduce:\n  pipeline: train\nversions:\n"
    "  - version: '2.0'\n    stage: production\n    artifacts:\n"
    "      - {path: a.onnx, checksum: {alg: SHA-256, content: 'aa'}}\n  - {version: '1.0', stage: retired}\n",
}


def told(write: Write, **changed: str) -> tuple[Links, Catalog]:
    """Return the links of the project with some of its files changed, `kind_name="old|new"`."""
    files = dict(WHOLE)
    for name, change in changed.items():
        path = next(one for one in files if one.endswith(f"/{name}.yml"))
        old, _, new = change.partition("|")
        assert old in files[path]
        files[path] = files[path].replace(old, new)
    catalog = lint(write(files)).catalog
    return links(catalog, MODEL), catalog


def open_of(found: Links, catalog: Catalog) -> list[str]:
    return [
        f"{one.type.name} {one.place(catalog).path}:{one.place(catalog).line}" for one in found.links if not one.counts
    ]


def test_a_whole_project_has_every_sort_of_link_in_the_order_of_the_flow(write_project: Write) -> None:
    found, catalog = told(write_project)
    assert open_of(found, catalog) == []
    assert found.text == "12 of 12 links known"
    assert list(dict.fromkeys(one.type for one in found.links)) == list(TYPES)
    assert {one.ask for one in found.links} == {Identity("team", "risk")}


@pytest.mark.parametrize(
    ("changed", "missing", "text"),
    [
        ({"bills": "collection|description"}, "origin datasets/bills.yml:1", "the origin of Bills"),
        ({"months": "    code: src/months.py\n|"}, "derivation datasets/months.yml:4", "the code that makes Months"),
        ({"spend": "    columns: [spend]\n|"}, "columns features/spend.yml:4", "the source columns of Spend"),
        (
            {"spend": "  path: src/spend.sql|  description: By month"},
            "computation features/spend.yml:7",
            "the code that computes Spend",
        ),
        ({"churn": "    version: '3'\n|"}, "training models/churn.yml:7", "the version of Months that was trained on"),
        ({"churn": "reproduce:\n  pipeline: train\n|"}, "pipeline models/churn.yml:1", "how Churn is made"),
        ({"churn": "pipeline: train|pipeline: nothing"}, "pipeline models/churn.yml:10", "how Churn is made"),
        ({"train": "ref: 'model:churn'|path: b.onnx"}, "pipeline pipelines/train.yml:4", "how Churn is made"),
        ({"train": "    command: python -m fit\n|"}, "code pipelines/train.yml:4", "the code of step fit of Train"),
        (
            {"churn": ", checksum: {alg: SHA-256, content: 'aa'}|"},
            "artifact models/churn.yml:15",
            "the checksums of Churn 2.0",
        ),
        ({"test": "dataset: months\n|"}, "measured evaluations/test.yml:1", "the data of Test"),
        ({"test": "churn@2.0|churn@1.0"}, "evaluation models/churn.yml:1", "an evaluation of Churn 2.0"),
    ],
)
def test_what_is_missing_is_told_with_its_line(
    write_project: Write, changed: dict[str, str], missing: str, text: str
) -> None:
    found, catalog = told(write_project, **changed)
    assert open_of(found, catalog) == [missing]
    assert found.text.endswith(f"links known; missing: {text}")
    assert found.known == len(found.links) - 1


def test_an_input_and_a_feature_that_do_not_meet_are_both_missing(write_project: Write) -> None:
    found, catalog = told(write_project, churn=", feature: spend|, type: float")
    assert open_of(found, catalog) == ["input models/churn.yml:5", "input models/churn.yml:5"]
    assert found.text.endswith("missing: what Spend and x are fed from or into")


@pytest.mark.parametrize(
    ("change", "state", "known"),
    [
        ("{unknown: 'asked Ann, nobody knows'}", State.UNKNOWN, 11),
        ("{not-applicable: 'made by hand, once'}", State.NOT_NEEDED, 12),
    ],
)
def test_a_stated_gap_is_an_answer(write_project: Write, change: str, state: State, known: int) -> None:
    found, _ = told(write_project, bills=f"collection: The billing system, each night|collection: {change}")
    first = found.links[0]
    assert (first.type.name, first.state, found.known) == ("origin", state, known)
    assert "nobody knows" in first.reason or "once" in first.reason
    assert ("stated unknown: the origin of Bills" in found.text) == (state is State.UNKNOWN)
    assert ("(1 does not apply)" in found.text) == (state is State.NOT_NEEDED)


def test_a_link_is_asked_for_only_where_there_is_something_to_link(write_project: Write) -> None:
    catalog = lint(write_project({"models/churn.yml": "title: Churn\n"})).catalog
    found = links(catalog, MODEL)
    assert [one.type.name for one in found.links] == ["training", "pipeline", "artifact", "evaluation"]
    assert found.text == (
        "0 of 4 links known; missing: the version of the data that was trained on; how Churn is made; "
        "the checksums of Churn; an evaluation of Churn"
    )


FILES = ("src/months.py", "src/spend.sql", "a.onnx", "src/fit.py")


@pytest.mark.parametrize(
    ("changed", "lacks", "missing", "reason"),
    [
        ({}, "", "", ""),
        ({}, "src/months.py", "derivation", "its `lineage` names `src/months.py`, and there is no such file"),
        ({}, "src/spend.sql", "computation", "its `path` is `src/spend.sql`, and there is no such file"),
        ({}, "a.onnx", "artifact", "there is no file at `a.onnx`"),
        ({"churn": "a.onnx,|a.onnx, url: 'https://x.org/a',"}, "a.onnx", "", ""),
        ({"train": "command: python -m fit|code: src/fit.py"}, "src/fit.py", "code", "its `code` is `src/fit.py`, and"),
        ({"train": "command: python -m fit|code: see the wiki"}, "src/fit.py", "", ""),
        ({"months": "title: Months|title: Months\nversion: '3'"}, "", "", ""),
        (
            {"months": "title: Months|title: Months\nversion: '2'"},
            "",
            "training",
            "it names version 3, and Months says",
        ),
        ({"train": "model:churn|model:churn@2.0"}, "", "", ""),
        ({"train": "model:churn|model:churn@0.0.1"}, "", "pipeline", "its step makes version 0.0.1, and the model has"),
        ({"test": "metrics: [{name: auc, value: 0.8}]\n|"}, "", "evaluation", "evaluation:test says of it, and has no"),
    ],
)
def test_what_a_link_leads_to_has_to_be_there(
    write_project: Write, changed: dict[str, str], lacks: str, missing: str, reason: str
) -> None:
    _, catalog = told(write_project, **changed)
    root = write_project({name: "" for name in FILES if name != lacks})
    found = Lineages(catalog, root).of(MODEL)
    assert [one.type.name for one in found.missing] == [missing][: bool(missing)]
    assert all(one.reason.startswith(reason) for one in found.missing)


def test_many_of_a_sort_are_told_together(write_project: Write) -> None:
    files = dict(WHOLE)
    for name in "abcde":
        files[f"features/{name}.yml"] = f"title: F{name}\nsources: [{{ref: months, columns: [spend]}}]\n"
    files["models/churn.yml"] = files["models/churn.yml"].replace("[spend]", "[spend, a, b, c, d, e]")
    found = links(lint(write_project(files)).catalog, MODEL)
    assert found.text.endswith("missing: what Fa, Fb, Fc and 2 more are fed from or into")


@pytest.mark.parametrize(
    "card",
    [
        "source_datasets: [bills]\n",
        "source_datasets: [squad]\n",
        "links: [{url: 'https://example.com/x', type: citation}]\n",
        "files: [{path: x.csv, url: 'https://example.com/x.csv'}]\n",
    ],
)
def test_an_origin_may_be_stated_in_several_ways(write_project: Write, card: str) -> None:
    files = {**WHOLE, "datasets/months.yml": f"title: Months\n{card}"}
    found = links(lint(write_project(files)).catalog, MODEL)
    assert next(one for one in found.links if one.target.text == "Months").state is State.KNOWN


def test_what_only_a_retired_version_was_trained_on_is_not_asked_for(write_project: Write) -> None:
    found, _ = told(write_project, churn="stage: retired}|stage: retired, training_data: [bills]}")
    assert found.missing == ()
    found, _ = told(write_project, churn="stage: retired}|stage: production, training_data: [bills]}")
    assert [one.of for one in found.missing if one.type.name == "training"] == ["Bills"]


def test_original_alone_is_no_origin(write_project: Write) -> None:
    files = {**WHOLE, "datasets/bills.yml": "title: Bills\nsource_datasets: original\n"}
    first = links(lint(write_project(files)).catalog, MODEL).links[0]
    assert first.state is State.MISSING
    assert "original" in first.reason


def test_a_pipeline_that_reads_and_makes_names_code_and_version(write_project: Write) -> None:
    files = {
        **WHOLE,
        "datasets/months.yml": "title: Months\nsource_datasets: [bills]\n",
        "pipelines/train.yml": "title: Train\nsteps:\n  - id: make\n    command: x\n    inputs: [bills]\n"
        "    outputs: [{ref: 'dataset:months'}]\n  - id: fit\n    command: y\n    inputs:\n"
        "      - {ref: 'dataset:months', version: '3'}\n    outputs: [{ref: 'model:churn'}]\n",
        "models/churn.yml": WHOLE["models/churn.yml"].replace("    version: '3'\n", ""),
    }
    found = links(lint(write_project(files)).catalog, MODEL)
    assert found.missing == ()


def test_columns_flow_from_the_origin_to_the_input(write_project: Write) -> None:
    _, catalog = told(write_project)
    flows = [(str(a.owner), a.name, str(b.owner), b.name) for a, b in columns(catalog, MODEL).flows]
    assert flows == [
        ("dataset:bills", "amount", "dataset:months", "spend"),
        ("dataset:bills", "day", "dataset:months", "spend"),
        ("dataset:months", "spend", "feature:spend", ""),
        ("feature:spend", "", "model:churn", "x"),
    ]


def test_columns_that_a_step_reads_and_makes_flow_as_well(write_project: Write) -> None:
    files = {
        **WHOLE,
        "datasets/months.yml": "title: Months\nsource_datasets: [bills]\nschema: [{name: spend, type: float}]\n",
        "pipelines/make.yml": "title: Make\nsteps:\n  - id: make\n"
        "    inputs: [{ref: 'dataset:bills', columns: [amount]}]\n"
        "    outputs: [{ref: 'dataset:months', columns: [spend]}]\n",
    }
    flows = columns(lint(write_project(files)).catalog, MODEL).flows
    assert (flows[0][0].name, flows[0][1].name) == ("amount", "spend")


def test_columns_in_a_circle_come_to_an_end(write_project: Write) -> None:
    lineage = "lineage: [{{inputs: [{0}], code: x, column_lineage: {{c: {0}.c}}}}]\nschema: [{{name: c}}]\n"
    files = {
        "datasets/a.yml": "title: A\n" + lineage.format("b"),
        "datasets/b.yml": "title: B\n" + lineage.format("a"),
        "models/churn.yml": "title: Churn\ntraining_data: [a]\ninputs: [{name: x, column: c}]\n",
    }
    catalog = lint(write_project(files)).catalog
    found = columns(catalog, MODEL)
    assert len(found.flows) == 3
    assert not found.cut
    assert links(catalog, MODEL).known > 0


def test_the_documentation_lists_every_sort_of_link() -> None:
    text = (Path(__file__).parents[2] / "docs" / "lineage.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert rows == [f"| `{one.name}` | {one.title} | {one.wants} |" for one in TYPES]


def test_what_a_lock_file_could_tell_is_hinted_at_where_capture_would_read_it(write_project: Write) -> None:
    def stage(written: str) -> str:
        return f"schema: '2.0'\nstages:\n  train:\n    cmd: python train.py\n    outs:\n      - path: {written}\n"

    card = "---\nlicense: mit\n---\n# Card\n"
    root = write_project(
        {
            "services/churn/README.md": card,
            "services/embed/MODEL_CARD.md": card,
            "services/rank/README.md": card,
            "services/rank/dvc.lock": "{}\n",
            "services/sum/README.md": "---\nlicense: mit\nchecksums: [{path: out/sum.bin}]\n---\n# Sum\n",
            "services/sum/dvc.lock": stage("../../out/sum.bin"),
            "services/twice/a.md": card,
            "services/twice/b.md": card,
            "services/twice/dvc.lock": stage("model.bin"),
            "handoff.yml": "records: {model: ['services/*/*.md']}\n",
            "dvc.lock": stage("services/embed/model.bin"),
        }
    )
    catalog = lint(root).catalog
    made = Lineages(catalog, root)
    hinted = {
        one.name
        for one in catalog.records
        if any(
            f"dvc.lock does, and `mkdocs-handoff capture {one.name}` reads it" in x.reason for x in made.of(one).links
        )
    }
    assert hinted == {"embed", "sum"}
    embed = next(one for one in catalog.records if one.name == "embed")
    assert not [one.reason for one in links(catalog, embed).links if "dvc.lock" in one.reason], "nobody looks"
