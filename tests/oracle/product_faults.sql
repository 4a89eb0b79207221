-- Products with a SKU off their category's pattern, or an attribute that is no number, or neither true nor false, where it
-- should be: tenant, product, the two. Over 00_sales.sql; definitions.md, Products and inventory.
with

told as (
    select p.tenant_id, p.id,
        coalesce((
            select p.sku is null or p.sku !~ ('^' || regexp_replace(a.prefix, '([^[:alnum:]])', '\\\1', 'g')
                || '[0-9]{' || a.digit_count || '}$')
            from category_autosku a
            where a.is_active and a.tenant_id = p.tenant_id and a.category_id = (
                select c.category_id from product_category c
                where c.tenant_id = p.tenant_id and c.product_id = p.id
                order by c.is_primary desc, c.category_id limit 1
            )
        ), false) as is_misnumbered,
        exists (
            select from product_attribute_value v
            join product_attribute a on a.tenant_id = v.tenant_id and a.id = v.product_attribute_id
            where v.tenant_id = p.tenant_id and v.product_id = p.id and a.deleted_at is null and case a.value_type
                when 'number' then btrim(v.content, ' ') !~ '^[-+]?[0-9]+([.,][0-9]+)?$'
                when 'boolean' then lower(btrim(v.content, ' ')) not in ('true', 'false')
                else false
            end
        ) as is_invalid
    from product p
    where p.deleted_at is null and p.product_type is distinct from 'gift_card' and (
        exists (select from goods g where g.tenant_id = p.tenant_id and g.product_id = p.id)
        or not exists (select from line_share l where l.tenant_id = p.tenant_id and l.product_id = p.id)
    )
)

select tenant_id, id, is_misnumbered, is_invalid from told where is_misnumbered or is_invalid
