"""Who answers for what: owners, teams over time, CODEOWNERS, what one person alone knows."""

from __future__ import annotations
