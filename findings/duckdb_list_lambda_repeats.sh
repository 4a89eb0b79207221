#!/usr/bin/env bash
# How often DuckDB works out what a lambda over a list takes from outside.
#
# Versions: duckdb 1.5.5, numpy 2.4.6, Python 3.11.
# Behaviour: once for each element of the list, though it is the same for all of a row's elements and its function is declared
#   free of side effects. Twice in one select list it is worked out once, as a common part; the lambda has no part in that.
#   A macro hides it: `passed(f(x))` looks like a call with an argument, calls f eight times a row for a list of eight, and
#   `passed(passed(f(x)))` 64 times. A subquery that selects f(x) as a column, and no more, has it worked out once.
# Output seen: below, under `expected`: calls of f for 1,000 rows.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet duckdb==1.5.5 numpy==2.4.6

cat > "$folder/calls.py" <<'PY'
import duckdb

calls = 0


def f(given):
    global calls
    calls += 1
    return given


database = duckdb.connect()
database.create_function("f", f, ["BIGINT"], "BIGINT", side_effects=False)
database.execute("create table given as select range as x from range(1000)")
database.execute(
    "create macro passed(asked) as"
    " len(list_filter([1, 2, 3, 4, 5, 6, 7, 8], lambda threshold: threshold <= asked))"
)
for query in (
    "select f(x) from given",
    "select f(x) + f(x), f(x) from given",
    "select passed(f(x)) from given",
    "select passed(passed(f(x))) from given",
    "select passed(y) from (select f(x) as y from given)",
):
    calls = 0
    database.execute(query).fetchall()
    print(f"{calls} {query}")
PY

expected="1000 select f(x) from given
1000 select f(x) + f(x), f(x) from given
8000 select passed(f(x)) from given
64000 select passed(passed(f(x))) from given
1000 select passed(y) from (select f(x) as y from given)"

diff <(echo "$expected") <("$folder/venv/bin/python" "$folder/calls.py")
echo "As seen: once for each element."
