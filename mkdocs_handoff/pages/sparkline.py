"""A number over days as a small line, as inline SVG in the colours of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_WIDTH, _HEIGHT, _MARGIN = 240, 36, 3


def sparkline(points: Sequence[tuple[date, int]], *, top: int, name: str, title: str, told: str) -> Markup:
    """Return a line; nothing for fewer than two days.

    Args:
        points: Days with their numbers, by day.
        top: The number at the upper edge: lines that are to be compared have the same one.
        name: The ending of the ids inside the drawing, unique on the page.
        title: What it shows.
        told: What can be seen in it, in words.
    """
    if len(points) < 2:
        return Markup()
    first, days = points[0][0], max(1, (points[-1][0] - points[0][0]).days)
    places = [
        (
            _MARGIN + (_WIDTH - 2 * _MARGIN) * (day - first).days / days,
            _HEIGHT - _MARGIN - (_HEIGHT - 2 * _MARGIN) * number / max(1, top),
        )
        for day, number in points
    ]
    line = " ".join(f"{across:.1f},{down:.1f}" for across, down in places)
    floor = _HEIGHT - _MARGIN
    ending = escape(name)
    return Markup(  # noqa: S704 - numbers of ours, and text escaped
        f'<svg class="handoff-spark handoff-spark--{ending}" role="img" '
        f'aria-labelledby="handoff-spark-title-{ending}" aria-describedby="handoff-spark-desc-{ending}" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="handoff-spark-title-{ending}">{escape(title)}</title>'
        f'<desc id="handoff-spark-desc-{ending}">{escape(told)}</desc>'
        f'<line class="handoff-spark__floor" x1="{_MARGIN}" x2="{_WIDTH - _MARGIN}" y1="{floor}" y2="{floor}"/>'
        f'<polyline class="handoff-spark__line" points="{line}"/>'
        f'<circle class="handoff-spark__end" cx="{places[-1][0]:.1f}" cy="{places[-1][1]:.1f}" r="2.5"/></svg>'
    )
