"""A Markdown body: what is found in it, where, and that the site will find the same."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_handoff.records.documents import MARKDOWN, take_apart
from mkdocs_handoff.records.markdown import parse
from mkdocs_handoff.records.placeholders import is_placeholder, says
from mkdocs_handoff.text.files import read_text
from tests.projects import EXAMPLES, real_files
from tests.records.markdown_texts import CASES, Writer
from tests.records.python_markdown import found_by_python_markdown, relative


def found(text: str) -> tuple[list[str], list[str]]:
    """Return the mentions and the relative links that our own parser finds, as `found_by_python_markdown` does."""
    body = parse(text)
    mentions = (f"{one.reference}#{one.field}" if one.field else one.reference for one in body.mentions)
    return sorted(mentions), sorted(link.target for link in body.links if relative(link.target))


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_the_site_finds_the_same_links_and_mentions(text: str) -> None:
    assert found(text) == found_by_python_markdown(text)


@settings(derandomize=True)
@given(number=st.integers(0, 10**9))
def test_the_site_finds_the_same_in_texts_made_at_random(number: int) -> None:
    text = Writer(random.Random(number)).document()
    assert found(text) == found_by_python_markdown(text)


def bodies(folder, files):
    for path in files:
        text = read_text(folder, path.relative_to(folder).as_posix())
        if isinstance(text, str):
            for document in take_apart(path.name, text).documents:
                if document.body is not None:
                    yield path, document.body


def test_the_site_finds_the_same_in_all_fixtures() -> None:
    files = sorted(path for path in EXAMPLES.rglob("*") if path.suffix in MARKDOWN and not path.is_symlink())
    checked = 0
    for path, body in bodies(EXAMPLES, files):
        checked += 1
        assert found(body) == found_by_python_markdown(body), path
    assert checked > 50


def test_the_site_finds_the_same_in_files_that_others_wrote() -> None:
    folder = real_files()
    if folder is None:
        pytest.skip("no files of others here: set HANDOFF_REAL to a folder with cards and decisions")
    links = 0
    for path, body in bodies(folder, sorted(folder.rglob("*.md"))):
        ours = found(body)
        assert ours == found_by_python_markdown(body), path
        links += len(ours[1])
    print(f"{links} relative links in the files of others")
    assert links > 50


def test_a_body_has_a_title_a_first_paragraph_and_sections_with_lines_of_the_file() -> None:
    text = "# Churn *model* {#top}\n\n![logo](l.png)\n\nTells who\nleaves.\n\n## Use `it`\n\ntext\n"
    body = parse(text + "\n### More\n\nx\n\n## Limits\n", 8)
    assert body.title == "Churn model"
    assert body.lead == "Tells who\nleaves."
    assert [(heading.title, heading.level, heading.line) for heading in body.headings] == [
        ("Churn model", 1, 8),
        ("Use it", 2, 15),
        ("More", 3, 19),
        ("Limits", 2, 23),
    ]
    assert body.headings[1].text == "text\n\n### More\n\nx"
    assert body.headings[3].text == ""
    assert body.section(["LIMITS:"]) is body.headings[3]


def test_headings_in_containers_are_no_sections() -> None:
    body = parse("!!! note\n    # Not a title\n\n> ## Nor this\n\n- # Nor that\n\n[^1]: # Nor this one\n")
    assert body.title == ""
    assert body.headings == ()


def test_what_is_taken_out_is_in_no_text() -> None:
    body = parse("<div>x</div>\n\n```\ncode\n```\n\nFirst words.\n\n## One\n\n```\ncode\n```\n\n<b>x</b>\n")
    assert body.lead == "First words."
    assert body.headings[0].text == "```\ncode\n```\n\n<b>x</b>"
    assert [text for _, text in body.runs] == ["First words.", "x"]


def test_a_private_letter_of_the_writers_own_stays() -> None:
    assert parse("\ue000 and \ue001 [[a]]\n").lead == "\ue000 and \ue001 [[a]]"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a [[x]]\nb [[y]] [[y]]\n", [("x", 1, 3), ("y", 2, 3), ("y", 2, 9)]),
        ("a `code\nspan` [[x]]\n", [("x", 2, 7)]),
        ('[a\nb](x.md\n"t") [[x]]\n', [("x", 3, 6)]),
        ("<b\nc>d</b> [[x]]\n", [("x", 2, 9)]),
        ("- a\n\n    > b\n    > [[x]]\n", [("x", 4, 7)]),
        ("| a |\n|---|\n| b |\n| [[x]] |\n", [("x", 4, 3)]),
        ("!!! note\n    a\n\n    [[x]]\n", [("x", 4, 5)]),
        ('!!! note "[[x]]"\n    a\n', [("x", 1, 11)]),
        ("T[^1]\n\n[^1]: a\n    b\n\n    [[x]] [[x]]\n", [("x", 6, 5), ("x", 6, 11)]),
        ("<div markdown>\n\n[[x]]\n\n</div>\n", [("x", 3, 1)]),
        ("<div>\n\n</div> tail [[x]]\n\n[[y]]\n", [("x", 3, 13), ("y", 5, 1)]),
        ("**a\n[[x]]**\nb  \n[[y]]\\\n[[z]]", [("x", 2, 1), ("y", 4, 1), ("z", 5, 1)]),
    ],
)
def test_mentions_have_the_lines_and_columns_of_the_file(text: str, places: list[tuple[str, int, int]]) -> None:
    assert [(one.reference, one.line, one.column) for one in parse(text).mentions] == places


def test_links_have_the_lines_of_the_file() -> None:
    body = parse("x\n[a](a.md)\n`c\nc` ![b](b.png)\n\n<p>\n<a href='c.md'>c</a>\n</p>\n\n<!-- <a href='n.md'> -->\n", 5)
    assert [(link.target, link.line, link.image) for link in body.links] == [
        ("a.md", 6, False),
        ("b.png", 8, True),
        ("c.md", 11, False),
    ]


def test_links_and_runs_have_the_columns_of_the_file() -> None:
    text = (
        "Long text here [x](nope.md)\n\n> a **b** `s` s [y](z)\n>   two\n>   s\n\n"
        '- x\n\n    - ![i](p.png) <img src="q.png"> [r](r.md)\n\n| a |\n|---|\n| `q` [t](t.md) |\n'
    )
    body = parse(text, 5)
    lines = ["", "", "", "", *text.split("\n")]
    assert [(link.line, link.column) for link in body.links] == [(5, 16), (7, 17), (13, 7), (13, 19), (13, 37), (17, 7)]
    for (line, run), columns in zip(body.runs, body.columns, strict=True):
        for row, (words, column) in enumerate(zip(run.split("\n"), columns, strict=True)):
            assert lines[line + row - 1][column - 1 :].startswith(words)


@pytest.mark.parametrize(
    "text",
    [
        "[^1]: " * 1000 + "x",
        "![" * 1000 + "x" + "](a)" * 1000,
        "![" * 1000 + "x" + "](a b)" * 1000,
        "[" * 1000 + "x" + "](a)" * 1000,
        ("[^1]: " + "> " * 15) * 100 + "x",
        ("> - [^1]: " * 100) + "![" * 500 + "x" + "](a)" * 500,
        "a\n" + ": " * 1000 + "x",
        "\n".join(" " * 4 * depth + "!!! note" for depth in range(300)),
    ],
)
def test_no_nesting_is_too_deep_to_read(text: str) -> None:
    assert parse(text).text == text


def test_terms_are_looked_for_in_running_text_and_nowhere_else() -> None:
    text = "# No\n\none\ntwo `no` [no](x.md) three [[no]]\n\n- four **five**\n\n        no code\n\n<p>no</p>\n"
    runs = [(line, words.strip()) for line, words in parse(text).runs]
    assert runs == [(3, "one\ntwo"), (4, "three"), (6, "four"), (6, "five")]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("[More Information Needed]", True), ("more information needed", True), ("**TODO**", True), ("TBD.", True),
        ("{{ model_name }}", True), ("<!-- TODO -->", False), ("todo", False), ("Todo", False),
        ("TODO list app", False), ("See {{ x }} for more", False), ("", False), ("FIXME", True),
        ("- TODO\n- TBD", True), ("<!-- Say it. -->\n\n### Part\n\n[More Information Needed]", True),
        ("<!-- Say it. -->\n\n### Part\n\nTODO\n\n### Other\n\nSaid.", False), ("**Paid by:** TODO", True),
        ("- **Paid by:** TODO\n- **Hours:** 3", False), ("```\nTODO\n```", False),
        ("Use the code below to get started with the model.\n\n[More Information Needed]", True),
    ],
)  # fmt: skip
def test_what_a_template_left_behind(text: str, left: bool) -> None:
    assert is_placeholder(text) is left


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It fails.", True), ("", False), ("TODO", False), ("<!-- Say it. -->", False), ("### It fails at night", True),
        ("<!-- Say it. --> It fails.", True), ("<!-- It is never closed", True),
        ("<!-- Say it. -->\n\n### Direct use\n\n<!-- Say that. -->", False),
        ("#### Who are the annotators?\n\n<!-- Say it. -->", False),
        ("### Metrics [optional]\n\n<!-- Say it. -->", False),
        ("### Not for children\n\n<!-- As we learnt. -->", True), ("### Metrics", True),
    ],
)  # fmt: skip
def test_what_says_something(text: str, said: bool) -> None:
    assert says(text) is said


@pytest.mark.parametrize("text", ["<!--" * 50_000, "Hello <!-- " * 20_000, "{{" * 50_000, "**a** " * 20_000])
def test_whether_a_text_says_something_is_told_in_little_time(text: str) -> None:
    before = time.process_time()
    assert says(text)
    assert time.process_time() - before < 1


N = 15_000
HEAVY = {
    "brackets": "[" * N,
    "pairs": "[[" * N,
    "mentions": "[[a" * N,
    "images": "![" * N,
    "links": "[](" * N,
    "stars": "*a **a " * N,
    "quotes": "> " * N,
    "items": "- " * N,
    "ticks": "".join("`" * number + " " for number in range(400)),
    "angles": "<" * N,
    "tags": "<a " * N,
    "open attributes": '<a "' * N,
    "open blocks": "<div>\n" * N,
    "open comments": "<!--" * N,
    "open comments in a block": "<div>" + "<!-- " * N,
    "open Markdown blocks": "<div markdown>\n" * (N // 4),
    "closed blocks": "</div>\n" * N,
    "raw tags": "<div>" + "<a>" * N + "</b>" * N,
    "fences": "```\n" * N,
    "odd fences": "``` {\n~~~\n" * (N // 3),
    "headings": "# a\n" * N,
    "definitions": "[a]: b\n" * N,
    "footnotes": "[^a]: b\n" * N,
    "deep footnotes": "\n".join(" " * 4 * depth + "[^a]: b" for depth in range(150)),
    "deep admonitions": "\n".join(" " * 4 * depth + "!!! note" for depth in range(150)),
    "meanings": "a\n:   b\n" * (N // 3),
    "a table": "|a|b|\n|-|-|\n" + "|a|b|\n" * (N // 3),
    "one line": "word " * N * 4,
    "letters": "a" * N * 40,
    "empty quotes": ">\n\n" * N,
}


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_heavy_texts_are_parsed_in_time(text: str) -> None:
    began = time.process_time()
    parse(text)
    assert time.process_time() - began < 8


@given(text=st.text(alphabet="ab[]()!|`~*_#>-+=:?<>/ \n\t\"'\\{}^.1&", max_size=120))
def test_no_text_brings_the_parser_down(text: str) -> None:
    body = parse(text)
    lines = text.count("\n") + 1
    assert all(1 <= one.line <= lines for one in (*body.links, *body.mentions, *body.headings))
