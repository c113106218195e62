"""Cards of models and data as people write them: what a template left, how they are called, what describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.history.repositories import Repository
from tests.projects import lint, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.records.record import Record

LEFT_OF_A_MODEL = """\
---
library_name: transformers
---
# Model Card for Model ID

<!-- Say in a line what it does. -->

## Model Details

<!-- Say more. -->

This is the model card of a 🤗 transformers model that has been pushed on the Hub. This model card has been automatically generated.

- **Developed by:** [More Information Needed]

## Uses

<!-- Say how it is meant to be used. -->

### Direct Use

<!-- Without another training. -->

[More Information Needed]

### Out-of-Scope Use

<!-- Say what it must not be used for. -->

[More Information Needed]

## Bias, Risks, and Limitations

<!-- Say where it fails. -->

[More Information Needed]

### Recommendations

<!-- Say what to do about it. -->

Users (both direct and downstream) should be made aware of the risks, biases and limitations of the model. More information needed for further recommendations.
"""  # noqa: E501 - the hub's own sentences, each on one line
LEFT_OF_DATA = """\
---
license: mit
---
# Dataset Card for Dataset Name

## Uses

<!-- Say what it is good for. -->

[More Information Needed]

## Bias, Risks, and Limitations

<!-- Say who is missing. -->

### Recommendations

Users should be made aware of the risks, biases and limitations of the dataset. More information needed for further recommendations.

## Personal and Sensitive Information

<!-- Say whom it speaks of. -->
"""  # noqa: E501 - the same


def card(root: Path, text: str, path: str = "models/m/README.md", **files: str) -> Record:
    """Return the one record of a project with one card."""
    (record,) = lint(write_files(root, {path: text, **files})).catalog.records.values()
    return record


def test_a_template_that_nobody_filled_in_says_nothing_of_a_model(tmp_path: Path) -> None:
    project = lint(write_files(tmp_path, {"models/m/README.md": LEFT_OF_A_MODEL}))
    (record,) = project.catalog.records.values()
    assert {"intended_use", "limitations", "description"} & record.fields.keys() == set()
    assert record.title == "M"
    told = [one.message for one in project.findings if one.rule == "section/placeholder"]
    named = "Model Details, Direct Use, Out-of-Scope Use, Bias, Risks, and Limitations, Recommendations"
    assert told == [f"5 sections still hold a template's text: {named}"]


def test_a_template_that_nobody_filled_in_says_nothing_of_data(tmp_path: Path) -> None:
    record = card(tmp_path, LEFT_OF_DATA, "datasets/d/README.md")
    assert {"use_cases", "biases", "personal_sensitive_information"} & record.fields.keys() == set()
    assert record.title == "D"


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://host.example/acme/Vedika-4.1-flash.git", "Vedika-4.1-flash"),
        ("git@host.example:acme/Vedika-4.1-flash", "Vedika-4.1-flash"),
        ("git@host.example:Vedika-4.1-flash/", "Vedika-4.1-flash"),
        ("C:\\my repos\\Vedika-4.1-flash", "Vedika-4.1-flash"),
        ("https://ann:secret@host.example/Vedika-4.1-flash.git?token=secret", "Vedika-4.1-flash"),
        ("/srv/Vedika-4.1-flash/.git", "Vedika-4.1-flash"),
        ("https://ann:secret@host.example", "Readme"),
        ("", "Readme"),
    ],
)
def test_a_card_without_a_heading_is_called_as_its_repository(tmp_path: Path, address: str, title: str) -> None:
    made = Repository(tmp_path / "clone")
    made.root.mkdir()
    made.git("init", "-q", "-b", "main")
    if address:
        made.git("remote", "add", "upstream", "https://host.example/other.git")
        made.git("remote", "add", "origin", address)
    text = "---\npipeline_tag: any-to-any\n---\n\n<div><img src='x.png'></div>\n\nText.\n\n## Overview\n\nText.\n"
    made.commit({"handoff.yml": "records:\n  model: README.md\n", "README.md": text})
    made.git("worktree", "add", "-q", str(tmp_path / "beside"))
    for root in (made.root, tmp_path / "beside"):
        (record,) = lint(root).catalog.records.values()
        assert (record.identity.name, record.title) == (title.lower(), title)
        wanted = "the file's name" if title == "Readme" else "the repository's name"
        assert record.origins["id",].source == wanted


def test_a_card_in_a_folder_of_a_repository_is_called_as_that(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    inner = write_files(tmp_path / "Nlp", {"handoff.yml": "records:\n  model: README.md\n", "README.md": "Text.\n"})
    (record,) = lint(inner).catalog.records.values()
    assert (record.identity.name, record.title) == ("nlp", "Nlp")


def test_base_models_in_one_text_are_several(tmp_path: Path) -> None:
    project = lint(
        write_files(
            tmp_path, {"models/m/README.md": "---\nbase_model: acme/a-7b, acme/b_1.5\nlicense: mit\n---\n# M\n"}
        )
    )
    addresses = sorted(one.url for one in project.catalog.targets.values() if hasattr(one, "url"))
    assert addresses == ["https://huggingface.co/acme/a-7b", "https://huggingface.co/acme/b_1.5"]
    assert project.findings == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It says who leaves.\n\n## Overview\n\nMore.\n", "It says who leaves."),
        ("Last updated: May 2020\n\n## Model Details\n\nIt says who leaves.\n", "It says who leaves."),
        ("*Last updated: May 2020*\n\nIt says who leaves.\n", "It says who leaves."),
        ("Following Lee et al., this is told.\n\n## Uses\n\nCalls.\n\n## 1. Overview\n\nIt leaves.\n", "It leaves."),
        ("Following a complaint it says who leaves.\n", "Following a complaint it says who leaves."),
        ("[🏠 Home](a) [📖 Paper](b) | https://x.example\n\nIt says who leaves.\n", "It says who leaves."),
        ("[🏠 Home] [📖 Paper]\n\nIt says who leaves.\n", "It says who leaves."),
        ("Paper: <https://x.example> Code: [here](y)\n\nIt says who leaves.\n", "It says who leaves."),
        ("**Model type:** forest\n**Licence:** MIT\n\nIt says who leaves.\n", "It says who leaves."),
        ("Model name: Churn\nVersion: 1.0\n\nIt says who leaves.\n", "It says who leaves."),
        ("**Summary:** it says who leaves.\n", "**Summary:** it says who leaves."),
        ("Churn: it says who leaves.\n", "Churn: it says who leaves."),
        ("It says who leaves:\n\n- a\n\n## Uses\n\nCalls.\n", "It says who leaves:"),
        ("It says who leaves. So:\n\n- a\n\n## Overview\n\nMore of it.\n", "It says who leaves. So:"),
        ("It has:\n\n- a\n\n## Overview\n\nMore of it.\n", "More of it."),
        ("## Model Details\n\n### Model Date\n\nMay 2020\n\n### Type\n\nA forest of it.\n", "A forest of it."),
        ("## Usage\n\nYou can call it so:\n\n```\nx\n```\n", ""),
        ("## Uses\n\nCalls of customers.\n", "Calls of customers."),
        ("## Dataset Description\n\n- **Home:** x\n- **Size:** 3\n", ""),
        ("## Overview\n\n- says who leaves\n- and why\n", "- says who leaves\n- and why"),
        ("## Details\n\nLast updated: May\n\n## Training\n\nOn a cluster.\n", ""),
        ("[More Information Needed]\n\n## Overview\n\nIt says who leaves.\n", "It says who leaves."),
        ("Last updated each week, it says who leaves.\n\nMore.\n", "Last updated each week, it says who leaves."),
        ("For more information-rich answers ask it.\n\nMore.\n", "For more information-rich answers ask it."),
        ("Thanks to its size it fits a phone.\n\nMore.\n", "Thanks to its size it fits a phone."),
        ("Following the law, it forgets.\n\nMore.\n", "Following the law, it forgets."),
        ("Following GDPR, it forgets.\n\nMore.\n", "Following GDPR, it forgets."),
        ("Disclaimer-free it says who leaves.\n\nMore.\n", "Disclaimer-free it says who leaves."),
        ("Thanks to @ann.\n\nIt says who leaves.\n", "It says who leaves."),
        ("Thanks to Ann Lee for the data.\n\nIt says who leaves.\n", "It says who leaves."),
        ("Thanks to @ann. It says who leaves.\n", "Thanks to @ann. It says who leaves."),
        ("Thanks to @ann for it.\n", ""),
        ("Disclaimer: read this. It says who leaves.\n", "Disclaimer: read this. It says who leaves."),
        ("**Model:** Churn says which shops may leave.\n", "**Model:** Churn says which shops may leave."),
        ("**Developed by:** the people of the shops of Acme.\n", ""),
        (
            "Shops: who of them leaves.\nFarms: the same of farms.\n",
            "Shops: who of them leaves.\nFarms: the same of farms.",
        ),
        ("Following Lee et al. (2019). It says who leaves.\n", "Following Lee et al. (2019). It says who leaves."),
        ("Following Lee et al. in their report (2019).\n", ""),
        ("Last updated: 2 May 2020. It says who leaves.\n", "Last updated: 2 May 2020. It says who leaves."),
        ("Last updated on May 2, 2020\n", ""),
        ("**Model:** Churn\n", ""),
        ("**Model:** Churn\n\n## Uses\n\nCalls.\n", ""),
        ("", ""),
    ],
)
def test_what_describes_a_card(tmp_path: Path, text: str, told: str) -> None:
    assert card(tmp_path, f"---\nlicense: mit\n---\n# M\n\n{text}").description == told


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Model Card for Churn\n", "Churn"),
        ("# Model-Card-for-Churn\n", "Churn"),
        ("# Model-Card-Churn\n", "Churn"),
        ("# Churn: model card\n", "Churn"),
        ("# Text to data card\n", "Text to data card"),
        ("<h1>Model card</h1>\n\n# Churn\n", "Churn"),
        ("<h1>Table of contents</h1>\n\n# Churn\n", "Churn"),
        ("<h1>Model card</h1>\n\n# Uses\n\n# Churn\n", "M"),
        ("<h1>Churn</h1>\n\n# Leavers\n", "Churn"),
    ],
)
def test_what_a_heading_calls_a_card(tmp_path: Path, text: str, title: str) -> None:
    assert card(tmp_path, f"---\npipeline_tag: text-to-text\n---\n{text}\nIt says who leaves.\n").title == title


@pytest.mark.parametrize(
    ("path", "front", "heading"),
    [
        ("MODEL_CARD.md", 'title: "Model Card: Churn"\ntags: {team: shops}', "Model Card: Churn"),
        ("docs/model_card.md", 'title: "Model Card: Churn"\ntags: {team: shops}', "Overview"),
        ("models/churn/MODEL_CARD.md", "title: Churn\ntags: {team: shops}", "Model Card: Churn"),
    ],
)
def test_a_title_that_says_what_a_card_is_does_not_make_it_ours(
    tmp_path: Path, path: str, front: str, heading: str
) -> None:
    text = f"---\n{front}\n---\n# {heading}\n\nIt says who leaves.\n"
    project = lint(write_files(tmp_path, {"handoff.yml": f"records:\n  model: {path}\n", path: text}))
    (record,) = project.catalog.records.values()
    assert (str(record.identity), record.title) == ("model:churn", "Churn")
    told = [one.severity for one in project.findings if one.rule.startswith("field/") and "tags" in one.message]
    assert told == ["warning"]


def test_a_title_in_a_record_of_ours_stays_as_it_is_written(tmp_path: Path) -> None:
    record = card(tmp_path, "---\ntitle: Writer of model cards - model card\nowner: team:a\n---\nText.\n")
    assert record.title == "Writer of model cards - model card"


def test_a_comment_that_is_never_closed_describes_nothing(tmp_path: Path) -> None:
    text = "---\npipeline_tag: x\n---\n# B\n\n## Uses\n\n<!-- only\n\nUsed for tickets.\n"
    assert "<!--" not in str(card(tmp_path, text, "models/b/README.md").get("description") or "")
