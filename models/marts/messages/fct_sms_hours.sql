{#-
    Text messages by what became of them (definitions.md, Messages). Cost is known where it was billed
    in the tenant's currency: nothing says what another is worth.
-#}
with

messages as (
    select * from {{ ref('stg_sms__messages') }}
    where deleted_at is null
),

service_accounts as (
    select * from {{ ref('stg_sms__service_accounts') }}
),

sender_accounts as (
    select * from {{ ref('stg_sms__sender_accounts') }}
),

attachments as (
    select tenant_id, message_id, count(*) as attachment_count
    from {{ ref('stg_sms__attachments') }}
    group by tenant_id, message_id
),

reactions as (
    select tenant_id, message_id, count(*) as reaction_count
    from {{ ref('stg_sms__reactions') }}
    group by tenant_id, message_id
),

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

messages_placed as (
    select
        messages.tenant_id,
        messages.service_account_id,
        messages.direction,
        messages.sender_kind,
        messages.status,
        messages.segment_count,
        messages.cost_amount,
        tenants.currency_code as tenant_currency_code,
        service_accounts.name as service_name,
        service_accounts.purpose,
        coalesce(nullif(trim(messages.error_code), ''), 'none') as error_code,
        coalesce(messages.currency_code, sender_accounts.currency_code) as currency_code,
        coalesce(attachments.attachment_count, 0) as attachment_count,
        coalesce(reactions.reaction_count, 0) as reaction_count,
        {{ minor_unit_places('tenants.currency_code') }} as decimal_places,
        {{ local_at('messages.sent_at', 'tenants.timezone') }} as sent_at_local
    from messages
    inner join tenants
        on tenants.tenant_id = messages.tenant_id
    left join service_accounts
        on service_accounts.tenant_id = messages.tenant_id
        and service_accounts.service_account_id = messages.service_account_id
    left join sender_accounts
        on sender_accounts.tenant_id = service_accounts.tenant_id
        and sender_accounts.sender_account_id = service_accounts.sender_account_id
    left join attachments
        on attachments.tenant_id = messages.tenant_id
        and attachments.message_id = messages.message_id
    left join reactions
        on reactions.tenant_id = messages.tenant_id
        and reactions.message_id = messages.message_id
),

messages_costed as (
    select
        messages_placed.*,
        cast(sent_at_local as date) as sent_date,
        cast(extract(hour from sent_at_local) as integer) as sent_hour,
        case
            when currency_code = tenant_currency_code
                then {{ round_to_minor_unit('cost_amount', 'decimal_places') }}
        end as known_cost_amount
    from messages_placed
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(service_account_id as bigint) as service_account_id,

    -- attributes
    cast(service_name as text) as service_name,
    cast(purpose as text) as purpose,
    cast(direction as text) as direction,
    cast(sender_kind as text) as sender_kind,
    cast(status as text) as message_status,
    cast(error_code as text) as error_code,

    -- measures
    cast(count(*) as integer) as message_count,
    cast(
        sum(case when direction = 'outbound' and status <> 'queued' then 1 else 0 end) as integer
    ) as sent_count,
    cast(sum(case when status = 'delivered' then 1 else 0 end) as integer) as delivered_count,
    cast(
        sum(case when status in ('failed', 'undelivered') then 1 else 0 end) as integer
    ) as not_delivered_count,
    cast(
        sum(
            case when direction = 'outbound' and status <> 'queued' then segment_count else 0 end
        ) as bigint
    ) as segment_count,
    cast(sum(known_cost_amount) as numeric(18, 2)) as cost_amount,
    cast(
        sum(case when status <> 'queued' and known_cost_amount is not null then 1 else 0 end)
        as integer
    ) as costed_count,
    cast(sum(case when status <> 'queued' then 1 else 0 end) as integer) as billable_count,
    cast(sum(attachment_count) as integer) as attachment_count,
    cast(sum(reaction_count) as integer) as reaction_count,
    cast(extract(isodow from sent_date) as integer) as day_of_week,
    cast(sent_hour as integer) as sent_hour,

    -- dates
    cast(sent_date as date) as sent_date,

    -- timestamps
    cast(sent_date as timestamp) + sent_hour * interval '1 hour' as sent_at_local
from messages_costed
group by
    tenant_id, service_account_id, service_name, purpose, direction, sender_kind, status,
    error_code, sent_date, sent_hour
