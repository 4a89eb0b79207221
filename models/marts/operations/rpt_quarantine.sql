{#-
    What is one cause is one row, however many rows it is: with how many, and the first of them to
    look at.
-#}
{%- set ids_shown = 5 -%}
with

rows_numbered as (
    select
        *,
        row_number() over (partition by tenant_id, group_key order by source_id)
            as row_number_in_group
    from {{ ref('fct_quarantined_rows') }}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(group_key as text) as group_key,

    -- attributes
    cast(min(cause) as text) as cause,
    cast(min(source_table) as text) as source_table,
    cast(min(source_column) as text) as source_column,
    cast(min(severity) as text) as severity,
    cast(min(reason) as text) as reason,
    cast(min(next_step) as text) as next_step,
    {%- for language in var('translations') %}
    cast(min(reason_{{ language }}) as text) as reason_{{ language }},
    cast(min(next_step_{{ language }}) as text) as next_step_{{ language }},
    {%- endfor %}
    cast(
        string_agg(cast(source_id as text), ', ' order by source_id)
            filter (where row_number_in_group <= {{ ids_shown }}) as text
    ) as first_ids,

    -- measures
    cast(count(*) as bigint) as row_count,
    cast(case min(severity) when 'error' then 1 when 'warning' then 2 else 3 end as integer)
        as severity_rank,

    -- flags
    cast(min(case when is_counted then 1 else 0 end) = 1 as boolean) as is_counted,

    -- dates
    cast(min(month_start_date) as date) as month_start_date
from rows_numbered
group by tenant_id, group_key
