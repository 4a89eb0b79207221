-- What was said on the pages in the batch. A conversation has the id of the lead that came of it;
-- an order's id times ten, plus five, where its customer asked again; plus six where nobody knows
-- who asked. A message has the id of its conversation times a hundred, plus its place.
--
-- The first answer of a lead's conversation is the moment at which the lead was contacted.

create temp table demo_conversation on commit drop as
with asked as (
    select
        lead_id as conversation_id, lead_id as contact_id, lead_id as person_id, lead_id,
        tenant_id, page_id, order_id, seller_id, responder_id, asked_at, contacted_at, horizon,
        status as lead_status
    from demo_lead
    where platform_id between 2 and 5
        or platform_id = 1 and pg_temp.u(lead_id, 'wrote') < 0.15
    union all
    -- where is my ring?
    select
        order_id * 10 + 5, lead_id, lead_id, null, demo_lead.tenant_id, demo_lead.page_id,
        order_id, demo_lead.seller_id, null, dispatched_at + interval '20 hours', null,
        demo_lead.horizon, null
    from demo_lead
    inner join (select order_id, dispatched_at, is_cancelled from demo_order) as orders
        using (order_id)
    where demo_lead.status = 'converted' and platform_id between 2 and 5 and not is_cancelled
        and pg_temp.u(order_id, 'asks again') < 0.2
    union all
    -- somebody who only asks
    select
        order_id * 10 + 6, order_id * 10 + 6, null, null, tenant_id, page_id, order_id, null, null,
        ordered_at - interval '25 minutes', null, horizon, null
    from demo_order
    where platform_id between 2 and 5 and pg_temp.u(order_id, 'only asks') < 0.12
),

opened as (
    select
        asked.*, timezone, language, opens, closes, rest_day, demo_tenant.as_of,
        pg_temp.at_work(
            asked_at at time zone timezone, cast(opens as time), cast(closes as time), rest_day
        ) as read_at_local
    from asked
    inner join demo_tenant using (tenant_id)
    where asked_at < asked.horizon
),

staffed as (
    select
        opened.*,
        case
            when responder_id is not null then responder_id
            when seller_id = any (user_ids) then seller_id
            when user_ids is null then opened.tenant_id * 1000 + 2
            else user_ids[pg_temp.roll(conversation_id, 'on duty', cardinality(user_ids))]
        end as answers_id
    from opened
    left join demo_team
        on demo_team.tenant_id = opened.tenant_id
        and demo_team.day = cast(read_at_local as date)
)

select
    staffed.*, coalesce(reply_minutes, 15) as reply_minutes,
    asked_at at time zone timezone <> read_at_local as is_closed,
    case
        -- of those who are no leads a few are forgotten
        when lead_id is null and pg_temp.u(conversation_id, 'forgotten') > 0.07 then
            pg_temp.at_work(
                read_at_local + make_interval(secs => floor(60 * least(
                    coalesce(reply_minutes, 15)
                        * exp(0.9 * pg_temp.normal(conversation_id, 'reply')), 600
                ))), cast(opens as time), cast(closes as time), rest_day
            ) at time zone timezone + interval '130 seconds'
        when lead_id is not null then contacted_at
    end as replied_at,
    width_bucket(pg_temp.u(conversation_id, 'rounds'), array[0.45, 0.8, 0.95]) as rounds,
    -- some do not answer any more: theirs is the last word that is missing
    pg_temp.u(conversation_id, 'silent') < 0.15 as falls_silent
from staffed
left join (select user_id, reply_minutes from demo_staff) as staff on user_id = answers_id;

-- Places: 1 and 2 the question, 3 the bot, 4 the first answer, from 5 on question and answer.
create temp table demo_message on commit drop as
with spoken as (
    select conversation_id, place, 'customer' as sender_kind, 0 as seconds, asked_at as since
    from demo_conversation
    cross join generate_series(1, 2) as place
    where place = 1 or pg_temp.u(conversation_id, 'in two') < 0.25
    union all
    select conversation_id, 3, 'bot', 0, asked_at
    from demo_conversation
    where is_closed or pg_temp.u(conversation_id, 'bot') < 0.35
    union all
    select conversation_id, 4, 'staff', 0, replied_at
    from demo_conversation
    where replied_at is not null
    union all
    select
        conversation_id, 3 + 2 * round + side, case side
            when 0 then 'customer'
            else 'staff'
        end,
        60 * least(
            case side
                when 0 then 4 * exp(1.0 * pg_temp.normal(conversation_id * 10 + round, 'asks'))
                else reply_minutes / 2
                    * exp(0.8 * pg_temp.normal(conversation_id * 10 + round, 'answers'))
            end,
            90
        ),
        replied_at
    from demo_conversation
    cross join lateral generate_series(1, rounds) as round
    cross join generate_series(0, 1) as side
    where replied_at is not null and not (falls_silent and round = rounds and side = 1)
)

select
    conversation_id, place, sender_kind,
    since + make_interval(secs => case place
        when 1 then 0
        when 2 then floor(15 + 80 * pg_temp.u(conversation_id, 'second line'))
        when 3 then 4
        else floor(coalesce(
            sum(greatest(seconds, 5)) filter (where place > 4) over (
                partition by conversation_id order by place
            ),
            0
        ))
    end) as sent_at
from spoken;

delete from demo_message
using demo_conversation
where
    demo_message.conversation_id = demo_conversation.conversation_id
    and sent_at >= horizon - interval '20 seconds' and place > 1;

create index on demo_message (conversation_id);
analyze demo_message;
analyze demo_conversation;

create temp table demo_exchange on commit drop as
select
    conversation_id, min(sent_at) as first_at, max(sent_at) as last_at,
    max(sent_at) filter (where sender_kind = 'customer') as customer_at,
    max(place) filter (where sender_kind = 'staff') as answered_to,
    max(place) filter (where sender_kind = 'customer') as asked_to
from demo_message
group by conversation_id;

insert into omnichannel_contact (
    id, tenant_id, page_id, personal_key_id, external_id, display_name, avatar_url, is_blocked,
    first_seen_at, last_seen_at, created_at, updated_at
)
select
    contact_id, seen.tenant_id, seen.page_id, person_id, 'u' || contact_id,
    coalesce(full_name, 'Guest ' || contact_id % 10000),
    'https://cdn.example/avatars/' || contact_id || '.jpg',
    person_id is null and pg_temp.u(contact_id, 'blocked') < 0.04,
    first_at, last_at, first_at, last_at
from (
    select
        contact_id, tenant_id, page_id, person_id, min(first_at) as first_at,
        max(customer_at) as last_at
    from demo_conversation
    inner join demo_exchange using (conversation_id)
    group by contact_id, tenant_id, page_id, person_id
) as seen
left join crm_personal_keys as person on person.id = person_id
order by contact_id;

insert into omnichannel_conversation (
    id, tenant_id, page_id, contact_id, assigned_user_id, lead_id, external_id, status, subject,
    unread_count, opened_at, last_message_at, closed_at, created_at, updated_at
)
select
    conversation_id, tenant_id, page_id, contact_id,
    case when replied_at is not null then coalesce(seller_id, answers_id) end, lead_id,
    't' || conversation_id, standing, null,
    case
        when standing = 'open' and answered_to is null then 1 + cast(asked_to > 1 as integer)
        when standing = 'open' then 1
        else 0
    end,
    first_at, last_at, case when standing = 'closed' then closed_at end,
    first_at, case when standing = 'closed' then closed_at else last_at end
from demo_conversation
inner join demo_exchange using (conversation_id)
cross join lateral (
    select last_at + make_interval(
        hours => 20 + pg_temp.roll(conversation_id, 'closed', 60)
    ) as closed_at
) as closing
cross join lateral (
    select
        case
            when answered_to is null then 'open'
            -- the question that fell silent is closed later, unless it is forgotten for good
            when asked_to > answered_to and (
                closed_at >= horizon or pg_temp.u(conversation_id, 'left open') < 0.2
            ) then 'open'
            when closed_at >= horizon then 'pending'
            else 'closed'
        end as standing
) as states
order by conversation_id;

insert into omnichannel_message (
    id, tenant_id, page_id, contact_id, conversation_id, admin_id, campaign_id, external_id,
    direction, sender_kind, message_type, status, body, error, sent_at, delivered_at, read_at,
    created_at, updated_at
)
select
    message_id, demo_conversation.tenant_id, page_id, contact_id, conversation_id,
    case when sender_kind = 'staff' then answers_id end,
    case when place = 1 and pg_temp.u(conversation_id, 'by ad') < 0.3
        then campaign_ids[pg_temp.roll(conversation_id, 'ad', cardinality(campaign_ids))]
    end,
    'm' || message_id, direction, sender_kind,
    case
        when pg_temp.u(message_id, 'kind') < 0.06 and place > 3 then 'image'
        when pg_temp.u(message_id, 'kind') > 0.985 and sender_kind = 'customer' then 'sticker'
        else 'text'
    end,
    state,
    case when pg_temp.u(message_id, 'kind') between 0.06 and 0.985 then pg_temp.one_of(
        case sender_kind
            when 'customer' then case language
                when 'vi' then array['Mẫu này còn không ạ?', 'Giá bao nhiêu vậy shop?',
                    'Có ni 12 không ạ?', 'Khi nào giao hàng ạ?', 'Cảm ơn shop nhé']
                when 'fr' then array['Bonjour, est-il disponible ?', 'Quel est le prix ?',
                    'L''avez-vous en taille 52 ?', 'Quand sera-t-il livré ?', 'Merci beaucoup']
                else array['Hi, is this still available?', 'How much is it?',
                    'Do you have it in size 52?', 'When will it arrive?', 'Thank you so much']
            end
            when 'bot' then case language
                when 'vi' then array['Cảm ơn bạn đã nhắn tin. Chúng tôi sẽ trả lời sớm.']
                when 'fr' then array['Merci de votre message. Nous vous répondons au plus vite.']
                else array['Thank you for your message. We will get back to you shortly.']
            end
            else case language
                when 'vi' then array['Dạ còn ạ, em gửi hình cho mình nhé', 'Dạ mẫu này có sẵn ạ',
                    'Em kiểm tra rồi báo lại ngay ạ', 'Dạ mình ghé cửa hàng giúp em nhé']
                when 'fr' then array['Oui, il est en boutique', 'Je vérifie et reviens vers vous',
                    'Souhaitez-vous le réserver ?', 'Avec plaisir, voici une photo']
                else array['Yes, we have it in store', 'Let me check and come back to you',
                    'Shall I put it aside for you?', 'Of course, here is a picture']
            end
        end,
        pg_temp.u(message_id, 'words')
    ) end,
    case when state = 'failed' then 'The account does not take messages' end,
    sent_at,
    case when state in ('delivered', 'read') then sent_at + interval '2 seconds' end,
    case when state = 'read' then least(
        sent_at + make_interval(
            secs => floor(3 + 600 * power(pg_temp.u(message_id, 'read'), 3))
        ),
        horizon - interval '1 second'
    ) end,
    sent_at, sent_at
from demo_message
inner join demo_conversation using (conversation_id)
left join demo_offer
    on demo_offer.tenant_id = demo_conversation.tenant_id
    and demo_offer.day = cast(asked_at at time zone timezone as date)
cross join lateral (
    select
        conversation_id * 100 + place as message_id,
        case sender_kind when 'customer' then 'inbound' else 'outbound' end as direction
) as ids
cross join lateral (
    select
        case
            when direction = 'outbound' and pg_temp.u(message_id, 'arrives') < 0.008 then 'failed'
            when direction = 'outbound' and pg_temp.u(message_id, 'arrives') < 0.15
                then 'delivered'
            when direction = 'inbound' and replied_at is null then 'delivered'
            else 'read'
        end as state
) as states
order by message_id;
