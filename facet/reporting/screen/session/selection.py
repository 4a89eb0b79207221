"""The selected bar of a chart."""

from dataclasses import dataclass, field
from datetime import datetime

from facet.reporting.query.conditions import Where
from facet.reporting.query.periods import Period


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The selected bar of a chart, as what it was summed from.

    Args:
        name: of the chart.
        label: of the bar, for readers.
        where: the values of dimensions, or of a mart's columns, that it stands for.
        period: the days that it stands for; None for all days.
        known_after: of these what had not happened by then, on the shop's clocks.
    """

    name: str
    label: str
    where: Where = field(default_factory=dict)
    period: Period | None = None
    known_after: datetime | None = None
