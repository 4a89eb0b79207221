"""Every fault of the operational database is told before anything is written."""

from collections.abc import Callable

import pytest
from psycopg.conninfo import make_conninfo

from facet.config import Settings
from facet.errors import ConfigurationError, OperationalError
from facet.sync import sync


@pytest.mark.parametrize(
    ("sql", "messages"),
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
            " alter table order_tags alter column tag type bytea using '\\x00'",
            [
                "logs: the table is missing",
                "order_tags.tag: bytea, character varying(20) expected",
                "orders.data: the column is missing, jsonb expected",
            ],
            id="all at once",
        ),
        pytest.param(
            "drop table logs; drop table order_lines",
            ["logs, order_lines: the table is missing"],
            id="one cause, told once",
        ),
        pytest.param(
            'alter table logs rename to "LOGS";'
            ' alter table orders rename column order_number to "Order_Number"',
            [
                'logs: the table is missing; there is "LOGS", which is another name: alter table'
                ' "LOGS" rename to "logs", or declare it as LOGS in the sources\' YAML',
                "orders.order_number: the column is missing, text expected; there is"
                ' "Order_Number", which is another name',
            ],
            id="names in other case",
        ),
        pytest.param(
            "alter table logs rename to logs_kept; create view logs as select * from logs_kept",
            [
                "logs: a view, whose rows carry no version by which changes are found:"
                " read the table that it shows"
            ],
            id="a view",
        ),
        pytest.param(
            "alter table logs rename to logs_kept;"
            ' create materialized view "Logs" as select * from logs_kept',
            [
                'logs: the table is missing; there is a materialized view "Logs", which is'
                ' another name: alter table "Logs" rename to "logs", or declare it as Logs in the'
                " sources' YAML"
            ],
            id="a materialized view of another case",
        ),
        pytest.param(
            "alter table logs rename to logs_kept; create foreign data wrapper none;"
            " create server elsewhere foreign data wrapper none;"
            " create foreign table logs (id integer) server elsewhere",
            [
                "logs: a foreign table, whose rows carry no version by which changes are found:"
                " read the table that it shows"
            ],
            id="a foreign table",
        ),
        pytest.param(
            "drop table logs, orders, order_lines, order_tags",
            ["holds none of the 4 declared tables"],
            id="another database",
        ),
    ],
)
def test_a_schema_other_than_declared_is_told_in_full(
    sql: str, messages: list[str], settings: Settings, url: str, execute: Callable[[str], None]
) -> None:
    sync(settings, url)
    before = settings.warehouse_path.read_bytes()
    execute(sql)
    with pytest.raises(OperationalError) as caught:
        sync(settings, url)

    if len(messages) > 1:
        assert caught.value.why.split("\n  ")[1:] == messages
    assert messages[0] in caught.value.why
    if "\n" in caught.value.why:  # what is to be done stands on a line of its own
        assert str(caught.value).endswith(f"{messages[-1]}\n{caught.value.next_step}")
    assert settings.warehouse_path.read_bytes() == before


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        pytest.param(
            "grant select on orders, order_lines, logs to shop_reader",
            'order_tags: no right to select from it: grant select on all tables in schema "public"'
            ' to "shop_reader"',
            id="a table",
        ),
        pytest.param(
            "grant select (id) on orders to shop_reader",
            "logs, order_lines, order_tags: no right to select from it: grant select on all tables"
            ' in schema "public" to "shop_reader"\n  orders: no right to select tenant_id,'
            " order_number, total_amount, exchange_rate, data, is_test, promised_on, updated_at,"
            " deleted_at",
            id="tables, for one cause",
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
            "orders: row-level security hides rows; the role needs BYPASSRLS:"
            ' alter role "shop_reader" bypassrls',
            id="rows",
        ),
    ],
)
def test_missing_rights_are_told(
    sql: str, message: str, settings: Settings, url: str, execute: Callable[[str], None]
) -> None:
    execute(
        "do $$ begin create role shop_reader login; exception when duplicate_object then end $$"
    )
    execute(sql)
    with pytest.raises(OperationalError) as caught:
        sync(settings, f"{url}&user=shop_reader")

    assert caught.value.why.split("\n  ", 1)[1:] == [message]
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
