{#-
    How long a customer waited for the money: each refund that went out, whatever it was split into.
-#}
with

refunds as (
    select * from {{ ref('fct_refunds') }}
    where is_given_back
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

refunds_whole as (
    select
        tenant_id,
        refund_id,
        order_id,
        min(order_number) as order_number,
        sum(refund_amount) as refund_amount,
        min(order_date) as order_date,
        min(refund_date) as refund_date,
        min(refunded_at) as refunded_at
    from refunds
    group by tenant_id, refund_id, order_id
)

select
    -- keys
    cast(refunds_whole.tenant_id as bigint) as tenant_id,
    cast(refunds_whole.refund_id as bigint) as refund_id,
    cast(refunds_whole.order_id as bigint) as order_id,

    -- attributes
    cast(refunds_whole.order_number as text) as order_number,

    -- measures
    cast(refunds_whole.refund_amount as numeric(18, 2)) as refund_amount,
    cast(
        case
            when refunds_whole.refund_date >= refunds_whole.order_date
                then refunds_whole.refund_date - refunds_whole.order_date
        end as integer
    ) as refund_days,

    -- dates
    cast(refunds_whole.order_date as date) as order_date,
    cast(refunds_whole.refund_date as date) as refund_date,

    -- timestamps
    cast({{ local_at('refunds_whole.refunded_at', 'tenants.timezone') }} as timestamp)
        as refunded_at_local
from refunds_whole
inner join tenants
    on tenants.tenant_id = refunds_whole.tenant_id
