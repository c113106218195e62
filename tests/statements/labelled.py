"""Sentences with a label: which are to be told, and which let alone; and what lint says of them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.project import load
from mkdocs_handoff.settings import find_settings
from mkdocs_handoff.statements.words import load_words
from tests.projects import write_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

CORPUS = Path(__file__).with_name("corpus")
PARTS = (("told", "alone"), ("told-later", "alone-later"), ("told-last", "alone-last"), ("told-more", "alone-more"))
"""The parts of the corpus, in the order in which they were written: what is to be told, and what let alone."""
DAY = date(2026, 10, 1)
_METRICS = {
    "accuracy": 0.9147, "recall": 0.81, "precision": 0.77, "f1": 0.79, "roc_auc": 0.945, "wer": 0.07, "rmse": 4.2,
    "map": 0.6,
}  # fmt: skip
_HEADS = {
    "model": """---
title: Churn
versions:
  - {version: "1", stage: retired, date: 2025-01-10}
  - {version: "2", stage: production, date: 2026-01-10}
monitors: [{metric: share flagged, threshold: above 5 %}]
decision_thresholds: [{metric: score, value: 0.42}]
---
""",
    "pipeline": "---\ntitle: Train\nruns: [{on: 2026-01-10}]\nsteps: [{id: fit, outputs: [{ref: sums}]}]\n---\n",
    "dataset": "---\ntitle: Sums\n---\n",
}
_FOLDERS = {"model": "models/churn.md", "pipeline": "pipelines/train.md", "dataset": "datasets/sums.md"}
_FILES = {
    "handoff.yml": "namespace: t\n",
    "evaluations/june.yml": "title: June\nmodel: churn@2\nmetrics:\n"
    + "".join(f"  - {{type: {name}, value: {value}}}\n" for name, value in _METRICS.items())
    + "  - {type: mean_absolute_error, value: 3.3, unit: points}\n",
    "models/fraud.md": "# Fraud\n",
    "models/tweets.md": "# Tweets\n",
    "teams/core.yml": "title: Core\nlifecycle: retired\n",
    "people/ann-lee.yml": "title: Ann Lee\n",
} | {
    f"people/{name.casefold().replace(' ', '-')}.yml": f"title: {name}\nleft: 2026-03-01\n"
    for name in ("Jonas Brandt", "Tom Baker", "Maria Lopez", "Will Smith", "May Lindqvist", "Grace Kim")
}


@dataclass(frozen=True)
class Labelled:
    """A sentence, in which kind's prose it stands, which rule is to tell of it (none: it is let alone), and why."""

    text: str
    kind: str
    rule: str
    why: str = ""


@dataclass(frozen=True)
class Outcome:
    """What lint made of labelled sentences.

    Attributes:
        to_be_told: How many are to be told.
        missed: Those of them that are not.
        to_be_let_alone: How many are to be let alone.
        wrong: Those, and those to be told, of which a rule tells that should not.
    """

    to_be_told: int
    missed: tuple[Labelled, ...]
    to_be_let_alone: int
    wrong: tuple[Labelled, ...]

    @property
    def precision(self) -> float:
        """Return the share of the right ones among those that are told."""
        right = self.to_be_told - len(self.missed)
        return right / (right + len(self.wrong))

    @property
    def recall(self) -> float:
        """Return the share of the told ones among those that are to be told."""
        return 1 - len(self.missed) / self.to_be_told


def outcome(sentences: list[Labelled], found: Mapping[Labelled, Counter[str]]) -> Outcome:
    """Return what lint made of sentences."""
    told = [one for one in sentences if one.rule]
    return Outcome(
        len(told),
        tuple(one for one in told if one.rule not in found[one]),
        len(sentences) - len(told),
        tuple(one for one in sentences if set(found[one]) - {one.rule}),
    )


def corpus(*names: str) -> list[Labelled]:
    """Return the sentences of files of the corpus; those of `told` are to be told by the rule that they stand under."""
    return [one for name in names for one in _of_file(name)]


def _of_file(name: str) -> Iterator[Labelled]:
    told = name.startswith("told")
    for kind, groups in tomllib.loads((CORPUS / f"{name}.toml").read_text(encoding="utf-8")).items():
        for group, sentences in groups.items():
            for text in sentences:
                yield Labelled(text, kind, f"prose/{group}" if told else "", "" if told else group)


def lint(folder: Path, sentences: list[Labelled]) -> dict[Labelled, Counter[str]]:
    """Return by which rules lint tells of each sentence, and how often."""
    files = dict(_FILES)
    begins: dict[tuple[str, int], Labelled] = {}
    for kind, path in _FOLDERS.items():
        lines = f"{_HEADS[kind]}\n# Of it\n".split("\n")
        for one in sentences:
            if one.kind == kind:
                lines += ["## Results", "", *one.text.split("\n"), ""]
                begins |= {(path, len(lines) - number): one for number in range(one.text.count("\n") + 2)}
        files[path] = "\n".join(lines)
    found: dict[Labelled, Counter[str]] = {one: Counter() for one in sentences}
    for finding in load(find_settings(write_files(folder, files)), day=DAY).findings:
        if finding.rule.startswith("prose/"):
            found[begins[finding.place.path, finding.place.line]][finding.rule] += 1
    return found


def pretended(files: Iterable[Path], folder: Path) -> Path:
    """Write files that others wrote as records of models, each with facts that its prose cannot agree with."""
    metrics = "\n".join(f"  - {{type: {name}, value: 0.012345}}" for name in load_words({}).metrics)
    for number, path in enumerate(files, 1):
        text = path.read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff")
        body = _FRONT.sub("", text, count=1)
        head = "".join(f"{line}\n" for line in ("---", f"title: M{number}", *_PRETENDED, "---"))
        evaluation = f"title: E{number}\nmodel: m{number}\nmetrics:\n{metrics}\n"
        write_files(folder, {f"models/m{number}.md": head + body, f"evaluations/e{number}.yml": evaluation})
    return write_files(folder, {"handoff.yml": "namespace: t\n"})


_FRONT = re.compile(r"\A---\s*\n.*?\n---\s*(?:\n|\Z)", re.DOTALL)
_PRETENDED = (
    'versions: [{version: "1", stage: production, date: 2001-01-01}]',
    "decision_thresholds: [{metric: score, value: 0.012345}]",
)
