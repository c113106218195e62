"""What `generate` did, or would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.cli.shown.terminal import printable
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from mkdocs_handoff.generated.plan import Plan


def steps(plan: Plan, where: str) -> str:
    """Return a line for each file that is written or removed, or that is in the way."""
    if plan.refused:
        lines = [f"{where}/{one.path}: {one.why}, and is left as it is" for one in plan.refused]
    else:
        lines = [f"{what}: {where}/{path}" for what, path in plan.steps]
    return "".join(f"{printable(line)}\n" for line in lines)


def summary(plan: Plan, where: str, *, check: bool) -> str:
    """Return in a line what became of the folder."""
    if plan.refused:
        one = len(plan.refused) == 1
        return (
            f"nothing is written: {counted(len(plan.refused), 'file')} in the way {'is' if one else 'are'} not as "
            f"generated; move {'it' if one else 'them'}, generate into another folder, or give --force"
        )
    written, removed = len(plan.new) + len(plan.changed), len(plan.removed)
    if plan.is_current or not written + removed:
        return printable(f"{where}: {counted(len(plan.files), 'file')}, all as they should be")
    told = f"{counted(written, 'file')} of {len(plan.files):,} {'to write' if check else 'written'}"
    return printable(f"{where}: {told}, {removed} {'to remove' if check else 'removed'}")
