"""A kind is a schema: reading schemas with their annotations, and holding values against them."""

from __future__ import annotations
