"""Lineage as inline SVG, drawn when the site is built: boxes from left to right, in the colours of the page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

_WIDTH, _HEIGHT, _LINE = 156, 40, 16
_ACROSS, _DOWN = 36, 12
_BEND = 10
_MARGIN = 6
_LETTERS = 21
_BUNDLE = 4
_FITTING = 4


@dataclass(frozen=True, slots=True)
class Node:
    """A box: a key, the kind's name, the title, and the page it leads to.

    `missing` is something that nobody can name: its box is dashed.
    """

    key: str
    kind: str
    title: str
    href: str = ""
    current: bool = False
    count: int = 1
    missing: bool = False


def draw(
    nodes: Iterable[Node],
    flows: Iterable[tuple[str, str]],
    *,
    name: str,
    plurals: Mapping[str, str],
    gaps: Iterable[tuple[str, str]] = (),
    title: str = "",
) -> Markup:
    """Return a diagram.

    A flow that others already make is not drawn: data that flows into a feature of a model flows into the model.

    Args:
        nodes: In the order that decides where nothing else does.
        flows: From key to key.
        name: The ending of the ids inside the diagram, unique on the page.
        plurals: By kind, what several boxes drawn as one are called; a kind that is not here is never joined.
        gaps: The flows of which not all is known: they are dashed, and always drawn.
        title: What the drawing is called; empty: after the current box.
    """
    open_ = frozenset(gaps)
    boxes, edges, dashed = _bundled(list(nodes), sorted({*flows, *open_}), open_, plurals)
    if not boxes:
        return Markup()
    edges = _needed(edges, dashed)
    layers = _layers([box.key for box in boxes], edges)
    bends = _bends(edges, layers)
    steps = [step for edge in edges for step in pairwise((edge[0], *bends[edge], edge[1]))]
    places = [*((box.key, layers[box.key], box) for box in boxes), *_bend_places(bends, layers)]
    columns = _ordered(places, steps)
    at, width, height = _placed(columns)
    current = next((box for box in boxes if box.current), None)
    title = title or (f"Lineage of {current.title}" if current is not None else "Lineage")
    told = "; ".join(_told(boxes, edges)) or "Nothing flows into or out of it."
    wide = " handoff-lineage__svg--wide" if len(columns) > _FITTING else ""
    ending = escape(name)
    parts = [
        (
            f'<svg class="handoff-lineage__svg{wide}" role="img" aria-labelledby="handoff-lineage-title-{ending}" '
            f'aria-describedby="handoff-lineage-desc-{ending}" viewBox="0 0 {width:g} {height:g}" '
            f'width="{width:g}" height="{height:g}" xmlns="http://www.w3.org/2000/svg" '
            'xmlns:xlink="http://www.w3.org/1999/xlink">'
        ),
        f'<title id="handoff-lineage-title-{ending}">{escape(title)}</title>',
        f'<desc id="handoff-lineage-desc-{ending}">{escape(told)}</desc>',
    ]
    chosen = current.key if current is not None else ""
    parts += [
        _edge([at[key] for key in (edge[0], *bends[edge], edge[1])], strong=chosen in edge, dashed=edge in dashed)
        for edge in edges
    ]
    parts += [_box(box, at[box.key]) for column in columns for _, box in column if box is not None]
    parts.append("</svg>")
    return Markup("".join(parts))  # noqa: S704 - numbers of ours, and text escaped piece by piece


def _told(boxes: Sequence[Node], edges: Sequence[tuple[str, str]]) -> Iterable[str]:
    titles = {box.key: f"{box.kind} not known" if box.missing else box.title for box in boxes}
    into: dict[str, list[str]] = defaultdict(list)
    for source, target in edges:
        into[target].append(titles[source])
    return (f"{', '.join(into[box.key])} → {titles[box.key]}" for box in boxes if box.key in into)


def _rows(box: Node) -> list[str]:
    """Break a title into two lines at most."""
    words = box.title.split()
    first = ""
    while words and len(f"{first} {words[0]}".strip()) <= _LETTERS:
        first = f"{first} {words.pop(0)}".strip()
    if not first:
        return [_short(" ".join(words))]
    return [first, _short(" ".join(words))] if words else [first]


def _tall(box: Node | None) -> int:
    return _BEND if box is None else _HEIGHT + _LINE * (len(_rows(box)) - 1)


def _placed(
    columns: Sequence[Sequence[tuple[str, Node | None]]],
) -> tuple[dict[str, tuple[float, float, int]], float, float]:
    """Give every box and bend its left, its middle and its height; columns stand centred."""
    heights = [sum(_tall(box) + _DOWN for _, box in column) - _DOWN for column in columns]
    tallest = max(heights)
    at: dict[str, tuple[float, float, int]] = {}
    for number, column in enumerate(columns):
        top = _MARGIN + (tallest - heights[number]) / 2
        for key, box in column:
            at[key] = (_MARGIN + number * (_WIDTH + _ACROSS), top + _tall(box) / 2, _tall(box))
            top += _tall(box) + _DOWN
    return at, len(columns) * (_WIDTH + _ACROSS) - _ACROSS + 2 * _MARGIN, tallest + 2 * _MARGIN


def _box(box: Node, at: tuple[float, float, int]) -> str:
    x, middle, height = at
    y = middle - height / 2
    state = " handoff-node--current" if box.current else " handoff-node--missing" if box.missing else ""
    kind = escape(box.kind)
    size = f'width="{_WIDTH}" height="{height}" rx="3"'
    under = f'<rect x="{x + 4:g}" y="{y + 4:g}" {size}/>' if box.count > 1 else ""
    title = "".join(
        f'<text class="handoff-node__title" x="{x + 10:g}" y="{y + 31 + row * _LINE:g}">{escape(text)}</text>'
        for row, text in enumerate(_rows(box))
    )
    inner = (
        f'<g class="handoff-node{state}"><title>{kind}: {escape(box.title)}</title>{under}'
        f'<rect x="{x:g}" y="{y:g}" {size}/>'
        f'<text class="handoff-node__kind" x="{x + 10:g}" y="{y + 15:g}">{kind}</text>{title}</g>'
    )
    # Material's instant navigation writes to any `href`, and stops at an SVG link's, which cannot be written.
    return inner if box.current or not box.href else f'<a xlink:href="{escape(box.href)}">{inner}</a>'


def _edge(points: Sequence[tuple[float, float, int]], *, strong: bool, dashed: bool = False) -> str:
    """Draw a flow from the right side of a box, straight through its bends, to the left side of another."""
    path = f"M{points[0][0] + _WIDTH:g} {points[0][1]:g}"
    for (x1, y1, _), (x2, y2, _) in pairwise(points):
        end = x2 - (5 if (x2, y2) == points[-1][:2] else 0)
        bend = max((x2 - x1 - _WIDTH) / 2, _ACROSS / 2)
        path += f"C{x1 + _WIDTH + bend:g} {y1:g} {end - bend:g} {y2:g} {end:g} {y2:g}"
        path += f"H{x2 + _WIDTH:g}" if (x2, y2) != points[-1][:2] else ""
    state = (" handoff-edge--near" if strong else "") + (" handoff-edge--missing" if dashed else "")
    return f'<path class="handoff-edge{state}" d="{path}m-4-4 4 4-4 4"/>'


def _short(title: str) -> str:
    return title if len(title) <= _LETTERS else title[: _LETTERS - 1].rstrip() + "…"


def _needed(edges: Sequence[tuple[str, str]], kept: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave out the flows that a longer way already shows, but for some."""
    out_of: dict[str, list[str]] = defaultdict(list)
    for source, target in edges:
        out_of[source].append(target)
    return [one for one in edges if one in kept or not _roundabout(*one, out_of)]


def _roundabout(source: str, target: str, out_of: Mapping[str, list[str]]) -> bool:
    seen = {source, target}
    waiting = [one for one in out_of[source] if one != target]
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        following = out_of.get(here, ())
        if target in following:
            return True
        waiting.extend(following)
    return False


def _bends(edges: Sequence[tuple[str, str]], layers: Mapping[str, int]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Give a flow that passes columns a place in each of them, so that it passes between boxes."""
    return {
        (source, target): tuple(f"{source} {target} {layer}" for layer in range(layers[source] + 1, layers[target]))
        for source, target in edges
    }


def _bend_places(
    bends: Mapping[tuple[str, str], tuple[str, ...]], layers: Mapping[str, int]
) -> Iterator[tuple[str, int, None]]:
    for (source, _), keys in bends.items():
        yield from ((key, layers[source] + number, None) for number, key in enumerate(keys, 1))


def _bundled(
    nodes: list[Node], flows: list[tuple[str, str]], gaps: Collection[tuple[str, str]], plurals: Mapping[str, str]
) -> tuple[list[Node], list[tuple[str, str]], set[tuple[str, str]]]:
    """Draw many boxes of a kind with the same neighbours as one: ten features of one model are one fact."""
    into: dict[str, set[str]] = defaultdict(set)
    out_of: dict[str, set[str]] = defaultdict(set)
    for source, target in flows:
        into[target].add(source)
        out_of[source].add(target)
    open_: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for source, target in gaps:
        open_[source].add(("", target))
        open_[target].add((source, ""))
    alike: dict[tuple[str, frozenset[str], frozenset[str], frozenset[tuple[str, str]]], list[Node]] = defaultdict(list)
    for node in nodes:
        if not node.current and node.kind in plurals:
            near = (frozenset(into[node.key]), frozenset(out_of[node.key]), frozenset(open_[node.key]))
            alike[node.kind, *near].append(node)
    joined: dict[str, Node] = {}
    for group in alike.values():
        if len(group) >= _BUNDLE:
            many = replace(group[0], title=f"{len(group)} {plurals[group[0].kind].lower()}", href="", count=len(group))
            joined.update((node.key, many) for node in group)
    boxes = list(dict.fromkeys(joined.get(node.key, node) for node in nodes))
    keys = {node.key: joined[node.key].key if node.key in joined else node.key for node in nodes}
    ends = {one: (keys[one[0]], keys[one[1]]) for one in flows if one[0] in keys and one[1] in keys}
    return boxes, sorted(set(ends.values())), {ends[one] for one in gaps if one in ends}


def _layers(keys: Sequence[str], edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Put each box as far right as its longest way from the left; what closes a circle is not followed."""
    into: dict[str, list[str]] = defaultdict(list)
    for source, target in edges:
        into[target].append(source)
    depth: dict[str, int] = {}
    for first in keys:
        stack: list[tuple[str, int]] = [(first, 0)]
        open_: set[str] = set()
        while stack:
            key, step = stack.pop()
            if key in depth:
                continue
            open_.add(key)
            waiting = next((one for one in into[key][step:] if one not in depth and one not in open_), None)
            if waiting is not None:
                stack += [(key, into[key].index(waiting) + 1), (waiting, 0)]
                continue
            depth[key] = max((depth[one] + 1 for one in into[key] if one in depth), default=0)
            open_.discard(key)
    return _pulled(depth, edges)


def _pulled(depth: dict[str, int], edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Pull what nothing flows into up to what it flows into, so that its arrow is short."""
    targets = {target for _, target in edges}
    out_of: dict[str, list[int]] = defaultdict(list)
    for source, target in edges:
        out_of[source].append(depth[target])
    return {
        key: max(min(out_of[key]) - 1, 0) if key not in targets and out_of[key] else layer
        for key, layer in depth.items()
    }


def _ordered(
    places: Sequence[tuple[str, int, Node | None]], steps: Sequence[tuple[str, str]]
) -> list[list[tuple[str, Node | None]]]:
    """Order each column by the middle of its neighbours, twice to and fro."""
    used = sorted({layer for _, layer, _ in places})
    columns = [[(key, box) for key, at, box in places if at == layer] for layer in used]
    near: dict[str, list[str]] = defaultdict(list)
    for source, target in steps:
        near[source].append(target)
        near[target].append(source)
    place = {key: float(row) for column in columns for row, (key, _) in enumerate(column)}
    for sweep in range(4):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            middle = {key: _mean([place[one] for one in near[key]], place[key]) for key, _ in column}
            column.sort(key=lambda item: (middle[item[0]], place[item[0]]))
            shift = (len(column) - 1) / 2
            place.update((key, row - shift) for row, (key, _) in enumerate(column))
    return columns


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
