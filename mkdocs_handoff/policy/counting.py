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

_HIDING = ("file/", "yaml/", "front-matter/")
"""What keeps a file, or a part of it, from being read."""

_HELD = frozenset(("settings/locked",))
"""What is wrong with settings and changes nothing in them: the lock holds."""


@dataclass(frozen=True, slots=True)
class Counting:
    """What is told, and what is not.

    Attributes:
        findings: What is told, by place.
        ignored: What comments take out, each with the reason that is given.
        held: What the baseline holds.
        baseline: The baseline; an empty one where there is none, or where it is broken.
        stale: How many of each sort it holds that are gone.
        hiding: What may hide what else is wrong: errors of the settings and of schemas. While there is one, nothing is
            known of what is gone.
        unread: The files whose errors hide what else is wrong in them.
    """

    findings: tuple[Finding, ...] = ()
    ignored: tuple[tuple[Finding, str], ...] = ()
    held: tuple[Finding, ...] = ()
    baseline: Baseline = field(default_factory=lambda: Baseline(""))
    stale: Mapping[Entry, int] = field(default_factory=dict)
    hiding: tuple[Finding, ...] = ()
    unread: frozenset[str] = frozenset()

    @property
    def whole(self) -> tuple[Finding, ...]:
        """What would be told without a baseline."""
        return baselines.all_of(self.findings, self.held)


def count(
    findings: Iterable[Finding],
    settings: Settings,
    marked: Mapping[str, str],
    level: str,
    hiding: Iterable[Finding] = (),
) -> Counting:
    """Find out which findings are told.

    Args:
        findings: All of a run, with their rules' severities, or those of a draft.
        settings: Severities, locks, and the baseline's file.
        marked: The texts of files that may ignore something by a comment, by path.
        level: What the run asks for.
        hiding: Those of them that speak of the settings and of schemas.
    """
    weighed = ordered(map(settings.weigh, findings))
    unread = frozenset(one.place.path for one in weighed if one.rule.startswith(_HIDING))
    wrong = ordered(one for one in hiding if one.severity is Severity.ERROR and one.rule not in _HELD)
    sifted = ignore(weighed, marked, settings, level)
    told = ordered(_on((*sifted.kept, *map(settings.weigh, sifted.findings))))
    ignored = tuple(one for one in sifted.ignored if one[0].severity is not Severity.OFF)
    found = baselines.read_baseline(settings.root, settings.baseline)
    if isinstance(found, Finding):
        told = ordered((*told, *_on([settings.weigh(found)])))
        return Counting(told, ignored, baseline=Baseline(settings.baseline), hiding=wrong, unread=unread)
    if not found.counts:
        return Counting(told, ignored, baseline=found, hiding=wrong, unread=unread)
    held = baselines.hold(told, found, settings, level)
    gone = {one: times for one, times in held.stale.items() if not wrong and one.path not in unread}
    said = _on(map(settings.weigh, baselines.stale(found, gone, held.locked)))
    return Counting(ordered((*held.kept, *said)), ignored, held.held, found, gone, wrong, unread)


def _on(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is not Severity.OFF]
