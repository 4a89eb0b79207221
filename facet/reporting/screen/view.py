"""What one person looks at: who they are, what they chose, and how they read it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from facet.release import Release
from facet.reporting.catalogue import Kind
from facet.reporting.filters import DIMENSIONS, WHOLE_ORDER_METRICS, Choices, Dimension, Filters
from facet.reporting.formats import Formats
from facet.reporting.gateway import CacheKey, Gateway, cache_key
from facet.reporting.identity import Principal
from facet.reporting.marts import MartReader
from facet.reporting.metrics import MetricReader, Where
from facet.reporting.periods import Period
from facet.reporting.table import Cell, Table
from facet.reporting.tenants import Language, Tenant, tenant_of
from facet.reporting.texts import text, texts

#: What the ledger writes where there is nothing, and the text that says so.
_MISSING = {
    "No channel": "missing.channel",
    "No category": "missing.category",
    "No product": "missing.product",
}


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


@dataclass(frozen=True, kw_only=True)
class View:
    """Everything a page needs; the same for one rerun from top to bottom."""

    principal: Principal
    release: Release
    tenant: Tenant
    language: Language
    reader: MetricReader
    marts: MartReader
    #: Finds out anew who is there, away from the page; refuses where nobody is any more.
    again: Callable[[], Principal]
    filters: Filters = field(default_factory=Filters)

    @classmethod
    def of(
        cls,
        principal: Principal,
        release: Release,
        language: Language | None,
        *,
        again: Callable[[], Principal] | None = None,
    ) -> "View":
        """The view of a principal; the language is the tenant's unless another was chosen.

        Without `again` nothing can be exported.

        Raises:
            ReleaseError: the release does not have the tenant, or cannot be read.
        """
        tenant = tenant_of(_gateway(), principal, release)
        return cls(
            principal=principal,
            release=release,
            tenant=tenant,
            language=language or tenant.language,
            reader=MetricReader(_gateway(), principal, release),
            marts=MartReader(_gateway(), principal, release),
            again=again or _nobody,
        )

    def showing(self, filters: Filters) -> "View":
        """The same with other filters."""
        return replace(self, filters=filters)

    @cached_property
    def formats(self) -> Formats:
        """How numbers are written."""
        tenant = self.tenant
        return Formats.of(self.language, tenant_locale=tenant.locale, currency=tenant.currency)

    @cached_property
    def choices(self) -> Choices:
        """What there is to filter by."""
        return Choices(**{name: self._values(of) for name, of in self.dimensions.items()})

    @cached_property
    def dimensions(self) -> Mapping[str, Dimension]:
        """What there is to filter by, as the release knows it."""
        return {name: self.known(dimension) for name, dimension in DIMENSIONS.items()}

    def known(self, dimension: Dimension) -> Dimension:
        """A dimension as the release knows it."""
        return dimension.known(self.reader.catalogue.has_dimension)

    @cached_property
    def period(self) -> Period:
        """The days looked at."""
        return self.filters.period(self.tenant.today, self.tenant.calendar)

    @cached_property
    def compared(self) -> Period | None:
        """The days that they are compared with."""
        return self.filters.compared(self.period)

    @property
    def cache_key(self) -> tuple[CacheKey, Language, Filters]:
        """What anything drawn for this view depends on, besides which drawing it is."""
        return cache_key(self.principal, self.release), self.language, self.filters

    def text(self, key: str, **values: str) -> str:
        """A text in the reader's language."""
        return text(self.language, key, **values)

    def word(self, kind: str, value: Cell) -> str:
        """What a value of a mart is called: a text of its kind, else the value as it stands."""
        key = f"{kind}.{value}"
        return self.text(key) if key in texts() else str(value)

    def count(self, cell: Cell) -> str:
        """A number of things."""
        return self.formats.exact(cell, "count")

    def label(self, metric: str) -> str:
        """A metric's name."""
        return self.reader.catalogue.metric(metric).label(self.language)

    def description(self, metric: str) -> str:
        """A metric's own definition."""
        return self.reader.catalogue.metric(metric).description(self.language)

    def kind(self, metric: str) -> Kind:
        """What kind of number a metric is."""
        return self.reader.catalogue.metric(metric).kind

    def choice_label(self, name: str, key: str) -> str:
        """What a value of a filter is called."""
        return self.value_label(DIMENSIONS[name].name, self.choices.of(name)[key])

    def value_label(self, dimension: str, value: str) -> str:
        """What a dimension's value is called."""
        if dimension.endswith("__buyer_type"):
            return self.text(f"buyer.{value}")
        return self.text(_MISSING[value]) if value in _MISSING else value

    def can_show(self, metric: str) -> bool:
        """False for numbers of whole orders while a category is filtered by."""
        return not (self.filters.category and metric in WHOLE_ORDER_METRICS)

    def ask(
        self,
        names: Sequence[str],
        *,
        period: Period | None,
        by: Sequence[str] = (),
        where: Where | None = None,
        order_by: Sequence[str] = (),
        limit: int | None = None,
    ) -> Table:
        """Metrics of a period under the view's filters, narrowed further by `where`."""
        return self.reader.metrics(
            names,
            by=by,
            where={**self.filters.where(self.dimensions), **(where or {})},
            start=period.start if period else None,
            end=period.end if period else None,
            order_by=order_by,
            limit=limit,
        )

    def numbers(self, names: Sequence[str], *, where: Where | None = None) -> Numbers:
        """Metrics of the period and of its comparison, in one question each."""
        shown = [name for name in names if self.can_show(name)]
        now, before = (
            self.ask(shown, period=period, where=where).records() if period else ()
            for period in (self.period, self.compared)
        )
        return Numbers(now=now[0] if now else {}, before=before[0] if before else {})

    def _values(self, dimension: Dimension) -> Mapping[str, str]:
        rows = self.reader.metrics([], by=dimension.columns, order_by=[dimension.name]).rows
        return {dimension.key(row[0]): str(row[-1]) for row in rows if row[-1] is not None}


def _nobody() -> Principal:
    raise PermissionError("Nobody says who is there.")


@lru_cache(maxsize=1)
def _gateway() -> Gateway:
    return Gateway()
