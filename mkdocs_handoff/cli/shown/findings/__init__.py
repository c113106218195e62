"""What lint found, in each format: for people, for other programs, for a terminal's clickable lines.

The formats of other programs stand in modules of their own, which only who asks for them loads.
"""

from __future__ import annotations

from mkdocs_handoff.cli.shown.findings.checked import Checked, Put
from mkdocs_handoff.cli.shown.findings.lines import by_rule, concise, gone, summary, text

__all__ = ["Checked", "Put", "by_rule", "concise", "gone", "summary", "text"]
