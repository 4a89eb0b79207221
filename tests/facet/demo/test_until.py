"""A demo that reaches to a moment: each shop has yesterday and today, on its own clocks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from facet.demo.create import SQL_DIR, _parameters, _prepare, _run
from facet.demo.existing import ExistingDemo, existing_demo
from tests.facet.demo.claims import CLAIMS
from tests.facet.demo.conftest import SCALE, UNTIL
from tests.facet.demo.test_coherence import changed_before_added, latest_of

Connection = psycopg.Connection[tuple[Any, ...]]

#: The four houses, each with the clocks that it goes by.
_ZONES = {1: "Asia/Ho_Chi_Minh", 2: "America/New_York", 3: "Europe/Paris", 4: "Australia/Sydney"}
#: A shift of today is not settled before it is over.
_UNSETTLED = "who answers is on duty, or the manager"


@pytest.fixture
def demo_until(other_demo_url: str) -> Iterator[Connection]:
    with psycopg.connect(other_demo_url, autocommit=True) as connection:
        connection.execute("set timezone = 'UTC'")
        yield connection


@pytest.mark.parametrize("hour", [0, 5, 13, 17, 20, 23])
def test_each_house_sold_yesterday_and_today_whatever_the_hour(demo_url: str, hour: int) -> None:
    """The whole demo's last orders, drawn and not written."""
    moment = datetime(2026, 9, 30, hour, 10, tzinfo=UTC)
    wanted = ExistingDemo(
        seed=7, as_of=moment.date(), until=moment, scale=Decimal(1), is_whole=True
    )
    draw = (SQL_DIR / "20_draw_orders.sql").read_text()
    with psycopg.connect(demo_url) as connection:
        _prepare(connection, "public")
        connection.execute(
            "truncate sys_tenants, auth_users, sys_permissions, channels_platforms cascade"
        )
        _run(connection, "0", _parameters(wanted) | {"batch_orders": "200"})
        for tenant, zone in _ZONES.items():
            with connection.transaction(force_rollback=True):
                last = connection.execute(
                    "select max(batch) from demo_day where tenant_id = %s", [tenant]
                ).fetchone()
                assert last is not None
                connection.execute(
                    draw.replace(":tenant_id", str(tenant)).replace(":batch", str(last[0])).encode()
                )
                sold: dict[date, datetime] = dict(
                    connection.execute(
                        "select day, max(ordered_at) from demo_order"
                        " where not (is_cancelled or is_draft or is_test or is_deleted) group by 1"
                    ).fetchall()
                )
            today = moment.astimezone(ZoneInfo(zone)).date()
            assert max(sold) == today
            assert today - timedelta(days=1) in sold
            assert max(sold.values()) < moment
        connection.rollback()


def test_nothing_has_happened_after_the_moment_nor_before_it_could(demo_until: Connection) -> None:
    latest = latest_of(demo_until, "it.{}")
    assert [name for name, moment in latest.items() if moment > UNTIL] == []
    assert changed_before_added(demo_until) == []


def test_it_fits_together_like_one_that_ends_at_midnight(demo_until: Connection) -> None:
    broken = {
        claim: row
        for claim, query in CLAIMS.items()
        if (row := demo_until.execute(f"select count(*) from ({query}) as broken").fetchone())
        != (0,)
    }
    assert broken.keys() <= {_UNSETTLED}


def test_it_is_known_again_by_its_moment(demo_until: Connection, other_demo_url: str) -> None:
    assert existing_demo(demo_until, url=other_demo_url, schema="public") == ExistingDemo(
        seed=8, as_of=UNTIL.date(), until=UNTIL, scale=Decimal(str(SCALE)), is_whole=True
    )
