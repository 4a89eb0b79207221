{#-
    What people note, by what it is about; and what is about orders that there are not.
-#}
with

notes as (
    select
        *,
        case when subject_type = 'orders' then subject_id end as order_id
    from {{ ref('stg_alerts_notes__notes') }}
    where deleted_at is null
),

orders as (
    select * from {{ ref('stg_orders__orders') }}
)

select
    -- keys
    cast(notes.tenant_id as bigint) as tenant_id,

    -- attributes
    cast(notes.subject_type as text) as subject_type,

    -- measures
    cast(count(*) as bigint) as note_count,
    cast(count(case when notes.visibility = 'private' then 1 end) as bigint) as private_note_count,
    cast(count(case when notes.is_pinned then 1 end) as bigint) as pinned_note_count,
    cast(
        count(case when notes.subject_type = 'orders' and orders.order_id is null then 1 end)
        as bigint
    ) as note_count_without_order
from notes
left join orders
    on orders.tenant_id = notes.tenant_id
    and orders.order_id = notes.order_id
group by notes.tenant_id, notes.subject_type
