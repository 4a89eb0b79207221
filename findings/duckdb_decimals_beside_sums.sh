#!/usr/bin/env bash
# What becomes of cents where two sums of decimals of different scale meet in one column.
#
# Versions: duckdb 1.5.5, Python 3.11.
# Behaviour: a sum of decimals has 38 digits. Where two of them meet – case, coalesce, greatest, union all – the common type
#   keeps the whole digits of one and gives up decimals of the other, though no value needs the room: beside a sum
#   of decimal(18, 0), such as quantities, 12.34 becomes 12. No error, no warning, in any order. The same on
#   decimal(18, 2) and decimal(18, 0) themselves keeps the cents, so it is right until somebody sums; and a literal 0
#   beside a sum does no harm either. The type that a contract asks for (cast to decimal(18, 2) at the end) hides it.
# Output seen: below, under `expected`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet duckdb==1.5.5

cat > "$folder/sums.py" <<'PY'
import duckdb

database = duckdb.connect()
database.execute(
    "create table sales as select cast('12.34' as decimal(18, 2)) as amount,"
    " cast('3' as decimal(18, 0)) as quantity, 'amount' as asked"
)
for name, expression in {
    "sum alone": "sum(amount)",
    "case": "case when max(asked) = 'amount' then sum(amount) else sum(quantity) end",
    "case, the other way": "case when max(asked) <> 'amount' then sum(quantity) else sum(amount) end",
    "coalesce": "coalesce(sum(amount), sum(quantity))",
    "greatest": "greatest(sum(amount), sum(quantity))",
    "cast at the end": "cast(coalesce(sum(amount), sum(quantity)) as decimal(18, 2))",
    "literal": "coalesce(sum(amount), 0)",
    "not summed": "coalesce(max(amount), max(quantity))",
}.items():
    [row] = database.execute(
        f"select {expression} as found, typeof({expression}) from sales"
    ).fetchall()
    print(f"{name}: {row[0]} {row[1]}")
rows = database.execute(
    "select sum(amount) as found from sales union all select sum(quantity) from sales order by 1 desc"
).fetchall()
print("union all:", *(found for (found,) in rows))
PY

expected="sum alone: 12.34 DECIMAL(38,2)
case: 12 DECIMAL(38,0)
case, the other way: 12 DECIMAL(38,0)
coalesce: 12 DECIMAL(38,0)
greatest: 12 DECIMAL(38,0)
cast at the end: 12.00 DECIMAL(18,2)
literal: 12.34 DECIMAL(38,2)
not summed: 12.34 DECIMAL(20,2)
union all: 12 3"

diff <(echo "$expected") <("$folder/venv/bin/python" "$folder/sums.py")
echo "As seen: cents are lost beside a sum of whole numbers."
