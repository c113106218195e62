"""Layers of settings: what a project extends, what that extends, and what of it nobody may change."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Finding, Place, Severity
from mkdocs_handoff.rules import load_rules
from mkdocs_handoff.settings.checked import checked, lockable, overrules
from mkdocs_handoff.settings.entry import merged
from mkdocs_handoff.settings.model import Lock, Overrule, names
from mkdocs_handoff.settings.policy import OWN_FILE, NoPolicyError, Policy, below, find_policy, repository
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.files import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs_handoff.settings.checked import Places
    from mkdocs_handoff.text.yaml import Path as ValuePath

_OF_A_LAYER = frozenset(("extends", "lock", "schemas", "severity"))
"""Settings that say something of the file in which they stand; all others are inherited, the nearer one holding."""
_HOLDS = "The lock holds; take this line out, or talk to whoever keeps that file."


@dataclass(slots=True)
class Layers:
    """What is gathered from a project's settings and those it extends, the farthest first.

    Attributes:
        overrules: Severities, the later ones winning.
        locks: The first that names a rule decides over it.
        held: Settings that nobody may give another value, each with the file that says so.
        schemas_lock: How many of the folders of schemas nobody may replace anything of, and the file that says so.
        schemas: Folders of schemas, each with the name that findings call it by.
        inherited: The other settings that are extended, the nearest first.
        paths: The files of settings that were read.
    """

    root: Path
    overrules: list[Overrule] = field(default_factory=list)
    locks: list[Lock] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)
    schemas_lock: tuple[int, str] | None = None
    schemas: list[tuple[Path, str]] = field(default_factory=list)
    inherited: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _places: list[tuple[dict[str, Any], Places]] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

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
        within = policy.within if policy is not None else repository(self.root) if value.get("extends") else None
        for number, name in enumerate(value.get("extends", ())):
            at = place(("extends", number))
            try:
                self._extend(find_policy(name, folder, within), at, (*way, os.path.realpath(folder)))
            except NoPolicyError as error:
                self._tell(at, f"cannot be extended: {error.what}", error.hint)
        value = self._without_locked(value, place)
        self._places.append((value, place))
        own = overrules(value)
        self._hold(own, place)
        self.overrules += own
        now = tuple(self.overrules)
        for name in value.get("lock", ()):
            if name in lockable():
                self.held.setdefault(name, path)
            else:
                self.locks.append(Lock(name, path, now))
        if policy is not None:
            self.inherited.insert(0, {key: item for key, item in value.items() if key not in _OF_A_LAYER})

    def place(self, path: ValuePath, *, key: bool = False) -> Place:
        """Return where a setting stands: in the project's own settings, or in the nearest layer that gives it."""
        given = (place for value, place in reversed(self._places) if _gives(value, path))
        return next(given, self._places[-1][1])(path, key=key)

    def value(self) -> dict[str, Any]:
        """Return the settings that were added last, the project's own, with what they inherit."""
        return merged([self._places[-1][0], *self.inherited])

    def _extend(self, policy: Policy, at: Place, way: tuple[str, ...]) -> None:
        real = os.path.realpath(policy.folder)
        shown = _shown(self.root, policy.folder)
        if real in way:
            self._tell(at, f"goes in a circle: {shown} is what this comes from", "Take one of the two `extends:` out.")
            return
        if real in self._seen:
            return
        self._seen.add(real)
        file = policy.folder / OWN_FILE
        path = f"{shown}/{OWN_FILE}"
        value: dict[str, Any] | None = {}
        place: Places = partial(_top, path)
        if os.path.lexists(file):
            self.paths.append(path)
            value, place = self._read(policy, path)
        if value is None:
            return
        schemas = value.get("schemas", "schemas")
        self.add(value, path, place, policy, *way)
        if (policy.folder / schemas).is_dir() and below(policy.folder, policy.folder / schemas):
            self.schemas.append((policy.folder / schemas, f"{shown}/{schemas}"))
        if "schemas" in value.get("lock", ()) and self.schemas_lock is None:
            self.schemas_lock = len(self.schemas), path

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

    def _hold(self, own: tuple[Overrule, ...], place: Places) -> None:
        """Tell of severities that would change what a layer below has locked. The lock holds all the same."""
        if not self.locks:
            return
        for name in dict.fromkeys(one.rule for one in own):
            given = {one.severity for one in own if one.rule == name}
            for rule, lock, held in self._locked(name):
                if given != {held}:
                    what = repr(rule) if rule == name else f"{name!r} names {rule!r}, which"
                    message = f"{what} is locked as {held} by {lock.path}"
                    at = place(("severity", name), key=True)
                    self.findings.append(Finding(at, "settings/locked", message, _HOLDS))
                    break

    def _without_locked(self, value: dict[str, Any], place: Places) -> dict[str, Any]:
        """Return settings without what a layer below has locked: settings, and rules of its own that it has written."""
        inherited = merged(self.inherited)
        for key, path in self.held.items():
            if key in value and key != "schemas" and value[key] != inherited.get(key):
                message = f"the setting {key!r} is locked by {path}"
                self.findings.append(Finding(place((key,), key=True), "settings/locked", message, _HOLDS))
                value = {name: given for name, given in value.items() if name != key}
        rules = value.get("rules", {})
        held = {name: lock for name in rules for lock in self.locks if names(lock.rule, f"own/{name}")}
        for name, lock in held.items():
            message = f"the rule 'own/{name}' is locked by {lock.path}"
            hint = "The lock holds; give your rule another name, or talk to whoever keeps that file."
            self.findings.append(Finding(place(("rules", name), key=True), "settings/locked", message, hint))
        return {**value, "rules": {name: one for name, one in rules.items() if name not in held}} if held else value

    def _locked(self, name: str) -> Iterator[tuple[str, Lock, Severity]]:
        """Yield locked rules that a name means, with the lock and the severity that it holds in most files."""
        usual = {rule: Severity(one.severity) for rule, one in load_rules().items()}
        for value in reversed(self.inherited):  # the nearest last: it is the one that holds
            for own, rule in value.get("rules", {}).items():
                usual[f"own/{own}"] = Severity(rule.get("severity", Severity.WARNING))
        for rule, severity in usual.items():
            lock = next((one for one in self.locks if names(one.rule, rule)), None)
            if lock is not None and names(name, rule):
                stated = [one for one in lock.overrules if not one.globs and names(one.rule, rule)]
                yield rule, lock, stated[-1].severity if stated else severity


def _gives(value: Any, path: ValuePath) -> bool:
    for step in path:
        held = isinstance(value, dict) and step in value
        if not held and not (isinstance(step, int) and isinstance(value, list) and step < len(value)):
            return False
        value = value[step]
    return True


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
