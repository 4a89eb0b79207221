"""Metrics of a period beside those of the one that it is compared with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from facet.reporting.query.table import Cell


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Metrics of the period and of the one it is compared with; None: not to be known.

    Those that `are_ratios` are known where something happened, if only to none of it.
    """

    now: Mapping[str, Cell]
    before: Mapping[str, Cell]
    are_ratios: Collection[str] = ()

    @property
    def is_empty(self) -> bool:
        """True when nothing happened in the period."""
        return self._is_nothing(self.now)

    @property
    def is_empty_before(self) -> bool:
        """True when nothing happened in the one that it is compared with."""
        return self._is_nothing(self.before)

    def _is_nothing(self, values: Mapping[str, Cell]) -> bool:
        return not any(
            value is not None if name in self.are_ratios else value
            for name, value in values.items()
        )
