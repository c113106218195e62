"""Every value is untrusted plain text, wherever it stands."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_handoff import resources
from mkdocs_handoff.pages.html.markup import plain
from tests.pages.rendered import Outline

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pages.rendered import Rendered

NASTY = (
    """<script>alert(1)</script> "double" 'single' & &lt; ]] [[ {{ 7*7 }} {% raw %} <!--handoff-prose--> --> </h2>"""
)
KINDS = (
    "model",
    "dataset",
    "feature",
    "pipeline",
    "evaluation",
    "decision",
    "term",
    "playbook",
    "handoff",
    "team",
    "person",
)
FORBIDDEN = {"script", "iframe", "object", "embed", "style", "form", "base", "meta"}


def nasty(schema: dict[str, Any], shared: dict[str, Any], depth: int = 0) -> Any:
    """Return a value that a schema may or may not like: every string in it is nasty."""
    if "$ref" in schema:
        named = schema["$ref"].rpartition("/")[2]
        schema = {**shared[named], **{key: value for key, value in schema.items() if key != "$ref"}}
        if "$ref" in schema:
            return nasty(schema, shared, depth)
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    for branch in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        more = branch.get("type", [])
        types = [*types, *([more] if isinstance(more, str) else more)]
    if depth < 5:
        if "array" in types and isinstance(schema.get("items"), dict):
            one = nasty(schema["items"], shared, depth + 1)
            return [one, one]
        if "object" in types and schema.get("properties"):
            return {key: nasty(value, shared, depth + 1) for key, value in schema["properties"].items()}
        if "object" in types:
            return {f"key {NASTY}": NASTY, "plain": [NASTY, {"deep": NASTY}]}
    return NASTY


def record(kind: str) -> str:
    folder = resources.folder("schemas")
    shared = json.loads((folder / "common.schema.json").read_text(encoding="utf-8"))["$defs"]
    schema = json.loads((folder / f"{kind}.schema.json").read_text(encoding="utf-8"))
    shared = {**shared, **schema.get("$defs", {})}
    fields = {name: nasty(shape, shared) for name, shape in schema["properties"].items()}
    for name in ("id", "kind", "lifecycle", "namespace", "level", "apiVersion", "metadata", "spec"):
        fields.pop(name, None)
    return json.dumps({**fields, "kind": kind, "id": "x", f"own {NASTY}": NASTY})


@pytest.mark.parametrize("kind", KINDS)
def test_no_value_becomes_html(kind: str, render: Callable[..., Rendered]) -> None:
    folder = {"person": "people", "term": "glossary"}.get(kind, kind + "s")
    rendered = render({f"{folder}/x.md": f"---\n{record(kind)}\n---\n"})
    for page in rendered.pages():
        for html in (page.before, page.after, page.search):
            outline = Outline(html)
            assert not outline.tags & FORBIDDEN, page.src_uri
            assert not outline.events
            assert not outline.crossed
            assert not outline.open
            assert "<script" not in html
    text = Outline(rendered.html(f"{kind}:x")).text
    assert "<script>alert(1)</script>" in text
    assert "{{ 7*7 }}" in text
    assert "&lt;!--handoff-prose--&gt;" in rendered.html(f"{kind}:x")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
    ],
)
def test_addresses_that_run_are_text(url: str, render: Callable[..., Rendered]) -> None:
    model = {
        "title": "M",
        "description": f"[click]({url}) <{url}> ![image]({url})",
        "links": [{"url": url, "title": "evil"}, url],
        "deployments": [{"where": "here", "url": url}],
        "base_model": url,
        "repo": url,
        "support": [{"channel": "c", "url": url}],
    }
    rendered = render({"models/m.yml": json.dumps(model)})
    for page in rendered.pages():
        for href in Outline(page.before + page.after).hrefs:
            cleaned = "".join(href.split()).lower()
            assert not cleaned.startswith(("javascript:", "data:", "vbscript:")), href


def test_markdown_of_fields_holds_no_html_and_loads_nothing(render: Callable[..., Rendered]) -> None:
    text = "<b>bold</b> <img src=x onerror=alert(1)>\n\n<div>block</div>\n\n# Heading\n\n"
    text += "![far](https://elsewhere.example/x.png)\n"
    outline = Outline(render({"models/m.yml": json.dumps({"title": "M", "description": text})}).html("model:m"))
    assert "img" not in outline.tags
    assert "<b>bold</b>" in outline.text
    assert outline.headings.count(1) == 1
    assert "https://elsewhere.example/x.png" in outline.hrefs


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One <!-- no\none --> two.", "One two."),
        ("One `<!-- code -->` two <!-- no -->.", "One <!-- code --> two ."),
        ("One <!-- two.", "One <!-- two."),
        ("<!-- no -->One `<!--` two <!-- three.", "One <!-- two <!-- three."),
    ],
)
def test_comments_in_fields_are_not_shown(text: str, words: str) -> None:
    assert plain(text) == words


def test_comments_that_are_never_closed_cost_little_time() -> None:
    before = time.process_time()
    plain("One <!-- " * 10_000)
    assert time.process_time() - before < 1


def test_a_value_cannot_move_the_prose(render: Callable[..., Rendered]) -> None:
    page = render(
        {"models/m.md": '---\ntitle: M\ntradeoffs: "<!--handoff-prose-->"\nlimitations: after\n---\n\nThe prose.\n'}
    ).page("model:m")
    assert "&lt;!--handoff-prose--&gt;" in page.before
    assert "<!--" not in page.before + page.after


def test_templates_are_in_a_sandbox(render: Callable[..., Rendered]) -> None:
    for attempt in (
        "page.__class__.__mro__",
        "page.entries.__class__",
        "inline.__globals__",
        "''.__class__.__subclasses__()",
    ):
        rendered = render(
            {"models/m.yml": "title: M\n", "templates/pages/model.html": "<h1>{{ " + attempt + " }}</h1>"}
        )
        with pytest.raises(Exception, match=r"unsafe|undefined|access"):
            rendered.page("model:m")


def test_own_templates_escape_as_ours_do(render: Callable[..., Rendered]) -> None:
    own = '{% extends "handoff/record.html" %}{% block top %}<p>{{ page.title }}</p>{% endblock %}'
    html = render({"models/m.yml": "title: <script>x</script>\n", "templates/pages/model.html": own}).html("model:m")
    assert "<p>&lt;script&gt;x&lt;/script&gt;</p>" in html
    assert "<script>" not in html
