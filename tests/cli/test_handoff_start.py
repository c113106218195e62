"""`mkdocs-handoff handoff start` from the outside."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_handoff.cli.main import main
from mkdocs_handoff.handoffs.draft import Draft, text_of
from mkdocs_handoff.records.documents import take_apart
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.handoffs.starting import RefusedError, name_of, place_of
from mkdocs_handoff.text import yaml
from tests.cli.handing import HANDOFF, TODAY, project, texts
from tests.projects import HERE, lint

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

FILE = "handoffs/churn-to-retention.md"


pytestmark = pytest.mark.usefixtures("only_ours")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def made(folder: Path, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        status = main(["handoff", "start", "--today", TODAY, "--yes", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return made


def test_everything_that_is_known_is_filled_in(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo").root
    status, out, err = run(root, "churn", "--to", "retention", "--by", "bob")
    assert (status, err) == (0, "")
    assert f"written: {FILE}" in out
    made = lint(root)
    assert [finding for finding in made.findings if finding.place.path == FILE] == []
    record = made.catalog.records[Identity("handoff", "churn-to-retention")]
    assert record.get("subjects") == ["model:churn", "dataset:visits"]
    assert (record.get("from"), record.get("to")) == ("team:risk", "team:retention")
    assert record.get("from_people") == ["person:ann"]
    assert record.get("to_people") == ["person:bob", "person:cho"]
    assert record.get("playbook") == "playbook:move"
    assert [(step["step"], step["status"]) for step in record.get("steps")] == [("read", "open"), ("2", "open")]
    assert record.get("dates") == {"requested": TODAY, "started": TODAY}
    assert record.get("access_transfer") == [{"system": "feature store", "role": "reader"}]
    (auc,) = record.get("acceptance_criteria")
    assert [str(auc[name]) for name in ("id", "operator", "target", "observed")] == ["roc_auc", ">=", "0.8", "0.81"]
    assert record.origins["acceptance_criteria", 0, "observed"].source == "reports/m.json#/auc"
    asked = record.get("questions")
    assert asked
    assert {tuple(one) for one in asked} == {("id", "question", "to")}  # nobody has asked them yet
    assert {one["to"] for one in asked} == {"team:risk"}
    assert "# Drafted from what the records lack; nobody has asked them yet." in texts(root)[FILE]
    assert record.get("accepted_gaps") is None


@pytest.mark.parametrize(
    ("metric", "operator", "words"),
    [
        ("higher_is_better: true, threshold: 0.8", ">=", "at least 0.8; more is better."),
        ("higher_is_better: false", "<=", "at most 0.81; less is better."),
        ("threshold: 0.8", ">=", "at least 0.8; that more is better is a guess"),
    ],
)
def test_a_drafted_metric_is_compared(tmp_path: Path, run: Run, metric: str, operator: str, words: str) -> None:
    test = f"title: T\nmodel: model:churn\nmetrics: [{{type: auc, value: {{from: reports/m.json#/auc}}, {metric}}}]\n"
    root = project(tmp_path / "repo", **{"evaluations/churn-test.yml": test}).root
    assert run(root, "churn", "--to", "retention")[0] == 0
    (auc,) = lint(root).catalog.records[Identity("handoff", "churn-to-retention")].get("acceptance_criteria")
    assert auc["operator"] == operator
    assert words in auc["statement"]
    text = texts(root)[FILE].replace("status: open", "status: pass", 1)
    assert "status: pass" in text
    (root / FILE).write_text(text, encoding="utf-8")
    assert lint(root).errors == ()
    (root / "reports/m.json").write_text('{"auc": 0.4}' if operator == ">=" else '{"auc": 0.99}', encoding="utf-8")
    assert [one.rule for one in lint(root).errors] == ["handoff/observed"]


def test_evaluations_and_playbooks_of_the_giver_go_along(tmp_path: Path, run: Run) -> None:
    both = "title: Both\nowner: team:risk\napplies_to: [model:churn, dataset:shared]\n"
    files = {
        "evaluations/ours.yml": "title: Ours\nmodel: model:churn\nowner: person:ann\n",
        "evaluations/theirs.yml": "title: Theirs\nmodel: model:churn\nowner: team:past\n",
        "playbooks/broken.yml": "title: Broken\ntype: incident\nowner: team:risk\napplies_to: model:churn\n",
        "playbooks/both.yml": both.replace("title", "type: incident\ntitle"),
        "playbooks/move.yml": "title: Move it\ntype: migration\nowner: team:risk\napplies_to: [model:churn]\n",
    }
    root = project(tmp_path / "repo", **files).root
    assert run(root, "churn", "--to", "retention")[0] == 0
    made = lint(root)
    assert made.errors == ()
    moved = made.catalog.records[Identity("handoff", "churn-to-retention")].get("subjects")
    assert moved == ["model:churn", "dataset:visits", "evaluation:ours", "playbook:broken"]
    text = texts(root)[FILE]
    assert "evaluation:theirs stays: it is owned by team:past" in text
    assert "playbook:both stays: it is also for dataset:shared" in text
    assert "playbook:move stays" not in text


def test_the_same_input_gives_the_same_bytes_and_dry_run_writes_nothing(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo").root
    before = texts(root)
    status, out, _ = run(root, "churn", "--to", "retention", "--dry-run")
    assert (status, texts(root)) == (0, before)
    assert run(root, "churn", "--to", "retention")[0] == 0
    assert out == f"{FILE} would hold:\n\n{texts(root)[FILE]}"


def test_the_sample_projects_models_can_be_handed_over(tmp_path: Path, run: Run) -> None:
    shutil.copytree(HERE.parent / "sample_project", tmp_path / "sample")
    shutil.rmtree(tmp_path / "sample" / "handoffs")
    before = len(lint(tmp_path / "sample").findings)
    models = sorted(path.stem for path in (tmp_path / "sample" / "models").glob("*.md"))
    for model in models:
        status, _, err = run(tmp_path / "sample", model, "--to", "field-services", "--from", "lab-models")
        assert (status, err) == (0, "")
    found = lint(tmp_path / "sample").findings
    assert [str(one.place) + one.message for one in found if one.place.path.startswith("handoffs/")] == []
    assert len(found) <= before + 10  # pages that spoke of the handoff that was taken away


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["nothing", "--to", "retention"], 2, "nothing"),
        (["churn", "--to", "nobody"], 2, "nobody"),
        (["churn", "--to", "person:bob"], 2, "is no team"),
        (["churn", "--to", "past"], 1, "Past is gone, or nobody is in it any more"),
        (["churn", "--to", "risk"], 1, "Risk owns it already"),
        (["churn", "--to", "retention", "--playbook", "x"], 2, "'playbook:x'"),
        (["churn", "--to", "retention", "--by", "x"], 2, "no person 'x"),
        (["churn", "--to", "retention", "--name", "!!"], 2, "is no name"),
        (["datasets/visits.md", "--to", "retention"], 2, "holds no model"),
    ],
)
def test_what_makes_no_handoff_is_told(tmp_path: Path, run: Run, arguments: list[str], status: int, told: str) -> None:
    root = project(tmp_path / "repo").root
    before = texts(root)
    got, _, err = run(root, *arguments)
    assert (got, texts(root)) == (status, before)
    assert told in err


def test_a_model_is_handed_over_once_at_a_time(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", handoff=HANDOFF).root
    status, _, err = run(root, "churn", "--to", "retention")
    assert status == 1
    assert "handoff:churn is in-review (handoffs/churn.md)" in err
    (root / "handoffs/churn.md").write_text(HANDOFF.replace("in-review", "cancelled"), encoding="utf-8")
    assert run(root, "churn", "--to", "retention")[0] == 0


def test_nothing_is_overwritten(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", **{FILE: "mine\n"}).root
    status, _, err = run(root, "churn", "--to", "retention")
    assert status == 1
    assert "is there already: say --name" in err
    assert texts(root)[FILE] == "mine\n"
    assert run(root, "churn", "--to", "retention", "--name", "Other one")[0] == 0
    assert "handoffs/other-one.md" in texts(root)


def test_several_owners_have_to_be_decided_between(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", **{"models/price.yml": "title: Price\nowner: team:past\n"}).root
    status, _, err = run(root, "churn", "price", "--to", "retention")
    assert status == 1
    assert "several teams own what is to move (team:risk, team:past): say who hands over with --from TEAM" in err
    assert run(root, "churn", "price", "--to", "retention", "--from", "risk")[0] == 0
    assert "handoffs/churn-price-to-retention.md" in texts(root)


def test_settings_say_where_handoffs_are(tmp_path: Path, run: Run) -> None:
    settings = "records:\n  - {kind: handoff, path: 'moves/*.yml'}\n"
    root = project(tmp_path / "repo").root
    (root / "handoff.yml").write_text(settings, encoding="utf-8")
    if lint(root).errors:
        (root / "handoff.yml").write_text("records:\n  handoff: ['moves/*.yml']\n", encoding="utf-8")
    assert lint(root).errors == ()
    assert run(root, "churn", "--to", "retention")[0] == 0
    assert Identity("handoff", "churn-to-retention") in lint(root).catalog.records
    assert "moves/churn-to-retention.yml" in texts(root)


def test_a_folder_that_leads_out_of_the_project_is_not_written_to(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo").root
    (tmp_path / "out").mkdir()
    (root / "handoffs").symlink_to(tmp_path / "out")
    status, _, err = run(root, "churn", "--to", "retention")
    assert status == 2
    assert "outside the project" in err
    assert list((tmp_path / "out").iterdir()) == []


def test_nobody_there_to_be_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project(tmp_path / "repo").root)
    assert main(["handoff", "start", "churn", "--to", "retention"]) == 2


@pytest.mark.parametrize(
    ("globs", "path"),
    [
        (["handoffs/*.md"], "handoffs/x.md"),
        (["moves/**/*.yml"], "moves/x.yml"),
        (["moves/*/handoff.md"], "moves/x/handoff.md"),
        (["one.md", "a/*.yaml"], "a/x.yaml"),
    ],
)
def test_the_first_glob_with_room_for_a_name_gives_the_place(globs: list[str], path: str) -> None:
    assert place_of("x", globs) == path


def test_no_room_for_a_name() -> None:
    with pytest.raises(RefusedError, match=r"one\.md"):
        place_of("x", ["one.md"])


def test_names_of_many_models_stay_short() -> None:
    models = [Identity("model", name) for name in "abcde"]
    taker = Identity("team", "t")
    assert name_of(models[:1], taker) == "a-to-t"
    assert name_of(models[:3], taker) == "a-b-c-to-t"
    assert name_of(models, taker) == "a-and-4-more-to-t"


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=30)
_NUMBERS = st.one_of(st.integers(-9999, 9999), st.floats(-1e6, 1e6, allow_nan=False)).map(
    lambda one: yaml.Plain(str(one))
)
_VALUES = st.recursive(
    st.one_of(_TEXTS, _NUMBERS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_TEXTS, inner, max_size=3)),
    max_leaves=6,
)
_NAMES = st.sampled_from(["title", "status", "subjects", "steps", "questions", "own"])


@given(
    st.dictionaries(_NAMES, _VALUES, min_size=1, max_size=5),
    st.dictionaries(_NAMES, st.lists(_TEXTS).map(tuple), max_size=3),
)
@settings(max_examples=150, deadline=None)
def test_what_is_drafted_is_read_again(fields: dict[str, object], hints: dict[str, tuple[str, ...]]) -> None:
    draft = Draft(fields, hints, "# Title")  # type: ignore[arg-type]
    about = {"title": "The name. # of it", "steps": "x\ny"}
    plain = yaml.read(text_of(draft, about, markdown=False))
    assert (plain.problems, plain.documents[0]) == ((), fields)
    (document,) = take_apart("x.md", text_of(draft, about, markdown=True)).documents
    assert (document.value, document.body is not None) == (fields, True)
