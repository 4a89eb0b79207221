#!/usr/bin/env bash
# What DuckDB counts as a week between two days, and what it divides to whole numbers.
#
# Versions: duckdb 1.5.5, Python 3.11.
# Behaviour: date_diff counts the borders between two days: 31 January to 1 February is a month, 31 December to 1 January a year,
#   though no month and no year has passed. A week is counted only once seven days have: from Sunday to Monday, where date_trunc
#   begins a week, it is none, and from Tuesday to the next Monday none either. The difference of the weeks' first days, by
#   seven, counts borders. And the operator of whole division, //, divides to whole numbers integers alone: of decimals, those
#   without any places too, and of doubles it gives the fraction as / does.
# Output seen: below, under `expected`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet duckdb==1.5.5

cat > "$folder/expressions.py" <<'PY'
import duckdb

for expression in (
    "date_diff('month', date '2026-01-31', date '2026-02-01')",
    "date_diff('year', date '2025-12-31', date '2026-01-01')",
    "date_diff('isoyear', date '2025-12-28', date '2025-12-29')",
    "date_diff('week', date '2026-01-04', date '2026-01-05')",
    "date_diff('week', date '2026-01-06', date '2026-01-12')",
    "date_diff('week', date '2026-01-06', date '2026-01-13')",
    "date_diff('day', date_trunc('week', date '2026-01-06'), date_trunc('week', date '2026-01-12')) // 7",
    "7 // 2",
    "7::decimal(18, 0) // 2",
    "7.50::decimal(18, 2) // 2",
    "7.5::double // 2",
):
    print(expression, "|", *duckdb.sql(f"select {expression}").fetchone())
PY
"$folder/venv/bin/python" "$folder/expressions.py" > "$folder/seen"

cat > "$folder/expected" <<'TXT'
date_diff('month', date '2026-01-31', date '2026-02-01') | 1
date_diff('year', date '2025-12-31', date '2026-01-01') | 1
date_diff('isoyear', date '2025-12-28', date '2025-12-29') | 1
date_diff('week', date '2026-01-04', date '2026-01-05') | 0
date_diff('week', date '2026-01-06', date '2026-01-12') | 0
date_diff('week', date '2026-01-06', date '2026-01-13') | 1
date_diff('day', date_trunc('week', date '2026-01-06'), date_trunc('week', date '2026-01-12')) // 7 | 1
7 // 2 | 3
7::decimal(18, 0) // 2 | 3.5
7.50::decimal(18, 2) // 2 | 3.75
7.5::double // 2 | 3.75
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: Sunday to Monday is no week, and decimals are not divided to whole numbers."
