{#-
    Conversations on pages, from the first message to what came of them (definitions.md, Messages).
    What waits is read off the questions of fct_replies, so that nobody counts replies twice. An
    order within 28 days of several conversations of its person is of the one that began last.
-#}
with

messages_placed as (
    select * from {{ ref('int_messages__messages_placed') }}
),

conversations as (
    select * from {{ ref('stg_omnichannel__conversations') }}
    where deleted_at is null
),

contacts as (
    select * from {{ ref('stg_omnichannel__contacts') }}
),

keys_matched as (
    select * from {{ ref('int_customers__keys_matched') }}
),

replies as (
    select * from {{ ref('fct_replies') }}
),

leads as (
    select * from {{ ref('fct_leads') }}
),

orders as (
    select * from {{ ref('fct_orders') }}
    where person_id is not null
),

channels as (
    select * from {{ ref('dim_channels') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

messages_per_conversation as (
    select
        tenant_id,
        conversation_id,
        min(sent_at) as first_message_at,
        max(sent_at) as last_message_at,
        sum(case when sender_kind = 'customer' then 1 else 0 end) as customer_message_count,
        sum(case when sender_kind = 'staff' then 1 else 0 end) as staff_message_count,
        sum(case when sender_kind = 'bot' then 1 else 0 end) as bot_message_count
    from messages_placed
    group by tenant_id, conversation_id
),

first_replies as (
    select * from replies
    where question_type = 'first'
),

questions_open as (
    select * from replies
    where not is_answered
),

conversations_placed as (
    select
        conversations.tenant_id,
        conversations.conversation_id,
        conversations.page_id,
        conversations.assigned_user_id,
        conversations.status,
        leads.lead_id,
        messages_per_conversation.first_message_at,
        messages_per_conversation.last_message_at,
        messages_per_conversation.customer_message_count,
        messages_per_conversation.staff_message_count,
        messages_per_conversation.bot_message_count,
        keys_matched.person_id,
        coalesce(keys_matched.person_id, -contacts.personal_key_id) as person_key,
        coalesce(leads.was_converted, false) as was_converted,
        coalesce(contacts.is_blocked, false) as is_blocked
    from conversations
    inner join messages_per_conversation
        on messages_per_conversation.tenant_id = conversations.tenant_id
        and messages_per_conversation.conversation_id = conversations.conversation_id
    left join contacts
        on contacts.tenant_id = conversations.tenant_id
        and contacts.contact_id = conversations.contact_id
    left join keys_matched
        on keys_matched.tenant_id = contacts.tenant_id
        and keys_matched.personal_key_id = contacts.personal_key_id
    left join leads
        on leads.tenant_id = conversations.tenant_id
        and leads.lead_id = conversations.lead_id
),

orders_following as (
    select
        orders.tenant_id,
        conversations_placed.conversation_id,
        orders.net_sales_amount,
        row_number() over (
            partition by orders.tenant_id, orders.order_id
            order by
                conversations_placed.first_message_at desc,
                conversations_placed.conversation_id desc
        ) as place_from_last
    from conversations_placed
    inner join orders
        on orders.tenant_id = conversations_placed.tenant_id
        and orders.person_id = conversations_placed.person_id
        and orders.ordered_at >= conversations_placed.first_message_at
        and orders.ordered_at <= conversations_placed.first_message_at + interval '672 hours'
),

orders_per_conversation as (
    select
        tenant_id,
        conversation_id,
        sum(case when place_from_last = 1 then 1 else 0 end) as order_count,
        sum(case when place_from_last = 1 then net_sales_amount else 0 end) as net_sales_amount
    from orders_following
    group by tenant_id, conversation_id
),

conversations_dated as (
    select
        conversations_placed.*,
        channels.page_id as known_page_id,
        channels.channel_name,
        channels.platform_name,
        staff.user_id as known_user_id,
        staff.full_name as assigned_user_name,
        first_replies.reply_minutes as first_reply_minutes,
        first_replies.business_reply_minutes as first_reply_business_minutes,
        questions_open.asked_date as waiting_since_date,
        questions_open.asked_at as waiting_since_at,
        questions_open.business_waiting_minutes,
        questions_open.message_id is not null as is_unanswered,
        orders_per_conversation.conversation_id is not null as was_followed_by_order,
        coalesce(orders_per_conversation.order_count, 0) as order_count,
        coalesce(orders_per_conversation.net_sales_amount, 0) as net_sales_amount,
        tenants.as_of_date,
        {{ local_date('conversations_placed.last_message_at', 'tenants.timezone') }}
            as last_message_date,
        {{ local_at('conversations_placed.first_message_at', 'tenants.timezone') }}
            as started_at_local
    from conversations_placed
    inner join tenants
        on tenants.tenant_id = conversations_placed.tenant_id
    left join channels
        on channels.tenant_id = conversations_placed.tenant_id
        and channels.page_id = conversations_placed.page_id
    left join staff
        on staff.tenant_id = conversations_placed.tenant_id
        and staff.user_id = conversations_placed.assigned_user_id
    left join first_replies
        on first_replies.tenant_id = conversations_placed.tenant_id
        and first_replies.conversation_id = conversations_placed.conversation_id
    left join questions_open
        on questions_open.tenant_id = conversations_placed.tenant_id
        and questions_open.conversation_id = conversations_placed.conversation_id
    left join orders_per_conversation
        on orders_per_conversation.tenant_id = conversations_placed.tenant_id
        and orders_per_conversation.conversation_id = conversations_placed.conversation_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(conversation_id as bigint) as conversation_id,
    cast(known_page_id as bigint) as page_id,
    cast(person_key as bigint) as person_key,
    cast(lead_id as bigint) as lead_id,
    cast(known_user_id as bigint) as assigned_user_id,

    -- attributes
    cast(status as text) as conversation_status,
    cast(channel_name as text) as channel_name,
    cast(platform_name as text) as platform_name,
    cast(assigned_user_name as text) as assigned_user_name,
    cast(
        case
            when not is_unanswered or status = 'closed' or is_blocked then 'none'
            when waiting_since_date >= as_of_date then 'today'
            when waiting_since_date = as_of_date - 1 then 'yesterday'
            when waiting_since_date >= as_of_date - 7 then 'week'
            else 'older'
        end as text
    ) as waiting_band,

    -- measures
    cast(customer_message_count as integer) as customer_message_count,
    cast(staff_message_count as integer) as staff_message_count,
    cast(bot_message_count as integer) as bot_message_count,
    cast(first_reply_minutes as numeric(18, 2)) as first_reply_minutes,
    cast(first_reply_business_minutes as numeric(18, 2)) as first_reply_business_minutes,
    cast(
        case when is_unanswered then greatest(as_of_date - waiting_since_date, 0) end as integer
    ) as waiting_days,
    cast(business_waiting_minutes as numeric(18, 2)) as waiting_business_minutes,
    cast(order_count as integer) as order_count,
    cast(net_sales_amount as numeric(18, 2)) as net_sales_amount,

    -- flags
    cast(is_unanswered as boolean) as is_unanswered,
    cast(
        is_unanswered and status is distinct from 'closed' and not is_blocked as boolean
    ) as is_waiting,
    cast(person_key is not null as boolean) as has_known_person,
    cast(lead_id is not null as boolean) as has_lead,
    cast(was_converted as boolean) as has_converted_lead,
    cast(was_followed_by_order as boolean) as was_followed_by_order,

    -- dates
    cast(started_at_local as date) as started_date,
    cast(last_message_date as date) as last_message_date,
    cast(waiting_since_date as date) as waiting_since_date,

    -- timestamps
    cast(first_message_at as timestamp with time zone) as started_at,
    cast(started_at_local as timestamp) as started_at_local,
    cast(waiting_since_at as timestamp with time zone) as waiting_since_at
from conversations_dated
