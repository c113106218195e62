"""What counts of all that was found: severities, comments, and the baseline, in that order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding, Severity, ordered
from mkdocs_handoff.policy import baseline as baselines
from mkdocs_handoff.policy.baseline import Baseline
from mkdocs_handoff.policy.ignores import ignore

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mkdocs_handoff.policy.baseline import Entry
    from mkdocs_handoff.settings import Settings


@dataclass(frozen=True, slots=True)
class Counting:
    """What is told, and what is not.

    Attributes:
        findings: What is told, by place.
        ignored: What comments take out, each with the reason that is given.
        held: What the baseline holds.
        baseline: The baseline; an empty one where there is none, or where it is broken.
        stale: How many of each sort it holds that are gone.
    """

    findings: tuple[Finding, ...] = ()
    ignored: tuple[tuple[Finding, str], ...] = ()
    held: tuple[Finding, ...] = ()
    baseline: Baseline = field(default_factory=lambda: Baseline(""))
    stale: Mapping[Entry, int] = field(default_factory=dict)

    @property
    def whole(self) -> tuple[Finding, ...]:
        """What would be told without a baseline."""
        return baselines.all_of(self.findings, self.held)


def count(findings: Iterable[Finding], settings: Settings, marked: Mapping[str, str], level: str) -> Counting:
    """Find out which findings are told.

    Args:
        findings: All of a run, with their rules' severities, or those of a draft.
        settings: Severities, locks, and the baseline's file.
        marked: The texts of files that may ignore something by a comment, by path.
        level: What the run asks for.
    """
    sifted = ignore(ordered(map(settings.weigh, findings)), marked, settings, level)
    told = ordered(_on((*sifted.kept, *map(settings.weigh, sifted.findings))))
    ignored = tuple(one for one in sifted.ignored if one[0].severity is not Severity.OFF)
    found = baselines.read_baseline(settings.root, settings.baseline)
    if isinstance(found, Finding):
        return Counting(ordered((*told, *_on([settings.weigh(found)]))), ignored, baseline=Baseline(settings.baseline))
    if not found.counts:
        return Counting(told, ignored, baseline=found)
    held = baselines.hold(told, found, settings, level)
    said = _on(map(settings.weigh, baselines.stale(found, held.stale)))
    return Counting(ordered((*held.kept, *said)), ignored, held.held, found, held.stale)


def _on(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is not Severity.OFF]
