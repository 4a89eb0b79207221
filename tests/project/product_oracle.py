"""What products must be, day by day and unit by unit, from the operational tables alone.

Definitions: definitions.md, Products and inventory. Sales of a day are those of the SQL oracle.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from tests.oracle.query import query_oracle

_CENT, _DAY, _YEAR = Decimal("0.01"), timedelta(days=1), timedelta(days=365)
_NOTHING = (0, 0, Decimal())
Key = tuple[int, int]


@dataclass
class _Shops:
    """What the operational tables say of stock, by product, and of variants by product."""

    today: dict[int, date] = field(default_factory=dict)
    changes: Any = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    received: Any = field(default_factory=lambda: defaultdict(list))
    recorded: Any = field(default_factory=lambda: defaultdict(dict))
    sold: Any = field(default_factory=lambda: defaultdict(dict))


def expected_products(url: str, as_of: datetime) -> Mapping[Key, tuple[Any, ...]]:
    """By tenant and product: class, stock-out days, sales lost, units by age, at month ends."""
    shops = _read(url, as_of)
    classes = dict(_classes(shops))
    keys = {key[:2] for key in (*shops.changes, *shops.recorded)} | shops.sold.keys()
    return {
        key: (classes.get(key, "dead"), *_stock_outs(shops, key), *_ages(shops, key),
              _month_ends(shops, key))
        for key in keys
    }  # fmt: skip


def _read(url: str, as_of: datetime) -> _Shops:
    shops = _Shops()
    with psycopg.connect(url) as connection:
        zones = {t: ZoneInfo(zone) for t, zone in
                 connection.execute("select id, timezone from sys_tenants")}  # fmt: skip
        shops.today = {tenant: as_of.astimezone(zone).date() for tenant, zone in zones.items()}
        for tenant, product, variant, kind, units, at in connection.execute(
            "select tenant_id, product_id, variant_id, movement_type, quantity_change, occurred_at"
            " from stock_history"
        ):
            day = at.astimezone(zones[tenant]).date()
            shops.changes[tenant, product, variant][day] += units
            if kind == "receipt" and units > 0:
                shops.received[tenant, product, variant] += [day] * units
        for tenant, product, variant, units in connection.execute(
            "select tenant_id, product_id, variant_id, sum(quantity_on_hand) from stock"
            " group by 1, 2, 3"
        ):
            shops.recorded[tenant, product][variant] = int(units)
    for tenant, product, day, *sold in query_oracle(url, "product_days"):
        shops.sold[tenant, product][day] = tuple(sold)
    return shops


def _stock_outs(shops: _Shops, key: Key) -> tuple[int, Decimal]:
    """Days of the year that ended with nothing, and what they lost: every day is walked through."""
    changes: dict[date, int] = defaultdict(int)
    for place, days in shops.changes.items():
        if place[:2] == key:
            for day, units in days.items():
                changes[day] += units
    today, sold = shops.today[key[0]], shops.sold[key]
    there, was_there, on_hand, days_out, lost = 0, False, list[Decimal](), 0, Decimal()
    day = min(changes, default=today)
    while day < today:
        began, there = there, there + changes[day]
        if began > 0 or there > 0:
            on_hand.append(sold.get(day, _NOTHING)[2])
        sells = any(sold.get(day - n * _DAY, _NOTHING)[0] > 0 for n in range(1, 91))
        if there <= 0 and was_there and day >= today - _YEAR and sells:
            last = on_hand[-90:]
            days_out += 1
            lost += (max(sum(last, Decimal()), Decimal()) / len(last)).quantize(
                _CENT, ROUND_HALF_UP
            )
        was_there = was_there or there > 0
        day += _DAY
    return days_out, lost


def _ages(shops: _Shops, key: Key) -> Sequence[int]:
    """Units on hand below 183 days, to 365, above, and of no known receipt."""
    ages = [0, 0, 0, 0]
    for variant, units in shops.recorded[key].items():
        known = sorted(shops.received[(*key, variant)], reverse=True)[: max(units, 0)]
        ages[3] += max(units, 0) - len(known)
        for day in known:
            days = (shops.today[key[0]] - day).days
            ages[0 if days < 183 else 1 if days <= 365 else 2] += 1
    return ages


def _month_ends(shops: _Shops, key: Key) -> int:
    """Units at the last 13 month ends together."""
    total, end = 0, shops.today[key[0]]
    for _ in range(13):
        end = end.replace(day=1) - _DAY
        for place, days in shops.changes.items():
            if place[:2] == key:
                total += max(0, sum(units for day, units in days.items() if day <= end))
    return total


def _classes(shops: _Shops) -> Iterator[tuple[Key, str]]:
    """The class of each product that sold or came back in the year."""
    of_tenant: dict[int, list[tuple[Decimal, int, int]]] = defaultdict(list)
    for (tenant, product), days in shops.sold.items():
        today = shops.today[tenant]
        year = [sold for day, sold in days.items() if today - _YEAR <= day < today]
        sales = sum((sold[2] for sold in year), Decimal())
        of_tenant[tenant].append((-sales, product, sum(sold[0] for sold in year)))
    for tenant, products in of_tenant.items():
        whole = sum(max(-less, Decimal()) for less, _, _ in products)
        reached = Decimal()
        for less, product, units in sorted(products):
            name = "a" if reached * 100 < whole * 80 else "b" if reached * 100 < whole * 95 else "c"
            yield (tenant, product), "dead" if not units else "c" if less >= 0 else name
            reached += max(-less, Decimal())
