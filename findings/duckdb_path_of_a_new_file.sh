#!/usr/bin/env bash
# Which file DuckDB opens where a path has got another file since somebody opened it.
#
# Versions: duckdb 1.5.5, Python 3.11.
# Behaviour: within a process, a path that is open is the database that is open. A new connection to it reads the old
#   file for as long as any connection of before is open, and no word says so; another process reads the new one. A tool
#   that keeps connections (a pool) so never sees a file that was switched by a rename, whatever it opens. Opened
#   under another name of the same new file, it is the new one.
# Output seen: below, under `expected`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet duckdb==1.5.5

cat > "$folder/ask.py" <<'PY'
import os
import subprocess
import sys
from pathlib import Path

import duckdb

folder = Path(sys.argv[1])


def make(name, number):
    with duckdb.connect(str(folder / name)) as connection:
        connection.execute(f"create table release as select {number} as number")


def read(path):
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute("select number from release").fetchall()[0][0]


make("first.duckdb", 1)
make("second.duckdb", 2)
path = folder / "served.duckdb"
os.link(folder / "first.duckdb", path)
kept = duckdb.connect(str(path), read_only=True)

os.link(folder / "second.duckdb", folder / "new")
(folder / "new").replace(path)
print("the connection of before:", kept.execute("select number from release").fetchall()[0][0])
print("a new connection beside it:", read(path))
other = "import duckdb, sys; print(duckdb.connect(sys.argv[1], read_only=True).execute('from release').fetchall()[0][0])"
asked = [sys.executable, "-c", other, str(path)]
print("another process:", subprocess.run(asked, capture_output=True, text=True).stdout.strip())
print("another name:", read(folder / "second.duckdb"))
kept.close()
print("when all are closed:", read(path))
PY
"$folder/venv/bin/python" "$folder/ask.py" "$folder" > "$folder/seen"

expected="the connection of before: 1
a new connection beside it: 1
another process: 2
another name: 2
when all are closed: 2"

diff <(echo "$expected") "$folder/seen"
echo "As seen: an open path is the old file, for all of a process."
