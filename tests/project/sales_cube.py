"""Sales by what is said of products, customers and orders, as the operational tables have them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import duckdb
import pyarrow as pa

from tests.oracle.query import query_oracle
from tests.project.conftest import NOW

#: The dimensions in the order of the oracle's columns, after tenant, day and what it is.
ATTRIBUTES: Final = (
    *("product__product_type", "product__product_status", "product__subcategory_name"),
    *("product__metal", "product__gemstone", "product__brand", "product__collection"),
    *("product__price_band", "person__customer_type", "person__country", "person__city"),
    *("person__segment", "sales_order__order_status", "sales_order__currency_code"),
)
#: The metrics that are sums of these parts, and by what sign.
METRICS: Final[Mapping[str, Mapping[str, int]]] = {
    "gross_sales": {"gross_sales": 1},
    "discounts": {"discounts": 1},
    "returns": {"returns": 1},
    "demand_sales": {"gross_sales": 1, "discounts": -1},
    "net_sales": {"gross_sales": 1, "discounts": -1, "returns": -1},
}
_MONTH: Final = "metric_time__month"

Sums = dict[tuple[Any, ...], tuple[Decimal, ...]]


class SalesCube:
    """Parts of sales, summed by the day that a tenant counts them on and by every attribute."""

    def __init__(self, url: str) -> None:
        rows = query_oracle(
            url, "sales_by_attribute", using=("00_sales", "05_customers"), as_of=NOW
        )
        columns = ("tenant_id", "day", "what", *ATTRIBUTES, "amount")
        cells = zip(*rows, strict=True)
        parts = pa.table(dict(zip(columns, map(list, cells), strict=True)))
        self._connection = duckdb.connect()
        self._connection.register("parts", parts)
        self._connection.execute("create table cube as from parts")

    def sums(
        self,
        tenant_id: int,
        metrics: Sequence[str],
        by: Sequence[str] = (),
        where: Mapping[str, Sequence[str | None]] | None = None,
        days: tuple[str, str] = ("0001-01-01", "9999-12-31"),
    ) -> Sums:
        """Metrics of a tenant by attributes and months; what is 0 throughout is left out."""
        month = "cast(date_trunc('month', day) as date)"  # which is a timestamp to DuckDB
        keys = [month if name == _MONTH else name for name in by]
        told = [
            "sum(amount * case what "
            + " ".join(f"when '{part}' then {sign}" for part, sign in METRICS[name].items())
            + " else 0 end)"
            for name in metrics
        ]
        conditions, values = ["tenant_id = ?", "day between ? and ?"], [tenant_id, *days]
        for name, kept in (where or {}).items():
            conditions.append(f"list_contains(?, coalesce({name}, '(none)'))")
            values.append(["(none)" if value is None else value for value in kept])
        rows = self._connection.execute(
            f"select {', '.join([*keys, *told])} from cube where {' and '.join(conditions)}"
            + (" group by all" if by else ""),
            values,
        ).fetchall()
        return without_nothing(rows, len(by))


def without_nothing(rows: Sequence[Sequence[Any]], keys: int) -> Sums:
    """Rows by their first cells, as the oracle has these; without rows of nothing."""
    found = {
        tuple(map(_told, row[:keys])): tuple(v or Decimal(0) for v in row[keys:]) for row in rows
    }
    return {key: values for key, values in found.items() if any(values)}


def _told(cell: Any) -> Any:
    return str(int(cell)) if isinstance(cell, Decimal) else cell
