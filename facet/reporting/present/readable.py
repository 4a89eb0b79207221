"""Results as people read them: 0 for sums of nothing, and no rate of less than nothing."""

from collections.abc import Sequence

from facet.reporting.query.catalogue import Catalogue
from facet.reporting.query.table import Cell, Table, as_number


def with_wholes(names: Sequence[str], catalogue: Catalogue) -> list[str]:
    """Metrics, and beside rates what each is of, where that may be negative."""
    wholes = (catalogue.metric(name).rate_of for name in names)
    return list(dict.fromkeys([*names, *filter(None, wholes)]))


def readable(
    table: Table, catalogue: Catalogue, *, by: Sequence[str], names: Sequence[str]
) -> Table:
    """The result of a query of `with_wholes(names)`, of `names` alone.

    Only ratios are null where there is nothing to tell. A margin of -40 on net sales of -40 is no
    margin of 100 %.
    """
    positions = {name: position for position, name in enumerate(table.columns)}
    metrics = {name: catalogue.metric(name) for name in names}

    def cell(row: Sequence[Cell], name: str) -> Cell:
        value = row[positions[name]]
        if value is None:
            return 0 if metrics[name].is_sum else None
        rate_of = metrics[name].rate_of
        denominator = as_number(row[positions[rate_of]]) if rate_of else None
        return None if denominator is not None and denominator < 0 else value

    rows = tuple((*row[: len(by)], *(cell(row, name) for name in names)) for row in table.rows)
    return Table((*by, *names), rows)
