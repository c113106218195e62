"""Cards, glossaries and catalogs of others: names as they are written, nothing lost, and no error for their form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.projects import lint, told, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.project import Project

DATAHUB = """\
version: "1"
source: DataHub
owners: {users: ["urn:li:corpuser:jane.doe", mara.lozano@example.com], groups: [Trust and Safety]}
nodes:
- name: Orders
  description: Of orders.
  terms:
  - {name: Status, description: Of an order., inherits: [Privacy.PII]}
  - {name: Total, description: Sum., inherits: ["urn:li:glossaryTerm:Payments.Status", Orders.Status]}
- name: Payments
  description: Of payments.
  terms:
  - {name: Status, description: Of a payment., inherits: [Orders.Status]}
- name: Privacy
  description: Of people.
  nodes:
  - name: Kinds
    description: Kinds.
    terms:
    - {name: Deep, description: Deep., owners: {users: [jane.doe, bob], type: DEVELOPER}}
  terms:
  - {name: PII, description: Says who.}
"""


def relations(project: Project, name: str = "") -> set[tuple[str, str, str]]:
    found = (one for each in project.catalog.outgoing.values() for one in each)
    return {(str(one.source), one.name, str(one.target)) for one in found if one.name == name or not name}


@pytest.fixture
def glossary(tmp_path: Path) -> Project:
    people = {
        "people/jane.doe.yml": "title: Jane\n",
        "people/mara.yml": "title: Mara\nemail: mara.lozano@example.com\n",
    }
    teams = {"people/bob.yml": "title: Bob\n", "teams/trust-and-safety.yml": "title: Trust\n"}
    return lint(write_files(tmp_path, {"glossary.yml": DATAHUB, **people, **teams}))


def test_terms_of_one_name_in_two_nodes_are_two(glossary: Project) -> None:
    assert told(glossary) == []
    names = {record.identity.name for record in glossary.catalog.of_kind("term")}
    assert names == {
        "orders",
        "payments",
        "privacy",
        "kinds",
        "deep",
        "pii",
        "total",
        "orders.status",
        "payments.status",
    }
    titles = [record.title for record in glossary.catalog.of_kind("term")]
    assert titles.count("Status") == 2


def test_terms_are_found_by_node_and_name(glossary: Project) -> None:
    assert relations(glossary, "is a kind of") == {
        ("term:orders.status", "is a kind of", "term:pii"),
        ("term:total", "is a kind of", "term:payments.status"),
        ("term:total", "is a kind of", "term:orders.status"),
        ("term:payments.status", "is a kind of", "term:orders.status"),
    }
    assert ("term:deep", "is narrower than", "term:kinds") in relations(glossary)
    term = next(record for record in glossary.catalog.of_kind("term") if record.identity.name == "orders.status")
    assert term.get("inherits") == ["Privacy.PII"]  # as it is written


def test_owners_keep_their_dots(glossary: Project) -> None:
    assert {target for source, _, target in relations(glossary, "is owned by") if source == "term:pii"} == {
        "person:jane.doe",
        "person:mara",
        "team:trust-and-safety",
    }


@pytest.mark.parametrize(
    "text",
    [
        "auc: {title: AUC, short: Area under the curve., long: Much more.}\nf1: {title: F1, short: A mean.}\n",
        "auc: {term: AUC, def: Area under the curve.}\nf1: {term: F1, def: A mean., link: <a>x</a>}\n",
        "terms:\n  auc: {title: AUC, definition: Area under the curve.}\n  f1: {title: F1, definition: A mean.}\n",
        "terms:\n  auc: Area under the curve.\n  f1: A mean.\n",
    ],
)
def test_a_mapping_of_terms_is_many_terms(tmp_path: Path, text: str) -> None:
    project = lint(write_files(tmp_path, {"docs/glossary.yaml": text}))
    assert told(project) == []
    found = {record.identity.name: record for record in project.catalog.of_kind("term")}
    assert set(found) == {"auc", "f1"}
    assert found["auc"].get("definition") == "Area under the curve."
    assert found["auc"].title.lower() == "auc"
    assert str(found["f1"].source.place(("definition",))).startswith("docs/glossary.yaml:")


def test_a_term_by_itself_stays_one(tmp_path: Path) -> None:
    text = "title: AUC\nmapping: {definition: x}\ndefinition: Area.\n"
    assert len(lint(write_files(tmp_path, {"glossary.yml": text})).catalog.of_kind("term")) == 1


def test_the_hubs_word_for_elsewhere_is_text(tmp_path: Path) -> None:
    text = "---\nsource_datasets: [extended|other, extended|other-my tweets, extended|imdb, Common Crawl]\n---\n# D\n"
    project = lint(write_files(tmp_path, {"datasets/d/README.md": text}))
    (record,) = project.catalog.records.values()
    assert record.get("source_types") == ["extended|other", "extended|other-my tweets", "extended"]
    assert record.get("source_datasets") == ["imdb", "Common Crawl"]
    addresses = [one.url for one in project.catalog.targets.values() if hasattr(one, "url")]
    assert addresses == ["https://huggingface.co/datasets/imdb"]
    assert (told(project), project.catalog.wanted) == ([], ())


CARD = (
    "license: mit",
    "intended_use: clinical-decision-support",
    "library_name: [a, b]",
    "pipeline_tag: [x, y]",
    "datasets: {a: b}",
    "inputs: text",
    "outputs: [label]",
    "links: https://x",
    "monitors: none",
    "risk_level: limited",
    "description: {a: b}",
)


@pytest.mark.parametrize("field", CARD)
def test_what_is_wrong_in_a_card_of_others_is_a_warning(tmp_path: Path, field: str) -> None:
    project = lint(
        write_files(
            tmp_path, {"models/m/README.md": "---\npipeline_tag: x\n---\n# M\n".replace("pipeline_tag: x", field)}
        )
    )
    assert project.errors == ()


def test_in_a_card_that_is_kept_for_us_it_is_an_error(tmp_path: Path) -> None:
    files = {
        "models/m/README.md": "---\nlicense: mit\ninputs: text\nowner: a\n---\n# M\n",
        "people/a.yml": "title: A\n",
    }
    assert [one.rule for one in lint(write_files(tmp_path, files)).errors] == ["field/type"]


def test_what_a_sidecar_gives_is_ours(tmp_path: Path) -> None:
    files = {"models/m/README.md": "---\nlicense: mit\n---\n# M\n", "models/m/README.md.handoff.yml": "inputs: text\n"}
    assert [one.rule for one in lint(write_files(tmp_path, files)).errors] == ["field/type"]


DECISION = "---\nstatus: accepted\ncreated_at: 2026-01-02\n{}---\n# Use it\n\n## Decision\n\nWe do.\n"


@pytest.mark.parametrize(
    ("more", "sidecar", "fields"),
    [
        ("", "", []),  # a name of their own
        ("consluted: [ann]\n", "", ["consluted"]),  # a slip, whoever made it
        ("lifecycle: active\n", "", ["created_at"]),  # the file is kept for us
        ("", "created_on: 2026-01-02\n", ["created_on"]),  # so is a sidecar
    ],
)
def test_a_name_that_is_no_slip_is_left_to_a_file_of_others(
    tmp_path: Path, more: str, sidecar: str, fields: list[str]
) -> None:
    files = {"docs/adr/0001-use-it.md": DECISION.format(more), "people/ann.yml": "title: Ann\n"}
    beside = {"docs/adr/0001-use-it.md.handoff.yml": sidecar} if sidecar else {}
    found = [one for one in lint(write_files(tmp_path, {**files, **beside})).findings if one.rule == "field/unknown"]
    assert [one.message.split("'")[1] for one in found] == fields


def test_what_is_lacking_is_asked_of_any_card(tmp_path: Path) -> None:
    project = lint(write_files(tmp_path, {"models/m/README.md": "---\nlicense: mit\n---\n# M\n"}), "handoff-ready")
    assert "field/required" in {one.rule for one in project.errors}


GROUPS = """\
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: team-a}
spec: {type: team, children: [team-a, team-b], members: []}
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: ann}
spec: {memberOf: [team-c, payments], profile: {email: ann@example.org}}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: paymnts}
spec: {type: team, children: []}
"""


def test_groups_that_are_written_elsewhere_are_no_slips(tmp_path: Path) -> None:
    project = lint(write_files(tmp_path, {"catalog-info.yaml": GROUPS.replace("[team-a, team-b]", "[team-b]")}))
    assert {wanted.name for wanted in project.catalog.wanted} >= {"team-b", "team-c"}
    assert [(one.rule, one.severity.value) for one in project.findings] == [("reference/near-miss", "warning")]  # once


def test_a_slip_in_a_reference_of_ours_is_still_an_error(tmp_path: Path) -> None:
    files = {"teams/risk-models.yml": "title: R\n", "models/m.yml": "title: M\nowner: team:risk-modls\n"}
    findings = lint(write_files(tmp_path, files)).findings
    assert [one.severity.value for one in findings if one.rule == "reference/near-miss"] == ["error"]


def test_names_of_records_that_are_yet_to_be_written_are_wanted(tmp_path: Path) -> None:
    there = {
        f"datasets/{name}.yml": "{}" for name in ("split-a", "customers-uk", "sales-jan", "sales-mai", "orders-raw")
    }
    wanted = {"split-b", "customers-us", "sales-jun", "sales-mar", "orders-row"}
    model = f"---\ninputs: []\ntraining_data: [{', '.join(sorted(wanted))}]\n---\n# M\n\nSee [[dataset:split-c]].\n"
    project = lint(write_files(tmp_path, {**there, "models/m.md": model}))
    assert told(project) == []
    assert {one.name for one in project.catalog.wanted} == {*wanted, "split-c"}


def test_an_owner_of_a_node_whom_nobody_knows_is_told_once(tmp_path: Path) -> None:
    project = lint(write_files(tmp_path, {"glossary.yml": DATAHUB}))
    assert [one.rule for one in project.findings] == ["owner/unknown"] * 4


CATALOG = (
    "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: triage}\n"
    "spec: {type: machine-learning-model}\n"
)


def test_a_card_and_its_entity_in_a_catalog_are_told_apart_without_an_edit(tmp_path: Path) -> None:
    files = {
        "handoff.yml": "records: {model: ['services/*/README.md', 'services/*/catalog-info.yaml']}\n",
        "services/triage/README.md": "---\nlicense: mit\n---\n# Triage\n",
        "services/triage/catalog-info.yaml": CATALOG,
    }
    (card, entity) = lint(write_files(tmp_path / "a", files)).errors
    assert "this one in services/triage/README.md.handoff.yml, or name its file in `exclude:`." in card.hint
    assert "this one in services/triage/catalog-info.yaml.handoff.yml" in entity.hint
    project = lint(
        write_files(tmp_path / "b", files | {"services/triage/catalog-info.yaml.handoff.yml": "id: entity\n"})
    )
    assert [one.rule for one in project.findings if one.rule in ("record/duplicate", "sidecar/overrides")] == []
    assert {str(one) for one in project.catalog.records} == {"model:triage", "model:entity"}


def test_a_person_is_found_by_an_address_that_is_no_name_to_be_told(tmp_path: Path) -> None:
    files = {
        "people/ann.yml": "title: Ann Lee\nemail: ann@acme.example\n",
        "docs/adr/0001-x.md": "---\nstatus: accepted\ndecision-makers: ann@acme.example\n---\n# X\n",
    }
    catalog = lint(write_files(tmp_path, files)).catalog
    (ann,) = catalog.of_kind("person")
    assert ann.aliases == ()
    assert [str(one.source) for one in catalog.incoming[ann.identity]] == ["decision:0001-x"]


def test_a_result_is_called_after_its_model_and_what_it_was_measured_on(tmp_path: Path) -> None:
    files = {
        "services/triage/README.md": "---\nlicense: mit\n---\n# Triage\n",
        "services/triage/.eval_results/acc.yaml": "- dataset: {id: acme/tickets, task_id: default}\n  value: 91.2\n",
        "services/triage/.eval_results/b.yaml": "- dataset: {id: acme/tickets, split: test}\n  value: 91.2\n",
        "handoff.yml": "records: {model: ['services/*/README.md'], evaluation: ['services/*/.eval_results/*.yaml']}\n",
    }
    found = lint(write_files(tmp_path, files)).catalog.of_kind("evaluation")
    assert {one.title for one in found} == {"Triage on acme/tickets", "Triage on acme/tickets (test)"}
