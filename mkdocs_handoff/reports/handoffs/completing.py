"""What completing a handoff changes in which records, and what it is held up by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.membership import Rolls
from mkdocs_handoff.catalog.owners import ACCOUNTABLE, owners
from mkdocs_handoff.handoffs.reproduction import accepted as accepted_gap
from mkdocs_handoff.handoffs.reproduction import lacking
from mkdocs_handoff.handoffs.words import ACCEPTED
from mkdocs_handoff.records.adopted import written
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.records.rewrite import Rewrites, holding
from mkdocs_handoff.reports.handoffs.signing import unanswered, unmet, unsigned
from mkdocs_handoff.text.append import append_item, put_text
from mkdocs_handoff.text.splice import set_fields
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.membership import Membership
    from mkdocs_handoff.catalog.owners import Owner
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.records.documents import Layer
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.records.rewrite import Step

_SINCE = ("dateIn", "since")
_OUT = "dateOut"
_CALLED = ("operations", "incident response")
_ABOUT = {"playbook": ("applies_to",), "evaluation": ("model",)}
"""The fields by which records speak of a model that it cannot be run without."""


@dataclass(frozen=True)
class Completion:
    """What completing a handoff does.

    Attributes:
        rewrites: The files that change.
        moved: The records that change their accountable owner.
        remaining: Where the giving side stays: in other roles of what moved, and with what speaks of it.
    """

    rewrites: Rewrites
    moved: tuple[Identity, ...]
    remaining: tuple[Remaining, ...]


@dataclass(frozen=True, slots=True)
class Remaining:
    """A record that names the giving side still.

    Attributes:
        record: The record.
        text: Who stays there as what, and what to do about it: a sentence without a full stop.
    """

    record: Identity
    text: str


class RefusedError(Exception):
    """A record cannot be moved; the text says why, and how to mend it."""


def held_up(catalog: Catalog, of: Handoff, today: date) -> list[str]:
    """Return what a handoff lacks to be completed, each in words; none where it can be."""
    found: list[str] = []
    if of.status != ACCEPTED:
        found.append(f"its status is {of.status!r}, and not {ACCEPTED!r}")
    if of.taker is None or of.taker.identity is None:
        found.append(f"the receiving team ({of.taker or '`to`'}) is not written down")
    found += unsigned(catalog, of)
    found += unmet(of, today)
    found += unanswered(of)
    accepted = day_of(of.dates.get("accepted"))
    if accepted is not None and accepted > today:
        found.append(f"it was accepted on {accepted}, which is after {today}")
    rolls = Rolls(catalog)
    lacks = lacking(catalog, of, rolls)
    if lacks is not None and not (("reproduction",) in of.record.gaps and accepted_gap(of, rolls)):
        found.append(
            "nobody of the receiving team has made it again (`reproduction`): missing is "
            f"{lacks[1]}; write who did it, "
            "when, and what came out, or state the gap there and accept it by name in `accepted_gaps` "
            "(`field: reproduction`)"
        )
    for named in of.subjects:
        if named.identity is None:
            found.append(f"{named} is handed over, and no record has that name")
    return found


def completion(root: Path, catalog: Catalog, of: Handoff, people: Membership, today: date) -> Completion:
    """Prepare all changes; nothing is written.

    Args:
        root: The project's root.
        catalog: The records.
        of: The handoff; nothing holds it up.
        people: Who is in which team today.
        today: The day from which the receiving team is on its own.

    Raises:
        RefusedError: A subject is not the giving team's to hand over, or its owners are unclear.
        EditError: A file cannot be changed.
    """
    taker = of.taker.identity if of.taker is not None else None
    if taker is None:
        raise RefusedError("the receiving team is not written down")
    move = _Move(catalog, of, people, taker, today)
    rewrites = Rewrites(root)
    moved: list[Identity] = []
    remaining: list[Remaining] = []
    for identity in dict.fromkeys(of.moved):
        record = catalog.records[identity]
        layer, _ = holding(root, record, ("owners", "owner"))
        steps = tuple(move.steps(record, layer))
        if steps:
            rewrites.change(record, ("owners", "owner"), steps)
        if move.hands_over(record):
            moved.append(identity)
        remaining += [Remaining(identity, text) for text in move.remaining(record)]
    remaining += move.around()
    day = today.isoformat()
    rewrites.change(of.record, ("status",), (setting({"status": "completed"}),))
    rewrites.change(of.record, ("dates",), (dated("completed", day),))
    return Completion(rewrites, tuple(moved), tuple(remaining))


def setting(fields: dict[str, str]) -> Step:
    """Return what sets fields of a record."""
    return lambda text, layer, newline: set_fields(text, fields, layer.document, layer.prefix, newline=newline)


def dated(name: str, day: str) -> Step:
    """Return what writes a day into a handoff's `dates`, beside those that are there."""

    def step(text: str, layer: Layer, newline: str) -> str:
        if isinstance(written(layer).get("dates"), dict) and written(layer)["dates"]:
            at = (*layer.prefix, "dates")
            return set_fields(text, {name: day}, layer.document, at, newline=newline)
        return set_fields(text, {"dates": {name: day}}, layer.document, layer.prefix, newline=newline)

    return step


class _Move:
    """Who is accountable before and after."""

    def __init__(self, catalog: Catalog, of: Handoff, people: Membership, taker: Identity, today: date) -> None:
        self._catalog, self._of = catalog, of
        self._taker = taker
        self._today = today.isoformat()
        self._title = catalog.title(taker)
        giver = of.giver.identity if of.giver is not None else None
        members = [one.person for one in people.members.get(giver, ())] if giver is not None else []
        named = [one.identity for one in of.from_people]
        persons = {one for one in (*members, *named) if one is not None}
        self._persons = {one for one in persons if not any(held.person == one for held in people.people(taker))}
        self._giving = {giver, *persons} if giver is not None else persons
        self._giver = str(of.giver or "the giving team")

    def steps(self, record: Record, layer: Layer) -> Iterator[Step]:
        """Yield what changes a record's owners, as its layer writes them.

        Raises:
            RefusedError: They are unclear.
        """
        now = self._accountable(record)
        if not now:
            yield self._begin(layer)
        elif self.hands_over(record):
            yield from self._replaced(record, layer, now[0])
        yield from self._closed(record, layer)

    def hands_over(self, record: Record) -> bool:
        """Tell whether a record changes its accountable owner."""
        now = self._accountable(record)
        return not now or self._named(record, now[0]) != self._taker

    def remaining(self, record: Record) -> Iterator[str]:
        """Yield who of the giving side stays in which role."""
        for owner in owners(record):
            if owner.role == ACCOUNTABLE or self._named(record, owner) not in self._giving:
                continue
            who = self._who(record, owner)
            if owner.role in _CALLED:
                yield f"{who} ({owner.role}) is still who is called: name somebody of {self._title} there"
            else:
                yield f"{who} ({owner.role}) stays; take the entry away, or keep it for whom to ask"

    def around(self) -> Iterator[Remaining]:
        """Yield the playbooks and evaluations of what moved that stay with the giving side."""
        moved = dict.fromkeys(self._of.moved)
        found = {
            relation.source: None
            for identity in moved
            for relation in self._catalog.incoming.get(identity, ())
            if relation.path[:1] == _ABOUT.get(relation.source.kind, ("",)) and relation.source not in moved
        }
        for identity in sorted(found):
            record = self._catalog.records[identity]
            if record.lifecycle == "retired":
                continue
            for owner in owners(record):
                if self._named(record, owner) in self._giving and owner.role in (ACCOUNTABLE, *_CALLED):
                    role = "" if owner.role == ACCOUNTABLE else f" as {owner.role}"
                    hint = f"make {self._title} its owner, if it goes along"
                    yield Remaining(identity, f"stays with {self._who(record, owner)}{role}: {hint}")

    def _who(self, record: Record, owner: Owner) -> str:
        identity = self._named(record, owner)
        return self._catalog.title(identity) if identity is not None else owner.text

    def _accountable(self, record: Record) -> list[Owner]:
        found = [owner for owner in owners(record) if owner.role == ACCOUNTABLE]
        if len(found) > 1:
            names = ", ".join(owner.text for owner in found)
            raise RefusedError(f"{record.identity} has several accountable owners ({names}): leave one")
        for owner in found:
            identity = self._named(record, owner)
            if identity != self._taker and identity not in self._giving:
                raise RefusedError(
                    f"{record.identity} is owned by {owner.text}, and not by {self._giver}, who would hand it over: "
                    "mend its owner, or take it out of `subjects`"
                )
        return found

    def _named(self, record: Record, owner: Owner) -> Identity | None:
        target = self._catalog.targets.get((record.identity, owner.path))
        return target if isinstance(target, Identity) else None

    def _begin(self, layer: Layer) -> Step:
        taker, held = str(self._taker), written(layer).get("owners")

        def step(text: str, layer: Layer, newline: str) -> str:
            if isinstance(held, list) and held:
                item = {"ref": taker, "role": ACCOUNTABLE}
                return append_item(text, "owners", item, layer.document, layer.prefix, newline=newline)
            return set_fields(text, {"owners": taker}, layer.document, layer.prefix, newline=newline)

        return step

    def _replaced(self, record: Record, layer: Layer, owner: Owner) -> Iterator[Step]:
        """Yield what puts the taker where the accountable owner stands."""
        path = _as_written(written(layer), owner)
        if path is None:
            raise RefusedError(
                f"{record.identity}: its owner {owner.text!r} does not stand in {layer.path} as it reads: write "
                f"`owner: {self._taker}` there yourself"
            )
        new, day = str(self._taker), self._today
        entry: Any = written(layer)
        for part in path[:-1]:
            entry = entry[part]
        since = next((name for name in _SINCE if isinstance(entry, dict) and entry.get(name)), "")

        def step(text: str, layer: Layer, newline: str) -> str:
            return put_text(text, (*layer.prefix, *path), new, layer.document, newline=newline)

        def dating(text: str, layer: Layer, newline: str) -> str:
            return set_fields(text, {since: day}, layer.document, (*layer.prefix, *path[:-1]), newline=newline)

        yield step
        if since:  # of the new owner, not of the one before
            yield dating

    def _closed(self, record: Record, layer: Layer) -> Iterator[Step]:
        """Yield what ends the entries of the giving side's people that say since when they hold."""
        listed = written(layer).get("owners")
        for owner in owners(record):
            path = _as_written(written(layer), owner)
            if owner.role == ACCOUNTABLE or self._named(record, owner) not in self._persons or not path:
                continue
            number = path[1] if len(path) == 3 else None
            entry = listed[number] if isinstance(listed, list) and isinstance(number, int) else None
            if isinstance(entry, dict) and any(entry.get(name) for name in _SINCE) and not entry.get(_OUT):
                yield _ended(path[:2], self._today)


def _ended(path: tuple[str | int, ...], day: str) -> Step:
    def step(text: str, layer: Layer, newline: str) -> str:
        return set_fields(text, {_OUT: day}, layer.document, (*layer.prefix, *path), newline=newline)

    return step


def _as_written(fields: dict[str, Any], owner: Owner) -> tuple[str | int, ...] | None:
    """Return where a layer itself writes an owner: a list of one may be written as a text."""
    for length in range(len(owner.path), 0, -1):
        path = owner.path[:length]
        here: Any = fields
        for step in path:
            if isinstance(here, list) and isinstance(step, int) and step < len(here):
                here = here[step]
            else:
                here = here.get(step) if isinstance(here, dict) and isinstance(step, str) else None
        if isinstance(here, str) and here == owner.text:
            return path
    return None
