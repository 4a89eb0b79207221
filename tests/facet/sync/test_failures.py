"""What is said when PostgreSQL or the file fails: the reason in its own words, and what helps."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb
import psycopg
import pytest

from facet.config import Settings
from facet.errors import ConfigurationError, OperationalError, WarehouseError
from facet.operational.connection import connect, reading, redacted
from facet.sync import sync
from tests.facet.sync.conftest import Execute

ROLE = "hurried"


@pytest.fixture
def hurried(url: str, execute: Execute) -> Iterator[str]:
    """The address for a role that the server's administrator gives little time."""
    execute(f"create role {ROLE} login; grant select on all tables in schema public to {ROLE}")
    yield f"{url}&user={ROLE}"
    execute(f"drop owned by {ROLE}; drop role {ROLE}")


@contextmanager
def locked(url: str, table: str) -> Iterator[None]:
    with psycopg.connect(url) as connection:
        connection.execute(f"lock table {table} in access exclusive mode")
        yield


@pytest.mark.parametrize(
    "timeout",
    ["statement_timeout", "idle_in_transaction_session_timeout", "transaction_timeout"],
)
def test_a_roles_timeouts_do_not_end_a_long_copy(
    timeout: str,
    settings: Settings,
    url: str,
    execute: Execute,
    hurried: str,
    copied_rows: Callable[[], dict[str, list[object]]],
) -> None:
    """A table is locked, and nothing is asked in between, for longer than the role has time."""
    execute(f"alter role {ROLE} set {timeout} = '500ms'")
    done = threading.Event()

    def hold() -> None:
        with locked(url, "order_tags"):  # the last but one of the tables
            held.set()
            done.wait(1.5)

    held = threading.Event()
    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    try:
        sync(settings, hurried, progress=lambda table: time.sleep(0.6))
    finally:
        done.set()
        holder.join()
    assert len(copied_rows()["orders"]) == 40


def test_what_is_read_at_length_otherwise_has_time_too(
    url: str, execute: Execute, hurried: str
) -> None:
    execute(f"alter role {ROLE} set transaction_timeout = '1s'")
    with reading(hurried) as connection:
        row = connection.execute("select 1 from pg_sleep(1.5)").fetchone()
    assert row == (1,)


def test_a_locked_table_is_told_without_the_statement(
    settings: Settings, url: str, execute: Execute, hurried: str
) -> None:
    execute(f"alter role {ROLE} set lock_timeout = '100ms'")
    with locked(url, "orders"), pytest.raises(OperationalError) as caught:
        sync(settings, hurried)
    assert caught.value.what == "Table orders"
    assert caught.value.why == (
        "PostgreSQL could not be read. ERROR: canceling statement due to lock timeout."
    )
    assert "as a migration does" in caught.value.next_step


def test_what_helps_is_told_by_what_went_wrong(url: str, execute: Execute, hurried: str) -> None:
    execute(f"alter role {ROLE} set lock_timeout = '100ms'")
    with (
        locked(url, "orders"),
        pytest.raises(OperationalError, match="lock timeout") as waited,
        reading(hurried) as connection,
    ):
        connection.execute("select from orders")
    assert "as a migration does" in waited.value.next_step
    execute(f"revoke select on orders from {ROLE}")
    with (
        pytest.raises(OperationalError, match="permission denied") as refused,
        reading(hurried) as connection,
    ):
        connection.execute("select from orders")
    assert refused.value.next_step == f"Give {ROLE} SELECT on all operational tables."
    with (
        pytest.raises(OperationalError, match="does not exist") as absent,
        reading(hurried) as connection,
    ):
        connection.execute("select from no_such_table")
    assert "`facet sync` tells all that differs" in absent.value.next_step


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        pytest.param(
            'extra text with "x" and postgresql://x:x@host/x',
            'extra text with "x" and postgresql://x:***@host/x',
            id="in an address, and nowhere else",
        ),
        pytest.param(
            "no connection: host=x password=x user=x",
            "no connection: host=x password=*** user=x",
            id="in a connection string",
        ),
        pytest.param(
            "postgresql:///x?user=me&password=p%40x&sslmode=require",
            "postgresql:///x?user=me&password=***&sslmode=require",
            id="as a parameter",
        ),
        pytest.param(
            r"password = 'it\'s x' dbname=x", "password = *** dbname=x", id="with quotes in it"
        ),
        pytest.param(
            'FATAL: password authentication failed for user "x"',
            'FATAL: password authentication failed for user "x"',
            id="only the word",
        ),
    ],
)
def test_a_password_is_left_out_where_it_stands_as_one(message: str, shown: str) -> None:
    assert redacted(message) == shown


def test_a_short_password_garbles_nothing(settings: Settings) -> None:
    with pytest.raises(OperationalError) as caught:
        sync(settings, "postgresql://e:x@127.0.0.1:1/facet")
    assert "***" not in str(caught.value)
    assert "Connection refused" in caught.value.why


def test_an_address_that_cannot_be_read_is_not_repeated() -> None:
    with (
        pytest.raises(ConfigurationError, match="not the address") as caught,
        connect("postgresql://me:se%cret@host/shop"),
    ):
        pass
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize("damage", ["head", "text"])
def test_a_damaged_warehouse_is_to_be_restored(damage: str, settings: Settings, url: str) -> None:
    sync(settings, url)
    content = settings.warehouse_path.read_bytes()
    settings.warehouse_path.write_bytes(
        bytes(4096) + content[4096:] if damage == "head" else b"not a database at all" * 1000
    )
    with pytest.raises(WarehouseError) as caught:
        sync(settings, url)
    assert caught.value.why.startswith("It cannot be read.")
    assert "of the last backup" in caught.value.next_step
    assert "Make room" not in str(caught.value)

    settings.warehouse_path.rename(settings.home / "damaged.duckdb")
    sync(settings, url)
    with duckdb.connect(settings.warehouse_path, read_only=True) as warehouse:
        assert warehouse.execute("select count(*) from public.orders").fetchall() == [(40,)]
