{#-
    From which to which day a tenant has facts of any kind, or a plan, and its day of the data among
    them. No mart may be listed that reads dim_dates: of promotions the intermediate model stands
    here. What repeats others' days is left out.
-#}
{%- set days = {
    'dim_tenants': ['as_of_date'],
    'fct_sales_ledger': ['order_date', 'event_date'],
    'fct_payments': ['payment_date'],
    'fct_refunds': ['refund_date'],
    'fct_leads': ['created_date', 'assigned_date', 'converted_date'],
    'fct_replies': ['asked_date'],
    'fct_message_hours': ['sent_date'],
    'fct_sms_hours': ['sent_date'],
    'fct_sms_contacts': ['opted_out_date'],
    'fct_work_hours': ['work_date'],
    'fct_shifts': ['shift_date'],
    'fct_time_off_requests': ['requested_date'],
    'fct_person_evaluations': ['period_end'],
    'fct_shipments': ['promised_date', 'dispatched_date', 'delivered_date'],
    'fct_inbound_shipments': ['received_date'],
    'fct_tasks': ['created_date', 'completed_date'],
    'fct_product_days': ['activity_date'],
    'fct_alerts': ['raised_date', 'acknowledged_date', 'resolved_date'],
    'fct_webhook_days': ['call_date'],
    'fct_workflow_runs': ['run_date'],
    'fct_log_days': ['log_date'],
    'fct_late_changes': ['changed_date'],
    'fct_sales_targets': ['target_date'],
    'fct_campaign_touches': ['conversion_date'],
    'fct_link_uses': ['used_date'],
    'fct_promotion_redemptions': ['redeemed_date'],
    'int_marketing__goals_dated': ['start_date', 'end_date'],
    'int_marketing__promotion_scopes_listed': ['start_date'],
} -%}
with

days_listed as (
    {% for model, columns in days.items() -%}
    {% set outer_loop = loop -%}
    {% for column in columns -%}
    select
        tenant_id,
        min({{ column }}) as first_date,
        max({{ column }}) as last_date
    from {{ ref(model) }}
    group by tenant_id
    {% if not (loop.last and outer_loop.last) -%}
    union all
    {% endif -%}
    {% endfor -%}
    {% endfor %}
)

select
    -- keys
    cast(tenant_id as bigint) as tenant_id,

    -- dates
    cast(min(first_date) as date) as first_date,
    cast(max(last_date) as date) as last_date
from days_listed
group by tenant_id
