#!/usr/bin/env bash
# What dbt says of a YAML merge whose keys are given again, and which of the two it takes.
#
# Versions: dbt-core 1.11.16, dbt-duckdb 1.11.1, Python 3.11.
# Behaviour: `<<: *shared` beside a key of one's own is how YAML lets one entry differ from what it shares; the own value holds
#   wherever `<<` stands, and dbt takes it. Unless `<<` is the first key, dbt says besides that the own key is a duplicate and
#   deprecated, though nothing is there twice. Where `<<` is the first key, nothing is said at all, not even of a key that
#   really is there twice, of which the last holds. So a warning of duplicates does not mean one, and none does not mean none.
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
YML
cat > profiles.yml <<'YML'
shop:
  target: dev
  outputs:
    dev: {type: duckdb, path: shop.duckdb, threads: 1}
YML
for model in shared above below twice twice_below; do echo "select 1 as shop_id" > "models/$model.sql"; done
cat > models/models.yml <<'YML'
models:
  - name: shared
    config:
      meta: &shared {unit: amount, sign: plus}
  - name: above
    config:
      meta:
        unit: rate
        <<: *shared
  - name: below
    config:
      meta:
        <<: *shared
        unit: rate
  - name: twice
    config:
      meta:
        sign: plus
        sign: minus
  - name: twice_below
    config:
      meta:
        <<: *shared
        sign: plus
        sign: minus
YML

"$folder/venv/bin/python" - > "$folder/seen" <<'PY'
from dbt.cli.main import dbtRunner

found = []

def note(event):
    if event.info.name == "DuplicateYAMLKeysDeprecation":
        found.append(event.info.msg.split("Duplicate key ")[-1].split(" in file")[0].replace("\n", " "))

manifest = dbtRunner(callbacks=[note]).invoke(["parse", "--quiet", "--show-all-deprecations"]).result
for line in found:
    print(line)
for node in sorted(manifest.nodes.values(), key=lambda one: one.name):
    print(node.name, dict(sorted(node.config.meta.items())))
PY

cat > "$folder/expected" <<'TXT'
'unit' in "<unicode string>", line 8, column 9
'sign' in "<unicode string>", line 19, column 9
above {'sign': 'plus', 'unit': 'rate'}
below {'sign': 'plus', 'unit': 'rate'}
shared {'sign': 'plus', 'unit': 'amount'}
twice {'sign': 'minus'}
twice_below {'sign': 'minus', 'unit': 'amount'}
TXT
diff "$folder/expected" "$folder/seen" && cat "$folder/seen"
