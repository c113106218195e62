"""Cards of models and data as they stand in repositories: long ones, plain ones, and two of one model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.adoption.found import lines
from mkdocs_handoff.adoption.globs import globs
from mkdocs_handoff.adoption.heads import HEAD
from mkdocs_handoff.adoption.look import look
from mkdocs_handoff.settings import find_settings
from tests.adoption.repositories import DATASET, MODEL
from tests.adoption.test_found import adopted, kinds_of, names
from tests.projects import write_files

if TYPE_CHECKING:
    from pathlib import Path

CARD = "# Llama\n\n## Model Details\n\nSmall.\n\n## Intended Use\n\nTriage.\n"
OTHER = "# Model Card: Lead scoring\n\n## Model Details\n\nSmall.\n\n## Intended Use\n\nSales.\n"
README = "The details of the release.\n"
SHEET = "# Datasheet\n\n## Motivation\n\nOurs.\n\n## Composition\n\nTickets.\n"


def excluded(root: Path) -> tuple[str, ...]:
    settings = find_settings(root).settings
    return globs(look(root), settings, kinds_of(settings)).exclude


def told(root: Path) -> tuple[str, ...]:
    settings = find_settings(root).settings
    return lines(look(root), kinds_of(settings), settings)


def read(root: Path) -> set[str]:
    """Return the files whose records are on pages once they are adopted, which all are without an error."""
    project = adopted(root)
    assert not project.errors
    return {record.source.path for record in project.catalog.records.values()}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("text", ["metric", "métrica"])
def test_a_card_with_front_matter_longer_than_a_head_is_found(tmp_path: Path, text: str, end: str) -> None:
    rows = "".join(f"    - {{type: {text}-{number}, value: 0.5}}\n" for number in range(1500))
    card = (
        f"---\npipeline_tag: sentence-similarity\nmodel-index:\n- name: E\n  results:\n  - metrics:\n{rows}---\n# E\n"
    )
    assert len(card) > HEAD
    write_files(tmp_path, {"e/README.md": card.replace("\n", end).encode()})
    assert "1 model (Hugging Face): e/README.md" in told(tmp_path)
    assert names(adopted(tmp_path)) == {"model:e"}


def test_cards_without_front_matter_are_read_and_their_sections_fill_fields(tmp_path: Path) -> None:
    card = "# **Ranker**\n\n## 1. 📋 Model Details\n\nSmall.\n\n## 2. 🎯 **Intended Use**\n\nTriage of tickets.\n"
    write_files(tmp_path, {"svc/MODEL_CARD.md": card, "data/tickets/DATASHEET.md": SHEET})
    project = adopted(tmp_path)
    assert names(project) == {"model:svc", "dataset:tickets"}
    assert "1 dataset (data card without front matter): data/tickets/DATASHEET.md" in told(tmp_path)
    model = project.catalog.of_kind("model")[0]
    assert model.get("intended_use") == {"primary_uses": ["Triage of tickets."]}


def test_several_cards_in_a_folder_are_several_models(tmp_path: Path) -> None:
    files = {f"model_cards/{name}_MODEL_CARD.md": CARD.replace("Llama", name) for name in ("AUDIO", "MUSIC")}
    more = {"models/llama/MODEL_CARD.md": CARD, "models/llama/MODEL_CARD_VISION.md": CARD.replace("# L", "# Vision L")}
    more |= {"models/llama-4/MODEL_CARD_VISION.md": CARD.replace("Llama", "Vision"), "bert/bert-tiny-README.md": MODEL}
    project = adopted(write_files(tmp_path, {**files, **more}))
    assert not project.errors
    ours = ("audio", "music", "llama", "llama-vision", "llama-4-vision", "bert-tiny")
    assert names(project) == {f"model:{name}" for name in ours}


def test_a_name_that_is_no_text_is_told_once(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "models/a/README.md": "---\nmodel_name: [a, b]\n---\n# A\n\nText.\n",
            "datasets/b/README.md": "---\npretty_name: {en: B}\n---\n# B\n\nText.\n",
        },
    )
    found = [finding.message for finding in adopted(tmp_path).findings if finding.rule == "field/type"]
    assert [message.partition(" ")[0] for message in found] == ["pretty_name", "model_name"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("models/_template/README.md", "---\ntitle: Name\npipeline_tag: text-classification\n---\n# Name\n"),
        ("models/templates/README.md", "# Name\n\nWhat it does.\n"),
        ("models/new/README.md", "---\nlibrary_name: {{ library }}\n---\n# {{ name }}\n"),
        ("models/new/README.md", "---\npipeline_tag: {task}\n---\n# Name\n"),
    ],
)
def test_a_template_in_a_usual_place_is_left_out(tmp_path: Path, path: str, text: str) -> None:
    write_files(tmp_path, {path: text, "models/ours/README.md": README})
    assert read(tmp_path) == {"models/ours/README.md"}
    assert excluded(tmp_path) == (path,)


# Two files of one model


def test_a_readme_in_a_usual_place_beside_a_card_is_left_out(tmp_path: Path) -> None:
    write_files(tmp_path, {"models/llama/README.md": README, "models/llama/MODEL_CARD.md": CARD})
    assert read(tmp_path) == {"models/llama/MODEL_CARD.md"}
    assert excluded(tmp_path) == ("models/llama/README.md",)
    assert "1 file of a model or dataset that another card describes (left out): models/llama/README.md" in told(
        tmp_path
    )
    assert not any("by their place" in line for line in told(tmp_path))


def test_a_readme_with_fields_of_ours_says_more_than_a_plain_card(tmp_path: Path) -> None:
    write_files(
        tmp_path, {"models/llama/README.md": f"---\nowner: ann\n---\n{README}", "models/llama/MODEL_CARD.md": CARD}
    )
    assert read(tmp_path) == {"models/llama/README.md"}


@pytest.mark.parametrize(
    ("files", "kept"),
    [
        ({"README.md": MODEL, "MODEL_CARD.md": CARD}, {"README.md"}),
        ({"README.md": MODEL, "docs/MODEL_CARD.md": CARD}, {"README.md"}),
        ({"MODEL_CARD.md": CARD, "docs/model_card.md": CARD}, {"MODEL_CARD.md"}),
        ({"README.md": DATASET, "MODEL_CARD.md": CARD}, {"README.md", "MODEL_CARD.md"}),
        ({"README.md": "# Ours\n", "docs/MODEL_CARD.md": CARD}, {"docs/MODEL_CARD.md"}),
        ({"MODEL_CARD.md": CARD, "svc/MODEL_CARD.md": CARD}, {"MODEL_CARD.md", "svc/MODEL_CARD.md"}),
        ({"a/README.md": MODEL, "a/LARGE_MODEL_CARD.md": CARD}, {"a/README.md", "a/LARGE_MODEL_CARD.md"}),
        ({"README.md": DATASET, "DATASHEET.md": SHEET}, {"README.md"}),
        ({"README.md": MODEL, "docs/MODEL_CARD.md": OTHER}, {"README.md", "docs/MODEL_CARD.md"}),
        ({"README.md": MODEL, "MODEL_CARD.md": OTHER}, {"README.md", "MODEL_CARD.md"}),
        ({"MODEL_CARD.md": OTHER, "docs/model_card.md": OTHER.replace("Lead", "Our lead")}, {"MODEL_CARD.md"}),
        ({"README.md": MODEL.replace("# Triage", ""), "MODEL_CARD.md": OTHER}, {"README.md"}),
        ({"a/README.md": MODEL, "a/MODEL_CARD.md": OTHER}, {"a/README.md"}),
    ],
)
def test_of_cards_of_one_model_one_is_read(tmp_path: Path, files: dict[str, str], kept: set[str]) -> None:
    assert read(write_files(tmp_path, files)) == kept


def test_a_card_that_the_settings_claim_is_the_one_that_is_read(tmp_path: Path) -> None:
    claimed = {"handoff.yml": "records: {model: [models/*/README.md]}\n"}
    write_files(tmp_path, {**claimed, "models/llama/README.md": README, "models/llama/MODEL_CARD.md": CARD})
    assert read(tmp_path) == {"models/llama/README.md"}
    write_files(tmp_path, {"handoff.yml": "exclude: [models/*/README.md]\n"})
    assert read(tmp_path) == {"models/llama/MODEL_CARD.md"}


def test_a_word_in_a_name_makes_no_template(tmp_path: Path) -> None:
    playbook = "# Change the templates\n\nOpen them.\n"
    files = {
        "models/template-matcher.md": MODEL,
        "ml/template_matching/README.md": MODEL,
        "models/braces.md": MODEL.replace("---\n", '---\npretty_name: "{curly} set"\n', 1),
        "ml/test/README.md": MODEL,
        "playbooks/change-email-templates.md": playbook,
    }
    write_files(tmp_path, {**files, "models/template-model-card.md": MODEL, "models/x_template.md": MODEL})
    assert read(tmp_path) == set(files)


def test_of_a_readme_and_a_card_in_a_usual_place_the_one_that_says_more_is_read(tmp_path: Path) -> None:
    thin, full = "# Model Card\n\n## Uses\n\nTriage.\n", "# Fraud\n\n## Uses\n\nTriage.\n\n## Limitations\n\nMany.\n"
    files = {"models/fraud/README.md": full, "models/fraud/MODEL_CARD.md": thin}
    write_files(tmp_path, {**files, "models/churn/README.md": thin, "models/churn/MODEL_CARD.md": full})
    assert read(tmp_path) == {"models/fraud/README.md", "models/churn/MODEL_CARD.md"}


def test_a_plain_card_in_a_folder_of_a_cards_name_is_left_out(tmp_path: Path) -> None:
    files = {
        "data/tickets/DATASHEET.md": SHEET,
        "datasets/tickets/README.md": DATASET,
        "data/others/DATASHEET.md": SHEET,
    }
    write_files(tmp_path, files)
    assert read(tmp_path) == set(files) - {"data/tickets/DATASHEET.md"}
    assert "1 file of a model or dataset that another card describes (left out): data/tickets/DATASHEET.md" in told(
        tmp_path
    )


def test_cards_without_a_name_are_called_as_the_projects_whose_docs_they_stand_in(tmp_path: Path) -> None:
    card = "# Model Card\n\n## Model Details\n\nx\n\n## Uses\n\ny\n"
    write_files(tmp_path, {f"{name}/docs/MODEL_CARD.md": card for name in ("risk", "pricing")})
    project = adopted(tmp_path)
    assert names(project) == {"model:risk", "model:pricing"}
    assert not project.errors
