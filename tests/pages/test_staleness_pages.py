"""Verdicts on pages: the banner, the page of stale records, team and person pages, and what a script may change."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from mkdocs_handoff import resources
from mkdocs_handoff.history.history import history, unasked
from mkdocs_handoff.pages.sparkline import sparkline
from mkdocs_handoff.pages.views.standing import LOOKS, TONES
from mkdocs_handoff.past import Past
from mkdocs_handoff.staleness.judge import SOON
from mkdocs_handoff.staleness.verdict import Verdict
from tests.history.repositories import ENVIRONMENT, Repository, repository
from tests.pages.rendered import Outline, Rendered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2026, 11, 23)
NASTY = "<script>alert(1)</script> \"x\" 'y' & {{ 7*7 }} <!--handoff-prose-->"
EVENTS = "title: Events\nowners: ann\nlast_reviewed: 2026-06-01\nreview_every: 1 year\nlimitations: {said}\n"
PROJECT: dict[str, str | bytes | None] = {
    "teams/risk.yml": "title: Risk\nlast_reviewed: 2026-10-01\nmembers: [{ref: ann}, {ref: bob}]\n",
    "people/ann.yml": "title: Ann\nlast_reviewed: 2026-10-01\n",
    "people/bob.yml": "title: Bob\nlast_reviewed: 2026-10-01\n",
    "src/train.py": "one\n",
    "src/notes.md": "one\n",
    "datasets/events.yml": EVENTS.format(said="none"),
    "models/churn.yml": "title: Churn\nowners: [risk, {ref: bob, role: operations}]\n"
    "last_reviewed: 2026-06-01\nreview_every: 1 year\ncovers: [src/]\ntraining_data: [events]\n",
    "models/limit.yml": "title: Limit\nowners: risk\nlast_reviewed: 2026-06-01\nreview_every: 1 year\n"
    "training_data: [events]\n",
    "models/fraud.yml": "title: Fraud\nowners: bob\nlast_reviewed: 2026-06-01\nreview_every: 1 year\n",
    "models/late.yml": "title: Late\nowners: ghost\nlast_reviewed: 2026-01-01\nreview_every: 6 months\n",
    "models/soon.yml": "title: Soon\nlast_reviewed: 2026-05-28\nreview_every: 6 months\n",
    "models/good.yml": "title: Good\nlast_reviewed: 2026-10-01\nreview_every: 6 months\ntraining_data: [quiet]\n"
    "covers: [src/*.md]\n",
    "datasets/quiet.yml": "title: Quiet\nreview_every: 2 years\n",
    "models/old.yml": "title: Old\nlifecycle: retired\n",
    "decisions/0001-it.md": "---\nstatus: accepted\n---\n# It\n",
}


def at(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) + 43_200


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A project whose sources, data and owner changed after the reviews."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    made = repository(tmp_path / "repo")
    made.commit(PROJECT, "Begin", time=at("2026-01-01"))
    made.commit({"src/train.py": "two\n"}, f"Train {NASTY}", time=at("2026-07-01"), author="Ann & Co <a@example.org>")
    made.commit({"datasets/events.yml": EVENTS.format(said=json.dumps(NASTY))}, "Say it", time=at("2026-08-01"))
    gone = "title: Bob\nlast_reviewed: 2026-10-01\nleft: 2026-09-30\nsucceeded_by: ann\n"
    made.commit({"people/bob.yml": gone}, "Bob has left", time=at("2026-10-02"))
    return made


def rendered(root: Path, *, asked: bool = True, today: date = TODAY) -> Rendered:
    return Rendered(root, past=Past(history(root, today=today) if asked else unasked(), today))


def banner(html: str) -> str:
    found = re.search(r'<div class="admonition [^"]*handoff-banner".*?\n</div>', html, re.DOTALL)
    return found[0] if found else ""


def words(html: str) -> str:
    return " ".join(Outline(html).text.split())


def test_a_suspect_page_says_what_changed_who_and_what_to_do(repo: Repository) -> None:
    pages = rendered(repo.root)
    html = pages.page("model:churn").before
    told = banner(html)
    assert told.startswith('<div class="admonition danger handoff-banner" role="note" data-handoff-verdict="suspect"')
    assert html.index("</header>") < html.index(told)
    said = words(told)
    assert "Suspect: what this page speaks of has changed since its review of 2026-06-01" in said
    assert "src/train.py changed." in said
    assert "Events changed." in said
    assert "limitations was none, is <script>" in said
    assert f"{repo.log('src/train.py')[0][:10]} Train <script>" in said
    assert "Ann & Co, 2026-07-01" in said
    assert "mkdocs-handoff review model:churn --by person:NAME" in said
    assert "If not, mend models/churn.yml. Ask Risk." in said
    assert "The operations Bob left on 2026-09-30." in said
    assert 'href="../../datasets/events/"' in told
    assert 'href="../../staleness/#handoff-cause-dataset-events"' in told, "another record shares this cause"
    assert "<script" not in told


def test_an_owner_who_left_makes_suspect_and_the_successor_is_asked(repo: Repository) -> None:
    said = words(banner(rendered(repo.root).page("model:fraud").before))
    assert "Suspect: its accountable owner is gone" in said
    assert "The accountable owner Bob left on 2026-09-30; Ann succeeds." in said
    do = "Name another accountable owner in models/fraud.yml (Ann succeeds). Still true?"
    assert f"{do} mkdocs-handoff review model:fraud --by person:NAME If not, mend models/fraud.yml. Ask Ann." in said
    page = words(rendered(repo.root).renderer.report("staleness").before)
    first = "Name another accountable owner in models/fraud.yml (Ann succeeds)."
    then = "Or leave it as it is; this settles it: mkdocs-handoff review --cause person:bob"
    assert 0 < page.index(first) < page.index(then)


def test_many_records_of_an_owner_who_left_are_named_by_their_files(repo: Repository) -> None:
    more = {f"models/m{number}.yml": "title: M\nowners: bob\nlast_reviewed: 2026-06-01\n" for number in range(4)}
    repo.commit({**more, "people/bob.yml": "title: Bob\nleft: 2026-09-30\n"}, time=at("2026-10-03"))
    page = words(rendered(repo.root).renderer.report("staleness").before)
    files = "models/fraud.yml, models/m0.yml, models/m1.yml and 2 more files"
    assert f"Name another accountable owner in {files}." in page
    assert "Or leave it as it is; one answer settles all:" in page


def test_a_page_that_was_never_reviewed_is_compared_with_its_last_edit(repo: Repository) -> None:
    new = "title: New\nowners: risk\ncovers: [src/train.py]\n"
    repo.commit({"models/new.yml": new}, time=at("2026-07-02"))
    repo.commit({"src/train.py": "three\n"}, time=at("2026-07-03"))
    said = words(banner(rendered(repo.root).page("model:new").before))
    edited = "what this page speaks of has changed since this page was last edited; it was never reviewed"
    assert f"Suspect: {edited}" in said
    assert "has changed since its review of 2026-06-01" in words(banner(rendered(repo.root).page("model:churn").before))


def test_a_path_keeps_its_case_and_is_code(repo: Repository) -> None:
    new = "title: New\nowners: risk\ncovers: [src/notes.md, lib/**]\nseen: {src/notes.md: 'h1:00'}\n"
    repo.commit({"models/new.yml": f"{new}last_reviewed: 2026-06-01\n"}, time=at("2026-07-02"))
    html = banner(rendered(repo.root).page("model:new").before)
    assert "<code>lib/**</code> covers no file." in html
    assert re.search(r"<code[^>]*>src/notes\.md</code> differs from what the review saw", html)
    assert "Lib/" not in html
    assert "Src/" not in html


def test_a_command_breaks_between_its_words_alone(repo: Repository) -> None:
    html = rendered(repo.root).page("model:churn").before
    assert "<span>review</span> <span>model:churn</span> <span>--by</span> <span>person:NAME</span></code>" in html
    report = rendered(repo.root).renderer.report("staleness").before
    assert "<span>--cause</span> <span>person:bob</span> <span>--by</span>" in report
    css = resources.folder("templates") / "theme" / "assets" / "handoff" / "handoff.css"
    rule = re.search(r"\.handoff-command > span \{([^}]*)\}", css.read_text(encoding="utf-8"))
    assert rule is not None
    assert "inline-block" in rule[1]


def test_the_day_of_the_review_is_said_once(repo: Repository) -> None:
    said = words(rendered(repo.root).page("model:churn").before)
    assert "Reviewed 2026-06-01" in said
    assert "Last reviewed" not in said


def test_tables_of_counts_have_a_form_for_phones(repo: Repository) -> None:
    html = rendered(repo.root).renderer.report("staleness").before
    for caption in ("Verdicts by owner", "Verdicts by kind"):
        assert re.search(rf'<table class="[^"]*handoff-index[^"]*" role="table" aria-label="{caption}">', html)
    assert '<td role="cell" data-label="suspect" class="handoff-right">' in html
    assert '<td role="cell" data-label="stale" class="handoff-right handoff-zero">' in html


def test_what_was_never_reviewed_is_told_so_first(repo: Repository) -> None:
    repo.commit({"models/new.yml": "title: New\nreview_every: 1 month\n"}, time=at("2026-01-05"))
    told = words(banner(rendered(repo.root).page("model:new").before))
    assert "Stale: never reviewed" in told
    assert "last changed on 2026-01-05, to be reviewed every" in told


def test_stale_due_and_unknown_have_their_banner(repo: Repository) -> None:
    pages = rendered(repo.root)
    late, soon = (banner(pages.page(name).before) for name in ("model:late", "model:soon"))
    assert 'class="admonition warning' in late
    assert "Stale: its review was due by 2026-07-01" in words(late)
    assert "Reviewed on 2026-01-01, to be reviewed every 6 months: overdue since 2026-07-01." in words(late)
    assert "Ask ghost." in words(late)
    assert 'class="admonition note' in soon
    assert "Due: its review is due by 2026-11-28" in words(soon)
    unknown = banner(rendered(repo.root, asked=False).page("dataset:quiet").before)
    assert 'class="admonition info' in unknown
    assert "Unknown: nobody can tell whether this still holds" in words(unknown)


def test_a_fresh_page_says_what_is_watched_and_hides_the_banner_of_later_days(repo: Repository) -> None:
    html = rendered(repo.root).page("model:good").before
    assert '<span class="handoff-chip handoff-chip--good" data-handoff-verdict="fresh"' in html
    head = words(html[: html.index("</header>")])
    assert "Reviewed 2026-10-01" in head
    assert "Due by 2027-04-01 (every 6 months)" in head
    assert "Watches 1 glob and 1 record" in head
    told = banner(html)
    assert (
        'data-handoff-due="2027-04-01" data-handoff-today="2026-11-23" data-handoff-from="2027-03-18" hidden>' in told
    )
    assert '<span data-handoff-from="2027-03-18" data-handoff-until="2027-04-01" hidden>Due: its review' in told
    assert '<span data-handoff-from="2027-04-02" hidden>Stale: its review' in told


def test_an_unwatched_page_says_so(repo: Repository) -> None:
    head = words(rendered(repo.root).page("person:ann").before)
    assert "Unwatched: nothing would tell that it no longer holds" in head


def test_what_was_never_reviewed_says_when_it_was_changed(repo: Repository) -> None:
    assert "Never reviewed; last changed 2026-01-01" in words(rendered(repo.root).page("dataset:quiet").before)


def test_what_does_not_age_has_neither_banner_nor_chip(repo: Repository) -> None:
    pages = rendered(repo.root)
    for name, why in (("decision:0001-it", "decisions do not age"), ("model:old", "retired")):
        html = pages.page(name).before
        assert f"Historical: {why}" in words(html)
        assert "data-handoff" not in html
        assert not banner(html)


def test_an_owner_who_will_leave_makes_suspect_on_that_day(repo: Repository) -> None:
    repo.commit({"people/ann.yml": "title: Ann\nlast_reviewed: 2026-11-01\nleft: 2026-12-24\n"}, time=at("2026-11-01"))
    repo.commit({"datasets/events.yml": EVENTS.format(said="x") + "aliases: [e]\n"}, time=at("2026-11-02"))
    told = banner(rendered(repo.root).page("dataset:events").before)
    assert 'data-handoff-departs="2026-12-24"' in told
    assert '<span data-handoff-from="2026-12-24" hidden>Suspect: its accountable owner is gone</span>' in told
    assert "The accountable owner Ann left on 2026-12-24." in words(told)
    assert '<p class="handoff-banner__do" data-handoff-from="2026-12-24" hidden><strong>Name another' in told
    assert "Stale" not in told, "suspect is graver, and comes first"


def test_the_report_groups_by_cause_with_one_answer_for_all(repo: Repository) -> None:
    page = rendered(repo.root).renderer.report("staleness")
    html = page.before
    said = words(html)
    group = html[html.index('id="handoff-cause-dataset-events"') :]
    group = group[: group.index("</section>")]
    assert "Events changed" in words(group)
    assert "2 records" in words(group)
    assert group.index(">Churn</a>") < group.index(">Limit</a>")
    assert "One answer settles all: mkdocs-handoff review --cause dataset:events --by person:NAME" in words(group)
    sha = repo.log("src/train.py")[0][:10]
    assert f"To settle it: mkdocs-handoff review --cause {sha} --by person:NAME" in said
    assert "Review overdue 1 record" in said
    assert "Review due within 14 days 1 record" in said
    assert "<script" not in html
    assert page.search == ""


def test_the_report_counts_and_orders_by_risk(repo: Repository) -> None:
    html = rendered(repo.root).renderer.report("staleness").before
    for number, verdict in ((3, "suspect"), (1, "stale"), (1, "due"), (0, "unknown")):
        assert f"<strong>{number}</strong> {verdict}" in html
    table = html[html.index('id="handoff-by-risk"') : html.index('id="handoff-by-owner"')]
    order = re.findall(r'scope="row"><a [^>]*>(\w+)</a>', table)
    assert order == ["Churn", "Fraud", "Limit", "Late", "Soon"]
    for anchor in ("handoff-first-suspect", "handoff-first-stale", "handoff-first-due"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in table
    assert "As of <time" in html


def test_the_report_says_how_history_could_be_asked(repo: Repository, tmp_path: Path) -> None:
    assert "Git could not be asked" in words(rendered(repo.root, asked=False).renderer.report("staleness").before)
    shallow = repo.clone(tmp_path / "shallow", "--depth", "2")
    assert "The history is cut off" in words(rendered(shallow.root).renderer.report("staleness").before)
    whole = words(rendered(repo.root).renderer.report("staleness").before)
    assert "Git could not" not in whole
    assert "cut off" not in whole


def test_a_project_where_nothing_is_stale_says_so(repo: Repository) -> None:
    root = repository(repo.root.parent / "calm").root
    (root / "models").mkdir()
    (root / "models" / "m.yml").write_text("title: M\nlast_reviewed: 2026-11-01\n")
    html = rendered(root, asked=False).renderer.report("staleness").before
    assert "Nothing: every record that can age is fresh." in words(html)
    assert "handoff-by-cause" not in html


def test_team_and_person_pages_show_what_needs_attention_by_role(repo: Repository) -> None:
    pages = rendered(repo.root)

    def attention(name: str) -> list[tuple[str, str]]:
        html = pages.html(name)
        part = html[html.index('id="handoff-attention"') :]
        part = part[: part.index("</section>")]
        rows = re.findall(r'scope="row"><a [^>]*>(\w+)</a>.*?data-label="Role"><span>(.*?)</span></td>', part)
        return [(title, words(role)) for title, role in rows]

    assert attention("team:risk") == [
        ("Churn", "accountable"),
        ("Fraud", "accountable through Bob"),
        ("Limit", "accountable"),
    ]
    assert attention("person:bob") == [("Churn", "operations"), ("Fraud", "accountable")]
    assert attention("person:ann") == [("Fraud", "accountable through Bob")]


def test_home_indexes_and_ownership_count_what_may_not_hold(repo: Repository) -> None:
    pages = rendered(repo.root)
    home = pages.renderer.report("home").before
    assert "3 suspect 1 stale 1 due" in words(home)
    assert 'href="staleness/"' in home
    index = pages.renderer.index("model").before
    assert index.count("data-handoff-verdict=") == 6, "all but the retired one"
    assert "Verdict" not in words(pages.renderer.index("decision").before)
    owners = pages.renderer.report("ownership").before
    assert '<dt>To look at</dt><dd><a href="../teams/risk/#handoff-attention">' in owners
    assert "To look at3 suspect" in words(owners)


def test_the_trend_is_drawn_from_its_file(repo: Repository) -> None:
    def point(day: str, suspect: int) -> str:
        counts = {"suspect": suspect, "stale": 0, "due": 0, "unknown": 0, "fresh": 1, "historical": 0}
        return json.dumps({"day": day, "records": 9, **counts, "unwatched": 0, "unowned": 0, "commit": ""})

    page = rendered(repo.root).renderer.report("staleness")
    assert "handoff-trend" not in page.anchors
    lines = [point("2026-11-01", 1), point("2026-11-12", 6), "no json", point("2026-11-23", 99)]
    (repo.root / "staleness.jsonl").write_text("\n".join(lines) + "\n")
    html = rendered(repo.root).renderer.report("staleness").before
    assert "<desc" in html
    assert "1 on 2026-11-01, 3 now, at most 6</desc>" in html
    assert "line 3 is no JSON" in html
    assert "99" not in words(html[html.index('id="handoff-trend"') :]), (
        "of the day of the build this build knows better"
    )
    assert words(html).count("2026-11-12") == 1
    unread = rendered(repo.root, today=date(2026, 10, 1)).renderer.report("staleness").before
    assert "<svg" not in unread, "no day before this one"


def test_with_many_records_pages_stay_small(render: Callable[..., Rendered]) -> None:
    files = {
        f"models/a-model-of-some-name-{number}.yml": f"title: A model of some name {number}\nowners: t\n"
        f"last_reviewed: 2020-01-01\nreview_every: 1 year\n"
        for number in range(400)
    }
    pages = render({**files, "teams/t.yml": "title: Tee\nlast_reviewed: 2026-10-01\n"})
    html = pages.renderer.report("staleness").before
    assert len(html.encode()) < 300_000
    assert "And 150 more: mkdocs-handoff staleness lists them all." in words(html)
    assert '<a href="#handoff-by-risk">and 390 more</a>' in html
    team = pages.html("team:t")
    assert '<a href="../../staleness/">And 300 more</a>' in team
    assert len(team.encode()) < 200_000


def test_the_script_knows_the_same_words_and_days() -> None:
    script = (resources.folder("templates") / "theme/assets/handoff/handoff.js").read_text(encoding="utf-8")

    def table(name: str) -> dict[str, str]:
        found = re.search(rf"{name} = {{(.*?)}};", script)
        assert found is not None
        return dict(re.findall(r'(\w+): "(\w+)"', found[1]))

    ages = [verdict for verdict in Verdict if verdict is not Verdict.HISTORICAL]
    assert table("TONE") == {verdict.value: TONES[verdict] for verdict in ages}
    assert table("LOOK") == {verdict.value: LOOKS.get(verdict, "note") for verdict in ages}
    order = re.search(r"GRAVITY = \[(.*?)\]", script)
    assert order is not None
    assert re.findall(r'"(\w+)"', order[1]) == [verdict.value for verdict in ages]
    assert f"SOON = {SOON.days};" in script
    assert len(script.splitlines()) < 60


def test_a_line_needs_two_days() -> None:
    days = [(date(2026, 11, 1), 0), (date(2026, 11, 11), 4), (date(2026, 11, 21), 2)]
    drawn = sparkline(days, top=4, name="x", title="<T>", told="<D>")
    root = ET.fromstring(str(drawn))
    assert [one.text for one in root[:2]] == ["<T>", "<D>"]
    assert root.find("{*}polyline").get("points") == "3.0,33.0 120.0,3.0 237.0,18.0"  # type: ignore[union-attr]
    assert sparkline(days[:1], top=4, name="x", title="", told="") == ""
    flat = sparkline([(days[0][0], 0), (days[1][0], 0)], top=0, name="x", title="", told="")
    assert ET.fromstring(str(flat)).find("{*}polyline").get("points") == "3.0,33.0 237.0,33.0"  # type: ignore[union-attr]


def test_pages_are_well_formed_and_the_same_each_time(repo: Repository) -> None:
    first, second = rendered(repo.root), rendered(repo.root)
    for one, other in zip(first.pages(), second.pages(), strict=True):
        assert (one.before, one.after) == (other.before, other.after)
        outline = Outline(one.before + one.after)
        assert not outline.crossed, one.src_uri
        assert not outline.open, one.src_uri
        assert not outline.events
        assert len(outline.ids) == len(set(outline.ids)), one.src_uri
