"""From values to safe HTML: blocks, Markdown of fields, addresses, the template engine."""

from __future__ import annotations
