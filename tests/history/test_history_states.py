"""Where a repository is, what it is, and what stands uncommitted in it: a right answer, or a named unknown."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.history.contents import Missing
from mkdocs_handoff.history.facts import Known
from mkdocs_handoff.history.history import History, history
from mkdocs_handoff.history.repository import State
from mkdocs_handoff.history.worktree import Place
from tests.history.repositories import DAY, START, Repository, repository

if TYPE_CHECKING:
    from pathlib import Path


def _unknown(found: History, state: State) -> None:
    """Every question has an answer, and it is "unknown"."""
    assert found.repository.state is state
    last = found.last("a.md")
    assert (last.known, last.commit, last.reason) == (Known.NOT, None, state.value)
    assert found.place("a.md") is Place.UNKNOWN
    assert (found.changes("a.md"), found.trail("a.md"), found.authors("a.md")) == ((), (), ())
    assert not found.whole("a.md")
    for covered in (found.covered(["**"], 0), found.covered_since(["**"], "0" * 40)):
        assert (covered.known, covered.changes, bool(covered)) == (Known.NOT, (), False)
    assert found.contents([("0" * 40, "a.md")]) == {("0" * 40, "a.md"): Missing.UNKNOWN}
    assert found.signatures(["0" * 40]) == {}


# -- no history --------------------------------------------------------------------------------------------------------


def test_no_git(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a.md": "1"})
    for path in ("", "/nonexistent", "."):
        monkeypatch.setenv("PATH", path)
        _unknown(history(repo.root), State.NO_GIT)


def test_a_git_that_the_repository_brings_along_does_not_run(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a.md": "1"})
    trap = repo.root / "git"
    trap.write_text(f"#!/bin/sh\ntouch '{repo.root}/ran'\n")
    trap.chmod(0o755)
    monkeypatch.chdir(repo.root)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}{os.environ['PATH']}")
    assert history(repo.root).last("a.md").known is Known.YES
    assert not (repo.root / "ran").exists()


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "a.md").write_text("1")
    _unknown(history(tmp_path), State.NO_REPOSITORY)


def test_no_folder(tmp_path: Path) -> None:
    _unknown(history(tmp_path / "nowhere"), State.UNREADABLE)


def test_a_bare_repository_and_the_inside_of_git_s_own_folder(repo: Repository, tmp_path: Path) -> None:
    repo.commit({"a.md": "1"})
    bare = repo.clone(tmp_path / "bare", "--bare")
    _unknown(history(bare.root), State.BARE)
    _unknown(history(repo.root / ".git"), State.BARE)


def test_an_empty_repository(repo: Repository) -> None:
    repo.write({"a.md": "1"})
    _unknown(history(repo.root), State.EMPTY)


def test_an_unborn_branch(repo: Repository) -> None:
    repo.commit({"a.md": "1"})
    repo.git("switch", "-q", "--orphan", "new")
    _unknown(history(repo.root), State.EMPTY)


def test_a_head_that_leads_nowhere(repo: Repository) -> None:
    repo.commit({"a.md": "1"})
    (repo.root / ".git/refs/heads/main").write_text("1" * 40 + "\n")
    _unknown(history(repo.root), State.UNREADABLE)


def test_objects_that_are_lost(repo: Repository) -> None:
    first = repo.commit({"a.md": "1"})
    repo.commit({"a.md": "2"})
    (repo.root / ".git/objects" / first[:2] / first[2:]).unlink()
    found = history(repo.root)
    _unknown(found, State.UNREADABLE)
    assert first in found.repository.hint


def test_an_index_that_is_broken(repo: Repository) -> None:
    repo.commit({"a.md": "1"})
    (repo.root / ".git/index").write_bytes(b"broken")
    _unknown(history(repo.root), State.UNREADABLE)


def test_refused_ownership(repo: Repository) -> None:
    repo.commit({"a.md": "1"})
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root can give a repository away")
    for path in [repo.root, *repo.root.rglob("*")]:
        os.chown(path, 65534, 65534)
    found = history(repo.root)
    _unknown(found, State.REFUSED)
    assert "safe.directory" in found.repository.hint


# -- some of it --------------------------------------------------------------------------------------------------------


@pytest.fixture
def origin(tmp_path: Path) -> Repository:
    """A repository of five commits over four files, of which `old.md` is the oldest."""
    made = repository(tmp_path / "origin")
    made.git("config", "uploadpack.allowFilter", "true")
    made.commit({"old.md": "1", "folder/a.md": "1"})
    made.commit({"folder/a.md": "2"})
    made.commit({"b.md": "1"})
    made.commit({"folder/a.md": "3"})
    made.commit({"c.md": "1"})
    return made


def _shallow(found: History, origin: Repository) -> None:
    assert found.last("old.md").known is Known.CUT
    assert found.last("b.md").known is Known.CUT
    newest = found.last("folder/a.md")
    assert (newest.known, newest.commit.sha) == (Known.YES, origin.log("folder/a.md")[0])  # type: ignore[union-attr]
    assert found.changes("old.md") == ()
    assert found.authors("old.md") == ()
    assert [found.whole(path) for path in ("old.md", "folder/a.md", "c.md")] == [False, False, True]
    # The clone begins with the third day: since the fourth it knows all, before that it cannot.
    assert found.covered(["**"], START + 3 * DAY - 1).known is Known.YES
    assert len(found.covered(["**"], START + 3 * DAY - 1).changes) == 2
    assert found.covered(["**"], START + DAY).known is Known.CUT
    assert len(found.covered(["**"], START + DAY).changes) == 2


def test_a_shallow_clone(origin: Repository, tmp_path: Path) -> None:
    clone = origin.clone(tmp_path / "clone", "--depth=3")
    _shallow(history(clone.root), origin)
    _shallow(history(clone.root / "folder" / ".."), origin)


def test_a_shallow_clone_holds_more_files_than_a_bulk_commit(origin: Repository, tmp_path: Path) -> None:
    clone = origin.clone(tmp_path / "clone", "--depth=3")
    assert history(clone.root, bulk=2).last("old.md").known is Known.CUT


def test_a_worktree_of_a_shallow_clone(origin: Repository, tmp_path: Path) -> None:
    clone = origin.clone(tmp_path / "clone", "--depth=3")
    clone.git("worktree", "add", "-q", str(tmp_path / "tree"), "HEAD")
    _shallow(history(tmp_path / "tree"), origin)


def test_a_shallow_clone_that_is_deepened(origin: Repository, tmp_path: Path) -> None:
    clone = origin.clone(tmp_path / "clone", "--depth=3")
    _shallow(history(clone.root, tmp_path / "cache"), origin)
    clone.git("fetch", "-q", "--unshallow")
    found = history(clone.root, tmp_path / "cache")
    assert found.last("old.md").known is Known.YES
    assert found.whole("old.md")


def test_a_shallow_clone_cut_at_two_commits(origin: Repository, tmp_path: Path) -> None:
    origin.git("checkout", "-q", "-b", "side", "HEAD~3")
    origin.commit({"side.md": "1"}, time=START + 9 * DAY)
    origin.git("checkout", "-q", "main")
    origin.merge("side", time=START + 10 * DAY)
    clone = origin.clone(tmp_path / "clone", "--depth=2")
    found = history(clone.root)
    assert len(found.branch.boundary) == 2
    for path in ("old.md", "folder/a.md", "c.md", "side.md"):
        assert found.last(path).known is Known.CUT


def test_a_blobless_clone(origin: Repository, tmp_path: Path) -> None:
    clone = origin.clone(tmp_path / "clone", "--filter=blob:none")
    shutil.rmtree(origin.root / ".git" / "objects")
    found = history(clone.root)
    head = clone.head
    lacking = found.changes("folder/a.md")[1].commit.sha
    assert found.last("old.md").known is Known.YES
    assert len(found.changes("folder/a.md")) == 3
    requests = [
        (head, "old.md"),
        (lacking, "folder/a.md"),
        (head, "folder/a.md"),
        (head, "not-there.md"),
        (head, "c.md"),
    ]
    answers = found.contents(requests)
    assert [answers[request] for request in (requests[0], requests[2], requests[4])] == [b"1", b"3", b"1"]
    assert isinstance(answers[requests[1]], Missing)
    assert isinstance(answers[requests[3]], Missing)


def test_a_treeless_clone_is_a_named_unknown(origin: Repository, tmp_path: Path) -> None:
    clone = origin.clone(tmp_path / "clone", "--filter=tree:0")
    # Even with the remote there, nothing is fetched.
    found = history(clone.root)
    _unknown(found, State.PARTIAL)
    assert clone.git("count-objects", "-v").splitlines()[0] == "count: 0"


def test_a_treeless_clone_that_has_the_trees_by_now(origin: Repository, tmp_path: Path) -> None:
    clone = origin.clone(tmp_path / "clone", "--filter=tree:0")
    clone.git("log", "--name-status", "-M100%")  # fetches them
    shutil.rmtree(origin.root)
    assert history(clone.root).last("old.md").known is Known.YES


def test_a_partial_clone_runs_no_transport_of_its_own(origin: Repository, tmp_path: Path) -> None:
    clone = origin.clone(tmp_path / "clone", "--filter=tree:0")
    ran = tmp_path / "ran"
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{ran}'\n")
    trap.chmod(0o755)
    for url in ("ssh://example.org/x", f"ext::{trap}", origin.root.as_uri()):
        clone.git("config", "remote.origin.url", url)
        clone.git("config", "remote.origin.uploadpack", str(trap))
        clone.git("config", "core.sshCommand", str(trap))
        clone.git("config", "protocol.allow", "always")
        assert history(clone.root).repository.state is State.PARTIAL
        assert not ran.exists()


# -- elsewhere ---------------------------------------------------------------------------------------------------------


def test_a_detached_head(repo: Repository) -> None:
    first = repo.commit({"a.md": "1"})
    repo.commit({"a.md": "2"})
    repo.git("checkout", "-q", first)
    assert history(repo.root).last("a.md").commit.sha == first  # type: ignore[union-attr]


def test_a_worktree_shares_the_cache(repo: Repository, tmp_path: Path) -> None:
    first = repo.commit({"a.md": "1"})
    repo.commit({"a.md": "2"})
    repo.git("worktree", "add", "-q", str(tmp_path / "tree"), first)
    history(repo.root, tmp_path / "cache")
    found = history(tmp_path / "tree", tmp_path / "cache")
    assert found.last("a.md").commit.sha == first  # type: ignore[union-attr]
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_a_worktree_of_a_bare_repository(repo: Repository, tmp_path: Path) -> None:
    first = repo.commit({"a.md": "1"})
    bare = repo.clone(tmp_path / "bare", "--bare")
    bare.git("worktree", "add", "-q", str(tmp_path / "tree"), "main")
    assert history(tmp_path / "tree").last("a.md").commit.sha == first  # type: ignore[union-attr]


def test_a_git_that_is_too_old(repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a.md": "1"})
    old = tmp_path / "bin" / "git"
    old.parent.mkdir()
    real = shutil.which("git")
    old.write_text(
        f'#!/bin/sh\ncase "$*" in *--show-scope*) echo "unknown option" >&2; exit 129;; esac\nexec {real} "$@"\n'
    )
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(old.parent))
    found = history(repo.root)
    _unknown(found, State.UNREADABLE)
    assert found.repository.hint == "unknown option"


def test_a_project_in_a_folder_of_the_repository(repo: Repository) -> None:
    first = repo.commit({"docs/site/a.md": "1", "a.md": "1", "src/x.py": "1"})
    repo.commit({"a.md": "2"})
    code = repo.commit({"src/x.py": "2"})
    repo.git("mv", "a.md", "docs/site/moved.md")
    moved = repo.record()
    found = history(repo.root / "docs" / "site")
    assert found.repository.prefix == "docs/site/"
    assert found.last("a.md").commit.sha == first  # type: ignore[union-attr]
    assert found.last("../../src/x.py").commit.sha == code  # type: ignore[union-attr]
    assert found.place("../../../x") is Place.OUTSIDE
    assert found.place("/etc/passwd") is Place.OUTSIDE
    assert [change.path for change in found.covered(["../../src/**"], 0).changes] == ["../../src/x.py"] * 2
    assert found.covered(["../../../**"], 0).changes == ()
    assert next((change.path, change.was) for change in found.trail("moved.md")) == ("moved.md", "../../a.md")
    assert [change.commit.sha for change in found.covered(["*"], START + DAY).changes] == [moved]
    assert found.contents([(code, "../../src/x.py"), (code, "a.md"), (code, "../../../a")]) == {
        (code, "../../src/x.py"): b"2",
        (code, "a.md"): b"1",
        (code, "../../../a"): Missing.UNKNOWN,
    }
    (repo.root / "docs/site/a.md").write_text("3")
    assert found.place("a.md") is Place.COMMITTED
    assert history(repo.root / "docs/site").place("a.md") is Place.MODIFIED


def test_a_folder_whose_name_holds_a_newline(tmp_path: Path) -> None:
    repo = repository(tmp_path / "a\nb")
    first = repo.commit({"docs\n/a.md": "1", "x.md": "1"})
    for root, path in ((repo.root, "x.md"), (repo.root / "docs\n", "a.md")):
        assert history(root).last(path).commit.sha == first  # type: ignore[union-attr]


def test_submodules(repo: Repository, tmp_path: Path) -> None:
    inner = repository(tmp_path / "inner")
    inner_first = inner.commit({"card.md": "1"})
    repo.commit({"a.md": "1"})
    repo.git("submodule", "--quiet", "add", inner.root.as_uri(), "lib/inner")
    repo.record("Add a submodule")
    found = history(repo.root)
    assert found.place("lib/inner/card.md") is Place.SUBMODULE
    assert (found.last("lib/inner/card.md").known, found.last("lib/inner/card.md").commit) == (Known.NOT, None)
    inside = history(repo.root / "lib" / "inner")
    assert inside.last("card.md").commit.sha == inner_first  # type: ignore[union-attr]

    inner.commit({"card.md": "2"})
    before = repo.head
    module = Repository(repo.root / "lib" / "inner")
    module.git("pull", "-q")
    assert history(repo.root).covered(["lib/inner/*.md"], 0).uncommitted == ("lib/inner",)
    bumped = repo.commit(subject="Take the new one")
    found = history(repo.root)
    for glob in ("lib/inner/card.md", "lib/inner/**", "lib/**", "lib/inner", "lib/inner/*.md"):
        assert [change.commit.sha for change in found.covered_since([glob], before).changes] == [bumped], glob
    assert not found.covered_since(["lib/other/**", "*.md"], before)
    module.write({"card.md": "edited there"})
    assert history(repo.root).place("lib/inner/card.md") is Place.SUBMODULE


def test_a_sparse_checkout(repo: Repository) -> None:
    repo.commit({"in/a.md": "1", "out/b.md": "1"})
    repo.git("sparse-checkout", "set", "in")
    found = history(repo.root)
    assert [found.last(path).known for path in ("in/a.md", "out/b.md")] == [Known.YES] * 2


# -- uncommitted -------------------------------------------------------------------------------------------------------


def test_places(repo: Repository) -> None:
    files = (
        "same",
        "modified",
        "staged-change",
        "removed",
        "removed-from-index",
        "renamed",
        "renamed-and-edited",
        "mode",
    )
    first = repo.commit(dict.fromkeys(files, "text\n" * 5) | {name: name for name in files[5:]})
    repo.commit({"gone": "1"})
    repo.commit({"gone": None})
    repo.write(
        {
            "untracked": "1",
            "modified": "2",
            "staged-change": "2",
            "added": "1",
            "intended": "1",
            ".gitignore": "ignored\n",
            "ignored": "1",
        }
    )
    repo.git("add", "staged-change", "added")
    repo.git("add", "--intent-to-add", "intended")
    repo.git("rm", "-q", "--cached", "removed-from-index")
    (repo.root / "removed").unlink()
    repo.git("mv", "renamed", "new-name")
    repo.git("mv", "renamed-and-edited", "edited")
    repo.write({"edited": "something else"})
    (repo.root / "mode").chmod(0o755)
    found = history(repo.root)
    expected = {
        "same": Place.COMMITTED,
        "modified": Place.MODIFIED,
        "mode": Place.MODIFIED,
        "staged-change": Place.MODIFIED,
        "removed": Place.DELETED,
        "removed-from-index": Place.UNTRACKED,
        "gone": Place.DELETED,
        "untracked": Place.UNTRACKED,
        "ignored": Place.UNTRACKED,
        "added": Place.ADDED,
        "intended": Place.ADDED,
        "new-name": Place.MOVED,
        "renamed": Place.DELETED,
        "edited": Place.ADDED,
        "never-was": Place.UNKNOWN,
    }
    assert {path: found.place(path) for path in expected} == expected
    for path, place in expected.items():
        last = found.last(path)
        assert last.place is place
        dated = place in {Place.COMMITTED, Place.MODIFIED, Place.DELETED, Place.MOVED}
        assert (last.known is Known.YES, last.commit is not None) == (dated, dated), path
    assert found.last("new-name").commit.sha == first  # type: ignore[union-attr]
    assert found.covered(["modified", "sam*"], 0).uncommitted == ("modified",)


def test_a_conflict(repo: Repository) -> None:
    repo.commit({"a.md": "1"})
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({"a.md": "side"})
    repo.git("checkout", "-q", "main")
    repo.commit({"a.md": "main"})
    with pytest.raises(AssertionError):
        repo.merge("side")
    assert history(repo.root).place("a.md") is Place.MODIFIED


def test_a_touched_file_is_not_modified(repo: Repository) -> None:
    repo.commit({"a.md": "1"})
    os.utime(repo.root / "a.md", (START, START))
    assert history(repo.root).place("a.md") is Place.COMMITTED


def test_symbolic_links_have_the_history_of_what_they_lead_to(repo: Repository, tmp_path: Path) -> None:
    repo.commit({"real/card.md": "1", "other.md": "1"})
    (repo.root / "docs").symlink_to("real")
    (repo.root / "link.md").symlink_to("real/card.md")
    (repo.root / "broken.md").symlink_to("nowhere")
    (tmp_path / "outside.md").write_text("1")
    (repo.root / "out.md").symlink_to(tmp_path / "outside.md")
    linked = repo.commit()
    edited = repo.commit({"real/card.md": "2"})
    found = history(repo.root)
    assert found.last("docs/card.md").commit.sha == edited  # type: ignore[union-attr]
    assert found.last("link.md").commit.sha == edited  # type: ignore[union-attr]
    assert found.last("broken.md").commit.sha == linked  # type: ignore[union-attr]
    assert (found.place("out.md"), found.last("out.md").commit) == (Place.OUTSIDE, None)
    assert found.place("docs/new.md") is Place.UNKNOWN


def test_a_root_that_is_reached_through_a_link(repo: Repository, tmp_path: Path) -> None:
    first = repo.commit({"docs/a.md": "1"})
    (tmp_path / "link").symlink_to(repo.root / "docs")
    assert history(tmp_path / "link").last("a.md").commit.sha == first  # type: ignore[union-attr]


def test_nothing_is_written(repo: Repository) -> None:
    repo.commit({"a.md": "1"})
    os.utime(repo.root / "a.md", (START, START))
    before = {path: path.read_bytes() for path in sorted(repo.root.rglob("*")) if path.is_file()}
    history(repo.root).last("a.md")
    assert {path: path.read_bytes() for path in sorted(repo.root.rglob("*")) if path.is_file()} == before
