"""The algorithms of checksums: the names that standards give them, and what of them this Python can compute."""

from __future__ import annotations

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


def inferred(content: str) -> str | None:
    """Return the algorithm that a checksum of this many digits usually has; None where that says nothing."""
    return _BY_LENGTH.get(len(content)) if _HEX.fullmatch(content) else None


def begun(name: str) -> Hash:
    """Return a running checksum of nothing yet.

    Args:
        name: One of `NAMES`.
    """
    return _KNOWN[name]()


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
