"""One scalar of a YAML text in another's place: where its characters stand, and what comes there instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs_handoff.text import extents, scalars
from mkdocs_handoff.text.yaml import _nodes as composed

if TYPE_CHECKING:
    from mkdocs_handoff.text.yaml import Path

_QUOTES = ("", "'", '"')


class Swap(NamedTuple):
    """Characters of one line to be replaced; line and column count from 1."""

    line: int
    column: int
    old: str
    new: str


def swap(text: str, document: int, path: Path, was: str, new: str, *, key: bool = False) -> Swap | None:
    r"""Return how a scalar is given another text, with its quotes kept.

    Args:
        text: YAML with `\n` line ends.
        document: Which of its documents, from 0.
        path: Where the value stands.
        was: What the scalar must say now.
        new: What it is to say.
        key: The key that names the value is meant, and not the value.

    Returns:
        None where that is not one scalar on one line that is written there and nowhere else: an alias, an anchor, a
        merged mapping, a block of text; or where the mapping has the new key already.
    """
    found = _scalar(text, document, path, new if key else None)
    if found is None:
        return None
    node, flow = found
    begin, end, style = node.start_mark.index, node.end_mark.index, getattr(node, "style", None) or ""
    old = text[begin:end]
    if not old or style not in _QUOTES or str(node.value) != was or "\n" in old or old[:1] != (style or was[:1]):
        return None
    try:
        made = scalars.key(new, style, flow=flow) if key else scalars.written(new, style, flow=flow)
    except ValueError:
        return None
    return Swap(node.start_mark.line + 1, node.start_mark.column + 1, old, made)


def _scalar(text: str, document: int, path: Path, new_key: str | None) -> tuple[Any, bool] | None:
    """Return the scalar at a path (its key where a new one is given), and whether it stands in brackets."""
    nodes = composed(text)
    if document >= len(nodes) or not path:
        return None
    node: Any = nodes[document]
    flow = False
    for number, step in enumerate(path):
        last = number == len(path) - 1
        if extents.is_scalar(node):
            # One value, where the schema allows a list of them.
            return (node, flow) if step == 0 and last and new_key is None else None
        if isinstance(step, int) and extents.is_mapping(node):
            if step:
                return None
            continue
        flow = flow or bool(node.flow_style)
        pair = _inner(node, step)
        if pair is None or pair[1].start_mark.index < node.start_mark.index:
            return None
        if last and new_key is not None:
            taken = any(extents.is_scalar(one) and one.value == new_key for one, _ in node.value)
            return None if taken else (pair[0], flow)
        node = pair[1]
    return (node, flow) if extents.is_scalar(node) else None


def _inner(node: Any, step: str | int) -> tuple[Any, Any] | None:
    if isinstance(step, int):
        fits = extents.is_sequence(node) and step < len(node.value)
        return (None, node.value[step]) if fits else None
    if not extents.is_mapping(node):
        return None
    found = [pair for pair in node.value if extents.is_scalar(pair[0]) and pair[0].value == step]
    return found[0] if len(found) == 1 else None
