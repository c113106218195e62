"""What an editor shows that runs yaml-language-server: that server, over its protocol, on the sample and on bad input.

`make editor` installs it from the npm registry, at the versions of `package-lock.json`.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_handoff.cli.main import main
from mkdocs_handoff.exchange.editors import ANY, associations
from tests.editor.server import Server, program
from tests.projects import HERE, examples, lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.project import Project

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        program() is None,
        reason="yaml-language-server is not there: `make editor` installs it, with Node.js and npm",
    ),
]

MODEL = "models/new.yml"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("editor") / "sample"
    shutil.copytree(HERE.parent / "sample_project", folder)
    return lint(folder)


@pytest.fixture(scope="module")
def server(sample: Project) -> Iterator[Server]:
    """Return the server with the schemas as the command writes them, for the files that it prints."""
    root = sample.settings.root
    assert main(["schema", "-f", str(root / "mkdocs.yml"), "--output", str(root / ".handoff/schemas")]) == 0
    asked = associations(sample)
    # Front matter, as an extension would hand it over: the fields alone.
    for kind in sample.catalog.kinds:
        asked.setdefault(f".handoff/schemas/{kind}.schema.json", []).append(f"front/{kind}/*.yml")
    asked[f".handoff/schemas/{ANY}.schema.json"] = ["any/*.yml"]
    with Server(root, {(root / path).as_uri(): globs for path, globs in asked.items()}) as running:
        yield running


def marked(found: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """Return what is marked, by line from 1."""
    return [(one["range"]["start"]["line"] + 1, one["message"]) for one in found]


def test_field_names_are_offered_with_what_they_are_for(server: Server) -> None:
    offered = server.offered(MODEL, "title: New\n|\n")
    assert {"owners", "intended_use", "limitations", "training_data"} <= set(offered)
    assert "Who answers for this" in str(offered["owners"]["documentation"])
    inner = server.offered(MODEL, "versions:\n  - version: 1\n    |\n")
    assert {"stage", "date", "changes"} <= set(inner)
    assert "intended_use" not in inner


def test_values_of_a_field_are_offered(server: Server) -> None:
    assert set(server.offered(MODEL, "versions:\n  - stage: |\n")) == {
        "development",
        "staging",
        "production",
        "retired",
    }
    assert set(server.offered(MODEL, "lifecycle: |\n")) == {"draft", "active", "deprecated", "retired"}
    assert "INT64" in server.offered("features/new.yml", "value_type: |\n")


@pytest.mark.parametrize(
    ("text", "names", "others"),
    [
        ("training_data: |\n", {"wine", "handwritten-digits"}, {"fna-triage", "churn-events", "null", "true"}),
        ("training_data:\n  - |\n", {"wine", "ref", "split"}, {"fna-triage", "[object Object]"}),
        ("training_data:\n  - ref: |\n", {"wine"}, {"split"}),
        ("owners: |\n", {"team:lab-models", "person:ines-okafor"}, {"team:risk"}),
        ("owners:\n  - ref: |\n", {"team:lab-models"}, set()),
        ("playbooks:\n  - |\n", {"ref"}, {"wine"}),
    ],
)
def test_the_projects_own_records_are_offered(server: Server, text: str, names: set[str], others: set[str]) -> None:
    offered = set(server.offered(MODEL, f"title: New\n{text}"))
    assert names <= offered
    assert not others & offered


def test_a_kind_of_the_projects_own_is_as_good_as_any(server: Server) -> None:
    path = "experiments/new.yml"
    assert {"hypothesis", "outcome", "measurements"} <= set(server.offered(path, "title: New\n|\n"))
    assert "refuted" in server.offered(path, "outcome: |\n")
    assert "fna-triage" in server.offered(path, "model: |\n")
    assert "What became of the hypothesis" in server.hovered(path, "out|come: open\n")
    assert marked(server.opened(path, "title: New\nresult: much\n"))[0][0] == 2


def test_what_a_field_is_for_is_shown_under_the_pointer(server: Server) -> None:
    assert "Where it fails or cannot be trusted" in server.hovered(MODEL, "limi|tations: x\n")
    assert "Where the version stands: `development`" in server.hovered(MODEL, "versions:\n  - st|age: staging\n")
    assert "Lab models" in server.hovered(MODEL, "owners: team:lab-mo|dels\n")
    assert "For example" in server.hovered(MODEL, "own|ers:\n  - ref: team:x\n    role: accountable\n")


@pytest.mark.parametrize(
    ("path", "text", "line", "message"),
    [
        (MODEL, "title: x\nlast_reviewed: soon\n", 2, "date"),
        (MODEL, "title: x\ninputs:\n  - name: a\n    shape: wide\n", 4, "Incorrect type"),
        (MODEL, "versions:\n  - version: 1\n    stage: flying\n", 3, "Valid values"),
        (MODEL, "title: x\nowners:\n  - role: accountable\n", 3, 'Missing property "ref"'),
        (MODEL, "title: x\ntraining_data: {split: a}\n", 2, "Incorrect type"),
        (MODEL, "title: x\nlimitations: {unknown: [x]}\n", 2, "Incorrect type"),
        ("features/new.yml", "title: x\nonline: perhaps\n", 2, "Incorrect type"),
        ("glossary.yml", "terms:\n  - id: a\n    title: [x]\n", 3, "Incorrect type"),
        ("any/new.yml", "kind: model\nversions:\n  - version: 1\n    stage: flying\n", 4, "Valid values"),
        ("any/new.yml", "kind: evaluation\ntitle: x\n", 1, 'Missing property "model"'),
        (
            "evaluations/new.yml",
            "title: x\nmodel: a\nmetrics:\n  - {type: auc, value: high, higher_is_better: 3}\n",
            4,
            "",
        ),
    ],
)
def test_a_mistake_is_marked_where_it_is(server: Server, path: str, text: str, line: int, message: str) -> None:
    found = marked(server.opened(path, text))
    assert found
    assert {place for place, _ in found} == {line}
    assert any(message in told for _, told in found), found


@pytest.mark.parametrize(
    "text",
    [
        "title: {unknown: 'asked Ann'}\nowners: {not-applicable: nobody}\nversions: {from: v.json}\n",
        "versions:\n  - {version: {from: v.json#/v}, stage: {unknown: asked}}\n",
        "owners:\n  - {unknown: 'asked Ann'}\n  - ref: {unknown: 'asked Bob'}\n",
        "training_data:\nlimitations:\nversions:\n  - version:\n",
        "training_data: a-record-that-nobody-wrote\nowners: [team:gone, Ann Lee]\n",
        "version: 1.10\nid: 2026\nlast_reviewed: 2026-11-23\n",
        "somebody_elses_field: {a: [1, 2]}\n",
        "---\ntitle: One\n---\ntitle: Two\n",
        "- title: One\n- title: Two\n",
        "# only a comment\n",
    ],
)
def test_what_lint_accepts_is_not_marked(server: Server, text: str) -> None:
    assert marked(server.opened(MODEL, text)) == []


def test_a_file_names_its_schema_itself(server: Server) -> None:
    line = "# yaml-language-server: $schema=../.handoff/schemas/model.schema.json\n"
    assert marked(server.opened("elsewhere/a.yml", "lifecycle: new\n")) == []
    assert marked(server.opened("elsewhere/b.yml", f"{line}lifecycle: new\n"))[0][0] == 2
    assert "draft" in server.offered("elsewhere/c.yml", f"{line}lifecycle: |\n")


def test_nothing_is_marked_in_the_sample(server: Server, sample: Project) -> None:
    tried = 0
    layers = {
        record.source.layer.path: (kind.kind, record.source.layer) for kind, record in sample.catalog.records.items()
    }
    for path, (kind, layer) in layers.items():
        where = path if path.endswith((".yml", ".yaml")) else f"front/{kind}/{path.replace('/', '-')}.yml"
        assert marked(server.opened(where, layer.text)) == [], path
        tried += 1
    assert tried >= 45


def test_nothing_is_marked_in_the_good_examples(server: Server) -> None:
    tried = 0
    for example in examples("good"):
        project = lint(example)
        bad = {finding.place.path for finding in project.errors}
        for identity, record in project.catalog.records.items():
            layer = record.source.layer
            if identity.kind not in ("model", "dataset", "feature", "term", "decision", "team", "person", "playbook"):
                continue
            if layer.path in bad or not layer.text or layer.document or layer.prefix or "\n---\n" in layer.text:
                continue
            where = f"front/{identity.kind}/{example.name}-{layer.path.replace('/', '-')}.yml"
            assert marked(server.opened(where, layer.text)) == [], (example.name, layer.path)
            tried += 1
    assert tried > 40
