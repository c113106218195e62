"""`mkdocs-handoff handoff sign` from the outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.main import main
from mkdocs_handoff.records.record import Identity
from tests.cli.handing import HANDOFF, INTERRUPT, TODAY, at_a_terminal, project, texts
from tests.projects import lint

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

FILE = "handoffs/churn.md"
HALF = HANDOFF.replace(
    "reproduction:", "sign_offs: # first us\n  - {role: from, by: person:ann, on: 2026-05-30} # a\nreproduction:"
)


pytestmark = pytest.mark.usefixtures("only_ours")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def made(folder: Path, *arguments: str, today: str = TODAY) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        status = main(["handoff", "sign", "--today", today, "--yes", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return made


def signatures(root: Path) -> list[dict[str, object]]:
    return list(lint(root).catalog.records[Identity("handoff", "churn")].get("sign_offs") or [])


def test_a_side_signs_and_every_other_line_stays(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", handoff=HALF).root
    status, out, err = run(root, "churn", "--for", "to", "--by", "bob", "--statement", "We have it: now.")
    assert (status, err) == (0, "")
    assert "  from Risk to Retention: Churn, Visits\n  criteria: 2 pass\n    pass     auc: As good as before." in out
    assert "\n  readiness: " in out
    assert "what holds it up: " in out
    first, second = signatures(root)
    assert first == {"role": "from", "by": "person:ann", "on": "2026-05-30"}
    assert {name: second[name] for name in ("role", "by", "on", "statement")} == {
        "role": "to",
        "by": "person:bob",
        "on": TODAY,
        "statement": "We have it: now.",
    }
    assert str(second["digest"]).startswith("h1:")
    assert set(second["seen"]) == {"handoff:churn", "model:churn", "dataset:visits"}  # type: ignore[arg-type]
    lines = texts(root)[FILE].splitlines()
    assert [line for line in lines if line in HALF.splitlines()] == HALF.splitlines()
    assert lint(root).errors == ()


def test_gits_user_signs(tmp_path: Path, run: Run) -> None:
    repo = project(tmp_path / "repo", handoff=HANDOFF)
    status, _, err = run(repo.root, "churn", "--for", "from")
    assert status == 2
    assert "git knows no user here" in err
    repo.git("config", "user.email", "stranger@example.org")
    assert "is no person who is written down" in run(repo.root, "churn", "--for", "from")[2]
    repo.git("config", "user.email", "ann@example.org")
    assert run(repo.root, "handoffs/churn.md", "--for", "from")[0] == 0
    assert [one["by"] for one in signatures(repo.root)] == ["person:ann"]


def test_both_sign_then_it_can_be_accepted(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", handoff=HANDOFF).root
    assert "not accepted yet: Retention (`to`) has not signed" in run(root, "churn", "--for", "from", "--by", "ann")[1]
    assert "--accept accepts it" in run(root, "churn", "--for", "to", "--by", "bob")[1]
    before = texts(root)
    status, out, _ = run(root, "churn", "--for", "to", "--by", "bob")
    assert (status, texts(root)) == (0, before)
    assert "`to` has signed exactly this already: Bob Ray, on 2026-06-01" in out
    status, out, _ = run(root, "churn", "--for", "to", "--by", "cho")  # somebody else may sign anew
    assert (status, "signed: written to" in out) == (0, True)
    status, out, _ = run(root, "churn", "--for", "to", "--by", "cho", "--accept")
    assert status == 0
    assert "handoff complete churn" in out
    text = texts(root)[FILE]
    assert "# where it stands\nstatus: accepted\n" in text
    assert "dates: # as they came\n  started: 2026-05-01 # on a Friday\n  accepted: 2026-06-01\n" in text


def test_what_changed_after_a_signature_is_signed_again(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", handoff=HANDOFF).root
    run(root, "churn", "--for", "from", "--by", "ann")
    model = root / "models/churn.yml"
    model.write_text(model.read_text(encoding="utf-8").replace("version: 2", "version: 3"), encoding="utf-8")
    text = root / FILE
    text.write_text(text.read_text(encoding="utf-8").replace("As good", "Better"), encoding="utf-8")
    status, out, _ = run(root, "churn", "--for", "to", "--by", "bob", "--accept")
    assert status == 1
    assert "Risk (`from`) has signed, then handoff:churn" in out
    assert "changed: sign again" in out
    assert run(root, "churn", "--for", "from", "--by", "ann", "--accept")[0] == 0
    assert [one["role"] for one in signatures(root)] == ["from", "to", "from"]


OPEN = HANDOFF.replace("status: pass}", "status: open}")
ENDED = HANDOFF.replace(
    "status: pass}", "status: waived, waiver_reason: Later, waived_by: person:bob, waiver_expires: 2026-05-31}"
)
UNNAMED = HANDOFF.replace("status: pass}", "status: waived}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (OPEN, "criterion drill is 'open'"),
        (ENDED, "the waiver of criterion drill ended on 2026-05-31"),
        (UNNAMED, "criterion drill is waived, and nobody says by whom and why"),
    ],
)
def test_what_is_open_is_not_accepted(tmp_path: Path, run: Run, text: str, told: str) -> None:
    root = project(tmp_path / "repo", handoff=text).root
    run(root, "churn", "--for", "from", "--by", "ann")
    status, out, err = run(root, "churn", "--for", "to", "--by", "bob", "--accept")
    assert (status, told in out or "not signed: lint" in err) == (1, True)
    assert "status: in-review" in texts(root)[FILE]


@pytest.mark.parametrize(
    ("arguments", "text", "told"),
    [
        (["--for", "to", "--by", "ann"], HANDOFF, "Ann Lee is no member of Retention on 2026-06-01"),
        (["--for", "from", "--by", "dee"], HANDOFF, "Dee Dix is no member of Risk"),
        (["--for", "from", "--by", "old"], HANDOFF, "Old Hand is no member of Risk on 2026-06-01"),
        (["--for", "to", "--by", "bob"], HALF.replace("by: person:ann", "by: person:bob"), "signed for the other side"),
        (["--for", "from", "--by", "ann"], HANDOFF.replace("in-review", "cancelled"), "its status is 'cancelled'"),
        (["--for", "from", "--by", "ann"], HANDOFF.replace("in-review", "inreview"), "lint: line 4"),
        (["--for", "approver", "--stands-in-for", "from", "--by", "dee"], HANDOFF, "Risk is still there"),
        (
            ["--for", "approver", "--stands-in-for", "from", "--by", "bob"],
            HANDOFF.replace("from: team:risk", "from: team:past"),
            "Bob Ray is a member of Retention: nobody signs for both sides",
        ),
    ],
)
def test_who_may_not_sign_is_told_and_nothing_is_written(
    tmp_path: Path, run: Run, arguments: list[str], text: str, told: str
) -> None:
    root = project(tmp_path / "repo", handoff=text).root
    before = texts(root)
    status, _, err = run(root, "churn", *arguments)
    assert (status, texts(root)) == (1, before)
    assert told in err


def test_for_a_team_of_which_nobody_is_known_anybody_signs(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", handoff=HANDOFF, **{"teams/retention.yml": "title: Retention\n"}).root
    assert run(root, "churn", "--for", "to", "--by", "dee")[0] == 0


def test_what_was_accepted_can_be_signed_anew(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", handoff=HANDOFF).root
    run(root, "churn", "--for", "from", "--by", "ann")
    run(root, "churn", "--for", "to", "--by", "bob", "--accept")
    text = (root / FILE).read_text(encoding="utf-8").replace("As good", "Better")
    (root / FILE).write_text(text, encoding="utf-8")
    assert "accepted anew on 2026-06-03" in run(root, "churn", "--for", "to", "--by", "bob", today="2026-06-03")[1]
    assert run(root, "churn", "--for", "from", "--by", "ann", today="2026-06-04")[0] == 0
    assert "  accepted: 2026-06-04\n" in texts(root)[FILE]
    assert lint(root).errors == ()
    assert main(["handoff", "complete", "churn", "--yes", "--today", "2026-06-04"]) == 0


def test_who_was_a_member_then_may_sign_with_that_day(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", handoff=HANDOFF.replace("2026-05-01", "2026-01-01")).root
    assert run(root, "churn", "--for", "from", "--by", "old", today="2026-01-15")[0] == 0


def test_what_lint_would_call_an_error_is_not_written(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", handoff=HALF).root
    before = texts(root)
    status, _, err = run(root, "churn", "--for", "to", "--by", "bob", today="2026-04-30")
    assert (status, texts(root)) == (1, before)
    assert "not signed: lint would tell: signed on 2026-04-30, before it was started on 2026-05-01" in err
    status, _, err = run(root, "churn", "--for", "to", "--by", "bob", "--accept", today="2026-05-29")
    assert status == 1
    assert "not accepted: lint would tell: signed on 2026-05-30, after it was accepted on 2026-05-29" in err
    assert "status: in-review" in texts(root)[FILE]
    assert lint(root).errors == ()


def test_the_newest_signature_of_a_side_stands(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", handoff=HANDOFF).root
    run(root, "churn", "--for", "to", "--by", "bob")
    text = (root / FILE).read_text(encoding="utf-8").replace("As good", "Better")
    (root / FILE).write_text(text, encoding="utf-8")
    assert (
        "signed for that side on 2026-06-01" in run(root, "churn", "--for", "to", "--by", "cho", today="2026-05-20")[2]
    )
    run(root, "churn", "--for", "to", "--by", "cho", today="2026-06-02")
    status, out, err = run(root, "churn", "--for", "from", "--by", "ann", "--accept", today="2026-06-02")
    assert (status, err) == (0, "")
    assert "changed" not in out
    # Whoever signed first is not a signer any more: nothing of the old signature has to hold.
    text = (root / FILE).read_text(encoding="utf-8").replace('by: person:bob\n    "on"', 'by: person:dee\n    "on"')
    assert "person:dee" in text
    (root / FILE).write_text(text, encoding="utf-8")
    assert lint(root).errors == ()


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("waivers: [{check: data, reason: R, waived_by: person:zorro}]\n", "data is waived by person:zorro"),
        (
            "accepted_gaps: [{record: model:churn, field: cost, reason: R, accepted_by: Zorro}]\n",
            "the gap Churn, cost is accepted by Zorro",
        ),
    ],
)
def test_a_waiver_by_nobody_who_is_written_down_is_not_signed(tmp_path: Path, run: Run, added: str, told: str) -> None:
    root = project(tmp_path / "repo", handoff=HANDOFF.replace("reproduction:", f"{added}reproduction:")).root
    assert [one.rule for one in lint(root).findings if "zorro" in one.message.lower()][-1:] == ["handoff/waiver"]
    before = texts(root)
    status, _, err = run(root, "churn", "--for", "to", "--by", "bob")
    assert (status, texts(root)) == (1, before)
    assert f"{told}, of whom there is no record" in err


def test_with_other_line_ends_and_beside_an_adopted_file(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo").root
    (root / FILE).parent.mkdir()
    (root / FILE).write_bytes(HALF.replace("\n", "\r\n").encode())
    assert run(root, "churn", "--for", "to", "--by", "bob", "--accept")[0] == 0
    after = (root / FILE).read_bytes().decode()
    assert "\n" not in after.replace("\r\n", "")
    assert "# as they came\r\n" in after
    assert "status: accepted\r\n" in after
    head, body = HALF[4:].split("---\n", 1)
    bare = f"---\ntitle: Churn to Retention\n---\n{body}"
    (root / FILE).write_text(bare, encoding="utf-8")
    beside = root / f"{FILE}.handoff.yml"
    beside.write_text(head.replace("title: Churn to Retention\n", ""), encoding="utf-8")
    status, _, err = run(root, "churn", "--for", "to", "--by", "bob", "--accept")
    assert (status, err, (root / FILE).read_text(encoding="utf-8")) == (0, "", bare)
    assert "# where it stands\nstatus: accepted\n" in beside.read_text(encoding="utf-8")
    assert main(["handoff", "complete", "churn", "--yes", "--today", TODAY]) == 0
    assert (root / FILE).read_text(encoding="utf-8") == bare
    assert "  completed: 2026-06-01\n" in beside.read_text(encoding="utf-8")
    assert lint(root).errors == ()


def test_an_approver_signs_for_a_team_that_is_no_more(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", handoff=HANDOFF.replace("from: team:risk", "from: team:past")).root
    assert run(root, "churn", "--for", "approver", "--by", "dee")[0] == 2
    assert run(root, "churn", "--for", "approver", "--stands-in-for", "from", "--by", "dee")[0] == 0
    (one,) = signatures(root)
    assert (one["role"], one["for"], one["by"]) == ("approver", "from", "person:dee")


def test_dry_run_shows_and_writes_nothing(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", handoff=HANDOFF).root
    before = texts(root)
    status, out, _ = run(root, "churn", "--for", "to", "--by", "bob", "--dry-run")
    assert (status, texts(root)) == (0, before)
    assert "Bob Ray signs for `to` on 2026-06-01: h1:" in out


def test_a_handoff_that_is_not_there(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", handoff=HANDOFF).root
    assert run(root, "chrun", "--for", "to", "--by", "bob")[0] == 2
    assert run(root, "team:churn", "--for", "to", "--by", "bob")[0] == 2
    assert run(root, "models/churn.yml", "--for", "to", "--by", "bob")[0] == 2


def test_a_handoff_is_offered_for_what_moves_or_a_part_of_its_name(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", **{"handoffs/q2-to-retention.md": HANDOFF}).root
    for word in ("churn", "model:churn", "visits", "q2", "retention"):
        status, _, err = run(root, word, "--for", "to", "--by", "bob")
        assert (status, "did you mean 'q2-to-retention'?" in err) == (2, True), err


def test_a_link_out_of_the_project_is_not_written_to(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "repo", handoff=HANDOFF).root
    (tmp_path / "out.md").write_text(HANDOFF, encoding="utf-8")
    (root / FILE).unlink()
    (root / FILE).symlink_to(tmp_path / "out.md")
    assert run(root, "churn", "--for", "to", "--by", "bob")[0] == 2
    assert (tmp_path / "out.md").read_text(encoding="utf-8") == HANDOFF


@pytest.mark.parametrize(
    ("answers", "status", "signed"),
    [(["y\n"], 0, 1), (["what\n", "n\n"], 1, 0), (["\x04"], 1, 0), ([INTERRUPT], 130, 0)],
)
def test_at_a_terminal_somebody_is_asked(tmp_path: Path, answers: list[str], status: int, signed: int) -> None:
    root = project(tmp_path / "repo", handoff=HANDOFF).root
    arguments = ["handoff", "sign", "churn", "--for", "to", "--by", "bob", "--today", TODAY]
    got, screen = at_a_terminal(root, arguments, answers)
    assert (got, len(signatures(root))) == (status, signed), screen
    assert "Sign this? [y]es, [n]o: " in screen


def test_nobody_there_to_be_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project(tmp_path / "repo", handoff=HANDOFF).root
    monkeypatch.chdir(root)
    assert main(["handoff", "sign", "churn", "--for", "to", "--by", "bob"]) == 2
    assert signatures(root) == []
