"""What is declared of rows is what they are held to; every table that counts declares it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from facet.config import PROJECT_DIR
from facet.errors import ConfigurationError
from facet.staging import declared_tables, render
from facet.staging.screening import MODEL, Screen, Screened, render_screening

ORDERS = Screened(
    domain="shop",
    name="orders",
    types={"ordered_at": "timestamp with time zone", "created_at": "timestamp with time zone"},
    screen=Screen(
        required=("status",),
        values={"status": ("open", "done")},
        moments=("ordered_at",),
        amounts=("tax_amount",),
        rates=("rate",),
    ),
)
LINES = Screened(
    domain="shop",
    name="lines",
    types={"quantity": "integer", "price": "numeric(18, 2)"},
    screen=Screen(
        quantities=("quantity",),
        rate="order_id.rate",
        converted=("quantity * price",),
        parents={"order_id": "orders"},
    ),
)


def test_every_table_that_a_model_reads_says_when_its_rows_can_be_counted() -> None:
    tables = {table.model_name: table for table in declared_tables(PROJECT_DIR)}
    models = [
        path
        for folder in ("intermediate", "marts")
        for path in (PROJECT_DIR / "models" / folder).rglob("*.sql")
    ]
    read = {name for path in models for name in re.findall(r"ref\('(stg_\w+)'\)", path.read_text())}
    assert len(read) > 40
    unscreened = {
        name
        for name in read
        if tables[name].screen is None
        and not tables[name].settings
        and "tenant_id" in {column.name for column in tables[name].columns}
    }
    assert unscreened == set()


def test_every_cause_that_screening_names_is_explained() -> None:
    text = render(PROJECT_DIR)[PROJECT_DIR / "models/intermediate/screening" / f"{MODEL}.sql"]
    causes = set(re.findall(r"then array\['(\w+)', '\w+'\]", text))
    seed = (PROJECT_DIR / "seeds" / "quarantine_causes.csv").read_text(encoding="utf-8")
    explained = {line.split(",")[0] for line in seed.splitlines()}
    assert len(causes) > 8
    assert causes <= explained


def test_parents_come_before_what_belongs_to_them() -> None:
    text = render_screening([LINES, ORDERS], header="--")
    assert text.index("orders_screened as (") < text.index("lines_screened as (")
    assert "left join orders_screened as order_id_refused" in text


def test_each_rule_is_a_fault_with_its_column_and_null_is_none_but_where_required() -> None:
    text = render_screening([ORDERS], header="--")
    faults = re.findall(r"when (.+)\n\s+then array\['(\w+)', '(\w+)'\]", text)
    predicates = {(cause, column): predicate for predicate, cause, column in faults}
    assert predicates["value_missing", "status"] == "orders.status is null"
    assert predicates["value_unknown", "status"] == "orders.status not in ('open', 'done')"
    assert predicates["amount_out_of_range", "tax_amount"] == (
        "not (orders.tax_amount between 0 and 10000000000000)"
    )
    assert (
        predicates["rate_out_of_range", "rate"]
        == "not (orders.rate between 0.00000001 and 10000000)"
    )
    assert ("value_missing", "ordered_at") not in predicates
    assert "limits.latest_at" in predicates["moment_out_of_range", "ordered_at"]


def test_products_are_compared_in_the_currency_of_the_tenant_and_in_their_own() -> None:
    text = render_screening([ORDERS, replace(LINES, types={})], header="--")
    assert "greatest(coalesce(cast(order_id_parent.rate as double precision), 1), 1)" in text


@pytest.mark.parametrize(
    ("screen", "message"),
    [
        ({"moment": ["ordered_at"]}, "a rule that there is not"),
        ({"moments": ["orderd_at"]}, "name what it does not have: ['orderd_at']"),
        ({"converted": {"by": "rate", "amounts": ["quantity * total"]}}, "['quantity', 'rate']"),
    ],
    ids=["unknown rule", "unknown column", "unknown factor"],
)
def test_a_screen_of_what_is_not_there_is_told(
    tmp_path: Path, screen: dict[str, object], message: str
) -> None:
    table = {
        "name": "orders",
        "config": {"meta": {"entity": "order", "model": "orders", "sync": "id", "screen": screen}},
        "columns": [
            {"name": "id", "data_type": "bigint"},
            {"name": "total", "data_type": "numeric(18, 2)"},
            {"name": "ordered_at", "data_type": "timestamptz"},
        ],
    }
    path = tmp_path / "models" / "staging" / "shop" / "_shop__sources.yml"
    path.parent.mkdir(parents=True)
    path.write_text(yaml.safe_dump({"sources": [{"name": "shop", "tables": [table]}]}))
    with pytest.raises(ConfigurationError) as error:
        declared_tables(tmp_path)
    assert message in str(error.value.why)
