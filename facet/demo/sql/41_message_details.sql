-- What is attached to a message of the batch, and what was thought of it.

insert into omnichannel_message_attachment (
    id, tenant_id, message_id, attachment_type, url, name, content_type, size_bytes, created_at,
    updated_at
)
select
    message.id, tenant_id, message.id, 'image', 'https://cdn.example/m/' || message.id || '.jpg',
    'photo-' || message.id || '.jpg', 'image/jpeg',
    40000 + floor(900000 * pg_temp.u(message.id, 'bytes')), sent_at, sent_at
from omnichannel_message as message
where message.conversation_id in (select conversation_id from demo_conversation)
    and message_type = 'image'
order by 1;

insert into omnichannel_message_reaction (
    id, tenant_id, message_id, contact_id, user_id, emoji, reacted_at, created_at
)
select
    message_id, tenant_id, message_id,
    case when sender_kind = 'staff' then contact_id end,
    case when sender_kind = 'customer' then answers_id end,
    pg_temp.one_of(array['❤️', '👍', '😍', '🙏'], pg_temp.u(message_id, 'emoji')),
    sent_at + interval '15 seconds', sent_at + interval '15 seconds'
from demo_message
inner join demo_conversation using (conversation_id)
cross join lateral (select conversation_id * 100 + place as message_id) as ids
where pg_temp.u(message_id, 'reacted') < 0.03 and sender_kind <> 'bot' and place > 3
    and answers_id is not null and sent_at < horizon - interval '20 seconds'
order by message_id;
