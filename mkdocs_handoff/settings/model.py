"""What settings hold, once read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Severity
from mkdocs_handoff.text.globs import matches

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mkdocs_handoff.findings import Finding


@dataclass(frozen=True, slots=True)
class Claim:
    """Files that hold records of a kind: a glob from the project's root, and what is asked of them.

    Attributes:
        at: The way to the glob in the settings; empty for a kind's usual places.
    """

    kind: str
    glob: str
    level: str = "base"
    at: tuple[str | int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Overrule:
    """A severity that the project gives to rules, in some files or in all."""

    rule: str
    severity: Severity
    globs: tuple[str, ...] = ()

    def applies(self, finding: Finding) -> bool:
        """Tell whether a finding's rule and file are meant."""
        named = names(self.rule, finding.rule)
        return named and (not self.globs or any(matches(finding.place.path, glob) for glob in self.globs))


def names(pattern: str, rule: str) -> bool:
    """Tell whether a pattern (`family/name`, `family/*` or `*`) means a rule."""
    return pattern in (rule, "*") or (pattern.endswith("/*") and rule.startswith(pattern[:-1]))


@dataclass(frozen=True, slots=True)
class Lock:
    """A rule, or a family, whose severity is settled.

    Attributes:
        rule: `family/name`, `family/*` or `*`.
        path: The file of settings that locks it.
        overrules: The severities that hold for it; where none applies, it is the rule's own.
    """

    rule: str
    path: str
    overrules: tuple[Overrule, ...]


@dataclass(frozen=True, slots=True)
class SchemasLock:
    """Schemas that nobody may replace: ours, and those in folders of a layer and of what it extends.

    Attributes:
        folders: Those folders.
        path: The file of settings that locks them.
    """

    folders: tuple[Path, ...]
    path: str


_ALWAYS = frozenset(("settings/locked", "settings/extends"))
"""Whoever could switch these off could switch a lock off."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project says of itself. Paths are relative to `root`, with `/` between parts.

    Attributes:
        root: The project's root: the folder of the configuration.
        path: The file the settings stand in; empty where there is none.
        docs_dir: The builder's folder of pages.
        claims: Where records are, for the kinds that the settings name.
        overrules: Severities, the later ones winning.
        locks: Rules whose severity an organisation has settled; the first that names a rule decides.
        schemas_locks: Schemas that nobody may replace; the first that has a kind decides over it.
        layers: Folders of schemas that the settings extend, each with the name that findings call it by.
        extended: The files of settings that they extend.
        baseline: The file of findings that were there before and are not told, if there is one.
        history: Whether git is asked.
        sweep: A commit over more files than this says nothing of any of them.
        trend: The file that `staleness --append` adds to, if there is one.
        approvals: The file that tells who approved which commit, if there is one.
        rules: The project's own rules between records, by name, as `demands` reads them.
        prose: What more is looked for in prose, as `statements` reads it.
        single_points: Whether a built site names who alone knows something; a preview always does.
    """

    root: Path
    path: str = ""
    docs_dir: str = "docs"
    namespace: str = ""
    prefix: str = "handoff"
    claims: tuple[Claim, ...] = ()
    exclude: tuple[str, ...] = ()
    schemas: str = "schemas"
    templates: str = "templates"
    overrules: tuple[Overrule, ...] = field(default=())
    locks: tuple[Lock, ...] = ()
    schemas_locks: tuple[SchemasLock, ...] = ()
    layers: tuple[tuple[Path, str], ...] = ()
    extended: tuple[str, ...] = ()
    strict_on: Severity = Severity.ERROR
    nav: str | None = "Handoff"
    nav_items: int = 60
    terms: bool = True
    history: bool = True
    sweep: int = 100
    trend: str = "staleness.jsonl"
    approvals: str = "approvals.json"
    baseline: str = "handoff-baseline.json"
    single_points: bool = False
    rules: Mapping[str, Any] = field(default_factory=dict)
    prose: Mapping[str, Any] = field(default_factory=dict)

    def weigh(self, finding: Finding) -> Finding:
        """Return a finding with the severity that the project gives it, or the organisation that locks its rule."""
        unread = finding.place.path in (self.path, *self.extended) and not finding.rule.startswith("settings/")
        if unread or finding.rule in _ALWAYS:
            return finding  # whoever could switch off that settings cannot be read could do without their locks
        lock = self.locked(finding.rule)
        for overrule in reversed(self.overrules if lock is None else lock.overrules):
            if overrule.applies(finding):
                return replace(finding, severity=overrule.severity)
        return finding

    def locked(self, rule: str) -> Lock | None:
        """Return the lock that settles a rule's severity, if there is one."""
        return next((lock for lock in self.locks if names(lock.rule, rule)), None)
