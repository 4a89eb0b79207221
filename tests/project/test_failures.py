"""Whatever is wrong with the operational database: a clear error; the last release is served on."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from facet.config import Settings
from facet.errors import BusyError, FacetError, OperationalError
from facet.lock import run_lock
from facet.pipeline.run import run
from facet.release import current


def _bytes(releases: Path) -> dict[str, str]:
    return {
        str(path.relative_to(releases)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(releases.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def shop(
    new_foreign_database: Callable[[int], str], publish: Callable[..., Any]
) -> tuple[Settings, dict[str, str]]:
    """Settings with a release of a database of its own, and the bytes of what is served."""
    settings = publish(new_foreign_database(60), "duckdb").settings
    return settings, _bytes(settings.releases_dir)


@contextmanager
def _changed(url: str, change: str, undo: str) -> Iterator[None]:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(change)
        try:
            yield
        finally:
            connection.execute(undo)


@pytest.mark.parametrize(
    ("change", "undo", "named"),
    [
        (
            "alter table order_refunds rename to refunds_of_orders",
            "alter table refunds_of_orders rename to order_refunds",
            "order_refunds",
        ),
        (
            "alter table orders alter column tax_amount type double precision",
            "alter table orders alter column tax_amount type numeric(18, 2)",
            "tax_amount",
        ),
        (
            "alter table order_items rename column unit_cost to cost",
            "alter table order_items rename column cost to unit_cost",
            "unit_cost",
        ),
    ],
    ids=["table missing", "type changed", "column missing"],
)
def test_another_schema_is_named_and_changes_nothing_served(
    shop: tuple[Settings, dict[str, str]], change: str, undo: str, named: str
) -> None:
    settings, served = shop
    assert settings.operational_url
    with _changed(settings.operational_url, change, undo), pytest.raises(OperationalError) as error:
        run(settings)
    assert named in str(error.value)
    assert error.value.next_step
    assert _bytes(settings.releases_dir) == served


@pytest.mark.parametrize("which", ["unreachable", "wrong", "nobody's"])
def test_another_database_is_named_and_changes_nothing_served(
    shop: tuple[Settings, dict[str, str]], which: str, empty_database: Callable[[], str]
) -> None:
    settings, served = shop
    url = {
        "unreachable": "postgresql://facet:secret@127.0.0.1:1/facet",
        "wrong": empty_database(),
        "nobody's": f"{settings.operational_url}".replace("/operational", "/no_such_"),
    }[which]
    with pytest.raises(OperationalError) as error:
        run(replace(settings, operational_url=url))
    assert "secret" not in str(error.value)
    assert error.value.why
    assert error.value.next_step
    assert _bytes(settings.releases_dir) == served


def test_a_second_run_while_one_runs_ends_at_once(shop: tuple[Settings, dict[str, str]]) -> None:
    settings, served = shop
    with run_lock(settings), pytest.raises(BusyError) as error:
        run(settings)
    assert isinstance(error.value, FacetError)
    assert error.value.exit_code == 7
    assert _bytes(settings.releases_dir) == served


def test_a_tenant_that_cannot_be_counted_keeps_its_last_good_file_and_the_others_move_on(
    shop: tuple[Settings, dict[str, str]],
) -> None:
    settings, _ = shop
    assert settings.operational_url
    before = current(settings.releases_dir)
    files = {tenant.tenant_id: before.file_of(tenant.tenant_id) for tenant in before.tenants}
    kept = files[14].read_bytes()
    with psycopg.connect(settings.operational_url, autocommit=True) as connection:
        connection.execute("alter table sys_tenants drop constraint sys_tenants_week_start_check")
        connection.execute("update sys_tenants set week_start = 9 where id = 14")
        connection.execute("update orders set tax_amount = tax_amount + 1 where tenant_id = 11")
    report = run(settings)
    after = current(settings.releases_dir)
    assert after.id != before.id
    assert [tenant.status for tenant in after.tenants if tenant.tenant_id == 14] == ["kept"]
    assert {tenant.status for tenant in after.tenants if tenant.tenant_id != 14} == {"fresh"}
    assert report.held_back == ('O\'Hara "Gems" 💎',)
    assert after.file_of(14).read_bytes() == kept
    assert after.file_of(11).read_bytes() != files[11].read_bytes()
