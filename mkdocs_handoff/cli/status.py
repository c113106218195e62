"""How a command ends: its exit statuses, and the error that says why it could not run."""

from __future__ import annotations

CLEAN = 0
FINDINGS = 1
COULD_NOT_RUN = 2
STOPPED = 130
UNREAD = 141
"""Nobody reads on (`mkdocs-handoff lint | head`): as the shell tells it of a program that the signal ends."""


class UsageError(Exception):
    """The command cannot do what it was asked; the text says why and what to do."""
