"""What may no longer hold: rows by risk, groups by cause, a team's digest, the trend."""

from __future__ import annotations
