"""Charts of counts that open nothing: a week by hour, and how far things got."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from facet.reporting.present.charts.rows import bars
from facet.reporting.present.charts.style import Point, Series
from facet.reporting.present.charts.week import week
from facet.reporting.query.table import number_of
from facet.reporting.screen.parts.figures import static_chart, unit
from facet.reporting.screen.session.view import View


def week_chart(
    view: View,
    name: str,
    title: str,
    subtitle: str,
    read: Callable[[], Mapping[tuple[int, int], Decimal]],
    written: Callable[[Decimal], str],
) -> None:
    """A week by hour, from the day with which the tenant's weeks begin.

    Args:
        view: for names of days and hours.
        name: of the chart on its page.
        title: what the chart says.
        subtitle: the unit of its numbers.
        read: the numbers by weekday, 1 for Monday, and hour; asked for when the chart is drawn.
        written: how a number is written.
    """

    def build() -> Any:
        numbers = read()
        first = view.tenant.calendar.week_start
        days = [(first + n - 1) % 7 + 1 for n in range(7)]
        rows = [
            (
                view.formats.weekday(day),
                [numbers.get((day, hour), Decimal()) for hour in range(24)],
            )
            for day in days
        ]
        names = [view.formats.hour(hour) for hour in range(24)]
        return week(rows, names, written) if numbers else None

    static_chart(view, name, title, subtitle, build)


def steps_chart(view: View, name: str, title: str, metrics: Sequence[str]) -> None:
    """How far things of the period got: a bar for each metric, with its share of the first."""
    found = view.query(metrics, period=view.period).records()[0]

    def build() -> Any:
        whole = found[metrics[0]]
        points = tuple(
            Point(
                label=view.label(metric),
                value=float(number_of(found[metric])),
                text=view.count(found[metric]),
                short=f"{view.count(found[metric])} · {view.formats.share(found[metric], whole)}",
            )
            for metric in metrics
        )
        return bars(Series(name=view.text("chart.now"), points=points), None)

    static_chart(view, name, title, unit(view, "count"), build)
