-- What the metrics of customers must be per tenant and calendar month: persons counted one by one, over what
-- 00_sales.sql tells of each order.
with

bought as (  -- orders of somebody; guests are nobody
    select c.tenant_id, date_trunc('month', c.day)::date as month, i.person, c.id = f.id as is_first
    from counted c
    join identity i on i.tenant_id = c.tenant_id and i.customer_id = c.customer_id
    join first_order f on f.tenant_id = i.tenant_id and f.person = i.person
),

persons as (
    select tenant_id, month, count(distinct person) as customers,
        count(distinct person) filter (where is_first) as new_customers
    from bought group by 1, 2
),

net as (  -- of persons alone, in the month in which the tenant dates it
    select p.tenant_id, date_trunc('month', p.day)::date as month, sum(p.amount) as amount
    from piece p
    join counted c on c.tenant_id = p.tenant_id and c.id = p.order_id
    where p.kind <> 'cost' and exists (
        select from identity i where i.tenant_id = c.tenant_id and i.customer_id = c.customer_id
    )
    group by 1, 2
)

select tenant_id, 'customers', month, customers::numeric from persons
union all select tenant_id, 'new_customers', month, new_customers from persons
union all select tenant_id, 'returning_customers', month, customers - new_customers from persons
union all select tenant_id, 'returning_customer_rate', month,
    div((customers - new_customers) * 1e8, customers) * 1e-8 from persons
union all select tenant_id, 'net_sales_of_customers', month, amount from net
union all select p.tenant_id, 'net_sales_per_customer', month, div(coalesce(n.amount, 0) * 1e8, p.customers) * 1e-8
    from persons p left join net n using (tenant_id, month)
