"""A handoff's record as plain data: what is written comes out, what is of another shape is left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_handoff.handoffs.contradictions import contradictions
from mkdocs_handoff.handoffs.handoff import Handoff, handing_over, handoffs
from tests.projects import lint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str | bytes]], Path]

AROUND: dict[str, str | bytes] = {
    "teams/risk.yml": "title: Risk\n",
    "teams/retention.yml": "title: Retention\n",
    "people/ann.yml": "title: Ann Lee\n",
    "models/churn.yml": "title: Churn\nowners: team:risk\n",
    "playbooks/move.yml": "title: Move\ntype: migration\nsteps: [{id: a, title: A}]\n",
}
HEAD = "title: H\nsubjects: model:churn\nfrom: team:risk\nto: team:retention\nstatus: in-progress\n"


def read(write: Write, text: str) -> Handoff:
    (found,) = handoffs(lint(write({**AROUND, "handoffs/h.yml": text})).catalog)
    return found


def test_what_is_written_comes_out_with_its_place(write_project: Write) -> None:
    found = read(
        write_project,
        HEAD
        + "playbook: move\n"
        + "acceptance_criteria:\n  - {id: a, operator: '>=', target: 0.9, observed: 0.95, status: pass}\n"
        + "rework:\n  - {date: 2026-11-02, reason: add, item: X, effort_hours: 1.5, found_by: ann}\n"
        + "sign_offs:\n  - {role: to, by: ann, on: 2026-11-20, seen: {'model:churn': 'h1:1'}}\n"
        + "  - {role: approver, for: from, by: Somebody Else, on: 2026-11-20}\n",
    )
    assert (found.status, [str(one) for one in found.moved]) == ("in-progress", ["model:churn"])
    assert (str(found.giver), str(found.taker), str(found.playbook)) == ("Risk", "Retention", "Move")
    (criterion,) = found.criteria
    assert (criterion.id, criterion.observed, criterion.target) == ("a", "0.95", "0.9")
    assert found.rework[0].hours == 1.5
    assert str(found.rework[0].found_by) == "Ann Lee"
    first, second = found.sign_offs
    assert (first.side, first.seen) == ("to", {"model:churn": "h1:1"})
    assert (second.side, second.by and second.by.identity, str(second.by)) == ("from", None, "Somebody Else")
    assert found.place((*second.path, "by")).line == 13


def test_what_is_of_another_shape_is_left_out(write_project: Write) -> None:
    found = read(
        write_project,
        "subjects: {a: b}\nfrom: {a: b}\nto: [team:retention]\nstatus: [x]\ndates: soon\nsteps: yes\n"
        "acceptance_criteria: [just words, {status: {}}]\nsign_offs: yes\nquestions: [3]\nplaybook: nowhere\n",
    )
    assert (found.dates, found.steps, found.sign_offs, found.questions) == ({}, (), (), ())
    assert [one.status for one in found.criteria] == ["open"]
    assert found.giver is None
    assert found.playbook is not None
    assert found.playbook.identity is None


def test_the_handoffs_of_a_subject(write_project: Write) -> None:
    catalog = lint(write_project({**AROUND, "handoffs/a.yml": HEAD, "handoffs/b.yml": HEAD})).catalog
    (model,) = [one for one in catalog.records if one.kind == "model"]
    (team,) = [one for one in catalog.records if str(one) == "team:risk"]
    assert [str(one.identity) for one in handing_over(catalog, model)] == ["handoff:a", "handoff:b"]
    assert handing_over(catalog, team) == ()


_WORDS = st.sampled_from(
    ["model:churn", "team:risk", "team:retention", "person:ann", "playbook:move", "from", "to", "approver", "pass",
     "waived", "2026-11-20", "2026-02-30", "0001-01-01", "9999-12-31", "==", ">=", "0.9", "1e999", "nan", ""]
)  # fmt: skip
_VALUES = st.recursive(
    _WORDS | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["role", "by", "on", "for", "status", "step", "check", "id", "type", "target", "observed",
                             "operator", "waived_by", "started", "accepted", "completed", "record", "field"]),
            inner, max_size=6,
        )
    ),
    max_leaves=12,
)  # fmt: skip
_FIELDS = st.dictionaries(
    st.sampled_from(["subjects", "from", "to", "dates", "playbook", "steps", "acceptance_criteria", "waivers",
                     "questions", "accepted_gaps", "sign_offs", "reproduction"]),
    _VALUES,
)  # fmt: skip


@given(_FIELDS, st.sampled_from(["accepted", "completed", "in-review"]))
def test_no_shape_of_a_handoff_stops_lint(tmp_path_factory: Any, written: dict[str, Any], status: str) -> None:
    root = tmp_path_factory.mktemp("p")
    for path, text in {**AROUND, "handoffs/h.yml": json.dumps({**written, "status": status})}.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(str(text), encoding="utf-8")
    for finding in contradictions(lint(root).catalog):
        assert finding.place.path.startswith("handoffs/")
        assert finding.message
        assert finding.hint
