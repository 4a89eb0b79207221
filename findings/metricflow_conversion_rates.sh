#!/usr/bin/env bash
# What a conversion rate of MetricFlow is a share of.
#
# Versions: dbt-metricflow 0.15.0, dbt-core 1.11.16, dbt-duckdb 1.11.1, duckdb 1.5.5, Python 3.11.
# Behaviour: the rate is conversions by base events, and a conversion is each event of the second kind within the window, not each
#   event of the first kind that had one. Of two visits on a day, one of them followed by three orders, the rate is 1.5; of
#   three visits it is 1, though two were followed by none. An order counts for the last visit before it alone, so an
#   earlier one of the same customer converts nothing, and a day on which nothing is converted has no rate rather than 0. With
#   distinct customers as both measures (count_distinct) it is a share, at most 1.
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
cat > models/visits.sql <<'SQL'
select * from (values (1, date '2026-01-04', 1), (2, date '2026-01-05', 1), (3, date '2026-01-05', 2)) as t (visit_id, visited_on, customer_id)
SQL
cat > models/orders.sql <<'SQL'
select * from (values (1, date '2026-01-05', 1), (2, date '2026-01-06', 1), (3, date '2026-01-07', 1)) as t (order_id, ordered_on, customer_id)
SQL
cat > models/models.yml <<'YML'
version: 2
models:
  - name: days
    time_spine: {standard_granularity_column: date_day}
    columns: [{name: date_day, granularity: day}]
semantic_models:
  - name: visits
    model: ref('visits')
    defaults: {agg_time_dimension: visited_on}
    entities: [{name: visit, type: primary, expr: visit_id}, {name: customer, type: foreign, expr: customer_id}]
    dimensions: [{name: visited_on, type: time, type_params: {time_granularity: day}}]
    measures:
      - {name: visits, agg: count, expr: visit_id}
      - {name: visitors, agg: count_distinct, expr: customer_id}
  - name: orders
    model: ref('orders')
    defaults: {agg_time_dimension: ordered_on}
    entities: [{name: order, type: primary, expr: order_id}, {name: customer, type: foreign, expr: customer_id}]
    dimensions: [{name: ordered_on, type: time, type_params: {time_granularity: day}}]
    measures:
      - {name: orders, agg: count, expr: order_id}
      - {name: buyers, agg: count_distinct, expr: customer_id}
metrics:
  - {name: all_visits, label: Visits, type: simple, type_params: {measure: visits}}
  - name: of_visits
    label: Orders of visits
    type: conversion
    type_params:
      conversion_type_params:
        {base_measure: visits, conversion_measure: orders, entity: customer, window: 7 days, calculation: conversion_rate}
  - name: of_visitors
    label: Buyers of visitors
    type: conversion
    type_params:
      conversion_type_params:
        {base_measure: visitors, conversion_measure: buyers, entity: customer, window: 7 days, calculation: conversion_rate}
YML

export DBT_PROFILES_DIR="$PWD"
"$folder/venv/bin/dbt" build --quiet

ask() {
    "$folder/venv/bin/mf" query "$@" --csv answer.csv > log 2>&1 || { cat log; exit 1; }
    tr -d '\r' < answer.csv | sed 's/ 00:00:00//'
}

{
    ask --metrics all_visits,of_visits,of_visitors
    ask --metrics all_visits,of_visits,of_visitors --group-by metric_time__day --order metric_time__day
} > seen

expected="all_visits,of_visits,of_visitors
3,1.0,0.5
metric_time__day,all_visits,of_visits,of_visitors
2026-01-04,1,,
2026-01-05,2,1.5,0.5"

diff <(echo "$expected") seen
echo "As seen: of two visits on a day three convert."
