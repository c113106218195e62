"""CODEOWNERS held against records, in real repositories; and the block that says what the records say."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_handoff.history.codeowners import parse
from mkdocs_handoff.history.history import history, unasked
from mkdocs_handoff.project import load
from mkdocs_handoff.reports.owners.block import Block, MarkerError, block, of_glob, put
from mkdocs_handoff.reports.owners.codeowners import Comparison, comparison, found
from mkdocs_handoff.reports.owners.handles import Handles
from mkdocs_handoff.reports.owners.ownership import ownership
from mkdocs_handoff.settings import find_settings
from mkdocs_handoff.text.globs import matches
from tests.history.repositories import ENVIRONMENT, repository

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str | bytes]], Path]

DAY = date(2026, 11, 23)
PEOPLE: dict[str, str | bytes] = {
    "teams/t.yml": "title: Tee\ngithub: '@Acme/Tee'\nmembers: [ann, {ref: bob, dateOut: 2026-01-01}]\n",
    "teams/u.yml": "title: You\ngithub: acme/you\n",
    "teams/none.yml": "title: None\n",
    "people/ann.yml": "title: Ann\nemail: Ann@Example.org\n",
    "people/bob.yml": "title: Bob\ngithub: bob\n",
    "org.yaml": "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: back\n  annotations:\n"
    "    github.com/team-slug: acme/back\nspec:\n  type: team\n  children: []\n  members: [zoe]\n---\n"
    "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata:\n  name: zoe\n  annotations:\n"
    "    github.com/user-login: zoe\nspec:\n  profile: {email: zoe@example.org}\n  memberOf: []\n",
}


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def compared(root: Path, *, git: bool = True) -> Comparison:
    past = history(root, today=DAY) if git else unasked()
    project = load(find_settings(root))
    written = found(root, past)
    assert written is not None
    return comparison(project.catalog, ownership(project.catalog, DAY), Handles(project.catalog), written, past)


def written(root: Path, prefix: str = "") -> Block:
    project = load(find_settings(root))
    return block(project.catalog, ownership(project.catalog, DAY), Handles(project.catalog), prefix)


def test_handles_from_fields_annotations_and_addresses(write_project: Write) -> None:
    handles = Handles(load(find_settings(write_project(PEOPLE))).catalog)
    for owner, name in {
        "@acme/tee": "team:t",
        "@ACME/back": "team:back",
        "@Zoe": "person:zoe",
        "zoe@example.org": "person:zoe",
        "ann@example.ORG": "person:ann",
    }.items():
        assert list(map(str, handles.meant(owner))) == [name]
    assert handles.meant("@tee") == ()
    shown = {str(one): handles.written(one) for one in load(find_settings(write_project({}))).catalog.records}
    assert shown["team:t"] == "@Acme/Tee"
    assert shown["person:ann"] == "Ann@Example.org"
    assert shown["person:zoe"] == "@zoe"
    assert shown["team:none"] == ""


def test_agreement_is_by_owner_by_member_and_by_team(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    owners = {"same": "team:t", "member": "team:t", "team": "ann", "former": "bob", "other": "team:u"}
    owners |= {"nohandle": "team:none", "known": "team:none", "nobody": "team:u", "cleared": "team:u"}
    repo.commit(
        {
            **PEOPLE,
            **{f"models/{name}.yml": f"title: {name}\nowners: {owner}\n" for name, owner in owners.items()},
            "models/past.yml": "title: Past\nowners: team:u\nlifecycle: retired\n",
            ".github/CODEOWNERS": "/teams/ @acme/tee\n/people/ @acme/tee\n/org.yaml @acme/tee\n"
            "/models/same.yml @stranger @acme/TEE\n/models/member.yml ann@example.org\n/models/team.yml @acme/tee\n"
            "/models/former.yml @acme/tee\n/models/other.yml @acme/tee\n/models/nohandle.yml @stranger\n"
            "/models/known.yml @bob\n/models/cleared.yml\n",
        }
    )
    report = compared(repo.root)
    assert [(one.path, one.line, one.owners) for one in report.disagreeing] == [
        ("models/former.yml", 7, ("@acme/tee",)),
        ("models/known.yml", 10, ("@bob",)),
        ("models/other.yml", 8, ("@acme/tee",)),
    ]
    assert [(one.path, one.line) for one in report.unowned] == [("models/cleared.yml", 11), ("models/nobody.yml", 0)]
    assert [holder.text for holder, _ in report.incomparable] == ["team:none"]
    assert [(one.path, one.line, one.owners) for one in report.unsure] == [("models/nohandle.yml", 9, ("@stranger",))]
    assert report.strangers == (("@stranger", (4, 9)),)
    assert not report.agrees


def test_what_records_cover_is_told_once_a_line(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    repo.commit(
        {
            **PEOPLE,
            "models/m.yml": "title: M\nowners: team:u\ncovers: ['src/**']\n",
            **{f"src/a/{number}.py": "x" for number in range(3)},
            "src/b/x.py": "x",
            "src/c/x.py": "x",
            "CODEOWNERS": "* @acme/you\n/src/a/ @acme/tee\n/src/b/\n",
        }
    )
    report = compared(repo.root)
    covered = [(one.path, one.files, one.example, one.line) for one in report.disagreeing if one.path == "src/**"]
    assert covered == [("src/**", 3, "src/a/0.py", 2)]
    assert [(one.path, one.files, one.example, one.line) for one in report.unowned] == [("src/**", 1, "src/b/x.py", 3)]


def test_lines_without_effect_are_known_only_with_git(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    text = "*.md @bob\n/models/ @bob\n* @bob\n/gone/ @bob\n[x] @bob\n"
    repo.commit({**PEOPLE, "models/m.yml": "title: M\nowners: bob\n", "README.md": "x", "CODEOWNERS": text})
    report = compared(repo.root)
    assert [(one.rule.line, one.by, one.files) for one in report.hidden] == [(1, (3,), 1), (2, (3,), 1)]
    assert [rule.line for rule in report.idle] == [4]
    assert [mistake.line for mistake in report.mistakes] == [5]
    assert report.complete
    without = compared(repo.root, git=False)
    assert (without.hidden, without.idle, without.complete) == ((), (), False)
    assert without.agrees


def test_a_project_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    people = {f"lab/{path}": text for path, text in PEOPLE.items()}
    model = "title: M\nowners: team:u\ncovers: ['../src/*.py', 'code/**', '../../out/**']\n"
    repo.commit(
        {
            **people,
            "lab/handoff.yml": "namespace: ''\n",
            "lab/models/m.yml": model,
            "src/x.py": "x",
            "lab/code/y.py": "x",
            "CODEOWNERS": "* @acme/tee\n/models/ @acme/you\n/lab/models/ @acme/you\n/src/ @acme/you\n",
        }
    )
    report = compared(repo.root / "lab")
    assert [(one.path, one.example) for one in report.disagreeing] == [("code/**", "code/y.py")]
    made = written(repo.root / "lab", "lab/")
    assert made.lines[0] == "# begin mkdocs-handoff lab/"
    assert [line for line in made.lines if not line.startswith("#")] == [
        "/lab/code/ @acme/you",
        "/src/*.py @acme/you",
        "/lab/models/m.yml @acme/you",
    ]
    assert ("../../out/**", "it leads out of the repository") in made.left_out


def test_the_block_agrees_with_the_records(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    repo.commit(
        {
            **PEOPLE,
            "models/a b.yml": "title: A\nowners: team:u\ncovers: ['src/**', 'src/deep/*.py', '[ab].txt']\n",
            "models/c.yml": "title: C\nowners: ann\ncovers: [src/deep/x.py, 'src/**']\n",
            "models/gone.yml": "title: G\nowners: cy\n",
            "people/cy.yml": "title: Cy\ngithub: cy\nleft: 2026-11-01\n",
            "models/none.yml": "title: N\nowners: team:none\n",
            "models/ghost.yml": "title: H\nowners: team:ghost\n",
            "glossary.yml": "terms:\n  - {id: a, title: A, owners: ann}\n  - {id: b, title: B, owners: bob}\n"
            "  - {id: c, title: C, owners: ann}\n",
            "src/deep/x.py": "x",
            "src/y": "x",
            "a.txt": "x",
        }
    )
    made = written(repo.root)
    assert made.lines[2:-1] == (
        "# [ab].txt is left out: CODEOWNERS has no `[ ]`",
        "/src/ @acme/you Ann@Example.org",
        "/src/deep/*.py @acme/you",
        "/src/deep/x.py Ann@Example.org",
        "/glossary.yml Ann@Example.org @bob",
        "/models/a\\ b.yml @acme/you",
        "/models/c.yml Ann@Example.org",
    )
    assert dict(made.left_out) == {
        "[ab].txt": "CODEOWNERS has no `[ ]`",
        "models/ghost.yml": "no team or person 'team:ghost' is written down",
        "models/gone.yml": "person:cy is gone",
        "models/none.yml": "team:none has no `github:` name",
    }
    assert not parse("\n".join(made.lines)).mistakes
    (repo.root / "CODEOWNERS").write_bytes(put(b"* @acme/tee\n", made.lines))
    disagreeing = {one.path for one in compared(repo.root).disagreeing}
    assert disagreeing == {"[ab].txt", "models/gone.yml", "models/none.yml"}


def test_what_names_no_owner_and_needs_none_is_not_told_of(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    files: dict[str, str | bytes] = {
        **PEOPLE,
        "glossary.yml": "terms:\n  - {id: a, title: A}\n  - {id: b, title: B}\n",
        "glossary/c.yml": "title: C\nowners: ann\n",
        "glossary/d.yml": "title: D\nowners: [{ref: ann, role: operations}]\n",
        "decisions/0001-it.md": "---\nstatus: accepted\n---\n# It\n",
        "evaluations/e.yml": "title: E\ncovers: ['lib/**']\n",
        "models/m.yml": "title: M\ncovers: ['src/**']\n",
        "models/past.yml": "title: Past\nlifecycle: retired\n",
        "lib/x.py": "x",
        "src/x.py": "x",
        "CODEOWNERS": "",
    }
    repo.commit(files)
    report = compared(repo.root)
    assert [(one.path, [str(record) for record in one.records]) for one in report.unowned] == [
        ("glossary/c.yml", ["term:c"]),
        ("models/m.yml", ["model:m"]),
        ("src/**", ["model:m"]),
    ]


@pytest.mark.parametrize("seed", range(8))
def test_after_the_block_is_written_only_what_it_leaves_out_is_told_of(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    people = (None, "ann", "bob", "team:t", "team:u", "team:none", "team:ghost", "zoe", "{ref: ann, role: approver}")
    globs = (
        "src/**",
        "src/*.py",
        "src/a/**",
        "src/**/*.py",
        "conf",
        "conf/a.yml",
        "**/*.py",
        "models/**",
        "[s]rc/*.py",
    )
    made: dict[str, str | bytes] = {"src/x.py": "x", "src/a/x.py": "x", "src/a/y.txt": "x", "conf/a.yml": "x"}
    ownerless: set[str] = set()
    for number in range(12):
        kind = chance.choice(("models", "datasets", "features", "evaluations", "glossary", "teams", "people"))
        owner = chance.choice(people)
        covers = chance.sample(globs, chance.choice((0, 0, 1, 2)))
        path = f"{kind}/r{number}.yml"
        made[path] = f"title: R\ncovers: {covers}\n" + (f"owners: [{owner}]\n" if owner else "")
        if owner is None or owner.startswith("{"):
            ownerless |= {path, *covers}
    repo = repository(tmp_path / "repo")
    repo.commit({**PEOPLE, **made, "CODEOWNERS": "* @acme/tee\n/src/ @stranger\n/conf/\n"})
    block = written(repo.root)
    (repo.root / "CODEOWNERS").write_bytes(put(b"/conf/\n", block.lines))
    report = compared(repo.root)
    left_out = {path for path, _ in block.left_out}
    assert {one.path for one in report.disagreeing} <= left_out
    assert {one.path for one in report.unowned} <= left_out | ownerless
    asking = {"models", "datasets", "features"}
    told = {one.path for one in report.unowned} - left_out
    assert {path.partition("/")[0] for path in told if path.endswith(".yml") and "/r" in path} <= asking
    if not left_out and not told:
        assert report.agrees


@pytest.mark.parametrize(
    ("glob", "pattern"),
    [
        ("src", "/src"),
        ("src/", "/src"),
        ("./src/**", "/src/"),
        ("**", "*"),
        ("*", "/*"),
        ("src/*", "/src/*"),
        ("src/**/*.py", "/src/**/*.py"),
        ("**/x.py", "/**/x.py"),
        ("a b/c?.py", "/a\\ b/c?.py"),
    ],
)
def test_a_glob_as_a_pattern(glob: str, pattern: str) -> None:
    assert of_glob(glob) == (pattern, "")


@pytest.mark.parametrize("glob", ["[ab].py", "a#b", "src/**.py", "a**b", "../x", "a\nb", "src/train*", "src/?"])
def test_a_glob_that_codeowners_cannot_say(glob: str) -> None:
    pattern, why = of_glob(glob)
    assert pattern == ""
    assert why


_PARTS = st.sampled_from(["a", "b", "ab", "*", "**", "?", "a*", "*b"])  # no part ends like a file
_GLOBS = st.lists(_PARTS, min_size=1, max_size=4).map("/".join)
_PATHS = st.lists(st.sampled_from(["a", "b", "ab", "c", "aab"]), min_size=1, max_size=5)


@given(_GLOBS, _PATHS)
def test_a_pattern_means_what_its_glob_covers(glob: str, parts: list[str]) -> None:
    """A pattern also means what is in a folder that the glob matches: that is asked of the path's folders."""
    pattern, why = of_glob(glob)
    last = glob.rpartition("/")[2]
    assert bool(why) == (last not in ("*", "**") and any(char in last for char in "*?")), "it may be a folder's name"
    if why:
        return
    (rule,) = parse(f"{pattern} @x").rules
    path = "/".join(parts)
    wild = any(char in glob for char in "*?")
    flat = pattern.endswith("/*")
    folders = ["/".join(parts[:length]) for length in range(1, len(parts))]
    covered = matches(path, glob) or (not flat and any(matches(folder, glob) for folder in folders))
    if not wild:
        covered = path == glob or path.startswith(f"{glob}/")
    assert rule.matches(path) == covered


@given(st.binary(), st.sampled_from([b"\n", b"\r\n"]), st.binary())
def test_what_is_outside_of_the_block_stays(before: bytes, end: bytes, after: bytes) -> None:
    first, second = ("# begin x", "/a @a", "# end x"), ("# begin x", "/b @b", "/c @c", "# end x")
    data = before + (b"" if before.endswith(b"\n") or not before else b"\n")
    once = put(data, first)
    assert once.startswith(data)
    text = data + b"# begin x" + end + b"old" + end + b"# end x" + end + after
    if text.count(b"# begin x") + text.count(b"# end x") > 2:
        return
    made = put(text, second)
    assert made.startswith(data)
    assert made.endswith(b"# end x" + end + after)
    assert put(made, second) == made
    assert b"old" in after + data or b"old" not in made


def test_markers_that_leave_open_what_is_ours() -> None:
    lines = ("# begin x", "# end x")
    for text in (b"# begin x\n", b"# end x\n# begin x\n", b"# begin x\n# end x\n# begin x\n# end x\n"):
        with pytest.raises(MarkerError):
            put(text, lines)
    assert put(b"* @a", lines) == b"* @a\n# begin x\n# end x\n"
    assert put(b"* @a\r\n", lines) == b"* @a\r\n# begin x\r\n# end x\r\n"
    assert put(b"", lines) == b"# begin x\n# end x\n"
