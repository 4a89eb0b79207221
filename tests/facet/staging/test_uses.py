"""What each operational table is used for, found in a small project."""

from pathlib import Path

import pytest

from facet.staging import declared_tables
from facet.staging.uses import PAGE, SEED, render_uses, uses

_FILES = {
    "models/staging/shop/_shop__sources.yml": """
version: 2
sources:
  - name: shop
    schema: public
    tables:
      - name: sales
        description: Sales.
        meta: {entity: sale, model: sales, sync: updated_at, grain: [id]}
        columns: [{name: id, data_type: bigint}, {name: tenant_id, data_type: bigint}]
      - name: rents
        description: Rents.
        meta: {entity: rent, model: rents, sync: updated_at, grain: [id]}
        columns: [{name: id, data_type: bigint}, {name: tenant_id, data_type: bigint}]
      - name: notes
        description: Notes.
        meta: {entity: note, model: notes, sync: updated_at, grain: [id]}
        columns: [{name: id, data_type: bigint}, {name: tenant_id, data_type: bigint}]
""",
    "models/staging/shop/stg_shop__sales.sql": "select * from {{ source('shop', 'sales') }}",
    "models/staging/shop/stg_shop__rents.sql": "select * from {{ source('shop', 'rents') }}",
    "models/staging/shop/stg_shop__notes.sql": "select * from {{ source('shop', 'notes') }}",
    "models/intermediate/int_shop__income.sql": """
{% for model in ['stg_shop__sales', 'stg_shop__rents'] %}select * from {{ ref(model) }}{% endfor %}
""",
    "models/marts/fct_income.sql": "select * from {{ ref('int_shop__income') }}",
    "models/marts/rpt_years.sql": """
select * from {{ ref("fct_income") }} join {{ ref('stg_shop__rents') }} using (tenant_id)
""",
    "models/semantic/shop.yml": """
semantic_models:
  - name: income
    model: ref('fct_income')
    measures: [{name: income_amount, agg: sum}]
metrics:
  - {name: income, type: simple, type_params: {measure: income_amount}}
  - {name: income_rate, type: derived, type_params: {expr: income / 2, metrics: [income]}}
""",
    "facet/reporting/screen/pages/yearly/__init__.py": 'MARTS = ("rpt_years",)',
    "facet/reporting/screen/pages/shares/__init__.py": "",
    "facet/reporting/screen/pages/shares/data.py": 'METRIC = "income_rate"',
    "facet/reporting/screen/pages/blank/__init__.py": "",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in _FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_a_mart_uses_what_it_reads_itself_or_through_other_models(project: Path) -> None:
    assert uses(project) == {
        "sales": {"fct_income"},
        "rents": {"fct_income", "rpt_years"},
        "notes": frozenset(),
    }


def test_a_page_shows_all_that_its_marts_and_metrics_reach(project: Path) -> None:
    lines = [
        line
        for line in render_uses(project, declared_tables(project))[PAGE].splitlines()
        if line.startswith("| `")
    ]
    assert lines == [
        "| `notes` | – | – |",
        "| `rents` | `fct_income`, `rpt_years` | `shares`, `yearly` |",
        "| `sales` | `fct_income` | `shares`, `yearly` |",
    ]


def test_a_table_is_seen_where_a_mart_that_reads_it_itself_is_shown(project: Path) -> None:
    assert render_uses(project, declared_tables(project))[SEED].splitlines() == [
        "source_name,page",
        "fct_income,shares",
        "rents,shares",
        "rents,yearly",
        "rpt_years,yearly",
        "sales,shares",
    ]


def test_a_page_shows_what_its_script_names(project: Path) -> None:
    script = project / "dashboards" / "app_pages" / "blank.py"
    script.parent.mkdir(parents=True)
    script.write_text('TILES = ("income",)')
    seed = render_uses(project, declared_tables(project))[SEED].splitlines()
    assert [row for row in seed if row.endswith(",blank")] == [
        "fct_income,blank",
        "rents,blank",
        "sales,blank",
    ]
