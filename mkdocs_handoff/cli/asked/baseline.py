"""Writing the baseline of what is put aside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.cli import files
from mkdocs_handoff.cli.asked.policy import WRITE
from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.policy.baseline import Baseline, grown, newer, parsed, replaceable, shrunk
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.project import Project


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A baseline as it was, and as it has been written."""

    path: str
    before: Baseline
    after: Baseline
    why_not: str = ""

    @property
    def told(self) -> str:
        """What became of it, in words."""
        if self.why_not:
            return f"{self.path} is left as it is: {self.why_not}"
        if not self.after.counts and not self.before.text:
            return f"{self.path} is not written: there is nothing that it may hold"
        added = sum(max(0, count - self.before.counts.get(one, 0)) for one, count in self.after.counts.items())
        gone = sum(max(0, count - self.after.counts.get(one, 0)) for one, count in self.before.counts.items())
        changes = f"{added:,} added, {gone:,} taken out" if added or gone else "as before"
        return f"{self.path} holds {counted(self.after.size, 'finding')} ({changes})"


def rewrite_baseline(project: Project, findings: Sequence[Finding], given: argparse.Namespace) -> Rewritten:
    """Write a project's baseline: all that is found into it, or what is gone out of it.

    Who writes it at the same time loses nothing: what came to it since it was read stays.

    Args:
        project: As it was read.
        findings: What is told of what is asked for; a baseline that is written holds it from now on.
        given: What the user asks for.

    Raises:
        UsageError: It cannot be written, the file is something else, or what is gone cannot be told from a baseline
            that is broken.
    """
    settings, counting = project.settings, project.counting
    file = settings.root / settings.baseline
    shown = files.shown(file)
    if counting.hiding:
        wrong = counting.hiding[0]
        where = f"{files.shown(settings.root / wrong.place.path)}:{wrong.place.line}:{wrong.place.column}"
        why = f"{wrong.rule} in {where} may hide what else is wrong; mend that first"
        return Rewritten(shown, counting.baseline, counting.baseline, why)
    made = Rewritten(shown, counting.baseline, counting.baseline)

    def changed(content: bytes) -> bytes:
        nonlocal made
        now = parsed(settings.baseline, content) if content or file.exists() else Baseline(settings.baseline)
        if given.baseline != WRITE and not isinstance(now, Baseline):
            raise UsageError(f"{shown}: {now.message}. {now.hint}")
        if not replaceable(content):
            hint = "take that file away, or name another one with the setting `baseline`"
            what = "is of a newer version" if newer(content) else "holds something else"
            raise UsageError(f"{shown} {what}, and nothing is written over it: {hint}")
        now = now if isinstance(now, Baseline) else Baseline(settings.baseline)
        made = replace(made, after=_after(project, findings, given, now))
        return made.after.written().encode() if made.after.counts or content else b""

    content = files.read_if_there(file)
    if changed(content) != content:
        files.update(file, changed, within=settings.root)
    return made


def _after(project: Project, findings: Sequence[Finding], given: argparse.Namespace, now: Baseline) -> Baseline:
    """Return what a baseline is to hold that holds something now, perhaps more than when the project was read."""
    counting, settings, level = project.counting, project.settings, project.level
    before = counting.baseline.counts
    if given.baseline != WRITE:
        least = shrunk(counting.baseline, counting.stale).counts
        left = {one: count if one not in before else min(count, least.get(one, 0)) for one, count in now.counts.items()}
        return replace(now, counts={one: count for one, count in left.items() if count})
    if not given.paths and given.changed is None:
        every = (*findings, *counting.held)
        return grown(now, every, settings, level, whole=True, unread=counting.unread)
    # What it holds of these files stays, and the new comes to it.
    more = grown(Baseline(settings.baseline), findings, settings, level, whole=True)
    added = {one: before.get(one, 0) + count for one, count in more.counts.items()}
    counts = {one: max(now.counts.get(one, 0), added.get(one, 0)) for one in sorted({**now.counts, **added})}
    return replace(now, counts=counts)
