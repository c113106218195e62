"""Lineage as SVG."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from mkdocs_handoff.pages.diagrams import Node, draw


def nodes(*keys: str) -> list[Node]:
    return [Node(key, "Thing", f'<{key}> & "{key}"', f"../{key}/") for key in keys]


def lefts(svg: str) -> dict[str, float]:
    root = ET.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    return {
        group.find(f"{space}title").text.split("<")[1].split(">")[0]: float(group.find(f"{space}rect").get("x"))  # type: ignore[union-attr, arg-type]
        for group in root.iter(f"{space}g")
    }


def test_flows_run_from_left_to_right() -> None:
    svg = draw(nodes("c", "b", "a", "d"), [("a", "b"), ("b", "c"), ("d", "c"), ("a", "c")], name="1", plurals={})
    at = lefts(svg)
    assert at["a"] < at["b"] < at["c"]
    assert at["d"] == at["b"]
    assert svg.count("<path") == 3  # a to c goes through b


def test_circles_end() -> None:
    svg = draw(nodes("a", "b", "c"), [("a", "b"), ("b", "c"), ("c", "a"), ("a", "a")], name="1", plurals={})
    assert len(lefts(svg)) == 3


def test_many_alike_are_one_box() -> None:
    many = [Node(f"f{number}", "Feature", f"F {number}") for number in range(9)]
    flows = [(node.key, "m") for node in many]
    svg = draw([*many, Node("m", "Model", "M", current=True)], flows, name="1", plurals={"Feature": "Features"})
    assert "9 features" in svg
    assert svg.count("<path") == 1


def test_it_is_told_in_words() -> None:
    svg = draw(nodes("a", "b"), [("a", "b")], name="x", plurals={})
    assert 'role="img"' in svg
    assert re.search(r"<desc id=\"handoff-lineage-desc-x\">.*→", svg)


def test_wide_graphs_are_drawn_quickly() -> None:
    keys = [f"n{number}" for number in range(40)]
    flows = [(a, b) for i, a in enumerate(keys) for b in keys[i + 1 :]]
    assert draw(nodes(*keys), flows, name="1", plurals={}).count("<path") == 39
