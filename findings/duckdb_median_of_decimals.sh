#!/usr/bin/env bash
# What DuckDB's median and percentiles are where the values are decimals.
#
# Versions: duckdb 1.5.5, Python 3.11.
# Behaviour: a percentile between two decimals has their type, and what it has beyond their scale is cut off, not rounded: the
#   median of 10.00 and 10.01 is 10.00, of -10.00 and -10.01 it is -10.01, and of 1 and 2 as decimal(18, 0), which many a
#   count in SQL is, 1, where integers have 1.5. It is cut towards the value that comes first, so the same percentile is another
#   one from above than from below. mad, the median of the distances, is 0. approx_quantile gives a whole number, 11 for
#   10.60 and 10.70. PostgreSQL works percentiles out as doubles, so does avg. Casting to double before is what helps.
# Output seen: below, under `expected`: the type of the values, the expression, its result and type.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet duckdb==1.5.5

cat > "$folder/medians.py" <<'PY'
import duckdb

for type_, values, expression in (
    ("decimal(18, 2)", "(10.00), (10.01)", "median(x)"),
    ("decimal(18, 2)", "(-10.00), (-10.01)", "median(x)"),
    ("decimal(18, 2)", "(10.00), (10.01)", "avg(x)"),
    ("decimal(18, 0)", "(1), (2)", "median(x)"),
    ("integer", "(1), (2)", "median(x)"),
    ("decimal(18, 0)", "(1), (2)", "percentile_cont(0.75) within group (order by x)"),
    ("decimal(18, 0)", "(1), (2)", "percentile_cont(0.25) within group (order by x desc)"),
    ("integer", "(1), (2)", "percentile_cont(0.75) within group (order by x)"),
    ("decimal(18, 0)", "(1), (2)", "mad(x)"),
    ("integer", "(1), (2)", "mad(x)"),
    ("decimal(18, 2)", "(10.60), (10.70)", "approx_quantile(x, 0.5)"),
    ("double", "(10.60), (10.70)", "round(approx_quantile(x, 0.5), 2)"),
):
    answer = duckdb.sql(f"select {expression} from (select cast(y as {type_}) as x from (values {values}) as t (y))")
    print(type_, values, expression, "|", answer.fetchone()[0], answer.types[0])
PY
"$folder/venv/bin/python" "$folder/medians.py" > "$folder/seen"

cat > "$folder/expected" <<'TXT'
decimal(18, 2) (10.00), (10.01) median(x) | 10.00 DECIMAL(18,2)
decimal(18, 2) (-10.00), (-10.01) median(x) | -10.01 DECIMAL(18,2)
decimal(18, 2) (10.00), (10.01) avg(x) | 10.005 DOUBLE
decimal(18, 0) (1), (2) median(x) | 1 DECIMAL(18,0)
integer (1), (2) median(x) | 1.5 DOUBLE
decimal(18, 0) (1), (2) percentile_cont(0.75) within group (order by x) | 1 DECIMAL(18,0)
decimal(18, 0) (1), (2) percentile_cont(0.25) within group (order by x desc) | 2 DECIMAL(18,0)
integer (1), (2) percentile_cont(0.75) within group (order by x) | 1.75 DOUBLE
decimal(18, 0) (1), (2) mad(x) | 0 DECIMAL(18,0)
integer (1), (2) mad(x) | 0.5 DOUBLE
decimal(18, 2) (10.60), (10.70) approx_quantile(x, 0.5) | 11 BIGINT
double (10.60), (10.70) round(approx_quantile(x, 0.5), 2) | 10.65 DOUBLE
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: the median of 10.00 and 10.01 is 10.00."
