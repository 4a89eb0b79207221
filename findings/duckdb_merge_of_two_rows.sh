#!/usr/bin/env bash
# What DuckDB does where two rows of a source meet one row of the target.
#
# Versions: duckdb 1.5.5, Python 3.11.
# Behaviour: PostgreSQL refuses it: a row cannot be affected a second time. DuckDB's merge keeps one of the two, says that
#   two rows were changed, and which one it keeps depends on how many rows the tables have: of moves of 5 and 20 units, the 5
#   beside a stock of one row, the 20 beside one of three. Where one of them deletes and the other updates, `returning`
#   gives both, and the row is gone. `insert … on conflict do update` adds one of the two as well. No error, no warning.
#   Whoever adds up by merge has to group the source by the key first.
# Output seen: below, under `expected`: the statement, what it returns, the target afterwards.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet duckdb==1.5.5

cat > "$folder/merges.py" <<'PY'
import duckdb

MERGE = "merge into stock using moves using (id) when matched"

for action in (
    f"{MERGE} then update set units = moves.units",
    f"{MERGE} then update set units = stock.units + moves.units",
    f"{MERGE} and moves.units = 5 then delete when matched then update set units = moves.units returning merge_action, units",
    "insert into stock from moves on conflict do update set units = stock.units + excluded.units",
):
    print(action)
    for stock in ("(1, 100)", "(1, 100), (3, 100), (4, 100)"):
        connection = duckdb.connect()
        connection.execute("set threads = 1")
        key = "primary key" if action.startswith("insert") else ""
        connection.execute(f"create table stock (id integer {key}, units integer)")
        connection.execute("create table moves (id integer, units integer)")
        connection.execute(f"insert into stock values {stock}")
        connection.execute("insert into moves values (1, 5), (1, 20)")
        changed = connection.execute(action).fetchall()
        print("  stock", stock, "|", changed, "|", connection.sql("from stock order by id").fetchall())
PY
"$folder/venv/bin/python" "$folder/merges.py" > "$folder/seen"

cat > "$folder/expected" <<'TXT'
merge into stock using moves using (id) when matched then update set units = moves.units
  stock (1, 100) | [(2,)] | [(1, 5)]
  stock (1, 100), (3, 100), (4, 100) | [(2,)] | [(1, 20), (3, 100), (4, 100)]
merge into stock using moves using (id) when matched then update set units = stock.units + moves.units
  stock (1, 100) | [(2,)] | [(1, 105)]
  stock (1, 100), (3, 100), (4, 100) | [(2,)] | [(1, 120), (3, 100), (4, 100)]
merge into stock using moves using (id) when matched and moves.units = 5 then delete when matched then update set units = moves.units returning merge_action, units
  stock (1, 100) | [('DELETE', 100), ('UPDATE', 20)] | []
  stock (1, 100), (3, 100), (4, 100) | [('DELETE', 100), ('UPDATE', 20)] | [(3, 100), (4, 100)]
insert into stock from moves on conflict do update set units = stock.units + excluded.units
  stock (1, 100) | [(1,)] | [(1, 105)]
  stock (1, 100), (3, 100), (4, 100) | [(1,)] | [(1, 105), (3, 100), (4, 100)]
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: of two rows that meet one, one is lost."
