"""What is wrong when a project begins: put aside, but for what hides or loses records."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.found import few
from mkdocs_handoff.adoption.step import Change, Step
from mkdocs_handoff.findings import Severity
from mkdocs_handoff.policy.baseline import Baseline, grown
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs_handoff.adoption.look import Look
    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.project import Project

_LOSES = "record/duplicate"
"""Of two records of one name one is on no page: nobody would look for it behind a baseline."""

_TOLD = 10


def baseline(project: Project, look: Look) -> Step:
    """Return the step that puts today's findings aside, and says what lint will tell all the same.

    Args:
        project: As it is with what was written before.
        look: What the look at the repository showed.
    """
    settings = project.settings
    path = settings.baseline
    title = "a baseline: what is wrong today is not told, what comes to it is"
    misread = tuple(_misread(project, look))
    if os.path.lexists(settings.root / path):
        return Step(title, by_hand=_by_hand(project.findings, misread))
    aside = [one for one in project.findings if one.rule != _LOSES]
    made = grown(Baseline(path), aside, settings, project.level, whole=True)
    held = {(rule.path, rule.rule) for rule in made.counts}
    left = [one for one in project.findings if (one.place.path, one.rule) not in held]
    by_hand = _by_hand(left, misread)
    if not made.size:
        quiet = project.records.read and not by_hand
        return Step(title, note="nothing is wrong: there is nothing to put aside" if quiet else "", by_hand=by_hand)
    broken = sorted({*project.records.broken} & {one.path for one in made.counts})
    note = f"{counted(len(broken), 'file')} cannot be read: {few(broken, _TOLD)}" if broken else ""
    change = Change(path, None, made.written())
    return Step(f"{title} ({counted(made.size, 'finding')})", (change,), note, by_hand, brief=True)


def _by_hand(findings: Sequence[Finding], misread: Sequence[str]) -> tuple[str, ...]:
    errors = [one for one in findings if one.severity is Severity.ERROR]
    told = [f"{one.place} {one.rule} {one.message}" for one in errors[:_TOLD]]
    if len(errors) > _TOLD:
        told.append(f"and {len(errors) - _TOLD:,} more: `mkdocs-handoff lint`")
    head = f"{counted(len(errors), 'error')} to be mended, which lint tells:"
    return (*((head, *(f"  {line}" for line in told)) if errors else ()), *misread)


def _misread(project: Project, look: Look) -> Iterator[str]:
    """Tell of files that look like one kind and are read as another: a glob is too wide, or the look was wrong."""
    read: dict[str, set[str]] = {}
    for record in project.catalog.records.values():
        read.setdefault(record.source.path, set()).add(record.kind)
    for one in look.seen:
        kinds = read.get(one.path, set())
        if one.detected.kinds and kinds and kinds.isdisjoint(one.detected.kinds):
            seen, now = one.detected.kinds[0], min(kinds)
            yield f"{one.path} looks like a {seen} and is read as a {now}: `kind:` in it, or `records:`, says which"
