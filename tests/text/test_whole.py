"""A file is written whole or not at all."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.text.numbers import counted
from mkdocs_handoff.text.whole import write_whole
from tests.permissions import bound

if TYPE_CHECKING:
    from pathlib import Path


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_a_new_file_has_the_rights_of_any_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    usual, file = tmp_path / "usual", tmp_path / "file"
    usual.touch()
    write_whole(file, b"1")
    assert (file.read_bytes(), mode(file)) == (b"1", mode(usual))
    file.chmod(0o640)
    write_whole(file, b"2")
    assert (file.read_bytes(), mode(file)) == (b"2", 0o640)
    write_whole(file, b"3", mode=0o600)
    assert mode(file) == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    link.symlink_to("file")
    write_whole(link, b"1")
    assert (link.is_symlink(), file.read_bytes()) == (True, b"1")


def test_what_is_not_ready_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")

    def refuse(target: Path) -> None:
        assert target.read_bytes() == b"old"
        raise LookupError

    with pytest.raises(LookupError):
        write_whole(file, b"new", ready=refuse)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"old")]


@bound
def test_what_may_not_be_written_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    file.chmod(0o400)
    with pytest.raises(PermissionError):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"


def test_numbers_in_sentences() -> None:
    assert [counted(number, "record") for number in (0, 1, 2000)] == ["0 records", "1 record", "2,000 records"]
