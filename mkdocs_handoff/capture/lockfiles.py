"""Lock files: which one fixes the libraries of a model, and what it says of Python."""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from typing import TYPE_CHECKING

from mkdocs_handoff.artifacts.located import located
from mkdocs_handoff.capture.found import Captured, Choice, Harvest
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.text.paths import leads_out

if TYPE_CHECKING:
    from mkdocs_handoff.capture.surroundings import Surroundings

_LOCKS = (
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "pixi.lock",
    "Pipfile.lock",
    "conda-lock.yml",
    "renv.lock",
    "requirements.lock",
    "requirements.lock.txt",
)
_PYLOCK = re.compile(r"pylock(\.[\w-]+)?\.toml")
_REQUIREMENTS = re.compile(r"requirements[\w.-]*\.txt")
_CONDA = re.compile(r"(environment|conda)\.ya?ml")
_LINE = re.compile(r"^(?!\s*(?:#|-|$))([^#\n\\]+)", re.MULTILINE)
_CONDA_PYTHON = re.compile(r"^\s*-\s*['\"]?python\s*={1,2}\s*([0-9][0-9.]*)", re.MULTILINE)
_DEEPEST = 6


def lockfiles(around: Surroundings) -> Harvest:
    """Capture the lock file of the nearest folder that has one, and the Python that it asks for."""
    harvest = Harvest()
    reproduce = around.record.get("reproduce") if around.is_model else around.record.fields
    stated = reproduce.get("lockfile") if hasattr(reproduce, "get") else None
    mark = ".".join((*around.making, "lockfile"))
    marks = around.record.get("captured")
    placed = around.located(stated) if isinstance(stated, str) else None
    if placed is not None and around.exists(placed):
        path = placed
    elif stated is not None and not (isinstance(marks, dict) and mark in marks):
        return harvest  # somebody says it
    elif around.pipeline is not None and around.is_model and around.pipeline.get("lockfile"):
        return harvest  # the pipeline says it
    else:
        path = _nearest(around, harvest)
    if path:
        harvest.captured.append(Captured((*around.making, "lockfile"), path, path, path, mark))
    if path:
        _python(around, path, harvest)
    return harvest


def _nearest(around: Surroundings, harvest: Harvest) -> str:
    """Return the one lock file of the first folder that has any; of several nobody can tell which is meant."""
    for folder in _folders(around):
        found = _in(around, folder)
        if len(found) > 1:
            # What is compiled from others is the lock; what a person writes is not.
            locked = [path for path in found if not _REQUIREMENTS.fullmatch(posixpath.basename(path))]
            found = locked if len(locked) == 1 else found
        if len(found) == 1:
            return found[0]
        if found:
            hint = "Name it in the record (`lockfile:`), or with `--from PATH`."
            harvest.choices.append(Choice("the lock file", tuple(found), hint))
            return ""
    return ""


def _folders(around: Surroundings) -> tuple[str, ...]:
    """Return where lock files may be, the nearest first."""
    found = [path if around.folder_there(path) else posixpath.dirname(path) for path in around.given]
    found.append(around.folder)
    for step in (around.pipeline.get("steps") or ()) if around.pipeline is not None else ():
        code = step.get("code") if isinstance(step, dict) else None
        if isinstance(code, str) and around.pipeline is not None:
            beside = located(code, around.pipeline.source.path.rpartition("/")[0], around.root)
            found += [] if beside is None else [posixpath.dirname(beside)]
    folder = around.folder
    for _ in range(_DEEPEST):
        if not folder:
            break
        folder = posixpath.dirname(folder)
        found.append(folder)
    placed = (posixpath.normpath(one) if one else "" for one in found)
    return tuple(dict.fromkeys(one for one in placed if not leads_out(one)))


def _in(around: Surroundings, folder: str) -> list[str]:
    if not around.folder_there(folder):
        return []
    full = around.root / folder
    given = [posixpath.normpath(path) for path in around.given]
    names = sorted(one.name for one in full.iterdir() if one.is_file())
    found = []
    for name in names:
        path = posixpath.join(folder, name)
        known = name in _LOCKS or _PYLOCK.fullmatch(name) or _CONDA.fullmatch(name)
        if known or (_REQUIREMENTS.fullmatch(name) and (path in given or _pinned(around, path))):
            found.append(path)
    return [path for path in found if path in given] or found


def _pinned(around: Surroundings, path: str) -> bool:
    """Tell whether all requirements have one version: what does not is a wish, and no lock."""
    text = around.text(path)
    if isinstance(text, Finding):
        return False
    wanted = [line.strip() for line in _LINE.findall(text) if line.strip()]
    return bool(wanted) and all("==" in line or " @ " in line for line in wanted)


def _python(around: Surroundings, path: str, harvest: Harvest) -> None:
    """Capture the Python that a lock file asks for."""
    text = around.text(path)
    if isinstance(text, Finding):
        harvest.findings.append(text)
        return
    name = posixpath.basename(path)
    try:
        found = _stated(name, text)
    except (ValueError, RecursionError) as error:  # of TOML and JSON alike
        harvest.broken(path, f"cannot be read: {error}", "Write it anew with the tool that made it.")
        return
    if found:
        pointer, version = found
        way = (*around.making, "environment", "python")
        source = f"{path}{pointer}"
        harvest.captured.append(Captured(way, version, version, source, ".".join((*around.making, "environment"))))


def _stated(name: str, text: str) -> tuple[str, str] | None:
    """Return where a lock file says which Python it is for, and which."""
    if name == "Pipfile.lock":
        held = json.loads(text)
        for key in ("_meta", "requires"):
            held = held.get(key) if isinstance(held, dict) else None
        version = held.get("python_version") if isinstance(held, dict) else None
        return ("#/_meta/requires/python_version", version) if isinstance(version, str) else None
    if name in ("uv.lock", "poetry.lock", "pdm.lock") or _PYLOCK.fullmatch(name):
        held = tomllib.loads(text)
        for way in (("requires-python",), ("metadata", "python-versions"), ("metadata", "requires_python")):
            here: object = held
            for key in way:
                here = here.get(key) if isinstance(here, dict) else None
            if isinstance(here, str) and here not in ("", "*"):
                return "#/" + "/".join(way), here
        return None
    if _CONDA.fullmatch(name):
        found = _CONDA_PYTHON.search(text)
        return ("#/dependencies", found[1]) if found else None
    return None
