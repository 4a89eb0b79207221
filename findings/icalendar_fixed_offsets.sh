#!/usr/bin/env bash
# What becomes of a moment with a fixed offset in a calendar that icalendar writes.
#
# Versions: icalendar 7.3.2, tzdata 2026.6, Python 3.11.
# Behaviour: 9:00+07:00, as an ISO text is read by Python and as a driver may give it, is written as 9:00 of a zone "UTC+07:00",
#   which is no zone of the tz database and is not described in the file: add_missing_timezones() adds nothing. The package itself
#   reads it back as 9:00 without any zone, so each reader's calendar puts it at its own nine o'clock. No error, no warning.
#   An offset of zero is written in UTC, a ZoneInfo by its name with its description, both as one would expect; so a moment
#   has to be brought to UTC before.
# Output seen: below, under `expected`: the moment, how it is written, whether zones are described, how it is read back.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet icalendar==7.3.2 tzdata==2026.6

cat > "$folder/moments.py" <<'PY'
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

local = datetime.fromisoformat("2026-02-17T09:00:00+07:00")
for moment in (local, local.astimezone(timezone.utc), local.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))):
    event = Event()
    event.start = moment
    calendar = Calendar()
    calendar.add_component(event)
    calendar.add_missing_timezones()
    written = calendar.to_ical()
    [line] = (line for line in written.decode().split("\r\n") if line.startswith("DTSTART") and "2026" in line)
    read = Calendar.from_ical(written).events[0].start
    print(moment, line, b"VTIMEZONE" in written, read, sep=" | ")
PY
"$folder/venv/bin/python" "$folder/moments.py" > "$folder/seen"

cat > "$folder/expected" <<'TXT'
2026-02-17 09:00:00+07:00 | DTSTART;TZID="UTC+07:00":20260217T090000 | False | 2026-02-17 09:00:00
2026-02-17 02:00:00+00:00 | DTSTART:20260217T020000Z | False | 2026-02-17 02:00:00+00:00
2026-02-17 09:00:00+07:00 | DTSTART;TZID=Asia/Ho_Chi_Minh:20260217T090000 | True | 2026-02-17 09:00:00+07:00
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: 9:00+07:00 comes back as 9:00 of no zone."
