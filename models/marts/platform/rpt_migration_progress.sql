with

migration_tables as (
    select * from {{ ref('rpt_migration_tables') }}
),

tables_grouped as (
    select tenant_id, 'all' as grouping_name, 'all' as group_name, migration_status
    from migration_tables
    union all
    select tenant_id, 'domain' as grouping_name, domain as group_name, migration_status
    from migration_tables
    union all
    select tenant_id, 'priority' as grouping_name, priority as group_name, migration_status
    from migration_tables
),

tables_counted as (
    select tenant_id, grouping_name, group_name, migration_status, count(*) as table_count
    from tables_grouped
    group by tenant_id, grouping_name, group_name, migration_status
),

groups_counted as (
    select
        *,
        cast(
            sum(table_count) over (partition by tenant_id, grouping_name, group_name) as bigint
        ) as group_count
    from tables_counted
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(grouping_name as text) as grouping_name,
    cast(group_name as text) as group_name,
    cast(migration_status as text) as migration_status,

    -- measures
    cast(table_count as integer) as table_count,
    cast(group_count as integer) as group_count,
    cast({{ share('table_count', 'group_count') }} as numeric(9, 6)) as table_rate
from groups_counted
