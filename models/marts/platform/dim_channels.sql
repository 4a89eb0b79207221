with

platform_pages as (
    select * from {{ ref('stg_channels__platform_pages') }}
),

platforms as (
    select * from {{ ref('stg_channels__platforms') }}
)

select
    -- keys
    cast(platform_pages.tenant_id as bigint) as tenant_id,
    cast(platform_pages.page_id as bigint) as page_id,

    -- attributes
    cast(platform_pages.name as text) as channel_name,
    cast(platforms.code as text) as platform_code,
    cast(platforms.name as text) as platform_name,

    -- flags
    cast(platform_pages.is_active as boolean) as is_active
from platform_pages
inner join platforms
    on platforms.platform_id = platform_pages.platform_id
