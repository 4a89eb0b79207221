#!/usr/bin/env bash
# What dlt keeps of decimals, of names and of days when it loads rows into DuckDB.
#
# Versions: dlt 1.31.0, duckdb 1.5.5, Python 3.11.
# Behaviour: a decimal gets a column decimal(38, 9), whatever it has: a rate of a dong in dollars, 0.000037931034, is cut to
#   0.000037931, and a hundred million dong are 3,793.10 instead of 3,793.1034 dollars. Keys that are written alike once they are
#   in snake case are one column, and the last of a row holds: of "order_id", "orderId" and "Order ID" two are lost. A text
#   that looks like a moment makes a column of moments by UTC, though it names no zone. A moment with a zone that comes into
#   a column of days is the day by UTC: half past eleven in the evening of 1 February in New York is 2 February. No warning of any.
#   The columns' types, precision and scale can be told beforehand.
# Output seen: below, under `expected`: the column, its type, its values of both loads.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "dlt[duckdb]==1.31.0" duckdb==1.5.5

cd "$folder"
cat > load.py <<'PY'
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import dlt
import duckdb

shop = dlt.pipeline("shop", destination=dlt.destinations.duckdb("shop.duckdb"), dataset_name="raw", pipelines_dir=".")
new_york = timezone(timedelta(hours=-5))
first = {"rate": Decimal("0.000037931034"), "order_id": 1, "orderId": 2, "Order ID": 3}
first |= {"sold_on": date(2026, 1, 31), "sold_at": "2026-01-31T10:00:00"}
shop.run([first], table_name="sales")
shop.run([{"order_id": 4, "sold_on": datetime(2026, 2, 1, 23, 30, tzinfo=new_york)}], table_name="sales")

connection = duckdb.connect("shop.duckdb")
connection.execute("set timezone = 'UTC'")
sales = connection.sql("select * exclude (_dlt_id, _dlt_load_id) from raw.sales order by order_id")
rows = sales.select("columns(*)::varchar").fetchall()
for name, type_, *values in zip(sales.columns, sales.types, *rows):
    print(name, type_, *values, sep=" | ")
PY
RUNTIME__DLTHUB_TELEMETRY=false "$folder/venv/bin/python" load.py > seen 2> log || { cat log; exit 1; }

cat > "$folder/expected" <<'TXT'
rate | DECIMAL(38,9) | 0.000037931 | None
order_id | BIGINT | 3 | 4
sold_on | DATE | 2026-01-31 | 2026-02-02
sold_at | TIMESTAMP WITH TIME ZONE | 2026-01-31 10:00:00+00 | None
TXT
diff expected seen
echo "As seen: nine decimals, one of three names, and the day by UTC."
