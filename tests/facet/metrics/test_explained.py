"""How an explanation reads, and what is told where nothing was built."""

from pathlib import Path

import pytest

from facet.config import Settings
from facet.errors import ConfigurationError
from facet.metrics.explaining import Explanation, Measure, SourceColumn, explain
from facet.metrics.written import written_explanation

_FOUND = Explanation(
    metric="rate",
    label="Rate",
    description="Sales a visit.",
    defined_in="models/semantic/sales.yml:3",
    documented_in="docs/metrics.md#rate",
    definition="docs/definitions.md:9 (Sales)",
    pages=("daily",),
    formula="sales / visits",
    metrics=("sales", "visits"),
    measures=(
        Measure(
            metric="sales",
            semantic_model="sales",
            mart="fct_sales",
            aggregation="sum",
            expression="amount",
            rows="is_sale",
            day="sold_date",
        ),
    ),
    models={"fct_sales": ("amount", "is_sale"), "int_sales": ("price",)},
    sources=(
        SourceColumn(table="lines", column="price", meaning="What it cost", is_value=True),
        SourceColumn(table="lines", column="kind", meaning="Kind of line", is_value=False),
    ),
    unknown=("db.marts.odd: thing",),
)
_TEXT = """\
Rate (rate)
  Sales a visit.
  defined in models/semantic/sales.yml:3; docs/metrics.md#rate
  docs/definitions.md:9 (Sales)

On pages
  daily

Computed
  sales / visits of sales, visits

Measured
  sales: sum(amount) over fct_sales by sold_date, where is_sale

Models that it is made by, and their columns
  fct_sales: amount, is_sale
  int_sales: price

Made of
  lines.price: What it cost

Chosen by
  lines.kind: Kind of line

Could not be followed
  db.marts.odd: thing

Which rows there are, joins and filters of these models decide: see their SQL."""


def test_an_explanation_reads_from_the_page_down() -> None:
    assert "\n".join(written_explanation(_FOUND)) == _TEXT


def test_a_home_without_a_run_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="Run facet run"):
        explain(Settings(home=tmp_path), "rate")
