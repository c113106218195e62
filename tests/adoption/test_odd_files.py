# ruff: noqa: E501 - a table
"""Adopted files that are half right: clear findings, no traceback, and what can be read is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.projects import lint

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pages.rendered import Rendered

USER = "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {name: u%d}\nspec: {memberOf: [all]}\n"
GROUP = "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: all}\nspec: {type: team, children: []}\n"

CASES = [
    ("models/a/README.md", "---\npipeline_tag: [a\nlicense: mit\n---\n# A\n", "yaml/syntax", 0),
    ("models/a/README.md", "---\n---\n# A\n\nText.\n", "", 1),
    ("models/a/README.md", "---\n- a\n- b\n---\n# A\n", "yaml/not-a-mapping", 0),
    ("models/a/README.md", "---\nmodel-index:\n- name: x\n  results:\n  - task: {type: t}\n    metrics: [{type: m, value: 4}]\n---\n", "field/required", 1),
    ("models/a/README.md", "---\nmodel-index: a text\n---\n", "field/type", 1),
    ("models/a/README.md", "---\nmodel-index:\n- results: [null, 3, {metrics: m, dataset: d}]\n---\n", "field/", 1),
    ("models/a/README.md", "---\ndatasets: [null]\nbase_model: ''\n---\n", "", 1),
    ("models/a/.eval_results/r.yaml", "just text\n", "yaml/not-a-mapping", 1),
    ("models/a/.eval_results/r.yaml", "- {value: 1}\n- 3\n- {dataset: d}\n", "yaml/not-a-mapping", 3),
    ("models/a/.eval_results/r.yaml", "- [unclosed\n", "yaml/syntax", 1),
    ("decisions/0001-no-title.md", "---\nstatus: accepted\n---\nNo heading.\n", "", 1),
    ("glossary.yml", "version: 1\nnodes: [3, {description: no name}, {name: A, terms: text, nodes: [{terms: [{}]}]}]\n", "", 4),
    ("catalog-info.yaml", "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: text\nspec: [1]\n", "field/type", 1),
    ("datasets/a/eval.yaml", "tasks: [\n", "", 1),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "rule", "records"), CASES)
def test_half_right_files(render: Callable[..., Rendered], path: str, text: str, rule: str, records: int) -> None:
    files = {path: text}
    if ".eval_results" in path:
        files["models/a/README.md"] = "---\nlicense: mit\n---\n# A\n"
    if path.endswith("eval.yaml"):
        files["datasets/a/README.md"] = "---\npretty_name: A\n---\n"
    site = render(files)
    found = [finding for finding in site.project.findings if finding.place.path == path]
    assert any(finding.rule.startswith(rule) for finding in found) if rule else not site.project.errors
    assert len(site.project.catalog.records) == records
    assert len(site.pages()) > records


def test_a_model_index_without_a_dataset_is_shown_all_the_same(render: Callable[..., Rendered]) -> None:
    site = render({"models/a/README.md": CASES[3][1]})
    assert "<td" in site.html("model:a")
    assert "task type: t" in site.html("model:a")


def test_two_files_for_one_name_are_both_told(render: Callable[..., Rendered]) -> None:
    site = render(
        {"models/a.md": "---\nlicense: mit\n---\n# A\n", "models/a/README.md": "---\nlicense: mit\n---\n# A\n"}
    )
    told = {finding.place.path for finding in site.project.findings if finding.rule == "record/duplicate"}
    assert told == {"models/a.md", "models/a/README.md"}


def test_a_hundred_documents_in_one_file(render: Callable[..., Rendered]) -> None:
    site = render({"catalog-info.yaml": "---\n".join([GROUP, *(USER % number for number in range(99))])})
    assert len(site.project.catalog.records) == 100
    assert site.project.findings == ()
    assert site.html("team:all").count('href="../../people/') >= 99 or "u98" in site.html("team:all").lower()


def test_mappings_that_hold_nothing_break_no_page(render: Callable[..., Rendered]) -> None:
    site = render({"models/a/README.md": "---\nodd: [{}, {a: null}]\nfiles: [{}]\n---\n# A\n"})
    assert site.html("model:a")


@pytest.mark.parametrize("entries", ["  - alpha_key: 1\n  - alpha_key: 2\n", "  - alpha_key: [1, 2]\n"])
def test_a_key_that_all_entries_of_a_list_have_is_shown(render: Callable[..., Rendered], entries: str) -> None:
    shown = _shown(render({"models/a/README.md": f"---\nodd:\n{entries}---\n# A\n"}).html("model:a"))
    assert re.search(r"odd alpha_key 1,? 2\b", shown)


def _shown(html: str) -> str:
    return re.sub(r"(?:<[^>]*>|\s)+", " ", html)


def test_a_member_without_a_record_is_shown_as_written(render: Callable[..., Rendered]) -> None:
    site = render({"catalog-info.yaml": GROUP.replace("children", "members: [AnnLee], children")})
    assert "AnnLee" in _shown(site.html("team:all"))


def test_results_follow_the_id_of_their_card(render: Callable[..., Rendered]) -> None:
    site = render(
        {
            "models/a/README.md": "---\nid: other\n---\n",
            "models/a/.eval_results/r.yaml": "- {dataset: {id: x/y}, value: 1}\n",
        }
    )
    relations = [one for each in site.project.catalog.outgoing.values() for one in each]
    assert [str(one.target) for one in relations if one.name == "evaluates"] == ["model:other"]


def test_results_outside_the_project_are_not_read(render: Callable[..., Rendered], tmp_path: object) -> None:
    site = render({"models/a/README.md": "# A\n", "elsewhere/r.yaml": "- {dataset: {id: x/y}, value: 1}\n"})
    root = site.project.settings.root
    (root / "models/a/.eval_results").symlink_to(root / "elsewhere")
    assert [str(one) for one in lint(root).catalog.records] == ["model:a"]
