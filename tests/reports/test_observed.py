"""What was observed of a model: where it stands, what it crossed, how far it is from what was accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.observations.thresholds import Unread
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.observed import Observations, Observed, moment, observed
from tests.projects import lint, write_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MODEL = Identity("model", "reader")
HANDOFF = Identity("handoff", "move")
VALUES = (0.5, 0.75, 0.8, 0.5, 0.35, 0.5, 0.72)
FILES = {
    "o.csv": "date,share\n" + "".join(f"2026-11-{day:02},{value}\n" for day, value in enumerate(VALUES, 1)),
    "models/reader.yml": """title: Reader
observations: o.csv
monitors:
  - id: m
    metric: Share
    threshold: above 0.70 or below 0.40
    guardrail: stop
    alert: "#dispatch"
guardrails:
  - {id: stop, condition: c, action: Switch it off, playbook: playbook:adjust}
  - {id: fall, condition: c, metric: share, threshold: below 0.2, playbook: playbook:gone}
decision_thresholds: [{metric: share, value: 0.6}]
""",
    "playbooks/adjust.yml": "title: Adjust\n",
    "handoffs/move.yml": """title: Move
status: accepted
subjects: [model:reader]
dates: {accepted: 2026-11-05}
acceptance_criteria:
  - {id: two-thirds, metric: share, type: metric, operator: ">=", target: 0.66, observed: 0.6, status: waived}
""",
}


def report(root: Path, files: Mapping[str, str]) -> Observed:
    write_files(root, files)
    return observed(lint(root).catalog, root, MODEL)


def test_where_a_metric_stands(tmp_path: Path) -> None:
    (one,) = report(tmp_path, FILES).metrics
    assert (one.metric, one.latest, moment(one.time)) == ("share", 0.72, "2026-11-07")
    assert (one.lowest[0], moment(one.lowest[1])) == (0.35, "2026-11-05")
    assert (one.highest[0], moment(one.highest[1])) == (0.8, "2026-11-03")


def test_a_crossing_names_the_guardrail_and_its_playbook(tmp_path: Path) -> None:
    (one,) = report(tmp_path, FILES).metrics
    monitor, guardrail, decision = one.crossings
    assert (monitor.values, monitor.times) == (4, 3)
    assert [moment(at or 0) for at in (monitor.first, monitor.last, monitor.since)] == [
        "2026-11-02",
        "2026-11-07",
        "2026-11-07",
    ]
    limit = monitor.limit
    assert (limit.guardrail, limit.action, limit.alert) == ("stop", "Switch it off", "#dispatch")
    assert limit.playbook == Identity("playbook", "adjust")
    assert (guardrail.times, guardrail.since, guardrail.limit.guardrail) == (0, None, "fall")
    assert guardrail.limit.playbook is not None
    assert guardrail.limit.playbook.name == "gone"
    assert (decision.limit.what, decision.times) == ("decision threshold", 0)
    assert one.out == (monitor,)


def test_a_metric_that_came_back_is_within_bounds(tmp_path: Path) -> None:
    (one,) = report(tmp_path, {**FILES, "o.csv": FILES["o.csv"] + "2026-11-08,0.5\n"}).metrics
    assert one.out == ()
    assert one.crossings[0].since is None
    assert one.crossings[0].times == 3


def test_divergence_is_from_the_accepted_value_latest_and_since(tmp_path: Path) -> None:
    (one,) = report(tmp_path, FILES).metrics
    found = one.divergence
    assert found is not None
    assert found.baseline.handoff == HANDOFF
    assert found.absolute == pytest.approx(0.12)
    assert found.relative == pytest.approx(0.2)
    assert found.count == 3  # the days from the acceptance on
    assert found.recent == pytest.approx((0.35 + 0.5 + 0.72) / 3)
    assert (found.met, found.recent_met) == (True, False)


def test_nothing_diverges_since_an_acceptance_after_which_nobody_looked(tmp_path: Path) -> None:
    handoff = FILES["handoffs/move.yml"].replace("2026-11-05", "2026-11-20")
    (one,) = report(tmp_path, {**FILES, "handoffs/move.yml": handoff}).metrics
    assert one.baseline is not None
    assert one.divergence is None


@pytest.mark.parametrize(("unit", "crossed"), [("s", None), ("ms", True), ("", True)])
def test_a_threshold_in_another_unit_than_the_values_is_not_held_against_them(
    tmp_path: Path, unit: str, crossed: bool | None
) -> None:
    model = f"title: R\nobservations: [{{file: o.csv, unit: '{unit}'}}]\n"
    model += "monitors: [{id: m, metric: share, unit: ms, threshold: above 0.70}]\n"
    (one,) = report(tmp_path, {"o.csv": FILES["o.csv"], "models/reader.yml": model}).metrics
    (crossing,) = one.crossings
    assert (crossing.since is not None) is bool(crossed)
    assert isinstance(crossing.limit.threshold, Unread) is (crossed is None)
    assert one.unit == (unit or "ms")
    rules = [finding.rule for finding in lint(tmp_path).findings if finding.rule.startswith("observations/")]
    assert rules == ([] if crossed else ["observations/threshold"])


def test_the_last_accepted_handoff_counts_and_none_that_came_to_nothing(tmp_path: Path) -> None:
    def moved(status: str, day: str, value: float) -> str:
        text = FILES["handoffs/move.yml"].replace("status: accepted", f"status: {status}")
        return text.replace("2026-11-05", day).replace("observed: 0.6", f"observed: {value}")

    files = {
        **FILES,
        "handoffs/early.yml": moved("completed", "2026-01-01", 0.1),
        "handoffs/late.yml": moved("rejected", "2026-12-01", 0.2),
        "handoffs/next.yml": moved("in-progress", "2026-12-01", 0.3),
    }
    (one,) = report(tmp_path, files).metrics
    assert one.baseline is not None
    assert (one.baseline.handoff, one.baseline.value) == (HANDOFF, 0.6)


def test_what_an_evaluation_measured_stands_in_for_what_nobody_wrote_down(tmp_path: Path) -> None:
    files = {
        **FILES,
        "handoffs/move.yml": FILES["handoffs/move.yml"].replace("observed: 0.6", "record: evaluation:test"),
        "evaluations/test.yml": "title: T\nmodel: model:reader\n"
        "metrics: [{name: share, slice: night, value: 0.1}, {name: share, value: 0.55}]\n",
    }
    (one,) = report(tmp_path, files).metrics
    assert one.baseline is not None
    assert (one.baseline.value, one.baseline.source) == (0.55, Identity("evaluation", "test"))


def test_a_criterion_tells_the_good_side_of_a_bare_number(tmp_path: Path) -> None:
    text = FILES["models/reader.yml"].replace("threshold: below 0.2", "threshold: 0.2")
    (one,) = report(tmp_path, {**FILES, "models/reader.yml": text}).metrics
    assert str(one.crossings[1].limit.threshold) == "below 0.2"
    (alone,) = report(tmp_path, {"handoffs/move.yml": "title: M\n"}).metrics
    assert isinstance(alone.crossings[1].limit.threshold, Unread)


def test_a_handoff_tells_what_is_not_observed(tmp_path: Path) -> None:
    text = FILES["handoffs/move.yml"] + "  - {id: speed, type: metric, operator: '<=', target: 20, status: open}\n"
    write_files(tmp_path, {**FILES, "handoffs/move.yml": text})
    catalog = lint(tmp_path).catalog
    seen = Observations(catalog, tmp_path)
    share, speed = seen.since(HANDOFF)
    assert share.observed is seen.of(MODEL).metrics[0]
    assert share.divergence is not None
    assert (speed.model, speed.observed, speed.divergence, speed.baseline.value) == (MODEL, None, None, None)


def test_a_model_without_observations_and_one_whose_file_is_gone(tmp_path: Path) -> None:
    assert report(tmp_path, {"models/reader.yml": "title: R\n"}) == Observed(MODEL)
    found = report(tmp_path, {"models/reader.yml": "title: R\nobservations: gone.csv\n"})
    assert [str(one) for one in found.problems] == ["gone.csv does not exist"]
