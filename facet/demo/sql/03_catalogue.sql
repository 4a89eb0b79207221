-- What they sell: categories on two levels, products with long-tailed prices, some in sizes.
--
-- median_usd, sigma  of the lognormal price         products  how many of them
-- cost               mean share of cost in price    everyday, gift, gold  weight in the mixes

create temp table demo_category on commit preserve rows as
select
    tenant_id * 1000 + ordinal as category_id,
    tenant_id * 1000 + parent_ordinal as parent_id,
    tenant_id, ordinal, kind, median_usd, sigma, cost, products, everyday, gift, gold,
    case language when 'vi' then vi when 'fr' then fr else en end as name,
    case language when 'vi' then vi_noun when 'fr' then fr_noun else en_noun end as noun
from demo_tenant
cross join (
    values
    (1, null, 'group', null, null, null, null, null, null, null,
        'Nhẫn', 'Rings', 'Bagues', null, null, null),
    (2, null, 'group', null, null, null, null, null, null, null,
        'Dây chuyền', 'Necklaces', 'Colliers', null, null, null),
    (3, null, 'group', null, null, null, null, null, null, null,
        'Bông tai', 'Earrings', 'Boucles d''oreilles', null, null, null),
    (4, null, 'group', null, null, null, null, null, null, null,
        'Lắc tay', 'Bracelets', 'Bracelets', null, null, null),
    (5, null, 'group', null, null, null, null, null, null, null,
        'Đồng hồ', 'Watches', 'Montres', null, null, null),
    (6, null, 'group', null, null, null, null, null, null, null,
        'Vàng tích trữ', 'Gold', 'Or d''investissement', null, null, null),
    (7, null, 'group', null, null, null, null, null, null, null,
        'Quà tặng', 'Gifts', 'Cadeaux', null, null, null),
    (11, 1, 'jewel', 2400, 0.55, 0.48, 14, 9, 6, 2,
        'Nhẫn đính hôn', 'Engagement rings', 'Bagues de fiançailles',
        'Nhẫn đính hôn', 'engagement ring', 'Bague de fiançailles'),
    (12, 1, 'jewel', 620, 0.35, 0.52, 14, 13, 4, 2,
        'Nhẫn cưới', 'Wedding bands', 'Alliances',
        'Nhẫn cưới', 'wedding band', 'Alliance'),
    (13, 1, 'jewel', 420, 0.60, 0.45, 18, 12, 11, 2,
        'Nhẫn thời trang', 'Fashion rings', 'Bagues fantaisie',
        'Nhẫn', 'ring', 'Bague'),
    (21, 2, 'jewel', 360, 0.65, 0.44, 18, 14, 19, 2,
        'Mặt dây chuyền', 'Pendants', 'Pendentifs',
        'Mặt dây', 'pendant', 'Pendentif'),
    (22, 2, 'jewel', 540, 0.55, 0.50, 12, 8, 8, 3,
        'Dây chuyền trơn', 'Chains', 'Chaînes',
        'Dây chuyền', 'chain', 'Chaîne'),
    (31, 3, 'jewel', 280, 0.60, 0.42, 18, 15, 18, 2,
        'Bông tai nụ', 'Studs', 'Puces d''oreilles',
        'Bông tai nụ', 'stud earrings', 'Puces'),
    (32, 3, 'jewel', 340, 0.60, 0.44, 14, 9, 10, 1,
        'Bông tai dáng dài', 'Hoops and drops', 'Créoles et pendants',
        'Bông tai', 'drop earrings', 'Créoles'),
    (41, 4, 'jewel', 480, 0.60, 0.46, 14, 8, 10, 2,
        'Lắc tay mềm', 'Chain bracelets', 'Bracelets souples',
        'Lắc tay', 'bracelet', 'Bracelet'),
    (42, 4, 'jewel', 900, 0.70, 0.50, 10, 4, 4, 3,
        'Vòng tay', 'Bangles', 'Joncs',
        'Vòng tay', 'bangle', 'Jonc'),
    (51, 5, 'watch', 1900, 0.80, 0.58, 10, 3, 4, 0,
        'Đồng hồ cơ', 'Mechanical watches', 'Montres mécaniques',
        'Đồng hồ', 'watch', 'Montre'),
    (61, 6, 'gold', null, 0, 0.92, 5, 3, 1, 80,
        'Vàng miếng', 'Gold bars', 'Lingots',
        'Vàng miếng Ngọc Lan', 'gold bar', 'Lingot'),
    (71, 7, 'care', 35, 0.45, 0.35, 6, 3, 4, 1,
        'Chăm sóc trang sức', 'Care and boxes', 'Écrins et entretien',
        null, null, null),
    (72, 7, 'gift_card', null, 0, 0, 4, 1.4, 3, 0,
        'Thẻ quà tặng', 'Gift cards', 'Cartes cadeaux',
        'Thẻ quà tặng', 'Gift card', 'Carte cadeau')
) as kinds (
    ordinal, parent_ordinal, kind, median_usd, sigma, cost, products, everyday, gift, gold,
    vi, en, fr, vi_noun, en_noun, fr_noun
);

insert into category (id, tenant_id, parent_id, name, created_at, updated_at)
select category_id, tenant_id, parent_id, demo_category.name, opened_at, opened_at
from demo_category
inner join demo_tenant using (tenant_id)
order by category_id;

create temp table demo_word on commit preserve rows as
select *
from (
    values
    ('vi',
        array['Ánh Dương', 'Bình Minh', 'Nguyệt Quế', 'Hoa Sen', 'Mây Trắng', 'Sương Mai',
            'Tinh Tú', 'Giao Mùa', 'Hạ Vàng', 'Thanh Xuân', 'Hồng Ân', 'Lưu Ly', 'Vĩnh Cửu',
            'Mộc Lan', 'Thiên Nga', 'Diệu Kỳ', 'Tơ Duyên', 'An Nhiên'],
        array['kim cương', 'kim cương', 'sapphire', 'ruby', 'ngọc lục bảo', 'ngọc trai',
            'đá moissanite', 'topaz'],
        array['vàng 18K', 'vàng trắng 18K', 'vàng hồng 18K', 'vàng 14K', 'bạch kim'],
        array['0,5 chỉ', '1 chỉ', '2 chỉ', '5 chỉ', '1 lượng'],
        array['Hộp nhẫn nhung', 'Hộp trang sức gỗ sồi', 'Khăn lau bạc', 'Nước rửa trang sức',
            'Túi du lịch trang sức', 'Máy rửa siêu âm']),
    ('en',
        array['Aurora', 'Larkspur', 'Willow', 'Juliet', 'Meridian', 'Ember', 'Celeste', 'Marlowe',
            'Harbor', 'Thistle', 'Odette', 'Sable', 'Linden', 'Vesper', 'Isla', 'Halcyon',
            'Rosalind', 'Wren'],
        array['diamond', 'diamond', 'sapphire', 'ruby', 'emerald', 'pearl', 'morganite', 'opal'],
        array['18k gold', '18k white gold', '18k rose gold', '14k gold', 'platinum'],
        array['1 g', '2.5 g', '5 g', '10 g', '1 oz'],
        array['Velvet ring box', 'Walnut jewellery box', 'Silver polishing cloth',
            'Jewellery cleaner', 'Travel jewellery roll', 'Ultrasonic cleaner']),
    ('fr',
        array['Aurore', 'Céleste', 'Rivoli', 'Églantine', 'Solène', 'Vendôme', 'Lumière',
            'Marguerite', 'Éternelle', 'Opaline', 'Capucine', 'Ondine', 'Sérénade', 'Astrée',
            'Violette', 'Colombe', 'Mirabelle', 'Iris'],
        array['diamant', 'diamant', 'saphir', 'rubis', 'émeraude', 'perle', 'morganite',
            'tourmaline'],
        array['or jaune 750', 'or blanc 750', 'or rose 750', 'or jaune 375', 'platine'],
        array['1 g', '2,5 g', '5 g', '10 g', '1 once'],
        array['Écrin en velours', 'Coffret à bijoux en noyer', 'Chiffon à polir',
            'Nettoyant pour bijoux', 'Trousse de voyage', 'Bac à ultrasons'])
) as words (language, designs, stones, metals, bars, care);

create temp table demo_product on commit preserve rows as
with drawn as (
    select
        demo_category.*, demo_tenant.language, demo_tenant.code, decimals, usd_rate, opened_at,
        as_of, nth, designs, stones, metals, bars, care,
        tenant_id * 100000 + demo_category.ordinal * 100 + nth as draw
    from demo_category
    inner join demo_tenant using (tenant_id)
    inner join demo_word using (language)
    cross join generate_series(1, products) as nth
    where kind <> 'group'
),

named as (
    select
        drawn.*,
        pg_temp.one_of(
            case ordinal when 11 then stones[1:4] else stones end, pg_temp.u(draw, 'stone')
        ) as stone,
        pg_temp.one_of(metals, pg_temp.u(draw, 'metal')) as metal,
        designs[1 + (nth + tenant_id * 5 + ordinal) % 18] as design,
        case kind
            when 'gold' then 3300 * case language
                when 'vi' then (array[0.0603, 0.1206, 0.2411, 0.6028, 1.2057])[nth]
                else (array[0.0322, 0.0804, 0.1608, 0.3215, 1.0000])[nth]
            end  -- troy ounces
            when 'gift_card'
                then (array[50, 100, 250, 500])[nth] * case language
                    when 'vi' then 20000
                    else 1
                end / usd_rate
            when 'care' then (array[25, 140, 15, 20, 60, 110])[nth]
            else median_usd * exp(sigma * pg_temp.normal(draw, 'price'))
        end as usd
    from drawn
)

select
    tenant_id * 1000 + row_number() over (partition by tenant_id order by ordinal, nth)
        as product_id,
    tenant_id, category_id, parent_id, kind, everyday, gift, gold, language, opened_at, draw,
    ordinal,
    -- as places in the lists of words; what the name does not tell is not there
    case when kind = 'jewel' and ordinal not in (12, 22) then array_position(stones, stone) end
        as stone_nth,
    case when kind = 'jewel' then array_position(metals, metal) end as metal_nth,
    code || '-' || ordinal || lpad(cast(nth as text), 2, '0') as sku,
    case
        when kind = 'gold' then noun || ' ' || bars[nth]
        when kind = 'gift_card' then noun || ' ' || pg_temp.price_point(usd * usd_rate, decimals)
        when kind = 'care' then care[nth]
        when kind = 'watch' then case language
            when 'en' then design || ' automatic ' || noun || ', ' || (34 + nth) || ' mm'
            when 'fr' then noun || ' automatique ' || design || ' ' || (34 + nth) || ' mm'
            else noun || ' tự động ' || design || ' ' || (34 + nth) || ' mm'
        end
        when ordinal in (12, 22) then case language
            when 'en' then design || ' ' || noun || ', ' || metal
            else noun || ' ' || design || ' ' || metal
        end
        else case language
            when 'en' then design || ' ' || stone || ' ' || noun || ', ' || metal
            when 'fr' then noun || ' ' || design || ' ' || stone || ', ' || metal
            else noun || ' ' || stone || ' ' || design || ' ' || metal
        end
    end as name,
    pg_temp.price_point(usd * usd_rate, decimals) as list_price,
    case
        when kind = 'gift_card' then 0
        else round(
            pg_temp.price_point(usd * usd_rate, decimals)
            * cast(least(greatest(cost + 0.06 * pg_temp.normal(draw, 'cost'), 0.35),
                case when kind = 'gold' then 0.95 else 0.60 end) as numeric),
            case decimals when 0 then -3 else decimals end
        )
    end as unit_cost,
    -- a few of each category carry most of it
    1 / power(1 + floor(pg_temp.u(draw, 'popularity') * products), 0.8) as popularity,
    pg_temp.u(draw, 'retired') < 0.04 and kind = 'jewel' as is_retired,
    kind = 'jewel' and ordinal < 20 as has_sizes,
    as_of
from named;

insert into product (
    id, tenant_id, sku, name, product_type, list_price, unit_cost, status, created_at, updated_at
)
select
    product_id, tenant_id, sku, name,
    case kind when 'gift_card' then 'gift_card' else 'standard' end,
    -- of one bracelet the cost has risen above the price since it was last sold
    list_price,
    case when ordinal = 41 and draw % 100 = 3 then round(list_price * 1.05) else unit_cost end,
    case when is_retired then 'archived' else 'active' end,
    opened_at,
    case when is_retired then opened_at + interval '700 days' else opened_at end
from demo_product
order by product_id;

insert into product_category (
    tenant_id, product_id, category_id, is_primary, created_at, updated_at
)
select tenant_id, product_id, category_id, true, opened_at, opened_at
from demo_product
union all
select demo_product.tenant_id, product_id, gifts.category_id, false, opened_at, opened_at
from demo_product
inner join demo_category as gifts on gifts.tenant_id = demo_product.tenant_id and gifts.ordinal = 7
where demo_product.kind = 'jewel' and pg_temp.u(draw, 'as a gift') < 0.25
order by 1, 2, 3;

-- Rings come in four sizes: the variant's id tells its product and its place in the row.
create temp table demo_variant on commit preserve rows as
select
    product_id * 10 + nth as variant_id, tenant_id, product_id, nth,
    sku || '-' || (46 + 2 * nth) as sku,
    case language
        when 'vi' then 'Ni '
        when 'fr' then 'Taille '
        else 'Size '
    end || (46 + 2 * nth) as name,
    opened_at
from demo_product
cross join generate_series(1, 4) as nth
where has_sizes;

insert into product_variant (id, tenant_id, product_id, sku, name, created_at, updated_at)
select variant_id, tenant_id, product_id, sku, name, opened_at, opened_at
from demo_variant
order by variant_id;

-- What a draw falls into, by the mood of the day.
create temp table demo_mix on commit preserve rows as
select
    tenant_id, mix,
    array_agg(product_id order by product_id) as product_ids,
    array_agg(reached order by product_id) as bounds
from (
    select
        tenant_id, mix, product_id,
        sum(weight) over (partition by tenant_id, mix order by product_id)
            / sum(weight) over (partition by tenant_id, mix) as reached
    from (
        select
            tenant_id, mix, product_id,
            case mix when 'gift' then gift when 'gold' then gold else everyday end * popularity
                / sum(popularity) over (partition by category_id, mix)
                * case when kind = 'gold' and tenant_id > 1 then 0.15 else 1 end as weight
        from demo_product
        cross join unnest(array['everyday', 'gift', 'gold', 'ring']) as mix
        where not is_retired and (mix <> 'ring' or has_sizes)
    ) as weighted
    where weight > 0
) as cumulated
group by tenant_id, mix;
