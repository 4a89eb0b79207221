"""A promotion over time: sales in its scope against what would have been expected without it."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from facet.reporting.present.charts.style import Point, Series, plain
from facet.reporting.present.timeline import timeline
from facet.reporting.query.metric import Kind
from facet.reporting.query.table import Cell, as_number
from facet.reporting.screen.pages.promotions.data.days import Bucket, buckets_of
from facet.reporting.screen.pages.promotions.data.promotions import Promotion
from facet.reporting.screen.parts.figures import axis, selectable_chart
from facet.reporting.screen.session.selection import Selection
from facet.reporting.screen.session.view import View


def promotion_timeline(view: View, promotion: Promotion) -> Selection | None:
    """Draw the days of a promotion that has begun; returns the bar that was clicked."""
    start = promotion["start_date"]
    if not isinstance(start, date) or start > view.tenant.today:
        return None

    def build() -> Any:
        buckets = buckets_of(view, promotion)
        return _figure(view, buckets) if buckets else None

    key = selectable_chart(
        view,
        f"days-of-{promotion.key}",
        view.text("promotion.timeline"),
        view.text("promotion.timeline_means", currency=view.tenant.currency),
        build,
    )
    if key is None:
        return None
    days = next(s.days for s in buckets_of(view, promotion) if s.key == key)
    return Selection(
        name="days",
        label=view.formats.period(days),
        where={"is_redemption": [True]},
        period=days,
    )


def _figure(view: View, buckets: Sequence[Bucket]) -> Any:
    phases = []
    for phase, of_phase in groupby(enumerate(buckets), key=lambda pair: pair[1].phase):
        places = [place for place, _ in of_phase]
        phases.append((phase, places[0], places[-1]))
    values = [number for s in buckets for number in (_float(s.sales), _float(s.baseline))]
    shaded = [number for number, (phase, *_) in enumerate(phases) if phase == "during"]
    return timeline(
        _series(view, "promotion.in_scope", buckets, "sales", "money"),
        _series(view, "promotion.baseline", buckets, "baseline", "money"),
        _series(view, "promotion.redemptions", buckets, "redemptions", "count"),
        phases=[(view.text(f"phase.{phase}"), first, last) for phase, first, last in phases],
        shaded=shaded[0] if shaded else None,
        ticks=axis(view, values, "money"),
    )


def _series(view: View, text: str, buckets: Sequence[Bucket], name: str, kind: Kind) -> Series:
    return Series(
        name=view.text(text),
        points=tuple(
            Point(
                label=view.formats.period(bucket.days),
                value=_float(getattr(bucket, name)),
                text=_describe_bucket(view, bucket),
                key=bucket.key if bucket.redemptions else "",
                tick=view.formats.bucket(bucket.days.start, "day"),
                short=view.formats.short(getattr(bucket, name), kind),
            )
            for bucket in buckets
        ),
    )


def _describe_bucket(view: View, bucket: Bucket) -> str:
    """All that is known of some days, a line each, as Plotly takes it."""
    lines: list[tuple[str, Cell, Kind]] = [
        ("promotion.in_scope", bucket.sales, "money"),
        ("promotion.baseline", bucket.baseline, "money"),
        ("promotion.redemptions", bucket.redemptions, "count"),
        ("promotion.cost", bucket.cost, "money"),
    ]
    return "<br>".join(
        f"{plain(view.text(text))}: <b>{plain(view.formats.exact(value, kind))}</b>"
        for text, value, kind in lines
        if value is not None
    )


def _float(cell: Cell) -> float | None:
    number = as_number(cell)
    return None if number is None else float(number)
