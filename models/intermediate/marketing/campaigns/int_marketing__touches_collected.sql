{#-
    The path of 28 days of every conversion: the touchpoints of its person, then the link it came
    by, then the promotions redeemed on it. Windows are counted in hours, so that no clock that is
    put forward or back makes one longer. A lead is often written a moment before the touch that
    brought it: one of the next five minutes is as old as the lead. A person who is no customer goes
    by the negative of the key.
-#}
with

orders_counted as (
    select * from {{ ref('int_sales__orders_counted') }}
),

leads as (
    select * from {{ ref('stg_customers__leads') }}
    where deleted_at is null
),

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

customers as (
    select * from {{ ref('stg_customers__customers') }}
),

customers_merged as (
    select * from {{ ref('int_customers__customers_merged') }}
),

personal_journeys as (
    select * from {{ ref('stg_customers__personal_journeys') }}
),

orders_meta as (
    select * from {{ ref('stg_orders__orders_meta') }}
),

utm_links as (
    select * from {{ ref('stg_marketing__utm_links') }}
),

promotion_redemptions as (
    select * from {{ ref('stg_marketing__promotion_redemptions') }}
    where status = 'accepted'
),

promotion_campaigns as (
    select * from {{ ref('stg_marketing__promotion_campaigns') }}
),

campaigns as (
    select * from {{ ref('stg_marketing__campaigns') }}
),

persons_of_keys as (
    select
        customers.tenant_id,
        customers.personal_key_id,
        min(customers_merged.person_id) as person_id
    from customers
    inner join customers_merged
        on customers_merged.tenant_id = customers.tenant_id
        and customers_merged.customer_id = customers.customer_id
    where customers.personal_key_id is not null
    group by customers.tenant_id, customers.personal_key_id
),

touchpoints as (
    select
        personal_journeys.tenant_id,
        personal_journeys.personal_journey_id,
        personal_journeys.campaign_id,
        personal_journeys.touchpoint,
        personal_journeys.occurred_at,
        coalesce(
            persons_of_keys.person_id, -cast(personal_journeys.personal_key_id as bigint)
        ) as somebody_id
    from personal_journeys
    left join persons_of_keys
        on persons_of_keys.tenant_id = personal_journeys.tenant_id
        and persons_of_keys.personal_key_id = personal_journeys.personal_key_id
    where personal_journeys.campaign_id is not null
),

conversions as (
    select
        tenant_id, 'order' as conversion_type, order_id as conversion_id,
        person_id as somebody_id, order_date as conversion_date, ordered_at as converted_at,
        ordered_at as touched_until_at
    from orders_counted
    where person_id is not null
    union all
    select
        leads.tenant_id, 'lead' as conversion_type, leads.lead_id as conversion_id,
        coalesce(
            persons_of_keys.person_id, -cast(leads.personal_key_id as bigint)
        ) as somebody_id,
        {{ local_date('leads.created_at', 'tenants.timezone') }} as conversion_date,
        leads.created_at as converted_at,
        leads.created_at + interval '5 minutes' as touched_until_at
    from leads
    inner join tenants
        on tenants.tenant_id = leads.tenant_id
    left join persons_of_keys
        on persons_of_keys.tenant_id = leads.tenant_id
        and persons_of_keys.personal_key_id = leads.personal_key_id
),

touches_of_journeys as (
    select
        conversions.tenant_id, conversions.conversion_type, conversions.conversion_id,
        1 as source_rank, 'journey' as touch_source,
        touchpoints.personal_journey_id as source_id, touchpoints.campaign_id,
        touchpoints.touchpoint, conversions.conversion_date, touchpoints.occurred_at,
        greatest(
            {{ microseconds_between('touchpoints.occurred_at', 'conversions.converted_at') }}, 0
        ) as age_microseconds
    from conversions
    inner join touchpoints
        on touchpoints.tenant_id = conversions.tenant_id
        and touchpoints.somebody_id = conversions.somebody_id
        and touchpoints.occurred_at >= conversions.converted_at - interval '672 hours'
        and touchpoints.occurred_at <= conversions.touched_until_at
),

touches_of_links as (
    select
        orders_counted.tenant_id, 'order' as conversion_type,
        orders_counted.order_id as conversion_id,
        2 as source_rank, 'utm_link' as touch_source,
        utm_links.utm_link_id as source_id, utm_links.campaign_id,
        utm_links.utm_source as touchpoint, orders_counted.order_date as conversion_date,
        orders_counted.ordered_at as occurred_at, cast(0 as bigint) as age_microseconds
    from orders_counted
    inner join orders_meta
        on orders_meta.tenant_id = orders_counted.tenant_id
        and orders_meta.order_id = orders_counted.order_id
    inner join utm_links
        on utm_links.tenant_id = orders_meta.tenant_id
        and utm_links.utm_link_id = orders_meta.utm_link_id
),

touches_of_redemptions as (
    select
        orders_counted.tenant_id, 'order' as conversion_type,
        orders_counted.order_id as conversion_id,
        3 as source_rank, 'redemption' as touch_source,
        promotion_redemptions.redemption_id as source_id, promotion_campaigns.campaign_id,
        cast(null as text) as touchpoint, orders_counted.order_date as conversion_date,
        coalesce(promotion_redemptions.redeemed_at, orders_counted.ordered_at) as occurred_at,
        cast(0 as bigint) as age_microseconds
    from orders_counted
    inner join promotion_redemptions
        on promotion_redemptions.tenant_id = orders_counted.tenant_id
        and promotion_redemptions.order_id = orders_counted.order_id
    inner join promotion_campaigns
        on promotion_campaigns.tenant_id = promotion_redemptions.tenant_id
        and promotion_campaigns.promotion_id = promotion_redemptions.promotion_id
),

touches as (
    select * from touches_of_journeys
    union all
    select * from touches_of_links
    union all
    select * from touches_of_redemptions
),

touches_of_campaigns as (
    select touches.*
    from touches
    inner join campaigns
        on campaigns.tenant_id = touches.tenant_id
        and campaigns.campaign_id = touches.campaign_id
),

{#- a touch of several campaigns has several rows and one number -#}
touches_numbered as (
    select
        touches_of_campaigns.*,
        dense_rank() over (
            partition by tenant_id, conversion_type, conversion_id
            order by source_rank, occurred_at, source_id
        ) as touch_number,
        dense_rank() over (
            partition by tenant_id, conversion_type, conversion_id
            order by source_rank desc, occurred_at desc, source_id
        ) as number_from_last,
        count(*) over (
            partition by tenant_id, conversion_type, conversion_id, source_rank, source_id
        ) as campaign_count
    from touches_of_campaigns
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(conversion_type as text) as conversion_type,
    cast(conversion_id as bigint) as conversion_id,
    cast(touch_number as integer) as touch_number,
    cast(campaign_id as bigint) as campaign_id,
    cast(source_id as bigint) as source_id,

    -- attributes
    cast(touch_source as text) as touch_source,
    cast(touchpoint as text) as touchpoint,

    -- measures
    cast(age_microseconds as bigint) as age_microseconds,
    cast(campaign_count as integer) as campaign_count,

    -- flags
    cast(number_from_last = 1 as boolean) as is_last,

    -- dates
    cast(conversion_date as date) as conversion_date,

    -- timestamps
    cast(occurred_at as timestamp with time zone) as occurred_at
from touches_numbered
