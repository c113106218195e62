"""The four public data sets, as tables with named columns."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn import datasets

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Table:
    """Rows of numbers with a target. `target` holds class numbers or a quantity."""

    name: str
    columns: tuple[str, ...]
    rows: Floats
    target_name: str
    target: Floats
    classes: tuple[str, ...] = ()

    def select(self, columns: tuple[str, ...]) -> Floats:
        """The named columns, in the order asked for."""
        return self.rows[:, [self.columns.index(column) for column in columns]]

    def class_counts(self, index: Ints | None = None) -> dict[str, int]:
        """How many rows each class has, in all rows or in those of `index`."""
        target = self.target if index is None else self.target[index]
        return {name: int((target == number).sum()) for number, name in enumerate(self.classes)}

    def csv_bytes(self) -> bytes:
        """The whole table as CSV: what the checksum in the dataset's report is taken of."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*self.columns, self.target_name])
        for row, target in zip(self.rows.tolist(), self.target.tolist(), strict=True):
            writer.writerow([*row, target])
        return out.getvalue().encode()


def breast_cancer() -> Table:
    """Wisconsin fine-needle aspirates. Class 1 is malignant (scikit-learn has it the other way)."""
    bunch = datasets.load_breast_cancer()
    columns = tuple(str(name).replace(" ", "_") for name in bunch.feature_names)
    target = 1.0 - bunch.target
    return Table("breast-cancer-wisconsin", columns, bunch.data, "malignant", target, ("benign", "malignant"))


def diabetes() -> Table:
    """Disease progression after one year, in measured units (not scikit-learn's scaled copy)."""
    bunch = datasets.load_diabetes(scaled=False)
    names = {
        "bp": "blood_pressure",
        "s1": "tc",
        "s2": "ldl",
        "s3": "hdl",
        "s4": "tch",
        "s5": "ltg",
        "s6": "glu",
    }
    columns = tuple(names.get(name, name) for name in bunch.feature_names)
    return Table("diabetes-progression", columns, bunch.data, "progression", bunch.target.astype(np.float64))


def digits() -> Table:
    """Handwritten digits, 8 by 8 pixels with values from 0 to 16."""
    bunch = datasets.load_digits()
    classes = tuple(str(number) for number in range(10))
    columns = tuple(f"pixel_{row}_{column}" for row in range(8) for column in range(8))
    return Table("handwritten-digits", columns, bunch.data, "digit", bunch.target.astype(np.float64), classes)


def wine() -> Table:
    """Chemical analysis of wines from three cultivars."""
    bunch = datasets.load_wine()
    columns = tuple(name.replace("od280/od315_of_diluted_wines", "od280_od315") for name in bunch.feature_names)
    classes = ("cultivar_1", "cultivar_2", "cultivar_3")
    return Table("wine", columns, bunch.data, "cultivar", bunch.target.astype(np.float64), classes)


def describe(table: Table) -> dict[str, object]:
    """What a dataset card says about a table in numbers."""
    content = table.csv_bytes()
    target: dict[str, object] = {"name": table.target_name}
    if table.classes:
        target["class_counts"] = table.class_counts()
    else:
        target |= _summary(table.target)
    return {
        "dataset": table.name,
        "rows": len(table.rows),
        "input_columns": len(table.columns),
        "columns": {name: _summary(table.rows[:, i]) for i, name in enumerate(table.columns)},
        "target": target,
        "missing_values": int(np.isnan(table.rows).sum()),
        "duplicate_rows": len(table.rows) - len(np.unique(table.rows, axis=0)),
        "csv": {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()},
    }


def _summary(values: Floats) -> dict[str, float | int]:
    return {
        "min": round(float(values.min()), 4),
        "max": round(float(values.max()), 4),
        "mean": round(float(values.mean()), 4),
        "missing": int(np.isnan(values).sum()),
    }
