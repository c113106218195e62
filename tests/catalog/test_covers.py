# ruff: noqa: E501 - a glob and its hint are easier to read in one line
"""Globs of `covers:`: a slip is told with what was probably meant, and nothing that matches a file is told of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mkdocs_handoff.catalog import covers
from mkdocs_handoff.history.coverage import area
from tests.projects import lint, write_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str | bytes]], Path]

FILES: dict[str, str | bytes] = {
    "src/train/deep/fit.py": "x",
    "src/train/__pycache__/fit.pyc": "x",
    "src/score.py": "x",
    "conf/churn.yaml": "x",
    ".github/workflows/train.yml": "x",
    ".venv/lib/odd.txt": "x",
    "node_modules/odd/odd.js": "x",
    "empty/.hidden/x": "x",
    "hollow/.git/x": "x",
}


def covering(*globs: str) -> str:
    return "title: M\ncovers:\n" + "".join(f"- {json.dumps(glob)}\n" for glob in globs)


def found(root: Path) -> list[tuple[str, str]]:
    return [(one.message, one.hint) for one in lint(root).findings if one.rule == "covers/nothing"]


@pytest.mark.parametrize(
    "glob",
    [
        "src/**",
        "./src/**/*.py",
        "/conf/*.yaml",
        "conf",
        "conf/",
        "src/train",
        "**/fit.py",
        "**/deep/fit.py",
        "*/*/deep/*",
        "**",
        ".github/**",
        "**/.github/**/*.yml",
        ".*/workflows/*",
        "node_modules/odd/odd.js",
        "c?nf/ch[a-z]rn.yaml",
        "src/**.py",
        " ",
    ],
)
def test_a_glob_that_matches_a_file_is_not_told_of(write_project: Write, glob: str) -> None:
    assert found(write_project({**FILES, "models/m.yml": covering(glob)})) == []


@pytest.mark.parametrize(
    ("glob", "hint"),
    [
        ("src/trian/**", "Did you mean `src/train/**`?"),
        ("scr/trian/deep/fit.py", "Did you mean `src/train/deep/fit.py`?"),
        ("conf/churn.yml", "Did you mean `conf/churn.yaml`?"),
        ("Conf/**", "Did you mean `conf/**`?"),
        ("conf/chrun.yaml", "Did you mean `conf/churn.yaml`?"),
        ("src\\train\\**", "Did you mean `src/train/**`?"),
        ("src//train/**", "Did you mean `src/train/**`?"),
        ("conf/../src/*.py", "Did you mean `src/*.py`?"),
        ("lib/**", "There is no `lib`; globs go from the project's root."),
        ("src/score.py/**", "There is no file in `src/score.py`."),
        ("src/*.rs", "Nothing in `src` is of this name; `*` stays within a folder, `**` crosses folders."),
        ("hollow/**", "There is no file in `hollow`."),
        ("hollow/", "There is no file in `hollow`."),
        ("*.rs", "Nothing in `.` is of this name; `*` stays within a folder, `**` crosses folders."),
        ("/etc/*", "A leading `/` means the project's root: it looks for `etc/*` there. There is no `etc`; globs go from the project's root."),
        ("/scr/**", "A leading `/` means the project's root: it looks for `scr/**` there. Did you mean `src/**`?"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_what_was_meant(write_project: Write, glob: str, hint: str) -> None:
    told = found(write_project({**FILES, "models/m.yml": covering("conf/*", glob)}))
    assert told == [(f"{glob!r} in 'covers' matches no file", hint)]


@pytest.mark.parametrize("glob", ["**/odd.*", "*/lib/*", "*/odd/*", "empty", "empty/**", "**/*.pyc", "src/train/*"])
def test_folders_that_git_rarely_holds_are_looked_into_only_by_name(write_project: Write, glob: str) -> None:
    assert len(found(write_project({**FILES, "models/m.yml": covering(glob)}))) == 1


def test_the_place_is_that_of_the_glob_and_retired_records_are_left_alone(write_project: Write) -> None:
    root = write_project(
        {
            "models/m.yml": "title: M\ncovers:\n  - models/*\n  - lib/*\n",
            "models/one.yml": "title: O\ncovers: lib/*\n",
            "models/net.md": "# Net\n",
            "models/net.md.handoff.yml": "covers: [lib/*]\n",
            "models/old.yml": "title: Old\nlifecycle: retired\ncovers: [lib/*]\n",
            "models/gap.yml": "title: Gap\ncovers: {unknown: nobody knows}\n",
        }
    )
    findings = [one for one in lint(root).findings if one.rule == "covers/nothing"]
    assert [(str(one.place), one.subject) for one in findings] == [
        ("models/m.yml:4:5", "model:m"),
        ("models/net.md.handoff.yml:1:10", "model:net"),
        ("models/one.yml:2:9", "model:one"),
    ]


def test_a_project_in_a_folder_reaches_up_to_the_top_of_its_repository(tmp_path: Path) -> None:
    globs = ("../src/**", "../../out/**", "../scr/**", "src/**", "../src/../src/*.py")
    write_files(
        tmp_path,
        {
            "out/x": "x",
            "repo/.git/HEAD": "x",
            "repo/src/x.py": "x",
            "repo/lab/handoff.yml": "namespace: ''\n",
            "repo/lab/models/m.yml": covering(*globs),
        },
    )
    assert found(tmp_path / "repo/lab") == [
        ("'../../out/**' in 'covers' leads out of the repository", "Name files inside of it: nobody would see others change."),
        ("'../scr/**' in 'covers' matches no file", "Did you mean `../src/**`?"),
        ("'src/**' in 'covers' matches no file", "Did you mean `../src/**`?"),
        ("'../src/../src/*.py' in 'covers' matches no file", "Did you mean `../src/*.py`?"),
    ]  # fmt: skip


def test_without_a_repository_nothing_above_the_root_is_looked_at(tmp_path: Path) -> None:
    write_files(tmp_path, {"src/x.py": "x", "lab/models/m.yml": covering("../src/**"), "lab/handoff.yml": "{}\n"})
    ((message, _),) = found(tmp_path / "lab")
    assert message == "'../src/**' in 'covers' leads out of the project, and it stands in no git repository"


def test_what_is_in_a_submodule_that_is_not_checked_out_nobody_can_tell(tmp_path: Path) -> None:
    files = {
        ".git/HEAD": "x",
        ".gitmodules": '[submodule "x"]\n\tpath = vendor/x\n\turl = ../x\n',
        "models/m.yml": covering("vendor/x/src/**", "vendor/y/**"),
    }
    write_files(tmp_path, files)
    (tmp_path / "vendor" / "x").mkdir(parents=True)
    assert [message for message, _ in found(tmp_path)] == ["'vendor/y/**' in 'covers' matches no file"]
    write_files(tmp_path, {"vendor/x/other.py": "x"})
    assert len(found(tmp_path)) == 2


def test_a_folder_is_read_once_however_many_globs_look_there(
    write_project: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_project(
        {**FILES, **{f"models/m{number}.yml": covering("src/trian/**", "src/**") for number in range(9)}}
    )
    project = lint(root)
    read: list[str] = []
    scandir = covers.os.scandir
    monkeypatch.setattr(covers.os, "scandir", lambda folder: read.append(str(folder)) or scandir(folder))
    assert len(list(covers.check(project.catalog, root))) == 9
    assert len(read) == len(set(read)) <= 4


_PARTS = st.sampled_from(["a", "b", "*", "**", "?", "a*", "[ab]", "**b"])
_GLOBS = st.tuples(st.lists(_PARTS, min_size=1, max_size=4).map("/".join), st.sampled_from(["", "/"])).map("".join)
_TREES = st.lists(st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=4).map("/".join), max_size=4)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(glob=_GLOBS, paths=_TREES)
def test_a_glob_matches_on_disk_what_it_covers_in_history(
    tmp_path_factory: pytest.TempPathFactory, glob: str, paths: list[str]
) -> None:
    root = tmp_path_factory.mktemp("tree")
    files = [path for path in sorted(set(paths)) if not any(one.startswith(f"{path}/") for one in paths)]
    write_files(root, dict.fromkeys(files, "x"))
    of = area(glob, "")
    assert of is not None
    assert covers._Disk(root).holds(glob) == bool(of.matching(files, ()))
