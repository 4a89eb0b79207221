"""What somebody has chosen to see, and how the address of the page says so.

The address is outside input. What it holds is checked against what there is to choose from; what is
not there is left out and reported, and never reaches a statement.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar, cast, get_args

from facet.reporting.periods import (
    EARLIEST,
    LATEST,
    Calendar,
    Comparison,
    Grain,
    Period,
    Preset,
    compared_period,
    natural_grain,
    preset_period,
)

PRESETS: Final[tuple[Preset, ...]] = get_args(Preset)
COMPARISONS: Final[tuple[Comparison, ...]] = get_args(Comparison)
GRAINS: Final[tuple[Grain, ...]] = get_args(Grain)

#: Metrics that charts and drill-downs can be of: each is a plain sum over the ledger.
MEASURES: Final = (
    "net_sales",
    "gross_sales",
    "discounts",
    "demand_sales",
    "returns",
    "gross_margin",
    "orders",
    "units",
)

#: Those whose parts add up by any dimension; an order may be in more than one category.
ADDITIVE_MEASURES: Final = tuple(name for name in MEASURES if name != "orders")

#: Ratios of sums: where nothing happened there is nothing to tell, rather than 0.
RATIOS: Final = (
    *("average_order_value", "units_per_order", "gross_margin_rate", "return_rate"),
    *("credited_average_order_value", "credited_units_per_order", "target_attainment"),
    *("sales_per_hour", "lead_conversion_rate", "median_first_reply_minutes"),
    *("influence_rate", "rejection_rate", "stacking_rate"),
)

#: What belongs to an order as a whole, and to no category of it.
WHOLE_ORDER_METRICS: Final = (
    "taxes",
    "shipping",
    "total_sales",
    "payments_collected",
    "balance_due",
)

#: What may be filtered by, and the dimension it is; the names are those in the address.
DIMENSIONS: Final = {
    "channel": "ledger_entry__channel_name",
    "category": "ledger_entry__category_name",
    "buyer": "ledger_entry__buyer_type",
}

Address = Mapping[str, Sequence[str]]
_Option = TypeVar("_Option", bound=str)


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What there is to choose from for one tenant in one release."""

    channel: tuple[str, ...]
    category: tuple[str, ...]
    buyer: tuple[str, ...]

    def of(self, name: str) -> tuple[str, ...]:
        """The values of a filter."""
        return cast(tuple[str, ...], getattr(self, name))


@dataclass(frozen=True, kw_only=True)
class Filters:
    """A choice of period, comparison, grain and parts; the defaults are what a page opens with."""

    preset: Preset = "last_30_days"
    custom: Period | None = None
    comparison: Comparison = "year"
    #: None: whatever suits the period.
    grain: Grain | None = None
    measure: str = "net_sales"
    channel: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    buyer: tuple[str, ...] = ()

    def period(self, today: date, calendar: Calendar) -> Period:
        """The days that were chosen, seen from the tenant's local day."""
        if self.preset == "custom" and self.custom is not None:
            return self.custom
        preset: Preset = "last_30_days" if self.preset == "custom" else self.preset
        return preset_period(preset, today, calendar)

    def compared(self, period: Period) -> Period | None:
        """The days that they are compared with."""
        return compared_period(period, self.preset, self.comparison)

    def grain_for(self, period: Period) -> Grain:
        """The grain that was chosen, or the one that suits the period."""
        return self.grain or natural_grain(period)

    @property
    def where(self) -> dict[str, tuple[str, ...]]:
        """The chosen values by dimension, for a question."""
        chosen = {
            dimension: cast(tuple[str, ...], getattr(self, name))
            for name, dimension in DIMENSIONS.items()
        }
        return {dimension: values for dimension, values in chosen.items() if values}

    @property
    def is_narrowed(self) -> bool:
        """True where only some channels, categories or buyers are looked at."""
        return bool(self.where)

    def everything(self) -> "Filters":
        """The same period and comparison for all channels, categories and buyers."""
        return replace(self, channel=(), category=(), buyer=())


def from_address(address: Address, choices: Choices) -> tuple[Filters, tuple[str, ...]]:
    """Read filters from an address.

    Returns:
        The filters, and the names of parameters that held something unusable and were left out.
    """
    ignored: list[str] = []

    def one(name: str, options: Iterable[_Option], default: _Option) -> _Option:
        if name not in address:
            return default
        given = address[name]
        for option in options:
            if list(given) == [option]:
                return option
        ignored.append(name)
        return default

    def some(name: str) -> tuple[str, ...]:
        given = address.get(name, ())
        known = tuple(value for value in choices.of(name) if value in given)
        if len(known) < len(set(given)):
            ignored.append(name)
        return known

    filters = Filters(
        preset=one("period", PRESETS, Filters.preset),
        comparison=one("compare", COMPARISONS, Filters.comparison),
        grain=_grain(one("grain", (*GRAINS, "auto"), "auto")),
        measure=one("measure", MEASURES, Filters.measure),
        channel=some("channel"),
        category=some("category"),
        buyer=some("buyer"),
    )
    if filters.preset == "custom":
        custom = _custom(address)
        if custom is None:
            ignored.append("period")
        filters = replace(filters, preset="custom" if custom else Filters.preset, custom=custom)
    return filters, tuple(ignored)


def to_address(filters: Filters) -> dict[str, list[str]]:
    """The parameters of an address that says the same; what is at its default is left out."""
    default = Filters()
    address: dict[str, list[str]] = {}
    if filters.preset != default.preset:
        address["period"] = [filters.preset]
    if filters.preset == "custom" and filters.custom is not None:
        address["from"] = [filters.custom.start.isoformat()]
        address["to"] = [filters.custom.end.isoformat()]
    if filters.comparison != default.comparison:
        address["compare"] = [filters.comparison]
    if filters.grain is not None:
        address["grain"] = [filters.grain]
    if filters.measure != default.measure:
        address["measure"] = [filters.measure]
    for name in DIMENSIONS:
        if values := getattr(filters, name):
            address[name] = list(values)
    return address


#: Every parameter of an address that filters use.
PARAMETERS: Final = ("period", "from", "to", "compare", "grain", "measure", *DIMENSIONS)


def _grain(text: str) -> Grain | None:
    return None if text == "auto" else cast(Grain, text)


def _custom(address: Address) -> Period | None:
    try:
        (start,), (end,) = address["from"], address["to"]
        period = Period(date.fromisoformat(start), date.fromisoformat(end))
    except (KeyError, ValueError):
        return None
    return period if period.start >= EARLIEST and period.end <= LATEST else None
