-- How the houses look and sound, where they advertise, and the files that marketing works with.

insert into mkt_brand_settings (
    id, tenant_id, code, name, tagline, mission, tone_of_voice, website_url, is_default, created_at,
    updated_at
)
select
    tenant_id * 1000 + 1, tenant_id, slug, name,
    case language
        when 'vi' then 'Vẻ đẹp truyền đời'
        when 'fr' then 'L''éclat qui demeure'
        else 'Made to be handed down'
    end,
    case language
        when 'vi' then 'Trang sức cho những ngày đáng nhớ'
        when 'fr' then 'Des bijoux pour les jours qui comptent'
        else 'Jewellery for the days that matter'
    end,
    case language when 'vi' then 'Ấm áp' when 'fr' then 'Élégante' else 'Warm and plain' end,
    'https://' || domain, true, opened_at, opened_at
from demo_tenant
order by tenant_id;

insert into mkt_brand_colors (
    id, tenant_id, brand_setting_id, name, hex_code, usage_type, position, created_at, updated_at
)
select
    tenant_id * 1000 + nth, tenant_id, tenant_id * 1000 + 1, color.name, color.codes[1 + (tenant_id - 1) % 4],
    usage_type, nth, opened_at, opened_at
from demo_tenant
cross join (
    values
    (1, 'Gold', 'primary', array['#C9A227', '#B08D57', '#C5A880', '#D4AF37']),
    (2, 'Ink', 'text', array['#1F1A17', '#1B1F2A', '#222222', '#14213D']),
    (3, 'Silk', 'background', array['#FBF7EF', '#FAFAF7', '#F8F5F0', '#FFFFFF']),
    (4, 'Ruby', 'accent', array['#9B1B30', '#2E5E4E', '#6B2737', '#0F6E84'])
) as color (nth, name, usage_type, codes)
order by 1;

insert into mkt_brand_typography (
    id, tenant_id, brand_setting_id, usage_type, font_family, font_weight, size_px,
    line_height_rate, created_at, updated_at
)
select
    tenant_id * 1000 + nth, tenant_id, tenant_id * 1000 + 1, usage_type, font_family, font_weight,
    size_px, line_height_rate, opened_at, opened_at
from demo_tenant
cross join (
    values
    (1, 'heading', 'Playfair Display', 600, 32, 1.2),
    (2, 'body', 'Source Sans 3', 400, 16, 1.5),
    (3, 'button', 'Source Sans 3', 600, 14, 1.0)
) as typeface (nth, usage_type, font_family, font_weight, size_px, line_height_rate)
order by 1;

insert into mkt_brand_logos (
    id, tenant_id, brand_setting_id, variant, background_type, url, content_type, created_at,
    updated_at
)
select
    tenant_id * 1000 + nth, tenant_id, tenant_id * 1000 + 1, variant, background_type,
    'https://files.' || domain || '/brand/' || variant || '-' || background_type || '.svg',
    'image/svg+xml', opened_at, opened_at
from demo_tenant
cross join (
    values (1, 'full', 'light'), (2, 'full', 'dark'), (3, 'mark', 'any')
) as logo (nth, variant, background_type)
order by 1;

insert into mkt_brand_guidelines (
    id, tenant_id, brand_setting_id, section, title, body, position, created_at, updated_at
)
select
    tenant_id * 1000 + nth, tenant_id, tenant_id * 1000 + 1, section, title, body, position,
    opened_at, opened_at
from demo_tenant
cross join (
    values
    (1, 'logo', 'Clear space', 'Keep the height of the mark free on every side.', 1),
    (2, 'logo', 'Never', 'Do not turn, stretch or recolour it.', 2),
    (3, 'color', 'Gold is for accents', 'At most a tenth of a page.', 1),
    (4, 'imagery', 'Light', 'Daylight, no filters, hands rather than stands.', 1),
    (5, 'voice', 'Prices', 'Say the price plainly; never call it cheap.', 1)
) as rule (nth, section, title, body, position)
order by 1;

insert into mkt_asset_folders (id, tenant_id, parent_id, name, created_at, updated_at)
select
    tenant_id * 1000 + nth, tenant_id, tenant_id * 1000 + parent, folder.name, opened_at, opened_at
from demo_tenant
cross join (
    values (1, null, 'Campaigns'), (2, null, 'Products'), (3, 1, 'Films'), (4, 1, 'Pictures')
) as folder (nth, parent, name)
order by 1;

insert into mkt_marketing_channels (
    id, tenant_id, code, name, channel_type, page_id, is_active, created_at, updated_at
)
select
    tenant_id * 1000 + nth, tenant_id, channel.code, channel.name, channel_type,
    case nth when 1 then tenant_id * 1000 + 2 when 2 then tenant_id * 1000 + 3 end, true, opened_at,
    opened_at
from demo_tenant
cross join (
    values
    (1, 'facebook', 'Facebook', 'social'), (2, 'instagram', 'Instagram', 'social'),
    (3, 'search', 'Google Search', 'search'), (4, 'newsletter', 'Newsletter', 'email'),
    (5, 'sms', 'SMS', 'sms'), (6, 'affiliates', 'Affiliates', 'affiliate'),
    (7, 'events', 'Events', 'offline')
) as channel (nth, code, name, channel_type)
order by 1;

insert into mkt_marketing_assets (
    id, tenant_id, folder_id, campaign_id, brand_setting_id, name, asset_type, status, url,
    content_type, size_bytes, width_px, height_px, approved_by, approved_at, license_until_on,
    created_at, updated_at
)
select
    campaign_id * 10 + nth, tenant_id, tenant_id * 1000 + folder, campaign_id, tenant_id * 1000 + 1,
    replace(occasion, '_', '-') || '-' || year || '-' || asset.name, asset_type,
    case
        when approved_at < horizon then
            case when ends_on < as_of - 365 then 'archived' else 'approved' end
        else 'draft'
    end,
    'https://files.' || domain || '/campaigns/' || campaign_id || '/' || asset.name, content_type,
    100000 + floor(bytes * pg_temp.u(campaign_id * 10 + nth, 'bytes')), width_px, height_px,
    case when approved_at < horizon then tenant_id * 1000 + 2 end,
    case when approved_at < horizon then approved_at end, ends_on + 365, made_at,
    case when approved_at < horizon then approved_at else made_at end
from (
    select
        made.*,
        greatest(
            cast(starts_on - 12 as timestamp) at time zone timezone, made_at + interval '2 days'
        ) as approved_at
    from (
        select
            demo_campaign.*, domain, horizon, timezone,
            least(
                greatest(opened_at, cast(starts_on - 20 as timestamp) at time zone timezone),
                horizon - interval '3 days'
            ) as made_at
        from demo_campaign
        inner join demo_tenant using (tenant_id)
    ) as made
) as campaigns
cross join (
    values
    (1, 4, 'hero.jpg', 'image', 'image/jpeg', 2000000, 2400, 1350),
    (2, 4, 'story.jpg', 'image', 'image/jpeg', 900000, 1080, 1920),
    (3, 3, 'film.mp4', 'video', 'video/mp4', 60000000, 1920, 1080)
) as asset (nth, folder, name, asset_type, content_type, bytes, width_px, height_px)
order by 1;

-- Files of the brand itself: two that were licensed for a time, and one that nobody has approved.
insert into mkt_marketing_assets (
    id, tenant_id, folder_id, brand_setting_id, name, asset_type, status, url, content_type,
    size_bytes, approved_by, approved_at, license_until_on, created_at, updated_at
)
select
    tenant_id * 1000 + nth, tenant_id, tenant_id * 1000 + 2, tenant_id * 1000 + 1, asset.name,
    asset_type, status, 'https://files.' || domain || '/brand/' || asset.name, content_type, bytes,
    case when status = 'approved' then tenant_id * 1000 + 2 end,
    case when status = 'approved' then opened_at end, as_of + left_days, opened_at, opened_at
from demo_tenant
cross join (
    values
    (1, 'house-song.mp3', 'audio', 'approved', 'audio/mpeg', 4200000, -6),
    (2, 'portrait.jpg', 'image', 'approved', 'image/jpeg', 1800000, 19),
    (3, 'workshop.jpg', 'image', 'approved', 'image/jpeg', 2100000, null),
    (4, 'window.psd', 'template', 'draft', 'image/vnd.adobe.photoshop', 88000000, null)
) as asset (nth, name, asset_type, status, content_type, bytes, left_days)
order by 1;

insert into mkt_reference_documents (
    id, tenant_id, campaign_id, title, document_type, url, description, valid_until_on, created_at,
    updated_at
)
select
    campaign_id * 10 + nth, demo_campaign.tenant_id, campaign_id,
    demo_campaign.name || ': ' || document_type, document_type,
    'https://files.' || domain || '/campaigns/' || campaign_id || '/' || document_type || '.pdf',
    null, case document_type when 'contract' then ends_on end, filed_at, filed_at
from demo_campaign
inner join demo_tenant using (tenant_id)
cross join lateral (
    values
    (1, 'brief', starts_on - 25), (2, 'contract', starts_on - 15), (3, 'report', ends_on + 6)
) as document (nth, document_type, filed_on)
cross join lateral (
    select greatest(opened_at, cast(filed_on as timestamp) at time zone timezone) as filed_at
) as moments
where filed_at < horizon
order by 1;

-- What holds for all campaigns, an agreement that ran out among it.
insert into mkt_reference_documents (
    id, tenant_id, title, document_type, url, valid_until_on, created_at, updated_at
)
select
    tenant_id * 1000 + nth, tenant_id, title, document_type,
    'https://files.' || domain || '/brand/' || document_type || '.pdf', as_of + left_days, opened_at,
    opened_at
from demo_tenant
cross join (
    values
    (1, 'Photographer''s agreement', 'contract', -3), (2, 'Words for posts', 'template', null)
) as document (nth, title, document_type, left_days)
order by 1;
