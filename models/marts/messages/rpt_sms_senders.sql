{#-
    What text messages are sent from: each number of an account, and the account itself where the
    provider picks the number (definitions.md, Messages). The days are the last 30 whole local days.
-#}
with

sender_accounts as (
    select * from {{ ref('stg_sms__sender_accounts') }}
    where deleted_at is null
),

phone_numbers as (
    select * from {{ ref('stg_sms__sender_phone_numbers') }}
    where deleted_at is null
),

service_accounts as (
    select * from {{ ref('stg_sms__service_accounts') }}
    where deleted_at is null
),

messages as (
    select * from {{ ref('stg_sms__messages') }}
    where deleted_at is null and status <> 'queued'
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

senders as (
    select
        tenant_id, sender_account_id, phone_number_id, label, phone_number, status as number_status,
        monthly_cost, acquired_on, released_on
    from phone_numbers
    union all
    select
        tenant_id, sender_account_id, 0 as phone_number_id, null as label, null as phone_number,
        null as number_status, null as monthly_cost, null as acquired_on, null as released_on
    from sender_accounts
),

services_per_sender as (
    select
        tenant_id,
        sender_account_id,
        coalesce(phone_number_id, 0) as phone_number_id,
        string_agg(name, ', ' order by service_account_id) as service_names,
        sum(case when is_active then 1 else 0 end) as active_service_count
    from service_accounts
    group by tenant_id, sender_account_id, coalesce(phone_number_id, 0)
),

messages_placed as (
    select
        messages.tenant_id,
        messages.status,
        messages.sent_at,
        coalesce(phone_numbers.sender_account_id, service_accounts.sender_account_id)
            as sender_account_id,
        coalesce(phone_numbers.phone_number_id, 0) as phone_number_id,
        {{ local_date('messages.sent_at', 'tenants.timezone') }}
        between tenants.as_of_date - 30 and tenants.as_of_date - 1 as is_recent
    from messages
    inner join tenants
        on tenants.tenant_id = messages.tenant_id
    left join phone_numbers
        on phone_numbers.tenant_id = messages.tenant_id
        and phone_numbers.phone_number_id = messages.phone_number_id
    left join service_accounts
        on service_accounts.tenant_id = messages.tenant_id
        and service_accounts.service_account_id = messages.service_account_id
),

messages_per_sender as (
    select
        tenant_id,
        sender_account_id,
        phone_number_id,
        max(sent_at) as last_used_at,
        sum(case when is_recent then 1 else 0 end) as recent_count,
        sum(case when is_recent and status = 'delivered' then 1 else 0 end) as delivered_count,
        sum(
            case when is_recent and status in ('failed', 'undelivered') then 1 else 0 end
        ) as not_delivered_count
    from messages_placed
    group by tenant_id, sender_account_id, phone_number_id
),

senders_measured as (
    select
        senders.*,
        sender_accounts.name as account_name,
        sender_accounts.provider,
        sender_accounts.status as account_status,
        sender_accounts.currency_code,
        sender_accounts.balance_amount,
        services_per_sender.service_names,
        coalesce(services_per_sender.active_service_count, 0) as active_service_count,
        count(*) over (
            partition by senders.tenant_id, senders.sender_account_id
        ) as sender_count,
        coalesce(messages_per_sender.recent_count, 0) as recent_count,
        coalesce(messages_per_sender.delivered_count, 0) as delivered_count,
        coalesce(messages_per_sender.not_delivered_count, 0) as not_delivered_count,
        {{ local_date('messages_per_sender.last_used_at', 'tenants.timezone') }} as last_used_date
    from senders
    inner join sender_accounts
        on sender_accounts.tenant_id = senders.tenant_id
        and sender_accounts.sender_account_id = senders.sender_account_id
    inner join tenants
        on tenants.tenant_id = senders.tenant_id
    left join services_per_sender
        on services_per_sender.tenant_id = senders.tenant_id
        and services_per_sender.sender_account_id = senders.sender_account_id
        and services_per_sender.phone_number_id = senders.phone_number_id
    left join messages_per_sender
        on messages_per_sender.tenant_id = senders.tenant_id
        and messages_per_sender.sender_account_id = senders.sender_account_id
        and messages_per_sender.phone_number_id = senders.phone_number_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(sender_account_id as bigint) as sender_account_id,
    cast(phone_number_id as bigint) as phone_number_id,

    -- attributes
    cast(account_name as text) as account_name,
    cast(provider as text) as provider,
    cast(account_status as text) as account_status,
    cast(label as text) as number_label,
    cast(phone_number as text) as sender_number,
    cast(number_status as text) as number_status,
    cast(service_names as text) as service_names,
    cast(currency_code as text) as currency_code,

    -- measures
    cast(balance_amount as numeric(18, 2)) as balance_amount,
    cast(monthly_cost as numeric(18, 2)) as monthly_cost_amount,
    cast(recent_count as integer) as recent_message_count,
    cast(not_delivered_count as integer) as recent_not_delivered_count,
    cast(
        {{ ratio('delivered_count', '(delivered_count + not_delivered_count)') }}
        as numeric(18, 8)
    ) as recent_arrival_rate,

    -- flags
    cast(recent_count > 0 as boolean) as is_in_use,
    cast(
        delivered_count + not_delivered_count >= 20
        and delivered_count * 10 < (delivered_count + not_delivered_count) * 9 as boolean
    ) as is_failing,
    cast(
        active_service_count > 0
        and (
            account_status is distinct from 'active'
            or coalesce(number_status, 'active') <> 'active'
        ) as boolean
    ) as is_blocked,
    cast(coalesce(balance_amount < 0, false) as boolean) as is_in_debt,

    -- dates
    cast(last_used_date as date) as last_used_date,
    cast(acquired_on as date) as acquired_date,
    cast(released_on as date) as released_date
from senders_measured
where phone_number_id > 0
    or sender_count = 1
    or last_used_date is not null
    or active_service_count > 0
