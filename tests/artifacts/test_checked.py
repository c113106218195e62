"""Files against what records state of them: every state, with the reason and the place, from files on disk."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.artifacts import algorithms, digest, lfs
from mkdocs_handoff.artifacts.checked import WRONG, Checked, State, check
from mkdocs_handoff.artifacts.located import located
from mkdocs_handoff.artifacts.stated import stated_by
from tests.permissions import bound
from tests.projects import lint, write_files

if TYPE_CHECKING:
    from pathlib import Path

DATA = b"the rows\n" * 1000
SHA = hashlib.sha256(DATA).hexdigest()
MD5 = hashlib.md5(DATA, usedforsecurity=False).hexdigest()
EMPTY = hashlib.sha256(b"").hexdigest()


def found(root: Path) -> dict[str, Checked]:
    """Return what is found of each path that records state, or of each field where there is no path."""
    project = lint(root)
    records = project.catalog.records.values()
    stated = [one for record in records for one in stated_by(record, project.catalog, root)]
    return {one.stated.path or str(one.stated.at[0]): one for one in check(root, stated)}


def of_file(root: Path, checksum: str, *, size: str = "", path: str = "data/rows.csv") -> Checked:
    """Return what is found of one file of a dataset."""
    more = f"\n    size: {size}" if size else ""
    text = f"title: Rows\nfiles:\n  - path: {path}\n    checksum: {checksum}{more}\n"
    write_files(root, {"handoff.yml": "{}\n", "datasets/rows.yml": text})
    (one,) = found(root).values()
    return one


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path / "project", {"data/rows.csv": DATA})


def pointer(content: bytes) -> bytes:
    oid = hashlib.sha256(content).hexdigest()
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(content)}\n".encode()


@pytest.mark.parametrize(
    "checksum",
    [
        f"{{alg: SHA-256, content: {SHA}}}",
        f"{{alg: sha256, content: {SHA.upper()}}}",
        f"sha256:{SHA}",
        f"{{alg: MD5, content: '{MD5}'}}",
        *(
            f"{{alg: {name}, content: '{hashlib.new(new, DATA).hexdigest()}'}}"
            for name, new in (
                ("SHA-1", "sha1"), ("SHA-384", "sha384"), ("SHA-512", "sha512"), ("SHA3-256", "sha3_256"),
                ("SHA3-384", "sha3_384"), ("SHA3-512", "sha3_512"), ("BLAKE2b-512", "blake2b"),
            )
        ),
        f"{{alg: BLAKE2b-256, content: '{hashlib.blake2b(DATA, digest_size=32).hexdigest()}'}}",
        f"{{alg: BLAKE2b-384, content: '{hashlib.blake2b(DATA, digest_size=48).hexdigest()}'}}",
    ],
)  # fmt: skip
def test_a_file_that_is_what_is_stated_matches(root: Path, checksum: str) -> None:
    one = of_file(root, checksum, size=str(len(DATA)))
    assert (one.state, one.stated.inferred) == (State.MATCH, False)


@pytest.mark.parametrize("new", ["md5", "sha1", "sha256", "sha384", "sha512"])
def test_an_algorithm_that_is_not_written_is_inferred_and_told(root: Path, new: str) -> None:
    one = of_file(root, f"'{hashlib.new(new, DATA).hexdigest()}'")
    assert one.state is State.MATCH
    assert one.stated.inferred
    assert "inferred from" in one.reason


def test_a_file_that_changed_is_told_with_what_it_is_now(root: Path) -> None:
    (root / "data/rows.csv").write_bytes(DATA + b"x")
    now = hashlib.sha256(DATA + b"x").hexdigest()
    one = of_file(root, SHA)
    assert (one.state, one.found, str(one.stated.place)) == (State.MISMATCH, now, "datasets/rows.yml:4:15")
    assert now in one.reason
    assert "correct the checksum" in one.hint


def test_a_file_of_another_size_is_another_file_and_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    real = digest.digests
    monkeypatch.setattr(digest, "digests", lambda file, *rest: [read.append(file), real(file, *rest)][1])
    one = of_file(root, SHA, size="12")
    assert (one.state, one.reason) == (State.MISMATCH, "it has 9,000 bytes, and 12 are stated")
    assert not read


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("data/none.csv", State.MISSING),
        ("data/rows.csv/inner", State.MISSING),
        ("data", State.MALFORMED),
        ("../rows.csv", State.MISSING),
        ("../../rows.csv", State.OUTSIDE),
        ("/etc/hostname", State.OUTSIDE),
        ("data/../../x", State.OUTSIDE),
        ("C:\\\\rows.csv", State.OUTSIDE),
        ("data/link.csv", State.OUTSIDE),
        ("linked/x.csv", State.OUTSIDE),
        ("data/circle", State.MISSING),
        ("data/pipe", State.MISSING),
        ("s3://bucket/rows.csv", State.NOT_HERE),
        ("bundled with scikit-learn, as CSV", State.NOT_HERE),
        ("data/" + "x" * 300, State.MISSING),
        ("data/has space.csv", State.MISSING),
        ("nul\\0.csv", State.MALFORMED),
    ],
)
def test_what_is_not_an_ordinary_file_of_the_project_is_not_read(root: Path, path: str, state: State) -> None:
    write_files(root.parent / "other", {"x.csv": DATA})
    (root / "data/link.csv").symlink_to(root.parent / "other/x.csv")
    (root / "linked").symlink_to(root.parent / "other")
    (root / "data/circle").symlink_to("circle")
    os.mkfifo(root / "data/pipe")
    one = of_file(root, SHA, path=f'"{path}"')
    assert one.state is state
    assert not one.found
    assert one.hint or state not in WRONG


def test_a_link_within_the_project_is_followed(root: Path) -> None:
    (root / "data/link.csv").symlink_to("rows.csv")
    assert of_file(root, SHA, path="data/link.csv").state is State.MATCH


@pytest.mark.parametrize(
    ("checksum", "state", "reason"),
    [
        (f"{{alg: BLAKE3, content: {SHA}}}", State.UNKNOWN, "'BLAKE3' cannot be computed here"),
        (f"{{alg: Streebog-256, content: {SHA}}}", State.UNKNOWN, "'Streebog-256'"),
        ("'abcdef'", State.UNKNOWN, "nothing says how it was made"),
        ("'not one'", State.MALFORMED, "no hexadecimal number"),
        (f"{{alg: SHA-256, content: {SHA[:-1]}}}", State.MALFORMED, "no hexadecimal number"),
        (f"{{alg: SHA-256, content: '{MD5}'}}", State.MALFORMED, "it has 32 digits, and a SHA-256 has 64"),
        ("{alg: SHA-256}", State.MALFORMED, "the checksum has no value"),
        (f"{{alg: SHA-256, content: {SHA[:-1]}g}}", State.MALFORMED, "no hexadecimal number"),
    ],
)
def test_a_checksum_that_cannot_be_one_is_told_and_never_guessed(
    root: Path, checksum: str, state: State, reason: str
) -> None:
    one = of_file(root, checksum)
    assert one.state is state
    assert reason in one.reason
    assert one.hint


@pytest.mark.parametrize(("name", "meant"), [("SHA-255", "SHA-256"), ("BLAKE2b-255", "BLAKE2b-256"), ("BLAKE3", "")])
def test_a_slip_in_an_algorithm_is_told(root: Path, name: str, meant: str) -> None:
    hint = of_file(root, f"{{alg: {name}, content: {SHA}}}").hint
    assert hint == f"Did you mean {meant}?" if meant else hint.startswith("State the checksum with one of")


def test_a_link_that_takes_a_files_place_after_it_was_looked_at_is_not_followed(root: Path) -> None:
    file = digest.real(root, "data/rows.csv")
    file.unlink()
    file.symlink_to("/etc/hostname")
    with pytest.raises(digest.UnreadError):
        digest.digests(file, ("SHA-256",))


def test_a_folder_with_a_link_to_a_folder_has_no_list_of_files(root: Path) -> None:
    write_files(root, {"parts/a": b"a", "other/b": b"b"})
    assert list(digest.files_below(root, "parts")) == ["a"]
    (root / "parts/more").symlink_to("../other")
    with pytest.raises(digest.UnreadError, match="'more' in it is a link to a folder"):
        list(digest.files_below(root, "parts"))


@pytest.mark.parametrize("path", [".git/config", "data/../.git/config", "link"])
def test_gits_own_folder_is_outside(root: Path, path: str) -> None:
    write_files(root, {".git/config": DATA})
    (root / "link").symlink_to(".git/config")
    one = of_file(root, SHA, path=path)
    assert (one.state, one.found) == (State.OUTSIDE, "")


def test_a_pointer_of_git_lfs_stands_for_its_content(root: Path) -> None:
    write_files(root, {"data/rows.csv": pointer(DATA)})
    one = of_file(root, SHA, size=str(len(DATA)))
    assert (one.state, one.found) == (State.POINTER, SHA)
    assert "git lfs pull" in one.hint
    other = of_file(root, EMPTY)
    assert (other.state, other.found) == (State.MISMATCH, SHA)
    assert of_file(root, f"'{MD5}'").state is State.NOT_HERE


@pytest.mark.parametrize("size", ["", "keep"])
def test_the_checksum_of_a_pointer_is_not_that_of_the_file(root: Path, size: str) -> None:
    text = pointer(DATA)
    write_files(root, {"data/rows.csv": text})
    one = of_file(root, hashlib.sha256(text).hexdigest(), size=str(len(text)) if size else "")
    assert one.state is State.MISMATCH
    assert "git-lfs pointer, and not of the file" in one.reason


@pytest.mark.parametrize(
    "text",
    [
        b"version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 3\n",
        b"version https://git-lfs.github.com/spec/v1\nsize 3\n",
        b"oid sha256:" + SHA.encode() + b"\nsize 3\n",
        pointer(DATA) + b"x" * lfs.LONGEST,
    ],
)
def test_what_only_looks_like_a_pointer_is_a_file(root: Path, text: bytes) -> None:
    write_files(root, {"data/rows.csv": text})
    assert lfs.pointer(text[: digest.HEAD], len(text)) is None
    assert of_file(root, hashlib.sha256(text).hexdigest()).state is State.MATCH


def test_what_can_be_fetched_need_not_be_here(root: Path) -> None:
    files = f"[{{path: a.bin, url: 's3://x/a.bin', checksum: {SHA}}}, {{path: b.bin, url: 's3://x/b.bin'}}, data]"
    write_files(root, {"handoff.yml": "{}\n", "datasets/rows.yml": f"files: {files}\n"})
    assert [one.state for one in found(root).values()] == [State.NOT_HERE, State.NOT_HERE, State.UNSTATED]
    assert "s3://x/a.bin" in found(root)["a.bin"].reason


def test_a_checksum_of_digits_alone_keeps_its_spelling(root: Path) -> None:
    one = of_file(root, "{alg: MD5, content: 00000000000000000000000000000012}")
    assert (one.state, one.stated.content) == (State.MISMATCH, "0" * 30 + "12")


def test_an_empty_file_has_a_checksum_too(root: Path) -> None:
    (root / "data/rows.csv").write_bytes(b"")
    assert of_file(root, EMPTY, size="0").state is State.MATCH


def test_a_file_is_read_once_whatever_is_stated_of_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "data/again.csv").symlink_to("rows.csv")
    files = f"[{{path: data/rows.csv, checksum: {SHA}}}, {{path: data/again.csv, checksum: '{MD5}'}}]"
    text = f"title: Rows\nfiles: {files}\n"
    write_files(root, {"handoff.yml": "{}\n", "datasets/a.yml": text, "datasets/b.yml": text})
    read: list[Path] = []
    real = digest.digests
    monkeypatch.setattr(digest, "digests", lambda file, *rest: [read.append(file), real(file, *rest)][1])
    assert {one.state for one in found(root).values()} == {State.MATCH}
    assert read == [(root / "data/rows.csv").resolve()]


def test_progress_counts_the_bytes_that_are_read(root: Path) -> None:
    write_files(root, {"handoff.yml": "{}\n", "datasets/a.yml": f"files: [{{path: data/rows.csv, checksum: {SHA}}}]\n"})
    (root / "data/rows.csv").write_bytes(b"x" * (digest.BUFFER * 2 + 5))
    project = lint(root)
    (record,) = project.catalog.records.values()
    told: list[tuple[int, int]] = []
    check(root, stated_by(record, project.catalog, root), lambda done, total: told.append((done, total)))
    total = digest.BUFFER * 2 + 5
    assert told == [(digest.BUFFER, total), (digest.BUFFER * 2, total), (total, total)]


@bound
def test_a_file_that_may_not_be_read_is_told(root: Path) -> None:
    (root / "data/rows.csv").chmod(0)
    assert "cannot be read" in of_file(root, SHA).reason


def test_everything_that_a_model_states_is_found(root: Path) -> None:
    write_files(
        root,
        {
            "handoff.yml": "{}\n",
            "models/churn/model.bin": DATA,
            "models/churn/README.md": "---\ntitle: Churn\nkind: model\nversions:\n  - version: '2'\n    artifacts:\n"
            f"      - {{path: ./model.bin, checksum: {SHA}}}\n      - {{path: model.bin, checksum: {SHA}}}\n"
            "      - data/rows.csv\n      - {url: 's3://x/y', checksum: " + SHA + "}\n"
            f"checksums:\n  - {{path: data/rows.csv, alg: SHA-256, content: {SHA}, size: 9000}}\n"
            f"training_data:\n  - {{ref: rows, checksum: {SHA}}}\n---\n# Churn\n",
            "datasets/rows.yml": "title: Rows\nfiles:\n  - {path: data/rows.csv}\n",
        },
    )
    project = lint(root)
    (model,) = project.catalog.of_kind("model")
    stated = stated_by(model, project.catalog, root)
    states = [(one.stated.at, one.stated.file, one.state) for one in check(root, stated)]
    of = ("versions", 0, "artifacts")
    assert sorted(states, key=str) == sorted(
        [
            ((*of, 0), "models/churn/model.bin", State.MATCH),
            ((*of, 1), "models/churn/model.bin", State.MATCH),
            ((*of, 2), "data/rows.csv", State.UNSTATED),
            ((*of, 3), "", State.NOT_HERE),
            (("checksums", 0), "data/rows.csv", State.MATCH),
            (("training_data", 0), "data/rows.csv", State.MATCH),
        ],
        key=str,
    )


def test_a_checksum_from_a_file_says_where_it_comes_from(root: Path) -> None:
    write_files(root, {"reports/r.json": f'{{"sha": "{EMPTY}"}}'})
    one = of_file(root, "{alg: SHA-256, content: {from: 'reports/r.json#/sha'}}")
    assert (one.state, one.stated.source) == (State.MISMATCH, "reports/r.json#/sha")
    assert "reports/r.json#/sha" in one.hint


def test_a_root_digest_is_over_the_digests_in_the_order_of_names(root: Path) -> None:
    other = hashlib.sha256(b"b").digest()
    whole = hashlib.sha256(other + bytes.fromhex(SHA)).hexdigest()
    listed = f"checksums:\n  - {{path: data/rows.csv, content: {SHA}}}\n  - {{path: a.bin, content: {other.hex()}}}\n"
    text = f"title: M\n{listed}root_digest: {whole}\n"
    write_files(root, {"handoff.yml": "{}\n", "a.bin": b"b", "models/m.yml": text})
    assert found(root)["root_digest"].state is State.MATCH
    write_files(root, {"a.bin": b"c"})
    one = found(root)["root_digest"]
    assert (one.state, one.reason.partition(" is ")[0]) == (State.MISMATCH, "the digest of its 2 files")
    write_files(root, {"a.bin": pointer(b"b")})
    assert found(root)["root_digest"].state is State.POINTER
    (root / "a.bin").unlink()
    assert found(root)["root_digest"].reason == "a.bin: there is no such file"
    write_files(root, {"models/m.yml": f"title: M\nroot_digest: {whole}\n"})
    assert found(root)["root_digest"].state is State.NOT_HERE
    write_files(root, {"models/m.yml": f"title: M\n{listed}root_digest: '{MD5}'\n"})
    assert found(root)["root_digest"].state is State.MALFORMED


def test_records_that_take_checksums_from_each_other_end(root: Path) -> None:
    a = f"title: A\nsource_datasets: [{{ref: b, checksum: {SHA}}}]\n"
    b = f"title: B\nsource_datasets: [{{ref: a, checksum: {SHA}}}]\n"
    write_files(root, {"handoff.yml": "{}\n", "datasets/a.yml": a, "datasets/b.yml": b})
    assert {one.state for one in found(root).values()} <= {State.NOT_HERE}


def test_paths_count_from_the_root_and_then_from_the_records_folder(root: Path) -> None:
    write_files(root, {"models/x/model.bin": b"", "data/model.bin": b""})
    assert located("data/model.bin", "models/x", root) == "data/model.bin"
    assert located("model.bin", "models/x", root) == "models/x/model.bin"
    assert located("./none.bin", "models/x", root) == "models/x/none.bin"
    assert located("none.bin", "models/x", root) == "none.bin"
    assert located("../../../x", "models/x", root) is None


def test_algorithms_know_how_others_spell_them() -> None:
    assert [algorithms.known(name) for name in ("SHA256", "sha_512", "Sha3-256", "blake2b", "crc32", "sha3")] == [
        "SHA-256",
        "SHA-512",
        "SHA3-256",
        "BLAKE2b-512",
        None,
        None,
    ]
    assert {name: algorithms.length(name) for name in ("MD5", "BLAKE2b-384")} == {"MD5": 32, "BLAKE2b-384": 96}
