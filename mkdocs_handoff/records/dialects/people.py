"""People in one line of text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.records.dialects.marks import LINK, plain
from mkdocs_handoff.text.comments import without_comments

if TYPE_CHECKING:
    from mkdocs_handoff.text.yaml import Value

_ONE = re.compile(rf"{LINK.pattern}|@([\w.-]+(?:/[\w.-]+)?)")
# `{list everyone involved in the decision}`, as the templates have it; `[Ann, Bo]` are names.
_TEMPLATE = re.compile(r"[\[{<].*[\]}>]")
# Words that no name of a person or team has, and those of which a template's name consists.
_OF_TEMPLATES = re.compile(
    r"\b(?:list|everyone|everybody|involved|names?|who|your|todo|tb[acd]|optional|question|placeholder|unknown|pending"
    r"|liste|lista|nombres?|noms?|nom[ei]|namen)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:[^\W_]?\d*|xxx?|people|persons?|roles?|deciders?|makers?|decision|members?|stakeholders?|approvers?|authors?"
    r"|reviewers?|owners?|users?|username|handle|github|team|lead|none|not|applicable|fill|add|insert|enter|in|here|first"
    r"|last|full|date|link|of|the|and|or|all|other|relevant|key)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_BREAKS = re.compile(r"[,;，；、]|<br\s*/?>|\n")
_JOINTS = re.compile(r"[,;，；、+&]|<br\s*/?>|\n|\b(?:and|und|y|et|e|и)\b")
_LONGEST = 4
"""A name of more words is none."""


def people(written: str) -> list[Value]:
    """Return the people that a text names, separated by commas, semicolons or line breaks, without `@`.

    Where there are only links, or only `@names`, spaces separate them too.
    """
    text = without_comments(written).strip()
    if _TEMPLATE.fullmatch(text) and not LINK.search(text):
        text = _bracketed(text)
    named = list(_ONE.finditer(text))
    if len(named) > 1 and not _JOINTS.sub("", _ONE.sub("", text)).strip():
        found = [plain(one[1]) if one[1] is not None else one[3] for one in named]
    else:
        found = [plain(name) for name in _BREAKS.split(LINK.sub(r"\1", text))]
    return [name.lstrip("@") for name in found if name.lstrip("@") and not _TEMPLATE.fullmatch(name)]


def _bracketed(text: str) -> str:
    """Return the names that stand in brackets, without those of a template; an empty string where none are names."""
    names = [name.strip() for name in _BREAKS.split(text[1:-1])]
    told = all(len(name.split()) <= _LONGEST and (name[:1] == "@" or name[:1] != name[:1].lower()) for name in names)
    return ", ".join(name for name in names if not _of_template(name)) if text.startswith("[") and told else ""


def _of_template(name: str) -> bool:
    """Tell whether a name is one that somebody is to write theirs over: `Your name`, `Reviewer 1`, `TBC`."""
    return bool(_OF_TEMPLATES.search(name)) or all(_NOBODY.fullmatch(word) for word in _WORD.findall(name))
