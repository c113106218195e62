"""A form of words, as settings give it, and what finds it: `answers within [about] {number} ms`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.statements.figures import JOINED, percents

if TYPE_CHECKING:
    from mkdocs_handoff.statements.words import Words

_TOKEN = re.compile(
    r"\s*(?:(?P<hole>\{number\}|\{word(?::(?P<of>[^{}]+))?\})|\[(?P<maybe>[^\[\]{}]+)\]|(?P<word>[^\s\[\]{}]+))"
)
_GROUPED = r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,9})?"
"""17,195"""
_NUMBER = JOINED.replace(r"\d{1,6}", rf"{_GROUPED}|\d{{1,12}}", 1)
_WORD = r"(?P<word>[\w.&-]{1,80}(?:\s+[\w.&-]{1,80}){0,3}?)"
"""A word, or the few of a name."""
_SIGNS = ":=,;"
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
    before = ""
    while at < len(written.rstrip()):
        token = _TOKEN.match(written, at)
        if token is None:
            raise PatternError(f"nothing can stand at {written[at:].strip()[:20]!r}")
        at = token.end()
        gap = _gap(before) if out and token[0][:1].isspace() else ""
        if token["hole"]:
            holes += 1
            out.append(gap + _value(token, words))
            if holes > 1:
                raise PatternError("it holds more than one value")
        else:
            either = _choices(token["maybe"] or token["word"])
            if not either:
                raise PatternError(f"nothing can stand at {token[0].strip()!r}")
            choices = "|".join(_choice(one, gap, after_number=before == "{number}") for one in either)
            literal += bool(token["word"])
            left_out += either if token["maybe"] else []
            out.append(f"(?:{choices})?" if token["maybe"] else f"(?:{choices})")
        before = token[0].strip()
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


def _gap(before: str) -> str:
    """Return what stands between two words; behind a sign there may be nothing."""
    return rf"(?:\s+|(?<=[{_SIGNS}]))" if any(sign in before for sign in _SIGNS) else r"\s+"


def _choice(word: str, gap: str, *, after_number: bool) -> str:
    """Return what finds a word behind what stands before it; a unit may be joined with its number, a sign with all."""
    if word[0] in _SIGNS or after_number:
        gap = r"\s*"
    end = r"(?!\w)" if after_number and word[-1].isalnum() else ""
    return gap + re.escape(word) + end


def _value(token: re.Match[str], words: Words) -> str:
    """Return what finds the value that a place is for; with a group `listed` where its words are named.

    Raises:
        PatternError: There is no word that may stand there.
    """
    if token["hole"] == "{number}":
        joined = token.string[token.end() :].lstrip()[:1]
        whole = "" if joined and joined not in "[" else r"(?!\w)"
        return rf"(?P<near>[~\u2248]\s?)?{_NUMBER}{percents(words)}{whole}"
    if token["of"] is None:
        return _WORD
    either = _choices(token["of"])
    if len(either) < token["of"].count("|") + 1:
        raise PatternError(f"nothing can stand at {token[0].strip()!r}")
    listed = sorted(either, key=lambda one: -len(one))
    return "(?P<listed>)(?P<word>" + "|".join(r"\s+".join(map(re.escape, one.split())) for one in listed) + r")(?!\w)"


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
