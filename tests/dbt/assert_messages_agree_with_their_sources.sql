-- Fails when a message, a file or a conversation is lost or doubled on the way to what pages read:
-- messages in and out are all messages, and each order after a conversation is one conversation's.
with

conversations as (
    select tenant_id, conversation_id from {{ ref('stg_omnichannel__conversations') }}
    where deleted_at is null
),

messages as (
    select messages.*
    from {{ ref('stg_omnichannel__messages') }} as messages
    inner join conversations
        on conversations.tenant_id = messages.tenant_id
        and conversations.conversation_id = messages.conversation_id
    where messages.deleted_at is null
),

orders_followed as (
    select distinct conversations.tenant_id, orders.order_id, orders.net_sales_amount
    from {{ ref('fct_conversations') }} as conversations
    inner join {{ ref('fct_orders') }} as orders
        on orders.tenant_id = conversations.tenant_id
        and orders.person_id = conversations.person_key
        and orders.ordered_at >= conversations.started_at
        and orders.ordered_at <= conversations.started_at + interval '672 hours'
),

expected as (
    select tenant_id, 'messages' as figure, cast(count(*) as numeric(28, 2)) as amount
    from messages
    group by tenant_id
    union all
    select messages.tenant_id, 'files' as figure, count(*) as amount
    from messages
    inner join {{ ref('stg_omnichannel__message_attachments') }} as attachments
        on attachments.tenant_id = messages.tenant_id
        and attachments.message_id = messages.message_id
    group by messages.tenant_id
    union all
    select tenant_id, 'conversations' as figure, count(distinct conversation_id) as amount
    from messages
    group by tenant_id
    union all
    select tenant_id, 'unanswered' as figure, count(*) as amount
    from {{ ref('fct_replies') }}
    where not is_answered
    group by tenant_id
    union all
    select tenant_id, 'orders' as figure, count(*) as amount
    from orders_followed
    group by tenant_id
    union all
    select tenant_id, 'net sales' as figure, sum(net_sales_amount) as amount
    from orders_followed
    group by tenant_id
    union all
    select tenant_id, 'text messages' as figure, count(*) as amount
    from {{ ref('stg_sms__messages') }}
    where deleted_at is null
    group by tenant_id
),

actual as (
    select
        tenant_id, 'messages' as figure,
        cast(
            sum(case when direction = 'inbound' then message_count else 0 end)
            + sum(case when direction = 'outbound' then message_count else 0 end)
            as numeric(28, 2)
        ) as amount
    from {{ ref('fct_message_hours') }}
    group by tenant_id
    union all
    select tenant_id, 'files' as figure, sum(attachment_count) as amount
    from {{ ref('fct_message_hours') }}
    group by tenant_id
    union all
    select tenant_id, 'conversations' as figure, count(*) as amount
    from {{ ref('fct_conversations') }}
    group by tenant_id
    union all
    select
        tenant_id, 'unanswered' as figure, sum(case when is_unanswered then 1 else 0 end) as amount
    from {{ ref('fct_conversations') }}
    group by tenant_id
    union all
    select tenant_id, 'orders' as figure, sum(order_count) as amount
    from {{ ref('fct_conversations') }}
    group by tenant_id
    union all
    select tenant_id, 'net sales' as figure, sum(net_sales_amount) as amount
    from {{ ref('fct_conversations') }}
    group by tenant_id
    union all
    select tenant_id, 'text messages' as figure, sum(message_count) as amount
    from {{ ref('fct_sms_hours') }}
    group by tenant_id
)

{{ sums_that_differ() }}
