{#-
    What was sold in each scope, out of it and beside what it names, on the days that promotions of
    it ask for. Summed from what is coarse to what is fine, so that no scope is joined to every
    product: the shop's days, where the scope names nothing; what its shelves add to them or take
    from them; and what single products do that it names or excludes.
-#}
{{ config(post_hook="{{ gather_statistics(this) }}") }}

{%- set amounts = ['demand_amount', 'cost_amount', 'costed_amount'] %}

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
        promotions_scoped.tenant_id,
        promotions_scoped.scope_id,
        max(case when promotions_scoped.has_channels then 1 else 0 end) = 1 as has_channels,
        max(
            case
                when promotions_scoped.has_products or promotions_scoped.has_categories then 1
                else 0
            end
        ) = 1 as is_naming,
        min(promotions_scoped.start_date) - 56 as first_date,
        max(coalesce(promotions_scoped.end_date + 14, tenants.as_of_date)) as last_date
    from promotions_scoped
    inner join tenants
        on tenants.tenant_id = promotions_scoped.tenant_id
    where promotions_scoped.start_date is not null
    group by promotions_scoped.tenant_id, promotions_scoped.scope_id
),

{#- Where a scope holds: on its pages, or on 0, which stands for wherever the shop sells. -#}
scope_places as (
    select tenant_id, scope_id, is_naming, first_date, last_date, 0 as page_id
    from scopes
    where not has_channels
    union all
    select
        scopes.tenant_id, scopes.scope_id, scopes.is_naming, scopes.first_date, scopes.last_date,
        promotion_channels.page_id
    from scopes
    inner join promotion_channels
        on promotion_channels.tenant_id = scopes.tenant_id
        and promotion_channels.promotion_id = scopes.scope_id
),

pages_named as (
    select distinct tenant_id, page_id
    from scope_places
    where page_id <> 0
),

place_product_days as (
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

place_shelf_days as (
    select
        place_product_days.tenant_id,
        place_product_days.page_id,
        products_shelved.shelf_id,
        place_product_days.order_date,
        {% for amount in amounts -%}
        sum(place_product_days.{{ amount }}) as {{ amount }}{{ ',' if not loop.last }}
        {% endfor %}
    from place_product_days
    inner join products_shelved
        on products_shelved.tenant_id = place_product_days.tenant_id
        and products_shelved.product_id = place_product_days.product_id
    group by
        place_product_days.tenant_id,
        place_product_days.page_id,
        products_shelved.shelf_id,
        place_product_days.order_date
),

place_days as (
    select
        tenant_id, page_id, order_date,
        {% for amount in amounts -%}
        sum({{ amount }}) as {{ amount }}{{ ',' if not loop.last }}
        {% endfor %}
    from place_product_days
    group by tenant_id, page_id, order_date
),

{#- What each adds to what is coarser: 1, or -1 where it takes away. -#}
shelf_changes as (
    select
        scope_places.*,
        scope_shelves.shelf_id,
        case when scope_shelves.is_in_scope then 1 else 0 end
        - case when scope_places.is_naming then 0 else 1 end as in_scope_change,
        case when scope_shelves.is_beside then 1 else 0 end as beside_change
    from scope_places
    inner join scope_shelves
        on scope_shelves.tenant_id = scope_places.tenant_id
        and scope_shelves.scope_id = scope_places.scope_id
),

product_changes as (
    select
        scope_places.*,
        scope_products.product_id,
        case when scope_products.is_in_scope then 1 else 0 end
        - case when scope_products.is_shelf_in_scope then 1 else 0 end as in_scope_change,
        case when scope_products.is_beside then 1 else 0 end
        - case when scope_products.is_shelf_beside then 1 else 0 end as beside_change
    from scope_places
    inner join scope_products
        on scope_products.tenant_id = scope_places.tenant_id
        and scope_products.scope_id = scope_places.scope_id
),

changes as (
    select
        scope_places.tenant_id,
        scope_places.scope_id,
        place_days.order_date,
        {% for amount in amounts -%}
        sum(place_days.{{ amount }}) as in_scope_{{ amount }},
        {% endfor -%}
        0 as beside_amount
    from scope_places
    inner join place_days
        on place_days.tenant_id = scope_places.tenant_id
        and place_days.page_id = scope_places.page_id
        and place_days.order_date >= scope_places.first_date
        and place_days.order_date <= scope_places.last_date
    where not scope_places.is_naming
    group by scope_places.tenant_id, scope_places.scope_id, place_days.order_date
    {% for changes, days, key in [
        ('shelf_changes', 'place_shelf_days', 'shelf_id'),
        ('product_changes', 'place_product_days', 'product_id'),
    ] -%}
    union all
    select
        {{ changes }}.tenant_id,
        {{ changes }}.scope_id,
        {{ days }}.order_date,
        {% for amount in amounts -%}
        sum({{ changes }}.in_scope_change * {{ days }}.{{ amount }}) as in_scope_{{ amount }},
        {% endfor -%}
        sum({{ changes }}.beside_change * {{ days }}.demand_amount) as beside_amount
    from {{ changes }}
    inner join {{ days }}
        on {{ days }}.tenant_id = {{ changes }}.tenant_id
        and {{ days }}.{{ key }} = {{ changes }}.{{ key }}
        and {{ days }}.page_id = {{ changes }}.page_id
        and {{ days }}.order_date >= {{ changes }}.first_date
        and {{ days }}.order_date <= {{ changes }}.last_date
    where {{ changes }}.in_scope_change <> 0 or {{ changes }}.beside_change <> 0
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
        sum(beside_amount) as beside_amount
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
        place_days.demand_amount - coalesce(changes_summed.in_scope_demand_amount, 0)
        as numeric(18, 2)
    ) as out_of_scope_amount,
    cast(coalesce(changes_summed.beside_amount, 0) as numeric(18, 2)) as beside_amount,
    cast(
        coalesce(changes_summed.in_scope_cost_amount, 0) as numeric(18, 2)
    ) as in_scope_cost_amount,
    cast(
        coalesce(changes_summed.in_scope_costed_amount, 0) as numeric(18, 2)
    ) as in_scope_costed_amount,

    -- dates
    cast(place_days.order_date as date) as order_date
from scopes
inner join place_days
    on place_days.tenant_id = scopes.tenant_id
    and place_days.page_id = 0
    and place_days.order_date >= scopes.first_date
    and place_days.order_date <= scopes.last_date
left join changes_summed
    on changes_summed.tenant_id = scopes.tenant_id
    and changes_summed.scope_id = scopes.scope_id
    and changes_summed.order_date = place_days.order_date
