-- Departments, personnel files, and what people are rated by.

create temp table demo_department on commit preserve rows as
select
    tenant_id * 1000 + nth as department_id, tenant_id, nth, department.code, roles, opened_at,
    case language when 'vi' then vi when 'fr' then fr else en end as name
from (select tenant_id, language, opened_at from demo_tenant) as tenants
cross join (
    values
    (1, 'management', array['owner', 'manager'], 'Ban giám đốc', 'Management', 'Direction'),
    (2, 'sales', array['sales'], 'Bán hàng', 'Sales', 'Vente'),
    (3, 'marketing', array['marketing'], 'Tiếp thị', 'Marketing', 'Marketing'),
    (4, 'operations', array['analyst'], 'Vận hành', 'Operations', 'Opérations')
) as department (nth, code, roles, vi, en, fr);

insert into department (
    id, tenant_id, code, name, parent_id, manager_id, is_active, created_at, updated_at
)
select
    department_id, tenant_id, code, name, case when nth > 1 then tenant_id * 1000 + 1 end,
    tenant_id * 1000 + case nth when 1 then 1 else 2 end, true, opened_at, opened_at
from demo_department
order by department_id;

insert into hr_staff (
    id, tenant_id, user_id, department_id, employee_number, job_title, employment_type,
    location_code, birth_date, hired_on, left_on, weekly_hours, hourly_cost, created_at, updated_at
)
select
    user_id, demo_staff.tenant_id, user_id, department_id,
    demo_tenant.code || '-' || lpad(cast(demo_staff.ordinal as text), 3, '0'),
    demo_role.name,
    case when weight < 0.5 then 'part_time' else 'full_time' end,
    case
        when demo_staff.role = 'sales' then stores[1 + demo_staff.ordinal % cardinality(stores)]
    end,
    cast(hired_on as date) - 7500 - pg_temp.roll(user_id, 'born', 8000),
    hired_on, left_on, case when weight < 0.5 then 24 else 40 end,
    round(
        cast((case demo_staff.role when 'owner' then 60 when 'manager' then 40 else 22 end)
            * usd_rate * case demo_tenant.language when 'vi' then 0.25 else 1 end as numeric),
        case decimals when 0 then -3 else 2 end
    ),
    demo_tenant.opened_at, demo_tenant.opened_at
from demo_staff
inner join demo_tenant using (tenant_id)
inner join demo_role using (tenant_id, role)
inner join (
    select tenant_id, array_agg(location_code order by location_code) as stores
    from demo_page
    where platform_id = 6 and closed_on is null
    group by tenant_id
) as stores using (tenant_id)
inner join demo_department
    on demo_department.tenant_id = demo_staff.tenant_id and demo_staff.role = any (roles)
order by user_id;

-- strength: how much the score follows what one is good at: above 0, the strong sell more
create temp table demo_criterion on commit preserve rows as
select
    department_id * 10 + place as criterion_id, demo_department.*, place, criterion_code, weight,
    strength, case language when 'vi' then vi when 'fr' then fr else en end as criterion_name
from demo_department
inner join (select tenant_id, language from demo_tenant) as tenants using (tenant_id)
inner join (
    values
    (2, 1, 'sales', 0.4, 0.9, 'Doanh số', 'Sales', 'Ventes'),
    (2, 2, 'service', 0.3, 0.3, 'Phục vụ khách', 'Service', 'Service'),
    (2, 3, 'replies', 0.2, 0.6, 'Trả lời nhanh', 'Quick replies', 'Réactivité'),
    (2, 4, 'discounts', 0.1, -0.2, 'Giữ giá', 'Holding prices', 'Tenue des prix'),
    (1, 1, 'team', 0.6, 0, 'Đội nhóm', 'Team', 'Équipe'),
    (1, 2, 'results', 0.4, 0, 'Kết quả', 'Results', 'Résultats'),
    (3, 1, 'campaigns', 0.7, 0, 'Chiến dịch', 'Campaigns', 'Campagnes'),
    (3, 2, 'budget', 0.3, 0, 'Ngân sách', 'Budget', 'Budget'),
    (4, 1, 'accuracy', 0.5, 0, 'Chính xác', 'Accuracy', 'Exactitude'),
    (4, 2, 'deadlines', 0.5, 0, 'Đúng hạn', 'Deadlines', 'Délais')
) as criteria (nth, place, criterion_code, weight, strength, vi, en, fr) using (nth);

insert into performance_criteria (
    id, tenant_id, department_id, code, name, weight, max_score, created_at, updated_at
)
select
    criterion_id, tenant_id, department_id, criterion_code, criterion_name, weight, 5, opened_at,
    opened_at
from demo_criterion
order by criterion_id;
