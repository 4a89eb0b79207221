"""Every fault of the operational database is told before anything is written."""

from collections.abc import Callable

import pytest
from psycopg.conninfo import make_conninfo

from facet.config import Settings
from facet.errors import ConfigurationError, OperationalError
from facet.sync import sync


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        pytest.param("drop table logs", ["logs: the table is missing"], id="missing table"),
        pytest.param(
            "alter table logs drop column message",
            ["logs.message: the column is missing, text expected"],
            id="missing column",
        ),
        pytest.param(
            "alter table orders alter column total_amount type double precision",
            ["orders.total_amount: double precision, numeric(18,2) expected"],
            id="another type",
        ),
        pytest.param(
            "drop table logs; alter table orders drop column data;"
            " alter table order_tags alter column tag type varchar(10)",
            [
                "logs: the table is missing",
                "order_tags.tag: character varying(10), character varying(20) expected",
                "orders.data: the column is missing, jsonb expected",
            ],
            id="all at once",
        ),
        pytest.param(
            "drop table logs, orders, order_lines, order_tags",
            ["holds none of the 4 declared tables"],
            id="another database",
        ),
    ],
)
def test_a_schema_other_than_declared_is_told_in_full(
    sql: str, told: list[str], settings: Settings, url: str, execute: Callable[[str], None]
) -> None:
    sync(settings, url)
    before = settings.warehouse_path.read_bytes()
    execute(sql)
    with pytest.raises(OperationalError) as caught:
        sync(settings, url)

    if len(told) > 1:
        assert caught.value.why.split("\n  ")[1:] == told
    assert told[0] in caught.value.why
    assert settings.warehouse_path.read_bytes() == before


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        pytest.param(
            "grant select on orders, order_lines, logs to shop_reader",
            "order_tags: no right to select from it",
            id="a table",
        ),
        pytest.param(
            "grant select on orders, order_lines, order_tags to shop_reader;"
            " grant select (id, tenant_id, message) on logs to shop_reader",
            "logs: no right to select created_at",
            id="a column",
        ),
        pytest.param(
            "grant select on all tables in schema public to shop_reader;"
            " alter table orders enable row level security",
            "orders: row-level security hides rows; the role needs BYPASSRLS",
            id="rows",
        ),
    ],
)
def test_missing_rights_are_told(
    sql: str, told: str, settings: Settings, url: str, execute: Callable[[str], None]
) -> None:
    execute(
        "do $$ begin create role shop_reader login; exception when duplicate_object then end $$"
    )
    execute(sql)
    with pytest.raises(OperationalError) as caught:
        sync(settings, f"{url}&user=shop_reader")

    assert caught.value.why.split("\n  ")[1:] == [told]
    assert not settings.warehouse_path.exists()


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        pytest.param("host=127.0.0.1 port=1 dbname=db", "Connection refused", id="no server"),
        pytest.param("{shop} dbname=nowhere", '"nowhere" does not exist', id="no such database"),
    ],
)
def test_an_unreachable_database_is_told_without_its_password(
    address: str, reason: str, settings: Settings, url: str
) -> None:
    place = make_conninfo(url, dbname=None)
    with pytest.raises(OperationalError) as caught:
        sync(settings, make_conninfo(address.format(shop=place), user="postgres", password="p@ss"))

    assert reason in caught.value.why
    assert "p@ss" not in str(caught.value)
    assert not settings.warehouse_path.exists()


def test_what_is_no_address_is_told_without_repeating_it(settings: Settings) -> None:
    with pytest.raises(ConfigurationError, match="not the address") as caught:
        sync(settings, "mysql://me:secret@host")
    assert "secret" not in str(caught.value)
