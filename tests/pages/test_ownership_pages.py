"""The page of owners, people over time, and the private page of single points."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mkdocs_handoff.history.history import unasked
from mkdocs_handoff.pages.prose import Prose
from mkdocs_handoff.pages.render import Renderer
from mkdocs_handoff.pages.sitemap import SINGLE_POINTS, sitemap
from mkdocs_handoff.past import Past
from mkdocs_handoff.project import load
from mkdocs_handoff.settings import find_settings
from tests.builders import words
from tests.pages.rendered import Outline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.pages.rendered import Rendered

    Write = Callable[[Mapping[str, str | bytes]], Path]

FILES = {
    "models/a.yml": "title: Alpha\nowners: bob\n",
    "models/b.yml": "title: Beta\nowners: [team:t, {ref: bob, role: operations}]\ntraining_data: [d]\n",
    "datasets/d.yml": "title: Dee\nowners: ann\n",
    "teams/t.yml": "title: Tee\nmembers:\n  - {ref: ann, role: lead, since: 2024-09-01}\n"
    "  - {ref: bob, since: 2023-01-01}\n",
    "people/ann.yml": "title: Ann <b>\ngithub: ann\n",
    "people/bob.yml": "title: Bob\nleft: 2026-09-30\nsucceeded_by: ann\n",
}


def test_orphans_and_owners_who_are_gone(render: Callable[..., Rendered]) -> None:
    html = render(FILES).renderer.report("ownership").before
    text = words(html)
    assert "Orphaned There is nobody behind any of their owners" in text
    assert html.index('id="handoff-orphaned"') < html.index(">Alpha</a>") < html.index('id="handoff-owner-gone"')
    assert "Alpha Bob accountable 2026-09-30 Ann <b> Beta Bob operations 2026-09-30 Ann <b>" in text
    assert "CODEOWNERS" not in text
    assert not Outline(html).crossed


def test_who_would_own_a_model_is_told_where_nobody_does(render: Callable[..., Rendered]) -> None:
    card = "---\nlicense: mit\n---\n# Card\n"
    shown = render(
        {
            **FILES,
            "models/card/README.md": card,
            "models/own.yml": "title: Own\n",
            "models/none.yml": "title: None of them\n",
            "models/mail.yml": "title: Mail\n",
            "CODEOWNERS": "/models/card/ @stranger @ann\n/models/own.yml @ann\n/models/none.yml @stranger @acme/ml\n"
            "/models/mail.yml bea@acme.example\n",
        }
    )
    card_page = words(shown.page("model:card").before)
    assert "Nobody is named as an owner. CODEOWNERS:1 gives it to Ann <b> To say so: " in card_page
    assert "mkdocs-handoff adopt model:card" in card_page
    own = words(shown.page("model:own").before)
    assert "CODEOWNERS:2 gives it to Ann <b>" in own
    assert "mkdocs-handoff adopt" not in own, "a file of ours is written in"
    assert "CODEOWNERS:3 gives it to @acme/ml" in words(shown.page("model:none").before.replace("<wbr>", ""))
    home = words(shown.renderer.report("home").before)
    assert home.count("nobody is accountable; CODEOWNERS names Ann <b>") == 2
    assert home.replace("<wbr>", "").count("nobody is accountable; CODEOWNERS names @acme/ml") == 1
    assert "gives it to" not in words(shown.page("model:mail").before), "an address belongs on no page"
    pages = [shown.page("model:mail").before, *(shown.renderer.report(name).before for name in ("home", "ownership"))]
    assert not any("acme.example" in page.replace("<wbr>", "") for page in pages)


def test_codeowners_is_held_against_the_records(render: Callable[..., Rendered]) -> None:
    text = "/models/a.yml @<script>alert(1)</script>\n/models/b.yml @ann @stranger\n/datasets/ @stranger\n"
    html = render({**FILES, "CODEOWNERS": text}).renderer.report("ownership").before
    told = words(html[html.index('id="handoff-codeowners"') :].replace("<wbr>", ""))
    assert "datasets/d.yml Dee Ann <b> @stranger 3" in told
    assert '<code class="handoff-path">datasets/<wbr>d.yml</code>' in html
    for caption in ("Owned by others in CODEOWNERS", "Without a code owner", "Owners who are gone"):
        assert f'<table class="handoff-table handoff-index" role="table" aria-label="{caption}">' in html
    for label in ("Records", "Accountable", "Code owners", "Line", "Succeeded by"):
        assert f'<td role="cell" data-label="{label}">' in html
    assert "models/a.yml Alpha none matches" in told
    assert "@stranger (line 2, 3)" in told
    assert "/models/a.yml @<script>alert(1)</script>" in told
    assert "<script>" not in html
    assert not Outline(html).crossed


def test_a_team_shows_who_was_in_it(render: Callable[..., Rendered]) -> None:
    rendered = render(FILES)
    team = words(rendered.html("team:t"))
    assert "Ann <b> lead 2024-09-01" in team
    assert "Former members Person Joined Left Succeeded by Bob 2023-01-01 2026-09-30 Ann <b>" in team
    assert "joined 2024-09-01" in words(rendered.html("person:ann"))
    bob = words(rendered.html("person:bob"))
    assert "Record Kind Role Lifecycle Alpha" in bob, "no column for notes"
    assert "Former teams Tee joined 2023-01-01, left 2026-09-30, succeeded by Ann <b>" in bob


def test_a_note_on_an_owner_stands_beside_the_record(render: Callable[..., Rendered]) -> None:
    noted = "title: Beta\nowners: [{ref: ann, role: operations, note: Only the host}]\n"
    html = render({**FILES, "models/b.yml": noted}).html("person:ann")
    assert '<span class="handoff-note">Only the host</span>' in html
    assert '<th scope="col">Note</th>' not in html


def made(root: Path, *, private: bool) -> Renderer:
    project = load(find_settings(root))
    layout = sitemap(project, private=private)
    assert (SINGLE_POINTS in layout.reports) == (private or project.settings.single_points)
    past = Past(unasked(), date(2026, 11, 23))
    return Renderer(project, layout, Prose(project, layout), past)


def test_the_page_of_single_points_is_there_in_a_preview_or_where_it_is_wanted(write_project: Write) -> None:
    root = write_project(FILES)
    assert "single-points" not in made(root, private=False).report("ownership").before
    renderer = made(root, private=True)
    assert '<a href="../single-points/">' in renderer.report("ownership").before
    page = renderer.report(SINGLE_POINTS)
    text = words(page.before)
    assert "This page is private." in text
    assert "Ann <b> 2 records nobody else knows; 1 record depends on what they know" in text
    assert "What nobody knows any more Those who knew these records are gone." in text
    assert "Git could not be asked" in text
    assert page.search == ""
    outline = Outline(page.before)
    assert not outline.crossed
    assert not outline.open
    assert len(outline.ids) == len(set(outline.ids))
    write_project({"handoff.yml": "single_points: true\n"})
    assert "This page names persons." in words(made(root, private=False).report(SINGLE_POINTS).before)
