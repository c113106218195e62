"""Indexes, reports, and files that could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pages.rendered import Outline

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pages.rendered import Rendered


def test_an_empty_project_has_a_home(render: Callable[..., Rendered]) -> None:
    pages = render({"README.md": "x"}).pages()
    assert next(page.src_uri for page in pages) == "handoff/index.md"
    assert all(Outline(page.before).headings.count(1) == 1 for page in pages)


def test_an_index_lists_titles_with_owner_and_summary(render: Callable[..., Rendered]) -> None:
    rendered = render(
        {
            "models/b.yml": "title: Bee\nowners: t\nrisk_level: high\nlifecycle: draft\ndescription: First. Second.\n",
            "models/a.yml": "title: aardvark\n",
            "teams/t.yml": "title: Tee\n",
        }
    )
    html = rendered.renderer.index("model").before
    assert html.index("aardvark") < html.index("Bee")
    assert '<a class="handoff-ref" href="../teams/t/"' in html
    assert '<th role="columnheader" scope="col">Risk</th>' in html
    assert "First. Second." in html
    assert "draft" in html


def test_an_index_keeps_its_cells_short(render: Callable[..., Rendered]) -> None:
    metrics = "metrics:\n- {type: auc, value: 0.91, baseline: 0.99}\n- {type: f1, value: 0.5}\n"
    html = (
        render(
            {
                "datasets/d.yml": "title: Dee\n",
                "evaluations/e.yml": f"title: E\ndataset: {{ref: d, split: test}}\n{metrics}",
            }
        )
        .renderer.index("evaluation")
        .before
    )
    assert 'data-label="Metrics">auc 0.91, 1 more</td>' in html
    assert 'title="Dataset: Dee">Dee</a></td>' in html


def test_the_contents_of_a_report_list_forty_headings_and_no_more(render: Callable[..., Rendered]) -> None:
    files = {f"people/p{number:02}.yml": "title: Pat\n" for number in range(60)}
    page = render(files).renderer.report("ownership")
    assert sum(heading.level == 3 for heading in page.contents_before) == 40
    assert sum("handoff-owner-" in anchor for anchor in page.anchors) == 60


def test_the_log_says_of_which_folder_a_number_is_where_there_are_several(render: Callable[..., Rendered]) -> None:
    decision = "---\nstatus: accepted\ndate: 2026-01-02\n---\n# A\n"
    files = {"decisions/0001-a.md": decision, "models/m.yml": "title: M\n"}
    assert "<span>decisions</span>" not in render(files).renderer.index("decision").before
    rendered = render({**files, "docs/adr/0001-b.md": decision.replace("A", "B")})
    home = next(page for page in rendered.pages() if page.src_uri == "handoff/index.md")
    for html in (rendered.renderer.index("decision").before, home.before):
        assert html.count("<span>decisions</span>") == html.count("<span>docs/adr</span>") == 1


def test_a_hint_shows_what_stands_in_backticks_as_code(render: Callable[..., Rendered]) -> None:
    html = (
        render({"models/m.yml": "title: M\nowners: nobody-<b>\nlast_reviewed: soon\n"})
        .renderer.report("problems")
        .before
    )
    assert "A date is written year-month-day: <code>" in html
    assert "<b>" not in html


def test_the_log_of_decisions_is_newest_first_and_shows_both_ends(render: Callable[..., Rendered]) -> None:
    rendered = render(
        {
            "decisions/0001-old.md": "---\nstatus: superseded\n---\n# Old\n",
            "decisions/0002-new.md": "---\nstatus: accepted\nsupersedes: 0001-old\ndate: 2026-01-02\n---\n# New\n",
        }
    )
    html = rendered.renderer.index("decision").before
    assert html.index(">New<") < html.index(">Old<")
    assert "superseded by" in html
    assert "Superseded</strong> by" in rendered.page("decision:0001-old").before


def test_the_glossary_has_letters_and_uses(render: Callable[..., Rendered]) -> None:
    rendered = render(
        {
            "glossary.yml": "terms:\n  - {title: Écart, definition: A gap.}\n  - {title: 2FA}\n"
            "  - {title: Area, aka: [surface], discouraged: [size]}\n",
            "models/m.md": "---\ntitle: M\n---\nThe area matters.\n",
        }
    )
    html = rendered.renderer.index("term").before
    positions = [html.index(f'id="handoff-letter-{letter}"') for letter in ("other", "a", "e")]
    assert positions == sorted(positions)
    assert "surface" in html
    assert "<s>size</s>" in html
    assert ">M</a>" in html


def test_wanted_names_who_asks_and_where(render: Callable[..., Rendered]) -> None:
    html = render({"models/m.yml": "title: M\ntraining_data: [ghost-data]\n"}).renderer.report("wanted").before
    assert 'id="handoff-wanted-dataset~ghost-data"' in html
    assert "models/m.yml:2:17" in html
    assert "datasets/ghost-data.md" in html


def test_problems_lead_to_the_page(render: Callable[..., Rendered]) -> None:
    html = render({"models/m.yml": "title: M\nlimitation: x\n"}).renderer.report("problems").before
    assert '<a href="../models/m/">models/m.yml</a>' in html
    assert "<code>field/unknown</code>" in html


def test_ownership_shows_roles_members_and_strangers(render: Callable[..., Rendered]) -> None:
    html = (
        render(
            {
                "models/m.yml": "title: M\nowners:\n  - t\n  - {ref: 'person:ann', role: approver}\n"
                "  - {ref: 'team:ghost', role: operations}\n",
                "models/n.yml": "title: Nobody's\n",
                "teams/t.yml": "title: Tee\nmembers: [{ref: ann, role: lead}]\n",
                "people/ann.yml": "title: Ann\n",
            }
        )
        .renderer.report("ownership")
        .before
    )
    assert '<th scope="col">accountable</th><th scope="col">operations</th><th scope="col">approver</th>' in html
    assert "<code>team:ghost</code>" in html
    assert "Nobody&#39;s" in html[: html.index('id="handoff-teams"')]


def test_a_broken_file_shows_its_lines(render: Callable[..., Rendered]) -> None:
    rendered = render({"models/m.yml": 'title: "<b>\nowners: [\n'})
    page = rendered.renderer.broken("models/m.yml")
    assert page.source == "models/m.yml"
    assert "&lt;b&gt;" in page.before
    assert "handoff-line--marked" in page.before
    assert page.search == ""


def test_only_home_indexes_and_records_are_searched(render: Callable[..., Rendered]) -> None:
    rendered = render(
        {"models/m.yml": "title: M & M\nowners: t\ntags: [blue]\naliases: [em]\n", "teams/t.yml": "title: Tee\n"}
    )
    searched = {page.src_uri for page in rendered.pages() if page.search}
    assert searched == {
        "handoff/index.md",
        "handoff/models/index.md",
        "handoff/models/m.md",
        "handoff/teams/index.md",
        "handoff/teams/t.md",
    }
    stub = rendered.page("model:m").search
    assert stub.startswith("<h1>M &amp; M</h1>")
    for word in ("blue", "em", "Tee", "Model"):
        assert word in stub


def test_meta_is_an_allowlist(render: Callable[..., Rendered]) -> None:
    text = "---\ntitle: M\ntemplate: evil.html\nhide: [toc]\ndescription: " + "word " * 60 + "\n---\n"
    meta = render({"models/m.md": text}).page("model:m").meta
    assert set(meta) == {"title", "description"}
    assert len(meta["description"]) <= 160


def test_a_card_with_broken_front_matter_keeps_its_text(render: Callable[..., Rendered]) -> None:
    card = "---\nlicense: [mit\n---\n# Churn\n\nWho *leaves*.\n\n---\n\nMore.\n"
    page = render({"models/churn/README.md": card, "models/open.md": "---\ntitle: x\n\nNo end.\n"}).renderer.broken(
        "models/churn/README.md"
    )
    assert page.prose.strip() == "Who *leaves*.\n\n---\n\nMore."
    assert page.before.endswith('<h2 id="handoff-text">Its text</h2>')
    assert "models/churn/README.md" in page.after


def test_fields_that_cannot_be_told_from_text_are_not_shown_as_text(render: Callable[..., Rendered]) -> None:
    page = render({"models/open.md": "---\ntitle: x\n\nNo end.\n"}).renderer.broken("models/open.md")
    assert page.prose == ""
    assert "Its text" not in page.before + page.after


def test_a_rounded_number_tells_the_exact_one(render: Callable[..., Rendered]) -> None:
    card = (
        "---\nmodel-index: [{name: m, results: [{metrics: [{type: f, value: 0.8459214502}, {type: n, value: 0.5}]}]}]\n"
        "---\n# M\n"
    )
    html = render({"models/m.md": card}).html("model:m")
    assert '<span class="handoff-number" title="0.8459214502">0.8459</span>' in html
    assert '<span class="handoff-number">0.5</span>' in html
