"""All records, with references resolved both ways."""

from __future__ import annotations
