"""Values of metrics over time, as the jobs of users wrote them into the repository."""

from __future__ import annotations
