"""What a model's page says of its lineage, and the pages of reading paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pages.rendered import Outline

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pages.rendered import Rendered

FILES = {
    "teams/risk.yml": "title: Risk\n",
    "datasets/bills.yml": "title: Bills\ncollection: By hand\nschema: [{name: amount}]\n",
    "datasets/months.yml": "title: Months\nowners: risk\nlineage:\n  - inputs: [bills]\n"
    "    column_lineage: {spend: bills.amount}\nschema: [{name: spend}]\n",
    "features/spend.yml": "title: Spend\nsources: [{ref: months, columns: [spend]}]\n",
    "evaluations/test.yml": "title: Test\nmodel: churn\ndataset: months\nmetrics: [{name: auc, value: 0.8}]\n",
    "models/churn.yml": "title: Churn\nowners: risk\ntraining_data: [{ref: months, version: 1}]\nfeatures: [spend]\n"
    "inputs: [{name: x, feature: spend}]\n",
}
NASTY = "<script>alert(1)</script> \"a\" 'b' & [[ {{ 7*7 }} --> </svg>"


def test_the_model_page_says_what_is_known_and_where_to_mend(render: Callable[..., Rendered]) -> None:
    html = render(FILES).html("model:churn")
    assert "<strong>7 of 10 links known</strong>; missing:" in html
    assert "the code that makes Months" in html
    assert ">datasets/months.yml:4</a>" in html
    assert "it does not say by which code or pipeline" in html
    assert 'ask <a class="handoff-ref" href="../../teams/risk/" title="Team: Risk">Risk</a>' in html
    assert "Known when" in html


def test_what_is_missing_is_drawn_dashed_with_a_question_mark(render: Callable[..., Rendered]) -> None:
    html = render(FILES).html("model:churn")
    assert html.count("handoff-node--missing") == 2  # the pipeline, the artifact
    assert html.count("handoff-edge--missing") == 3  # to and from those, and between the datasets
    assert "Pipeline not known" in html
    assert "Bills → Months" in html
    whole = render({**FILES, "models/churn.yml": FILES["models/churn.yml"] + "reproduce: {command: make}\n"})
    assert whole.html("model:churn").count("handoff-node--missing") == 1


def test_columns_are_drawn_and_told_in_a_table(render: Callable[..., Rendered]) -> None:
    html = render(FILES).html("model:churn")
    assert "Column by column: 3 flows" in html
    assert "Lineage of columns</title>" in html
    assert 'role="region" aria-label="Lineage of columns"' in html
    table = html[html.index('aria-label="Columns: what flows into what"') :]
    assert "amount" in table
    assert "Bills" in table
    assert 'tabindex="0" role="region"' in html


def test_a_model_of_which_all_is_known_says_so_and_others_say_nothing(render: Callable[..., Rendered]) -> None:
    months = FILES["datasets/months.yml"].replace("    column", "    code: src/months.py\n    column")
    churn = FILES["models/churn.yml"] + (
        "reproduce: {command: make}\nversions: [{version: 1, stage: production, artifacts: [{path: a, checksum: "
        "{alg: SHA-256, content: 'aa'}}]}]\n"
    )
    rendered = render({**FILES, "datasets/months.yml": months, "models/churn.yml": churn, "src/months.py": ""})
    html = rendered.html("model:churn")
    assert "10 of 10 links known</strong>: nothing is missing from origin to evaluation." in html
    assert "handoff-node--missing" not in html
    assert "links known" not in rendered.html("dataset:months")


def test_a_reading_path_has_a_page_and_a_button_leads_to_it(render: Callable[..., Rendered]) -> None:
    rendered = render(FILES)
    (identity, src_uri) = next(iter(rendered.sitemap.paths.items()))
    assert (str(identity), src_uri) == ("model:churn", "handoff/reading-path/model-churn.md")
    html = rendered.html("model:churn")
    assert 'href="../../reading-path/model-churn/">Reading path · 5 pages, about 5 minutes</a>' in html
    page = next(one for one in rendered.pages() if one.src_uri == src_uri)
    outline = Outline(page.before)
    assert outline.headings == [1, 2, 2, 2]
    assert not outline.crossed
    assert "It trains Churn." in outline.text
    assert page.search == ""
    assert '<a class="handoff-ref" href="../../models/churn/"' in page.before


def test_a_short_path_is_no_page_and_has_no_button(render: Callable[..., Rendered]) -> None:
    rendered = render({"models/churn.yml": "title: Churn\n"})
    assert not rendered.sitemap.paths
    assert "handoff-reading" not in rendered.html("model:churn")


def test_a_reading_path_takes_nobodys_address(render: Callable[..., Rendered]) -> None:
    schema = '{"title": "Note", "x-plural": "Notes", "x-globs": ["reading-path/*.md"], "type": "object"}'
    rendered = render({**FILES, "schemas/note.schema.json": schema, "reading-path/model-churn.md": "# Mine\n"})
    assert list(rendered.sitemap.paths.values()) == ["handoff/reading-path/model-churn-2.md"]
    assert "handoff/reading-path/model-churn.md" in rendered.sitemap.records.values()


def test_no_text_of_others_becomes_html(render: Callable[..., Rendered]) -> None:
    quoted = NASTY.replace("'", "''")
    files = {
        **FILES,
        "datasets/months.yml": f"title: '{quoted}'\nschema: [{{name: '{quoted}'}}]\n",
        "features/spend.yml": f"title: '{quoted}'\nsources: [{{ref: months, columns: ['{quoted}']}}]\n"
        f"transformation: {{not-applicable: '{quoted}'}}\n",
        "models/churn.yml": f"title: '{quoted}'\nowners: '{quoted}'\ntraining_data: ['hub/x', months]\n"
        f"features: [spend]\ninputs: [{{name: '{quoted}', feature: spend}}]\nreproduce: {{unknown: '{quoted}'}}\n",
    }
    files["playbooks/p.yml"] = f"title: '{quoted}'\napplies_to: [churn]\n"
    rendered = render(files)
    assert rendered.sitemap.paths
    for page in rendered.pages():
        outline = Outline(page.before + page.after)
        assert "script" not in outline.tags, page.src_uri
        assert not outline.crossed
        assert len(outline.ids) == len(set(outline.ids))
