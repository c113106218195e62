"""Linear models as plain JSON: fitted by scikit-learn, then rounded, stored and scored from what was stored.

The reports measure the stored coefficients, not the object in memory, so that a model in production and a
model in a report cannot differ.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge

if TYPE_CHECKING:
    from pathlib import Path

    from training.data import Floats


@dataclass(frozen=True)
class LinearModel:
    """`score = ((row - mean) / scale) @ coefficients + intercept`, one column per output."""

    kind: str  # "logistic", "softmax" or "linear"
    inputs: tuple[str, ...]
    mean: Floats
    scale: Floats
    coefficients: Floats  # inputs x outputs
    intercept: Floats

    def score(self, rows: Floats) -> Floats:
        """Probabilities (logistic: by row; softmax: by row and class) or predicted quantities (linear)."""
        raw = ((rows - self.mean) / self.scale) @ self.coefficients + self.intercept
        if self.kind == "softmax":
            powers = np.exp(raw - raw.max(axis=1, keepdims=True))
            return np.asarray(powers / powers.sum(axis=1, keepdims=True))
        column = raw[:, 0]
        return np.asarray(1 / (1 + np.exp(-column))) if self.kind == "logistic" else np.asarray(column)

    def rounded(self) -> LinearModel:
        """The same model with six significant digits: below that, processors and BLAS libraries disagree."""
        return replace(
            self,
            mean=_six_digits(self.mean),
            scale=_six_digits(self.scale),
            coefficients=_six_digits(self.coefficients),
            intercept=_six_digits(self.intercept),
        )

    def to_bytes(self, name: str, version: str) -> bytes:
        content = {
            "model": name,
            "version": version,
            "kind": self.kind,
            "inputs": list(self.inputs),
            "mean": self.mean.tolist(),
            "scale": self.scale.tolist(),
            "coefficients": self.coefficients.tolist(),
            "intercept": self.intercept.tolist(),
        }
        return (json.dumps(content, indent=1) + "\n").encode()


def fit_classifier(rows: Floats, target: Floats, inputs: tuple[str, ...], strength: float) -> LinearModel:
    """Logistic regression (two classes) or softmax (more); `strength` is scikit-learn's C."""
    mean, scale = _standardise(rows)
    model = LogisticRegression(C=strength, solver="newton-cholesky", tol=1e-8, max_iter=500)
    model.fit((rows - mean) / scale, target)
    kind = "logistic" if len(model.classes_) == 2 else "softmax"
    return LinearModel(kind, inputs, mean, scale, model.coef_.T, model.intercept_).rounded()


def fit_regressor(rows: Floats, target: Floats, inputs: tuple[str, ...], penalty: float) -> LinearModel:
    """Ridge regression; a penalty of 0 is ordinary least squares."""
    mean, scale = _standardise(rows)
    model = Ridge(alpha=penalty, solver="cholesky") if penalty else LinearRegression()
    model.fit((rows - mean) / scale, target)
    coefficients = np.asarray(model.coef_).reshape(-1, 1)
    return LinearModel("linear", inputs, mean, scale, coefficients, np.atleast_1d(model.intercept_)).rounded()


def save(model: LinearModel, name: str, version: str, folder: Path) -> dict[str, object]:
    """Write the artifact; give back what a model card says of it."""
    content = model.to_bytes(name, version)
    path = folder / f"{name}-{version}.json"
    path.write_bytes(content)
    return {
        "path": f"{folder.name}/{path.name}",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _standardise(rows: Floats) -> tuple[Floats, Floats]:
    scale = rows.std(axis=0)
    return rows.mean(axis=0), np.where(scale == 0, 1.0, scale)  # some pixels are never inked


def _six_digits(values: Floats) -> Floats:
    flat = [float(f"{value:.6g}") if abs(value) > 1e-9 else 0.0 for value in np.ravel(values)]
    return np.array(flat).reshape(np.shape(values))
