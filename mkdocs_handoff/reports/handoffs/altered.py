"""What was changed after it was signed: which things, and in them which fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.handoffs.words import COMPLETED, HANDOFF
from mkdocs_handoff.records.record import slug
from mkdocs_handoff.reports.handoffs.signed import (
    SIGNED,
    called,
    digest_of,
    digest_of_names,
    holds,
    in_terms,
    moving,
    signed,
    terms,
    with_gaps,
)
from mkdocs_handoff.staleness.differences import Difference, differences
from mkdocs_handoff.staleness.material import digest, stated
from mkdocs_handoff.today import day_of, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import SignOff
    from mkdocs_handoff.history.facts import Change
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.staleness.versions import Archive

_FORGED = "has a signature whose digest is not that of the fingerprints that it names: one of them was written by hand"
_SEARCHED = 30
"""So many versions of a record are looked through for the one that was signed."""


class Basis(StrEnum):
    """What says what was signed. The text is for people."""

    SEEN = "the signature names what it covers"
    DIGEST = "the signature holds a digest of all that it covers"
    HISTORY = "nothing says what was signed; compared with what stood there when it was committed"
    NOTHING = "nothing says what was signed"


@dataclass(frozen=True, slots=True)
class Altered:
    """A thing that was signed, and is not as it was.

    Attributes:
        name: `kind:name`, as the signature has it.
        identity: None for what is not part of the handoff any more.
        text: What happened, in words: `was changed`, `is not part of it any more`, `was added`.
        differences: Field by field; empty where `text` says all, or `note` says why they are not known.
        note: A clause, without a full stop.
    """

    name: str
    identity: Identity | None
    text: str = "was changed"
    differences: tuple[Difference, ...] = ()
    note: str = ""


@dataclass(slots=True)
class Compared:
    """What came after a signature."""

    basis: Basis
    changed: tuple[Altered, ...] = ()
    since: tuple[Altered, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _State:
    """A thing as it is, or was: the fields that are signed, and their fingerprint."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    mark: str = ""


class Comparison:
    """Compares what was signed with what is.

    Args:
        catalog: The records.
        history: What git knows.
        archive: Keeps the signed fields of handoffs.
    """

    def __init__(self, catalog: Catalog, history: History, archive: Archive) -> None:
        self._catalog = catalog
        self._history = history
        self._archive = archive
        self._marks: dict[Identity, Mapping[Identity, str]] = {}
        self._at: dict[tuple[Identity, str], Change | None] = {}

    def read(self, asked: Iterable[tuple[Handoff, SignOff, Change | None]]) -> None:
        """Read the versions that comparing signatures takes, of all at once."""
        asked = list(asked)
        wanted: dict[tuple[Identity, str], tuple[Identity, Change]] = {}
        for of, said, brought in asked:
            ends = self._ends(of, said)
            for identity, mark in self._signed(of).items():
                if said.seen and said.seen.get(self._called(of, said, identity)) == mark:
                    continue
                changes = [self._standing(identity, brought)] if brought is not None else []
                changes += [self._before(identity, ends)] if ends is not None else []
                if said.seen.get(self._called(of, said, identity)):
                    changes += self._archive.trail(identity)[:_SEARCHED]
                wanted.update({(identity, one.commit.sha): (identity, one) for one in changes if one is not None})
        self._archive.read(wanted.values())

    def of(self, of: Handoff, said: SignOff, brought: Change | None) -> Compared:
        """Return what came after one signature.

        Args:
            of: The handoff.
            said: The signature.
            brought: The change that brought it; None where that is not known.
        """
        now = self._signed(of)
        if said.seen:
            compared = self._by_name(of, said, brought, now)
            if said.digest and said.digest != digest_of_names(said.seen):
                forged = Altered(str(of.identity), of.identity, _FORGED)
                compared.changed = (forged, *compared.changed)
            return compared
        if said.digest:
            if holds(self._catalog, of, said, self._former(of)):
                return Compared(Basis.DIGEST)
            if brought is None:
                note = "What it covers was changed; nothing says in what, because no commit is known that brought it."
                changed = (Altered(str(of.identity), of.identity, note="no version of then is known"),)
                return Compared(Basis.DIGEST, changed, notes=(note,))
            then = self._then(brought, now)
            notes: tuple[str, ...] = ()
            if said.digest != digest_of({identity: state.mark for identity, state in then.items()}):
                notes = ("Its digest is not that of what stood there when it was committed: compared with that.",)
            compared = self._compared(Basis.DIGEST, of, said, then, now)
            if not compared.changed and not compared.since:
                compared.changed = (Altered(str(of.identity), of.identity, note="the version of then is not known"),)
            compared.notes = notes
            return compared
        if brought is None:
            return Compared(Basis.NOTHING)
        return self._compared(Basis.HISTORY, of, said, self._then(brought, now), now)

    def _by_name(self, of: Handoff, said: SignOff, brought: Change | None, now: Mapping[Identity, str]) -> Compared:
        then: dict[Identity, _State] = {}
        for identity, mark in now.items():
            seen = said.seen.get(self._called(of, said, identity), "")
            if seen and seen != mark:
                then[identity] = self._marked(identity, seen, brought)
            else:
                then[identity] = _State(mark=seen)
        compared = self._compared(Basis.SEEN, of, said, then, now)
        names = {self._called(of, said, identity) for identity in now}
        gone = [name for name in said.seen if name not in names]
        taken = tuple(Altered(name, None, "is not part of it any more") for name in gone)
        compared.changed = (*compared.changed, *taken)
        return compared

    def _compared(
        self,
        basis: Basis,
        of: Handoff,
        said: SignOff,
        then: Mapping[Identity, _State],
        now: Mapping[Identity, str],
    ) -> Compared:
        changed: list[Altered] = []
        since: list[Altered] = []
        ends = self._ends(of, said)
        for identity, mark in now.items():
            state = then[identity]
            if state.mark == mark:
                continue
            if not state.mark:
                text = "was added" if basis is Basis.SEEN else "was in no commit when it was signed"
                changed.append(Altered(str(identity), identity, text))
                continue
            if of.status != COMPLETED or identity == of.identity:
                changed.append(_altered(identity, state, self._now(identity)))
                continue
            before = self._before(identity, ends) if ends is not None else None
            if before is None:
                # It could be called later only if something showed how it stood before: else whoever leaves out the day
                # of completion, or writes an early one, would make any change a later one.
                note = "nothing shows that this was after it was completed"
                changed.append(_altered(identity, state, self._now(identity), note))
                continue
            middle = self._past(identity, before)
            if middle.mark != state.mark:
                changed.append(_altered(identity, state, middle))
            if middle.mark != mark:
                since.append(_altered(identity, middle, self._now(identity)))
        return Compared(basis, tuple(changed), tuple(since))

    def _signed(self, of: Handoff) -> Mapping[Identity, str]:
        if of.identity not in self._marks:
            self._marks[of.identity] = signed(self._catalog, of)
        return self._marks[of.identity]

    def _called(self, of: Handoff, said: SignOff, identity: Identity) -> str:
        return called(self._catalog, of, said, identity)

    def _former(self, of: Handoff) -> tuple[str, ...]:
        """Return how a handoff's file was called in earlier commits, as names."""
        paths = (PurePosixPath(change.path) for change in self._archive.past(of.identity))
        return tuple(dict.fromkeys(slug(name) for path in paths for name in (path.stem, path.parent.name)))

    def _then(self, brought: Change, now: Mapping[Identity, str]) -> dict[Identity, _State]:
        """Return what stood there when a signature was committed."""
        found = {}
        for identity in now:
            change = self._standing(identity, brought)
            found[identity] = self._past(identity, change) if change is not None else _State()
        return found

    def _marked(self, identity: Identity, mark: str, brought: Change | None) -> _State:
        """Return the version with a fingerprint: that of the signature's commit, or another one that is committed."""
        first = (self._standing(identity, brought),) if brought is not None else ()
        for change in (*first, *self._archive.trail(identity)[:_SEARCHED]):
            if change is not None and (state := self._past(identity, change)).mark == mark:
                return state
        return _State(mark=mark)

    def _standing(self, identity: Identity, brought: Change) -> Change | None:
        """Return the last change of a record that a commit holds."""
        key = (identity, brought.commit.sha)
        if key not in self._at:
            is_after = self._history.after(brought.commit.sha)
            trail = self._archive.trail(identity)
            self._at[key] = next((one for one in trail if is_after is not None and not is_after(one.commit.sha)), None)
        return self._at[key]

    def _ends(self, of: Handoff, said: SignOff) -> int | None:
        """Return the last moment before the day on which a handoff was completed; from then on its subjects live on.

        None where no such day is written, or one before the signature: nobody signs what is completed.
        """
        done, on = day_of(of.dates.get("completed")) if of.status == COMPLETED else None, day_of(said.on)
        if done is not None and on is not None and done < on:
            return None
        return moment(done - timedelta(days=1)) if done is not None and done.toordinal() > 1 else None

    def _before(self, identity: Identity, ends: int) -> Change | None:
        is_later = self._history.later(ends) if self._history.readable else None
        trail = self._archive.trail(identity)
        return next((one for one in trail if is_later is not None and not is_later(one.commit.sha)), None)

    def _past(self, identity: Identity, change: Change) -> _State:
        version = self._archive.version(identity, change)
        if identity.kind != HANDOFF:
            fields = with_gaps(version.fields, stated(version.gaps, self._catalog.kinds[identity.kind]))
            return _State(fields, digest(fields) if version.fingerprint else "")
        kept = {name: version.kept[name] for name in SIGNED if name in version.kept}
        fields = with_gaps(kept, in_terms(version.gaps))
        return _State(fields, digest(fields) if version.fingerprint else "")

    def _now(self, identity: Identity) -> _State:
        record = self._catalog.records[identity]
        fields = terms(record) if identity.kind == HANDOFF else moving(record, self._catalog.kinds[identity.kind])
        return _State(fields, digest(fields))


def _altered(identity: Identity, before: _State, after: _State, note: str = "") -> Altered:
    if not before.fields:
        return Altered(str(identity), identity, note=note or "what it was then is in no commit that is known")
    return Altered(str(identity), identity, differences=differences(before.fields, after.fields), note=note)
