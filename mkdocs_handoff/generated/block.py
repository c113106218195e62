"""HTML in a form that Markdown leaves alone, in Python-Markdown with any extension and in CommonMark."""

from __future__ import annotations

import re

_PRE = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
_LINES = re.compile(r"[ \t]*\n\s*")
# What preprocessors look for before HTML is set aside: fences, `{++critic++}`, `{{ macros }}`, `$math$`, snippets.
_MARKS = str.maketrans({mark: f"&#{ord(mark)};" for mark in "`{}~$"} | {"\t": "&#9;"})


def block(html: str) -> str:
    """Return HTML as one block: an element that begins a line and ends one, and in between no blank line.

    A blank line ends an HTML block in CommonMark, and Python-Markdown's extensions look for their marks in the lines
    of raw HTML, too. What is kept word for word, as in `pre`, has its line ends as `&#10;`.
    """
    # `re.split` with two groups yields text, element, its name, text, …
    pieces = _PRE.split(html.strip())
    made: list[str] = []
    for number, piece in enumerate(pieces):
        if number % 3 == 0:
            made.append(_LINES.sub("\n", piece))
        elif number % 3 == 1:
            made.append(piece.replace("\n", "&#10;"))
    return f'<div class="handoff-page">\n{"".join(made).translate(_MARKS).strip()}\n</div>' if html.strip() else ""
