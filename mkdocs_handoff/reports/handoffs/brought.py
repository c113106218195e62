"""Who brought a signature: the commit from which on it stands in the record, and what else speaks for it.

A record is a text that anybody can write who may write to the repository: that a name stands under it says only that
somebody wrote the name. The commit that brought it has an author, perhaps a signature, perhaps a request that somebody
approved; if the signer is one of those, two things say the same. An author's name is what git was told, and whether a
commit's signature is good depends on keys that are not here: so this says what was found, and not more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.history.approvals import APPROVED
from mkdocs_handoff.reports.owners.contributors import Contributor, Contributors
from mkdocs_handoff.reports.trail import told
from mkdocs_handoff.today import day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import SignOff
    from mkdocs_handoff.history.approvals import Approvals
    from mkdocs_handoff.history.facts import Change
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.staleness.versions import Archive
    from mkdocs_handoff.text.yaml import Path

SIGN_OFFS = "sign_offs"

_SHORT = 8
_PEOPLE = ("person:", "user:")


@dataclass(frozen=True, slots=True)
class Corroboration:
    """Something beside the record that says that the signer signed.

    Attributes:
        how: `author`: the commit that brought the signature is by the signer; `approval`: the signer approved the
            request that brought it.
        text: In words, without a full stop.
        day: On which; empty where that is not known.
        url: Where it can be looked up; empty for nowhere.
    """

    how: str
    text: str
    day: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """The commit that brought a signature.

    Attributes:
        commit: Its full id; `short` is the beginning of it.
        day: On which, in UTC; None where its clock was beyond all years.
        author: As the commit has it.
        subject: In one line, without the request's number.
        request: `#12`, or empty; `url` is its page.
        signature: How the commit is signed (`openpgp`, `ssh`, `x509`), which nobody checked here; empty for not at all,
            None where that could not be read.
        by_signer: What corroborates the signature; empty for nothing.
    """

    commit: str
    short: str
    day: date | None
    author: Contributor
    subject: str
    request: str
    url: str
    signature: str | None
    by_signer: tuple[Corroboration, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What history has of a signature: the change that brought it, or why there is none to name."""

    change: Change | None
    reason: str = ""


Asked = tuple["Identity", "Path"]
"""A handoff, and the path of a signature in it."""


def arrivals(of: Sequence[Handoff], archive: Archive, history: History) -> dict[Asked, Found]:
    """Return which commits brought the signatures of handoffs.

    It is the one from which on the signature stands in the record as it stands today: a signature whose digest somebody
    wrote anew was brought by that somebody.

    Args:
        of: The handoffs.
        archive: Keeps `sign_offs` of handoffs.
        history: What git knows.
    """
    of = [one for one in of if one.sign_offs]
    if not history.readable:
        reason = history.repository.state.value
        return {(one.identity, signed.path): Found(None, reason) for one in of for signed in one.sign_offs}
    trails = {one.identity: archive.trail(one.identity) for one in of}
    found: dict[Asked, Found] = {}
    again: list[Handoff] = []
    for one in _read(of, trails, archive):
        first = {signed.path: _first(one, signed, trails[one.identity], archive, history) for signed in one.sign_offs}
        found.update({(one.identity, path): Found(*told_) for path, told_ in first.items()})
        oldest = trails[one.identity][-1:]
        if (
            oldest
            and any((change,) == oldest for change, _ in first.values())
            and history.whole(one.record.source.path)
        ):
            again.append(one)
    # It stood in the oldest version: perhaps that commit only renamed and edited the file.
    pasts = {one.identity: archive.past(one.identity) for one in again}
    for one in _read([one for one in again if len(pasts[one.identity]) > len(trails[one.identity])], pasts, archive):
        for signed in one.sign_offs:
            found[one.identity, signed.path] = Found(*_first(one, signed, pasts[one.identity], archive, history))
    return found


def _read(of: Sequence[Handoff], trails: Mapping[Identity, tuple[Change, ...]], archive: Archive) -> Sequence[Handoff]:
    """Read the versions in which a signature may stand: those that have its day in them."""
    raw = archive.raw((one.identity, change) for one in of for change in trails[one.identity])
    archive.read(
        (one.identity, change)
        for one in of
        for change in trails[one.identity]
        if any(_may_stand(signed, raw[one.identity, change.commit.sha]) for signed in one.sign_offs)
    )
    return of


def _may_stand(signed: SignOff, raw: bytes | None) -> bool:
    return raw is None or not signed.on or signed.on.encode() in raw


def _first(
    of: Handoff, signed: SignOff, trail: Sequence[Change], archive: Archive, history: History
) -> tuple[Change | None, str]:
    """Return the oldest change with a signature after which no other took it away, or why there is none."""
    wanted = _written(of.record.fields[SIGN_OFFS][signed.path[1]])
    raw = archive.raw((of.identity, change) for change in trail)
    first: Change | None = None
    without: list[Callable[[str], bool] | None] = []
    for change in trail:
        text = raw[of.identity, change.commit.sha]
        if text is None:
            return None, "git lacks versions of the file"
        if _may_stand(signed, text) and wanted in _all(archive.version(of.identity, change).kept.get(SIGN_OFFS)):
            # What does not hold this commit is of another branch, and took nothing away.
            if all(is_after is None or is_after(change.commit.sha) for is_after in without):
                first = change
        else:
            without.append(history.after(change.commit.sha))
    if (first is None or first is trail[-1]) and not history.whole(of.record.source.path):
        return None, "it was brought before this shallow clone begins"
    if first is None:
        return None, "it is not committed yet" if archive.uncommitted(of.identity) else "no commit has it as it stands"
    return first, ""


def _all(listed: Any) -> set[str]:
    return {_written(item) for item in listed} if isinstance(listed, list) else set()


def _written(item: Any) -> str:
    """Return what makes a signature this one: all of it, for who words it anew says something else."""
    if not isinstance(item, dict):
        return ""
    kept = dict(item)
    by = kept.get("by")
    for prefix in _PEOPLE:
        if isinstance(by, str) and by.startswith(prefix):
            kept["by"] = by.removeprefix(prefix)
    return json.dumps(kept, sort_keys=True, ensure_ascii=False, default=str)


class Witnesses:
    """Says of commits who made them, and whether that is who signed.

    Args:
        catalog: Whose people.
        history: What git knows.
        approvals: Who approved what.
        commits: Those that will be asked for: how they are signed is read at once.
    """

    def __init__(self, catalog: Catalog, history: History, approvals: Approvals, commits: Sequence[str]) -> None:
        self._people = Contributors(catalog)
        self._approvals = approvals
        self._signatures = history.signatures(commits) if commits else {}

    def of(self, signed: SignOff, change: Change) -> Brought:
        """Return who brought a signature."""
        commit = change.commit
        subject, reference = told(commit.subject)
        request = self._approvals.of(commit.sha, reference)
        author = self._people.find(commit.name, commit.email)
        made = day(commit.time)
        signer = signed.by.identity if signed.by is not None else None
        found: list[Corroboration] = []
        if signer is not None and author.person == signer:
            found.append(
                Corroboration("author", f"{author.name} is the author of commit {commit.sha[:_SHORT]}", str(made))
            )
        for one in request.approvals if request is not None else ():
            who = self._people.find(one.name, one.email, one.by)
            if signer is not None and who.person == signer and one.state == APPROVED and request is not None:
                text = f"{who.name} approved {request.reference}"
                found.append(Corroboration("approval", text, one.at[:10], one.url or request.url))
        return Brought(
            commit.sha,
            commit.sha[:_SHORT],
            made,
            author,
            subject or "(no subject)",
            request.reference if request is not None else reference,
            request.url if request is not None else "",
            self._signatures.get(commit.sha),
            tuple(found),
        )
