"""Answers at the top of a page to the questions that a reader has first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.owners import ACCOUNTABLE
from mkdocs_handoff.pages.html.blocks import Elsewhere, Items, Link, Marked, Missing, Rich, Text
from mkdocs_handoff.pages.html.excerpts import sentences
from mkdocs_handoff.pages.html.values import chip
from mkdocs_handoff.pages.views.measured import measured_views, met, value, where
from mkdocs_handoff.pages.views.observed import out_of_bounds
from mkdocs_handoff.records.adopted import adopted
from mkdocs_handoff.records.dialects.evaluations import VALUE
from mkdocs_handoff.records.placeholders import says
from mkdocs_handoff.reports.quality import in_production, own, quality
from mkdocs_handoff.text.comments import without_comments
from mkdocs_handoff.text.headings import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from mkdocs_handoff.pages.html.blocks import Block, Entry
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.layout import Layout
    from mkdocs_handoff.pages.views.measured import MeasuredView
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.reports.owners.ownership import Holder
    from mkdocs_handoff.reports.quality import Measured, Metric

_HEADING = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t#]*$", re.MULTILINE)
_MEASURE = re.compile(r"\b(?:evaluations?|performance|metrics|results|benchmarks?)\b", re.IGNORECASE)
_ROW = re.compile(r"^[ \t]*\|[^\n]*\d", re.MULTILINE)
EVALUATION = "Evaluation"
"""The section of a model's text that says what its figures mean."""
FEW = 3
"""So many answers stand at the top; the section has the rest."""


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: a label (may be empty), and blocks that fit into a line; `stacked` ones stand one below the other."""

    blocks: tuple[Block, ...]
    label: str = ""
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A question with its answers. `anchor` is the section with all of it; `more` says how much more that is."""

    title: str
    lines: tuple[Line, ...]
    anchor: str = ""
    more: str = ""


def owner_lines(holders: Iterable[Holder], layout: Layout) -> tuple[Line, ...]:
    """Return owners by role, the accountable one first."""
    by_role: dict[str, list[Block]] = {ACCOUNTABLE: []}
    for holder in holders:
        by_role.setdefault(holder.role, []).append(layout.links.owner(holder))
    return tuple(Line(tuple(links), role, stacked=True) for role, links in by_role.items() if links)


def model(
    record: Record, inputs: Inputs, layout: Layout, entries: Mapping[str, Entry], anchors: Mapping[str, str]
) -> tuple[tuple[Card, ...], tuple[MeasuredView, ...]]:
    """Return the answers for a model, and what was measured of it.

    Args:
        record: The model.
        inputs: The project.
        layout: The page's layout.
        entries: The page's fields, by name.
        anchors: The section that each field stands in.
    """
    measured = quality(inputs.catalog, record.identity)
    holders = inputs.ownership.holders.get(record.identity, ())
    cards = (
        _purpose(record, inputs, layout, anchors),
        Card("Who answers for it", owner_lines(holders, layout) or _given(record, inputs, layout)),
        _ports(record, anchors),
        _quality(measured, in_production(record), layout, anchors, _of_figures(record, inputs)),
        _running(record, anchors),
        _trouble(record, layout, entries, anchors, holders, out_of_bounds(inputs, layout)),
    )
    by_records = tuple(one for one in measured if one.source != record.identity)
    return cards, measured_views((*by_records, *own(record)), layout)


def code_owner(record: Record, inputs: Inputs) -> tuple[Identity | str, str] | None:
    """Return to whom CODEOWNERS gives a record's file, a handle where that is no record, and where; else None."""
    told = inputs.codeowners
    given = told.given.get(record.source.path) if told is not None else None
    return (given[0], f"{told.path}:{given[1]}") if told is not None and given is not None else None


def _given(record: Record, inputs: Inputs, layout: Layout) -> tuple[Line, ...]:
    """Say that nobody is named as an owner, and who would be, if CODEOWNERS is right."""
    nobody = _none("Nobody is named as an owner.")
    given = code_owner(record, inputs)
    if given is None:
        return nobody
    to = Text(given[0]) if isinstance(given[0], str) else layout.links.link(given[0])
    told = Line((Text(f"{given[1]} gives it to"), to))
    how = Line((Text("To say so:"), Text(f"mkdocs-handoff adopt {record.identity}", "code")))
    return (*nobody, told, *((how,) if adopted(record) else ()))


def _none(text: str) -> tuple[Line, ...]:
    return (Line((Text(text, "muted"),)),)


def _flat(entry: Entry | None) -> tuple[Block, ...]:
    """Return the leaves of a field: its list's items, or itself."""
    if entry is None:
        return ()
    block = entry.block
    return block.items if isinstance(block, Items) else (block,)


def _gap(record: Record, *names: str) -> tuple[Line, ...]:
    """Return a stated gap, if one of the fields has one."""
    found = next((record.gaps[(name,)] for name in names if (name,) in record.gaps), None)
    return (Line((Missing(found.why, found.reason),)),) if found else ()


def _purpose(record: Record, inputs: Inputs, layout: Layout, anchors: Mapping[str, str]) -> Card:
    use = record.get("intended_use")
    uses: Any = use.get("primary_uses") if isinstance(use, dict) else None
    listed = [one for one in (uses if isinstance(uses, list) else [uses]) if isinstance(one, str) and one.strip()]
    title = "What it is for"
    anchor = anchors.get("intended_use", "")
    if ("intended_use", "primary_uses") in record.origins and layout.prose:
        sections = inputs.catalog.kinds[record.kind].sections
        others = (section for section in sections if section.field not in ("", "intended_use.primary_uses"))
        other = {folded(heading) for section in others for heading in section.headings}
        told = next(filter(None, (_first_said(one, other) for one in listed)), "")
        return Card(title, (Line((Text(told or "See the text below."),)),), anchor, "in the text" if told else "")
    lines = tuple(Line((Rich(layout.markdown.html(one, record.source.path), one),)) for one in listed[:FEW])
    more = f"{len(listed) - FEW} more" if len(listed) > FEW else ""
    return Card(title, lines or _gap(record, "intended_use") or _none("No use is stated."), anchor, more)


def _first_said(text: str, other: Collection[str]) -> str:
    """Return the first sentences of a section, but for those below a heading that speaks of something else."""
    parts = ["", *_HEADING.split(without_comments(text))]  # headings, each with the text below it
    said = (part for heading, part in zip(parts[::2], parts[1::2], strict=True) if folded(heading) not in other)
    return next((sentences(part) for part in said if says(part)), "")


def _named(item: Any, *keys: str) -> str:
    if isinstance(item, dict):
        return next((str(item[key]) for key in keys if item.get(key) not in (None, "")), "")
    return str(item)


def _listed(record: Record, name: str) -> list[Any]:
    value: Any = record.get(name)
    return value if isinstance(value, list) else [value] if value else []


def _ports(record: Record, anchors: Mapping[str, str]) -> Card:
    lines = []
    for name, label in (("inputs", "in"), ("outputs", "out")):
        listed = _listed(record, name)
        words = [_named(item, "name", "type") for item in listed]
        blocks = [Text(word, "code") for word in words[:FEW] if word]
        more = [Text(f"and {len(words) - FEW} more")] if len(words) > FEW else []
        lines += (
            [Line((*blocks, *more), label)] if blocks else [Line(line.blocks, label) for line in _gap(record, name)]
        )
    features = len(_listed(record, "features"))
    if features:
        lines.append(Line((Text(f"{features} feature" + ("s" if features > 1 else "")),), "from"))
    anchor = anchors.get("inputs") or anchors.get("outputs") or anchors.get("features") or ""
    return Card("What goes in and comes out", tuple(lines) or _none("Not described."), anchor)


def _quality(
    measured: tuple[Measured, ...],
    running: tuple[str, ...],
    layout: Layout,
    anchors: Mapping[str, str],
    prose: str,
) -> Card:
    """Return how good a model is; `prose` is the heading in its text below which figures stand."""
    of_running = [one for one in measured if one.version in running] or [one for one in measured if not one.version]
    # A figure without a name says least: what names its figures comes first.
    said = [one for one in (*of_running, *measured) if one.metrics]
    first = next(
        (one for one in said if any(metric.name != VALUE for metric in one.metrics)), said[0] if said else None
    )
    anchor = "handoff-measured" if measured else anchors.get("evaluations", "")
    if first is None and prose and layout.prose:
        return Card("How good it is", (Line((Elsewhere(prose),)),), anchor)
    if first is None:
        return Card("How good it is", _none("No evaluation is written down."), anchor)
    whole = [one for one in first.metrics if not one.slice] or list(first.metrics)
    lines = [Line(_figure(one), one.name) for one in whole[: FEW + 1]]
    version = f"version {first.version}, " if first.version else ""
    data = where(first, layout)
    lines.append(Line((Text(f"{version}on" if data else version.rstrip(", ")), *([data] if data else []))))
    number = sum(len(one.metrics) for one in measured)
    return Card("How good it is", tuple(lines), anchor, f"all {number} figures" if number > len(lines) - 1 else "")


def _of_figures(record: Record, inputs: Inputs) -> str:
    """Return the heading in a record's text below which its evaluation stands, or a table of figures; empty if none."""
    body = record.body
    if body is None:
        return ""
    expected = next((one for one in inputs.catalog.kinds[record.kind].sections if one.title == EVALUATION), None)
    known = body.section(expected.headings) if expected is not None else None
    tables = (one for one in body.headings if one.level > 1 and _MEASURE.search(one.title) and _ROW.search(one.text))
    found = known if known is not None and says(known.text) else next(tables, None)
    return found.title if found is not None else ""


def _figure(metric: Metric) -> tuple[Block, ...]:
    return (value(metric),) if metric.met is None else (value(metric), met(metric))


def _running(record: Record, anchors: Mapping[str, str]) -> Card:
    lines = []
    places = _listed(record, "deployments")
    for item in places[:FEW]:
        version = f"version {item['version']}" if isinstance(item, dict) and item.get("version") else ""
        state = str(item.get("status") or "") if isinstance(item, dict) else ""
        blocks: list[Block] = [Text(_named(item, "where", "name", "url"))]
        blocks += [Text(version)] if version else []
        blocks += [chip(state)] if state else []
        lines.append(Line(tuple(blocks)))
    users = [_named(item, "system", "name") for item in _listed(record, "consumers")]
    if users:
        more = [Text(f"and {len(users) - FEW} more")] if len(users) > FEW else []
        lines.append(Line((*(Text(user) for user in users[:FEW] if user), *more), "for", stacked=True))
    anchor = anchors.get("deployments") or anchors.get("consumers") or ""
    told = tuple(lines) or _gap(record, "deployments", "consumers") or _none("No deployment is written down.")
    return Card(
        "Where it runs, for whom", told, anchor, f"{len(places) - FEW} more places" if len(places) > FEW else ""
    )


def _trouble(
    record: Record,
    layout: Layout,
    entries: Mapping[str, Entry],
    anchors: Mapping[str, str],
    holders: tuple[Holder, ...],
    beyond: tuple[Link, ...],
) -> Card:
    lines = []
    if beyond:
        lines.append(Line((*beyond[:FEW],), "out of bounds", stacked=True))
    playbooks = [block for block in _flat(entries.get("playbooks")) if isinstance(block, Link | Marked)]
    if playbooks:
        lines.append(Line(tuple(playbooks[:FEW]), "playbook", stacked=True))
    callers = [layout.links.owner(holder) for holder in holders if holder.role in ("incident response", "operations")]
    if callers:
        lines.append(Line(tuple(callers), "call", stacked=True))
    channels = [
        " ".join(filter(None, (_named(item, "channel", "url"), f"({item['scope']})" if _has(item, "scope") else "")))
        for item in _listed(record, "support")
    ]
    if channels:
        lines.append(Line(tuple(Text(channel) for channel in channels[:FEW]), "ask", stacked=True))
    counts = [
        f"{number} {name if number == 1 else name + 's'}"
        for name in ("guardrail", "monitor")
        if (number := len(_listed(record, name + "s")))
    ]
    if counts:
        lines.append(Line((Text(" and ".join(counts)),), "held by"))
    anchor = next((anchors[name] for name in ("playbooks", "guardrails", "monitors", "support") if name in anchors), "")
    told = tuple(lines) or _gap(record, "playbooks", "guardrails", "monitors", "support")
    return Card("When it breaks", told or _none("Nothing is written down for this."), anchor)


def _has(item: Any, key: str) -> bool:
    return isinstance(item, dict) and bool(item.get(key))
