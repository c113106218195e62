"""A form of words, as settings give it, and what finds it: `answers within [about] {number} ms`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.statements.figures import NUMBER, percents

if TYPE_CHECKING:
    from mkdocs_handoff.statements.words import Words

_TOKEN = re.compile(r"\s*(?:(?P<hole>\{number\}|\{word\})|\[(?P<maybe>[^\[\]{}]+)\]|(?P<word>[^\s\[\]{}]+))")
_LEFT_OUT = 6


class PatternError(Exception):
    """A form of words that cannot be looked for; the text says why."""


def compile_pattern(written: str, words: Words) -> re.Pattern[str]:
    """Return what finds a form of words: words in this order, `a|b` for either, `[a]` for one that may be left out.

    Nothing in it can repeat, and only so many words may be left out, each at one place: looking for it takes time in
    proportion to the text.

    Raises:
        PatternError: It is no such form.
    """
    out: list[str] = []
    at = holes = literal = 0
    left_out: list[str] = []
    while at < len(written.rstrip()):
        token = _TOKEN.match(written, at)
        if token is None:
            raise PatternError(f"nothing can stand at {written[at:].strip()[:20]!r}")
        at = token.end()
        gap = r"\s+" if out and token[0][:1].isspace() else ""
        if token["hole"]:
            holes += 1
            out.append(gap + (NUMBER + percents(words) if token["hole"] == "{number}" else r"(?P<word>[\w.-]{1,80})"))
            if holes > 1:
                raise PatternError("it holds more than one value")
            continue
        either = _choices(token["maybe"] or token["word"])
        if not either:
            raise PatternError(f"nothing can stand at {token[0].strip()!r}")
        choices = "|".join(map(re.escape, either))
        literal += bool(token["word"])
        if token["maybe"]:
            left_out += either
            out.append(f"(?:{gap}(?:{choices}))?")
        else:
            out.append(f"{gap}(?:{choices})")
    if holes != 1:
        raise PatternError("it holds no value")
    if not literal:
        raise PatternError("it holds no word that must be there")
    if len(left_out) > _LEFT_OUT:
        raise PatternError(f"more than {_LEFT_OUT} words may be left out")
    if twice := next((one for one in left_out if left_out.count(one) > 1), None):
        raise PatternError(f"{twice!r} may be left out at two places")
    first = r"(?<!\w)" if re.match(r"\w", written.lstrip("[")) else ""
    return re.compile(first + "".join(out), re.IGNORECASE)


def _choices(written: str) -> list[str]:
    """Return the words that may stand at a place.

    Raises:
        PatternError: Somebody meant a regular expression.
    """
    either = list(dict.fromkeys(one.casefold() for one in " ".join(written.split()).split("|") if one.strip()))
    for one in either:
        if one.count("(") != one.count(")"):
            raise PatternError(f"a bracket means itself, and {one!r} holds one that is not closed")
    return either
