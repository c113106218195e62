"""People in one line of text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.records.dialects.marks import LINK, plain, without_comments

if TYPE_CHECKING:
    from mkdocs_handoff.text.yaml import Value

_ONE = re.compile(rf"{LINK.pattern}|@([\w.-]+(?:/[\w.-]+)?)")
# `{list everyone involved in the decision}`, as the templates have it.
_TEMPLATE = re.compile(r"[\[{<].*[\]}>]")
_BREAKS = re.compile(r"[,;，；、]|<br\s*/?>|\n")


def people(written: str) -> list[Value]:
    """Return the people that a text names, separated by commas, semicolons or line breaks, without `@`.

    Where there are only links, or only `@names`, spaces separate them too.
    """
    text = without_comments(written).strip()
    if _TEMPLATE.fullmatch(text) and not LINK.search(text):
        return []
    named = list(_ONE.finditer(text))
    if len(named) > 1 and not _BREAKS.sub("", _ONE.sub("", text)).strip():
        found = [plain(one[1]) if one[1] is not None else one[3] for one in named]
    else:
        found = [plain(name) for name in _BREAKS.split(LINK.sub(r"\1", text))]
    return [name.lstrip("@") for name in found if name.lstrip("@") and not _TEMPLATE.fullmatch(name)]
