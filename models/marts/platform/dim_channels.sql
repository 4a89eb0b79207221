with

platform_pages as (
    select * from {{ ref('stg_channels__platform_pages') }}
),

platforms as (
    select * from {{ ref('stg_channels__platforms') }}
),

pages_on_platforms as (
    select
        platform_pages.*,
        platforms.code as platform_code,
        platforms.name as platform_name
    from platform_pages
    inner join platforms
        on platforms.platform_id = platform_pages.platform_id
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(page_id as bigint) as page_id,

    -- attributes
    cast({{ name_told_apart('name', by='platform_name', id='page_id') }} as text) as channel_name,
    cast(platform_code as text) as platform_code,
    cast(platform_name as text) as platform_name,

    -- flags
    cast(is_active as boolean) as is_active
from pages_on_platforms
