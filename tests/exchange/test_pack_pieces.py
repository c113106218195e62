"""A pack's pieces: pages that ask nothing of anybody, an archive of the same bytes, files and artifacts it holds."""

from __future__ import annotations

import hashlib
import stat
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.exchange.pack.archive import ClashError, Member, is_pack, ordered, sums, write
from mkdocs_handoff.exchange.pack.holdings import GoneError, Holdings, holdings
from mkdocs_handoff.exchange.pack.offline import offline, stylesheet
from mkdocs_handoff.history.history import history, unasked
from mkdocs_handoff.project import load
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.handoffs.scope import scope
from mkdocs_handoff.settings import find_settings
from mkdocs_handoff.today import day_of
from tests.history.repositories import ENVIRONMENT, repository

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str | bytes]], Path]

HELD = frozenset(("a/b.html", "index.html", "a/x.png", "style.css", "a/é b.html"))
HELLO = hashlib.sha256(b"hello").hexdigest()


def page(body: str, head: str = "") -> str:
    made = offline(f"<html><head>{head}</head><body>{body}</body></html>", "a/b.html", HELD).html
    return made.partition("<body>")[2].partition("</body>")[0]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="../index.html#x">Start</a>',
        '<a href="#here">Here</a>',
        '<a href="">Here</a>',
        '<a href="%C3%A9%20b.html?q=1">Odd</a>',
        '<a href="https://example.org/">Elsewhere</a>',
        '<a href="mailto:ann@example.org">Ann</a>',
        '<img src="x.png" alt="X">',
        '<img src="data:image/png;base64,AA==">',
        "<p>1 < 2 & 3 &amp; &lt;a href=x&gt;</p>",
        "<script>var a = '<a href=\"none.html\">';</script>",
    ],
)
def test_what_is_in_the_pack_or_is_only_followed_stays_to_the_letter(link: str) -> None:
    assert page(link) == link


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('<a href="../no.html">No</a>', 'title="Not in this pack" class="handoff-ref handoff-ref--absent">No</span>'),
        (
            '<a class="handoff-ref" title="Model: No" href="n.md">No</a>',
            'title="Model: No (not in this pack)">No</span>',
        ),
        ('<a href="/site/">Home</a>', "Home</span>"),
        ('<a href="file:///etc/passwd">Home</a>', "Home</span>"),
        ('<a href="sub/">Folder</a>', "Folder</span>"),
        ('<svg><a href="no.html"><text>N</text></a></svg>', "<text>N</text></g></svg>"),
        ('<img src="https://example.org/p.png" alt="A &lt;plot">', ">A &lt;plot</span>"),
        ('<pre class="mermaid"><code>graph</code></pre>', '<pre class="handoff-code"><code>graph</code></pre>'),
    ],
)
def test_what_is_not_in_the_pack_is_told_in_place_of_the_link(written: str, shown: str) -> None:
    made = page(written)
    assert made.endswith(shown)
    assert "href" not in made
    assert "src=" not in made


@pytest.mark.parametrize(
    "fetched",
    [
        '<script src="https://cdn.example.org/x.js"></script>',
        '<iframe src="//example.org/"></iframe>',
        '<video poster="https://example.org/p.png" src="https://example.org/v.mp4"></video>',
        '<img src="x.png" srcset="https://example.org/2x.png 2x">',
        '<link rel="stylesheet" href="https://fonts.example.org/css">',
        '<meta http-equiv="refresh" content="0; url=https://example.org/">',
        '<base href="https://example.org/">',
        '<svg><use href="https://example.org/i.svg#a"></use></svg>',
    ],
)
def test_nothing_is_fetched_from_another_host(fetched: str) -> None:
    made = offline(f"<html><head>{fetched}</head><body>{fetched}</body></html>", "a/b.html", HELD)
    assert "example.org" not in made.html
    assert "Content-Security-Policy" in made.html


def test_what_a_page_gave_up_is_told_once() -> None:
    made = offline('<a href="n.html">N</a><a href="n.html">N</a><img src="q.png">', "a/b.html", HELD)
    assert made.absent == ("n.html", "q.png")


def test_a_stylesheet_loads_nothing_from_another_host() -> None:
    css = b"@import url('https://example.org/a.css');\na{background:url(//example.org/x.png)}b{background:url(x.png)}"
    made = stylesheet(css)
    assert b"example.org" not in made
    assert b"b{background:url(x.png)}" in made


def test_an_archive_has_the_same_bytes_whenever_it_is_made(tmp_path: Path) -> None:
    members = ordered([Member("b.html", b"two"), Member("a.png", b"one")])
    for name in ("one.zip", "two.zip"):
        write(tmp_path / name, "pack", [*members, sums(members)], 1_700_000_001)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as opened:
        infos = opened.infolist()
        assert [one.filename for one in infos] == ["pack/a.png", "pack/b.html", "pack/SHA256SUMS"]
        assert {one.date_time for one in infos} == {(2023, 11, 14, 22, 13, 20)}
        assert {stat.S_IMODE(one.external_attr >> 16) for one in infos} == {0o644}


@pytest.mark.parametrize(("moment", "year"), [(0, 1980), (-(10**17), 1980), (10**17, 2107), (10**10, 2107)])
def test_a_moment_that_no_zip_file_can_have_is_the_nearest(tmp_path: Path, moment: int, year: int) -> None:
    write(tmp_path / "p.zip", "pack", [Member("a", b"")], moment)
    with zipfile.ZipFile(tmp_path / "p.zip") as opened:
        assert opened.infolist()[0].date_time[0] == year


def test_sha256sum_finds_an_archive_whole_and_notices_a_change(tmp_path: Path) -> None:
    members = ordered([Member("a b.txt", b"one"), Member("back\\slash", b"two")])
    for member in (*members, sums(members)):
        (tmp_path / member.path).write_bytes(member.content)
    check = ["sha256sum", "--strict", "-c", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "a b.txt").write_bytes(b"1ne")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_two_files_cannot_have_one_place() -> None:
    assert ordered([Member("a", b"1"), Member("a", b"1")]) == (Member("a", b"1"),)
    with pytest.raises(ClashError, match="'A' and 'a'"):
        ordered([Member("a", b"1"), Member("A", b"1")])


@pytest.mark.parametrize("name", ["a\nb", "a\udcff"])
def test_a_name_that_no_archive_can_hold_is_told(name: str) -> None:
    with pytest.raises(ClashError, match="rename the file"):
        ordered([Member(name, b"")])


def test_an_archive_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "p.zip"
    write(target, "pack", [Member("manifest.json", b"{}"), Member("SHA256SUMS", b"")], 0)
    before = target.read_bytes()
    with pytest.raises(AttributeError):
        write(target, "pack", [Member("a", b"1"), None], 0)  # type: ignore[list-item]
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["p.zip"]
    assert is_pack(target)
    target.write_bytes(b"PK?")
    assert not is_pack(target)


MODEL = "title: Churn\nversions:\n- version: '1'\n  artifacts:\n  - {path: %s, checksum: {alg: SHA-256, content: %s}}\n"


def held(root: Path, *, include: bool = True, limit: int = 1000, git: bool = False) -> Holdings:
    project = load(find_settings(root))
    past = history(root, today=day_of("2026-11-23")) if git else unasked()  # type: ignore[arg-type]
    return holdings(project, past, scope(project.catalog, Identity("model", "churn")), include=include, limit=limit)


def test_records_go_along_with_sidecars_and_the_files_that_values_come_from(write_project: Write) -> None:
    files = {
        "models/churn.yml": "title: Churn\nmetrics: [{type: auc, value: {from: 'reports/m.json#/auc'}}]\n",
        "models/churn.yml.handoff.yml": "description: More\n",
        "reports/m.json": '{"auc": 0.9}',
        "reports/other.json": "{}",
    }
    found = held(write_project(files))
    assert {one.path: one.content.decode() for one in found.members} == {
        f"records/{path}": text for path, text in files.items() if "other" not in path
    }


def test_observations_go_along_and_what_leads_out_does_not(write_project: Write, tmp_path: Path) -> None:
    (tmp_path / "outside.csv").write_text("date,a\n2026-01-01,1\n", encoding="utf-8")
    root = write_project(
        {"models/churn.yml": "observations: [o/m.csv, o/none.csv, o/out.csv]\n", "o/m.csv": "date,a\n2026-01-01,1\n"}
    )
    (root / "o/out.csv").symlink_to(tmp_path / "outside.csv")
    found = held(root)
    assert [one.path for one in found.members] == ["records/models/churn.yml", "records/o/m.csv"]


def test_an_artifact_goes_along_and_is_what_the_record_says(write_project: Write) -> None:
    root = write_project({"models/churn.yml": MODEL % ("art/m.bin", HELLO), "art/m.bin": b"hello"})
    (one,) = held(root).artifacts
    assert (one.member, one.size, one.sha256, one.wrong) == ("artifacts/art/m.bin", 5, HELLO, False)
    assert [claim.agrees for claim in one.claims] == [True]


def test_an_artifact_that_is_not_what_the_record_says_is_told(write_project: Write) -> None:
    root = write_project({"models/churn.yml": MODEL % ("art/m.bin", HELLO), "art/m.bin": b"hullo"})
    assert [one.wrong for one in held(root).artifacts] == [True]


@pytest.mark.parametrize(("include", "limit"), [(False, 1000), (True, 4)])
def test_of_an_artifact_that_stays_size_and_checksum_are_told(write_project: Write, include: bool, limit: int) -> None:
    root = write_project({"models/churn.yml": MODEL % ("art/m.bin", HELLO), "art/m.bin": b"hello"})
    found = held(root, include=include, limit=limit)
    (one,) = found.artifacts
    assert (one.member, one.size, one.sha256) == ("", 5, HELLO)
    assert one.absent
    assert [member.path for member in found.members] == ["records/models/churn.yml"]


@pytest.mark.parametrize("path", ["../secret.bin", "/etc/hostname", "art/link.bin", "art/none.bin"])
def test_nothing_outside_the_project_is_read(write_project: Write, tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.bin").write_bytes(b"hello")
    root = write_project({"models/churn.yml": MODEL % (path, HELLO), "art/kept": b""})
    (root / "art/link.bin").symlink_to(tmp_path / "secret.bin")
    found = held(root)
    assert [one.size for one in found.artifacts] == [None]
    assert all(b"hello" not in one.content for one in found.members)
    assert found.artifacts[0].absent


def test_a_git_lfs_pointer_is_told_as_one(write_project: Write) -> None:
    text = f"version https://git-lfs.github.com/spec/v1\noid sha256:{HELLO}\nsize 5\n"
    (one,) = held(write_project({"models/churn.yml": MODEL % ("m.bin", HELLO), "m.bin": text})).artifacts
    assert (one.pointer, one.size, one.sha256, one.member) == (True, 5, HELLO, "")


def test_what_is_not_committed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    repo = repository(tmp_path / "repo")
    repo.commit({"models/churn.yml": MODEL % ("m.bin", HELLO), "m.bin": "hello"}, "Begin")
    assert held(repo.root, git=True).uncommitted == ()
    repo.write({"m.bin": "hullo", "models/churn.yml.handoff.yml": "description: More\n", "notes.txt": "x"})
    assert held(repo.root, git=True).uncommitted == ("m.bin", "models/churn.yml.handoff.yml")


SECRET = "token = hunter2\n"


@pytest.mark.parametrize(
    "named", [".env", ".git/config", "keys/.ssh/id", "link.bin", "keys/ignored.bin", "keys/new.bin"]
)
def test_nothing_that_may_hold_credentials_goes_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    repo = repository(tmp_path / "repo")
    model = (
        f"title: Churn\nfiles: [{{path: {named}}}]\nchecksums: [{{path: {named}, alg: SHA-256, content: '{HELLO}'}}]\n"
    )
    repo.commit(
        {"models/churn.yml": model, ".gitignore": "ignored*\n", ".env": SECRET, "keys/.ssh/id": SECRET}, "Begin"
    )
    repo.write({"keys/ignored.bin": SECRET, "keys/new.bin": SECRET})
    with (repo.root / ".git/config").open("a") as config:
        config.write("# hunter2\n")
    (repo.root / "link.bin").symlink_to(".env")
    found = held(repo.root, git=True)
    assert [one.path for one in found.members] == ["records/models/churn.yml"]
    assert all(b"hunter2" not in one.content for one in found.members)
    (one,) = {artifact.path: artifact for artifact in found.artifacts}.values()
    assert one.absent
    assert bool(one.sha256) is (".git" not in named)


def test_a_hidden_file_that_values_come_from_stays_and_is_told(write_project: Write) -> None:
    model = "title: Churn\nmetrics: [{type: auc, value: {from: '.private/m.json#/auc'}}]\n"
    found = held(write_project({"models/churn.yml": model, ".private/m.json": '{"auc": 1, "token": "hunter2"}'}))
    assert [one.path for one in found.members] == ["records/models/churn.yml"]
    assert [(one.path, one.absent.partition(":")[0]) for one in found.artifacts] == [(".private/m.json", "hidden")]


def test_a_record_that_went_away_meanwhile_is_told(write_project: Write) -> None:
    root = write_project({"models/churn.yml": "title: Churn\n"})
    project = load(find_settings(root))
    (root / "models/churn.yml").unlink()
    with pytest.raises(GoneError, match=r"models/churn\.yml cannot be read"):
        holdings(project, unasked(), [Identity("model", "churn")], include=True, limit=1)
