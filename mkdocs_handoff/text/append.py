"""Adding an item to a list in a YAML text, and putting a text in another's place deep in it; every other byte stays.

What comes out is read again, as `splice` does it: it must differ in what was asked for and in nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.text import extents, scalars
from mkdocs_handoff.text.splice import edited, walked
from mkdocs_handoff.text.values import FieldValue, SpliceError, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_handoff.text.edits import Edits
    from mkdocs_handoff.text.extents import Entry, Node
    from mkdocs_handoff.text.yaml import Path, Reading, Value

Item = FieldValue
"""What an item of a list can be: a text, or a mapping of texts, lists and mappings."""


def append_item(
    text: str,
    field: str,
    item: Item,
    document: int = 0,
    prefix: Path = (),
    *,
    newline: str = "\n",
) -> str:
    r"""Return a YAML text with an item at the end of a list.

    Args:
        text: As it stands in the file.
        field: The list's key. A field that is not there, or has nothing in it, becomes a list of this one item.
        item: What to add.
        document: Which document of the text holds the mapping, from 0.
        prefix: The way from the document's root to the mapping that has the field.
        newline: The line end to use where the text has none of its own.

    Raises:
        SpliceError: The text is no valid YAML, holds no list there, or is written in such a way that another value
            would change too.
    """

    def edit(edits: Edits, root: Node) -> None:
        holder = edits.inner(root, prefix)
        if not extents.is_mapping(holder) or not holder.value:
            raise SpliceError("there is no mapping of fields at this place")
        edits.look_around(holder)
        entry = next((one for one in edits.extents.parts(holder) if one.name == field), None)
        if entry is None:
            _new_field(edits, holder, field, item)
        else:
            _into(edits, entry, item, flow=bool(holder.flow_style))

    def expected(documents: list[Value]) -> None:
        holder = walked(documents, (document, *prefix))
        before = holder.get(field)
        kept = before if isinstance(before, list) else []
        holder[field] = [*kept, plain(item)]

    return _edited(text, edit, expected, document, newline)


def put_text(text: str, path: Path, value: str, document: int = 0, *, newline: str = "\n") -> str:
    """Return a YAML text with another text at a path: in a mapping's entry, or in a list's item.

    Args:
        text: As it stands in the file.
        path: The way from the document's root to a single value that is written there.
        value: What it is to be; it gets the quotes that the one before it had.
        document: Which document of the text, from 0.
        newline: The line end to use where the text has none of its own.

    Raises:
        SpliceError: There is no single value, or another would change too.
    """

    def edit(edits: Edits, root: Node) -> None:
        holder = edits.inner(root, path[:-1])
        parts = edits.extents.parts(holder) if holder is not None and not extents.is_scalar(holder) else []
        step = path[-1]
        found = [one for number, one in enumerate(parts) if step in (one.name, number)]
        if len(found) != 1 or not extents.is_scalar(found[0].node) or found[0].first == found[0].end:
            raise SpliceError(f"there is no single value {'.'.join(map(str, path))} in this text")
        edits.put_text(found[0], value, flow=bool(holder.flow_style))

    def expected(documents: list[Value]) -> None:
        walked(documents, (document, *path[:-1]))[path[-1]] = value

    return _edited(text, edit, expected, document, newline)


def _edited(
    text: str,
    edit: Callable[[Edits, Node], None],
    expected: Callable[[list[Value]], None],
    document: int,
    newline: str,
) -> str:
    def begin(edits: Edits) -> None:
        nodes = edits.composed()
        if document >= len(nodes):
            raise SpliceError(f"there is no document {document + 1}")
        edit(edits, nodes[document])

    def verify(old: Reading, new: Reading) -> None:
        wanted = [_copied(value) for value in old.documents]
        expected(wanted)
        same = wanted == list(new.documents)
        if not same or [one.rule for one in new.problems] != [one.rule for one in old.problems]:
            raise SpliceError("this cannot be put into the text without changing something else (a shared anchor?)")

    return edited(text, begin, verify, newline)


def _new_field(edits: Edits, holder: Node, field: str, item: Item) -> None:
    last = edits.extents.parts(holder)[-1]
    if holder.flow_style:
        edits.insert_at(last.end, f", {scalars.key(field, flow=True)}: [{edits.write.flow(item)}]")
        return
    indent = edits.extents.column(edits.extents.parts(holder)[0].start)
    lines = [" " * indent + scalars.key(field) + ":", *edits.write.item(item, indent + edits.write.list_step)]
    at = edits.whole_line(last) if edits.open_end(last) else edits.extents.line_end(last.end)
    edits.insert(at, lines)


def _into(edits: Edits, entry: Entry, item: Item, *, flow: bool) -> None:
    """Put an item into the list that an entry has, or in the place of nothing."""
    node, find = entry.node, edits.extents
    if entry.alias:
        raise SpliceError(f"the list {entry.name!r} is written elsewhere, and shared")
    if find.text.startswith("!", entry.first):  # what the list means is for another program to say: `!ENV [NAME, []]`
        raise SpliceError(f"the list {entry.name!r} has a tag")
    if extents.is_sequence(node) and node.value:
        items = find.parts(node)
        last = items[-1]
        if node.flow_style:
            edits.insert_at(last.end, f", {edits.write.flow(item)}")
            return
        if edits.open_end(last):
            raise SpliceError("a block of text ends the file without a line end: put one there")
        column = find.column(last.start)
        edits.insert(find.line_end(last.end), edits.write.item(item, column))
    elif extents.is_sequence(node) and node.flow_style:
        edits.found.append((entry.first, entry.end, f"[{edits.write.flow(item)}]"))
    elif extents.is_scalar(node) and extents.scalar_text(node) is None:
        if flow or entry.first < entry.end:
            word = f"[{edits.write.flow(item)}]"
            if entry.first < entry.end:
                edits.found.append((entry.first, entry.end, word))
            else:
                edits.insert_at(entry.colon, (": " if entry.bare else " ") + word)
        else:
            column = find.column(entry.start)
            edits.insert(find.line_end(entry.colon), edits.write.item(item, column + edits.write.list_step))
    else:
        raise SpliceError(f"{entry.name!r} is no list")


def _copied(value: Value) -> Value:
    """Return what was read, to be changed: what the reader gives is shared."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value
