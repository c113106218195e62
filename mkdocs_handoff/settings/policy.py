"""Where an organisation's settings stand that a project extends: a folder, or what an installed package brings."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from mkdocs_handoff.text.near import nearest

OWN_FILE = "handoff.yml"
_SCHEMAS = "schemas"
_PATH = re.compile(r"\.{1,2}(?:/.*)?")
_PACKAGE = re.compile(
    r"(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?:/(?P<below>[^/.][^/]*(?:/[^/.][^/]*)*))?"
)
_FORM = "Write a folder as `./policy` or `../policy`, and an installed package by its name, `acme-policy`."


class NoPolicyError(Exception):
    """There is no settings to extend at that name.

    Attributes:
        what: Why not.
        hint: How to mend it.
    """

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


@dataclass(frozen=True, slots=True)
class Policy:
    """A folder of settings that is extended.

    Attributes:
        folder: The folder, which holds `handoff.yml`, `schemas/`, or both.
        within: The folder that nothing of it may lead out of; None where there is no repository around the project.
    """

    folder: Path
    within: Path | None


def find_policy(name: str, folder: Path, within: Path | None) -> Policy:
    """Return what an entry of `extends:` names. Files are looked at, and nothing is imported or run.

    Args:
        name: The entry.
        folder: The folder of the file that holds the entry.
        within: What a path may not lead out of; None: nothing is known of that.

    Raises:
        NoPolicyError: There is nothing to extend there, or it lies where nothing is read.
    """
    name = name.rstrip("/")
    if _PATH.fullmatch(name):
        return _in_folder(name, folder, within)
    found = _PACKAGE.fullmatch(name)
    if found is None:
        absolute = name.startswith(("/", "\\", "~")) or name[1:2] == ":"
        what = "is a path of one machine, and others have none such" if absolute else "names no folder and no package"
        raise NoPolicyError(f"{name!r} {what}", _FORM)
    return _in_package(found["name"], found["below"] or "", folder)


def _in_folder(name: str, folder: Path, within: Path | None) -> Policy:
    path = Path(os.path.normpath(folder / name))
    if not path.is_dir():
        what = "is a file, and no folder" if path.exists() else "is no folder that is there"
        hint = "Name the folder that holds `handoff.yml`, from the folder of this file."
        raise NoPolicyError(f"{name!r} {what}", hint)
    # What is written without a way out must not have one by a link.
    limit = folder if ".." not in name.split("/") else within
    if limit is not None and not below(limit, path):
        what = "leads out of the repository" if ".." in name.split("/") else "is a link out of its folder"
        raise NoPolicyError(f"{name!r} {what}", "Copy the policy into the repository, or install it as a package.")
    return _holding(Policy(path, within), name)


def _in_package(name: str, inner: str, folder: Path) -> Policy:
    from importlib import metadata  # noqa: PLC0415 - only who extends a package needs it

    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        if (folder / name / inner).is_dir():
            hint = f"To extend the folder, write './{name}{'/' + inner if inner else ''}'."
        else:
            near = nearest(name, sorted({one.name for one in metadata.distributions() if one.name}))
            hint = f"Did you mean {near!r}? " if near else ""
            hint += f"`pip install {name}` installs it, wherever lint runs. {_FORM}"
        raise NoPolicyError(f"there is no installed package {name!r}", hint) from None
    tops = [
        file.parent
        for file in distribution.files or ()
        if ".." not in file.parts
        and (file.name == OWN_FILE or (file.name.endswith(".schema.json") and file.parent.name == _SCHEMAS))
    ]
    # Of a package with schemas alone, the folder that holds them.
    roots = {top.parent if top.name == _SCHEMAS else top for top in tops}
    way = tuple(inner.split("/")) if inner else ()
    wanted = [root for root in roots if root.parts and (not way or root.parts[1:] == way)]
    if not wanted:
        shown = f"{name}/{inner}" if inner else name
        hint = "A policy package holds `handoff.yml`, `schemas/` or both in its package folder, as package data. "
        hint += "One that is installed editable lists no files: install it as others do."
        raise NoPolicyError(f"the package {shown!r} brings no settings and no schemas", hint)
    first = min(wanted, key=lambda root: (len(root.parts), root.as_posix()))
    base = Path(str(distribution.locate_file("")))
    path = base / first
    if not below(base, path):
        raise NoPolicyError(f"the package {name!r} leads to another folder by a link", "Install it anew.")
    return _holding(Policy(path, base / first.parts[0]), name)


def _holding(policy: Policy, name: str) -> Policy:
    if (policy.folder / OWN_FILE).is_file() or (policy.folder / _SCHEMAS).is_dir():
        return policy
    raise NoPolicyError(f"{name!r} holds neither {OWN_FILE} nor {_SCHEMAS}/", "Name the folder that holds them.")


def below(folder: Path, path: Path) -> bool:
    """Tell whether a path, links followed, stays in a folder."""
    real, limit = os.path.realpath(path), os.path.realpath(folder)
    return real == limit or real.startswith(limit.rstrip(os.sep) + os.sep)


def repository(root: Path) -> Path | None:
    """Return the folder of the git repository that a project is in, if it is in one."""
    start = Path(os.path.abspath(root))  # noqa: PTH100 - follows no links
    return next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), None)
