"""What commits did to a path: edits, merges, renames, odd names, odd commits."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.history.facts import Known
from mkdocs_handoff.history.history import history
from mkdocs_handoff.history.worktree import Place
from tests.history.repositories import DAY, START, Repository, repository

if TYPE_CHECKING:
    from pathlib import Path


def _shas(repo: Repository, path: str) -> list[str]:
    return [change.commit.sha for change in history(repo.root).changes(path)]


def _last(repo: Repository, path: str) -> str:
    last = history(repo.root).last(path)
    assert last.known is Known.YES
    assert last.commit is not None
    return last.commit.sha


def test_the_last_change_of_each_file(repo: Repository) -> None:
    repo.commit({"a.md": "1", "b.md": "1"}, "Both")
    second = repo.commit({"a.md": "2"}, "Only one", author="Bo <bo@example.org>")
    repo.commit({"c.md": "1"}, "Another")
    last = history(repo.root).last("a.md")
    assert (last.known, last.place) == (Known.YES, Place.COMMITTED)
    assert last.commit is not None
    assert (last.commit.sha, last.commit.time, last.commit.name, last.commit.subject) == (
        second,
        START + DAY,
        "Bo",
        "Only one",
    )
    assert last.commit.files == 1
    assert [_shas(repo, path) for path in ("a.md", "b.md")] == [repo.log("a.md"), repo.log("b.md")]


def test_authors_by_how_often_they_changed_it(repo: Repository) -> None:
    for author in ("Ann <ann@example.org>", "Bo <bo@example.org>", "Bo <bo@example.org>"):
        repo.commit({"a.md": str(repo.days)}, author=author)
    assert history(repo.root).authors("a.md") == (("Bo", "bo@example.org", 2), ("Ann", "ann@example.org", 1))


# -- merges ------------------------------------------------------------------------------------------------------------


def _two_sides(
    repo: Repository, left: dict[str, str | bytes | None], right: dict[str, str | bytes | None]
) -> list[str]:
    base = repo.commit({"a.md": "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "b.md": "1"})
    repo.git("checkout", "-q", "-b", "side")
    on_side = repo.commit(right, "Side")
    repo.git("checkout", "-q", "main")
    return [base, repo.commit(left, "Main"), on_side]


def test_a_merge_without_changes_of_its_own_is_no_change(repo: Repository) -> None:
    _, main, side = _two_sides(repo, {"a.md": "main"}, {"b.md": "side"})
    repo.merge("side")
    assert (_last(repo, "a.md"), _last(repo, "b.md")) == (main, side)


def test_an_evil_merge_is_a_change(repo: Repository) -> None:
    base, main, side = _two_sides(repo, {"a.md": "main"}, {"b.md": "side"})
    repo.git("merge", "-q", "--no-ff", "--no-commit", "side")
    merge = repo.commit({"b.md": "neither", "new.md": "from nowhere"})
    assert _last(repo, "b.md") == merge
    assert _last(repo, "new.md") == merge
    assert _shas(repo, "b.md") == repo.log("b.md") == [merge, side, base]
    assert _last(repo, "a.md") == main


def test_a_merge_that_puts_two_changes_together_is_a_change(repo: Repository) -> None:
    _two_sides(repo, {"a.md": "0\n2\n3\n4\n5\n6\n7\n8\n9\n"}, {"a.md": "1\n2\n3\n4\n5\n6\n7\n8\n0\n"})
    merge = repo.merge("side")
    assert _last(repo, "a.md") == merge
    assert _shas(repo, "a.md") == repo.log("a.md")


def test_both_sides_of_a_merge_are_told_where_git_log_tells_one(repo: Repository) -> None:
    base, main, side = _two_sides(repo, {"a.md": "main"}, {"a.md": "side"})
    repo.merge("side", options=("-s", "ours"))
    assert _shas(repo, "a.md") == [main, side, base]
    assert repo.log("a.md") == [main, base]
    assert repo.log("a.md", "--full-history", "--no-merges") == [main, side, base]


def test_an_octopus_merge(repo: Repository) -> None:
    repo.commit({"a.md": "1", "b.md": "1", "c.md": "1"})
    heads = {}
    for name in ("b", "c", "d"):
        repo.git("checkout", "-q", "-b", name, "main")
        heads[name] = repo.commit({f"{name}.md": "2"})
    repo.git("checkout", "-q", "main")
    repo.merge("b", "c", "d")
    assert {name: _last(repo, f"{name}.md") for name in heads} == heads


def test_an_octopus_merge_with_changes_of_its_own(repo: Repository) -> None:
    repo.commit({"a.md": "1", "b.md": "1", "c.md": "1"})
    for name in ("b", "c"):
        repo.git("checkout", "-q", "-b", name, "main")
        repo.commit({f"{name}.md": "2"})
    repo.git("checkout", "-q", "main")
    repo.merge("b", "c")
    repo.write({"a.md": "evil", "\x01odd": "new"})
    repo.git("add", "-A")
    repo.git("commit", "-q", "--amend", "--no-edit", **repo._dated(None))
    assert len(repo.git("rev-parse", "HEAD^@").split()) == 3
    assert (_last(repo, "a.md"), _last(repo, "\x01odd")) == (repo.head, repo.head)


def test_a_rename_within_a_merge_hands_the_past_on(repo: Repository) -> None:
    base, _, _ = _two_sides(repo, {"c.md": "main"}, {"d.md": "side"})
    repo.git("merge", "-q", "--no-ff", "--no-commit", "side")
    repo.git("mv", "a.md", "new.md")
    repo.record()
    assert _shas(repo, "new.md") == [base]


# -- renames -----------------------------------------------------------------------------------------------------------


def test_a_pure_rename_is_no_change(repo: Repository) -> None:
    first = repo.commit({"old.md": "text"}, author="Bo <bo@example.org>")
    repo.git("mv", "old.md", "new.md")
    moved = repo.record("Rename")
    found = history(repo.root)
    assert found.last("new.md").commit == found.branch.commit(0)
    assert found.authors("new.md") == (("Bo", "bo@example.org", 1),)
    assert [(change.commit.sha, change.path, change.was, change.substantive) for change in found.trail("new.md")] == [
        (moved, "new.md", "old.md", False),
        (first, "old.md", "", True),
    ]
    assert found.place("old.md") is Place.DELETED


def test_a_chain_of_renames_with_edits_between(repo: Repository) -> None:
    one = repo.commit({"a.md": "1"})
    repo.git("mv", "a.md", "b.md")
    repo.record("a to b")
    two = repo.commit({"b.md": "2"})
    repo.git("mv", "b.md", "c.md")
    repo.record("b to c")
    three = repo.commit({"c.md": "3"})
    assert _shas(repo, "c.md") == [three, two, one]


def test_a_rename_back(repo: Repository) -> None:
    one = repo.commit({"a.md": "1"})
    repo.git("mv", "a.md", "b.md")
    repo.record()
    two = repo.commit({"b.md": "2"})
    repo.git("mv", "b.md", "a.md")
    repo.record()
    assert _shas(repo, "a.md") == [two, one]
    assert [change.was for change in history(repo.root).trail("a.md")] == ["b.md", "", "a.md", ""]


def test_two_files_that_exchange_names_have_changed(repo: Repository) -> None:
    repo.commit({"a.md": "one", "b.md": "two"})
    swap = repo.commit({"a.md": "two", "b.md": "one"})
    assert (_last(repo, "a.md"), _last(repo, "b.md")) == (swap, swap)


def test_a_rename_that_changes_case_only(repo: Repository) -> None:
    first = repo.commit({"readme.md": "1"})
    repo.git("mv", "-f", "readme.md", "README.md")
    repo.record()
    assert _shas(repo, "README.md") == [first]


def test_a_rename_with_an_edit_begins_a_new_past(repo: Repository) -> None:
    repo.commit({"a.md": "one\ntwo\nthree\nfour\n"})
    edited = repo.commit({"a.md": None, "b.md": "one\ntwo\nthree\n"})
    assert _shas(repo, "b.md") == [edited]


def test_a_copy_begins_a_new_past(repo: Repository) -> None:
    repo.commit({"a.md": "1"})
    copied = repo.commit({"b.md": "1"})
    assert _shas(repo, "b.md") == [copied]


def test_what_happens_to_the_old_name_later_is_not_the_renamed_files(repo: Repository) -> None:
    first = repo.commit({"a.md": "1"})
    repo.git("mv", "a.md", "b.md")
    repo.record()
    again = repo.commit({"a.md": "another file"})
    assert _shas(repo, "b.md") == [first]
    assert _shas(repo, "a.md") == [again, first]


def test_an_edit_of_the_old_name_on_a_side_that_knew_nothing_of_the_rename(repo: Repository) -> None:
    base = repo.commit({"a.md": "1\n2\n3\n4\n5\n6\n7\n8\n"})
    repo.git("checkout", "-q", "-b", "side")
    edit = repo.commit({"a.md": "1\n2\n3\n4\n5\n6\n7\n0\n"})
    repo.git("checkout", "-q", "main")
    repo.git("mv", "a.md", "b.md")
    repo.record()
    repo.merge("side")
    assert set(_shas(repo, "b.md")) >= {edit, base}


def test_a_file_named_like_a_status(repo: Repository) -> None:
    first = repo.commit({"R100": "1", "x": "1"})
    second = repo.commit({"x": "2", "M": "1"})
    assert (_last(repo, "R100"), _last(repo, "x"), _last(repo, "M")) == (first, second, second)


# -- names -------------------------------------------------------------------------------------------------------------

ODD = [
    "été.md",
    "日本語/モデル.md",
    "a\nb.md",
    "a\tb.md",
    'a"b.md',
    "-dash.md",
    "--all",
    ":(top)x.md",
    "a b .md",
    "\x01a.md",
    "\x01" + "a" * 40,
    "\x02.md",
    "M",
    "*.md",
    "[x].md",
    "a\\b.md",
    "HEAD",
]


@pytest.mark.parametrize("name", ODD)
def test_odd_names(repo: Repository, name: str) -> None:
    repo.commit({"plain.md": "1"})
    first = repo.commit({name: "1"})
    second = repo.commit({name: "2"})
    repo.commit({"plain.md": "2"})
    found = history(repo.root)
    assert _shas(repo, name) == [second, first]
    assert found.place(name) is Place.COMMITTED
    assert len(found.branch.log.heads) == 4
    assert found.contents([(first, name), (second, name)]) == {(first, name): b"1", (second, name): b"2"}


def test_all_odd_names_in_one_commit(repo: Repository, tmp_path: Path) -> None:
    first = repo.commit(dict.fromkeys(ODD, "1"))
    found = history(repo.root, tmp_path / "cache")
    again = history(repo.root, tmp_path / "cache")
    assert {found.last(name).commit.sha for name in ODD} == {first}  # type: ignore[union-attr]
    assert again.branch.log == found.branch.log


def test_names_that_are_no_utf8(repo: Repository, tmp_path: Path) -> None:
    raw = b"caf\xe9.md"
    (repo.root / os.fsdecode(raw)).touch()
    first = repo.commit({"folder/x.md": "1"})
    name = os.fsdecode(raw)
    for _ in range(2):  # read, and from the cache
        found = history(repo.root, tmp_path / "cache")
        last = found.last(name)
        assert last.known is Known.YES
        assert last.commit is not None
        assert last.commit.sha == first
        assert found.contents([(first, name)]) == {(first, name): b""}


# -- commits -----------------------------------------------------------------------------------------------------------


def test_a_commit_without_subject_and_author_name(repo: Repository) -> None:
    repo.git("config", "user.useConfigOnly", "false")
    tree = repo.git("write-tree")
    repo.write({"a.md": "1"})
    repo.git("add", "-A")
    tree = repo.git("write-tree")
    raw = f"tree {tree}\nauthor  <> {START} +0000\ncommitter  <> {START} +0000\n\n"
    (repo.root.parent / "commit").write_text(raw)
    sha = repo.git("hash-object", "-t", "commit", "-w", str(repo.root.parent / "commit"))
    repo.git("update-ref", "HEAD", sha)
    found = history(repo.root)
    last = found.last("a.md")
    assert last.commit is not None
    assert (last.commit.sha, last.commit.name, last.commit.email, last.commit.subject) == (sha, "", "", "")
    assert found.authors("a.md") == (("", "", 1),)


def test_trailers_also_folded_ones(repo: Repository) -> None:
    repo.commit(
        {"a.md": "1"},
        "Subject\n\nText: no trailer.\n\nReviewed-by: Bo\n <bo@example.org>\nSigned-off-by: Ann <ann@example.org>\n"
        "Change-Id: I1\nco-authored-by: Cy <cy@example.org>\n",
    )
    last = history(repo.root).last("a.md")
    assert last.commit is not None
    assert last.commit.trailers == (
        "Reviewed-by: Bo <bo@example.org>",
        "Signed-off-by: Ann <ann@example.org>",
        "co-authored-by: Cy <cy@example.org>",
    )


def test_text_that_looks_like_the_streams_own_marks(repo: Repository) -> None:
    author = f"\x01{'b' * 40} <123@example.org>"
    first = repo.commit({"a.md": "1"}, f"\x01{'a' * 40}", author=author)
    second = repo.commit({"a.md": "2"}, "\x02 x", author="B\x02 <x\x01@example.org>")
    found = history(repo.root)
    assert [change.commit.sha for change in found.changes("a.md")] == [second, first]
    assert len(found.branch.log.heads) == 2


def test_a_message_in_another_encoding(repo: Repository) -> None:
    repo.git("config", "i18n.commitEncoding", "ISO-8859-1")
    repo.git("config", "i18n.logOutputEncoding", "ISO-8859-1")
    repo.write({"a.md": "1"})
    repo.git("add", "-A")
    (repo.root.parent / "message").write_bytes("été".encode("latin-1"))
    repo.git("commit", "-q", "-F", str(repo.root.parent / "message"), **repo._dated(None))
    last = history(repo.root).last("a.md")
    assert last.commit is not None
    assert last.commit.subject == "été"


def test_mailmap(repo: Repository) -> None:
    repo.commit({"a.md": "1"}, author="annie <old@example.org>")
    repo.commit({"a.md": "2"}, author="Ann <ann@example.org>")
    repo.commit({"a.md": "3"}, author="No Address <>")
    repo.write({".mailmap": "Ann Berg <ann@example.org> <old@example.org>\nAnn Berg <ann@example.org>\n"})
    found = history(repo.root)
    assert found.authors("a.md") == (("Ann Berg", "ann@example.org", 2), ("No Address", "", 1))
    assert found.last("a.md").commit.name == "No Address"  # type: ignore[union-attr]


def test_mailmap_named_by_the_configuration(repo: Repository, tmp_path: Path) -> None:
    repo.commit({"a.md": "1"}, author="annie <old@example.org>")
    (tmp_path / "people").write_text("Ann Berg <ann@example.org> <old@example.org>\n")
    repo.git("config", "mailmap.file", str(tmp_path / "people"))
    assert history(repo.root).authors("a.md") == (("Ann Berg", "ann@example.org", 1),)


def test_ignored_revisions_are_not_substantive(repo: Repository) -> None:
    first = repo.commit({"a.md": "1"})
    reformatted = repo.commit({"a.md": "1 "})
    repo.write({".git-blame-ignore-revs": f"# reformatting\n\n{reformatted}  # and why\n"})
    found = history(repo.root)
    assert [change.commit.sha for change in found.changes("a.md")] == [first]
    assert [change.substantive for change in found.trail("a.md")] == [False, True]
    assert found.covered(["*.md"], START).changes == ()


def test_ignored_revisions_named_by_the_configuration(repo: Repository) -> None:
    first = repo.commit({"a.md": "1"})
    repo.write({"ignored": repo.commit({"a.md": "2"}), "taken-back": first})
    for name in ("taken-back", "", "ignored", "not-there"):
        repo.git("config", "--add", "blame.ignoreRevsFile", name)
    assert _last(repo, "a.md") == first


def test_bulk_commits_are_not_substantive(repo: Repository) -> None:
    sweep = repo.commit({f"{number}.md": "1" for number in range(11)})
    edit = repo.commit({"0.md": "2"})
    repo.commit({f"{number}.md": "3" for number in range(11)})
    found = history(repo.root, bulk=10)
    assert found.last("0.md").commit.sha == edit  # type: ignore[union-attr]
    last = found.last("1.md")
    assert (last.known, last.commit.sha) == (Known.SWEPT, sweep)  # type: ignore[union-attr]
    assert history(repo.root, bulk=11).last("1.md").known is Known.YES


def test_a_commit_without_files(repo: Repository) -> None:
    first = repo.commit({"a.md": "1"})
    repo.record("Nothing")
    assert _shas(repo, "a.md") == [first]


def test_a_file_becomes_a_link_and_a_folder(repo: Repository) -> None:
    repo.commit({"a": "1", "target": "x"})
    (repo.root / "a").unlink()
    (repo.root / "a").symlink_to("target")
    repo.commit()
    (repo.root / "a").unlink()
    folder = repo.commit({"a/b.md": "1"})
    found = history(repo.root)
    assert found.last("a/b.md").commit.sha == folder  # type: ignore[union-attr]
    assert found.place("a") is not Place.COMMITTED


def test_sha256(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo", "--object-format=sha256")
    repo.commit({"a.md": "1"})
    second = repo.commit({"a.md": "2"})
    assert len(second) == 64
    for _ in range(2):
        found = history(repo.root, tmp_path / "cache")
        assert found.last("a.md").commit.sha == second  # type: ignore[union-attr]
        assert found.contents([(second, "a.md")]) == {(second, "a.md"): b"2"}
