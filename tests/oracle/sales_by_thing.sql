-- Net sales per product, page and category at the top, each by its id: what bears the same name is not
-- the same thing. Over what 00_sales.sql tells of each order.
with recursive

branch (tenant_id, category_id, top_id, parent_id) as (
    select tenant_id, id, id, parent_id from category
    union all
    select b.tenant_id, b.category_id, c.id, c.parent_id
    from branch b join category c on c.tenant_id = b.tenant_id and c.id = b.parent_id
),

line_amount (tenant_id, order_id, line_id, amount) as (
    select tenant_id, order_id, id,
        round(quantity * unit_price * rate, places) - round(discount_amount * rate, places)
        - round(share * rate, places)
    from goods
    union all
    select tenant_id, order_id, line_id, amount from resold where not is_gift_card
    union all
    select tenant_id, order_id, line_id, -amount from returned
),

placed as (
    select a.tenant_id, a.amount, i.product_id, m.page_id, (
        select b.top_id from product_category pc
        join branch b on b.tenant_id = pc.tenant_id and b.category_id = pc.category_id and b.parent_id is null
        where pc.tenant_id = a.tenant_id and pc.product_id = i.product_id
        order by not pc.is_primary, pc.category_id limit 1
    ) as category_id
    from line_amount a
    left join order_items i on i.tenant_id = a.tenant_id and i.id = a.line_id
    left join order_meta_crm m on m.tenant_id = a.tenant_id and m.order_id = a.order_id
)

select tenant_id, 'product', product_id, sum(amount) from placed group by 1, 3
union all
select tenant_id, 'channel', page_id, sum(amount) from placed group by 1, 3
union all
select tenant_id, 'category', category_id, sum(amount) from placed group by 1, 3
