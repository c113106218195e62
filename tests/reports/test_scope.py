"""What is in scope of a handoff: files in; the records in scope, and why, out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.project import load
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.handoffs.scope import Reach, Scope, scope
from mkdocs_handoff.settings import find_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str | bytes]], Path]

HANDOFF = (
    "---\ntitle: Churn to ops\nstatus: in-progress\nsubjects: [model:churn]\nfrom: team:risk\nto: team:ops\n"
    "to_people: [person:olga]\n{more}---\n{prose}\n"
)
FILES: dict[str, str | bytes] = {
    "models/churn.yml": "title: Churn\nowners: team:risk\ntraining_data: [events]\nplaybooks: [restart]\n",
    "datasets/events.yml": "title: Events\nowners: person:ann\nsource_datasets: [raw]\n",
    "datasets/raw.yml": "title: Raw\n",
    "datasets/other.yml": "title: Other\n",
    "playbooks/restart.yml": "title: Restart\ntype: runbook\n",
    "models/other.yml": "title: Other\ntraining_data: [other, events]\nowners: person:zoe\n",
    "teams/risk.yml": "title: Risk\nmembers: [ann]\n",
    "teams/ops.yml": "title: Ops\n",
    "people/ann.yml": "title: Ann\n",
    "people/olga.yml": "title: Olga\nmember_of: [ops]\n",
    "people/otto.yml": "title: Otto\nmember_of: [ops]\n",
    "people/zoe.yml": "title: Zoe\n",
    "handoffs/churn.md": HANDOFF.format(more="", prose="Begun."),
}


def scoped(root: Path, name: str = "handoff:churn") -> Scope:
    kind, _, stem = name.partition(":")
    return scope(load(find_settings(root)).catalog, Identity(kind, stem))


def why(found: Scope) -> dict[str, str]:
    return {str(member.identity): member.why for member in found.records}


def test_a_handoff_brings_subjects_lineage_playbooks_and_people(write_project: Write) -> None:
    found = scoped(write_project(FILES))
    assert why(found) == {
        "handoff:churn": "the handoff",
        "model:churn": "is handed over in handoff:churn",
        "dataset:events": "flows into model:churn",
        "dataset:raw": "flows into dataset:events",
        "playbook:restart": "handles model:churn",
        "team:ops": "takes over handoff:churn",
        "team:risk": "hands over handoff:churn",
        "person:ann": "owns dataset:events",
        "person:olga": "learns handoff:churn",
        "person:otto": "is a member of team:ops",
    }
    assert found.subjects == (Identity("model", "churn"),)
    assert found.about == Identity("handoff", "churn")


def test_what_only_uses_the_same_data_is_not_in_scope(write_project: Write) -> None:
    found = scoped(write_project(FILES))
    assert Identity("model", "other") not in found
    assert Identity("dataset", "other") not in found
    assert Identity("person", "zoe") not in found
    assert found.member(Identity("model", "other")) is None


@pytest.mark.parametrize(
    ("path", "text", "name", "reason"),
    [
        ("evaluations/test.yml", "model: churn\n", "evaluation:test", "evaluates model:churn"),
        ("decisions/why.md", "---\nstatus: accepted\naffects: [model:churn]\n---\n", "decision:why", "affects"),
        ("pipelines/train.yml", "steps: [{id: a, outputs: [{ref: model:churn}]}]\n", "pipeline:train", "flows into"),
        ("playbooks/stop.yml", "type: rollback\napplies_to: [model:churn]\n", "playbook:stop", "handles"),
    ],
)
def test_what_speaks_of_a_subject_in_a_field_is_in_scope(
    write_project: Write, path: str, text: str, name: str, reason: str
) -> None:
    assert name not in why(scoped(write_project(FILES)))
    assert why(scoped(write_project({path: text})))[name].startswith(reason)


def test_an_evaluation_on_the_same_data_of_another_model_is_not_in_scope(write_project: Write) -> None:
    more = {
        "handoffs/churn.md": HANDOFF.format(more="", prose="").replace("[model:churn]", "[model:churn, dataset:raw]"),
        "evaluations/theirs.yml": "model: other\ndataset: raw\n",
    }
    found = scoped(write_project({**FILES, **more}))
    assert Identity("evaluation", "theirs") not in found
    assert found.subjects == (Identity("model", "churn"), Identity("dataset", "raw"))


def test_what_an_evaluation_measures_on_is_needed(write_project: Write) -> None:
    more = {
        "evaluations/test.yml": "model: churn\ndataset: held-out\n",
        "datasets/held-out.yml": "title: Held out\nsource_datasets: [survey]\n",
        "datasets/survey.yml": "title: Survey\n",
    }
    found = why(scoped(write_project({**FILES, **more})))
    assert found["dataset:held-out"] == "is used to measure evaluation:test"
    assert "dataset:survey" in found


def test_a_decision_that_was_superseded_gives_way_to_the_one_in_force(write_project: Write) -> None:
    more = {
        "decisions/old.md": "---\nstatus: superseded\nsuperseded_by: newer\naffects: [model:churn]\n---\n",
        "decisions/newer.md": "---\nstatus: accepted\nsupersedes: old\n---\n",
        "decisions/no.md": "---\nstatus: rejected\naffects: [model:churn]\n---\n",
    }
    found = why(scoped(write_project({**FILES, **more})))
    assert found["decision:newer"] == "supersedes decision:old"
    assert "decision:old" not in found
    assert "decision:no" not in found


def test_decisions_that_supersede_each_other_in_a_circle_end(write_project: Write) -> None:
    more = {
        "decisions/a.md": "---\nstatus: accepted\nsupersedes: b\naffects: [model:churn]\n---\n",
        "decisions/b.md": "---\nstatus: accepted\nsupersedes: a\n---\n",
    }
    assert "decision:a" not in why(scoped(write_project({**FILES, **more})))


def test_prose_of_the_handoff_names_what_matters_but_no_model(write_project: Write) -> None:
    prose = "See [[playbook:stop]], [[dataset:other]] and [[model:other]]."
    more = {
        "handoffs/churn.md": HANDOFF.format(more="", prose=prose),
        "playbooks/stop.yml": "title: Stop\ntype: rollback\nverification: As in [[playbook:last]].\n",
        "playbooks/last.yml": "title: Last\ntype: rollback\n",
    }
    found = why(scoped(write_project({**FILES, **more})))
    assert found["playbook:stop"] == "is mentioned by handoff:churn"
    assert found["playbook:last"] == "is mentioned by playbook:stop"
    assert "dataset:other" in found
    assert "model:other" not in found


def test_terms_are_those_that_records_in_scope_use(write_project: Write) -> None:
    more = {
        "glossary/lapse.md": "---\ntitle: Lapse\nowners: person:zoe\n---\nNo payment.\n",
        "glossary/quiet.md": "---\ntitle: Quiet\n---\nNobody says it.\n",
        "datasets/raw.md": "---\ntitle: Raw\n---\nEach lapse is a row.\n",
    }
    files = {path: text for path, text in FILES.items() if path != "datasets/raw.yml"}
    found = why(scoped(write_project({**files, **more})))
    assert found["term:lapse"] == "is used by dataset:raw"
    assert "term:quiet" not in found
    assert found["person:zoe"] == "owns term:lapse"


def test_a_record_of_an_own_kind_is_in_scope_if_it_speaks_of_a_subject(write_project: Write) -> None:
    schema = (
        '{"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "experiment.schema.json", '
        '"title": "Experiment", "description": "A try.", "x-plural": "Experiments", "x-icon": "flask", '
        '"x-globs": ["experiments/*.yml"], "type": "object", "properties": {"title": {"title": "Title", '
        '"description": "Its name.", "type": "string"}, "of": {"title": "Of", "description": "What was tried.", '
        '"type": "string", "x-reference": {"to": ["model"], "relation": "tries", "inverse": "is tried by"}}}}'
    )
    more = {"schemas/experiment.schema.json": schema, "experiments/x.yml": "title: X\nof: churn\n"}
    assert why(scoped(write_project({**FILES, **more})))["experiment:x"] == "tries model:churn"


def test_a_model_alone_is_its_own_subject(write_project: Write) -> None:
    found = scoped(write_project(FILES), "model:churn")
    assert found.subjects == (Identity("model", "churn"),)
    assert [member.reach for member in found.records[:2]] == [Reach.SUBJECT, Reach.LINEAGE]
    assert found.of_kind("handoff") == ()
    assert Identity("person", "otto") not in found


def test_another_handoff_of_the_same_model_is_not_in_scope(write_project: Write) -> None:
    more = {"handoffs/earlier.md": HANDOFF.format(more="", prose="[[handoff:churn]]")}
    assert Identity("handoff", "earlier") not in scoped(write_project({**FILES, **more}))


def test_the_order_is_that_of_subjects_reach_and_names(write_project: Write) -> None:
    listed = HANDOFF.format(more="", prose="").replace("[model:churn]", "[model:other, dataset:raw, model:churn]")
    found = scoped(write_project({**FILES, "handoffs/churn.md": listed}))
    assert [str(one) for one in found][:4] == ["handoff:churn", "model:other", "dataset:raw", "model:churn"]
    assert [str(one) for one in found] == [str(one) for one in scoped(write_project({}))]
    assert len(found) == len(list(found))


def test_two_hundred_records_in_scope_cost_a_few_milliseconds(write_project: Write) -> None:
    files = {
        **{f"datasets/d{number}.yml": f"title: D{number}\nowners: person:ann\n" for number in range(180)},
        **{f"datasets/x{number}.yml": f"title: X{number}\n" for number in range(400)},
    }
    listed = ", ".join(f"d{number}" for number in range(180))
    model = {"models/churn.yml": f"title: Churn\nowners: team:risk\ntraining_data: [{listed}]\n"}
    catalog = load(find_settings(write_project({**FILES, **files, **model}))).catalog
    begun = time.process_time()
    found = scope(catalog, Identity("handoff", "churn"))
    assert time.process_time() - begun < 0.05
    assert len(found) == 187
