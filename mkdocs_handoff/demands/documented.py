"""Rules of the project's own as `mkdocs-handoff rule` shows it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.demands.advice import advice
from mkdocs_handoff.demands.check import PLACEHOLDER
from mkdocs_handoff.demands.demand import rules_of
from mkdocs_handoff.rules import Rule as Documented

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.demands.demand import Rule


def documented(written: Mapping[str, Any]) -> dict[str, Documented]:
    """Return rules as ours are documented, by their names in findings.

    Args:
        written: As the settings hold them, by name.
    """
    return {rule.name: _documented(rule, written[rule.name.partition("/")[2]]) for rule in rules_of(written)}


def _documented(rule: Rule, written: Mapping[str, Any]) -> Documented:
    shown = "\n".join(
        f"{key}: {json.dumps(written[key], ensure_ascii=False)}" for key in ("select", "must") if key in written
    )
    why = rule.why or "The project's settings do not say: write `why:` beside the rule."
    fix = rule.hint or " ".join(map(advice, rule.must))
    # What a finding fills in no rule by itself can.
    summary, fix = (PLACEHOLDER.sub("…", text) for text in (rule.message, fix))
    return Documented(rule.name, str(rule.severity), summary, why, shown, fix)
