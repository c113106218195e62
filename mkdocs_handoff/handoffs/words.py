"""The words of a handoff: its kind, its sides, its statuses, and what becomes of a criterion."""

from __future__ import annotations

HANDOFF = "handoff"
FROM, TO, APPROVER = "from", "to", "approver"

PLANNED, IN_PROGRESS, IN_REVIEW = "planned", "in-progress", "in-review"
ACCEPTED, COMPLETED = "accepted", "completed"
OPEN = (PLANNED, IN_PROGRESS, IN_REVIEW, ACCEPTED)
"""A handoff in one of these has something left to do."""
AGREED = (ACCEPTED, COMPLETED)
"""A handoff in one of these says that both sides said yes."""

PASS, FAIL, WAIVED = "pass", "fail", "waived"
