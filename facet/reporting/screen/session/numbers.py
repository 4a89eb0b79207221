"""Numbers of a period, and what is selected in a chart of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from facet.reporting.query.conditions import Where
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Cell


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


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Metrics of the period and of the one it is compared with; None: not to be known."""

    now: Mapping[str, Cell]
    before: Mapping[str, Cell]

    @property
    def is_empty(self) -> bool:
        """True when nothing happened in the period."""
        return not any(self.now.values())
