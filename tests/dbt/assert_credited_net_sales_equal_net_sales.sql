-- Fails when what is credited on a day, Unattributed included, is not what the ledger holds: net
-- sales and margin, by the day of the event, of the order and of the ledger, to the cent.
{{ config(meta={'incremental': {'key': 'order_id'}}) }}

with

sales_ledger as (
    select * from {{ ref('fct_sales_ledger') }}
    where event_type in ('sale', 'discount', 'return', 'cost', 'cost_return')
),

sales_credits as (
    select * from {{ ref('fct_sales_credits') }}
    where is_credited
),

figures as (
    {% for basis in ['event_date', 'order_date', 'ledger_date'] -%}
    select
        tenant_id,
        '{{ basis }}' as basis,
        {{ basis }} as basis_date,
        sum(case when event_type in ('sale', 'discount', 'return') then amount else 0 end)
            as net_sales_amount,
        sum(amount) as gross_margin_amount,
        cast(0 as numeric(18, 2)) as credited_net_sales_amount,
        cast(0 as numeric(18, 2)) as credited_gross_margin_amount
    from sales_ledger
    group by tenant_id, {{ basis }}
    union all
    select
        tenant_id,
        '{{ basis }}' as basis,
        {{ basis }} as basis_date,
        cast(0 as numeric(18, 2)) as net_sales_amount,
        cast(0 as numeric(18, 2)) as gross_margin_amount,
        sum(net_sales_amount) as credited_net_sales_amount,
        sum(net_sales_amount - cost_amount) as credited_gross_margin_amount
    from sales_credits
    group by tenant_id, {{ basis }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    tenant_id,
    basis,
    basis_date,
    sum(net_sales_amount) as net_sales_amount,
    sum(credited_net_sales_amount) as credited_net_sales_amount,
    sum(gross_margin_amount) as gross_margin_amount,
    sum(credited_gross_margin_amount) as credited_gross_margin_amount
from figures
group by tenant_id, basis, basis_date
having sum(net_sales_amount) <> sum(credited_net_sales_amount)
    or sum(gross_margin_amount) <> sum(credited_gross_margin_amount)
