-- Users and what roles allow, as of oracle.as_of, by the words of definitions.md, Administration. Rows: tenant, what it is
-- of, its key in words, numbers; moments are microseconds since 2000.
with

here as (select *, (current_setting('oracle.as_of')::timestamptz at time zone tz)::date as today from tenant),

act as (
    select l.tenant_id, l.user_id, l.action as name, l.occurred_at as at from logs_human l where l.outcome = 'succeeded'
    union all
    select a.tenant_id, a.user_id, null, a.occurred_at from action_history a
),

recent as (
    select a.* from act a join here h using (tenant_id)
    where (a.at at time zone h.tz)::date > h.today - 90 and (a.at at time zone h.tz)::date <= h.today
),

person as (select u.* from sys_users u join here h using (tenant_id) where u.deleted_at is null),

role as (select r.* from sys_roles r join here h using (tenant_id) where r.deleted_at is null),

granted as (
    select p.tenant_id, p.id as user_id, r.id as role_id, g.permission_id,
        case when min(ur.created_at) >= g.created_at then min(ur.created_at) else g.created_at end as since
    from person p
    join sys_user_roles ur on ur.user_id = p.id and ur.tenant_id = p.tenant_id
    join role r on r.id = ur.role_id and r.tenant_id = p.tenant_id
    join sys_role_permissions g on g.role_id = r.id
    where p.is_active
    group by p.tenant_id, p.id, r.id, g.permission_id, g.created_at
),

users as (
    select 'user' as figure, p.tenant_id, p.id || '|' || case
        when not p.is_active then 'inactive'
        when not exists (select from granted g where g.tenant_id = p.tenant_id and g.user_id = p.id) then 'without_permissions'
        when exists (select from recent a where a.tenant_id = p.tenant_id and a.user_id = p.id) then 'in_use'
        when (p.created_at at time zone h.tz)::date > h.today - 90 then 'new'
        else 'without_use'
    end as words, array[
        (select count(distinct g.permission_id) from granted g where g.tenant_id = p.tenant_id and g.user_id = p.id),
        (select count(*) from recent a where a.tenant_id = p.tenant_id and a.user_id = p.id),
        (select extract(epoch from max(a.at) - timestamptz '2000-01-01 00:00:00+00') * 1000000
            from act a where a.tenant_id = p.tenant_id and a.user_id = p.id)
    ]::numeric[] as numbers
    from person p join here h using (tenant_id)
),

grants as (
    select 'grant' as figure, g.tenant_id, concat_ws('|', g.user_id, g.role_id, g.permission_id) as words,
        array[extract(epoch from g.since - timestamptz '2000-01-01 00:00:00+00') * 1000000]::numeric[] as numbers
    from granted g
),

roles as (
    select 'role' as figure, r.tenant_id, r.id || '|' || p.code as words, array[
        (select count(*) from person u where u.tenant_id = r.tenant_id and u.is_active and u.id in (
            select ur.user_id from sys_user_roles ur where ur.tenant_id = r.tenant_id and ur.role_id = r.id)),
        case when used.people > 0 or exists (
            select from logs_human l where l.tenant_id = r.tenant_id and l.action = p.code
        ) and exists (
            select from logs_human l where l.tenant_id = r.tenant_id and (l.occurred_at at time zone h.tz)::date <= h.today - 90
        ) and exists (
            select from granted w
            where w.tenant_id = r.tenant_id and w.role_id = r.id and w.permission_id = p.id
                and (w.since at time zone h.tz)::date <= h.today - 90
        ) then used.people end
    ]::numeric[] as numbers
    from role r
    join here h using (tenant_id)
    join sys_role_permissions g on g.role_id = r.id
    join sys_permissions p on p.id = g.permission_id
    cross join lateral (
        select count(*) as people from person u
        where u.tenant_id = r.tenant_id and u.is_active
            and exists (select from sys_user_roles ur
                where ur.tenant_id = r.tenant_id and ur.role_id = r.id and ur.user_id = u.id)
            and exists (select from recent a
                where a.tenant_id = r.tenant_id and a.user_id = u.id and a.name = p.code)
    ) as used
)

select tenant_id, figure, words, numbers from users
union all select tenant_id, figure, words, numbers from grants
union all select tenant_id, figure, words, numbers from roles
