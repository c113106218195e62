"""What stands on a record's page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from mkdocs_handoff.pages.sitemap import url_of
from tests.builders import words
from tests.pages.rendered import Outline, Rendered

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(__file__).parents[2] / "sample_project"
WIDGET = {
    "title": "Widget",
    "x-plural": "Widgets",
    "x-globs": ["widgets/*.yml", "widgets/*.md"],
    "x-order": 55,
    "x-facts": ["colour", "maker"],
    "x-summary": ["colour"],
    "x-groups": [{"title": "Lineage", "description": "All of it", "fields": ["parts", "story"]}],
    "type": "object",
    "properties": {
        "title": {"type": "string", "title": "Title"},
        "colour": {"type": "string", "title": "Colour", "enum": ["red", "green"]},
        "maker": {
            "type": "string",
            "title": "Maker",
            "x-reference": {"to": ["team"], "relation": "is made by", "inverse": "makes"},
        },
        "weight": {"type": "number", "title": "Weight", "x-unit": "kg"},
        "secret": {"type": "string", "title": "Secret", "x-hidden": True},
        "story": {"type": "string", "title": "Story", "x-format": "markdown"},
        "parts": {
            "type": "array",
            "title": "Parts",
            "items": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "title": "Name"},
                    "count": {"type": "integer", "title": "Count"},
                    "note": {"type": "string", "title": "Note"},
                },
            },
        },
    },
}


def widget(record: str, **files: str) -> dict[str, str]:
    return {
        "schemas/widget.schema.json": json.dumps(WIDGET),
        "widgets/w.yml": record,
        "teams/t.yml": "title: Tee\n",
        **files,
    }


def test_an_own_kind_needs_no_template(render: Callable[..., Rendered]) -> None:
    rendered = render(
        widget(
            "title: W\ncolour: red\nmaker: t\nweight: 2.50\nsecret: hush\nmine: yes\n"
            "story: '*so* it [is](https://x.example)'\n"
            "parts:\n  - {name: bolt, count: 3}\n  - {name: nut, count: 4}\n"
        )
    )
    page = rendered.page("widget:w")
    html = page.before + page.after
    assert '<a class="handoff-ref" href="../../teams/t/" title="Team: Tee">Tee</a>' in html
    assert '<span class="handoff-number">2.5</span>\u00a0kg' in html
    assert "<em>so</em>" in html
    assert "hush" not in html
    assert "mine" in html
    assert '<th scope="col">Name</th><th scope="col" class="handoff-right">Count</th>' in html
    assert ">Note<" not in html
    assert '<span class="handoff-chip">red</span>' in html
    assert "makes" in rendered.html("team:t")


def test_a_group_named_like_our_section_gets_an_id_of_its_own(render: Callable[..., Rendered]) -> None:
    page = render(widget("title: W\nstory: x\n")).page("widget:w")
    assert "handoff-lineage-2" in page.anchors
    assert next(heading.title for heading in page.contents_after + page.contents_before) == "Lineage"


def test_gaps_are_shown_where_the_value_would_stand_and_listed(render: Callable[..., Rendered]) -> None:
    files = {
        "models/m.yml": "title: M\nlimitations: {unknown: asked Ann}\nintended_use:\n  primary_uses: a\n"
        "  primary_users: {not-applicable: nobody yet}\n"
    }
    html = render(files).html("model:m")
    assert '<span class="handoff-gap__lead">Not known</span>: asked Ann' in html
    assert '<span class="handoff-gap__lead">Does not apply</span>: nobody yet' in html
    assert '<a href="#handoff-gaps">2 stated gaps</a>' in html
    assert '<span class="handoff-gap__lead">not known</span>: asked Ann' in html


def test_computed_values_say_where_they_come_from(render: Callable[..., Rendered]) -> None:
    files = {
        "r.json": '{"size": 0.25}',
        "models/m.yml": 'title: M\ndecision_thresholds:\n  - {metric: score, value: {from: "r.json#/size"}}\n',
    }
    html = render(files).html("model:m")
    assert 'title="computed from r.json#/size"' in html
    assert (
        '<th scope="row">Decision thresholds 1, Value</th><td>computed</td><td><code>r.json#/size</code></td>' in html
    )


def test_a_title_below_a_comment_stands_there_once(render: Callable[..., Rendered]) -> None:
    page = render({"models/m.md": "\n<!-- A draft.\n\n# No -->\n# M\n\nText.\n"}).page("model:m")
    assert page.prose == "\n<!-- A draft.\n\n# No -->\n\nText.\n"


@pytest.mark.parametrize("note", ["> In another language: [here](x.ru.md).\n> Or not.\n\n", "// made by a tool\n\n"])
def test_a_title_below_a_note_stands_there_once(render: Callable[..., Rendered], note: str) -> None:
    page = render({"models/m.md": f"{note}# M\n\nText.\n"}).page("model:m")
    assert (page.title, page.prose) == ("M", f"{note}\nText.\n")


def test_a_section_that_is_no_title_keeps_its_heading(render: Callable[..., Rendered]) -> None:
    text = "# **Model Details**\n\nOne.\n\n# **Intended Use**\n\nTwo.\n"
    page = render(
        {"models/llama/MODEL_CARD.md": text, "handoff.yml": "records:\n  model: models/*/MODEL_CARD.md\n"}
    ).page("model:llama")
    assert (page.title, page.prose) == ("Llama", text)


def test_what_the_prose_shows_is_not_shown_twice(render: Callable[..., Rendered]) -> None:
    text = "# M\n\nThe first paragraph.\n\n## Limitations\n\nIt fails at night.\n"
    page = render({"models/m.md": text}).page("model:m")
    assert page.before.count("The first paragraph.") == 1, "under the title, since the prose stands far below"
    assert page.before.endswith('<h2 id="handoff-text">In its own words</h2>'), "it belongs to no section above it"
    assert "The first paragraph." not in page.after
    assert "It fails at night." not in page.before + page.after
    assert "in the text, under “Limitations”" in page.before
    assert page.prose == "\nThe first paragraph.\n\n## Limitations\n\nIt fails at night.\n"
    assert page.meta["description"] == "The first paragraph."
    assert "The first paragraph." in page.search


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        ("models/m.md", "# M\n\n## Limitations\n\nNone.\n", "model:m"),
        ("models/m.md", "# M\n\n<!-- Say it. -->\n\n## Limitations\n\nNone.\n", "model:m"),
        ("models/m.md", "# Model details\n\nThe one.\n", "model:m"),
        ("teams/t.md", "# T\n\nThe first paragraph.\n", "team:t"),
        ("decisions/0001-d.md", "# D\n\nThe first paragraph.\n\n## Context\n\nx\n", "decision:0001-d"),
    ],
)
def test_prose_without_need_gets_no_heading(render: Callable[..., Rendered], path: str, text: str, name: str) -> None:
    page = render({path: text}).page(name)
    assert "In its own words" not in page.before + page.after
    assert "The first paragraph." not in page.before + page.after, "it stands right below"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("## Uses\n\n### Direct Use\n\nAll *good* calls.\n\n### Out-of-Scope Use\n\nPricing.\n", "All good calls."),
        ("## Uses\n\n### Out-of-Scope Use\n\nPricing.\n\n### Downstream Use\n\nRanking.\n", "Ranking."),
        ("## Intended uses\n\nCalls.\n", "Calls."),
        ("## Uses\n\n<!-- Say it. -->\n\n### Direct Use\n\n<!-- So. -->\n\nCalls.\n", 'glance__value">Calls.'),
        ("## Uses\n\n<!-- Say it. -->\n\n### Direct Use\n\n<!-- So. -->\n\nTODO\n", "No use is stated."),
        ("## Uses\n\n- Find who leaves\n- Ask them.\n- Learn\n\nAll.\n", "Find who leaves; Ask them. Learn; All."),
    ],
)  # fmt: skip
def test_what_a_model_is_for_stands_at_the_top(render: Callable[..., Rendered], body: str, told: str) -> None:
    html = render({"models/m.md": f"# M\n\n{body}"}).page("model:m").before
    card = html[html.index("What it is for") : html.index("Who answers for it")]
    assert told in card
    assert "Pricing" not in card


def test_a_mapping_alone_in_its_section_keeps_its_name(render: Callable[..., Rendered]) -> None:
    card = "---\nlicense: mit\nmy_block: {a: 1, b: 2}\nintended_use: {primary_uses: Calls.}\n---\n# M\n"
    text = words(render({"models/m.md": card}).html("model:m"))
    assert "my_block a 1 b 2" in text
    assert "Intended use" not in text, "the section says it already"


def test_the_prose_keeps_its_bytes(render: Callable[..., Rendered]) -> None:
    for body, left in (
        ("\n\n# T\n\nx  \n\ty\n", "\nx  \n\ty\n"),
        ("T\n===\nx\n", "x\n"),
        ("intro\n\n# T\nx", "intro\n\n# T\nx"),
        ("## T\n\nx", "## T\n\nx"),
        ("#T\n", "#T\n"),
        ("\n    # code\n", "\n    # code\n"),
    ):
        page = render({"models/m.md": f"---\ntitle: M\n---\n{body}"}).page("model:m")
        assert page.prose == left, body


def test_decisions_stand_before_their_fields(render: Callable[..., Rendered]) -> None:
    page = render({"decisions/0001-a.md": "---\nstatus: accepted\naffects: [x]\n---\n# A\n\nWhy.\n"}).page(
        "decision:0001-a"
    )
    assert "<h1>A</h1>" in page.before
    assert "accepted" in page.before
    assert "What it affects" in page.after


def test_references_say_what_they_lead_to(render: Callable[..., Rendered]) -> None:
    files = {
        "models/m.yml": "title: M\nowners: [team:ghosts]\nbase_model: bert/base\n"
        "training_data:\n  - {ref: d, version: '2', split: train}\n"
        "decisions: [nope]\n",
        "datasets/d.yml": "title: Dee\nversions: []\nversion: '2'\n",
    }
    html = render(files).html("model:m")
    assert 'href="https://huggingface.co/bert/base"' in html
    assert 'href="../../wanted/#handoff-wanted-decision~nope"' in html
    assert 'href="../../datasets/d/#handoff-version-2"' in html
    assert "handoff-ref--wanted" in html


def test_versions_have_the_ids_that_references_lead_to(render: Callable[..., Rendered]) -> None:
    files = {
        "models/m.yml": "title: M\nversions:\n  - {version: 1.10, stage: production}\n"
        "  - {version: '1.10'}\n  - {version: 2.0 beta}\n"
    }
    page = render(files).page("model:m")
    assert {"handoff-version-1.10", "handoff-version-2.0-beta"} <= page.anchors


def test_a_model_says_how_good_it_is(render: Callable[..., Rendered]) -> None:
    files = {
        "models/m.yml": "title: M\nversions: [{version: '2', stage: production}, {version: '1', stage: retired}]\n",
        "evaluations/old.yml": "title: Old\nmodel: m@1\ndate: 2026-05-01\nmetrics: [{type: auc, value: 0.11}]\n",
        "evaluations/new.yml": "title: New\nmodel: m@2\ndate: 2026-01-01\n"
        "metrics:\n  - {type: auc, value: 0.98, threshold: 0.9, higher_is_better: true}\n"
        "  - {type: auc, slice: night, value: 0.5}\n",
    }
    page = render(files).page("model:m")
    glance = page.before[: page.before.index('class="handoff-section"')]
    assert "0.98" in glance
    assert "0.11" not in glance
    assert ">met<" in glance
    assert "0.11" in page.before
    assert "night" in page.before


def test_a_card_of_a_hub_shows_its_own_figures(render: Callable[..., Rendered]) -> None:
    card = (
        "---\nmodel-index:\n- name: m\n  results:\n  - task: {type: x}\n"
        "    dataset: {name: Imdb, type: imdb, split: test}\n"
        "    metrics:\n    - {type: accuracy, value: 0.87}\n---\n# M\n\nA model.\n"
    )
    html = render({"models/m/README.md": card}).html("model:m")
    assert "Stated by this card" in html
    assert "0.87" in html
    assert "Imdb test" in html


def test_what_is_measured_of_several_models_says_of_which(render: Callable[..., Rendered]) -> None:
    result = "dataset: {name: Imdb, type: imdb}\n    metrics: [{type: accuracy, value: %s}]\n"
    card = "---\nmodel-index:\n- name: A one\n  results:\n  - %s- name: A two\n  results:\n  - %s---\n# M\n"
    figures = ("0.87", "{en: 3.1, de: [4.2, 5]}")
    rendered = render({"models/m/README.md": card % tuple(result % one for one in figures)})
    html = rendered.html("model:m")
    assert "model: A one" in html
    assert "model: A two" in html
    assert "en 3.1, de 4.2, de 5" in html
    (record,) = rendered.project.catalog.records.values()
    assert record.aliases == ("a-one", "a-two")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("## Performance\n\nHalf of them.\n", "in the text, under “Performance”"),
        ("## 6. Model Performance\n\nHalf of them.\n", "in the text, under “6. Model Performance”"),
        ("## Final test metrics at 0.4\n\n| auc |\n|---|\n| 0.9 |\n", "in the text, under “Final test metrics at 0.4”"),
        ("## Performance tips\n\nUse 2 cores.\n", "No evaluation is written down."),
        ("## Evaluation\n\n[More Information Needed]\n", "No evaluation is written down."),
        ("## Usage\n\n| a |\n|---|\n| 1 |\n", "No evaluation is written down."),
    ],
)
def test_figures_in_the_text_are_pointed_to(render: Callable[..., Rendered], body: str, told: str) -> None:
    html = render({"models/m/README.md": f"---\nlicense: mit\n---\n# M\n\n{body}"}).page("model:m").before
    assert told in html[html.index("How good it is") :]


def test_emissions_have_their_unit(render: Callable[..., Rendered]) -> None:
    for written, shown in (
        ("250", "250</span>\u00a0g CO2eq"),
        ("{emissions: 250, source: counted}", "250\u00a0g CO2eq"),
        ("{emissions: 2.5 kg}", "2.5 kg<"),
    ):
        html = render({"models/m/README.md": f"---\nco2_eq_emissions: {written}\n---\n# M\n"}).html("model:m")
        assert shown in html


def test_terms_link_once_and_never_to_themselves(render: Callable[..., Rendered]) -> None:
    files = {
        "glossary.yml": "terms:\n  - {id: auc, title: AUC, definition: An AUC is an area. See recall.}\n"
        "  - {id: recall, title: Recall, definition: A part.}\n",
        "models/m.yml": "title: M\ndescription: Good recall, and recall again.\n",
    }
    rendered = render(files)
    assert rendered.html("model:m").count('class="handoff-term"') == 1
    assert 'class="handoff-term" href="../recall/">recall</a>' in rendered.html("term:auc")


def test_findings_of_a_record_stand_on_its_page(render: Callable[..., Rendered]) -> None:
    html = render({"models/m.yml": "title: M\nlimitation: x\n"}).html("model:m")
    assert "field/unknown" in html
    assert "models/m.yml:2:1" in html
    assert "#handoff-findings" in html


def test_links_follow_the_builders_form_of_addresses(render: Callable[..., Rendered]) -> None:
    files = {
        "models/m.yml": "title: M\nowners: t\ndescription: 'See [t](../teams/t.yml) and [[team:t]].'\n",
        "teams/t.yml": "title: T\n",
    }
    html = render(files, directory_urls=False).html("model:m")
    assert html.count('href="../teams/t.html"') >= 3
    assert '.yml"' not in html


def test_every_page_is_well_formed_and_leads_somewhere() -> None:
    rendered = Rendered(SAMPLE)
    anchors = {url_of(page.src_uri, directory_urls=True): page.anchors for page in rendered.pages()}
    for page in rendered.pages():
        html = page.before + page.after
        outline = Outline(html)
        assert not outline.crossed, page.src_uri
        assert not outline.open, page.src_uri
        assert outline.headings.count(1) == 1, page.src_uri
        assert outline.headings[0] == 1
        assert all(low <= high + 1 for high, low in zip(outline.headings, outline.headings[1:], strict=False)), (
            page.src_uri
        )
        assert len(outline.ids) == len(set(outline.ids)), page.src_uri
        assert set(outline.ids) == page.anchors
        assert all(name.startswith("handoff-") for name in outline.ids)
        contents = [heading.anchor for heading in (*page.contents_before, *page.contents_after)]
        assert len(contents) == len(set(contents))
        assert set(contents) <= page.anchors
        assert 'id="' not in page.prose
        for href in outline.hrefs:
            parts = urlsplit(urljoin("https://site.example/" + url_of(page.src_uri, directory_urls=True), href))
            if parts.netloc == "site.example" and parts.path.startswith("/handoff/"):
                target = unquote(parts.path[1:])
                assert target in anchors, (page.src_uri, href)
                assert not parts.fragment or unquote(parts.fragment) in anchors[target], (page.src_uri, href)


def test_pages_do_not_depend_on_the_order_of_sets(tmp_path: Path) -> None:
    script = (
        "import hashlib, sys\nfrom pathlib import Path\nfrom tests.pages.rendered import Rendered\n"
        "print(hashlib.sha256(repr([(p.src_uri, p.before, p.prose, p.after, p.search, sorted(p.anchors), dict(p.meta)) "
        "for p in Rendered(Path(sys.argv[1])).pages()]).encode()).hexdigest())\n"
    )
    seen = set()
    for seed in ("0", "1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "UTC" if seed == "0" else "Asia/Tokyo"}
        command = [sys.executable, "-c", script, str(SAMPLE)]
        seen.add(subprocess.run(command, env=environment, cwd=SAMPLE.parent, capture_output=True, check=True).stdout)
    assert len(seen) == 1


TERM = "---\ntitle: {0}\nid: {0}\nshort_description: >\n  {1}\n---\n {1} {2}\n"


def test_words_of_kubernetes_shortcodes_are_read(render: Callable[..., Rendered]) -> None:
    tooltip = '{{< glossary_tooltip text="nodes" term_id="node" >}} and {{< glossary_tooltip term_id="big-node" >}}.'
    pages = render(
        {"glossary/pod.md": TERM.format("pod", "Runs.", tooltip), "glossary/node.md": TERM.format("node", "It.", "")}
    )
    page = pages.page("term:pod")
    assert page.prose.strip() == "Runs. nodes and big node."
    assert "Short description" not in page.before, "the meaning says it"
    assert "glossary_tooltip" not in page.search


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("It gets:\n- a\n- b\n", "It gets:\n\n- a\n- b\n"),
        ("It gets:\n1. a\n2. b\n", "It gets:\n\n1. a\n2. b\n"),
        ("# T\nIt gets\nthese:\n* a\n", "It gets\nthese:\n\n* a\n"),
        ("- a\n  more\n- b\nlazy\n- c\n", "- a\n  more\n- b\nlazy\n- c\n"),
        ("Text.\n---\nmore\n", "Text.\n---\nmore\n"),
        ("Text:\n2. no list\n", "Text:\n2. no list\n"),
        ("```\nx:\n- a\n```\n", "```\nx:\n- a\n```\n"),
        ("| a |\n|---|\n- b\n", "| a |\n|---|\n- b\n"),
        ("    code:\n- a\n", "    code:\n- a\n"),
    ],
)
def test_a_list_right_below_a_paragraph_is_a_list(render: Callable[..., Rendered], written: str, shown: str) -> None:
    page = render({"models/m.md": f"---\nlicense: mit\n---\n{written}"}).page("model:m")
    assert page.prose == shown
    own = render({"models/m.md": f"---\ntitle: Own\nowners: [a]\n---\n{written}"}).page("model:m")
    assert own.prose == written.removeprefix("# T\n"), "a file of ours is written for the builder"
