"""Adoption: what files that people already have are, and what a record of them still lacks."""

from __future__ import annotations
