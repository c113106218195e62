"""`mkdocs-handoff new` from the outside."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.main import main
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.text import yaml
from tests.cli.handing import texts
from tests.history.repositories import Repository, repository
from tests.projects import HERE, lint, write_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

KINDS = (
    "model", "dataset", "feature", "pipeline", "evaluation", "decision", "term", "playbook", "handoff", "team",
    "person", "experiment",
)  # fmt: skip
SMALL: dict[str, str | bytes | None] = {
    "handoff.yml": "{}\n",
    "teams/risk.yml": "title: Risk\ngithub: acme/risk\nmembers: [person:ann]\n",
    "people/ann.yml": "title: Ann Lee\nemail: ann@example.org\n",
    "datasets/visits.yml": "title: Visits\n",
    "datasets/views.yml": "title: Views\n",
}


pytestmark = pytest.mark.usefixtures("only_ours")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def made(folder: Path, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        status = main(["new", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return made


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "sample"
    shutil.copytree(HERE.parent / "sample_project", folder)
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Repository:
    made = repository(tmp_path / "repo")
    made.commit(SMALL, "Begin")
    made.git("config", "user.name", "Ann Lee")
    made.git("config", "user.email", "ann@example.org")
    return made


def named(out: str) -> set[str]:
    """Return the places that the command says are still to be written, as `path:line`."""
    return set(re.findall(r"^  (\S+:\d+)  ", out, re.MULTILINE))


def found(root: Path, level: str) -> dict[str, list[str]]:
    """Return what lint finds, by place, as `path:line`."""
    told: dict[str, list[str]] = {}
    for finding in lint(root, level).findings:
        told.setdefault(f"{finding.place.path}:{finding.place.line}", []).append(finding.rule)
    return told


FORMS = (
    *((kind, "") for kind in KINDS), ("model", "yml"), ("feature", "md"), ("experiment", "md"), ("term", "yml"),
    ("team", "md"),
)  # fmt: skip


@pytest.fixture(scope="module")
def known(sample: Path) -> dict[str, set[str]]:
    return {level: set(found(sample, level)) for level in ("base", "handoff-ready")}


@pytest.mark.parametrize(("kind", "form"), FORMS)
def test_a_new_record_has_only_the_findings_that_were_named(
    kind: str, form: str, sample: Path, known: dict[str, set[str]], run: Run, tmp_path: Path
) -> None:
    root = tmp_path / "sample"
    shutil.copytree(sample, root)
    place = ["--dir", "glossary"] if (kind, form) == ("term", "yml") else []
    status, out, err = run(root, kind, "something-new", *(["--format", form] if form else []), *place)
    assert (status, err) == (0, "")
    (written,) = re.findall(r"^written: (\S+) ", out, re.MULTILINE)
    assert form == "" or written.endswith("." + form)
    for level, before in known.items():
        project = lint(root, level)
        assert any(one.kind == kind and one.name.endswith("something-new") for one in project.catalog.records)
        places = [f"{one.place.path}:{one.place.line}" for one in project.findings]
        new = [place for place in places if place not in before]
        assert set(new) <= named(out)
        assert len(new) == len(set(new))
        assert bool(new) == bool(named(out))
    lines = (root / written).read_text().splitlines()
    for number in (int(one.rpartition(":")[2]) for one in named(out)):
        assert "TODO" in lines[number - 1] or lines[number - 1].startswith("## ")


def test_what_is_filled_in_is_clean_at_the_level_that_was_asked_for(small: Repository, run: Run) -> None:
    fields = (
        "description=What it says: all.",
        "last_reviewed=2026-06-01",
        "value_type=INT32",
        "sources=[visits]",
        "transformation.description=Count them.",
        "null_policy='no'",
        "lifecycle=active",
    )
    status, out, _ = run(
        small.root,
        "feature",
        "Visits Per Day",
        *(word for one in fields for word in ("--set", one.replace(": all", " - all"))),
    )
    assert (status, named(out)) == (0, set())
    assert lint(small.root, "handoff-ready").about("features/visits-per-day.md") == ()
    record = lint(small.root).catalog.records[Identity("feature", "visits-per-day")]
    assert record.title == "Visits Per Day"
    assert record.get("owners") == ["team:risk"]
    assert record.get("null_policy") == "no"


@pytest.mark.parametrize(
    "value",
    ["no", "1.10", "a: b", "# x", "[x]", "{unknown: x}", "'", '"', "- x", "2026-01-01", "!x", "&x", "*x", "| x"],
)
def test_texts_read_back_as_they_were_given(value: str, small: Repository, run: Run) -> None:
    assert run(small.root, "model", "m", "--title", value, "--owner", "risk", "--format", "yml")[0] == 0
    text = (small.root / "models/m.yml").read_text()
    (document,) = yaml.read(text).documents
    assert document["title"] == value
    assert document["owners"] == "team:risk"


def test_values_keep_their_types(small: Repository, run: Run) -> None:
    given = [
        "--set",
        "range={min: 0, max: 9.5}",
        "--set",
        "online=true",
        "--set",
        'null_policy="007"',
        "--format",
        "yml",
    ]
    assert run(small.root, "feature", "f", *given)[0] == 0
    record = lint(small.root).catalog.records[Identity("feature", "f")]
    assert (record.get("online"), record.get("null_policy")) == (True, "007")
    text = (small.root / "features/f.yml").read_text()
    assert "range:\n  min: 0\n  max: 9.5\n" in text
    assert "online: true\n" in text
    assert 'null_policy: "007"\n' in text


def test_the_owner_is_the_files_code_owner_a_team_first(small: Repository, run: Run) -> None:
    small.commit({"CODEOWNERS": "* @nobody\n/models/ ann@example.org @acme/risk\n"}, "Own")
    _, out, _ = run(small.root, "model", "m")
    assert "owner: team:risk (CODEOWNERS, line 2)" in out
    _, out, _ = run(small.root, "dataset", "d")
    nobody = "CODEOWNERS, line 1 names @nobody, which no record has as its `github:` or `email:`"
    assert f"owner: team:risk (the team of person:ann, who is git's user; {nobody})\n" in out
    small.git("config", "user.name", "Some One")
    small.git("config", "user.email", "one@example.org")
    _, out, _ = run(small.root, "dataset", "e")
    assert f"no owner was found: {nobody}; git's user Some One is no person" in out
    assert "owners: TODO" in (small.root / "datasets/e.yml").read_text()


def test_a_person_of_no_team_or_of_several_owns_it_himself(small: Repository, run: Run) -> None:
    small.commit({"teams/late.yml": "title: Late\nmembers: [person:ann]\n"}, "Two teams")
    assert "owner: person:ann (git's user)\n" in run(small.root, "model", "m")[1]
    gone = "title: Late\nmembers: [{ref: person:ann, until: 2024-01-31}]\n"
    small.commit({"teams/late.yml": gone}, "One left")
    assert "owner: team:risk (the team of person:ann" in run(small.root, "model", "n")[1]


def test_a_team_that_codeowners_names_and_no_record_has_is_told(small: Repository, run: Run) -> None:
    small.commit({"CODEOWNERS": "* @acme/late ann@example.org\n"}, "Own")
    told = "owner: person:ann (CODEOWNERS, line 1; it names @acme/late, which no record has as its `github:`"
    assert told in run(small.root, "model", "m")[1]


def test_a_project_in_a_folder_of_a_repository_asks_the_repositorys_code_owners(tmp_path: Path, run: Run) -> None:
    made = repository(tmp_path / "repo")
    made.commit(
        {**{f"ml/{name}": text for name, text in SMALL.items()}, "CODEOWNERS": "/ml/models/ @acme/risk\n"}, "Begin"
    )
    assert "owner: team:risk (CODEOWNERS, line 1)" in run(made.root / "ml", "model", "m")[1]
    assert "ml/models/k.md:" in run(made.root, "model", "k", "-f", "ml/handoff.yml")[1]
    assert (made.root / "ml/models/k.md").is_file()


def test_records_that_can_be_referred_to_are_told(small: Repository, run: Run) -> None:
    _, out, _ = run(small.root, "feature", "f", "--dry-run")
    assert "# There are: views, visits\n" in out
    assert not (small.root / "features").exists()


def test_a_term_becomes_an_entry_of_the_glossary(tmp_path: Path, run: Run) -> None:
    glossary = "# ours\nterms:\n  - id: a # first\n    definition: The first.\n"
    root = write_files(tmp_path / "p", {"handoff.yml": "{}\n", "glossary.yml": glossary})
    status, out, _ = run(root, "term", "Second one")
    assert (status, "as an entry" in out) == (0, True)
    text = (root / "glossary.yml").read_text()
    assert text.startswith(glossary)
    assert Identity("term", "second-one") in lint(root).catalog.records
    assert {place for place in found(root, "handoff-ready") if place.startswith("glossary")} == named(out)
    status, _, err = run(root, "term", "second-one")
    assert (status, "is there already" in err) == (2, True)
    assert (root / "glossary.yml").read_text() == text


def test_line_ends_of_a_glossary_stay_and_what_is_no_text_is_left_alone(tmp_path: Path, run: Run) -> None:
    glossary = b"\xef\xbb\xbfterms:\r\n  - id: a\r\n    definition: The first.\r\n"
    root = write_files(tmp_path / "p", {"handoff.yml": "{}\n", "glossary.yml": glossary})
    assert run(root, "term", "second", "--set", "definition=The second.")[0] == 0
    data = (root / "glossary.yml").read_bytes()
    assert data.startswith(glossary)
    assert data.count(b"\n") == data.count(b"\r\n")
    assert lint(root).catalog.records[Identity("term", "second")].get("definition") == "The second."


def test_a_glossary_without_a_key_is_left_alone(tmp_path: Path, run: Run) -> None:
    glossary = "- id: a\n  definition: The first.\n"
    root = write_files(tmp_path / "p", {"handoff.yml": "{}\n", "glossary.yml": glossary})
    status, out, _ = run(root, "term", "second")
    assert (root / "glossary.yml").read_text() == glossary
    assert (status, "written: glossary/second.md" in out) == (0, True)


@pytest.mark.parametrize("glossary", ["terms:\n- a: b: [\n", ""])
def test_a_glossary_that_cannot_be_read_is_not_passed_over(glossary: str, tmp_path: Path, run: Run) -> None:
    root = write_files(tmp_path / "p", {"handoff.yml": "{}\n", "glossary.yml": glossary})
    status, _, err = run(root, "term", "second")
    assert (root / "glossary.yml").read_text() == glossary
    assert (status, "glossary.yml cannot be read" in err) == (2, True)
    assert not (root / "glossary").exists()
    assert "written: glossary/second.md" in run(root, "term", "second", "--dir", "glossary")[1]


def test_an_entry_of_a_glossary_has_the_name_and_the_title_that_are_asked_for(tmp_path: Path, run: Run) -> None:
    root = write_files(tmp_path / "p", {"handoff.yml": "{}\n", "glossary.yml": "terms:\n  - {id: a, definition: x}\n"})
    _, out, _ = run(root, "term", "b", "--set", "id=c", "--set", "definition=y", "--title", "2026-01-01")
    assert "(term:c, as an entry)" in out
    assert lint(root).catalog.records[Identity("term", "c")].title == "2026-01-01"
    assert 'title: "2026-01-01"' in (root / "glossary.yml").read_text()


@pytest.mark.parametrize("glossary", ["terms: []\n", "terms: # none yet\n", "owner: x\nterms:\n"])
def test_a_glossary_that_is_begun_gets_the_first_entry(glossary: str, tmp_path: Path, run: Run) -> None:
    root = write_files(tmp_path / "p", {"handoff.yml": "{}\n", "glossary.yml": glossary})
    assert not lint(root).catalog.records
    assert "written: glossary.yml (term:k, as an entry)" in run(root, "term", "k")[1]
    assert list(lint(root).catalog.records) == [Identity("term", "k")]
    assert not (root / "glossary").exists()


@pytest.mark.parametrize(
    ("glossary", "added"),
    [
        ("A: # ours\n  definition: x\n", "k:\n  title: K\n  lifecycle: draft\n  definition: what\n"),
        ("terms:\n  A: x # ours\n", "  k: {title: K, lifecycle: draft, definition: what}\n"),
    ],
)
def test_a_glossary_by_names_gets_another(glossary: str, added: str, tmp_path: Path, run: Run) -> None:
    root = write_files(tmp_path / "p", {"handoff.yml": "{}\n", "glossary.yml": glossary})
    assert "(term:k, as an entry)" in run(root, "term", "k", "--set", "definition=what")[1]
    assert (root / "glossary.yml").read_text() == glossary + added
    assert set(lint(root).catalog.records) == {Identity("term", "a"), Identity("term", "k")}
    assert "term:a is there already (glossary.yml)" in run(root, "term", "a")[2]


@pytest.mark.parametrize(
    ("glossary", "told"),
    [
        ("A: {definition: x}\n", "with it the file would not be read as entries any more, but as one term"),
        ("terms: {}\n", "'terms' is no list"),
    ],
)
def test_a_glossary_that_an_entry_would_break_is_left_alone(glossary: str, told: str, tmp_path: Path, run: Run) -> None:
    root = write_files(tmp_path / "p", {"handoff.yml": "{}\n", "glossary.yml": glossary})
    status, _, err = run(root, "term", "k", "--set", "definition={unknown: asked Ann}")
    assert (status, f"glossary.yml cannot be added to: {told}" in err) == (2, True)
    assert (root / "glossary.yml").read_text() == glossary


def test_the_last_document_of_a_glossary_gets_the_entry(tmp_path: Path, run: Run) -> None:
    glossary = "terms:\n  - {id: a, definition: x}\n---\nterms:\n  - {id: b, definition: x}\n"
    root = write_files(tmp_path / "p", {"handoff.yml": "{}\n", "glossary.yml": glossary})
    assert "(term:k, as an entry)" in run(root, "term", "k", "--set", "definition=y")[1]
    assert (root / "glossary.yml").read_text().startswith(glossary)


def test_where_only_one_file_is_read_it_is_named(tmp_path: Path, run: Run) -> None:
    glossary = "version: 1\nnodes:\n  - name: N\n    terms:\n      - {name: Secret, description: Hidden.}\n"
    files = {"handoff.yml": "records:\n  term: [business_glossary.yml]\n", "business_glossary.yml": glossary}
    status, _, err = run(write_files(tmp_path / "p", files), "term", "foo")
    assert (status, "Write it into business_glossary.yml by hand, as the others are" in err) == (2, True)


def test_decisions_are_numbered_where_the_others_are(tmp_path: Path, run: Run) -> None:
    root = write_files(tmp_path / "p", {"docs/adr/0009-x.md": "# X\n", "handoff.yml": "{}\n"})
    assert "written: docs/adr/0010-use-trees.md (decision:0010-use-trees)" in run(root, "decision", "use trees")[1]
    assert "# Use trees" in (root / "docs/adr/0010-use-trees.md").read_text()
    assert "written: decisions/plain.md" in run(root, "decision", "plain", "--dir", "decisions")[1]
    assert "decision:0010-use-trees is there already (docs" in run(root, "decision", "use-trees")[2]
    assert "the number 0009 is taken (docs/adr/0009-x.md)" in run(root, "decision", "0009-again")[2]
    assert "written: docs/adr/0042-far.md" in run(root, "decision", "0042-far")[1]
    assert "written: docs/adr/0043-next.md" in run(root, "decision", "next")[1]


def test_decisions_are_numbered_where_most_are_and_no_name_is_there_twice(tmp_path: Path, run: Run) -> None:
    names = ("0007-a", "0008-drop-it", "0009-c", "x-one", "y-two")
    files = {"handoff.yml": "{}\n", **{f"decisions/{name}.md": f"# {name}\n" for name in names}}
    root = write_files(tmp_path / "p", files)
    assert "decision:0008-drop-it is there already (decisions" in run(root, "decision", "drop-it")[2]
    assert "decision:x-one is there already (decisions" in run(root, "decision", "x-one")[2]
    assert "written: decisions/0010-another.md" in run(root, "decision", "another")[1]
    for name in ("0007-a", "0009-c", "0010-another"):
        (root / f"decisions/{name}.md").unlink()
    assert "decision:0008-drop-it is there already (decisions" in run(root, "decision", "drop it")[2]
    taken = "the number 0008 is taken (decisions/0008-drop-it.md); take another, or none"
    assert taken in run(root, "decision", "0008-z")[2]
    assert "written: decisions/another.md" in run(root, "decision", "another")[1]


def test_a_number_in_other_names_is_a_part_of_them(tmp_path: Path, run: Run) -> None:
    files = {"handoff.yml": "{}\n", "models/100-day-churn.yml": "title: X\n", "models/b.yml": "title: B\n"}
    assert "(model:day-churn)" in run(write_files(tmp_path / "p", files), "model", "day-churn")[1]


def test_decisions_in_the_projects_own_folder_are_numbered_too(tmp_path: Path, run: Run) -> None:
    root = write_files(tmp_path / "p", {"0009-x.md": "# X\n", "handoff.yml": "records:\n  decision: ['0*.md']\n"})
    assert "written: 0010-y.md" in run(root, "decision", "y", "--dir", ".")[1]


def test_the_settings_say_where_records_are(tmp_path: Path, run: Run) -> None:
    settings = "records:\n  model: [zoo/*/card.md]\n  dataset: data/only.yml\n"
    root = write_files(tmp_path / "p", {"handoff.yml": settings})
    assert "written: zoo/m/card.md (model:m)" in run(root, "model", "m")[1]
    assert Identity("model", "m") in lint(root).catalog.records
    status, _, err = run(root, "dataset", "d")
    assert (status, "would not be found; they are looked for in data/only.yml" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["modle", "x"], "did you mean 'model'?"),
        (["model", "!!"], "is no name"),
        (["model", "x", "--dir", "elsewhere"], "would not be found; they are looked for in models/*.md"),
        (["model", "x", "--dir", "../models"], "outside the project"),
        (["model", "x", "--dir", "/models"], "outside the project"),
        (["model", "x", "--owner", "nobody"], "nobody"),
        (["model", "x", "--owner", ""], "--owner is empty: write what is known, or leave the option away"),
        (["model", "x", "--title", " "], "--title is empty"),
        (["model", "x", "--dir="], "--dir is empty"),
        (["model", "x", "--title", "a", "--set", "title=b"], "`--set title=…` gives the title too"),
        (["model", "x", "--owner", "risk", "--set", "owners=ann"], "`--set owners=…` gives the owner too"),
        (["model", "x", "--owner", "risk", "--set", "owner=ann"], "`--set owner=…` gives the owner too"),
        (["model", "x", "--set", "id=a", "--set", "id=b"], "'id' has a value already"),
        (["model", "x", "--set", "reproduce.command=a", "--set", "reproduce=b"], "'reproduce' has a value already"),
        (["model", "x", "--set", "limitation=y"], "did you mean 'limitations'?"),
        (["model", "x", "--set", "limitations"], "write FIELD=VALUE"),
        (["model", "model:foo"], "'model:foo' is no name, as ':' stands in it; 'foo' would do"),
        (["model", "churn.md"], "'churn.md' is a file, and a name is asked for; 'churn' would do"),
        (["model", "churn@2"], "'churn' would do"),
        (["model", "models/churn.yaml"], "'churn' would do"),
        (["model", "../x"], "'x' would do"),
        (["model", ".md"], "is a file, and a name is asked for"),
        (["model", "x", "--set", "title=[a, b]"], "title is a list"),
        (["model", "x", "--set", "kind=dataset"], "this is a model; `mkdocs-handoff new dataset"),
        (["model", "x", "--set", "limitations="], "limitations is empty"),
        (["model", "x", "--set", "limitations=''"], "limitations is empty"),
        (["model", "x", "--set", "limitations={unknown: }"], "limitations.unknown is empty"),
        (["model", "x", "--set", "limitations.unknown=~"], "limitations.unknown is empty"),
        (["model", "x", "--set", "inputs=[{name: x, type: }]"], "inputs[0].type is empty"),
        (["model", "x", "--set", "a" * 1100 + "=1"], "is longer than YAML allows"),
        (["model", "x", "--set", "training_data=vists"], "'vists' in 'training_data' names no record"),
        (["dataset", "x", "--set", "id=visits"], "dataset:visits is there already (datasets/visits.yml)"),
        (["model", "x", "--set", "limitations={"], "no YAML that can be written"),
        (["model", "x", "--set", "versions=[{version: 1, stage: flying}]"], "versions[0].stage is 'flying'"),
        (["model", "x", "--set", "limitations={from: none.json}"], "none.json"),
        (["dataset", "visits"], "dataset:visits is there already (datasets/visits.yml)"),
        (["model", "model-template"], "would pass for a template"),
        (["decision", "x", "--format", "yml"], "as a .yml file would not be found"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    arguments: list[str], told: str, small: Repository, run: Run
) -> None:
    before = texts(small.root)
    status, out, err = run(small.root, *arguments)
    assert (status, out) == (2, "")
    assert told in err
    assert texts(small.root) == before


def test_what_is_lacking_within_a_field_is_a_placeholder_too(small: Repository, run: Run) -> None:
    given = ("--set", "intended_use.primary_uses=[a, b]", "--set", "versions=[{version: 1}, {version: 2}]")
    status, out, err = run(small.root, "model", "m", *given, "--format", "yml")
    assert (status, err) == (0, "")
    assert "  intended_use.out_of_scope_uses  What it must not be used for" in out
    assert "  versions[1].stage  Where the version stands" in out
    text = (small.root / "models/m.yml").read_text()
    assert "intended_use:\n  primary_uses: [a, b]\n  out_of_scope_uses: TODO\n" in text
    for level in ("base", "handoff-ready"):
        told = {place: rules for place, rules in found(small.root, level).items() if place.startswith("models/")}
        assert told.keys() == named(out)
        assert {len(rules) for rules in told.values()} == {1}
    assert run(small.root, "model", "n", *given[:2], "--level", "base", "--format", "yml")[0] == 0
    assert "TODO" not in (small.root / "models/n.yml").read_text()
    # What stands on a placeholder's line is looked at all the same.
    status, _, err = run(small.root, "model", "o", "--set", "versions=[{version: 1}, {version: 2, stage: flying}]")
    assert (status, "versions[1].stage is 'flying'" in err) == (2, True)
    status, _, err = run(small.root, "model", "o", "--set", "versions=[{version: 1, date: someday}]")
    assert (status, "versions[0].date" in err) == (2, True)


def test_a_gap_that_is_stated_gets_no_placeholder_within(small: Repository, run: Run) -> None:
    run(small.root, "model", "m", "--set", "intended_use={unknown: asked Ann}", "--format", "yml")
    assert "\nintended_use:\n  unknown: asked Ann\n" in (small.root / "models/m.yml").read_text()


def test_the_name_is_told_as_lint_reads_it(small: Repository, run: Run) -> None:
    assert "(model:other)" in run(small.root, "model", "m", "--set", "id=other", "--set", "kind=model")[1]
    assert Identity("model", "other") in lint(small.root).catalog.records
    assert "(model:far/n)" in run(small.root, "model", "n", "--set", "namespace=far")[1]
    _, out, _ = run(small.root, "model", "t", "--set", "title=Two", "--dry-run")
    assert "title: Two\n" in out
    assert "(model:use-trees-not-nets)" in run(small.root, "model", "Use trees, not nets?")[1]


def test_how_to_see_it_is_what_works_there(small: Repository, run: Run) -> None:
    assert run(small.root, "model", "a")[1].endswith("To see it: mkdocs-handoff preview\n")
    small.commit({"mkdocs.yml": "site_name: X\n", "sub/note.md": "", "docs.yml": "site_name: Y\n"}, "Site")
    assert run(small.root, "model", "b")[1].endswith("To see it: mkdocs serve\n")
    assert run(small.root / "sub", "model", "c")[1].endswith("To see it: mkdocs serve -f ../mkdocs.yml\n")
    assert run(small.root, "model", "d", "-f", "docs.yml")[1].endswith("To see it: mkdocs serve -f docs.yml\n")
    small.commit({"mkdocs.yml": None, "properdocs.yml": "site_name: X\n"}, "Other")
    assert run(small.root, "model", "e", "-f", "handoff.yml")[1].endswith("To see it: properdocs serve\n")


@pytest.mark.parametrize(
    ("settings", "told"),
    [("nmespace: x\n", "handoff.yml:1:1: settings/unknown"), ("extends: ./nope\n", "settings/extends")],
)
def test_settings_that_are_not_in_order_are_told_and_nothing_is_written(
    settings: str, told: str, small: Repository, run: Run
) -> None:
    small.commit({"handoff.yml": settings}, "Slip")
    status, out, err = run(small.root, "model", "foo")
    assert (status, out, told in err) == (2, "", True)
    assert not (small.root / "models").exists()


def test_nothing_is_written_over_or_outside(small: Repository, tmp_path: Path, run: Run) -> None:
    (small.root / "models").mkdir()
    (small.root / "models/x.md").symlink_to(tmp_path / "gone.md")
    status, _, err = run(small.root, "model", "x")
    assert (status, "there already" in err) == (2, True)
    outside = tmp_path / "outside"
    outside.mkdir()
    (small.root / "features").symlink_to(outside)
    status, _, err = run(small.root, "feature", "f")
    assert (status, "outside the project" in err) == (2, True)
    assert list(outside.iterdir()) == []
    (small.root / "pipelines").write_text("a file\n")
    status, _, err = run(small.root, "pipeline", "p")
    assert (status, "cannot be written" in err) == (2, True)


def test_the_base_level_asks_for_little(small: Repository, run: Run) -> None:
    _, out, _ = run(small.root, "model", "m", "--level", "base")
    assert named(out) == set()
    _, out, _ = run(small.root, "evaluation", "e", "--level", "base")
    assert [line.split()[1] for line in out.splitlines() if line.startswith("  evaluations/")] == ["model"]


def test_an_own_kind_needs_only_its_schema(small: Repository, run: Run) -> None:
    schema = (
        '{"title": "Note", "x-plural": "Notes", "x-globs": ["notes/*.md"], "type": "object", "required": ["about"],'
        '"x-sections": [{"title": "Why", "level": "handoff-ready", "description": "The reason."}],'
        '"x-handoff-ready": {"required": ["size"]}, "properties": {'
        '"about": {"type": "string", "description": "Which data.", "x-reference": {"to": ["dataset"]}},'
        '"size": {"type": "integer", "description": "How large: in rows.", "examples": [3]}}}'
    )
    small.commit({"schemas/note.schema.json": schema}, "Own")
    status, out, _ = run(small.root, "note", "first", "--title", "The first")
    assert status == 0
    assert (small.root / "notes/first.md").read_text() == (
        "---\ntitle: The first\n\n# Which data.\nabout: TODO\n# There are: views, visits\n\n"
        "# How large: in rows.\nsize: TODO\n# For example:\n#   size: 3\n---\n\n# The first\n\n## Why\n\nTODO\n"
    )
    told = {place: rules for place, rules in found(small.root, "handoff-ready").items() if place.startswith("notes/")}
    assert "notes/first.md:16  ## Why  The reason." in out
    assert told == {
        "notes/first.md:5": ["field/required"],
        "notes/first.md:9": ["field/required"],
        "notes/first.md:16": ["section/missing"],
    }
    assert told.keys() == named(out)
    told = {place: rules for place, rules in found(small.root, "base").items() if place.startswith("notes/")}
    assert told == {
        "notes/first.md:5": ["field/required"],
        "notes/first.md:9": ["field/placeholder"],
        "notes/first.md:16": ["section/placeholder"],
    }
