"""Figures: what is drawn, what a click on it tells, and that no name is taken for markup."""

from dataclasses import replace
from decimal import Decimal

from facet.reporting.present.charts.as_table import figure_table
from facet.reporting.present.charts.over_time import Line, even_ticks, lines, trend
from facet.reporting.present.charts.rows import bars, row_name, stacked, waterfall
from facet.reporting.present.charts.style import ACCENT, COMPARISON, LOSS, Point, Series
from facet.reporting.present.charts.week import week


def series(*values: float | None, name: str = "This period") -> Series:
    points = (
        Point(label=f"L{n}", value=value, text=f"T{n}", key=f"K{n}", tick=f"t{n}", short=f"S{n}")
        for n, value in enumerate(values)
    )
    return Series(name=name, points=tuple(points))


def test_bars_over_time_carry_their_keys_and_what_they_are_compared_with() -> None:
    now = series(1, None, 3)
    before = series(4, 5, None, name="Year before")
    nothing = Point(label="", value=None, text="")
    before = replace(before, points=(*before.points[:2], nothing))

    bar, line = trend(now, before, ticks=[(0, "0")]).data
    assert list(bar.y) == [1, None, 3]
    assert [list(row) for row in bar.customdata] == [
        ["K0", "L0", "T0", "<br>Year before: T0 (L0)"],
        ["K1", "L1", "T1", "<br>Year before: T1 (L1)"],
        ["K2", "L2", "T2", ""],
    ]
    assert bar.hovertemplate.endswith("</b>%{customdata[3]}<extra></extra>")
    assert list(line.y) == [4, 5, None]
    assert list(trend(now, before, ticks=[]).layout.xaxis.ticktext) == ["t0", "t1", "t2"]


def test_what_stands_beside_no_bar_tells_of_itself() -> None:
    """29 February of the year before, between the 28th and 1 March."""
    now, before = series(1, 2, 3), series(4, 5, 6, name="Year before")
    nothing = Point(label="", value=None, text="", tick="Feb 29")
    now = replace(now, points=(now.points[0], nothing, now.points[2]))

    figure = trend(now, before, ticks=[])

    _, line, mark = figure.data
    assert list(line.y) == [4, 5, 6]
    assert (list(mark.x), list(mark.y)) == ([1], [5])
    assert list(mark.customdata) == ["Year before: T1 (L1)"]
    assert list(figure.layout.xaxis.ticktext) == ["t0", "Feb 29", "t2"]


def test_what_is_not_over_is_hatched_and_shaded_even_where_it_is_nothing() -> None:
    now = series(1, 2, 3)
    now = replace(now, points=(*now.points[:2], replace(now.points[2], is_unfinished=True)))
    figure = trend(now, None, ticks=[])
    assert list(figure.data[0].marker.pattern.shape) == ["", "", "/"]
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [(1.5, 2.5)]


def test_a_single_day_has_the_comparison_beside_it() -> None:
    now, before = trend(series(1), series(2, name="Year before"), ticks=[]).data
    assert (now.type, before.type, before.marker.color) == ("bar", "bar", COMPARISON)


def test_without_a_comparison_there_is_no_grey() -> None:
    assert len(trend(series(1), None, ticks=[]).data) == 1
    assert "customdata[3]" not in trend(series(1), None, ticks=[]).data[0].hovertemplate


def test_lines_stand_over_the_same_days_the_first_in_front_and_in_the_band() -> None:
    actual, expected = series(1, 2, None, name="Actual"), series(1, 3, 5, name="Expected")
    figure = lines(
        [
            Line(series=actual, colour=ACCENT),
            Line(series=expected, colour=COMPARISON, is_dashed=True),
        ],
        ticks=[(0, "0")],
        band=(series(0, 1, 2), series(2, 3, 4)),
    )

    low, high, back, front = figure.data
    assert (list(low.y), list(high.y), high.fill) == ([0, 1, 2], [2, 3, 4], "tonexty")
    assert (back.name, list(back.y), back.line.dash) == ("Expected", [1, 3, 5], "dot")
    assert (front.name, list(front.y), front.line.dash) == ("Actual", [1, 2, None], "solid")
    assert list(front.x) == ["L0", "L1", "L2"]
    assert list(front.customdata) == ["T0", "T1", "T2"]
    assert list(figure.layout.xaxis.ticktext) == ["t0", "t1", "t2"]


def test_values_stand_at_their_bars_and_what_is_compared_stands_below_them() -> None:
    figure = bars(series(10, -5, 3), series(2, 4, 18, name="before"))

    now, before, texts = figure.data
    assert list(now.marker.color) == [ACCENT, LOSS, ACCENT]
    assert list(texts.x) == [10, 0, 3]  # a value below zero stands right of the line
    assert list(texts.text) == [" S0", " S1", " S2"]
    assert list(texts.y) == list(now.y)
    for place, below in zip(now.y, before.y, strict=True):
        assert place + now.width / 2 <= below - before.width / 2
    assert tuple(figure.layout.xaxis.range) == (-5, 18)
    assert [line.x0 for line in figure.layout.shapes] == [0]
    assert figure.layout.margin.r >= 12 + 2 * 8  # where the longest value is written
    assert texts.cliponaxis is False


def test_without_losses_there_is_no_line_at_zero() -> None:
    assert not bars(series(1, 2), None).layout.shapes


def test_the_bridge_goes_from_total_to_total() -> None:
    figure = waterfall(series(10, -2, 8).points, totals=[True, False, True])

    bar = figure.data[1]
    assert list(zip(bar.base, bar.x, strict=True)) == [(0, 10), (10, -2), (0, 8)]
    assert list(bar.marker.color) == [ACCENT, LOSS, ACCENT]


def test_a_bridge_below_zero_has_every_bar_and_value() -> None:
    steps = series(0, 0, -25, -25, -2, 0, -27).points
    figure = waterfall(steps, totals=[True, False, False, True, False, False, True])

    links, bar, texts = figure.data
    assert list(zip(bar.base, bar.x, strict=True)) == [
        (0, 0), (0, 0), (0, -25), (0, -25), (-25, -2), (-27, 0), (0, -27),
    ]  # fmt: skip
    assert set(bar.marker.color[2:5]) == {LOSS}
    assert tuple(figure.layout.xaxis.range) == (-27, 0)
    assert list(texts.text) == [f" S{n}" for n in range(7)]
    assert list(texts.x) == [0, 0, 0, 0, -25, -27, 0]
    assert [line.x0 for line in figure.layout.shapes] == [0]
    assert list(links.x[:3]) == [0, 0, None]


def test_a_figure_can_be_read_as_a_table() -> None:
    now, before = series(10, -5, name="A & B"), series(2, 4, name="<before>")
    for figure in (bars(now, before), trend(now, before, ticks=[])):
        table = figure_table(figure)
        assert table.columns == ("A & B", "<before>")
        assert table.names == ("L0", "L1")
        assert table.rows == (("T0", "T0"), ("T1", "T1"))
        assert table.keys == ("K0", "K1")

    parts = figure_table(stacked([(now, "#111111"), (series(1, 2, name="left"), "#222222")]))
    assert (parts.columns, parts.rows) == (("A & B", "left"), (("T0", "T0"), ("T1", "T1")))
    assert figure_table(waterfall(now.points, totals=[True, False])).rows == (("T0",), ("T1",))
    drawn = [Line(series=now, colour=ACCENT), Line(series=before, colour=COMPARISON)]
    line = figure_table(lines(drawn, ticks=[]))
    assert (line.columns, line.names) == (("A & B", "<before>"), ("L0", "L1"))


def test_parts_of_a_bar_stand_beside_one_another_and_an_empty_one_says_nothing() -> None:
    figure = stacked([(series(3, 0, name="done"), "#111111"), (series(1, 2, name="left"), "#222")])

    done, left = figure.data
    assert figure.layout.barmode == "stack"
    assert (list(done.x), list(left.x)) == ([3, 0], [1, 2])
    assert (list(done.text), list(left.text)) == (["S0", ""], ["S0", "S1"])
    assert list(figure.layout.yaxis.ticktext) == ["L0", "L1"]
    assert "left: <b>" in left.hovertemplate
    assert list(left.customdata[1]) == ["K1", "L1", "T1"]


def test_names_are_shown_as_they_are() -> None:
    label = '<a href="http://x">A & B</a> 💍'
    figure = bars(
        Series(name="n", points=(Point(label=label, value=1, text="1", key=label),)), None
    )

    assert "<a" not in "".join(figure.layout.yaxis.ticktext)
    assert "<a" not in figure.data[0].customdata[0][1]
    assert figure.data[0].customdata[0][0] == label


def test_a_long_name_takes_two_lines_at_most() -> None:
    assert row_name("Halcyon wedding band, 18k yellow gold, 4 mm, size 52 to 54") == (
        "Halcyon wedding band,<br>18k yellow gold, 4 mm,…"
    )
    assert row_name("Rings") == "Rings"
    assert row_name("") == ""


def test_ticks_are_round_and_cover_the_values() -> None:
    assert even_ticks([0, 39_000]) == (0, 10_000, 20_000, 30_000)
    assert even_ticks([3, None]) == (0, 1, 2, 3)
    assert even_ticks([-50, 100])[0] == -50
    assert even_ticks([]) == (0.0,)


def test_a_week_has_a_row_for_each_day_the_first_on_top_and_is_a_table_by_hour() -> None:
    rows = [("Mon", [Decimal(3), Decimal(0)]), ("<Tue>", [Decimal(0), Decimal(6)])]

    figure = week(rows, ["9", "10"], str)

    (cells,) = figure.data  # the last row is on top; rows of two traces would not meet their labels
    assert list(cells.y) == ["&lt;Tue&gt;", "Mon"]
    assert [list(row) for row in cells.z] == [[None, 6], [3, None]]
    assert cells.zmax == 6
    table = figure_table(figure)
    assert (table.columns, table.names) == (("Mon", "<Tue>"), ("9", "10"))
    assert table.rows == (("3", "0"), ("0", "6"))


def test_a_target_is_dotted_steps_and_a_column_of_the_table() -> None:
    """Also where there is no bar yet; a day that has no target has an empty cell."""
    now, target = series(1, 2, None), series(5, None, 7, name="Sales target")

    figure = trend(now, None, ticks=[], target=target)

    bar, steps = figure.data
    assert (steps.mode, steps.line.dash, steps.line.shape) == ("lines", "dot", "hvh")
    assert list(steps.y) == [5, None, 7]
    assert list(bar.y) == [1, 2, None]
    table = figure_table(figure)
    assert table.columns == ("This period", "Sales target")
    assert table.rows == (("T0", "T0"), ("T1", "–"), ("T2", "T2"))
