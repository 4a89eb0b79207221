{#-
    Each attempt with its order, person, page, moment and day, and whether it is net: accepted, on
    an order that counts and was not refunded in full (definitions.md, Promotion redemptions).
-#}
with

redemptions as (
    select * from {{ ref('stg_marketing__promotion_redemptions') }}
),

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

orders as (
    select * from {{ ref('stg_orders__orders') }}
),

orders_meta_crm as (
    select * from {{ ref('stg_orders__orders_meta_crm') }}
),

customers_merged as (
    select * from {{ ref('int_customers__customers_merged') }}
),

orders_that_count as (
    select * from {{ ref('fct_orders') }}
),

orders_refunded_in_full as (
    select * from {{ ref('int_marketing__orders_refunded_in_full') }}
),

promotion_scopes as (
    select * from {{ ref('int_marketing__promotion_scopes_listed') }}
),

redemptions_joined as (
    select
        redemptions.*,
        promotion_scopes.scope_id,
        tenants.timezone,
        orders.order_number,
        orders.status as order_status,
        orders.cancelled_at as order_cancelled_at,
        orders.deleted_at as order_deleted_at,
        coalesce(orders.exchange_rate, 1) as exchange_rate,
        {{ minor_unit_places('tenants.currency_code') }} as decimal_places,
        coalesce(redemptions.page_id, orders_meta_crm.page_id) as order_page_id,
        coalesce(redemptions.customer_id, orders.customer_id) as order_customer_id,
        coalesce(redemptions.redeemed_at, orders.ordered_at, redemptions.created_at) as occurred_at,
        coalesce(orders_that_count.buyer_type, 'not_counted') as buyer_type,
        redemptions.status = 'accepted' as is_redemption,
        orders_that_count.order_id is not null as is_order_counted,
        orders_refunded_in_full.order_id is not null as is_order_refunded_in_full
    from redemptions
    inner join tenants
        on tenants.tenant_id = redemptions.tenant_id
    inner join promotion_scopes
        on promotion_scopes.tenant_id = redemptions.tenant_id
        and promotion_scopes.promotion_id = redemptions.promotion_id
    left join orders
        on orders.tenant_id = redemptions.tenant_id
        and orders.order_id = redemptions.order_id
    left join orders_meta_crm
        on orders_meta_crm.tenant_id = redemptions.tenant_id
        and orders_meta_crm.order_id = redemptions.order_id
    left join orders_that_count
        on orders_that_count.tenant_id = redemptions.tenant_id
        and orders_that_count.order_id = redemptions.order_id
    left join orders_refunded_in_full
        on orders_refunded_in_full.tenant_id = redemptions.tenant_id
        and orders_refunded_in_full.order_id = redemptions.order_id
),

redemptions_flagged as (
    select
        redemptions_joined.*,
        is_redemption and is_order_counted and not is_order_refunded_in_full as is_net,
        is_redemption and order_status is distinct from 'cancelled' and order_deleted_at is null
            as is_use
    from redemptions_joined
),

redemptions_numbered as (
    select
        redemptions_flagged.*,
        row_number() over (
            partition by tenant_id, promotion_id, order_id, is_net
            order by occurred_at, redemption_id
        ) as redemption_of_order_number
    from redemptions_flagged
)

select
    -- keys
    cast(redemptions_numbered.tenant_id as bigint) as tenant_id,
    cast(redemptions_numbered.redemption_id as bigint) as redemption_id,
    cast(redemptions_numbered.promotion_id as bigint) as promotion_id,
    cast(redemptions_numbered.scope_id as bigint) as scope_id,
    cast(redemptions_numbered.order_id as bigint) as order_id,
    cast(redemptions_numbered.order_customer_id as bigint) as customer_id,
    cast(customers_merged.person_id as bigint) as person_id,
    cast(redemptions_numbered.order_page_id as bigint) as page_id,
    cast(redemptions_numbered.attempted_by as bigint) as user_id,

    -- attributes
    cast(redemptions_numbered.status as text) as redemption_status,
    cast(
        case
            when redemptions_numbered.status = 'rejected'
                then coalesce(nullif(trim(redemptions_numbered.rejection_reason), ''), 'unknown')
        end as text
    ) as rejection_reason,
    cast(redemptions_numbered.buyer_type as text) as buyer_type,
    cast(redemptions_numbered.order_number as text) as order_number,
    cast(redemptions_numbered.order_status as text) as order_status,

    -- measures
    cast(redemptions_numbered.exchange_rate as numeric(18, 8)) as exchange_rate,
    cast(redemptions_numbered.decimal_places as integer) as decimal_places,
    cast(
        coalesce(redemptions_numbered.discount_amount, 0) as numeric(18, 2)
    ) as discount_amount_original,
    cast(
        {{ to_tenant_currency(
            'coalesce(redemptions_numbered.discount_amount, 0)',
            'redemptions_numbered.exchange_rate',
            'redemptions_numbered.decimal_places',
        ) }} as numeric(18, 2)
    ) as discount_amount,

    -- flags
    cast(redemptions_numbered.is_redemption as boolean) as is_redemption,
    cast(redemptions_numbered.is_use as boolean) as is_use,
    cast(redemptions_numbered.is_order_counted as boolean) as is_order_counted,
    cast(redemptions_numbered.is_net as boolean) as is_net,
    cast(
        redemptions_numbered.is_net and redemptions_numbered.redemption_of_order_number = 1
        as boolean
    ) as is_order_promoted_once,

    -- dates
    cast(
        {{ local_date('redemptions_numbered.occurred_at', 'redemptions_numbered.timezone') }}
        as date
    ) as redeemed_date,

    -- timestamps
    cast(redemptions_numbered.occurred_at as timestamp with time zone) as redeemed_at,
    {{ local_at('redemptions_numbered.occurred_at', 'redemptions_numbered.timezone') }}
        as redeemed_at_local,
    cast(redemptions_numbered.order_cancelled_at as timestamp with time zone) as order_cancelled_at,
    cast(redemptions_numbered.order_deleted_at as timestamp with time zone) as order_deleted_at
from redemptions_numbered
left join customers_merged
    on customers_merged.tenant_id = redemptions_numbered.tenant_id
    and customers_merged.customer_id = redemptions_numbered.order_customer_id
