"""Reviewing settles, in any order and whoever refers to whom: no record is suspect right after its review."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_handoff.past import look_back
from mkdocs_handoff.records.edit import write_fields
from mkdocs_handoff.staleness.causes import causes
from mkdocs_handoff.staleness.stamp import Stamper
from mkdocs_handoff.staleness.verdict import Verdict
from tests.history.repositories import repository
from tests.staleness.wiki import Wiki

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("a", "b", "c", "d")
PATHS = {
    "a": "models/a.yml",
    "b": "datasets/b.md",
    "c": "features/c.yml",
    "d": "features/d.yml",
}
GLOBS = ("src/**", "src/x.py", "models/**", "**/*.yml", "features/c.yml", "*")


@st.composite
def projects(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, str]]:
    """Draw records that refer to each other and cover files (each other's as well), and an edit of some of them."""
    before: dict[str, str] = {"src/x.py": "1\n", "people/ann.yml": "title: Ann\nlast_reviewed: 2026-01-01\n"}
    after = {"src/x.py": draw(st.sampled_from(("1\n", "2\n")))}
    if draw(st.booleans()):
        after["people/ann.yml"] = before["people/ann.yml"] + "left: 2026-04-15\n"
    for name in NAMES:
        kinds = {"a": "model:a", "b": "dataset:b", "c": "feature:c", "d": "feature:d"}
        others = draw(st.lists(st.sampled_from([kind for one, kind in kinds.items() if one != name]), unique=True))
        covers = draw(st.lists(st.sampled_from(GLOBS), unique=True, max_size=2))
        lines = [f"title: {name}", "owners: person:ann"]
        lines += ["last_reviewed: 2026-03-01"] if draw(st.booleans()) else []
        lines += [f"depends_on: [{', '.join(others)}]"] if others else []
        lines += [f"covers: [{', '.join(map(repr, covers))}]"] if covers else []
        fenced = "---\n{}\n---\nProse.\n" if PATHS[name].endswith(".md") else "{}\n"
        before[PATHS[name]] = fenced.format("\n".join(lines))
        edit = draw(st.sampled_from(("", "version: 2", "tags: [x]", "lifecycle: deprecated", "description: Other.")))
        after[PATHS[name]] = fenced.format("\n".join([*lines, *([edit] if edit else [])]))
    return before, after


def _review(wiki: Wiki, name: str, *, settle: bool) -> None:
    """Review a record, or settle all causes that made it suspect, as the command does."""
    project = wiki.project()
    past = look_back(project.settings, date(2026, 6, 1))
    stamper = Stamper(project.catalog, project.settings.root, past.history, past.today)
    record = next(one for one in project.catalog.records.values() if one.identity.name == name)
    if settle:
        suspicions = [one for one in wiki.judge().standings[record.identity].reasons if one.cause]
        fields = stamper.settle(record, suspicions) if suspicions else {}
    else:
        fields = stamper.review(record, "person:ann")
    if fields:
        write_fields(project.settings.root, record, fields)


@pytest.mark.slow
@settings(max_examples=15)  # each makes a repository, and judges it six times
@given(
    files=projects(),
    order=st.permutations(NAMES),
    committed=st.lists(st.booleans(), min_size=4, max_size=4),
    settle=st.booleans(),
)
def test_reviewing_in_any_order_settles(
    tmp_path: Path,
    files: tuple[dict[str, str], dict[str, str]],
    order: list[str],
    committed: list[bool],
    settle: bool,
) -> None:
    shutil.rmtree(tmp_path / "repo", ignore_errors=True)
    wiki = Wiki(repository(tmp_path / "repo"))
    before, after = files
    wiki.on("2026-02-01", before)
    wiki.on("2026-04-20", after)
    done: set[str] = set()
    for number, (name, commit) in enumerate(zip(order, committed, strict=True)):
        _review(wiki, name, settle=settle)
        done.add(name)
        if commit:
            wiki.repo.commit(time=1780315200 + number)  # 2026-06-01 12:00
        standings = wiki.judge().standings
        suspect = {one.identity.name for one in standings.values() if one.verdict is Verdict.SUSPECT}
        assert not suspect & done
    assert not causes(wiki.judge().standings)
