#!/usr/bin/env bash
# What MetricFlow counts between two days where the answer is by month.
#
# Versions: dbt-metricflow 0.15.0, dbt-core 1.11.16, dbt-duckdb 1.11.1, duckdb 1.5.5, Python 3.11.
# Behaviour: --start-time and --end-time are widened to whole periods of the grain that is asked by. One sale of 1.00 a day:
#   from 10 to 20 January are 11.00 without a grain and by day, and 31.00 by month, the whole of January, in a
#   row that says nothing of it. The same days as a --where on metric_time by day are 11.00 by month too. So a month to date
#   would be compared with all of the month before.
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
YML

export DBT_PROFILES_DIR="$PWD"
"$folder/venv/bin/dbt" build --quiet

ask() {
    "$folder/venv/bin/mf" query --metrics net_sales "${@:2}" --csv "$1.csv" > "$1.log" 2>&1 \
        || { cat "$1.log"; exit 1; }
    tr -d '\r' < "$1.csv" | sed "s/^/$1: /"
}

between=(--start-time 2026-01-10 --end-time 2026-01-20)
where="{{ TimeDimension('metric_time', 'day') }} between '2026-01-10' and '2026-01-20'"
ask total "${between[@]}" > seen
ask month --group-by metric_time__month "${between[@]}" >> seen
ask where --group-by metric_time__month --where "$where" >> seen

expected="total: net_sales
total: 11.0
month: metric_time__month,net_sales
month: 2026-01-01 00:00:00,31.0
where: metric_time__month,net_sales
where: 2026-01-01 00:00:00,11.0"

diff <(echo "$expected") seen
echo "As seen: 11 days are 31 by month."
