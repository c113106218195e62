# ruff: noqa: E501 - tables, a row each
"""Every field of the standards lands where a reader expects it: a table per standard, on small files written for it.

A table says of each field what its page shows of it. A field that is in the file and in no table fails, and so does one
that the page does not show, unless it is listed as one that is not shown on purpose.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pages.rendered import Rendered

MODEL_CARD = """\
---
language: [en, de]
license: other
license_name: acme-licence
license_link: https://example.com/licence
library_name: libraryname
pipeline_tag: text-classification
tags: [tag-one]
datasets: [acme/known, imdb]
metrics: [metric-one]
base_model: acme/bert-base
base_model_relation: quantized
new_version: acme/churn-v9
thumbnail: https://example.com/thumb.png
model_name: Churn of customers
co2_eq_emissions: {emissions: 12.5, source: codecarbon-x}
inference: true
widget: [{text: widget-text}]
model-index:
- name: churn-index-name
  results:
  - task: {type: task-type-x, name: task-name-x}
    dataset: {type: data-type-x, name: Data Name X, config: cfg-x, split: split-x, revision: rev-x, args: {argname: arg-x}}
    metrics:
    - {type: metric-type-x, name: Metric Name X, value: "20.0 ± 1.2", config: mcfg-x, args: {a: margs-x}, verified: true,
       verifyToken: token-x}
    - {type: valueless-x}
    source: {url: https://example.com/source-x, name: Source Name X}
  - {task: {type: task-alone-x}}
eval_results: eval-text-x
gated: auto-x
extra_gated_heading: gate-heading-x
extra_gated_description: gate-description-x
extra_gated_prompt: gate-prompt-x
extra_gated_button_content: gate-button-x
extra_gated_fields: {Company: gate-field-x}
made_up_key: made-up-value
---
# Model Card for Churn
Says who leaves.
"""
MODEL_FIELDS = {
    "language": "de", "license": "other", "license_name": "acme-licence", "license_link": "example.com/licence",
    "library_name": "libraryname", "pipeline_tag": "text-classification", "tags": "tag-one", "datasets": "imdb",
    "metrics": "metric-one", "base_model": ">Bert<", "base_model_relation": "quantized",
    "new_version": "acme/churn-v9", "thumbnail": None, "model_name": "Churn of customers", "co2_eq_emissions": "codecarbon-x",
    "inference": None, "widget": None, "eval_results": "eval-text-x", "made_up_key": "made-up-value",
    "model-index": "Metric Name X", "gated": "auto-x", "extra_gated_heading": "gate-heading-x",
    "extra_gated_description": "gate-description-x", "extra_gated_prompt": "gate-prompt-x",
    "extra_gated_button_content": "gate-button-x", "extra_gated_fields": "gate-field-x",
}  # fmt: skip
INDEX = [
    "task-type-x", "task-name-x", "data-type-x", "Data Name X", "cfg-x", "split-x", "rev-x", "arg-x", "metric-type-x",
    "20.0 ± 1.2", "mcfg-x", "margs-x", "verified: true", "token-x", "valueless-x", "https://example.com/source-x",
    "Source Name X", "task-alone-x",
]  # fmt: skip

DATASET_CARD = """\
---
pretty_name: Known things
language: [fr]
language_bcp47: [fr-CA]
language_details: details-x
license: [cc-by-4.0]
license_name: name-x
license_link: https://example.com/l
license_details: ldetails-x
tags: [tag-x]
annotations_creators: [crowdsourced]
language_creators: [found]
multilinguality: [monolingual]
size_categories: [n<1K]
source_datasets: [original, extended|acme/base, "extended|other-wiki"]
task_categories: [other]
task_ids: [task-id-x]
paperswithcode_id: pwc-x
config_names: [cname-x]
configs: [{config_name: conf-x, data_files: [{split: train, path: path-x}]}]
dataset_info: {features: [{name: feature-x, dtype: dtype-x}], splits: [{name: sp-x, num_bytes: 71, num_examples: 7}],
  download_size: 1234, dataset_size: 4321, config_name: infoconf-x}
train-eval-index: [{config: tei-x}]
gated: manual-x
extra_gated_description: gdescription-x
extra_gated_prompt: gated-x
extra_gated_fields: {Company: text-x}
own_key: {deep: [own-value-x]}
---
# Dataset Card for "Known"
"""
DATASET_FIELDS = {
    "pretty_name": "Known things", "language": "fr", "language_bcp47": "fr-CA", "language_details": "details-x",
    "license": "cc-by-4.0", "license_name": "name-x", "license_link": "example.com/l", "license_details": "ldetails-x",
    "tags": "tag-x", "annotations_creators": "crowdsourced", "language_creators": "found",
    "multilinguality": "monolingual", "size_categories": "n<1K", "source_datasets": "other-wiki",
    "task_categories": "other", "task_ids": "task-id-x", "paperswithcode_id": "pwc-x", "config_names": "cname-x",
    "configs": "path-x", "dataset_info": "infoconf-x", "train-eval-index": "tei-x", "extra_gated_prompt": "gated-x",
    "extra_gated_fields": "text-x", "gated": "manual-x", "extra_gated_description": "gdescription-x", "own_key": "own-value-x",
}  # fmt: skip

DECISION = """\
---
status: superseded by [ADR-0002](0002-second.md)
date: 2026-01-02
decision-makers: ["@ANN-LEE", Somebody Else]
consulted: Ann Lee; Grace
informed: [Everyone-x]
contact: contact-x
extra: extra-x
---
# First
## Context and Problem Statement
x
"""
DECISION_FIELDS = {
    "status": "superseded", "date": "2026-01-02", "decision-makers": "Somebody Else", "consulted": "Grace",
    "informed": "Everyone-x", "contact": "contact-x", "extra": "extra-x",
}  # fmt: skip

GROUP = """\
apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: risk
  title: Risk of all
  description: Counts risks.
  labels: {label-key: label-x}
  annotations: {github.com/team-slug: acme/risk-x, slack.com/channel: "#risk-x", other/annotation: annotation-x}
  tags: [tag-x]
  links: [{url: https://example.com/wiki-x, title: Wiki X, icon: icon-x, type: type-x}]
  own: metadata-own-x
spec:
  type: group-type-x
  profile: {displayName: Risk Team, email: risk-x@example.com, picture: https://example.com/picture-x.png}
  parent: all
  children: [sub]
  members: [ann-lee]
  own: spec-own-x
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: grace, annotations: {github.com/user-login: grace-gh}}
spec:
  profile: {displayName: Grace H, email: grace@example.com}
  memberOf: [group:default/risk]
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: scorer, description: Scores.}
spec: {type: machine-learning-model, lifecycle: experimental, owner: "group:default/risk", system: system-x, dependsOn: ["resource:default/rows"]}
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: rows}
spec: {type: dataset, owner: risk}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: shop}
spec: {type: service, lifecycle: production, owner: risk}
"""
GROUP_SHOWN = [
    "Risk Team", "Counts risks.", "label-x", "acme/risk-x", "#risk-x", "annotation-x", "tag-x", "wiki-x", "Wiki X", "type-x",
    "metadata-own-x", "group-type-x", "risk-x@example.com", "picture-x.png", "spec-own-x", "Ann Lee", "Grace H",
]  # fmt: skip

GLOSSARY = """\
version: 1
source: DataHub
owners: {users: [ann-lee], type: DATA_STEWARD}
nodes:
- name: Classification
  description: How secret things are.
  knowledge_links: [{label: Wiki of secrets, url: https://example.com/secrets}]
  terms:
  - name: Sensitive
    description: Not for everyone.
    owners: {groups: [risk]}
    custom_properties: {custom-key: custom-x}
    term_source: EXTERNAL-x
    source_ref: ref-x
    source_url: https://example.com/src-x
    inherits: [Classification.Private]
    related_terms: [Classification.Private, Elsewhere.PII]
    domain: domain-x
  - name: Private
    description: For nobody.
  nodes:
  - name: Inner
    description: Inside.
    terms:
    - name: Deep
      description: Below.
"""
TERM_K8S = """\
---
title: Pod
id: pod
date: 2026-01-01
full_link: https://example.com/pod-full
short_description: A group of containers-x.
aka: [podlet-x]
tags: [tag-x, ""]
other_key: other-x
---
 A group.
"""


def _text(page: str) -> str:
    return html.unescape(re.sub(r"<wbr>|\u200b", "", page))


def _keys(card: str) -> set[str]:
    return set(re.findall(r"^([A-Za-z_][\w-]*):", card.split("---")[1], re.MULTILINE))


@pytest.fixture
def site(render: Callable[..., Rendered]) -> Rendered:
    return render(
        {
            "models/churn/README.md": MODEL_CARD,
            "models/churn/.eval_results/bench.yaml": "- dataset: {id: acme/known, task_id: task-x, revision: abc123}\n"
            "  value: 0.71\n  verifyToken: token-y\n  date: 2026-03-04\n"
            "  source: {url: https://example.com/eval, name: Eval Name, user: user-x}\n"
            "  evaluation_framework: framework-x\n  notes: notes-x\n"
            "- dataset: {id: acme/unknown, config: c, split: s}\n  value: 3\n",
            "models/bert-base/README.md": "---\nlicense: mit\n---\n# Bert\n",
            "datasets/known/README.md": DATASET_CARD,
            "datasets/known/eval.yaml": "name: Bench X\ndescription: desc-x\nevaluation_framework: inspect-x\n"
            "tasks:\n- {id: task-x, config: config-x, split: esplit-x}\n",
            "datasets/base/README.md": "---\npretty_name: Base\n---\n",
            "decisions/0001-first.md": DECISION,
            "decisions/0002-second.md": "# Second\n\n* Status: accepted\n* Deciders: Ann Lee, bob\n* Date: 2026-02-03\n\n"
            "## Context and Problem Statement\n",
            "decisions/0003-third.md": "# 3. Third\n\nDate: 2026-02-04\n\n## Status\n\nAccepted\n\n"
            "Supersedes [2. Second](0002-second.md)\n\n## Decision\n\nx\n",
            "catalog-info.yaml": GROUP,
            "people/ann-lee.yml": "title: Ann Lee\n",
            "glossary.yml": GLOSSARY,
            "glossary/pod.md": TERM_K8S,
        }
    )


@pytest.mark.parametrize(
    ("card", "table", "name"),
    [
        (MODEL_CARD, MODEL_FIELDS, "model:churn"),
        (DATASET_CARD, DATASET_FIELDS, "dataset:known"),
        (DECISION, DECISION_FIELDS, "decision:0001-first"),
    ],
)
def test_every_field_of_a_card_is_shown(site: Rendered, card: str, table: dict[str, Any], name: str) -> None:
    assert _keys(card) == set(table), "the table and the card must have the same fields"
    page = site.page(name)
    shown = _text(page.title + page.before + page.after)
    record = next(one for one in site.project.catalog.records.values() if str(one.identity) == name)
    for field, expected in table.items():
        if expected is None:  # shown nowhere on purpose: how the hub draws its own page
            assert field in record.fields
        else:
            assert expected in shown, field


def test_all_of_a_model_index_is_shown(site: Rendered) -> None:
    shown = _text(site.html("model:churn"))
    assert [text for text in INDEX if text not in shown] == []


def test_unknown_fields_stand_under_a_heading_of_their_own(site: Rendered) -> None:
    for name, value in [
        ("model:churn", "made-up-value"),
        ("dataset:known", "own-value-x"),
        ("decision:0001-first", "extra-x"),
    ]:
        shown = _text(site.html(name))
        assert "Other fields" in shown
        assert shown.index("Other fields") < shown.index(value)
    for name, value in [("model:churn", "gate-prompt-x"), ("dataset:known", "gdescription-x")]:
        shown = _text(site.html(name))
        assert shown.index(value) < shown.index("Other fields")


def relations(site: Rendered) -> set[str]:
    catalog = site.project.catalog
    return {f"{one.source} {one.name} {one.target}" for each in catalog.outgoing.values() for one in each}


def test_names_of_the_hub_become_lineage_or_links_to_it(site: Rendered) -> None:
    found = relations(site)
    assert "model:churn is built on model:bert-base" in found
    assert "model:churn is trained on dataset:known" in found
    assert any(one.startswith("dataset:known ") and one.endswith(" dataset:base") for one in found)
    shown = site.html("model:churn")
    assert "https://huggingface.co/datasets/imdb" in shown
    assert "https://huggingface.co/acme/churn-v9" in shown
    assert "huggingface.co/datasets/other" not in site.html("dataset:known")  # the hub's word for: elsewhere


def test_results_beside_a_card_are_evaluations(site: Rendered) -> None:
    shown = _text(site.html("evaluation:churn-bench"))
    for text in ("0.71", "token-y", "2026-03-04", "https://example.com/eval", "Eval Name", "user-x", "framework-x",
                 "notes-x", "task-x", "abc123", "acme/known"):  # fmt: skip
        assert text in shown or text == "acme/known"
    assert {
        "evaluation:churn-bench evaluates model:churn",
        "evaluation:churn-bench-2 evaluates model:churn",
    } <= relations(site)
    assert "0.71" in site.html("model:churn")
    assert not site.project.errors


def test_a_figure_without_a_name_does_not_come_before_those_with_one(render: Callable[..., Rendered]) -> None:
    card = "---\nmodel-index: [{name: m, results: [{dataset: {name: Own}, metrics: [{type: recall, value: 0.64}]}]}]\n---\n"
    shown = render(
        {
            "models/m/README.md": card,
            "models/m/.eval_results/x.yaml": "- dataset: {id: acme/cards, task_id: default}\n  value: 0.81\n"
            "- dataset: {id: acme/cards, split: test}\n  value: 0.82\n",
        }
    )
    html = shown.html("model:m")
    top = _text(html[html.index("How good it is") : html.index("Where it runs")])
    assert "recall" in top
    assert "0.81" not in top
    first, second = (one for one in shown.project.catalog.records.values() if one.kind == "evaluation")
    assert (first.title, second.title) == ("m on acme/cards", "m on acme/cards (test)")
    assert [one.get("metrics")[0]["type"] for one in (first, second)] == ["value", "value"]


def test_a_benchmarks_tasks_stand_on_its_card(site: Rendered) -> None:
    shown = _text(site.html("dataset:known"))
    assert [
        one for one in ("Bench X", "desc-x", "inspect-x", "task-x", "config-x", "esplit-x") if one not in shown
    ] == []


def test_people_and_supersession_of_decisions_are_relations(site: Rendered) -> None:
    found = relations(site)
    assert any(one.startswith("decision:0001-first") and one.endswith("person:ann-lee") for one in found)
    assert any(one.startswith("decision:0002-second") and one.endswith("person:ann-lee") for one in found)
    assert any(one.startswith("decision:0001-first") and one.endswith("decision:0002-second") for one in found)
    assert any(one.startswith("decision:0003-third") and one.endswith("decision:0002-second") for one in found)
    second = site.project.catalog.records
    assert {str(one.get("date")) for one in second.values() if one.kind == "decision"} == {
        "2026-01-02",
        "2026-02-03",
        "2026-02-04",
    }


def test_all_of_a_group_is_on_its_page(site: Rendered) -> None:
    page = site.page("team:risk")
    shown = _text(page.title + page.before + page.after)
    assert [text for text in GROUP_SHOWN if text not in shown] == []


def test_components_and_resources_of_ours_are_records(site: Rendered) -> None:
    found = relations(site)
    assert "model:scorer is owned by team:risk" in found
    assert "dataset:rows is owned by team:risk" in found
    records = {str(one): record for one, record in site.project.catalog.records.items()}
    assert records["model:scorer"].lifecycle == "draft"
    assert not any("shop" in name for name in records)
    assert site.project.records.left_out == {"catalog-info.yaml": 1}
    shown = _text(site.html("model:scorer"))
    assert "system-x" in shown
    assert "resource:default/rows" in shown or "dataset:rows" in str(found)


def test_a_business_glossary_is_a_tree_of_terms(site: Rendered) -> None:
    found = relations(site)
    assert "term:sensitive is narrower than term:classification" in found
    assert "term:deep is narrower than term:inner" in found
    assert "term:inner is narrower than term:classification" in found
    assert "term:sensitive is a kind of term:private" in found
    assert "term:sensitive is owned by team:risk" in found
    assert "term:private is owned by person:ann-lee" in found
    shown = _text(site.html("term:sensitive"))
    for text in ("Not for everyone.", "custom-x", "EXTERNAL-x", "ref-x", "src-x", "domain-x", "Elsewhere.PII"):
        assert text in shown
    assert "https://example.com/secrets" in site.html("term:classification")
    assert "Wiki of secrets" in site.html("term:classification")


def test_a_kubernetes_term(site: Rendered) -> None:
    shown = _text(site.html("term:pod"))
    for text in ("pod-full", "containers-x", "podlet-x", "tag-x", "other-x", "2026-01-01"):
        assert text in shown


CARD_AT_TOP = "---\nlicense: mit\n{}---\n{}"


@pytest.mark.parametrize(
    ("path", "card", "name", "title"),
    [
        ("nlp/triage/MODEL_CARD.md", CARD_AT_TOP.format("", "# Ticket triage\n"), "triage", "Ticket triage"),
        ("nlp/triage/model-card.md", CARD_AT_TOP.format("", "# Ticket triage\n"), "triage", "Ticket triage"),
        ("docs/MODEL_CARD.md", CARD_AT_TOP.format("", "# Ticket triage\n"), "ticket-triage", "Ticket triage"),
        ("README.md", CARD_AT_TOP.format("", "# Model card for Churn 2\n"), "churn-2", "Churn 2"),
        ("README.md", CARD_AT_TOP.format("model-index: [{name: churn-v3}]\n", "# Churn\n"), "churn-v3", "Churn"),
        ("README.md", CARD_AT_TOP.format("model-index: [{name: churn-v3}]\n", "# Usage\n"), "churn-v3", "churn-v3"),
        ("README.md", CARD_AT_TOP.format("model-index: [{name: v3}]\n", "# A\n\n# B\n"), "v3", "v3"),
        ("README.md", CARD_AT_TOP.format("model-index: [{name: v3}]\nmodel_name: Good\n", "# A\n"), "v3", "Good"),
        ("README.md", CARD_AT_TOP.format("", "No heading.\n"), "readme", "Readme"),
        ("README.md", CARD_AT_TOP.format("", "# Model Card: Churn 2\n"), "churn-2", "Churn 2"),
        ("README.md", CARD_AT_TOP.format("", "# Churn 2 – Model Card\n"), "churn-2", "Churn 2"),
        ("README.md", CARD_AT_TOP.format("", "# [Card](a.md) | [Terms](b.md)\n\n# Churn 2\n"), "churn-2", "Churn 2"),
        ("README.md", CARD_AT_TOP.format("", "# [Churn 2](https://example.org)\n"), "churn-2", "Churn 2"),
        (
            "README.md",
            CARD_AT_TOP.format("", "<div>\n<h1><img/></h1>\n<h1>Churn <b>2</b></h1>\n</div>\n"),
            "churn-2",
            "Churn 2",
        ),
        ("README.md", CARD_AT_TOP.format("", "# Churn 2\n\n<h1>Notes</h1>\n"), "churn-2", "Churn 2"),
        ("nlp/triage/README.md", CARD_AT_TOP.format("", "# Model Card for Model ID\n"), "triage", "Triage"),
        ("nlp/triage/README.md", CARD_AT_TOP.format("", "# Model Trained Using AutoTrain\n"), "triage", "Triage"),
        ("nlp/triage/README.md", CARD_AT_TOP.format("", "# 1. Overview\n"), "triage", "Triage"),
        ("docs/MODEL_CARD.md", CARD_AT_TOP.format("", "# **Model Card**\n"), "model_card", "Model card"),
        ("model_cards/bert-base-README.md", CARD_AT_TOP.format("", "Text.\n"), "bert-base", "Bert base"),
        ("model_cards/AUDIO_MODEL_CARD.md", CARD_AT_TOP.format("", "# Model Card\n"), "audio", "Audio"),
    ],
)
def test_what_a_card_is_called(render: Callable[..., Rendered], path: str, card: str, name: str, title: str) -> None:
    """How the glob that claims it is spelled makes no difference, nor how the folder of a clone is called."""
    for glob in (path, f"{path.rpartition('/')[0].replace('triage', '*')}/{path.rpartition('/')[2]}".lstrip("/")):
        found = render({"handoff.yml": f'records:\n  model: "{glob}"\n', path: card}).project
        assert [(str(one.identity), one.title) for one in found.catalog.records.values()] == [(f"model:{name}", title)]


def test_what_a_backstage_file_says_of_life_is_imported(site: Rendered) -> None:
    scorer = next(one for one in site.project.catalog.records.values() if str(one.identity) == "model:scorer")
    assert scorer.get("lifecycle") == "draft"
    assert scorer.origins["lifecycle",].source == "Backstage spec.lifecycle (experimental)"
    shown = site.html("model:scorer")
    others = _text(shown[shown.index("Other fields") :])
    assert "machine-learning-model" not in others
    told = re.search(r'<th scope="row">Lifecycle</th><td>imported</td><td>([^<]*)</td>', shown)
    assert told, "it is among the values that were not written here"


def test_a_life_that_nothing_states_is_told_as_assumed(site: Rendered) -> None:
    shown = _text(site.html("model:churn"))
    assert "active (assumed)" in shown
    assert "nothing says it: it is taken to be active" in shown
    assert "assumed" not in _text(site.html("model:scorer"))
    assert "assumed" not in _text(site.html("person:ann-lee")), "nobody is asked for the lifecycle of a team"
