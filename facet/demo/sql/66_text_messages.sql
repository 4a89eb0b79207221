-- Text messages: parcels are announced to those who gave their number, some answer; campaigns write
-- to all of them. A contact has the id of its person, a message that of what it is about times ten.

insert into sms_sender_accounts (
    id, tenant_id, provider, name, external_id, status, currency_code, balance_amount, created_at,
    updated_at
)
select
    tenant_id * 1000 + nth, tenant_id, provider, provider || ' ' || demo_tenant.name,
    'AC' || tenant_id || nth, state, currency_code,
    case when nth = 1 then round(cast(usd_rate * 140 as numeric), decimals) else 0 end, opened_at,
    opened_at
from demo_tenant
cross join (
    values (1, 'twilio', 'active'), (2, 'vonage', 'closed')
) as account (nth, provider, state)
order by 1;

insert into sms_sender_phone_numbers (
    id, tenant_id, sender_account_id, phone_number, label, country_code, is_mms_enabled, status,
    monthly_cost, acquired_on, released_on, created_at, updated_at
)
select
    tenant_id * 1000 + nth, tenant_id, tenant_id * 1000 + case nth when 3 then 2 else 1 end,
    (array[
        '+84 000 9', '+1 200 555 019', '+33 1 99 00 9', '+61 491 579 9', '+1 200 555 018',
        '+61 491 578 9'
    ])[tenant_id] || nth,
    label, (array['VN', 'US', 'FR', 'AU', 'US', 'AU'])[tenant_id], nth = 2,
    case nth when 3 then 'released' else 'active' end,
    round(cast(usd_rate * 2 as numeric), decimals), cast(opened_at as date),
    case nth when 3 then cast(opened_at as date) + 200 end, opened_at, opened_at
from demo_tenant
cross join (values (1, 'Service'), (2, 'Marketing'), (3, 'Old number')) as number (nth, label)
order by 1;

insert into sms_service_accounts (
    id, tenant_id, sender_account_id, phone_number_id, campaign_id, name, external_id, purpose,
    is_active, created_at, updated_at
)
select
    tenant_id * 1000 + nth, tenant_id, tenant_id * 1000 + 1,
    case when nth < 3 then tenant_id * 1000 + nth end,
    case nth when 4 then (
        select max(campaign_id)
        from demo_campaign
        where demo_campaign.tenant_id = demo_tenant.tenant_id and starts_on < demo_campaign.as_of
    ) end,
    service.name, 'MG' || tenant_id || nth, purpose, nth <> 3, opened_at, opened_at
from demo_tenant
cross join (
    values
    (1, 'Parcels', 'notification'), (2, 'Offers', 'marketing'), (3, 'Codes', 'otp'),
    (4, 'Collection', 'marketing')
) as service (nth, name, purpose)
order by 1;

-- Whose number is somebody else's too is left out: the house would not know who answers.
insert into sms_contacts (
    id, tenant_id, personal_key_id, phone_number, display_name, is_opted_out, opted_out_at,
    created_at, updated_at
)
select
    id, tenant_id, id, phone, full_name, opted_out_at < horizon,
    case when opted_out_at < horizon then opted_out_at end, created_at,
    case when opted_out_at < horizon then opted_out_at else created_at end
from (
    select distinct on (person.tenant_id, phone)
        person.*, horizon,
        case when pg_temp.u(person.id, 'no more texts') < 0.03
            then person.created_at + make_interval(days => pg_temp.roll(person.id, 'texts', 400))
            else 'infinity'
        end as opted_out_at
    from crm_personal_keys as person
    inner join demo_tenant using (tenant_id)
    where phone is not null and person.id >= 1000 and pg_temp.u(person.id, 'gave number') < 0.25
    order by person.tenant_id, phone, person.id
) as numbers
order by id;

create temp table demo_text on commit drop as
with parcels as (
    select
        carried.tenant_id, parcel.id * 100 + 1 as message_id, contact.id as contact_id,
        order_number, dispatched_at + interval '5 minutes' as sent_at, contact.opted_out_at
    from outbound_shipments as parcel
    inner join outbound_shipment_orders as carried on carried.outbound_shipment_id = parcel.id
    inner join orders on orders.id = carried.order_id
    inner join crm_customers as customer on customer.id = orders.customer_id
    inner join sms_contacts as contact on contact.personal_key_id = customer.personal_key_id
    where dispatched_at is not null and parcel.id % 10 = 1
),

answers as (
    select
        parcels.*, pg_temp.u(message_id, 'answers') < 0.08 as has_answer,
        sent_at + make_interval(
            mins => pg_temp.roll(message_id, 'answered after', 180)
        ) as answered_at
    from parcels
    where coalesce(sent_at < opted_out_at, true)
)

select
    message_id + place - 1 as message_id, answers.tenant_id, tenant_id * 1000 + 1 as service_id,
    contact_id as conversation_id, contact_id, cast(null as bigint) as user_id, text.sender_kind,
    case text.sender_kind when 'customer' then 'inbound' else 'outbound' end as direction,
    text.body, text.sent_at
from answers
inner join demo_tenant using (tenant_id)
cross join lateral (
    values
    (
        1, 'bot', sent_at,
        case language
            when 'vi' then 'Đơn hàng ' || order_number || ' của bạn đang trên đường giao. '
                || 'Cảm ơn bạn đã chọn ' || name || '!'
            when 'fr' then 'Votre commande ' || order_number || ' est en route. ' || name
                || ' vous remercie de votre confiance et vous souhaite une belle journée. '
                || 'Suivez-la sur ' || domain || '/suivi'
            else 'Your order ' || order_number || ' is on its way. Thank you! ' || name
        end
    ),
    (
        2, 'customer', case when has_answer then answered_at end,
        case language when 'vi' then 'Cảm ơn shop!' when 'fr' then 'Merci !' else 'Thank you!' end
    ),
    (
        3, 'staff',
        case when has_answer and pg_temp.u(message_id, 'staff answers') < 0.6
            then answered_at + make_interval(mins => pg_temp.roll(message_id, 'staff after', 90))
        end,
        case language
            when 'vi' then 'Dạ không có gì ạ.'
            when 'fr' then 'Avec plaisir !'
            else 'Our pleasure!'
        end
    )
) as text (place, sender_kind, sent_at, body)
where text.sent_at < horizon - interval '1 minute'
union all
-- one offer a campaign, on its first day, to whoever has not asked to be left alone
select
    campaign_id * 100000000 + contact.id, demo_campaign.tenant_id,
    demo_campaign.tenant_id * 1000 + case
        when starts_on < demo_campaign.as_of and occasion = 'collection' then 4
        else 2
    end,
    null, contact.id, null, 'bot', 'outbound',
    demo_campaign.name || case demo_campaign.language
        when 'vi' then ': ưu đãi dành riêng cho bạn tại cửa hàng và trên ' || domain
        when 'fr' then ' : une offre vous attend en boutique et sur ' || domain
        else ': an offer is waiting for you in store and at ' || domain
    end,
    cast(starts_on as timestamp) at time zone timezone + make_interval(
        mins => 600 + pg_temp.roll(contact.id, 'sent in turn', 90)
    )
from demo_campaign
inner join demo_tenant using (tenant_id)
inner join sms_contacts as contact
    on contact.tenant_id = demo_campaign.tenant_id
    and contact.created_at < cast(starts_on as timestamp) at time zone timezone
    and (
        contact.opted_out_at is null
        or contact.opted_out_at > cast(starts_on + 1 as timestamp) at time zone timezone
    )
where
    starts_on between demo_campaign.as_of - 540 and demo_campaign.as_of - 1
    and pg_temp.u(campaign_id * 100000000 + contact.id, 'gets the offer') < 0.15;

-- The last message is checked at commit.
insert into sms_meta_conversation (
    id, tenant_id, service_account_id, contact_id, customer_id, assigned_user_id, last_message_id,
    status, inbound_count, outbound_count, unread_count, first_message_at, last_message_at,
    closed_at, created_at, updated_at
)
select
    conversation_id, tenant_id, service_id, contact_id, conversation_id,
    case when answers > 0 then tenant_id * 1000 + 11 end, last_id,
    case
        when last_kind = 'customer' then 'open'
        when last_at > horizon - interval '3 days' then 'pending'
        else 'closed'
    end,
    inbound, outbound, case when last_kind = 'customer' then 1 else 0 end, first_at, last_at,
    case
        when last_kind <> 'customer' and last_at <= horizon - interval '3 days'
            then last_at + interval '3 days'
    end,
    first_at, last_at
from (
    select
        conversation_id, tenant_id, service_id, contact_id,
        count(*) filter (where direction = 'inbound') as inbound,
        count(*) filter (where direction = 'outbound') as outbound,
        count(*) filter (where sender_kind = 'staff') as answers,
        min(sent_at) as first_at, max(sent_at) as last_at,
        (array_agg(message_id order by sent_at desc, message_id desc))[1] as last_id,
        (array_agg(sender_kind order by sent_at desc, message_id desc))[1] as last_kind
    from demo_text
    where conversation_id is not null
    group by conversation_id, tenant_id, service_id, contact_id
) as exchanges
inner join demo_tenant using (tenant_id)
order by conversation_id;

-- Parts hold 160 signs, 153 where there are several; with Vietnamese letters 70 and 67.
insert into sms_messages (
    id, tenant_id, service_account_id, phone_number_id, conversation_id, contact_id, user_id,
    external_id, direction, sender_kind, status, body, segment_count, error_code, cost_amount,
    currency_code, sent_at, delivered_at, failed_at, created_at, updated_at
)
select
    message_id, demo_text.tenant_id, service_id,
    tenant_id * 1000 + case service_id % 1000 when 1 then 1 else 2 end, conversation_id, contact_id,
    case when sender_kind = 'staff' then tenant_id * 1000 + 11 end, 'SM' || message_id, direction,
    sender_kind, state, body, segments,
    case state when 'undelivered' then '30003' when 'failed' then '30006' end,
    case when direction = 'outbound' and state <> 'failed'
        then round(cast(segments * 0.04 * usd_rate as numeric), decimals)
        else 0
    end,
    currency_code, sent_at,
    case when state = 'delivered' then sent_at + make_interval(
        secs => pg_temp.roll(message_id, 'arrived after', 20)
    ) end,
    case when state in ('undelivered', 'failed') then sent_at + interval '25 seconds' end,
    sent_at, sent_at + interval '25 seconds'
from demo_text
inner join demo_tenant using (tenant_id)
cross join lateral (
    select case when language = 'vi' then 70 else 160 end as whole
) as sizes
cross join lateral (
    select
        case
            when length(body) <= whole then 1
            else cast(ceil(length(body) / (whole - case whole when 70 then 3.0 else 7.0 end))
                as integer)
        end as segments,
        case
            when direction = 'inbound' then 'received'
            when pg_temp.u(message_id, 'arrives') < 0.02 then 'undelivered'
            when pg_temp.u(message_id, 'arrives') < 0.03 then 'failed'
            when pg_temp.u(message_id, 'arrives') < 0.06 then 'sent'
            else 'delivered'
        end as state
) as outcomes
order by message_id;

insert into sms_attachments (
    id, tenant_id, message_id, url, content_type, size_bytes, created_at, updated_at
)
select
    id, tenant_id, id, 'https://cdn.example/mms/' || id || '.jpg', 'image/jpeg',
    60000 + pg_temp.roll(id, 'bytes', 400000), sent_at, sent_at
from sms_messages
where service_account_id % 1000 = 4
    or sender_kind = 'customer' and pg_temp.u(id, 'with picture') < 0.3
order by id;

insert into sms_reactions (
    id, tenant_id, message_id, contact_id, user_id, emoji, reacted_at, created_at
)
select
    id, tenant_id, id, contact_id, null, '👍', delivered_at + interval '20 seconds',
    delivered_at + interval '20 seconds'
from sms_messages
where service_account_id % 1000 = 1 and sender_kind = 'bot' and status = 'delivered'
    and pg_temp.u(id, 'liked') < 0.12
order by id;
