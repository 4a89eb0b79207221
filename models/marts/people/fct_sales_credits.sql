{#-
    Who has credit for what the ledger says of an order, per category and moment. Where one credit
    has the whole order its rows are the ledger's; where several share it they are sums of
    int_people__credits_split, row by row. Gift cards and orders without lines have no amount to
    share, but are orders all the same.
-#}
with

sales_ledger as (
    select * from {{ ref('fct_sales_ledger') }}
),

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

credits_weighted as (
    select * from {{ ref('int_people__credits_weighted') }}
),

credits_split as (
    select * from {{ ref('int_people__credits_split') }}
),

moments_per_order as (
    select
        tenant_id,
        order_id,
        category_name,
        event_date,
        ledger_date,
        dated_at_local,
        sum(case when event_type in ('sale', 'discount') then amount else 0 end)
            as demand_sales_amount,
        sum(case when event_type in ('sale', 'discount') and has_unit_cost then amount else 0 end)
            as costed_demand_amount,
        sum(case when event_type = 'return' then amount else 0 end) as returns_amount,
        sum(case when event_type in ('cost', 'cost_return') then amount else 0 end) as cost_amount,
        sum(case when event_type = 'sale' then quantity else 0 end) as unit_count,
        count(case when event_type in ('sale', 'gift_card', 'order') then 1 end) as placed_row_count
    from sales_ledger
    where event_type in (
        'sale', 'discount', 'return', 'cost', 'cost_return', 'gift_card', 'order'
    )
    group by tenant_id, order_id, category_name, event_date, ledger_date, dated_at_local
),

{#-
    a person's rows of an order are one credit: primary (the first in the alphabet) if one of them
    is
-#}
credits_per_user as (
    select
        tenant_id,
        order_id,
        user_id,
        is_credited,
        credit_kind,
        min(credit_role) as credit_role,
        min(lead_sale_id) as first_lead_sale_id,
        max(credited_row_count) as credited_row_count
    from credits_weighted
    group by tenant_id, order_id, user_id, is_credited, credit_kind
),

credits_numbered as (
    select
        credits_per_user.*,
        is_credited and credited_row_count = 1 as has_whole_order,
        case
            when is_credited
                then row_number() over (
                    partition by tenant_id, order_id, is_credited
                    order by first_lead_sale_id
                )
        end as credit_number
    from credits_per_user
),

amounts_per_credit as (
    select
        tenant_id,
        order_id,
        user_id,
        credit_kind,
        category_name,
        event_date,
        dated_at_local,
        sum(case when event_type in ('sale', 'discount') then amount else 0 end)
            as demand_sales_amount,
        sum(case when event_type in ('sale', 'discount') and has_unit_cost then amount else 0 end)
            as costed_demand_amount,
        sum(case when event_type = 'return' then amount else 0 end) as returns_amount,
        sum(case when event_type in ('cost', 'cost_return') then amount else 0 end) as cost_amount
    from credits_split
    group by tenant_id, order_id, user_id, credit_kind, category_name, event_date, dated_at_local
),

credits as (
    select
        moments_per_order.*,
        credits_numbered.user_id,
        credits_numbered.credit_role,
        credits_numbered.credit_number,
        credits_numbered.is_credited,
        case
            when credits_numbered.has_whole_order then moments_per_order.demand_sales_amount
            else coalesce(amounts_per_credit.demand_sales_amount, 0)
        end as credited_demand_sales_amount,
        case
            when credits_numbered.has_whole_order then moments_per_order.costed_demand_amount
            else coalesce(amounts_per_credit.costed_demand_amount, 0)
        end as credited_costed_demand_amount,
        case
            when credits_numbered.has_whole_order then moments_per_order.returns_amount
            else coalesce(amounts_per_credit.returns_amount, 0)
        end as credited_returns_amount,
        case
            when credits_numbered.has_whole_order then moments_per_order.cost_amount
            else coalesce(amounts_per_credit.cost_amount, 0)
        end as credited_cost_amount
    from moments_per_order
    inner join credits_numbered
        on credits_numbered.tenant_id = moments_per_order.tenant_id
        and credits_numbered.order_id = moments_per_order.order_id
    left join amounts_per_credit
        on amounts_per_credit.tenant_id = moments_per_order.tenant_id
        and amounts_per_credit.order_id = moments_per_order.order_id
        and amounts_per_credit.category_name is not distinct from moments_per_order.category_name
        and amounts_per_credit.event_date = moments_per_order.event_date
        and amounts_per_credit.dated_at_local = moments_per_order.dated_at_local
        and amounts_per_credit.user_id = credits_numbered.user_id
        and amounts_per_credit.credit_kind = credits_numbered.credit_kind
)

select
    -- keys
    cast(credits.tenant_id as bigint) as tenant_id,
    cast(credits.order_id as bigint) as order_id,
    cast(credits.user_id as bigint) as user_id,
    cast(orders_counted.person_id as bigint) as person_id,

    -- attributes
    cast(credits.credit_role as text) as credit_role,
    cast(orders_counted.order_number as text) as order_number,
    cast(credits.category_name as text) as category_name,
    cast(orders_counted.channel_name as text) as channel_name,
    cast(orders_counted.buyer_type as text) as buyer_type,

    -- measures
    cast(credits.credited_demand_sales_amount as numeric(18, 2)) as demand_sales_amount,
    cast(-credits.credited_returns_amount as numeric(18, 2)) as returns_amount,
    cast(
        credits.credited_demand_sales_amount + credits.credited_returns_amount as numeric(18, 2)
    ) as net_sales_amount,
    cast(credits.credited_costed_demand_amount as numeric(18, 2)) as costed_demand_amount,
    cast(-credits.credited_cost_amount as numeric(18, 2)) as cost_amount,
    cast(
        {{ where_costed(
            'credited_demand_sales_amount + credited_returns_amount + credited_cost_amount',
            costed='credited_costed_demand_amount',
            demand='credited_demand_sales_amount',
        ) }} as numeric(18, 2)
    ) as gross_margin_amount,
    cast(credits.demand_sales_amount as numeric(18, 2)) as order_demand_amount,
    cast(credits.unit_count as integer) as order_unit_count,
    cast(credits.credit_number as integer) as credit_number,

    -- flags
    cast(credits.is_credited as boolean) as is_credited,
    cast(credits.placed_row_count > 0 as boolean) as is_order_placed,

    -- dates
    cast(credits.ledger_date as date) as ledger_date,
    cast(credits.event_date as date) as event_date,
    cast(orders_counted.order_date as date) as order_date,

    -- timestamps
    cast(credits.dated_at_local as timestamp) as dated_at_local
from credits
inner join orders_counted
    on orders_counted.tenant_id = credits.tenant_id
    and orders_counted.order_id = credits.order_id
