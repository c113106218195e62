"""The day that `--today` gives a command."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.today import DateError, today

if TYPE_CHECKING:
    from datetime import date


def day_given(written: str) -> date:
    """Return the day that counts as today.

    Raises:
        UsageError: What is given is no day.
    """
    try:
        return today(written, os.environ)
    except DateError as error:
        raise UsageError(str(error)) from None
