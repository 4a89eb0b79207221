"""Runs the files of the oracle of promotions, in their order, on that of sales."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from tests.oracle.clocks import by_these_clocks, set_clocks

_FOLDER = Path(__file__).parent.parent / "oracle"
_FILES = (
    "00_sales",
    "promotion_orders",
    "promotions",
    "promotion_violations",
    "promotion_lift",
)


class PromotionOracle:
    """What the oracle has found out, for as long as its transaction lasts."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of its tables: per_day, per_shop_day, portion, violation, per_promotion, …"""
        return self._connection.execute(query).fetchall()


@contextmanager
def promotion_oracle(url: str, as_of: datetime) -> Iterator[PromotionOracle]:
    """Work out everything about promotions in a database, and leave nothing behind there."""
    with psycopg.connect(url) as connection:
        connection.execute("select set_config('oracle.as_of', %s, true)", [as_of.isoformat()])
        set_clocks(connection)
        for name in _FILES:
            connection.execute(by_these_clocks((_FOLDER / f"{name}.sql").read_bytes()))
        yield PromotionOracle(connection)
        connection.rollback()
