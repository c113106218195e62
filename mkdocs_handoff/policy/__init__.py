"""Which findings count: comments that ignore one, and the baseline of those that were there before."""

from __future__ import annotations
