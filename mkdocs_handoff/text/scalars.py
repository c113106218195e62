"""How a text is written as a YAML scalar: without quotes only where every reader finds the same text."""

from __future__ import annotations

import json
import re

from mkdocs_handoff.text import yaml

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What YAML 1.1 or 1.2 may read as a number, a time of day or a point in time.
_NUMERIC = re.compile(r"[-+.0-9_:,a-fA-FxXoOtTzZ \t]*")
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf", ".nan"))
_BEGINS_PLAIN = re.compile(r"(?!\.\.\.)(?:[\w/]|\.[\w/.])")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
# PyYAML ends a text at a question mark there, too.
_FLOW = frozenset(",[]{}?")
_LONGEST_KEY = 1000
"""YAML lets a key of one line have 1024 characters."""


class Quoted(str):
    """A text that gets quotes though it looks like a day: a title, which another reader would take for a date."""

    __slots__ = ()


def written(text: str, style: str = "", *, flow: bool = False) -> str:
    """Return a text as a scalar of one line.

    Args:
        text: What is to be read; a number or boolean that is to be read as one, as `yaml.Plain`.
        style: The quotes that the value before it had (`'` or `"`), or none.
        flow: It stands in `[]` or `{}`.
    """
    if isinstance(text, yaml.Plain) and (text.number() is not None or text.boolean() is not None):
        return str(text)
    if isinstance(text, Quoted) and _DATE.fullmatch(text):
        style = style or '"'
    if style == "'" and not _UNSAFE.search(text):
        return "'" + text.replace("'", "''") + "'"
    if style != '"' and _plain(text, flow=flow):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def key(text: str, style: str = "", *, flow: bool = False) -> str:
    """Return a text as the key of an entry. Raises ValueError where it is too long for a line."""
    key_text = written(text, style, flow=flow)
    if len(key_text) > _LONGEST_KEY:
        raise ValueError(f"the key {text[:30]!r}… is longer than YAML allows")
    return key_text


def _plain(text: str, *, flow: bool) -> bool:
    if not _BEGINS_PLAIN.match(text) or _UNSAFE.search(text) or text.lower() in _WORDS:
        return False
    if text != text.strip() or ": " in text or " #" in text or text.endswith(":"):
        return False
    if _FLOW.intersection(text) if flow else False:
        return False
    if text[0] in "0123456789." and _NUMERIC.fullmatch(text) and not _DATE.fullmatch(text):
        return False
    around = f"- [{text}]\n" if flow else f"- {text}\n"
    reading = yaml.read(around)
    expected = [[text]] if flow else [text]
    return not reading.problems and reading.documents == (expected,)
