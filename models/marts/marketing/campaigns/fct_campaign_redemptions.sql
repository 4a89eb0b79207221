{#-
    Accepted redemptions split equally over the campaigns of their promotion, whatever became of the
    order and whatever the attribution model (docs/decisions/0010).
-#}
with

redemptions as (
    select * from {{ ref('int_marketing__redemptions_joined_to_orders') }}
    where is_redemption
),

promotion_campaigns as (
    select * from {{ ref('stg_marketing__promotion_campaigns') }}
),

promotions as (
    select * from {{ ref('stg_marketing__promotions') }}
),

campaigns as (
    select * from {{ ref('dim_campaigns') }}
),

campaigns_of_promotions as (
    select
        promotion_campaigns.tenant_id,
        promotion_campaigns.promotion_id,
        promotion_campaigns.campaign_id,
        campaigns.campaign_name,
        cast(100000000 as {{ type_wide_integer() }}) as whole_weight
    from promotion_campaigns
    inner join campaigns
        on campaigns.tenant_id = promotion_campaigns.tenant_id
        and campaigns.campaign_id = promotion_campaigns.campaign_id
),

promotions_split as (
    {{ split_by_largest_remainder(
        relation='campaigns_of_promotions',
        amount='whole_weight',
        weight='1',
        group_by=['tenant_id', 'promotion_id'],
        tie_break='campaign_id',
        result='weight_parts',
    ) }}
)

select
    -- keys
    cast(redemptions.tenant_id as bigint) as tenant_id,
    cast(redemptions.redemption_id as bigint) as redemption_id,
    cast(promotions_split.campaign_id as bigint) as campaign_id,
    cast(redemptions.promotion_id as bigint) as promotion_id,
    cast(redemptions.order_id as bigint) as order_id,

    -- attributes
    cast(promotions_split.campaign_name as text) as campaign_name,
    cast(promotions.name as text) as promotion_name,
    cast(redemptions.order_number as text) as order_number,

    -- measures
    cast(
        {{ from_scaled('promotions_split.weight_parts', 8) }} as numeric(12, 8)
    ) as redemption_weight,

    -- dates
    cast(redemptions.redeemed_date as date) as redeemed_date
from redemptions
inner join promotions_split
    on promotions_split.tenant_id = redemptions.tenant_id
    and promotions_split.promotion_id = redemptions.promotion_id
inner join promotions
    on promotions.tenant_id = redemptions.tenant_id
    and promotions.promotion_id = redemptions.promotion_id
