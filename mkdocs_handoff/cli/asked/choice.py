"""Choosing records at a terminal: by number, by name, or by the beginning of one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from mkdocs_handoff.text.near import nearest
from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_SHOWN = 12
_BEGUN = 8


class Choice:
    """The records that one answer may name.

    Args:
        there: How a field names each of them, by identity.
    """

    def __init__(self, there: Mapping[str, str]) -> None:
        self._there = there
        self.names = list(there.values())

    def show(self) -> None:
        """Print them, each with its number."""
        if not self.names:
            print("  no record describes any yet")
        for number, name in enumerate(self.names[:_SHOWN], 1):
            print(f"  {number:2}  {one_line(name)}")
        if len(self.names) > _SHOWN:
            print(f"      and {len(self.names) - _SHOWN} more: Tab shows them")

    def ask(self, question: str, *, several: bool) -> list[str]:
        """Ask until every name is one, or is meant as it stands; nothing where the answer is empty.

        Args:
            question: As it is printed.
            several: Whether the answer may be more than one.
        """
        insisted = ""
        while True:
            answer = line(question, self.names)
            words = [word.strip() for word in answer.split(",") if word.strip()]
            if len(words) > 1 and not several:
                print("  only one can be named here")
                continue
            meant = [self.meant(word) for word in words]
            wrong = {word: found for word, found in zip(words, meant, strict=True) if len(found) != 1}
            # A number, or what may be several, is never a name: nobody would find what it was written for.
            if not wrong or (
                answer == insisted and not any(found or _is_number(word) for word, found in wrong.items())
            ):
                return [found[0] if len(found) == 1 else word for word, found in zip(words, meant, strict=True)]
            for word, found in wrong.items():
                print(f"  {self._told(word, found)}")
            insisted = answer

    def meant(self, word: str) -> tuple[str, ...]:
        """Return the names that a word may mean: by number, by name with or without its kind, else by the beginning."""
        if _is_number(word) and not word.startswith("0") and int(word) <= len(self.names):
            return (self.names[int(word) - 1],)
        if word in self.names:
            return (word,)
        if word in self._there:
            return (self._there[word],)
        bare = tuple(name for name in self.names if _bare(name) == word)
        return bare or tuple(
            name for name in self.names if word and word in (name[: len(word)], _bare(name)[: len(word)])
        )

    def _told(self, word: str, found: tuple[str, ...]) -> str:
        shown = one_line(word)
        if found:
            more = f", and {len(found) - _BEGUN} more" if len(found) > _BEGUN else ""
            return f"several begin so: {', '.join(map(one_line, found[:_BEGUN]))}{more}"
        if _is_number(word):
            there = f"the numbers go from 1 to {len(self.names)}" if self.names else "there is nothing to choose from"
            return f"there is no {shown}: {there}"
        near = nearest(word, [*self.names, *self._there])
        hint = f"; did you mean {near!r}?" if near else "."
        return f"there is no {shown!r}{hint} Type it again if it is meant so."


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit()


def _bare(name: str) -> str:
    """Return a name without its kind and its namespace."""
    return name.rpartition(":")[2].rpartition("/")[2]


def line(question: str, names: Sequence[str] = ()) -> str:
    """Return a line from the terminal; Tab completes names.

    Raises:
        KeyboardInterrupt: Whoever sits there ends the input: nothing is written.
    """
    with _completing(names):
        try:
            return input(question).strip()
        except EOFError:
            raise KeyboardInterrupt from None


@contextmanager
def _completing(names: Sequence[str]) -> Iterator[None]:
    try:
        import readline  # noqa: PLC0415 - not everywhere, and only where somebody types
    except ImportError:
        yield
        return
    before, ends = readline.get_completer(), readline.get_completer_delims()

    def completer(begun: str, number: int) -> str | None:
        found = [name for name in names if begun in (name[: len(begun)], _bare(name)[: len(begun)])]
        return found[number] if number < len(found) else None

    readline.set_completer(completer)
    readline.set_completer_delims(", ")
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(ends)
