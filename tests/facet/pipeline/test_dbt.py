"""dbt in process: what was built, whose rows failed, and errors that name the model."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import psycopg
import pytest

from facet.config import Engine, Settings
from facet.errors import BuildError, ReleaseError
from facet.pipeline import changes, dbt
from facet.pipeline.dbt import build
from facet.pipeline.profile import new_log, target_path
from facet.pipeline.warehouse import writing
from facet.release import Mart

Shop = Callable[[str], None]

URL = "postgresql://localhost/unused"
BAD_EVEN = "update public.orders set total = -1 where id in (2, 4)"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_marts_are_built_and_sorted_as_they_say_or_by_their_grain(
    settings: Settings, shop: Shop
) -> None:
    shop("")

    result = build(settings, URL)

    assert result.marts == (
        Mart(
            name="dim_dates",
            sort_key=("tenant_id", "date_day"),
            grain=("tenant_id", "date_day"),
            per_run=frozenset({"tenant_id", "date_day"}),
        ),
        Mart(name="dim_tenants"),
        Mart(
            name="fct_orders",
            sort_key=("tenant_id", "order_date", "order_id"),
            per_run=frozenset({"ordered_at"}),
        ),
    )
    assert {node.status for node in result.nodes} == {"success", "pass"}
    assert (result.audit.passed, result.audit.failed) == (3, ())
    assert result.semantic_manifest.is_file()


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
@pytest.mark.parametrize("is_broken", [False, True])
def test_changes_alone_are_built_and_tested_unless_a_model_fails_on_them(
    settings: Settings, shop: Shop, postgres_url: str, engine: Engine, is_broken: bool
) -> None:
    shop("")
    settings = replace(settings, engine=engine)
    build(settings, postgres_url)
    changes.forget(settings, postgres_url)
    with writing(settings, postgres_url) as execute:
        execute("update public.orders set total = total + 1")  # of both tenants; one is told
        execute("insert into facet_build.changes values ('orders', 2, null, null)")
        if is_broken:
            execute("drop table facet_marts.fct_orders")

    result = build(settings, postgres_url, only_changes=True)

    assert result.of_everything == is_broken
    assert result.audit.passed == 3
    with writing(settings, postgres_url) as execute:
        totals = execute(
            "select tenant_id, sum(total_amount) from facet_marts.fct_orders group by 1 order by 1"
        )
        execute("update public.orders set total = total - 1")  # the server is others' too
    odd = Decimal("24.00") if is_broken else Decimal("4.00")
    assert totals == [(1, odd), (2, Decimal("24.20"))]


def test_a_failed_test_is_laid_to_its_tenant_and_stops_no_model(
    settings: Settings, shop: Shop
) -> None:
    shop(BAD_EVEN)

    audit = build(settings, URL).audit

    (failed,) = audit.failed
    assert failed.name.startswith("within_tenant_fct_orders")
    assert (failed.rows, failed.tenant_ids) == (2, (2,))
    assert audit.reasons(1) == ()
    assert audit.reasons(2) == (failed.name,)


def test_what_was_parsed_before_stands_in_no_way(
    settings: Settings, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """dbt-core 1.11 takes a metric that moved to another file for two, until it parses anew."""
    shop("")
    build(settings, URL)
    parsed = target_path(settings) / "partial_parse.msgpack"
    run = dbt._Dbt._run

    def fails_on_what_was_parsed(self: dbt._Dbt, *command: str) -> object:
        if command == ("parse",) and parsed.exists():
            raise BuildError("dbt could not parse", why="Two metrics.", next_step="Rename one.")
        return run(self, *command)

    monkeypatch.setattr(dbt._Dbt, "_run", fails_on_what_was_parsed)
    assert build(settings, URL).audit.passed == 3
    assert parsed.exists()


def test_what_was_parsed_holds_in_another_home(settings: Settings, shop: Shop) -> None:
    shop("")
    build(settings, URL)
    elsewhere = replace(settings, home=settings.home.with_name("elsewhere"), memory_limit="1GB")
    shutil.copytree(settings.home, elsewhere.home)
    assert build(elsewhere, URL).audit.passed == 3
    log = (elsewhere.home / "dbt" / "logs" / "000002" / "dbt.log").read_text()
    assert "Nothing changed, skipping partial parsing" in log
    assert "Unable to do partial parsing" not in log


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_rows_that_fail_are_stored_until_their_test_passes_again(
    settings: Settings, shop: Shop, postgres_url: str, engine: Engine
) -> None:
    shop("")
    settings = replace(settings, engine=engine)
    fct_orders = settings.project_dir / "models/marts/sales/fct_orders.sql"
    good = fct_orders.read_text()
    bad = good.replace("cast(total as", "cast(case when id in (2, 4) then -total else total end as")

    for text, rows in ((good, None), (bad, 2), (bad, 2), (good, None)):
        fct_orders.write_text(text)
        build(settings, postgres_url)
        assert _stored_failures(settings, postgres_url) == rows


def _stored_failures(settings: Settings, url: str) -> int | None:
    """How many rows are stored of a test of fct_orders; none where nothing is stored."""
    stored = (
        "select table_schema || '.' || table_name from information_schema.tables"
        " where table_schema like '%_audit' and table_name like 'within_tenant%'"
    )
    with (
        psycopg.connect(url)
        if settings.engine == "postgres"
        else duckdb.connect(str(settings.warehouse_path)) as connection
    ):
        tables = connection.execute(stored).fetchall()
        for (table,) in tables:
            ((rows,),) = connection.execute(f"select count(*) from {table}").fetchall()
            return int(rows)
    return None


def test_a_table_that_cannot_be_built_anew_is_as_it_was(settings: Settings, shop: Shop) -> None:
    shop("")
    build(settings, URL)
    fct_orders = settings.project_dir / "models/marts/sales/fct_orders.sql"
    change(fct_orders, "cast(total as", "cast(case when id = 7 then error('no') else total end as")

    with pytest.raises(BuildError, match="fct_orders"):
        build(settings, URL)

    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        counts = warehouse.execute(
            "select tenant_id, count(*) from facet_marts.fct_orders group by 1 order by 1"
        ).fetchall()
    assert counts == [(1, 20), (2, 20)]


def test_a_failure_of_nobody_in_particular_concerns_everybody(
    settings: Settings, shop: Shop
) -> None:
    shop(
        "update public.orders set id = 666 where id = 1;"  # by a test that says no tenant
        "update public.orders set tenant_id = null, total = -1 where id = 2"  # a row without one
    )

    audit = build(settings, URL).audit

    assert [(test.rows, test.tenant_ids) for test in audit.failed] == [(1, None)] * 2
    assert len(audit.reasons(1)) == len(audit.reasons(2)) == 2


def test_postgres_builds_in_place_and_lays_failures_to_tenants(
    settings: Settings, postgres_url: str
) -> None:
    assert "host=" in postgres_url
    settings = replace(settings, engine="postgres")
    fct_orders = settings.project_dir / "models/marts/sales/fct_orders.sql"
    change(fct_orders, "cast(total as", "cast(case when id = 7 then -1 else total end as")

    result = build(settings, postgres_url)

    (failed,) = result.audit.failed
    assert failed.tenant_ids == (1,)
    assert result.audit.passed == 2


def test_a_model_that_fails_is_named_with_the_databases_reason(
    settings: Settings, shop: Shop
) -> None:
    shop("")
    model = settings.project_dir / "models/marts/sales/fct_orders.sql"
    change(model, "ref('stg_shop__orders') }}", "ref('stg_shop__orders') }} where no_such_column")

    with pytest.raises(BuildError, match=r"model fct_orders: .*no_such_column") as caught:
        build(settings, URL)

    log = settings.home / "dbt" / "logs" / "000001" / "dbt.log"
    assert f"the whole story is in {log}." in caught.value.next_step
    assert "no_such_column" in log.read_text()
    assert "create" in log.read_text()  # the statement too


def test_where_memory_is_used_up_its_setting_is_named(settings: Settings, shop: Shop) -> None:
    shop("")
    settings = replace(settings, memory_limit="64MB")
    model = settings.project_dir / "models/marts/sales/fct_orders.sql"
    greedy = "(select len(list(i)) from range(20000000) as t (i))"
    change(model, "ref('stg_shop__orders') }}", f"ref('stg_shop__orders') }}}} where 0 < {greedy}")

    with pytest.raises(BuildError, match=r"fct_orders: .*the 64MB of FACET_MEMORY_LIMIT") as caught:
        build(settings, URL)

    assert "Raise FACET_MEMORY_LIMIT, or set FACET_THREADS=1" in caught.value.next_step


def test_the_logs_of_the_last_builds_are_kept(settings: Settings) -> None:
    for _ in range(12):
        log = new_log(settings)
        (log / "dbt.log").write_text("story")
    kept = sorted(path.parent.name for path in settings.home.rglob("dbt.log"))
    assert kept == [f"{number:06}" for number in range(3, 13)]


def test_a_broken_contract_is_named(settings: Settings, shop: Shop) -> None:
    shop("")
    yaml = settings.project_dir / "models/marts/sales/marts.yml"
    change(yaml, "{name: order_id, data_type: bigint}", "{name: order_id, data_type: text}")

    with pytest.raises(BuildError, match=r"model fct_orders: .*contract.*order_id"):
        build(settings, URL)


def test_a_project_that_does_not_parse_says_why(settings: Settings) -> None:
    model = settings.project_dir / "models/marts/sales/fct_orders.sql"
    change(model, "stg_shop__orders", "no_such_model")

    with pytest.raises(BuildError, match=r"dbt could not parse: .*no_such_model"):
        build(settings, URL)


def test_a_full_disk_is_called_a_full_disk(settings: Settings, shop: Shop) -> None:
    shop("")
    reason = "No space left on device"
    model = settings.project_dir / "models/marts/sales/fct_orders.sql"
    change(model, "cast(total as numeric(18, 2))", f"cast(error('{reason}') as numeric(18, 2))")

    with pytest.raises(ReleaseError, match=r"fct_orders: The disk of .* is full"):
        build(settings, URL)


def test_the_warehouse_is_free_and_the_environment_as_before_after_a_build(
    settings: Settings, shop: Shop
) -> None:
    shop("")
    before, folder = dict(os.environ), Path.cwd()

    build(settings, "postgresql://somebody:secret@db.example/shop")

    assert dict(os.environ) == before
    assert Path.cwd() == folder
    assert_others_can_open(settings.warehouse_path)
    written = [path for path in settings.home.rglob("*") if path.is_file()]
    assert "dbt.log" in {path.name for path in written}
    assert not [path for path in written if b"secret" in path.read_bytes()]


def assert_others_can_open(path: Path) -> None:
    script = f"import duckdb; duckdb.connect({str(path)!r}).execute('create table other (i int)')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
