"""Merges, renames, deletions, wrong clocks: a review saw what its commit builds on, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.staleness.wiki import noon

if TYPE_CHECKING:
    from pathlib import Path

    from tests.staleness.wiki import Wiki

DATA = "title: Sales\nlast_reviewed: 2026-03-01\nlimitations: Only paid ones.\ndescription: What was sold, when.\n"
CARD = "title: Churn\nowners: person:ann\ntraining_data: sales\ncovers: src/**\ndescription: Who leaves, and when.\n"
REVIEWED = CARD + "last_reviewed: 2026-05-10\n"
FILES = {
    "people/ann.yml": "title: Ann\nlast_reviewed: 2026-05-10\n",
    "datasets/sales.yml": DATA,
    "models/churn.yml": CARD + "last_reviewed: 2026-03-01\n",
    "src/a.py": "1\n",
}


def branched(wiki: Wiki, change: dict[str, str]) -> Wiki:
    """A branch whose commit is dated before a review on main, and that is merged after it."""
    wiki.on("2026-03-01", FILES)
    wiki.repo.git("checkout", "-q", "-b", "topic")
    wiki.on("2026-05-05", change, "On a branch")
    wiki.repo.git("checkout", "-q", "main")
    return wiki


@pytest.mark.parametrize("change", [{"src/a.py": "2\n"}, {"datasets/sales.yml": DATA.replace("paid", "lent")}])
def test_what_a_merge_brings_after_the_review_makes_suspect(wiki: Wiki, change: dict[str, str], tmp_path: Path) -> None:
    branched(wiki, change)
    wiki.on("2026-05-10", {"models/churn.yml": REVIEWED}, "Review")
    assert wiki.verdict("model:churn") == "fresh"
    wiki.repo.merge("topic", time=noon("2026-05-15"))
    assert "On a branch" in wiki.reasons("model:churn")[0]


@pytest.mark.parametrize("change", [{"src/a.py": "2\n"}, {"datasets/sales.yml": DATA.replace("paid", "lent")}])
def test_with_fingerprints_all_clones_agree_on_it(wiki: Wiki, change: dict[str, str], tmp_path: Path) -> None:
    branched(wiki, change)
    assert wiki.review("model:churn", today="2026-05-10").returncode == 0
    wiki.on("2026-05-10", {}, "Review")
    wiki.repo.merge("topic", time=noon("2026-05-15"))
    assert wiki.verdict("model:churn") == "suspect"
    assert wiki.without_git(tmp_path / "copy").verdict("model:churn") == "suspect"
    assert type(wiki)(wiki.repo.clone(tmp_path / "shallow", "--depth=1")).verdict("model:churn") == "suspect"


def test_a_review_on_the_branch_has_seen_the_branch(wiki: Wiki) -> None:
    branched(wiki, {"src/a.py": "2\n"})
    wiki.repo.git("checkout", "-q", "topic")
    wiki.on("2026-05-10", {"models/churn.yml": REVIEWED}, "Review on the branch")
    wiki.repo.git("checkout", "-q", "main")
    wiki.on("2026-05-12", {"README": "x"})
    wiki.repo.merge("topic", time=noon("2026-05-20"))
    assert wiki.verdict("model:churn") == "fresh"


def test_later_the_same_day_is_after_the_review(wiki: Wiki) -> None:
    wiki.on("2026-03-01", FILES)
    wiki.on("2026-05-10", {"models/churn.yml": REVIEWED})
    wiki.repo.commit({"src/a.py": "2\n"}, time=noon("2026-05-10") + 3600)
    assert wiki.verdict("model:churn") == "suspect"


def test_an_edit_of_the_card_is_no_review(wiki: Wiki) -> None:
    wiki.on("2026-03-01", FILES)
    wiki.on("2026-05-10", {"models/churn.yml": REVIEWED})
    wiki.on("2026-05-12", {"src/a.py": "2\n"})
    wiki.on("2026-05-13", {"models/churn.yml": REVIEWED + "tags: [x]\n"})
    assert wiki.verdict("model:churn") == "suspect"


def test_a_card_that_is_renamed_and_edited_is_no_new_card(wiki: Wiki) -> None:
    wiki.on("2026-03-01", FILES)
    wiki.on("2026-05-10", {"models/churn.yml": REVIEWED})
    wiki.on("2026-05-12", {"src/a.py": "2\n"})
    wiki.on("2026-05-20", {"models/churn.yml": None, "models/leaving.yml": REVIEWED + "id: churn\n"})
    assert wiki.verdict("model:churn") == "suspect"


def test_a_watched_record_that_is_renamed_and_edited_is_compared_with_what_it_was(wiki: Wiki) -> None:
    wiki.on("2026-03-01", FILES)
    wiki.on("2026-05-10", {"models/churn.yml": REVIEWED})
    renamed = DATA.replace("paid", "lent") + "id: sales\n"
    wiki.on("2026-05-20", {"datasets/sales.yml": None, "datasets/sold.yml": renamed})
    assert "was Only paid ones., is Only lent ones." in wiki.reasons("model:churn")[0]


def test_work_that_was_thrown_away_after_the_review_makes_suspect(wiki: Wiki) -> None:
    wiki.on("2026-03-01", FILES)
    wiki.repo.write({"src/a.py": "not to be kept\n"})
    assert wiki.review("model:churn").returncode == 0
    wiki.repo.write({"src/a.py": "1\n"})
    wiki.on("2026-06-01", {}, "Review")
    assert wiki.reasons("model:churn") == [
        "src/** differs from what the review saw, and no commit since changed it: work that was not committed then"
    ]


def test_settling_makes_no_record_younger(wiki: Wiki) -> None:
    """A record that was never reviewed keeps its clock, and its other reasons."""
    wiki.on("2025-10-01", {**FILES, "models/churn.yml": CARD})
    wiki.on("2026-05-05", {"src/a.py": "2\n", "datasets/sales.yml": DATA.replace("paid", "lent")})
    assert [reason.verdict for reason in wiki.standing("model:churn").reasons] == ["suspect", "suspect", "stale"]
    assert wiki.review("--cause", "dataset:sales").returncode == 0
    wiki.on("2026-06-01", {}, "Settle")
    standing = wiki.standing("model:churn")
    assert [reason.verdict for reason in standing.reasons] == ["suspect", "stale"]
    assert str(standing.clock) == "2025-10-01"


def test_an_artifact_that_is_deleted_makes_suspect(wiki: Wiki) -> None:
    card = REVIEWED + "versions: [{version: 1, artifacts: [{path: out/m.bin, checksum: abc}]}]\n"
    wiki.on("2026-05-10", {**FILES, "models/churn.yml": card, "out/m.bin": "x"})
    wiki.on("2026-05-20", {"out/m.bin": None})
    assert wiki.reasons("model:churn")[0].startswith("out/m.bin changed")


def test_a_wrong_clock_hides_no_change_of_a_record(wiki: Wiki) -> None:
    wiki.on("2026-03-01", FILES)
    wiki.on("2026-05-01", {"datasets/sales.yml": DATA.replace("paid", "lent")})
    wiki.on("2026-02-05", {"datasets/sales.yml": DATA.replace("paid", "lent") + "# by a clock that is wrong\n"})
    assert wiki.verdict("model:churn") == "suspect"


def test_records_of_one_name_and_two_kinds_have_clocks_of_their_own(wiki: Wiki) -> None:
    both = "kind: model\nid: x\ntitle: X\n---\nkind: dataset\nid: x\ntitle: X{}\n"
    wiki.on("2025-02-01", {"models/x.yml": both.format("")})
    wiki.on("2026-05-01", {"models/x.yml": both.format(" again")})
    assert str(wiki.standing("model:x").clock) == "2025-02-01"
    assert str(wiki.standing("dataset:x").clock) == "2026-05-01"


def test_a_future_review_date_is_told(wiki: Wiki) -> None:
    wiki.on("2026-03-01", {**FILES, "models/churn.yml": CARD + "last_reviewed: 2030-01-01\n"})
    assert "the review date 2030-01-01 lies in the future" in wiki.standing("model:churn").notes
