-- What the catalogue says of the products besides name and price.

create temp table demo_attribute on commit preserve rows as
select
    tenant_id * 1000 + nth as attribute_id, tenant_id, nth, code, value_type, unit, is_filterable,
    opened_at, case language when 'vi' then vi when 'fr' then fr else en end as name
from (select tenant_id, language, opened_at from demo_tenant) as tenants
cross join (
    values
    (1, 'metal', 'choice', null, true, 'Chất liệu', 'Metal', 'Métal'),
    (2, 'stone', 'choice', null, true, 'Đá', 'Stone', 'Pierre'),
    (3, 'width', 'number', 'mm', false, 'Bề rộng', 'Width', 'Largeur'),
    (4, 'weight', 'number', 'g', false, 'Trọng lượng', 'Weight', 'Poids'),
    (5, 'nickel_free', 'boolean', null, true, 'Không niken', 'Nickel free', 'Sans nickel'),
    (6, 'brand', 'choice', null, true, 'Thương hiệu', 'Brand', 'Marque'),
    (7, 'collection', 'choice', null, true, 'Bộ sưu tập', 'Collection', 'Collection')
) as attributes (nth, code, value_type, unit, is_filterable, vi, en, fr);

insert into product_attribute (
    id, tenant_id, code, name, value_type, unit, is_filterable, created_at, updated_at
)
select attribute_id, tenant_id, code, name, value_type, unit, is_filterable, opened_at, opened_at
from demo_attribute
order by attribute_id;

-- Other houses' watches and bars beside one's own jewellery, of which some is of no collection.
create temp table demo_label on commit preserve rows as
select *
from (
    values
    ('vi',
        array['Kim Hoàn Gia', 'Minh Châu'], array['Lê Hoàng', 'Thời Gian'], 'Kim Long',
        array['Sen Vàng', 'Trăng Non', 'Mùa Cưới', 'Cội Nguồn', 'Phố Cổ']),
    ('en',
        array['Alder & Finch', 'Studio Merrow'], array['Caldwell', 'Northgate'], 'Sterling Mint',
        array['First Light', 'Meadow', 'Heirloom', 'Tidewater', 'Promise']),
    ('fr',
        array['Atelier Sorel', 'Roche & Fils'], array['Chardin', 'Valmont'], 'Monnaie du Lac',
        array['Clair de lune', 'Jardin d''hiver', 'Héritage', 'Belle Rive', 'Serment'])
) as labels (language, makers, watchmakers, mint, collections);

insert into product_attribute_value (
    id, tenant_id, product_id, product_attribute_id, content, created_at, updated_at
)
select
    product_id * 10 + nth, demo_product.tenant_id, product_id, attribute_id,
    details.content, opened_at, opened_at
from demo_product
inner join demo_word using (language)
inner join demo_label using (language)
inner join (select tenant_id, name as house from demo_tenant) as tenants using (tenant_id)
cross join lateral (
    values
    (1, metals[metal_nth]),
    (2, stones[stone_nth]),
    (3, case
        when ordinal = 12 and draw % 100 = 3 then '2–3'  -- meant as a range: no number
        when ordinal in (11, 12, 13, 42)
            then cast(1.5 + 0.5 * pg_temp.roll(draw, 'width', 6) as text)
    end),
    (4, case when metal_nth is not null then cast(1 + pg_temp.roll(draw, 'weight', 8) as text) end),
    (5, case when metal_nth is not null then 'true' end),
    (6, case kind
        when 'jewel' then case
            when pg_temp.u(draw, 'own make') < 0.7 then house
            else pg_temp.one_of(makers, pg_temp.u(draw, 'maker'))
        end
        when 'watch' then pg_temp.one_of(watchmakers, pg_temp.u(draw, 'maker'))
        when 'gold' then mint
    end),
    (7, case
        when kind = 'jewel' and pg_temp.u(draw, 'collected') < 0.8
            then pg_temp.one_of(collections, pg_temp.u(draw, 'collection'))
    end)
) as details (nth, content)
inner join (
    select tenant_id, nth, attribute_id from demo_attribute
) as attributes using (tenant_id, nth)
where details.content is not null
order by 1;

insert into product_tag (tenant_id, product_id, tag, created_at, updated_at)
select
    tenant_id, product_id, case language when 'vi' then vi when 'fr' then fr else en end, opened_at,
    opened_at
from demo_product
cross join lateral (
    values
    ('bán chạy', 'bestseller', 'best-seller', popularity > 0.4),
    ('cưới', 'bridal', 'mariage', ordinal in (11, 12)),
    ('quà tặng', 'gift', 'cadeau', gift >= 10),
    ('tích trữ', 'investment', 'placement', kind = 'gold'),
    ('sắp hết', 'last pieces', 'dernières pièces', is_retired),
    ('cổ điển', 'classic', 'classique', kind = 'jewel' and pg_temp.u(draw, 'classic') < 0.3)
) as tags (vi, en, fr, is_so)
where is_so
order by product_id, en;

insert into product_image (
    id, tenant_id, product_id, variant_id, url, alt_text, position, is_primary, created_at,
    updated_at
)
select
    product_id * 10 + nth, tenant_id, product_id, null,
    'https://cdn.example/' || lower(sku) || '/' || nth || '.jpg', name, nth, nth = 1, opened_at,
    opened_at
from demo_product
cross join lateral generate_series(1, case when kind in ('jewel', 'watch') then 3 else 1 end) as nth
order by 1;

-- Sets are products of their own, made of two others, and not on any shelf themselves.
create temp table demo_set on commit preserve rows as
select
    tenant_id * 1000 + 500 + nth as product_id, demo_tenant.*, nth, pendant_id, stud_id,
    round((pendant_price + stud_price) * 0.95, decimals) as list_price,
    pendant_cost + stud_cost as unit_cost
from demo_tenant
inner join (
    select
        tenant_id, product_id as pendant_id, list_price as pendant_price, unit_cost as pendant_cost,
        row_number() over (partition by tenant_id order by product_id) as nth
    from demo_product
    where ordinal = 21
) as pendants using (tenant_id)
inner join (
    select
        tenant_id, product_id as stud_id, list_price as stud_price, unit_cost as stud_cost,
        row_number() over (partition by tenant_id order by product_id) as nth
    from demo_product
    where ordinal = 31
) as studs using (tenant_id, nth)
where nth <= 4;

insert into product (
    id, tenant_id, sku, name, product_type, list_price, unit_cost, status, created_at, updated_at
)
select
    product_id, tenant_id, code || '-SET-' || nth,
    case language
        when 'vi' then 'Bộ trang sức '
        when 'fr' then 'Parure '
        else 'Set no. '
    end || nth,
    'set', list_price, unit_cost, 'active', opened_at, opened_at
from demo_set
order by product_id;

insert into product_category (
    tenant_id, product_id, category_id, is_primary, created_at, updated_at
)
select tenant_id, product_id, tenant_id * 1000 + 21, true, opened_at, opened_at
from demo_set
order by product_id;

insert into product_set_item (
    tenant_id, product_id, component_product_id, quantity, created_at, updated_at
)
select tenant_id, product_id, component_id, 1, opened_at, opened_at
from demo_set
cross join lateral unnest(array[pendant_id, stud_id]) as component_id
order by product_id, component_id;

insert into product_customize (
    id, tenant_id, product_id, is_engravable, engraving_max_length, surcharge_amount,
    lead_time_days, options, created_at, updated_at
)
select
    product_id, demo_product.tenant_id, product_id, ordinal <> 13,
    case when ordinal <> 13 then 20 end,
    pg_temp.price_point(usd_rate * 60, decimals), 25 + pg_temp.roll(draw, 'lead time', 20),
    jsonb_build_object('sizes', jsonb_build_array(46, 48, 50, 52, 54), 'metals', metals),
    demo_product.opened_at, demo_product.opened_at
from demo_product
inner join demo_word using (language)
inner join (select tenant_id, usd_rate, decimals from demo_tenant) as tenants using (tenant_id)
where has_sizes
order by product_id;

insert into category_autosku (
    id, tenant_id, category_id, prefix, digit_count, next_number, is_active, created_at, updated_at
)
select
    category_id, demo_category.tenant_id, category_id, code || '-' || ordinal, 2, products + 1,
    true, opened_at, opened_at
from demo_category
inner join demo_tenant using (tenant_id)
where products is not null
order by category_id;
