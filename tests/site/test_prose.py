"""Markdown with our extension: what references, links and terms become, in records and in the user's own pages."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import markdown
import pytest
from markdown.treeprocessors import Treeprocessor

from mkdocs_handoff.pages.prose import Prose
from mkdocs_handoff.pages.sitemap import sitemap
from mkdocs_handoff.project import load
from mkdocs_handoff.settings import find_settings
from mkdocs_handoff.site.build import Build
from mkdocs_handoff.site.markdown import HandoffExtension
from tests.builders import write

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "mkdocs.yml": "site_name: Lab\n",
    "docs/index.md": "# Home\n",
    "docs/guide/start.md": "# Start\n",
    "docs/decisions/0001-use-trees.md": "---\nstatus: accepted\n---\n# Use trees\n\nWe [x](../index.md).\n",
    "models/churn.md": """
        ---
        title: Churn & <co>
        score: 0.75
        ---
        See ![p](plots/roc.svg), <img src="plots/raw.svg">, [c](../CONTRIBUTING.md).
        """,
    "models/churn-2.yml": "title: Second\n",
    "models/twin.yml": "title: T\n",
    "datasets/twin.yml": "title: T\n",
    "models/plots/roc.svg": "<svg/>",
    "models/plots/raw.svg": "<svg/>",
    "CONTRIBUTING.md": "# How\n",
    "training/train.py": "pass\n",
    "glossary.yml": """
        terms:
          - {term: Recall, definition: "Found among the real, see [[model:churn|churn]]."}
          - {term: Area under the curve, abbreviation: AUC}
          - {term: Cohort, discouraged: [batch]}
        """,
}
RECORD = "handoff/models/churn.md"


class _Relpath(Treeprocessor):
    """Stands in for the builder's link processor: it knows the file, as that does."""

    def __init__(self, md: markdown.Markdown, page: str, text: str) -> None:
        super().__init__(md)
        self.file: Any = SimpleNamespace(src_uri=page, page=None, content_string=text)

    def run(self, root: Any) -> None:
        for element in root.iter():
            if element.tag == "a":
                assert element.get("href") is not None, "the builder stops at a link without an address"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made(write(tmp_path_factory.mktemp("prose"), FILES))


def made(root: Path) -> Build:
    project = load(find_settings(root))
    layout = sitemap(project)
    return Build(project, layout, Prose(project, layout), None)  # type: ignore[arg-type]


def html(build: Build, text: str, page: str = "guide/start.md", *, resolver: bool = True, extensions: Any = ()) -> str:
    """Convert a text as the builder would on a page."""
    current = SimpleNamespace(file=SimpleNamespace(src_uri=page, page=None, content_string=text))
    extension = HandoffExtension(SimpleNamespace(_current_page=current))  # type: ignore[arg-type]
    extension.build = build
    build.problems.clear()
    md = markdown.Markdown(extensions=[*extensions, extension])
    if resolver:
        md.treeprocessors.register(_Relpath(md, page, text), "relpath", 0)
    return str(md.convert(text))


def links(text: str) -> list[tuple[str, str]]:
    return re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[model:churn]]", ("../handoff/models/churn.md", "Churn &amp; &lt;co&gt;")),
        ("[[churn]]", ("../handoff/models/churn.md", "Churn &amp; &lt;co&gt;")),
        ("[[model:churn|our <b> model]]", ("../handoff/models/churn.md", "our &lt;b&gt; model")),
        ("[[churn#score]]", ("../handoff/models/churn.md", "0.75")),
        ("[[decision:0001-use-trees]]", ("../decisions/0001-use-trees.md", "Use trees")),
        ("**[[churn|bold]]**", ("../handoff/models/churn.md", "bold")),
        ("[[churn|a `code` b]]", ("../handoff/models/churn.md", "a code b")),
        (r"[[churn|a\_b]]", ("../handoff/models/churn.md", "a_b")),
    ],
)
def test_a_reference_becomes_a_link_to_the_page(build: Build, text: str, expected: tuple[str, str]) -> None:
    assert links(html(build, f"See {text} now.")) == [expected]
    assert not build.problems


@pytest.mark.parametrize(
    "text", ["`[[churn]]`", r"\[[churn]]", "    [[churn]]", "[[1]](https://x.example)", "[[no idea]]"]
)
def test_what_is_no_reference_stays(build: Build, text: str) -> None:
    assert "handoff-ref" not in html(build, text)


def test_fences_are_left_alone(build: Build) -> None:
    text = "```\n[[churn]] recall\n```\n"
    assert "handoff" not in html(build, text, extensions=["fenced_code"])
    assert "handoff" not in html(build, text, extensions=["pymdownx.superfences"])


def test_a_label_in_a_table_is_written_with_an_escaped_bar(build: Build) -> None:
    made = html(build, "| a |\n|---|\n| [[model:churn\\|ours]] |\n", extensions=["tables"])
    assert links(made) == [("../handoff/models/churn.md", "ours")]


def test_a_reference_within_a_link_is_only_words(build: Build) -> None:
    assert html(build, "[see [[churn|it]] there](https://x.example)").count("<a ") == 1


def test_what_only_this_page_wants_is_marked_and_leads_nowhere(build: Build) -> None:
    """The page of wanted records knows what records want: those lead there."""
    made = html(build, "[[model:unborn]]")
    assert 'class="handoff-ref handoff-ref--wanted"' in made
    assert "unborn is wanted: nobody has written it yet" in made
    assert links(made) == []
    assert not build.problems


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("[[model:chrun]]", "reference/near-miss"),
        ("[[twin]]", "reference/ambiguous"),
        ("[[churn#nothing]]", "reference/field"),
    ],
)
def test_problems_in_the_users_pages_are_told_with_their_place(build: Build, text: str, rule: str) -> None:
    made = html(build, f"# Start\n\nNow {text}.\n")
    assert "handoff-ref--broken" in made
    assert [(str(one.place), one.rule) for one in build.problems] == [("docs/guide/start.md:3:5", rule)]


def test_each_problem_has_a_place_of_its_own_and_code_is_none(build: Build) -> None:
    text = "---\ntitle: x\n---\n\n`[[model:chrun]]` [[model:chrun]]\n\n[[churn#nothing]] [[model:chrun|it]]\n"
    for _ in range(2):  # a page may be rendered more than once
        html(build, text)
    places = {str(one.place) for one in build.problems}
    assert places == {f"docs/guide/start.md:{place}" for place in ("5:19", "7:1", "7:19")}


def test_the_catalog_has_told_of_references_in_records(build: Build) -> None:
    html(build, "[[model:chrun]]", RECORD)
    assert not build.problems


@pytest.mark.parametrize(
    ("page", "target", "expected"),
    [
        ("guide/start.md", "../../models/churn.md", "../handoff/models/churn.md"),
        ("guide/start.md", "../../models/churn.md#why", "../handoff/models/churn.md#why"),
        ("guide/start.md", "../../glossary.yml", "../handoff/glossary/index.md"),
        ("guide/start.md", "../../glossary.yml#recall", "../handoff/glossary/recall.md"),
        ("guide/start.md", "../index.md", "../index.md"),
        ("guide/start.md", "../missing.md", "../missing.md"),
        ("guide/start.md", "https://x.example/a", "https://x.example/a"),
        ("guide/start.md", "#here", "#here"),
        (RECORD, "churn-2.yml", "churn-2.md"),
        (RECORD, "../docs/guide/start.md#a", "../../guide/start.md#a"),
        (RECORD, "../CONTRIBUTING.md", "../CONTRIBUTING.md"),
        (RECORD, "churn.md#why", "churn.md#why"),
        ("decisions/0001-use-trees.md", "../../models/churn.md", "../handoff/models/churn.md"),
        ("decisions/0001-use-trees.md", "../index.md", "../index.md"),
        ("decisions/0001-use-trees.md", "../missing.md", "../missing.md"),
    ],
)
def test_links_lead_to_where_the_site_shows_what_they_name(build: Build, page: str, target: str, expected: str) -> None:
    assert links(html(build, f"[x]({target})", page)) == [(expected, "x")]


@pytest.mark.parametrize(
    ("target", "why", "state"),
    [
        ("../training/train.py", "training/train.py is not part of this site", "plain"),
        ("nope.md", "there is no models/nope.md", "broken"),
        ("../../elsewhere.md", "there is no ../../elsewhere.md", "broken"),
        ("javascript:alert(1)", "a link to javascript: is not followed", "broken"),
        ("JaVaScript:alert(1)", "a link to javascript: is not followed", "broken"),
    ],
)
def test_a_link_that_cannot_work_in_a_record_leaves_its_words(build: Build, target: str, why: str, state: str) -> None:
    made = html(build, f"[x]({target})", RECORD)
    assert made == f'<p><span class="handoff-ref handoff-ref--{state}" title="{why}">x</span></p>'


def test_the_users_own_pages_are_trusted(build: Build) -> None:
    assert 'href="javascript:void(0)"' in html(build, "[x](javascript:void(0))")


def test_images_of_a_record_travel_along(build: Build) -> None:
    assert 'src="plots/roc.svg"' in html(build, "![p](plots/roc.svg)", RECORD)
    missing = html(build, "![a plot](plots/none.svg)", RECORD)
    assert "<img" not in missing
    assert ">a plot</span>" in missing
    assert 'src="data:image/png;base64,AA"' in html(build, "![p](data:image/png;base64,AA)", RECORD)


def test_raw_html_of_a_record_gets_final_addresses(build: Build) -> None:
    text = '<img src="plots/raw.svg">\n\nand <a href="churn-2.yml">two</a>, <a href="javascript:alert(1)">bad</a>'
    made = html(build, text, RECORD)
    assert '<img src="../plots/raw.svg">' in made
    assert '<a href="../churn-2/">two</a>' in made
    assert "javascript" not in made
    assert '<img src="plots/raw.svg">' in html(build, text)


def test_mail_addresses_stay(build: Build) -> None:
    made = html(build, "<ann@x.example> and [b](mailto:bob@x.example)", RECORD)
    assert made.count("<a ") == 2
    assert 'href="mailto:bob@x.example"' in made


def test_a_term_is_linked_where_it_is_first_mentioned(build: Build) -> None:
    made = html(build, "# Recall\n\nThe *recall* and the recall; areas under the curve, AUC, auc, `recall`.\n")
    assert links(made) == [
        ("../handoff/glossary/recall.md", "recall"),
        ("../handoff/glossary/area-under-the-curve.md", "AUC"),
    ]
    assert 'title="Found among the real, see churn."' in made


@pytest.mark.parametrize(
    "text",
    [
        "## Recall",
        "[recall](https://x.example)",
        "`recall`",
        "<a href='#'>recall</a>",
        "See <kbd>recall</kbd>",
        '!!! note "Recall"\n    Nothing.',
        "The HTML\n\n*[HTML]: recall",
    ],
)
def test_terms_are_not_linked_where_a_link_would_hurt(build: Build, text: str) -> None:
    made = html(build, text, extensions=["admonition", "abbr", "attr_list"])
    assert "handoff-term" not in made


def test_a_term_behind_raw_html_is_linked(build: Build) -> None:
    made = html(build, "<kbd>recall</kbd> and <b>recall</b>, recall")
    assert made == (
        '<p><kbd>recall</kbd> and <b><a class="handoff-term" href="../handoff/glossary/recall.md" '
        'title="Found among the real, see churn.">recall</a></b>, recall</p>'
    )


def test_a_tag_in_a_comment_opens_nothing(build: Build) -> None:
    assert "handoff-term" in html(build, "One <!-- <code> --> line.\n\nThe recall.")


def test_an_explicit_mention_counts(build: Build) -> None:
    assert "handoff-term" not in html(build, "The recall, that is [[term:recall]].")
    assert "handoff-term" not in html(build, "The recall, that is [recall](../../glossary.yml#recall).")


def test_a_terms_own_page_does_not_link_to_itself(build: Build) -> None:
    assert "handoff-term" not in html(build, "The recall.", "handoff/glossary/recall.md")


def test_a_discouraged_word_is_no_link(build: Build) -> None:
    made = html(build, "A batch, and a cohort.")
    assert [words for _, words in links(made)] == ["cohort"]


def test_terms_linked_above_the_prose_are_not_linked_again(build: Build) -> None:
    text = "The recall."
    current = SimpleNamespace(terms_before=frozenset(("../../glossary/recall/",)))
    extension = HandoffExtension(SimpleNamespace(_current_page=None))  # type: ignore[arg-type]
    extension.build = build
    md = markdown.Markdown(extensions=[extension])
    relpath = _Relpath(md, RECORD, text)
    relpath.file.page = current
    md.treeprocessors.register(relpath, "relpath", 0)
    assert "handoff-term" not in md.convert(text)
    assert "handoff-term" in md.convert("The recall and the AUC.")


def test_one_parser_converts_many_texts(build: Build) -> None:
    extension = HandoffExtension(SimpleNamespace(_current_page=None))  # type: ignore[arg-type]
    extension.build = build
    md = markdown.Markdown(extensions=[extension])
    md.treeprocessors.register(_Relpath(md, "index.md", ""), "relpath", 0)
    assert "handoff-term" not in md.convert("[[term:recall]], recall")
    assert "handoff-term" in md.convert("recall")


def test_a_parser_whose_links_nobody_resolves_gets_final_addresses(build: Build) -> None:
    made = html(build, "[[churn]] [x](../../models/churn.md) recall", resolver=False)
    assert [href for href, _ in links(made)] == [
        "../../handoff/models/churn/",
        "../../handoff/models/churn/",
        "../../handoff/glossary/recall/",
    ]


def test_prose_with_headings_of_level_one_moves_below_the_title(build: Build) -> None:
    text = "# One\n\n## Two\n\n###### Six\n"
    made = html(build, text, RECORD, extensions=["toc"])
    assert re.findall(r"<(h\d)", made) == ["h2", "h3", "h6"]
    assert re.findall(r"<(h\d)", html(build, "## Two\n", RECORD)) == ["h2"]
    assert re.findall(r"<(h\d)", html(build, text)) == ["h1", "h2", "h6"]


def test_without_a_build_nothing_happens() -> None:
    extension = HandoffExtension(SimpleNamespace(_current_page=None))  # type: ignore[arg-type]
    assert markdown.markdown("[[churn]] [x](y.md)", extensions=[extension]) == '<p>[[churn]] <a href="y.md">x</a></p>'
