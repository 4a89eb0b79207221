-- Campaigns, their links and promotions. Goals come last (60): they need the orders.

insert into mkt_campaigns (
    id, tenant_id, code, name, status, owner_id, starts_on, ends_on, budget_amount, spent_amount,
    created_at, updated_at
)
select
    campaign_id, tenant_id, upper(replace(occasion, '_', '-')) || '-' || year, demo_campaign.name,
    case
        when ends_on < as_of then 'completed'
        when starts_on > as_of then 'draft'
        else 'active'
    end,
    owners.owner_id, starts_on, ends_on, budget,
    round(
        budget * (0.75 + 0.35 * cast(pg_temp.u(campaign_id, 'spent') as numeric))
        * least(greatest(cast(as_of - starts_on as numeric) / (ends_on - starts_on + 1), 0), 1),
        decimals
    ),
    least(
        greatest(opened_at, cast(starts_on - 30 as timestamp) at time zone timezone),
        horizon - interval '1 day'
    ),
    least(
        cast(ends_on + 3 as timestamp) at time zone timezone, horizon - interval '1 minute'
    )
from (
    select
        demo_campaign.*, opened_at, horizon, timezone,
        pg_temp.price_point(
            greatest(order_count, 2000) * order_share * (1 + strength) * demo_campaign.usd_rate
            * (0.7 + 0.6 * pg_temp.u(campaign_id, 'budget')),
            demo_campaign.decimals
        ) as budget
    from demo_campaign
    inner join demo_tenant using (tenant_id)
) as demo_campaign
inner join (
    select
        tenant_id,
        coalesce(
            min(user_id) filter (where role = 'marketing'),
            min(user_id) filter (where role = 'manager')
        ) as owner_id
    from demo_staff
    group by tenant_id
) as owners using (tenant_id)
order by campaign_id;

create temp table demo_affiliate on commit preserve rows as
select
    tenant_id * 1000 + ordinal as affiliate_id, tenant_id, affiliate.code, affiliate.name, opened_at
from demo_tenant
inner join (
    values
    ('vi', 1, 'HANOI-STYLE', 'Hà Nội Style'), ('vi', 2, 'CO-DAU', 'Cô Dâu Hạnh Phúc'),
    ('en', 1, 'GOLDLEAF', 'The Gold Leaf Letter'), ('en', 2, 'AISLE', 'Down the Aisle'),
    ('fr', 1, 'ECLAT', 'Carnet d''éclat'), ('fr', 2, 'MARIEES', 'Les Mariées')
) as affiliate (language, ordinal, code, name) using (language);

insert into crm_personal_keys (id, tenant_id, full_name, email, created_at, updated_at)
select
    affiliate_id, tenant_id, name, lower(code) || '@partner.example', opened_at, opened_at
from demo_affiliate
order by affiliate_id;

insert into mkt_affiliates (
    id, tenant_id, code, name, personal_key_id, commission_rate, created_at, updated_at
)
select
    affiliate_id, tenant_id, code, name, affiliate_id, 0.05 + 0.01 * (affiliate_id % 3), opened_at,
    opened_at
from demo_affiliate
order by affiliate_id;

create temp table demo_link on commit preserve rows as
select
    campaign_id * 10 + ordinal as utm_link_id, tenant_id, campaign_id, campaign_year, occasion,
    source, medium, starts_on, ends_on, ordinal,
    case when source = 'affiliate' then tenant_id * 1000 + 1 + campaign_id % 2 end as affiliate_id
from (select *, year as campaign_year from demo_campaign) as demo_campaign
cross join (
    values (1, 'facebook', 'cpc'), (2, 'newsletter', 'email'), (3, 'affiliate', 'referral')
) as sources (ordinal, source, medium);

insert into mkt_utm_links (
    id, tenant_id, campaign_id, affiliate_id, utm_source, utm_medium, utm_campaign, target_url,
    click_count, created_at, updated_at
)
select
    utm_link_id, tenant_id, campaign_id, affiliate_id, source, medium,
    replace(occasion, '_', '-') || '-' || campaign_year,
    -- now and then the address was forgotten
    case
        when campaign_id % 7 <> 3 or ordinal <> 2
            then 'https://' || domain || '/' || replace(occasion, '_', '-')
    end,
    case when starts_on < demo_tenant.as_of
        then floor((300 + 4000 * pg_temp.u(utm_link_id, 'clicks'))
            * greatest(demo_settings.scale, 0.1))
        else 0
    end,
    least(
        greatest(opened_at, cast(starts_on - 5 as timestamp) at time zone timezone),
        horizon - interval '12 hours'
    ),
    least(
        greatest(opened_at, cast(ends_on as timestamp) at time zone timezone),
        horizon - interval '1 minute'
    )
from demo_link
inner join demo_tenant using (tenant_id)
cross join demo_settings
order by utm_link_id;

-- One promotion to a campaign, under its id, and a standing welcome for newcomers.
-- take_up  chance that an order that may use it does
create temp table demo_promotion on commit preserve rows as
with listed as (
select
    campaign_id as promotion_id, demo_campaign.tenant_id, campaign_id, occasion, promotion_type,
    year,
    demo_campaign.name, starts_on, ends_on,
    upper(replace(occasion, '_', '')) || year as code,
    case promotion_type
        when 'fixed_amount' then pg_temp.price_point(value * usd_rate, decimals)
        else value
    end as value,
    case
        when promotion_type in ('percentage', 'bmgm')
            then pg_temp.price_point(250 * usd_rate, decimals)
    end
        as max_discount_amount,
    case
        when promotion_type = 'fixed_amount' then pg_temp.price_point(300 * usd_rate, decimals)
        when promotion_type = 'free_item' then pg_temp.price_point(150 * usd_rate, decimals)
        when occasion in ('valentine', 'collection')
            then pg_temp.price_point(80 * usd_rate, decimals)
    end as min_order_amount,
    promotion_type = 'free_shipping' as is_stackable,
    promotion_type = 'free_shipping' as is_online_only,
    occasion = 'bridal' as is_for_rings,
    promotion_type in ('percentage', 'bmgm') as excludes_gold,
    case occasion
        when 'black_friday' then 0.45
        when 'bridal' then 0.25
        when 'collection' then 0.12
        else 0.2
    end
        as take_up
from demo_campaign
union all
select
    tenant_id * 1000 + 900, tenant_id, null, 'welcome', 'percentage', null,
    case language
        when 'vi' then 'Chào khách hàng mới'
        when 'fr' then 'Bienvenue'
        else 'Welcome'
    end,
    cast(starts_at as date), null, 'WELCOME', 5, pg_temp.price_point(60 * usd_rate, decimals), null,
    true, true, false, true, 0.2
from demo_tenant
)

select
    listed.*,
    least(
        greatest(opened_at, cast(starts_on - 20 as timestamp) at time zone timezone),
        horizon - interval '18 hours'
    ) as created_at
from listed
inner join demo_tenant using (tenant_id);

insert into mkt_promotions (
    id, tenant_id, code, name, promotion_type, value, max_discount_amount, min_order_amount,
    starts_at, ends_at, usage_limit, per_customer_limit, issued_count, budget_amount, is_stackable,
    status, created_at, updated_at
)
select
    promotion_id, tenant_id, demo_promotion.code, demo_promotion.name, promotion_type, value,
    max_discount_amount, min_order_amount,
    cast(starts_on as timestamp) at time zone timezone,
    cast(ends_on + 1 as timestamp) at time zone timezone,
    null, null,
    -- codes are handed out for some; others are open to all
    case when promotion_type in ('percentage', 'fixed_amount')
        then greatest(round(order_count * 0.03), 20)
        else 0
    end,
    case when campaign_id is not null then pg_temp.price_point(
        greatest(order_count, 2000) * order_share * usd_rate * 1.5, decimals
    ) end,
    is_stackable,
    case
        when ends_on < demo_tenant.as_of then 'expired'
        when starts_on > demo_tenant.as_of then 'draft'
        else 'active'
    end,
    created_at,
    least(
        coalesce(cast(ends_on + 1 as timestamp) at time zone timezone, opened_at),
        horizon - interval '1 minute'
    )
from demo_promotion
inner join demo_tenant using (tenant_id)
order by promotion_id;

insert into mkt_promotion_campaigns (tenant_id, promotion_id, campaign_id, created_at, updated_at)
select tenant_id, promotion_id, campaign_id, created_at, created_at
from demo_promotion
where campaign_id is not null
order by promotion_id;

insert into mkt_promotion_channels (tenant_id, promotion_id, page_id, created_at, updated_at)
select tenant_id, promotion_id, page_id, created_at, created_at
from demo_promotion
inner join demo_page using (tenant_id)
where is_online_only and platform_id <> 6
order by promotion_id, page_id;

insert into mkt_promotion_categories (tenant_id, promotion_id, category_id, created_at, updated_at)
select tenant_id, promotion_id, category_id, created_at, created_at
from demo_promotion
inner join demo_category using (tenant_id)
where is_for_rings and ordinal in (11, 12)
order by promotion_id, category_id;

insert into mkt_promotion_exclusions (
    id, tenant_id, promotion_id, product_id, category_id, created_at, updated_at
)
select promotion_id * 10 + 1, tenant_id, promotion_id, null, category_id, created_at, created_at
from demo_promotion
inner join demo_category using (tenant_id)
where excludes_gold and ordinal = 61
order by promotion_id;

-- The gift is the first of the care products.
create temp table demo_gift on commit preserve rows as
select tenant_id, min(product_id) as product_id
from demo_product
where kind = 'care'
group by tenant_id;

insert into mkt_promotion_free_items (
    tenant_id, promotion_id, product_id, quantity, created_at, updated_at
)
select tenant_id, promotion_id, product_id, 1, created_at, created_at
from demo_promotion
inner join demo_gift using (tenant_id)
where promotion_type = 'free_item'
order by promotion_id;

-- What is on offer on each day.
create temp table demo_offer on commit preserve rows as
select
    tenant_id, day,
    array_agg(campaign_id order by campaign_id) as campaign_ids
from demo_day
inner join demo_campaign using (tenant_id)
where day between starts_on and ends_on
group by tenant_id, day;

-- Filled by each batch (27), read at the end (60, 61).
create temp table demo_sold (
    tenant_id bigint, seller_id bigint, day date, orders bigint, leads bigint, sales numeric
) on commit preserve rows;

create temp table demo_attributed (
    campaign_id bigint, orders bigint, newcomers bigint, units bigint, redemptions bigint,
    sales numeric
) on commit preserve rows;
