#!/usr/bin/env bash
# Local days of one moment, by DuckDB's own time zones and by Python's package tzdata.
#
# Versions: duckdb 1.5.5, tzdata 2026.6 (2026f), Python 3.11.
# Behaviour: DuckDB brings time-zone data of its own, and no setting has it read another. It does not know what was decided
#   in 2026: in zones of Canada, in Cuba and in Morocco the first or the last hour of each local day of winter
#   2026/27 is of another date in SQL than in Python. No error, no warning; in 2025 not one zone differs. A shop in
#   Vancouver that groups by `cast(timezone(zone, moment) as date)` in SQL and filters by a day from `zoneinfo` loses an hour
#   of sales each day.
# Output seen: below, under `expected`: the zone, when by UTC on 20 November 2026 the readings differ, both dates.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet duckdb==1.5.5 tzdata==2026.6

cat > "$folder/days.py" <<'PY'
import zoneinfo
from datetime import UTC, datetime, timedelta

import duckdb

zoneinfo.reset_tzpath(())  # the package, not what the system has
database = duckdb.connect()
database.execute("set timezone = 'UTC'")
known = {name for (name,) in database.execute("select name from pg_timezone_names()").fetchall()}


def differing(first):
    for name in sorted(known & zoneinfo.available_timezones()):
        if "/" not in name:
            continue
        moments = [first + timedelta(minutes=30 * step) for step in range(48)]
        rows = database.execute(
            "select cast(timezone(?, to_timestamp(moment)) as date) from unnest(?) as asked (moment)"
            " order by moment",
            [name, [int(moment.timestamp()) for moment in moments]],
        ).fetchall()
        for moment, (day,) in zip(moments, rows, strict=True):
            own = moment.astimezone(zoneinfo.ZoneInfo(name)).date()
            if day != own and moment.minute == 0:
                yield f"{name} {moment:%H:%M} {day} {own}"


print("2025-11-20:", len(list(differing(datetime(2025, 11, 20, tzinfo=UTC)))))
print("\n".join(differing(datetime(2026, 11, 20, tzinfo=UTC))))
PY

expected="2025-11-20: 0
Africa/Casablanca 23:00 2026-11-21 2026-11-20
Africa/El_Aaiun 23:00 2026-11-21 2026-11-20
America/Edmonton 06:00 2026-11-19 2026-11-20
America/Havana 04:00 2026-11-19 2026-11-20
America/Inuvik 06:00 2026-11-19 2026-11-20
America/Rainy_River 05:00 2026-11-19 2026-11-20
America/Vancouver 07:00 2026-11-19 2026-11-20
America/Winnipeg 05:00 2026-11-19 2026-11-20
America/Yellowknife 06:00 2026-11-19 2026-11-20
Canada/Central 05:00 2026-11-19 2026-11-20
Canada/Mountain 06:00 2026-11-19 2026-11-20
Canada/Pacific 07:00 2026-11-19 2026-11-20"

diff <(echo "$expected") <("$folder/venv/bin/python" "$folder/days.py")
echo "As seen: DuckDB and tzdata differ in 12 zones."
