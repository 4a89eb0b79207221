#!/usr/bin/env bash
# How long the years of a package for the retail calendar are.
#
# Versions: retailcalendar 1.0.0, Python 3.11.
# Behaviour: the years of 53 weeks that the National Retail Federation has, such as 2006, 2012, 2017 and 2023, have 53 here too.
#   But the year after one of them has 51 (2007, 2013, 2018, 2024), the next one or two begin a week early, and others have
#   53 weeks instead (2008, 2014, 2020, 2025). And the weeks of a year are counted to 52 from its first day, wherever the next
#   one begins, so the seven days from 27 January 2019 are week 52 of 2018 and week 1 of 2019: whoever adds up sales by week
#   counts them twice. By the federation's rule, weeks from the Sunday nearest to 1 February, 2019 begins on 3 February.
# Output seen: below, under `expected`: the year's first day by the package and by the rule, its weeks by both.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet retailcalendar==1.0.0

cat > "$folder/years.py" <<'PY'
from datetime import date, timedelta

from retailcalendar import Cal454


def by_rule(year):
    first = date(year, 2, 1)
    return min((first + timedelta(days) for days in range(-3, 4)), key=lambda day: day.isoweekday() != 7)


def weeks(begins, year):
    return (begins(year + 1) - begins(year)).days // 7


for year in range(2000, 2027):
    starts = Cal454.year_start_date(year), by_rule(year)
    lengths = weeks(Cal454.year_start_date, year), weeks(by_rule, year)
    if starts[0] != starts[1] or lengths[0] != lengths[1]:
        print(year, "|", *starts, "|", *lengths)

for year, month, week in ((2018, 12, -1), (2019, 1, 0)):
    number, days = Cal454(year).month_days_by_week(month)[week]
    print(f"week {number} of {year}:", days[0], "to", days[-1])
PY
"$folder/venv/bin/python" "$folder/years.py" > "$folder/seen"

cat > "$folder/expected" <<'TXT'
2001 | 2001-02-04 2001-02-04 | 51 52
2002 | 2002-01-27 2002-02-03 | 52 52
2003 | 2003-01-26 2003-02-02 | 53 52
2007 | 2007-02-04 2007-02-04 | 51 52
2008 | 2008-01-27 2008-02-03 | 53 52
2013 | 2013-02-03 2013-02-03 | 51 52
2014 | 2014-01-26 2014-02-02 | 53 52
2018 | 2018-02-04 2018-02-04 | 51 52
2019 | 2019-01-27 2019-02-03 | 52 52
2020 | 2020-01-26 2020-02-02 | 53 52
2024 | 2024-02-04 2024-02-04 | 51 52
2025 | 2025-01-26 2025-02-02 | 53 52
week 52 of 2018: 2019-01-27 to 2019-02-02
week 1 of 2019: 2019-01-27 to 2019-02-02
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: years of 51 weeks, and a week that is of two years."
