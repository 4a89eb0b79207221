#!/usr/bin/env bash
# What cronsim answers when it is asked between the two 2:30 of the night on which clocks are put back.
#
# Versions: cronsim 2.8, Python 3.11.
# Behaviour: asked from 2:15 the second time (1:15 UTC), the next 2:30 is said to be the first one (0:30 UTC): a time before
#   the one that it was asked from. From any other moment the answer is later than the question. Whoever starts a job at
#   "the next time" starts it at once. croniter and APScheduler name the second 2:30 there, and both on any other day's asking.
# Output seen: below, under `expected`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet cronsim==2.8 tzdata

"$folder/venv/bin/python" - > "$folder/seen" <<'PY'
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim

for minutes in ("00:15", "00:45", "01:15", "01:45"):
    start = datetime.fromisoformat(f"2026-10-25T{minutes}+00:00")
    found = next(CronSim("30 2 * * *", start.astimezone(ZoneInfo("Europe/Berlin")))).astimezone(UTC)
    print(f"{start:%d %H:%M} UTC: {found:%d %H:%M} UTC", "before" if found < start else "after")
PY

cat > "$folder/expected" <<'TXT'
25 00:15 UTC: 25 00:30 UTC after
25 00:45 UTC: 26 01:30 UTC after
25 01:15 UTC: 25 00:30 UTC before
25 01:45 UTC: 26 01:30 UTC after
TXT
diff "$folder/expected" "$folder/seen" && cat "$folder/seen"
