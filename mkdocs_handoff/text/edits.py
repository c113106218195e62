"""Which characters of a YAML text to cut, and what to put in their place, so that fields are set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from mkdocs_handoff.text import extents, scalars
from mkdocs_handoff.text.extents import Entry, Extents, Node
from mkdocs_handoff.text.values import ORDER, FieldValue, SpliceError, Writer, plain
from mkdocs_handoff.text.yaml import _compose as compose

if TYPE_CHECKING:
    from mkdocs_handoff.text.yaml import Path, Value


class Edits:
    """Finds the edits that set fields.

    Attributes:
        found: What is cut, from where to where, and what comes there instead.
    """

    def __init__(self, text: str, *, cut_off: bool) -> None:
        self.text = text
        self.cut_off = cut_off
        self.extents = Extents(text)
        self.found: list[tuple[int, int, str]] = []
        self.write = Writer()

    def run(self, document: int, prefix: Path, fields: Mapping[str, FieldValue]) -> None:
        """Find the edits that set fields in the mapping at a place."""
        nodes = self.composed()
        if document > len(nodes) or (document == len(nodes) and (document or prefix)):
            raise SpliceError(f"there is no document {document + 1}")
        node: Node = self.inner(nodes[document], prefix) if nodes else None
        if extents.is_mapping(node):
            if node.value and not any(extents.is_scalar(key) for key, _ in node.value):
                raise SpliceError("there is a template's text at this place, and no field")
            self.look_around(node)
            self.mapping(node, fields, ORDER, whole=False)
        elif node is None or (not prefix and extents.is_scalar(node) and not node.style and node.value == ""):
            at = len(self.text) if node is None else self.extents.line_start(node.start_mark.index)
            made = (self.write.lines(name, fields[name], 0) for name in _ranked(fields, ORDER))
            self.insert(at, [line for lines in made for line in lines])
        else:
            raise SpliceError("there is no mapping of fields at this place")

    def composed(self) -> list[Node]:
        """Return the documents of the text."""
        return list(compose(self.text))

    def inner(self, node: Node, way: Path) -> Node:
        """Return what stands at a place in a document."""
        for step in way:
            node = _child(node, step)
        return node

    def look_around(self, node: Node) -> None:
        """See how far the mapping's other blocks are indented."""
        if node.flow_style:
            return
        for entry in reversed(self.extents.parts(node)):
            value = entry.node
            if entry.alias or extents.is_scalar(value) or value.flow_style:
                continue
            step = self.extents.column(self.extents.parts(value)[0].start) - self.extents.column(entry.start)
            if extents.is_sequence(value):
                self.write.list_step = step
            else:
                self.write.map_step = step

    def mapping(self, node: Node, fields: Mapping[str, FieldValue], order: Sequence[str], *, whole: bool) -> None:
        """Set fields in a mapping; `whole`: entries that are not among the fields go."""
        entries = self.extents.parts(node)
        flow = bool(node.flow_style)
        for entry in entries:
            if entry.name is not None and entry.name in fields:
                self.put(entry, fields[entry.name], flow=flow)
        kept = [not whole or entry.name in fields for entry in entries]
        names = [entry.name for entry in entries]
        indent = self.extents.column(entries[0].start) if entries else 0
        style = _common_style([entry.node for entry in entries]) if whole else ""
        added: dict[int, list[str]] = {}
        for name in _ranked(fields, order):
            if name in names:
                continue
            behind = _behind(name, names, order)
            if flow:
                added.setdefault(behind, []).append(self.write.flow_pair(name, fields[name]))
            else:
                lines = self.write.lines(name, fields[name], indent, style)
                if not self.open_end(entries[behind]):
                    added.setdefault(behind, []).extend(lines)
                else:  # a line end behind it would become part of its text
                    self.insert(self.whole_line(entries[behind]), lines)
        self.row(entries, kept, added, flow=flow, start=node.start_mark.index)

    def open_end(self, entry: Entry) -> bool:
        """Tell whether an entry ends in a block of text that the end of the file cuts off."""
        if not self.cut_off or self.extents.line_end(entry.end) < len(self.text):
            return False
        while not entry.alias and not extents.is_scalar(entry.node) and not entry.node.flow_style:
            entry = self.extents.parts(entry.node)[-1]
        return not entry.alias and getattr(entry.node, "style", None) in ("|", ">")

    def whole_line(self, entry: Entry) -> int:
        """Return where the line of an entry begins, if nothing stands before it there."""
        begin = self.extents.line_start(entry.start)
        if self.text[begin : entry.start].strip(" "):
            raise SpliceError("a block of text ends the file without a line end: put one there")
        return begin

    def put(self, entry: Entry, value: FieldValue, *, flow: bool) -> None:
        """Give an entry a value; what of it reads the same already stays."""
        node = entry.node
        own = not entry.alias and bool(node.value)  # something is written here, and nowhere else
        if _reads(node) == plain(value):
            return
        if isinstance(value, str):
            self.put_text(entry, value, flow=flow)
        elif isinstance(value, Mapping):
            if extents.is_mapping(node) and own and value and not (_nested(value) and _replaced(node, value)):
                self.mapping(node, value, list(value), whole=True)
            else:
                self.renew(entry, value, flow=flow)
        elif extents.is_sequence(node) and own and value:
            self.sequence(node, list(value))
        elif extents.is_sequence(node) and node.flow_style and not entry.alias:
            self.found.append((entry.first, entry.end, self.write.flow(value)))
        else:
            self.renew(entry, value, flow=flow)

    def put_text(self, entry: Entry, value: str, *, flow: bool) -> None:
        """Replace the characters of a scalar."""
        style = getattr(entry.node, "style", None) or ""
        if extents.is_scalar(entry.node) and style not in ("|", ">") and entry.first < entry.end:
            self.found.append((entry.first, entry.end, scalars.written(value, style, flow=flow)))
        else:
            self.renew(entry, value, flow=flow)

    def renew(self, entry: Entry, value: FieldValue, *, flow: bool) -> None:
        """Cut a value out and write another of another shape in its place; comments around it stay."""
        if flow or (not entry.alias and getattr(entry.node, "flow_style", False) and not value):
            new = self.write.flow(value)
            if entry.first < entry.end:
                self.found.append((entry.first, entry.end, new))
            else:
                self.insert_at(entry.colon, (": " if entry.bare else " ") + new)
            return
        if entry.bare:
            raise SpliceError(f"the key {entry.name!r} has no colon")
        below = self.cut(entry)
        if isinstance(value, str) or not value:
            self.insert_at(entry.colon, " " + self.write.flow(value, flow=False))
        else:
            self.insert(below, self.write.items(value, self.extents.column(entry.start)))

    def cut(self, entry: Entry) -> int:
        """Cut the value of an entry in a block; return where lines in its place begin."""
        find = self.extents
        node = entry.node
        if entry.first == entry.end:
            return find.line_end(entry.colon)
        scalar = extents.is_scalar(node)
        if scalar and node.style in ("|", ">") and not entry.alias:
            header = find.header_end(node)
            below = find.line_end(header)
            self.found += [(entry.colon, header, ""), (below, find.line_end(entry.end), "")]
            return below
        if scalar or entry.alias or node.flow_style:
            same_line = "\n" not in self.text[entry.colon : entry.first]
            begin, end = find.line_start(entry.first), find.line_end(entry.end)
            if not same_line and not (self.text[begin : entry.first] + self.text[entry.end : end]).strip():
                self.found.append((begin, end, ""))
                return end
            self.found.append((entry.colon if same_line else entry.first, entry.end, ""))
            return find.line_end(entry.end)
        if self.text[node.start_mark.index] in "&!":
            raise SpliceError(f"the value of {entry.name!r} has an anchor or a tag")
        self.found += [(find.line_start(part.start), find.line_end(part.end), "") for part in find.parts(node)]
        return find.line_end(entry.colon)

    def sequence(self, node: Node, value: list[FieldValue]) -> None:
        """Bring a list that is not empty to other items that are not none; what stays keeps its line."""
        texts = [text for text in value if isinstance(text, str)]
        if len(texts) == len(value):
            self.texts(node, texts)
        else:
            self.nested(node, value)

    def nested(self, node: Node, value: list[FieldValue]) -> None:
        """Do so with items that are lists or mappings themselves: item for item, from the first one."""
        items = self.extents.parts(node)
        flow = bool(node.flow_style)
        both = min(len(items), len(value))
        kept = [number < both for number in range(len(items))]
        for item, new in zip(items, value, strict=False):
            old = item.node
            if _reads(old) == plain(new):
                continue
            if item.alias or not isinstance(new, Mapping) or not new or not extents.is_mapping(old) or not old.value:
                raise SpliceError("an item of a list changes its shape")
            self.mapping(old, new, list(new), whole=True)
        if both == len(value):
            more: list[str] = []
        elif flow:
            more = [self.write.flow(new) for new in value[both:]]
        else:
            if self.open_end(items[-1]):
                raise SpliceError("a block of text ends the file without a line end: put one there")
            indent = self.extents.column(items[0].start)
            more = [line for new in value[both:] for line in self.write.item(new, indent)]
        self.row(items, kept, {len(items) - 1: more} if more else {}, flow=flow, start=node.start_mark.index)

    def texts(self, node: Node, value: list[str]) -> None:
        """Do so with items that are texts."""
        items = self.extents.parts(node)
        flow = bool(node.flow_style)
        style = _common_style([item.node for item in items])
        # What is no text equals no text: an object equals itself alone.
        written = [extents.scalar_text(item.node) for item in items]
        old = [object() if text is None else text for text in written]
        kept = [False] * len(items)
        added: dict[int, list[str]] = {}
        for word, i1, i2, j1, j2 in SequenceMatcher(None, old, value, autojunk=False).get_opcodes():
            if word == "equal":
                kept[i1:i2] = [True] * (i2 - i1)
                continue
            new = [scalars.written(text, style, flow=flow) for text in value[j1:j2]]
            if not flow:
                first = items[0]
                gap = self.text[first.colon : first.first]
                gap = gap if gap and not gap.strip(" ") else " "
                lead = " " * self.extents.column(first.start) + "-" + gap
                new = [lead + text for text in new]
            added.setdefault(i1 - 1, []).extend(new)
        self.row(items, kept, added, flow=flow, start=node.start_mark.index)

    def row(self, parts: list[Entry], kept: list[bool], added: dict[int, list[str]], *, flow: bool, start: int) -> None:
        """Cut parts of a collection, and put new ones behind others (-1: before all)."""
        if flow:
            self.flow_row(parts, kept, added, start)
            return
        find = self.extents
        for part, stays in zip(parts, kept, strict=True):
            if not stays:
                self.found.append((find.line_start(part.start), find.line_end(part.end), ""))
        for behind, lines in added.items():
            at = find.line_end(parts[behind].end) if behind >= 0 else find.line_start(parts[0].start)
            self.insert(at, lines)

    def flow_row(self, parts: list[Entry], kept: list[bool], added: dict[int, list[str]], start: int) -> None:
        """Do the same between brackets: `start` is where they open."""
        if True not in kept:
            new = ", ".join(text for behind in sorted(added) for text in added[behind])
            begin = parts[0].start if parts else self.text.index("{", start) + 1
            self.found.append((begin, parts[-1].end if parts else begin, new))
            return
        first = kept.index(True)
        for number, stays in enumerate(kept):
            if stays:
                continue
            if number < first:
                self.found.append((parts[number].start, parts[number + 1].start, ""))
            else:
                self.found.append((parts[number - 1].end, parts[number].end, ""))
        for behind in sorted(added):
            before = next((number for number in range(behind, -1, -1) if kept[number]), None)
            if before is None:
                self.insert_at(parts[first].start, "".join(text + ", " for text in added[behind]))
            else:
                self.insert_at(parts[before].end, "".join(", " + text for text in added[behind]))

    def insert(self, at: int, lines: list[str]) -> None:
        """Put whole lines where a line begins."""
        if lines:
            self.insert_at(at, "".join(line + "\n" for line in lines))

    def insert_at(self, at: int, text: str) -> None:
        """Put characters somewhere."""
        self.found.append((at, at, text))


def _child(node: Node, step: str | int) -> Node:
    """Return what a key or a list position names, where it is written itself."""
    if isinstance(step, int) and extents.is_sequence(node) and step < len(node.value):
        return node.value[step]
    if isinstance(step, str) and extents.is_mapping(node):
        for key, value in node.value:
            if extents.is_scalar(key) and key.value == step:
                return value
    raise SpliceError(f"there is no {step!r} at this place")


def _nested(value: Mapping[str, FieldValue]) -> bool:
    return not all(isinstance(held, str) for held in value.values())


def _replaced(node: Node, value: Mapping[str, FieldValue]) -> bool:
    """Tell whether nothing stays of a mapping on one line: a stated gap, say, that gives way to what was found out."""
    return bool(node.flow_style) and not any(extents.is_scalar(key) and key.value in value for key, _ in node.value)


def _reads(node: Node) -> Value:
    """Return what a node reads as, as far as a field can be set to it; else None."""
    if extents.is_scalar(node):
        return extents.scalar_text(node)
    if extents.is_sequence(node):
        items = [_reads(item) for item in node.value]
        return None if None in items else items
    if not all(extents.is_scalar(key) for key, _ in node.value):
        return None
    entries = {str(key.value): _reads(value) for key, value in node.value}
    return None if None in entries.values() or "<<" in entries else entries


def _ranked(fields: Mapping[str, FieldValue], order: Sequence[str]) -> list[str]:
    return sorted(fields, key=lambda name: order.index(name) if name in order else len(order))


def _behind(name: str, names: list[str | None], order: Sequence[str]) -> int:
    """Return the entry behind which a new one is put: its nearest forerunner, or else the last that belongs to it."""
    if name in order:
        for earlier in reversed(order[: order.index(name)]):
            if earlier in names:
                return names.index(earlier)
        return max((names.index(other) for other in order if other in names), default=len(names) - 1)
    return len(names) - 1


def _common_style(nodes: list[Node]) -> str:
    """Return the quotes that all values have; none where they differ."""
    styles = {getattr(node, "style", None) or "" for node in nodes}
    style = styles.pop() if len(styles) == 1 else ""
    return style if style in ("'", '"') else ""
