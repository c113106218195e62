"""How often prose against facts is right: on sentences labelled by hand, and on files that others wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_handoff.project import load
from mkdocs_handoff.settings import find_settings
from tests.projects import real_files
from tests.statements.labelled import DAY, PARTS, corpus, lint, outcome, pretended

ALL = tuple(name for part in PARTS for name in part)
DOCS = Path(__file__).parents[2] / "docs" / "prose-facts.md"


@pytest.mark.parametrize(
    ("names", "recall"),
    list(zip(PARTS, (0.99, 0.8, 0.9, 0.9), strict=True)),
    ids=["first", "later", "last", "more"],
)
def test_what_is_to_be_let_alone_is_not_told_and_most_of_the_rest_is(
    names: tuple[str, ...], recall: float, tmp_path: Path
) -> None:
    found = outcome(sentences := corpus(*names), lint(tmp_path, sentences))
    print(f"{names}: precision {found.precision:.3f}, recall {found.recall:.3f}")
    assert found.wrong == ()
    assert found.recall >= recall, found.missed
    assert min(found.to_be_told, found.to_be_let_alone) > 25


def test_the_documented_figures_are_those_that_are_measured(tmp_path: Path) -> None:
    sentences = corpus(*ALL)
    found = outcome(sentences, lint(tmp_path, sentences))
    right = found.to_be_told - len(found.missed)
    text = " ".join(DOCS.read_text(encoding="utf-8").split())
    assert f"Of {found.to_be_let_alone} that are to be let alone, {len(found.wrong) or 'none'} is told;" in text
    assert f"; of {found.to_be_told} that are to be told, {right} are" in text


def test_the_labels_are_on_sentences_that_name_what_the_rules_look_for(tmp_path: Path) -> None:
    # Each kind of reason to let a sentence alone is there often enough to matter.
    reasons = [one.why for one in corpus(*(alone for _, alone in PARTS))]
    assert min(reasons.count(why) for why in reasons) >= 5
    assert len({one.text for one in corpus(*ALL)}) > 500


@pytest.mark.skipif(real_files() is None, reason="files that others wrote are not here")
def test_files_that_others_wrote_hold_no_false_alarm_whatever_is_recorded_of_them(tmp_path: Path) -> None:
    folder = real_files()
    assert folder is not None
    control = tmp_path / "control.md"  # what is told where there is something to tell
    control.write_text("Accuracy: 0.8\n\nIt is retrained weekly.\n\nThe decision threshold is 0.7.\n", encoding="utf-8")
    paths = [control, *sorted(folder.rglob("*.md"))]
    project = load(find_settings(pretended(paths, tmp_path / "project")), day=DAY)
    assert len(paths) > 100
    told = [f"{one.place.path} {one.rule}" for one in project.findings if one.rule.startswith("prose/")]
    assert told == [f"models/m1.md prose/{rule}" for rule in ("metric", "cadence", "threshold")]
