{#-
    What was sold in each scope, out of it and of other products of its categories, on the days that
    promotions of it ask for. Summed from what is coarse to what is fine, so that no scope is joined to every
    product: the shop's days, where the scope names nothing; what its shelves add to them or take
    from them; and what single products do that it names or excludes.
-#}
{{ config(post_hook="{{ gather_statistics(this) }}") }}

{%- set amounts = ['demand_amount', 'cost_amount', 'costed_amount'] %}

with

promotion_scopes as (
    select * from {{ ref('int_marketing__promotion_scopes_listed') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

promotion_channels as (
    select * from {{ ref('stg_marketing__promotion_channels') }}
),

products_shelved as (
    select * from {{ ref('int_marketing__products_shelved') }}
),

scope_shelves as (
    select * from {{ ref('int_marketing__scope_shelves_matched') }}
),

scope_products as (
    select * from {{ ref('int_marketing__scope_products_matched') }}
),

product_days as (
    select * from {{ ref('int_sales__product_days_summed') }}
),

scopes as (
    select
        promotion_scopes.tenant_id,
        promotion_scopes.scope_id,
        max(case when promotion_scopes.has_channels then 1 else 0 end) = 1 as has_channels,
        max(
            case
                when promotion_scopes.has_products or promotion_scopes.has_categories then 1
                else 0
            end
        ) = 1 as has_targets,
        min(promotion_scopes.start_date) - 56 as first_date,
        max(coalesce(promotion_scopes.end_date + 14, tenants.as_of_date)) as last_date
    from promotion_scopes
    inner join tenants
        on tenants.tenant_id = promotion_scopes.tenant_id
    where promotion_scopes.start_date is not null
    group by promotion_scopes.tenant_id, promotion_scopes.scope_id
),

{#- Where a scope holds: on its pages, or on 0, which stands for wherever the shop sells. -#}
scope_pages as (
    select tenant_id, scope_id, has_targets, first_date, last_date, 0 as page_id
    from scopes
    where not has_channels
    union all
    select
        scopes.tenant_id, scopes.scope_id, scopes.has_targets, scopes.first_date, scopes.last_date,
        promotion_channels.page_id
    from scopes
    inner join promotion_channels
        on promotion_channels.tenant_id = scopes.tenant_id
        and promotion_channels.promotion_id = scopes.scope_id
),

pages_named as (
    select distinct tenant_id, page_id
    from scope_pages
    where page_id <> 0
),

page_product_days as (
    select
        tenant_id, 0 as page_id, product_id, order_date,
        {% for amount in amounts -%}
        sum({{ amount }}) as {{ amount }}{{ ',' if not loop.last }}
        {% endfor %}
    from product_days
    group by tenant_id, product_id, order_date
    union all
    select
        product_days.tenant_id, product_days.page_id, product_days.product_id,
        product_days.order_date,
        {% for amount in amounts -%}
        product_days.{{ amount }}{{ ',' if not loop.last }}
        {% endfor %}
    from product_days
    inner join pages_named
        on pages_named.tenant_id = product_days.tenant_id
        and pages_named.page_id = product_days.page_id
),

page_shelf_days as (
    select
        page_product_days.tenant_id,
        page_product_days.page_id,
        products_shelved.shelf_id,
        page_product_days.order_date,
        {% for amount in amounts -%}
        sum(page_product_days.{{ amount }}) as {{ amount }}{{ ',' if not loop.last }}
        {% endfor %}
    from page_product_days
    inner join products_shelved
        on products_shelved.tenant_id = page_product_days.tenant_id
        and products_shelved.product_id = page_product_days.product_id
    group by
        page_product_days.tenant_id,
        page_product_days.page_id,
        products_shelved.shelf_id,
        page_product_days.order_date
),

page_days as (
    select
        tenant_id, page_id, order_date,
        {% for amount in amounts -%}
        sum({{ amount }}) as {{ amount }}{{ ',' if not loop.last }}
        {% endfor %}
    from page_product_days
    group by tenant_id, page_id, order_date
),

{#- What each adds to what is coarser: 1, or -1 where it takes away. -#}
shelf_changes as (
    select
        scope_pages.*,
        scope_shelves.shelf_id,
        case when scope_shelves.is_in_scope then 1 else 0 end
        - case when scope_pages.has_targets then 0 else 1 end as in_scope_change,
        case when scope_shelves.is_other_product then 1 else 0 end as other_products_change
    from scope_pages
    inner join scope_shelves
        on scope_shelves.tenant_id = scope_pages.tenant_id
        and scope_shelves.scope_id = scope_pages.scope_id
),

product_changes as (
    select
        scope_pages.*,
        scope_products.product_id,
        case when scope_products.is_in_scope then 1 else 0 end
        - case when scope_products.is_shelf_in_scope then 1 else 0 end as in_scope_change,
        case when scope_products.is_other_product then 1 else 0 end
        - case when scope_products.is_shelf_other_product then 1 else 0 end as other_products_change
    from scope_pages
    inner join scope_products
        on scope_products.tenant_id = scope_pages.tenant_id
        and scope_products.scope_id = scope_pages.scope_id
),

changes as (
    select
        scope_pages.tenant_id,
        scope_pages.scope_id,
        page_days.order_date,
        {% for amount in amounts -%}
        sum(page_days.{{ amount }}) as in_scope_{{ amount }},
        {% endfor -%}
        0 as other_products_amount
    from scope_pages
    inner join page_days
        on page_days.tenant_id = scope_pages.tenant_id
        and page_days.page_id = scope_pages.page_id
        and page_days.order_date >= scope_pages.first_date
        and page_days.order_date <= scope_pages.last_date
    where not scope_pages.has_targets
    group by scope_pages.tenant_id, scope_pages.scope_id, page_days.order_date
    {% for changes, days, key in [
        ('shelf_changes', 'page_shelf_days', 'shelf_id'),
        ('product_changes', 'page_product_days', 'product_id'),
    ] -%}
    union all
    select
        {{ changes }}.tenant_id,
        {{ changes }}.scope_id,
        {{ days }}.order_date,
        {% for amount in amounts -%}
        sum({{ changes }}.in_scope_change * {{ days }}.{{ amount }}) as in_scope_{{ amount }},
        {% endfor -%}
        sum({{ changes }}.other_products_change * {{ days }}.demand_amount) as other_products_amount
    from {{ changes }}
    inner join {{ days }}
        on {{ days }}.tenant_id = {{ changes }}.tenant_id
        and {{ days }}.{{ key }} = {{ changes }}.{{ key }}
        and {{ days }}.page_id = {{ changes }}.page_id
        and {{ days }}.order_date >= {{ changes }}.first_date
        and {{ days }}.order_date <= {{ changes }}.last_date
    where {{ changes }}.in_scope_change <> 0 or {{ changes }}.other_products_change <> 0
    group by {{ changes }}.tenant_id, {{ changes }}.scope_id, {{ days }}.order_date
    {% endfor %}
),

changes_summed as (
    select
        tenant_id,
        scope_id,
        order_date,
        {% for amount in amounts -%}
        sum(in_scope_{{ amount }}) as in_scope_{{ amount }},
        {% endfor -%}
        sum(other_products_amount) as other_products_amount
    from changes
    group by tenant_id, scope_id, order_date
)

select
    -- keys
    cast(scopes.tenant_id as bigint) as tenant_id,
    cast(scopes.scope_id as bigint) as scope_id,

    -- measures
    cast(coalesce(changes_summed.in_scope_demand_amount, 0) as numeric(18, 2)) as in_scope_amount,
    cast(
        page_days.demand_amount - coalesce(changes_summed.in_scope_demand_amount, 0)
        as numeric(18, 2)
    ) as out_of_scope_amount,
    cast(
        coalesce(changes_summed.other_products_amount, 0) as numeric(18, 2)
    ) as other_products_amount,
    cast(
        coalesce(changes_summed.in_scope_cost_amount, 0) as numeric(18, 2)
    ) as in_scope_cost_amount,
    cast(
        coalesce(changes_summed.in_scope_costed_amount, 0) as numeric(18, 2)
    ) as in_scope_costed_amount,

    -- dates
    cast(page_days.order_date as date) as order_date
from scopes
inner join page_days
    on page_days.tenant_id = scopes.tenant_id
    and page_days.page_id = 0
    and page_days.order_date >= scopes.first_date
    and page_days.order_date <= scopes.last_date
left join changes_summed
    on changes_summed.tenant_id = scopes.tenant_id
    and changes_summed.scope_id = scopes.scope_id
    and changes_summed.order_date = page_days.order_date
