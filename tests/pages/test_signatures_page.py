"""Signatures on a handoff's page: what is corroborated looks other than what is asserted; a later change is shown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.handoffs.handoff import handoffs
from mkdocs_handoff.history.history import history
from mkdocs_handoff.past import Past
from mkdocs_handoff.reports.handoffs.signed import digest_of, signed
from tests.history.repositories import ENVIRONMENT, Repository, repository
from tests.pages.rendered import Rendered
from tests.pages.test_handoff_pages import words
from tests.projects import lint

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 23)
HANDOFF = "title: Churn to risk\nsubjects: churn\nfrom: growth\nto: risk\nstatus: STATUS\ndates: {DATES}\n"
FILES: dict[str, str | bytes | None] = {
    "handoff.yml": "",
    "teams/growth.yml": "title: Growth\nmembers: [{ref: ann}]\n",
    "teams/risk.yml": "title: Risk\nmembers: [{ref: bob}]\n",
    "people/ann.yml": "title: Ann\nemail: ann@example.org\n",
    "people/bob.yml": "title: Bob\nemail: bob@example.org\n",
    "models/churn.yml": "title: Churn\nlimitations: [Small]\n",
}


def at(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) + 43_200


def signing(root: Path) -> str:
    """Return both signatures, as `handoff sign` writes them."""
    catalog = lint(root).catalog
    (one,) = handoffs(catalog)
    seen = signed(catalog, one)
    parts = ", ".join(f'"{name}": "{value}"' for name, value in seen.items())
    return "".join(
        f"- {{role: {role}, by: {by}, on: 2026-10-01, statement: It *is* so, digest: '{digest_of(seen)}', "
        f"seen: {{{parts}}}}}\n"
        for role, by in (("from", "ann"), ("to", "bob"))
    )


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return repository(tmp_path / "repo")


def put(repo: Repository, status: str, dates: str) -> None:
    """Ann commits a handoff with both signatures: hers is corroborated, Bob's is not."""
    text = HANDOFF.replace("STATUS", status).replace("DATES", dates)
    repo.commit({**FILES, "handoffs/h.yml": text}, time=at("2026-09-01"))
    repo.commit({"handoffs/h.yml": f"{text}sign_offs:\n{signing(repo.root)}"}, "Sign", time=at("2026-10-01"))


def page(repo: Repository) -> str:
    return Rendered(repo.root, past=Past(history(repo.root, today=TODAY), TODAY)).html("handoff:h")


def test_corroborated_and_asserted_look_different(repo: Repository) -> None:
    put(repo, "in-review", "started: 2026-09-01")
    html = page(repo)
    assert html.count('class="handoff-signature handoff-signature--corroborated"') == 1
    assert html.count('class="handoff-signature handoff-signature--asserted"') == 1
    text = words(html)
    assert "For the team that hands over Ann 2026-10-01 corroborated It is so Ann is the author of commit" in text
    assert "For the team that takes over Bob 2026-10-01 asserted It is so committed by Ann" in text
    assert "signed, then changed" not in text


def test_signed_then_changed_is_shown_with_the_difference(repo: Repository) -> None:
    put(repo, "in-review", "started: 2026-09-01")
    repo.commit({"models/churn.yml": "title: Churn\nlimitations: [Small, Old]\n"}, time=at("2026-10-05"))
    text = words(page(repo))
    assert text.count("signed, then changed") == 2
    assert "Churn was changed limitations added: Old" in text


def test_a_superseded_signature_is_no_alarm(repo: Repository) -> None:
    put(repo, "in-review", "started: 2026-09-01")
    repo.commit({"models/churn.yml": "title: Churn\nlimitations: [Small, Old]\n"}, time=at("2026-10-05"))
    path = repo.root / "handoffs/h.yml"
    again = signing(repo.root).replace("2026-10-01", "2026-10-06")
    repo.commit({"handoffs/h.yml": path.read_text(encoding="utf-8") + again}, "Sign again", time=at("2026-10-06"))
    html = page(repo)
    text = words(html)
    assert "signed, then changed" not in text
    assert html.count('">superseded</span>') == 2
    assert "Superseded: the same person signed for this side on 2026-10-06" in text


def test_what_changes_after_completion_is_no_alarm(repo: Repository) -> None:
    put(repo, "completed", "started: 2026-09-01, accepted: 2026-10-01, completed: 2026-10-02")
    repo.commit({"models/churn.yml": "title: Churn\nlimitations: [Small, Old]\n"}, time=at("2026-10-05"))
    text = words(page(repo))
    assert "signed, then changed" not in text
    assert "1 thing has changed since it was completed, as they may" in text


def test_without_a_digest_the_page_says_so(repo: Repository) -> None:
    text = HANDOFF.replace("STATUS", "in-review").replace("DATES", "started: 2026-09-01")
    repo.commit({**FILES, "handoffs/h.yml": f"{text}sign_offs: [{{role: approver, for: from, by: <b>}}]\n"})
    html = page(repo)
    assert "For the team that hands over, as approver <b> asserted" in words(html)
    assert "Nothing says what was signed" in words(html)
    assert "<b>" not in html
