"""Worktrees, commands and comparisons, with real repositories, processes and files."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.history.repository import repository as asked
from mkdocs_handoff.project import load
from mkdocs_handoff.running.compare import Figure, Outcome, Output, compare, look, take_away
from mkdocs_handoff.running.environment import summary
from mkdocs_handoff.running.evidence import duration
from mkdocs_handoff.running.plan import Plan, plan_of
from mkdocs_handoff.running.run import Command, Ran, run
from mkdocs_handoff.running.tolerance import Tolerance, tolerance
from mkdocs_handoff.running.worktree import WorktreeError, commit_of, uncommitted, worktree
from mkdocs_handoff.settings import find_settings
from tests.history.repositories import ENVIRONMENT, Repository, repository
from tests.projects import write_files

if TYPE_CHECKING:
    from collections.abc import Iterator

SHA_A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"  # of `a`


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    yield


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    made = repository(tmp_path / "repo")
    made.commit({"a.txt": "a", "sub/b.txt": "b"})
    return made


def test_a_worktree_is_the_commit_and_nothing_else(repo: Repository) -> None:
    first = repo.git("rev-parse", "HEAD")
    repo.commit({"a.txt": "later"})
    repo.write({"new.txt": "x", "sub/b.txt": "changed"})
    found = asked(repo.root)
    assert uncommitted(found) == ("sub/b.txt", "new.txt")
    with worktree(found, first) as tree:
        assert tree.name == "repo"
        held = {str(path.relative_to(tree)): path.read_text() for path in tree.rglob("*.txt")}
        (tree / "made").mkdir()
        (tree / "made/x").write_text("x")
        (tree / "made").chmod(0o500)
    assert held == {"a.txt": "a", "sub/b.txt": "b"}
    assert not tree.parent.exists()
    assert "worktree" not in repo.git("worktree", "list", "--porcelain").partition("\n")[2]
    assert (repo.root / "sub/b.txt").read_text() == "changed"


def test_nothing_of_the_repository_runs_at_checkout(repo: Repository, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    hook = repo.root / ".git/hooks/post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {mark}\n")
    hook.chmod(0o755)
    repo.commit({".gitattributes": "*.txt filter=evil\n"})
    for part in ("smudge", "clean", "process"):
        repo.git("config", f"filter.evil.{part}", f"touch {mark}; cat")
    repo.git("config", "filter.evil.required", "true")
    repo.git("config", "core.fsmonitor", f"touch {mark}; false")
    found = asked(repo.root)
    with worktree(found, found.head) as tree:
        assert (tree / "a.txt").read_text() == "a"
    assert not mark.exists()


def test_a_worktree_is_removed_whatever_happens(repo: Repository) -> None:
    found = asked(repo.root)
    seen: list[Path] = []
    with pytest.raises(KeyboardInterrupt), worktree(found, found.head) as tree:
        seen.append(tree)
        raise KeyboardInterrupt
    assert not seen[0].parent.exists()
    assert list((repo.root / ".git").glob("worktrees/*")) == []
    with pytest.raises(WorktreeError), worktree(found, "0" * 40):
        pass
    assert list((repo.root / ".git").glob("worktrees/*")) == []


@pytest.mark.parametrize("name", ["none", "--all", "HEAD:a.txt", ""])
def test_what_is_no_commit_is_refused(repo: Repository, name: str) -> None:
    with pytest.raises(WorktreeError, match="is no commit"):
        commit_of(asked(repo.root), name)


def test_a_branch_and_a_short_name_mean_a_commit(repo: Repository) -> None:
    head = repo.git("rev-parse", "HEAD")
    assert {commit_of(asked(repo.root), name) for name in ("HEAD", head[:8], head)} == {head}


def ran(folder: Path, *commands: str, timeout: float = 30) -> tuple[Ran, str]:
    with (folder / "log").open("w+b") as log:
        found = run([Command(f"s{at}", text) for at, text in enumerate(commands)], folder, log, timeout)
        log.seek(0)
        return found, log.read().decode()


def test_commands_run_in_order_until_one_fails(tmp_path: Path) -> None:
    second = "cat; echo two\nfalse\necho never"
    found, log = ran(tmp_path, "echo one > x; cat x", second, "echo three")
    assert (found.failed, found.status, found.timed_out) == (Command("s1", second), 1, False)
    assert log == f"$ echo one > x; cat x\none\n$ {second}\ntwo\n"


def test_git_of_a_command_is_that_of_its_folder(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nonexistent")
    found, log = ran(repo.root, "git rev-parse HEAD")
    assert (found.failed, repo.git("rev-parse", "HEAD") in log) == (None, True)


def test_what_a_command_leaves_running_is_ended(tmp_path: Path) -> None:
    found, _ = ran(tmp_path, "sleep 60 & echo $! > pid")
    assert found.failed is None
    until = time.monotonic() + 5
    while _runs(int((tmp_path / "pid").read_text())):
        assert time.monotonic() < until
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
def test_the_time_is_that_of_all_commands_together(tmp_path: Path) -> None:
    found, _ = ran(tmp_path, "sleep 0.7", "sleep 60", "true", timeout=1.2)
    assert (found.timed_out, found.failed) == (True, Command("s1", "sleep 60"))
    assert found.seconds < 10


def test_a_command_that_a_signal_ends_is_told_so(tmp_path: Path) -> None:
    assert ran(tmp_path, "kill -9 $$")[0].status == -9


def test_a_folder_that_is_not_there_cannot_be_run_in(tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as log, pytest.raises(OSError, match="none"):
        run([Command("a", "true")], tmp_path / "none", log, 5)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (0.002, Tolerance(0.002)),
        ("0.002", Tolerance(0.002)),
        ("1e-6", Tolerance(1e-6)),
        ("0.5 %", Tolerance(0.005, relative=True)),
        ("AUC within 0.002", Tolerance(0.002, name="AUC")),
        ("ROC AUC: within 1 % of the old one", Tolerance(0.01, relative=True, name="ROC AUC")),
        ("± 0.01", Tolerance(0.01)),
        ("none, the bytes are equal", None),
        ("", None),
        (None, None),
        ("within 0.5 percent", Tolerance(0.005, relative=True)),
        ("within 0.5 per cent.", Tolerance(0.005, relative=True)),
        ("within 1/1000", None),
        ("at most 5 minutes slower", None),
        ("± 2 sigma", None),
        ("AUC within 2 points", None),
        ("within 0,002", None),
        (True, None),
        ({"a": 1}, None),
    ],
)
def test_tolerances_are_read_as_people_write_them(written: object, expected: Tolerance | None) -> None:
    assert tolerance(written) == expected


def test_a_tolerance_holds_at_its_edge() -> None:
    assert Tolerance(0.1).holds(0.8, 0.9)
    assert not Tolerance(0.1).holds(0.8, 0.91)
    assert Tolerance(0.01, relative=True).holds(-200, -202)
    assert not Tolerance(0.01, relative=True).holds(0, 0.001)
    assert Tolerance(1, name="auc").about("test.AUC")
    assert not Tolerance(1, name="auc").about("test.loss")


def outcomes(folder: Path, outputs: list[Output], made: dict[str, str | bytes]) -> dict[str, tuple[str, str]]:
    before = look(folder, outputs, ())
    stayed = take_away(folder, before, ())
    write_files(folder, made)
    return {one.name: (one.outcome.value, one.reason) for one in compare(folder, before, stayed).every}


def test_an_output_is_held_against_its_checksum_or_the_commits_file(tmp_path: Path) -> None:
    write_files(tmp_path, {"b.txt": "b", "c.txt": "c", "d.bin": "d", "folder/x": "1"})
    outputs = [Output("a.txt", "SHA-256", SHA_A), *map(Output, ("b.txt", "c.txt", "d.bin", "new.txt", "folder"))]
    found = outcomes(tmp_path, outputs, {"a.txt": "a", "b.txt": "b", "c.txt": "other", "new.txt": "", "folder/y": "2"})
    assert outcomes(tmp_path, [Output("gone")], {}) == {"gone": ("not made", "the run did not write it")}
    assert {name: outcome for name, (outcome, _) in found.items()} == {
        "a.txt": Outcome.SAME,
        "b.txt": Outcome.SAME,
        "c.txt": Outcome.DIFFERENT,
        "d.bin": Outcome.NOT_MADE,
        "new.txt": Outcome.NEW,
        "folder": Outcome.DIFFERENT,
    }


def test_a_pointer_of_git_lfs_stands_for_what_the_commit_has(tmp_path: Path) -> None:
    text = f"version https://git-lfs.github.com/spec/v1\noid sha256:{SHA_A}\nsize 1\n"
    write_files(tmp_path, {"a.bin": text})
    assert outcomes(tmp_path, [Output("a.bin")], {"a.bin": "a"})["a.bin"] == ("same", "")


def test_figures_of_a_table_are_near_enough_or_not(tmp_path: Path) -> None:
    write_files(tmp_path, {"m.csv": "name,auc,loss\na,0.80,1\n"})
    made: dict[str, str | bytes] = {"m.csv": "name,auc,loss\na,0.81,1\n"}
    near, named, far = (Output("m.csv", tolerance=tolerance(text)) for text in ("0.01", "auc within 0.02", "0.001"))
    assert outcomes(tmp_path, [near], made)["m.csv"] == ("within tolerance", "all its figures")
    write_files(tmp_path, {"m.csv": "name,auc,loss\na,0.80,1\n"})
    assert outcomes(tmp_path, [far], made)["m.csv"] == ("different", "0.auc is off by 0.01")
    write_files(tmp_path, {"m.csv": "name,auc,loss\na,0.80,1\n"})
    assert outcomes(tmp_path, [named], {"m.csv": "name,auc,loss\na,0.81,9\n"})["m.csv"] == ("within tolerance", "auc")
    write_files(tmp_path, {"m.csv": "name,auc,loss\na,0.80,1\n"})
    assert outcomes(tmp_path, [near], {"m.csv": "name,auc\nb,0.80\n"})["m.csv"][0] == "different"
    write_files(tmp_path, {"m.csv": "name,auc,loss\na,0.80,1\n"})
    assert outcomes(tmp_path, [near], {"m.csv": b"\xff\xfe"})["m.csv"][0] == "different"


def test_metrics_are_read_where_the_evaluation_takes_them_from(tmp_path: Path) -> None:
    write_files(tmp_path, {"r.json": '{"auc": 0.8, "loss": 1, "word": "x"}'})
    figures = [Figure(name, "r.json", f"/{name}", Tolerance(0.1)) for name in ("auc", "loss", "word", "none")]
    before = look(tmp_path, (), figures)
    stayed = take_away(tmp_path, before, ())
    assert {one.outcome for one in compare(tmp_path, before, stayed).every} == {Outcome.NOT_MADE}, "nobody wrote it"
    write_files(tmp_path, {"r.json": '{"auc": 0.85, "loss": 3, "word": "x", "none": 1}'})
    found = compare(tmp_path, before, stayed)
    assert [one.outcome for one in found.every] == [Outcome.WITHIN, Outcome.DIFFERENT, Outcome.SAME, Outcome.NEW]
    assert {name: round(value, 6) for name, value in found.deltas.items()} == {"auc": 0.05, "loss": 2}
    assert (found.result, found.checksums_match) == ("different", None)
    (tmp_path / "r.json").unlink()
    assert {one.outcome for one in compare(tmp_path, before, stayed).every} == {Outcome.NOT_MADE}
    assert compare(tmp_path, look(tmp_path, (), ()), {}).result == ""


def test_figures_of_one_name_are_told_apart(tmp_path: Path) -> None:
    write_files(tmp_path, {"r.json": '{"a": 0.9, "b": 0.8}'})
    before = look(tmp_path, (), [Figure("accuracy", "r.json", "/a"), Figure("accuracy", "r.json", "/b")])
    stayed = take_away(tmp_path, before, ())
    write_files(tmp_path, {"r.json": '{"a": 0.1, "b": 0.8}'})
    assert compare(tmp_path, before, stayed).result == "different"


def test_what_a_step_reads_first_stays_and_links_stay(tmp_path: Path) -> None:
    write_files(tmp_path / "in", {"a": "a", "b": "b", "made/x": "x", "both/raw": "r"})
    (tmp_path / "in/link").symlink_to("b")
    outputs = [Output(name) for name in ("a", "b", "link", "none", "made", "both", ".")]
    before = look(tmp_path / "in", outputs, ())
    stayed = take_away(tmp_path / "in", before, ["b", "both/raw"])
    assert set(stayed) == {"b", "both"}
    assert sorted(path.name for path in (tmp_path / "in").iterdir()) == ["b", "both", "link"]
    found = {one.name: one.outcome for one in compare(tmp_path / "in", before, stayed).every}
    assert (found["b"], found["both"], found["made"]) == (Outcome.NOT_MADE,) * 3, "nobody wrote them"
    write_files(tmp_path / "in", {"b": "b", "both/raw": "r"})
    found = {one.name: one.outcome for one in compare(tmp_path / "in", before, stayed).every}
    assert (found["b"], found["both"]) == (Outcome.SAME, Outcome.SAME), "written again, and the same"


def planned(root: Path, files: dict[str, str | bytes]) -> Plan:
    write_files(root, {"handoff.yml": "{}\n", **files})
    project = load(find_settings(root))
    (pipeline,) = project.catalog.of_kind("pipeline")
    return plan_of(pipeline, project.catalog, root)


def test_a_plan_is_what_the_steps_say(tmp_path: Path) -> None:
    steps = (
        "title: T\ntolerance: 0.5\nlockfile: lock.txt\nsteps:\n"
        "  - {id: a, command: make a, inputs: [{path: in.csv}, {path: out.csv}], outputs: [{path: out.csv}]}\n"
        "  - {title: By hand, by_hand: look}\n"
        "  - command: make c\n    lockfile: other.txt\n    inputs: [{path: out.csv}, {path: late.csv}]\n    outputs:\n"
        "      - {ref: 'model:m', version: '1'}\n      - {ref: 'evaluation:e', tolerance: 0.1}\n"
        "      - {path: exit status 0}\n      - {path: ../../out}\n      - {path: 's3://b/x'}\n"
    )
    plan = planned(
        tmp_path,
        {
            "pipelines/t.yml": steps,
            "r.json": '{"auc": 0.8}',
            "models/m.yml": "title: M\nversions:\n  - version: '1'\n    artifacts:\n"
            f"      - {{path: m.bin, checksum: {SHA_A}}}\n  - version: '2'\n    artifacts: [other.bin]\n",
            "evaluations/e.yml": "title: E\nmodel: m\nmetrics:\n  - {type: auc, value: {from: 'r.json#/auc'}}\n"
            "  - {type: loss, value: 3}\n",
        },
    )
    assert [(one.step, one.text) for one in plan.commands] == [("a", "make a"), ("step 3", "make c")]
    assert plan.left_out == ("By hand",)
    assert plan.needed == {"in.csv", "out.csv", "late.csv"}
    assert plan.lockfiles == ("lock.txt", "other.txt")
    assert {one.path: one.content for one in plan.outputs} == {"m.bin": SHA_A, "out.csv": ""}
    assert plan.outputs[0].tolerance == Tolerance(0.5)
    assert plan.figures == (Figure("e: auc", "r.json", "/auc", Tolerance(0.1)),)


def test_a_checksum_that_the_model_states_holds_for_the_steps_output(tmp_path: Path) -> None:
    plan = planned(
        tmp_path,
        {
            "pipelines/t.yml": "title: T\nsteps:\n  - command: make\n    outputs:\n"
            "      - {ref: 'model:m', version: '1'}\n      - {path: m.bin, tolerance: 2 points}\n",
            "models/m.yml": "title: M\nversions:\n  - version: '1'\n    artifacts:\n"
            f"      - {{path: m.bin, checksum: {SHA_A}}}\n",
        },
    )
    assert [(one.path, one.content) for one in plan.outputs] == [("m.bin", SHA_A)]
    assert plan.unread == ("2 points",)


def test_surroundings_are_told_in_a_few_words(tmp_path: Path) -> None:
    write_files(tmp_path / "in", {"lock.txt": "x==1\n"})
    write_files(tmp_path, {"out.txt": "secret"})
    found = summary(tmp_path / "in", ["lock.txt", "none.txt", "../out.txt", "lock.txt"])
    assert list(found) == ["python", "platform", "lock.txt"]
    assert found["python"][0].isdigit()
    assert found["lock.txt"] == "sha256:c7774661a4832c4d"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (28.4, "28 seconds"), (100, "2 minutes"), (2280, "38 minutes"), (9000, "2.5 hours")],
)
def test_durations_are_told_in_words(seconds: float, words: str) -> None:
    assert duration(seconds) == words
