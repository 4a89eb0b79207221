-- Affiliates, links, channels, files, brands, documents, activities and terms of promotions as of oracle.as_of, by the
-- words of definitions.md, Marketing. Rows: tenant, what it is of, its key in words, numbers. What can be one of several
-- is told by its place among them, as the definition lists them.
with

here as (select *, (current_setting('oracle.as_of')::timestamptz at time zone tz)::date as today from tenant),

campaign as (
    select c.*, h.today,
        c.status in ('completed', 'cancelled') or c.ends_on < h.today as is_over,
        c.starts_on > h.today as is_ahead
    from mkt_campaigns c join here h using (tenant_id)
),

came as (
    select m.tenant_id, m.utm_link_id, c.id, c.day, made.*,
        (select f.id = c.id from identity i join first_order f on f.tenant_id = i.tenant_id and f.person = i.person
            where i.tenant_id = c.tenant_id and i.customer_id = c.customer_id) as is_first
    from orders_meta m
    join counted c on c.tenant_id = m.tenant_id and c.id = m.order_id
    cross join lateral (
        select coalesce(sum(p.amount) filter (where p.kind <> 'cost'), 0) as net,
            coalesce(sum(p.amount) filter (where p.kind in ('sale', 'discount')), 0) as demand,
            coalesce(sum(p.amount) filter (where p.is_costed), 0) as costed,
            coalesce(-sum(p.amount) filter (where p.kind = 'cost'), 0) as cost
        from piece p where p.tenant_id = c.tenant_id and p.order_id = c.id
    ) as made
    where m.utm_link_id is not null
),

used as (
    select tenant_id, utm_link_id, day, 0 as touches, 1 as orders from came
    union all
    select j.tenant_id, j.utm_link_id, (j.occurred_at at time zone h.tz)::date, 1, 0
    from crm_personal_journey j join here h using (tenant_id) where j.utm_link_id is not null
),

use as (
    select 'use' as figure, c.tenant_id, 'order|' || c.id as words, array[
        l.id, a.id, c.net, c.cost, c.day - date '2000-01-01', coalesce(c.is_first, false)::int,
        round(c.net * a.commission_rate, 2)
    ]::numeric[] as numbers
    from came c
    join mkt_utm_links l on l.tenant_id = c.tenant_id and l.id = c.utm_link_id
    left join mkt_affiliates a on a.tenant_id = l.tenant_id and a.id = l.affiliate_id
    union all
    select 'use', j.tenant_id, 'touch|' || j.id, array[
        l.id, l.affiliate_id, null, null, (j.occurred_at at time zone h.tz)::date - date '2000-01-01', 0, null
    ]::numeric[]
    from crm_personal_journey j
    join here h on h.tenant_id = j.tenant_id
    join mkt_utm_links l on l.tenant_id = j.tenant_id and l.id = j.utm_link_id
),

affiliate as (
    select 'affiliate' as figure, a.tenant_id, a.id::text as words, array[
        (select count(*) from mkt_utm_links l
            where l.tenant_id = a.tenant_id and l.affiliate_id = a.id and l.deleted_at is null),
        s.orders, s.firsts, s.net, s.cost, s.commission
    ]::numeric[] as numbers
    from mkt_affiliates a
    cross join lateral (
        select count(*) as orders, count(*) filter (where c.is_first) as firsts, coalesce(sum(c.net), 0) as net,
            case when coalesce(sum(c.costed), 0) <> 0 or coalesce(sum(c.demand), 0) = 0 then coalesce(sum(c.cost), 0) end
                as cost,
            case when a.commission_rate is not null then coalesce(sum(round(c.net * a.commission_rate, 2)), 0) end
                as commission
        from came c
        join mkt_utm_links l on l.tenant_id = c.tenant_id and l.id = c.utm_link_id
        where c.tenant_id = a.tenant_id and l.affiliate_id = a.id
    ) as s
    where a.deleted_at is null or s.orders > 0
),

link as (
    select 'link' as figure, l.tenant_id, l.id::text as words, array[
        case when btrim(coalesce(l.target_url, '')) = '' then 1 when l.campaign_id is null or c.id is null then 2
            when c.deleted_at is not null then 3 when c.is_over then 4 end,
        (select coalesce(sum(u.touches), 0) from used u where u.tenant_id = l.tenant_id and u.utm_link_id = l.id),
        (select coalesce(sum(u.orders), 0) from used u where u.tenant_id = l.tenant_id and u.utm_link_id = l.id),
        (select max(u.day) from used u where u.tenant_id = l.tenant_id and u.utm_link_id = l.id) - date '2000-01-01',
        (c.is_over and exists (
            select from used u where u.tenant_id = l.tenant_id and u.utm_link_id = l.id and u.day > c.ends_on
        ))::int
    ]::numeric[] as numbers
    from mkt_utm_links l
    left join campaign c on c.tenant_id = l.tenant_id and c.id = l.campaign_id
    where l.deleted_at is null
),

activity as (
    select a.*, h.today, h.tz, (a.completed_at at time zone h.tz)::date as done_on
    from mkt_campaign_activities a
    join campaign c on c.tenant_id = a.tenant_id and c.id = a.campaign_id
    join here h on h.tenant_id = a.tenant_id
    where a.deleted_at is null and c.deleted_at is null
),

channel as (
    select 'channel' as figure, m.tenant_id, m.id::text as words, array[
        m.page_id, count(a.id), count(a.id) filter (where a.status in ('planned', 'in_progress')),
        coalesce(sum(a.spent_amount), 0), sum(a.impression_count), sum(a.click_count),
        trunc(sum(a.spent_amount) filter (where a.click_count is not null) / nullif(sum(a.click_count), 0), 8)
    ]::numeric[] as numbers
    from mkt_marketing_channels m
    left join mkt_campaign_activities a
        on a.tenant_id = m.tenant_id and a.marketing_channel_id = m.id and a.deleted_at is null
    where m.deleted_at is null
    group by m.tenant_id, m.id, m.page_id
),

file as (
    select f.*, c.ends_on, coalesce(c.is_over or c.deleted_at is not null, false) as is_past,
        coalesce(c.is_ahead, false) as is_ahead, c.id is not null as has_campaign, exists (
            select from mkt_brand_settings b
            where b.tenant_id = f.tenant_id and b.id = f.brand_setting_id and b.deleted_at is null
        ) as has_brand, h.today, (f.updated_at at time zone h.tz)::date as changed
    from mkt_marketing_assets f
    join here h on h.tenant_id = f.tenant_id
    left join campaign c on c.tenant_id = f.tenant_id and c.id = f.campaign_id
    where f.deleted_at is null
),

file_used as (
    select f.*, case when status = 'archived' then 1 when status = 'draft' then 2
        when has_campaign then case when is_past then 5 when is_ahead then 4 else 3 end
        when has_brand then 6 else 7 end as use
    from file f
),

file_right as (
    select f.*, case when license_until_on is null then 1 when license_until_on < today then 2
        when license_until_on - today <= 30 then 3
        when use in (3, 4) and license_until_on < ends_on then 4 else 5 end as rights
    from file_used f
),

files as (
    select 'file' as figure, f.tenant_id, f.id::text as words, array[
        f.use, f.rights, (f.use in (3, 4, 6) and f.rights in (2, 3, 4))::int, f.license_until_on - f.today,
        case when f.changed is not null then greatest(f.today - f.changed, 0) end, d.id
    ]::numeric[] as numbers
    from file_right f
    left join mkt_asset_folders d on d.tenant_id = f.tenant_id and d.id = f.folder_id and d.deleted_at is null
),

below as (
    with recursive step (tenant_id, top, id) as (
        select tenant_id, id, id from mkt_asset_folders where deleted_at is null
        union
        select s.tenant_id, s.top, k.id from step s
        join mkt_asset_folders k on k.tenant_id = s.tenant_id and k.parent_id = s.id and k.deleted_at is null
    )
    select * from step
),

folder as (
    select 'folder' as figure, b.tenant_id, b.top::text as words, array[
        count(f.id) filter (where b.id = b.top), count(f.id), coalesce(sum(f.size_bytes), 0),
        count(f.id) filter (where f.use in (3, 4, 6) and f.rights in (2, 3, 4)), max(f.changed) - date '2000-01-01'
    ]::numeric[] as numbers
    from below b
    left join file_right f on f.tenant_id = b.tenant_id and f.folder_id = b.id
    group by b.tenant_id, b.top
),

brand_row as (
    select tenant_id, id as brand, updated_at,
        unnest(array['tagline', 'mission', 'tone_of_voice', 'website']) as item,
        unnest(array[tagline, mission, tone_of_voice, website_url]) as said, true as is_setting
    from mkt_brand_settings where deleted_at is null
    union all
    select tenant_id, brand_setting_id, updated_at, usage_type || '_color', 'x', false from mkt_brand_colors
    where deleted_at is null
    union all
    select l.tenant_id, l.brand_setting_id, l.updated_at, s.item, 'x', false
    from mkt_brand_logos l
    cross join lateral (
        select 'mark' as item where l.variant = 'mark'
        union all select 'light_logo' where l.variant = 'full' and l.background_type in ('light', 'any')
        union all select 'dark_logo' where l.variant = 'full' and l.background_type in ('dark', 'any')
    ) as s
    where l.deleted_at is null
    union all
    select tenant_id, brand_setting_id, updated_at, usage_type || '_typeface', 'x', false from mkt_brand_typography
    where deleted_at is null
    union all
    select tenant_id, brand_setting_id, updated_at, section || '_rule', 'x', false from mkt_brand_guidelines
    where deleted_at is null
),

brand as (
    select 'brand' as figure, b.tenant_id, b.id || '|' || want.item as words, array[
        count(*) filter (where btrim(r.said) <> ''),
        (max(r.updated_at) filter (where btrim(r.said) <> '') at time zone h.tz)::date - date '2000-01-01'
    ]::numeric[] as numbers
    from mkt_brand_settings b
    join here h on h.tenant_id = b.tenant_id
    cross join unnest(array[
        'tagline', 'mission', 'tone_of_voice', 'website', 'primary_color', 'text_color', 'background_color', 'light_logo',
        'dark_logo', 'mark', 'heading_typeface', 'body_typeface', 'logo_rule', 'color_rule', 'typography_rule',
        'imagery_rule', 'voice_rule'
    ]) as want (item)
    left join brand_row r on r.tenant_id = b.tenant_id and r.brand = b.id and r.item = want.item
    where b.deleted_at is null
    group by b.tenant_id, b.id, want.item, h.tz
),

document as (
    select 'document' as figure, d.tenant_id, d.id::text as words, array[
        case when d.valid_until_on < h.today then 1 when d.valid_until_on - h.today <= 30 then 2 else 3 end,
        coalesce(d.valid_until_on - h.today <= 30 and (c.id is null or not (
            coalesce(c.is_over, false) or coalesce(c.is_ahead, false)
        )), false)::int,
        d.valid_until_on - h.today
    ]::numeric[] as numbers
    from mkt_reference_documents d
    join here h on h.tenant_id = d.tenant_id
    left join campaign c on c.tenant_id = d.tenant_id and c.id = d.campaign_id
    where d.deleted_at is null and c.deleted_at is null
),

shift as (
    select a.tenant_id, a.id, x.field_name,
        case when x.field_name in ('starts_on', 'due_on') and pg_input_is_valid(x.changed_from, 'date')
            and pg_input_is_valid(x.changed_to, 'date') and x.changed_from ~ '^\d{4}-\d\d-\d\d$'
            and x.changed_to ~ '^\d{4}-\d\d-\d\d$' then x.changed_to::date - x.changed_from::date end as days
    from activity a
    join mkt_campaign_activities_history x on x.tenant_id = a.tenant_id and x.campaign_activity_id = a.id
),

plan as (
    select 'activity' as figure, a.tenant_id, a.id::text as words, array[
        case when a.status = 'cancelled' then 6
            when a.status = 'done' then case when a.done_on > a.due_on then 4 else 5 end
            when a.due_on < a.today then 1
            when a.status = 'in_progress' or a.starts_on <= a.today then 2 else 3 end,
        case when a.status in ('planned', 'in_progress') and a.due_on < a.today then a.today - a.due_on
            when a.status = 'done' and a.done_on > a.due_on then a.done_on - a.due_on end,
        (select count(*) from shift s where s.tenant_id = a.tenant_id and s.id = a.id),
        (select count(*) from shift s where s.tenant_id = a.tenant_id and s.id = a.id and s.days <> 0),
        (select coalesce(sum(s.days), 0) from shift s
            where s.tenant_id = a.tenant_id and s.id = a.id and s.field_name = 'due_on')
    ]::numeric[] as numbers
    from activity a
),

term as (
    select 'term' as figure, x.tenant_id,
        concat_ws('|', x.promotion_id, 'attribute', x.product_attribute_id, x.content) as words, array[
            null, null, (select count(distinct v.product_id) from product_attribute_value v
                join product p on p.tenant_id = v.tenant_id and p.id = v.product_id and p.deleted_at is null
                where v.tenant_id = x.tenant_id and v.product_attribute_id = x.product_attribute_id
                    and btrim(v.content) = x.content)
        ]::numeric[] as numbers
    from (
        select distinct tenant_id, promotion_id, product_attribute_id, btrim(content) as content
        from mkt_promotion_attributes
    ) as x
    union all
    select 'term', tenant_id, concat_ws('|', promotion_id, product_role, product_id),
        array[quantity, discount_rate, null]::numeric[]
    from mkt_promotion_bmgm_products
)

select tenant_id, figure, words, numbers from use
union all select tenant_id, figure, words, numbers from affiliate
union all select tenant_id, figure, words, numbers from link
union all select tenant_id, figure, words, numbers from channel
union all select tenant_id, figure, words, numbers from files
union all select tenant_id, figure, words, numbers from folder
union all select tenant_id, figure, words, numbers from brand
union all select tenant_id, figure, words, numbers from document
union all select tenant_id, figure, words, numbers from plan
union all select tenant_id, figure, words, numbers from term
