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
    case("ownership/owners-are-there", "features/age.yml:", ("features/age.yml", "owners: team:givers\n", "")),
    case(
        "ownership/owners-are-there",
        "features/age.yml:",
        ("features/age.yml", "team:givers", "person:gone"),
        ("people/gone.yml", "", "title: Gone\nleft: 2026-01-01\nemail: g@example.org\n"),
    ),
    case("ownership/roles-are-named", M, (M, "  - {ref: person:tom, role: approver}\n", "")),
    case(
        "ownership/receiving-team-exists",
        H,
        ("teams/takers.yml", "members:", "lifecycle: retired\nmembers:"),
        also=("ownership/owners-are-there", "staleness/scope-is-fresh"),
    ),
    case(
        "ownership/receiving-team-has-two", "teams/takers.yml:", ("people/tom.yml", "email", "left: 2026-11-15\nemail")
    ),
    case("ownership/people-are-members", H, (H, "to_people: [person:tea", "to_people: [person:gus")),
    case(
        "ownership/owner-is-taker",
        M,
        (M, "  - team:takers\n", "  - team:givers\n"),
        also=(CONTRADICTION, "ownership/codeowners-agree"),
    ),
    case("ownership/codeowners-agree", M, (".github/CODEOWNERS", "@acme/takers", "@acme/givers")),
    case("knowledge map/subjects-are-ready", M, (M, "limitations: [It has seen no customer of the last month]\n", "")),
    case(
        "knowledge map/unknowns-are-accepted",
        M,
        (M, "covers:", "schedule: {unknown: nobody could say}\ncovers:"),
        state=UNKNOWN,
    ),
    case(
        "knowledge map/unknowns-are-accepted",
        M,
        (M, "covers:", "cost: {unknown: nobody counts it}\ncovers:"),
        state=WAIVED,
    ),
    case("knowledge map/records-are-valid", M, (M, "lifecycle: active", "lifecycle: actve")),
    case("knowledge map/nothing-is-wanted", M, (M, "decisions: [", "decisions: [decision:0009-something-else, ")),
    case("knowledge map/links-are-known", D, (D, "collection: From the shop, every night.\n", "")),
    case(
        "interface/inputs-are-described", M, (M, "    type: float64\n", ""), also=("knowledge map/subjects-are-ready",)
    ),
    case("interface/outputs-are-described", M, (M, "    shape: [1, 2]\n", "")),
    case("interface/interface-agrees", "features/age.yml:", ("features/age.yml", "columns: [age]", "columns: [agee]")),
    case(
        "vocabulary/terms-are-defined",
        "glossary.yml:",
        ("glossary.yml", "definition: The share of those who leave that is flagged, ", ""),
    ),
    case("vocabulary/no-discouraged-words", M, (M, "every night.", "every night, with a good hit rate.")),
    case(
        "vocabulary/metrics-are-explained",
        "evaluations/churn-test.yml:",
        ("evaluations/churn-test.yml", "type: recall, name: Recall", "type: lift, name: Lift"),
    ),
    case(
        "decisions/models-have-decisions",
        M,
        ("decisions/0002-nightly.md", "status: accepted", "status: proposed"),
        also=("staleness/scope-is-watched",),
    ),
    case(
        "decisions/none-is-superseded",
        "evaluations/churn-test.yml:",
        ("evaluations/churn-test.yml", "covers:", "decisions: [decision:0001-weekly]\ncovers:"),
    ),
    case(
        "decisions/deviations-have-reasons",
        "decisions/0002-nightly.md:",
        ("decisions/0002-nightly.md", "  rationale: customers leave within a week\n", ""),
    ),
    case(
        "reproducibility/way-is-named",
        M,
        (M, "  pipeline: pipeline:churn\n", ""),
        ("pipelines/churn.yml", '      - {ref: "model:churn", version: "1.0"}\n', ""),
        also=("knowledge map/subjects-are-ready", "knowledge map/links-are-known", "reproducibility/last-run-matches"),
    ),
    case("reproducibility/commit-is-stated", M, (M, "  commit: 4f2a9c1b07de\n", "")),
    case(
        "reproducibility/lock-file-exists", M, (M, "lockfile: training/requirements.txt", "lockfile: training/lock.txt")
    ),
    case(
        "reproducibility/checksums-are-stated",
        M,
        (M, "        checksum: {alg", "        size: 8\n        note: {alg"),
        also=("knowledge map/links-are-known",),
    ),
    case("reproducibility/last-run-matches", P, (P, "result: same", "result: different")),
    case("reproducibility/files-were-compared", M, (M, "matched: 1, of: 1", "matched: 1, of: 2")),
    case("reproducibility/files-were-compared", M, (M, "matched: 1, of: 1", "matched: 0, of: 0")),
    case(
        "reproducibility/files-were-compared",
        M,
        (M, "verified: {on: 2026-11-01, by: person:tea, matched: 1, of: 1}\n", ""),
    ),
    case(
        "reproducibility/receiving-side-made-it",
        H,
        (H, "reproduction:\n  by: person:tea", "reproduction:\n  by: person:gus"),
    ),
    case(
        "data/data-have-cards",
        M,
        (M, "evaluation_data:\n  - ref: dataset:events", "evaluation_data:\n  - ref: https://example.org/data"),
    ),
    case("data/data-have-versions", D, (D, 'version: "3"\n', ""), (D, "files:\n", "files:\n  - more.csv\n")),
    case("data/data-access-is-described", D, (D, "access:\n  - {system: shop, how: Ask Gus}\n", "")),
    case("data/licences-are-stated", D, (D, "license: cc-by-4.0\n", "")),
    case("data/personal-information-is-stated", D, (D, "personal_sensitive_information: Customer numbers.\n", "")),
    case(
        "data/personal-information-is-stated", D, (D, "Customer numbers.", "{unknown: asked the shop}"), state=UNKNOWN
    ),
    case("data/quality-holds", D, (D, "success: true", "success: false")),
    case(
        "operations/deployments-are-named",
        M,
        (M, '{where: host one, version: "1.0"}', "{where: host one}"),
        also=("knowledge map/subjects-are-ready",),
    ),
    case("operations/consumers-can-be-reached", M, (M, "contact: team:takers, what", "contact: nobody, what")),
    case(
        "operations/system-access-is-described",
        M,
        (M, "{system: host one, how: Ask Tea}", "{system: host one}"),
        also=("knowledge map/subjects-are-ready",),
    ),
    case("operations/monitors-alert", M, (M, "    playbook: playbook:take-back\nguardrails", "guardrails")),
    case(
        "operations/observed-is-normal",
        M,
        (M, "covers:", "observations: [{file: observations/churn.csv}]\ncovers:"),
        ("observations/churn.csv", "", "time,share flagged\n2026-11-20,0.2\n2026-11-21,0.7\n"),
    ),
    case("guardrails/guardrails-are-complete", H, (H, ", action: it waits, owner: person:tom", ", action: it waits")),
    case(
        "guardrails/guardrail-playbooks-exist",
        M,
        (M, "    playbook: playbook:take-back\nplaybooks", "    playbook: playbook:something-else\nplaybooks"),
        also=("knowledge map/nothing-is-wanted",),
    ),
    case("playbook/rollback-is-written", M, ("playbooks/take-back.yml", "type: rollback", "type: runbook")),
    case("playbook/incident-is-written", M, ("playbooks/broken.yml", "type: incident", "type: rollback")),
    case(
        "playbook/playbooks-are-drilled",
        "playbooks/broken.yml:",
        ("playbooks/broken.yml", "last_drilled: 2026-09-01", "last_drilled: 2026-03-01"),
    ),
    case("playbook/steps-are-complete", "playbooks/move.yml:", ("playbooks/move.yml", "expected: Questions, ", "")),
    case("playbook/steps-are-done", H, (H, "status: skipped, note: They have had them all along", "status: skipped")),
    case("playbook/access-is-granted", H, (H, "    granted_on: 2026-10-01\n", "")),
    case("playbook/access-is-revoked", H, (H, "    revoked_from_on: 2026-11-20\n", "")),
    case(
        "acceptance/criteria-are-agreed",
        H,
        (H, "acceptance_criteria:", "not_criteria:"),
        also=("knowledge map/subjects-are-ready",),
    ),
    case(
        "acceptance/criterion-recall",
        H,
        (H, "status: pass\n    record", "status: open\n    record"),
        also=(CONTRADICTION,),
    ),
    case("acceptance/criterion-cheap", H, (H, "waiver_expires: 2027-06-30", "waiver_expires: 2026-06-30")),
    case("acceptance/both-sides-signed", H, (H, "  - {role: to, by", "  - {role: approver, by"), also=(CONTRADICTION,)),
    case(
        "acceptance/signatures-hold",
        H,
        (H, "It costs nothing.", "It costs nothing."),
        digest="h1:00000000000000000000000000000000",
    ),
    case("staleness/scope-is-fresh", D, (D, "last_reviewed: 2026-11-01", "last_reviewed: 2024-11-01")),
    case("staleness/scope-is-watched", D, (D, "covers: [training/**]\n", ""), (D, "checksum: {alg", "note: {alg")),
    case("questions/questions-are-answered", H, (H, ", answer: See the decision.", "")),
    case("questions/issues-have-owners", H, (H, ", due: 2027-03-01", "")),
    case("questions/accepted-gaps-hold", H, (H, "until: 2027-01-31", "until: 2026-01-31")),
)
