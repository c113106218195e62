"""From a record's values and its kind's schema to blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.relations import External, Wanted
from mkdocs_handoff.pages.anchors import version_anchor, wanted_anchor
from mkdocs_handoff.pages.html.addresses import safe
from mkdocs_handoff.pages.html.blocks import (
    Block,
    Card,
    Cards,
    Code,
    Elsewhere,
    Entries,
    Entry,
    Items,
    Link,
    Marked,
    Missing,
    Rich,
    Table,
    Text,
)
from mkdocs_handoff.pages.html.values import address, bare, chip, numeral
from mkdocs_handoff.pages.prose import shown
from mkdocs_handoff.pages.views.links import Links
from mkdocs_handoff.pages.views.tables import card_of, columns_of, fits, short
from mkdocs_handoff.records.record import slug
from mkdocs_handoff.schema.fields import ANYTHING

if TYPE_CHECKING:
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.pages.html.addresses import Addresses
    from mkdocs_handoff.pages.html.markup import Markdown
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.fields import Field
    from mkdocs_handoff.text.yaml import Path

WIDEST = 7
"""More columns than this are cards, not a table."""

_NAMES = ("ref", "id", "username")

_STATES = frozenset(("status", "stage", "lifecycle", "severity"))
_LONGEST_STATE = 24

SECTION = re.compile(r"the section '(.*)'|the first paragraph()")


class Layout:
    """Lays out the values of one record for one page."""

    def __init__(self, record: Record, root: Field, catalog: Catalog, here: Addresses, markdown: Markdown) -> None:
        self.record = record
        self.root = root
        self.catalog = catalog
        self.here = here
        self.links = Links(catalog, here)
        self.markdown = markdown
        self.prose = record.body is not None and bool(record.body.text.strip())
        self.anchors: set[str] = set()
        self._gaps: dict[Path, list[str]] = {}
        for path in record.gaps:
            if path and isinstance(path[-1], str):
                self._gaps.setdefault(path[:-1], []).append(path[-1])

    def names(self) -> list[str]:
        """Return the names of the record's fields, stated gaps among them, in the order of writing."""
        return [*self.record.fields, *(name for name in self._gaps.get((), ()) if name not in self.record.fields)]

    def field(self, name: str) -> Entry | None:
        """Lay out one field; None where it has nothing to show."""
        return self._entry(name, self.record.fields.get(name), self.root.child(name), (name,))

    def _entry(self, name: str, value: Any, shape: Field, path: Path) -> Entry | None:
        title = shape.title or name  # a key that no schema names is the writer's own word
        gap = self.record.gaps.get(path)
        if gap is not None:
            return Entry(name, title, Missing(gap.why, gap.reason), shape.description)
        if shape.hidden:
            return None
        origin = self.record.origins.get(path)
        told = SECTION.fullmatch(origin.source) if origin is not None and origin.how == "inferred" else None
        if told is not None and self.prose:
            return Entry(name, title, Elsewhere(told[1] or ""), shape.description) if told[1] else None
        block = self.block(value, shape, path)
        if block is None:
            return None
        if origin is None or isinstance(block, Marked):
            return Entry(name, title, block, shape.description)
        return Entry(name, title, block, shape.description, origin.how, origin.source)

    def block(self, value: Any, shape: Field, path: Path) -> Block | None:
        """Lay out a value; None where there is nothing to see."""
        gap = self.record.gaps.get(path)
        if gap is not None:
            return Missing(gap.why, gap.reason)
        if value is None or value in ("", [], {}):
            return None
        if isinstance(value, Mapping):
            return self._mapping(value, shape, path)
        if isinstance(value, list):
            return self._list(value, shape, path)
        return self.marked(self._scalar(value, shape, path), path)

    def marked(self, block: Block, path: Path) -> Block:
        """Mark a block as computed, inferred or imported, where its value was not written."""
        origin = self.record.origins.get(path)
        if origin is None and path and path[-1] == 0 and self._alone(path[:-1]):
            origin = self.record.origins.get(path[:-1])  # a scalar that became a list of one
        return block if origin is None else Marked(block, origin.how, origin.source)

    def _alone(self, path: Path) -> bool:
        """Whether the list at a path has one item."""
        here: Any = self.record.fields
        for step in path:
            here = here[step]
        return isinstance(here, list) and len(here) == 1

    def _scalar(self, value: Any, shape: Field, path: Path) -> Block:
        if isinstance(value, bool | int | float):
            return Text(shown(value), "", shape.unit) if isinstance(value, bool) else numeral(value, shape.unit)
        text = str(value)
        if shape.reference is not None:
            return self.reference(text, path)
        if shape.code:
            return Code(text.strip("\n"))
        if shape.markdown:
            return Rich(self.markdown.html(text, self.record.source.path), text)
        if (shape.choices and text in shape.choices) or (shape.name in _STATES and len(text) <= _LONGEST_STATE):
            return chip(text)
        return bare(text, shape.unit)

    def reference(self, text: str, path: Path) -> Link:
        """Lay out a reference by what the catalog says it names."""
        target = self.catalog.targets.get((self.record.identity, path))
        if isinstance(target, External):
            return Link(target.name, safe(target.url), target.url, "external")
        if isinstance(target, Wanted):
            hint = f"{target} is wanted: nobody has written it yet"
            return Link(target.called(text), self.here.report("wanted", wanted_anchor(target)), hint, "wanted")
        if target is None:
            return Link(text, state="plain")
        version = text.partition("@")[2]
        return self.links.link(target, version)

    def _mapping(self, value: Mapping[str, Any], shape: Field, path: Path) -> Block | None:
        named = next((key for key in _NAMES if isinstance(value.get(key), str)), "") if shape.reference else ""
        if named:
            link = self._named(value, named, path)
            rest = self._entries(value, shape, path, skip=(named, "version"))
            return Entries((Entry(named, shape.title, link), *rest)) if rest else link
        if set(value) <= {"alg", "content"} and isinstance(value.get("content"), str):
            return self.marked(Text(value["content"], "hash", str(value.get("alg") or "")), (*path, "content"))
        if isinstance(value.get("url"), str) and set(value) <= {"url", "title", "type"}:
            return address(value["url"], str(value.get("title") or ""), str(value.get("type") or ""))
        entries = self._entries(value, shape, path)
        return Entries(entries) if entries else None

    def _named(self, value: Mapping[str, Any], key: str, path: Path) -> Link:
        target = self.catalog.targets.get((self.record.identity, (*path, key)))
        version = value.get("version")
        if target is None or isinstance(target, External | Wanted) or not isinstance(version, str | int | float):
            return self.reference(value[key], (*path, key))
        return self.links.link(target, str(version))

    def _entries(
        self, value: Mapping[str, Any], shape: Field, path: Path, skip: tuple[str, ...] = ()
    ) -> tuple[Entry, ...]:
        gaps = [name for name in self._gaps.get(path, ()) if name not in value]
        made = (
            self._entry(str(key), value.get(key), shape.child(key), (*path, key))
            for key in (*value, *gaps)
            if key not in skip
        )
        return tuple(entry for entry in made if entry is not None)

    def _list(self, value: list[Any], shape: Field, path: Path) -> Block | None:
        inner = shape.items or ANYTHING
        if shape.shown_as == "steps":
            return self._steps(value, inner, path)
        if any(isinstance(item, Mapping) for item in value):
            return self._rows(value, inner, shape.title, path, cards=shape.shown_as == "cards")
        made = [self.block(item, inner, (*path, number)) for number, item in enumerate(value)]
        blocks = tuple(block for block in made if block is not None)
        if len(blocks) == 1:
            return blocks[0]
        return Items(blocks, inline=all(short(block) for block in blocks)) if blocks else None

    def _rows(self, value: list[Any], inner: Field, title: str, path: Path, *, cards: bool) -> Block | None:
        """A list of mappings: a table; a list where there is one column; cards where there are many, or deep ones."""
        if path == ("versions",):
            return self._versions(value, inner)
        if all(isinstance(item, Mapping) and "url" in item and set(item) <= {"url", "title", "type"} for item in value):
            links = tuple(address(_text(item, "url"), _text(item, "title"), _text(item, "type")) for item in value)
            return Items(links) if len(links) > 1 else links[0]
        first = "ref" if inner.reference else next(iter(inner.fields), "name")
        rows: list[dict[str, Block]] = []
        entries: list[tuple[Entry, ...]] = []
        for number, item in enumerate(value):
            here = (*path, number)
            if isinstance(item, Mapping):
                made = self._row(item, inner, here)
            else:
                block = self.block(item, inner, here)
                made = (Entry(first, inner.child(first).title or first.capitalize(), block),) if block else ()
            entries.append(made)
            rows.append({entry.name: entry.block for entry in made})
        columns = columns_of(entries, inner)
        if not columns:  # mappings that hold nothing to see
            return None
        told = columns[0].name in (first, *inner.fields)  # the head of a column that no shape has is the writer's word
        if len(columns) == 1 and told and not cards:
            blocks = tuple(row[columns[0].name] for row in rows if row)
            return Items(blocks, inline=all(short(block) for block in blocks))
        if cards or len(columns) > WIDEST or any(not fits(block) for row in rows for block in row.values()):
            return Cards(tuple(card_of(made) for made in entries if made))
        return Table(title, columns, tuple(tuple(row.get(column.name) for column in columns) for row in rows))

    def _steps(self, value: list[Any], inner: Field, path: Path) -> Block | None:
        """Steps, each as a card with an id of its own, so that one can be pointed to and gone back to."""
        cards: list[Card] = []
        for number, item in enumerate(value):
            here = (*path, number)
            if not isinstance(item, Mapping):
                block = self.block(item, inner, here)
                cards.append(Card(block, (), anchor=self._anchor(path, number + 1)))
                continue
            order = [name for name in inner.fields if name in item]
            made = self._row(dict.fromkeys(order) | dict(item), inner, here)
            heads = ("title", "name", "ref", "id", *(entry.name for entry in made if short(entry.block)))
            head = next((entry for name in heads for entry in made if entry.name == name), None)
            entries = tuple(entry for entry in made if entry is not head and entry.name != "id")
            cards.append(
                Card(head.block if head else None, entries, anchor=self._anchor(path, item.get("id") or number + 1))
            )
        return Cards(tuple(cards), numbered=True) if cards else None

    def _anchor(self, path: Path, step: object) -> str:
        anchor = f"handoff-{slug(str(path[0]))}-{slug(str(step))}"
        if anchor in self.anchors:
            return ""
        self.anchors.add(anchor)
        return anchor

    def _row(self, item: Mapping[str, Any], inner: Field, path: Path) -> tuple[Entry, ...]:
        named = next((key for key in _NAMES if isinstance(item.get(key), str)), "") if inner.reference else ""
        if not named:
            return self._entries(item, inner, path)
        link = self.marked(self._named(item, named, path), (*path, named))
        target = self.catalog.targets.get((self.record.identity, (*path, named)))
        skip = (named,) if target is None or isinstance(target, External | Wanted) else (named, "version")
        return (Entry("ref", inner.child("ref").title or inner.title, link), *self._entries(item, inner, path, skip))

    def _versions(self, value: list[Any], inner: Field) -> Block | None:
        """Versions, each under the id that a reference to it (`model:x@2.0`) leads to."""
        cards: list[Card] = []
        for number, item in enumerate(value):
            path: Path = ("versions", number)
            if not isinstance(item, Mapping):
                block = self.block(item, inner, path)
                cards += [Card(block, ())] if block is not None else []
                continue
            name = str(item.get("version") or "")
            anchor = version_anchor(name) if name else ""
            if anchor in self.anchors:
                anchor = ""
            self.anchors.add(anchor)
            made = {entry.name: entry for entry in self._entries(item, inner, path)}
            title = made.pop("version").block if "version" in made else None
            chips = tuple(made.pop(key).block for key in ("stage", "date") if key in made)
            cards.append(Card(title, tuple(made.values()), chips, anchor))
        return Cards(tuple(cards)) if cards else None


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return "" if value is None else str(value)
