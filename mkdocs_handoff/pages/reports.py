"""Reports, made ready for their templates: the report's plain data, with the links that a page needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.blocks import Chip, Link
from mkdocs_handoff.pages.diagrams import Node, draw
from mkdocs_handoff.pages.layout import chip, wanted_anchor
from mkdocs_handoff.pages.record import MOST, problem
from mkdocs_handoff.pages.sitemap import HOME, MAP, OWNERSHIP, PROBLEMS, WANTED
from mkdocs_handoff.pages.stub import first_sentence
from mkdocs_handoff.pages.view import Lineage, Problem
from mkdocs_handoff.pages.viewpoint import Viewpoint
from mkdocs_handoff.reports import knowledge as knowledge_report
from mkdocs_handoff.reports import problems as problems_report
from mkdocs_handoff.reports import start as start_report
from mkdocs_handoff.reports import wanted as wanted_report
from mkdocs_handoff.reports.ownership import PERSON, TEAM
from mkdocs_handoff.text.files import read_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.pages.desk import Desk
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.decisions import Decision
    from mkdocs_handoff.reports.problems import Count, RuleProblems

_CONTEXT = 2
"""So many lines of a file stand around one that has a finding."""


@dataclass(frozen=True, slots=True)
class KindCard:
    """A kind on the first page."""

    link: Link
    description: str
    count: int


@dataclass(frozen=True, slots=True)
class ModelCard:
    """A model on the first page."""

    link: Link
    line: str
    lifecycle: Chip
    versions: tuple[str, ...]
    owner: Link | None


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A team or person to ask."""

    link: Link
    line: str
    accountable: int
    other: int


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision in a log."""

    link: Link
    number: str
    date: str
    status: Chip | None
    supersedes: tuple[Link, ...]
    superseded_by: tuple[Link, ...]


@dataclass(frozen=True)
class HomeView:
    """The first page."""

    title: str
    description: str
    kinds: tuple[KindCard, ...]
    models: tuple[ModelCard, ...]
    contacts: tuple[ContactCard, ...]
    latest: tuple[DecisionRow, ...]
    start: start_report.Start
    ownership: str
    map: str
    wanted: str
    problems: str
    decisions: str


def home(desk: Desk) -> HomeView:
    """Make the first page ready."""
    at = Viewpoint(desk.sitemap.reports[HOME], desk)
    data = start_report.start(desk.project, desk.ownership)
    records, kinds = desk.catalog.records, desk.catalog.kinds
    return HomeView(
        title=desk.project.settings.nav or "Handoff",
        description="What there is, who answers for it, and where to begin.",
        kinds=tuple(
            KindCard(
                Link(kinds[one.kind].plural, at.here.index(one.kind)),
                first_sentence(kinds[one.kind].description),
                one.records,
            )
            for one in data.kinds
        ),
        models=tuple(
            ModelCard(
                at.link(one.model),
                at.line(one.model),
                chip(records[one.model].lifecycle),
                one.versions,
                at.holder(one.accountable) if one.accountable else None,
            )
            for one in data.models
        ),
        contacts=tuple(
            ContactCard(at.link(one.identity), at.line(one.identity), one.accountable, one.other)
            for one in data.contacts
        ),
        latest=tuple(decision(one, at) for one in data.latest),
        start=data,
        ownership=at.here.report(OWNERSHIP),
        map=at.here.report(MAP),
        wanted=at.here.report(WANTED),
        problems=at.here.report(PROBLEMS),
        decisions=at.here.index("decision"),
    )


def decision(one: Decision, at: Viewpoint) -> DecisionRow:
    """Return a decision as a row of a log."""
    return DecisionRow(
        at.link(one.identity),
        "" if one.number is None else str(one.number),
        one.date,
        chip(one.status) if one.status else None,
        tuple(at.link(other) for other in one.supersedes),
        tuple(at.link(other) for other in one.superseded_by),
    )


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A record in the matrix, with its owners in each of the roles."""

    link: Link
    kind: str
    cells: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True)
class OwnerSection:
    """A team or person, with what they own: role and records."""

    link: Link
    anchor: str
    line: str
    members: tuple[Link, ...]
    teams: tuple[Link, ...]
    holdings: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True)
class OwnershipView:
    """Who owns what."""

    title: str
    description: str
    roles: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    teams: tuple[OwnerSection, ...]
    people: tuple[OwnerSection, ...]
    unknown: tuple[tuple[str, tuple[Link, ...]], ...]
    unowned: tuple[Link, ...]


def ownership(desk: Desk) -> OwnershipView:
    """Make the page of owners ready."""
    at = Viewpoint(desk.sitemap.reports[OWNERSHIP], desk)
    owned, catalog = desk.ownership, desk.catalog
    rows = tuple(
        MatrixRow(
            at.link(identity),
            catalog.kinds[identity.kind].title,
            tuple(tuple(at.holder(one) for one in holders if one.role == role) for role in owned.roles),
        )
        for identity, holders in owned.holders.items()
    )
    return OwnershipView(
        title="Ownership",
        description="Who answers for what, in which role, and what nobody answers for.",
        roles=owned.roles,
        rows=rows,
        teams=tuple(_owner(record.identity, at) for record in catalog.of_kind(TEAM)),
        people=tuple(_owner(record.identity, at) for record in catalog.of_kind(PERSON)),
        unknown=tuple((name, tuple(at.link(one.record) for one in held)) for name, held in owned.unknown.items()),
        unowned=tuple(at.link(identity) for identity in owned.unowned),
    )


def _owner(identity: Identity, at: Viewpoint) -> OwnerSection:
    owned = at.desk.ownership
    by_role: dict[str, list[Link]] = {}
    for held in owned.holdings.get(identity, ()):
        by_role.setdefault(held.role, []).append(at.link(held.record))
    members = owned.members.get(identity, ())
    return OwnerSection(
        at.link(identity),
        f"handoff-owner-{identity.kind}-{identity.namespace and identity.namespace + '~'}{identity.name}",
        at.line(identity),
        tuple(at.link(one.person) if one.person else Link(one.text, state="plain") for one in members if not one.until),
        tuple(at.link(one) for one in owned.teams.get(identity, ())),
        tuple((role, tuple(by_role[role])) for role in owned.roles if role in by_role),
    )


@dataclass(frozen=True, slots=True)
class MapRow:
    """A model in the knowledge map."""

    link: Link
    owner: Link | None
    datasets: tuple[Link, ...]
    features: tuple[Link, ...]
    upstream: tuple[Link, ...]
    versions: tuple[tuple[str, Chip | None], ...]
    evaluations: tuple[Link, ...]


@dataclass(frozen=True)
class MapView:
    """The knowledge map."""

    title: str
    description: str
    lineage: Lineage | None
    rows: tuple[MapRow, ...]
    unused: tuple[Link, ...]


def knowledge(desk: Desk) -> MapView:
    """Make the knowledge map ready."""
    at = Viewpoint(desk.sitemap.reports[MAP], desk)
    data = knowledge_report.knowledge(desk.catalog)
    kinds = desk.catalog.kinds
    chosen = data.nodes if len(data.nodes) <= 2 * MOST else ()
    nodes = [Node(str(one), kinds[one.kind].title, desk.catalog.title(one), at.here.record(one)) for one in chosen]
    plurals = {kind.title: kind.plural for kind in kinds.values()}
    svg = draw(nodes, [(str(source), str(target)) for source, target in data.flows], name="1", plurals=plurals)
    return MapView(
        title="Knowledge map",
        description="From which data, through which features, into which models, and what was measured of them.",
        lineage=Lineage(svg) if nodes else None,
        rows=tuple(_map_row(row, at) for row in data.models),
        unused=tuple(at.link(one) for one in data.unused),
    )


def _map_row(row: knowledge_report.ModelRow, at: Viewpoint) -> MapRow:
    accountable = at.desk.ownership.accountable(row.model)
    return MapRow(
        link=at.link(row.model),
        owner=at.holder(accountable) if accountable else None,
        datasets=tuple(at.link(one) for one in row.datasets),
        features=tuple(at.link(one) for one in row.features),
        upstream=tuple(at.link(one) for one in row.upstream),
        versions=tuple((one.version, chip(one.stage) if one.stage else None) for one in row.versions),
        evaluations=tuple(at.link(one) for one in row.evaluations),
    )


@dataclass(frozen=True, slots=True)
class WantedRow:
    """A record that somebody should write."""

    name: str
    kind: str
    anchor: str
    references: int
    askers: tuple[tuple[Link, str], ...]
    path: str


@dataclass(frozen=True)
class WantedView:
    """What is wanted."""

    title: str
    description: str
    rows: tuple[WantedRow, ...]


def wanted(desk: Desk) -> WantedView:
    """Make the page of wanted records ready."""
    at = Viewpoint(desk.sitemap.reports[WANTED], desk)
    kinds = desk.catalog.kinds
    rows = (
        WantedRow(
            one.wanted.name,
            kinds[one.kind].title if one.kind in kinds else one.kind,
            wanted_anchor(one.wanted),
            len(one.wanted.wanted_by),
            tuple((at.link(asker.record), ", ".join(map(str, asker.places))) for asker in one.askers),
            one.path,
        )
        for one in wanted_report.wanted(desk.catalog)
    )
    told = "Records that others refer to and that nobody has written yet, the most wanted first."
    return WantedView("Wanted", told, tuple(rows))


@dataclass(frozen=True, slots=True)
class FileView:
    """A file with its findings, and the page that shows it."""

    path: str
    href: str
    anchor: str
    problems: tuple[Problem, ...]
    count: Count


@dataclass(frozen=True)
class ProblemsView:
    """All findings."""

    title: str
    description: str
    files: tuple[FileView, ...]
    rules: tuple[RuleProblems, ...]
    count: Count


def problems(desk: Desk) -> ProblemsView:
    """Make the page of findings ready."""
    at = Viewpoint(desk.sitemap.reports[PROBLEMS], desk)
    data = problems_report.problems(desk.project.findings)
    files = tuple(
        FileView(
            one.path,
            at.file(one.path),
            f"handoff-file-{number}",
            tuple(problem(finding) for finding in one.findings),
            one.count,
        )
        for number, one in enumerate(data.files, 1)
    )
    told = "What is wrong in the files that these pages are made of, with the place to mend it."
    return ProblemsView("Problems", told, files, data.rules, data.count)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a file. `marked` where a finding is about it."""

    number: int
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class BrokenProblem:
    """A finding, with the lines around its place."""

    problem: Problem
    lines: tuple[SourceLine, ...]


@dataclass(frozen=True)
class BrokenView:
    """A record file that could not be read."""

    title: str
    path: str
    line: int
    problems: tuple[BrokenProblem, ...]


def broken(path: str, desk: Desk) -> BrokenView:
    """Make the page of a file ready that could not be read as a record."""
    text = read_text(desk.root, path)
    lines = text.split("\n") if isinstance(text, str) else []
    found = desk.project.about(path)
    return BrokenView(
        title=path.rpartition("/")[2],
        path=path,
        line=found[0].place.line if found else 1,
        problems=tuple(BrokenProblem(problem(finding), _around(finding, lines)) for finding in found),
    )


def _around(finding: Finding, lines: list[str]) -> tuple[SourceLine, ...]:
    line = finding.place.line
    first, last = max(1, line - _CONTEXT), min(len(lines), line + _CONTEXT)
    return tuple(SourceLine(number, lines[number - 1], number == line) for number in range(first, last + 1))


REPORTS: dict[str, Callable[[Desk], HomeView | OwnershipView | MapView | WantedView | ProblemsView]] = {
    HOME: home,
    OWNERSHIP: ownership,
    MAP: knowledge,
    WANTED: wanted,
    PROBLEMS: problems,
}
