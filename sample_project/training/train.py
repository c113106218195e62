"""Train every model, measure it, and write artifacts and reports.

    python -m training.train            # all, from the folder that holds mkdocs.yml
    python -m training.train --check    # write nothing; fail where a file would change

The same pinned libraries give the same bytes: one seed, coefficients rounded before they are measured, no
timestamps.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import tempfile
from importlib.metadata import version as library_version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.model_selection import StratifiedKFold, train_test_split

from training import data, experiments, metrics
from training.linear import fit_classifier, fit_regressor, save
from training.metrics import rounded, with_interval

if TYPE_CHECKING:
    from training.data import Floats, Ints, Table
    from training.linear import LinearModel

SEED = 20250301
MINIMUM_SENSITIVITY = 0.98  # decision 0003
MINIMUM_CONFIDENCE = 0.9  # decision 0005
VISIT_INPUTS = ("bmi", "blood_pressure", "hdl", "ltg")  # decision 0006

Report = dict[str, object]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Train every model, measure it, write artifacts and reports.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file would change")
    options = parser.parse_args(arguments)
    root = Path(__file__).resolve().parent.parent
    if not options.check:
        run(root)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder))
        changed = [
            str(new.relative_to(folder))
            for new in sorted(Path(folder).rglob("*.*"))
            if not (old := root / new.relative_to(folder)).is_file() or old.read_bytes() != new.read_bytes()
        ]
    for name in changed:
        print(f"would change: {name}", file=sys.stderr)
    return 1 if changed else 0


def run(root: Path) -> None:
    """Write `artifacts/` and `reports/` under `root`."""
    artifacts, reports = root / "artifacts", root / "reports"
    artifacts.mkdir(exist_ok=True)
    reports.mkdir(exist_ok=True)
    for table in (data.breast_cancer(), data.diabetes(), data.digits(), data.wine()):
        _write(reports / f"{table.name}.json", data.describe(table))
    fna_triage(artifacts, reports)
    visit_priority(artifacts, reports)
    digit_reader(artifacts, reports)
    cultivar_check(artifacts, reports)


def fna_triage(artifacts: Path, reports: Path) -> None:
    """Version 1.0 with thirty inputs and the cut at 0.5; version 2.0 with ten inputs and a chosen cut."""
    table = data.breast_cancer()
    groups = {
        "all_30": table.columns,
        "mean_10": table.columns[:10],
        "error_10": table.columns[10:20],
        "worst_10": table.columns[20:],
    }
    train, test = _split(table, 0.3, stratify=True)
    _write(reports / "experiment-fewer-inputs.json", experiments.fewer_inputs(table, train, groups, SEED))

    worst = groups["worst_10"]
    unseen = experiments.out_of_fold(table.select(worst)[train], table.target[train], worst, 0.1, SEED)
    sweep = _threshold_sweep(table.target[train], unseen)
    (reports / "threshold_sweep.csv").write_text(_as_csv(sweep), newline="")
    chosen = max(float(row["threshold"]) for row in sweep if float(row["sensitivity"]) >= MINIMUM_SENSITIVITY)

    small = table.select(("mean_radius",))[:, 0] < np.median(table.select(("mean_radius",))[train])
    for version, columns, threshold in (("1.0", table.columns, 0.5), ("2.0", worst, chosen)):
        model = fit_classifier(table.select(columns)[train], table.target[train], columns, 0.1)
        truth, probability = table.target[test], model.score(table.select(columns)[test])
        flagged = (probability >= threshold).astype(np.float64)
        report = _header("fna-triage", version, table, (train, test), model) | {
            "threshold": threshold,
            "metrics": {
                "roc_auc": with_interval(metrics.roc_auc, truth, probability, SEED),
                "sensitivity": with_interval(metrics.sensitivity, truth, flagged, SEED),
                "specificity": with_interval(metrics.specificity, truth, flagged, SEED),
                "brier": with_interval(metrics.brier, truth, probability, SEED),
            },
            "confusion": _confusion(truth, flagged),
            "slices": {
                name: {
                    "rows": int(part.sum()),
                    "malignant": int(truth[part].sum()),
                    "missed": int(((truth == 1) & (flagged == 0) & part).sum()),
                    "sensitivity": rounded(metrics.sensitivity(truth[part], flagged[part])),
                    "specificity": rounded(metrics.specificity(truth[part], flagged[part])),
                }
                for name, part in {"small_nuclei": small[test], "large_nuclei": ~small[test]}.items()
            },
            "artifact": save(model, "fna-triage", version, artifacts),
        }
        _write(reports / ("fna-triage.json" if version == "2.0" else "fna-triage-1.0.json"), report)


def visit_priority(artifacts: Path, reports: Path) -> None:
    """The retired progression-score (least squares, all columns) and visit-priority (ridge, four columns)."""
    table = data.diabetes()
    train, test = _split(table, 0.3, stratify=False)
    truth = table.target[test]
    age, sex = table.select(("age",))[test][:, 0], table.select(("sex",))[test][:, 0]
    parts = {"sex_1": sex == 1, "sex_2": sex == 2, "under_50": age < 50, "from_50": age >= 50}
    for name, version, columns, penalty in (
        ("progression-score", "1.0", table.columns, 0.0),
        ("visit-priority", "1.1", VISIT_INPUTS, 10.0),
    ):
        model = fit_regressor(table.select(columns)[train], table.target[train], columns, penalty)
        predicted = model.score(table.select(columns)[test])
        guess = np.full(len(truth), table.target[train].mean())
        top = len(truth) // 5
        found = np.isin(np.argsort(-predicted, kind="stable")[:top], np.argsort(-truth, kind="stable")[:top]).mean()
        report = _header(name, version, table, (train, test), model) | {
            "metrics": {
                "mean_absolute_error": with_interval(metrics.mean_absolute_error, truth, predicted, SEED),
                "r_squared": with_interval(metrics.r_squared, truth, predicted, SEED),
                "top_fifth_found": {"value": rounded(found)},
            },
            "baseline": {"mean_absolute_error": rounded(metrics.mean_absolute_error(truth, guess))},
            "coefficients": {
                column: rounded(value) for column, value in zip(columns, model.coefficients[:, 0], strict=True)
            },
            "slices": {
                part: {
                    "rows": int(rows.sum()),
                    "mean_absolute_error": rounded(metrics.mean_absolute_error(truth[rows], predicted[rows])),
                    "mean_error": rounded((predicted - truth)[rows].mean()),
                }
                for part, rows in parts.items()
            },
            "artifact": save(model, name, version, artifacts),
        }
        _write(reports / f"{name}.json", report)
    result = experiments.without_sex(table, train, test, VISIT_INPUTS, 10.0)
    _write(reports / "experiment-visits-without-sex.json", result)


def digit_reader(artifacts: Path, reports: Path) -> None:
    """Softmax over 64 pixels; the test is the end of the file, because rows of one writer stand together."""
    table = data.digits()
    cut = len(table.rows) - int(len(table.rows) * 0.3)
    train, test = np.arange(cut), np.arange(cut, len(table.rows))
    strength = 0.05
    model = fit_classifier(table.rows[train], table.target[train], table.columns, strength)
    truth, probability = table.target[test], model.score(table.rows[test])
    predicted = probability.argmax(axis=1).astype(np.float64)
    sure = probability.max(axis=1) >= MINIMUM_CONFIDENCE
    wrong = predicted != truth
    report = _header("digit-reader", "1.2", table, (train, test), model) | {
        "minimum_confidence": MINIMUM_CONFIDENCE,
        "metrics": {
            "accuracy": with_interval(metrics.accuracy, truth, predicted, SEED),
            "accepted": {"value": rounded(sure.mean())},
            "accuracy_when_accepted": with_interval(metrics.accuracy, truth[sure], predicted[sure], SEED),
        },
        "accepted_but_wrong": int((sure & wrong).sum()),
        "slices": {
            f"digit_{digit}": {
                "rows": int((truth == digit).sum()),
                "accuracy": rounded(1 - wrong[truth == digit].mean()),
                "accepted": rounded(sure[truth == digit].mean()),
            }
            for digit in range(10)
        },
        "artifact": save(model, "digit-reader", "1.2", artifacts),
    }
    _write(reports / "digit-reader.json", report)
    _write(reports / "experiment-writer-leak.json", experiments.writer_leak(table, strength, SEED))
    shifted = experiments.shifted_scans(table, train, test, strength, MINIMUM_CONFIDENCE)
    _write(reports / "experiment-shifted-scans.json", shifted)


def cultivar_check(artifacts: Path, reports: Path) -> None:
    """A draft: too few rows for a test set, so every row is judged by a model that did not see it."""
    table = data.wine()
    everything = np.arange(len(table.rows))
    predicted = np.zeros(len(table.rows))
    for train, test in StratifiedKFold(n_splits=5, shuffle=True, random_state=SEED).split(table.rows, table.target):
        fold = fit_classifier(table.rows[train], table.target[train], table.columns, 0.1)
        predicted[test] = fold.score(table.rows[test]).argmax(axis=1)
    model = fit_classifier(table.rows, table.target, table.columns, 0.1)
    report = _header("cultivar-check", "0.1", table, (everything, everything), model) | {
        "metrics": {"accuracy": with_interval(metrics.accuracy, table.target, predicted, SEED)},
        "wrong": int((predicted != table.target).sum()),
        "artifact": save(model, "cultivar-check", "0.1", artifacts),
    }
    _write(reports / "cultivar-check.json", report)


def _split(table: Table, share: float, *, stratify: bool) -> tuple[Ints, Ints]:
    train, test = train_test_split(
        np.arange(len(table.rows)),
        test_size=share,
        random_state=SEED,
        stratify=table.target if stratify else None,
    )
    return np.sort(train), np.sort(test)


def _header(name: str, version: str, table: Table, split: tuple[Ints, Ints], model: LinearModel) -> Report:
    train, test = split
    rows: Report = {"dataset": table.name, "all": len(table.rows), "train": len(train), "test": len(test)}
    if table.classes:
        rows["train_classes"] = table.class_counts(train)
        rows["test_classes"] = table.class_counts(test)
    outputs = model.coefficients.shape[1]
    return {
        "model": name,
        "version": version,
        "seed": SEED,
        "rows": rows,
        "input": {"shape": [-1, len(model.inputs)], "names": list(model.inputs)},
        "output": {"shape": [-1, outputs] if outputs > 1 else [-1]},
        "libraries": {library: library_version(library) for library in ("scikit-learn", "numpy", "scipy")},
    }


def _threshold_sweep(truth: Floats, probability: Floats) -> list[dict[str, float | int]]:
    """What each cut costs and misses, on rows that the scoring model did not see."""
    rows: list[dict[str, float | int]] = []
    for percent in range(5, 100, 5):
        flagged = (probability >= percent / 100).astype(np.float64)
        counts = _confusion(truth, flagged)
        rows.append(
            {
                "threshold": percent / 100,
                "sensitivity": rounded(metrics.sensitivity(truth, flagged)),
                "specificity": rounded(metrics.specificity(truth, flagged)),
                "missed": counts["missed"],
                "false_alarms": counts["false_alarms"],
            }
        )
    return rows


def _confusion(truth: Floats, flagged: Floats) -> dict[str, int]:
    return {
        "found": int(((truth == 1) & (flagged == 1)).sum()),
        "missed": int(((truth == 1) & (flagged == 0)).sum()),
        "false_alarms": int(((truth == 0) & (flagged == 1)).sum()),
        "passed": int(((truth == 0) & (flagged == 0)).sum()),
    }


def _as_csv(rows: list[dict[str, float | int]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _write(path: Path, content: Report) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", newline="")


if __name__ == "__main__":
    sys.exit(main())
