"""The reading path: what to read, in which order, to take over a model, or all that a handoff hands over.

What it lists follows from relations alone. The time is guessed from the length of what is written: `minutes_of`.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.glossary import TERM
from mkdocs_handoff.catalog.membership import PERSON, TEAM
from mkdocs_handoff.catalog.owners import ACCOUNTABLE, gone, owners
from mkdocs_handoff.catalog.relations import MENTIONS
from mkdocs_handoff.handoffs.words import HANDOFF, OPEN
from mkdocs_handoff.records.record import DECISION, Identity
from mkdocs_handoff.reports.decisions import supersession
from mkdocs_handoff.reports.flow.scope import DATASET, FEATURE, PIPELINE, scope, trained_on
from mkdocs_handoff.reports.knowledge import MODEL
from mkdocs_handoff.reports.reading import Item, LeftOut, ReadingPath, Stage, minutes_of
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.relations import Relation
    from mkdocs_handoff.records.record import Record

PLAYBOOK, EVALUATION = "playbook", "evaluation"
LEAST = 5
"""A path of fewer pages is no page of its own: the model's page links to all of them."""

ALIKE = 12
"""So many pages of a kind stand on a path; the others are counted."""

_COMMON_FLOOR, _COMMON_SHARE = 10, 4
_URGENT = ("rollback", "incident", "runbook")
_OUT = ("rejected", "deprecated", "superseded")
_NOT_YET = ("proposed", "on-hold")
_OURS = frozenset((MODEL, DATASET, FEATURE, PIPELINE, EVALUATION, DECISION, TERM, PLAYBOOK, HANDOFF, TEAM, PERSON))


_STAGES = (
    ("The first hour", "What it is, what its words mean, and what to do when it breaks."),
    ("The first day", "What it is made of, and how good it is."),
    ("Before you change it", "Why it is as it is, how it is made, and what was tried."),
    ("People to talk to", "What is not written down, they know."),
)


class ReadingPaths:
    """Makes the reading paths of one catalog.

    Args:
        catalog: All records.
        today: The day: who is gone is nobody to talk to. None: nobody is gone.
    """

    def __init__(self, catalog: Catalog, today: date | None = None) -> None:
        self.catalog = catalog
        self.today = today
        self._minutes: dict[Identity, int] = {}
        self._paths: dict[Identity, ReadingPath] = {}

    @cached_property
    def subjects(self) -> tuple[Identity, ...]:
        """Models that are not retired and handoffs that are not over, whose path is long enough for a page."""
        wanted = (
            identity
            for identity, record in self.catalog.records.items()
            if (identity.kind == MODEL and record.lifecycle != "retired")
            or (identity.kind == HANDOFF and record.get("status") in OPEN)
        )
        return tuple(one for one in wanted if self.of(one).pages >= LEAST)

    def of(self, subject: Identity) -> ReadingPath:
        """Return the path of a model, or of all that a handoff hands over."""
        if subject not in self._paths:
            self._paths[subject] = _Walk(self, subject).path()
        return self._paths[subject]

    def minutes(self, identity: Identity) -> int:
        """Return how long a record's page takes to read."""
        if identity not in self._minutes:
            self._minutes[identity] = minutes_of(self.catalog, identity)
        return self._minutes[identity]

    @cached_property
    def superseding(self) -> Mapping[Identity, tuple[Identity, ...]]:
        """What supersedes each decision."""
        return supersession(self.catalog)[1]

    @cached_property
    def terms(self) -> Mapping[Identity, tuple[Identity, ...]]:
        """The terms that each record uses, but for those that so many use that nobody looks them up."""
        readers = sum(identity.kind != TERM for identity in self.catalog.records)
        most = max(_COMMON_FLOOR, readers // _COMMON_SHARE)
        found: dict[Identity, dict[Identity, None]] = defaultdict(dict)
        for term in (identity for identity in self.catalog.records if identity.kind == TERM):
            named = (one.source for one in self.catalog.incoming.get(term, ()) if one.source.kind != TERM)
            users = dict.fromkeys((*self.catalog.uses.get(term, ()), *named))
            if len(users) <= most:
                for user in users:
                    found[user][term] = None
        return {user: tuple(sorted(terms)) for user, terms in found.items()}


class _Walk:
    """One walk from a subject along its relations; what was met first keeps its place."""

    def __init__(self, paths: ReadingPaths, subject: Identity) -> None:
        self.paths = paths
        self.catalog = paths.catalog
        self.subject = subject
        self.stages: list[dict[Identity, str]] = [{} for _ in _STAGES]
        self.out: dict[Identity, str] = {}
        self.met: set[Identity] = set()

    def path(self) -> ReadingPath:
        """Walk, and return what was met."""
        record = self.catalog.records[self.subject]
        subjects = [self.subject]
        if self.subject.kind == HANDOFF:
            why = _questions(record) or "It says what moves, and what must be so before it does."
            self._meet(0, self.subject, why)
            subjects = list(
                dict.fromkeys(one.target for one in self._said(self.subject) if one.path[:1] == ("subjects",))
            )
        for one in subjects:
            why = "Start here: what it is for, what it cannot do, and who answers for it."
            if one.kind == MODEL:
                self._meet(0, one, why if self.subject == one else f"It is handed over in {record.title}.")
        made = {one: scope(self.catalog, one) for one in subjects if one.kind == MODEL}
        parts = list(dict.fromkeys(
            (*subjects, *(part for found in made.values() for part in (*found.datasets, *found.features)),
             *(found.pipeline.identity for found in made.values() if found.pipeline is not None))
        ))  # fmt: skip
        near = [relation for one in subjects for relation in self._around(one)]
        self._first_hour(subjects, near)
        self._first_day(parts, near)
        self._before_a_change(subjects, parts, near)
        trained = [said.target for found in made.values() for said in trained_on(self.catalog, found.model)]
        self._people(list(dict.fromkeys((*subjects, *trained))), near)
        return self._done()

    def _first_hour(self, subjects: list[Identity], near: list[Relation]) -> None:
        for one in subjects:
            measured = (said.source for said in self._around(one) if said.source.kind == EVALUATION)
            for speaker in dict.fromkeys((one, *measured)):
                for term in self.paths.terms.get(speaker, ()):
                    self._meet(0, term, f"{self._title(speaker)} uses the word.")
        self._all(0, self._playbooks(near, urgent=True), near)
        for one in dict.fromkeys(one.source for one in near if one.source.kind == HANDOFF):
            record = self.catalog.records[one]
            if record.get("status") in OPEN:
                self._meet(0, one, _questions(record) or "It says what must be so before the model moves.")
            elif one != self.subject:
                self._leave(one, f"it is {record.get('status')}")

    def _first_day(self, parts: list[Identity], near: list[Relation]) -> None:
        every = [relation for part in parts for relation in self._said(part)]
        for kind in (DATASET, FEATURE):
            self._all(1, [part for part in parts if part.kind == kind], [*near, *every])
        measured = [other for one in near for other in (one.source, one.target) if other.kind == EVALUATION]
        self._all(1, sorted(dict.fromkeys(measured), key=self._newest, reverse=True), near)

    def _before_a_change(self, subjects: list[Identity], parts: list[Identity], near: list[Relation]) -> None:
        for part in parts:
            for one in self._around(part):
                other = one.target if one.source == part else one.source
                if other.kind == DECISION and (one.name != MENTIONS or part in subjects):
                    self._decision(other, one)
        every = [relation for part in parts for relation in self._around(part)]
        pipelines = [part for part in parts if part.kind == PIPELINE]
        pipelines += [
            other for one in every for other in (one.source, one.target) if other.kind == PIPELINE and one.lineage
        ]
        self._all(2, dict.fromkeys(pipelines), every)
        self._all(2, self._playbooks(near, urgent=False), near)
        own = [other for one in near for other in (one.source, one.target) if other.kind not in _OURS]
        self._all(2, sorted(dict.fromkeys(own)), near)

    def _people(self, subjects: list[Identity], near: list[Relation]) -> None:
        for one in subjects:
            for owner in owners(self.catalog.records[one]):
                target = self.catalog.targets.get((one, owner.path))
                if isinstance(target, Identity):
                    told = f" {owner.note}" if owner.note else ""
                    word = "for" if owner.role == ACCOUNTABLE else "of"
                    self._meet(3, target, f"{owner.role.capitalize()} {word} {self._title(one)}.{told}")
        handoffs = [one.source for one in near if one.source.kind == HANDOFF]
        handoffs += [self.subject] if self.subject.kind == HANDOFF else []
        for handoff in dict.fromkeys(handoffs):
            if handoff not in self.out:
                for said in self._said(handoff):
                    if said.path[:1] in (("from",), ("from_people",)):
                        self._meet(3, said.target, f"{said.inverse.capitalize()} {self._title(handoff)}.")

    def _decision(self, decision: Identity, said: Relation) -> None:
        """Meet a decision in force, or in its place the newest that supersedes it."""
        newest, seen = [decision], {decision}
        older: set[Identity] = set()
        while any(self.paths.superseding.get(one) for one in newest):
            older.update(one for one in newest if self.paths.superseding.get(one))
            following = [new for one in newest for new in self.paths.superseding.get(one, (one,))]
            if seen.issuperset(following):
                break  # each supersedes the other: a finding tells of it
            seen.update(following)
            newest = list(dict.fromkeys(following))
        for one in sorted(older - set(newest)):
            self._leave(one, f"it is superseded by {', '.join(map(self._title, newest))}")
        for one in newest:
            status = str(self.catalog.records[one].get("status") or "").strip().lower()
            if status.startswith(_OUT):
                self._leave(one, f"it is {status.split()[0]}")
            elif status in _NOT_YET:
                self._leave(one, f"it is only {status}" if status == "proposed" else "it is on hold")
            elif one == decision:
                self._meet(2, one, self._sentence(one, [said]))
            else:
                self._meet(2, one, f"It is in force instead of {self._title(decision)}.")

    def _playbooks(self, near: list[Relation], *, urgent: bool) -> list[Identity]:
        found = dict.fromkeys(other for one in near for other in (one.source, one.target) if other.kind == PLAYBOOK)
        kinds = {one: str(self.catalog.records[one].get("type") or "runbook") for one in found}
        chosen = [one for one in found if (kinds[one] in _URGENT) == urgent]
        return sorted(chosen, key=lambda one: _URGENT.index(kinds[one]) if urgent else 0)

    def _newest(self, evaluation: Identity) -> tuple[str, Identity]:
        return str(self.catalog.records[evaluation].get("date") or ""), evaluation

    def _all(self, stage: int, found: Iterable[Identity], relations: list[Relation]) -> None:
        near: dict[Identity, list[Relation]] = defaultdict(list)
        for relation in relations:
            for end in (relation.source, relation.target):
                near[end].append(relation)
        for one in found:
            self._meet(stage, one, self._sentence(one, near.get(one, ())))

    def _sentence(self, identity: Identity, relations: Iterable[Relation]) -> str:
        """Return why a record is to be read, from the first relation that it has to something on the path."""
        for one in sorted(relations, key=lambda one: one.name == MENTIONS):
            if one.target == identity and one.source != identity and one.source in self.met:
                return f"It {one.inverse} {self._title(one.source)}."
            if one.source == identity and one.target in self.met:
                return f"It {one.name} {self._title(one.target)}."
        return "It is part of what it is made of."

    def _meet(self, stage: int, identity: Identity, why: str) -> None:
        """Put a record on the path, unless it is there already, or has no more to say."""
        if identity in self.met or identity in self.out:
            return
        record = self.catalog.records[identity]
        left = None
        if identity.kind in (PERSON, TEAM) and self.paths.today is not None:
            left = gone(record, self.paths.today)
        if left is not None:
            self._leave(identity, f"left on {left.on}" if left.on is not None else "is gone")
        elif record.lifecycle == "retired" and stage != 3 and identity != self.subject:
            self._leave(identity, "it is retired")
        else:
            self.met.add(identity)
            self.stages[stage][identity] = why

    def _leave(self, identity: Identity, why: str) -> None:
        if identity not in self.met:
            self.out.setdefault(identity, why)

    def _said(self, identity: Identity) -> tuple[Relation, ...]:
        return self.catalog.outgoing.get(identity, ())

    def _around(self, identity: Identity) -> tuple[Relation, ...]:
        return (*self._said(identity), *self.catalog.incoming.get(identity, ()))

    def _title(self, identity: Identity) -> str:
        return self.catalog.title(identity)

    def _done(self) -> ReadingPath:
        stages = []
        for (title, about), found in zip(_STAGES, self.stages, strict=True):
            by_kind: dict[str, list[Identity]] = defaultdict(list)
            for one in found:
                by_kind[one.kind].append(one)
            shown = {one for same in by_kind.values() for one in same[:ALIKE]}
            talk = title == _STAGES[-1][0]
            items = tuple(
                Item(one, why, 0 if talk else self.paths.minutes(one)) for one, why in found.items() if one in shown
            )
            more = tuple(
                f"and {len(same) - ALIKE:,} more: {self.catalog.kinds[kind].plural.lower()}"
                for kind, same in by_kind.items()
                if len(same) > ALIKE
            )
            if items:
                stages.append(Stage(title, about, items, more))
        return ReadingPath(self.subject, tuple(stages), tuple(LeftOut(one, why) for one, why in self.out.items()))


def _questions(handoff: Record) -> str:
    """Return how many questions of a handoff wait for an answer; empty where none does."""
    listed: Any = handoff.get("questions")
    open_ = [
        one for one in (listed if isinstance(listed, list) else ()) if isinstance(one, dict) and not one.get("answer")
    ]
    if not open_:
        return ""
    return f"{counted(len(open_), 'question')} in it {'waits' if len(open_) == 1 else 'wait'} for an answer."
