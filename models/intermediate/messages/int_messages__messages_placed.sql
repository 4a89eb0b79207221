{#-
    Messages on pages that stand, each on its local day and hour, with its files and reactions
    (definitions.md, Messages). What they say stays in the CRM.
-#}
with

messages as (
    select * from {{ ref('stg_omnichannel__messages') }}
    where deleted_at is null
),

conversations as (
    select * from {{ ref('stg_omnichannel__conversations') }}
    where deleted_at is null
),

attachments as (
    select tenant_id, message_id, count(*) as attachment_count
    from {{ ref('stg_omnichannel__message_attachments') }}
    group by tenant_id, message_id
),

reactions as (
    select tenant_id, message_id, count(*) as reaction_count
    from {{ ref('stg_omnichannel__message_reactions') }}
    group by tenant_id, message_id
),

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

messages_placed as (
    select
        messages.*,
        coalesce(attachments.attachment_count, 0) as attachment_count,
        coalesce(reactions.reaction_count, 0) as reaction_count,
        {{ local_at('messages.sent_at', 'tenants.timezone') }} as sent_at_local
    from messages
    inner join conversations
        on conversations.tenant_id = messages.tenant_id
        and conversations.conversation_id = messages.conversation_id
    inner join tenants
        on tenants.tenant_id = messages.tenant_id
    left join attachments
        on attachments.tenant_id = messages.tenant_id
        and attachments.message_id = messages.message_id
    left join reactions
        on reactions.tenant_id = messages.tenant_id
        and reactions.message_id = messages.message_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(message_id as bigint) as message_id,
    cast(conversation_id as bigint) as conversation_id,
    cast(page_id as bigint) as page_id,

    -- attributes
    cast(direction as text) as direction,
    cast(sender_kind as text) as sender_kind,

    -- measures
    cast(attachment_count as integer) as attachment_count,
    cast(reaction_count as integer) as reaction_count,
    cast(extract(hour from sent_at_local) as integer) as sent_hour,

    -- flags
    cast(coalesce(status = 'failed', false) as boolean) as is_failed,

    -- dates
    cast(sent_at_local as date) as sent_date,

    -- timestamps
    cast(sent_at as timestamp with time zone) as sent_at
from messages_placed
