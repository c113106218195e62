"""A record's fields in their places: the box at the top, then the sections."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.anchors import version_anchor
from mkdocs_handoff.pages.html.blocks import Cards, Entries, Entry, Items, Link, Marked, Table, Text, words
from mkdocs_handoff.records.record import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.pages.html.blocks import Block
    from mkdocs_handoff.pages.views.layout import Layout
    from mkdocs_handoff.reports.owners.ownership import Holder
    from mkdocs_handoff.schema.kinds import Kind

MORE = "More"
OTHERS = "Other fields"
# Shown in the page's head anyway, so that "More" need not say it again.
_HEAD = frozenset(("last_reviewed", "reviewers", "review_every"))
# Shown there and nowhere else, or meant for machines.
_ELSEWHERE = frozenset(("kind", "id", "namespace", "title", "description", "lifecycle", "level"))
_RESERVED = frozenset(
    f"handoff-{name}"
    for name in (
        "at-a-glance",
        "facts",
        "measured",
        "lineage",
        "refers-to",
        "referred-to-by",
        "used-in",
        "origins",
        "gaps",
        "text",
        "findings",
        "source",
        "members",
        "owns",
        "teams",
        "supersession",
    )
)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a page: its heading, its id, and its fields."""

    title: str
    anchor: str
    description: str
    entries: tuple[Entry, ...]
    names: tuple[str, ...]

    @property
    def alone(self) -> bool:
        """Whether its only field says the same as its heading."""
        return len(self.entries) == 1 and self.entries[0].title.casefold() == self.title.casefold()


def entries(layout: Layout, kind: Kind) -> dict[str, Entry]:
    """Lay out all fields that a page shows, in the order in which they stand on it: terms link at first mention."""
    grouped = (name for group in kind.groups for name in group.fields)
    order = dict.fromkeys((*kind.facts, *grouped, *layout.names()))
    present = frozenset(layout.names())
    made: dict[str, Entry] = {}
    for name in order:
        if name in _ELSEWHERE or name not in present or (name == "metadata" and "backstage" in present):
            continue
        entry = layout.field(name)
        if entry is not None and not (name == "name" and layout.record.get("name") == layout.record.title):
            made[name] = replace(entry, anchor=_version(layout)) if name == "version" else entry
    return made


def _version(layout: Layout) -> str:
    """Return the id of a record's single version, unless its list of versions has it."""
    named = layout.record.get("version")
    anchor = version_anchor(str(named)) if isinstance(named, str | int | float) else ""
    if not anchor or anchor in layout.anchors or _listed(str(named), layout):
        return ""
    layout.anchors.add(anchor)
    return anchor


def _listed(version: str, layout: Layout) -> bool:
    listed = layout.record.get("versions")
    return isinstance(listed, list) and any(
        isinstance(one, dict) and slug(str(one.get("version"))) == slug(version) for one in listed
    )


def facts(kind: Kind, made: Mapping[str, Entry], holders: tuple[Holder, ...], layout: Layout) -> tuple[Entry, ...]:
    """Return the box at the top: owners by name, with their roles; no review date, which the line above it says."""
    found: list[Entry] = []
    owned = False
    for name in kind.facts:
        if name in ("owners", "owner") and holders:
            if not owned:
                links = tuple(_owner(holder, layout) for holder in holders)
                title = "Owners" if len(links) > 1 else "Owner"
                found.append(Entry(name, title, links[0] if len(links) == 1 else Items(links)))
            owned = True
        elif name in made and not (name == "last_reviewed" and isinstance(layout.record.get(name), str)):
            found.append(replace(made[name], block=_compact(made[name].block)))
    return tuple(found)


def _compact(block: Block) -> Block:
    """Bring a mapping to one line: the box at the top has no room for more."""
    if isinstance(block, Marked):
        return replace(block, block=_compact(block.block))
    if isinstance(block, Entries):
        first, *rest = (entry.block for entry in block.entries)
        said = ", ".join(words(one) for one in rest)
        return replace(first, note=said) if isinstance(first, Link) else Text(words(first) + (said and f", {said}"))
    return Text(words(block)) if isinstance(block, Table | Cards) else block


def _owner(holder: Holder, layout: Layout) -> Link:
    link = layout.links.owner(holder)
    return Link(link.text, link.href, holder.note or link.hint, link.state, holder.role)


def sections(kind: Kind, made: Mapping[str, Entry], layout: Layout) -> tuple[Section, ...]:
    """Return the groups of fields; what no group names stands at the end, and what the box shows nowhere else."""
    boxed = frozenset(kind.facts)
    named = {name for group in kind.groups for name in group.fields} | boxed
    rest = tuple(name for name in made if name not in named and name not in _HEAD)
    known = tuple(name for name in rest if name in layout.root.fields)
    others = tuple(name for name in rest if name not in layout.root.fields)
    found: list[Section] = []
    for title, description, fields in (
        *((group.title, group.description, group.fields) for group in kind.groups),
        (MORE, "", known),
        (OTHERS, "Written in the record, and named by no standard that is read here.", others),
    ):
        shown = tuple(made[name] for name in fields if name in made and name not in boxed)
        names = tuple(entry.name for entry in shown)
        if len(shown) == 1 and isinstance(shown[0].block, Entries) and title not in (MORE, OTHERS):
            # A section that is one mapping shows what is in it; keys that no schema names would say too little alone.
            shown = shown[0].block.entries if layout.root.child(names[0]).fields else shown
        if shown:
            anchor = _anchor(title, layout.anchors)
            found.append(Section(title, anchor, description, shown, names))
    return tuple(found)


def _anchor(title: str, taken: set[str]) -> str:
    wanted = f"handoff-{slug(title) or 'section'}"
    anchor = wanted
    number = 1
    while anchor in taken or anchor in _RESERVED:
        number += 1
        anchor = f"{wanted}-{number}"
    taken.add(anchor)
    return anchor
