-- What was sold, given off and given back, by day and by what is said of products, customers and orders, each amount
-- under one value of each or none: definitions.md, Sales by attributes. Over what 00_sales.sql tells of each order;
-- segments over 05_customers.sql. What is said of each thing is looked up once.
with

line_amount (tenant_id, order_id, line_id, day, what, amount) as (
    select tenant_id, order_id, id, day, 'gross_sales', round(quantity * unit_price * rate, places) from goods
    union all
    select tenant_id, order_id, line_id, day, 'gross_sales', amount from resold where not is_gift_card
    union all
    select tenant_id, order_id, id, day, 'discounts',
        round(discount_amount * rate, places) + round(share * rate, places)
    from goods
    union all
    select tenant_id, order_id, line_id, day, 'returns', amount from returned
),

product_of as materialized (
    select p.tenant_id, p.id as product_id, p.product_type, p.status,
        (select c.name from product_category pc join category c on c.tenant_id = pc.tenant_id and c.id = pc.category_id
        where pc.tenant_id = p.tenant_id and pc.product_id = p.id
        order by not pc.is_primary, pc.category_id limit 1) as subcategory,
        (select string_agg(name, ', ' order by id) from (
            select trim(m.name) as name, min(m.id) as id
            from material_product mp join material m on m.tenant_id = mp.tenant_id and m.id = mp.material_id
            where mp.tenant_id = p.tenant_id and mp.product_id = p.id and m.material_type = 'metal'
            group by 1
        ) as metals) as metal,
        nullif(concat_ws(', ',
            (select 'diamond' from diamond d
            where d.tenant_id = p.tenant_id and d.product_id = p.id and d.deleted_at is null),
            (select trim(g.gem_type) from gemstone g
            where g.tenant_id = p.tenant_id and g.product_id = p.id and g.deleted_at is null)
        ), '') as gemstone,
        (select string_agg(trim(v.content), ', ' order by v.id)
        from product_attribute_value v
        join product_attribute t on t.tenant_id = v.tenant_id and t.id = v.product_attribute_id
        where v.tenant_id = p.tenant_id and v.product_id = p.id and t.code = 'brand' and t.deleted_at is null) as brand,
        (select string_agg(trim(v.content), ', ' order by v.id)
        from product_attribute_value v
        join product_attribute t on t.tenant_id = v.tenant_id and t.id = v.product_attribute_id
        where v.tenant_id = p.tenant_id and v.product_id = p.id and t.code = 'collection' and t.deleted_at is null)
            as collection,
        -- the highest of all 1, 2, 5, 10 … that are not above the price
        (select max(step * 10 ^ power) from unnest(array[1, 2, 5]::numeric[]) as step, generate_series(0, 14) as power
        where step * 10 ^ power <= p.list_price) as band,
        p.list_price is not null as has_price
    from product p
),

goes_by as materialized (
    select distinct on (i.tenant_id, i.person) i.tenant_id, i.person, c.customer_type
    from identity i join crm_customers c on c.tenant_id = i.tenant_id and c.id = i.customer_id
    order by 1, 2, c.deleted_at is not null, c.id
),

lives_at as materialized (
    select distinct on (i.tenant_id, i.person) i.tenant_id, i.person,
        nullif(upper(trim(a.country_code)), '') as country_code, nullif(trim(a.city), '') as city
    from identity i
    join crm_customers c on c.tenant_id = i.tenant_id and c.id = i.customer_id
    join crm_personal_addresses a on a.tenant_id = c.tenant_id and a.personal_key_id = c.personal_key_id
    where a.deleted_at is null
    order by 1, 2, c.deleted_at is not null, c.id, not a.is_default, a.id
)

select a.tenant_id, a.day, a.what,
    p.product_type as product__product_type, p.status as product__product_status,
    p.subcategory as product__subcategory_name, p.metal as product__metal, p.gemstone as product__gemstone,
    p.brand as product__brand, p.collection as product__collection,
    case when p.has_price then coalesce(p.band, 0)::bigint::text end as product__price_band,
    b.customer_type as person__customer_type, l.country_code as person__country, l.city as person__city,
    s.name as person__segment, c.status as sales_order__order_status,
    c.currency_code as sales_order__currency_code, sum(a.amount) as amount
from line_amount a
join counted c on c.tenant_id = a.tenant_id and c.id = a.order_id
left join order_items i on i.tenant_id = a.tenant_id and i.id = a.line_id
left join product_of p on p.tenant_id = a.tenant_id and p.product_id = i.product_id
left join identity w on w.tenant_id = a.tenant_id and w.customer_id = c.customer_id
left join goes_by b on b.tenant_id = a.tenant_id and b.person = w.person
left join lives_at l on l.tenant_id = a.tenant_id and l.person = w.person
left join segment s on s.tenant_id = a.tenant_id and s.person = w.person and s.moment = 'now'
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17
having sum(a.amount) <> 0
