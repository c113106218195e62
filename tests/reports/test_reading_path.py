"""What to read, in which order, to take over a model or what a handoff hands over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.reading import minutes_of
from mkdocs_handoff.reports.reading_path import ALIKE, ReadingPaths
from tests.projects import lint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mkdocs_handoff.reports.reading import ReadingPath

    Write = Callable[[Mapping[str, str | bytes]], Path]

TODAY = date(2026, 11, 23)
MODEL = Identity("model", "churn")
FILES = {
    "teams/risk.yml": "title: Risk\n",
    "people/ann.yml": "title: Ann\n",
    "people/bo.yml": "title: Bo\nleft: 2026-09-30\n",
    "glossary.yml": "terms:\n  - {id: churner, title: Churner, definition: One who goes}\n",
    "datasets/bills.yml": "title: Bills\n",
    "features/spend.yml": "title: Spend\nsources: [bills]\n",
    "pipelines/train.yml": "title: Train\nsteps: [{id: fit, command: x, outputs: [{ref: 'model:churn'}]}]\n",
    "evaluations/test.yml": "title: Test\nmodel: churn\n",
    "playbooks/retrain.yml": "title: Retrain\ntype: retraining\napplies_to: [churn]\n",
    "playbooks/alarm.yml": "title: Alarm\ntype: incident\napplies_to: [churn]\n",
    "playbooks/back.yml": "title: Back\ntype: rollback\napplies_to: [churn]\n",
    "decisions/0001-old.md": "---\nstatus: accepted\naffects: [model:churn]\n---\n# Old\n",
    "decisions/0002-new.md": "---\nstatus: accepted\nsupersedes: [0001-old]\n---\n# New\n",
    "decisions/0003-maybe.md": "---\nstatus: proposed\naffects: [model:churn]\n---\n# Maybe\n",
    "decisions/0004-no.md": "---\nstatus: rejected\naffects: [model:churn]\n---\n# No\n",
    "models/churn.md": "---\nowners:\n  - {ref: risk, role: accountable}\n  - {ref: ann, role: domain expert}\n"
    "  - {ref: bo, role: technical owner}\ntraining_data: [bills]\nfeatures: [spend]\nreproduce: {pipeline: train}\n"
    "---\n# Churn\n\nA churner is somebody who goes.\n",
    "handoffs/move.yml": "title: Move\nsubjects: [model:churn]\nfrom: risk\nto: risk\nstatus: in-progress\n"
    "questions:\n  - {question: Why?}\n  - {question: When?, answer: Now}\n",
}


def path(write: Write, subject: Identity = MODEL, **more: str) -> ReadingPath:
    return ReadingPaths(lint(write({**FILES, **more})).catalog, TODAY).of(subject)


def order(found: ReadingPath) -> list[list[str]]:
    return [[str(one.identity) for one in stage.items] for stage in found.stages]


def test_the_model_comes_first_then_what_breaks_then_what_it_is_made_of(write_project: Write) -> None:
    found = path(write_project)
    assert [stage.title for stage in found.stages] == [
        "The first hour", "The first day", "Before you change it", "People to talk to",
    ]  # fmt: skip
    assert order(found) == [
        ["model:churn", "term:churner", "playbook:back", "playbook:alarm", "handoff:move"],
        ["dataset:bills", "feature:spend", "evaluation:test"],
        ["decision:0002-new", "pipeline:train", "playbook:retrain"],
        ["team:risk", "person:ann"],
    ]
    assert found.pages == 11
    assert found.minutes == sum(stage.minutes for stage in found.stages) == 11


def test_each_says_why(write_project: Write) -> None:
    found = path(write_project)
    why = {str(one.identity): one.why for stage in found.stages for one in stage.items}
    assert why["dataset:bills"] == "It trains Churn."
    assert why["playbook:back"] == "It handles Churn."
    assert why["handoff:move"] == "1 question in it waits for an answer."
    assert why["decision:0002-new"] == "It is in force instead of Old."
    assert why["person:ann"] == "Domain expert of Churn."
    assert why["term:churner"] == "Churn uses the word."


def test_what_is_over_is_left_out_and_says_why(write_project: Write) -> None:
    found = path(write_project, **{"evaluations/test.yml": "title: Test\nmodel: churn\nlifecycle: retired\n"})
    assert {str(one.identity): one.why for one in found.left_out} == {
        "evaluation:test": "it is retired",
        "decision:0001-old": "it is superseded by New",
        "decision:0003-maybe": "it is only proposed",
        "decision:0004-no": "it is rejected",
        "person:bo": "left on 2026-09-30",
    }
    listed = {identity for stage in order(found) for identity in stage}
    assert listed.isdisjoint(str(one.identity) for one in found.left_out)


def test_decisions_that_supersede_each_other_come_to_an_end(write_project: Write) -> None:
    old = FILES["decisions/0001-old.md"].replace("affects", "supersedes: [0002-new]\naffects")
    found = path(write_project, **{"decisions/0001-old.md": old})
    assert found.pages > 5


def test_a_handoff_has_all_its_subjects_each_record_once(write_project: Write) -> None:
    more = {
        "models/tone.yml": "title: Tone\ntraining_data: [bills]\nfeatures: [spend]\nowners: risk\n",
        "handoffs/move.yml": "title: Move\nsubjects: [model:churn, model:tone, feature:spend]\nfrom: risk\nto: risk\n"
        "status: planned\nfrom_people: [ann]\n",
    }
    found = path(write_project, Identity("handoff", "move"), **more)
    assert order(found)[0][:3] == ["handoff:move", "model:churn", "model:tone"]
    every = [identity for stage in order(found) for identity in stage]
    assert len(every) == len(set(every))
    assert "feature:spend" in order(found)[1]


def test_who_gets_a_page(write_project: Write) -> None:
    files = {
        **FILES,
        "models/small.yml": "title: Small\ntraining_data: [bills]\n",
        "models/gone.yml": "title: Gone\nlifecycle: retired\nfeatures: [spend]\ntraining_data: [bills]\n",
        "handoffs/done.yml": "title: Done\nsubjects: [model:churn]\nfrom: risk\nto: risk\nstatus: completed\n",
    }
    found = ReadingPaths(lint(write_project(files)).catalog)
    assert [str(one) for one in found.subjects] == ["model:churn", "handoff:move"]
    assert ("handoff:done", "it is completed") in [(str(one.identity), one.why) for one in found.of(MODEL).left_out]


def test_a_term_that_everybody_uses_is_no_reading(write_project: Write) -> None:
    users = {f"datasets/d{one}.yml": "title: D\ndescription: Of a churner\n" for one in range(40)}
    assert "term:churner" not in order(path(write_project, **users))[0]


def test_many_of_a_kind_are_counted(write_project: Write) -> None:
    names = [f"f{one:02}" for one in range(ALIKE + 3)]
    files = {f"features/{name}.yml": f"title: {name}\nsources: [bills]\n" for name in names}
    files["models/churn.md"] = FILES["models/churn.md"].replace("[spend]", f"[{', '.join(names)}]")
    stage = path(write_project, **files).stages[1]
    assert sum(one.identity.kind == "feature" for one in stage.items) == ALIKE
    assert stage.more == ("and 3 more: features",)


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (190, 1), (191, 2), (1990, 10)])
def test_time_follows_from_words_and_fields(write_project: Write, words: int, minutes: int) -> None:
    body = " ".join(["word"] * words)
    catalog = lint(write_project({"models/churn.md": f"---\ntags: []\n---\n{body}\n"})).catalog
    assert minutes_of(catalog, MODEL) == minutes


def test_an_own_kind_and_a_mention_are_part_of_it(write_project: Write) -> None:
    schema = (
        '{"title": "Trial", "x-plural": "Trials", "x-globs": ["trials/*.yml"], "type": "object", "properties": '
        '{"about": {"type": "string", "title": "About", "x-reference": {"to": ["model"], "relation": "is about", '
        '"inverse": "was tried in"}}}}'
    )
    more = {"schemas/trial.schema.json": schema, "trials/less.yml": "title: Less\nabout: churn\n"}
    found = path(write_project, **more)
    why = {str(one.identity): one.why for one in found.stages[2].items}
    assert why["trial:less"] == "It is about Churn."


def test_the_same_files_give_the_same_path(write_project: Write) -> None:
    assert path(write_project) == path(write_project)


def test_who_looks_after_the_training_data_and_what_an_evaluation_means_by_its_words_are_on_it(
    write_project: Write,
) -> None:
    more = {
        "people/cy.yml": "title: Cy\n",
        "datasets/bills.yml": "title: Bills\nowners: [{ref: cy, role: data steward}]\n",
        "glossary.yml": "terms:\n  - {id: churner, title: Churner, definition: One who goes}\n"
        "  - {id: lift, title: Lift, definition: How much better}\n",
        "evaluations/test.yml": "title: Test\nmodel: churn\ndescription: The lift of Churn.\n",
    }
    why = {str(one.identity): one.why for stage in path(write_project, **more).stages for one in stage.items}
    assert why["person:cy"] == "Data steward of Bills."
    assert why["term:lift"] == "Test uses the word."
