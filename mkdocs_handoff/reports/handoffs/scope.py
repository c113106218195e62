"""What is in scope of a handoff, or of a record by itself: what whoever takes it over has to have, and why.

How far it reaches, each step once and the first that finds a record keeps it:

1. the handoff, and its subjects;
2. the lineage: all that flows into a subject, through any number of steps;
3. what speaks of a subject in a field: evaluations, decisions, playbooks, pipelines, own kinds. Not what merely uses it
   (models, and data made of it), and no other handoff;
4. what handoff and subjects speak of, in fields and prose; of models only what a field names;
5. what all of these need: the data, features, pipelines, playbooks and decisions that their fields name, and so on from
   there; what the prose of a playbook names counts as well. Decisions need nothing;
6. the terms that their fields and prose use;
7. the teams and people that fields of all these name, the people of the two teams, and the teams of those people.

A decision that does not hold any more (superseded, rejected, deprecated) is not in scope; what superseded it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.checks import SUPERSEDED, SUPERSEDES
from mkdocs_handoff.catalog.glossary import TERM
from mkdocs_handoff.catalog.membership import PERSON, TEAM
from mkdocs_handoff.catalog.relations import MENTIONS
from mkdocs_handoff.records.record import DECISION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.relations import Relation
    from mkdocs_handoff.records.record import Identity

HANDOFF = "handoff"
_MODEL, _DATASET, _FEATURE, _PIPELINE, _PLAYBOOK = "model", "dataset", "feature", "pipeline", "playbook"
_USERS = frozenset((_MODEL, _DATASET, _FEATURE, _PIPELINE))
"""What data flows into because it uses it; a record of any other kind looks at it."""
_APART = frozenset((TEAM, PERSON, TERM))
"""Kinds that are looked for at the end, for all that is in scope."""
_PAST = frozenset(("superseded", "rejected", "deprecated"))
_NEEDED = frozenset((_DATASET, _FEATURE, _PIPELINE, _PLAYBOOK, DECISION))
_NEEDED_BY = {_PLAYBOOK: frozenset((_PLAYBOOK, DECISION)), DECISION: frozenset[str]()}


class Reach(StrEnum):
    """How a record comes to be in scope."""

    HANDOFF = "the handoff"
    SUBJECT = "a subject"
    LINEAGE = "lineage"
    ABOUT = "about a subject"
    NAMED = "named by a subject"
    NEEDED = "needed by these"
    TERM = "a word they use"
    PEOPLE = "who they name"


_ORDER = {reach: number for number, reach in enumerate(Reach)}


@dataclass(frozen=True, slots=True)
class Member:
    """A record in scope, and why.

    Attributes:
        reach: How it comes to be in scope.
        relation: What it is to the record that brought it, reading from here: `evaluates`, `flows into`, `owns`; empty
            for the handoff, and for a record that is its own scope.
        of: The record that brought it.
    """

    identity: Identity
    reach: Reach
    relation: str = ""
    of: Identity | None = None

    @property
    def why(self) -> str:
        """Why it is in scope: `evaluates model:churn`."""
        return f"{self.relation} {self.of}" if self.of is not None else str(self.reach)


@dataclass(frozen=True)
class Scope:
    """What is in scope.

    Attributes:
        about: The handoff, or the record, that was asked for.
        subjects: What is handed over, in the order in which the handoff lists it; of any other record, itself.
        records: All that is in scope, with the subjects: by reach, then by kind and name.
    """

    about: Identity
    subjects: tuple[Identity, ...]
    records: tuple[Member, ...]
    _members: dict[Identity, Member] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._members.update((member.identity, member) for member in self.records)

    def __contains__(self, identity: Identity) -> bool:
        return identity in self._members

    def __iter__(self) -> Iterator[Identity]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def member(self, identity: Identity) -> Member | None:
        """Return how a record is in scope, or None for one that is not."""
        return self._members.get(identity)

    def of_kind(self, *kinds: str) -> tuple[Identity, ...]:
        """Return what is in scope of some kinds, in order."""
        return tuple(identity for identity in self._members if identity.kind in kinds)


def scope(catalog: Catalog, identity: Identity) -> Scope:
    """Return what is in scope of a handoff, or of a model or other record as if it alone were handed over."""
    walk = _Walk(catalog)
    if identity.kind == HANDOFF:
        walk.found[identity] = Member(identity, Reach.HANDOFF)
        listed = (one for one in walk.said_by(identity) if one.path[:1] == ("subjects",))
        subjects = tuple(dict.fromkeys(one.target for one in listed))
        for subject in subjects:
            walk.add(subject, Reach.SUBJECT, "is handed over in", identity)
    else:
        subjects = (identity,)
        walk.found[identity] = Member(identity, Reach.SUBJECT)
    walk.lineage(subjects)
    walk.about(subjects)
    walk.named((identity, *subjects))
    walk.needed()
    working = tuple(walk.found)
    walk.terms(working)
    walk.people(identity, (*working, *(one for one in walk.found if one.kind == TERM)))
    kinds = {name: number for number, name in enumerate(catalog.kinds)}
    place = {subject: number for number, subject in enumerate(subjects)}
    ordered = sorted(
        walk.found.values(),
        key=lambda one: (
            _ORDER[one.reach],
            place.get(one.identity, 0),
            kinds.get(one.identity.kind, 0),
            one.identity,
        ),
    )
    return Scope(identity, subjects, tuple(ordered))


class _Walk:
    """Goes from record to record; each is gone through once, by its own references."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.found: dict[Identity, Member] = {}

    def said_by(self, identity: Identity) -> tuple[Relation, ...]:
        """Return what a record says of others."""
        return self.catalog.outgoing.get(identity, ())

    def said_of(self, identity: Identity) -> tuple[Relation, ...]:
        """Return what others say of a record."""
        return self.catalog.incoming.get(identity, ())

    def add(self, identity: Identity, reach: Reach, relation: str, of: Identity) -> None:
        """Take a record in, unless it is; of a decision that does not hold any more, what came after it."""
        if identity in self.found:
            return
        if identity.kind != DECISION or self._holds(identity):
            self.found[identity] = Member(identity, reach, relation, of)
            return
        waiting, seen = [identity], {identity}
        while waiting:
            old = waiting.pop()
            for new in self._successors(old):
                if new in seen:
                    continue
                seen.add(new)
                if not self._holds(new):
                    waiting.append(new)
                elif new not in self.found:
                    self.found[new] = Member(new, reach, SUPERSEDES, old)

    def _holds(self, decision: Identity) -> bool:
        record = self.catalog.records[decision]
        past = str(record.get("status") or "").lower() in _PAST or record.lifecycle == "retired"
        return not past and not self._successors(decision)

    def _successors(self, decision: Identity) -> list[Identity]:
        said = [one.target for one in self.said_by(decision) if one.name == SUPERSEDED]
        return [*said, *(one.source for one in self.said_of(decision) if one.name == SUPERSEDES)]

    def lineage(self, subjects: Iterable[Identity]) -> None:
        """Take in all that flows into the subjects."""
        waiting = list(subjects)
        for target in waiting:
            for source in self.catalog.lineage.into.get(target, ()):
                if source not in self.found:
                    self.add(source, Reach.LINEAGE, "flows into", target)
                    waiting.append(source)

    def about(self, subjects: Iterable[Identity]) -> None:
        """Take in what speaks of the subjects in a field."""
        for subject in subjects:
            for relation in self.said_of(subject):
                if _looks_at(relation):
                    self.add(relation.source, Reach.ABOUT, relation.name, subject)

    def named(self, speakers: Iterable[Identity]) -> None:
        """Take in what handoff and subjects speak of."""
        for speaker in speakers:
            for relation in self.said_by(speaker):
                kind = relation.target.kind
                if kind in _APART or kind == HANDOFF or relation.lineage == "into":
                    continue
                if _in_field(relation) or kind != _MODEL:
                    self.add(relation.target, Reach.NAMED, relation.inverse, speaker)

    def needed(self) -> None:
        """Take in what all of these need, and what that needs."""
        waiting = list(self.found)
        for here in waiting:
            before = len(self.found)
            kinds = _NEEDED_BY.get(here.kind, _NEEDED)
            for relation in self.said_by(here) if kinds and here.kind != HANDOFF else ():
                if relation.target.kind not in kinds or relation.lineage == "into":
                    continue
                if _in_field(relation) or here.kind == _PLAYBOOK:
                    self.add(relation.target, Reach.NEEDED, relation.inverse, here)
            if here.kind in (_DATASET, _FEATURE, _PIPELINE):
                for source in self.catalog.lineage.into.get(here, ()):
                    if source.kind != _MODEL:
                        self.add(source, Reach.NEEDED, "flows into", here)
            waiting.extend(list(self.found)[before:])

    def terms(self, speakers: Iterable[Identity]) -> None:
        """Take in the terms that records use."""
        spoken = dict.fromkeys(speakers)
        for speaker in spoken:
            for relation in self.said_by(speaker):
                if relation.target.kind == TERM:
                    self.add(relation.target, Reach.TERM, relation.inverse, speaker)
        for term, users in self.catalog.uses.items():
            if term not in self.found:
                user = next((one for one in users if one in spoken), None)
                if user is not None:
                    self.add(term, Reach.TERM, "is used by", user)

    def people(self, about: Identity, speakers: Iterable[Identity]) -> None:
        """Take in who is named, who belongs to the two teams, and to which teams these people belong."""
        for speaker in speakers:
            for relation in self.said_by(speaker):
                if relation.target.kind in (TEAM, PERSON) and (_in_field(relation) or speaker == about):
                    self.add(relation.target, Reach.PEOPLE, relation.inverse, speaker)
        ends = [one.target for one in self.said_by(about) if one.path in (("from",), ("to",))]
        for team in dict.fromkeys(one for one in ends if one.kind == TEAM and about.kind == HANDOFF):
            self._around(team, PERSON)
            for relation in self.said_of(team):
                if relation.source.kind == PERSON and _in_field(relation):
                    self.add(relation.source, Reach.PEOPLE, relation.name, team)
        for person in [one for one in self.found if one.kind == PERSON]:
            self._around(person, TEAM)

    def _around(self, here: Identity, kind: str) -> None:
        """Take in the people that a team's fields name, or the teams that a person's do."""
        for relation in self.said_by(here):
            if relation.target.kind == kind and _in_field(relation):
                self.add(relation.target, Reach.PEOPLE, relation.inverse, here)


def _in_field(relation: Relation) -> bool:
    """Tell whether a field says it whose value is the reference; what only a sentence mentions weighs less."""
    return relation.name != MENTIONS


def _looks_at(relation: Relation) -> bool:
    """Tell whether a record speaks of a subject for its sake: what merely uses it does not."""
    kind = relation.source.kind
    if kind == HANDOFF or kind in _APART or not _in_field(relation):
        return False
    if relation.lineage == "from":
        # An evaluation measures a model, and uses a dataset for it: it is about the model alone.
        return kind not in _USERS and relation.target.kind == _MODEL
    return kind not in _USERS or relation.lineage == "into"
