"""The command `mkdocs-handoff`: `commands` run, `asked` is what they are given, `shown` what they print."""

from __future__ import annotations
