-- Fails when orders, sales or commission by links are others than on the page of campaigns, or when
-- a file, a link, a channel or a change of an activity is lost or doubled.
with

changes_standing as (
    select changes.tenant_id, changes.campaign_activity_change_id
    from {{ ref('stg_marketing__campaign_activity_changes') }} as changes
    inner join {{ ref('rpt_activity_schedule') }} as activities
        on activities.tenant_id = changes.tenant_id
        and activities.activity_id = changes.campaign_activity_id
),

expected as (
    select tenant_id, 'orders' as figure, cast(sum(order_count) as numeric(28, 2)) as amount
    from {{ ref('rpt_campaign_links') }}
    group by tenant_id
    union all
    select tenant_id, 'net sales' as figure, sum(net_sales_amount) as amount
    from {{ ref('rpt_campaign_links') }}
    group by tenant_id
    union all
    select tenant_id, 'commission' as figure, sum(commission_amount) as amount
    from {{ ref('rpt_campaign_links') }}
    group by tenant_id
    union all
    select tenant_id, 'changes' as figure, count(*) as amount
    from changes_standing
    group by tenant_id
    {%- for figure, staging in [
        ('files', 'stg_marketing__marketing_assets'), ('links', 'stg_marketing__utm_links'),
        ('channels', 'stg_marketing__marketing_channels'),
    ] %}
    union all
    select tenant_id, '{{ figure }}' as figure, count(*) as amount
    from {{ ref(staging) }}
    where deleted_at is null
    group by tenant_id
    {%- endfor %}
),

actual as (
    select tenant_id, 'orders' as figure, cast(count(*) as numeric(28, 2)) as amount
    from {{ ref('fct_link_uses') }}
    where is_order
    group by tenant_id
    union all
    select tenant_id, 'net sales' as figure, sum(net_sales_amount) as amount
    from {{ ref('fct_link_uses') }}
    group by tenant_id
    union all
    select tenant_id, 'commission' as figure, sum(commission_amount) as amount
    from {{ ref('rpt_affiliates') }}
    group by tenant_id
    union all
    select tenant_id, 'changes' as figure, sum(change_count) as amount
    from {{ ref('rpt_activity_schedule') }}
    group by tenant_id
    {%- for figure, mart in [
        ('files', 'rpt_marketing_assets'), ('links', 'rpt_utm_links'),
        ('channels', 'rpt_marketing_channels'),
    ] %}
    union all
    select tenant_id, '{{ figure }}' as figure, count(*) as amount
    from {{ ref(mart) }}
    group by tenant_id
    {%- endfor %}
)

{{ sums_that_differ() }}
