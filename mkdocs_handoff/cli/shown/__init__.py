"""What commands print: findings, standings, evidence, owners, as text, tables, Markdown, CSV and JSON."""

from __future__ import annotations
