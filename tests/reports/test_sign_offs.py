"""Signatures in real repositories: who brought them, and what was changed after they were given."""

from __future__ import annotations

import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.handoffs.handoff import handoffs
from mkdocs_handoff.history.approvals import NONE, Approval, Approvals, Request
from mkdocs_handoff.past import look_back
from mkdocs_handoff.reports.handoffs.altered import Basis
from mkdocs_handoff.reports.handoffs.sign_offs import Signature, State, signatures
from mkdocs_handoff.reports.handoffs.signed import digest_of, holds, signed
from tests.history.repositories import ENVIRONMENT, Repository, repository
from tests.staleness.wiki import Wiki, noon

if TYPE_CHECKING:
    from pathlib import Path

PATH = "handoffs/churn.yml"
FILES: dict[str, str | bytes | None] = {
    "teams/risk.yml": "title: Risk\nmembers: [person:ann, person:cho]\n",
    "teams/retention.yml": "title: Retention\nmembers: [person:bob]\n",
    "people/ann.yml": "title: Ann Lee\nemail: ann@example.org\n",
    "people/bob.yml": "title: Bob Ray\nemail: bob@example.org\n",
    "people/cho.yml": "title: Cho Park\nemail: cho@example.org\ngithub: cho\n",
    "models/churn.yml": "title: Churn\nowners: team:risk\nversion: '1.0'\nlimitations: [Small farms]\n",
}
OPEN = """title: Churn to retention
subjects: model:churn
from: team:risk
to: team:retention
status: in-progress
known_issues: [{id: slow, description: It is slow., severity: low}]
"""
ANN, BOB = "Ann Lee <ann@example.org>", "Bob Ray <bob@example.org>"


@pytest.fixture
def wiki(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wiki:
    for name, value in {**ENVIRONMENT, "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)
    made = Wiki(repository(tmp_path / "repo"))
    made.on("2026-01-01", {**FILES, PATH: OPEN})
    return made


def seen(wiki: Wiki) -> dict[str, str]:
    """Return what a signature of now covers, as `handoff sign` writes it."""
    catalog = wiki.project().catalog
    return {str(identity): mark for identity, mark in signed(catalog, handoffs(catalog)[0]).items()}


def whole(wiki: Wiki) -> str:
    catalog = wiki.project().catalog
    return digest_of(signed(catalog, handoffs(catalog)[0]))


def sign(role: str, by: str, on: str, more: str = "") -> str:
    return f"  - {{role: {role}, by: person:{by}, on: {on}{more}}}\n"


def named(marks: dict[str, str]) -> str:
    listed = ", ".join(f'"{name}": "{mark}"' for name, mark in marks.items())
    return f", seen: {{{listed}}}"


def commit(wiki: Wiki, day: str, files: dict[str, str | bytes | None], author: str, subject: str = "Change") -> str:
    return wiki.repo.commit(files, subject, time=noon(day), author=author)


def look(wiki: Wiki, approvals: Approvals = NONE) -> tuple[Signature, ...]:
    project = wiki.project()
    past = look_back(project.settings, date(2026, 6, 1))
    (found,) = signatures(project.catalog, handoffs(project.catalog), past.history, approvals).values()
    return found


def fields(signature: Signature) -> list[str]:
    return [f"{one.name} {difference}" for one in signature.changed for difference in one.differences]


def test_the_signers_own_commit_corroborates_and_anothers_is_shown(wiki: Wiki) -> None:
    text = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01") + sign("to", "bob", "2026-02-02")
    sha = commit(wiki, "2026-02-02", {PATH: text}, ANN)
    commit(wiki, "2026-02-05", {PATH: text + "tags: [a]\n"}, "Dot <dot@example.org>")
    own, other = look(wiki)
    assert own.state is State.CORROBORATED
    assert own.text == f"corroborated: Ann Lee is the author of commit {sha[:8]} on 2026-02-02"
    assert other.state is State.ASSERTED
    assert other.text == f"asserted; committed by Ann Lee on 2026-02-02 ({sha[:8]})"
    assert own.brought is not None
    assert own.brought.signature == ""


def test_an_approval_by_the_signer_corroborates(wiki: Wiki) -> None:
    text = OPEN + "sign_offs:\n" + sign("from", "cho", "2026-02-01")
    sha = commit(wiki, "2026-02-02", {PATH: text}, ANN, "Sign (#7)")

    def approved(state: str) -> Approvals:
        return Approvals(
            (Request("github", 7, (sha,), (Approval("cho", state, at="2026-02-03T08:00:00Z"),), "https://x/7"),)
        )

    assert [one.text for one in look(wiki, approved("approved"))] == ["corroborated: cho approved #7 on 2026-02-03"]
    assert [one.state for one in look(wiki, approved("outdated"))] == [State.ASSERTED]
    assert [one.state for one in look(wiki)] == [State.ASSERTED]


def test_signed_then_changed_names_the_fields(wiki: Wiki) -> None:
    text = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01", named(seen(wiki)))
    commit(wiki, "2026-02-01", {PATH: text}, ANN)
    (before,) = look(wiki)
    assert (before.basis, before.changed, before.notes) == (Basis.SEEN, (), ())
    model = str(FILES["models/churn.yml"]).replace("1.0", "1.1")
    files = {
        "models/churn.yml": model,
        PATH: text.replace("severity: low", "severity: high").replace("in-progress", "accepted"),
    }
    commit(wiki, "2026-03-01", files, "Dot <dot@example.org>")
    (after,) = look(wiki)
    assert fields(after) == [
        "handoff:churn known_issues[slow].severity: was low, is high",
        "model:churn version: was 1.0, is 1.1",
    ]
    assert after.state is State.CORROBORATED


def test_what_is_added_and_taken_away_afterwards_is_told(wiki: Wiki) -> None:
    marks = seen(wiki)
    text = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01", named({**marks, "dataset:x": "h1:00"}))
    other = text.replace("subjects: model:churn", "subjects: [model:churn, model:new]")
    commit(wiki, "2026-02-01", {PATH: other, "models/new.yml": "title: New\nowners: team:risk\n"}, ANN)
    (found,) = look(wiki)
    assert [(one.name, one.text) for one in found.changed] == [
        ("handoff:churn", "was changed"),
        ("model:new", "was added"),
        ("dataset:x", "is not part of it any more"),
    ]


def test_a_digest_alone_tells_that_and_history_what(wiki: Wiki) -> None:
    text = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01", f', digest: "{whole(wiki)}"')
    commit(wiki, "2026-02-01", {PATH: text}, ANN)
    (before,) = look(wiki)
    assert (before.basis, before.changed) == (Basis.DIGEST, ())
    commit(wiki, "2026-03-01", {"models/churn.yml": str(FILES["models/churn.yml"]).replace("1.0", "2.0")}, ANN)
    (after,) = look(wiki)
    assert fields(after) == ["model:churn version: was 1.0, is 2.0"]
    assert after.notes == ()


def test_without_a_digest_history_serves_and_is_named(wiki: Wiki) -> None:
    commit(wiki, "2026-02-01", {PATH: OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01")}, ANN)
    commit(wiki, "2026-03-01", {"models/churn.yml": str(FILES["models/churn.yml"]).replace("1.0", "2.0")}, ANN)
    (found,) = look(wiki)
    assert found.basis is Basis.HISTORY
    assert fields(found) == ["model:churn version: was 1.0, is 2.0"]


def test_after_completion_subjects_may_change(wiki: Wiki) -> None:
    text = OPEN.replace("in-progress", "completed") + "dates: {completed: 2026-03-01}\nsign_offs:\n"
    text += sign("from", "ann", "2026-02-01", named(seen(wiki)))
    commit(wiki, "2026-02-01", {PATH: text}, ANN)
    model = str(FILES["models/churn.yml"])
    commit(wiki, "2026-02-10", {"models/churn.yml": model.replace("Small farms", "Big farms")}, ANN)
    commit(
        wiki, "2026-04-01", {"models/churn.yml": model.replace("Small farms", "Big farms").replace("1.0", "2.0")}, BOB
    )
    (found,) = look(wiki)
    assert fields(found) == ["model:churn limitations: was Small farms, is Big farms"]
    assert [str(one) for each in found.since for one in each.differences] == ["version: was 1.0, is 2.0"]


def test_a_digest_that_somebody_writes_anew_was_brought_by_them(wiki: Wiki) -> None:
    text = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01", ', digest: "h1:00"')
    commit(wiki, "2026-02-01", {PATH: text}, ANN)
    commit(wiki, "2026-02-09", {PATH: text.replace("h1:00", whole(wiki))}, BOB)
    (found,) = look(wiki)
    assert found.text.startswith("asserted; committed by Bob Ray on 2026-02-09")
    assert found.changed == ()


def test_fingerprints_and_digest_that_disagree_are_told(wiki: Wiki) -> None:
    more = named(seen(wiki)) + ', digest: "h1:00"'
    commit(wiki, "2026-02-01", {PATH: OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01", more)}, ANN)
    (found,) = look(wiki)
    assert [(one.name, one.text.partition(":")[0]) for one in found.changed] == [
        ("handoff:churn", "has a signature whose digest is not that of the fingerprints that it names")
    ]


def test_fingerprints_written_anew_below_an_old_digest_do_not_count(wiki: Wiki) -> None:
    old = f', digest: "{whole(wiki)}"'
    text = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01", named(seen(wiki)) + old)
    commit(wiki, "2026-02-01", {PATH: text}, ANN)
    assert look(wiki)[0].changed == ()
    assert valid(wiki) == {"from": True}
    commit(wiki, "2026-03-01", {"models/churn.yml": str(FILES["models/churn.yml"]).replace("1.0", "2.0")}, BOB)
    text = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01", named(seen(wiki)) + old)
    commit(wiki, "2026-03-02", {PATH: text}, BOB)
    assert [one.name for one in look(wiki)[0].changed] == ["handoff:churn"]
    assert valid(wiki) == {"from": False}
    # The other way round: a digest of today above old fingerprints.
    text = text.replace(old, f', digest: "{whole(wiki)}"').replace(seen(wiki)["model:churn"], "h1:00")
    commit(wiki, "2026-03-03", {PATH: text}, BOB)
    assert [one.name for one in look(wiki)[0].changed] == ["handoff:churn", "model:churn"]
    assert valid(wiki) == {"from": False}


def valid(wiki: Wiki) -> dict[str, bool]:
    """Return for which side the signatures are under what stands there now."""
    catalog = wiki.project().catalog
    (of,) = handoffs(catalog)
    return {one.side: holds(catalog, of, one) for one in of.sign_offs}


@pytest.mark.parametrize("dates", ["", "dates: {completed: 2025-12-01}\n", "dates: {completed: 2026-01-15}\n"])
def test_without_a_day_that_can_be_no_change_is_one_after_completion(wiki: Wiki, dates: str) -> None:
    text = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01", named(seen(wiki)))
    commit(wiki, "2026-02-01", {PATH: text}, ANN)
    commit(wiki, "2026-03-01", {"models/churn.yml": str(FILES["models/churn.yml"]).replace("1.0", "2.0")}, BOB)
    commit(wiki, "2026-03-02", {PATH: dates + text.replace("in-progress", "completed")}, BOB)
    (found,) = look(wiki)
    assert fields(found) == ["model:churn version: was 1.0, is 2.0"]
    assert found.since == ()


def test_a_stated_gap_is_signed_as_well(wiki: Wiki) -> None:
    def model(gap: str) -> str:
        return str(FILES["models/churn.yml"]).replace("[Small farms]", gap)

    terms = OPEN.replace("[{id: slow, description: It is slow., severity: low}]", "{unknown: Nobody looked.}")
    commit(wiki, "2026-01-02", {"models/churn.yml": model("{unknown: Lost.}"), PATH: terms}, ANN)
    signed_ = "sign_offs:\n" + sign("from", "ann", "2026-02-01", named(seen(wiki)))
    commit(wiki, "2026-02-01", {PATH: terms + signed_}, ANN)
    assert look(wiki)[0].changed == ()
    swapped = terms.replace("unknown: Nobody looked.", "not-applicable: None.")
    files = {"models/churn.yml": model("{not-applicable: No farms.}"), PATH: swapped + signed_}
    commit(wiki, "2026-03-01", {**files}, BOB)
    assert fields(look(wiki)[0]) == [
        "handoff:churn stated gaps.known_issues: was unknown: Nobody looked., is not-applicable: None.",
        "model:churn stated gaps.limitations: was unknown: Lost., is not-applicable: No farms.",
    ]


def test_who_words_a_statement_anew_brought_the_signature(wiki: Wiki) -> None:
    text = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01", ", statement: But not for small farms.")
    commit(wiki, "2026-02-01", {PATH: text}, ANN)
    assert look(wiki)[0].state is State.CORROBORATED
    commit(wiki, "2026-02-09", {PATH: text.replace("But not for small farms.", "For all farms.")}, BOB)
    assert look(wiki)[0].text.startswith("asserted; committed by Bob Ray on 2026-02-09")


@pytest.mark.parametrize("what", ["seen", "digest", "both"])
def test_a_renamed_file_takes_no_signature_back(wiki: Wiki, what: str) -> None:
    more = named(seen(wiki)) if what != "digest" else ""
    more += f', digest: "{whole(wiki)}"' if what != "seen" else ""
    text = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01", more)
    sha = commit(wiki, "2026-02-01", {PATH: text}, ANN)
    commit(wiki, "2026-02-08", {PATH: None, "handoffs/2026-churn.yml": text}, BOB)
    (found,) = look(wiki)
    assert (found.changed, found.since, found.notes) == ((), (), ())
    assert found.text.endswith(f"commit {sha[:8]} on 2026-02-01")
    assert valid(wiki) == {"from": what != "digest"}  # a digest alone needs the old name among `aliases`
    commit(wiki, "2026-03-01", {"models/churn.yml": str(FILES["models/churn.yml"]).replace("1.0", "2.0")}, BOB)
    assert fields(look(wiki)[0]) == ["model:churn version: was 1.0, is 2.0"]


def test_a_renamed_subject_is_found_by_its_alias(wiki: Wiki) -> None:
    text = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01", named(seen(wiki)))
    commit(wiki, "2026-02-01", {PATH: text}, ANN)
    model = str(FILES["models/churn.yml"]) + "aliases: [churn]\n"
    commit(wiki, "2026-02-08", {"models/churn.yml": None, "models/leaving.yml": model}, BOB)
    assert look(wiki)[0].changed == ()
    assert valid(wiki) == {"from": True}


def test_a_signature_taken_away_and_given_again_counts_from_the_second_time(wiki: Wiki) -> None:
    text = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01")
    commit(wiki, "2026-02-01", {PATH: text}, ANN)
    commit(wiki, "2026-02-02", {PATH: OPEN}, ANN)
    commit(wiki, "2026-02-03", {PATH: text}, BOB)
    assert look(wiki)[0].text.startswith("asserted; committed by Bob Ray on 2026-02-03")


def test_another_branchs_commit_took_nothing_away(wiki: Wiki) -> None:
    repo = wiki.repo
    main = repo.git("rev-parse", "--abbrev-ref", "HEAD")
    repo.git("checkout", "-q", "-b", "other")
    commit(wiki, "2026-02-05", {PATH: "tags: [b]\n" + OPEN}, BOB)
    repo.git("checkout", "-q", main)
    text = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01")
    sha = commit(wiki, "2026-02-01", {PATH: text}, ANN)
    repo.merge("other", time=noon("2026-02-06"))
    commit(wiki, "2026-02-07", {PATH: "tags: [b, c]\n" + text}, BOB)
    assert look(wiki)[0].text == f"corroborated: Ann Lee is the author of commit {sha[:8]} on 2026-02-01"


def test_a_renamed_and_edited_file_keeps_who_signed(wiki: Wiki) -> None:
    text = OPEN + "id: churn\nsign_offs:\n" + sign("from", "ann", "2026-02-01")
    sha = commit(wiki, "2026-02-01", {PATH: text}, ANN)
    commit(wiki, "2026-02-08", {PATH: None, "handoffs/2026-churn.yml": text + "tags: [x]\n"}, BOB)
    assert look(wiki)[0].text == f"corroborated: Ann Lee is the author of commit {sha[:8]} on 2026-02-01"


def test_what_is_not_committed_is_told(wiki: Wiki) -> None:
    wiki.repo.write({PATH: OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01", named(seen(wiki)))})
    (found,) = look(wiki)
    assert found.text == "asserted; it is not committed yet"
    assert found.uncommitted == (PATH,)
    assert found.changed == ()
    wiki.repo.write({"models/churn.yml": str(FILES["models/churn.yml"]).replace("1.0", "2.0")})
    assert fields(look(wiki)[0]) == ["model:churn version: was 1.0, is 2.0"]


def test_a_shallow_clone_does_not_guess(wiki: Wiki, tmp_path: Path) -> None:
    text = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01")
    commit(wiki, "2026-02-01", {PATH: text}, ANN)
    commit(wiki, "2026-02-08", {PATH: text + "tags: [x]\n"}, BOB)
    clone: Repository = wiki.repo.clone(tmp_path / "clone", "--depth", "1")
    (found,) = look(Wiki(clone))
    assert found.text == "asserted; it was brought before this shallow clone begins"
    assert found.basis is Basis.NOTHING


def test_without_git_fingerprints_still_tell(wiki: Wiki, tmp_path: Path) -> None:
    marks = seen(wiki)
    wiki.repo.write({PATH: OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01", named(marks))})
    wiki.repo.write({"models/churn.yml": str(FILES["models/churn.yml"]).replace("1.0", "2.0")})
    (found,) = look(wiki.without_git(tmp_path / "plain"))
    assert found.state is State.ASSERTED
    assert found.reason
    assert [(one.name, one.differences, bool(one.note)) for one in found.changed] == [("model:churn", (), True)]
    assert found.uncommitted == ()


def test_a_signed_commit_is_told_and_not_taken_for_more(wiki: Wiki, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True, capture_output=True)
    wiki.repo.git("config", "gpg.format", "ssh")
    wiki.repo.git("config", "user.signingkey", str(key))
    text = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01") + sign("to", "bob", "2026-02-01")
    wiki.repo.commit({PATH: text}, time=noon("2026-02-01"), author=ANN, options=("-S",))
    own, other = look(wiki)
    assert own.text.endswith("; the commit is signed (ssh), which was not checked")
    assert other.state is State.ASSERTED


def test_a_signature_in_a_sidecar_is_found(wiki: Wiki) -> None:
    side = "sign_offs:\n" + sign("from", "ann", "2026-02-01")
    sha = commit(wiki, "2026-02-01", {f"{PATH}.handoff.yml": side}, ANN)
    assert look(wiki)[0].text == f"corroborated: Ann Lee is the author of commit {sha[:8]} on 2026-02-01"


def test_a_handoff_without_signatures_has_none(wiki: Wiki) -> None:
    assert look(wiki) == ()


def test_a_newer_signature_of_a_side_takes_the_olders_place(wiki: Wiki) -> None:
    first = OPEN + "sign_offs:\n" + sign("from", "ann", "2026-02-01", named(seen(wiki)))
    commit(wiki, "2026-02-01", {PATH: first}, ANN)
    changed = first.replace("severity: low", "severity: high")
    commit(wiki, "2026-02-05", {PATH: changed}, ANN)
    (alone,) = look(wiki)
    assert alone.superseded is None
    assert alone.changed
    again = changed + sign("from", "ann", "2026-02-06", named(seen(wiki)))
    commit(wiki, "2026-02-06", {PATH: again}, ANN)
    old, new = look(wiki)
    assert (old.superseded, old.changed, old.since) == (new.sign_off, (), ())
    assert old.notes == ("Superseded: the same person signed for this side on 2026-02-06",)
    assert old.state is State.CORROBORATED
    assert (new.superseded, new.changed) == (None, ())
