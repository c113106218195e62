"""Layers of settings: what a project extends, and what that extends."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Finding, Place
from mkdocs_handoff.settings.checked import checked
from mkdocs_handoff.settings.policy import OWN_FILE, NoPolicyError, Policy, below, find_policy, repository
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.files import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.settings.checked import Places
    from mkdocs_handoff.text.yaml import Path as ValuePath

_OWN = ""
"""The name of the project's own settings among those of folders."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Settings of one place.

    Attributes:
        name: What tells it from the others.
        path: Its file.
        value: Its settings, checked.
        place: Where they stand.
        within: The names of all that it extends, and its own: what it locks is what these say.
        schemas: Its folder of schemas, with the name that findings call it by; None for the project's own.
    """

    name: str
    path: str
    value: dict[str, Any]
    place: Places
    within: frozenset[str]
    schemas: tuple[Path, str] | None = None

    @property
    def own(self) -> bool:
        """Whether these are the project's own settings."""
        return self.name == _OWN


@dataclass(slots=True)
class Layers:
    """What is gathered from a project's settings and those it extends.

    Attributes:
        layers: The farthest first; the later ones win.
        paths: The files of settings that were read.
    """

    root: Path
    layers: list[Layer] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _within: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, value: dict[str, Any], path: str, place: Places, policy: Policy | None = None, *way: str) -> None:
        """Add settings, below them those that they extend.

        Args:
            value: Settings that have been checked.
            path: Their file.
            place: Where they stand.
            policy: The folder that is extended; None for the project's own settings.
            way: The folders by which it came to this one.
        """
        # A configuration may inherit from one in another folder: what counts is the file that holds the setting.
        folder = self.root / posixpath.dirname(place(("extends",)).path if policy is None else path)
        limit = policy.within if policy is not None else repository(self.root) if value.get("extends") else None
        name = _OWN if policy is None else os.path.realpath(policy.folder)
        within = {name}
        for number, wanted in enumerate(value.get("extends", ())):
            at = place(("extends", number))
            try:
                within |= self._extend(find_policy(wanted, folder, limit), at, (*way, os.path.realpath(folder)))
            except NoPolicyError as error:
                self._tell(at, f"cannot be extended: {error.what}", error.hint)
        self._within[name] = frozenset(within)
        schemas = None if policy is None else self._schemas(policy.folder, value)
        self.layers.append(Layer(name, path, value, place, self._within[name], schemas))

    def _extend(self, policy: Policy, at: Place, way: tuple[str, ...]) -> frozenset[str]:
        """Add a folder, once, and return the names of what comes with it."""
        real = os.path.realpath(policy.folder)
        shown = _shown(self.root, policy.folder)
        if real in way:
            self._tell(at, f"goes in a circle: {shown} is what this comes from", "Take one of the two `extends:` out.")
            return frozenset()
        if real in self._within:
            return self._within[real]
        self._within[real] = frozenset()
        file = policy.folder / OWN_FILE
        path = f"{shown}/{OWN_FILE}"
        value: dict[str, Any] | None = {}
        place: Places = partial(_top, path)
        if os.path.lexists(file):
            self.paths.append(path)
            value, place = self._read(policy, path)
        if value is not None:
            self.add(value, path, place, policy, *way)
        return self._within[real]

    def _schemas(self, folder: Path, value: dict[str, Any]) -> tuple[Path, str] | None:
        schemas = value.get("schemas", "schemas")
        there = (folder / schemas).is_dir() and below(folder, folder / schemas)
        return (folder / schemas, f"{_shown(self.root, folder)}/{schemas}") if there else None

    def _read(self, policy: Policy, path: str) -> tuple[dict[str, Any] | None, Places]:
        text = read_text(policy.folder, OWN_FILE)
        if isinstance(text, Finding):
            self.findings.append(Finding(Place(path), text.rule, text.message, text.hint))
            return None, partial(_top, path)
        reading = yaml.read(text)
        place: Places = partial(_located, path, text)
        for problem in reading.problems:
            where = Place(path, problem.line, problem.column)
            self.findings.append(Finding(where, problem.rule, problem.message, problem.hint))
        value = reading.documents[0] if reading.documents else None
        if not isinstance(value, dict | None):
            hint = "Settings are written as `key: value` lines."
            self.findings.append(Finding(Place(path), "yaml/not-a-mapping", "is not a mapping of settings", hint))
            return None, place
        return (None if reading.problems else checked(value or {}, place, self.findings)), place

    def _tell(self, at: Place, message: str, hint: str) -> None:
        self.findings.append(Finding(at, "settings/extends", message, hint))


def _top(path: str, _: ValuePath, *, key: bool = False) -> Place:
    del key
    return Place(path)


def _located(path: str, text: str, at: ValuePath, *, key: bool = False) -> Place:
    return Place(path, *yaml.locate(text, 0, at, key=key))


def _shown(root: Path, folder: Path) -> str:
    """Return a folder as it is found from the project's root; on another drive there is no way but the whole path."""
    try:
        return os.path.relpath(folder, root).replace(os.sep, "/")
    except ValueError:
        return folder.as_posix()
