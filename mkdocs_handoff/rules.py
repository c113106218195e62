"""What is written of each rule: why it exists, an example, how to mend it. The text stands in `rules.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.resources import GUIDE

if TYPE_CHECKING:
    from collections.abc import Mapping

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

    @property
    def anchor(self) -> str:
        """The anchor of its heading on the page of all rules, as GitHub and MkDocs make it."""
        return self.name.replace("/", "")

    def told(self) -> str:
        """Return the rule as Markdown for a terminal: pages of the documentation by their address."""
        return re.sub(r"\bdocs/(?=[\w-]+\.md\b)", GUIDE, self.page())

    def page(self, level: int = 2) -> str:
        """Return the rule as Markdown, under a heading of a level."""
        example = "\n".join(f"    {line}".rstrip() for line in self.example.strip("\n").split("\n"))
        return (
            f"{'#' * level} {self.name}\n\n{self.summary} ({self.severity})\n\n"
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


def page(rules: Mapping[str, Rule]) -> str:
    """Return the page of the documentation that holds all rules, by family."""
    families: dict[str, list[Rule]] = {}
    for rule in rules.values():
        families.setdefault(rule.name.partition("/")[0], []).append(rule)
    parts = [_HEAD.format(count=len(rules), families=len(families))]
    for family, held in families.items():
        rows = "".join(f"| [{one.name}](#{one.anchor}) | {one.severity} | {one.summary} |\n" for one in held)
        parts.append(f"## {family}\n\n| rule | severity | what is wrong |\n|---|---|---|\n{rows}")
        parts.extend(f"{one.page(3)}\n" for one in held)
    return "\n".join(parts)


_HEAD = """# Rules

<!-- Made of mkdocs_handoff/rules.toml by `mkdocs-handoff rule --format markdown > docs/rules.md`; a test holds the two
together. -->

What `mkdocs-handoff lint` looks at: {count} rules in {families} families, each with the reason that it is there, an
example, and how to mend it. `mkdocs-handoff rule NAME` prints one of them, `mkdocs-handoff rule FAMILY` a family. The
severity is the usual one: settings change it per rule and per path ([settings](settings.md)), and a draft's errors are
warnings.
"""
