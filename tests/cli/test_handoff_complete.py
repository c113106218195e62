"""`mkdocs-handoff handoff complete` from the outside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.main import main
from mkdocs_handoff.records.edit import EditError
from mkdocs_handoff.records.rewrite import Rewrites
from mkdocs_handoff.text.splice import set_fields
from tests.cli.handing import FILES, HANDOFF, TODAY, project, texts
from tests.projects import lint

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

FILE = "handoffs/churn.md"


pytestmark = pytest.mark.usefixtures("only_ours")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def made(folder: Path, *arguments: str, today: str = TODAY) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        status = main(["handoff", *arguments[:2], "--today", today, "--yes", *arguments[2:]])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return made


def accepted(tmp_path: Path, run: Run, text: str = HANDOFF, **more: str | bytes | None) -> Path:
    """Make a project whose handoff both sides have signed, and accepted."""
    root = project(tmp_path / "repo", handoff=text, **more).root
    assert run(root, "sign", "churn", "--for", "from", "--by", "ann")[0] == 0
    status, _, err = run(root, "sign", "churn", "--for", "to", "--by", "bob", "--accept")
    assert (status, err) == (0, "")
    return root


def test_the_taker_owns_what_moved(tmp_path: Path, run: Run) -> None:
    root = accepted(tmp_path, run)
    before = texts(root)
    status, out, err = run(root, "complete", "churn", "--dry-run")
    assert (status, err, texts(root)) == (0, "", before)
    assert "-  - ref: team:risk # decides\n+  - ref: team:retention # decides\n" in out
    assert "model:churn: Ann Lee (domain expert) stays" in out
    status, out, _ = run(root, "complete", "churn")
    assert status == 0
    assert "add `github:` to teams/retention.yml, then `mkdocs-handoff owners --codeowners --write`" in out
    after = texts(root)
    assert {path for path in after if after[path] != before[path]} == {"models/churn.yml", "datasets/visits.md", FILE}
    assert after["models/churn.yml"] == before["models/churn.yml"].replace(
        "team:risk # decides", "team:retention # decides"
    ).replace("since: 2024-01-01\n", "since: 2024-01-01\n    dateOut: 2026-06-01\n")
    assert "owner: team:retention # theirs\n" in after["datasets/visits.md"]
    assert "  accepted: 2026-06-01\n  completed: 2026-06-01\n" in after[FILE]
    assert "status: completed\n" in after[FILE]
    assert lint(root).errors == ()
    assert run(root, "complete", "churn")[0] == 0
    assert texts(root) == after


def test_who_is_called_still_and_what_holds_it_up_is_told(tmp_path: Path, run: Run) -> None:
    model = str(FILES["models/churn.yml"]).replace(
        "training_data", "  - {ref: person:ann, role: incident response}\ntraining_data"
    )
    more = {
        "models/churn.yml": model,
        "teams/retention.yml": str(FILES["teams/retention.yml"]) + "github: acme/retention\n",
        "playbooks/move.yml": str(FILES["playbooks/move.yml"]) + "owner: team:risk\n",
        "evaluations/churn-test.yml": str(FILES["evaluations/churn-test.yml"]) + "owner: person:bob\n",
    }
    root = accepted(tmp_path, run, **more)
    status, out, _ = run(root, "complete", "churn", "--dry-run")
    assert status == 0
    assert "model:churn: Ann Lee (incident response) is still who is called: name somebody of Retention there" in out
    assert "playbook:move: stays with Risk: make Retention its owner, if it goes along" in out
    assert "evaluation:churn-test" not in out
    assert "\nreadiness: " in out
    assert "what holds it up: " in out
    assert "CODEOWNERS says the old owner still" in run(root, "complete", "churn")[1]


def test_evaluations_and_playbooks_get_the_new_owner_too(tmp_path: Path, run: Run) -> None:
    files = {
        "evaluations/churn-test.yml": str(FILES["evaluations/churn-test.yml"]) + "owner: team:risk # t\n",
        "playbooks/broken.yml": "title: Broken\nowner: team:risk # p\napplies_to: model:churn\n",
    }
    text = HANDOFF.replace("dataset:visits]", "dataset:visits, evaluation:churn-test, playbook:broken]")
    root = accepted(tmp_path, run, text, **files)
    assert run(root, "complete", "churn")[0] == 0
    after = texts(root)
    assert "owner: team:retention # t\n" in after["evaluations/churn-test.yml"]
    assert "owner: team:retention # p\n" in after["playbooks/broken.yml"]
    assert lint(root).errors == ()


def test_what_lint_would_call_an_error_is_not_completed(tmp_path: Path, run: Run) -> None:
    signed = "sign_offs: [{role: from, by: person:ann, on: 2026-06-12}, {role: to, by: person:bob, on: 2026-06-12}]\n"
    text = HANDOFF.replace("in-review", "accepted").replace("2026-05-01", "2026-06-10")
    root = project(tmp_path / "repo", handoff=text.replace("reproduction:", f"{signed}reproduction:")).root
    assert lint(root).errors == ()
    before = texts(root)
    status, _, err = run(root, "complete", "churn")
    assert (status, texts(root)) == (1, before)
    assert "lint would tell: completed on 2026-06-01, before it was started on 2026-06-10" in err
    assert run(root, "complete", "churn", today="2026-06-12")[0] == 0


def test_a_gap_that_somebody_unknown_accepted_stays_open(tmp_path: Path, run: Run) -> None:
    gap = HANDOFF.replace("{by: person:bob, on: 2026-05-20, checksums_match: true}", "{unknown: No host for it.}")
    named = "accepted_gaps:\n  - {field: reproduction, reason: R, accepted_by: person:bob}\nreproduction:"
    root = accepted(tmp_path, run, gap.replace("reproduction:", named))
    text = (root / FILE).read_text(encoding="utf-8").replace("accepted_by: person:bob", "accepted_by: person:zorro")
    (root / FILE).write_text(text, encoding="utf-8")
    status, _, err = run(root, "complete", "churn")
    assert status == 1
    assert "accepted by person:zorro" in err
    assert "made it again" in err


def test_an_adopted_file_gets_its_owner_in_the_sidecar(tmp_path: Path, run: Run) -> None:
    card = "---\nlicense: mit\npretty_name: Visits\n---\n\n# Visits\n"
    more = {"datasets/visits.md": card, "datasets/visits.md.handoff.yml": "owners:\n- team:risk # theirs\n"}
    root = accepted(tmp_path, run, **more)
    assert run(root, "complete", "churn")[0] == 0
    after = texts(root)
    assert after["datasets/visits.md"] == card
    assert after["datasets/visits.md.handoff.yml"] == "owners:\n- team:retention # theirs\n"


def test_what_nobody_owns_is_begun(tmp_path: Path, run: Run) -> None:
    card = "---\nlicense: mit\npretty_name: Visits\n---\n\n# Visits\n"
    root = accepted(tmp_path, run, **{"datasets/visits.md": card})
    assert run(root, "complete", "churn")[0] == 0
    assert texts(root)["datasets/visits.md"] == card
    assert texts(root)["datasets/visits.md.handoff.yml"] == "owners: team:retention\n"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("status: accepted", "status: in-review"), "its status is 'in-review'"),
        (("reproduction: {by: person:bob, on: 2026-05-20, checksums_match: true}\n", ""), "made it again"),
        (("As good as before.", "Better."), "has signed, then handoff:churn changed"),
        (("started: 2026-05-01", "started: 2026-05-41"), "lint: line "),
        (("status: pass}", "status: open}"), "criterion drill is 'open'"),
        (("to: team:retention", "to: team:risks"), "the receiving team"),
    ],
)
def test_what_is_in_the_way_is_told(tmp_path: Path, run: Run, change: tuple[str, str], told: str) -> None:
    root = accepted(tmp_path, run)
    text = root / FILE
    text.write_text(text.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    before = texts(root)
    status, _, err = run(root, "complete", "churn")
    assert (status, texts(root)) == (1, before)
    assert told in err


@pytest.mark.parametrize(
    ("said", "lacking"),
    [
        ("{by: person:ann, on: 2026-05-20, checksums_match: true}", "it was person:ann"),
        ("{by: person:bob, on: 2026-05-20, checksums_match: false}", "a run that gave the same"),
        ("{by: person:bob, on: 2026-05-20, metric_deltas: {auc: 0.4}}", "a run that gave the same"),
        ("{by: person:bob, checksums_match: true}", "the day of the run"),
        ("{by: person:bob, on: 2026-05-20, result: within tolerance}", ""),
    ],
)
def test_a_reproduction_is_the_same_by_the_receiving_side(tmp_path: Path, run: Run, said: str, lacking: str) -> None:
    text = HANDOFF.replace("{by: person:bob, on: 2026-05-20, checksums_match: true}", said)
    root = accepted(tmp_path, run, text=text)
    status, _, err = run(root, "complete", "churn")
    assert (status, lacking in err) == (int(bool(lacking)), True)


def test_a_stated_gap_has_to_be_accepted_by_name(tmp_path: Path, run: Run) -> None:
    gap = HANDOFF.replace("{by: person:bob, on: 2026-05-20, checksums_match: true}", "{unknown: No host for it.}")
    root = accepted(tmp_path / "a", run, gap)
    assert "made it again" in run(root, "complete", "churn")[2]
    named = gap.replace(
        "reproduction:", "accepted_gaps:\n  - {field: reproduction, reason: R, accepted_by: person:bob}\nreproduction:"
    )
    assert run(accepted(tmp_path / "b", run, named), "complete", "churn")[0] == 0


@pytest.mark.parametrize(
    ("owners", "told"),
    [
        ("owner: team:past\n", "model:churn is owned by team:past, and not by Risk"),
        ("owners: [team:risk, team:past]\n", "several accountable owners (team:risk, team:past)"),
    ],
)
def test_what_is_not_the_givers_stays(tmp_path: Path, run: Run, owners: str, told: str) -> None:
    root = accepted(tmp_path, run, **{"models/churn.yml": f"title: Churn\n{owners}"})
    before = texts(root)
    status, _, err = run(root, "complete", "churn")
    assert (status, texts(root)) == (1, before)
    assert told in err


@pytest.mark.parametrize(
    ("owners", "after"),
    [
        ("owner: person:ann\n", "owner: team:retention\n"),
        ("owners: 'team:risk' # x\n", "owners: 'team:retention' # x\n"),
        ("owners: [risk, {ref: bob, role: operations}]\n", "owners: [team:retention, {ref: bob, role: operations}]\n"),
        (
            "owners: [{ref: bob, role: operations}]\n",
            "owners: [{ref: bob, role: operations}, {ref: team:retention, role: accountable}]\n",
        ),
        ("owner: team:retention\n", "owner: team:retention\n"),
        (
            "owners:\n  - ref: team:risk\n    since: 2020-01-01\n",
            "owners:\n  - ref: team:retention\n    since: 2026-06-01\n",
        ),
    ],
)
def test_owners_are_written_as_they_were(tmp_path: Path, run: Run, owners: str, after: str) -> None:
    root = accepted(tmp_path, run, **{"models/churn.yml": f"title: Churn\n{owners}# end\n"})
    assert run(root, "complete", "churn")[0] == 0
    assert texts(root)["models/churn.yml"] == f"title: Churn\n{after}# end\n"


def test_subjects_of_one_file_change_together(tmp_path: Path, run: Run) -> None:
    two = "title: Churn\nid: churn\nowner: team:risk # a\n---\ntitle: Price\nid: price\nowner: team:risk # b\n"
    text = HANDOFF.replace("model:churn,", "model:churn, model:price,")
    root = accepted(tmp_path, run, text, **{"models/churn.yml": two})
    assert run(root, "complete", "churn")[0] == 0
    assert texts(root)["models/churn.yml"] == two.replace("team:risk", "team:retention")


def test_one_that_cannot_be_written_puts_the_others_back(tmp_path: Path) -> None:
    root = project(tmp_path / "repo").root
    catalog = lint(root).catalog
    by_name = {str(identity): record for identity, record in catalog.records.items()}
    rewrites = Rewrites(root)
    for name in ("model:churn", "dataset:shared"):
        rewrites.change(
            by_name[name],
            ("title",),
            (
                lambda text, layer, newline: set_fields(
                    text, {"title": "X"}, layer.document, layer.prefix, newline=newline
                ),
            ),
        )
    changed = root / "datasets/shared.yml"
    changed.write_text("title: Meanwhile\n", encoding="utf-8")
    before = texts(root)
    with pytest.raises(EditError, match="changed since it was read"):
        rewrites.write()
    assert texts(root) == before
    changed.write_bytes(str(FILES["datasets/shared.yml"]).encode())
    rewrites.write()
    assert texts(root)["datasets/shared.yml"] == "title: X\nowner: team:past\n"


def test_an_interrupt_in_the_middle_leaves_all_as_it_was(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = accepted(tmp_path, run)
    before = texts(root)
    real, seen = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        seen.append(target)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    status, out, _ = run(root, "complete", "churn")
    assert (status, texts(root)) == (130, before)
    assert "nothing was changed" in out
