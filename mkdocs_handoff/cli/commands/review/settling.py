"""Settling a cause: one answer for all that it made suspect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.commands.review.reviewing import NO, QUIT, YES, ask, left_as_is
from mkdocs_handoff.cli.shown import settling
from mkdocs_handoff.cli.shown.evidence import evidence
from mkdocs_handoff.cli.shown.terminal import printable
from mkdocs_handoff.cli.status import CLEAN, FINDINGS, STOPPED, UsageError
from mkdocs_handoff.staleness.causes import causes
from mkdocs_handoff.staleness.verdict import About
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_handoff.cli.commands.review.reviewing import Review
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.staleness.verdict import Cause, Reason

_COMMIT = re.compile(r"[0-9a-f]{4,64}")
"""A commit's name, or so much of it that it may tell it from others."""


def settle(review: Review, name: str, *, still_true: bool) -> int:
    """Settle what one cause made suspect; return the exit status."""
    cause, members = _cause(review, name)
    _tell(review, name, cause, members)
    try:
        return _settle(review, cause, members, still_true=still_true)
    except KeyboardInterrupt:
        print()
        left_as_is(len(members) - len(review.done))
        return STOPPED


def _tell(review: Review, name: str, cause: Cause, members: Sequence[Identity]) -> None:
    """Show what a cause is, how to mend it, and what rests on it."""
    reasons = [reason for identity in members for reason in _reasons(review, identity, cause)]
    print(printable(f"Cause: {cause.name} {cause.title}"))
    if not _begins(cause.name, name):
        print(printable(f"  {name} is told there"))
    gone = _gone(cause, reasons)
    if gone is not None:
        print(printable(f"  {settling.mending(gone, review.project.catalog, review.looked.report.today)}"))
    print("\n".join(evidence(_fullest(review, cause, members))))
    covered = settling.covering(cause, reasons)
    if covered:
        print(f"  {covered}")
    print(f"{_resting(len(members))}:")
    for identity in members:
        print(printable(f"  {identity} ({review.file(review.record(identity).source.path)})"))


def _settle(review: Review, cause: Cause, members: Sequence[Identity], *, still_true: bool) -> int:
    stamper = review.stamper()
    fields = {
        identity: stamper.settle(review.record(identity), _reasons(review, identity, cause)) for identity in members
    }
    those = "Is it" if len(members) == 1 else f"Are all {len(members):,} of them"
    answer = YES if still_true else ask(f"{those} still true? [y]es, [n]o: ", (YES, NO, QUIT))
    if answer != YES:
        which = "it" if len(members) == 1 else "them one by one"
        print(f"nothing was written; review {which}: mkdocs-handoff review RECORD --by {review.by}")
        return FINDINGS
    if not still_true:
        review.unchanged(
            {identity: made["seen"] for identity, made in fields.items()},
            lambda stamper, one: stamper.settle(one, _reasons(review, one.identity, cause)),
        )
    for identity in members:
        review.reread(identity)
        review.write(identity, fields[identity])
    if _gone(cause, _reasons(review, members[0], cause)) is not None:
        print(printable(settling.unmended(members)))
    return CLEAN


def _cause(review: Review, name: str) -> tuple[Cause, tuple[Identity, ...]]:
    known = causes(review.looked.standings)
    exact = [cause for cause in known if cause.name == name]
    begun = [cause for cause in known if _begins(cause.name, name)]
    found = exact or begun or [cause for cause in known if _tells(review, cause, known[cause], name)]
    if len(found) != 1:
        listed = "\n".join(f"  {cause.name}  {cause.title}: {_resting(len(known[cause]))}" for cause in found or known)
        which = "may mean several causes" if found else "is no cause of suspicion"
        raise UsageError(f"{name!r} {which}" + (f"; there are:\n{listed}" if listed else ": no record is suspect"))
    return found[0], known[found[0]]


def _tells(review: Review, cause: Cause, members: Sequence[Identity], name: str) -> bool:
    """Tell whether a commit is told below a cause that another one names, or a glob below one of a commit."""
    reasons = (reason for identity in members for reason in _reasons(review, identity, cause))
    return any(
        reason.glob == name or any(_begins(change.commit.sha, name) for change in reason.changes) for reason in reasons
    )


def _fullest(review: Review, cause: Cause, members: Sequence[Identity]) -> list[Reason]:
    """Return why a cause made records suspect, of each thing that they watch once: with most evidence."""
    fullest: dict[tuple[str, Identity | None], Reason] = {}
    for reason in (reason for identity in members for reason in _reasons(review, identity, cause)):
        of = (reason.glob, reason.target)
        if of not in fullest or _amount(reason) > _amount(fullest[of]):
            fullest[of] = reason
    return list(fullest.values())


def _reasons(review: Review, identity: Identity, cause: Cause) -> tuple[Reason, ...]:
    return tuple(reason for reason in review.looked.standings[identity].reasons if reason.cause == cause)


def _resting(number: int) -> str:
    return f"{counted(number, 'record')} rest{'s' if number == 1 else ''} on it"


def _begins(whole: str, name: str) -> bool:
    """Tell whether what a user typed means a name: a commit's may be longer or shorter, every other is the same."""
    if not (_COMMIT.fullmatch(whole) and _COMMIT.fullmatch(name)):
        return whole == name
    return whole.startswith(name) or name.startswith(whole)


def _gone(cause: Cause, reasons: Sequence[Reason]) -> Identity | None:
    """Return the owner who left, where that is a cause."""
    return reasons[0].target if cause.about is About.OWNER and reasons else None


def _amount(reason: Reason) -> int:
    return len(reason.changes) + len(reason.uncommitted) + len(reason.differences or ())
