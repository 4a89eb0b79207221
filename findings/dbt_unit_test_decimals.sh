#!/usr/bin/env bash
# What a unit test of dbt holds of an expected amount, on DuckDB.
#
# Versions: dbt-core 1.11.16, dbt-duckdb 1.11.1, duckdb 1.5.5, Python 3.11.
# Behaviour: an expected value is cast to the type of the model's column before both are compared, so it is rounded to that
#   column's scale: 10.504 is "found" where the model has 10.50, and 69.999 where it has 70.00, of a plain sum
#   without any cast. A test that expects more decimals than the column has, to prove that nothing is rounded, passes; only
#   one that is a cent off fails. And `dbt build --resource-type unit_test` runs no unit test of a model: it says
#   "Nothing to do", with --quiet nothing at all, and ends with 0 beside a test that fails.
# Output seen: below, under `expected`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet dbt-core==1.11.16 dbt-duckdb==1.11.1 duckdb==1.5.5

mkdir "$folder/shop" "$folder/shop/models"
cd "$folder/shop"
cat > dbt_project.yml <<'YML'
name: shop
profile: shop
flags: {send_anonymous_usage_stats: false}
models: {+materialized: table}
YML
cat > profiles.yml <<'YML'
shop:
  target: dev
  outputs:
    dev: {type: duckdb, path: shop.duckdb, threads: 1}
YML
cat > models/sales.sql <<'SQL'
select 1 as shop_id, cast('70.00' as decimal(18, 2)) as amount
SQL
cat > models/taxes.sql <<'SQL'
select shop_id, cast(sum(amount) * 0.15 as decimal(18, 2)) as tax_amount, sum(amount) as amount
from {{ ref('sales') }}
group by shop_id
SQL
cat > models/taxes.yml <<'YML'
version: 2
unit_tests:
  - name: taxes_of_more_decimals
    model: taxes
    given:
      - {input: ref('sales'), rows: [{shop_id: 1, amount: '70.00'}]}
    expect:
      rows: [{shop_id: 1, tax_amount: '10.504', amount: '69.999'}]
  - name: taxes_a_cent_off
    model: taxes
    given:
      - {input: ref('sales'), rows: [{shop_id: 1, amount: '70.00'}]}
    expect:
      rows: [{shop_id: 1, tax_amount: '10.51', amount: '70.00'}]
YML

export DBT_PROFILES_DIR="$PWD"
dbt() { "$folder/venv/bin/dbt" --no-use-colors "$@"; }
dbt run --quiet
{
    for name in taxes_of_more_decimals taxes_a_cent_off; do
        dbt test --select "$name" > log || true
        echo "$name: $(grep -oE 'PASS=[0-9]+ WARN=[0-9]+ ERROR=[0-9]+' log)"
    done
    dbt build --quiet --resource-type unit_test --select taxes > log && ended=$? || ended=$?
    echo "build: $(wc -c < log) characters, ends with $ended"
} > seen

expected="taxes_of_more_decimals: PASS=1 WARN=0 ERROR=0
taxes_a_cent_off: PASS=0 WARN=0 ERROR=1
build: 0 characters, ends with 0"

diff <(echo "$expected") seen
echo "As seen: an expected 10.504 is found where there is 10.50."
