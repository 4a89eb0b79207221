"""A model that fails with one tenant's rows alone is built without that tenant, who is told why."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import psycopg
import pytest

from facet.config import Settings
from facet.errors import BuildError
from facet.pipeline.dbt import build
from facet.pipeline.run import run
from facet.release import FailedTest, current

Shop = Callable[[str], None]

URL = "postgresql://localhost/unused"
#: A hundredfold of it does not fit into what the model casts to.
TOO_LARGE = "update public.orders set total = 9999999999999999.99 where id = 6"
_ASIDE = "fromjson(env_var('FACET_SET_ASIDE', '{}'))"


@pytest.fixture
def project(settings: Settings) -> Path:
    """The toy project with a model that not every amount fits, and staging that sets aside."""
    models = settings.project_dir / "models"
    (models / "staging" / "stg_shop__orders.sql").write_text(
        "select * from {{ source('shop', 'orders') }}"
        " where tenant_id not in (-1{% for tenant in " + _ASIDE + " %}, {{ tenant }}{% endfor %})"
    )
    (models / "staging" / "tenants_set_aside.sql").write_text(
        "{{ config(materialized='table') }}"
        "select cast(null as bigint) as tenant_id, cast(null as text) as reason"
        "{% for tenant, reason in " + _ASIDE + ".items() %} union all select {{ tenant }},"
        " '{{ reason | replace(\"'\", \"''\") }}'{% endfor %}"
    )
    (settings.project_dir / "tests").mkdir(exist_ok=True)
    (settings.project_dir / "tests" / "assert_tenants_can_be_counted.sql").write_text(
        "select * from {{ ref('tenants_set_aside') }} where tenant_id is not null"
    )
    orders = models / "marts" / "sales" / "fct_orders.sql"
    orders.write_text(orders.read_text().replace("cast(total as", "cast(total * 100 as"))
    return settings.project_dir


def _reason(failed: tuple[FailedTest, ...]) -> str:
    (one,) = failed
    assert one.tenant_ids == (2,)
    return one.name


@pytest.mark.usefixtures("project")
def test_table_column_and_row_are_named_and_the_others_are_built(
    settings: Settings, shop: Shop
) -> None:
    shop(TOO_LARGE)

    reason = _reason(build(settings, URL).audit.failed)

    assert reason.startswith(
        "assert_tenants_can_be_counted: model fct_orders, column total_amount, cannot be built"
        " with its rows (warehouse.facet_staging.stg_shop__orders id 6): "
    )
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
        counts = "select tenant_id, count(*) from facet_marts.fct_orders group by 1"
        assert warehouse.execute(counts).fetchall() == [(1, 20)]


@pytest.mark.usefixtures("project")
def test_postgres_names_the_same(settings: Settings, postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(TOO_LARGE.encode())
        try:
            built = build(replace(settings, engine="postgres"), postgres_url)
            counts = "select tenant_id, count(*) from facet_marts.fct_orders group by 1"
            assert connection.execute(counts.encode()).fetchall() == [(1, 20)]
        finally:
            connection.execute("update public.orders set total = 0.06 where id = 6")
    assert "stg_shop__orders id 6): numeric field overflow" in _reason(built.audit.failed)


@pytest.mark.usefixtures("project")
def test_the_tenant_keeps_its_last_good_file_until_the_row_is_mended(
    settings: Settings, synced_shop: Shop
) -> None:
    run(settings)
    synced_shop(TOO_LARGE)
    assert run(settings).held_back == ("Even",)
    odd, even = current(settings.releases_dir).tenants
    assert (odd.status, even.status) == ("fresh", "kept")

    synced_shop("")
    assert run(settings).held_back == ()


def test_a_model_that_fails_without_any_rows_is_nobodys_fault(
    settings: Settings, shop: Shop, project: Path
) -> None:
    shop("")
    orders = project / "models" / "marts" / "sales" / "fct_orders.sql"
    orders.write_text(orders.read_text() + " where no_such_column")

    with pytest.raises(BuildError, match="no_such_column"):
        build(settings, URL)
