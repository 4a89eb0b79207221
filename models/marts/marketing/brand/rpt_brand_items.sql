{#-
    What a brand is made of, as a list to tick off (definitions.md, Marketing): 17 things, each there
    or missing. A logo for any background is there for light and for dark ones.
-#}
{%- set items = {
    'settings': ['tagline', 'mission', 'tone_of_voice', 'website'],
    'colors': ['primary_color', 'text_color', 'background_color'],
    'logos': ['light_logo', 'dark_logo', 'mark'],
    'typography': ['heading_typeface', 'body_typeface'],
    'guidelines': ['logo_rule', 'color_rule', 'typography_rule', 'imagery_rule', 'voice_rule'],
} -%}
with

brand_settings as (
    select * from {{ ref('stg_marketing__brand_settings') }}
    where deleted_at is null
),

brand_colors as (
    select * from {{ ref('stg_marketing__brand_colors') }}
    where deleted_at is null
),

brand_logos as (
    select * from {{ ref('stg_marketing__brand_logos') }}
    where deleted_at is null
),

brand_typographies as (
    select * from {{ ref('stg_marketing__brand_typographies') }}
    where deleted_at is null
),

brand_guidelines as (
    select * from {{ ref('stg_marketing__brand_guidelines') }}
    where deleted_at is null
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

items_wanted as (
    {%- for part, names in items.items() %}
    {%- set part_position = loop.index %}
    {%- for name in names %}
    select
        brand_settings.*,
        '{{ part }}' as brand_part,
        '{{ name }}' as brand_item,
        {{ 10 * part_position + loop.index0 }} as item_position
    from brand_settings
    {%- if not (loop.last and part_position == items | length) %}
    union all
    {%- endif %}
    {%- endfor %}
    {%- endfor %}
),

items_there as (
    {%- for name, column in [
        ('tagline', 'tagline'), ('mission', 'mission'), ('tone_of_voice', 'tone_of_voice'),
        ('website', 'website_url'),
    ] %}
    select tenant_id, brand_setting_id, '{{ name }}' as brand_item, updated_at
    from brand_settings
    where trim({{ column }}) <> ''
    union all
    {%- endfor %}
    select tenant_id, brand_setting_id, usage_type || '_color', updated_at
    from brand_colors
    union all
    select tenant_id, brand_setting_id, 'mark', updated_at
    from brand_logos
    where variant = 'mark'
    {%- for background in ['light', 'dark'] %}
    union all
    select tenant_id, brand_setting_id, '{{ background }}_logo', updated_at
    from brand_logos
    where variant = 'full' and background_type in ('{{ background }}', 'any')
    {%- endfor %}
    union all
    select tenant_id, brand_setting_id, usage_type || '_typeface', updated_at
    from brand_typographies
    union all
    select tenant_id, brand_setting_id, section || '_rule', updated_at
    from brand_guidelines
),

items_counted as (
    select
        tenant_id,
        brand_setting_id,
        brand_item,
        count(*) as row_count,
        max(updated_at) as updated_at
    from items_there
    group by tenant_id, brand_setting_id, brand_item
)

select
    -- keys
    cast(wanted.tenant_id as bigint) as tenant_id,
    cast(wanted.brand_setting_id as bigint) as brand_setting_id,
    cast(wanted.brand_item as text) as brand_item,

    -- attributes
    cast(coalesce(wanted.name, wanted.code) as text) as brand_name,
    cast(wanted.brand_part as text) as brand_part,

    -- measures
    cast(wanted.item_position as integer) as item_position,
    cast(coalesce(items_counted.row_count, 0) as integer) as record_count,

    -- flags
    cast(coalesce(wanted.is_default, false) as boolean) as is_default,
    cast(items_counted.brand_item is not null as boolean) as is_there,
    cast(items_counted.brand_item is null as boolean) as is_missing,

    -- dates
    cast(
        {{ local_date('items_counted.updated_at', 'tenants.timezone') }} as date
    ) as changed_date
from items_wanted as wanted
inner join tenants
    on tenants.tenant_id = wanted.tenant_id
left join items_counted
    on items_counted.tenant_id = wanted.tenant_id
    and items_counted.brand_setting_id = wanted.brand_setting_id
    and items_counted.brand_item = wanted.brand_item
