"""A tenant's numbers as one person sees them: who it is, of which days, in which language.

The same for what is shown on a page and for what is sent as a report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Self

from facet.release import Release
from facet.reporting.identity.identity import Principal
from facet.reporting.present.filters import (
    DIMENSIONS,
    Choices,
    Dimension,
    Filters,
)
from facet.reporting.present.formats import Formats
from facet.reporting.present.languages import Language, language_of
from facet.reporting.present.numbers import Numbers
from facet.reporting.present.readable import readable, with_wholes
from facet.reporting.present.texts import text, texts
from facet.reporting.query.comparing import Compared, Event, Pair, Reason, compared_with, pairs
from facet.reporting.query.conditions import Where
from facet.reporting.query.events import events_of
from facet.reporting.query.gateway import CacheKey, Gateway, cache_key
from facet.reporting.query.marts import MartReader
from facet.reporting.query.metric import Kind, Metric
from facet.reporting.query.metrics import MetricReader
from facet.reporting.query.periods import Grain, Period
from facet.reporting.query.table import Cell, Table
from facet.reporting.query.tenants import Tenant, tenant_of

#: The text that says that there is none of what a column names.
_MISSING = {
    "channel_name": "missing.channel",
    "category_name": "missing.category",
    "product_name": "missing.product",
}


@dataclass(frozen=True, kw_only=True)
class TenantView:
    """A person's view of a release, under some filters."""

    principal: Principal
    release: Release
    tenant: Tenant
    language: Language
    reader: MetricReader
    marts: MartReader
    filters: Filters = field(default_factory=Filters)

    @classmethod
    def of(cls, principal: Principal, release: Release, language: Language | None) -> Self:
        """The view of a principal; the language is the tenant's unless another was chosen.

        Raises:
            ReleaseError: the release does not have the tenant, or cannot be read.
        """
        tenant = tenant_of(_gateway(), principal, release)
        return cls(
            principal=principal,
            release=release,
            tenant=tenant,
            language=language or language_of(tenant.locale),
            reader=MetricReader(_gateway(), principal, release),
            marts=MartReader(_gateway(), principal, release),
        )

    def showing(self, filters: Filters) -> Self:
        """The same with other filters."""
        return replace(self, filters=filters)

    @cached_property
    def formats(self) -> Formats:
        """Formats of numbers."""
        tenant = self.tenant
        return Formats.of(self.language, tenant_locale=tenant.locale, currency=tenant.currency)

    @cached_property
    def choices(self) -> Choices:
        """Options of the filters."""
        return Choices(**{name: self._values(of) for name, of in self.dimensions.items()})

    @cached_property
    def dimensions(self) -> Mapping[str, Dimension]:
        """Dimensions of the filters, as the release has them."""
        return {name: self.resolve(dimension) for name, dimension in DIMENSIONS.items()}

    def resolve(self, dimension: Dimension) -> Dimension:
        """A dimension as the release knows it."""
        return dimension.resolve(self.reader.catalogue.has_dimension)

    @cached_property
    def period(self) -> Period:
        """The days looked at."""
        return self.filters.period(self.tenant.today, self.tenant.calendar)

    @cached_property
    def comparison(self) -> Compared | Reason | None:
        """The comparison, or why there is none: half a comparison misleads."""
        found = compared_with(
            self.period,
            self.filters.preset,
            self.filters.comparison,
            as_of=self.tenant.as_of_local,
            events=self.events if self.filters.comparison == "event" else (),
            has_weeks_of_retail=self.tenant.calendar.has_weeks_of_retail,
        )
        if isinstance(found, Compared):
            first = self.first_day
            if first is not None and found.period.start < first:
                return "first_order"
        return found

    @property
    def compared(self) -> Period | None:
        """The days that they are compared with."""
        return self.comparison.period if isinstance(self.comparison, Compared) else None

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The places of a chart over time, each with its days and those that they stand beside."""
        return pairs(
            self.period,
            self.comparison if isinstance(self.comparison, Compared) else None,
            self.grain,
            self.tenant.calendar,
            today=self.tenant.today,
        )

    @property
    def grain(self) -> Grain:
        """Days, weeks or months."""
        return self.filters.grain_for(self.period)

    @property
    def is_unfinished(self) -> bool:
        """Whether the day of the data is in the period."""
        return self.period.start <= self.tenant.today <= self.period.end

    @property
    def has_just_begun(self) -> bool:
        """Whether no more of the period is over than a part of its first day."""
        return self.period.start == self.tenant.today

    @property
    def period_so_far(self) -> Period:
        """The days looked at, as far as they are over."""
        if not self.is_unfinished:
            return self.period
        return Period(self.period.start, self.tenant.today, self.tenant.as_of_local.time())

    @cached_property
    def first_day(self) -> date | None:
        """The first day with orders of the shop; None where there never was one."""
        span = self.reader.span()
        return span[0] if span else None

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events of the shop's country and its own that move; none in releases of before."""
        return events_of(self.marts)

    @property
    def cache_key(self) -> tuple[CacheKey, Language, Filters]:
        """The key of anything drawn for this view, besides which drawing it is."""
        return cache_key(self.principal, self.release), self.language, self.filters

    def text(self, key: str, **values: str) -> str:
        """A text in the reader's language."""
        return text(self.language, key, **values)

    def word(self, kind: str, value: Cell) -> str:
        """The label of a value of a mart: a text of its kind, else the value as it stands."""
        key = f"{kind}.{value}"
        return self.text(key) if key in texts() else str(value)

    def count(self, cell: Cell) -> str:
        """A number of things."""
        return self.formats.exact(cell, "count")

    @cached_property
    def metrics(self) -> Mapping[str, Metric]:
        """The metrics that its person may ask for, of marts that the release has."""
        catalogue = self.reader.catalogue
        return {
            metric.name: metric
            for metric in catalogue.permitted(self.principal.permissions)
            if all(self.marts.has(mart) for mart in catalogue.sources[metric.name].marts)
        }

    def metric(self, name: str) -> Metric:
        """The definition of a metric in the release."""
        return self.reader.catalogue.metric(name)

    def label(self, metric: str) -> str:
        """A metric's name."""
        return self.metric(metric).label(self.language)

    def description(self, metric: str) -> str:
        """A metric's own definition."""
        return self.metric(metric).description(self.language)

    def kind(self, metric: str) -> Kind:
        """The kind of a metric's numbers."""
        return self.metric(metric).kind

    def choice_label(self, name: str, key: str) -> str:
        """The label of a filter's value."""
        return self.choices.of(name)[key]

    def value_label(self, dimension: str, value: Cell) -> str:
        """The label of a value of a dimension, or of a mart's column of that name."""
        column = dimension.rpartition("__")[2]
        if column == "buyer_type":
            return self.text(f"buyer.{value}")
        return self.text(_MISSING[column]) if value is None else str(value)

    def can_show(self, metric: str) -> bool:
        """False for numbers of whole orders while a category is filtered by."""
        return not (self.filters.category and self.metric(metric).whole_order_only)

    def query(
        self,
        names: Sequence[str],
        *,
        period: Period | None,
        by: Sequence[str] = (),
        where: Where | None = None,
        order_by: Sequence[str] = (),
        limit: int | None = None,
        known_by: datetime | None = None,
        known_after: datetime | None = None,
    ) -> Table:
        """Metrics of a period under the view's filters, narrowed further by `where`.

        Where there is nothing, sums are 0; a rate of less than nothing is not told. `known_by`
        leaves out what happened later by the shop's clocks, `known_after` what had happened then.
        """
        table = self.reader.metrics(
            with_wholes(names, self.reader.catalogue),
            by=by,
            where={**self.filters.where(self.dimensions), **(where or {})},
            start=period.start if period else None,
            end=period.end if period else None,
            until=period.until if period else None,
            known_by=known_by,
            known_after=known_after,
            order_by=order_by,
            limit=limit,
        )
        return readable(table, self.reader.catalogue, by=by, names=names)

    def numbers(self, names: Sequence[str], *, where: Where | None = None) -> Numbers:
        """Metrics of the period and of its comparison, in one query each."""
        shown = [name for name in names if self.can_show(name)]
        now = self.query(shown, period=self.period, where=where).records()
        before = self._before(shown, where) if self.compared else {}
        ratios = frozenset(name for name in shown if self._is_ratio(name))
        return Numbers(now=now[0] if now else {}, before=before, are_ratios=ratios)

    def _is_ratio(self, name: str) -> bool:
        metric = self.metric(name)
        return not (metric.is_amount or metric.is_share or metric.kind == "money")

    def _before(self, names: Sequence[str], where: Where | None) -> Mapping[str, Cell]:
        """Metrics of the comparison; what comes to rest later as it was at the same age."""
        resting = [name for name in names if not self.metric(name).as_of]
        found = self.query(resting, period=self.compared, where=where).records() if resting else ()
        before = dict(found[0]) if found else {}
        due = [name for name in names if self.metric(name).as_of]
        can_tell = self.reader.catalogue.tells_time(due)
        if due and can_tell and isinstance(self.comparison, Compared):
            moment = self.comparison.as_of(self.period, self.tenant.as_of_local)
            days = replace(self.comparison.period, until=None)
            before |= self.query(due, period=days, where=where, known_by=moment).records()[0]
        return before

    def _values(self, dimension: Dimension) -> Mapping[str, str]:
        rows = self.reader.metrics([], by=dimension.columns, order_by=[dimension.name]).rows
        return {dimension.key(row[0]): self.value_label(dimension.name, row[-1]) for row in rows}


@lru_cache(maxsize=1)
def _gateway() -> Gateway:
    return Gateway()
