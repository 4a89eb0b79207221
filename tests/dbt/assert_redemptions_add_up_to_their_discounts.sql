-- Fails when the parts of a redemption do not add up to its discount, to the cent in the tenant's
-- currency.
with

redemptions as (
    select * from {{ ref('fct_promotion_redemptions') }}
),

redemptions_allocated as (
    select * from {{ ref('int_marketing__redemptions_allocated') }}
)

select
    redemptions.tenant_id,
    redemptions.redemption_id,
    max(redemptions.discount_amount) as whole_amount,
    sum(redemptions_allocated.discount_amount) as parts_amount
from redemptions
left join redemptions_allocated
    on redemptions_allocated.tenant_id = redemptions.tenant_id
    and redemptions_allocated.redemption_id = redemptions.redemption_id
group by redemptions.tenant_id, redemptions.redemption_id
having max(redemptions.discount_amount) is distinct from sum(redemptions_allocated.discount_amount)
