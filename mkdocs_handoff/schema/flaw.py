"""A flaw: something wrong with a value, before anyone knows the line it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_handoff.text.yaml import Path


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with the value at a path; the reader of the record turns it into a finding at a place.

    Attributes:
        was: The text that is written there.
        instead: What is to be written there, where that is beyond doubt.
    """

    path: Path
    rule: str
    message: str
    hint: str = ""
    key: bool = False
    was: str = ""
    instead: str = ""
