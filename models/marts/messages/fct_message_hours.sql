with

messages_placed as (
    select * from {{ ref('int_messages__messages_placed') }}
),

channels as (
    select * from {{ ref('dim_channels') }}
),

messages_on_channels as (
    select
        messages_placed.tenant_id,
        messages_placed.direction,
        messages_placed.sender_kind,
        messages_placed.is_failed,
        messages_placed.attachment_count,
        messages_placed.reaction_count,
        messages_placed.sent_hour,
        messages_placed.sent_date,
        channels.page_id,
        channels.channel_name,
        channels.platform_name
    from messages_placed
    left join channels
        on channels.tenant_id = messages_placed.tenant_id
        and channels.page_id = messages_placed.page_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(page_id as bigint) as page_id,

    -- attributes
    cast(direction as text) as direction,
    cast(sender_kind as text) as sender_kind,
    cast(channel_name as text) as channel_name,
    cast(platform_name as text) as platform_name,

    -- measures
    cast(count(*) as integer) as message_count,
    cast(sum(case when is_failed then 1 else 0 end) as integer) as failed_count,
    cast(sum(attachment_count) as integer) as attachment_count,
    cast(sum(reaction_count) as integer) as reaction_count,
    cast(extract(isodow from sent_date) as integer) as day_of_week,
    cast(sent_hour as integer) as sent_hour,

    -- dates
    cast(sent_date as date) as sent_date,

    -- timestamps
    cast(sent_date as timestamp) + sent_hour * interval '1 hour' as sent_at_local
from messages_on_channels
group by
    tenant_id, page_id, direction, sender_kind, channel_name, platform_name, sent_hour, sent_date
