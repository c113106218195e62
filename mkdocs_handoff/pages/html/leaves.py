"""Blocks that fit into a line, as HTML, written by hand and not by a template: most of a page is these."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from mkdocs_handoff.pages.html.addresses import safe
from mkdocs_handoff.pages.html.blocks import Chip, Elsewhere, Link, Marked, Missing, Rich, Text, VerdictChip

if TYPE_CHECKING:
    from mkdocs_handoff.pages.html.blocks import Block

_SPECIAL = re.compile("[&<>\"']")


def one_line(block: Block) -> bool:
    """Tell whether a block is shown by `inline` alone, without a box: most are, and a macro's call is saved."""
    inner = block.block if isinstance(block, Marked) else block
    return isinstance(inner, Text | Link | Chip | VerdictChip | Missing | Elsewhere)


def inline(block: Block) -> Markup:
    """Return a block that fits into a line as HTML; every text in it is escaped."""
    if isinstance(block, Text):
        return Markup(_text(block))  # noqa: S704 - escaped inside, as all below
    if isinstance(block, Link):
        return Markup(_link(block))  # noqa: S704
    if isinstance(block, Rich):
        return block.html
    if isinstance(block, Chip):
        tone = f" handoff-chip--{block.tone}" if block.tone else ""
        return Markup(f'<span class="handoff-chip{tone}">{_escaped(block.text)}</span>')  # noqa: S704
    if isinstance(block, VerdictChip):
        days = (("due", block.due), ("departs", block.departs))
        data = "".join(f' data-handoff-{name}="{_escaped(day)}"' for name, day in days if day)
        tone = f" handoff-chip--{block.tone}" if block.tone else ""
        return Markup(  # noqa: S704
            f'<span class="handoff-chip{tone}" data-handoff-verdict="{_escaped(block.text)}"{data}>'
            f"{_escaped(block.text)}</span>"
        )
    if isinstance(block, Missing):
        reason = f": {_escaped(block.reason)}" if block.reason else ""
        return Markup(  # noqa: S704
            f'<span class="handoff-gap"><span class="handoff-gap__lead">{block.lead}</span>{reason}</span>'
        )
    if isinstance(block, Marked):
        title = _escaped(f"{block.how} from {block.source}")
        return Markup(  # noqa: S704
            f'<span class="handoff-mark handoff-mark--{block.how}" title="{title}">{inline(block.block)}</span>'
        )
    if isinstance(block, Elsewhere):
        if not block.where:
            return Markup('<span class="handoff-muted">in the text</span>')
        # Which id the heading gets is the builder's business: a page that knows it makes a link of this.
        where = _escaped(block.where)
        return Markup(  # noqa: S704
            f'<span class="handoff-muted" data-handoff-said="{where}">in the text, under “{where}”</span>'
        )
    raise TypeError(f"{type(block).__name__} does not fit into a line")


def coded(text: str) -> Markup:
    """Return a message as HTML: what stands between backticks is code, the rest is escaped."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts)
    )


def _text(block: Text) -> str:
    text = _escaped(block.text)
    if block.style == "hash":
        unit = f'<span class="handoff-muted">{_escaped(block.unit)}</span> ' if block.unit else ""
        return f'{unit}<code class="handoff-hash">{text}</code>'
    unit = f"\u00a0{_escaped(block.unit)}" if block.unit else ""
    if block.style == "code":
        return f"<code>{text}</code>{unit}"
    if block.style == "number":
        exact = f' title="{_escaped(block.exact)}"' if block.exact else ""
        return f'<span class="handoff-number"{exact}>{text}</span>{unit}'
    if block.style in ("lines", "muted", "date"):
        return f'<span class="handoff-{block.style}">{text}</span>'
    return f"{text}{unit}"


def _link(block: Link) -> str:
    href = safe(block.href)
    hint = f' title="{_escaped(block.hint)}"' if block.hint else ""
    note = f' <span class="handoff-note">{_escaped(block.note)}</span>' if block.note else ""
    if not href:
        return f'<span class="handoff-ref handoff-ref--plain"{hint}>{_escaped(block.text)}</span>{note}'
    state = f" handoff-ref--{block.state}" if block.state != "record" else ""
    return f'<a class="handoff-ref{state}" href="{_escaped(href)}"{hint}>{_escaped(block.text)}</a>{note}'


def _escaped(text: str) -> str:
    """Escape a text; most have nothing to escape, and are no `Markup` afterwards either: both take time."""
    return str(escape(text)) if _SPECIAL.search(text) else text
