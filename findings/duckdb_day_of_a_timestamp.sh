#!/usr/bin/env bash
# Which ways to ask for the days of a timestamp let DuckDB skip the other rows of a sorted table.
#
# Versions: duckdb 1.5.5, Python 3.11.
# Behaviour: of 4,000,000 rows in the order of their moments, a comparison of the moment itself, of a column with its day and of
#   date_trunc('day', moment) reads the row groups with these days alone. The same day as cast(moment as date), which one would
#   take for the cheapest way to write it, reads every row: the answer is the same, the filter is pushed into the scan, and
#   nothing in the plan says that it skips nothing. Only the rows that an operator scanned, which profiling has to be asked
#   for, tell.
# Output seen: below, under `expected`: rows scanned, rows that were looked for.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet duckdb==1.5.5

cat > "$folder/scanned.py" <<'PY'
import json

import duckdb

connection = duckdb.connect()
connection.execute("""
    create table sales as
    select moment as sold_at, cast(moment as date) as sold_on, 1 as quantity
    from (select timestamp '2024-01-01' + i * interval '20 seconds' as moment from range(4000000) as t (i))
""")
connection.execute("pragma enable_profiling = 'no_output'")
metrics = dict.fromkeys(("OPERATOR_TYPE", "OPERATOR_ROWS_SCANNED", "OPERATOR_CARDINALITY"), "true")
connection.execute(f"set custom_profiling_settings = '{json.dumps(metrics)}'")


def scans(node):
    if node.get("operator_type") == "TABLE_SCAN":
        yield node
    for child in node["children"]:
        yield from scans(child)


for condition in (
    "sold_at >= timestamp '2026-07-01'",
    "sold_on >= date '2026-07-01'",
    "date_trunc('day', sold_at) >= date '2026-07-01'",
    "cast(sold_at as date) >= date '2026-07-01'",
):
    connection.execute(f"select sum(quantity) from sales where {condition}").fetchall()
    profile = json.loads(connection.get_profiling_information("json"))
    [scan] = scans(profile)
    print(condition, "|", scan["operator_rows_scanned"], scan["operator_cardinality"])
PY
"$folder/venv/bin/python" "$folder/scanned.py" > "$folder/seen"

cat > "$folder/expected" <<'TXT'
sold_at >= timestamp '2026-07-01' | 67840 60160
sold_on >= date '2026-07-01' | 67840 60160
date_trunc('day', sold_at) >= date '2026-07-01' | 67840 60160
cast(sold_at as date) >= date '2026-07-01' | 4000000 60160
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: a cast of a timestamp to its day reads every row; the other three read those days alone."
