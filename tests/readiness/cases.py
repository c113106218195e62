"""For each check of readiness what makes it fail, and it alone: a change of the base project, and the place to mend."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_handoff.reports.readiness.check import State
from tests.readiness.bases import Change

FAILED, UNKNOWN, WAIVED = State.FAILED, State.UNKNOWN, State.WAIVED
M, H, D, P = "models/churn.yml", "handoffs/churn.yml", "datasets/events.yml", "pipelines/churn.yml"
CONTRADICTION = "knowledge map/records-are-valid"


@dataclass(frozen=True)
class Case:
    """A check, what makes it fail, and where that is to be mended.

    Attributes:
        also: Checks that see the same, from another side.
        digest: What the signatures hold, where it is not the right one.
    """

    check: str
    place: str
    changes: tuple[Change, ...]
    state: State = FAILED
    also: tuple[str, ...] = ()
    digest: str | None = None


def case(
    check: str,
    place: str,
    *changes: tuple[str, str, str | None],
    state: State = FAILED,
    also: tuple[str, ...] = (),
    digest: str | None = None,
) -> Case:
    return Case(check, place, tuple(Change(*one) for one in changes), state, also, digest)


CASES = (
    case("ownership/owners-are-there", "features/age.yml:1", ("features/age.yml", "owners: team:givers\n", "")),
    case(
        "ownership/owners-are-there",
        "features/age.yml:4",
        ("features/age.yml", "team:givers", "person:gone"),
        ("people/gone.yml", "", "title: Gone\nleft: 2026-01-01\nemail: g@example.org\n"),
    ),
    case("ownership/roles-are-named", "models/churn.yml:4", (M, "  - {ref: person:tom, role: approver}\n", "")),
    case(
        "ownership/receiving-team-exists",
        "handoffs/churn.yml:4",
        ("teams/takers.yml", "members:", "lifecycle: retired\nmembers:"),
        also=(
            "ownership/owners-are-there",
            "ownership/roles-are-named",
            "ownership/roles-have-moved",
            "staleness/scope-is-fresh",
        ),
    ),
    case(
        "ownership/receiving-team-has-two",
        "teams/takers.yml:7",
        ("people/tom.yml", "email", "left: 2026-11-15\nemail"),
        also=("ownership/roles-are-named",),
    ),
    case(
        "ownership/people-are-members", "handoffs/churn.yml:6", (H, "to_people: [person:tea", "to_people: [person:gus")
    ),
    case(
        "ownership/owner-is-taker",
        "models/churn.yml:4",
        (M, "  - team:takers\n", "  - team:givers\n"),
        also=(CONTRADICTION, "ownership/codeowners-agree"),
    ),
    case(
        "ownership/roles-have-moved",
        "models/churn.yml:5",
        (M, "ref: team:takers, role: oper", "ref: team:givers, role: oper"),
    ),
    case("ownership/codeowners-agree", "models/churn.yml:4", (".github/CODEOWNERS", "@acme/takers", "@acme/givers")),
    case(
        "ownership/codeowners-agree",
        "teams/takers.yml:1",
        ("teams/takers.yml", "github: acme/takers\n", ""),
    ),
    case(
        "knowledge map/subjects-are-written",
        "handoffs/churn.yml:2",
        (H, "[model:churn]", "[model:churn, model:lost-one]"),
        also=(CONTRADICTION, "knowledge map/nothing-is-wanted"),
    ),
    case(
        "knowledge map/subjects-are-ready",
        "models/churn.yml:1",
        (M, "limitations: [It has seen no customer of the last month]\n", ""),
    ),
    case(
        "knowledge map/unknowns-are-accepted",
        "models/churn.yml:58",
        (M, "covers:", "schedule: {unknown: nobody could say}\ncovers:"),
        state=UNKNOWN,
    ),
    case(
        "knowledge map/unknowns-are-accepted",
        "models/churn.yml:58",
        (M, "covers:", "cost: {unknown: nobody counts it}\ncovers:"),
        state=WAIVED,
    ),
    case("knowledge map/records-are-valid", "models/churn.yml:8", (M, "lifecycle: active", "lifecycle: actve")),
    case(
        "knowledge map/nothing-is-wanted",
        "models/churn.yml:56",
        (M, "decisions: [", "decisions: [decision:0009-something-else, "),
    ),
    case(
        "knowledge map/links-are-known", "datasets/events.yml:1", (D, "collection: From the shop, every night.\n", "")
    ),
    case(
        "interface/inputs-are-described",
        "models/churn.yml:15",
        (M, "    type: float64\n", ""),
        also=("knowledge map/subjects-are-ready",),
    ),
    case("interface/outputs-are-described", "models/churn.yml:19", (M, "    shape: [1, 2]\n", "")),
    case("interface/interface-agrees", "features/age.yml:9", ("features/age.yml", "columns: [age]", "columns: [agee]")),
    case(
        "vocabulary/terms-are-defined",
        "glossary.yml:2",
        ("glossary.yml", "definition: The share of those who leave that is flagged, ", ""),
    ),
    case(
        "vocabulary/no-discouraged-words",
        "models/churn.yml:2",
        (M, "every night.", "every night, with a good hit rate."),
    ),
    case(
        "vocabulary/metrics-are-explained",
        "evaluations/churn-test.yml:9",
        ("evaluations/churn-test.yml", "type: recall, name: Recall", "type: lift, name: Lift"),
    ),
    case(
        "decisions/models-have-decisions",
        "models/churn.yml:56",
        ("decisions/0002-nightly.md", "status: accepted", "status: proposed"),
        also=("staleness/scope-is-watched",),
    ),
    case(
        "decisions/none-is-superseded",
        "evaluations/churn-test.yml:10",
        ("evaluations/churn-test.yml", "covers:", "decisions: [decision:0001-weekly]\ncovers:"),
    ),
    case(
        "decisions/deviations-have-reasons",
        "decisions/0002-nightly.md:8",
        ("decisions/0002-nightly.md", "  rationale: customers leave within a week\n", ""),
    ),
    case(
        "reproducibility/way-is-named",
        "models/churn.yml:53",
        (M, "  pipeline: pipeline:churn\n", ""),
        ("pipelines/churn.yml", '      - {ref: "model:churn", version: "1.0"}\n', ""),
        also=("knowledge map/subjects-are-ready", "knowledge map/links-are-known", "reproducibility/last-run-matches"),
    ),
    case("reproducibility/commit-is-stated", "models/churn.yml:53", (M, "  commit: 4f2a9c1b07de\n", "")),
    case(
        "reproducibility/lock-file-exists",
        "models/churn.yml:55",
        (M, "lockfile: training/requirements.txt", "lockfile: training/lock.txt"),
    ),
    case(
        "reproducibility/checksums-are-stated",
        "models/churn.yml:32",
        (M, "        checksum: {alg", "        size: 8\n        note: {alg"),
        also=("knowledge map/links-are-known",),
    ),
    case("reproducibility/last-run-matches", "pipelines/churn.yml:18", (P, "result: same", "result: different")),
    case("reproducibility/files-were-compared", "models/churn.yml:57", (M, "matched: 1, of: 1", "matched: 1, of: 2")),
    case("reproducibility/files-were-compared", "models/churn.yml:57", (M, "matched: 1, of: 1", "matched: 0, of: 0")),
    case(
        "reproducibility/files-were-compared",
        "models/churn.yml:1",
        (M, "verified: {on: 2026-11-01, by: person:tea, matched: 1, of: 1}\n", ""),
    ),
    case(
        "reproducibility/receiving-side-made-it",
        "handoffs/churn.yml:55",
        (H, "reproduction:\n  by: person:tea", "reproduction:\n  by: person:gus"),
        also=(CONTRADICTION,),
    ),
    case(
        "reproducibility/receiving-side-made-it",
        "handoffs/churn.yml:55",
        (H, "  on: 2026-10-15\n", ""),
        also=(CONTRADICTION,),
    ),
    case(
        "reproducibility/receiving-side-made-it",
        "handoffs/churn.yml:55",
        (H, "checksums_match: true", "metric_deltas: {recall: 0.4}"),
        also=(CONTRADICTION,),
    ),
    case(
        "data/data-have-cards",
        "models/churn.yml:26",
        (M, "evaluation_data:\n  - ref: dataset:events", "evaluation_data:\n  - ref: https://example.org/data"),
    ),
    case(
        "data/data-have-versions",
        "datasets/events.yml:1",
        (D, 'version: "3"\n', ""),
        (D, "files:\n", "files:\n  - more.csv\n"),
    ),
    case(
        "data/data-access-is-described", "datasets/events.yml:1", (D, "access:\n  - {system: shop, how: Ask Gus}\n", "")
    ),
    case("data/licences-are-stated", "datasets/events.yml:1", (D, "license: cc-by-4.0\n", "")),
    case(
        "data/personal-information-is-stated",
        "datasets/events.yml:1",
        (D, "personal_sensitive_information: Customer numbers.\n", ""),
    ),
    case(
        "data/personal-information-is-stated",
        "datasets/events.yml:16",
        (D, "Customer numbers.", "{unknown: asked the shop}"),
        state=UNKNOWN,
    ),
    case("data/quality-holds", "datasets/events.yml:20", (D, "success: true", "success: false")),
    case(
        "operations/deployments-are-named",
        "models/churn.yml:35",
        (M, '{where: host one, version: "1.0"}', "{where: host one}"),
        also=("knowledge map/subjects-are-ready",),
    ),
    case(
        "operations/consumers-can-be-reached",
        "models/churn.yml:37",
        (M, "contact: team:takers, what", "contact: nobody, what"),
    ),
    case(
        "operations/system-access-is-described",
        "models/churn.yml:39",
        (M, "{system: host one, how: Ask Tea}", "{system: host one}"),
        also=("knowledge map/subjects-are-ready",),
    ),
    case(
        "operations/monitors-alert",
        "models/churn.yml:41",
        (M, "    playbook: playbook:take-back\nguardrails", "guardrails"),
    ),
    case(
        "operations/observed-is-normal",
        "models/churn.yml:41",
        (M, "covers:", "observations: [{file: observations/churn.csv}]\ncovers:"),
        ("observations/churn.csv", "", "time,share flagged\n2026-11-20,0.2\n2026-11-21,0.7\n"),
    ),
    case(
        "guardrails/guardrails-are-complete",
        "handoffs/churn.yml:52",
        (H, ", action: it waits, owner: person:tom", ", action: it waits"),
    ),
    case(
        "guardrails/guardrail-playbooks-exist",
        "models/churn.yml:50",
        (M, "    playbook: playbook:take-back\nplaybooks", "    playbook: playbook:something-else\nplaybooks"),
        also=("knowledge map/nothing-is-wanted",),
    ),
    case(
        "playbook/rollback-is-written",
        "models/churn.yml:51",
        ("playbooks/take-back.yml", "type: rollback", "type: runbook"),
    ),
    case(
        "playbook/incident-is-written",
        "models/churn.yml:51",
        ("playbooks/broken.yml", "type: incident", "type: rollback"),
    ),
    case(
        "playbook/playbooks-are-drilled",
        "playbooks/broken.yml:10",
        ("playbooks/broken.yml", "last_drilled: 2026-09-01", "last_drilled: 2026-03-01"),
    ),
    case("playbook/steps-are-complete", "playbooks/move.yml:7", ("playbooks/move.yml", "expected: Questions, ", "")),
    case(
        "playbook/steps-are-done",
        "handoffs/churn.yml:17",
        (H, "status: skipped, note: They have had them all along", "status: skipped"),
    ),
    case(
        "playbook/steps-are-done",
        "playbooks/move.yml:1",
        ("playbooks/move.yml", "steps:", "not_steps:"),
        also=(CONTRADICTION, "playbook/steps-are-complete"),
    ),
    case("playbook/access-is-granted", "handoffs/churn.yml:39", (H, "    granted_on: 2026-10-01\n", "")),
    case(
        "playbook/access-is-revoked",
        "handoffs/churn.yml:39",
        (H, "    revoked_from: [person:gus]\n    revoked_from_on: 2026-11-20\n", ""),
    ),
    case(
        "playbook/access-is-granted",
        "handoffs/churn.yml:1",
        (H, "access_transfer:", "not_access:"),
        also=("playbook/access-is-revoked", "knowledge map/subjects-are-ready"),
    ),
    case("playbook/access-is-revoked", "handoffs/churn.yml:39", (H, "    revoked_from_on: 2026-11-20\n", "")),
    case(
        "acceptance/criteria-are-agreed",
        "handoffs/churn.yml:1",
        (H, "acceptance_criteria:", "not_criteria:"),
        also=(
            CONTRADICTION,
            "knowledge map/subjects-are-ready",
        ),
    ),
    case(
        "acceptance/criterion-recall",
        "handoffs/churn.yml:26",
        (H, "status: pass\n    record", "status: open\n    record"),
        also=(CONTRADICTION,),
    ),
    case(
        "acceptance/criterion-recall",
        "handoffs/churn.yml:25",
        (H, "observed: 0.8", "observed: NaN"),
        also=(CONTRADICTION,),
    ),
    case(
        "acceptance/criterion-recall",
        "handoffs/churn.yml:19",
        (H, "    observed: 0.8\n", ""),
        also=(CONTRADICTION,),
    ),
    case(
        "acceptance/criterion-cheap",
        "handoffs/churn.yml:36",
        (H, "waived_by: person:tom", "waived_by: person:gus"),
        also=(CONTRADICTION,),
    ),
    case(
        "acceptance/both-sides-signed",
        "handoffs/churn.yml:14",
        (H, "completed: 2026-11-20", "completed: 2027-11-20"),
    ),
    case(
        "playbook/access-is-granted",
        "handoffs/churn.yml:41",
        (H, "granted_to: [person:tea]", "granted_to: [person:gus]"),
    ),
    case(
        "playbook/access-is-granted",
        "handoffs/churn.yml:42",
        (H, "granted_on: 2026-10-01", "granted_on: 2027-10-01"),
        (H, "revoked_from_on: 2026-11-20", "revoked_from_on: 2027-11-20"),
    ),
    case(
        "ownership/roles-are-named",
        "models/churn.yml:4",
        (M, "{ref: person:tom, role: approver}", "{ref: person:gone, role: approver}"),
        ("people/gone.yml", "", "title: Gone\nleft: 2020-01-01\nemail: g@example.org\n"),
    ),
    case(
        "playbook/playbooks-are-drilled",
        "playbooks/broken.yml:10",
        ("playbooks/broken.yml", "last_drilled: 2026-09-01", "last_drilled: 2027-09-01"),
    ),
    case(
        "acceptance/criterion-recall",
        "handoffs/churn.yml:25",
        (H, "observed: 0.8", 'observed: {from: "reports/m.json#/recall"}'),
        ("reports/m.json", "", '{"recall": NaN}'),
        also=(CONTRADICTION,),
    ),
    case(
        "acceptance/criterion-recall",
        "handoffs/churn.yml:25",
        (H, "observed: 0.8", 'observed: {from: "reports/m.json#/recall"}'),
        ("reports/m.json", "", '{"recall": null}'),
        also=(CONTRADICTION,),
    ),
    case(
        "acceptance/criterion-recall",
        "handoffs/churn.yml:25",
        (H, "observed: 0.8", 'observed: {from: "reports/gone.json#/recall"}'),
        also=(CONTRADICTION,),
    ),
    case(
        "acceptance/criterion-cheap",
        "handoffs/churn.yml:36",
        (H, "waived_by: person:tom", "waived_by: person:zorro"),
        also=(CONTRADICTION,),
    ),
    case(
        "acceptance/criterion-cheap",
        "handoffs/churn.yml:37",
        (H, "waiver_expires: 2027-06-30", "waiver_expires: 2026-06-30"),
    ),
    case(
        "acceptance/both-sides-signed",
        "handoffs/churn.yml:61",
        (H, "  - {role: to, by", "  - {role: approver, by"),
        also=(CONTRADICTION,),
    ),
    case(
        "acceptance/signatures-hold",
        "handoffs/churn.yml:61",
        (H, "It costs nothing.", "It costs nothing."),
        digest="h1:00000000000000000000000000000000",
    ),
    case(
        "acceptance/both-sides-signed",
        "handoffs/churn.yml:62",
        (H, "role: to, by: person:tom", "role: to, by: person:zorro"),
        also=(CONTRADICTION,),
    ),
    case(
        "staleness/scope-is-fresh",
        "datasets/events.yml:7",
        (D, "last_reviewed: 2026-11-01", "last_reviewed: 2024-11-01"),
    ),
    case(
        "staleness/scope-is-watched",
        "datasets/events.yml:1",
        (D, "covers: [training/**]\n", ""),
        (D, "checksum: {alg", "note: {alg"),
    ),
    case("questions/questions-are-answered", "handoffs/churn.yml:46", (H, ", answer: See the decision.", "")),
    case("questions/issues-have-owners", "handoffs/churn.yml:48", (H, ", due: 2027-03-01", "")),
    case(
        "questions/accepted-gaps-hold",
        "handoffs/churn.yml:50",
        (H, "accepted_by: person:tom", "accepted_by: person:zorro"),
        also=(CONTRADICTION,),
    ),
    case("questions/accepted-gaps-hold", "handoffs/churn.yml:50", (H, "until: 2027-01-31", "until: 2026-11-15")),
)
