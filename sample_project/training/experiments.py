"""The questions behind the records in `experiments/`, answered with the code that trains the models."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.model_selection import StratifiedKFold, train_test_split

from training import metrics
from training.linear import fit_classifier, fit_regressor
from training.metrics import rounded

if TYPE_CHECKING:
    from training.data import Floats, Ints, Table


def out_of_fold(rows: Floats, target: Floats, inputs: tuple[str, ...], strength: float, seed: int) -> Floats:
    """Probability of each row from a model that did not see it (ten folds)."""
    result = np.zeros(len(rows))
    folds = StratifiedKFold(n_splits=10, shuffle=True, random_state=seed)
    for train, test in folds.split(rows, target):
        result[test] = fit_classifier(rows[train], target[train], inputs, strength).score(rows[test])
    return result


def fewer_inputs(table: Table, train: Ints, groups: dict[str, tuple[str, ...]], seed: int) -> dict[str, object]:
    """Does fna-triage need all thirty measurements? Measured on training rows only."""
    arms: dict[str, object] = {}
    target = table.target[train]
    for name, columns in groups.items():
        score = out_of_fold(table.select(columns)[train], target, columns, 0.1, seed)
        arms[name] = {
            "inputs": len(columns),
            "roc_auc": metrics.with_interval(metrics.roc_auc, target, score, seed),
        }
    return {"experiment": "fewer-inputs", "rows": len(train), "arms": arms}


def writer_leak(table: Table, strength: float, seed: int) -> dict[str, object]:
    """Does a shuffled split of the digits flatter the model? Rows of one writer stand together."""
    share = 0.3
    everything = np.arange(len(table.rows))
    repeats = []
    for repeat in range(10):
        train, test = train_test_split(everything, test_size=share, random_state=seed + repeat, stratify=table.target)
        repeats.append(_digit_accuracy(table, train, test, strength))
    cut = len(everything) - int(len(everything) * share)
    in_order = _digit_accuracy(table, everything[:cut], everything[cut:], strength)
    return {
        "experiment": "writer-leak",
        "shuffled": {
            "mean": rounded(np.mean(repeats)),
            "min": min(repeats),
            "max": max(repeats),
            "repeats": 10,
        },
        "in_file_order": in_order,
        "difference": rounded(np.mean(repeats) - in_order),
    }


def shifted_scans(table: Table, train: Ints, test: Ints, strength: float, minimum: float) -> dict[str, object]:
    """What does a scanner that sits one or two pixels off do to digit-reader?"""
    model = fit_classifier(table.rows[train], table.target[train], table.columns, strength)
    images = table.rows[test].reshape(-1, 8, 8)
    shifts = {
        "none": images,
        "right_1": np.roll(images, 1, axis=2),
        "left_1": np.roll(images, -1, axis=2),
        "down_1": np.roll(images, 1, axis=1),
        "right_2": np.roll(images, 2, axis=2),
    }
    arms: dict[str, object] = {}
    for name, shifted in shifts.items():
        probability = model.score(shifted.reshape(-1, 64))
        right = probability.argmax(axis=1) == table.target[test]
        sure = probability.max(axis=1) >= minimum
        arms[name] = {
            "accuracy": rounded(right.mean()),
            "accepted": rounded(sure.mean()),
            "accepted_but_wrong": int((sure & ~right).sum()),
        }
    return {"experiment": "shifted-scans", "rows": len(test), "minimum_confidence": minimum, "arms": arms}


def without_sex(table: Table, train: Ints, test: Ints, inputs: tuple[str, ...], penalty: float) -> dict[str, object]:
    """What does visit-priority lose by not knowing a patient's sex?"""
    arms: dict[str, object] = {}
    sex = table.select(("sex",))[test][:, 0]
    truth = table.target[test]
    for name, columns in {"without_sex": inputs, "with_sex": (*inputs, "sex")}.items():
        model = fit_regressor(table.select(columns)[train], table.target[train], columns, penalty)
        predicted = model.score(table.select(columns)[test])
        arms[name] = {
            "mean_absolute_error": rounded(metrics.mean_absolute_error(truth, predicted)),
            "mean_error_sex_1": rounded((predicted - truth)[sex == 1].mean()),
            "mean_error_sex_2": rounded((predicted - truth)[sex == 2].mean()),
        }
    return {"experiment": "visits-without-sex", "rows": len(test), "arms": arms}


def _digit_accuracy(table: Table, train: Ints, test: Ints, strength: float) -> float:
    model = fit_classifier(table.rows[train], table.target[train], table.columns, strength)
    return rounded(metrics.accuracy(table.target[test], model.score(table.rows[test]).argmax(axis=1)))
