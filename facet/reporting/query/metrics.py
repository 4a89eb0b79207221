"""Metrics by name: MetricFlow compiles a query in this process, the gateway runs it.

A statement holds no value of a query: days and names go beside it as parameters. So nothing that
somebody typed or stored can become part of a statement, and one compiled statement serves every
period and every choice.

MetricFlow takes a second to import. It is imported on first use; `warm_up` does that ahead.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Final

from facet.release import Release
from facet.release.tenant_files import MARTS_SCHEMA
from facet.reporting.identity.identity import Principal
from facet.reporting.query.catalogue import Catalogue, catalogue_of
from facet.reporting.query.conditions import Conditions, Where
from facet.reporting.query.gateway import Gateway
from facet.reporting.query.table import Cell, Table
from facet.reporting.query.tenant_file import DATABASE

#: When something happened, whatever day it is counted on.
_HAPPENED: Final = "ledger_entry__event_date"


class MetricReader:
    """Metrics of one release for one principal."""

    def __init__(self, gateway: Gateway, principal: Principal, release: Release) -> None:
        self._gateway = gateway
        self._principal = principal
        self._release = release
        self._catalogue: Catalogue = catalogue_of(release, principal.tenant_id)
        #: The metrics that were queried, for the audit log.
        self.queried: set[str] = set()
        #: What a page shows and the release, made before, lacks.
        self.lacking: set[str] = set()

    @property
    def catalogue(self) -> Catalogue:
        """The metrics and dimensions there are."""
        return self._catalogue

    def available_metrics(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those metrics that the release has; the others, which a page shows too, are noted."""
        self.lacking.update(name for name in names if name not in self._catalogue.metrics)
        return tuple(name for name in names if name in self._catalogue.metrics)

    def metrics(
        self,
        names: Sequence[str],
        *,
        by: Sequence[str] = (),
        where: Where | None = None,
        start: date | None = None,
        end: date | None = None,
        until: time | None = None,
        known_by: datetime | None = None,
        known_after: datetime | None = None,
        order_by: Sequence[str] = (),
        limit: int | None = None,
    ) -> Table:
        """Metrics, grouped and restricted.

        Args:
            names: metrics.
            by: dimensions, such as ``metric_time__month`` or ``ledger_entry__channel_name``.
            where: for a dimension or entity, the values to keep; an empty list, and a value that
                it does not have, keep nothing, None keeps what has no value.
            start: the first local day.
            end: the last local day.
            until: to when by the tenant's clocks on that day, to the second.
            known_by: when by the tenant's clocks what is counted had happened, for the ledger.
            known_after: when by these clocks it had not happened yet.
            order_by: columns of the result; ``-`` before a name for descending.
            limit: at most so many rows.

        Returns:
            Columns `by` then `names`; one row where `by` is empty. Money is `Decimal`.

        Raises:
            UnknownNameError: there is no such metric or dimension.
            AmbiguousQuestionError: a metric has alternatives, and none was chosen.
        """
        statement, parameters = self.statement(
            names,
            by=by,
            where=where,
            start=start,
            end=end,
            until=until,
            known_by=known_by,
            known_after=known_after,
            order_by=order_by,
            limit=limit,
        )
        self.queried.update(names)
        return self._gateway.query(self._principal, self._release, statement, parameters)

    def statement(
        self,
        names: Sequence[str],
        *,
        by: Sequence[str] = (),
        where: Where | None = None,
        start: date | None = None,
        end: date | None = None,
        until: time | None = None,
        known_by: datetime | None = None,
        known_after: datetime | None = None,
        order_by: Sequence[str] = (),
        limit: int | None = None,
    ) -> tuple[str, Mapping[str, Cell]]:
        """The statement that `metrics` runs, and the values of its parameters."""
        held = (name for name, values in (where or {}).items() if len(values) <= 1)
        self._catalogue.require_choices(tuple(names), (*by, *held))
        conditions = Conditions(self._catalogue.reference)
        if start is not None:
            conditions.texts.append(_day_condition(">=", conditions.placed(start)))
        if end is not None:
            conditions.texts.append(_day_condition("<=", conditions.placed(end)))
        if end is not None and until is not None and self._catalogue.tells_time(names):
            moment = conditions.placed(datetime.combine(end, until))
            conditions.texts.append(_moment_condition("metric_time", moment))
        if known_by is not None:
            conditions.texts.append(_moment_condition(_HAPPENED, conditions.placed(known_by)))
        if known_after is not None:
            moment = conditions.placed(known_after)
            conditions.texts.append(_moment_condition(_HAPPENED, moment, operator=">"))
        conditions.keep(where or {})
        statement = self._catalogue.compile(
            names=tuple(names),
            by=tuple(by),
            conditions=tuple(conditions.texts),
            order_by=tuple(order_by),
            limit=limit,
        )
        return statement, conditions.parameters

    def values(self, dimension: str) -> tuple[str, ...]:
        """Every value that a dimension has for the principal, sorted."""
        table = self.metrics([], by=[dimension], order_by=[dimension])
        return tuple(str(value) for value in table.column(dimension) if value is not None)

    def span(self) -> tuple[date, date] | None:
        """The first and the last local day with orders; None where there never was one."""
        ledger = f"{DATABASE}.{MARTS_SCHEMA}.fct_sales_ledger"
        statement = (
            f"select min(order_date), max(order_date) from {ledger}"
            " where event_type in ('sale', 'gift_card', 'order')"  # those that `orders` counts
        )
        ((first, last),) = self._gateway.query(self._principal, self._release, statement).rows
        return (first, last) if isinstance(first, date) and isinstance(last, date) else None


def _day_condition(operator: str, parameter: str) -> str:
    """A condition on the local day.

    MetricFlow's own time constraint is not used: it widens a period to whole months where the
    result is by month, so that a started month would be compared with all days of another.
    """
    day = "{{ TimeDimension('metric_time', 'day') }}"
    return f"{day} {operator} cast({parameter} as date)"


def _moment_condition(dimension: str, parameter: str, operator: str = "<=") -> str:
    """A condition on the second, by the tenant's clocks."""
    second = f"{{{{ TimeDimension('{dimension}', 'second') }}}}"
    return f"{second} {operator} cast({parameter} as timestamp)"
