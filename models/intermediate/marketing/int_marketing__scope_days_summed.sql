{#-
    What was sold in each scope, out of it and beside what it names, on the days that promotions of it
    ask for. Products are matched where the scope has a word on them; what else was sold is known from
    the days' totals, so that a scope that names nothing is not joined to every product.
-#}
{{ config(post_hook="{{ gather_statistics(this) }}") }}

with

promotions_scoped as (
    select * from {{ ref('int_marketing__promotions_scoped') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

promotion_channels as (
    select * from {{ ref('stg_marketing__promotion_channels') }}
),

scope_products as (
    select * from {{ ref('int_marketing__scope_products_matched') }}
),

product_days as (
    select * from {{ ref('int_sales__product_days_summed') }}
),

page_days as (
    select
        tenant_id,
        page_id,
        order_date,
        sum(demand_amount) as demand_amount,
        sum(cost_amount) as cost_amount
    from product_days
    group by tenant_id, page_id, order_date
),

scopes as (
    select
        promotions_scoped.tenant_id,
        promotions_scoped.scope_id,
        max(case when promotions_scoped.has_channels then 1 else 0 end) = 1 as has_channels,
        max(
            case when promotions_scoped.has_products or promotions_scoped.has_categories then 1 else 0 end
        ) = 1 as is_naming,
        min(promotions_scoped.start_date) - 56 as first_date,
        max(coalesce(promotions_scoped.end_date + 14, tenants.as_of_date)) as last_date
    from promotions_scoped
    inner join tenants
        on tenants.tenant_id = promotions_scoped.tenant_id
    where promotions_scoped.start_date is not null
    group by promotions_scoped.tenant_id, promotions_scoped.scope_id
),

totals as (
    select
        scopes.tenant_id,
        scopes.scope_id,
        scopes.is_naming,
        page_days.order_date,
        sum(page_days.demand_amount) as shop_amount,
        {% for column in ['demand_amount', 'cost_amount'] -%}
        sum(
            case
                when not scopes.has_channels or promotion_channels.page_id is not null
                    then page_days.{{ column }}
                else 0
            end
        ) as open_{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from scopes
    inner join page_days
        on page_days.tenant_id = scopes.tenant_id
        and page_days.order_date >= scopes.first_date
        and page_days.order_date <= scopes.last_date
    left join promotion_channels
        on promotion_channels.tenant_id = scopes.tenant_id
        and promotion_channels.promotion_id = scopes.scope_id
        and promotion_channels.page_id = page_days.page_id
    group by scopes.tenant_id, scopes.scope_id, scopes.is_naming, page_days.order_date
),

{#- what it has a word on, in its channels -#}
matches as (
    select
        scopes.tenant_id,
        scopes.scope_id,
        product_days.order_date,
        {% for column in ['demand_amount', 'cost_amount'] -%}
        sum(case when scope_products.is_in_scope then product_days.{{ column }} else 0 end)
            as in_scope_{{ column }},
        sum(case when not scope_products.is_in_scope then product_days.{{ column }} else 0 end)
            as other_{{ column }},
        {% endfor -%}
        sum(case when scope_products.is_beside then product_days.demand_amount else 0 end) as beside_amount
    from scopes
    inner join scope_products
        on scope_products.tenant_id = scopes.tenant_id
        and scope_products.scope_id = scopes.scope_id
    inner join product_days
        on product_days.tenant_id = scope_products.tenant_id
        and product_days.product_id = scope_products.product_id
        and product_days.order_date >= scopes.first_date
        and product_days.order_date <= scopes.last_date
    left join promotion_channels
        on promotion_channels.tenant_id = scopes.tenant_id
        and promotion_channels.promotion_id = scopes.scope_id
        and promotion_channels.page_id = product_days.page_id
    where not scopes.has_channels or promotion_channels.page_id is not null
    group by scopes.tenant_id, scopes.scope_id, product_days.order_date
),

scope_days as (
    select
        totals.tenant_id,
        totals.scope_id,
        totals.order_date,
        totals.shop_amount,
        {% for column in ['demand_amount', 'cost_amount'] -%}
        case
            when totals.is_naming then coalesce(matches.in_scope_{{ column }}, 0)
            else totals.open_{{ column }} - coalesce(matches.other_{{ column }}, 0)
        end as in_scope_{{ column }},
        {% endfor -%}
        case when totals.is_naming then coalesce(matches.beside_amount, 0) else 0 end as beside_amount
    from totals
    left join matches
        on matches.tenant_id = totals.tenant_id
        and matches.scope_id = totals.scope_id
        and matches.order_date = totals.order_date
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(scope_id as bigint) as scope_id,

    -- measures
    cast(in_scope_demand_amount as numeric(18, 2)) as in_scope_amount,
    cast(shop_amount - in_scope_demand_amount as numeric(18, 2)) as out_of_scope_amount,
    cast(beside_amount as numeric(18, 2)) as beside_amount,
    cast(in_scope_cost_amount as numeric(18, 2)) as in_scope_cost_amount,

    -- dates
    cast(order_date as date) as order_date
from scope_days
