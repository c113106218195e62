"""Projects of any size, made of records that look like people's: the same size gives the same bytes.

python -m benchmarks.generate FOLDER 1000
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path
from typing import Any

import yaml

Record = dict[str, Any]

# Of twenty records; the rest is a glossary and teams, which grow slowly.
MIX = ("feature",) * 8 + ("dataset",) * 4 + ("model",) * 4 + ("evaluation",) * 3 + ("decision",)
FOLDERS = {"feature": "features", "dataset": "datasets", "model": "models", "evaluation": "evaluations"}
OWNERS = ("accountable", "data steward", "technical owner", "operations")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SUBJECTS = _words(
    "booking invoice visit delivery sensor claim order payment shift pallet ticket meter parcel trip refund"
)
_QUALITIES = _words("late risk churn demand fraud delay volume priority capacity failure price quality return overrun")
_MEASURES = _words("count mean median share age gap rate spread trend maximum")
_WORDS = _words("""
    the of in a is and to we for it with are that from on not by after before when each one night week month
    warehouse customer region planner driver table column value row batch threshold score forecast season holiday source
    measured counted corrected missing shifted doubled trained checked agreed written promised known changed stopped
    because although unless roughly always never early again by hand since last spring without notice
""")
_PERIODS = ("hour", "day", "week", "month", "quarter")


def term(number: int) -> str:
    """Return the words of a glossary term."""
    return f"{_SUBJECTS[number % 15]} {_MEASURES[number // 15 % 10]} {_PERIODS[number // 150 % 5]}"


class Project:
    """The records of a project of `size` records, and how they refer to each other."""

    def __init__(self, size: int, *, markdown: bool = True) -> None:
        self.markdown = markdown
        mix = MIX if markdown else (*MIX[:-1], "dataset")
        self.kinds = [mix[number % len(mix)] for number in range(size)]
        self.numbers = {kind: [n for n, one in enumerate(self.kinds) if one == kind] for kind in set(MIX)}
        self.teams = [f"team-{_SUBJECTS[n % 15]}-{n}" for n in range(3 + size // 200)]
        self.terms = [term(n) for n in range(min(20 + size // 50, 750))]

    def is_markdown(self, number: int) -> bool:
        """Tell whether a record is a Markdown file: decisions, and half of the models."""
        return self.markdown and (
            self.kinds[number] == "decision" or (self.kinds[number] == "model" and number % 2 == 1)
        )

    def name(self, number: int) -> str:
        """Return a record's name, the stem of its file."""
        chance = random.Random(f"name {number}")
        return f"{chance.choice(_SUBJECTS)}-{chance.choice(_QUALITIES)}-{number:05}"

    def reference(self, kind: str, chance: random.Random) -> str:
        """Return the identity of some record of a kind."""
        return f"{kind}:{self.name(chance.choice(self.numbers[kind]))}"

    def references(self, kind: str, count: int, chance: random.Random) -> list[str]:
        """Return the identities of some records of a kind, each once."""
        numbers = self.numbers[kind]
        return [f"{kind}:{self.name(number)}" for number in chance.sample(numbers, min(count, len(numbers)))]

    def sentence(self, chance: random.Random) -> str:
        """Return some ten words, now and then with a term of the glossary."""
        words = [chance.choice(_WORDS) for _ in range(chance.randint(7, 13))]
        if chance.random() < 0.25:
            words[3:3] = [chance.choice(self.terms)]
        return " ".join(words).capitalize() + "."

    def text(self, chance: random.Random, sentences: int) -> str:
        """Return a paragraph."""
        return " ".join(self.sentence(chance) for _ in range(sentences))

    def record(self, number: int) -> Record:
        """Return the fields of a record, as its file has them: forty to sixty lines of YAML."""
        chance = random.Random(f"record {number}")
        kind = self.kinds[number]
        envelope: Record = {
            "kind": kind,
            "title": f"{self.name(number)[:-6].replace('-', ' ').capitalize()} {number}",
            "description": self.text(chance, 2),
            "owners": [
                {"ref": f"team:{team}", "role": role}
                for team, role in zip(chance.sample(self.teams, 2), OWNERS, strict=False)
            ],
            "lifecycle": chance.choice(("active", "active", "active", "draft", "deprecated")),
            "last_reviewed": f"2026-{chance.randint(1, 9):02}-{chance.randint(1, 28):02}",
            "review_every": "6 months",
            "tags": chance.sample(_SUBJECTS, 2),
        }
        own: Record = getattr(self, f"_{kind}")(number, chance)
        return envelope | own

    def _feature(self, _: int, chance: random.Random) -> Record:
        column = f"{chance.choice(_SUBJECTS)}_{chance.choice(_MEASURES)}"
        return {
            "name": column,
            "entities": [{"name": chance.choice(_SUBJECTS), "join_key": f"{chance.choice(_SUBJECTS)}_id"}],
            "value_type": chance.choice(("DOUBLE", "INT64", "STRING")),
            "statistical_type": "continuous",
            "unit": chance.choice(("days", "EUR", "kg")),
            "sources": [
                {"ref": self.reference("dataset", chance), "columns": [column, f"{column}_at"]},
                {"ref": self.reference("dataset", chance), "columns": ["id"]},
            ],
            "transformation": {
                "language": "sql",
                "code": f"select id, avg({column})\nfrom source\nwhere {column} is not null\ngroup by id\n",
                "description": self.text(chance, 2),
            },
            "range": {"min": 0, "max": chance.randint(10, 9999)},
            "null_policy": self.sentence(chance),
            "freshness": "1 day",
            "leakage_notes": self.sentence(chance),
            "notes": self.text(chance, 3),
        }

    def _dataset(self, number: int, chance: random.Random) -> Record:
        # From an earlier one, so that no lineage runs in a circle.
        earlier = [one for one in self.numbers["dataset"] if one < number]
        inputs = [f"dataset:{self.name(chance.choice(earlier))}"] if earlier and chance.random() < 0.5 else []
        return {
            "version": f"{chance.randint(1, 4)}.{chance.randint(0, 20)}",
            "license": "cc-by-4.0",
            "confidentiality": chance.choice(("clear", "green", "amber")),
            "personal_sensitive_information": self.sentence(chance),
            "update_mechanism": self.sentence(chance),
            "files": [
                {
                    "path": f"data/{chance.choice(_SUBJECTS)}.parquet",
                    "encoding_format": "application/vnd.apache.parquet",
                    "size": chance.randint(10_000, 9_000_000),
                    "checksum": {"alg": "SHA-256", "content": f"{chance.getrandbits(256):064x}"},
                }
            ],
            "schema": [
                {
                    "name": f"{chance.choice(_SUBJECTS)}_{measure}",
                    "type": "float64",
                    "unit": chance.choice(("days", "EUR", "kg")),
                    "description": self.sentence(chance),
                }
                for measure in chance.sample(_MEASURES, 3)
            ],
            "limitations": [self.sentence(chance) for _ in range(3)],
            "lineage": [{"inputs": inputs, "transformation": self.sentence(chance)}] if inputs else [],
        }

    def _model(self, _: int, chance: random.Random) -> Record:
        return {
            "version": f"{chance.randint(1, 4)}.{chance.randint(0, 20)}",
            "pipeline_tag": "tabular-classification",
            "library_name": "scikit-learn",
            "risk_level": chance.choice(("high", "medium", "low")),
            "intended_use": {
                "primary_uses": [self.sentence(chance) for _ in range(2)],
                "primary_users": [self.sentence(chance)],
                "out_of_scope_uses": [self.sentence(chance)],
            },
            "limitations": [self.sentence(chance) for _ in range(2)],
            "inputs": [
                {"name": "features", "type": "float64", "shape": ["n", 6], "description": self.sentence(chance)}
            ],
            "outputs": [{"name": "score", "type": "float64", "description": self.sentence(chance)}],
            "features": self.references("feature", 6, chance),
            "training_data": self.references("dataset", 2, chance),
            "deployments": [{"where": "scoring service", "version": "1.2", "since": "2026-02-01"}],
            "consumers": [
                {"system": "planning board", "contact": "planning@example.org", "what_breaks": self.sentence(chance)}
            ],
            "monitors": [{"metric": "null share", "threshold": "0.2", "alert": "page operations"}],
            "reproduce": {"command": "make train", "seed": chance.randint(1, 99), "hardware": "4 cores"},
        }

    def _evaluation(self, _: int, chance: random.Random) -> Record:
        return {
            "model": self.reference("model", chance),
            "dataset": {"ref": self.reference("dataset", chance), "split": "test", "revision": "1.0"},
            "task": {"type": "tabular-classification", "name": "late or not"},
            "date": "2026-05-05",
            "seed": chance.randint(1, 99),
            "environment": {"scikit-learn": "1.5.2", "numpy": "2.1.1"},
            "metrics": [
                {
                    "type": name,
                    "name": name.replace("_", " ").capitalize(),
                    "value": round(chance.uniform(0.6, 0.98), 4),
                    "higher_is_better": True,
                    "threshold": 0.6,
                    "confidence_interval": {"lower": 0.5, "upper": 0.99},
                }
                for name in ("roc_auc", "sensitivity", "specificity")
            ],
            "notes": self.text(chance, 3),
        }

    def _decision(self, _: int, chance: random.Random) -> Record:
        return {"status": "accepted", "date": "2026-03-11", "affects": self.references("model", 2, chance)}

    def prose(self, number: int) -> str:
        """Return the Markdown of a record that is a Markdown file: sections, a list, links in both forms."""
        chance = random.Random(f"prose {number}")
        about = self.reference("dataset", chance)
        parts = []
        for heading in ("Context", "Considered Options", "Decision Outcome", "Consequences"):
            parts += [
                f"## {heading}",
                self.text(chance, 4),
                f"See [[{self.reference('model', chance)}]] and [[{about}]].",
            ]
        parts += ["\n".join(f"- {self.sentence(chance)}" for _ in range(4))]
        return "\n\n".join(parts)


def dump(fields: Record) -> str:
    """Return fields as YAML, dates unquoted as people write them."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(fields, Dumper=dumper, sort_keys=False, allow_unicode=True, width=100)
    return re.sub(r"'(\d{4}-\d\d-\d\d)'", r"\1", text)


def write(folder: Path, size: int, *, markdown: bool = True) -> Project:
    """Write a project of `size` records below `folder`, with a glossary, teams and a builder's configuration.

    Args:
        folder: Where; made if it is not there.
        size: How many records, not counting terms and teams.
        markdown: Whether decisions and every other model are Markdown; else all is YAML, with datasets for decisions.
    """
    project = Project(size, markdown=markdown)
    for number, kind in enumerate(project.kinds):
        fields = project.record(number)
        name = project.name(number)
        if kind == "decision":
            body = f"---\n{dump(fields)}---\n\n# {fields['title']}\n\n{project.prose(number)}\n"
            _write(folder / "docs" / "decisions" / f"{name}.md", body)
        elif project.is_markdown(number):
            body = f"---\n{dump(fields)}---\n\n# {fields['title']}\n\n{project.prose(number)}\n"
            _write(folder / "models" / name / "README.md", body)
        else:
            _write(folder / FOLDERS[kind] / f"{name}.yml", dump(fields))
    for team in project.teams:
        _write(folder / "teams" / f"{team}.yml", dump({"kind": "team", "title": team, "description": "A team."}))
    terms = [
        {"id": words.replace(" ", "-"), "title": words, "definition": f"How often {words} is seen."}
        for words in project.terms
    ]
    _write(folder / "glossary.yml", dump({"terms": terms}))
    _write(folder / "docs" / "index.md", "# Models\n\nWhat we run, and who answers for it.\n")
    _write(folder / "mkdocs.yml", CONFIGURATION + "  - handoff: {}\nnav:\n  - Home: index.md\n")
    return project


CONFIGURATION = """\
site_name: Benchmark
site_url: https://example.org/
theme:
  name: material
  font: false
  features: [navigation.prune]
markdown_extensions:
  - admonition
  - attr_list
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.superfences
plugins:
  - search
"""


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write a project of many records.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("records", type=int)
    parser.add_argument("--yaml", action="store_true", help="no Markdown records")
    options = parser.parse_args()
    write(options.folder, options.records, markdown=not options.yaml)
