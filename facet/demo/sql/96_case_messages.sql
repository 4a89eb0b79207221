-- Cases of messages, calls from other systems, and alerts.

-- The shop's hours matter: the Tuesday and the Saturday are the latest that are three weeks ago.
create temp table demo_case_chat on commit drop as
select
    plus, house.tenant_id, horizon, timezone, opens, closes, cast(conversation as integer) as nth,
    case day
        when 'tuesday' then three_weeks - (weekday + 5) % 7
        when 'saturday' then three_weeks - (weekday + 1) % 7
        else house.as_of - cast(day as integer)
    end as day,
    chat.place, chat.kind, chat.days_later, chat.clock
from demo_case_house as house
inner join (select tenant_id, opens, closes from demo_tenant) as hours using (tenant_id)
cross join lateral (
    select
        house.as_of - 21 as three_weeks,
        cast(extract(isodow from house.as_of - 21) as integer) as weekday
) as dates
cross join (
    values
    (1, '2', 1, 'customer', 0, '11:00'),
    (2, '3', 1, 'customer', 0, '14:00'), (2, '3', 2, 'bot', 0, '14:00:04'),
    (3, 'tuesday', 1, 'customer', 0, 'closing'), (3, 'tuesday', 2, 'staff', 1, 'opening'),
    (4, 'tuesday', 1, 'customer', 0, '11:00'), (4, 'tuesday', 2, 'customer', 0, '11:02'),
    (4, 'tuesday', 3, 'bot', 0, '11:02:10'), (4, 'tuesday', 4, 'customer', 0, '11:05'),
    (4, 'tuesday', 5, 'staff', 0, '11:20'), (4, 'tuesday', 6, 'customer', 0, '11:30'),
    (4, 'tuesday', 7, 'staff', 0, '11:31'),
    (5, 'saturday', 1, 'customer', 0, 'closing'), (5, 'saturday', 2, 'staff', 2, 'opening'),
    (6, '4', 1, 'customer', 0, '12:00'), (6, '4', 2, 'staff', 0, '12:30'),
    (6, '4', 3, 'customer', 0, '12:40')
) as chat (conversation, day, place, kind, days_later, clock);

create temp table demo_case_message on commit drop as
select
    demo_case_chat.*, plus + nth as conversation_id, plus + nth * 10 + place as message_id,
    -- ten minutes before the shop closes, ten after it opens
    (day + days_later + case clock
        when 'closing' then cast(closes as time) - interval '10 minutes'
        when 'opening' then cast(opens as time) + interval '10 minutes'
        else cast(clock as time)
    end) at time zone timezone as sent_at
from demo_case_chat;

create temp table demo_case_conversation on commit drop as
select
    conversation_id, tenant_id, tenant_id * 1000 + 3 as page_id, nth,
    min(sent_at) as first_at, max(sent_at) as last_at, bool_or(kind = 'staff') as is_answered,
    (array_agg(kind order by place desc))[1] as last_kind
from demo_case_message
group by conversation_id, tenant_id, nth;

insert into omnichannel_contact (
    id, tenant_id, page_id, external_id, display_name, first_seen_at, last_seen_at, created_at,
    updated_at
)
select
    conversation_id, tenant_id, page_id, 'case-' || conversation_id, 'Case ' || nth, first_at,
    last_at, first_at, last_at
from demo_case_conversation
order by conversation_id;

insert into omnichannel_conversation (
    id, tenant_id, page_id, contact_id, assigned_user_id, external_id, status, unread_count,
    opened_at, last_message_at, closed_at, created_at, updated_at
)
select
    conversation_id, tenant_id, page_id, conversation_id,
    case when is_answered then tenant_id * 1000 + 11 end, 'case-' || conversation_id,
    case when last_kind = 'staff' then 'closed' else 'open' end,
    case when last_kind = 'staff' then 0 else 1 end, first_at, last_at,
    case when last_kind = 'staff' then last_at + interval '1 day' end, first_at,
    case when last_kind = 'staff' then last_at + interval '1 day' else last_at end
from demo_case_conversation
order by conversation_id;

insert into omnichannel_message (
    id, tenant_id, page_id, contact_id, conversation_id, admin_id, external_id, direction,
    sender_kind, status, body, sent_at, created_at, updated_at
)
select
    message_id, tenant_id, tenant_id * 1000 + 3, conversation_id, conversation_id,
    case when kind = 'staff' then tenant_id * 1000 + 11 end, 'case-' || message_id,
    case when kind = 'customer' then 'inbound' else 'outbound' end, kind, 'sent',
    'Message ' || place || ' of case ' || nth, sent_at, sent_at, sent_at
from demo_case_message
order by message_id;

insert into sms_contacts (
    id, tenant_id, personal_key_id, phone_number, display_name, created_at, updated_at
)
select plus + 1, tenant_id, plus + 1, '+99 000 000' || plus + 1, 'Ada Planted', opened_at, opened_at
from demo_case_house
order by 1;

-- 400 signs are three parts: 153 + 153 + 94.
insert into sms_messages (
    id, tenant_id, service_account_id, contact_id, external_id, direction, sender_kind, status,
    body, segment_count, error_code, sent_at, delivered_at, failed_at, created_at, updated_at
)
select
    plus + nth, tenant_id, tenant_id * 1000 + 2, plus + 1, 'case-' || plus + nth, 'outbound', 'bot',
    state, repeat('x', signs), segments, error_code, sent_at,
    case when state = 'delivered' then sent_at + interval '3 seconds' end,
    case when state <> 'delivered' then sent_at + interval '30 seconds' end, sent_at, sent_at
from demo_case_house
cross join (
    values
    (1, 'failed', 20, 1, '30006'), (2, 'undelivered', 160, 1, '30003'), (3, 'delivered', 400, 3,
        null)
) as text (nth, state, signs, segments, error_code)
cross join lateral (select pg_temp.at(as_of, 12, '12:00', timezone) as sent_at) as moments
order by 1;

insert into webhook_history (
    id, tenant_id, provider, event, external_id, subject_type, subject_id, status, attempt_count,
    error, received_at, processed_at, created_at
)
select
    plus + nth, tenant_id, provider, event, 'case-' || plus + nth, subject_type, plus + subject,
    state, attempts, case when state = 'failed' then 'The signature does not match' end, called_at,
    case when state = 'processed' then called_at + interval '5 minutes' end, called_at
from demo_case_house
cross join (
    values
    (1, 'stripe', 'payment.succeeded', 'order_payments', 84, 'failed', 3, 10),
    (2, 'shipstation', 'shipment.delivered', 'outbound_shipments', 3, 'failed', 3, 1),
    (3, 'stripe', 'payment.succeeded', 'order_payments', 85, 'processed', 2, 10),
    (4, 'facebook', 'page.liked', null, null, 'ignored', 1, 10)
) as call (nth, provider, event, subject_type, subject, state, attempts, days_ago)
cross join lateral (select pg_temp.at(as_of, days_ago, '12:00', timezone) as called_at) as moments
order by 1;

insert into logs_webhook (
    id, tenant_id, direction, provider, event, external_id, attempt_number, status, http_status,
    error, occurred_at, created_at
)
select
    plus + nth * 10 + attempt, tenant_id, 'inbound', provider, event, 'case-' || plus + nth,
    attempt,
    case when is_good then 'succeeded' else 'failed' end, case when is_good then 200 else 401 end,
    case when not is_good then 'The signature does not match' end, called_at, called_at
from demo_case_house
cross join (
    values
    (1, 'stripe', 'payment.succeeded', 3, 0, 10), (2, 'shipstation', 'shipment.delivered', 3, 0, 1),
    (3, 'stripe', 'payment.succeeded', 2, 2, 10), (4, 'facebook', 'page.liked', 1, 1, 10)
) as call (nth, provider, event, attempts, good_attempt, days_ago)
cross join lateral generate_series(1, attempts) as attempt
cross join lateral (
    select
        attempt = good_attempt as is_good,
        pg_temp.at(as_of, days_ago, '12:00', timezone) + make_interval(mins => 5 * (attempt - 1))
            as called_at
) as calls
order by 1;

insert into alerts (
    id, tenant_id, alert_key_id, subject_type, subject_id, severity, status, message,
    assigned_user_id, resolved_by, raised_at, acknowledged_at, resolved_at, created_at, updated_at
)
select
    plus + nth, tenant_id, tenant_id * 1000 + key, subject_type, plus + subject, severity, state,
    'Case', case when state <> 'open' then tenant_id * 1000 + 2 end,
    case when state in ('resolved', 'dismissed') then tenant_id * 1000 + 2 end, raised_at,
    case when state in ('acknowledged', 'resolved') then raised_at + interval '1 hour' end,
    case when state in ('resolved', 'dismissed') then raised_at + interval '2 hours' end, raised_at,
    case
        when state in ('resolved', 'dismissed') then raised_at + interval '2 hours'
        when state = 'acknowledged' then raised_at + interval '1 hour'
        else raised_at
    end
from demo_case_house
cross join (
    values
    (1, 1, 'outbound_shipments', 3, 'critical', 'open', 35),
    (2, 2, 'omnichannel_conversation', 1, 'warning', 'open', 1),
    (3, 4, 'task', 1, 'warning', 'acknowledged', 9),
    (4, 1, 'outbound_shipments', 2, 'critical', 'resolved', 36),
    (5, 5, 'order_payments', 84, 'critical', 'dismissed', 9)
) as alarm (nth, key, subject_type, subject, severity, state, days_ago)
cross join lateral (select pg_temp.at(as_of, days_ago, '08:00', timezone) as raised_at) as moments
order by 1;
