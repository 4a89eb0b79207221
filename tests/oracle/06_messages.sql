-- What was written on pages and by text message, as temporary tables (definitions.md, Messages).
create temporary table written as
select m.*, t.tz, (m.sent_at at time zone t.tz)::date as day, extract(hour from m.sent_at at time zone t.tz) as hour
from omnichannel_message m join tenant t using (tenant_id)
where m.deleted_at is null and exists (
    select from omnichannel_conversation c
    where c.tenant_id = m.tenant_id and c.id = m.conversation_id and c.deleted_at is null
);
create index on written (tenant_id, conversation_id);

create temporary table conversation as
select c.*, w.first_at, (w.first_at at time zone t.tz)::date as day, t.tz, k.personal_key_id, k.is_blocked,
    (
        select min(g.person) from crm_customers u
        join identity g on g.tenant_id = u.tenant_id and g.customer_id = u.id
        where u.tenant_id = c.tenant_id and u.personal_key_id = k.personal_key_id
    ) as person
from omnichannel_conversation c
join (
    select tenant_id, conversation_id, min(sent_at) as first_at from written group by 1, 2
) w on w.tenant_id = c.tenant_id and w.conversation_id = c.id
join tenant t on t.tenant_id = c.tenant_id
left join omnichannel_contact k on k.tenant_id = c.tenant_id and k.id = c.contact_id;
create index on conversation (tenant_id, person);

create temporary table text_message as
select m.*, t.tz, t.currency, t.places, (m.sent_at at time zone t.tz)::date as day,
    coalesce(m.currency_code, (
        select a.currency_code from sms_service_accounts s
        join sms_sender_accounts a on a.tenant_id = s.tenant_id and a.id = s.sender_account_id
        where s.tenant_id = m.tenant_id and s.id = m.service_account_id
    )) as billed_in
from sms_messages m join tenant t using (tenant_id)
where m.deleted_at is null;
create index on text_message (tenant_id, conversation_id);
create index on text_message (tenant_id, id);
