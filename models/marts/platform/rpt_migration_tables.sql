with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

legacy_tables as (
    select * from {{ ref('legacy_tables') }}
),

legacy_purposes as (
    select * from {{ ref('legacy_purposes') }}
),

schema_tables as (
    select * from {{ ref('rpt_schema_tables') }}
),

page_sources as (
    select * from {{ ref('page_sources') }}
),

replacements as (
    select
        schema_tables.tenant_id,
        legacy_tables.legacy_table,
        schema_tables.table_name,
        schema_tables.is_found,
        schema_tables.row_count
    from schema_tables
    inner join legacy_tables
        on position(
            ' ' || schema_tables.table_name || ' ' in ' ' || lower(legacy_tables.new_tables) || ' '
        ) > 0
),

replacements_per_table as (
    select
        tenant_id,
        legacy_table,
        string_agg(table_name, ', ' order by table_name) as table_names,
        count(*) as table_count,
        count(case when is_found then 1 end) as found_count,
        sum(row_count) as row_count
    from replacements
    group by tenant_id, legacy_table
),

purposes_served as (
    select
        schema_tables.tenant_id,
        legacy_purposes.*
    from schema_tables
    inner join legacy_purposes
        on legacy_purposes.served_by = schema_tables.table_name
    where legacy_purposes.served_by_type = 'table' and schema_tables.is_found
    union all
    select
        tenants.tenant_id,
        legacy_purposes.*
    from tenants
    cross join legacy_purposes
    where legacy_purposes.served_by_type = 'facet'
        or (
            legacy_purposes.served_by_type = 'model'
            and legacy_purposes.served_by in ({{ mart_names() }})
        )
),

purposes_per_table as (
    select
        tenant_id,
        legacy_table,
        string_agg(served_by, ', ' order by served_by) as served_by,
        {%- for language in var('translations') %}
        string_agg(purpose_{{ language }}, '; ' order by served_by) as purposes_{{ language }},
        {%- endfor %}
        string_agg(purpose, '; ' order by served_by) as purposes
    from purposes_served
    group by tenant_id, legacy_table
),

servers as (
    select tenant_id, legacy_table, table_name as source_name
    from replacements
    where is_found
    union all
    select tenant_id, legacy_table, served_by as source_name
    from purposes_served
),

pages_per_table as (
    select
        servers.tenant_id,
        servers.legacy_table,
        string_agg(distinct page_sources.page, ' ' order by page_sources.page) as pages
    from servers
    inner join page_sources
        on page_sources.source_name = servers.source_name
    group by servers.tenant_id, servers.legacy_table
),

replaced as (
    select
        tenants.tenant_id,
        legacy_tables.*,
        replacements_per_table.table_names,
        coalesce(replacements_per_table.table_count, 0) as table_count,
        coalesce(replacements_per_table.found_count, 0) as found_count,
        coalesce(replacements_per_table.row_count, 0) as row_count,
        pages_per_table.pages,
        purposes_per_table.served_by,
        {%- for language in var('translations') %}
        purposes_per_table.purposes_{{ language }},
        {%- endfor %}
        purposes_per_table.purposes
    from tenants
    cross join legacy_tables
    left join replacements_per_table
        on replacements_per_table.tenant_id = tenants.tenant_id
        and replacements_per_table.legacy_table = legacy_tables.legacy_table
    left join purposes_per_table
        on purposes_per_table.tenant_id = tenants.tenant_id
        and purposes_per_table.legacy_table = legacy_tables.legacy_table
    left join pages_per_table
        on pages_per_table.tenant_id = tenants.tenant_id
        and pages_per_table.legacy_table = legacy_tables.legacy_table
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(legacy_table as text) as legacy_table,

    -- attributes
    cast(domain as text) as domain,
    cast(status as text) as migration_status,
    cast(resolution as text) as resolution,
    cast(priority as text) as priority,
    cast(notes as text) as notes,
    cast(table_names as text) as replacement_tables,
    cast(served_by as text) as served_by,
    cast(pages as text) as pages,
    cast(purposes as text) as purposes,
    {%- for language in var('translations') %}
    cast(purposes_{{ language }} as text) as purposes_{{ language }},
    {%- endfor %}

    -- measures
    cast(table_count as integer) as replacement_count,
    cast(found_count as integer) as replacement_found_count,
    cast(row_count as bigint) as row_count,

    -- flags
    cast(table_count > 0 and found_count = table_count as boolean) as is_replaced,
    cast(
        resolution = 'removed'
        or (table_count > 0 and found_count = table_count)
        or served_by is not null
        as boolean
    ) as is_served
from replaced
