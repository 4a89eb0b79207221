{#-
    Redemptions attempted by, or of an order credited to, were it with a weight of 0
    (docs/decisions/0009), somebody who works here and has the e-mail address of the customer's
    person. No e-mail address leaves this model.
-#}
with

redemptions as (
    select * from {{ ref('int_marketing__redemptions_joined_to_orders') }}
    where is_redemption and person_id is not null
),

orders_meta_crm as (
    select * from {{ ref('stg_orders__orders_meta_crm') }}
    where sales_user_id is not null
),

credits_recorded as (
    select tenant_id, order_id, user_id
    from {{ ref('int_people__credits_recorded') }}
    where is_credited
),

users as (
    select * from {{ ref('stg_system__users') }}
),

auth_users as (
    select * from {{ ref('stg_system__auth_users') }}
),

customers as (
    select * from {{ ref('stg_customers__customers') }}
),

customers_merged as (
    select * from {{ ref('int_customers__customers_merged') }}
),

personal_keys as (
    select * from {{ ref('stg_customers__personal_keys') }}
),

staff_emails as (
    select tenant_id, user_id, lower(trim(email)) as email
    from users
    where trim(email) <> ''
    union
    select users.tenant_id, users.user_id, lower(trim(auth_users.email)) as email
    from users
    inner join auth_users
        on auth_users.auth_user_id = users.auth_user_id
    where trim(auth_users.email) <> ''
),

customer_emails as (
    select distinct
        customers_merged.tenant_id,
        customers_merged.person_id,
        lower(trim(personal_keys.email)) as email
    from customers_merged
    inner join customers
        on customers.tenant_id = customers_merged.tenant_id
        and customers.customer_id = customers_merged.customer_id
    inner join personal_keys
        on personal_keys.tenant_id = customers.tenant_id
        and personal_keys.personal_key_id = customers.personal_key_id
    where trim(personal_keys.email) <> ''
),

staff_as_persons as (
    select distinct
        staff_emails.tenant_id,
        staff_emails.user_id,
        customer_emails.person_id
    from staff_emails
    inner join customer_emails
        on customer_emails.tenant_id = staff_emails.tenant_id
        and customer_emails.email = staff_emails.email
),

orders_with_credit as (
    select distinct tenant_id, order_id
    from credits_recorded
),

staff_of_orders as (
    select tenant_id, order_id, user_id
    from credits_recorded
    union all
    select
        orders_meta_crm.tenant_id, orders_meta_crm.order_id,
        orders_meta_crm.sales_user_id as user_id
    from orders_meta_crm
    left join orders_with_credit
        on orders_with_credit.tenant_id = orders_meta_crm.tenant_id
        and orders_with_credit.order_id = orders_meta_crm.order_id
    where orders_with_credit.order_id is null
),

staff_of_redemptions as (
    select tenant_id, redemption_id, person_id, user_id
    from redemptions
    where user_id is not null
    union all
    select
        redemptions.tenant_id, redemptions.redemption_id, redemptions.person_id,
        staff_of_orders.user_id
    from redemptions
    inner join staff_of_orders
        on staff_of_orders.tenant_id = redemptions.tenant_id
        and staff_of_orders.order_id = redemptions.order_id
)

select
    -- keys
    cast(staff_of_redemptions.tenant_id as bigint) as tenant_id,
    cast(staff_of_redemptions.redemption_id as bigint) as redemption_id,
    cast(min(staff_of_redemptions.user_id) as bigint) as user_id
from staff_of_redemptions
inner join staff_as_persons
    on staff_as_persons.tenant_id = staff_of_redemptions.tenant_id
    and staff_as_persons.user_id = staff_of_redemptions.user_id
    and staff_as_persons.person_id = staff_of_redemptions.person_id
group by staff_of_redemptions.tenant_id, staff_of_redemptions.redemption_id
