"""The words by which statements are found: ours, and those that a project adds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.text.near import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_FILE = Path(__file__).with_name("words.toml")
NAMED = ("metrics", "periods", "shares", "subjects")
"""The lists that are mappings of a name to its words."""


NONE = "(?!)"
"""What finds nothing."""


@dataclass(frozen=True, eq=False)
class Words:
    """Words by list; one is equal to itself alone, so that what is made of it can be kept.

    Attributes:
        lists: All plain lists.
        metrics: The ways to write a metric, by its name.
        shares: Metrics that lie between 0 and 1.
        periods: Words for a period, by its length in days.
        subjects: How prose names a record, by its kind; `any`: of every kind; `called`: what may follow its title.
    """

    lists: Mapping[str, tuple[str, ...]]
    metrics: Mapping[str, tuple[str, ...]]
    shares: frozenset[str]
    periods: Mapping[int, tuple[str, ...]]
    subjects: Mapping[str, tuple[str, ...]]

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self.lists.get(name, ())

    def metric(self, name: str) -> str:
        """Return the name by which a metric is known here; its own, folded, where it is known by no other."""
        folded = fold(name)
        return self._by_word.get(folded, folded)

    @cached_property
    def _by_word(self) -> Mapping[str, str]:
        return {fold(word): name for name, words in self.metrics.items() for word in (name, *words)}

    @cached_property
    def names_of_metrics(self) -> tuple[str, ...]:
        """All the ways to write a metric."""
        return tuple(word for ways in self.metrics.values() for word in ways)

    def found(self, text: str, *names: str) -> bool:
        """Tell whether a text holds a word of one of these lists."""
        return any(one_of(self[name]).search(text) is not None for name in names)


@lru_cache(maxsize=1)
def known_lists() -> frozenset[str]:
    """Return the names of the lists there are."""
    return frozenset(_ours())


@lru_cache(maxsize=1)
def _ours() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def load_words(added: Mapping[str, Any]) -> Words:
    """Return our words, and those that a project adds.

    Args:
        added: `prose.words` of the settings, by list.
    """
    ours = _ours()
    lists = {name: (*words, *_listed(added.get(name))) for name, words in ours.items() if name not in NAMED}
    named = {name: _joined(ours[name], added.get(name)) for name in NAMED}
    return Words(
        lists,
        named["metrics"],
        frozenset(named["shares"].get("names", ())),
        {int(days): words for days, words in named["periods"].items() if days.isdigit() and 0 < int(days) < 10_000},
        named["subjects"],
    )


def _joined(ours: Mapping[str, Iterable[str]], added: Any) -> dict[str, tuple[str, ...]]:
    more = added if isinstance(added, Mapping) else {}
    return {name: (*ours.get(name, ()), *_listed(more.get(name))) for name in dict.fromkeys((*ours, *more))}


def _listed(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def holds_any(text: str, words: tuple[str, ...]) -> bool:
    """Tell whether a text may hold one of some words: a quick look, before the careful one."""
    folded = " ".join(text.casefold().split())
    return any(word in folded for word in _folded(words))


@lru_cache(maxsize=64)
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words in small letters, without those that hold another: where "weekly" stands, "week" does."""
    folded = dict.fromkeys(" ".join(word.casefold().split()) for word in words)
    return tuple(word for word in folded if not any(other in word for other in folded if other != word))


@lru_cache(maxsize=256)
def one_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of some words as whole words, whatever their case and the spaces within."""
    return re.compile(alternatives(words), re.IGNORECASE)


@lru_cache(maxsize=256)
def alternatives(words: tuple[str, ...]) -> str:
    """Return words as one group of a regular expression, the longer first; each taken literally."""
    if not words:
        return NONE
    ordered = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(_literal, ordered)) + ")"


def fold_heading(text: str) -> tuple[str, ...]:
    """Return the words of a heading, in small letters."""
    return tuple(_WORD.findall(text.casefold()))


_WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*|\d+")


def _literal(word: str) -> str:
    body = r"\s+".join(map(re.escape, word.split()))
    if word[:1].islower() and word.lower() != word:
        body = f"(?-i:{body})"  # "mAP" is a metric, "map" is not: what has a capital within is meant with it
    before = r"(?<![\w-])" if word[:1].isalnum() else ""
    after = r"(?![\w-])" if word[-1:].isalnum() else ""
    return f"{before}{body}{after}"
