"""The sources that the project declares are those of the operational schema that it creates."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import psycopg

from facet.config import Settings
from facet.staging import declared_tables
from facet.sync import sync


def test_every_table_of_the_operational_schema_is_copied_with_the_types_of_its_staging_model(
    tmp_path: Path, operational_database: Callable[[], str]
) -> None:
    url, settings = operational_database(), Settings(home=tmp_path)
    with psycopg.connect(url) as connection:
        existing = connection.execute(
            "select relname::text from pg_class where relnamespace = 'public'::regnamespace"
            " and relkind in ('r', 'p') order by relname"
        ).fetchall()
        connection.execute(
            "insert into sys_tenants (name, slug, timezone, currency_code, locale, week_start,"
            " fiscal_year_start_month, return_dating)"
            " values ('Ngọc', 'ngoc', 'Asia/Ho_Chi_Minh', 'VND', 'vi_VN', 1, 1, 'refund_date'),"
            " ('Gem', 'gem', 'America/New_York', 'USD', 'en_US', 7, 4, 'order_date')"
        )
    report = sync(settings, url)

    assert sorted(table.name for table in report.tables) == [name for (name,) in existing]
    assert {table.name: table.rows for table in report.tables if table.rows} == {"sys_tenants": 2}
    with duckdb.connect(settings.warehouse_path, read_only=True) as warehouse:
        tenants = warehouse.execute(
            "select name, currency_code, business_hours from public.sys_tenants order by id"
        ).fetchall()
    assert tenants == [("Ngọc", "VND", None), ("Gem", "USD", None)]
    declared = {table.name: table for table in declared_tables(settings.project_dir)}
    assert declared["order_items"].model_name == "stg_orders__order_items"
