"""Prose in generated pages: every link as another builder reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.generated.layout import layout
from mkdocs_handoff.generated.prose import plain, rewritten
from mkdocs_handoff.pages.prose import Prose
from mkdocs_handoff.pages.render import Renderer
from mkdocs_handoff.past import look_back
from tests.projects import lint, write_files

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "handoff.yml": "namespace: ''\n",
    "docs/guide.md": "# Guide\n",
    "docs/decisions/0001-why.md": "---\nstatus: accepted\n---\n# Why\n\nBecause.\n",
    "models/other.yml": "title: Other & more\n",
    "models/plot (1).png": "p",
    "notes/secret.txt": "s",
    "glossary/recall.md": '---\nkind: term\ntitle: Recall\n---\nShare of "found" ones.\n',
}


@pytest.fixture
def shown(tmp_path: Path) -> object:
    def show(text: str, folder: str = "docs/handoff", *, directory_urls: bool = True) -> str:
        write_files(tmp_path, {**FILES, "models/churn.md": f"---\ntitle: Churn\n---\n{text}"})
        laid = layout(replace(lint(tmp_path)), folder, directory_urls=directory_urls)
        prose = Prose(laid.project, laid.sitemap)
        past = look_back(laid.project.settings, date(2026, 11, 23))
        renderer = Renderer(laid.project, laid.sitemap, prose, past)
        (identity,) = (one for one in laid.sitemap.records if one.name == "churn")
        return rewritten(renderer.record(identity), prose, "models/churn.md", tmp_path).strip("\n")

    return show


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("See [it](other.yml).", "See [it](../other/index.md)."),
        ("See [it](other.yml#x 'A \"b\"').", "See [it](../other/index.md#x 'A \"b\"')."),
        ("See [it](<other.yml>).", "See [it](../other/index.md)."),
        ("See [`a](b)` it](other.yml).", "See [`a](b)` it](../other/index.md)."),
        (
            "See [it][a] and [it].\n\n[a]: other.yml\n[it]: <other.yml> 't'",
            "See [it][a] and [it].\n\n[a]: ../other/index.md\n[it]: ../other/index.md 't'",
        ),
        ("[g](../docs/guide.md#a)", "[g](../../../guide.md#a)"),
        ("[d](../docs/decisions/0001-why.md)", "[d](../../decisions/0001-why/index.md)"),
        ("![p](<plot (1).png>)", "![p](../plot%20%281%29.png)"),
        ("[![p](<plot (1).png>)](other.yml)", "[![p](../plot%20%281%29.png)](../other/index.md)"),
        ("[me](churn.md#a), [here](#a)", "[me](index.md#a), [here](#a)"),
        ("[gone](gone.md) and [*far*](../../x)", "gone and *far*"),
        ("[bad](javascript:alert(1)) [good](https://x.org/a_(b))", "bad [good](https://x.org/a_(b))"),
        ('<a href="other.yml">o</a> <img src="data:x">', '<a href="../other/">o</a> <img src="data:x">'),
        ('<a href="javascript:x()">o</a>', '<a href="#">o</a>'),
        ("`[no](other.yml)` \\[no](other.yml)", "`[no](other.yml)` \\[no](other.yml)"),
        ("```\n[no](other.yml) [[other]]\n```", "```\n[no](other.yml) [[other]]\n```"),
        ("[[no such thing]] and [[1]](https://x.org)", "[[no such thing]] and [[1]](https://x.org)"),
        ("# One\n\n# Two\n\n### Three", "## Two\n\n#### Three"),
        ("# One\n\nTwo\n===\n\nThree\n---\n\nx", "Two\n---\n\n### Three\n\nx"),
        ("# One\n\n## Two", "## Two"),
    ],
)
def test_a_link_leads_to_the_page(shown: object, written: str, made: str) -> None:
    assert shown(written) == made  # type: ignore[operator]


def test_a_reference_becomes_a_link(shown: object) -> None:
    made = shown("[[other]], [[model:other|this `one`]] and [[model:other]].")  # type: ignore[operator]
    assert "[Other &#38; more](../other/index.md " in made
    assert "[this &#96;one&#96;](../other/index.md " in made
    assert "[[" not in made


def test_a_reference_within_a_link_is_its_words(shown: object) -> None:
    assert shown("[a [[other]]](https://x.org)") == "[a Other &#38; more](https://x.org)"  # type: ignore[operator]


def test_a_wanted_record_leads_to_the_list(shown: object) -> None:
    assert "[nobody](../../wanted/index.md#handoff-wanted-model~nobody " in shown("[[model:nobody]]")  # type: ignore[operator]


def test_a_term_is_linked_once_and_neither_in_headings_nor_in_links(shown: object) -> None:
    made = shown("## Recall\n\n[recall](https://x.org) The recall,\n  and Recall. `recall`")  # type: ignore[operator]
    assert made.count("../../glossary/recall/index.md") == 1
    assert 'The [recall](../../glossary/recall/index.md "Share of &#34;found&#34; ones.")' in made
    assert made.startswith("## Recall\n\n[recall](https://x.org)")


def test_a_folder_elsewhere_knows_no_other_pages(shown: object) -> None:
    made = shown("[g](../docs/gone.md) [o](other.yml)", "site")  # type: ignore[operator]
    assert made == "g [o](../other/index.md)"


def test_without_directory_urls_pages_keep_their_names(shown: object) -> None:
    made = shown('[o](other.yml) <a href="other.yml">o</a>', directory_urls=False)  # type: ignore[operator]
    assert made == '[o](other.md) <a href="other.html">o</a>'


def test_plain_words_are_no_markup() -> None:
    assert plain("a *b*\n c|d") == "a &#42;b&#42; c&#124;d"
