"""`mkdocs-handoff review` from the outside: asked at a terminal, and with `--still-true`."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.main import main
from tests.history.repositories import repository
from tests.projects import lint, write_files
from tests.staleness.wiki import Wiki, noon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

TODAY = "2026-06-01"
FILES: dict[str, str | bytes | None] = {
    "teams/lab.yml": "title: Lab\nmembers: [ann]\n",
    "people/ann.yml": "title: Ann\n",
    "people/bob.yml": "title: Bob\n",
    "models/churn.yml": "title: Churn\nlast_reviewed: 2026-04-01\ncovers: [src/**]\n",
    "models/price.yml": "title: Price\nlast_reviewed: 2026-04-01\ncovers: [src/**, lib/**]\n",
    "models/old.yml": "title: Old\nlifecycle: retired\n",
    "datasets/visits.yml": "title: Visits\nlast_reviewed: 2026-05-01\n",
    "glossary.yml": "kind: term\nterms:\n  - name: Churn rate\n    definition: Who leaves.\n"
    "  - name: Lead\n    definition: Who asks.\n",
    "src/a.py": "1\n",
    "lib/b.py": "1\n",
}
INTERRUPT = "^C"
HOSTILE = "Read\x1b]0;owned\x07 gaps\x1b[2J \u202egnp"


pytestmark = pytest.mark.usefixtures("only_ours")


@pytest.fixture
def wiki(tmp_path: Path) -> Wiki:
    """One commit, with a subject that a terminal would obey, makes two models suspect."""
    made = Wiki(repository(tmp_path / "repo"))
    made.on("2026-03-01", FILES)
    made.repo.commit({"src/a.py": "2\n", "lib/b.py": "2\n"}, HOSTILE, time=noon("2026-05-28"))
    return made


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def made(folder: Path, *arguments: str, by: str = "ann") -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        status = main(["review", "--today", TODAY, "--still-true", "--by", by, *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return made


def at_a_terminal(
    folder: Path, arguments: Sequence[str], answers: Sequence[str | Callable[[], str]]
) -> tuple[int, str]:
    """Run `review` with a person in front of it, who answers each question; return its status and the screen.

    An answer that is a function does something first.
    """
    # Where tests run in the background, the interrupt of a terminal is switched off.
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code += "from mkdocs_handoff.cli.main import run; run()"
    call = [sys.executable, "-c", code, "review", "--today", TODAY, "--by", "ann", *arguments]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(call, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    screen, waiting, end = "", list(answers), time.monotonic() + 60
    asked, interrupted = 0, False
    while time.monotonic() < end:
        if not select.select([ours], [], [], 1)[0]:
            if interrupted and process.poll() is None:  # it came between the question and the reading of its answer
                process.send_signal(signal.SIGINT)
            continue
        try:
            read = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not read:
            break
        screen += read.decode()
        questions = len(re.findall(r"\[n\]o[^:\n]*: ", screen))
        if questions > asked and waiting:
            asked = questions
            given = waiting.pop(0)
            answer = given if isinstance(given, str) else given()
            if answer == INTERRUPT:
                interrupted = True
                process.send_signal(signal.SIGINT)
            else:
                os.write(ours, answer.encode())
    status = process.wait(30)
    os.close(ours)
    return status, screen.replace("\r\n", "\n")


def texts(wiki: Wiki) -> dict[str, str]:
    files = [path for path in wiki.root.rglob("*") if path.is_file() and ".git" not in path.parts]
    return {path.relative_to(wiki.root).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_yes_writes_and_no_and_quit_write_nothing(wiki: Wiki) -> None:
    before = texts(wiki)
    status, screen = at_a_terminal(wiki.root, ["churn", "price", "visits"], ["what?\n", "Yes\n", "n\n", "q\n"])
    assert status == 1
    changed = {path for path, text in texts(wiki).items() if text != before.get(path)}
    assert changed == {"models/churn.yml"}
    assert "last_reviewed: 2026-06-01\n" in texts(wiki)["models/churn.yml"]
    assert "person:ann" in texts(wiki)["models/churn.yml"]
    assert "  model:churn: written to models/churn.yml\n\nPrice (model:price" in screen
    assert "left as it is; mend models/price.yml, then review it\n" in screen
    assert screen.endswith("stopped: 1 record left as it is\n")


@pytest.mark.parametrize("answers", [["\x04"], ["q\n"], ["quit\n"]])
def test_the_end_of_input_is_no_answer(wiki: Wiki, answers: list[str]) -> None:
    before = texts(wiki)
    status, screen = at_a_terminal(wiki.root, ["churn", "price"], answers)
    assert (status, texts(wiki)) == (1, before)
    assert "stopped: 2 records left as they are\n" in screen
    assert "Price" not in screen


@pytest.mark.parametrize(
    ("arguments", "answers", "told"),
    [
        (["churn", "price", "visits"], ["y\n", INTERRUPT], "stopped: 2 records left as they are\n"),
        (["churn"], [INTERRUPT], "stopped: 1 record left as it is\n"),
        (["--cause", "HEAD"], [INTERRUPT], "stopped: 2 records left as they are\n"),
    ],
)
def test_an_interrupt_says_what_is_left(wiki: Wiki, arguments: list[str], answers: list[str], told: str) -> None:
    before = texts(wiki)
    arguments = [wiki.repo.head[:10] if word == "HEAD" else word for word in arguments]
    status, screen = at_a_terminal(wiki.root, arguments, answers)
    assert status == 130
    assert screen.endswith(told)
    changed = {path for path, text in texts(wiki).items() if text != before.get(path)}
    assert changed == ({"models/churn.yml"} if len(answers) > 1 else set())


def test_all_is_yes_to_the_rest(wiki: Wiki) -> None:
    before = texts(wiki)
    status, screen = at_a_terminal(wiki.root, ["churn", "price", "visits"], ["n\n", "a\n"])
    assert status == 1
    assert "Still true? [y]es, [n]o, yes to [a]ll 3 that are left, [q]uit: " in screen
    assert "yes to [a]ll 2 that are left" in screen
    assert screen.count("Still true?") == 2
    changed = {path for path, text in texts(wiki).items() if text != before.get(path)}
    assert changed == {"models/price.yml", "datasets/visits.yml"}
    status, screen = at_a_terminal(wiki.root, ["churn"], ["a\n", "y\n"])
    assert status == 0
    assert screen.count("Still true? [y]es, [n]o, [q]uit: ") == 2, "there is no rest of one"
    assert at_a_terminal(wiki.root, ["churn", "price"], ["all\n"])[0] == 0


def test_any_commit_that_is_told_names_its_cause(wiki: Wiki, run: Run) -> None:
    first = wiki.repo.head
    newest = wiki.repo.commit({"src/a.py": "3\n"}, "Once more", time=noon("2026-05-29"))
    wiki.repo.commit({"lib/b.py": "3\n"}, "Elsewhere", time=noon("2026-05-29"))
    status, _, err = run(wiki.root, "--cause", first)
    assert status == 2
    assert "may mean several causes; there are:\n" in err, "it changed src as well as lib"
    wiki.on("2026-05-30", {"models/price.yml": None})
    status, out, err = run(wiki.root, "--cause", first[:7])
    assert (status, err) == (0, "")
    assert f"Cause: {newest[:10]} Once more\n  {first[:7]} is told there\n" in out
    assert "  One answer covers the files as they are now, 1 earlier commit included.\n" in out
    assert wiki.verdict("model:churn") == "fresh"


def test_files_that_are_not_committed_are_named_by_their_glob(wiki: Wiki, run: Run) -> None:
    write_files(wiki.root, {"src/a.py": "9\n"})
    wiki.on("2026-05-30", {"models/price.yml": None})
    assert run(wiki.root, "--cause", "src/**")[0] == 0
    assert wiki.verdict("model:churn") == "fresh"


def test_an_owner_who_left_is_mended_before_it_is_settled(wiki: Wiki, run: Run) -> None:
    wiki.on("2026-05-29", {"people/bob.yml": "title: Bob\nleft: 2026-05-20\nsucceeded_by: ann\n",
                           "people/cy.yml": "title: Cy\nactive: false\nsucceeded_by: bob\n",
                           "models/solo.yml": "title: Solo\nowner: bob\nlast_reviewed: 2026-05-01\n",
                           "models/cyan.yml": "title: Cyan\nowner: cy\nlast_reviewed: 2026-05-01\n"})  # fmt: skip
    status, out, _ = run(wiki.root, "--cause", "person:bob")
    assert status == 0
    assert "\n  mend it: name another accountable owner in `owners:` of these records (Ann succeeds)\n" in out
    assert out.endswith("settled, and still without an accountable owner who is there: model:solo\n")
    assert wiki.verdict("model:solo") == "fresh"
    assert "(Bob succeeds, and is gone too)" in run(wiki.root, "--cause", "person:cy")[1]


def test_all_that_still_holds_is_clean(wiki: Wiki) -> None:
    assert at_a_terminal(wiki.root, ["churn", "price"], ["y\n", "y\n"])[0] == 0
    assert {wiki.verdict("model:churn"), wiki.verdict("model:price")} == {"fresh"}


def test_a_cause_is_settled_with_one_answer(wiki: Wiki) -> None:
    before, cause = texts(wiki), wiki.repo.head[:10]
    status, screen = at_a_terminal(wiki.root, ["--cause", cause], ["n\n"])
    assert (status, texts(wiki)) == (1, before)
    assert "2 records rest on it:\n  model:churn (models/churn.yml)\n  model:price (models/price.yml)\n" in screen
    assert "Are all 2 of them still true?" in screen
    assert "nothing was written; review them one by one" in screen
    status, screen = at_a_terminal(wiki.root, ["--cause", cause], ["y\n"])
    assert status == 0
    assert "last_reviewed: 2026-04-01" in texts(wiki)["models/churn.yml"], "the review date stays"
    assert {wiki.verdict("model:churn"), wiki.verdict("model:price")} == {"fresh"}


@pytest.mark.parametrize("arguments", [["churn"], ["--cause", "HEAD"]])
def test_what_changes_while_somebody_is_asked_is_not_reviewed(wiki: Wiki, arguments: list[str]) -> None:
    asked = [wiki.repo.head[:10] if one == "HEAD" else one for one in arguments]

    def edited() -> str:
        write_files(wiki.root, {"src/a.py": "9\n"})
        return "y\n"

    before = texts(wiki)
    status, screen = at_a_terminal(wiki.root, asked, [edited])
    assert status == 2
    assert "model:churn, or what it watches, changed while you were asked; look at it again" in screen
    assert texts(wiki) == {**before, "src/a.py": "9\n"}


def test_a_name_is_no_beginning_of_a_name(wiki: Wiki, run: Run) -> None:
    assert run(wiki.root, "--cause", "src/*")[0] == 2


def test_nobody_to_be_asked_is_said(wiki: Wiki) -> None:
    code = "from mkdocs_handoff.cli.main import run; run()"
    call = [sys.executable, "-c", code, "review", "churn", "--by", "ann"]
    done = subprocess.run(call, cwd=wiki.root, input="y\n", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--still-true" in done.stderr


def test_a_terminal_obeys_nothing_that_others_wrote(wiki: Wiki, run: Run) -> None:
    for arguments in (["churn"], ["--cause", wiki.repo.head[:10]]):
        _, screen = at_a_terminal(wiki.root, arguments, ["n\n"])
        assert "gaps" in screen
        assert set("\x1b\x07\u202e").isdisjoint(screen)
    status, _, err = run(wiki.root, "--cause", "nothing-known")
    assert status == 2
    assert "gaps" in err
    assert set("\x1b\x07\u202e").isdisjoint(err)


def test_evidence_is_told_once(wiki: Wiki, run: Run) -> None:
    _, out, _ = run(wiki.root, "price")
    sha = wiki.repo.head[:10]
    assert out.count("gaps") == 1
    assert f"    {sha}, as above\n" in out
    assert "  suspect: lib/b.py changed after the review of 2026-04-01\n" in out
    wiki.on("2026-05-29", {"datasets/visits.yml": f"{FILES['datasets/visits.yml']}license: mit\n"})
    wiki.on("2026-05-30", {"models/price.yml": "title: Price\nlast_reviewed: 2026-05-29\ntraining_data: visits\n"})
    wiki.on("2026-05-31", {"datasets/visits.yml": f"{FILES['datasets/visits.yml']}license: gpl-3.0\n"}, "Free it")
    _, out, _ = run(wiki.root, "price")
    assert "  suspect: Visits changed after the review of 2026-05-29\n" in out
    assert "    license: was mit, is gpl-3.0\n" in out
    assert out.count("gpl-3.0") == out.count("Free it") == 1


def test_records_of_one_file_are_reviewed_in_one_run(wiki: Wiki, run: Run) -> None:
    status, out, err = run(wiki.root, "glossary.yml", "term:lead", "models/churn.yml")
    assert (status, err) == (0, "")
    assert re.findall(r"^  (\S+): written", out, re.MULTILINE) == ["term:churn-rate", "term:lead", "model:churn"]
    text = texts(wiki)["glossary.yml"]
    assert text.count("last_reviewed: 2026-06-01") == 2
    assert text.startswith("kind: term\nterms:\n  - name: Churn rate\n    definition: Who leaves.\n")
    assert "its file, which holds other records too" not in out, "it was never reviewed: there is no day to tell from"


def test_an_adopted_card_gets_a_sidecar_and_a_sidecar_is_written_to(wiki: Wiki, run: Run) -> None:
    card = "---\nlicense: mit\nlibrary_name: keras\n---\n# A card\n"
    wiki.on("2026-03-02", {"models/hub/README.md": card,
                           "models/side.md": "---\nlicense: mit\n---\n# Side\n",
                           "models/side.md.handoff.yml": "summary: One.\n"})  # fmt: skip
    status, out, _ = run(wiki.root, "hub", "side")
    assert status == 0
    assert "written to models/hub/README.md.handoff.yml" in out
    assert "written to models/side.md.handoff.yml" in out
    found = texts(wiki)
    assert found["models/hub/README.md"] == card
    assert "last_reviewed: 2026-06-01" in found["models/hub/README.md.handoff.yml"]
    assert found["models/side.md.handoff.yml"].startswith("summary: One.\n")
    assert run(wiki.root, "models/side.md.handoff.yml")[0] == 0, "a sidecar is its record's file too"


def test_a_file_that_cannot_be_edited_stops_the_run_and_says_what_was_written(wiki: Wiki, run: Run) -> None:
    group = (
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: {}\nspec:\n  type: team\n  children: []\n"
    )
    kept = "---\n".join(group.format(name) for name in ("one", "two"))  # another tool's; and its sidecar takes no more
    write_files(wiki.root, {"teams/org.yaml": kept, "teams/org.yaml.handoff.yml": "{'team:two': {email: t@x.org}}\n"})
    status, out, err = run(wiki.root, "visits", "team:one", "churn")
    assert status == 2
    assert "teams/org.yaml.handoff.yml: cannot be edited" in err
    assert err.endswith("\nwritten before that: dataset:visits\n")
    assert texts(wiki)["teams/org.yaml"] == kept
    assert "last_reviewed: 2026-06-01" in texts(wiki)["datasets/visits.yml"]
    assert "last_reviewed: 2026-04-01" in texts(wiki)["models/churn.yml"]
    assert "Churn (" not in out


def test_a_term_that_is_a_text_by_its_name_is_reviewed_beside_its_file(wiki: Wiki, run: Run) -> None:
    held = "Lead: Somebody who asks us.\nChurn rate: The share of those who leave.\n"
    write_files(wiki.root, {"glossary.yml": held})
    status, out, _ = run(wiki.root, "term:lead", "term:churn-rate")
    assert (status, (wiki.root / "glossary.yml").read_text()) == (0, held)
    assert out.count("written to glossary.yml.handoff.yml") == 2
    found = [fresh for fresh in lint(wiki.root).catalog.of_kind("term") if fresh.get("last_reviewed") == TODAY]
    assert len(found) == 2


def test_projects_of_one_repository_and_a_configuration_by_name(run: Run, tmp_path: Path) -> None:
    made = Wiki(repository(tmp_path / "repo"))
    model = "title: M\nlast_reviewed: 2025-01-01\n"
    made.on("2026-03-01", {"a/handoff.yml": "{}\n", "a/models/m.yml": model, "a/people/ann.yml": "title: Ann\n",
                           "b/handoff.yml": "{}\n", "b/models/m.yml": model, "b/models/n.yml": model})  # fmt: skip
    status, out, _ = run(made.root, "b/models/m.yml", "a/models/m.yml", "b/models/n.yml")
    assert status == 0
    assert re.findall("written to (.*)", out) == ["b/models/m.yml", "a/models/m.yml", "b/models/n.yml"]
    assert "- person:ann\n" in texts(made)["a/models/m.yml"].replace("[person:ann]", "- person:ann")
    assert "person:ann" not in texts(made)["b/models/m.yml"], "where nobody is described the text is taken as it is"
    status, out, _ = run(made.root, "-f", "a/handoff.yml", "m", by="person:ann")
    assert (status, "written to a/models/m.yml" in out) == (0, True)
    status, out, err = run(made.root, "a/models/m.yml", "b/models/m.yml", by="zoe")
    assert (status, out) == (2, "")
    assert "there is no team or person 'zoe': there are person:ann" in err


@pytest.mark.parametrize(
    ("arguments", "by", "message"),
    [
        (["chrun"], "ann", "there is no record, file or folder 'chrun'; did you mean 'model:churn'?"),
        (["modle:churn"], "ann", "there is no record, file or folder 'modle:churn'; did you mean 'model:churn'?"),
        (["twin"], "ann", "'twin' may mean "),
        (["old"], "ann", "model:old is historical (retired): there is nothing to review"),
        (["models"], "ann", "'models' is a folder"),
        (["src/a.py"], "ann", "'src/a.py' holds no record"),
        (["churn"], "bbo", "there is no team or person 'bbo': there are "),
        (["churn"], "person:bobb", "there is no team or person 'person:bobb'; did you mean 'person:bob'?"),
        (["churn"], "model:churn", "there is no team or person 'model:churn'"),
        (["visits"], "bo", "Bo Kim left on 2026-05-30: who reviewed it?"),
        (["--cause", "HEAD"], "bo", "Bo Kim left on 2026-05-30: who reviewed it?"),
        (["visits"], "away", "Away is gone: who reviewed it?"),
        (["churn", "--cause", "x"], "ann", "and not both"),
        ([], "ann", "name records to review"),
        (["--cause", "x"], "ann", "'x' is no cause of suspicion; there are:\n"),
        (["churn", "-f", "gone.yml"], "ann", "there is no configuration 'gone.yml'"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_written(
    wiki: Wiki, run: Run, arguments: list[str], by: str, message: str
) -> None:
    write_files(wiki.root, {"models/twin.yml": "title: T\n", "datasets/twin.yml": "title: T\n",
                            "people/bo.yml": "title: Bo Kim\nleft: 2026-05-30\n",
                            "people/away.yml": "title: Away\nactive: false\n"})  # fmt: skip
    before = texts(wiki)
    status, out, err = run(wiki.root, *arguments, by=by)
    assert (status, out, texts(wiki)) == (2, "", before)
    assert message in err


def test_who_leaves_later_may_still_review(wiki: Wiki, run: Run) -> None:
    wiki.on("2026-05-30", {"people/bob.yml": "title: Bob\nleft: 2026-06-02\n"})
    assert run(wiki.root, "visits", by="bob")[0] == 0


@pytest.mark.parametrize(("by", "written"), [("ann", "person:ann"), ("person:bob", "person:bob"), ("lab", "team:lab")])
def test_who_reviews_is_named_as_people_are(wiki: Wiki, run: Run, by: str, written: str) -> None:
    assert run(wiki.root, "visits", by=by)[0] == 0
    assert written in texts(wiki)["datasets/visits.yml"]
