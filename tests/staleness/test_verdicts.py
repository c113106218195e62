"""Files and commits in, verdicts and their evidence out: the table of the design, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.staleness.causes import causes
from mkdocs_handoff.staleness.verdict import About, Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from tests.staleness.wiki import Wiki

ANN = {"people/ann.yml": "title: Ann\nlast_reviewed: 2026-05-01\n"}
DATA = "title: Sales\nlast_reviewed: 2026-03-01\nlimitations: Only paid ones.\ndescription: What was sold.\n"


def model(more: str = "", reviewed: str = "last_reviewed: 2026-03-01\n", owner: str = "person:ann") -> str:
    """A model card that was reviewed on 2026-03-01."""
    return f"title: Churn\nowners: {owner}\n{reviewed}{more}"


# What does not age


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("decisions/0001-x.md", "# Use x\n\n## Status\n\nAccepted\n"),
        ("decisions/0001-x.md", "---\nstatus: superseded\n---\n# Use x\n"),
        ("models/x.yml", "title: X\nlifecycle: retired\nlast_reviewed: 2020-01-01\n"),
    ],
)
def test_what_does_not_age_is_historical(wiki: Wiki, path: str, text: str) -> None:
    wiki.on("2020-01-01", {path: text})
    (standing,) = wiki.judge().standings.values()
    assert standing.verdict is Verdict.HISTORICAL
    assert not standing.unwatched
    assert standing.reasons


def test_a_decision_that_is_not_taken_ages(wiki: Wiki) -> None:
    wiki.on("2025-11-01", {"decisions/0001-x.md": "---\nstatus: proposed\n---\n# Use x\n"})
    assert wiki.verdict("decision:0001-x") == "stale"
    wiki.on("2026-05-01", {"decisions/0001-x.md": "---\nstatus: accepted\n---\n# Use x\n"})
    assert wiki.reasons("decision:0001-x") == ["decisions do not age (status: accepted)"]


# The clock


@pytest.mark.parametrize(
    ("today", "verdict"),
    [
        ("2026-03-01", "fresh"),
        ("2026-08-17", "fresh"),
        ("2026-08-18", "due"),
        ("2026-09-01", "due"),
        ("2026-09-02", "stale"),
    ],
)
def test_a_review_holds_for_the_interval_of_the_kind(wiki: Wiki, today: str, verdict: str) -> None:
    wiki.on("2026-03-01", {**ANN, "models/churn.yml": model()})
    assert wiki.verdict("model:churn", today) == verdict


def test_the_interval_of_the_record_comes_before_that_of_the_kind(wiki: Wiki) -> None:
    wiki.on("2026-03-01", {**ANN, "models/churn.yml": model("review_every: 2 weeks\n")})
    assert wiki.verdict("model:churn", "2026-03-01") == "due"
    assert wiki.verdict("model:churn", "2026-03-16") == "stale"
    assert wiki.reasons("model:churn", "2026-03-16") == [
        "reviewed on 2026-03-01, to be reviewed every 2 weeks: overdue since 2026-03-15"
    ]


def test_without_a_review_the_clock_runs_from_the_last_change_and_says_so(wiki: Wiki) -> None:
    wiki.on("2025-11-01", {**ANN, "models/churn.yml": model(reviewed="")})
    standing = wiki.standing("model:churn")
    assert (standing.verdict, standing.by_commit) == (Verdict.STALE, True)
    assert standing.reasons[0].text.startswith("never reviewed; last changed on 2025-11-01")
    wiki.on("2026-05-20", {"models/churn.yml": model("version: 2\n", reviewed="")})
    assert wiki.verdict("model:churn") == "fresh"


def test_a_sweep_is_no_review(wiki: Wiki) -> None:
    files = {f"models/m{number}.yml": f"title: M{number}\n" for number in range(101)}
    wiki.on("2025-01-01", {"models/churn.yml": model(reviewed="")})
    wiki.on("2026-05-01", {**files, "models/churn.yml": model("version: 2\n", reviewed="")})
    assert wiki.standing("model:churn").clock is not None
    assert str(wiki.standing("model:churn").clock) == "2025-01-01"
    (only_swept,) = wiki.reasons("model:m7")
    assert "only by commits over many files" in only_swept
    assert wiki.verdict("model:m7") == "unknown"


def test_an_ignored_commit_is_no_review(wiki: Wiki) -> None:
    wiki.on("2025-01-01", {"models/churn.yml": model(reviewed="")})
    sha = wiki.on("2026-05-01", {"models/churn.yml": model("# reformatted\n", reviewed="")})
    wiki.on("2026-05-02", {".git-blame-ignore-revs": f"{sha}\n"})
    assert str(wiki.standing("model:churn").clock) == "2025-01-01"


def test_entries_of_one_file_have_clocks_of_their_own(wiki: Wiki) -> None:
    old, new = "- title: Churn\n  definition: They left.\n", "- title: Value\n  definition: What is paid.\n"
    wiki.on("2025-01-01", {"glossary.yml": f"terms:\n{old}"})
    wiki.on("2026-02-01", {"glossary.yml": f"terms:\n{old}{new}"})
    wiki.on("2026-03-01", {"glossary.yml": f"# Words\nterms:\n{old}{new}"})
    assert str(wiki.standing("term:churn").clock) == "2025-01-01"
    assert str(wiki.standing("term:value").clock) == "2026-02-01"
    assert wiki.verdict("term:churn") == "stale"
    wiki.repo.write({"glossary.yml": f"terms:\n{old}{new}- title: New\n  definition: Not committed.\n"})
    assert wiki.verdict("term:new") == "unknown"


@pytest.mark.parametrize("written", ["2027-01-01", "yesterday", "2026-02-30"])
def test_a_review_date_that_is_none_counts_for_nothing(wiki: Wiki, written: str) -> None:
    wiki.repo.write({"models/churn.yml": model(reviewed=f"last_reviewed: {written}\n")})
    wiki.on("2026-05-01", {"README": "x"})
    wiki.repo.write({"models/other.yml": model(reviewed=f"last_reviewed: {written}\n")})
    assert wiki.standing("model:churn").reviewed is None
    assert wiki.verdict("model:other") == "unknown"
    assert written in wiki.reasons("model:other")[0]


def test_a_review_of_a_day_that_has_begun_elsewhere_counts(wiki: Wiki) -> None:
    wiki.on("2026-05-31", {"models/churn.yml": model(reviewed="last_reviewed: 2026-06-02\n")})
    assert wiki.verdict("model:churn") == "fresh"


# Nothing known


def test_what_is_not_committed_and_never_reviewed_is_unknown(wiki: Wiki) -> None:
    wiki.on("2026-05-01", {"README": "x"})
    wiki.repo.write({"models/churn.yml": model(reviewed="")})
    assert wiki.verdict("model:churn") == "unknown"
    assert wiki.reasons("model:churn") == ["never reviewed, and not committed yet"]


def test_without_git_what_was_never_reviewed_is_unknown(wiki: Wiki, tmp_path: Path) -> None:
    wiki.on("2026-05-01", {"models/churn.yml": model(reviewed=""), "models/b.yml": model()})
    bare = wiki.without_git(tmp_path / "copy")
    assert bare.verdict("model:churn") == "unknown"
    assert "no git repository" in bare.reasons("model:churn")[0]
    assert bare.verdict("model:b") == "fresh"
    assert bare.judge().blind


def test_without_git_what_is_watched_by_dates_alone_is_unknown(wiki: Wiki, tmp_path: Path) -> None:
    """Fresh would be a lie: the code may have changed, and nobody could have seen it."""
    wiki.on("2026-03-01", {"models/churn.yml": model("covers: src/**\n"), "src/a.py": "1\n"})
    bare = wiki.without_git(tmp_path / "copy")
    assert bare.verdict("model:churn") == "unknown"
    assert bare.reasons("model:churn") == ["git cannot tell whether src/** changed after the review of 2026-03-01"]


def test_a_shallow_clone_that_begins_after_the_review_is_told(wiki: Wiki, tmp_path: Path) -> None:
    wiki.on("2026-03-01", {"models/churn.yml": model("covers: src/**\n"), "src/a.py": "1\n"})
    wiki.on("2026-04-01", {"src/a.py": "2\n"})
    wiki.on("2026-05-01", {"README": "x"})
    shallow = type(wiki)(wiki.repo.clone(tmp_path / "shallow", "--depth=1"))
    assert shallow.verdict("model:churn") == "unknown"
    assert "too shallow" in shallow.reasons("model:churn")[0]
    assert shallow.judge().shallow
    deeper = type(wiki)(wiki.repo.clone(tmp_path / "deeper", "--depth=2"))
    assert deeper.verdict("model:churn") == "unknown"  # the clone begins with the change: it may be older than that


# Covered files


def test_covered_code_that_changed_after_the_review_makes_suspect(wiki: Wiki) -> None:
    wiki.on("2026-02-01", {**ANN, "models/churn.yml": model("covers: src/**/*.py\n"), "src/a/b.py": "1\n"})
    wiki.on("2026-03-01", {"src/a/b.py": "2\n"}, "On the day of the review")
    assert wiki.verdict("model:churn") == "fresh"
    sha = wiki.on("2026-03-02", {"src/a/b.py": "3\n"}, "Read missing values as empty")
    standing = wiki.standing("model:churn")
    (reason,) = standing.reasons
    assert (standing.verdict, reason.about) == (Verdict.SUSPECT, About.FILES)
    assert reason.text == (
        f"src/a/b.py changed after the review of 2026-03-01 ({sha[:10]} of 2026-03-02 by Ann, "
        "'Read missing values as empty')"
    )
    assert [(change.commit.sha, change.path) for change in reason.changes] == [(sha, "src/a/b.py")]
    assert reason.cause is not None
    assert reason.cause.name == sha[:10]


def test_a_change_that_is_not_committed_makes_suspect_too(wiki: Wiki) -> None:
    wiki.on("2026-03-01", {"models/churn.yml": model("covers: src/**\n"), "src/a.py": "1\n"})
    wiki.repo.write({"src/a.py": "2\n"})
    assert wiki.reasons("model:churn") == ["src/a.py changed after the review of 2026-03-01 (not committed yet)"]
    reviewed = model("covers: src/**\n", reviewed="last_reviewed: 2026-06-01\n")
    wiki.repo.write({"models/churn.yml": reviewed})  # today, with the change on the screen
    assert wiki.verdict("model:churn") == "fresh"


def test_sweeps_and_ignored_commits_do_not_make_suspect(wiki: Wiki) -> None:
    wiki.on("2026-03-01", {"models/churn.yml": model("covers: src/**\n"), "src/a.py": "1\n"})
    sha = wiki.on("2026-04-01", {"src/a.py": "1 \n"})
    assert wiki.verdict("model:churn") == "suspect"
    wiki.on("2026-04-02", {".git-blame-ignore-revs": f"{sha}\n"})
    assert wiki.verdict("model:churn") == "fresh"


def test_a_record_that_came_after_its_review_is_watched_from_then_on(wiki: Wiki) -> None:
    """Whoever brings old cards into a repository with the code does not find all of them suspect."""
    wiki.on("2026-05-01", {"models/churn.yml": model("covers: src/**\n"), "src/a.py": "1\n"})
    assert wiki.verdict("model:churn") == "fresh"
    wiki.on("2026-05-02", {"src/a.py": "2\n"})
    assert "after it came into the repository on 2026-05-01" in wiki.reasons("model:churn")[0]


def test_records_are_not_watched_as_files(wiki: Wiki) -> None:
    wiki.on("2026-03-01", {"models/churn.yml": model("covers: [models/**, datasets/**]\n"), "datasets/sales.yml": DATA})
    wiki.on("2026-04-01", {"datasets/sales.yml": DATA + "# A remark.\n"})
    assert wiki.verdict("model:churn") == "fresh"


def test_code_above_the_project_can_be_covered(wiki: Wiki) -> None:
    wiki.folder = "docs/"
    wiki.on("2026-03-01", {"handoff.yml": "", "models/churn.yml": model("covers: ../src/**\n"), "../src/a.py": "1\n"})
    wiki.on("2026-04-01", {"../src/a.py": "2\n"})
    assert wiki.reasons("model:churn")[0].startswith("../src/a.py changed after")


def test_an_artifact_with_a_checksum_is_watched(wiki: Wiki) -> None:
    versions = "versions:\n  - version: 1\n    artifacts: [{path: out/m.bin, checksum: abc}, {path: out/n.bin}]\n"
    wiki.on("2026-03-01", {"models/churn.yml": model(versions), "out/m.bin": b"\0", "out/n.bin": b"\0"})
    assert wiki.standing("model:churn").watched.globs == ("out/m.bin",)
    wiki.on("2026-04-01", {"out/m.bin": b"\1", "out/n.bin": b"\1"})
    assert [reason.glob for reason in wiki.standing("model:churn").reasons] == ["out/m.bin"]


def test_a_glob_that_covers_nothing_watches_nothing(wiki: Wiki) -> None:
    wiki.on("2026-03-01", {"models/churn.yml": model("covers: srcc/**\n"), "src/a.py": "1\n"})
    standing = wiki.standing("model:churn")
    assert standing.unwatched
    assert standing.notes == ("srcc/** covers no file",)


# Referenced records

FILES = {**ANN, "datasets/sales.yml": DATA, "models/churn.yml": model("training_data: sales\n")}


def test_a_material_field_of_a_referenced_record_makes_suspect(wiki: Wiki) -> None:
    wiki.on("2026-02-01", FILES)
    sha = wiki.on("2026-04-01", {"datasets/sales.yml": DATA.replace("paid", "paid or lent")}, "Count loans (#7)")
    (reason,) = wiki.standing("model:churn").reasons
    assert reason.text == (
        "Sales changed after the review of 2026-03-01: limitations: was Only paid ones., is Only paid or lent ones. "
        f"({sha[:10]} of 2026-04-01 by Ann, 'Count loans (#7)')"
    )
    assert [str(difference) for difference in reason.differences or ()] == [
        "limitations: was Only paid ones., is Only paid or lent ones."
    ]


@pytest.mark.parametrize(
    "edited",
    [
        DATA.replace("What was sold.", "What we sold."),  # a field that is not material
        DATA.replace("2026-03-01", "2026-05-01"),  # a review
        DATA + "# A remark.\n",
        DATA.replace("limitations: Only paid ones.", 'limitations: ["Only paid ones."]'),  # the same, written otherwise
        "review_every: 1 year\n" + DATA,
    ],
)
def test_what_is_not_material_makes_nothing_suspect(wiki: Wiki, edited: str) -> None:
    wiki.on("2026-02-01", FILES)
    wiki.on("2026-04-01", {"datasets/sales.yml": edited})
    assert wiki.verdict("model:churn") == "fresh"


def test_a_change_that_was_taken_back_makes_nothing_suspect(wiki: Wiki) -> None:
    wiki.on("2026-02-01", FILES)
    wiki.on("2026-04-01", {"datasets/sales.yml": DATA.replace("paid", "lent")})
    wiki.on("2026-04-02", {"datasets/sales.yml": DATA})
    assert wiki.verdict("model:churn") == "fresh"


def test_a_value_from_a_file_counts_as_the_file_has_it(wiki: Wiki) -> None:
    data = DATA.replace("Only paid ones.", "{from: out/note.json#/text}")
    wiki.on("2026-02-01", {**FILES, "datasets/sales.yml": data, "out/note.json": '{"text": "old"}'})
    sha = wiki.on("2026-04-01", {"out/note.json": '{"text": "new"}'})
    (reason,) = wiki.standing("model:churn").reasons
    assert [str(one) for one in reason.differences or ()] == ["limitations: was old, is new"]
    assert [change.commit.sha for change in reason.changes] == [sha]


def test_records_of_one_adopted_file_are_reviewed_each_by_itself(wiki: Wiki) -> None:
    group = "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {{name: {}}}\nspec: {{children: []}}\n"
    files = {"teams/org.yaml": "---\n".join(group.format(name) for name in ("one", "two"))}
    wiki.on("2025-01-01", files)
    assert wiki.standing("team:one").verdict is Verdict.STALE
    reviewed = "team:one:\n  last_reviewed: 2026-05-01\nteam:two:\n  email: two@x.org\n"
    wiki.on("2026-05-01", {"teams/org.yaml.handoff.yml": reviewed})
    one, two = wiki.standing("team:one"), wiki.standing("team:two")
    assert (one.verdict, str(one.reviewed)) == (Verdict.FRESH, "2026-05-01")
    assert (two.reviewed, str(two.clock)) == (None, "2026-05-01")
    wiki.on("2026-05-20", {"teams/org.yaml.handoff.yml": reviewed.replace("one:\n", "one:\n  email: one@x.org\n")})
    assert str(wiki.standing("team:two").clock) == "2026-05-01", "another record's entry changed"


def test_what_a_shared_sidecar_said_is_told_by_record(wiki: Wiki) -> None:
    said = "dataset:sales:\n  limitations: {}\ndataset:visits:\n  limitations: V.\n"
    one = "apiVersion: backstage.io/v1alpha1\nkind: Resource\nmetadata: {{name: {}}}\nspec: {{type: dataset}}\n"
    wiki.on(
        "2026-02-01",
        {
            **ANN,
            "models/churn.yml": model("training_data: sales\n"),
            "datasets/all.yaml": "---\n".join(one.format(name) for name in ("sales", "visits")),
            "datasets/all.yaml.handoff.yml": said.format("Old."),
        },
    )
    wiki.on("2026-04-01", {"datasets/all.yaml.handoff.yml": said.format("New.")})
    (reason,) = wiki.standing("model:churn").reasons
    assert [str(one) for one in reason.differences or ()] == ["limitations: was Old., is New."]


def test_a_sidecar_counts_as_part_of_the_record(wiki: Wiki) -> None:
    card = "---\nlicense: mit\n---\n# Sales\n"
    wiki.on(
        "2026-02-01",
        {
            **ANN,
            "models/churn.yml": model("training_data: sales\n"),
            "datasets/sales/README.md": card,
            "datasets/sales/README.md.handoff.yml": "limitations: Old.\n",
        },
    )
    wiki.on("2026-04-01", {"datasets/sales/README.md.handoff.yml": "limitations: New.\n"})
    (reason,) = wiki.standing("model:churn").reasons
    assert [str(one) for one in reason.differences or ()] == ["limitations: was Old., is New."]


def test_an_adopted_decision_that_is_superseded_makes_suspect_what_rests_on_it(wiki: Wiki) -> None:
    nygard = "# 1. Use x\n\n## Status\n\nAccepted\n"
    wiki.on("2026-02-01", {"decisions/0001-x.md": nygard, "models/churn.yml": model("decisions: 0001-x\n")})
    wiki.on("2026-04-01", {"decisions/0001-x.md": nygard.replace("Accepted", "Deprecated")})
    assert wiki.reasons("model:churn")[0].startswith(
        "Use x changed after the review of 2026-03-01: status: was accepted, is deprecated"
    )


def test_a_renamed_record_has_the_past_of_its_older_name(wiki: Wiki) -> None:
    old = {**FILES, "datasets/old/sales.yml": DATA, "datasets/sales.yml": "x"}
    del old["datasets/sales.yml"]
    wiki.on("2026-02-01", old)
    wiki.on("2026-04-01", {"datasets/old/sales.yml": None, "datasets/sales.yml": DATA})
    assert wiki.verdict("model:churn") == "fresh"
    wiki.on("2026-04-02", {"datasets/sales.yml": DATA.replace("paid", "lent")})
    assert "was Only paid ones., is Only lent ones." in wiki.reasons("model:churn")[0]


def test_a_record_that_was_written_after_the_review_is_a_note(wiki: Wiki) -> None:
    wiki.on("2026-02-01", {"models/churn.yml": model("training_data: sales\n")})
    wiki.on("2026-04-01", {"datasets/sales.yml": DATA})
    standing = wiki.standing("model:churn")
    assert standing.verdict is Verdict.FRESH
    assert standing.notes == ("Sales was written after the review of 2026-03-01, on 2026-04-01",)


def test_suspicion_goes_one_step_and_what_lies_further_is_a_note(wiki: Wiki) -> None:
    feature = "title: Spend\nsources: sales\nlast_reviewed: 2026-03-01\n"
    wiki.on("2026-02-01", {**FILES, "features/spend.yml": feature, "models/churn.yml": model("features: spend\n")})
    wiki.on("2026-04-01", {"datasets/sales.yml": DATA.replace("paid", "lent")})
    assert wiki.verdict("feature:spend") == "fresh"  # a feature does not heed the limitations of its source
    wiki.on("2026-04-02", {"datasets/sales.yml": DATA + "version: 2\n"})
    assert wiki.verdict("feature:spend") == "suspect"
    standing = wiki.standing("model:churn")
    assert standing.verdict is Verdict.FRESH
    assert standing.notes == ("Spend, on which this rests, is suspect",)


def test_one_cause_groups_the_records_that_it_made_suspect(wiki: Wiki) -> None:
    others = {f"models/m{number}.yml": model("training_data: sales\n") for number in range(3)}
    wiki.on("2026-02-01", {**FILES, **others})
    wiki.on("2026-04-01", {"datasets/sales.yml": DATA.replace("paid", "lent")})
    ((cause, members),) = causes(wiki.judge().standings).items()
    assert (cause.about, cause.name, len(members)) == (About.RECORD, "dataset:sales", 4)


# Owners


def test_an_accountable_owner_who_left_after_the_review_makes_suspect(wiki: Wiki) -> None:
    ben = "title: Ben\nlast_reviewed: 2026-05-01\n"
    wiki.on("2026-02-01", {**ANN, "people/ben.yml": ben, "models/churn.yml": model(owner="person:ben")})
    wiki.on("2026-04-01", {"people/ben.yml": ben + "left: 2026-05-15\nsucceeded_by: person:ann\n"})
    standing = wiki.standing("model:churn", "2026-05-14")
    assert (standing.verdict, str(standing.departs)) == (Verdict.FRESH, "2026-05-15")
    assert wiki.reasons("model:churn", "2026-05-15") == ["the accountable owner Ben left on 2026-05-15; Ann succeeds"]
    later = model(owner="person:ben", reviewed="last_reviewed: 2026-05-20\n")
    wiki.on("2026-05-20", {"models/churn.yml": later})
    assert wiki.verdict("model:churn") == "fresh"


def test_other_roles_that_left_are_a_note(wiki: Wiki) -> None:
    owners = "\n  - person:ann\n  - {ref: person:ben, role: domain expert}"
    wiki.on(
        "2026-02-01", {**ANN, "people/ben.yml": "title: Ben\nactive: false\n", "models/churn.yml": model(owner=owners)}
    )
    standing = wiki.standing("model:churn")
    assert standing.verdict is Verdict.FRESH
    assert standing.notes == ("the domain expert Ben is gone",)


# All reasons, the gravest first


def test_all_reasons_are_told(wiki: Wiki) -> None:
    wiki.on(
        "2025-02-01",
        {
            **FILES,
            "models/churn.yml": model("covers: src/**\n", reviewed="last_reviewed: 2025-03-01\n"),
            "src/a.py": "1\n",
        },
    )
    wiki.on("2026-04-01", {"src/a.py": "2\n"})
    assert [reason.verdict for reason in wiki.standing("model:churn").reasons] == [Verdict.SUSPECT, Verdict.STALE]


def test_fresh_says_when_nothing_is_watched(wiki: Wiki) -> None:
    wiki.on(
        "2026-03-01", {**ANN, "models/a.yml": model(), "models/b.yml": model("covers: src/**\n"), "src/a.py": "1\n"}
    )
    assert wiki.standing("model:a").unwatched
    assert not wiki.standing("model:b").unwatched


def test_history_can_be_switched_off(wiki: Wiki) -> None:
    wiki.on("2026-03-01", {"handoff.yml": "history: false\n", "models/churn.yml": model(reviewed="")})
    assert wiki.verdict("model:churn") == "unknown"
    assert "switch history off" in wiki.reasons("model:churn")[0]


def test_the_same_input_gives_the_same_answer(wiki: Wiki) -> None:
    wiki.on("2026-02-01", FILES)
    wiki.on("2026-04-01", {"datasets/sales.yml": DATA.replace("paid", "lent")})
    first, second = wiki.judge(), wiki.judge()
    assert [(one.identity, one.verdict, one.reasons) for one in first.standings.values()] == [
        (one.identity, one.verdict, one.reasons) for one in second.standings.values()
    ]


@pytest.mark.parametrize(
    ("path", "name", "settings"),
    [
        ("models/churn.yml", "churn", ""),
        ("models/churn-model-card.yml", "churn", ""),
        ("zoo/churn/model.yml", "churn", "records: {model: [zoo/*/model.yml]}\n"),
    ],
)
def test_a_record_that_its_file_names_is_found_again_beside_others(
    wiki: Wiki, path: str, name: str, settings: str
) -> None:
    two = "title: Churn\nbase_model: {}\nowner: ann\n---\nid: other\ntitle: Other\n"
    user = f"id: user\ntitle: User\nowner: ann\nbase_model: {name}\nlast_reviewed: 2026-02-01\n"
    own = settings.replace("]}", ", models/*.yml]}")
    wiki.on("2026-02-01", {**ANN, "handoff.yml": own, "models/user.yml": user, path: two.format("other")})
    wiki.on("2026-05-01", {path: two.format("acme/large")})
    assert wiki.verdict(f"model:{name}") == "fresh"
    assert str(wiki.standing(f"model:{name}").clock) == "2026-05-01"
    (reason,) = wiki.standing("model:user").reasons
    assert [str(one) for one in reason.differences or ()] == ["base_model: was other, is acme/large"]
    wiki.on("2026-05-02", {path: two.format("acme/large").replace("owner", "last_reviewed: 2026-05-02\nowner")})
    assert str(wiki.standing(f"model:{name}").reviewed) == "2026-05-02"


def test_a_sidecar_that_names_a_card_which_its_heading_names_had_fields_before(wiki: Wiki) -> None:
    card = "---\npipeline_tag: text-classification\n---\n# Churn\n\nText.\n"
    said = "model:churn:\n  base_model: {}\n"
    user = "title: User\nowner: ann\nbase_model: churn\nlast_reviewed: 2026-02-01\n"
    settings = "records: {model: [README.md, models/*.yml]}\n"
    files = {"README.md": card, "README.md.handoff.yml": said.format("acme/small")}
    wiki.on("2026-02-01", {**ANN, "handoff.yml": settings, "models/user.yml": user, **files})
    wiki.on("2026-05-01", {"README.md.handoff.yml": said.format("acme/large")})
    (reason,) = wiki.standing("model:user").reasons
    assert [str(one) for one in reason.differences or ()] == ["base_model: was acme/small, is acme/large"]


def test_a_decision_of_a_file_name_that_others_have_is_dated_by_its_own_file_and_sidecar(wiki: Wiki) -> None:
    text = "# 1. Use it\n\n## Status\n\nProposed\n"
    seen = "decision:0001-use-it:\n  review_every: 90 days\n  seen: {src/x.py: abc}\n"
    files = {f"{one}/adr/0001-use-it.md": text for one in ("a", "b")}
    beside = {f"{one}/adr/0001-use-it.md.handoff.yml": seen for one in ("a", "b")}
    settings = {"handoff.yml": "records: {decision: '**/adr/*.md'}\n", "src/x.py": ""}
    wiki.on("2026-02-01", {**ANN, **settings, **files, **beside})
    wiki.on("2026-05-01", {"a/adr/0001-use-it.md": text + "\n## Decision\n\nWe do.\n"})
    wiki.on("2026-06-01", {"b/adr/0001-use-it.md.handoff.yml": seen + "  tags: [x]\n"})
    assert str(wiki.standing("decision:a-0001-use-it").clock) == "2026-05-01"
    assert str(wiki.standing("decision:b-0001-use-it").clock) == "2026-06-01"
