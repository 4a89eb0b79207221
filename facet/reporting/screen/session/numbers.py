"""Numbers of a period, and a part of one that somebody pointed at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from facet.reporting.query.conditions import Where
from facet.reporting.query.periods import Period
from facet.reporting.query.table import Cell


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a number that somebody pointed at: some days, and values of dimensions.

    `name` tells the parts of different charts apart, `label` says what it is.
    """

    name: str
    label: str
    period: Period
    where: Where = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Metrics of the period and of the one it is compared with; None: not to be known."""

    now: Mapping[str, Cell]
    before: Mapping[str, Cell]

    @property
    def is_empty(self) -> bool:
        """True when nothing happened in the period."""
        return not any(self.now.values())
