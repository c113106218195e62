"""Settings: what a project says of itself in its builder's configuration or in `handoff.yml`."""

from __future__ import annotations

from mkdocs_handoff.settings.model import Claim, Lock, Overrule, Settings
from mkdocs_handoff.settings.policy import OWN_FILE
from mkdocs_handoff.settings.read import CONFIGURATIONS, Found, find_settings, from_options

__all__ = [
    "CONFIGURATIONS",
    "OWN_FILE",
    "Claim",
    "Found",
    "Lock",
    "Overrule",
    "Settings",
    "find_settings",
    "from_options",
]
