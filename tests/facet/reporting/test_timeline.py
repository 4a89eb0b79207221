"""The figure of a promotion's days: what is looked at stands out, and every bar has its key."""

from facet.reporting.present.charts.style import Point, Series
from facet.reporting.present.timeline import timeline


def series(name: str, *values: float | None) -> Series:
    points = (
        Point(label=f"L{n}", value=value, text=f"T{n}", key=f"K{n}", tick=f"t{n}", short=f"S{n}")
        for n, value in enumerate(values)
    )
    return Series(name=name, points=tuple(points))


def test_the_phase_that_is_looked_at_stands_out_over_redemptions() -> None:
    figure = timeline(
        series("Sales", 1, 5, 4, 2),
        series("Expected", None, 2, 2, 3),
        series("Redemptions", 0, 7, 3, 0),
        phases=[("Before", 0, 0), ("<b>During</b>", 1, 2), ("After", 3, 3)],
        shaded=1,
        ticks=[(0, "0"), (5, "5")],
    )

    sales, redemptions, expected = figure.data
    assert (list(sales.y), list(redemptions.y)) == ([1, 5, 4, 2], [0, 7, 3, 0])
    assert list(expected.y) == [None, 2, 2, 3]
    assert list(sales.marker.opacity) == [0.4, 1.0, 1.0, 0.4]
    assert [list(row) for row in redemptions.customdata][1] == ["K1", "L1", "T1"]
    (shade,) = figure.layout.shapes
    assert (shade.x0, shade.x1) == (0.5, 2.5)
    assert [note.text for note in figure.layout.annotations] == [
        "Before", "&lt;b&gt;During&lt;/b&gt;", "After",
    ]  # fmt: skip
    assert list(figure.layout.yaxis2.ticktext) == ["S1"]
    assert list(figure.layout.xaxis.ticktext) == ["t0", "t1", "t2", "t3"]


def test_before_it_begins_nothing_is_shaded() -> None:
    figure = timeline(
        series("Sales", 1),
        series("Expected", None),
        series("Redemptions", 0),
        phases=[("Before", 0, 0)],
        shaded=None,
        ticks=[],
    )

    assert not figure.layout.shapes
    assert list(figure.data[0].marker.opacity) == [0.4]
