"""Runs the oracle of promotions, promotions.sql and promotion_lift.sql, on that of sales."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from tests.oracle.clocks import by_these_clocks, set_clocks

_FOLDER = Path(__file__).parent.parent / "oracle"


class PromotionOracle:
    """What the oracle has found out, for as long as its transaction lasts."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of its tables: per_day, per_shop_day, portion, violation, per_promotion, …"""
        return self._connection.execute(query).fetchall()


def run_oracle(connection: psycopg.Connection[Any], as_of: datetime) -> PromotionOracle:
    """Work out everything about promotions in the connection's transaction."""
    connection.execute("select set_config('oracle.as_of', %s, true)", [as_of.isoformat()])
    set_clocks(connection)
    for name in ("00_sales", "promotions", "promotion_lift"):
        connection.execute(by_these_clocks((_FOLDER / f"{name}.sql").read_bytes()))
    return PromotionOracle(connection)


@contextmanager
def promotion_oracle(url: str, as_of: datetime) -> Iterator[PromotionOracle]:
    """Work out everything about promotions in a database, and leave nothing behind there."""
    with psycopg.connect(url) as connection:
        yield run_oracle(connection, as_of)
        connection.rollback()
