{#-
    Exchanges of text messages, and which wait: of their turns, which leave out bots and what did not
    arrive, the last is the customer's.
-#}
with

conversations as (
    select * from {{ ref('stg_sms__meta_conversations') }}
    where deleted_at is null
),

messages as (
    select * from {{ ref('stg_sms__messages') }}
    where deleted_at is null and conversation_id is not null
),

service_accounts as (
    select * from {{ ref('stg_sms__service_accounts') }}
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
        sum(case when direction = 'inbound' then 1 else 0 end) as inbound_count,
        sum(case when direction = 'outbound' then 1 else 0 end) as outbound_count
    from messages
    group by tenant_id, conversation_id
),

turns as (
    select
        *,
        sum(case when sender_kind = 'staff' then 1 else 0 end) over (
            partition by tenant_id, conversation_id
            order by sent_at desc, message_id desc
            rows between unbounded preceding and current row
        ) as later_reply_count
    from messages
    where sender_kind <> 'bot' and status not in ('failed', 'undelivered')
),

questions_open as (
    select tenant_id, conversation_id, min(sent_at) as asked_at
    from turns
    where later_reply_count = 0
    group by tenant_id, conversation_id
)

select
    -- keys
    cast(conversations.tenant_id as bigint) as tenant_id,
    cast(conversations.conversation_id as bigint) as conversation_id,
    cast(staff.user_id as bigint) as assigned_user_id,

    -- attributes
    cast(conversations.status as text) as conversation_status,
    cast(service_accounts.name as text) as service_name,
    cast(staff.full_name as text) as assigned_user_name,

    -- measures
    cast(coalesce(messages_per_conversation.inbound_count, 0) as integer) as inbound_count,
    cast(coalesce(messages_per_conversation.outbound_count, 0) as integer) as outbound_count,
    cast(
        case
            when questions_open.asked_at is not null
                then greatest(
                    tenants.as_of_date
                    - {{ local_date('questions_open.asked_at', 'tenants.timezone') }},
                    0
                )
        end as integer
    ) as waiting_days,

    -- flags
    cast(questions_open.asked_at is not null as boolean) as is_unanswered,
    cast(
        questions_open.asked_at is not null
        and conversations.status is distinct from 'closed' as boolean
    ) as is_waiting,

    -- dates
    cast(
        {{ local_date('questions_open.asked_at', 'tenants.timezone') }} as date
    ) as waiting_since_date,

    -- timestamps
    cast(questions_open.asked_at as timestamp with time zone) as waiting_since_at
from conversations
inner join tenants
    on tenants.tenant_id = conversations.tenant_id
left join service_accounts
    on service_accounts.tenant_id = conversations.tenant_id
    and service_accounts.service_account_id = conversations.service_account_id
left join staff
    on staff.tenant_id = conversations.tenant_id
    and staff.user_id = conversations.assigned_user_id
left join messages_per_conversation
    on messages_per_conversation.tenant_id = conversations.tenant_id
    and messages_per_conversation.conversation_id = conversations.conversation_id
left join questions_open
    on questions_open.tenant_id = conversations.tenant_id
    and questions_open.conversation_id = conversations.conversation_id
