{#- Whom text messages go to, and who asked to be left alone. Numbers and names stay behind. -#}
with

contacts as (
    select * from {{ ref('stg_sms__contacts') }}
    where deleted_at is null
),

messages as (
    select * from {{ ref('stg_sms__messages') }}
    where deleted_at is null
),

service_accounts as (
    select * from {{ ref('stg_sms__service_accounts') }}
),

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

messages_per_contact as (
    select
        contacts.tenant_id,
        contacts.contact_id,
        count(*) as message_count,
        max(messages.sent_at) as last_message_at,
        sum(
            case
                when contacts.is_opted_out
                    and messages.sent_at > contacts.opted_out_at
                    and messages.direction = 'outbound'
                    and messages.status not in ('queued', 'failed')
                    and service_accounts.purpose = 'marketing'
                    then 1
                else 0
            end
        ) as marketing_after_opt_out_count
    from contacts
    inner join messages
        on messages.tenant_id = contacts.tenant_id
        and messages.contact_id = contacts.contact_id
    left join service_accounts
        on service_accounts.tenant_id = messages.tenant_id
        and service_accounts.service_account_id = messages.service_account_id
    group by contacts.tenant_id, contacts.contact_id
)

select
    -- keys
    cast(contacts.tenant_id as bigint) as tenant_id,
    cast(contacts.contact_id as bigint) as contact_id,

    -- measures
    cast(coalesce(messages_per_contact.message_count, 0) as integer) as message_count,
    cast(
        coalesce(messages_per_contact.marketing_after_opt_out_count, 0) as integer
    ) as marketing_after_opt_out_count,

    -- flags
    cast(coalesce(contacts.is_opted_out, false) as boolean) as is_opted_out,

    -- dates
    cast(
        case
            when contacts.is_opted_out
                then {{ local_date('contacts.opted_out_at', 'tenants.timezone') }}
        end as date
    ) as opted_out_date,
    cast(
        {{ local_date('messages_per_contact.last_message_at', 'tenants.timezone') }} as date
    ) as last_message_date,

    -- timestamps
    cast(
        case
            when contacts.is_opted_out
                then {{ local_at('contacts.opted_out_at', 'tenants.timezone') }}
        end as timestamp
    ) as opted_out_at_local
from contacts
inner join tenants
    on tenants.tenant_id = contacts.tenant_id
left join messages_per_contact
    on messages_per_contact.tenant_id = contacts.tenant_id
    and messages_per_contact.contact_id = contacts.contact_id
