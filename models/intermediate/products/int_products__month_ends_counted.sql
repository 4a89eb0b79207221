{#-
    What history says was on hand at the last 13 month ends: each change counts from the first of
    these that is not before it.
-#}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

stock_changes as (
    select * from {{ ref('int_products__stock_changes_summed') }}
),

month_ends as (
    {% for months in range(13) -%}
    select
        tenant_id,
        {{ add_months(first_of_period('month', 'as_of_date'), -months) }} - 1 as month_end_date
    from tenants
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
),

month_ends_followed as (
    select
        month_ends.*,
        lag(month_end_date) over (partition by tenant_id order by month_end_date)
            as previous_date
    from month_ends
),

variants as (
    select distinct tenant_id, product_id, variant_id
    from stock_changes
),

changes_per_month as (
    select
        month_ends_followed.tenant_id,
        month_ends_followed.month_end_date,
        stock_changes.product_id,
        stock_changes.variant_id,
        sum(stock_changes.change_units) as change_units
    from month_ends_followed
    inner join stock_changes
        on stock_changes.tenant_id = month_ends_followed.tenant_id
        and stock_changes.change_date <= month_ends_followed.month_end_date
        and (
            month_ends_followed.previous_date is null
            or stock_changes.change_date > month_ends_followed.previous_date
        )
    group by
        month_ends_followed.tenant_id,
        month_ends_followed.month_end_date,
        stock_changes.product_id,
        stock_changes.variant_id
),

variants_counted as (
    select
        variants.tenant_id,
        variants.product_id,
        month_ends.month_end_date,
        sum(coalesce(changes_per_month.change_units, 0)) over (
            partition by variants.tenant_id, variants.product_id, variants.variant_id
            order by month_ends.month_end_date
        ) as units
    from variants
    inner join month_ends
        on month_ends.tenant_id = variants.tenant_id
    left join changes_per_month
        on changes_per_month.tenant_id = variants.tenant_id
        and changes_per_month.product_id = variants.product_id
        and changes_per_month.variant_id is not distinct from variants.variant_id
        and changes_per_month.month_end_date = month_ends.month_end_date
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(product_id as bigint) as product_id,
    cast(month_end_date as date) as month_end_date,

    -- measures
    cast(sum(greatest(units, 0)) as bigint) as units_on_hand
from variants_counted
group by tenant_id, product_id, month_end_date
