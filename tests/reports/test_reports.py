"""Reports: files in, plain data out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.project import load
from mkdocs_handoff.reports import decisions, glossary, knowledge, problems, quality, start, wanted
from mkdocs_handoff.reports.owners import ownership
from mkdocs_handoff.settings import find_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str | bytes]], Path]


def names(identities: object) -> list[str]:
    return [str(identity) for identity in identities]  # type: ignore[attr-defined]


def test_ownership_by_role_both_ways(write_project: Write) -> None:
    root = write_project(
        {
            "models/m.yml": "title: M\nowners:\n  - team:t\n"
            "  - {ref: 'person:ann', role: domain expert, note: knows}\n",
            "models/n.yml": "title: N\nowner: t\n",
            "models/o.yml": "title: O\n",
            "models/gone.yml": "title: Gone\nlifecycle: retired\n",
            "models/p.yml": "title: P\nowners: team:nobody-here\n",
            "teams/t.yml": "title: T\nmembers:\n  - {ref: ann, role: lead, since: 2025-01-01}\n"
            "  - {ref: bob, dateOut: 2026-01-01}\n",
            "people/ann.yml": "title: Ann\n",
            "people/bob.yml": "title: Bob\n",
            "people/cy.yml": "title: Cy\nmember_of: t\n",
        }
    )
    catalog = load(find_settings(root)).catalog
    owned = ownership.ownership(catalog)
    by_name = {str(identity): identity for identity in catalog.records}
    assert [(str(one.record), one.role) for one in owned.holdings[by_name["team:t"]]] == [
        ("model:m", "accountable"),
        ("model:n", "accountable"),
    ]
    assert owned.holdings[by_name["person:ann"]][0].note == "knows"
    assert names(owned.unowned) == ["model:o"]
    assert list(owned.unknown) == ["team:nobody-here"]
    assert owned.roles == ("accountable", "domain expert")
    assert [(one.text, one.role, one.until) for one in owned.members[by_name["team:t"]]] == [
        ("ann", "lead", ""),
        ("Cy", "", ""),
        ("bob", "", "2026-01-01"),
    ]
    assert by_name["person:bob"] not in owned.teams
    assert names(owned.teams[by_name["person:cy"]]) == ["team:t"]


def test_the_log_orders_by_number_and_reads_supersession_from_either_end(write_project: Write) -> None:
    root = write_project(
        {
            "decisions/0002-b.md": "---\nstatus: superseded\nsuperseded_by: 0010-c\n---\n# B\n",
            "decisions/0010-c.md": "---\nstatus: accepted\n---\n# C\n",
            "decisions/plain.md": "---\nstatus: accepted\ndate: 2026-01-01\n---\n# Plain\n",
        }
    )
    log = decisions.decisions(load(find_settings(root)).catalog)
    assert [one.number for one in log] == [10, 2, None]
    assert names(log[0].supersedes) == ["decision:0002-b"]
    assert names(log[1].superseded_by) == ["decision:0010-c"]


def test_numbers_of_several_folders_say_nothing_of_each_other(write_project: Write) -> None:
    def decision(date: str) -> str:
        return f"---\nstatus: accepted\n{date and f'date: {date}'}\n---\n# D\n"

    root = write_project(
        {
            "handoff.yml": "records:\n  decision: ['docs/adr/*.md', 'app/**/decisions/*.md']\n",
            "docs/adr/0001-a.md": decision("2020-01-01"),
            "docs/adr/0002-b.md": decision("2023-01-01"),
            "docs/adr/0003-c.md": decision(""),
            "docs/adr/0004-d.md": decision("2021-06-01"),
            "app/x/decisions/0001-e.md": decision("2022-01-01"),
            "app/x/decisions/0009-f.md": decision("2022-05-05"),
            "app/y/decisions/2024-05-06-g.md": decision(""),
            "app/y/decisions/h.md": decision(""),
        }
    )
    log = decisions.decisions(load(find_settings(root)).catalog)
    assert [one.identity.name[-1] for one in log] == ["g", "d", "c", "b", "f", "e", "a", "h"]
    assert {one.folder for one in log if one.number == 1} == {"docs/adr", "app/x/decisions"}
    assert (
        start.start(load(find_settings(root)), ownership.ownership(load(find_settings(root)).catalog)).latest[0]
        == (log[0])
    )


def test_the_glossary_counts_uses_in_prose_and_fields(write_project: Write) -> None:
    root = write_project(
        {
            "glossary.yml": "terms:\n  - {id: recall, title: Recall, definition: x}\n"
            "  - {id: äpfel, title: Äpfel, definition: y}\n",
            "models/a.md": "---\ntitle: A\n---\nRecall matters.\n",
            "models/b.yml": "title: B\nterms: [recall]\n",
        }
    )
    letters = glossary.glossary(load(find_settings(root)).catalog)
    assert [letter.letter for letter in letters] == ["A", "R"]
    assert names(letters[1].terms[0].uses) == ["model:a", "model:b"]


def test_wanted_is_ranked_and_grouped_by_asker(write_project: Write) -> None:
    root = write_project(
        {
            "models/a.yml": "title: A\ntraining_data: [d]\nevaluation_data: [d, e]\n",
            "models/b.yml": "title: B\ntraining_data: [d]\n",
        }
    )
    found = wanted.wanted(load(find_settings(root)).catalog)
    assert [(str(one.wanted), len(one.askers)) for one in found] == [("dataset:d", 2), ("dataset:e", 1)]
    assert found[0].path == "datasets/d.md"


def test_problems_by_file_and_rule(write_project: Write) -> None:
    root = write_project({"models/a.yml": "title: A\nlimitation: x\nlifecycle: nope\n", "models/b.yml": "title: ["})
    report = problems.problems(load(find_settings(root)).findings)
    assert [one.path for one in report.files] == ["models/a.yml", "models/b.yml"]
    assert (
        report.count.total
        == sum(one.count.total for one in report.files)
        == sum(one.count.total for one in report.rules)
    )
    assert report.rules[0].count.errors >= report.rules[-1].count.errors


def test_the_map_follows_data_through_features(write_project: Write) -> None:
    root = write_project(
        {
            "datasets/d.yml": "title: D\n",
            "datasets/alone.yml": "title: Alone\n",
            "features/f.yml": "title: F\nsources: [d]\n",
            "models/base.yml": "title: Base\n",
            "models/m.yml": "title: M\nfeatures: [f]\nbase_model: base\n"
            "versions: [{version: '1', stage: production}]\n",
            "evaluations/e.yml": "title: E\nmodel: m\ndataset: d\n",
        }
    )
    report = knowledge.knowledge(load(find_settings(root)).catalog)
    row = next(one for one in report.models if one.model.name == "m")
    assert names(row.datasets) == ["dataset:d"]
    assert names(row.features) == ["feature:f"]
    assert names(row.upstream) == ["model:base"]
    assert names(row.evaluations) == ["evaluation:e"]
    assert row.versions[0].stage == "production"
    assert names(report.unused) == ["dataset:alone"]


def test_quality_knows_which_figures_meet_what_was_asked(write_project: Write) -> None:
    root = write_project(
        {
            "models/m.yml": "title: M\n",
            "evaluations/e.yml": "title: E\nmodel: m\nmetrics:\n"
            "  - {type: a, value: 0.9, threshold: 0.8, higher_is_better: true}\n"
            "  - {type: b, value: '0.9', threshold: 0.8, higher_is_better: false}\n"
            "  - {type: c, value: 0.9, threshold: 0.8}\n",
        }
    )
    catalog = load(find_settings(root)).catalog
    found = quality.quality(catalog, next(one for one in catalog.records if one.kind == "model"))
    assert [metric.met for metric in found[0].metrics] == [True, False, None]


def test_start_puts_what_runs_first(write_project: Write) -> None:
    root = write_project(
        {
            "models/a.yml": "title: A\nlifecycle: draft\n",
            "models/b.yml": "title: B\n",
            "models/c.yml": "title: C\nowners: t\nversions: [{version: '2', stage: production}]\n",
            "models/d.yml": "title: D\nlifecycle: retired\n",
            "teams/t.yml": "title: T\n",
        }
    )
    project = load(find_settings(root))
    report = start.start(project, ownership.ownership(project.catalog))
    assert [one.model.name for one in report.models] == ["c", "b", "a"]
    assert report.models[0].versions == ("2",)
    assert [(one.kind, one.records) for one in report.kinds] == [("model", 4), ("team", 1)]
    assert [(one.identity.name, one.accountable) for one in report.contacts] == [("t", 1)]
