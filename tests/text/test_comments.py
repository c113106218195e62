"""Comments, which no reader sees."""

from __future__ import annotations

import time

import pytest

from mkdocs_handoff.text.comments import without_comments


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("one<!-- a -->two", "onetwo"),
        ("<!-- a\nb -->one <!---->two<!-- c -->", "one two"),
        ("one <!-- open", "one <!-- open"),
        ("<!-- a -->one <!-- open", "one <!-- open"),
        ("<!-- a <!-- b --> one --> two", " one --> two"),
        ("one --> two <!--> three", "one --> two <!--> three"),
        ("", ""),
    ],
)
def test_a_text_is_left_without_its_comments(text: str, seen: str) -> None:
    assert without_comments(text) == seen


def test_what_follows_a_comment_stays_on_its_line() -> None:
    assert without_comments("<!-- a\n\nb -->one\n<!-- c -->", lines=True) == "\n\none\n"


@pytest.mark.parametrize("text", ["<!--" * 100_000, "<!--" * 50_000 + "-->" + "<!--" * 50_000, "<!---->" * 50_000])
def test_any_text_is_read_in_little_time(text: str) -> None:
    before = time.process_time()
    without_comments(text)
    assert time.process_time() - before < 1
