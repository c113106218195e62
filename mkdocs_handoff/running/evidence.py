"""What is written into a pipeline's record when it was run: an entry of the field `runs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.running.compare import Outcome
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mkdocs_handoff.running.compare import Comparison
    from mkdocs_handoff.running.plan import Plan
    from mkdocs_handoff.running.run import Ran

RUNS = "runs"
"""The field: a list, of which the last entry is the newest."""

FAILED = "failed"
_COMMIT, _NAMED = 12, 3


def result_of(ran: Ran, comparison: Comparison | None) -> str:
    """Return what came of a run as `result` has it; empty where there was nothing to compare."""
    return FAILED if ran.failed is not None or comparison is None else comparison.result


def entry(
    plan: Plan,
    ran: Ran,
    comparison: Comparison | None,
    today: date,
    by: str,
    commit: str,
    environment: Mapping[str, str],
) -> dict[str, str | Mapping[str, str]]:
    """Return the entry of a run.

    Args:
        plan: What was to be run.
        ran: What came of the commands.
        comparison: What came out; None where a command failed.
        today: The day.
        by: Who ran it: a reference, or a name.
        commit: What was run.
        environment: In what surroundings.
    """
    found: dict[str, str | Mapping[str, str]] = {"on": today.isoformat(), "by": by, "commit": commit[:_COMMIT]}
    found["environment"] = {name: text for name, text in environment.items() if text}
    found["result"] = result_of(ran, comparison)
    if comparison is not None:
        match = comparison.checksums_match
        if match is not None:
            found["checksums_match"] = Plain("true" if match else "false")
        found["metric_deltas"] = {name: _number(value) for name, value in comparison.deltas.items()}
    found["duration"] = duration(ran.seconds)
    found["note"] = "; ".join(_notes(plan, ran, comparison))
    return {name: value for name, value in found.items() if value}


def failure(ran: Ran) -> str:
    """Return in words how a run failed; empty where it did not."""
    if ran.failed is None:
        return ""
    if ran.timed_out:
        return f"step {ran.failed.step!r} had not ended when the time was up, after {duration(ran.seconds)}"
    how = f"signal {-ran.status}" if ran.status < 0 else f"exit status {ran.status}"
    return f"step {ran.failed.step!r} ended with {how}"


def duration(seconds: float) -> str:
    """Return a duration in words: `12 seconds`, `3 minutes`, `2.5 hours`."""
    if seconds < 90:
        whole = max(1, round(seconds))
        return f"{whole} second{'' if whole == 1 else 's'}"
    if seconds < 5400:
        return f"{round(seconds / 60)} minutes"
    return f"{seconds / 3600:.1f} hours"


def _notes(plan: Plan, ran: Ran, comparison: Comparison | None) -> list[str]:
    notes = [failure(ran)] if ran.failed is not None else []
    every = comparison.every if comparison is not None else ()
    wrong = [one for one in every if one.outcome in (Outcome.DIFFERENT, Outcome.NOT_MADE)]
    notes += [f"{one.name}: {one.reason or one.outcome}" for one in wrong]
    if len(notes) > _NAMED:
        notes = [*notes[:_NAMED], f"{len(notes) - _NAMED} more"]
    if comparison is not None and not comparison.result:
        notes.append("nothing to compare was written down")
    if plan.left_out:
        notes.append(f"left out, as nobody can run it: {', '.join(plan.left_out)}")
    return notes


def _number(value: float) -> str:
    return Plain(f"{value:.6g}")
