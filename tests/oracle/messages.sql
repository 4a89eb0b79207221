-- One row per figure and thing, with its local day, by the words of definitions.md, Messages: conversations look for
-- their orders one by one; what waits is read off the last message.
with

its_order as (
    select c.tenant_id, c.id, c.day, o.id as order_id,
        (
            select x.id from conversation x
            where x.tenant_id = o.tenant_id and x.person = g.person
                and o.ordered_at between x.first_at and x.first_at + interval '672 hours'
            order by x.first_at desc, x.id desc limit 1
        ) = c.id as is_its
    from conversation c
    join identity g on g.tenant_id = c.tenant_id and g.person = c.person
    join counted o on o.tenant_id = g.tenant_id and o.customer_id = g.customer_id
        and o.ordered_at between c.first_at and c.first_at + interval '672 hours'
),

told as (
    select tenant_id, 'messages ' || direction || ' ' || sender_kind as metric, day, page_id * 100 + hour as thing,
        count(*)::numeric as value
    from written group by 1, 2, 3, 4
    union all
    select tenant_id, 'messages_failed', day, page_id * 100 + hour, count(*) from written
    where status = 'failed' group by 1, 2, 3, 4
    union all
    select tenant_id, 'files', day, page_id * 100 + hour, count(*)
    from written w join omnichannel_message_attachment a using (tenant_id)
    where a.message_id = w.id group by 1, 2, 3, 4
    union all
    select tenant_id, 'reactions', day, page_id * 100 + hour, count(*)
    from written w join omnichannel_message_reaction a using (tenant_id)
    where a.message_id = w.id group by 1, 2, 3, 4
    union all
    select tenant_id, 'conversation', day, id, 1 from conversation
    union all
    select tenant_id, 'unknown', day, id, 1 from conversation where personal_key_id is null
    union all
    select tenant_id, 'lead', day, id, 1 from conversation c where exists (
        select from crm_leads l where l.tenant_id = c.tenant_id and l.id = c.lead_id and l.deleted_at is null
    )
    union all
    select c.tenant_id, case when c.status = 'closed' or c.is_blocked then 'unanswered' else 'waiting' end,
        c.day, c.id, 1
    from conversation c
    where (
        select w.sender_kind from written w
        where w.tenant_id = c.tenant_id and w.conversation_id = c.id and w.sender_kind <> 'bot' and w.status <> 'failed'
        order by w.sent_at desc, w.id desc limit 1
    ) = 'customer'
    union all
    select distinct tenant_id, 'ordered', day, id, 1 from its_order
    union all
    select tenant_id, 'orders', day, id, count(*) from its_order where is_its group by 1, 2, 3, 4
    union all
    select i.tenant_id, 'net_sales', i.day, i.id, sum(p.amount)
    from its_order i join piece p on p.tenant_id = i.tenant_id and p.order_id = i.order_id
    where is_its and p.kind <> 'cost' group by 1, 2, 3, 4
    union all
    select tenant_id, 'text ' || direction || ' ' || status || ' ' || coalesce(btrim(error_code), ''), day,
        service_account_id, count(*)
    from text_message group by 1, 2, 3, 4
    union all
    select tenant_id, 'text_segments', day, service_account_id, sum(segment_count)
    from text_message where direction = 'outbound' and status <> 'queued' group by 1, 2, 3, 4
    union all
    select tenant_id, 'text_cost', day, service_account_id, sum(round(cost_amount, places))
    from text_message where billed_in = currency and cost_amount is not null group by 1, 2, 3, 4
    union all
    select tenant_id, 'text_reactions', day, service_account_id, count(*)
    from text_message w join sms_reactions a using (tenant_id) where a.message_id = w.id group by 1, 2, 3, 4
    union all
    select tenant_id, 'text_files', day, service_account_id, count(*)
    from text_message w join sms_attachments a using (tenant_id) where a.message_id = w.id group by 1, 2, 3, 4
    union all
    select c.tenant_id, 'opt_out', (c.opted_out_at at time zone t.tz)::date, c.id, 1
    from sms_contacts c join tenant t using (tenant_id)
    where c.deleted_at is null and c.is_opted_out and c.opted_out_at is not null
    union all
    select c.tenant_id, 'marketing_after_opt_out', (c.opted_out_at at time zone t.tz)::date, c.id, count(*)
    from sms_contacts c join tenant t using (tenant_id)
    join sms_messages m on m.tenant_id = c.tenant_id and m.contact_id = c.id
    join sms_service_accounts s on s.tenant_id = m.tenant_id and s.id = m.service_account_id
    where c.deleted_at is null and c.is_opted_out and m.sent_at > c.opted_out_at and m.deleted_at is null
        and m.direction = 'outbound' and m.status <> all (array['queued', 'failed']) and s.purpose = 'marketing'
    group by 1, 2, 3, 4
    union all
    select c.tenant_id, 'text_waiting', null, c.id, 1
    from sms_meta_conversation c
    where c.deleted_at is null and c.status <> 'closed' and (
        select x.sender_kind from text_message x
        where x.tenant_id = c.tenant_id and x.conversation_id = c.id and x.sender_kind <> 'bot'
            and x.status <> all (array['failed', 'undelivered'])
        order by x.sent_at desc, x.id desc limit 1
    ) = 'customer'
)

select tenant_id, metric, day, thing::bigint, value from told
