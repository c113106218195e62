"""A rule of the project's own as `mkdocs-handoff rule` shows it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.rules import Rule as Documented

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.demands.demand import Rule


def documented(rule: Rule, written: Mapping[str, Any]) -> Documented:
    """Return a rule as ours are documented.

    Args:
        rule: The rule.
        written: As the settings hold it.
    """
    shown = "\n".join(
        f"{key}: {json.dumps(written[key], ensure_ascii=False)}" for key in ("select", "must") if key in written
    )
    why = rule.why or "The project's settings do not say: write `why:` beside the rule."
    fix = rule.hint or "See what the rule asks for, above."
    return Documented(rule.name, str(rule.severity), rule.message, why, shown, fix)
