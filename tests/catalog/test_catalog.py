# ruff: noqa: E501 - records are easier to read in one line
"""The catalog: references resolved both ways, what is wanted, and what only two records together can get wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.catalog.relations import External
from mkdocs_handoff.records.record import Identity
from tests.projects import lint, told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.project import Project

    Write = Callable[[Mapping[str, str | bytes]], Path]

CHURN = Identity("model", "churn")


def said(catalog: Catalog, text: str) -> list[str]:
    """Return what a record says of others and what they say of it, as sentences."""
    (identity,) = catalog.find(text)
    return [
        *(f"{one.source} {one.name} {one.target}" for one in catalog.outgoing.get(identity, ())),
        *(f"{one.target} {one.inverse} {one.source}" for one in catalog.incoming.get(identity, ())),
    ]


def wanted(project: Project) -> list[tuple[str, int]]:
    return [(str(one), len(one.wanted_by)) for one in project.catalog.wanted]


def test_what_one_record_says_is_read_from_both(write_project: Write) -> None:
    project = lint(
        write_project(
            {
                "models/churn.md": "---\ntraining_data: [events, {ref: crm, version: 2026-06}]\nowners: team:risk\n---\n# Churn\n\nSee [[team:risk]].\n",
                "datasets/events.yml": "title: Events\n",
                "datasets/crm.yml": "title: CRM\n",
                "evaluations/june.yml": "title: June\nmodel: churn\ndataset: events\n",
                "teams/risk.yml": "title: Risk\n",
            }
        )
    )  # fmt: skip
    assert told(project) == []
    assert said(project.catalog, "churn") == [
        "model:churn is trained on dataset:events",
        "model:churn is trained on dataset:crm",
        "model:churn is owned by team:risk",
        "model:churn mentions team:risk",
        "model:churn is evaluated by evaluation:june",
    ]
    assert said(project.catalog, "events") == [
        "dataset:events trains model:churn",
        "dataset:events " + project.catalog.incoming[Identity("dataset", "events")][1].inverse + " evaluation:june",
    ]
    assert said(project.catalog, "team:risk") == ["team:risk owns model:churn", "team:risk is mentioned by model:churn"]
    crm = next(one for one in project.catalog.outgoing[CHURN] if one.target.name == "crm")
    assert (crm.version, crm.path, crm.suspect, crm.lineage) == ("2026-06", ("training_data", 1, "ref"), True, "from")


@pytest.mark.parametrize(
    ("reference", "rules"),
    [
        ("model:churn", []), ("Model:churn", []), ("model:Churn", []), ("model: churn", ["reference/form"]), ("churn", ["reference/ambiguous"]),
        ("dataset:churn", []), ("leavers", []), ("model:leavers", []), ("dataset:leavers", []), ("model:churn@1.10", []),
        ("model:churn@1.1", ["reference/version"]), ("model:churn@2", ["reference/version"]), ("dataset:churn@7", []),
        ("model:chrun", ["reference/near-miss"]), ("model:chur", ["reference/near-miss"]), ("model:churm", ["reference/near-miss"]),
        ("model:ch-urn", ["reference/near-miss"]), ("model:churn2", []), ("model:hcrun", []), ("model:retention", []),
        ("modle:churn", ["reference/kind"]), ("pypi:numpy", ["reference/kind"]), ("model:default/churn", []), ("model:risk/churn", []),
        ("model:other/churn", []), ("https://example.com/x", []), ("", []), ("?", ["reference/form"]), ("model:here", ["reference/self"]),
        ("model:model-v3", []), ("model:model-v2", []),
    ],
)  # fmt: skip
def test_references_are_resolved_by_identity(write_project: Write, reference: str, rules: list[str]) -> None:
    project = lint(
        write_project(
            {
                "handoff.yml": "namespace: risk\n",
                "models/churn.yml": "title: A\naliases: leavers\nversions: [{version: 1.10}, {version: 1.9}]\n",
                "datasets/churn.yml": "title: B\n",
                "models/model-v2.yml": "title: V2\n",
                "models/here.yml": f"title: Here\ndepends_on: {reference!r}\n",
            }
        )
    )
    assert [finding.rule for finding in project.findings] == rules


def test_a_field_of_one_kind_takes_the_bare_name(write_project: Write) -> None:
    files = {
        "models/churn.yml": "base_model: net\ntraining_data: net\n",
        "models/net.yml": "{}",
        "datasets/net.yml": "{}",
    }
    project = lint(write_project(files))
    assert said(project.catalog, "churn") == [
        "model:churn is built on model:net",
        "model:churn is trained on dataset:net",
    ]


def test_a_name_of_a_hub_is_a_record_of_ours_or_an_address(write_project: Write) -> None:
    files = {
        "models/churn.yml": "base_model: [acme/net, acme/other]\ndatasets: [glue, evnts]\n",
        "models/net.yml": "{}",
        "datasets/events.yml": "{}",
    }
    project = lint(write_project(files))
    assert told(project) == ["models/churn.yml:2:18 reference/near-miss"]
    assert project.findings[0].severity == "warning"
    targets = project.catalog.targets
    assert targets[CHURN, ("base_model", 0)] == Identity("model", "net")
    assert targets[CHURN, ("base_model", 1)] == External("acme/other", "https://huggingface.co/acme/other")
    assert targets[CHURN, ("datasets", 0)] == External("glue", "https://huggingface.co/datasets/glue")
    assert wanted(project) == []


@pytest.mark.parametrize("named", ["id: acme/huge", "aliases: [acme/huge]"])
def test_a_record_may_be_called_by_the_whole_name_on_the_hub(write_project: Write, named: str) -> None:
    files = {
        "models/churn.yml": "datasets: [acme/huge]\n",
        "datasets/x/README.md": f"---\ntitle: Huge\n{named}\n---\n# Huge\n",
        "datasets/huge.yml": "title: Another, which its last part alone would mean\n",
    }
    catalog = lint(write_project(files)).catalog
    target = catalog.targets[CHURN, ("datasets", 0)]
    assert isinstance(target, Identity)
    assert catalog.records[target].title == "Huge"


def test_people_in_decisions_may_be_plain_text(write_project: Write) -> None:
    text = "---\nstatus: accepted\ndecision-makers: [Ann Lee, Annn Lee, the board (all of it)]\n---\n# A\n"
    project = lint(write_project({"decisions/0001-a.md": text, "people/ann-lee.yml": "title: Ann Lee\n"}))
    assert told(project) == []
    assert said(project.catalog, "ann-lee") == ["person:ann-lee decided decision:0001-a"]
    assert wanted(project) == []


@pytest.mark.parametrize("name", ["Ann O'Brien", "Ann O\u2019Brien", "R&D team", "C++ group", "Größe", "Прогноз"])
def test_people_and_teams_are_named_as_people_write_them(write_project: Write, name: str) -> None:
    project = lint(write_project({"teams/t.yml": f'id: "{name}"\n', "models/a.yml": f'owners: "{name}"\n'}))
    assert told(project) == []
    assert len(project.catalog.outgoing[Identity("model", "a")]) == 1


def test_what_is_wanted_is_ranked_by_how_often(write_project: Write) -> None:
    files = {
        "models/a.yml": "training_data: [events, clicks]\nplaybooks: a-is-down\n",
        "models/b.md": "---\ntraining_data: events\ndepends_on: something\n---\n# B\n\n[[dataset:events]] [[dataset:clicks]] [[whatever]] [[dataset:other/x]]\n",
        "models/c.yml": "training_data: Events\nowners: group:risk\n",
    }  # fmt: skip
    project = lint(write_project(files))
    assert told(project) == ["models/c.yml:2:9 owner/unknown"]
    assert wanted(project) == [
        ("dataset:events", 4), ("dataset:clicks", 2), ("something", 1), ("playbook:a-is-down", 1), ("team:risk", 1),
    ]  # fmt: skip
    places = [str(place) for _, place in project.catalog.wanted[0].wanted_by]
    assert places == ["models/a.yml:1:17", "models/b.md:2:16", "models/b.md:7:1", "models/c.yml:1:16"]


def test_an_alias_is_another_name_and_never_another_records(write_project: Write) -> None:
    files = {
        "models/churn.yml": "title: A\n",
        "models/b.yml": "aliases: [Churn, b2]\n",
        "models/c.yml": "aliases: b2\n",
        "models/d.yml": "base_model: [b2, churn]\n",
        "datasets/e.yml": "aliases: churn\n",
    }
    assert told(lint(write_project(files))) == [
        "models/b.yml:1:11 record/alias",
        "models/d.yml:1:14 reference/ambiguous",
    ]


GLOSSARY = """\
terms:
  - {title: Rate, definition: x}
  - {title: Churn rate, definition: x, synonyms: [attrition, loss of customers], discouraged: [wastage, dead wood]}
  - {title: AUC, definition: x, abbreviation: ROC-AUC}
  - {title: IT, definition: x}
  - {title: Data-set, definition: x}
  - {title: Entity (in a store), definition: x}
  - {title: Person, definition: x, plural: people}
  - {title: Rückstand, definition: x}
"""


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The churn rate and the rate", ["churn-rate", "rate"]),
        ("The churn\nrate", ["churn-rate"]),
        ("Churn-rates, rates", ["churn-rate", "rate"]),
        ("churn, rate", ["rate"]),
        ("attritions; Loss of Customers", ["churn-rate", "churn-rate"]),
        ("the wastage, dead-wood", ["!churn-rate", "!churn-rate"]),
        ("AUC, AUCs, auc, Auc", ["auc", "auc"]),
        ("ROC-AUC and ROC AUC", ["auc", "auc"]),
        ("it is IT, and It", ["it"]),
        ("a data set, a dataset, data-sets", ["data-set", "data-set"]),
        ("an entity, two entities", ["entity-in-a-store", "entity-in-a-store"]),
        ("a person, many people, persons", ["person", "person", "person"]),
        ("separate, rateable, pi-rate", ["rate"]),
        ("Rückstände, RÜCKSTAND, rückstand's", ["rückstand", "rückstand"]),
        ("", []),
    ],
)
def test_terms_are_found_in_running_text(write_project: Write, text: str, terms: list[str]) -> None:
    glossary = lint(write_project({"glossary.yml": GLOSSARY})).catalog.glossary
    found = [("!" if match.discouraged else "") + match.term.name for match in glossary.find(text)]
    assert found == terms


def test_a_term_lists_where_it_is_used(write_project: Write) -> None:
    files = {
        "glossary.yml": GLOSSARY,
        "models/a.md": "# The churn rate\n\n`AUC` and [the churn rate](x) and wastage.\n",
        "models/b.md": "# B\n\nAn AUC.\n\n!!! note\n    The churn rate; no more *wastage*.\n",
        "models/c.yml": "limitations: [The AUC is low.]\n",
        "models/x": "",
    }
    project = lint(write_project(files))
    uses = {term.name: [str(user) for user in users] for term, users in project.catalog.uses.items()}
    assert uses["auc"] == ["model:b", "model:c"]
    assert "model:b" in uses["churn-rate"]
    assert "models/b.md:6:30 term/discouraged" in told(project)


def test_terms_are_not_looked_for_where_settings_say_so(write_project: Write) -> None:
    files = {"glossary.yml": GLOSSARY, "models/b.md": "# B\n\nwastage of AUC\n", "handoff.yml": "terms: false\n"}
    project = lint(write_project(files))
    assert (told(project), dict(project.catalog.uses)) == ([], {})


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("status: superseded by [ADR-0002](0002-new.md)", "supersedes: 0001-old", []),
        ("superseded_by: 0002-new", "supersedes: 0001-old", []),
        ("status: superseded by ADR-0002", "supersedes: ADR-1", []),
        ("superseded_by: '2'", "supersedes: 1", []),
        ("status: accepted", "supersedes: 0001-old", ["decision/one-sided"]),
        ("superseded_by: 0002-new", "reviewers: []", ["decision/one-sided"]),  # a file of ours
        ("superseded_by: 0002-new", "status: accepted", []),  # MADR and Nygard have nothing for it
        ("status: superseded", "supersedes: 0001-old", []),  # misleads nobody
        ("superseded_by: 0002-new", "superseded_by: 0001-old", ["decision/circular"]),
        ("supersedes: 0001-old", "status: accepted", ["reference/self"]),
    ],
)  # fmt: skip
def test_supersession_is_said_on_both_sides(write_project: Write, old: str, new: str, rules: list[str]) -> None:
    files = {"decisions/0001-old.md": f"---\n{old}\n---\n# Old\n", "decisions/0002-new.md": f"---\n{new}\n---\n# New\n"}
    assert sorted(finding.rule for finding in lint(write_project(files)).findings) == rules


def test_lineage_runs_one_way(write_project: Write) -> None:
    files = {
        "datasets/raw.yml": "{}",
        "datasets/events.yml": "source_datasets: [original, extended|raw]\n",
        "features/age.yml": "sources: events\n",
        "models/churn.yml": "features: age\ntraining_data: events\nevaluations: june\n",
        "evaluations/june.yml": "model: churn\ndataset: raw\n",
    }
    project = lint(write_project(files))
    assert told(project) == []
    found, flows = project.catalog.lineage.around(Identity("dataset", "raw"))
    assert {identity.name for identity in found} == {"raw", "events", "age", "churn", "june"}
    assert (Identity("dataset", "raw"), Identity("dataset", "events")) in flows
    assert (CHURN, Identity("evaluation", "june")) in flows


def test_each_circle_of_lineage_is_told_once(write_project: Write) -> None:
    circles = {f"datasets/d{number}.yml": f"source_datasets: d{(number + 1) % 40}\n" for number in range(40)}
    others = {"datasets/x.yml": "source_datasets: [y, d3]\n", "datasets/y.yml": "source_datasets: x\n"}
    project = lint(write_project({**circles, **others}))
    assert [finding.rule for finding in project.findings] == ["lineage/cycle", "lineage/cycle"]
    assert {len(finding.message.split(",")) for finding in project.findings} == {40, 2}


def test_owners_are_known_and_one_is_accountable(write_project: Write) -> None:
    files = {
        "models/a.yml": "owners: [risk]\n",
        "models/b.yml": "owners:\n  - {ref: risk, role: accountable}\n  - {ref: ann, role: operations}\n  - {ref: ann, type: DATA_STEWARD}\n",
        "models/c.yml": "owners: [risk, user:ann]\n",
        "models/d.yml": "owners: [{ref: risk, type: TECHNICAL_OWNER}]\n",
        "models/e.yml": "owner: group:nobody\n",
        "models/f.yml": "owners: rsik\n",
        "models/g.yml": "owners: model:a\n",
        "models/h.yml": "title: Nobody's\n",
        "teams/risk.yml": "title: Risk\n",
        "people/ann.yml": "title: Ann\n",
    }
    assert told(lint(write_project(files))) == [
        "models/c.yml:1:16 owner/accountable",
        "models/d.yml:1:16 owner/accountable",
        "models/e.yml:1:8 owner/unknown",
        "models/f.yml:1:9 reference/near-miss",
        "models/g.yml:1:9 reference/kind",
    ]


def test_links_lead_to_records_and_files(write_project: Write) -> None:
    files = {
        "models/churn/README.md": "# Churn\n\n[a](../../datasets/events.yml) [b](../../datasets/wine/) [c](../../datasets/wine/README.md#x)\n"
        "[d](../../glossary.yml#auc) [e](../../glossary.yml) [f](train.py) ![g](plot.png) [h](#limits) [i](/absolute)\n"
        "[j](mailto:a@b.c) [k](//example.com) [l](../../gone.md) [m](../../../out.md) [n](train%20two.py) [o](s3://b/k)\n\n"
        "```\n[p](gone-too.md)\n```\n\n`[q](gone-too.md)`\n\n    [r](gone-too.md)\n\n<a href='gone-3.md'>s</a>\n",
        "models/churn/train.py": "",
        "models/churn/train two.py": "",
        "models/churn/plot.png": "",
        "datasets/events.yml": "title: Events\n",
        "datasets/wine/README.md": "# Wine\n",
        "glossary.yml": GLOSSARY,
    }  # fmt: skip
    project = lint(write_project(files))
    assert told(project) == [
        "models/churn/README.md:5:38 link/missing",
        "models/churn/README.md:5:57 link/outside",
        "models/churn/README.md:15:1 link/missing",
    ]
    assert {str(one.target) for one in project.catalog.outgoing[CHURN]} == {
        "dataset:events",
        "dataset:wine",
        "term:auc",
    }


@pytest.mark.parametrize(
    "target", ["x" * 5000, "%00", "a%2F..%2F..%2F..%2Fx", "[", "http://[", "\\\\x", "x\ny", "💥.md"]
)
def test_odd_links_bring_nothing_down(write_project: Write, target: str) -> None:
    rules = {finding.rule for finding in lint(write_project({"models/a.md": f"# A\n\n[x]({target})\n"})).findings}
    assert rules <= {"link/missing", "link/outside"}


@pytest.mark.parametrize(
    ("target", "advice"),
    [
        ("no.md", "It means 'models/no.md', from the project's root. Write that file, or link to one that is there."),
        ("chrun.md", "It means 'models/chrun.md', from the project's root. Did you mean 'churn.md' there?"),
        ("../x/no.md", "It means 'x/no.md', from the project's root. Write that file, or link to one that is there."),
    ],
)
def test_a_link_that_leads_nowhere_says_what_to_do(write_project: Write, target: str, advice: str) -> None:
    files = {"models/churn.md": "# C\n", "models/a.md": f"# A\n\n[x]({target})\n"}
    (finding,) = lint(write_project(files)).findings
    assert (finding.rule, finding.hint) == ("link/missing", advice)


def test_mentions_are_resolved_wherever_markdown_stands(write_project: Write) -> None:
    files = {
        "models/churn.md": "---\ndescription: See [[dataset:evnts]].\nlimitations: [ok, 'Not [[events]] [x](gone.md).']\ntitle: '[[dataset:evnts]]'\n---\n# C\n\n[[events#title]] [[events#nope]] [[events#tags]] [[churn]]\n",
        "datasets/events.yml": "title: Events\ntags: [a]\n",
    }  # fmt: skip
    project = lint(write_project(files))
    assert told(project) == [
        "models/churn.md:2:14 reference/near-miss",
        "models/churn.md:3:19 link/missing",
        "models/churn.md:8:18 reference/field",
        "models/churn.md:8:34 reference/field",
    ]
    assert said(project.catalog, "events") == ["dataset:events is mentioned by model:churn"] * 2


def test_the_catalog_is_in_order_whatever_the_order_of_files(write_project: Write) -> None:
    numbers = range(1, 50)
    files = {f"models/m{one}.yml": f"depends_on: [model:m{one * 7 % 50}, dataset:d{one % 5}]\n" for one in numbers}
    project = lint(write_project(files))
    assert list(project.catalog.records) == sorted(project.catalog.records)
    assert wanted(project) == [*((f"dataset:d{number}", 10) for number in (1, 2, 3, 4)), ("dataset:d0", 9)]


def test_what_a_pipeline_makes_and_reads_again_lies_within_it(write_project: Write) -> None:
    files = {
        "datasets/raw.yml": "title: Raw\n",
        "datasets/clean.yml": "title: Clean\n",
        "models/churn.yml": "title: Churn\ntraining_data: clean\nreproduce: {pipeline: all}\n",
        "pipelines/all.yml": "title: All\nsteps:\n  - {inputs: [{ref: raw}], outputs: [{ref: dataset:clean}]}\n"
        "  - {inputs: [{ref: dataset:clean}, {path: conf.yaml}], outputs: [{ref: model:churn}, {path: m.bin}]}\n",
    }
    project = lint(write_project(files))
    assert told(project) == []
    assert wanted(project) == []
    raw, clean, pipeline = Identity("dataset", "raw"), Identity("dataset", "clean"), Identity("pipeline", "all")
    assert project.catalog.lineage.around(raw)[1] == {
        (raw, pipeline),
        (pipeline, clean),
        (pipeline, CHURN),
        (clean, CHURN),
    }
    assert "model:churn is made by pipeline:all" in said(project.catalog, "churn")
    assert said(project.catalog, "all").count("pipeline:all makes model:churn") == 2, "said from both ends"


def test_a_person_may_review_their_own_page(write_project: Write) -> None:
    ann = "title: Ann\nlast_reviewed: 2026-01-01\nreviewers: [person:ann]\n"
    assert told(lint(write_project({"people/ann.yml": ann}))) == []


def test_people_of_decisions_are_found_by_what_they_are_called(write_project: Write) -> None:
    user = "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata:\n  name: {}\n{}spec:\n  profile: {{displayName: {}, email: {}}}\n"
    login = "  annotations: {github.com/user-login: bo-kim}\n"
    users = [
        user.format("ann.lee", "", "Ann Lee", "ann@x.org"),
        user.format("u2", login, "Bo Kim", "bo@x.org"),
        user.format("u3", "", "Cy Dee", "cy@x.org"),
        user.format("u4", "", "Sam Fox", "sam@x.org"),
        user.format("u5", "", "Sam Fox", "fox@x.org"),
    ]
    people = "Ann Lee, @bo-kim, C. Dee <cy@x.org>, Sam Fox, Nobody Known"
    project = lint(
        write_project(
            {
                "people/all.yml": "---\n".join(users),
                "decisions/0001-d.md": f"---\nstatus: accepted\ndecision-makers: {people}\n---\n# D\n",
            }
        )
    )
    found = next(iter(project.catalog.of_kind("decision"))).identity
    assert sorted(one.target.name for one in project.catalog.outgoing[found]) == ["ann.lee", "u2", "u3"]
    assert not [one for one in project.findings if one.rule.startswith("reference/")], "the others stay as text"
