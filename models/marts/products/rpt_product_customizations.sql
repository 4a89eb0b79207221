{#-
    Products that can be made to order, beside what was made so of each in the year and how long it
    took (definitions.md, Products and inventory).
-#}
with

tenants as (
    select * from {{ ref('dim_tenants') }}
),

products as (
    select * from {{ ref('rpt_products') }}
),

customizations as (
    select * from {{ ref('stg_products__product_customizations') }}
),

service_cases as (
    select * from {{ ref('fct_service_cases') }}
    where case_type = 'made_to_order' and outcome <> 'given_up'
),

sales_per_line as (
    select ledger.tenant_id, ledger.order_item_id, sum(ledger.amount) as net_sales_amount
    from {{ ref('fct_sales_ledger') }} as ledger
    where ledger.event_type in ('sale', 'discount', 'return')
        and exists (
            select 1
            from service_cases
            where service_cases.tenant_id = ledger.tenant_id
                and service_cases.order_item_id = ledger.order_item_id
        )
    group by ledger.tenant_id, ledger.order_item_id
),

pieces as (
    select
        service_cases.tenant_id,
        service_cases.product_id,
        service_cases.is_open,
        service_cases.done_days,
        case
            when service_cases.is_open then service_cases.age_days
            else service_cases.done_days
        end as making_days,
        coalesce(sales_per_line.net_sales_amount, 0) as net_sales_amount
    from service_cases
    inner join tenants
        on tenants.tenant_id = service_cases.tenant_id
        and tenants.as_of_date > service_cases.opened_date
        and tenants.as_of_date - 365 <= service_cases.opened_date
    left join sales_per_line
        on sales_per_line.tenant_id = service_cases.tenant_id
        and sales_per_line.order_item_id = service_cases.order_item_id
),

pieces_summed as (
    select
        customizations.tenant_id,
        customizations.product_id,
        count(pieces.product_id) as piece_count,
        sum(case when pieces.is_open then 1 else 0 end) as open_count,
        sum(case when pieces.making_days > customizations.lead_time_days then 1 else 0 end)
            as over_lead_time_count,
        sum(coalesce(pieces.net_sales_amount, 0)) as net_sales_amount,
        percentile_cont(0.5) within group (order by pieces.done_days) as median_done_days
    from customizations
    left join pieces
        on pieces.tenant_id = customizations.tenant_id
        and pieces.product_id = customizations.product_id
    group by customizations.tenant_id, customizations.product_id
)

select
    -- keys
    cast(customizations.tenant_id as bigint) as tenant_id,
    cast(customizations.product_id as bigint) as product_id,

    -- attributes
    cast(products.product_name as text) as product_name,

    -- measures
    cast(customizations.engraving_max_length as integer) as engraving_max_length,
    cast(customizations.surcharge_amount as numeric(18, 2)) as surcharge_amount,
    cast(customizations.lead_time_days as integer) as lead_time_days,
    cast(pieces_summed.piece_count as bigint) as piece_count,
    cast(pieces_summed.open_count as bigint) as open_count,
    cast(pieces_summed.net_sales_amount as numeric(18, 2)) as net_sales_amount,
    cast(pieces_summed.median_done_days as numeric(18, 2)) as median_done_days,
    cast(
        case
            when customizations.lead_time_days is not null then pieces_summed.over_lead_time_count
        end as bigint
    ) as over_lead_time_count,

    -- flags
    cast(coalesce(customizations.is_engravable, false) as boolean) as is_engravable
from customizations
inner join pieces_summed
    on pieces_summed.tenant_id = customizations.tenant_id
    and pieces_summed.product_id = customizations.product_id
inner join products
    on products.tenant_id = customizations.tenant_id
    and products.product_id = customizations.product_id
where not products.is_deleted or pieces_summed.piece_count > 0
