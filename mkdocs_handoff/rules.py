"""What is written of each rule: why it exists, an example, how to mend it. The text stands in `rules.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_name("rules.toml")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as documented.

    Attributes:
        name: `family/name`, as findings carry it.
        severity: What its findings usually weigh.
        summary: One line: what is wrong.
        why: Why that matters to whoever takes over.
        example: What it finds.
        fix: How to mend it.
    """

    name: str
    severity: str
    summary: str
    why: str
    example: str
    fix: str

    def page(self) -> str:
        """Return the rule as Markdown."""
        example = "\n".join(f"    {line}".rstrip() for line in self.example.strip("\n").split("\n"))
        return (
            f"## {self.name}\n\n{self.summary} ({self.severity})\n\n"
            f"**Why.** {self.why.strip()}\n\n**Example.**\n\n{example}\n\n**Fix.** {self.fix.strip()}"
        )


def load_rules() -> dict[str, Rule]:
    """Return all rules by name, in alphabetical order."""
    with _FILE.open("rb") as file:
        families = tomllib.load(file)
    rules = (
        Rule(f"{family}/{name}", text["severity"], text["summary"], text["why"], text["example"], text["fix"])
        for family, named in families.items()
        for name, text in named.items()
    )
    return {rule.name: rule for rule in sorted(rules, key=lambda rule: rule.name)}
