"""`mkdocs-handoff verify` from the outside: files on disk in, rows, exit statuses and evidence out."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_handoff.cli.main import main
from tests.history.repositories import ENVIRONMENT, Repository, repository
from tests.projects import HERE, lint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., tuple[int, str, str]]

TODAY = "2026-06-01"
DATA = b"weights\n"
SHA = hashlib.sha256(DATA).hexdigest()
MADE = hashlib.sha256(b"made\n").hexdigest()
MODEL = f"""\
title: Churn # the name
versions:
  - version: "1"
    artifacts:
      - path: artifacts/churn.bin
        checksum: {{alg: SHA-256, content: {SHA}}}
reproduce:
  pipeline: pipeline:churn
"""
PIPELINE = """\
title: Churn
tolerance: 0.01
lockfile: requirements.txt
steps:
  - id: make
    command: {command}
    outputs:
      - path: artifacts/made.txt
        checksum: {{alg: SHA-256, content: {sha}}}
      - path: reports/r.json
  - id: sign
    by_hand: The lead looks at it.
runs:
  - {{on: 2026-01-02, by: person:ann, result: same}} # the first
"""
COMMAND = "sh make.sh"
MAKE = "mkdir -p artifacts reports\necho made > artifacts/made.txt\necho '{\"auc\": 0.8}' > reports/r.json\n"
FILES: dict[str, str | bytes | None] = {
    "handoff.yml": "{}\n",
    "people/ann.yml": "title: Ann Lee\nemail: ann@example.org\n",
    "models/churn.yml": MODEL,
    "pipelines/churn.yml": PIPELINE.format(command=COMMAND, sha=MADE),
    "artifacts/churn.bin": DATA,
    "artifacts/made.txt": "made\n",
    "reports/r.json": '{"auc": 0.8}\n',
    "requirements.txt": "x==1\n",
    "make.sh": MAKE,
}


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    (tmp_path / "temporary").mkdir()
    more = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(tmp_path / "temporary")}
    for name, value in {**ENVIRONMENT, **more}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield
    tempfile.tempdir = None


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    made = repository(tmp_path / "repo")
    made.commit(FILES)
    made.git("config", "user.name", "A. Lee")
    made.git("config", "user.email", "ann@example.org")
    return made


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def made(folder: Path, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        status = main(["verify", "--today", TODAY, *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return made


def with_command(repo: Repository, command: str, *, sha: str = MADE, more: str = "") -> None:
    """Commit the pipeline with another command."""
    text = PIPELINE.format(command=json.dumps(command), sha=sha)
    repo.commit({"pipelines/churn.yml": more + text})


def left_behind(repo: Repository) -> list[str]:
    """Return what is left of worktrees: git's notes, and folders."""
    listed = repo.git("worktree", "list", "--porcelain").split("\n\n")[1:]
    folders = [path.name for path in Path(os.environ["TMPDIR"]).iterdir() if path.suffix != ".log"]
    return [*(one for one in listed if one.strip()), *folders]


def fields(repo: Repository, name: str) -> Any:
    """Return the fields of a record as they are on disk, which lint finds no fault with."""
    project = lint(repo.root)
    assert not [str(one) for one in project.findings if one.rule.startswith(("yaml/", "type/", "field/"))]
    return next(record.fields for identity, record in project.catalog.records.items() if str(identity) == name)


def test_all_that_is_stated_is_checked(repo: Repository, run: Run) -> None:
    status, out, err = run(repo.root)
    assert status == 0
    assert [line.split()[:3] for line in out.splitlines()[1:]] == [
        ["match", "model:churn", "artifacts/churn.bin"],
        ["match", "pipeline:churn", "artifacts/made.txt"],
    ]
    assert err == "mkdocs-handoff: 2 of 2 checksums match, 2 files read\n"


def test_a_model_brings_the_pipeline_that_makes_it(repo: Repository, run: Run) -> None:
    assert "pipeline:churn" in run(repo.root, "model:churn")[1]
    assert "model:churn" not in run(repo.root, "pipeline:churn")[1]
    assert run(repo.root, "models")[1] == run(repo.root, "models/churn.yml")[1] == run(repo.root, "model:churn")[1]


def test_what_does_not_match_comes_first_with_place_and_remedy(repo: Repository, run: Run) -> None:
    repo.write({"artifacts/made.txt": "other\n"})
    status, out, err = run(repo.root, "--format", "markdown")
    other = hashlib.sha256(b"other\n").hexdigest()
    assert status == 1
    first = out.splitlines()[2]
    assert first.startswith(f"| mismatch | pipeline:churn | artifacts/made.txt | its SHA-256 is {other} |")
    assert "pipelines/churn.yml:9:19: Put the file back" in first
    assert "1 of 2 checksums match, 2 files read; 1 mismatch" in err


def test_missing_outside_unknown_and_malformed_are_told(repo: Repository, run: Run, tmp_path: Path) -> None:
    (tmp_path / "secret.bin").write_bytes(DATA)
    (repo.root / "artifacts/link.bin").symlink_to(tmp_path / "secret.bin")
    files = [
        {"path": "artifacts/none.bin", "checksum": SHA},
        {"path": "../../secret.bin", "checksum": SHA},
        {"path": "artifacts/link.bin", "checksum": SHA},
        {"path": "artifacts/churn.bin", "checksum": {"alg": "BLAKE3", "content": SHA}},
        {"path": "artifacts/churn.bin", "checksum": "zz"},
        {"url": "https://example.org/x", "checksum": SHA},
    ]
    repo.write({"datasets/d.yml": f"title: D\nfiles: {json.dumps(files)}\n"})
    status, out, _ = run(repo.root, "dataset:d", "--format", "json")
    told = json.loads(out)
    assert status == 1
    states = [one["state"] for one in told["checked"]]
    assert states == ["missing", "outside", "outside", "unknown algorithm", "malformed", "not here"]
    assert (told["matched"], told["of"], told["counts"]["outside"]) == (0, 6, 2)
    assert all(one["hint"] and one["place"]["line"] == 2 for one in told["checked"][:5])
    assert told["commit"] == repo.git("rev-parse", "HEAD")


def test_the_whole_answer_is_one_json_document(repo: Repository, run: Run) -> None:
    status, out, _ = run(repo.root, "--format", "json", "--run", "--yes", "pipeline:churn")
    told = json.loads(out)
    assert status == 0
    (one,) = told["runs"]
    assert (one["pipeline"], one["result"], one["checksums_match"]) == ("pipeline:churn", "same", True)
    assert one["environment"]["requirements.txt"].startswith("sha256:")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["nothing"], "there is no record, file or folder 'nothing'"),
        (["--yes"], "--yes is for --run"),
        (["--commit", "HEAD"], "--commit is for --run"),
        (["--run"], "needs to be told what"),
        (["--run", "person:ann"], "nothing that is named is a pipeline"),
        (["--run", "pipeline:churn"], "nobody is there to be asked: add --yes"),
        (["--run", "--yes", "--commit", "none", "pipeline:churn"], "'none' is no commit"),
        (["--run", "--yes", "--commit=--help", "pipeline:churn"], "'--help' is no commit"),
        (["requirements.txt"], "holds no record"),
    ],
)
def test_what_cannot_be_done_is_refused(repo: Repository, run: Run, arguments: list[str], why: str) -> None:
    before = repo.git("status", "--porcelain")
    status, _, err = run(repo.root, *arguments)
    assert status == 2
    assert why in err
    assert (repo.git("status", "--porcelain"), left_behind(repo)) == (before, [])


@pytest.mark.parametrize("text", ["0", "-1", "1d", "soon"])
def test_a_time_that_is_none_is_refused(repo: Repository, run: Run, text: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(repo.root, f"--timeout={text}")
    assert stopped.value.code == 2


def test_nothing_stated_is_said(repo: Repository, run: Run) -> None:
    status, out, err = run(repo.root, "person:ann")
    assert (status, out) == (0, "")
    assert "no checksum is stated" in err


def test_evidence_of_checksums_is_written_with_comments_kept(repo: Repository, run: Run) -> None:
    head = repo.git("rev-parse", "--short=12", "HEAD")
    repo.write({"artifacts/made.txt": "other\n"})
    assert run(repo.root, "--record")[0] == 1
    assert (repo.root / "models/churn.yml").read_text().startswith("title: Churn # the name\n")
    expected = {"on": TODAY, "by": {"ref": "person:ann"}, "commit": head, "matched": 1, "of": 1}
    found = dict(fields(repo, "model:churn")["verified"])
    assert found in (expected, {**expected, "by": "person:ann"})
    other = fields(repo, "pipeline:churn")["verified"]
    assert (other["matched"], other["of"]) == (0, 1)
    assert other["note"] == "artifacts/made.txt: mismatch; not committed: artifacts/made.txt"
    repo.write({"artifacts/made.txt": "made\n"})
    assert run(repo.root, "--record")[0] == 0
    assert "note" not in fields(repo, "pipeline:churn")["verified"]
    assert (repo.root / "pipelines/churn.yml").read_text().count("verified:") == 1


def test_what_no_commit_holds_is_told_in_the_evidence(repo: Repository, run: Run) -> None:
    files = f"files: [{{path: out/new.bin, checksum: {SHA}}}, {{path: out/x.tmp, checksum: {SHA}}}]\n"
    repo.commit({"datasets/d.yml": f"title: D\n{files}", ".gitignore": "*.tmp\n"})
    repo.write({"out/new.bin": DATA, "out/x.tmp": DATA})
    assert run(repo.root, "dataset:d", "--record")[0] == 0
    found = fields(repo, "dataset:d")["verified"]
    assert (found["matched"], found["of"]) == (2, 2)
    assert found["note"] == "not committed: out/new.bin, out/x.tmp"
    repo.git("add", "--force", "out")
    repo.git("commit", "--quiet", "--message", "Add")
    assert run(repo.root, "dataset:d", "--record")[0] == 0
    assert "note" not in fields(repo, "dataset:d")["verified"]


def test_a_file_that_nobody_wrote_a_checksum_of_is_told_with_what_to_type(repo: Repository, run: Run) -> None:
    repo.write({"datasets/d.yml": "title: D\nfiles: [{path: make.sh}]\n"})
    status, out, _ = run(repo.root, "dataset:d")
    assert status == 0
    assert "`sha256sum make.sh` prints it" in " ".join(out.split())


def test_a_kind_without_the_field_is_told_and_left(repo: Repository, run: Run) -> None:
    text = f"title: E\nmodel: churn\nsource: {{path: artifacts/churn.bin, checksum: {SHA}}}\n"
    repo.write({"evaluations/e.yml": text})
    status, _, err = run(repo.root, "evaluation:e", "--record")
    assert status == 0
    assert "not recorded" in err
    assert (repo.root / "evaluations/e.yml").read_text() == text


def test_somebody_without_a_name_cannot_record(repo: Repository, run: Run) -> None:
    repo.git("config", "--unset", "user.name")
    repo.git("config", "--unset", "user.email")
    status, _, err = run(repo.root, "--record")
    assert (status, "git config user.name" in err) == (2, True)


def test_outside_a_repository_checksums_are_checked_all_the_same(tmp_path: Path, run: Run) -> None:
    root = tmp_path / "plain"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text if isinstance(text, bytes) else str(text).encode())
    assert run(root)[0] == 0
    status, _, err = run(root, "--run", "--yes", "pipeline:churn")
    assert (status, "needs a commit to check out" in err) == (2, True)


def test_a_run_shows_everything_first_and_records_what_came_of_it(repo: Repository, run: Run) -> None:
    repo.write({"make.sh": "exit 1\n", "more.txt": "x"})
    head = repo.git("rev-parse", "HEAD")
    status, out, err = run(repo.root, "model:churn", "--run", "--yes", "--record")
    assert status == 0
    assert f"pipeline:churn at commit {head}, in " in err
    assert "  [make] sh make.sh\n" in err
    assert "left out, done by hand: sign" in err
    assert "uncommitted changes are not part of it: make.sh, more.txt" in err
    assert re.search(r"^same +artifacts/made.txt$", out, re.MULTILINE)
    text = (repo.root / "pipelines/churn.yml").read_text()
    assert "{on: 2026-01-02, by: person:ann, result: same} # the first\n" in text
    first, entry = fields(repo, "pipeline:churn")["runs"]
    assert first["on"] == "2026-01-02"
    assert (entry["on"], entry["commit"], entry["result"], entry["checksums_match"]) == (TODAY, head[:12], "same", True)
    assert set(entry["environment"]) == {"python", "platform", "requirements.txt"}
    assert entry["note"] == "left out, as nobody can run it: sign"
    assert entry["duration"].endswith("second")
    assert left_behind(repo) == []


def test_an_output_is_made_by_the_run_and_not_left_from_before(repo: Repository, run: Run) -> None:
    with_command(repo, "true")
    status, out, _ = run(repo.root, "pipeline:churn", "--run", "--yes", "--record")
    assert status == 1
    assert re.search(r"^not made +artifacts/made.txt +the run did not write it$", out, re.MULTILINE)
    entry = fields(repo, "pipeline:churn")["runs"][-1]
    assert (entry["result"], entry["checksums_match"]) == ("different", False)


@pytest.mark.parametrize(
    ("value", "status", "result"), [("0.805", 0, "within tolerance"), ("0.9", 1, "different"), ('"x"', 1, "different")]
)
def test_metrics_may_differ_within_the_tolerance(
    repo: Repository, run: Run, value: str, status: int, result: str
) -> None:
    with_command(repo, f"{COMMAND} && echo '{{\"auc\": {value}}}' > reports/r.json")
    assert run(repo.root, "pipeline:churn", "--run", "--yes", "--record")[0] == status
    entry = fields(repo, "pipeline:churn")["runs"][-1]
    assert (entry["result"], entry["checksums_match"]) == (result, True)
    assert dict(entry.get("metric_deltas", {})) == {"0.805": {"auc": "0.005"}, "0.9": {"auc": "0.1"}}.get(value, {})


def test_a_project_in_a_folder_of_a_repository_runs_there(tmp_path: Path, run: Run) -> None:
    made = repository(tmp_path / "repo")
    made.commit({f"docs/wiki/{name}": text for name, text in FILES.items()})
    made.git("config", "user.name", "Bo Ray")
    status, out, _ = run(made.root / "docs/wiki", "pipeline:churn", "--run", "--yes", "--record")
    assert status == 0
    assert re.search(r"^same +reports/r.json$", out, re.MULTILINE)
    text = (made.root / "docs/wiki/pipelines/churn.yml").read_text()
    assert text.count("by: Bo Ray") == 2
    assert left_behind(made) == []


def test_a_folder_that_was_a_link_out_is_not_gone_into(tmp_path: Path, run: Run) -> None:
    victim = tmp_path / "victim"
    for name, text in FILES.items():
        (victim / name).parent.mkdir(parents=True, exist_ok=True)
        (victim / name).write_bytes(text.encode() if isinstance(text, str) else text or b"")
    made = repository(tmp_path / "repo")
    (made.root / "wiki").symlink_to(victim)
    bad = made.commit({"readme": "x"})
    (made.root / "wiki").unlink()
    made.commit({f"wiki/{name}": text for name, text in FILES.items()})
    before = {path: path.read_bytes() for path in victim.rglob("*") if path.is_file()}
    status, _, err = run(made.root / "wiki", "pipeline:churn", "--run", "--yes", "--commit", bad)
    assert (status, "is a link out of the repository" in err) == (2, True)
    assert before == {path: path.read_bytes() for path in victim.rglob("*") if path.is_file()}


def test_what_a_run_did_not_write_is_not_the_same(repo: Repository, run: Run) -> None:
    with_command(repo, "true")
    status, out, _ = run(repo.root, "pipeline:churn", "--run", "--yes")
    assert status == 1
    assert re.search(r"^not made +reports/r.json +the run did not write it$", out, re.MULTILINE)


def test_a_record_that_was_edited_during_the_run_gets_its_evidence(repo: Repository, run: Run) -> None:
    record = repo.root / "pipelines/churn.yml"
    with_command(repo, f"{COMMAND} && echo '# meanwhile' >> {record}")
    assert run(repo.root, "pipeline:churn", "--run", "--yes", "--record")[0] == 0
    text = record.read_text()
    assert "# meanwhile" in text
    assert text.count("result: same") == 2


def test_a_sparse_checkout_lacks_nothing_in_the_worktree(repo: Repository, run: Run) -> None:
    repo.git("sparse-checkout", "set", "--no-cone", "/*", "!/make.sh")
    assert not (repo.root / "make.sh").exists()
    assert run(repo.root, "pipeline:churn", "--run", "--yes")[0] == 0


def test_a_tolerance_that_names_no_number_is_told_before_anything_runs(repo: Repository, run: Run) -> None:
    text = (repo.root / "pipelines/churn.yml").read_text()
    repo.commit({"pipelines/churn.yml": text.replace("tolerance: 0.01", "tolerance: within 2 points")})
    assert "tolerance 'within 2 points' names no number" in run(repo.root, "pipeline:churn", "--run", "--yes")[2]


def test_records_that_share_a_file_are_all_written(repo: Repository, run: Run) -> None:
    other = MODEL.replace("title: Churn # the name", "id: other\ntitle: Other").replace("pipeline:churn", "")
    repo.write({"models/churn.yml": f"id: churn\n{MODEL}---\n{other}"})
    assert run(repo.root, "models/churn.yml", "--record")[0] == 0
    assert (repo.root / "models/churn.yml").read_text().count("matched: 1") == 2


def test_what_a_terminal_would_obey_is_not_printed(repo: Repository, run: Run) -> None:
    with_command(repo, "printf '\\033[31mred\\n'; true \u202e \x1b[2J; false")
    status, out, err = run(repo.root, "pipeline:churn", "--run", "--yes")
    assert status == 1
    assert not {"\x1b", "\u202e"} & set(out + err)


def test_a_command_that_fails_is_told_with_what_it_printed(repo: Repository, run: Run) -> None:
    with_command(repo, "echo before\necho no such table >&2; false\necho after")
    status, _, err = run(repo.root, "pipeline:churn", "--run", "--yes", "--record")
    assert status == 1
    assert "step 'make' ended with exit status 1" in err
    assert "  | no such table" in err
    assert "| after" not in err
    entry = fields(repo, "pipeline:churn")["runs"][-1]
    assert (entry["result"], "checksums_match" in entry) == ("failed", False)
    assert entry["note"].startswith("step 'make' ended with exit status 1")
    assert left_behind(repo) == []


def test_a_commit_that_is_named_is_what_runs(repo: Repository, run: Run) -> None:
    first = repo.git("rev-parse", "HEAD")
    with_command(repo, "false")
    assert run(repo.root, "pipeline:churn", "--run", "--yes")[0] == 1
    status, _, err = run(repo.root, "pipeline:churn", "--run", "--yes", "--commit", first)
    assert (status, f"at commit {first}" in err) == (0, True)
    repo.commit({"pipelines/new.yml": "title: New\nsteps: [{id: a, command: 'true'}]\n"})
    status, _, err = run(repo.root, "pipeline:new", "--run", "--yes", "--commit", first)
    assert (status, "has no pipeline:new" in err) == (2, True)
    status, _, err = run(repo.root, "pipeline:new", "--run", "--yes", "--record")
    assert (status, "nothing is written down to compare" in err) == (1, True)
    assert "result" not in fields(repo, "pipeline:new")["runs"][0]


def test_a_pipeline_without_commands_has_nothing_to_run(repo: Repository, run: Run) -> None:
    repo.commit({"pipelines/hand.yml": "title: Hand\nsteps: [{id: a, by_hand: look}]\n"})
    status, _, err = run(repo.root, "pipeline:hand", "--run", "--yes")
    assert (status, "declares no command" in err) == (2, True)
    assert left_behind(repo) == []


@pytest.mark.slow
def test_a_command_that_hangs_is_ended_with_its_children(repo: Repository, run: Run, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    with_command(repo, f"sh -c 'trap \"\" TERM; echo $$ > {mark}; while :; do sleep 0.1; done' & cat; wait")
    begun = time.monotonic()
    status, _, err = run(repo.root, "pipeline:churn", "--run", "--yes", "--record", "--timeout", "1s")
    assert status == 1
    assert time.monotonic() - begun < 20
    assert "step 'make' had not ended when the time was up" in err
    assert fields(repo, "pipeline:churn")["runs"][-1]["result"] == "failed"
    assert not running(int(mark.read_text()))
    assert left_behind(repo) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_nothing_behind(repo: Repository, tmp_path: Path, number: signal.Signals) -> None:
    mark = tmp_path / "pid"
    with_command(repo, f"echo $$ > {mark}; sleep 60")
    before = (repo.root / "pipelines/churn.yml").read_bytes()
    process = started(repo.root, "pipeline:churn", "--run", "--yes", "--record")
    try:
        waited(lambda: mark.exists() and mark.read_text().strip())
        process.send_signal(number)
        _, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 130
    assert b"nothing of this run was recorded" in err
    assert (repo.root / "pipelines/churn.yml").read_bytes() == before
    assert not running(int(mark.read_text()))
    assert left_behind(repo) == []


@pytest.mark.slow
@pytest.mark.parametrize(("answer", "status", "ran"), [("n", 1, False), ("maybe\ny", 0, True)])
def test_at_a_terminal_it_asks(repo: Repository, answer: str, status: int, *, ran: bool) -> None:
    ours, theirs = pty.openpty()
    process = started(repo.root, "pipeline:churn", "--run", stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, f"{answer}\n".encode())
    screen = b""
    while process.poll() is None or select.select([ours], [], [], 0.2)[0]:
        if select.select([ours], [], [], 0.2)[0]:
            try:
                screen += os.read(ours, 4096)
            except OSError:
                break
    os.close(ours)
    assert process.wait(20) == status
    assert b"Run this?" in screen
    assert (b"running make" in screen) is ran
    assert left_behind(repo) == []


@pytest.mark.slow
def test_a_bar_shows_how_far_it_is_only_at_a_terminal(repo: Repository) -> None:
    large = repo.root / "artifacts/churn.bin"
    with large.open("wb") as file:
        file.truncate(1_500_000_000)
    ours, theirs = pty.openpty()
    process = started(repo.root, "model:churn", stderr=theirs)
    os.close(theirs)
    screen = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        screen += piece
    process.communicate(timeout=60)
    os.close(ours)
    assert re.search(rb"\r\[#+ *\] +\d+ % of 1.5 GB", screen)
    piped = started(repo.root, "model:churn")
    _, err = piped.communicate(timeout=60)
    assert b"%" not in err


@pytest.mark.slow
def test_the_sample_makes_its_digit_reader_again(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the pinned libraries; where they cannot be had, the run fails at that step and says so."""
    # Beside other tests, threads of linear algebra wait for each other longer than they reckon: 30 s in place of 8.
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    sample = HERE.parent / "sample_project"
    made = repository(tmp_path / "sample")
    files = [path for path in sample.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    kept = [path for path in files if path.relative_to(sample).parts[0] not in (".venv", "site")]
    made.commit({str(path.relative_to(sample)): path.read_bytes() for path in kept})
    status, out, err = run(made.root, "pipeline:digit-reader", "--run", "--yes", "--timeout", "8m")
    if "step 'libraries' ended" in err:
        pytest.skip("the libraries of sample_project/training/requirements.txt cannot be installed here")
    assert status == 0, err
    assert re.search(r"^same +artifacts/digit-reader-1.2.json", out, re.MULTILINE)


def started(root: Path, *arguments: str, **streams: Any) -> subprocess.Popen[bytes]:
    """Start the command in a process of its own."""
    # Where tests run in the background, the interrupt of a terminal is switched off.
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code += "from mkdocs_handoff.cli.main import run; run()"
    piped = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    call = [sys.executable, "-c", code, "verify", "--today", TODAY, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    return subprocess.Popen(call, cwd=root, env=environment, **piped)


def running(pid: int) -> bool:
    """Tell whether a process does something: one that ended may wait for its parent for ever."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def waited(happened: Callable[[], object]) -> None:
    until = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)
