-- Fails when attempts or their discounts are lost or doubled on the way to a mart of promotions.
with

redemptions as (
    select * from {{ ref('stg_marketing__promotion_redemptions') }}
),

promotion_redemptions as (
    select * from {{ ref('fct_promotion_redemptions') }}
),

redemption_lines as (
    select * from {{ ref('fct_redemption_lines') }}
),

promoted_orders as (
    select * from {{ ref('fct_promoted_orders') }}
),

attempts_expected as (
    select tenant_id, count(*) as figure
    from redemptions
    group by tenant_id
),

attempts_found as (
    select tenant_id, count(*) as figure
    from promotion_redemptions
    group by tenant_id
),

discounts_expected as (
    select tenant_id, sum(discount_amount) as figure
    from promotion_redemptions
    group by tenant_id
),

discounts_found as (
    select tenant_id, sum(discount_amount) as figure
    from redemption_lines
    group by tenant_id
),

costs_expected as (
    select tenant_id, sum(discount_cost_amount) as figure
    from promotion_redemptions
    group by tenant_id
),

costs_found as (
    select tenant_id, sum(discount_cost_amount) as figure
    from promoted_orders
    group by tenant_id
)

{% for what in ['attempts', 'discounts', 'costs'] -%}
select
    coalesce(expected.tenant_id, found.tenant_id) as tenant_id,
    '{{ what }}' as what,
    cast(expected.figure as numeric(38, 2)) as expected_figure,
    cast(found.figure as numeric(38, 2)) as found_figure
from {{ what }}_expected as expected
full join {{ what }}_found as found
    on found.tenant_id = expected.tenant_id
where coalesce(expected.figure, 0) <> coalesce(found.figure, 0)
{% if not loop.last %}union all{% endif %}
{% endfor %}
