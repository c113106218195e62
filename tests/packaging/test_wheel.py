"""What people install: built from what git would hand on, and used where the repository is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]
FOLDERS = ("schemas", "templates")


def run(*command: str | Path, cwd: Path, status: int = 0) -> str:
    """Run a command away from this process's environment; return what it says on both streams."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == status, done.stdout
    return done.stdout


def handed_on() -> list[str]:
    """Return the files that a commit of everything would hold: tracked, or new and not ignored."""
    listing = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=REPOSITORY)
    return sorted({name for name in listing.split("\0") if name and (REPOSITORY / name).is_file()})


def build(source: Path, form: str, out: Path) -> Path:
    """Build a wheel or an sdist of a source tree and return the file."""
    run(sys.executable, "-m", "build", f"--{form}", "--no-isolation", "--outdir", out, source, cwd=source)
    (built,) = out.iterdir()
    return built


def contents(wheel: Path) -> dict[str, bytes]:
    """Return a wheel's files by name, without the package's version in the name of its metadata folder."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def missing(names: set[str]) -> set[str]:
    """Return the files of the source tree that belong in a wheel, by their names there, and that it lacks."""
    wanted = {name for name in handed_on() if name.startswith("mkdocs_handoff/")}
    wanted |= {f"mkdocs_handoff/{name}" for name in handed_on() if name.startswith(tuple(f"{f}/" for f in FOLDERS))}
    return wanted - names


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source tree, so that nothing which happens to lie about in a working copy gets in."""
    folder = tmp_path_factory.mktemp("source")
    for name in handed_on():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / name, target)
    return folder


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(source, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(source, "sdist", tmp_path_factory.mktemp("sdist"))


def test_the_wheel_holds_code_schemas_templates_and_types(wheel: Path) -> None:
    names = set(contents(wheel))
    assert not missing(names)
    assert {"mkdocs_handoff/py.typed", "mkdocs_handoff/rules.toml", "mkdocs_handoff/schemas/model.schema.json"} <= names
    assert any(name.startswith("mkdocs_handoff/templates/pages/") for name in names)
    assert any(name.startswith("mkdocs_handoff/templates/theme/") for name in names)
    assert wheel.name.endswith("-py3-none-any.whl")


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in contents(wheel)}
    assert tops == {"mkdocs_handoff", f"{'-'.join(wheel.name.split('-')[:2])}.dist-info"}
    assert not [
        name for name in contents(wheel) if "/tests/" in name or "sample_project" in name or name.endswith(".pyc")
    ]


def test_the_metadata_names_license_and_entry_points(wheel: Path) -> None:
    files = contents(wheel)
    info = f"{'-'.join(wheel.name.split('-')[:2])}.dist-info"
    assert f"{info}/licenses/LICENSE" in files
    entry_points = files[f"{info}/entry_points.txt"].decode()
    assert "mkdocs-handoff = mkdocs_handoff.cli.main:run" in entry_points
    assert "handoff = mkdocs_handoff.site.plugin:HandoffPlugin" in entry_points


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_left_out_does_not_go_unseen(folder: str, source: Path, tmp_path: Path) -> None:
    # hatchling builds a wheel without it and says nothing: the test above and the installed package must.
    broken = tmp_path / "source"
    shutil.copytree(source, broken, ignore=lambda here, _: {folder} if Path(here) == source else set())
    built = build(broken, "wheel", tmp_path / "wheel")
    lacking = missing(set(contents(built)))
    assert lacking
    assert all(name.startswith(f"mkdocs_handoff/{folder}/") for name in lacking)
    installed = tmp_path / "installed"
    with zipfile.ZipFile(built) as archive:
        archive.extractall(installed)
    ask = f"from mkdocs_handoff import resources; resources.folder({folder!r})"
    said = run(
        sys.executable, "-c", f"import sys; sys.path.insert(0, {str(installed)!r}); {ask}", cwd=tmp_path, status=1
    )
    assert f"installed without its folder '{folder}'; reinstall it" in said


def test_a_wheel_made_from_the_sdist_is_the_same(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = (path for path in tmp_path.iterdir() if path.is_dir())
    again = build(unpacked, "wheel", tmp_path / "again")
    assert again.name == wheel.name
    assert contents(again) == contents(wheel)


def test_the_sdist_holds_what_its_tests_need(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for folder in ("tests/", "sample_project/"):
        assert {name for name in handed_on() if name.startswith(folder)} <= names


def test_an_installed_wheel_checks_and_builds_a_project(wheel: Path, source: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    run(sys.executable, "-m", "venv", environment, cwd=tmp_path)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    project = tmp_path / "project"
    shutil.copytree(source / "sample_project", project)
    version = wheel.name.split("-")[1]
    assert run(programs / "mkdocs-handoff", "--version", cwd=project).strip() == f"mkdocs-handoff {version}"
    assert "error" not in run(programs / "mkdocs-handoff", "lint", cwd=project)
    run(programs / "python", "-m", "mkdocs", "build", "--strict", "--site-dir", tmp_path / "site", cwd=project)
    home = (tmp_path / "site" / "handoff" / "index.html").read_text(encoding="utf-8")
    assert "<h1" in home
    assert not (tmp_path / "site" / "handoff" / "schemas").exists()
