"""`mkdocs-handoff handoff complete`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import membership
from mkdocs_handoff.cli.asked.answer import agreed, needs_somebody
from mkdocs_handoff.cli.asked.day import day_given
from mkdocs_handoff.cli.asked.handoffs import Asking
from mkdocs_handoff.cli.shown.diff import diff
from mkdocs_handoff.cli.shown.signing import counted
from mkdocs_handoff.cli.shown.terminal import printable
from mkdocs_handoff.cli.status import CLEAN, FINDINGS, STOPPED, UsageError
from mkdocs_handoff.handoffs.words import COMPLETED
from mkdocs_handoff.past import look_back
from mkdocs_handoff.records.edit import EditError
from mkdocs_handoff.reports.handoffs.completing import RefusedError, completion, held_up
from mkdocs_handoff.reports.handoffs.signing import become
from mkdocs_handoff.reports.owners.handles import Handles
from mkdocs_handoff.reports.readiness.given import given as asked
from mkdocs_handoff.reports.readiness.readiness import readiness

if TYPE_CHECKING:
    import argparse

    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.reports.handoffs.completing import Completion


def run(given: argparse.Namespace) -> int:
    """Show what changes, ask, write."""
    if not given.yes and not given.dry_run:
        needs_somebody("--yes")
    today = day_given(given.today)
    asking = Asking(given.config, [given.handoff], today)
    catalog, of = asking.project.catalog, asking.handoff(given.handoff)
    if of.status == COMPLETED:
        print(printable(f"{of.identity} is completed already"))
        return CLEAN
    reasons = [*asking.broken(of), *held_up(catalog, of, today)]
    reasons = reasons or asking.impossible(become(of, COMPLETED, today), known=("handoff/owner",))  # which it settles
    if reasons:
        return _refused(asking, of, reasons)
    try:
        done = completion(asking.project.settings.root, catalog, of, membership(catalog, today), today)
        _tell(asking, of, done)
        if given.dry_run:
            return CLEAN
        if not given.yes and not agreed(f"Write this, and make {of.taker} the owner?"):
            print("nothing was written")
            return FINDINGS
        done.rewrites.write()
    except RefusedError as error:
        return _refused(asking, of, [str(error)])
    except EditError as error:
        raise UsageError(f"{error}\nnothing was changed") from None
    except KeyboardInterrupt:
        print("\nstopped: nothing was changed")
        return STOPPED
    for one in done.rewrites.files:
        print(printable(f"  written: {asking.shown(one.path)}"))
    print(printable(_codeowners(asking, of)))
    return CLEAN


def _tell(asking: Asking, of: Handoff, done: Completion) -> None:
    for one in done.rewrites.files:
        print("\n".join(diff(asking.shown(one.path), one.before, one.after)))
    for stays in done.remaining:
        print(printable(f"{stays.record}: {stays.text}"))
    ready = readiness(asked(asking.project, look_back(asking.project.settings, asking.today)), of.identity)
    print(printable(f"readiness: {counted(ready)}"))
    if ready.holding_up:
        hint = f"`mkdocs-handoff readiness {of.identity.name}` tells more"
        print(printable(f"  it is completed all the same if you say so; {hint}"))


def _codeowners(asking: Asking, of: Handoff) -> str:
    """Return what is to be done so that CODEOWNERS names the new owner."""
    taker = of.taker.identity if of.taker is not None else None
    catalog = asking.project.catalog
    if taker is not None and not Handles(catalog).written(taker):
        source = catalog.records[taker].source.path
        return (
            f"CODEOWNERS cannot name {of.taker} yet: add `github:` to {asking.shown(source)}, then "
            "`mkdocs-handoff owners --codeowners --write`"
        )
    return "CODEOWNERS says the old owner still: `mkdocs-handoff owners --codeowners --write` brings it up to date"


def _refused(asking: Asking, of: Handoff, reasons: list[str]) -> int:
    for why in reasons:
        print(printable(f"{asking.shown(of.record.source.path)}: not completed: {why}"), file=sys.stderr)
    return FINDINGS
