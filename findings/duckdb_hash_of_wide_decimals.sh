#!/usr/bin/env bash
# What DuckDB's hash() tells apart of amounts, where it says whether rows have changed.
#
# Versions: duckdb 1.5.5, Python 3.11.
# Behaviour: a decimal of more than 18 digits is hashed as two halves of 64 bits of which the hashes are combined by
#   exclusive or, so that two equal halves cancel out: 0 and minus one smallest unit (0.00 and -0.01) have one hash, 0, and so
#   has 184467440737095516.17. Of decimals of 18 digits and of other whole numbers the two differ; hashed as text, too. A
#   checksum of rows that is made of hash() does not see an amount go from 0.00 to -0.01, if its column is numeric(38, 2).
# Output seen: below, under `expected`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet duckdb==1.5.5

"$folder/venv/bin/python" - > "$folder/seen" <<'PY'
import duckdb

for of, values in {
    "numeric(18, 2)": ["0.00", "-0.01"],
    "numeric(38, 2)": ["0.00", "-0.01"],
    "numeric(38, 2) ": ["0.00", "184467440737095516.17"],
    "numeric(38, 2)  ": ["0.01", "-0.02"],
    "hugeint": ["0", "-1"],
    "text": ["0.00", "-0.01"],
}.items():
    one, other = (f"hash(cast('{value}' as {of}))" for value in values)
    [(are_one,)] = duckdb.sql(f"select {one} = {other}").fetchall()
    print(of.strip(), *values, "one hash" if are_one else "two hashes")
PY

cat > "$folder/expected" <<'TXT'
numeric(18, 2) 0.00 -0.01 two hashes
numeric(38, 2) 0.00 -0.01 one hash
numeric(38, 2) 0.00 184467440737095516.17 one hash
numeric(38, 2) 0.01 -0.02 two hashes
hugeint 0 -1 one hash
text 0.00 -0.01 two hashes
TXT
diff "$folder/expected" "$folder/seen" && cat "$folder/seen"
