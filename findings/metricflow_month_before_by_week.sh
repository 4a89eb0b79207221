#!/usr/bin/env bash
# What MetricFlow answers for the month before, by week and by day.
#
# Versions: dbt-metricflow 0.15.0, dbt-core 1.11.16, dbt-duckdb 1.11.1, duckdb 1.5.5, Python 3.11.
# Behaviour: a metric with offset_window of one month, of one sale of 1.00 a day. By month it is the month before, 31 beside
#   February. By week it is empty in each week of February, though January has a sale on every day: the first day of the week
#   less a month is looked for among the first days of weeks, and is one only where the month between has 28 days, in
#   March. By quarter it is the sum of what is a month before each day. By day, 28, 29, 30 and 31 March each have what 28 February
#   had, and 29 to 31 January stand beside no day at all: the days of March add up to 31 where February had 28. No error, no
#   warning. What is compared by week has to be offset by weeks (28 days).
# Output seen: below, under `expected`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet \
    dbt-core==1.11.16 dbt-duckdb==1.11.1 duckdb==1.5.5 dbt-metricflow==0.15.0

mkdir "$folder/shop" "$folder/shop/models"
cd "$folder/shop"
cat > dbt_project.yml <<'YML'
name: shop
profile: shop
flags: {send_anonymous_usage_stats: false}
models: {+materialized: table}
YML
cat > profiles.yml <<'YML'
shop:
  target: dev
  outputs:
    dev: {type: duckdb, path: shop.duckdb, threads: 1}
YML
cat > models/days.sql <<'SQL'
select cast(range as date) as date_day
from range(date '2026-01-01', date '2026-04-01', interval 1 day)
SQL
cat > models/sales.sql <<'SQL'
select date_day as sold_on, cast(1 as decimal(18, 2)) as amount from {{ ref('days') }}
SQL
cat > models/sales.yml <<'YML'
version: 2
models:
  - name: days
    time_spine: {standard_granularity_column: date_day}
    columns: [{name: date_day, granularity: day}]
semantic_models:
  - name: sales
    model: ref('sales')
    defaults: {agg_time_dimension: sold_on}
    entities: [{name: sale, type: primary, expr: sold_on}]
    dimensions: [{name: sold_on, type: time, type_params: {time_granularity: day}}]
    measures: [{name: amount, agg: sum}]
metrics:
  - {name: net_sales, label: Net sales, type: simple, type_params: {measure: amount}}
  - name: month_before
    label: The month before
    type: derived
    type_params: {expr: before, metrics: [{name: net_sales, offset_window: 1 month, alias: before}]}
YML

export DBT_PROFILES_DIR="$PWD"
"$folder/venv/bin/dbt" build --quiet

ask() {
    "$folder/venv/bin/mf" query "$@" --csv answer.csv > log 2>&1 || { cat log; exit 1; }
    tr -d '\r' < answer.csv | sed 's/ 00:00:00//'
}

for grain in month week quarter; do
    ask --metrics net_sales,month_before --group-by "metric_time__$grain" --order "metric_time__$grain"
done > seen
ask --metrics month_before --group-by metric_time__day > by_day
for month in 01 02 03; do
    echo "days of 2026-$month: $(grep "^2026-$month" by_day | awk -F, '{sum += $2} END {print sum + 0}')"
done >> seen

expected="metric_time__month,net_sales,month_before
2026-01-01,31.0,
2026-02-01,28.0,31.0
2026-03-01,31.0,28.0
metric_time__week,net_sales,month_before
2025-12-29,4.0,
2026-01-05,7.0,
2026-01-12,7.0,
2026-01-19,7.0,
2026-01-26,7.0,
2026-02-02,7.0,
2026-02-09,7.0,
2026-02-16,7.0,
2026-02-23,7.0,
2026-03-02,7.0,7.0
2026-03-09,7.0,7.0
2026-03-16,7.0,7.0
2026-03-23,7.0,7.0
2026-03-30,2.0,
metric_time__quarter,net_sales,month_before
2026-01-01,90.0,59.0
days of 2026-01: 0
days of 2026-02: 28
days of 2026-03: 31"

diff <(echo "$expected") seen
echo "As seen: by week nothing is a month before, save four weeks of March."
