"""Markdown in fields counts as the body's does: references, links, terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.relations import MENTIONS
from mkdocs_handoff.pages.prose import Prose
from mkdocs_handoff.pages.sitemap import sitemap
from mkdocs_handoff.records.record import Identity
from tests.projects import lint, told, write_files

if TYPE_CHECKING:
    from pathlib import Path

CHURN = Identity("model", "churn")
OLDER = Identity("model", "older")
RECALL = Identity("term", "recall")


def project_files(limitation: str) -> dict[str, str]:
    return {
        "handoff.yml": "",
        "models/churn.yml": f"title: Churn\nlimitations:\n  - one\n  - |\n    {limitation}\n",
        "models/older.yml": "title: Older\n",
        "models/plot.svg": "<svg/>",
        "glossary.yml": "terms:\n  - title: Recall\n    definition: What is found of what there is.\n",
    }


def test_a_mention_in_a_field_is_read_from_both_ends(tmp_path: Path) -> None:
    catalog = lint(write_files(tmp_path, project_files("As [[older]], with low recall."))).catalog
    (relation,) = catalog.incoming[OLDER]
    assert (relation.source, relation.name, relation.path) == (CHURN, MENTIONS, ("limitations", 1))
    assert catalog.uses[RECALL] == (CHURN,)


def test_a_link_in_a_field_leads_to_a_record_and_takes_a_file_along(tmp_path: Path) -> None:
    project = lint(write_files(tmp_path, project_files("See [it](older.yml) and ![a plot](plot.svg).")))
    assert [relation.target for relation in project.catalog.outgoing[CHURN]] == [OLDER]
    assert sitemap(project).assets == {"models/plot.svg": "handoff/models/plot.svg"}


def test_what_is_wanted_and_what_is_wrong_in_a_field_is_told_at_the_field(tmp_path: Path) -> None:
    project = lint(write_files(tmp_path, project_files("[[dataset:none]], [[oldr]], `[[oldr]]`, [x](gone.md)")))
    assert [str(wanted) for wanted in project.catalog.wanted] == ["dataset:none"]
    assert told(project) == ["models/churn.yml:4:5 link/missing", "models/churn.yml:4:5 reference/near-miss"]


def test_what_stands_in_the_body_is_not_counted_twice(tmp_path: Path) -> None:
    files = {"handoff.yml": "", "models/a.md": "First words on [[model:b]].\n", "models/b.yml": "title: B\n"}
    catalog = lint(write_files(tmp_path, files)).catalog
    assert len(catalog.incoming[Identity("model", "b")]) == 1


def test_a_bare_name_means_the_one_wanted_record_that_has_it(tmp_path: Path) -> None:
    files = {
        "handoff.yml": "",
        "models/a.md": "---\ntitle: A\ntraining_data: [events]\n---\nTrained on [[events]], not on [[nothing]].\n",
    }
    project = lint(write_files(tmp_path, files))
    (wanted,) = project.catalog.wanted
    assert (str(wanted), len(wanted.wanted_by)) == ("dataset:events", 2)
    answer = Prose(project, sitemap(project)).mention("events", "", "handoff/models/a.md")
    assert answer is not None
    assert (answer.text, answer.wanted, answer.href) == ("events", True, "../wanted.md#handoff-wanted-dataset~events")


def test_a_stated_gap_is_what_prose_says_of_it(tmp_path: Path) -> None:
    files = {
        "handoff.yml": "",
        "models/a.yml": "title: A\ncost: {unknown: asked Ann on 2026-10-02}\n",
        "models/b.md": "It costs [[a#cost]].\n",
    }
    project = lint(write_files(tmp_path, files))
    assert told(project) == []
    answer = Prose(project, sitemap(project)).mention("a#cost", "", "handoff/models/b.md")
    assert answer is not None
    assert (answer.text, answer.problem) == ("not known", "")
    assert "asked Ann" in answer.hint
