"""What a branch makes suspect."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mkdocs_handoff.history.base import base
from mkdocs_handoff.past import look_back
from mkdocs_handoff.staleness.changed import suspects_of
from mkdocs_handoff.staleness.judge import staleness

if TYPE_CHECKING:
    from pathlib import Path

    from tests.staleness.wiki import Wiki

DATA = "title: Sales\nlast_reviewed: 2026-03-01\nlimitations: Only paid ones.\n"
CARD = "title: Churn\nlast_reviewed: 2026-03-01\ntraining_data: sales\ncovers: src/**\n"
FILES = {"datasets/sales.yml": DATA, "models/churn.yml": CARD, "src/a.py": "1\n"}


def suspects(wiki: Wiki, against: str = "main", today: str = "2026-06-01") -> dict[str, list[str]]:
    project = wiki.project()
    past = look_back(project.settings, date.fromisoformat(today))
    catalog, root, history = project.catalog, project.settings.root, past.history
    standings = staleness(catalog, root, history, past.today).standings
    commit = base(history.repository, against)
    assert commit
    found = suspects_of(catalog, root, history, standings, commit)
    return {str(identity): [reason.text for reason in reasons] for identity, reasons in found.items()}


def branch(wiki: Wiki) -> Wiki:
    wiki.on("2026-03-01", FILES)
    wiki.on("2026-04-01", {"src/a.py": "suspect before the branch\n"})
    wiki.repo.git("checkout", "-q", "-b", "topic")
    return wiki


def test_a_branch_without_changes_makes_nothing_suspect(wiki: Wiki) -> None:
    assert suspects(branch(wiki)) == {}


def test_only_what_the_branch_did_counts(wiki: Wiki) -> None:
    branch(wiki)
    sha = wiki.on("2026-05-01", {"datasets/sales.yml": DATA.replace("paid", "lent")}, "Lend")
    wiki.repo.git("checkout", "-q", "main")
    wiki.on("2026-05-02", {"src/a.py": "on main, after the branch began\n"})
    wiki.repo.git("checkout", "-q", "topic")
    told = "Sales changed in this change: limitations: was Only paid ones., is Only lent ones."
    assert suspects(wiki) == {"model:churn": [f"{told} ({sha[:10]} of 2026-05-01 by Ann, 'Lend')"]}


def test_what_is_not_committed_counts(wiki: Wiki) -> None:
    branch(wiki).repo.write({"src/a.py": "3\n"})
    assert suspects(wiki) == {"model:churn": ["src/a.py changed in this change (not committed yet)"]}


def test_a_record_that_the_branch_reviews_is_settled_unless_something_changed_later(wiki: Wiki) -> None:
    branch(wiki)
    wiki.on("2026-05-01", {"src/a.py": "3\n", "models/churn.yml": CARD.replace("2026-03-01", "2026-05-01")})
    assert suspects(wiki) == {}
    wiki.on("2026-05-02", {"src/a.py": "4\n"})
    assert list(suspects(wiki)) == ["model:churn"]


def test_a_record_that_the_branch_brings_is_no_suspect(wiki: Wiki) -> None:
    branch(wiki)
    wiki.on("2026-05-01", {"models/new.yml": "title: New\ncovers: src/**\n", "src/b.py": "1\n"})
    assert list(suspects(wiki)) == ["model:churn"]


def test_the_base_is_where_the_branch_began(wiki: Wiki, tmp_path: Path) -> None:
    branch(wiki)
    start = wiki.repo.head
    wiki.on("2026-05-01", {"src/a.py": "3\n"})
    repository = look_back(wiki.project().settings, date(2026, 6, 1)).history.repository
    assert base(repository) == base(repository, "main") == start
    assert base(repository, "HEAD~1") == start
    assert base(repository, "no-such-branch") == ""
    assert base(repository, "--all") == ""
    shallow = type(wiki)(wiki.repo.clone(tmp_path / "clone", "--depth=1", "--branch=topic"))
    assert base(look_back(shallow.project().settings, date(2026, 6, 1)).history.repository, "main") == ""
