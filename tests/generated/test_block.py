"""HTML as one block: a Markdown parser with many extensions gives it back as it was."""

from __future__ import annotations

from html import unescape

import pytest
from markdown import Markdown
from markdown_it import MarkdownIt

from mkdocs_handoff.generated.block import block

EXTENSIONS = ["extra", "admonition", "toc", "pymdownx.superfences", "pymdownx.critic", "pymdownx.snippets", "smarty"]
HTML = (
    '<h1 id="a">A &amp; b</h1>\n\n    <p title="x\n\ny">One *two* _three_ [[four]]</p>\n\n\n'
    "<pre><code>def f():\n\n    return `1`\n\t# Two\n```\nfence\n```\n</code></pre>\n"
    "<div>\n\n## No heading\n\n* no list\n\n    no code\n</div>\n"
    "<p>{++ no mark ++} {{ no macro }} ~~~ $x$</p>\n~~~\nno fence\n~~~"
)


def test_no_blank_line_stands_within() -> None:
    made = block(HTML)
    assert all(line.strip() for line in made.split("\n"))
    assert made.startswith('<div class="handoff-page">\n')
    assert made.endswith("\n</div>")


def test_what_is_shown_stays() -> None:
    made = unescape(block("<pre>a\n\n  b\t`c`</pre>"))
    assert "<pre>a\n\n  b\t`c`</pre>" in made


@pytest.mark.parametrize("text", ["", "Before.\n\n", "- a list\n\n", "| a |\n|---|\n| b |\n\n"])
def test_python_markdown_passes_it_unchanged(text: str) -> None:
    made = block(HTML)
    shown = Markdown(extensions=EXTENSIONS).convert(f"{text}{made}\n\nAfter *all*.\n")
    assert made in shown
    assert "<em>all</em>" in shown


def test_commonmark_passes_it_unchanged() -> None:
    made = block(HTML)
    assert made in MarkdownIt("commonmark").render(f"Before\n\n{made}\n\nAfter\n")


def test_of_nothing_there_is_no_block() -> None:
    assert block(" \n") == ""
