"""Answers as people read them: 0 for sums of nothing, and no rate of less than nothing."""

from collections.abc import Sequence

from facet.reporting.present.filters import RATES_OF
from facet.reporting.query.catalogue import Catalogue
from facet.reporting.query.table import Cell, Table, as_number


def with_wholes(names: Sequence[str]) -> list[str]:
    """Metrics, and beside rates what each is of, where that may be negative."""
    return list(dict.fromkeys([*names, *(RATES_OF[name] for name in names if name in RATES_OF)]))


def readable(
    table: Table, catalogue: Catalogue, *, by: Sequence[str], names: Sequence[str]
) -> Table:
    """An answer to `with_wholes(names)`, of `names` alone.

    Only ratios are null where there is nothing to tell. A margin of -40 on net sales of -40 is no
    margin of 100 %.
    """
    places = {name: place for place, name in enumerate(table.columns)}
    sums = {name for name in names if catalogue.metric(name).is_sum}

    def cell(row: Sequence[Cell], name: str) -> Cell:
        value = row[places[name]]
        if value is None:
            return 0 if name in sums else None
        whole = as_number(row[places[RATES_OF[name]]]) if name in RATES_OF else None
        return None if whole is not None and whole < 0 else value

    rows = tuple((*row[: len(by)], *(cell(row, name) for name in names)) for row in table.rows)
    return Table((*by, *names), rows)
