"""Pages by which a model changes hands: playbooks, pipelines, handoffs."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from tests.pages.rendered import Outline

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pages.rendered import Rendered

PLAYBOOK = """
title: Take it back
type: rollback
severity: sev2
applies_to: [model:churn]
trigger: The desk calls.
escalation:
  - {ref: team:risk, how: pager}
  - {how: "+00 555 0142", when: at night}
est_minutes: 20
steps:
  - id: stop
    title: Stop it
    rollback: Start it.
    expected: "It *stands*."
    command: |
      docker stop scorer
      echo <done> && true
    warning: Not while a batch runs.
    est_minutes: 3
  - Breathe.
  - {id: stop, command: again}
"""

HANDOFF = """
title: Churn to risk
subjects: churn
from: growth
to: risk
status: STATUS
acceptance_criteria:
  - {id: good, status: pass, statement: Good enough, operator: ">=", target: 0.8, observed: 0.81, verified_by: ann, verified_on: 2026-11-01}
  - {id: later, status: open, statement: To be seen, owner: team:risk, due: 2026-12-01}
  - {id: bad, status: fail, statement: Not so}
  - {id: let, status: waived, statement: Let go, waiver_reason: No matter, waived_by: bob, waiver_expires: 2027-01-01}
  - {id: odd, statement: No status}
questions:
  - {question: Answered?, asked_by: bob, answer: "Yes.", answered_by: ann}
  - {question: Open?, asked_by: bob, to: ann, asked_on: 2026-11-02}
"""  # noqa: E501 - a record as somebody writes it

FILES = {
    "models/churn.yml": "title: Churn\n",
    "teams/risk.yml": "title: Risk\n",
    "teams/growth.yml": "title: Growth\n",
}


def handoff(status: str) -> dict[str, str]:
    return {**FILES, "handoffs/h.yml": HANDOFF.replace("STATUS", status)}


def test_steps_are_numbered_and_can_be_pointed_to(render: Callable[..., Rendered]) -> None:
    html = render({**FILES, "playbooks/back.yml": PLAYBOOK}).html("playbook:back")
    outline = Outline(html)
    assert html.count('<ol class="handoff-steps">') == 2, "whom to call is an order too"
    assert {"handoff-steps-stop", "handoff-steps-2"} <= set(outline.ids)
    assert "#handoff-steps-stop" in outline.hrefs
    assert len(outline.ids) == len(set(outline.ids)), "a second step of that id has none"
    assert "<strong>Stop it</strong>" in html
    assert "Breathe." in html
    assert "tel:+005550142" in outline.hrefs


def test_a_command_is_code_and_stands_after_its_warning(render: Callable[..., Rendered]) -> None:
    html = render({**FILES, "playbooks/back.yml": PLAYBOOK}).html("playbook:back")
    code = '<pre class="handoff-code"><code>docker stop scorer\necho &lt;done&gt; &amp;&amp; true</code></pre>'
    assert code in html
    order = ["Stop it", "Not while a batch runs.", "docker stop", "It <em>stands</em>.", "Start it."]
    assert [html.index(one) for one in order] == sorted(html.index(one) for one in order)


def test_a_playbook_begins_with_what_calls_for_it(render: Callable[..., Rendered]) -> None:
    html = render({**FILES, "playbooks/back.yml": PLAYBOOK}).html("playbook:back")
    order = ['<span class="handoff-chip handoff-chip--warn">sev2</span>', "To the steps", "The desk calls.", "Stop it"]
    order += ["About this playbook"]
    assert [html.index(one) for one in order] == sorted(html.index(one) for one in order)
    assert re.search(r'href="#handoff-steps">To the steps</a> <span>about <span class="handoff-number">20</span>', html)


def test_a_playbook_without_anything_has_a_page(render: Callable[..., Rendered]) -> None:
    html = render({"playbooks/bare.md": "# Bare\n\nWords.\n"}).html("playbook:bare")
    assert "<h1>Bare</h1>" in html
    assert "To the steps" not in html


def test_what_failed_or_is_open_stands_first(render: Callable[..., Rendered]) -> None:
    text = " ".join(Outline(render(handoff("in-progress")).html("handoff:h")).text.split())
    text = text[text.index("5 criteria") :]
    order = ["5 criteria", "Not so", "To be seen", "Let go", "Good enough", "No status", "Open?", "Answered?"]
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)
    assert "5 criteria 1 fail 1 open 1 waived 1 pass" in text
    assert "Asked >= 0.8 seen 0.81" in text
    assert "Verified by ann on 2026-11-01" in text
    assert "Waits for Risk until 2026-12-01" in text
    assert "Asked by bob of ann on 2026-11-02 no answer yet" in text
    assert "Waived until2027-01-01" in text


def test_answered_questions_of_a_completed_handoff_are_folded(render: Callable[..., Rendered]) -> None:
    fold = '<details class="handoff-fold"><summary>1 answered question</summary>'
    html = render(handoff("completed")).html("handoff:h")
    assert html.index("Open?") < html.index(fold) < html.index("Answered?")
    assert html.index("Answered?") < html.index("</details>", html.index(fold))
    assert fold not in render(handoff("in-progress")).html("handoff:h")


def test_a_handoff_says_who_gives_what_to_whom(render: Callable[..., Rendered]) -> None:
    rendered = render(handoff("in-progress"))
    text = "".join(Outline(rendered.html("handoff:h")).text.split())
    assert "HandsoverGrowthWhatmovesChurnTakesoverRisk" in text
    assert "is handed over in" in rendered.html("model:churn")
    assert "Changes hands: Churn to risk" in words(rendered.html("model:churn"))
    assert "Changes hands" not in words(render(handoff("completed")).html("model:churn"))


@pytest.mark.parametrize(("status", "over"), [("in-progress", False), ("accepted", False), ("completed", True)])
def test_a_completed_handoff_is_history(status: str, over: bool, render: Callable[..., Rendered]) -> None:
    assert ("Historical" in render(handoff(status)).html("handoff:h")) is over


def test_few_criteria_without_much_are_shown_as_well(render: Callable[..., Rendered]) -> None:
    text = "title: H\nsubjects: churn\nfrom: growth\nto: risk\nstatus: planned\n"
    text += "acceptance_criteria:\n  - {id: a, status: open}\n"
    html = render({**FILES, "handoffs/h.yml": text}).html("handoff:h")
    assert ">a<" in html
    assert ">open<" in html


def test_steps_of_a_kind_of_ones_own(render: Callable[..., Rendered]) -> None:
    schema = {
        "title": "Recipe",
        "x-plural": "Recipes",
        "x-globs": ["recipes/*.yml"],
        "properties": {
            "how": {
                "title": "How",
                "type": "array",
                "x-items": "steps",
                "items": {"type": "object", "properties": {"name": {}, "run": {"type": "string", "x-format": "code"}}},
            }
        },
    }
    files = {"schemas/recipe.schema.json": json.dumps(schema), "recipes/r.yml": "how:\n  - {name: One, run: make}\n"}
    html = render(files).html("recipe:r")
    assert 'id="handoff-how-1"' in html
    assert "<code>make</code>" in html


def words(html: str) -> str:
    """Return what is read, a space for every tag: cells of a table stand apart."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_who_acts_next_stands_before_everything_that_is_agreed(render: Callable[..., Rendered]) -> None:
    html = render(handoff("in-progress")).html("handoff:h")
    text = words(html)
    assert "Risk Show criterion later by 2026-12-01 To be seen" in text
    assert "ann Answer Open?" in text
    assert html.index('id="handoff-next"') < html.index("5 criteria") < html.index('id="handoff-timeline"')


def test_what_is_overdue_says_so(render: Callable[..., Rendered]) -> None:
    files = {**FILES, "handoffs/h.yml": HANDOFF.replace("STATUS", "in-progress").replace("2026-12-01", "2026-11-01")}
    text = words(render(files).html("handoff:h"))
    assert "Show criterion later overdue since 2026-11-01" in text
    assert "2026-11-01 Criterion later is due overdue Risk" in text


def test_a_handoff_that_is_over_waits_for_nobody(render: Callable[..., Rendered]) -> None:
    assert 'id="handoff-next"' not in render(handoff("completed")).html("handoff:h")


def test_what_happened_stands_by_day(render: Callable[..., Rendered]) -> None:
    text = words(render(handoff("in-progress")).html("handoff:h"))
    order = ["Ahead", "2026-12-01", "So far", "2026-11-02 Asked bob Open?", "2026-11-01 Criterion good: pass"]
    text = text[text.index("What happened, and what is ahead") :]
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)


def index(rendered: Rendered, kind: str) -> str:
    page = rendered.renderer.index(kind)
    return page.before + page.after


def test_the_list_of_handoffs_has_what_goes_on_first(render: Callable[..., Rendered]) -> None:
    over = "title: Old\nsubjects: churn\nfrom: risk\nto: growth\nstatus: completed\n"
    over += "dates: {started: 2026-01-05, completed: 2026-02-01}\nrework: [{date: 2026-01-09, reason: add}]\n"
    rendered = render({**handoff("in-progress"), "handoffs/a.yml": over})
    text = words(index(rendered, "handoff"))
    assert "Going on Handoff Status From To Criteria met Begun Ends Waits for Churn to risk" in text
    assert "in-progress Growth Risk 2 of 5" in text
    assert "Over Handoff Status From To Criteria met Begun Ended Rework Old" in text
    assert "2026-01-05 2026-02-01 1" in text
    assert 'href="../progress/"' in index(rendered, "handoff")


def test_handoffs_without_anything_are_listed(render: Callable[..., Rendered]) -> None:
    text = "title: Bare\nsubjects: []\nfrom: x\nto: y\nstatus: rejected\n"
    assert "Bare" in words(index(render({"handoffs/h.yml": text}), "handoff"))


def report(rendered: Rendered, name: str) -> str:
    page = rendered.renderer.report(name)
    return page.before + page.after


def test_progress_tells_how_handoffs_went(render: Callable[..., Rendered]) -> None:
    went = (
        "title: Old\nsubjects: churn\nfrom: risk\nto: growth\nstatus: completed\ndates: {requested: 2026-01-01, "
        "started: 2026-01-05, accepted: 2026-02-01, completed: 2026-02-01, first_independent_change: 2026-01-25}\n"
    )
    rework = "rework: [{date: 2026-01-09, reason: add, effort_hours: 1.5}, {date: 2026-01-10, reason: clarify}]\n"
    later = went.replace("2026-01", "2026-03").replace("2026-02", "2026-04").replace("Old", "Clean")
    html = report(render({**FILES, "handoffs/a.yml": went + rework, "handoffs/b.yml": later}), "progress")
    text = words(html)
    assert "Without rework: 1 of 2 handoffs of which that can be told" in text
    assert "Old completed Risk Growth 20 days 31 days 1 add, 1 clarify (1.5 h)" in text
    assert "Clean completed Risk Growth 20 days 31 days none" in text
    assert 'id="handoff-spark-title-onboard"' in html


def test_progress_is_drawn_from_the_trend(render: Callable[..., Rendered]) -> None:
    count = {"records": 2, "reviewed": 1, "links": 0, "known": 0, "pipelines": 0, "verified": 0}
    verdicts = dict.fromkeys(("suspect", "stale", "due", "unknown", "fresh", "historical", "unwatched", "unowned"), 0)
    line = {"day": "2026-11-01", "records": 3, **verdicts, "commit": "", "progress": {"team:risk": count}}
    seen = "owners: risk\nlast_reviewed: 2026-11-20\n"
    files = {"teams/risk.yml": f"title: Risk\n{seen}", "models/churn.yml": f"title: Churn\n{seen}"}
    without = report(render(files), "progress")
    assert "2 of 2" in words(without)
    assert "mkdocs-handoff staleness --append" in words(without)
    assert "handoff-spark" not in without
    html = report(render({**files, "staleness.jsonl": json.dumps(line)}), "progress")
    assert "50 of 100 on 2026-11-01, 100 today" in words(html)
    assert "keeps them" not in html


def test_progress_names_no_person(render: Callable[..., Rendered]) -> None:
    files = {
        "teams/risk.yml": "title: Risk\nowners: risk\n",
        "people/ann.yml": "title: Ann\nmember_of: risk\n",
        "people/bob.yml": "title: Bob\n",
        "models/a.yml": "title: A\nowners: ann\n",
        "models/b.yml": "title: B\nowners: bob\n",
    }
    text = words(report(render(files), "progress"))
    assert "Ann" not in text and "Bob" not in text
    assert "Risk 0 of 2" in text and "Owned by no team 2 people, 1 model 0 of 3" in text


def test_without_any_handoff_progress_says_so(render: Callable[..., Rendered]) -> None:
    assert "Nothing was handed over yet." in words(report(render({"models/a.yml": "title: A\n"}), "progress"))
