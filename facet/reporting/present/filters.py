"""Filters of a page, and their query parameters.

The address is outside input. What it holds is checked against what there is to choose from; what is
not there is left out and reported, and never reaches a statement.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar, cast, get_args

from facet.reporting.query.comparing import Comparison
from facet.reporting.query.conditions import Where
from facet.reporting.query.periods import (
    EARLIEST,
    LATEST,
    Calendar,
    Grain,
    Period,
    Preset,
    natural_grain,
    preset_period,
)
from facet.reporting.query.table import Cell

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

#: In an address, and as the key of a part: those that have no channel, category or product.
NONE: Final = "none"


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """A dimension of numbers: the ids of things, and their names.

    Where there are no ids, as of buyers, both are the same.
    """

    id: str
    name: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a query groups by."""
        return tuple(dict.fromkeys((self.id, self.name)))

    def key(self, value: Cell) -> str:
        """An id as an address and a chart have it."""
        return NONE if value is None else str(value)

    def value(self, key: str) -> Cell:
        """The id of a key."""
        if key == NONE:
            return None
        return key if self.id == self.name else int(key)

    def resolve(self, has: Callable[[str], bool]) -> "Dimension":
        """The same, by name alone in a release that was made before it had the ids."""
        return self if has(self.id) else replace(self, id=self.name)


#: What may be filtered by; the names are those in the address.
DIMENSIONS: Final = {
    "channel": Dimension(id="ledger_entry__page_id", name="ledger_entry__channel_name"),
    "category": Dimension(id="ledger_entry__category_id", name="ledger_entry__category_name"),
    "buyer": Dimension(id="ledger_entry__buyer_type", name="ledger_entry__buyer_type"),
}
PRODUCT: Final = Dimension(id="product", name="ledger_entry__product_name")

Address = Mapping[str, Sequence[str]]
_Option = TypeVar("_Option", bound=str)


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Options of each filter for one tenant in one release: labels by key."""

    channel: Mapping[str, str]
    category: Mapping[str, str]
    buyer: Mapping[str, str]

    def of(self, name: str) -> Mapping[str, str]:
        """The values of a filter, by key."""
        return cast(Mapping[str, str], getattr(self, name))

    def key(self, name: str, given: str) -> str | None:
        """The key that an address means: by key, or by name as addresses once had it."""
        values = self.of(name)
        if given in values:
            return given
        named = [key for key, value in values.items() if value == given]
        return named[0] if len(named) == 1 else None


@dataclass(frozen=True, kw_only=True)
class Ignored:
    """A parameter of an address that was left out, and what of it was not known."""

    name: str
    values: tuple[str, ...] = ()


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

    def grain_for(self, period: Period) -> Grain:
        """The grain that was chosen, or the one that suits the period."""
        return self.grain or natural_grain(period)

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The chosen keys by filter."""
        keys = {name: cast(tuple[str, ...], getattr(self, name)) for name in DIMENSIONS}
        return {name: chosen for name, chosen in keys.items() if chosen}

    def where(self, dimensions: Mapping[str, Dimension]) -> dict[str, tuple[Cell, ...]]:
        """The chosen values by dimension, for a query."""
        return {
            dimensions[name].id: tuple(map(dimensions[name].value, keys))
            for name, keys in self.chosen.items()
        }

    @property
    def is_narrowed(self) -> bool:
        """True where only some channels, categories or buyers are looked at."""
        return bool(self.chosen)

    def narrowed(
        self, dimensions: Mapping[str, Dimension], where: Where, period: Period | None
    ) -> "Filters | None":
        """The same, narrowed to what somebody picked; None where filters cannot say it.

        Args:
            dimensions: those of the filters, as the release has them.
            where: the values that were picked.
            period: the days that were picked; None for those looked at.
        """
        named = {dimension.id: name for name, dimension in dimensions.items()}
        if not named.keys() >= where.keys():
            return None
        keys = {
            named[column]: tuple(map(dimensions[named[column]].key, values))
            for column, values in where.items()
        }
        chosen = self._choosing(keys)
        if period is None:
            return chosen
        return replace(chosen, preset="custom", custom=replace(period, until=None))

    def without(self, name: str, key: str) -> "Filters":
        """The same without one of the chosen channels, categories or buyers."""
        rest = tuple(chosen for chosen in self.chosen.get(name, ()) if chosen != key)
        return self._choosing({name: rest})

    def over(self, other: "Filters") -> "Filters":
        """The same for the period of others."""
        return replace(self, preset=other.preset, custom=other.custom)

    def _choosing(self, keys: Mapping[str, tuple[str, ...]]) -> "Filters":
        return replace(
            self,
            channel=keys.get("channel", self.channel),
            category=keys.get("category", self.category),
            buyer=keys.get("buyer", self.buyer),
        )

    def everything(self) -> "Filters":
        """The same period and comparison for all channels, categories and buyers."""
        return replace(self, channel=(), category=(), buyer=())


def from_address(address: Address, choices: Choices) -> tuple[Filters, tuple[Ignored, ...]]:
    """Read filters from an address.

    Returns:
        The filters, and the parameters that held something unusable and were left out.
    """
    ignored: list[Ignored] = []

    def one(name: str, options: Iterable[_Option], default: _Option) -> _Option:
        if name not in address:
            return default
        given = address[name]
        for option in options:
            if list(given) == [option]:
                return option
        ignored.append(Ignored(name=name, values=tuple(given)))
        return default

    def some(name: str) -> tuple[str, ...]:
        meant = {given: choices.key(name, given) for given in address.get(name, ())}
        if unknown := tuple(given for given, key in meant.items() if key is None):
            ignored.append(Ignored(name=name, values=unknown))
        return tuple(key for key in choices.of(name) if key in meant.values())

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
            days = [", ".join(address.get(end, ())) for end in ("from", "to")]
            ignored.append(Ignored(name="period", values=tuple(filter(None, days))))
        filters = replace(filters, preset="custom" if custom else Filters.preset, custom=custom)
    return filters, tuple(ignored)


def to_address(filters: Filters) -> dict[str, list[str]]:
    """The query parameters of the filters; what is at its default is left out."""
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
