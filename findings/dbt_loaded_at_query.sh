#!/usr/bin/env bash
# Whether sources take the query of their age from dbt_project.yml, as they take their freshness.
#
# Versions: dbt-core 1.11.16, dbt-duckdb 1.11.1, Python 3.11.
# Behaviour: `+freshness` and `+loaded_at_query` may both stand under `sources:` of dbt_project.yml, and neither is said to be
#   unknown. `+freshness` holds for all sources. `+loaded_at_query` does not: what the source's own YAML says of it, nothing,
#   is put over it, and `dbt source freshness` fails for want of a loaded_at_field. In the source's own `config` it holds, and
#   `{{ this }}` in it is the table, which in dbt_project.yml would have to be quoted.
# Output seen: below, under `expected`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet dbt-core==1.11.16 dbt-duckdb==1.11.1 duckdb==1.5.5 2> /dev/null

mkdir -p "$folder/shop/models"
cd "$folder/shop"
cat > dbt_project.yml <<'YML'
name: shop
profile: shop
flags: {send_anonymous_usage_stats: false}
sources:
  shop:
    +freshness: {error_after: {count: 1, period: day}}
    +loaded_at_query: "select now()"
YML
cat > profiles.yml <<'YML'
shop:
  target: dev
  outputs:
    dev: {type: duckdb, path: shop.duckdb, threads: 1}
YML
cat > models/sources.yml <<'YML'
sources:
  - name: of_project
    schema: main
    tables: [{name: sales}]
  - name: of_its_own
    schema: main
    config: {loaded_at_query: "select now() from {{ this }}"}
    tables: [{name: sales}]
YML
"$folder/venv/bin/python" - "$folder/seen" > /dev/null <<'PY'
import sys

import duckdb
from dbt.cli.main import dbtRunner

with duckdb.connect("shop.duckdb") as connection:
    connection.execute("create table sales as select 1 as sale_id")
told = []
manifest = dbtRunner().invoke(["parse", "--quiet"]).result
for source in sorted(manifest.sources.values(), key=lambda one: one.source_name):
    told.append(f"{source.source_name} {source.freshness.error_after.count} {source.loaded_at_query}")
for one in sorted(dbtRunner().invoke(["source", "freshness", "--quiet"]).result, key=lambda one: one.node.source_name):
    told.append(f"{one.node.source_name} {one.status}")
with open(sys.argv[1], "w") as seen:
    print(*told, sep="\n", file=seen)
PY

cat > "$folder/expected" <<'TXT'
of_its_own 1 select now() from {{ this }}
of_project 1 None
of_its_own pass
of_project runtime error
TXT
diff "$folder/expected" "$folder/seen" && cat "$folder/seen"
