"""What a user asks for: which projects and records, whose, of which day; and the options that say so."""

from __future__ import annotations
