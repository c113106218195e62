"""The changes of a record's file, at the end of its page."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.history.history import history
from mkdocs_handoff.past import Past
from tests.history.repositories import ENVIRONMENT, Repository, repository
from tests.pages.rendered import Outline, Rendered

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2024, 6, 1)
CARD = "models/churn.md"
NASTY = "<script>alert(1)</script> \"x\" 'y' & ]] {{ 7*7 }} <!--handoff-prose--> </section>"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return repository(tmp_path / "repo")


def html(repo: Repository, name: str = "model:churn") -> str:
    past = Past(history(repo.root, today=TODAY), TODAY)
    page = Rendered(repo.root, past=past).page(name)
    assert "handoff-history" not in page.before, "the last section, after the prose"
    return page.after


def card(text: str) -> dict[str, str | bytes | None]:
    return {CARD: f"---\ntitle: Churn\n---\n{text}\n"}


def section(text: str) -> str:
    start = text.index('<h2 id="handoff-history">')
    return text[start : text.index("</section>", start)]


def test_the_last_change_stands_open_and_the_earlier_are_folded_up(repo: Repository) -> None:
    for number in range(25):
        repo.commit(card(str(number)), f"Change {number} (#{number + 1})", author="Ann Lee <ann@example.org>")
    shown = section(html(repo))
    open_, folded = shown.split("<details")
    assert "<bdi>Change 24</bdi>" in open_
    assert "#25" in open_
    assert open_.count("<li") == 1
    assert "24 earlier changes</summary>" in folded
    assert folded.count("<li") == 19
    assert "And 5 before these" in folded


def test_a_few_changes_all_stand_open(repo: Repository) -> None:
    for number in range(3):
        repo.commit(card(str(number)), f"Change {number}")
    shown = section(html(repo))
    assert "<details" not in shown
    assert shown.count("<li") == 3
    assert "None of these commits is signed." in shown


def test_authors_and_reviewers_are_linked_to_their_records(repo: Repository) -> None:
    people: dict[str, str | bytes | None] = {
        "people/ann-lee.yml": "title: Ann Lee\nemail: ann@example.org\n",
        "people/bo-kim.yml": "title: Bo Kim\ngithub: bokim\n",
    }
    message = "Begin\n\nReviewed-by: Bo Kim <bo@example.org>\nCo-authored-by: Zed <zed@example.org>"
    commit = repo.commit({**people, **card("one")}, message, author="A. Lee <ann@example.org>")
    url = "https://github.com/acme/models/pull/12"
    said = {"by": "bokim", "at": "2023-11-14T10:00:00Z", "state": "approved", "url": f"{url}#r"}
    request = {"forge": "github", "number": 12, "url": url, "commits": [commit], "approvals": [said]}
    repo.write({"approvals.json": json.dumps({"version": 1, "requests": [request]})})
    shown = section(html(repo))
    ann = '<a class="handoff-ref" href="../../people/ann-lee/" title="Person: Ann Lee">Ann Lee</a>'
    bo = ann.replace("ann-lee", "bo-kim").replace("Ann Lee", "Bo Kim")
    assert f"by <bdi>{ann}</bdi>" in shown
    assert f"reviewed by <bdi>{bo}</bdi>" in shown
    assert f"approved by <bdi>{bo}</bdi>, <a" in shown
    assert ">2023-11-14</a>" in shown
    assert f'href="{url}" ' in shown
    assert ">pull request #12</a>" in shown
    assert 'with <bdi><span class="handoff-ref handoff-ref--plain">Zed</span></bdi>' in shown
    assert f'<code title="{commit}">{commit[:8]}</code>' in shown
    assert "bo@example.org" not in shown


def test_whatever_a_commit_says_is_text(repo: Repository) -> None:
    commit = repo.commit(
        card("one"),
        f"{NASTY}\n\nReviewed-by: {NASTY} <x@example.org>",
        author=f"{NASTY[:24]} \u202e\x07 <a@example.org>",
    )
    said = {
        "by": NASTY,
        "name": f"\u202e{NASTY}",
        "state": "approved",
        "url": "javascript:alert(1)",
        "at": "2023-11-14T10:00:00Z",
    }
    request = {"forge": "other", "number": 1, "url": "javascript:alert(2)", "commits": [commit], "approvals": [said]}
    repo.write({"approvals.json": json.dumps({"version": 1, "requests": [request]})})
    shown = html(repo)
    outline = Outline(shown)
    assert not outline.tags & {"script", "iframe", "style"}
    assert not outline.crossed
    assert not outline.open
    assert "javascript" not in "".join(outline.hrefs)
    assert "<script>alert(1)</script>" in outline.text
    assert "{{ 7*7 }}" in outline.text
    assert not {"\u202e", "\x07"} & set(shown)


def test_bytes_that_are_no_text_can_be_written_to_a_page(repo: Repository) -> None:
    repo.commit(card("one"))
    # git makes UTF-8 of what it commits; what other programs wrote, and what was imported, is as it is.
    tree = repo.git("rev-parse", "HEAD^{tree}").encode()
    person = b"caf\xe9 <cafe@example.org> 1700000000 +0000"
    made = b"tree %s\nauthor %s\ncommitter %s\n\nna\xefve \xff\n" % (tree, person, person)
    repo.write({".git/made": made})
    repo.git("reset", "-q", "--soft", repo.git("hash-object", "-w", "-t", "commit", ".git/made"))
    shown = section(html(repo))
    shown.encode("utf-8")
    assert "na\ufffdve \ufffd" in shown
    assert "caf\ufffd" in shown


def test_without_history_one_line_says_why(tmp_path: Path) -> None:
    plain = Repository(tmp_path / "plain")
    plain.write(card("one"))
    page = Rendered(plain.root).html("model:churn")
    assert "Changes are not shown: the settings switch history off." in page
    assert "handoff-history" not in page


def test_a_file_that_is_not_committed_says_so(repo: Repository) -> None:
    repo.commit({"x": "x"})
    repo.write(card("one"))
    shown = section(html(repo))
    assert "The file is not committed yet." in shown
    assert "<ol" not in shown


def test_signatures_are_told_and_not_vouched_for(repo: Repository, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True, capture_output=True)
    repo.commit(card("one"), "Plain")
    repo.git("config", "gpg.format", "ssh")
    repo.git("config", "user.signingkey", str(key))
    repo.commit(card("two"), "Signed", options=("-S",))
    shown = section(html(repo))
    assert shown.count("signed (ssh), not verified here") == 1
    assert shown.count("<span>not signed</span>") == 1


def test_the_same_repository_gives_the_same_bytes(repo: Repository) -> None:
    for number in range(6):
        repo.commit(
            card(str(number)), f"Change {number}\n\nReviewed-by: Bo <bo@example.org>\nReviewed-by: Al <al@example.org>"
        )
    assert html(repo) == html(repo)
