"""`lint --changed`: what a branch touches, and what it breaks in files that it leaves as they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.main import main
from mkdocs_handoff.history.earlier import differing, earlier
from mkdocs_handoff.history.git import UnreadableError
from mkdocs_handoff.history.repository import repository as seen
from tests.history.repositories import ENVIRONMENT, Repository, repository

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

OLD = "title: Old\nlifecycle: actve\n"
FILES = {
    "handoff.yml": "{}\n",
    "datasets/sales.yml": "title: Sales\n",
    "datasets/visits.yml": "title: Visits\n",
    "models/old.yml": OLD,
    "models/churn.yml": "title: Churn\ntraining_data: sales\n",
    "models/fraud.md": "---\ntitle: Fraud\n---\n\n# Fraud\n\nOf [[sales]], [here](../datasets/sales.yml).\n",
}


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A project with an old error, and a branch `topic` on which nothing has happened yet."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "tmp").mkdir()
    made = repository(tmp_path / "repo")
    made.commit(dict(FILES))
    made.git("checkout", "-q", "-b", "topic")
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture(autouse=True)
def _nothing_stays(tmp_path: Path) -> Iterable[None]:
    yield
    assert list((tmp_path / "tmp").iterdir()) == [], "the folder of the earlier files is gone"


def places(capsys: pytest.CaptureFixture[str], *options: str, status: int) -> list[str]:
    assert main(["lint", "--format", "concise", *options]) == status
    return [" ".join(line.split()[:3]) for line in capsys.readouterr().out.splitlines()]


def test_old_findings_in_files_that_did_not_change_are_not_told(
    repo: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert places(capsys, "--changed", status=0) == []
    repo.commit({"models/new.yml": "title: New\nlifecycle: actve\n"})
    assert places(capsys, "--changed", "main", status=1) == ["models/new.yml:2:12: error field/choice"]
    assert len(places(capsys, status=1)) == 2


def test_old_findings_in_files_that_changed_are_told(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write({"models/old.yml": OLD + "version: 2\n"})
    assert places(capsys, "--changed", status=1) == ["models/old.yml:2:12: error field/choice"]


RETIRE = "datasets/sales.yml:1:1: warning record/deleted"
DELETED = [
    RETIRE,
    "models/churn.yml:2:16: error reference/deleted",
    "models/fraud.md:7:4: error reference/deleted",
    "models/fraud.md:7:15: error reference/deleted",
]


@pytest.mark.parametrize("how", ["committed", "staged", "not even staged"])
def test_a_deleted_record_is_told_to_all_who_refer_to_it(
    repo: Repository, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    if how == "committed":
        repo.commit({"datasets/sales.yml": None})
    elif how == "staged":
        repo.git("rm", "-q", "datasets/sales.yml")
    else:
        repo.write({"datasets/sales.yml": None})
    before = repo.git("status", "--porcelain")
    assert places(capsys, "--changed", status=1) == DELETED
    assert repo.git("status", "--porcelain") == before
    assert main(["lint", "--changed"]) == 1
    captured = capsys.readouterr()
    assert "'sales' names dataset:sales, which this change takes away (datasets/sales.yml is deleted)" in captured.out
    assert captured.out.endswith(
        "datasets/sales.yml: dataset:sales is gone\n"
        "  model:churn refers to it: models/churn.yml:2:16\n"
        "  model:fraud refers to it: models/fraud.md:7:4\n"
        "  model:fraud refers to it: models/fraud.md:7:15\n"
    )
    assert "'../datasets/sales.yml' leads to dataset:sales, which this change takes away" in captured.out
    assert "3 errors, 1 warning, 3 of them in files that did not change" in captured.err
    assert "1 file changed since " in captured.err


def test_an_active_record_that_nothing_refers_to_is_to_be_retired(
    repo: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit({"datasets/visits.yml": None})
    assert main(["lint", "--changed"]) == 0
    assert capsys.readouterr().out == (
        "datasets/visits.yml:1:1: warning record/deleted dataset:visits was active, and this change deletes it instead "
        "of retiring it\n"
        "  hint: Keep it with `lifecycle: retired`: who meets its name later finds what it was and what replaced it.\n"
        "\ndatasets/visits.yml: dataset:visits is gone\n  nothing refers to it\n"
    )


@pytest.mark.parametrize("lifecycle", ["draft", "retired"])
def test_a_record_that_was_not_in_use_may_go(
    repo: Repository, capsys: pytest.CaptureFixture[str], lifecycle: str
) -> None:
    repo.commit({"datasets/visits.yml": f"title: Visits\nlifecycle: {lifecycle}\n"})
    repo.git("checkout", "-q", "-B", "main")
    repo.git("checkout", "-q", "-b", "later")
    repo.commit({"datasets/visits.yml": None})
    assert places(capsys, "--changed", status=0) == []


def test_a_renamed_record_is_told_with_its_new_name(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repo.commit({"datasets/sales.yml": None, "datasets/orders.yml": "title: Sales\n"})
    assert main(["lint", "--changed"]) == 1
    out = capsys.readouterr().out
    assert "hint: If it is dataset:orders now, name that here, or add `aliases: [sales]` to datasets/orders.yml." in out
    assert "dataset:sales is gone; is it dataset:orders now?" in out


def test_a_record_that_keeps_its_old_name_breaks_nothing(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repo.commit({"models/fraud.md": "# Fraud\n\nOf [[sales]].\n"})
    repo.commit({"datasets/sales.yml": None, "datasets/orders.yml": "title: Sales\naliases: [sales]\n"})
    assert places(capsys, "--changed", status=0) == []


def test_a_record_that_moves_breaks_no_reference(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repo.commit({"datasets/sales.yml": None, "datasets/sales.md": "# Sales\n"})
    assert places(capsys, "--changed", status=0) == ["models/fraud.md:7:15: warning link/missing"]


CARDS = {
    "handoff.yml": "records:\n  model: services/*/README.md\n  dataset: data/*/README.md\n",
    "services/churn/README.md": "---\ndatasets: [acme/customers]\n---\n\n# Churn\n\n[The data](../../data/customers/README.md)\n",  # noqa: E501
    "data/customers/README.md": "---\npretty_name: Customers\n---\n\n# Customers\n",
}


@pytest.mark.parametrize("moved", [False, True])
def test_a_card_that_others_name_as_a_hub_does_is_asked_for_all_the_same(
    repo: Repository, capsys: pytest.CaptureFixture[str], moved: bool
) -> None:
    repo.commit({**dict.fromkeys(FILES), **CARDS})
    repo.git("checkout", "-q", "-B", "main")
    repo.git("checkout", "-q", "-b", "later")
    repo.git("mv", "data/customers", "data/clients") if moved else repo.git("rm", "-q", "-r", "data")
    assert main(["lint", "--changed", "main"]) == 1
    out = capsys.readouterr().out
    assert "services/churn/README.md:2:12: error reference/deleted 'acme/customers' names dataset:customers" in out
    assert "Without it this leads to https://huggingface.co/datasets/acme/customers." in out
    assert "README.md:7:1: error reference/deleted '../../data/customers/README.md' leads to dataset:customers" in out
    assert ("it is dataset:clients now, link to data/clients/README.md." in out) == moved
    assert "link/missing" not in out
    assert "nothing refers to it" not in out


def test_a_near_miss_gives_way_to_what_is_known(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repo.commit({"datasets/sales.yml": None, "datasets/sale.yml": "title: Sale\n", "models/fraud.md": "# F\n"})
    assert places(capsys, "--changed", status=1) == [RETIRE, "models/churn.yml:2:16: error reference/deleted"]


def test_who_newly_refers_to_what_the_change_deletes_is_told(
    repo: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit({"datasets/visits.yml": None, "models/new.yml": "title: New\ntraining_data: visits\n"})
    assert places(capsys, "--changed", status=1)[1:] == ["models/new.yml:2:16: error reference/deleted"]


def test_another_schema_tells_of_records_that_nobody_touched(
    repo: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    kind = {"title": "Run", "x-plural": "Runs", "x-globs": ["runs/*.yml"], "type": "object", "properties": {}}
    properties = {"cost": {"title": "Cost", "description": "What it took.", "type": "string"}}
    repo.commit({"schemas/run.schema.json": json.dumps({**kind, "properties": properties}), "runs/a.yml": "cost: 1\n"})
    repo.git("checkout", "-q", "-B", "main")
    repo.git("checkout", "-q", "-b", "stricter")
    assert places(capsys, "--changed", "main", status=0) == []
    stricter = {"properties": {**properties, "owner": properties["cost"]}, "required": ["owner"]}
    repo.commit({"schemas/run.schema.json": json.dumps({**kind, **stricter})})
    assert places(capsys, "--changed", "main", status=1) == ["runs/a.yml:1:1: error field/required"]


def test_other_settings_tell_of_records_that_nobody_touched(
    repo: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.write({"handoff.yml": "severity:\n  field/choice: warning\n"})
    assert places(capsys, "--changed", status=0) == ["models/old.yml:2:12: warning field/choice"]


@pytest.mark.parametrize("content", ["terms: maybe\n", "a: b: c\n"])
@pytest.mark.parametrize("touched", ["models/new.yml", "src/a.py"])
def test_wrong_settings_are_told_whatever_the_change_is(
    repo: Repository, capsys: pytest.CaptureFixture[str], content: str, touched: str
) -> None:
    repo.commit({"handoff.yml": content})
    repo.git("checkout", "-q", "-B", "main")
    repo.git("checkout", "-q", "-b", "later")
    repo.commit({touched: "title: New\n"})
    (told,) = places(capsys, "--changed", "main", status=1)
    assert told.startswith("handoff.yml:1:")


def test_records_that_are_left_out_by_new_settings_are_gone(
    repo: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit({"datasets/sales.yml": None, "datasets/sales.md": "# Sales\n", "models/fraud.md": "# F\n"})
    repo.git("checkout", "-q", "-B", "main")
    repo.git("checkout", "-q", "-b", "later")
    repo.write({"handoff.yml": "exclude: [datasets/sales.md]\n"})
    assert places(capsys, "--changed", status=1) == ["models/churn.yml:2:16: error reference/deleted"]
    assert main(["lint", "--changed"]) == 1
    out = capsys.readouterr().out
    assert "(no record is read from datasets/sales.md any more)" in out
    assert "hint: Let `records:` find it and `exclude:` spare it, or take the reference out of model:churn." in out


@pytest.mark.parametrize("options", [[], ["--no-baseline"]])
def test_a_record_that_is_staged_as_deleted_and_on_disk_is_gone(
    repo: Repository, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    repo.git("rm", "-q", "--cached", "datasets/sales.yml")
    assert places(capsys, "--changed", "HEAD", *options, status=1) == DELETED
    assert main(["lint", "--changed"]) == 1
    assert "takes away (datasets/sales.yml is on disk, and staged as deleted)" in capsys.readouterr().out
    repo.git("add", "datasets/sales.yml")
    assert places(capsys, "--changed", "HEAD", *options, status=0) == []


def test_a_broken_glob_of_code_that_the_change_deletes(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repo.commit({"models/churn.yml": "title: Churn\ncovers: [src/a.py, src/b/**]\n", "src/a.py": "", "src/b/c.py": ""})
    repo.git("checkout", "-q", "-B", "main")
    repo.git("checkout", "-q", "-b", "later")
    repo.commit({"src/a.py": None, "x.md": "# X\n"})
    assert places(capsys, "--changed", status=0) == ["models/churn.yml:2:10: warning covers/nothing"]


def test_a_second_record_of_a_name_is_told_at_both_ends(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write({"datasets/sales.md": "# Sales\n"})
    told = places(capsys, "--changed", status=1)
    assert [line.split()[2] for line in told if "record/duplicate" in line] == ["record/duplicate"] * 2


def test_a_record_that_cannot_be_read_is_not_gone(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repo.write({"datasets/sales.yml": "title: [\n"})
    told = places(capsys, "--changed", status=1)
    assert "reference/deleted" not in " ".join(told)
    assert told[0].startswith("datasets/sales.yml:")


def test_drafts_and_settings_weigh_a_deleted_reference(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repo.commit({"models/churn.yml": FILES["models/churn.yml"] + "lifecycle: draft\n", "models/fraud.md": "# F\n"})
    repo.commit({"datasets/sales.yml": None})
    assert places(capsys, "--changed", status=0) == [RETIRE, "models/churn.yml:2:16: warning reference/deleted"]
    repo.write({"handoff.yml": "severity:\n  reference/deleted: 'off'\n  record/*: 'off'\n"})
    assert places(capsys, "--changed", status=0) == []


def test_a_comment_ignores_a_deleted_reference(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    comment = "  # handoff: ignore reference/deleted — sales comes back\n"
    repo.commit({"models/churn.yml": f"title: Churn\ntraining_data: sales{comment}", "models/fraud.md": "# F\n"})
    assert places(capsys, "--changed", status=0) == []
    repo.commit({"datasets/sales.yml": None})
    assert places(capsys, "--changed", status=0) == [RETIRE]


def test_a_baseline_holds_back_what_is_old_and_what_it_is_told_to(
    repo: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint", "--write-baseline"]) == 0
    capsys.readouterr()
    repo.git("add", "-A")
    repo.record("Baseline")
    repo.git("checkout", "-q", "-B", "main")
    repo.git("checkout", "-q", "-b", "later")
    repo.commit({"models/churn.yml": "title: Churn\n"})
    assert places(capsys, "--changed", status=0) == []
    assert places(capsys, "--changed", "--no-baseline", status=0) == [], "it was there before"
    repo.write({"models/old.yml": OLD + "version: 2\n"})
    assert places(capsys, "--changed", status=0) == []
    assert places(capsys, "--changed", "--no-baseline", status=1) == ["models/old.yml:2:12: error field/choice"]


def test_paths_restrict_what_is_told_of_a_change(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repo.commit({"datasets/sales.yml": None})
    assert places(capsys, "models/churn.yml", "--changed", status=1) == DELETED[1:2]


def test_json_says_what_the_change_touches(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    base = repo.head
    repo.commit({"datasets/sales.yml": None, "models/new.yml": OLD})
    assert main(["lint", "--changed", "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    (changed,) = document["changed"]
    assert changed["base"] == base
    assert changed["files"] == ["datasets/sales.yml", "models/new.yml"]
    assert changed["deleted"] == [
        {
            "record": "dataset:sales",
            "path": "datasets/sales.yml",
            "now": "",
            "asked_by": [
                {"record": "model:churn", "path": "models/churn.yml", "line": 2, "column": 16},
                {"record": "model:fraud", "path": "models/fraud.md", "line": 7, "column": 4},
                {"record": "model:fraud", "path": "models/fraud.md", "line": 7, "column": 15},
            ],
        }
    ]
    assert [one["elsewhere"] for one in document["findings"]] == [False, True, True, True, False]


def test_a_project_below_the_repositorys_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repo: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = {f"services/churn/{path}": text for path, text in FILES.items()}
    repo.commit({**inner, "services/churn/models/new.yml": OLD})
    monkeypatch.chdir(repo.root / "services" / "churn")
    told = places(capsys, "--changed", status=1)
    assert told == ["models/new.yml:2:12: error field/choice", "models/old.yml:2:12: error field/choice"], "all is new"
    repo.git("checkout", "-q", "-B", "main")
    repo.git("checkout", "-q", "-b", "later")
    repo.commit({"services/churn/datasets/sales.yml": None, "models/old.yml": OLD + "version: 3\n"})
    assert places(capsys, "--changed", status=1) == DELETED


def test_a_named_configuration_is_read_as_it_was(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    text = "site_name: X\nplugins:\n  - handoff:\n      namespace: x\n"
    repo.git("rm", "-q", "handoff.yml")
    repo.commit({"mkdocs.dev.yml": text})
    repo.git("checkout", "-q", "-B", "main")
    repo.git("checkout", "-q", "-b", "later")
    assert places(capsys, "-f", "mkdocs.dev.yml", "--changed", status=0) == []
    repo.write({"mkdocs.dev.yml": text + "      severity: {field/choice: warning}\n"})
    told = places(capsys, "-f", "mkdocs.dev.yml", "--changed", status=0)
    assert told == ["models/old.yml:2:12: warning field/choice"]


def test_what_cannot_be_told_is_said(
    repo: Repository, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*options: str) -> str:
        assert main(["lint", *options]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        return captured.err

    assert "no branch or commit that this one left" in refused("--changed", "nowhere")
    assert "write paths before options" in refused("--changed", "models/old.yml")
    repo.write({"handoff.yml": "history: false\n"})
    assert "the settings switch history off" in refused("--changed")
    shallow = repo.clone(tmp_path / "shallow", "--depth=1", "--branch=topic")
    monkeypatch.chdir(shallow.root)
    assert "fetch-depth: 0" in refused("--changed")
    assert "fetch-depth: 0" in refused("--changed", "origin/main~1")
    (tmp_path / "plain" / "models").mkdir(parents=True)
    (tmp_path / "plain" / "models" / "old.yml").write_text(OLD)
    monkeypatch.chdir(tmp_path / "plain")
    assert "no git repository" in refused("--changed")
    monkeypatch.setenv("PATH", "")
    assert "git is not installed" in refused("--changed")


def test_a_partial_clone_that_lacks_the_old_files_is_refused(
    repo: Repository, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.commit({"datasets/sales.yml": None, "models/old.yml": OLD + "version: 2\n"})
    partial = repo.clone(tmp_path / "partial", "--filter=blob:none", "--branch=topic")
    monkeypatch.chdir(partial.root)
    assert main(["lint", "--changed", "origin/main"]) == 2
    err = capsys.readouterr().err
    assert "as it was" in err
    assert "partial clone" in err


def test_files_of_an_earlier_commit_stand_in_a_folder_of_their_own(repo: Repository) -> None:
    repo.commit({"a.md": "one\n", "sub/b.yml": "old: 1\n", "CODEOWNERS": "* @a\n"})
    repo.commit({"data/x.bin": b"\0" * 1000, "data/y.bin": b"y"})
    (repo.root / "link.md").symlink_to("a.md")
    then = repo.commit()
    repo.commit({"a.md": "two\n", "sub/b.yml": None, "c.md": "new\n", "data/x.bin": None})
    (repo.root / "link.md").unlink()
    repo.write({"d.md": "untracked\n", "CODEOWNERS": "* @b\n"})
    found = seen(repo.root)
    differ = differing(found, then)
    assert differ == {"a.md", "sub/b.yml", "c.md", "link.md", "d.md", "CODEOWNERS", "data/x.bin"}
    with earlier(found, then, differ) as top:
        assert (top / "a.md").read_text() == "one\n"
        assert (top / "sub" / "b.yml").read_text() == "old: 1\n"
        assert (top / "CODEOWNERS").read_text() == "* @a\n"
        assert (top / "link.md").readlink().name == "a.md"
        assert (top / "data" / "x.bin").read_bytes() == b"", "it is enough that it is there"
        assert (top / "models" / "old.yml").read_text() == OLD
        assert (top / "models" / "fraud.md").read_text() == FILES["models/fraud.md"]
        assert not (top / "data" / "y.bin").exists(), "whether it exists can be seen on disk"
        assert not (top / "c.md").exists()
        assert not (top / "d.md").exists()
    assert not top.exists()
    with earlier(found, then, differ, pages=()) as top:
        assert (top / "a.md").read_text() == "one\n"
        assert not (top / "models" / "fraud.md").exists()


def test_filters_and_hooks_of_a_repository_do_not_run(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repo.commit({".gitattributes": "*.yml filter=evil\n"})
    for part in ("smudge", "clean", "process"):
        repo.git("config", f"filter.evil.{part}", f"touch {repo.root}/ran; cat")
    repo.git("config", "core.fsmonitor", f"touch {repo.root}/ran")
    repo.write({"datasets/sales.yml": None, "models/churn.yml": "title: Churn\n"})
    assert places(capsys, "--changed", status=1) == [RETIRE, *DELETED[2:]]
    assert not (repo.root / "ran").exists()


def test_a_tree_that_names_files_outside_writes_nothing_there(repo: Repository, tmp_path: Path) -> None:
    (tmp_path / "blob").write_text("title: Evil\n")
    blob = repo.git("hash-object", "-w", str(tmp_path / "blob"))
    raw = b"100644 ..\0" + bytes.fromhex(blob) + b"100644 a.yml\0" + bytes.fromhex(blob)
    (tmp_path / "tree").write_bytes(raw)
    tree = repo.git("hash-object", "-t", "tree", "-w", "--literally", str(tmp_path / "tree"))
    commit = repo.git("commit-tree", tree, "-m", "evil", GIT_COMMITTER_NAME="x", GIT_AUTHOR_NAME="x")
    found = seen(repo.root)
    with earlier(found, commit, differing(found, commit)) as top:
        assert sorted(path.name for path in top.iterdir()) == ["a.yml"]


def test_what_was_too_large_before_is_no_news(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repo.commit({"models/huge.yml": b"x" * 5_000_001})
    repo.git("checkout", "-q", "-B", "main")
    repo.git("checkout", "-q", "-b", "later")
    repo.commit({"models/churn.yml": "title: Churn\n"})
    assert places(capsys, "--changed", status=0) == []


def test_what_git_cannot_read_is_told(repo: Repository) -> None:
    with pytest.raises(UnreadableError):
        differing(seen(repo.root), "0" * 40)


def test_a_record_that_was_moved_to_where_nothing_claims_it_is_told_so(
    repo: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    (repo.root / "data").mkdir()
    repo.git("mv", "datasets/sales.yml", "data/sales.yml")
    assert main(["lint", "--changed"]) == 1
    out = capsys.readouterr().out
    assert "dataset:sales was moved to data/sales.yml, which nothing claims: it is no record now" in out
    assert "(datasets/sales.yml was moved to data/sales.yml, which nothing claims)" in out
    assert "hint: Write where it is now into `records:`" in out
    assert "is deleted" not in out


ADR = "# 1. Use Kafka\n\nDate: 2023-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nWe need it.\n"
NEXT = "# 2. Use a queue\n\nDate: 2023-03-01\n\n## Status\n\nSuperseded by [1. Use Kafka](0001-use-kafka.md)\n"


def test_a_decision_that_a_line_of_prose_names_and_links_to_is_told_once(
    repo: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit({"docs/adr/0001-use-kafka.md": ADR, "docs/adr/0002-use-a-queue.md": NEXT})
    repo.commit({"docs/adr/0001-use-kafka.md": None})
    assert main(["lint", "--changed", "HEAD~1"]) == 1
    out = capsys.readouterr().out
    assert [line.split()[0] for line in out.splitlines() if " reference/deleted " in line] == [
        "docs/adr/0002-use-a-queue.md:7:15:"
    ]
    assert "Keep it with the status `superseded` or `deprecated`" in out
    assert "lifecycle" not in out


def test_hints_for_files_of_others_name_the_sidecar(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    asks = "# Asks\n\nOf [[0001-use-kafka]] and [[lost]].\n"
    card = "---\nlicense: mit\n---\n# Lost\n"
    repo.commit({"docs/adr/0001-use-kafka.md": ADR, "models/lost/README.md": card, "models/asks.md": asks})
    repo.commit({"docs/adr/0001-use-kafka.md": None, "models/lost/README.md": None, "docs/adr/0001-kafka.md": ADR})
    assert main(["lint", "--changed", "HEAD~1"]) == 1
    out = capsys.readouterr().out
    assert "add `aliases: [0001-use-kafka]` to docs/adr/0001-kafka.md.handoff.yml." in out
    assert "Keep it with `lifecycle: retired` in models/lost/README.md.handoff.yml" in out


def test_a_namesake_of_a_decision_is_told_when_it_comes_and_when_it_goes(
    repo: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "# 1. Use it\n\n## Status\n\nAccepted\n\n## Decision\n\nWe do.\n"
    claims = "records: {decision: ['**/adr/*.md'], model: ['models/churn.yml']}\n"
    model = "title: Churn\ndecisions: [{}]\n"
    repo.commit({"handoff.yml": claims, "b/adr/0001-use-it.md": text, "models/churn.yml": model.format("0001-use-it")})
    repo.write({"a/adr/0001-use-it.md": text})
    assert places(capsys, "--changed", "HEAD", status=1) == ["models/churn.yml:2:13: error reference/ambiguous"]
    assert main(["lint", "--changed", "HEAD"]) == 1
    out = capsys.readouterr().out
    assert "decision:0001-use-it is gone; is it decision:b-0001-use-it now?" in out
    assert "nothing refers to it" not in out
    repo.commit(
        {"a/adr/0001-use-it.md": text, "models/churn.yml": model.format("decision:a-0001-use-it")},
    )
    repo.git("rm", "-q", "a/adr/0001-use-it.md")
    assert places(capsys, "--changed", "HEAD", status=1) == [
        "a/adr/0001-use-it.md:1:1: warning record/deleted",
        "models/churn.yml:2:13: error reference/deleted",
    ]
