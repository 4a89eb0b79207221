{#-
    What a tenant's metadata says of its calendar, each with what holds where it says nothing that
    can be used.
-#}
with

tenants as (
    select * from {{ ref('stg_system__tenants') }}
),

settings_found as (
    select
        tenant_id,
        upper({{ json_text('metadata', 'country') }}) as country,
        {{ json_text('metadata', 'fiscal_year_label') }} as fiscal_year_label,
        {{ json_text('metadata', 'calendar') }} as calendar,
        {{ json_text('metadata', 'events') }} as events,
        {#- vi-VN, zh-Hant-TW, en_US.UTF-8 -#}
        split_part(split_part(replace(locale, '_', '-'), '.', 1), '-', 1) as locale_language,
        split_part(split_part(replace(locale, '_', '-'), '.', 1), '-', 2) as locale_second,
        split_part(split_part(replace(locale, '_', '-'), '.', 1), '-', 3) as locale_third
    from tenants
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,

    -- attributes
    cast(
        case
            when country similar to '[A-Z][A-Z]' then country
            when locale_second similar to '[A-Za-z][A-Za-z]' then upper(locale_second)
            when locale_third similar to '[A-Za-z][A-Za-z]' then upper(locale_third)
            when lower(locale_language) = 'vi' then 'VN'
        end as text
    ) as country_code,
    cast(
        case
            when fiscal_year_label in ('first', 'last', 'both') then fiscal_year_label
            else 'first'
        end
        as text
    ) as fiscal_year_label,
    cast(
        case when calendar in ('gregorian', 'retail_454') then calendar else 'gregorian' end as text
    ) as calendar_type,

    -- flags
    cast(coalesce(country similar to '[A-Z][A-Z]', true) as boolean) as is_country_readable,
    cast(coalesce(fiscal_year_label in ('first', 'last', 'both'), true) as boolean)
        as is_fiscal_year_label_readable,
    cast(
        coalesce(calendar in ('gregorian', 'retail_454'), true) as boolean
    ) as is_calendar_readable,
    cast(coalesce(trim(events) like '[%', true) as boolean) as has_readable_events
from settings_found
