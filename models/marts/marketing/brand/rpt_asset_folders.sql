{#-
    Folders of files with all that lies in and below each, each file once. The recursion adds pairs
    that are not there yet, so that a circle of parents ends by itself.
-#}
with

asset_folders as (
    select * from {{ ref('stg_marketing__asset_folders') }}
    where deleted_at is null
),

marketing_assets as (
    select * from {{ ref('rpt_marketing_assets') }}
),

folders_linked as (
    select
        asset_folders.tenant_id,
        asset_folders.folder_id,
        asset_folders.name as folder_name,
        parents.folder_id as parent_folder_id,
        parents.name as parent_folder_name
    from asset_folders
    left join asset_folders as parents
        on parents.tenant_id = asset_folders.tenant_id
        and parents.folder_id = asset_folders.parent_id
),

folders_nested as (
    with recursive steps as (
        select tenant_id, folder_id, folder_id as ancestor_folder_id
        from folders_linked
        union
        select steps.tenant_id, steps.folder_id, parents.parent_folder_id as ancestor_folder_id
        from steps
        inner join folders_linked as parents
            on parents.tenant_id = steps.tenant_id
            and parents.folder_id = steps.ancestor_folder_id
        where parents.parent_folder_id is not null
    )

    select * from steps
),

assets_placed as (
    select
        folders_nested.tenant_id,
        folders_nested.ancestor_folder_id as folder_id,
        count(case when folders_nested.folder_id = folders_nested.ancestor_folder_id then 1 end)
            as own_asset_count,
        count(*) as asset_count,
        sum(marketing_assets.size_bytes) as size_bytes,
        count(case when marketing_assets.needs_rights then 1 end) as needy_asset_count,
        max(marketing_assets.changed_date) as last_changed_date
    from folders_nested
    inner join marketing_assets
        on marketing_assets.tenant_id = folders_nested.tenant_id
        and marketing_assets.folder_id = folders_nested.folder_id
    group by folders_nested.tenant_id, folders_nested.ancestor_folder_id
),

levels_counted as (
    select tenant_id, folder_id, count(*) as level_count
    from folders_nested
    group by tenant_id, folder_id
)

select
    -- keys
    cast(folders_linked.tenant_id as bigint) as tenant_id,
    cast(folders_linked.folder_id as bigint) as folder_id,
    cast(folders_linked.parent_folder_id as bigint) as parent_folder_id,

    -- attributes
    cast(folders_linked.folder_name as text) as folder_name,
    cast(folders_linked.parent_folder_name as text) as parent_folder_name,

    -- measures
    cast(levels_counted.level_count as integer) as folder_level,
    cast(coalesce(assets_placed.own_asset_count, 0) as integer) as own_asset_count,
    cast(coalesce(assets_placed.asset_count, 0) as integer) as asset_count,
    cast(coalesce(assets_placed.size_bytes, 0) as bigint) as size_bytes,
    cast(coalesce(assets_placed.needy_asset_count, 0) as integer) as needy_asset_count,

    -- dates
    cast(assets_placed.last_changed_date as date) as last_changed_date
from folders_linked
inner join levels_counted
    on levels_counted.tenant_id = folders_linked.tenant_id
    and levels_counted.folder_id = folders_linked.folder_id
left join assets_placed
    on assets_placed.tenant_id = folders_linked.tenant_id
    and assets_placed.folder_id = folders_linked.folder_id
