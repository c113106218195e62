"""What the form desk's job would have logged of scanner 3: the test rows of the digits, replayed day by day.

    python -m observations.replay            # from the folder that holds mkdocs.yml
    python -m observations.replay --check    # write nothing; fail where the file would change

The company is invented, and so are its days; the values are not. Each working day the artifact of version 1.2 reads 160
rows that training has not seen, drawn with one seed. On the days on which the scanner had moved, each image is shifted
by two pixels to the right, as in experiments/shifted-scans.yml.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from training import data
from training.linear import LinearModel

SEED = 20260203
FIRST, LAST = date(2026, 2, 3), date(2026, 11, 6)  # version 1.2 went live on the first
MOVED = (date(2026, 3, 16), date(2026, 3, 17), date(2026, 6, 22))  # playbooks/scanner-adjustment.yml, `drills`
A_DAY = 160
MINIMUM_CONFIDENCE = 0.9  # decision 0005


def main(root: Path, *, check: bool) -> int:
    file = root / "observations" / "digit-reader.csv"
    text = replayed(model(root / "artifacts" / "digit-reader-1.2.json"))
    if not check:
        file.write_text(text, encoding="utf-8", newline="")
        return 0
    if file.is_file() and file.read_bytes() == text.encode():
        return 0
    print(f"would change: {file.relative_to(root)}", file=sys.stderr)
    return 1


def model(path: Path) -> LinearModel:
    """Read an artifact."""
    held = json.loads(path.read_text(encoding="utf-8"))
    arrays = (np.array(held[name]) for name in ("mean", "scale", "coefficients", "intercept"))
    return LinearModel(held["kind"], tuple(held["inputs"]), *arrays)


def replayed(reader: LinearModel) -> str:
    """Return a line for each working day: how many of the digits were accepted, and how many were read rightly."""
    table = data.digits()
    unseen = np.arange(len(table.rows) - int(len(table.rows) * 0.3), len(table.rows))
    draw = np.random.default_rng(SEED)
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(("date", "scanner", "accepted", "accuracy"))
    day = FIRST
    while day <= LAST:
        if day.weekday() < 5:
            rows = draw.choice(unseen, A_DAY, replace=False)
            images = table.rows[rows].reshape(-1, 8, 8)
            if day in MOVED:
                images = np.roll(images, 2, axis=2)
            probability = reader.score(images.reshape(-1, 64))
            right = probability.argmax(axis=1) == table.target[rows]
            sure = probability.max(axis=1) >= MINIMUM_CONFIDENCE
            lines.writerow((day.isoformat(), 3, f"{sure.mean():.4f}", f"{right.mean():.4f}"))
        day += timedelta(days=1)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent.parent, check="--check" in sys.argv[1:]))
