{#-
    Messages of customers and staff take turns: of each turn the first message counts, so that
    several in a row are one, and the turn after a question is its reply. Bots, what failed and what
    was deleted are no turns.
-#}
with

messages as (
    select * from {{ ref('stg_omnichannel__messages') }}
    where sender_kind <> 'bot' and status <> 'failed' and deleted_at is null
),

conversations as (
    select * from {{ ref('stg_omnichannel__conversations') }}
    where deleted_at is null
),

messages_compared as (
    select
        messages.*,
        conversations.assigned_user_id,
        lag(messages.sender_kind) over (
            partition by messages.tenant_id, messages.conversation_id
            order by messages.sent_at, messages.message_id
        ) as previous_sender_kind
    from messages
    inner join conversations
        on conversations.tenant_id = messages.tenant_id
        and conversations.conversation_id = messages.conversation_id
),

turns as (
    select
        messages_compared.*,
        lead(message_id) over (
            partition by tenant_id, conversation_id order by sent_at, message_id
        ) as reply_message_id,
        lead(admin_id) over (
            partition by tenant_id, conversation_id order by sent_at, message_id
        ) as reply_user_id,
        lead(sent_at) over (
            partition by tenant_id, conversation_id order by sent_at, message_id
        ) as replied_at,
        row_number() over (
            partition by tenant_id, conversation_id, sender_kind order by sent_at, message_id
        ) as turn_number
    from messages_compared
    where sender_kind is distinct from previous_sender_kind
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(message_id as bigint) as message_id,
    cast(conversation_id as bigint) as conversation_id,
    cast(reply_message_id as bigint) as reply_message_id,
    cast(
        case when reply_message_id is null then assigned_user_id else reply_user_id end as bigint
    ) as user_id,

    -- attributes
    cast(case when turn_number = 1 then 'first' else 'next' end as text) as question_type,

    -- timestamps
    cast(sent_at as timestamp with time zone) as asked_at,
    cast(replied_at as timestamp with time zone) as replied_at
from turns
where sender_kind = 'customer'
