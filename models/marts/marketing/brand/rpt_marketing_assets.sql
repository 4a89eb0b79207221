{#-
    Files that marketing works with: what each is used for, until when it may be used, and how long
    it has not been changed.
-#}
with

marketing_assets as (
    select * from {{ ref('stg_marketing__marketing_assets') }}
    where deleted_at is null
),

asset_folders as (
    select * from {{ ref('stg_marketing__asset_folders') }}
    where deleted_at is null
),

brand_settings as (
    select * from {{ ref('stg_marketing__brand_settings') }}
    where deleted_at is null
),

campaigns as (
    select * from {{ ref('dim_campaigns') }}
),

staff as (
    select * from {{ ref('dim_staff') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

assets_joined as (
    select
        marketing_assets.*,
        tenants.as_of_date,
        asset_folders.folder_id as known_folder_id,
        asset_folders.name as folder_name,
        brand_settings.brand_setting_id as known_brand_id,
        brand_settings.name as brand_name,
        campaigns.campaign_id as known_campaign_id,
        campaigns.campaign_name,
        campaigns.end_date as campaign_end_date,
        staff.full_name as approved_by_name,
        coalesce(
            campaigns.is_deleted or campaigns.campaign_status in ('completed', 'cancelled')
            or campaigns.end_date < tenants.as_of_date, false
        ) as is_of_over,
        coalesce(campaigns.start_date > tenants.as_of_date, false) as is_of_coming,
        {{ local_date('marketing_assets.updated_at', 'tenants.timezone') }} as changed_date,
        {{ local_date('marketing_assets.approved_at', 'tenants.timezone') }} as approved_date
    from marketing_assets
    inner join tenants
        on tenants.tenant_id = marketing_assets.tenant_id
    left join asset_folders
        on asset_folders.tenant_id = marketing_assets.tenant_id
        and asset_folders.folder_id = marketing_assets.folder_id
    left join brand_settings
        on brand_settings.tenant_id = marketing_assets.tenant_id
        and brand_settings.brand_setting_id = marketing_assets.brand_setting_id
    left join campaigns
        on campaigns.tenant_id = marketing_assets.tenant_id
        and campaigns.campaign_id = marketing_assets.campaign_id
    left join staff
        on staff.tenant_id = marketing_assets.tenant_id
        and staff.user_id = marketing_assets.approved_by
),

assets_used as (
    select
        *,
        case
            when status in ('archived', 'draft') then status
            when known_campaign_id is not null and is_of_over then 'over'
            when known_campaign_id is not null and is_of_coming then 'coming'
            when known_campaign_id is not null then 'running'
            when known_brand_id is not null then 'brand'
            else 'none'
        end as asset_use,
        license_until_on - as_of_date as license_left_days
    from assets_joined
),

assets_judged as (
    select
        *,
        case
            when license_until_on is null then 'always'
            when license_left_days < 0 then 'expired'
            when license_left_days <= 30 then 'end_soon'
            when asset_use in ('running', 'coming') and license_until_on < campaign_end_date
                then 'end_early'
            else 'hold'
        end as rights_state
    from assets_used
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(marketing_asset_id as bigint) as marketing_asset_id,
    cast(known_folder_id as bigint) as folder_id,
    cast(known_campaign_id as bigint) as campaign_id,
    cast(known_brand_id as bigint) as brand_setting_id,
    cast(approved_by as bigint) as approved_by,

    -- attributes
    cast(name as text) as asset_name,
    cast(asset_type as text) as asset_type,
    cast(asset_use as text) as asset_use,
    cast(rights_state as text) as rights_state,
    cast(folder_name as text) as folder_name,
    cast(campaign_name as text) as campaign_name,
    cast(brand_name as text) as brand_name,
    cast(approved_by_name as text) as approved_by_name,

    -- measures
    cast(size_bytes as bigint) as size_bytes,
    cast(license_left_days as integer) as license_left_days,
    cast(
        case when changed_date is not null then greatest(as_of_date - changed_date, 0) end
        as integer
    ) as unchanged_days,

    -- flags
    cast(
        asset_use in ('running', 'coming', 'brand')
        and rights_state in ('expired', 'end_soon', 'end_early') as boolean
    ) as needs_rights,

    -- dates
    cast(license_until_on as date) as license_until_date,
    cast(approved_date as date) as approved_date,
    cast(changed_date as date) as changed_date
from assets_judged
