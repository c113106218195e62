"""Pages by which a model changes hands: playbooks, pipelines, handoffs."""

from __future__ import annotations

import json
import re
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
    order = ["5 criteria", "Not so", "To be seen", "Let go", "Good enough", "No status", "Open?", "Answered?"]
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)
    assert "5 criteria 1 fail 1 open 1 waived 1 pass" in text
    assert "Asked >= 0.8 seen 0.81" in text
    assert "Verified by ann on 2026-11-01" in text
    assert "Waits for Risk until 2026-12-01" in text
    assert "Asked by bob of ann on 2026-11-02 no answer yet" in text
    assert "Waived until2027-01-01" in text


def test_a_handoff_says_who_gives_what_to_whom(render: Callable[..., Rendered]) -> None:
    rendered = render(handoff("in-progress"))
    text = "".join(Outline(rendered.html("handoff:h")).text.split())
    assert "HandsoverGrowthWhatmovesChurnTakesoverRisk" in text
    assert "is handed over in" in rendered.html("model:churn")


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
