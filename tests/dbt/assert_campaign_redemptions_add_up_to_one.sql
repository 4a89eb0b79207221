-- Fails when the campaigns of an accepted redemption do not have exactly 1 of it, or somebody else
-- has a part.
with

campaign_redemptions as (
    select * from {{ ref('fct_campaign_redemptions') }}
),

promotion_campaigns as (
    select * from {{ ref('stg_marketing__promotion_campaigns') }}
),

promotion_redemptions as (
    select * from {{ ref('stg_marketing__promotion_redemptions') }}
    where status = 'accepted'
),

expected as (
    select
        promotion_redemptions.tenant_id,
        promotion_redemptions.redemption_id,
        count(*) as campaign_count
    from promotion_redemptions
    inner join promotion_campaigns
        on promotion_campaigns.tenant_id = promotion_redemptions.tenant_id
        and promotion_campaigns.promotion_id = promotion_redemptions.promotion_id
    group by promotion_redemptions.tenant_id, promotion_redemptions.redemption_id
),

actual as (
    select tenant_id, redemption_id, count(*) as campaign_count, sum(redemption_weight) as weight
    from campaign_redemptions
    group by tenant_id, redemption_id
)

select
    coalesce(expected.tenant_id, actual.tenant_id) as tenant_id,
    coalesce(expected.redemption_id, actual.redemption_id) as redemption_id,
    actual.weight
from expected
full join actual
    on actual.tenant_id = expected.tenant_id
    and actual.redemption_id = expected.redemption_id
where actual.weight is distinct from 1
    or actual.campaign_count is distinct from expected.campaign_count
