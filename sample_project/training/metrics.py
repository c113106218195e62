"""Metrics with bootstrap confidence intervals."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.stats import rankdata

from training.data import Floats

RESAMPLES = 2000
Metric = Callable[[Floats, Floats], float]


def roc_auc(truth: Floats, score: Floats) -> float:
    """The chance that a positive case scores higher than a negative one."""
    positives = int(truth.sum())
    negatives = len(truth) - positives
    ranks = rankdata(score)
    return float((ranks[truth == 1].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def sensitivity(truth: Floats, flagged: Floats) -> float:
    """Of the positive cases, the part that was flagged."""
    return float(flagged[truth == 1].mean())


def specificity(truth: Floats, flagged: Floats) -> float:
    """Of the negative cases, the part that was not flagged."""
    return float(1 - flagged[truth == 0].mean())


def brier(truth: Floats, probability: Floats) -> float:
    """Mean squared distance between probability and outcome: lower is better calibrated."""
    return float(((probability - truth) ** 2).mean())


def accuracy(truth: Floats, predicted: Floats) -> float:
    return float((truth == predicted).mean())


def mean_absolute_error(truth: Floats, predicted: Floats) -> float:
    return float(np.abs(truth - predicted).mean())


def r_squared(truth: Floats, predicted: Floats) -> float:
    return float(1 - ((truth - predicted) ** 2).sum() / ((truth - truth.mean()) ** 2).sum())


def with_interval(metric: Metric, truth: Floats, predicted: Floats, seed: int) -> dict[str, float]:
    """A metric with its 95 % interval from resampling the test rows."""
    generator = np.random.default_rng(seed)
    values: list[float] = []
    while len(values) < RESAMPLES:
        index = generator.integers(0, len(truth), len(truth))
        if truth[index].min() == truth[index].max():
            continue  # a resample with one class only has no such metric
        values.append(metric(truth[index], predicted[index]))
    lower, upper = np.percentile(values, [2.5, 97.5])
    return {"value": rounded(metric(truth, predicted)), "lower": rounded(lower), "upper": rounded(upper)}


def rounded(value: float | np.floating) -> float:
    return round(float(value), 4)
