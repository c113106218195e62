"""`mkdocs-handoff handoff sign`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked.answer import agreed, needs_somebody
from mkdocs_handoff.cli.asked.day import day_given
from mkdocs_handoff.cli.asked.handoffs import Asking
from mkdocs_handoff.cli.shown.signing import shown
from mkdocs_handoff.cli.shown.terminal import printable
from mkdocs_handoff.cli.status import CLEAN, FINDINGS, STOPPED, UsageError
from mkdocs_handoff.handoffs.handoff import handoff
from mkdocs_handoff.handoffs.words import ACCEPTED, AGREED, APPROVER
from mkdocs_handoff.past import look_back
from mkdocs_handoff.records.edit import EditError, append_to
from mkdocs_handoff.records.rewrite import Rewrites
from mkdocs_handoff.reports.handoffs import signing
from mkdocs_handoff.reports.handoffs.completing import dated, setting
from mkdocs_handoff.reports.handoffs.signed import signed
from mkdocs_handoff.reports.readiness.given import given as asked
from mkdocs_handoff.reports.readiness.readiness import readiness

if TYPE_CHECKING:
    import argparse

    from mkdocs_handoff.handoffs.handoff import Handoff


def run(given: argparse.Namespace) -> int:
    """Show what is signed, ask, write."""
    if (given.role == APPROVER) != bool(given.stands_in_for):
        raise UsageError(
            "an approver signs for a side that no longer exists: say which, `--for approver --stands-in-for from|to`"
        )
    if not given.yes and not given.dry_run:
        needs_somebody("--yes")
    today = day_given(given.today)
    asking = Asking(given.config, [given.handoff], today)
    catalog, of = asking.project.catalog, asking.handoff(given.handoff)
    side = given.stands_in_for or given.role
    made = signing.Signature(given.role, side, asking.person(given.by), today, signed(catalog, of), given.statement)
    refused = [*asking.broken(of), *signing.refusals(catalog, of, made)]
    if refused:
        for why in refused:
            print(printable(f"{asking.shown(of.record.source.path)}: not signed: {why}"), file=sys.stderr)
        return FINDINGS
    before = signing.already(of, made)
    try:
        if before is not None:
            print(printable(f"`{side}` has signed exactly this already: {before.by}, on {before.on}"))
        else:
            ready = readiness(asked(asking.project, look_back(asking.project.settings, today)), of.identity)
            print("\n".join(shown(catalog, of, made, ready.before_signing())))
            if _impossible(asking, signing.signed_as(catalog, of, made), "signed"):
                return FINDINGS
            if given.dry_run:
                return CLEAN
            if not given.yes and not agreed("Sign this?"):
                print("nothing was signed")
                return FINDINGS
            path = append_to(asking.project.settings.root, of.record, "sign_offs", made.fields())
            print(
                printable(f"  signed: written to {asking.shown(path)}; commit it yourself, the commit says it was you")
            )
            asking.read_again()
        return _accepted(given, asking, handoff(asking.project.catalog, of.identity), signed_now=before is None)
    except KeyboardInterrupt:
        print("\nstopped")
        return STOPPED
    except EditError as error:
        raise UsageError(str(error)) from None


def _accepted(given: argparse.Namespace, asking: Asking, of: Handoff, *, signed_now: bool) -> int:
    """Accept the handoff, where nothing is in the way and somebody says so; return the exit status."""
    if signed_now and of.status == ACCEPTED and of.dates.get(ACCEPTED, "") < asking.today.isoformat():
        # It is the day of the last signature; lint holds the two against each other.
        rewrites = Rewrites(asking.project.settings.root)
        rewrites.change(of.record, ("dates",), (dated(ACCEPTED, asking.today.isoformat()),))
        rewrites.write()
        print(f"  accepted anew on {asking.today}")
    if of.status in AGREED:
        return CLEAN
    missing = [*signing.unsigned(asking.project.catalog, of), *signing.unmet(of, asking.today), *signing.unanswered(of)]
    if missing:
        print(printable(f"not accepted yet: {'; '.join(missing)}"))
        return FINDINGS if given.accept else CLEAN
    if _impossible(asking, signing.become(of, ACCEPTED, asking.today), "accepted"):
        return FINDINGS
    if given.dry_run:
        return CLEAN
    if not given.accept and given.yes:
        print("both sides have signed, and every criterion is passed or waived: --accept accepts it")
        return CLEAN
    if not given.accept and not agreed("Both sides have signed, every criterion is passed or waived. Accept it?"):
        return CLEAN
    rewrites = Rewrites(asking.project.settings.root)
    rewrites.change(of.record, ("status",), (setting({"status": ACCEPTED}),))
    rewrites.change(of.record, ("dates",), (dated(ACCEPTED, asking.today.isoformat()),))
    rewrites.write()
    print(printable(f"  accepted: next, `mkdocs-handoff handoff complete {of.identity.name}` moves the ownership"))
    return CLEAN


def _impossible(asking: Asking, would_be: Handoff, deed: str) -> bool:
    """Tell what lint would call an error in what is about to be written; return whether there is any."""
    reasons = asking.impossible(would_be)
    for why in reasons:
        print(printable(f"{asking.shown(would_be.record.source.path)}: not {deed}: {why}"), file=sys.stderr)
    return bool(reasons)
