"""Plain values as blocks: by what they look like, since no schema says more."""

from __future__ import annotations

import re

from mkdocs_handoff.pages.html.addresses import safe
from mkdocs_handoff.pages.html.blocks import Block, Chip, Link, Text
from mkdocs_handoff.pages.prose import shown
from mkdocs_handoff.records.record import slug

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+|mailto:\S+")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+\d[\d ()/-]{6,}\d")
_HASH = re.compile(r"(?:[A-Za-z0-9-]{2,12}:)?[0-9a-fA-F]{32,}")
_CODE = re.compile(r"[\w.@-]*[/*][\w./*@{}-]*\.\w{1,6}|[\w./-]*\*[\w./*-]*")
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_TONES = {
    "good": "active production accepted approved confirmed passed running met signed stable completed pass done same",
    "info": "draft development proposed staging open in-review in-progress doing planned within-tolerance experimental",
    "warn": "deprecated superseded high serious refuted failed on-hold missed broken unknown fail different waived "
    "rolled-back sev1 sev2 page",
    "quiet": "retired rejected abandoned undecided not-stated not-read inactive stopped cancelled skipped sev3 sev4 "
    "ticket",
}
_TONE = {word: tone for tone, listed in _TONES.items() for word in listed.split()}


def chip(text: str) -> Chip:
    """Return a status word with the tone that it has."""
    return Chip(text, _TONE.get(slug(text), ""))


def bare(text: str, unit: str = "") -> Block:
    """Lay out plain text by what it is: an address, a checksum, a path, several lines, or words."""
    stripped = text.strip()
    if _URL.fullmatch(stripped):
        return address(stripped)
    if _EMAIL.fullmatch(stripped):
        return Link(stripped, f"mailto:{stripped}", state="mail")
    if _PHONE.fullmatch(stripped):
        return Link(stripped, "tel:+" + re.sub(r"\D", "", stripped), state="phone")
    if _HASH.fullmatch(stripped):
        return Text(stripped, "hash")
    if _DATE.fullmatch(stripped):
        return Text(stripped, "date")
    if _CODE.fullmatch(stripped):
        return Text(stripped, "code")
    worded = any(letter.isalpha() for letter in stripped)  # `2.5 kg` has a unit of its own
    return Text(stripped, "lines" if "\n" in stripped else "", "" if worded else unit)


def numeral(value: float, unit: str = "") -> Text:
    """Lay out a number as a reader wants it; the exact one is told where it was rounded."""
    text = shown(value)
    exact = str(value) if isinstance(value, float) else ""
    return Text(text, "number", unit, exact if exact != text else "")


def address(url: str, title: str = "", note: str = "") -> Link:
    """Lay out an address; one that a browser may run is text and no link."""
    href = safe(url.strip())
    state = "plain" if not href else "mail" if href.startswith("mailto:") else "external"
    return Link(title or url.removeprefix("mailto:"), href, url if title else "", state, note)
