"""Statements in prose, held against what is recorded: metrics, people, how often, thresholds, and a project's own."""

from __future__ import annotations
