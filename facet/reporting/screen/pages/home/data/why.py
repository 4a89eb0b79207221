"""Why net sales changed: what each product's units and prices, and each part, come to in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from facet.reporting.present.contributions import (
    Effects,
    Part,
    Sold,
    concentration,
    effects_by_product,
    parts_of,
)
from facet.reporting.present.filters import DIMENSIONS, PRODUCT, Dimension
from facet.reporting.present.rounding import minor_unit_places
from facet.reporting.present.staff import SALES as CREDITED
from facet.reporting.query.conditions import Where
from facet.reporting.query.table import Cell, Record, number_of
from facet.reporting.screen.pages.home.data.stretches import Days, Stretch, Subject
from facet.reporting.screen.session.view import View
from facet.rights.codes import MARKETING, STAFF

_SOLD: Final = ("gross_sales", "units", "discounts", "returns", "recorded_cost")
_BY: Final = {**DIMENSIONS, "product": PRODUCT}
#: What promoted an order: a promotion, or `several`; None: nothing did.
PROMOTION: Final = Dimension(id="sales_order__promotion_key", name="sales_order__promotion_name")
_STAFF: Final = Dimension(id="staff_member", name="staff_member__full_name")
#: Parts of what a person has credit for; credits have names alone.
_OF_PERSON: Final = {
    name: Dimension(id=f"sales_credit__{column}", name=f"sales_credit__{column}")
    for name, column in (
        ("channel", "channel_name"),
        ("category", "category_name"),
        ("buyer", "buyer_type"),
    )
}
#: The key of orders that several promotions promoted.
SEVERAL: Final = "several"
#: The key of what people have together whom the reader may not see one by one.
OTHERS: Final = "others"


@dataclass(frozen=True, kw_only=True)
class Split:
    """A change by one dimension: the largest first; each part's orders are had by `dimension`."""

    by: str
    metric: str
    dimension: Dimension
    parts: tuple[Part, ...]
    where: Where = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Why:
    """What a change of net sales is made of: by product, and by each dimension."""

    change: Decimal
    splits: tuple[Split, ...]
    #: None of what one person has credit for.
    effects: Mapping[Cell, Effects] | None = None
    products: Mapping[Cell, Cell] = field(default_factory=dict)

    @property
    def total(self) -> Effects:
        """The effects of all products together."""
        return sum((self.effects or {}).values(), Effects())

    @property
    def able(self) -> list[Split]:
        """The dimensions that can tell something: those in which several parts changed."""
        return [split for split in self.splits if len(split.parts) > 1 and split.by != "product"]

    def telling(self, most: int) -> list[Split]:
        """Those in which the fewest parts make the most of the change, best first."""
        return sorted(self.able, key=lambda split: -concentration(split.parts))[:most]


def why(view: View, subject: Subject, stretch: Stretch) -> Why | None:
    """What the change of a stretch's net sales is made of; None without a comparison."""
    if stretch.before is None:
        return None
    sides = (stretch.now, stretch.before)
    if subject.name == "person":
        splits = [
            _split(view, subject.sales, by, dimension, sides, subject.where)
            for by, dimension in _OF_PERSON.items()
        ]
        return Why(change=_change(splits[0].parts), splits=tuple(splits))
    by = {name: view.resolve(dimension) for name, dimension in _BY.items()}
    columns = [column for dimension in by.values() for column in dimension.columns]
    rows = [
        view.query(
            _SOLD, by=[*dict.fromkeys(columns)], period=days.period, known_by=days.known_by
        ).records()
        for days in sides
    ]
    sold = {name: [_sold(each, dimension) for each in rows] for name, dimension in by.items()}
    names = {name: _names(rows, dimension) for name, dimension in by.items()}
    splits = [
        Split(
            by=name,
            metric=subject.sales,
            dimension=dimension,
            parts=parts_of(_net(sold[name][0]), _net(sold[name][1]), names[name].get),
        )
        for name, dimension in by.items()
    ]
    change = _change(splits[0].parts)
    whole = [sum(_net(each).values(), Decimal()) for each in sold["channel"]]
    splits += _of_people(view, sides, whole)
    splits += _of_promotions(view, sides)
    places = minor_unit_places(view.tenant.currency)
    effects = effects_by_product(*sold["product"], places=places)
    return Why(change=change, splits=tuple(splits), effects=effects, products=names["product"])


def orders_split(view: View, stretch: Stretch) -> tuple[Split, ...]:
    """The change of orders by channel and buyer: whole orders, of which a category has none."""
    if stretch.before is None:
        return ()
    return tuple(
        _split(view, "orders", by, view.dimensions[by], (stretch.now, stretch.before), {})
        for by in ("channel", "buyer")
    )


def _split(
    view: View, metric: str, by: str, dimension: Dimension, sides: Iterable[Days], where: Where
) -> Split:
    found = [
        view.query(
            [metric],
            by=dimension.columns,
            period=days.period,
            known_by=days.known_by,
            where=where,
        ).records()
        for days in sides
    ]
    now, before = (_sums(rows, dimension, metric) for rows in found)
    parts = parts_of(now, before, _names(found, dimension).get)
    return Split(by=by, metric=metric, dimension=dimension, parts=parts, where=where)


def _of_people(view: View, sides: Sequence[Days], whole: Sequence[Decimal]) -> list[Split]:
    """By who has credit, for who may see people; whom they may not see are one part together.

    Credits do not know what came back when: there are none of days as they were known earlier,
    where what comes back counts on the day of the order.
    """
    can_tell = view.principal.may(STAFF) and view.marts.has("fct_sales_credits")
    is_of_then = any(days.known_by for days in sides)
    if not can_tell or (is_of_then and view.tenant.return_dating == "order_date"):
        return []
    rows = [
        view.query([CREDITED], by=_STAFF.columns, period=days.period).records() for days in sides
    ]
    now, before = (_sums(each, _STAFF, CREDITED) for each in rows)
    rest = [
        all_of_it - sum(of.values()) for all_of_it, of in zip(whole, (now, before), strict=True)
    ]
    if any(rest):
        now[OTHERS], before[OTHERS] = rest
    names = {**_names(rows, _STAFF), OTHERS: OTHERS}
    parts = parts_of(now, before, names.get)
    return [Split(by="person", metric=CREDITED, dimension=_STAFF, parts=parts)]


def _of_promotions(view: View, sides: Sequence[Days]) -> list[Split]:
    """By what promoted the orders, for who may see promotions; older releases do not know."""
    catalogue = view.reader.catalogue
    is_known = catalogue.has_dimension(PROMOTION.id) and view.marts.has("fct_promoted_orders")
    if not is_known or not view.principal.may(MARKETING):
        return []
    return [_split(view, "net_sales", "promotion", PROMOTION, sides, {})]


def _sold(rows: Sequence[Record], dimension: Dimension) -> dict[Cell, Sold]:
    found: defaultdict[Cell, Sold] = defaultdict(Sold)
    for row in rows:
        gross, units, discounts, returns, cost = (number_of(row[name]) for name in _SOLD)
        found[row[dimension.id]] += Sold(
            gross=gross, units=units, discounts=discounts, returns=returns, cost=cost
        )
    return dict(found)


def _net(sold: Mapping[Cell, Sold]) -> dict[Cell, Decimal]:
    return {key: each.net for key, each in sold.items()}


def _sums(rows: Sequence[Record], dimension: Dimension, metric: str) -> dict[Cell, Decimal]:
    found: defaultdict[Cell, Decimal] = defaultdict(Decimal)
    for row in rows:
        found[row[dimension.id]] += number_of(row[metric])
    return dict(found)


def _names(tables: Iterable[Sequence[Record]], dimension: Dimension) -> dict[Cell, Cell]:
    """The name of each key, as it is called now where it has another."""
    return {row[dimension.id]: row[dimension.name] for rows in tables for row in rows}


def _change(parts: Iterable[Part]) -> Decimal:
    return sum((part.change for part in parts), Decimal())
