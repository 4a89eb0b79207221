{#-
    First in, first out: what is left of a variant is of its latest receipts. What they do not
    explain has no known age.
-#}
with

stock_counted as (
    select * from {{ ref('int_products__stock_counted') }}
    where units_on_hand > 0
),

stock_changes as (
    select * from {{ ref('int_products__stock_changes_summed') }}
    where receipt_units > 0
),

receipts_ranked as (
    select
        stock_changes.*,
        coalesce(
            sum(receipt_units) over (
                partition by tenant_id, product_id, variant_id
                order by change_date desc
                rows between unbounded preceding and 1 preceding
            ), 0
        ) as later_units
    from stock_changes
),

units_left as (
    select
        stock_counted.tenant_id,
        stock_counted.product_id,
        stock_counted.variant_id,
        receipts_ranked.change_date as received_date,
        least(
            receipts_ranked.receipt_units,
            stock_counted.units_on_hand - receipts_ranked.later_units
        ) as units_on_hand
    from stock_counted
    inner join receipts_ranked
        on receipts_ranked.tenant_id = stock_counted.tenant_id
        and receipts_ranked.product_id = stock_counted.product_id
        and receipts_ranked.variant_id is not distinct from stock_counted.variant_id
        and receipts_ranked.later_units < stock_counted.units_on_hand
),

units_explained as (
    select tenant_id, product_id, variant_id, sum(units_on_hand) as units_on_hand
    from units_left
    group by tenant_id, product_id, variant_id
),

units_aged as (
    select tenant_id, product_id, variant_id, received_date, units_on_hand
    from units_left
    union all
    select
        stock_counted.tenant_id,
        stock_counted.product_id,
        stock_counted.variant_id,
        null,
        stock_counted.units_on_hand - coalesce(units_explained.units_on_hand, 0)
    from stock_counted
    left join units_explained
        on units_explained.tenant_id = stock_counted.tenant_id
        and units_explained.product_id = stock_counted.product_id
        and units_explained.variant_id is not distinct from stock_counted.variant_id
    where stock_counted.units_on_hand > coalesce(units_explained.units_on_hand, 0)
)

select
    -- keys
    cast(units_aged.tenant_id as bigint) as tenant_id,
    cast(units_aged.product_id as bigint) as product_id,
    cast(units_aged.variant_id as bigint) as variant_id,
    cast(units_aged.received_date as date) as received_date,

    -- measures
    cast(units_aged.units_on_hand as bigint) as units_on_hand
from units_aged
