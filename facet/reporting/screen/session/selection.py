"""The selected bar of a chart."""

from dataclasses import dataclass, field

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
    """

    name: str
    label: str
    where: Where = field(default_factory=dict)
    period: Period | None = None
