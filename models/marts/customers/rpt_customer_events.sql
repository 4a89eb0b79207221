{#-
    All that happened with a customer, in one list: what they ordered, gave back, asked, were offered
    and promised. What was said and written stays in the CRM.
-#}
with

orders as (
    select * from {{ ref('fct_orders') }}
    where person_id is not null
),

refunds as (
    select * from {{ ref('fct_refunds') }}
    where refund_date is not null
),

order_returns as (
    select * from {{ ref('stg_orders__order_returns') }}
),

conversations as (
    select * from {{ ref('stg_omnichannel__conversations') }}
    where deleted_at is null
),

contacts as (
    select * from {{ ref('stg_omnichannel__contacts') }}
),

personal_journeys as (
    select * from {{ ref('stg_customers__personal_journeys') }}
),

potentials as (
    select * from {{ ref('rpt_potentials') }}
    where person_id is not null
),

keys_matched as (
    select * from {{ ref('int_customers__keys_matched') }}
),

channels as (
    select * from {{ ref('dim_channels') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

refunds_summed as (
    select
        tenant_id,
        order_id,
        refund_id,
        refund_date,
        sum(refund_amount) as refund_amount
    from refunds
    group by tenant_id, order_id, refund_id, refund_date
),

events as (
    select
        tenant_id,
        person_id,
        'order' as event_type,
        order_id as event_id,
        order_number as event_name,
        order_status as event_status,
        channel_name,
        demand_sales_amount as amount,
        order_date as event_date,
        promised_on as promised_date
    from orders
    union all
    select
        orders.tenant_id,
        orders.person_id,
        'refund',
        refunds_summed.refund_id,
        orders.order_number,
        null,
        orders.channel_name,
        -refunds_summed.refund_amount,
        refunds_summed.refund_date,
        null
    from refunds_summed
    inner join orders
        on orders.tenant_id = refunds_summed.tenant_id
        and orders.order_id = refunds_summed.order_id
    union all
    select
        orders.tenant_id,
        orders.person_id,
        'return',
        order_returns.return_id,
        orders.order_number,
        order_returns.status,
        orders.channel_name,
        null,
        {{ local_date(
            'coalesce(order_returns.received_at, order_returns.requested_at,'
            ~ ' order_returns.created_at)',
            'tenants.timezone',
        ) }},
        null
    from order_returns
    inner join orders
        on orders.tenant_id = order_returns.tenant_id
        and orders.order_id = order_returns.order_id
    inner join tenants
        on tenants.tenant_id = order_returns.tenant_id
    union all
    select
        conversations.tenant_id,
        keys_matched.person_id,
        'conversation',
        conversations.conversation_id,
        null,
        conversations.status,
        channels.channel_name,
        null,
        {{ local_date(
            'coalesce(conversations.opened_at, conversations.created_at)', 'tenants.timezone'
        ) }},
        null
    from conversations
    inner join contacts
        on contacts.tenant_id = conversations.tenant_id
        and contacts.contact_id = conversations.contact_id
    inner join keys_matched
        on keys_matched.tenant_id = contacts.tenant_id
        and keys_matched.personal_key_id = contacts.personal_key_id
    inner join tenants
        on tenants.tenant_id = conversations.tenant_id
    left join channels
        on channels.tenant_id = conversations.tenant_id
        and channels.page_id = conversations.page_id
    union all
    select
        personal_journeys.tenant_id,
        keys_matched.person_id,
        'touchpoint',
        personal_journeys.personal_journey_id,
        personal_journeys.touchpoint,
        null,
        channels.channel_name,
        null,
        {{ local_date('personal_journeys.occurred_at', 'tenants.timezone') }},
        null
    from personal_journeys
    inner join keys_matched
        on keys_matched.tenant_id = personal_journeys.tenant_id
        and keys_matched.personal_key_id = personal_journeys.personal_key_id
    inner join tenants
        on tenants.tenant_id = personal_journeys.tenant_id
    left join channels
        on channels.tenant_id = personal_journeys.tenant_id
        and channels.page_id = personal_journeys.page_id
    union all
    select
        tenant_id,
        person_id,
        'potential',
        potential_id,
        null,
        stage,
        channel_name,
        expected_amount,
        created_date,
        expected_close_date
    from potentials
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(person_id as bigint) as person_id,
    cast(event_type as text) as event_type,
    cast(event_id as bigint) as event_id,

    -- attributes
    cast(event_name as text) as event_name,
    cast(event_status as text) as event_status,
    cast(channel_name as text) as channel_name,

    -- measures
    cast(amount as numeric(18, 2)) as amount,

    -- dates
    cast(event_date as date) as event_date,
    cast(promised_date as date) as promised_date
from events
