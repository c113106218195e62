"""The algorithms of checksums: the names that standards give them, and what of them this Python can compute."""

from __future__ import annotations

import difflib
import hashlib
import re
from functools import partial
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Hash(Protocol):
    """A running checksum."""

    def update(self, data: bytes | bytearray | memoryview, /) -> None:
        """Take more bytes."""

    def hexdigest(self) -> str:
        """Return the checksum of all bytes so far."""


SHA_256 = "SHA-256"
MD5 = "MD5"
LEGACY = "md5-dos2unix"
"""The checksum of DVC 1 and 2: of what looks like text, the MD5 with `\\r\\n` as `\\n`; of all else the plain one."""

# By the names of CycloneDX 1.7 (`hash-alg`), and SHA-224 besides. Nothing here guards a secret.
_KNOWN: Mapping[str, Callable[[], Hash]] = {
    MD5: partial(hashlib.md5, usedforsecurity=False),
    "SHA-1": partial(hashlib.sha1, usedforsecurity=False),
    "SHA-224": hashlib.sha224,
    SHA_256: hashlib.sha256,
    "SHA-384": hashlib.sha384,
    "SHA-512": hashlib.sha512,
    "SHA3-256": hashlib.sha3_256,
    "SHA3-384": hashlib.sha3_384,
    "SHA3-512": hashlib.sha3_512,
    "BLAKE2b-256": partial(hashlib.blake2b, digest_size=32),
    "BLAKE2b-384": partial(hashlib.blake2b, digest_size=48),
    "BLAKE2b-512": partial(hashlib.blake2b, digest_size=64),
}
NAMES = tuple(_KNOWN)
"""The algorithms that can be computed."""

_PLAIN = {re.sub(r"[^a-z0-9]", "", name.lower()): name for name in NAMES} | {"blake2b": "BLAKE2b-512"}
_BY_LENGTH = {32: MD5, 40: "SHA-1", 64: SHA_256, 96: "SHA-384", 128: "SHA-512"}
_HEX = re.compile(r"[0-9a-f]+")
_PREFIXED = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)[:=]([0-9A-Fa-f]+)")


def known(name: str) -> str | None:
    """Return the standard's name of an algorithm, however it is spelled (`sha256`, `SHA_256`); None: not computable."""
    return _PLAIN.get(re.sub(r"[\s_-]", "", name.lower()))


def nearest(name: str) -> str:
    """Return the algorithm that a name is probably a slip of (`SHA-255`); empty where none is near."""
    found = difflib.get_close_matches(name.upper(), NAMES, 1, _NEAR) if len(name) >= _SHORTEST else []
    return found[0] if found else ""


_NEAR, _SHORTEST = 0.8, 6


def inferred(content: str) -> str | None:
    """Return the algorithm that a checksum of this many digits usually has; None where that says nothing."""
    return _BY_LENGTH.get(len(content)) if _HEX.fullmatch(content) else None


def begun(name: str) -> Hash:
    """Return a running checksum of nothing yet.

    Args:
        name: One of `NAMES`, or `LEGACY`.
    """
    return _Dos2Unix() if name == LEGACY else _KNOWN[name]()


class _Dos2Unix:
    """The MD5 of a text with its line ends changed, as DVC 1 and 2 did: piece by piece, so not between two pieces."""

    def __init__(self) -> None:
        self._running = _KNOWN[MD5]()
        self._held = bytearray()

    def update(self, data: bytes | bytearray | memoryview, /) -> None:
        self._held += data
        while len(self._held) >= _PIECE:
            self._running.update(self._held[:_PIECE].replace(b"\r\n", b"\n"))
            del self._held[:_PIECE]

    def hexdigest(self) -> str:
        self._running.update(self._held.replace(b"\r\n", b"\n"))
        self._held.clear()
        return self._running.hexdigest()


_PIECE = 2**20


def length(name: str) -> int:
    """Return how many hexadecimal digits a checksum of an algorithm has."""
    return len(begun(name).hexdigest())


def hexadecimal(content: str) -> str | None:
    """Return a checksum's digits in lower case, or None where it is none."""
    digits = content.strip().lower()
    return digits if _HEX.fullmatch(digits) and len(digits) % 2 == 0 else None


def parted(content: str) -> tuple[str, str]:
    """Return algorithm and value of a checksum that names both (`sha256:9f86…`, as images of containers have it)."""
    found = _PREFIXED.fullmatch(content.strip())
    return (found[1], found[2]) if found else ("", content.strip())
