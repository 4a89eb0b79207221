#!/usr/bin/env bash
# Which conditions beside a key make a left join of DuckDB's compare every row with every row.
#
# Versions: duckdb 1.5.5, Python 3.11.
# Behaviour: an inner join on equal keys and whatever else is a hash join: rows that share a key are looked at, and the rest of the
#   condition sorts them out. A left, a full or a semi join is one only while each other term compares an expression of one
#   side with one of the other. With a term of both sides in any other form (an `or`, an `in` of two columns, a sum of both sides, a
#   `like`) the key is given up: a BLOCKWISE_NL_JOIN, each row with each, though the key stands in the same condition. The same
#   term written as a comparison of sides (day > 5 - other.day) is a hash join again. Joining the pairs first by an inner join, and
#   those by their key to the left, is two hash joins with the same rows.
# Output seen: below, under `expected`: the term beside the key, the operator of an inner, a left, a full and a semi join.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet duckdb==1.5.5

cat > "$folder/joins.py" <<'PY'
import json

import duckdb

connection = duckdb.connect()
connection.execute("""
    create table sales as
    select i as sale_id, i % 1000 as product_id, i % 90 as day, i % 7 as shop_id from range(20000) as t (i);
    create table prices as
    select i % 1000 as product_id, i % 90 as since, (i + 10) % 90 as until, i % 7 as shop_id from range(5000) as t (i);
""")
connection.execute("pragma enable_profiling = 'no_output'")
metrics = dict.fromkeys(("OPERATOR_TYPE", "OPERATOR_CARDINALITY"), "true")
connection.execute(f"set custom_profiling_settings = '{json.dumps(metrics)}'")


def operators(query):
    def joins(node):
        if "JOIN" in node.get("operator_type", ""):
            yield node["operator_type"]
        for child in node["children"]:
            yield from joins(child)

    connection.execute(query).fetchall()
    return list(joins(json.loads(connection.get_profiling_information("json"))))


for term in (
    "day >= since",
    "day between since and until",
    "day > 5 - since",
    "day + since > 5",
    "day in (since, until)",
    "(day >= since or until = 0)",
    "coalesce(day >= since, true)",
):
    condition = f"on sales.product_id = prices.product_id and {term}"
    kinds = ("inner", "left", "full", "semi")
    print(term, "|", *(operators(f"select count(*) from sales {kind} join prices {condition}")[0] for kind in kinds))

same = """
    with pairs as (
        select sale_id, since from sales inner join prices
        on sales.product_id = prices.product_id and (day >= since or until = 0)
    )
    select count(*), count(since) from sales left join pairs using (sale_id)
"""
left = """
    select count(*), count(since) from sales left join prices
    on sales.product_id = prices.product_id and (day >= since or until = 0)
"""
print("pairs first |", *operators(same))
print("same rows:", connection.sql(same).fetchall() == connection.sql(left).fetchall())
PY
"$folder/venv/bin/python" "$folder/joins.py" > "$folder/seen"

cat > "$folder/expected" <<'TXT'
day >= since | HASH_JOIN HASH_JOIN HASH_JOIN HASH_JOIN
day between since and until | HASH_JOIN HASH_JOIN HASH_JOIN HASH_JOIN
day > 5 - since | HASH_JOIN HASH_JOIN HASH_JOIN HASH_JOIN
day + since > 5 | HASH_JOIN BLOCKWISE_NL_JOIN BLOCKWISE_NL_JOIN BLOCKWISE_NL_JOIN
day in (since, until) | HASH_JOIN BLOCKWISE_NL_JOIN BLOCKWISE_NL_JOIN BLOCKWISE_NL_JOIN
(day >= since or until = 0) | HASH_JOIN BLOCKWISE_NL_JOIN BLOCKWISE_NL_JOIN BLOCKWISE_NL_JOIN
coalesce(day >= since, true) | HASH_JOIN BLOCKWISE_NL_JOIN BLOCKWISE_NL_JOIN BLOCKWISE_NL_JOIN
pairs first | HASH_JOIN HASH_JOIN
same rows: True
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: a left join on a key and an \`or\` compares each row with each; an inner join does not."
