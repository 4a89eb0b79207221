-- Who works there: an owner, a manager, marketing, an analyst and the sales floor.
--
-- weight  how many orders come to a seller beside the others: strong, steady and weak ones
-- hired, gone  years before the as-of date; null: before the data begins, still there
-- gives   chance that the seller grants a discount on a line nobody asked for
-- reply_minutes  median time until a customer has an answer: the strong are quick, the weak slow

create temp table demo_staff on commit preserve rows as
with sellers (
    tenant_id, ordinal, role, full_name, mailbox, weight, hired, gone, gives
) as (
    values
    (1, 1, 'owner', 'Trần Ngọc Lan', 'owner', cast(null as numeric), cast(null as numeric),
        cast(null as numeric), cast(null as numeric)),
    (1, 2, 'manager', 'Phạm Quốc Huy', 'manager', null, null, null, null),
    (1, 3, 'manager', 'Đỗ Thanh Hằng', 'manager.hanoi', null, null, null, null),
    (1, 4, 'marketing', 'Lê Mỹ Duyên', 'marketing', null, null, null, null),
    (1, 5, 'analyst', 'Vũ Đức Anh', 'analyst', null, null, null, null),
    (1, 11, 'sales', 'Nguyễn Thị Thu Hà', 'ha.nguyen', 2.6, null, null, 0.08),
    (1, 12, 'sales', 'Trần Minh Khôi', 'khoi.tran', 1.9, null, null, 0.10),
    (1, 13, 'sales', 'Lê Bảo Châu', 'chau.le', 1.3, null, null, 0.10),
    (1, 14, 'sales', 'Hoàng Gia Bảo', 'bao.hoang', 1.0, null, null, 0.12),
    (1, 15, 'sales', 'Đặng Phương Thảo', 'thao.dang', 1.0, null, null, 0.34),
    (1, 16, 'sales', 'Bùi Tuấn Kiệt', 'kiet.bui', 0.45, null, null, 0.15),
    (1, 17, 'sales', 'Ngô Khánh Vy', 'vy.ngo', 1.4, 1.2, null, 0.09),
    (1, 18, 'sales', 'Võ Hữu Phước', 'phuoc.vo', 0.9, null, 1.4, 0.12),
    (2, 1, 'owner', 'Eleanor Hartwell', 'owner', null, null, null, null),
    (2, 2, 'manager', 'Marcus Vale', 'manager', null, null, null, null),
    (2, 3, 'marketing', 'Priya Raman', 'marketing', null, null, null, null),
    (2, 4, 'analyst', 'Daniel Okafor', 'analyst', null, null, null, null),
    (2, 11, 'sales', 'Sofia Marchetti', 'sofia.marchetti', 2.2, null, null, 0.09),
    (2, 12, 'sales', 'James O''Neill', 'james.oneill', 1.5, null, null, 0.10),
    (2, 13, 'sales', 'Grace Kim', 'grace.kim', 1.2, null, null, 0.08),
    (2, 14, 'sales', 'Tyler Brooks', 'tyler.brooks', 0.5, null, null, 0.30),
    (2, 15, 'sales', 'Amara Johnson', 'amara.johnson', 1.0, 0.8, null, 0.10),
    (2, 16, 'sales', 'Robert Lindqvist', 'robert.lindqvist', 0.8, null, 0.9, 0.12),
    (3, 1, 'owner', 'Aurélie Fontaine', 'owner', null, null, null, null),
    (3, 2, 'manager', 'Étienne Mercier', 'manager', null, null, null, null),
    (3, 3, 'marketing', 'Inès Carpentier', 'marketing', null, null, null, null),
    (3, 4, 'analyst', 'Hugo Lemoine', 'analyst', null, null, null, null),
    (3, 11, 'sales', 'Camille Rousseau', 'camille.rousseau', 1.8, null, null, 0.07),
    (3, 12, 'sales', 'Antoine Lefèvre', 'antoine.lefevre', 1.2, null, null, 0.09),
    (3, 13, 'sales', 'Léa Girard', 'lea.girard', 1.0, null, null, 0.08),
    (3, 14, 'sales', 'Mathis Perrin', 'mathis.perrin', 0.4, 1.9, null, 0.22),
    (4, 1, 'owner', 'Imogen Clarke', 'owner', null, null, null, null),
    (4, 2, 'manager', 'Lachlan Reid', 'manager', null, null, null, null),
    (4, 3, 'analyst', 'Mei Tanaka', 'analyst', null, null, null, null),
    (4, 11, 'sales', 'Charlotte Nguyen', 'charlotte.nguyen', 1.7, null, null, 0.10),
    (4, 12, 'sales', 'Oliver Papadopoulos', 'oliver.papadopoulos', 1.0, null, null, 0.12),
    (4, 13, 'sales', 'Ruby Thompson', 'ruby.thompson', 0.6, null, null, 0.25),
    (5, 1, 'owner', 'Helen Castellano', 'owner', null, null, null, null),
    (5, 2, 'manager', 'Victor Osei', 'manager', null, null, null, null),
    (5, 3, 'marketing', 'Dana Whitfield', 'marketing', null, null, null, null),
    (5, 11, 'sales', 'Lena Fischer', 'lena.fischer', 1.2, 0.6, null, 0.10),
    (5, 12, 'sales', 'Samir Haddad', 'samir.haddad', 1.0, 0.6, null, 0.12),
    (5, 13, 'sales', 'Joanna Wu', 'joanna.wu', 0.8, 0.6, null, 0.15),
    (6, 1, 'owner', 'Bridget Callaghan', 'owner', null, null, null, null),
    (6, 2, 'manager', 'Callum Fraser', 'manager', null, null, null, null),
    (6, 3, 'marketing', 'Nina Kovac', 'marketing', null, null, null, null),
    (6, 11, 'sales', 'Tom Ellison', 'tom.ellison', 1.2, 0.6, null, 0.10),
    (6, 12, 'sales', 'Ayla Demir', 'ayla.demir', 1.0, 0.6, null, 0.12),
    (6, 13, 'sales', 'Joel Matthews', 'joel.matthews', 0.8, 0.6, null, 0.15)
)

select
    tenant_id * 1000 + ordinal as user_id,
    tenant_id, ordinal, role, full_name, mailbox || '@' || domain as email, weight, gives,
    12 / power(weight, 1.5) as reply_minutes,
    case role
        when 'owner' then null
        when 'sales' then tenant_id * 1000 + 2 + case when tenant_id = 1 then ordinal % 2 else 0 end
        else tenant_id * 1000 + 1
    end as manager_id,
    as_of - cast(coalesce(hired * 365, 1200) as integer) as hired_on,
    as_of - cast(gone * 365 as integer) as left_on
from sellers
inner join demo_tenant using (tenant_id);

insert into auth_users (id, email, created_at, updated_at)
select user_id, email, opened_at, opened_at
from demo_staff
inner join demo_tenant using (tenant_id)
order by user_id;

insert into sys_users (
    id, tenant_id, auth_user_id, email, full_name, manager_id, is_active, created_at, updated_at
)
select
    user_id, tenant_id, user_id, email, full_name, manager_id, left_on is null,
    greatest(opened_at, cast(hired_on as timestamp) at time zone timezone),
    greatest(opened_at, cast(coalesce(left_on, hired_on) as timestamp) at time zone timezone)
from demo_staff
inner join demo_tenant using (tenant_id)
order by user_id;

create temp table demo_role on commit preserve rows as
select
    tenant_id * 1000 + ordinal as role_id, tenant_id, role, opened_at,
    case language when 'vi' then vi when 'fr' then fr else en end as name
from demo_tenant
cross join (
    values
    (1, 'owner', 'Chủ sở hữu', 'Owner', 'Direction'),
    (2, 'manager', 'Quản lý', 'Manager', 'Responsable'),
    (3, 'sales', 'Nhân viên bán hàng', 'Sales', 'Vente'),
    (4, 'marketing', 'Tiếp thị', 'Marketing', 'Marketing'),
    (5, 'analyst', 'Phân tích dữ liệu', 'Analyst', 'Analyse')
) as roles (ordinal, role, vi, en, fr);

insert into sys_roles (id, tenant_id, code, name, created_at, updated_at)
select role_id, tenant_id, role, name, opened_at, opened_at
from demo_role
order by role_id;

insert into sys_user_roles (id, tenant_id, user_id, role_id, created_at, updated_at)
select user_id, tenant_id, user_id, role_id, opened_at, opened_at
from demo_staff
inner join demo_role using (tenant_id, role)
order by user_id;

create temp table demo_permission on commit preserve rows as
select *
from (
    values
    (1, 'dashboards.view', 'See the dashboards',
        array['owner', 'manager', 'sales', 'marketing', 'analyst']),
    (2, 'orders.view', 'See single orders', array['owner', 'manager', 'sales', 'analyst']),
    (3, 'orders.edit', 'Create and change orders', array['owner', 'manager', 'sales']),
    (4, 'orders.refund', 'Refund orders', array['owner', 'manager']),
    (5, 'costs.view', 'See costs and margins', array['owner', 'manager', 'analyst']),
    (6, 'people.view', 'See the performance of others', array['owner', 'manager', 'analyst']),
    (7, 'marketing.edit', 'Create and change campaigns and promotions',
        array['owner', 'manager', 'marketing']),
    (8, 'exports.create', 'Export data', array['owner', 'manager', 'analyst']),
    (9, 'settings.edit', 'Change settings', array['owner']),
    (11, 'facet.sales',
        'See the dashboards Overview, Sales, Customers, Products, Fulfilment and Messages',
        array['owner', 'manager', 'marketing', 'analyst']),
    (12, 'facet.staff', 'See the dashboards Sales team and People (oneself and the people under one) and Projects',
        array['owner', 'manager', 'analyst', 'sales']),
    (13, 'facet.marketing', 'See the dashboards Campaigns, Promotions and Marketing',
        array['owner', 'manager', 'marketing', 'analyst']),
    (14, 'facet.platform', 'See the dashboards Migration, Operations, Quarantine and Warehouse', array['owner', 'analyst']),
    (15, 'facet.export', 'Export tables as CSV and Excel',
        array['owner', 'manager', 'analyst']),
    (16, 'facet.personal_data', 'See the names of customers and affiliates', array['owner', 'manager']),
    (17, 'facet.all_staff',
        'See everybody''s performance, not only that of the people under one',
        array['owner', 'analyst']),
    (18, 'facet.administration',
        'See the dashboards Administration, Access, Operations and Quarantine',
        array['owner'])
) as permissions (permission_id, code, description, roles);

insert into sys_permissions (id, code, description, created_at, updated_at)
select permission_id, demo_permission.code, description, opened_at, opened_at
from demo_permission
inner join demo_tenant on tenant_id = 1
order by permission_id;

insert into sys_role_permissions (role_id, permission_id, created_at, updated_at)
select role_id, permission_id, opened_at, opened_at
from demo_role
inner join demo_permission on role = any (roles)
order by role_id, permission_id;

-- Who is on duty on which day, up to two weeks ahead: five days of seven, early or late, with weeks
-- of leave and days of absence.
create temp table demo_roster on commit preserve rows as
with planned as (
    select
        demo_staff.tenant_id, user_id, ordinal, manager_id, weight, cast(day as date) as day,
        demo_tenant.as_of, last_day, timezone, opens, closes,
        user_id * 100000 + pg_temp.day_number(cast(day as date)) as draw,
        user_id * 100000 + pg_temp.day_number(cast(day as date)) / 7 as week_draw
    from demo_staff
    inner join demo_tenant using (tenant_id)
    cross join lateral generate_series(
        greatest(hired_on, starts_at), coalesce(left_on, demo_tenant.as_of + 13), interval '1 day'
    ) as day
    where
        role = 'sales'
        and (ordinal * 3 + cast(extract(isodow from day) as integer)) % 7 not in (0, 4)
)

select
    planned.*,
    case
        when day >= as_of + 7 then 'draft'
        when day >= as_of then 'published'
        when pg_temp.u(week_draw, 'leave') < 0.04 then 'leave'
        when pg_temp.u(draw, 'absent') < case
            when weight < 0.6 then 0.05
            else 0.015
        end then 'absent'
        else 'worked'
    end as status,
    case
        when pg_temp.u(draw, 'early') < 0.5 then day + cast(opens as time)
        else day + cast(closes as time) - interval '8 hours'
    end as starts_at_local
from planned;

-- Who sells on each day, with the cumulated shares that a draw falls into; today those who are to.
create temp table demo_team on commit preserve rows as
select
    tenant_id, day,
    array_agg(user_id order by user_id) as user_ids,
    array_agg(cast(reached as double precision) order by user_id) as bounds
from (
    select
        tenant_id, user_id, day,
        sum(weight) over members / sum(weight) over (partition by tenant_id, day) as reached
    from demo_roster
    where status = 'worked' or status = 'published' and day = last_day
    window members as (partition by tenant_id, day order by user_id)
) as members
group by tenant_id, day;
