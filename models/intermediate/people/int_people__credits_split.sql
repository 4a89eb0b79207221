{#-
    Each ledger row of an order that several credits share, and of those measured apart, with the
    part of each credit. What one credit has alone is not here: fct_sales_credits takes it as it
    stands.

    Shares are split by largest remainder, so that they add up to the row; what is measured apart is
    a rate of the row, rounded half away from zero (widened first: DuckDB computes a product in the
    width of its factors).
-#}
with

sales_ledger as (
    select * from {{ ref('fct_sales_ledger') }}
    where event_type in ('sale', 'discount', 'return', 'cost', 'cost_return')
),

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

credits_weighted as (
    select * from {{ ref('int_people__credits_weighted') }}
    where credited_row_count > 1 or not is_credited
),

ledger_rows as (
    select
        sales_ledger.tenant_id,
        sales_ledger.event_type,
        sales_ledger.source_table,
        sales_ledger.source_id,
        sales_ledger.order_item_id,
        sales_ledger.order_id,
        sales_ledger.category_name,
        sales_ledger.event_date,
        sales_ledger.dated_at_local,
        sales_ledger.has_unit_cost,
        sales_ledger.amount,
        {{ to_scaled('sales_ledger.amount', 2) }} as amount_cents,
        orders_counted.decimal_places,
        credits_weighted.lead_sale_id,
        credits_weighted.user_id,
        credits_weighted.credit_role,
        credits_weighted.credit_kind,
        credits_weighted.contribution_rate,
        credits_weighted.credit_weight,
        credits_weighted.is_credited
    from sales_ledger
    inner join orders_counted
        on orders_counted.tenant_id = sales_ledger.tenant_id
        and orders_counted.order_id = sales_ledger.order_id
    inner join credits_weighted
        on credits_weighted.tenant_id = sales_ledger.tenant_id
        and credits_weighted.order_id = sales_ledger.order_id
),

ledger_rows_shared as (
    select * from ledger_rows
    where is_credited
),

shares as (
    {{ split_by_largest_remainder(
        relation='ledger_rows_shared',
        amount='amount_cents',
        weight='credit_weight',
        group_by=['tenant_id', 'source_table', 'source_id', 'event_type', 'order_item_id'],
        tie_break='lead_sale_id',
        result='credited_cents',
        decimal_places='decimal_places',
    ) }}
),

parts as (
    select
        tenant_id, event_type, source_table, source_id, order_item_id, order_id, lead_sale_id,
        user_id, credit_role, credit_kind, category_name, event_date, dated_at_local,
        is_credited, has_unit_cost,
        {{ from_scaled('credited_cents', 2) }} as amount
    from shares
    union all
    select
        tenant_id, event_type, source_table, source_id, order_item_id, order_id, lead_sale_id,
        user_id, credit_role, credit_kind, category_name, event_date, dated_at_local,
        is_credited, has_unit_cost,
        {{ round_to_minor_unit(
            'cast(amount as numeric(28, 2)) * cast(contribution_rate as numeric(9, 6))',
            'decimal_places'
        ) }} as amount
    from ledger_rows
    where not is_credited
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(source_table as text) as source_table,
    cast(source_id as bigint) as source_id,
    cast(order_item_id as bigint) as order_item_id,
    cast(order_id as bigint) as order_id,
    cast(lead_sale_id as bigint) as lead_sale_id,
    cast(user_id as bigint) as user_id,

    -- attributes
    cast(event_type as text) as event_type,
    cast(credit_role as text) as credit_role,
    cast(credit_kind as text) as credit_kind,
    cast(category_name as text) as category_name,

    -- measures
    cast(amount as numeric(18, 2)) as amount,

    -- flags
    cast(is_credited as boolean) as is_credited,
    cast(has_unit_cost as boolean) as has_unit_cost,

    -- dates
    cast(event_date as date) as event_date,

    -- timestamps
    cast(dated_at_local as timestamp) as dated_at_local
from parts
