{#- Documents that marketing works by, and whether they still hold. -#}
with

reference_documents as (
    select * from {{ ref('stg_marketing__reference_documents') }}
    where deleted_at is null
),

campaigns as (
    select * from {{ ref('dim_campaigns') }}
),

tenants as (
    select * from {{ ref('dim_tenants') }}
),

documents_joined as (
    select
        reference_documents.*,
        campaigns.campaign_id as known_campaign_id,
        campaigns.campaign_name,
        reference_documents.valid_until_on - tenants.as_of_date as valid_left_days,
        coalesce(
            campaigns.campaign_status in ('completed', 'cancelled')
            or campaigns.end_date < tenants.as_of_date
            or campaigns.start_date > tenants.as_of_date, false
        ) as is_of_idle_campaign,
        {{ local_date('reference_documents.updated_at', 'tenants.timezone') }} as changed_date
    from reference_documents
    inner join tenants
        on tenants.tenant_id = reference_documents.tenant_id
    left join campaigns
        on campaigns.tenant_id = reference_documents.tenant_id
        and campaigns.campaign_id = reference_documents.campaign_id
    where not coalesce(campaigns.is_deleted, false)
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,
    cast(reference_document_id as bigint) as reference_document_id,
    cast(known_campaign_id as bigint) as campaign_id,

    -- attributes
    cast(title as text) as document_title,
    cast(document_type as text) as document_type,
    cast(campaign_name as text) as campaign_name,
    cast(
        case
            when valid_left_days < 0 then 'expired'
            when valid_left_days <= 30 then 'end_soon'
            else 'hold'
        end as text
    ) as document_state,

    -- measures
    cast(valid_left_days as integer) as valid_left_days,

    -- flags
    cast(coalesce(valid_left_days <= 30 and not is_of_idle_campaign, false) as boolean)
        as needs_renewal,

    -- dates
    cast(valid_until_on as date) as valid_until_date,
    cast(changed_date as date) as changed_date
from documents_joined
