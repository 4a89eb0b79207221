#!/usr/bin/env bash
# On which day of the week statsforecast expects the most, where the table has no row for some days.
#
# Versions: statsforecast 2.1.1, numpy 2.4.6, pandas 2.3.3, Python 3.11.
# Behaviour: the day of each row has to be given, but is read for the order of the rows and for what comes after the last one; a
#   season of seven is seven rows. Of twelve weeks with the most on Saturdays and the least on Sundays, one day without a row,
#   two weeks before the end, has AutoETS expect the most on Sunday and the least on Monday; SeasonalNaive repeats the last
#   seven rows, and is right. Without any Sundays, as where a shop is closed and nothing is sold, AutoETS tells no day from
#   another, and expects as much of Sunday. Nothing is said of it, though freq="D" tells that there are days between. So days
#   without sales have to be rows of 0, before a model sees them.
# Output seen: below, under `expected`: the rows, the model, the day with the most and with the least of the next seven.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet statsforecast==2.1.1 numpy==2.4.6 pandas==2.3.3

cat > "$folder/days.py" <<'PY'
import numpy
import pandas
from statsforecast import StatsForecast
from statsforecast.models import AutoETS, SeasonalNaive

WEEK = [10, 12, 14, 16, 18, 30, 1]
noise = numpy.random.default_rng(3).normal(0, 1, 84)
days = pandas.date_range("2026-01-05", periods=84)
every_day = pandas.DataFrame({"unique_id": "shop", "ds": days, "y": numpy.tile(WEEK, 12) + noise})

for name, table in (
    ("every day", every_day),
    ("one day missing", every_day.drop(index=70)),
    ("no Sundays", every_day[every_day["ds"].dt.dayofweek != 6]),
):
    models = [AutoETS(season_length=7), SeasonalNaive(season_length=7)]
    told = StatsForecast(models=models, freq="D").forecast(df=table, h=7).set_index("ds")
    for model in ("AutoETS", "SeasonalNaive"):
        expected = told[model]
        if expected.max() - expected.min() < 0.01:
            print(name, model, "all alike", sep=" | ")
        else:
            print(name, model, expected.idxmax().day_name(), expected.idxmin().day_name(), sep=" | ")
PY
OMP_NUM_THREADS=1 "$folder/venv/bin/python" "$folder/days.py" > "$folder/seen" 2> "$folder/log" || { cat "$folder/log"; exit 1; }

cat > "$folder/expected" <<'TXT'
every day | AutoETS | Saturday | Sunday
every day | SeasonalNaive | Saturday | Sunday
one day missing | AutoETS | Sunday | Monday
one day missing | SeasonalNaive | Saturday | Sunday
no Sundays | AutoETS | all alike
no Sundays | SeasonalNaive | Saturday | Monday
TXT
diff "$folder/expected" "$folder/seen"
echo "As seen: one missing day moves Saturday's peak to Sunday."
