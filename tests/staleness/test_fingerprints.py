"""Fingerprints that a review left: exact, and in need of no history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.staleness.verdict import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from tests.staleness.wiki import Wiki

DATA = "title: Sales\nlast_reviewed: 2026-03-01\nlimitations: Only paid ones.\n"
CARD = "title: Churn\nowners: person:ann\nlast_reviewed: 2026-03-01\ntraining_data: sales\ncovers: src/**\n"
FILES = {
    "people/ann.yml": "title: Ann\nlast_reviewed: 2026-05-01\n",
    "datasets/sales.yml": DATA,
    "models/churn.yml": CARD,
    "src/a.py": "1\n",
}


@pytest.fixture
def reviewed(wiki: Wiki) -> Wiki:
    """A wiki whose model was reviewed, with fingerprints, on 2026-06-01; the review is committed."""
    wiki.on("2026-03-01", FILES)
    wiki.on("2026-04-01", {"src/a.py": "2\n", "datasets/sales.yml": DATA.replace("paid", "sold")})
    assert wiki.verdict("model:churn") == "suspect"
    done = wiki.review("model:churn")
    assert done.returncode == 0, done.stderr
    wiki.on("2026-06-01", {}, "Review churn")
    return wiki


def test_after_a_review_a_record_is_fresh_with_and_without_git(reviewed: Wiki, tmp_path: Path) -> None:
    assert reviewed.verdict("model:churn") == "fresh"
    assert reviewed.without_git(tmp_path / "copy").verdict("model:churn") == "fresh"
    assert type(reviewed)(reviewed.repo.clone(tmp_path / "shallow", "--depth=1")).verdict("model:churn") == "fresh"


def test_a_change_on_the_day_of_the_review_is_seen(reviewed: Wiki) -> None:
    reviewed.repo.commit({"src/a.py": "3\n"}, "In the evening", time=1780336800)  # 2026-06-01 18:00
    (reason,) = reviewed.standing("model:churn").reasons
    assert "In the evening" in reason.text


def test_what_differs_is_suspect_without_git_too(reviewed: Wiki, tmp_path: Path) -> None:
    reviewed.on("2026-06-02", {"src/a.py": "3\n", "datasets/sales.yml": DATA})
    bare = reviewed.without_git(tmp_path / "copy")
    assert bare.reasons("model:churn", "2026-06-03") == [
        "src/** differs from what the review saw, and git cannot tell which commit changed it",
        "Sales changed after the review of 2026-06-01, difference unknown",
    ]


def test_history_finds_the_version_that_the_review_saw(reviewed: Wiki) -> None:
    reviewed.on("2026-06-02", {"datasets/sales.yml": DATA.replace("paid", "lent")})
    reviewed.on("2026-06-03", {"datasets/sales.yml": DATA.replace("paid", "hired")})
    (reason,) = reviewed.standing("model:churn", "2026-06-04").reasons
    assert [str(one) for one in reason.differences or ()] == ["limitations: was Only sold ones., is Only hired ones."]
    assert len(reason.changes) == 2


def test_a_sweep_changes_bytes_and_makes_nothing_suspect(reviewed: Wiki) -> None:
    sha = reviewed.on("2026-06-02", {"src/a.py": "2 \n"})
    assert reviewed.verdict("model:churn", "2026-06-03") == "suspect"
    reviewed.on("2026-06-03", {".git-blame-ignore-revs": f"{sha}\n"})
    standing = reviewed.standing("model:churn", "2026-06-03")
    assert standing.verdict is Verdict.FRESH
    assert "do not count" in standing.notes[0]


def test_line_ends_and_untracked_files_do_not_matter(reviewed: Wiki, tmp_path: Path) -> None:
    """A clone with other line ends, and rubbish beside the code, are the same commit."""
    reviewed.on("2026-06-02", {".gitattributes": "*.py text eol=crlf\n"})
    clone = type(reviewed)(reviewed.repo.clone(tmp_path / "clone"))
    assert (clone.root / "src/a.py").read_bytes() == b"2\r\n"
    clone.repo.write({"src/__pycache__/a.pyc": b"\0", "src/notes.txt": "mine"})
    assert clone.verdict("model:churn", "2026-06-03") == "fresh"


def test_a_new_file_under_a_glob_is_a_change(reviewed: Wiki) -> None:
    reviewed.on("2026-06-02", {"src/b.py": "1\n"})
    assert reviewed.verdict("model:churn", "2026-06-03") == "suspect"


def test_a_record_that_the_review_saw_and_that_is_gone_makes_suspect(reviewed: Wiki) -> None:
    reviewed.on("2026-06-02", {"datasets/sales.yml": None})
    assert reviewed.reasons("model:churn", "2026-06-03") == [
        "dataset:sales, which the review saw, is not there any more"
    ]
    assert reviewed.review("model:churn", today="2026-06-03").returncode == 0
    assert reviewed.verdict("model:churn", "2026-06-03") == "fresh"


def test_fingerprints_written_by_hand_are_no_traceback(wiki: Wiki) -> None:
    wiki.on("2026-03-01", {**FILES, "models/churn.yml": CARD + "seen: {dataset:sales: nonsense, src/**: 5}\n"})
    assert wiki.verdict("model:churn") == "suspect"


def test_an_owner_who_is_gone_without_a_day_is_settled_by_the_fingerprint(wiki: Wiki) -> None:
    wiki.on("2026-03-01", {**FILES, "people/ann.yml": "title: Ann\nactive: false\n", "people/ben.yml": "title: Ben\n"})
    assert wiki.reasons("model:churn") == [
        "the accountable owner Ann is gone, and nobody wrote since when; nobody succeeds"
    ]
    assert wiki.review("model:churn", by="ben").returncode == 0
    assert wiki.verdict("model:churn") == "fresh"
    wiki.repo.write({"people/ann.yml": "title: Ann\nactive: false\nsucceeded_by: person:ben\n"})
    assert wiki.verdict("model:churn") == "suspect"  # news of her


def test_an_owner_who_leaves_after_the_review_is_news(wiki: Wiki) -> None:
    wiki.on(
        "2026-03-01", {**FILES, "people/ann.yml": "title: Ann\nleft: 2026-06-10\n", "people/ben.yml": "title: Ben\n"}
    )
    assert wiki.review("model:churn", by="ben").returncode == 0
    assert wiki.verdict("model:churn", "2026-06-09") == "fresh"
    assert wiki.verdict("model:churn", "2026-06-10") == "suspect"
