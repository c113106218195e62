# ruff: noqa: E501 - pairs are easier to compare in one line
"""Globs as git has them, and what a name was probably meant to be."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_handoff.records.record import slug
from mkdocs_handoff.text.globs import fixed_part, matches, path_for
from mkdocs_handoff.text.near import nearest


@pytest.mark.parametrize(
    ("glob", "yes", "no"),
    [
        ("models/*.md", ["models/a.md", "models/.md"], ["models/a/b.md", "a.md", "models/a.yml", "x/models/a.md"]),
        ("models/**/card.md", ["models/card.md", "models/a/card.md", "models/a/b/card.md"], ["models/a/xcard.md"]),
        ("**/a.md", ["a.md", "x/a.md", "x/y/a.md"], ["b.md", "xa.md"]),
        ("legacy/**", ["legacy/a", "legacy/a/b"], ["legacy", "xlegacy/a"]),
        ("a?.md", ["ab.md"], ["a.md", "a/.md", "abc.md"]),
        ("[ab]*.md", ["a.md", "bx.md"], ["c.md"]),
        ("[!ab].md", ["c.md"], ["a.md"]),
        ("[a-c].md", ["b.md"], ["d.md"]),
        ("./models/*.md", ["models/a.md"], []),
        ("/models/*.md", ["models/a.md"], []),
        ("a+b(c).md", ["a+b(c).md"], ["aab(c).md"]),
        ("[", ["["], ["a"]),
        ("[z-a].md", [], ["b.md"]),
        ("é*.md", ["éa.md"], []),
        ("", [""], ["a"]),
        ("**", ["a", "a/b"], []),
        ("*a*b", ["ab", "xaxb", "aab"], ["ba", "a/b"]),
        ("*a?*b.md", ["aab.md", "xaybzb.md"], ["ab.md"]),
        ("**/a/**/b", ["a/b", "x/a/b", "a/a/x/b", "x/a/y/z/b"], ["b", "xa/b", "a/xb"]),
        ("**/a*/b/**/c*d", ["a/b/cd", "x/ay/b/b/cxd"], ["a/x/b/cd", "a/b/c/d"]),
        ("**a**b", ["ab", "xa/y/zb"], ["b/a"]),
        ("src**/b", ["src/b", "srcs/a/b"], ["srcb", "srcs/ab"]),
        ("a[!x]b", ["ayb"], ["a/b", "axb"]),
    ],
)
def test_globs(glob: str, yes: list[str], no: list[str]) -> None:
    assert all(matches(path, glob) for path in yes)
    assert not any(matches(path, glob) for path in no)


@pytest.mark.parametrize(
    ("glob", "folder"),
    [("models/*.md", "models"), ("a/b/c.md", "a/b"), ("**/a", ""), ("a/*/b.md", "a"), ("a.md", ""), ("./a/b", "a")],
)
def test_where_a_search_may_begin(glob: str, folder: str) -> None:
    assert fixed_part(glob) == folder


@given(glob=st.text(alphabet="ab*?[]!-/.\\", max_size=12), path=st.text(alphabet="ab/.", max_size=8))
def test_no_glob_brings_matching_down(glob: str, path: str) -> None:
    assert matches(path, glob) in (True, False)


@pytest.mark.parametrize(
    "glob",
    ["**/" + "*a**/" * 12, "**/" * 12 + "x", "*a" * 12 + "c", "**a" * 12 + "c", "**/*a" * 12, "**/a*b/" * 50 + "**"],
)
def test_no_glob_takes_long(glob: str) -> None:
    began = time.process_time()
    assert not matches("ab/" * 40 + "a" * 241 + "b.md", glob)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("lisence", ["license"], ""), ("lcense", ["license"], "license"), ("Licence", ["license"], "license"), ("licence-", ["license"], "license"),
        ("owner", ["owners"], "owners"), ("tag", ["tags"], ""), ("own", ["one"], ""), ("v2", ["v3"], ""),
        ("model-v2", ["model-v3"], ""), ("churn_events", ["churn-events"], "churn-events"),
        ("churnevents", ["churn-events"], "churn-events"), ("churn-evntes", ["churn-events"], "churn-events"),
        ("churn", ["churn"], ""), ("", ["a"], ""), ("abcd", [], ""), ("limitatoins", ["limitations", "imitations"], "limitations"),
        ("strasse", ["straße"], "straße"), ("team-c", ["team-a"], ""), ("team_a", ["team-a"], "team-a"),
    ],
)  # fmt: skip
def test_what_a_name_was_probably_meant_to_be(name: str, known: list[str], near: str) -> None:
    assert nearest(name, known) == near


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Churn Score", "churn-score"), ("  a  b ", "a-b"), ("acme/net", "acme-net"), ("v1.10", "v1.10"), ("Größe", "größe"),
        ("../../etc", "etc"), (".hidden", "hidden"), ("a_b", "a_b"), ("<b>", "b"), ("", ""), ("?", ""), ("e\u0301", "é"),
    ],
)  # fmt: skip
def test_names_in_identities(text: str, name: str) -> None:
    assert slug(text) == name
    assert slug(slug(text)) == name


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("models/*.md", "models/churn.md"),
        ("models/**/*.md", "models/churn.md"),
        ("models/**/README.md", "models/churn/README.md"),
        ("zoo/*/model.yml", "zoo/churn/model.yml"),
        ("**/adr-*.md", "adr-churn.md"),
        ("./cards/**", "cards/churn"),
        ("glossary.yml", ""),
        ("m?dels/*.md", ""),
    ],
)
def test_a_name_has_a_place_where_a_glob_finds_it(glob: str, path: str) -> None:
    assert path_for("churn", glob) == path
    assert not path or matches(path, glob)
