# ruff: noqa: E501 - tables, a row each
"""What a file is, told from its path and first bytes: every format, and its false friends."""

from __future__ import annotations

import time

import pytest

from mkdocs_handoff import resources
from mkdocs_handoff.adoption.detect import detect, promising
from mkdocs_handoff.adoption.heads import HEAD
from mkdocs_handoff.schema.kinds import load_kinds

CARD = "---\npipeline_tag: text-classification\nlicense: mit\n---\n# Churn\n"
NYGARD = "# 1. Use git\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nx\n\n## Decision\n\ny\n"
MADR = "# Use git\n\n## Context and Problem Statement\n\nx\n\n## Decision Outcome\n\ny\n"
TEAM = "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: risk\nspec:\n  type: team\n  children: []\n"
SERVICE = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\nspec:\n  type: service\n"
MODEL = SERVICE.replace("service", "machine-learning-model")
DATA = "apiVersion: backstage.io/v1alpha1\nkind: Resource\nmetadata:\n  name: t\nspec:\n  owner: a\n  type: dataset\n"

LONG = "".join(f"  - type: measure-{number}\n    value: 0.{number}\n" for number in range(1500))
CARD_OF = "# {}\n\nSmall.\n\n## {}\n\nA.\n\n## {}\n\nB.\n"
USES = ("Churn", "Model Details", "Intended Use")

KNOWN = [
    ("README.md", CARD, "model", "hugging-face"),
    ("README.md", CARD.replace("\n", "\r\n"), "model", "hugging-face"),
    ("README.md", "\ufeff" + CARD, "model", "hugging-face"),
    ("a/README.md", "---\nbase_model: x/y\n---\n", "model", "hugging-face"),
    ("a/README.md", "---\nmodel-index:\n- name: a\n---\n", "model", "hugging-face"),
    ("a/README.md", "---\nlibrary_name: spacy\n---\n", "model", "hugging-face"),
    ("a/README.md", "---\nlanguage: en\nlicense: mit\ndatasets:\n- imdb\n---\n", "model", "hugging-face"),
    ("a/README.md", "---\nlicense: mit\nlanguage: eo\nwidget:\n- text: a\n---\n", "model", "hugging-face"),
    ("a/README.md", "---\npretty_name: IMDB\n---\n", "dataset", "hugging-face"),
    ("a/README.md", "---\nannotations_creators: [found]\nlanguages: [en]\n---\n", "dataset", "hugging-face"),
    ("a/README.md", "---\nconfigs:\n- config_name: a\n---\n", "dataset", "hugging-face"),
    ("a/README.md", "---\ndataset_info:\n  features: []\n---\n", "dataset", "hugging-face"),
    ("a/README.md", "---\nsize_categories: [n<1K]\ntask_categories: [other]\n---\n", "dataset", "hugging-face"),
    ("docs/decisions/0001-use-git.md", "---\nstatus: accepted\ndecision-makers: Ann\n---\n" + MADR, "decision", "madr-4"),
    ("docs/decisions/0001-use-git.md", "---\nstatus: accepted\ndeciders: Ann\n---\n" + MADR, "decision", "madr-3"),
    ("docs/decisions/0001-use-git.md", MADR.replace("\n\n##", "\n\n* Status: accepted\n\n##", 1), "decision", "madr-2"),
    ("docs/decisions/0001-use-git.md", MADR.partition("\n")[2], "decision", "madr-4"),
    ("doc/adr/0001-use-git.md", NYGARD, "decision", "nygard"),
    ("notes/0001.md", NYGARD, "decision", "nygard"),
    ("anywhere/use-git.md", MADR, "decision", "madr-4"),
    ("docs/adr/0007-x.md", "# X\n\n## Decision\n\nWe use it.\n", "decision", "nygard"),
    ("docs/adr/0007-x.md", "---\nstatus: proposed\n---\n# X\n\nWe use it.\n", "decision", "madr-4"),
    ("content/glossary/pod.md", "---\nid: pod\nshort_description: >\n  x\naka: []\n---\n", "term", "kubernetes-glossary"),
    ("glossary/api.md", "---\ntitle: A\nstatus: Completed\ncategory: Concept\n---\n", "term", "cncf-glossary"),
    ("business_glossary.yml", "version: 1\nsource: DataHub\nnodes:\n- name: A\n", "term", "datahub-glossary"),
    ("glossary.yaml", "version: 1\nterms:\n- name: A\n", "term", "listed-glossary"),
    ("a/glossary.yml", "version: 1\nsource: Us\nterms:\n- name: A\n", "term", "datahub-glossary"),
    ("a/glossary.yml", "glossary:\n- {term: A, definition: B.}\n", "term", "listed-glossary"),
    ("a/glossary.yml", "glossary:\n" + "".join(f"  - term: A{n}\n    definition: {'x' * 90}\n" for n in range(400)), "term", "listed-glossary"),
    ("a/glossary.yml", "- A: Where lorries stand.\n- B: When.\n", "term", "keyed-glossary"),
    ("a/glossary.yml", "A: Where all lorries stand.\nB: The time at a dock.\n", "term", "keyed-glossary"),
    ("Architecture Decision Records/0001-x.md", "# X\n\n- Status: accepted\n- Date: 2026-01-02\n\nWe use it.\n", "decision", "madr-2"),
    ("a/decision_log/0001-x.md", "---\nstatus: accepted\n---\n# X\n\nWe use it.\n", "decision", "madr-4"),
    ("data/glossary.yml", "auc:\n  title: AUC\n  definition: Area.\n", "term", "keyed-glossary"),
    ("data/glossary.yml", "auc:\n  definition: Area.\n" * 1 + "".join(f"t{n}:\n  definition: {'x' * 90}\n" for n in range(400)), "term", "keyed-glossary"),
    ("en/pod.md", '---\ntitle: Pod\nstatus: Completed\ncategory: Concept\ntags: ["fundamental", ""]\n---\n', "term", "cncf-glossary"),
    ("hub/a/README.md", "---\npipeline_tag: x\ntask_categories: [y]\ntask_ids: [z]\ndatasets: [d]\n---\n", "model", "hugging-face"),
    ("doc/architecture/decisions/uno.md", "# Uno\n\n## Estado\n\nAceptada\n\n## Decisión\n\nSí.\n", "decision", "nygard"),
    ("doc/adr/0002-deux.md", "# Deux\n\n## Statut\n\nAcceptée\n\n## Contexte\n\nx\n", "decision", "nygard"),
    ("catalog-info.yaml", TEAM, "team", "backstage"),
    ("org.yaml", "---\n" + TEAM.replace("Group", "User"), "person", "backstage"),
    ("catalog-info.yaml", MODEL, "model", "backstage"),
    ("catalog-info.yaml", DATA, "dataset", "backstage"),
    ("catalog-info.yaml", DATA.replace("\n  name: t", " {name: t, title: '{{ t }}'}"), "dataset", "backstage"),
    ("catalog-info.yaml", "\n---\n".join((TEAM.replace("risk", "a-${{ values.name }}"), DATA)), "dataset", "backstage"),
    ("zoo/a/model.yml", "description: x\ntask_type: detection\nfiles: []\nframework: dldt\n", "model", "open-model-zoo"),
    ("a/.eval_results/mmlu.yaml", "- value: 1\n", "evaluation", "eval-results"),
    ("eval.yaml", "name: b\nevaluation_framework: inspect\ntasks: []\n", "", "eval-benchmark"),
    ("models/x/MLmodel", "flavors: {}\n", "", "mlflow"),
    ("dvc.lock", "", "", "dvc"),
    ("sub/dvc.yaml", "", "", "dvc"),
    ("data/raw.csv.dvc", "outs: []\n", "", "dvc"),
    ("CODEOWNERS", "* @a\n", "", "codeowners"),
    (".github/CODEOWNERS", "* @a\n", "", "codeowners"),
    ("e5/README.md", f"---\ntags: [a]\npipeline_tag: x\nmodel-index:\n- results:\n{LONG}---\n# E5\n", "model", "hugging-face"),
    ("e5/README.md", f"---\n# ours\n\npretty_name: É\ndataset_info:\n{LONG.replace('measure', 'ééé')}---\n", "dataset", "hugging-face"),
    ("e5/README.md", f"---\nlicense: mit\ntags:\n- a\n# ours\ndatasets: [\n a\n]\n'pipeline_tag': x\nog:title: E\nmodel-index:\n- results:\n{LONG}---\n# E5\n", "model", "hugging-face"),
    ("MODEL_CARD.md", CARD_OF.format("**Churn**", "**Model Details**", "**Intended Use**"), "model", "model-card"),
    ("MODEL_CARD.md", CARD_OF.format("1. Churn", "2. Model Details", "3a. Limitations and biases"), "model", "model-card"),
    ("MODEL_CARD.md", CARD_OF.format("Churn", "📋 Model Details", "🎯 Intended Use:"), "model", "model-card"),
    ("MODEL_CARD.md", "---\nlicense: mit\n---\n" + CARD_OF.format(*USES), "model", "model-card"),
    ("docs/model_card.md", "# Model Card: Churn\n\nText.\n", "model", "model-card"),
    ("docs/model_card.md", "---\ntitle: Model Card — Churn\nupdated: 2026-01-02\n---\nText.\n", "model", "model-card"),
    ("docs/model_card.md", "# A course\n\n## Model Card (Churn)\n\nText.\n", "model", "model-card"),
    ("docs/model-card.md", "# Churn model card\n", "model", "model-card"),
    ("MODEL_CARD.md", "# Ficha del modelo: Bajas\n\n## Uso previsto\n", "model", "model-card"),
    ("docs/MODEL_CARD.md", "# Model Card\n\n## Uso previsto\n\nVer bajas.\n", "model", "model-card"),
    ("model_cards/SMALL_MODEL_CARD.md", CARD_OF.format(*USES), "model", "model-card"),
    ("models/a/MODEL_CARD_VISION.md", CARD_OF.format(*USES), "model", "model-card"),
    ("docs/model_cards/churn.md", "# Model Card — Churn (ch. 2)\n\n## 1. Purpose\n", "model", "model-card"),
    ("docs/model-card.md", "# 2. 📋 Model Card\n\n## Limitations\n\nx\n", "model", "model-card"),
    ("docs/model-card.md", "# Model Card and Data Card: Churn\n\nText.\n", "model", "model-card"),
    ("docs/model-card.md", "# Model Card for Churn\n\nText.\n", "model", "model-card"),
    ("DATASET_CARD.md", "# Dataset card\n\nTickets.\n", "dataset", "data-card"),
    ("docs/data-card.md", "# Tickets data card\n\n## Composition\n\nTickets.\n", "dataset", "data-card"),
    ("DATASET_CARD.md", "# DATASET_CARD (tickets)\n", "dataset", "data-card"),
    ("docs/data_card.md", CARD_OF.format("Tickets", "Composition", "4. Known limitations"), "dataset", "data-card"),
    ("docs/data_card.md", CARD_OF.format("Data card", "Composition", "Columns"), "dataset", "data-card"),
    ("DATASHEET.md", CARD_OF.format("Datasheet: tickets", "1. Motivation", "2. Composition"), "dataset", "data-card"),
    ("docs/anything.md", "---\nkind: playbook\n---\n", "playbook", "own"),
    ("tests/data/anything.md", "---\nkind: playbook\n---\n", "playbook", "own"),
    ("anything.yaml", "kind: Feature  # ours\nname: a\n", "feature", "own"),
]  # fmt: skip

FALSE_FRIENDS = [
    ("README.md", "# My project\n\n## Status\n\nAlpha.\n"),
    ("README.md", ""),
    ("README.md", "---\n---\n# Empty front matter\n"),
    ("README.md", "---\ntitle: A page\ntags: [a]\n---\n# A page\n"),
    ("README.md", "---\n- pipeline_tag\n- a\n---\n# A list\n"),
    ("README.md", "# Cards\n\n```yaml\n---\npipeline_tag: x\n---\n```\n"),
    ("README.md", "---\ntitle: Demo\nemoji: x\nsdk: gradio\nmodels: [a]\ndatasets: [b]\nlicense: mit\n---\n"),
    ("README.md", "---\npipeline_tag: x\n# never ends\n"),
    ("a.md", "---\nconfigs:\n  theme: dark\n---\n# A blog post\n"),
    ("a.md", "text\n\n---\npipeline_tag: x\n---\n"),
    ("docs/decisions/2026-01-02-weekly.md", "# Weekly\n\n## Attendees\n\nAnn\n\n## Decisions\n\nWe go on.\n"),
    ("docs/decisions/0003-weekly.md", "# Weekly\n\nDate: 2026-01-02\n\n## Agenda\n\n## Status\n\n## Decision\n\nGo.\n"),
    ("docs/decisions/minutes.md", "# Notes\n\nWe met and talked.\n\n## Decision\n\nNone.\n"),
    ("docs/decisions/README.md", "# Decisions\n\n## Status\n\n## Decision\n"),
    ("docs/decisions/adr-template.md", MADR),
    ("docs/adr-howto.md", "# How to\n\n```md\n## Status\n\n## Decision\n```\n"),
    ("docs/status.md", "# Where we stand\n\n## Status\n\nGood.\n\n## Context\n\nAll.\n"),
    ("docs/page.md", "---\ntitle: A\nstatus: Completed\ncategory: Concept\n---\n"),
    ("catalog-info.yaml", SERVICE),
    ("skeleton/catalog-info.yaml", TEAM.replace("risk", "${{ values.name }}")),
    ("skeleton/catalog-info.yaml", MODEL.replace("\n  name: shop", " {labels: {}, name: '{{ name }}'}")),
    ("deploy.yaml", "apiVersion: v1\nkind: Model\nmetadata: {name: a}\n"),
    ("contract.yaml", "apiVersion: v3.2.0\nkind: DataContract\nid: a\n"),
    ("compose.yml", "version: 3\nservices: {}\n"),
    ("cluster.yml", "version: 1\nnodes:\n- name: a\n"),
    ("a/glossary.yml", "version: 1\nterms:\n- latin: Ave\n"),
    ("a/glossary.yml", "a: on\nb: off\n"),
    ("a/glossary.yml", "a: SUM(x * (1 - y))\nb: AVG(x)\n"),
    ("a/labels.yml", "A: Where all lorries stand.\nB: The time at a dock.\n"),
    ("a/labels.yml", "- A: Where all lorries stand.\n- B: The time at a dock.\n"),
    ("a.yml", ""),
    ("a.yml", "- kind: model\n"),
    ("README.md.handoff.yml", "kind: model\n"),
    ("docs/sub/CODEOWNERS", "* @a\n"),
    ("model.py", "kind: model\n"),
    ("README.md", f"---\n\nText: all of it.\n\n{'It goes on. ' * 3000}"),
    ("README.md", f"---\ntitle: All of it\n{'note: It goes on.' * 3000}\n"),
    ("README.md", f"---\n\nAs in:\n\npipeline_tag: x\n\n{'It goes on. ' * 3000}"),
    ("docs/notes.md", "---\nlicense: mit\ndatasets: [a]\n\nText\n\n" + "It goes on.\n\n" * 4000),
    ("a/model_readme_template.md", "---\nmodel_name: Churn\nlibrary_name: peft\n---\n# Churn\n"),
    (
        "a.md",
        "---\nmodel_name: {{ pretty_name }}\nbase_model: {{ base }}\nlibrary_name: peft\n---\n# {{ pretty_name }}\n",
    ),
    ("a.md", "---\npretty_name: {title} # [REQUIRED]\nsize_categories: {size}\n- {n}\n---\n"),
    ("a.md", '---\nlanguage:\n- {lang_0}\nlibrary_name: "{library_name}"  # Optional\n---\n'),
    ("tests/fixtures/cards/a.md", CARD),
    ("lib/templates/README.md", CARD),
    (
        "posts/a.md",
        "---\ntitle: What we learned\ndate: 2026-01-02\ndatasets: [imdb]\nlicense: cc-by-4.0\ntags: [a]\n---\n",
    ),
    ("MODEL_CARD.md", "---\nlayout: page\n---\n" + CARD_OF.format(*USES)),
    ("MODEL_CARD.md", "# Churn\n\n## Validation\n\nx\n\n## Metrics at each place\n"),
    ("MODEL_CARD.md", "# How to write a model card\n\nIn plain words.\n"),
    ("MODEL_CARD.md", "# Template for a model card\n\nIn plain words.\n"),
    ("MODEL_CARD.md", "# Model card for {{ name }}\n\nIn plain words.\n"),
    (
        "MODEL_CARD.md",
        "# Model Card\n\n## Model Details\n\n* Person or organization developing model\n* Model date\n* License\n\n## Intended Use\n",
    ),
    ("docs/model-card-guide.md", CARD_OF.format(*USES)),
    ("docs/models-cards.md", CARD_OF.format(*USES)),
    ("docs/supermodelcard.md", CARD_OF.format(*USES)),
    ("docs/model_cards/README.md", "# Model cards\n\n## Overview\n"),
    ("docs/model_cards/glossary.md", CARD_OF.format(*USES)),
    ("docs/components/data-card.md", "# Data card\n\n## Props\n\nx\n"),
    ("docs/how-to-write-a-model-card.md", "# Model card\n\n## Intended use\n\nSay it.\n\n## Limitations\n"),
    ("docs/model_cards/policy.md", "# Model card policy\n\nWe write one for each.\n"),
    ("docs/model_card.md", "# Model card policy\n\nWe write one for each.\n"),
    ("docs/parts/model-card.md", "# Model card\n\nFor a car in the shop.\n\n## Props\n\nx\n"),
    ("docs/parts/model-card.md", "# Car model card\n\nFor a car in the shop.\n\n## Props\n\nx\n"),
    ("phones/data-card.md", "# Huawei data card\n\nIt has a slot.\n"),
    ("docs/data_card.md", "# Data card\n\n## Dataset name\n\n- Source: <url>\n"),
    ("DATASHEET.md", CARD_OF.format("Datasheet: the board", "Limitations", "Maintenance")),
    ("binary.md", "\x00\x01\x02---\n"),
]


@pytest.mark.parametrize(("path", "text", "kind", "dialect"), KNOWN)
def test_what_a_file_is(path: str, text: str, kind: str, dialect: str) -> None:
    assert promising(path)
    found = detect(path, text[:HEAD])
    assert found is not None
    assert (found.kind, found.dialect) == (kind, dialect)
    assert found.kinds[:1] == ((kind,) if kind else ())


@pytest.mark.parametrize(("path", "text"), FALSE_FRIENDS)
def test_what_is_nothing_of_ours(path: str, text: str) -> None:
    assert detect(path, text[:HEAD]) is None


def test_a_catalog_file_tells_all_it_holds() -> None:
    people = "".join("---\n" + TEAM.replace("Group", "User").replace("risk", f"u{number}") for number in range(3))
    found = detect("org.yaml", TEAM + people + "---\n" + SERVICE + "---\n" + MODEL)
    assert found is not None
    assert found.kinds == ("team", "person", "person", "person", "model")


def test_a_record_of_ours_is_known_by_the_kind_that_it_names_whatever_kind_our_schemas_have() -> None:
    kinds, _ = load_kinds([(resources.folder("schemas"), "schemas")])
    for kind in kinds:
        for path, text in (("a.md", f"---\nkind: {kind}\n---\n# A\n"), ("a.yml", f"kind: {kind}\n")):
            found = detect(path, text)
            assert found is not None, (path, kind)
            assert (found.kind, found.dialect) == (kind, "own")


ONE = "# Queue\n\n### Status\n\nAccepted\n\n## Options\n\n### A\n\n### Status: works\n\n## Context\n\nx\n\n## Decision\n\ny\n"
APPENDED = "# Pick\n\n## Status\n\nAccepted\n\n## Decision\n\ny\n\n# Appendix\n\n## Status\n\nold\n"
SEVERAL = "# Decisions\n\n## Decision 1: A\n\n### Status: Accepted\n\n### Decision\n\nx\n\n## Decision 2: B\n\n### Status\n\nOld\n"
IN_TURN = "# ADR 1: A\n\n## Status\n\nAccepted\n\n## Decision\n\nx\n\n# ADR 2: B\n\n## Status\n\nRejected\n\n## Decision\n\ny\n"


@pytest.mark.parametrize(("text", "one"), [(ONE, True), (APPENDED, True), (SEVERAL, False), (IN_TURN, False)])
def test_a_page_of_several_decisions_is_none(text: str, *, one: bool) -> None:
    assert (detect("docs/adr/queue.md", text) is not None) is one


@pytest.mark.parametrize("path", ["a.py", "a.json", "LICENSE", "x.md.handoff.yml", "img/model.png"])
def test_what_need_not_be_opened(path: str) -> None:
    assert not promising(path)


def test_any_text_is_read_in_little_time() -> None:
    start = time.process_time()
    for text in (
        "---\n" * 9000,
        "`" * HEAD,
        "# a\n" * 9000,
        "spec:\n" + " \n" * 16000,
        "- " * 16000,
        "---\n" + "a:\n" * 9000,
        "---\n" + "#\n" * 16_000,
        "---\n" + "\n" * 32_000,
        "# " + "a model card " * 2500 + "\n",
        "# " + "1." * 16_000,
        "# model card" + "!" * 32_000 + "x\n",
        "---\na: b\n" + "x:" * 16_000 + "\n",
    ):
        for path in ("MODEL_CARD.md", "docs/adr/0001-a.md", "org.yaml"):
            detect(path, text)
            detect(path, "apiVersion: backstage.io/v1\nkind: Group\n" + text)
    assert time.process_time() - start < 10
