"""Whether what is to be known is written down, and hangs together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.glossary import TERM
from mkdocs_handoff.findings import Severity
from mkdocs_handoff.records.sections import missing
from mkdocs_handoff.reports.flow.link import State as Known
from mkdocs_handoff.reports.readiness.ask import KNOWLEDGE
from mkdocs_handoff.reports.readiness.check import Area, At
from mkdocs_handoff.reports.readiness.told import NO_MODEL, Lack, Sort, lack, nothing_moves, tell
from mkdocs_handoff.schema.validate import READY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.readiness.check import Check
    from mkdocs_handoff.reports.readiness.given import Case

WRITTEN = Sort(
    Area.KNOWLEDGE_MAP,
    "subjects-are-written",
    "Something moves, and all that moves is written down",
    "Write the record, or name in `subjects` one that exists.",
    KNOWLEDGE,
    handoff=True,
)
READY_SUBJECTS = Sort(
    Area.KNOWLEDGE_MAP,
    "subjects-are-ready",
    "All that moves says what its kind asks for before a handoff",
    'Write the field, or state that nobody knows: `{unknown: "who was asked, and when"}`.',
    KNOWLEDGE,
)
UNKNOWN = Sort(
    Area.KNOWLEDGE_MAP,
    "unknowns-are-accepted",
    "What nobody knows of what moves is accepted by name",
    "Find it out, or accept it in the handoff's `accepted_gaps`: record, field, by whom, until when.",
    KNOWLEDGE,
)
VALID = Sort(
    Area.KNOWLEDGE_MAP,
    "records-are-valid",
    "Lint finds no error in scope",
    "Mend what `mkdocs-handoff lint` tells.",
    KNOWLEDGE,
)
WANTED = Sort(
    Area.KNOWLEDGE_MAP,
    "nothing-is-wanted",
    "Every record that is referred to in scope is written",
    "Write the record, or take the reference away.",
    KNOWLEDGE,
)
LINKS = Sort(
    Area.KNOWLEDGE_MAP,
    "links-are-known",
    "The lineage of each model is known, from origin to evaluation",
    "Say where it comes from, or state that nobody knows.",
    KNOWLEDGE,
)
SORTS = (WRITTEN, READY_SUBJECTS, UNKNOWN, VALID, WANTED, LINKS)


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks of the knowledge map."""
    if case.handoff is not None:
        yield tell(case, WRITTEN, "subject", _written(case.handoff))
    written = (*case.subjects, *((case.handoff.record,) if case.handoff is not None else ()))
    yield tell(case, READY_SUBJECTS, "record", (_ready(case, record) for record in written))
    gaps = [
        [lack(record, path, f"{'.'.join(map(str, path))} of {record.identity}")]
        for record in written
        for path, gap in record.gaps.items()
        if gap.why == "unknown"
    ]
    yield tell(case, UNKNOWN, "gap", gaps, nothing="no unknown is stated")
    yield tell(case, VALID, "record", _valid(case))
    yield tell(case, WANTED, "record", _wanted(case))
    yield tell(case, LINKS, "link", _links(case), nothing=NO_MODEL)


def _written(of: Handoff) -> Iterator[list[Lack]]:
    for one in of.subjects:
        yield [] if one.identity is not None else [lack(of.record, one.path, f"a record of {one}", who=of.giver)]
    if not of.subjects:
        yield [nothing_moves(of)]


def _ready(case: Case, record: Record) -> list[Lack]:
    kind = case.catalog.kinds[record.kind]
    fields = dict(record.fields)
    flaws = [
        *case.given.validators.ready(kind, fields, record.gaps.keys()),
        *(flaw for flaw, _ in missing(kind, record.body, fields, record.gaps.keys(), READY)),
    ]
    return [
        Lack(
            At(record, flaw.path, flaw.key),
            f"{record.identity} {flaw.message.removeprefix('the record ')}",
            record,
            None,
            None,
            flaw.hint,
        )
        for flaw in flaws
    ]


def _valid(case: Case) -> Iterator[list[Lack]]:
    errors: dict[object, list[Lack]] = {record.identity: [] for record in case.records}
    for record, finding in case.findings:
        if finding.severity is Severity.ERROR:
            errors[record.identity].append(
                Lack(finding.place, f"{record.identity}: {finding.message}", record, None, None, finding.hint)
            )
    yield from errors.values()


def _wanted(case: Case) -> Iterator[list[Lack]]:
    lacking: dict[object, list[Lack]] = {record.identity: [] for record in case.records}
    for record, wanted, place in case.wanted:
        if wanted.kind != TERM:
            lacking[record.identity].append(Lack(place, str(wanted), record))
    yield from lacking.values()


def _links(case: Case) -> Iterator[list[Lack]]:
    for model in case.models:
        for link in case.given.lineages.of(model.identity).links:
            if link.state in (Known.MISSING, Known.UNKNOWN):
                record = case.catalog.records[link.record]
                yield [
                    lack(record, link.field, link.type.lacking.format(link.of), mend=f"Known where {link.type.wants}.")
                ]
            else:
                yield []
