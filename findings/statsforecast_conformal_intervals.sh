#!/usr/bin/env bash
# How often what comes lies inside the intervals that statsforecast makes of past errors.
#
# Versions: statsforecast 2.1.1, numpy 2.4.6, pandas 2.3.3, Python 3.11.
# Behaviour: ConformalIntervals takes the errors of n_windows past forecasts for the quantiles of each level. So no interval
#   reaches further than the largest error seen, whatever level is asked for: made of two errors, 99.9% holds what comes two
#   times in three, little more often than 80% does. Made of ten, 80% is near what it says, and 99.9% is nine in ten, which
#   is what ten errors can tell. Nothing is said of a level that the windows cannot carry. The model's own interval, from the
#   spread of all the days, holds what it says, where days are as even as these.
# Output seen: below, under `expected`: how many of 1,000 series, of 60 days of normal noise each, had their next day inside.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet statsforecast==2.1.1 numpy==2.4.6 pandas==2.3.3

cat > "$folder/intervals.py" <<'PY'
import numpy
import pandas
from statsforecast import StatsForecast
from statsforecast.models import HistoricAverage
from statsforecast.utils import ConformalIntervals

SERIES, DAYS, LEVELS = 1000, 60, [80, 95, 99.9]

values = numpy.random.default_rng(7).normal(100, 10, (SERIES, DAYS + 1))
days = pandas.date_range("2026-01-01", periods=DAYS)
table = pandas.DataFrame(
    {
        "unique_id": numpy.repeat(numpy.arange(SERIES), DAYS),
        "ds": numpy.tile(days, SERIES),
        "y": values[:, :DAYS].ravel(),
    }
)
for name, made_of in (
    ("two errors", ConformalIntervals(n_windows=2, h=1)),
    ("ten errors", ConformalIntervals(n_windows=10, h=1)),
    ("the model's own", None),
):
    model = HistoricAverage(prediction_intervals=made_of, alias="next")
    told = StatsForecast(models=[model], freq="D").forecast(df=table, h=1, level=LEVELS)
    came = values[:, DAYS]
    inside = [((came >= told[f"next-lo-{level}"]) & (came <= told[f"next-hi-{level}"])).sum() for level in LEVELS]
    print(name, *(f"{level}%: {count}" for level, count in zip(LEVELS, inside)), sep=" | ")
PY
OMP_NUM_THREADS=1 "$folder/venv/bin/python" "$folder/intervals.py" > "$folder/seen" 2> "$folder/log" \
    || { cat "$folder/log"; exit 1; }

cat > "$folder/expected" <<'TXT'
two errors | 80%: 604 | 95%: 663 | 99.9%: 677
ten errors | 80%: 769 | 95%: 907 | 99.9%: 929
the model's own | 80%: 816 | 95%: 956 | 99.9%: 1000
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: 99.9% made of two errors holds what comes two times in three."
