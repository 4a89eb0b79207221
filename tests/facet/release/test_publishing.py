"""Publishing: a file per tenant, complete and tested, or nothing at all."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from facet.config import Settings
from facet.errors import BuildError, ReleaseError
from facet.release import Audit, FailedTest, Release, current, gathering, list_releases, verify
from facet.release.publishing import serve_from_marts
from facet.release.tenant_files import functions

Publish = Callable[..., Release]

BAD_ONE = Audit(passed=6, failed=(FailedTest(name="grain_orders", rows=2, tenant_ids=(1,)),))
BAD_ALL = Audit(failed=(FailedTest(name="no_tenant_named", rows=1, tenant_ids=None),))


def everything_under(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def query(path: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize("few", [2, 1], ids=["few tenants", "many"])
def test_a_tenants_file_holds_its_rows_alone_in_the_marts_order(
    publish_marts: Publish, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(gathering, "_FEW", few)
    release = publish_marts()

    for tenant_id, parity in ((1, 0), (2, 1)):
        path = release.file_of(tenant_id)
        rows = query(path, "select order_date, order_id, tenant_id from facet_marts.fct_orders")
        assert rows == sorted(rows)
        assert {row[2] for row in rows} == {tenant_id}
        assert sorted(row[1] for row in rows) == [n for n in range(1, 101) if n % 2 == parity]  # type: ignore[type-var]
    assert query(release.file_of(2), "from facet_marts.dim_tenants") == [(2, "O'Brien 💍", True)]


def test_both_engines_publish_the_same_types_and_rows(
    publish_marts: Publish, settings: Settings, postgres_url: str
) -> None:
    on_duckdb = publish_marts()
    on_postgres = publish_marts(
        into=replace(settings, engine="postgres", home=settings.home / "postgres"), url=postgres_url
    )

    types = "select column_name, data_type from information_schema.columns order by 1, 2"
    for tenant_id in (1, 2):
        files = on_duckdb.file_of(tenant_id), on_postgres.file_of(tenant_id)
        expected, found = (query(path, "from facet_marts.fct_orders") for path in files)
        assert found == expected
        assert len(found) == 50
        expected, found = (query(path, types) for path in files)
        assert found == expected
    assert {
        ("amount", "DECIMAL(18,2)"),
        ("ordered_at", "TIMESTAMP WITH TIME ZONE"),
        ("order_date", "DATE"),
        ("order_id", "BIGINT"),
        ("channel", "VARCHAR"),
    } <= set(found)
    assert on_postgres.engine == "postgres"
    assert not list(on_postgres.directory.glob("work*"))


def test_a_release_tells_what_it_is(publish_marts: Publish, settings: Settings) -> None:
    published = publish_marts()
    release = current(settings.releases_dir)

    assert release == published
    assert release.is_demo
    assert release.snapshot.source == "db:5432/shop"
    assert release.audit.passed == 7
    tenant = release.tenant(1)
    assert tenant.rows == {"dim_tenants": 1, "fct_orders": 50}
    assert tenant.from_release == release.id
    assert tenant.snapshot_at == release.snapshot.at
    assert tenant.size_bytes == release.file_of(1).stat().st_size
    assert verify(release) == ()


def test_the_semantic_manifest_names_the_relations_of_a_tenants_file(
    publish_marts: Publish,
) -> None:
    content = json.loads(publish_marts().semantic_manifest.read_text())

    model = content["semantic_models"][0]["node_relation"]
    assert model == {
        "alias": "fct_orders",
        "schema_name": "facet_marts",
        "database": "warehouse",
        "relation_name": '"warehouse"."facet_marts"."fct_orders"',
    }
    spine = content["project_configuration"]["time_spines"][0]["node_relation"]
    assert spine["relation_name"] == '"warehouse"."facet_marts"."dim_dates"'


def test_metrics_of_a_tenants_file_need_not_ask_whether_it_holds_one_tenant() -> None:
    """What a metric asks besides stays, so that pages run what they ran."""
    guard = {"where_sql_template": "facet_marts.one_tenant()"}
    choice = {"where_sql_template": "facet_marts.one_alternative()"}
    own = {"where_sql_template": "{{ Dimension('ledger_entry__event_type') }} = 'sale'"}
    metrics = [
        {"name": "net_sales", "filter": {"where_filters": [guard]}},
        {"name": "customers", "filter": {"where_filters": [guard, own]}},
        {"name": "lift", "filter": {"where_filters": [guard, choice]}},
        {"name": "average_order_value", "filter": None},
    ]

    assert serve_from_marts({"metrics": metrics}) == {
        "metrics": [
            {"name": "net_sales", "filter": None},
            {"name": "customers", "filter": {"where_filters": [own]}},
            {"name": "lift", "filter": None},
            {"name": "average_order_value", "filter": None},
        ]
    }


def test_a_function_tells_one_tenant_from_several(publish_marts: Publish) -> None:
    path = publish_marts().file_of(1)

    assert query(path, "select facet_marts.one_tenant()") == [(True,)]
    both = path.with_name("both.duckdb")
    with duckdb.connect(str(both)) as connection:
        connection.execute("create schema facet_marts")
        connection.execute("create table facet_marts.dim_tenants as select 1 as tenant_id")
        connection.execute(functions())
        connection.execute("insert into facet_marts.dim_tenants values (2)")
    with pytest.raises(duckdb.Error, match="hold 2 tenants, whose amounts do not add up"):
        query(both, "select 1 where facet_marts.one_tenant()")


def test_every_file_has_the_functions_that_metrics_call(publish_marts: Publish) -> None:
    path = publish_marts().file_of(1)

    assert query(path, "select facet_marts.safe_divide(7, 2), facet_marts.safe_divide(7, 0)") == [
        (3.5, None)
    ]
    costed = "facet_marts.where_costed(40, 50, 100), facet_marts.where_costed(40, 0, 100)"
    nothing_sold = "facet_marts.where_costed(-3, 0, 0), facet_marts.where_costed(null, null, null)"
    assert query(path, f"select {costed}, {nothing_sold}") == [(40, None, -3, 0)]
    known = "facet_marts.where_all_known(40, 0), facet_marts.where_all_known(40, 1)"
    nothing = "facet_marts.where_all_known(null, null)"
    assert query(path, f"select {known}, {nothing}") == [(40, None, 0)]


def test_a_bad_tenant_keeps_its_last_good_file_and_the_others_move_on(
    publish_marts: Publish, settings: Settings, semantic_manifest: Path
) -> None:
    first = publish_marts()
    good = first.file_of(1).read_bytes()
    metrics = first.semantic_manifest.read_text()
    content = json.loads(semantic_manifest.read_text())
    semantic_manifest.write_text(json.dumps({**content, "metrics": [{"name": "newer"}]}))
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("delete from facet_marts.fct_orders where order_id > 90")

    second = publish_marts(BAD_ONE)

    kept, fresh = second.tenant(1), second.tenant(2)
    assert (kept.status, kept.from_release, kept.reasons) == ("kept", first.id, ("grain_orders",))
    assert kept.rows["fct_orders"] == 50
    assert second.file_of(1).read_bytes() == good
    assert (fresh.status, fresh.rows["fct_orders"]) == ("fresh", 45)
    assert verify(second) == ()

    for _ in range(settings.releases_kept):
        last = publish_marts(BAD_ONE)
    assert first.id not in [release.id for release in list_releases(settings)]
    assert last.tenant(1).from_release == first.id
    assert last.file_of(1).read_bytes() == good
    assert last.semantic_manifest_of(1).read_text() == metrics
    assert "newer" in last.semantic_manifest_of(2).read_text()


def test_a_bad_tenant_without_a_file_is_missing(publish_marts: Publish) -> None:
    release = publish_marts(BAD_ONE)

    assert release.tenant(1).status == "missing"
    assert release.tenant(2).status == "fresh"
    with pytest.raises(ReleaseError, match="grain_orders"):
        release.file_of(1)
    with pytest.raises(ReleaseError, match="Tenant 3 is not in release"):
        release.file_of(3)


def test_nothing_is_published_when_no_tenant_passes(
    publish_marts: Publish, settings: Settings
) -> None:
    publish_marts()
    before = everything_under(settings.releases_dir)

    with pytest.raises(BuildError, match="no_tenant_named"):
        publish_marts(BAD_ALL)

    assert everything_under(settings.releases_dir) == before


def test_rows_of_no_known_tenant_are_in_nobodys_file_but_counted(
    publish_marts: Publish, settings: Settings, build_marts: Callable[[], None]
) -> None:
    build_marts()
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("insert into facet_marts.fct_orders (tenant_id) values (9), (null)")

    release = publish_marts()

    assert release.rows_without_tenant == {"fct_orders": 2}
    assert sum(tenant.rows["fct_orders"] for tenant in release.tenants) == 100


STAGES = {
    "reading the marts": "facet.release.gathering.sums_of",
    "copying them, of many tenants": "facet.release.gathering._copy",
    "writing a tenant's file": "facet.release.tenant_files.write",
    "checking it": "facet.release.tenant_files.check",
    "sharing what another has": "facet.release.publishing.share",
    "summing it up": "facet.release.store.checksum",
    "writing release.json": "facet.release.publishing.to_json",
    "giving the release its name": "facet.release.store.adopt",
    "switching": "facet.release.store.write_durably",
}


@pytest.mark.parametrize("function", STAGES.values(), ids=STAGES.keys())
@pytest.mark.parametrize(
    "failure", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "stop"]
)
def test_a_failure_at_any_stage_leaves_every_byte_as_it_was(
    publish_marts: Publish,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    change_marts: Callable[[str], None],
    function: str,
    failure: BaseException,
) -> None:
    """The first tenant's file is to be written, the second's to be shared."""
    publish_marts()
    change_marts("update facet_marts.fct_orders set amount = 1 where order_id = 50")
    before = everything_under(settings.releases_dir)

    def fail(*_: object, **__: object) -> None:
        raise failure

    if function.endswith("_copy"):
        monkeypatch.setattr(gathering, "_FEW", 0)
    with monkeypatch.context() as patch:
        patch.setattr(function, fail)
        if isinstance(failure, OSError):
            with pytest.raises(ReleaseError, match="is full"):
                publish_marts()
        else:
            with pytest.raises(KeyboardInterrupt):
                publish_marts()

    assert everything_under(settings.releases_dir) == before
    assert sorted(path.name for path in settings.releases_dir.iterdir()) == sorted(
        ["current", current(settings.releases_dir).id]
    )


def test_a_disk_that_fills_up_while_a_file_is_written_changes_nothing(
    publish_marts: Publish, settings: Settings, tmp_path: Path, semantic_manifest: Path
) -> None:
    publish_marts()
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute(
            "create or replace table facet_marts.fct_orders as select 1::bigint as tenant_id, "
            "i as order_id, md5(i::text) as noise, date '2026-01-01' as order_date "
            "from range(200000) as r(i)"
        )
    before = everything_under(settings.releases_dir)
    script = f"""
import resource
from datetime import UTC, datetime
from pathlib import Path
from facet.config import Settings
from facet.errors import ReleaseError
from facet.release import Audit, Mart, Snapshot, publish
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
try:
    publish(
        Settings(home=Path({str(settings.home)!r})), url="", audit=Audit(), dbt_version="",
        marts=(Mart(name="dim_tenants"), Mart(name="fct_orders", sort_key=("order_id",))),
        snapshot=Snapshot(at=datetime.now(UTC), source=""),
        semantic_manifest=Path({str(semantic_manifest)!r}),
    )
except ReleaseError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert "is full" in done.stdout, done.stderr
    assert done.returncode == 0, done.stderr
    assert everything_under(settings.releases_dir) == before


def test_what_a_dead_run_left_behind_is_removed(publish_marts: Publish, settings: Settings) -> None:
    leftover = settings.releases_dir / ".building-20260101T000000Z-0000"
    leftover.mkdir(parents=True)
    (leftover / "tenant_1.duckdb").write_bytes(b"half")

    publish_marts()

    assert not leftover.exists()
    assert len(list_releases(settings)) == 1


def test_a_mart_that_cannot_be_sorted_as_it_says_is_named(
    publish_marts: Publish, settings: Settings, build_marts: Callable[[], None]
) -> None:
    build_marts()
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("alter table facet_marts.fct_orders drop column order_date")

    with pytest.raises(ReleaseError, match=r"Mart fct_orders cannot be published.*order_date"):
        publish_marts()
