{#-
    Who has credit for a counted order, and with which weight: the rows of lead_sales that split it,
    or its lead (int_people__credits_recorded); without them the seller of order_meta_crm; without
    either nobody, so that what nobody sold is a row like any other. Overlays and originators stand
    beside, with a rate of the whole.
-#}
with

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

credits_recorded as (
    select * from {{ ref('int_people__credits_recorded') }}
),

credits_of_orders as (
    select
        orders_counted.tenant_id,
        orders_counted.order_id,
        credits_recorded.lead_sale_id,
        credits_recorded.user_id,
        credits_recorded.credit_role,
        credits_recorded.contribution_rate,
        credits_recorded.is_credited
    from credits_recorded
    inner join orders_counted
        on orders_counted.tenant_id = credits_recorded.tenant_id
        and orders_counted.order_id = credits_recorded.order_id
),

orders_without_credit as (
    select
        orders_counted.tenant_id,
        orders_counted.order_id,
        cast(null as bigint) as lead_sale_id,
        orders_counted.sales_user_id as user_id,
        case when orders_counted.sales_user_id is null then 'unattributed' else 'seller' end
            as credit_role,
        1 as contribution_rate,
        true as is_credited
    from orders_counted
    left join (
        select distinct tenant_id, order_id from credits_of_orders
        where is_credited
    ) as orders_credited
        on orders_credited.tenant_id = orders_counted.tenant_id
        and orders_credited.order_id = orders_counted.order_id
    where orders_credited.order_id is null
),

credits as (
    select * from credits_of_orders
    union all
    select * from orders_without_credit
),

credits_counted as (
    select
        credits.*,
        count(case when is_credited then 1 end) over (
            partition by tenant_id, order_id
        ) as credited_row_count
    from credits
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(order_id as bigint) as order_id,
    cast(lead_sale_id as bigint) as lead_sale_id,
    cast(user_id as bigint) as user_id,

    -- attributes
    cast(credit_role as text) as credit_role,
    cast(case when is_credited then 'credited' else credit_role end as text) as credit_kind,

    -- measures
    cast(contribution_rate as numeric(9, 6)) as contribution_rate,
    cast(cast(contribution_rate as numeric(18, 6)) * 1000000 as bigint) as credit_weight,
    cast(credited_row_count as integer) as credited_row_count,

    -- flags
    cast(is_credited as boolean) as is_credited
from credits_counted
