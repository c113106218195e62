"""The command `mkdocs-handoff`: one module per command. Only this room prints."""

from __future__ import annotations
