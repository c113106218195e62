"""What stands in the environment and the configuration changes no answer, and nothing that a repository names runs."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import pytest

from mkdocs_handoff.history.facts import Known
from mkdocs_handoff.history.history import history
from mkdocs_handoff.history.worktree import Place
from tests.history.repositories import START, Repository, repository


@pytest.fixture
def made(repo: Repository) -> Repository:
    """A repository with an edit, a rename, a merge, a signature's look-alike and an odd name."""
    repo.commit({"a.md": "1\n", "old.md": "1\n2\n", "été.md": "1"}, "First\n\nReviewed-by: Bo <bo@example.org>")
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({"b.md": "1"})
    repo.git("checkout", "-q", "main")
    repo.commit({"a.md": "2\n"})
    repo.git("merge", "-q", "--no-ff", "--no-commit", "side")
    repo.commit({"b.md": "evil"})
    repo.git("mv", "old.md", "new.md")
    repo.record()
    repo.write({"a.md": "3\n"})
    return repo


def _answers(root: Path) -> object:
    found = history(root)
    paths = ("a.md", "b.md", "new.md", "old.md", "été.md")
    return [
        [(found.last(path), found.trail(path), found.authors(path)) for path in paths],
        found.covered(["*.md"], 0).changes,
        found.branch.log,
    ]


def test_inside_a_hook(made: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _answers(made.root)
    other = repository(tmp_path / "other")
    other.commit({"a.md": "of another repository"})
    for name, value in {
        "GIT_DIR": str(other.root / ".git"),
        "GIT_WORK_TREE": str(other.root),
        "GIT_INDEX_FILE": str(other.root / ".git/index"),
        "GIT_PREFIX": "docs/",
        "GIT_OBJECT_DIRECTORY": str(other.root / ".git/objects"),
        "GIT_COMMON_DIR": str(other.root / ".git"),
        "GIT_NAMESPACE": "x",
        "GIT_CONFIG_PARAMETERS": "'core.bare'='true'",
        "GIT_EXTERNAL_DIFF": "false",
        "GIT_DIFF_OPTS": "-u9",
        "GIT_TRACE": "1",
        "GIT_LITERAL_PATHSPECS": "0",
        "GIT_NO_REPLACE_OBJECTS": "0",
        "GIT_FLUSH": "1",
        "LANGUAGE": "de",
        "TZ": "Asia/Kathmandu",
    }.items():
        monkeypatch.setenv(name, value)
    assert _answers(made.root) == before


def test_in_a_real_hook(made: Repository, tmp_path: Path) -> None:
    made.git("add", "-A")
    out = tmp_path / "out"
    source = Path(__file__).parents[2]
    hook = made.root / ".git/hooks/pre-commit"
    hook.write_text(
        f"#!/bin/sh\nPYTHONPATH='{source}' exec '{sys.executable}' -c \"\n"
        "import pathlib\nfrom mkdocs_handoff.history.history import history\n"
        "last = history(pathlib.Path('.').resolve()).last('a.md')\n"
        f"pathlib.Path('{out}').write_text(f'{{last.known.value}} {{last.place.value}} {{last.commit.sha}}')\"\n"
    )
    hook.chmod(0o755)
    expected = made.log("a.md")[0]
    made.git("commit", "-q", "-m", "x", *(), PATH=os.environ["PATH"])
    assert out.read_text() == f"known {Place.MODIFIED.value} {expected}"


SETTINGS = {
    "log.showSignature": "true",
    "log.showRoot": "false",
    "log.follow": "true",
    "log.diffMerges": "first-parent",
    "log.mailmap": "true",
    "log.date": "relative",
    "log.decorate": "full",
    "log.abbrevCommit": "true",
    "color.ui": "always",
    "color.diff": "always",
    "color.status": "always",
    "core.quotepath": "true",
    "core.abbrev": "5",
    "core.preloadIndex": "false",
    "diff.renames": "copies",
    "diff.renameLimit": "1",
    "diff.noprefix": "true",
    "diff.relative": "true",
    "diff.ignoreSubmodules": "all",
    "diff.orderFile": "not-there",
    "diff.autoRefreshIndex": "false",
    "diff.noPrefix": "true",
    "diff.submodule": "log",
    "format.pretty": "%s",
    "format.notes": "true",
    "i18n.logOutputEncoding": "ISO-8859-1",
    "notes.displayRef": "*",
    "status.relativePaths": "true",
    "status.short": "true",
    "status.branch": "true",
    "status.showUntrackedFiles": "all",
    "status.renames": "false",
    "status.showStash": "true",
    "trailer.separators": "=",
    "trailer.reviewed.key": "Reviewed-by",
    "fetch.recurseSubmodules": "true",
    "submodule.recurse": "true",
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_that_change_output(made: Repository, name: str) -> None:
    before = _answers(made.root)
    made.git("config", name, SETTINGS[name])
    assert _answers(made.root) == before


def test_all_settings_at_once_from_the_users_own_file(
    made: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _answers(made.root)
    for name, value in SETTINGS.items():
        made.git("config", "--file", str(tmp_path / "gitconfig"), name, value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    assert _answers(made.root) == before


def test_notes_are_no_part_of_a_commit(made: Repository) -> None:
    before = _answers(made.root)
    made.git("notes", "add", "-m", "a note", "HEAD")
    assert _answers(made.root) == before


PROGRAMS = (
    "core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.gitProxy",
    "core.alternateRefsCommand", "pager.log", "pager.status", "diff.external", "diff.trap.command",
    "diff.trap.textconv", "gpg.program", "gpg.ssh.program", "gpg.x509.program", "filter.trap.clean",
    "filter.trap.smudge",
    "filter.trap.process", "filter.a=b.c.clean", "filter.a=b.c.process", "merge.trap.driver", "credential.helper",
    "uploadpack.packObjectsHook", "interactive.diffFilter", "sequence.editor", "trailer.x.command", "trailer.x.cmd",
)  # fmt: skip


def _signed(repo: Repository, mark: str, number: int = 0) -> str:
    """Make a commit that looks signed, on top of what is checked out."""
    person = f"A <a@example.org> {number} +0000"
    (repo.root.parent / "commit").write_text(
        f"tree {repo.git('rev-parse', 'HEAD^{tree}')}\nparent {repo.head}\nauthor {person}\ncommitter {person}\n"
        f"gpgsig -----BEGIN {mark}-----\n x\n -----END {mark}-----\n\nSubject\n"
    )
    return repo.git("hash-object", "-t", "commit", "-w", str(repo.root.parent / "commit"))


def test_nothing_that_the_repository_names_runs(made: Repository, tmp_path: Path) -> None:
    made.git("update-ref", "HEAD", _signed(made, "PGP SIGNATURE", START))
    before = _answers(made.root)
    ran = tmp_path / "ran"
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\necho \"$0 $@\" >> '{ran}'\ncat\n")
    trap.chmod(0o755)
    hooks = made.root / "hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "fsmonitor-watchman", "reference-transaction", "post-checkout", "pre-commit"):
        for folder in (hooks, made.root / ".git/hooks"):
            (folder / hook).write_bytes(trap.read_bytes())
            (folder / hook).chmod(0o755)
    for name in PROGRAMS:
        made.git("config", name, str(trap))
    for name in ("log", "rev-parse", "config", "status", "ls-files", "cat-file", "check-mailmap"):
        made.git("config", f"alias.{name}", f"!{trap}")
    made.git("config", "core.hooksPath", str(hooks))
    made.git("config", "filter.trap.required", "true")
    made.git("config", "log.showSignature", "true")
    made.write({".git/info/attributes": '* diff=trap filter=trap merge=trap\nb.md filter="a=b.c"\n'})
    (made.root / ".mailmap").write_text("A <a@example.org>\n")
    for path in made.root.glob("*.md"):
        path.touch()  # its time stamp is no longer what git remembers: content is compared
    found = history(made.root)
    found.authors("a.md")
    found.contents([(made_head(made), "a.md")])
    found.signatures([made_head(made)])
    found.covered(["**"], 0).changes  # noqa: B018 - made when asked for
    after = _answers(made.root)
    assert not ran.exists(), ran.read_text()
    assert after[0][0] == before[0][0]  # type: ignore[index]
    # The trap is one: git itself, without what is passed here, runs it.
    with contextlib.suppress(AssertionError):
        made.git("status")
    assert ran.exists()


def made_head(made: Repository) -> str:
    """The commit, asked of the file: git would run the traps."""
    return (made.root / ".git/refs/heads/main").read_text().strip()


def test_a_file_with_a_filter_is_modified_when_in_doubt(repo: Repository) -> None:
    repo.git("config", "filter.upper.clean", "tr a-z A-Z")
    repo.write({".gitattributes": "*.up filter=upper\n", "a.up": "text", "b.md": "text"})
    os.utime(repo.root / "a.up", (START, START))  # as young as the index, its content would be compared
    repo.commit()
    assert history(repo.root).place("a.up") is Place.COMMITTED
    (repo.root / "a.up").write_text("text and more")
    assert history(repo.root).place("a.up") is Place.MODIFIED


def test_a_filter_of_the_users_own_runs(repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gitconfig").write_text('[filter "upper"]\n\tclean = tr a-z A-Z\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    repo.write({".gitattributes": "*.up filter=upper\n", "a.up": "text"})
    repo.git("add", "-A", GIT_CONFIG_GLOBAL=str(tmp_path / "gitconfig"))
    repo.record()
    os.utime(repo.root / "a.up", (START, START))
    assert history(repo.root).place("a.up") is Place.COMMITTED
    repo.git("config", "filter.upper.clean", "tr A-Z a-z")
    assert history(repo.root).place("a.up") is Place.MODIFIED


def test_signatures_are_seen_and_not_checked(repo: Repository) -> None:
    plain = repo.commit({"a.md": "1"}, "Not a signature\n\n-----BEGIN PGP SIGNATURE-----")
    marks = ("PGP SIGNATURE", "SSH SIGNATURE", "SIGNED MESSAGE")
    signed = [_signed(repo, mark, number) for number, mark in enumerate(marks)]
    kinds = ["", "openpgp", "ssh", "x509"]
    found = history(repo.root)
    assert found.signatures([plain, *signed, "0" * 40]) == dict(zip([plain, *signed], kinds, strict=True))


def test_replace_refs_and_grafts_are_passed_over(repo: Repository, tmp_path: Path) -> None:
    first = repo.commit({"a.md": "1"})
    repo.commit({"b.md": "1"})
    third = repo.commit({"c.md": "1"})
    history(repo.root, tmp_path / "cache")
    repo.git("replace", "--graft", third, first)
    (repo.root / ".git/info/grafts").write_text(f"{third}\n")
    for cache in (None, tmp_path / "cache"):
        found = history(repo.root, cache)
        assert [len(found.changes(path)) for path in ("a.md", "b.md", "c.md")] == [1, 1, 1]
        assert len(found.branch.log.heads) == 3


def test_trust_given_in_the_environment_still_holds(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root can give a repository away")
    repo.commit({"a.md": "1"})
    repo.git("config", "filter.x.clean", "cat")
    for path in [repo.root, *repo.root.rglob("*")]:
        os.chown(path, 65534, 65534)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "*")
    assert history(repo.root).last("a.md").known is Known.YES
