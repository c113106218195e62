"""A new record: where it goes, who owns it, and its text with a placeholder for each field still to be written."""

from __future__ import annotations
