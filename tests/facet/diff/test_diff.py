"""A build beside a release, with changes planted in the house: what is told of them."""

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from facet.config import Settings
from facet.diff.comparing import compare_build
from facet.diff.markdown import markdown
from facet.diff.report import Example, Figure, MartDifference, Report
from facet.pipeline.development import Project
from facet.release import Mart, current
from tests.facet.reporting.contracts import privacy_of
from tests.facet.reporting.fixtures import semantic_manifest
from tests.facet.reporting.house import EMPTY, NEW_YORK, SAIGON, publish_house

__all__ = ["semantic_manifest"]

GRAINS = {
    "dim_tenants": ("tenant_id",),
    "dim_customers": ("tenant_id", "person_id"),
    "fct_sales_ledger": (
        *("tenant_id", "event_type", "source_table", "source_id", "order_item_id"),
    ),
}
#: In New York a sale of March is dearer, in Saigon an order of March is gone, with its buyer, and a
#: buyer has another name. Of everybody there is one staff more, a column, and a mart; one is gone.
CHANGES = """
update facet_marts.fct_sales_ledger set amount = 1007.50
where tenant_id = 1 and order_id = 1 and event_type = 'sale';
delete from facet_marts.fct_sales_ledger where tenant_id = 2 and order_id = 2;
update facet_marts.dim_customers set full_name = 'Somebody Else'
where tenant_id = 2 and person_id = 1;
insert into facet_marts.dim_staff
select distinct tenant_id, 99, cast(null as bigint), 'New Hire', 'SALE', true
from facet_marts.dim_tenants;
alter table facet_marts.dim_dates add column is_holiday boolean;
create table facet_marts.fct_promises as select 1 as tenant_id, 7 as promise_id;
"""
#: The marts that nothing changes but those above.
KEPT = ("dim_tenants", "dim_staff", "dim_dates", "dim_customers", "fct_sales_ledger")


@pytest.fixture
def home(tmp_path: Path, semantic_manifest: Path) -> Settings:
    settings = Settings(home=tmp_path)
    publish_house(settings, semantic_manifest)
    return settings


def project(manifest: Path, *names: str) -> Project:
    marts = [Mart(name=name, privacy=privacy_of(name)) for name in KEPT]
    return Project(
        marts=(*marts, *(Mart(name=name) for name in names)),
        grains=GRAINS,
        semantic_manifest=manifest,
    )


def compared(settings: Settings, of: Project, tenant_id: int | None = None) -> Report:
    release = current(settings.releases_dir)
    build = settings.warehouse_path
    return compare_build(settings, of, release, build, tenant_id=tenant_id)


def gone(settings: Settings) -> list[str]:
    """The other marts of the house: they are in its release, and not in the project here."""
    with duckdb.connect(str(settings.warehouse_path), read_only=True) as warehouse:
        names = warehouse.execute(
            "select table_name from duckdb_tables() where schema_name = 'facet_marts'"
        ).fetchall()
    return sorted({name for (name,) in names} - {*KEPT, "fct_promises"})


def twice_the_discounts(manifest: Path, path: Path) -> Path:
    """The metrics, but discounts count double."""
    content = json.loads(manifest.read_text())
    for model in content["semantic_models"]:
        for measure in model["measures"]:
            if measure["name"] == "discount_amount":
                measure["expr"] = f"2 * ({measure['expr']})"
    path.write_text(json.dumps(content))
    return path


def test_what_is_as_it_is_served_is_said_plainly(home: Settings, semantic_manifest: Path) -> None:
    report = compared(home, project(semantic_manifest, *gone(home)))

    assert report.is_empty
    assert markdown(report).splitlines()[2].startswith("No difference: ")


def test_each_change_is_told_of_the_tenant_it_is_of(
    home: Settings, semantic_manifest: Path, tmp_path: Path
) -> None:
    others = gone(home)
    manifest = twice_the_discounts(semantic_manifest, tmp_path / "manifest.json")
    with duckdb.connect(str(home.warehouse_path)) as warehouse:
        warehouse.execute(CHANGES)

    report = compared(home, project(manifest, *others[1:], "fct_promises"))

    marts = {mart.mart: mart for mart in report.marts}
    assert {name: mart.state for name, mart in marts.items()} == {
        "dim_staff": "changed",
        "dim_dates": "changed",
        "dim_customers": "changed",
        "fct_sales_ledger": "changed",
        "fct_promises": "new",
        others[0]: "gone",
    }
    assert report.marts_compared == len(KEPT) + len(others) + 1
    assert (marts["dim_dates"].columns_new, marts["dim_dates"].tenants) == (("is_holiday",), ())
    assert "no grain test" in marts["dim_staff"].because
    staff = {of.tenant_id: (of.added, of.removed, of.changed) for of in marts["dim_staff"].tenants}
    assert staff == {NEW_YORK: (1, 0, 0), SAIGON: (1, 0, 0), EMPTY: (1, 0, 0)}
    ledger_is_told(marts["fct_sales_ledger"])
    metrics_are_told(report)

    # names of buyers and of staff are personal: that one changed is told, neither is shown
    buyers = marts["dim_customers"].tenants
    assert [(of.tenant_id, of.changed, dict(of.columns)) for of in buyers] == [
        (SAIGON, 1, {"full_name": 1})
    ]
    told = json.dumps(report.to_dict()) + markdown(report)
    assert "Somebody Else" not in told
    assert "Buyer 2-1" not in told

    of_new_york = compared(home, project(manifest, *others), tenant_id=NEW_YORK)
    assert {of.tenant_id for mart in of_new_york.marts for of in mart.tenants} == {NEW_YORK}
    assert {of.tenant_id for of in of_new_york.metrics} == {NEW_YORK}


def ledger_is_told(ledger: MartDifference) -> None:
    new_york, saigon = ledger.tenants
    assert (new_york.added, new_york.removed, new_york.changed) == (0, 0, 1)
    assert new_york.columns == {"amount": 1}
    # order 1: 1000 - 100.10 - 400 + 72 + 15 + 986.90; order 2: 250.50 - 100 + 20.04 + 270.54;
    # order 3: 80 - 30 + 80 - 40; given back of order 6: 100
    total = Figure(of="2026-03", column="amount", before="2004.88", after="2012.38")
    assert new_york.totals == (total,)
    assert new_york.examples == (
        Example(
            kind="changed",
            key={
                "event_type": "sale",
                "source_table": "orders",
                "source_id": "1",
                "order_item_id": "1",
            },
            columns=(Figure(of="row", column="amount", before="1000.00", after="1007.50"),),
        ),
    )
    assert Figure(of="max", column="amount", before="5000.00", after="5000.00") not in (
        new_york.shifts
    )
    # a sale, its discount, cost, tax, shipping and payment
    assert (saigon.rows_before, saigon.rows_after, saigon.removed) == (12, 6, 6)
    assert [example.kind for example in saigon.examples] == ["removed"] * 3
    assert saigon.examples[0].columns[-1].before == "2500000.00"


def metrics_are_told(report: Report) -> None:
    march = {
        (of.metric, of.tenant_id): (one.before, one.after)
        for of in report.metrics
        for one in of.examples
        if one.of == "2026-03"
    }
    assert march["gross_sales", NEW_YORK] == ("1330.50", "1338.00")
    assert march["net_sales", NEW_YORK] == ("1090.40", "1097.90")
    assert march["net_sales", SAIGON] == ("27250000.00", "25000000.00")
    assert march["orders", SAIGON] == ("2", "1")
    # no row of a discount of New York differs: what they come to is another number
    assert march["discounts", NEW_YORK] == ("100.10", "200.20")
    assert ("orders", NEW_YORK) not in march
    assert EMPTY not in {of.tenant_id for of in report.metrics}


def test_a_build_that_cannot_be_read_is_named(home: Settings, semantic_manifest: Path) -> None:
    from facet.errors import WarehouseError

    missing = replace(home, home=home.home / "elsewhere").warehouse_path

    with pytest.raises(WarehouseError, match=r"elsewhere/warehouse\.duckdb cannot be read"):
        compare_build(home, project(semantic_manifest), current(home.releases_dir), missing)
