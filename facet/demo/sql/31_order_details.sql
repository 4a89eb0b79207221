-- What was chosen for the batch's lines, and the pictures that belong to them.

-- Gifts are wrapped where the shop was told so (orders_meta.data), and some have a card.
insert into order_line_items (
    id, tenant_id, order_item_id, name, content, created_at, updated_at
)
select
    line_id * 10 + place, demo_taxed.tenant_id, line_id, property.name, property.content,
    ordered_at, ordered_at
from demo_taxed
inner join (
    select
        order_id, ordered_at, language,
        platform_id <> 6 and pg_temp.u(order_id, 'wrapped') < 0.18 as is_wrapped
    from demo_order
) as demo_order using (order_id)
cross join lateral (
    values
    (
        1,
        case language
            when 'vi' then 'Gói quà'
            when 'fr' then 'Paquet cadeau'
            else 'Gift wrapping'
        end,
        case when is_wrapped then pg_temp.one_of(
            case language
                when 'vi' then array['Ruy băng đỏ', 'Hộp nhung', 'Giấy dó']
                when 'fr' then array['Ruban ivoire', 'Écrin velours', 'Papier de soie']
                else array['Ivory ribbon', 'Velvet box', 'Tissue paper']
            end,
            pg_temp.u(order_id, 'wrapping')
        ) end
    ),
    (
        2,
        case language
            when 'vi' then 'Thiệp'
            when 'fr' then 'Carte'
            else 'Card'
        end,
        case when is_wrapped and pg_temp.u(order_id, 'card') < 0.5 then pg_temp.one_of(
            case language
                when 'vi' then array['Chúc mừng sinh nhật!', 'Mãi yêu em', 'Cảm ơn mẹ']
                when 'fr' then array['Joyeux anniversaire !', 'Avec tout mon amour', 'Merci maman']
                else array['Happy birthday!', 'With all my love', 'Thank you, Mum']
            end,
            pg_temp.u(order_id, 'words')
        ) end
    )
) as property (place, name, content)
where nth = 1 and property.content is not null
order by 1;

-- Pieces made to order: what they are to look like, and who took the customer's word for it.
insert into order_item_customization (
    id, tenant_id, order_item_id, engraving_text, ring_size, metal, stone, instructions, sketch_url,
    surcharge_amount, specification, approved_at, approved_by, created_at, updated_at
)
select
    line_id, demo_taxed.tenant_id, line_id, engraving, ring_size,
    metals[coalesce(metal_nth, 1)], stones[stone_nth],
    case when pg_temp.u(line_id, 'instructions') < 0.3 then pg_temp.one_of(
        case language
            when 'vi' then array['Đai mảnh hơn mẫu', 'Chấu thấp', 'Bề mặt mờ']
            when 'fr' then array['Corps plus fin', 'Serti bas', 'Finition mate']
            else array['Thinner band', 'Low setting', 'Matte finish']
        end,
        pg_temp.u(line_id, 'which')
    ) end,
    'https://files.' || domain || '/sketches/' || line_id || '.pdf',
    round(unit_price * 0.15, order_decimals),
    jsonb_strip_nulls(jsonb_build_object(
        'engraving', engraving, 'ring_size', ring_size, 'font', case
            when engraving is not null then pg_temp.one_of(
                array['script', 'roman', 'block'], pg_temp.u(line_id, 'font')
            )
        end
    )),
    case when approved_at < horizon then approved_at end,
    case when approved_at < horizon then demo_order.seller_id end,
    demo_order.ordered_at, case
        when approved_at < horizon then approved_at
        else demo_order.ordered_at
    end
from demo_taxed
inner join (
    select
        order_id, ordered_at, seller_id, order_type, order_decimals, is_draft, cancelled_at,
        ordered_at + make_interval(
            hours => cast(floor(3 + 40 * pg_temp.u(order_id, 'approved')) as integer)
        ) as approved_at
    from demo_order
) as demo_order using (order_id)
inner join demo_tenant using (tenant_id)
inner join demo_word using (language)
inner join (select product_id, metal_nth, stone_nth from demo_product) as made using (product_id)
cross join lateral (
    select
        cast(46 + 2 * (variant_id % 10) as text) as ring_size,
        case when pg_temp.u(line_id, 'engraved') < 0.6 then pg_temp.one_of(
            array['A & M', 'Toujours', '14.02', 'Forever', 'M ♥ L', 'Mãi mãi', '2026'],
            pg_temp.u(line_id, 'engraving')
        ) end as engraving
) as wishes
where order_type = 'custom' and nth = 1
order by line_id;

-- A sketch and a picture of what is made to order; the certificate of an engagement ring.
insert into order_images (
    id, tenant_id, order_id, order_item_id, image_type, url, caption, position, created_at,
    updated_at
)
select
    line_id * 10 + place, demo_taxed.tenant_id, order_id, line_id, image_type,
    'https://files.' || domain || '/orders/' || line_id || '-' || image_type || '.jpg',
    order_number || ' ' || image_type, place, taken_at, taken_at
from demo_taxed
inner join (
    select order_id, order_number, order_type, ordered_at, dispatched_at, is_draft, is_cancelled
    from demo_order
) as demo_order using (order_id)
inner join demo_tenant using (tenant_id)
cross join lateral (
    values
    (1, 'sketch', order_type = 'custom', ordered_at + interval '2 hours'),
    (2, 'product', order_type = 'custom' and not is_cancelled, dispatched_at - interval '3 hours'),
    (
        3, 'certificate', category_id % 1000 = 11 and not is_cancelled,
        greatest(dispatched_at - interval '2 hours', ordered_at)
    ),
    (
        4, 'customer', pg_temp.u(line_id, 'posted') < 0.01 and not is_cancelled,
        dispatched_at + interval '12 days'
    )
) as picture (place, image_type, is_taken, taken_at)
where nth = 1 and is_taken and taken_at < horizon and not is_draft
order by 1;
