"""`mkdocs-handoff preview`: any repository as a site, and not a byte of it changed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.adoption.repositories import environment, held, team
from tests.projects import write_files

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

RUN = "from mkdocs_handoff.cli.main import run; run()"


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Where temporary folders are made: what is left there is told."""
    place = tmp_path / "temporary"
    place.mkdir()
    return place


def started(root: Path, temporary: Path, *options: str, lacking: str = "") -> subprocess.Popen[str]:
    code = f"import sys; sys.modules.update(dict.fromkeys({lacking!r}.split()))\n{RUN}"
    more = {
        "TMPDIR": str(temporary),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "XDG_CACHE_HOME": str(temporary / "cache"),
    }
    return subprocess.Popen(
        [sys.executable, "-c", code, "preview", str(root), *options],
        env=environment(NO_MKDOCS_2_WARNING="1", **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def left(temporary: Path) -> list[str]:
    return [path.name for path in temporary.glob("handoff-*")]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_is_served_until_it_is_stopped_and_leaves_nothing(tmp_path: Path, temporary: Path, stop: int) -> None:
    root = team(tmp_path / "team")
    before = held(root)
    with started(root, temporary, "--port", "0") as process:
        assert process.stdout is not None
        said = [process.stdout.readline(), process.stdout.readline()]
        assert said[0] == "2 models, 1 evaluation, 1 dataset, 3 decisions, 1 term, 1 team, 1 person\n"
        address = said[1].split()[2]
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address) as home:
            assert b"Handoff" in home.read()
        with urllib.request.urlopen(f"{address}ml/triage/index.html") as page:
            assert b"Reads tickets." in page.read()
        assert left(temporary)
        process.send_signal(stop)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0, out + err
    assert "Traceback" not in err
    assert "2 decisions (MADR 3)" in err
    assert left(temporary) == []
    assert held(root) == before


def test_the_pages_can_be_left_in_a_folder(tmp_path: Path, temporary: Path) -> None:
    root = team(tmp_path / "team")
    before = held(root)
    out, err = started(root, temporary, "--no-serve").communicate(timeout=60)
    assert "file://" in out, err
    (folder,) = left(temporary)
    assert (temporary / folder / "site" / "index.html").is_file()
    assert held(root) == before


def test_nothing_of_the_repository_is_run(tmp_path: Path, temporary: Path) -> None:
    mark = temporary / "ran"
    marks = f"open({str(mark)!r}, 'w').close()\n"
    configuration = (
        "site_name: X\nplugins: [search, no-such-plugin]\nhooks: [hook.py]\ntheme: {name: null, custom_dir: t}\n"
    )
    theirs = "THEIRS {% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}"
    files = {"hook.py": marks, "docs/conf.py": marks, "templates/pages/model.html": theirs}
    root = team(tmp_path / "team", {"mkdocs.yml": configuration, **files})
    before = held(root)
    out, err = started(root, temporary, "--no-serve").communicate(timeout=60)
    assert "3 decisions" in out, err
    assert held(root) == before
    assert not mark.exists()


def test_a_project_that_is_set_up_is_shown_with_its_settings(tmp_path: Path, temporary: Path) -> None:
    files = {
        "handoff.yml": "records: {model: [zoo/*.yml]}\n",
        "zoo/a.yml": "title: A\nowners: team:gone\n",
        "docs/words/x.md": "---\nkind: term\ntitle: X\ndefinition: A letter.\n---\n",
        "unclaimed/adr/0001-a.md": "# 1. A\n\n## Status\n\nAccepted\n\n## Decision\n\nB\n",
    }
    root = write_files(tmp_path / "project", files)
    out, err = started(root, temporary, "--no-serve").communicate(timeout=60)
    assert out.startswith("1 model, 1 term, 1 wanted page, 1 owner that nobody knows"), out + err
    assert "not claimed by the settings (`mkdocs-handoff init` gives the lines): unclaimed/adr/0001-a.md\n" in err


def test_a_repository_without_anything_is_told(tmp_path: Path, temporary: Path) -> None:
    root = write_files(tmp_path / "project", {"README.md": "# Hello\n"})
    out, err = started(root, temporary, "--no-serve").communicate(timeout=60)
    assert out.startswith("no records found"), err


def test_what_keeps_it_from_running_is_told_in_a_line(tmp_path: Path, temporary: Path) -> None:
    root = team(tmp_path / "team")
    for options, lacking, told in (
        ((), "mkdocs properdocs properdocs.__main__", "neither is installed"),
        (("--port", "70000"), "", "no port"),
    ):
        process = started(root, temporary, *options, lacking=lacking)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 2
        assert told in err
        assert "Traceback" not in err
    _, err = started(tmp_path / "nowhere", temporary).communicate(timeout=60)
    assert "there is no folder" in err
    assert left(temporary) == []


def test_a_port_that_is_taken_is_told_before_anything_is_built(tmp_path: Path, temporary: Path) -> None:
    root = team(tmp_path / "team")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = started(root, temporary, "--port", str(taken.getsockname()[1]))
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, "")
    assert "`--port 0` takes one that is free" in err
    assert "models" not in err
    assert left(temporary) == []


def test_properdocs_builds_it_where_mkdocs_is_absent(tmp_path: Path, temporary: Path) -> None:
    root = team(tmp_path / "team")
    out, err = started(root, temporary, "--no-serve", lacking="mkdocs").communicate(timeout=60)
    assert "3 decisions" in out, err
