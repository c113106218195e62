"""What was observed, on the pages of a model and of a handoff."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.plot import Plot, Rule, draw
from tests.pages.rendered import Outline, Rendered
from tests.reports.test_observed import FILES

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = '<script>alert("1")</script>'


def test_a_model_page_draws_what_was_observed_against_its_limits(render: Callable[..., Rendered]) -> None:
    html = render(FILES).html("model:reader")
    assert '<h2 id="handoff-observed">Observed</h2>' in html
    for label in ("monitor m 0.7", "monitor m 0.4", "guardrail fall 0.2", "decision threshold 0.6", "accepted 0.6"):
        assert f">{label}</text>" in html
    assert html.count("handoff-plot__rule--baseline") == 1
    assert 'class="handoff-plot__out handoff-plot__out--monitor"' in html
    assert "handoff-plot__out--guardrail" not in html  # it never was below 0.2


def test_a_crossing_stands_above_the_drawing_with_guardrail_and_playbook(render: Callable[..., Rendered]) -> None:
    html = render(FILES).html("model:reader")
    alarm = html[html.index("handoff-observed__alarm") : html.index("handoff-plot")]
    assert "Now 0.72, above 0.7 since 2026-11-07 (monitor m)." in alarm
    assert "Guardrail <strong>stop</strong>" in alarm
    assert 'href="../../playbooks/adjust/"' in alarm
    assert "Switch it off" in alarm
    assert "#dispatch" in alarm


def test_what_is_out_of_bounds_stands_among_the_first_answers(render: Callable[..., Rendered]) -> None:
    html = render(FILES).html("model:reader")
    top = html[: html.index('id="handoff-observed"')]
    assert "out of bounds" in top
    assert 'href="#handoff-observed-1"' in top
    calm = render({**FILES, "o.csv": FILES["o.csv"] + "2026-11-08,0.5\n"}).html("model:reader")
    assert "out of bounds" not in calm[: calm.index('id="handoff-observed"')]


def test_the_figures_stand_beside_the_drawing_and_in_its_description(render: Callable[..., Rendered]) -> None:
    html = render(FILES).html("model:reader")
    text = " ".join(Outline(html).text.split())
    told = re.search(r"<desc[^>]*>(.*?)</desc>", html[html.index("handoff-plot__drawing") :])
    assert told is not None
    assert told[1] == (
        "7 values; the latest 0.72; the lowest 0.35 on 2026-11-05; the highest 0.8 on 2026-11-03; monitor m: "
        "below 0.4 or above 0.7 3 times, and since 2026-11-07; guardrail fall: below 0.2 never; accepted at 0.6"
    )
    assert "Latest0.722026-11-07" in text
    assert "+0.12 (+20.0 %)" in text
    assert 'role="img"' in html


def test_a_handoff_page_shows_the_divergence_since_acceptance(render: Callable[..., Rendered]) -> None:
    html = render(FILES).html("handoff:move")
    section = html[html.index('id="handoff-divergence"') :]
    text = " ".join(Outline(section[: section.index("</section>")]).text.split())
    assert "share≥ 0.660.60.72+0.12 (+20.0 %)" in text
    assert 'href="../../models/reader/#handoff-observed-1"' in section
    assert 'id="handoff-observed-1"' in render(FILES).html("model:reader")


def test_nothing_is_said_to_differ_since_an_acceptance_after_which_nobody_looked(
    render: Callable[..., Rendered],
) -> None:
    later = FILES["handoffs/move.yml"].replace("2026-11-05", "2026-11-20")
    html = render({**FILES, "handoffs/move.yml": later}).html("handoff:move")
    table = html[html.index('id="handoff-divergence"') :].partition("</table>")[0]
    assert "not observed since" in table
    assert "0.72" not in table


def test_a_threshold_beyond_all_numbers_breaks_no_page(render: Callable[..., Rendered]) -> None:
    model = FILES["models/reader.yml"].replace("above 0.70 or below 0.40", "above 1e307")
    assert "handoff-observed" in render({**FILES, "models/reader.yml": model}).html("model:reader")


def test_pages_without_observations_say_nothing_of_them(render: Callable[..., Rendered]) -> None:
    pages = render({**FILES, "models/reader.yml": "title: R\n"})
    assert "handoff-observed" not in pages.html("model:reader")
    assert "handoff-divergence" not in pages.html("handoff:move")


def test_what_could_not_be_read_is_told_on_the_page(render: Callable[..., Rendered]) -> None:
    html = render({**FILES, "o.csv": "date,share\nsoon,1\n2026-11-01,<b>\n"}).html("model:reader")
    assert "o.csv:2 has no time that is one: &#39;soon&#39;" in html
    assert "o.csv:3 has no number" in html or "no numbers in" in html
    assert "<b>" not in html
    gone = render({**FILES, "models/reader.yml": "title: R\nobservations: gone.csv\n"}).html("model:reader")
    assert "gone.csv does not exist" in gone


def test_a_limit_that_is_not_understood_is_told_as_such(render: Callable[..., Rendered]) -> None:
    text = FILES["models/reader.yml"].replace("below 0.2", "a bad day")
    html = render({**FILES, "models/reader.yml": text}).html("model:reader")
    assert "a bad day: not read, it is no threshold that a program can read" in html


def test_names_of_metrics_files_and_limits_are_escaped(render: Callable[..., Rendered]) -> None:
    quoted = "'" + HOSTILE + "'"
    html = render(
        {
            "o.csv": f'date,"{HOSTILE.replace(chr(34), chr(34) * 2)}"\n2026-11-01,1\n2026-11-02,2\n',
            "models/reader.yml": f"title: R\nobservations: {{file: o.csv, title: {quoted}, unit: {quoted}}}\n"
            f"monitors: [{{id: {quoted}, metric: {quoted}, threshold: above 1, alert: {quoted}}}]\n"
            f"guardrails: [{{id: {quoted}, metric: {quoted}, threshold: above 1, action: {quoted}, condition: x}}]\n",
        }
    ).html("model:reader")
    outline = Outline(html)
    assert "handoff-plot" in html
    assert "script" not in outline.tags
    assert outline.crossed == []
    assert len(outline.ids) == len(set(outline.ids))


def test_a_hundred_thousand_observations_add_less_than_100_kb(render: Callable[..., Rendered]) -> None:
    # As restless as can be: every step of the drawing has its own lowest and highest value, many of them out of bounds.
    rows = "".join(f"{1_700_000_000 + 60 * at},{(at * 7919 % 1009) / 1009}\n" for at in range(100_000))
    without = len(render({**FILES, "models/reader.yml": "title: R\n"}).html("model:reader"))
    pages = render({**FILES, "o.csv": "time,share\n" + rows})
    html = pages.html("model:reader")
    assert "100,000 values" in html
    assert len(html.encode()) - without < 60_000
    assert html == pages.html("model:reader")


def test_many_metrics_stay_below_it_too(render: Callable[..., Rendered]) -> None:
    names = [f"m{number}" for number in range(24)]
    rows = "".join(
        f"{1_700_000_000 + 60 * at}," + ",".join(str((at * 7919 + each) % 1009) for each in range(24)) + "\n"
        for at in range(4000)
    )
    html = render({"o.csv": f"time,{','.join(names)}\n{rows}", "models/reader.yml": "title: R\nobservations: o.csv\n"})
    page = html.html("model:reader")
    assert page.count("handoff-plot__box") == 12
    assert len(page.encode()) < 100_000


def test_drawings_of_one_value_of_equal_ones_and_of_far_ones() -> None:
    def drawn(values: list[float], *rules: Rule) -> str:
        times = [float(at) for at in range(len(values))]
        return str(draw(Plot("1", "t", "d", times, values, rules), str, str))

    assert 'd="M240 750h0"' in drawn([1.0])
    for values in ([0.0, 0.0], [-1e299, 1e299], [1e-300, 2e-300], [1e300 - 1e285, 1e299]):
        html = drawn(values, Rule(0.5, "half", "monitor", above=True))
        assert "nan" not in html
        assert "inf" not in html
        assert "half" in html
    for far in (1e300, -1.7e308, float("inf"), float("nan")):
        html = drawn([0.0, 1.0], Rule(far, "far", "monitor", above=True), Rule(0.5, "half", "monitor"))
        assert ("far" in html, "half" in html) == (False, True)
    assert drawn([]) == ""


def test_lines_that_are_close_have_words_that_are_not() -> None:
    rules = tuple(Rule(0.5 + number / 1000, f"rule {number}", "monitor") for number in range(6))
    html = str(draw(Plot("1", "t", "d", [0.0, 1.0], [0.0, 1.0], rules), str, str))
    downs = sorted(float(found) for found in re.findall(r'dx="-4" y="([\d.]+)"', html))
    assert all(after - before >= 12 for before, after in pairwise(downs))
    assert downs[-1] < 170
