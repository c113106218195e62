"""Rules between records, as data: which records are meant, and what they or their neighbours must have."""

from __future__ import annotations
