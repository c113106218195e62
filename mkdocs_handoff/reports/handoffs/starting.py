"""A new handoff of models to a team, filled in as far as the records tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.membership import PERSON
from mkdocs_handoff.handoffs.draft import Draft
from mkdocs_handoff.handoffs.handoff import handing_over
from mkdocs_handoff.handoffs.words import OPEN
from mkdocs_handoff.records.record import slug
from mkdocs_handoff.reports.handoffs.along import MIGRATION, along
from mkdocs_handoff.reports.handoffs.criteria import drafted, playbooks
from mkdocs_handoff.schema.validate import READY, Validators
from mkdocs_handoff.text.globs import path_for
from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.owners.ownership import Ownership
    from mkdocs_handoff.text.splice import FieldValue

_PEOPLE = 6
_QUESTIONS = 20


class RefusedError(Exception):
    """A handoff cannot be begun like this; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for.

    Attributes:
        models: What moves.
        giver: Who hands over; None: who owns the models.
        taker: Who takes over.
        playbook: What is followed; None: the only one for it.
        by: Who begins it, if somebody says so.
        on: The day.
    """

    models: tuple[Identity, ...]
    giver: Identity | None
    taker: Identity
    playbook: Identity | None
    by: Identity | None
    on: date


def draft(catalog: Catalog, owned: Ownership, wish: Wish) -> Draft:
    """Return the handoff.

    Raises:
        RefusedError: One for the same models is open, or nobody can tell who hands over.
    """
    for model in wish.models:
        for other in handing_over(catalog, model):
            if other.status in OPEN:
                where = other.record.source.path
                raise RefusedError(
                    f"{model} is being handed over already: {other.identity} is {other.status} ({where})"
                )
    giver = wish.giver if wish.giver is not None else _giver(catalog, owned, wish.models)
    if giver == wish.taker:
        raise RefusedError(f"{catalog.title(giver)} owns it already: a handoff goes to another team")
    if owned.membership.deserted(wish.taker):
        raise RefusedError(f"{catalog.title(wish.taker)} is gone, or nobody is in it any more: who takes it over?")
    return _Drafting(catalog, owned, wish, giver).draft()


def name_of(models: Iterable[Identity], taker: Identity) -> str:
    """Return what a handoff is called that nobody named: `churn-to-retention`."""
    first, *more = [model.name for model in models]
    also = "".join(f"-{name}" for name in more) if len(more) < 3 else f"-and-{len(more)}-more"
    return slug(f"{first}{also}-to-{taker.name}")


def place_of(name: str, globs: Iterable[str]) -> str:
    """Return the file in which a record of a name is found: by the first glob that leaves room for the name.

    Raises:
        RefusedError: No glob does.
    """
    tried = tuple(globs)
    for glob in tried:
        path = path_for(name, glob)
        if path.endswith((".md", ".yml", ".yaml")):
            return path
    raise RefusedError(f"no file of that name would be read as a handoff: {', '.join(tried)}; name one with a `*`")


def _giver(catalog: Catalog, owned: Ownership, models: tuple[Identity, ...]) -> Identity:
    """Return the team that is accountable for all models, or whose person is."""
    found: dict[Identity, None] = {}
    for model in models:
        holder = owned.accountable(model)
        if holder is None or holder.identity is None:
            said = f"{holder.text!r}, who is not written down" if holder is not None else "nobody"
            raise RefusedError(f"{model} is owned by {said}: say who hands over with --from TEAM")
        teams = owned.teams.get(holder.identity, ()) if holder.identity.kind == PERSON else (holder.identity,)
        if len(teams) != 1:
            names = ", ".join(map(str, teams)) or "no team"
            raise RefusedError(f"{model} is owned by {holder.identity}, who is in {names}: say --from TEAM")
        found[teams[0]] = None
    if len(found) > 1:
        names = ", ".join(map(str, found))
        raise RefusedError(f"several teams own what is to move ({names}): say who hands over with --from TEAM")
    return next(iter(found))


class _Drafting:
    """One handoff that is being drafted."""

    def __init__(self, catalog: Catalog, owned: Ownership, wish: Wish, giver: Identity) -> None:
        self._catalog, self._owned, self._wish, self._giver = catalog, owned, wish, giver
        self._fields: dict[str, FieldValue] = {}
        self._hints: dict[str, tuple[str, ...]] = {}

    def draft(self) -> Draft:
        """Return the draft."""
        wish, catalog = self._wish, self._catalog
        models = " and ".join(catalog.title(model) for model in wish.models)
        title = one_line(f"{models} to {catalog.title(wish.taker)}")
        day = wish.on.isoformat()
        subjects = self._subjects()
        self._fields |= {
            "title": title,
            "status": "in-progress",
            "owners": str(self._giver),
            "subjects": [str(one) for one in subjects],
            "from": str(self._giver),
            "to": str(wish.taker),
            "dates": {"requested": day, "started": day},
        }
        self._hints["description"] = ("description: why it moves, and by when",)
        self._hints["dates"] = ("  planned: the day on which both want to be done",)
        self._people()
        self._playbook()
        self._criteria()
        self._access()
        self._questions(subjects)
        self._gaps(subjects)
        self._examples()
        body = f"# {title}\n\n## Where we stand\n\nBegun on {day}. Write here, in three sentences, what is left to do."
        return Draft(self._fields, self._hints, body)

    def _subjects(self) -> tuple[Identity, ...]:
        """Return the models, and what goes along with them; what stays is told."""
        found = along(self._catalog, self._owned, self._wish.models, self._giver)
        staying = [f"  {one} stays: {why}" for one, why in found.staying]
        if staying:
            self._hints["subjects"] = tuple(staying)
        return (*self._wish.models, *(one for one in found.moving if one != self._wish.playbook))

    def _people(self) -> None:
        """Put in who does the work: who owns something of it first, then the other members who are there."""
        owning = {holder.identity: None for model in self._wish.models for holder in self._owned.holders.get(model, ())}
        for field, team in (("from_people", self._giver), ("to_people", self._wish.taker)):
            there = [one.person for one in self._owned.membership.people(team) if one.person is not None]
            first = [one for one in (self._wish.by, *owning) if one in there]
            people = [str(one) for one in dict.fromkeys((*first, *there)) if one is not None][:_PEOPLE]
            if people:
                self._fields[field] = people
            else:
                self._hints[field] = (f"{field}: [person:NAME]   # no record says who is in {team}",)

    def _playbook(self) -> None:
        wish = self._wish
        known = playbooks(self._catalog, wish.models, (MIGRATION,))
        chosen = wish.playbook if wish.playbook is not None else known[0] if len(known) == 1 else None
        if chosen is None:
            why = f"one of {', '.join(map(str, known))}" if known else "no playbook of type migration applies to it"
            self._hints["playbook"] = (f"playbook: playbook:NAME   # {why}",)
            return
        self._fields["playbook"] = str(chosen)
        steps: Any = self._catalog.records[chosen].get("steps")
        if isinstance(steps, list) and steps:
            self._fields["steps"] = [
                {"step": str(step["id"] if isinstance(step, dict) and step.get("id") else number), "status": "open"}
                for number, step in enumerate(steps, 1)
            ]

    def _criteria(self) -> None:
        found = drafted(self._catalog, self._wish.models, self._wish.taker)
        example = (
            "  - id: without-help",
            "    area: emergency-response",
            "    statement: What must be so, so that two people would test it alike.",
            "    type: manual",
            "    status: open",
        )
        if found:
            self._fields["acceptance_criteria"] = list(found)
            self._hints["acceptance_criteria"] = (
                "Drafted from the records: strike what does not matter, add what does.",
            )
        else:
            self._hints["acceptance_criteria"] = ("acceptance_criteria:", *example)

    def _access(self) -> None:
        found: dict[tuple[str, str], dict[str, FieldValue]] = {}
        for model in self._wish.models:
            listed: Any = self._catalog.records[model].get("access")
            for one in listed if isinstance(listed, list) else []:
                system = one_line(str(one.get("system") or "")) if isinstance(one, dict) else ""
                if system:
                    role = one_line(str(one.get("role") or ""))
                    found[system, role] = {"system": system, **({"role": role} if role else {})}
        if found:
            self._fields["access_transfer"] = list(found.values())
            self._hints["access_transfer"] = (
                "  with each: granted_to, granted_on (tried, not promised), revoked_from, revoked_from_on",
            )
        else:
            self._hints["access_transfer"] = (
                "access_transfer:",
                "  - system: what must be reached",
                "    role: as what",
            )

    def _questions(self, subjects: tuple[Identity, ...]) -> None:
        found: list[FieldValue] = []
        left = 0
        for one, field, question in (told for subject in subjects for told in self._missing(subject)):
            if len(found) == _QUESTIONS:
                left += 1
                continue
            holder = self._owned.accountable(one)
            asked = holder.identity if holder is not None and holder.identity is not None else self._giver
            found.append(
                {
                    "id": slug(f"{one.name}-{field}"),
                    "question": f"{self._catalog.title(one)}, `{field}`: {one_line(question)}",
                    "to": str(asked),
                }
            )
        if found:
            self._fields["questions"] = found
            self._hints["questions"] = (
                "Drafted from what the records lack; nobody has asked them yet. Who does adds asked_by and asked_on;",
                "strike those whose field is filled in meanwhile.",
            )
        if left:
            more = f"{left} more are missing: `mkdocs-handoff lint --level handoff-ready`"
            self._hints["questions"] = (*self._hints["questions"], more)

    def _missing(self, subject: Identity) -> Iterator[tuple[Identity, str, str]]:
        """Yield what a subject lacks to be handed over, with what to ask."""
        record = self._catalog.records[subject]
        kind = self._catalog.kinds[subject.kind]
        told: set[str] = set()
        for flaw in Validators().check(kind, dict(record.fields), READY, record.gaps):
            name = flaw.path[0] if flaw.path else ""
            shape = kind.root.fields.get(str(name))
            if flaw.rule == "field/required" and len(flaw.path) == 1 and shape is not None and name not in told:
                told.add(str(name))
                if shape.question:
                    yield subject, str(name), shape.question

    def _gaps(self, subjects: tuple[Identity, ...]) -> None:
        lines: list[str] = []
        for subject in subjects:
            for path, gap in self._catalog.records[subject].gaps.items():
                field = ".".join(map(str, path))
                lines += [
                    f"  - record: {subject}",
                    f"    field: {field}   # {gap.why}: {one_line(gap.reason)}",
                    "    reason: why it is all right to go on without it",
                    f"    accepted_by: person:NAME   # of {self._wish.taker}",
                ]
        self._hints["accepted_gaps"] = ("accepted_gaps:", *lines) if lines else ("accepted_gaps: none is stated",)

    def _examples(self) -> None:
        self._hints |= {
            "known_issues": (
                "known_issues:   # begin with the models' limitations",
                "  - id: short-name",
                "    description: what is wrong, and how one notices",
                "    severity: medium",
            ),
            "guardrails": (
                "guardrails:",
                "  - id: too-late",
                "    condition: when it stops, or goes back",
                "    action: what is done then",
                "    response: hold",
                f"    owner: {self._giver}",
            ),
            "tacit_notes": ("tacit_notes:", "  - what you have never had to write down"),
            "reproduction": ("reproduction: {by: person:NAME, on: a day, checksums_match: true}",),
            "sign_offs": ("`mkdocs-handoff handoff sign` writes these.",),
        }
