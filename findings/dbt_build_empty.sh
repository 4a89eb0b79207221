#!/usr/bin/env bash
# What `dbt build --empty` leaves of a snapshot, and what its data tests read.
#
# Versions: dbt-core 1.11.16, dbt-duckdb 1.11.1, duckdb 1.5.5, Python 3.11.
# Behaviour: --empty is for trying models out without reading rows: every ref() and source() is read as no rows. A snapshot
#   with `hard_deletes: invalidate` takes that for its word: each thing that it keeps is gone, so each row is ended, and the
#   next build with rows opens every one anew, with a hole of the time between. Seeds are loaded in full, an incremental model
#   keeps its rows, a table is replaced by an empty one. Data tests read no rows either, whatever is in the table: one that
#   fails before and after passes here. So --empty belongs into a schema of its own, and what it says of data tests is nothing.
# Output seen: below, under `expected`: of each build what the test of a total said, rows of the table, of the incremental model,
#   of the snapshot, and how many of the snapshot's are open.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet dbt-core==1.11.16 dbt-duckdb==1.11.1 duckdb==1.5.5

mkdir "$folder/shop" "$folder/shop/models" "$folder/shop/seeds" "$folder/shop/snapshots"
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
cat > seeds/prices.csv <<'CSV'
product,price
ring,500
chain,300
CSV
cat > models/products.sql <<'SQL'
select product, price from {{ ref('prices') }}
SQL
cat > models/kept.sql <<'SQL'
{{ config(materialized='incremental', unique_key='product') }}
select product, price from {{ ref('products') }}
SQL
cat > models/totals.sql <<'SQL'
select count(*) as products from {{ ref('products') }}
SQL
cat > models/totals.yml <<'YML'
version: 2
models:
  - name: totals
    columns:
      - name: products
        data_tests: [accepted_values: {arguments: {values: [3], quote: false}}]
YML
cat > snapshots/history.yml <<'YML'
snapshots:
  - name: history
    relation: ref('products')
    config: {unique_key: product, strategy: check, check_cols: [price], hard_deletes: invalidate}
YML
cat > count.py <<'PY'
import duckdb

connection = duckdb.connect("shop.duckdb")
print(
    *(connection.sql(f"select count(*) from {name}").fetchone()[0] for name in ("products", "kept", "history")),
    connection.sql("select count(*) from history where dbt_valid_to is null").fetchone()[0],
)
PY

export DBT_PROFILES_DIR="$PWD"
for flags in "" --empty ""; do
    # shellcheck disable=SC2086
    "$folder/venv/bin/dbt" --no-use-colors build $flags > log || true
    test=$(grep -oE '(PASS|FAIL 1) accepted_values_totals' log)
    echo "build $flags | $test | $("$folder/venv/bin/python" count.py)"
done > seen

expected="build  | FAIL 1 accepted_values_totals | 2 2 2 2
build --empty | PASS accepted_values_totals | 0 2 2 0
build  | FAIL 1 accepted_values_totals | 2 2 4 2"

diff <(echo "$expected") seen
echo "As seen: a build of nothing ends every row of a snapshot, and a test that fails passes."
