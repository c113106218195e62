"""Headings as they are compared: however they are decorated, they are one."""

from __future__ import annotations

import time

import pytest

from mkdocs_handoff.text.headings import folded

SAME = [
    "Intended Use", "intended use:", "**Intended Use**", "7. Intended Use", "7) Intended use", "3.2 Intended use",
    "3a. Intended Use", "🎯 Intended Use", "🎯 **2. Intended Use**", "1️⃣ Intended Use", "_Intended_ use.",
    "Intended-use ⚠️", "# Intended use #",
]  # fmt: skip


@pytest.mark.parametrize("heading", SAME)
def test_a_heading_is_the_same_however_it_is_written(heading: str) -> None:
    assert folded(heading) == "intended use"


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("2019 results", "2019 results"),
        ("3d models", "3d models"),
        ("42", "42"),
        ("🎯", "🎯"),
        ("", ""),
        ("Intended uses & limitations", "intended uses & limitations"),
        ("已知限制", "已知限制"),
    ],
)
def test_what_a_heading_says_stays(heading: str, said: str) -> None:
    assert folded(heading) == said


def test_any_heading_is_read_in_little_time() -> None:
    before = time.process_time()
    for heading in ("1." * 20_000, "-" * 40_000, "1" * 40_000, "-1" * 20_000 + "x"):
        folded(heading)
    assert time.process_time() - before < 1
