"""What settings hold, once read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Severity
from mkdocs_handoff.text.globs import matches

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.findings import Finding


@dataclass(frozen=True, slots=True)
class Claim:
    """Files that hold records of a kind: a glob from the project's root, and what is asked of them."""

    kind: str
    glob: str
    level: str = "base"


@dataclass(frozen=True, slots=True)
class Overrule:
    """A severity that the project gives to rules, in some files or in all."""

    rule: str
    severity: Severity
    globs: tuple[str, ...] = ()

    def applies(self, finding: Finding) -> bool:
        """Tell whether a finding's rule and file are meant."""
        named = self.rule in (finding.rule, "*") or (
            self.rule.endswith("/*") and finding.rule.startswith(self.rule[:-1])
        )
        return named and (not self.globs or any(matches(finding.place.path, glob) for glob in self.globs))


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project says of itself. Paths are relative to `root`, with `/` between parts.

    Attributes:
        root: The project's root: the folder of the configuration.
        path: The file the settings stand in; empty where there is none.
        docs_dir: The builder's folder of pages.
        claims: Where records are, for the kinds that the settings name.
        overrules: Severities, the later ones winning.
        history: Whether git is asked.
        sweep: A commit over more files than this says nothing of any of them.
        trend: The file that `staleness --append` adds to, if there is one.
        approvals: The file that tells who approved which commit, if there is one.
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
    strict_on: Severity = Severity.ERROR
    nav: str | None = "Handoff"
    nav_items: int = 60
    terms: bool = True
    history: bool = True
    sweep: int = 100
    trend: str = "staleness.jsonl"
    approvals: str = "approvals.json"
    single_points: bool = False

    def weigh(self, finding: Finding) -> Finding:
        """Return a finding with the severity that the project gives it."""
        for overrule in reversed(self.overrules):
            if overrule.applies(finding):
                return replace(finding, severity=overrule.severity)
        return finding
