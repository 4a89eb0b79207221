-- Fails when a day that metrics go by is not in the tenant's calendar, where it would be of no week
-- and no fiscal year; when a calendar has not the tenant's day of the data, ends short of a year's
-- ends, or leaves out a day.
{%- set days = {
    'fct_sales_ledger': ['ledger_date', 'event_date', 'order_date'],
    'fct_sales_credits': ['ledger_date', 'event_date', 'order_date'],
    'fct_campaign_sales': ['ledger_date', 'event_date', 'order_date'],
    'fct_campaign_attributions': ['conversion_date'],
    'fct_campaign_redemptions': ['redeemed_date'],
    'fct_promotion_redemptions': ['redeemed_date'],
    'fct_promoted_orders': ['order_date'],
    'fct_leads': ['assigned_date', 'created_date', 'converted_date'],
    'fct_lead_stages': ['created_date'],
    'fct_replies': ['asked_date'],
    'fct_message_hours': ['sent_date'],
    'fct_conversations': ['started_date'],
    'fct_sms_hours': ['sent_date'],
    'fct_sms_contacts': ['opted_out_date'],
    'fct_sales_targets': ['target_date'],
    'fct_work_hours': ['work_date'],
    'fct_shifts': ['shift_date'],
    'fct_time_off_requests': ['requested_date'],
    'fct_person_evaluations': ['period_end'],
    'fct_criterion_scores': ['period_end'],
    'fct_shipments': ['promised_date', 'dispatched_date', 'delivered_date'],
    'fct_inbound_shipments': ['received_date'],
    'fct_tasks': ['created_date', 'completed_date'],
    'fct_returns': ['order_date'],
    'fct_refund_times': ['refund_date'],
    'fct_product_days': ['activity_date'],
    'fct_alerts': ['raised_date', 'acknowledged_date', 'resolved_date'],
    'fct_webhook_days': ['call_date'],
    'fct_workflow_runs': ['run_date'],
    'fct_log_days': ['log_date'],
    'fct_late_changes': ['changed_date'],
    'fct_link_uses': ['used_date'],
    'fct_stock_out_days': ['stock_out_date'],
    'rpt_products': ['as_of_date'],
    'rpt_promotions': ['start_date'],
    'rpt_promotion_lift': ['start_date'],
    'rpt_campaign_goals': ['end_date'],
    'rpt_campaign_goal_days': ['date_day'],
    'dim_tenants': ['as_of_date'],
} %}
with

dates as (
    select * from {{ ref('dim_dates') }}
),

days_asked as (
    {% for model, columns in days.items() -%}
    {% set outer_loop = loop -%}
    {% for column in columns -%}
    select distinct tenant_id, {{ column }} as date_day, '{{ model }}.{{ column }}' as fault
    from {{ ref(model) }}
    {% if not (loop.last and outer_loop.last) -%}
    union all
    {% endif -%}
    {% endfor -%}
    {% endfor %}
),

calendars as (
    select
        tenant_id,
        min(date_day) as first_date,
        max(date_day) as last_date,
        min(year_start_date) as first_year_date,
        max(year_start_date) as last_year_date,
        count(*) as day_count
    from dates
    group by tenant_id
)

select days_asked.tenant_id, days_asked.date_day, days_asked.fault
from days_asked
left join dates
    on dates.tenant_id = days_asked.tenant_id
    and dates.date_day = days_asked.date_day
where days_asked.date_day is not null
    and dates.tenant_id is null
union all
select tenant_id, first_date as date_day, 'no whole years' as fault
from calendars
where first_date <> first_year_date
    or last_date + 1 <> {{ add_months('last_year_date', 12) }}
    or day_count <> last_date - first_date + 1
