-- The stones that products carry, and what products are made of.

insert into diamond (
    id, tenant_id, product_id, certificate_number, laboratory, origin_type, shape, carat_weight,
    color_grade, clarity_grade, cut_grade, polish_grade, symmetry_grade, fluorescence, length_mm,
    width_mm, depth_mm, created_at, updated_at
)
select
    product_id, tenant_id, product_id,
    case when carat >= 0.3 then cast(2000000000 + product_id * 7919 as text) end,
    case when carat >= 0.3 then pg_temp.one_of(
        array['GIA', 'GIA', 'IGI', 'HRD'], pg_temp.u(draw, 'laboratory')
    ) end,
    case when pg_temp.u(draw, 'grown') < 0.12 then 'laboratory' else 'natural' end,
    pg_temp.one_of(
        array['round', 'round', 'round', 'oval', 'princess', 'emerald', 'pear'],
        pg_temp.u(draw, 'shape')
    ),
    carat,
    pg_temp.one_of(array['D', 'E', 'F', 'G', 'G', 'H', 'I'], pg_temp.u(draw, 'color')),
    pg_temp.one_of(array['VVS1', 'VVS2', 'VS1', 'VS2', 'SI1'], pg_temp.u(draw, 'clarity')),
    pg_temp.one_of(array['Excellent', 'Excellent', 'Very good'], pg_temp.u(draw, 'cut')),
    'Excellent', pg_temp.one_of(array['Excellent', 'Very good'], pg_temp.u(draw, 'symmetry')),
    pg_temp.one_of(array['None', 'None', 'Faint', 'Medium'], pg_temp.u(draw, 'fluorescence')),
    round(cast(6.5 * power(carat, 1.0 / 3) as numeric), 2),
    round(cast(6.4 * power(carat, 1.0 / 3) as numeric), 2),
    round(cast(4.0 * power(carat, 1.0 / 3) as numeric), 2),
    opened_at, opened_at
from demo_product
cross join lateral (
    select
        round(
            cast(case ordinal when 11 then 0.4 else 0.08 end
                * exp(0.5 * pg_temp.normal(draw, 'carat')) as numeric), 2
        ) + 0.02 as carat
) as weights
where stone_nth = 1
order by product_id;

insert into gemstone (
    id, tenant_id, product_id, gem_type, certificate_number, laboratory, origin_type,
    origin_country_code, shape, color, clarity, treatment, carat_weight, length_mm, width_mm,
    depth_mm, created_at, updated_at
)
select
    product_id, tenant_id, product_id, gem.name,
    case when carat >= 1 then 'GR' || product_id end, case when carat >= 1 then 'GRS' end,
    case when pg_temp.u(draw, 'grown') < 0.05 then 'laboratory' else 'natural' end,
    gem.country, case gem.name when 'pearl' then 'round' else pg_temp.one_of(
        array['oval', 'cushion', 'emerald', 'pear'], pg_temp.u(draw, 'shape')
    ) end,
    gem.color, pg_temp.one_of(
        array['eye clean', 'slightly included'], pg_temp.u(draw, 'clarity')
    ),
    gem.treatment, carat, round(cast(6.0 * power(carat, 1.0 / 3) as numeric), 2),
    round(cast(5.2 * power(carat, 1.0 / 3) as numeric), 2),
    round(cast(3.6 * power(carat, 1.0 / 3) as numeric), 2), opened_at, opened_at
from demo_product
inner join (
    values
    ('vi', 3, 'sapphire', 'LK', 'blue', 'heated'), ('vi', 4, 'ruby', 'MZ', 'red', 'heated'),
    ('vi', 5, 'emerald', 'CO', 'green', 'oiled'), ('vi', 6, 'pearl', 'VN', 'white', null),
    ('vi', 7, 'moissanite', null, 'colourless', null), ('vi', 8, 'topaz', 'BR', 'blue', 'heated'),
    ('en', 3, 'sapphire', 'AU', 'blue', 'heated'), ('en', 4, 'ruby', 'MZ', 'red', 'heated'),
    ('en', 5, 'emerald', 'ZM', 'green', 'oiled'), ('en', 6, 'pearl', 'AU', 'white', null),
    ('en', 7, 'morganite', 'BR', 'pink', null), ('en', 8, 'opal', 'AU', 'multicoloured', null),
    ('fr', 3, 'sapphire', 'MG', 'blue', 'heated'), ('fr', 4, 'ruby', 'MZ', 'red', 'heated'),
    ('fr', 5, 'emerald', 'CO', 'green', 'oiled'), ('fr', 6, 'pearl', 'PF', 'grey', null),
    ('fr', 7, 'morganite', 'MG', 'pink', null), ('fr', 8, 'tourmaline', 'BR', 'green', null)
) as gem (language, stone_nth, name, country, color, treatment) using (language, stone_nth)
cross join lateral (
    select round(cast(0.7 * exp(0.5 * pg_temp.normal(draw, 'carat')) as numeric), 2) + 0.05 as carat
) as weights
order by product_id;

-- usd: what a unit costs; need: units on the shelf for a thousand orders in a year
create temp table demo_material on commit preserve rows as
select
    tenant_id * 1000 + nth as material_id, tenant_id, nth, material.code, material_type, unit,
    purity_rate, opened_at, supplier,
    case language when 'vi' then vi when 'fr' then fr else en end as name,
    round(cast(usd * usd_rate as numeric), case decimals when 0 then -2 else 2 end) as unit_cost,
    round(cast(need * greatest(order_count, 2000) / 1000 * (0.6 + pg_temp.u(
        tenant_id * 1000 + nth, 'material'
    )) as numeric), case unit when 'piece' then 0 else 2 end) as quantity
from (
    select tenant_id, language, usd_rate, decimals, order_count, opened_at from demo_tenant
) as tenants
cross join (
    values
    (1, 'AU750Y', 'metal', 'gram', 0.75, 62, 40, 'Vàng 18K', '18k gold', 'Or jaune 750', 'Refiner'),
    (2, 'AU750W', 'metal', 'gram', 0.75, 66, 30, 'Vàng trắng 18K', '18k white gold',
        'Or blanc 750', 'Refiner'),
    (3, 'AU750R', 'metal', 'gram', 0.75, 62, 20, 'Vàng hồng 18K', '18k rose gold', 'Or rose 750',
        'Refiner'),
    (4, 'AU585', 'metal', 'gram', 0.585, 48, 25, 'Vàng 14K', '14k gold', 'Or jaune 585', 'Refiner'),
    (5, 'PT950', 'metal', 'gram', 0.95, 34, 10, 'Bạch kim', 'Platinum', 'Platine', 'Refiner'),
    (6, 'DIA-MELEE', 'stone', 'carat', null, 380, 12, 'Kim cương tấm', 'Melee diamonds',
        'Diamants mêlés', 'Antwerp Stones'),
    (7, 'COL-STONE', 'stone', 'carat', null, 90, 15, 'Đá màu', 'Coloured stones',
        'Pierres de couleur', 'Hatton Cast'),
    (8, 'PEARL-7', 'pearl', 'piece', null, 26, 12, 'Ngọc trai 7 mm', 'Pearls, 7 mm', 'Perles 7 mm',
        'Hatton Cast'),
    (9, 'CLASP', 'part', 'piece', null, 4, 40, 'Khóa', 'Clasps', 'Fermoirs', 'Refiner'),
    (10, 'BOX', 'packaging', 'piece', null, 3, 300, 'Hộp', 'Boxes', 'Écrins', 'Box & Co.'),
    (11, 'RIBBON', 'packaging', 'metre', null, 0.4, 400, 'Ruy băng', 'Ribbon', 'Ruban', 'Box & Co.')
) as material (
    nth, code, material_type, unit, purity_rate, usd, need, vi, en, fr, supplier
);

insert into material (
    id, tenant_id, code, name, material_type, unit, purity_rate, unit_cost, quantity_on_hand,
    quantity_reserved, reorder_quantity, supplier_name, created_at, updated_at
)
select
    material_id, tenant_id, code, name, material_type, unit, purity_rate, unit_cost, quantity,
    round(quantity * 0.1, case unit when 'piece' then 0 else 2 end),
    round(quantity * 0.4, case unit when 'piece' then 0 else 2 end), supplier, opened_at, opened_at
from demo_material
order by material_id;

insert into material_attribute (
    id, tenant_id, material_id, name, content, created_at, updated_at
)
select
    material_id * 10 + place, tenant_id, material_id, property.name, property.content, opened_at,
    opened_at
from demo_material
inner join (select tenant_id, language from demo_tenant) as tenants using (tenant_id)
cross join lateral (
    values
    (
        1,
        case language when 'vi' then 'Màu' when 'fr' then 'Couleur' else 'Colour' end,
        (case language
            when 'vi' then array['vàng', 'trắng', 'hồng', 'vàng', 'trắng', 'trắng', 'nhiều màu',
                'trắng', 'vàng']
            when 'fr' then array['jaune', 'blanc', 'rose', 'jaune', 'blanc', 'blanc', 'mélangé',
                'blanc', 'jaune']
            else array['yellow', 'white', 'rose', 'yellow', 'white', 'white', 'mixed', 'white',
                'yellow']
        end)[nth]
    ),
    (
        2,
        case language when 'vi' then 'Tuổi vàng' when 'fr' then 'Titre' else 'Fineness' end,
        (array['750', '750', '750', '585', '950'])[nth]
    ),
    (
        3,
        case language when 'vi' then 'Phẩm cấp' when 'fr' then 'Qualité' else 'Grade' end,
        (array['FG/VS', 'AA', 'AAA'])[nth - 5]
    )
) as property (place, name, content)
where property.content is not null
order by 1;

-- Half of a jewel's cost is its metal, at today's price; the rest is stones, parts and work.
insert into material_product (
    tenant_id, product_id, material_id, quantity, waste_rate, created_at, updated_at
)
select
    demo_product.tenant_id, product_id, material_id,
    greatest(case parts.nth
        when metal_nth then round(demo_product.unit_cost * 0.5 / demo_material.unit_cost, 2)
        when 6 then round(demo_product.unit_cost * 0.25 / demo_material.unit_cost, 3)
        when 7 then round(demo_product.unit_cost * 0.15 / demo_material.unit_cost, 3)
        else 1
    end, 0.01),
    case parts.nth when metal_nth then 0.06 else 0 end, demo_product.opened_at,
    demo_product.opened_at
from demo_product
cross join lateral (
    select unnest(array_remove(array[
        metal_nth,
        case when stone_nth = 1 then 6 when stone_nth = 6 then 8 when stone_nth > 1 then 7 end,
        case when ordinal in (22, 41) then 9 end,
        10
    ], null)) as nth
) as parts
inner join demo_material
    on demo_material.tenant_id = demo_product.tenant_id and demo_material.nth = parts.nth
where kind = 'jewel'
order by product_id, material_id;
