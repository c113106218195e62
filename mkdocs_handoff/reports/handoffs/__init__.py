"""Handoffs as reports: what they cover, who signed what, who acts next, how they went."""

from __future__ import annotations
