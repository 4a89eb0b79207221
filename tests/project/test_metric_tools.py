"""Metrics mean the same in any tool: one tenant's, or an error; never the sum of several.

What is compiled here is what ``mf query`` runs: MetricFlow, on dbt's own manifest. What must come
out is summed from the ledger, tenant by tenant, and divided in whole numbers.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import duckdb
import psycopg
import pytest

from facet.config import PROJECT_DIR
from facet.grants.applying import apply
from facet.metrics.alternatives import guard
from facet.metrics.explaining import UnknownMetricError, explain
from facet.pipeline.profile import target_path
from facet.release.for_tools import path_of
from facet.yaml_file import read_yaml
from tests.project.metricflow_query import Compiler
from tests.project.reader_session import READERS, session_of

Rows = list[tuple[Any, ...]]

#: A sum, a count, a ratio and what rests on costs; by periods that each tenant has of its own.
METRICS: Final = ("net_sales", "orders", "average_order_value", "gross_margin_rate")
PERIODS: Final = {"local_week": "week_start_date", "fiscal_quarter": "fiscal_quarter_start_date"}
#: Cut off after eight places and not rounded, exact where a float is not; nothing by 0.
QUOTIENTS: Final = {
    "7, 2": "3.5",
    "100.01, 2": "50.005",
    "-1, 3": "-0.33333333",
    "2, 3": "0.66666666",
    "9007199254740993, 1": "9007199254740993",
    "1, 0": None,
    "cast(null as numeric), 2": None,
}
_SALES: Final = """
    select
        {period},
        sum(case when event_type in ('sale', 'discount', 'return') then amount else 0 end),
        count(distinct case when event_type in ('sale', 'gift_card', 'order') then order_id end),
        sum(case when event_type in ('sale', 'discount') then amount else 0 end),
        sum(case when event_type in ('cost', 'cost_return') then -amount else 0 end),
        sum(case when event_type in ('sale', 'discount') and has_unit_cost then amount else 0 end)
    from facet_marts.fct_sales_ledger as ledger
    inner join facet_marts.dim_dates
        on dim_dates.tenant_id = ledger.tenant_id and date_day = {day}
    where ledger.tenant_id = {tenant_id}
    group by 1
"""
ALTERNATIVES: Final = ("campaign_sale__attribution_model", "campaign_sale__window_days")
_CAMPAIGNS: Final = """
    select attribution_model, cast(window_days as text), sum(net_sales_amount)
    from facet_marts.fct_campaign_sales where tenant_id = {tenant_id} group by 1, 2
"""
_NET_SALES: Final = """
    select sum(amount) from facet_marts.fct_sales_ledger
    where tenant_id = {tenant_id} and event_type in ('sale', 'discount', 'return')
"""


def quotient(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    """To eight places, cut off, of cents."""
    if not denominator:
        return None
    units, whole = int(numerator * 100) * 10**8, int(denominator * 100)
    cut_off = abs(units) // abs(whole) * (1 if (units < 0) == (whole < 0) else -1)
    return Decimal(cut_off).scaleb(-8)


def expected(run: Callable[[str], Rows], period: str, tenant_id: int) -> dict[Any, tuple[Any, ...]]:
    """The metrics of each period of a tenant, from the ledger of all."""
    of = {
        day: {
            row[0]: row[1:]
            for row in run(_SALES.format(period=period, day=day, tenant_id=tenant_id))
        }
        for day in ("ledger_date", "order_date")
    }
    found = {}
    for begin in of["ledger_date"].keys() | of["order_date"].keys():
        net, _, demand, cost, costed = of["ledger_date"].get(
            begin, (Decimal(0), 0, *[Decimal(0)] * 3)
        )
        orders = of["order_date"].get(begin, (None, 0))[1]
        margin = net - cost if costed or not demand else None
        rate = None if margin is None else quotient(margin, net)
        found[begin] = (net, orders, quotient(demand, Decimal(orders)), rate)
    return found


def told(rows: Sequence[tuple[Any, ...]]) -> dict[Any, tuple[Any, ...]]:
    """Rows of an answer; sums of nothing are 0."""
    return {
        begin: (net or Decimal(0), orders or 0, value, rate)
        for begin, net, orders, value, rate in rows
    }


def in_file(path: Path) -> Callable[[str], Rows]:
    def run(statement: str) -> Rows:
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(statement).fetchall()

    return run


def as_role(url: str, role: str | None) -> Callable[[str], Rows]:
    def run(statement: str) -> Rows:
        if role is not None:
            with session_of(url, role) as session:
                return session.run(statement)
        with psycopg.connect(url) as connection:
            return connection.execute(statement.encode()).fetchall()

    return run


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_a_tool_gets_each_tenants_numbers_and_no_sum_of_several(
    engine: Any, demo_database: str, publish: Callable[..., Any], tmp_path: Path
) -> None:
    served = publish(demo_database, engine)
    manifest = target_path(served.settings) / "semantic_manifest.json"
    if engine == "postgres":  # as dbt parses it for a tenant (test_dev_target)
        text = manifest.read_text().replace('\\"facet_marts\\"', '\\"facet_served\\"')
        manifest = tmp_path / manifest.name
        manifest.write_text(text)
    as_parsed = Compiler(manifest, engine)
    manifest = _guarded(manifest, tmp_path)
    compiler = Compiler(manifest, engine)
    if engine == "duckdb":
        everybody = in_file(served.settings.warehouse_path)
        readers = {n: in_file(path_of(served.release, n)) for n in (1, 2, 3, 4)}
    else:
        apply(demo_database, readers=READERS)
        everybody = as_role(demo_database, None)
        readers = {n: as_role(demo_database, READERS.of(n)) for n in (1, 2, 3, 4)}

    for asked, quotients in QUOTIENTS.items():
        ((value,),) = everybody(f"select facet_marts.safe_divide({asked})")
        assert value == (quotients and Decimal(quotients)), asked
    for grain, period in PERIODS.items():
        statement = compiler.statement(METRICS, [f"metric_time__{grain}"])
        with pytest.raises((duckdb.Error, psycopg.Error), match=r"6 tenants.*FACET_TENANT"):
            everybody(statement)
        for tenant_id, reader in readers.items():
            right = expected(everybody, period, tenant_id)
            assert len(right) > 5
            assert told(reader(statement)) == right, f"{grain} of tenant {tenant_id}"
    with pytest.raises((duckdb.Error, psycopg.Error), match=r"6 tenants.*FACET_TENANT"):
        everybody(compiler.statement(["people_evaluated", "orders"]))
    (path,) = [path for path in _yaml("semantic") if "saved_queries" in _read(path)]
    for saved in _read(path)["saved_queries"]:
        statement = compiler.saved(saved["name"])
        with pytest.raises((duckdb.Error, psycopg.Error), match=r"6 tenants.*FACET_TENANT"):
            everybody(statement)
        rows = readers[2](statement)
        net = sum(row[len(saved["query_params"]["group_by"])] or 0 for row in rows)
        ((sold,),) = everybody(_NET_SALES.format(tenant_id=2))
        assert net == sold, saved["name"]

    # every model and window has all of an order: what is added up over them is an error
    campaigns = ("campaign_net_sales", "campaign_gross_margin_rate")
    with pytest.raises((duckdb.Error, psycopg.Error), match="facet metrics guard"):
        readers[2](as_parsed.statement(campaigns, ALTERNATIVES))
    for by in ((), ALTERNATIVES[:1], ("metric_time__year", ALTERNATIVES[1])):
        with pytest.raises((duckdb.Error, psycopg.Error), match=r"add up \d+ alternatives"):
            readers[2](compiler.statement(campaigns, by))
    for tenant_id, reader in readers.items():
        wanted = set(everybody(_CAMPAIGNS.format(tenant_id=tenant_id)))
        assert {row[:3] for row in reader(compiler.statement(campaigns, ALTERNATIVES))} == wanted
        kept = "{{ Dimension('campaign_sale__window_days') }} = '14'"
        rows = reader(compiler.statement(campaigns[:1], ALTERNATIVES[:1], [kept]))
        assert set(rows) == {(model, net) for model, days, net in wanted if days == "14"}
        assert len(rows) == 5


def _guarded(manifest: Path, folder: Path) -> Path:
    """A copy that `facet metrics guard` has been over, twice."""
    path = folder / "guarded.json"
    path.write_text(manifest.read_text())
    assert guard(path) == guard(path) > 15
    return path


def test_marts_in_postgresql_say_what_they_are(
    demo_database: str, publish: Callable[..., Any]
) -> None:
    """Tools show comments; the YAML has the words."""
    publish(demo_database, "postgres")
    ask = as_role(demo_database, None)
    marts = [mart for path in _yaml("marts") for mart in _read(path).get("models", ())]
    said: dict[str, str] = dict(
        ask(
            "select relname, obj_description(oid, 'pg_class') from pg_class"
            " where relnamespace = 'facet_served'::regnamespace and relkind = 'r'"
        )
    )
    assert said == {mart["name"]: mart["description"].strip() for mart in marts}
    columns: dict[str, str | None] = dict(
        ask(
            "select attname, col_description(attrelid, attnum) from pg_attribute"
            " where attrelid = 'facet_served.dim_dates'::regclass and attnum > 0"
        )
    )
    assert columns["week_start_date"] == "First day of the week by the tenant's week_start."
    assert columns["date_day"] == "The day itself, one row per tenant and day."
    shared = (PROJECT_DIR / "models" / "columns" / "keys.md").read_text()
    assert f"{{% docs tenant_id %}}\n{columns['tenant_id']}\n" in shared


#: What definitions.md says that a number is made of: prices, discounts, what was refunded, and, as
#: a refund is for what was paid too much first, what an order was charged and what was paid.
_MADE_OF: Final = {
    "net_sales": {
        *("order_items.quantity", "order_items.unit_price", "order_items.discount_amount"),
        *("orders.discount_amount", "orders.exchange_rate", "order_refunds.amount"),
        *("order_payments.amount", "orders.tax_amount", "orders.shipping_amount"),
    },
    "taxes": {"orders.tax_amount", "orders.exchange_rate", "order_refunds.tax_amount"},
    "payments_collected": {"order_payments.amount", "orders.exchange_rate"},
}


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_a_number_is_followed_from_its_pages_to_the_operational_columns(
    engine: Any, demo_database: str, publish: Callable[..., Any]
) -> None:
    settings = publish(demo_database, engine).settings
    for metric, columns in _MADE_OF.items():
        found = explain(settings, metric)
        assert found.unknown == ()
        made_of = {f"{one.table}.{one.column}" for one in found.sources if one.is_value}
        assert made_of == columns, metric
    found = explain(settings, "net_sales")
    chosen_by = {f"{one.table}.{one.column}" for one in found.sources if not one.is_value}
    assert {"order_items.is_gift_card", "order_refunds.status"} <= chosen_by
    assert not any("cost" in column for column in chosen_by)
    assert found.definition is not None
    line = int(found.definition.rpartition(":")[2])
    written = (PROJECT_DIR / "docs/definitions.md").read_text().splitlines()
    assert written[line - 1] == "| `net_sales` | gross_sales − discounts − returns |"
    assert {"overview", "sales", "explorer"} <= set(found.pages)
    assert "quarantine" not in found.pages
    assert next(iter(found.models)) == "fct_sales_ledger"
    assert "order_items.unit_cost" in {
        f"{one.table}.{one.column}" for one in explain(settings, "gross_margin_rate").sources
    }
    with pytest.raises(UnknownMetricError, match="facet metrics list"):
        explain(settings, "net_sails")


def _yaml(folder: str) -> list[Path]:
    return sorted((PROJECT_DIR / "models" / folder).rglob("*.yml"))


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = read_yaml(path)
    return content
