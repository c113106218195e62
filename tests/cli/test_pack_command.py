"""`mkdocs-handoff pack`: a repository in, one archive out; every link in it leads to a file in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.history.repositories import DAY, ENVIRONMENT, START, Repository, repository

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = (
    "site_name: Models\nsite_url: https://models.example.org/\nrepo_url: https://github.com/example/models\n"
    "theme:\n  name: material\n  features: [navigation.instant, navigation.tabs]\n"
    "markdown_extensions: [admonition]\nextra_javascript: ['https://cdn.example.org/x.js']\n"
    "extra_css: [own.css, 'https://cdn.example.org/x.css']\nextra: {analytics: {provider: google, property: G-1}}\n"
    "plugins: [search, handoff, no-such-plugin]\nhooks: [no-such-hook.py]\n"
)
FILES: dict[str, str | bytes | None] = {
    "mkdocs.yml": CONFIG,
    "docs/index.md": "# Ours\n",
    "docs/guide.md": "# Guide\n",
    "docs/own.css": "@import url(https://cdn.example.org/y.css);\np { color: red }\n",
    "docs/plot.png": b"\x89PNG",
    "docs/decisions/0001-why.md": (
        "---\nstatus: accepted\naffects: [model:churn]\n---\n# Why\n\n![Plot](../plot.png)\n\n"
        "See [the guide](../guide.md), [[model:other]] and [churn](../../models/churn.md).\n"
    ),
    "handoffs/churn-to-ops.md": (
        "---\ntitle: Churn to ops\nstatus: in-progress\nsubjects: [model:churn]\nfrom: team:risk\nto: team:ops\n"
        "acceptance_criteria:\n- {id: a, area: model, statement: It runs, type: manual, status: pass}\n---\n\n"
        "!!! note\n    Ask [[person:ann]]. The [start](../docs/index.md) and [[model:nobody]].\n"
        "\n![Far](https://cdn.example.org/p.png)\n"
    ),
    "models/churn.md": (
        "---\ntitle: Churn\nowners: team:risk\ntraining_data: [events]\nversions:\n- version: '1'\n  artifacts:\n"
        "  - {path: art/churn.bin, checksum: {alg: SHA-256, "
        "content: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824}}\n---\n"
        "Better than [[model:other]].\n"
    ),
    "models/other.yml": "title: Other\nowners: team:risk\ntraining_data: [events]\n",
    "datasets/events.yml": "title: Events\n",
    "teams/risk.yml": "title: Risk\nmembers: [ann]\n",
    "teams/ops.yml": "title: Ops\n",
    "people/ann.yml": "title: Ann\n",
    "art/churn.bin": b"hello",
}


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    made = repository(tmp_path / "repo")
    made.commit(FILES, "Begin")
    return made


def pack(folder: Path, *arguments: str, builder: str = "", **environment: str) -> Ran:
    """Run the command in a process of its own, with one builder only if one is named."""
    code = "from mkdocs_handoff.cli.main import run; run()"
    if builder:
        code = f"import sys; sys.modules.update(dict.fromkeys({builder!r}.split()))\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", code, "pack", *arguments],
        cwd=folder,
        env={**os.environ, **ENVIRONMENT, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def opened(file: Path) -> dict[str, bytes]:
    """Return what an archive holds, by path in its one folder."""
    with zipfile.ZipFile(file) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def manifest(file: Path) -> dict[str, Any]:
    return dict(json.loads(opened(file)["manifest.json"]))


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src", "xlink:href", "poster") and value]


def test_a_handoff_becomes_one_archive(repo: Repository) -> None:
    ran = pack(repo.root, "handoff:churn-to-ops")
    assert (ran.code, ran.out) == (0, "churn-to-ops.zip\n"), ran.err
    held = opened(repo.root / "churn-to-ops.zip")
    assert {path for path in held if path.startswith(("records/", "artifacts/"))} == {
        "artifacts/art/churn.bin",
        "records/datasets/events.yml",
        "records/docs/decisions/0001-why.md",
        "records/handoffs/churn-to-ops.md",
        "records/models/churn.md",
        "records/people/ann.yml",
        "records/teams/ops.yml",
        "records/teams/risk.yml",
    }
    assert held["records/models/churn.md"] == str(FILES["models/churn.md"]).encode()
    assert {path for path in held if path.endswith(".html")} >= {
        "index.html", "handoff/models/churn.html", "decisions/0001-why.html", "handoff/handoffs/churn-to-ops.html"
    }  # fmt: skip
    assert "handoff/models/other.html" not in held
    assert "plot.png" in held


def test_pages_and_files_of_the_projects_stay_wherever_they_are(repo: Repository) -> None:
    how = "---\nkind: decision\nstatus: accepted\naffects: [model:churn]\n---\n# How\n\n[A](../../assets/own.map)\n"
    repo.commit({"docs/search/decisions/0002-how.md": how, "docs/assets/own.map": "x"}, "More")
    assert pack(repo.root, "churn-to-ops").code == 0
    files = opened(repo.root / "churn-to-ops.zip")
    assert {"search/decisions/0002-how.html", "assets/own.map"} <= set(files)
    assert not [path for path in files if path.endswith(".map") and path != "assets/own.map"]
    assert {one["page"] for one in manifest(repo.root / "churn-to-ops.zip")["records"]} <= set(files)


def test_from_a_folder_of_the_project_it_goes_beside_the_configuration(repo: Repository) -> None:
    done = pack(repo.root / "models", "churn-to-ops")
    assert (done.code, done.out) == (0, "../churn-to-ops.zip\n")
    assert done.err.splitlines()[:2] == ["  7 records", "  1 of 1 artifact"]
    assert not list((repo.root / "models").glob("*.zip"))


def test_every_link_of_every_page_leads_to_a_file_in_the_pack(repo: Repository) -> None:
    pack(repo.root, "churn-to-ops")
    held = opened(repo.root / "churn-to-ops.zip")
    followed = 0
    for path, content in held.items():
        for target in Links(content.decode()).found if path.endswith(".html") else ():
            parts = urlsplit(target)
            if parts.scheme or target.startswith("#"):
                continue
            assert normpath(join(dirname(path), unquote(parts.path))) in held, f"{path}: {target}"
            followed += 1
    assert followed > 100


def test_pages_say_what_is_not_in_the_pack_and_name_no_other_host(repo: Repository) -> None:
    pack(repo.root, "churn-to-ops")
    held = opened(repo.root / "churn-to-ops.zip")
    decision = held["decisions/0001-why.html"].decode()
    assert 'href="../handoff/models/churn.html"' in decision
    assert 'src="../plot.png"' in decision
    assert "not in this pack" in decision
    assert 'href="../guide.html"' not in decision
    handoff = held["handoff/handoffs/churn-to-ops.html"].decode()
    assert '<div class="admonition note">' in handoff
    assert "<h1" in held["index.html"].decode()
    assert "1 passed" in held["index.html"].decode()
    assert "passed or waived" in held["index.html"].decode()
    for path, content in held.items():
        if path.endswith((".html", ".css")) and "stylesheets" not in path:
            assert b"cdn.example.org/x" not in content, path
            assert b"googletagmanager" not in content
            assert b"api.github.com" not in content
    assert held["own.css"] == b"\np { color: red }\n"


def test_the_manifest_tells_where_it_comes_from_and_what_is_in_it(repo: Repository) -> None:
    pack(repo.root, "churn-to-ops")
    told = manifest(repo.root / "churn-to-ops.zip")
    assert told["about"] == {
        "id": "handoff:churn-to-ops",
        "title": "Churn to ops",
        "subjects": ["model:churn"],
        "from": "team:risk",
        "to": "team:ops",
        "status": "in-progress",
    }
    assert told["commit"] == {"id": repo.git("rev-parse", "HEAD"), "date": "2023-11-14T22:13:20Z"}
    assert (told["dirty"], told["uncommitted"], told["today"]) == (False, [], "2023-11-14")
    model = next(one for one in told["records"] if one["id"] == "model:churn")
    assert model["page"] == "handoff/models/churn.html"
    assert model["files"] == ["models/churn.md"]
    assert model["why"] == "is handed over in handoff:churn-to-ops"
    assert model["fingerprint"].startswith("h1:")
    (artifact,) = told["artifacts"]
    assert artifact["member"] == "artifacts/art/churn.bin"
    assert artifact["stated"][0]["agrees"] is True
    held = opened(repo.root / "churn-to-ops.zip")
    assert {one["path"] for one in told["members"]} == held.keys() - {"manifest.json", "SHA256SUMS"}
    assert {one["path"]: one["size"] for one in told["members"]}["own.css"] == len(held["own.css"])


def test_sha256sum_agrees_after_unpacking(repo: Repository, tmp_path: Path) -> None:
    pack(repo.root, "churn-to-ops")
    with zipfile.ZipFile(repo.root / "churn-to-ops.zip") as archive:
        archive.extractall(tmp_path / "out")
    folder = tmp_path / "out" / "churn-to-ops"
    done = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    listed = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert len(listed) == len([path for path in folder.rglob("*") if path.is_file()]) - 1


def test_the_same_input_gives_the_same_bytes_elsewhere_and_later(repo: Repository, tmp_path: Path) -> None:
    first = pack(repo.root, "churn-to-ops", "-o", str(tmp_path / "one.zip"), PYTHONHASHSEED="1")
    repo.git("clone", "-q", str(repo.root), str(tmp_path / "a longer name of a clone"))
    clone = tmp_path / "a longer name of a clone"
    for path in clone.rglob("*.md"):
        os.utime(path, (1, 1))
    second = pack(clone, "churn-to-ops", "-o", "../two.zip", PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C.UTF-8")
    assert (first.code, second.code) == (0, 0), first.err + second.err
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert str(tmp_path).encode() not in b"".join(opened(tmp_path / "one.zip").values())


def test_the_epoch_is_the_day_and_the_time_of_all_files(repo: Repository) -> None:
    ran = pack(repo.root, "churn-to-ops", SOURCE_DATE_EPOCH=str(START + 30 * DAY))
    assert ran.code == 0
    assert manifest(repo.root / "churn-to-ops.zip")["today"] == "2023-12-14"
    with zipfile.ZipFile(repo.root / "churn-to-ops.zip") as archive:
        assert archive.infolist()[0].date_time[:3] == (2023, 12, 14)
    assert pack(repo.root, "churn-to-ops", "--today", "2024-01-02").code == 0
    assert manifest(repo.root / "churn-to-ops.zip")["today"] == "2024-01-02"


def test_uncommitted_changes_in_scope_are_told(repo: Repository) -> None:
    repo.write({"datasets/events.yml": "title: Events!\n", "models/other.yml": "title: Others\n"})
    ran = pack(repo.root, "churn-to-ops")
    assert ran.code == 0
    assert "not committed, and so in no repository: datasets/events.yml" in ran.err
    told = manifest(repo.root / "churn-to-ops.zip")
    assert (told["dirty"], told["uncommitted"]) == (True, ["datasets/events.yml"])
    assert "Not committed" in opened(repo.root / "churn-to-ops.zip")["index.html"].decode()


def test_only_checksums_of_artifacts_if_that_is_asked_for_or_they_are_large(repo: Repository) -> None:
    for arguments in (("--artifacts", "checksums"), ("--max-size", "4")):
        ran = pack(repo.root, "churn-to-ops", *arguments)
        assert ran.code == 0
        assert "not in it: art/churn.bin" in ran.err
        (artifact,) = manifest(repo.root / "churn-to-ops.zip")["artifacts"]
        assert artifact["size"] == 5
        assert "member" not in artifact
        assert artifact["sha256"] in opened(repo.root / "churn-to-ops.zip")["index.html"].decode()


def test_a_model_without_a_handoff_can_be_packed(repo: Repository) -> None:
    ran = pack(repo.root, "model:churn", "-o", "m.zip")
    assert ran.code == 0, ran.err
    assert manifest(repo.root / "m.zip")["about"]["id"] == "model:churn"


def test_broken_records_in_scope_are_refused_and_others_are_not(repo: Repository) -> None:
    repo.write({"models/other.yml": "title: [\n"})
    assert pack(repo.root, "churn-to-ops").code == 0
    (repo.root / "churn-to-ops.zip").unlink()
    repo.write({"datasets/events.yml": "title: [\n"})
    ran = pack(repo.root, "churn-to-ops")
    assert ran.code == 1
    assert "datasets/events.yml:2:1" in ran.out
    assert "nothing is packed" in ran.err
    assert not (repo.root / "churn-to-ops.zip").exists()


def test_a_wrong_value_in_scope_is_refused(repo: Repository) -> None:
    repo.write({"teams/ops.yml": "title: Ops\nmembers: [{ref: [1]}]\n"})
    ran = pack(repo.root, "churn-to-ops")
    assert (ran.code, "teams/ops.yml:2" in ran.out) == (1, True)


def test_a_broken_handoff_is_told_with_what_is_wrong(repo: Repository) -> None:
    repo.write({"handoffs/churn-to-ops.md": "---\ntitle: [\n---\n"})
    ran = pack(repo.root, "handoff:churn-to-ops")
    assert ran.code == 1
    assert "handoffs/churn-to-ops.md:" in ran.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("churn-to-op",), "did you mean 'handoff:churn-to-ops'?"),
        (("team:ops",), "team:ops is no handoff and no model; handoffs: handoff:churn-to-ops"),
        (("churn-to-ops", "-o", "docs"), "docs is a folder: name the file, -o docs/churn-to-ops.zip"),
        (("churn-to-ops", "-o", "docs/p.zip"), "docs/p.zip is in docs, which is published"),
        (("churn-to-ops", "-o", "none/p.zip"), "there is no folder none"),
        (("churn-to-ops", "-o", "p.tar"), "p.tar does not end in .zip"),
        (("churn-to-ops", "-o", "mine.zip"), "mine.zip is there already, and is no pack"),
        (("churn-to-ops", "--max-size", "many"), "'many' is no size"),
        (("churn-to-ops", "--today", "soon"), "'soon' is no day"),
        (("churn-to-ops", "-f", "none.yml"), "there is no configuration 'none.yml'"),
    ],
)
def test_what_cannot_be_done_is_told(repo: Repository, arguments: tuple[str, ...], told: str) -> None:
    repo.write({"mine.zip": "precious"})
    ran = pack(repo.root, *arguments)
    assert ran.code == 2
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert (repo.root / "mine.zip").read_text(encoding="utf-8") == "precious"


def test_a_pack_is_written_over_an_older_one(repo: Repository) -> None:
    for _ in range(2):
        assert pack(repo.root, "churn-to-ops").code == 0


def test_a_configuration_that_the_builder_refuses_is_told(repo: Repository) -> None:
    repo.write({"mkdocs.yml": CONFIG.replace("[admonition]", "[no_such_extension]")})
    ran = pack(repo.root, "churn-to-ops")
    assert ran.code == 2
    assert "no_such_extension" in ran.err
    assert "Traceback" not in ran.err
    assert not (repo.root / "churn-to-ops.zip").exists()


def test_a_template_of_the_projects_own_that_fails_is_told_with_its_line(repo: Repository) -> None:
    repo.write({"templates/pages/model.html": "one\n{{ nothing.there }}\n"})
    ran = pack(repo.root, "churn-to-ops")
    assert ran.code == 1
    assert "templates/pages/model.html:2" in ran.out


def test_without_a_builder_that_is_said(repo: Repository) -> None:
    ran = pack(repo.root, "churn-to-ops", builder="mkdocs properdocs properdocs.__main__")
    assert ran.code == 2
    assert "MkDocs or ProperDocs, and neither is installed" in ran.err


@pytest.mark.parametrize("name", ["properdocs.yml", "mkdocs.yml"])
def test_properdocs_makes_the_pages_of_its_own_projects_and_where_there_is_no_mkdocs(
    repo: Repository, name: str
) -> None:
    if name != "mkdocs.yml":
        repo.git("mv", "mkdocs.yml", name)
        repo.commit({}, "Move")
    ran = pack(repo.root, "churn-to-ops", builder="mkdocs" if name == "mkdocs.yml" else "")
    assert ran.code == 0, ran.err
    assert "properdocs" in manifest(repo.root / "churn-to-ops.zip")["made_with"]


def test_a_project_without_a_builders_configuration_looks_plain(repo: Repository) -> None:
    repo.write({"mkdocs.yml": None, "handoff.yml": "nav: Records\n"})
    repo.git("add", "-A")
    repo.commit({}, "Settings of its own")
    ran = pack(repo.root, "churn-to-ops")
    assert ran.code == 0, ran.err
    assert "md-typeset" in opened(repo.root / "churn-to-ops.zip")["index.html"].decode()


def test_without_a_repository_the_day_is_told_and_no_commit(tmp_path: Path) -> None:
    for path, content in FILES.items():
        target = tmp_path / "plain" / PurePosixPath(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content or b"")
    ran = pack(tmp_path / "plain", "churn-to-ops", "--today", "2026-11-23", GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert ran.code == 0, ran.err
    told = manifest(tmp_path / "plain" / "churn-to-ops.zip")
    assert told["commit"] == {"id": "", "date": "", "unknown": "this is no git repository"}


def test_the_project_is_left_as_it_was(repo: Repository) -> None:
    pack(repo.root, "churn-to-ops", "-o", "../p.zip")
    assert repo.git("status", "--porcelain") == ""
