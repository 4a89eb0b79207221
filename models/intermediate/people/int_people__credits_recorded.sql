{#-
    Who has a part in an order, counted or not, by lead_sales: the rows that name the order; where
    none of them splits it, those that name its lead and no order, and so for each role that stands
    beside.
-#}
with

lead_sales as (
    select
        lead_sales.*,
        case when credit_role in ('primary', 'shared') then 'credited' else credit_role end
            as credit_kind
    from {{ ref('stg_staff__lead_sales') }} as lead_sales
),

orders_meta_crm as (
    select * from {{ ref('stg_orders__orders_meta_crm') }}
    where lead_id is not null
),

credits_of_orders as (
    select
        tenant_id, order_id, lead_sale_id, user_id, credit_role, credit_kind, contribution_rate
    from lead_sales
    where order_id is not null
),

credits_of_leads as (
    select
        orders_meta_crm.tenant_id,
        orders_meta_crm.order_id,
        lead_sales.lead_sale_id,
        lead_sales.user_id,
        lead_sales.credit_role,
        lead_sales.credit_kind,
        lead_sales.contribution_rate
    from orders_meta_crm
    inner join lead_sales
        on lead_sales.tenant_id = orders_meta_crm.tenant_id
        and lead_sales.lead_id = orders_meta_crm.lead_id
    left join (
        select distinct tenant_id, order_id, credit_kind from credits_of_orders
    ) as kinds_of_orders
        on kinds_of_orders.tenant_id = orders_meta_crm.tenant_id
        and kinds_of_orders.order_id = orders_meta_crm.order_id
        and kinds_of_orders.credit_kind = lead_sales.credit_kind
    where lead_sales.order_id is null and kinds_of_orders.order_id is null
),

credits as (
    select * from credits_of_orders
    union all
    select * from credits_of_leads
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(order_id as bigint) as order_id,
    cast(lead_sale_id as bigint) as lead_sale_id,
    cast(user_id as bigint) as user_id,

    -- attributes
    cast(credit_role as text) as credit_role,

    -- measures
    cast(contribution_rate as numeric(9, 6)) as contribution_rate,

    -- flags
    cast(credit_kind = 'credited' as boolean) as is_credited
from credits
