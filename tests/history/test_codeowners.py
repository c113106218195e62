"""CODEOWNERS: GitHub's own examples, and another implementation on generated patterns and paths."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_handoff.history.codeowners import LOCATIONS, MAX_BYTES, Rule, assign, match, parse, read

if TYPE_CHECKING:
    from pathlib import Path

GITHUBS = """\
# This is a comment.
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/ @octocat
/apps/github
"""
"""The example of GitHub's "About code owners"."""


def owners(text: str, path: str) -> tuple[str, ...] | None:
    found = match(parse(text).rules, path)
    return found.owners if found else None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("README.md", ("@global-owner1", "@global-owner2")),
        ("a/b/c.js", ("@js-owner",)),
        ("x.go", ("docs@example.com",)),
        ("deep/x.txt", ("@octo-org/octocats",)),
        ("build/logs/2026/a.out", ("@octocat",)),  # `**/logs` comes later
        ("other/apps/x.py", ("@octocat",)),
        ("docs/build-app/troubleshooting.md", ("@doctocat",)),
        ("scripts/x", ("@doctocat", "@octocat")),
        ("apps/main.py", ("@octocat",)),
        ("apps/github", ()),
        ("apps/github/x.py", ()),
    ],
)
def test_githubs_example(path: str, expected: tuple[str, ...]) -> None:
    assert owners(GITHUBS, path) == expected


@pytest.mark.parametrize(
    ("pattern", "meant", "not_meant"),
    [
        ("*", ["a", "a/b", "a/b/c"], []),
        ("docs/*", ["docs/a.md"], ["docs/b/a.md", "x/docs/a.md", "docs"]),
        ("/*", ["a"], ["a/b"]),
        ("docs/", ["docs/a", "x/docs/y/z"], ["docs", "docs2/a"]),
        ("/docs/", ["docs/a", "docs/b/c"], ["x/docs/a", "docs"]),
        ("/docs", ["docs", "docs/a"], ["x/docs", "docs.md"]),
        ("docs/a.md", ["docs/a.md"], ["x/docs/a.md"]),
        ("a.md", ["a.md", "x/a.md", "a.md/x"], ["aa.md"]),
        ("*.md", ["a.md", "x/.md", "x.md/y"], ["a.mdx"]),
        ("**/logs", ["logs", "logs/a", "x/y/logs/a"], ["xlogs"]),
        ("a/**", ["a/b", "a/b/c"], ["a", "b/a/c"]),
        ("a/**/b", ["a/b", "a/x/y/b", "a/x/b/c"], ["ab", "x/a/b"]),
        ("a/**b", ["a/xb", "a/b"], ["a/x/b"]),
        ("a?c", ["abc"], ["ac", "a/c"]),
        ("/a\\ b/c", ["a b/c"], ["a\\ b/c"]),
        ("a\\*c", ["a*c"], ["abc"]),
        ("/a\\*/c", ["a*/c"], ["ab/c"]),
        ("/Docs/", [], ["docs/a"]),
        ("/", [], ["a"]),
        ("/äöü/*.yml", ["äöü/x.yml"], ["äöü/y/x.yml"]),
    ],
)
def test_what_a_pattern_means(pattern: str, meant: list[str], not_meant: list[str]) -> None:
    (rule,) = parse(f"{pattern} @x\n").rules
    for path in meant:
        assert rule.matches(path), path
    for path in not_meant:
        assert not rule.matches(path), path
    asked = assign([rule], [*meant, *not_meant])
    assert sorted(asked.deciding) == sorted(meant)


def test_lines_that_github_passes_over_are_told_with_their_reason() -> None:
    text = "!a @x\n\\#a @x\n[ab].md @x\n/a\\[b @x\n*.py nobody\n*.js @a @b/\n/a\\\n[Section]\n/ok @x\n"
    found = parse(text)
    assert [(one.line, one.why.split()[0]) for one in found.mistakes] == [
        (1, "`!`"),
        (2, "a"),
        (3, "`["),
        (5, "'nobody'"),
        (6, "'@b/'"),
        (7, "a"),
        (8, "`["),
    ]
    assert [rule.line for rule in found.rules] == [4, 9]
    assert found.rules[0].matches("a[b")


def test_comments_line_ends_and_white_space() -> None:
    text = "  # no rule\r\n\t/a\t@x   @y#z # @w\r\n/b # @nobody\r\n"
    found = parse(text)
    assert [(mistake.line, mistake.why.split()[0]) for mistake in found.mistakes] == [(2, "'@y#z'")]
    assert found.rules == (Rule(3, "/b", ()),)


def test_the_last_match_wins_and_what_is_hidden_is_known() -> None:
    rules = parse("*.md @a\n/docs/ @b\n/docs/x.md @c\n/docs/ @d\n/none/ @e\n").rules
    asked = assign(rules, ["docs/x.md", "docs/y", "readme.md"])
    assert {path: rule.line for path, rule in asked.deciding.items()} == {"docs/x.md": 4, "docs/y": 4, "readme.md": 1}
    assert asked.hidden_by == {2: (4,), 3: (4,)}
    assert [line for line in asked.matched if not asked.matched[line]] == [5]
    assert asked.decided == {4: 2, 1: 1}


def test_the_file_is_looked_for_where_github_and_gitlab_look(tmp_path: Path) -> None:
    assert read(tmp_path) is None
    for location in reversed(LOCATIONS):
        (tmp_path / location).parent.mkdir(exist_ok=True)
        (tmp_path / location).write_bytes(b"\xef\xbb\xbf* @x\n\xff @y\n")
        found = read(tmp_path)
        assert found is not None
        assert found.path == location
        assert found.rules[0].pattern == "*"
    (tmp_path / LOCATIONS[0]).write_bytes(b"* @x\n" + b"#" * MAX_BYTES)
    found = read(tmp_path)
    assert found is not None
    assert not found.rules
    assert "3 MB" in found.mistakes[0].why


_NAMES = st.sampled_from(["a", "b", "ab", "a.b", "-", "é", "a(b", "a+", "a{b}", "a|b"])
_PIECES = st.one_of(
    _NAMES, st.sampled_from(["*", "**", "?", "*.b", "a*", "a**b", "**a", "a**", "?b", "a*b", "***", "\\*", "a\\?b"])
)
_PATTERNS = st.builds(
    lambda start, pieces, end: start + "/".join(pieces) + end,
    st.sampled_from(["", "/"]),
    st.lists(_PIECES, min_size=1, max_size=4),
    st.sampled_from(["", "/"]),
)
_PATHS = st.lists(st.one_of(_NAMES, st.sampled_from(["a*", "*", "axb", "a?b"])), min_size=1, max_size=5).map("/".join)


@given(st.lists(_PATTERNS, min_size=1, max_size=6), st.lists(_PATHS, min_size=1, max_size=8))
def test_another_implementation_says_the_same(patterns: list[str], paths: list[str]) -> None:
    """The oracle is the `codeowners` package, a port of hmarr/codeowners.

    It departs from GitHub's documentation in what is not generated here: it takes `!` and `[ ]`, and an escaped `#`
    at the beginning; it keeps a line whose owner is none, and owners named within a comment; a pattern with an
    escaped space it takes as anchored at the root.
    """
    oracle = pytest.importorskip("codeowners")
    text = "".join(f"{pattern} @o{number}\n" for number, pattern in enumerate(patterns))
    found = parse(text)
    assert not found.mistakes
    theirs = oracle.CodeOwners(text)
    asked = assign(found.rules, paths)
    for path in paths:
        expected = theirs.matching_line(path)[1]
        rule = match(found.rules, path)
        assert (rule.line if rule else None) == expected, path
        assert asked.deciding.get(path) == rule


def test_a_link_out_of_the_repository_is_not_followed(tmp_path: Path) -> None:
    """A site shows lines with mistakes: it must not publish what a link leads to (`/proc/self/environ`)."""
    secret = tmp_path / "secret"
    secret.write_text("TOKEN=s3cr3t\n")
    top = tmp_path / "repo"
    top.mkdir()
    (top / "CODEOWNERS").symlink_to(secret)
    found = read(top)
    assert found is not None
    assert not found.rules
    assert "s3cr3t" not in repr(found)
    (top / "CODEOWNERS").unlink()
    (top / "owners").write_text("* @ann\n")
    (top / "CODEOWNERS").symlink_to("owners")
    inner = read(top)
    assert inner is not None
    assert [rule.pattern for rule in inner.rules] == ["*"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on Unix only")
def test_what_is_no_ordinary_file_is_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "CODEOWNERS")
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "CODEOWNERS").mkdir()
    assert read(tmp_path) is None
