-- What a reader may not do, one try a line.

-- another role
set role facet_reader_2;
set role postgres;
set session authorization facet_reader_2;
set local role facet_reader_2;
select set_config('role', 'facet_reader_2', false);
select set_config('session_authorization', 'postgres', false);
grant facet_reader_2 to facet_reader_1;
grant postgres to facet_reader_1;
alter role facet_reader_1 bypassrls;
alter role facet_reader_1 superuser;
alter role facet_reader_2 password 'known';
alter role facet_reader_2 rename to facet_reader_9;
create role facet_reader_9 login in role facet_reader_2;
reassign owned by postgres to facet_reader_1;
alter default privileges for role postgres grant select on tables to facet_reader;

-- the protection itself
set row_security = off; select * from facet_served.fct_orders;
alter table facet_served.fct_orders disable row level security;
alter table facet_served.fct_orders no force row level security;
alter table facet_served.fct_orders owner to facet_reader_1;
create policy everything on facet_served.fct_orders using (true);
alter policy facet_reader on facet_served.fct_orders using (true);
drop policy facet_reader on facet_served.fct_orders;
create trigger t before update on facet_served.fct_orders execute function suppress_redundant_updates_trigger();
create rule r as on select to facet_served.fct_orders do instead select 1;
create statistics facet_served.s on tenant_id, order_number from facet_served.fct_orders;
create index on facet_served.fct_orders (order_number);
drop table facet_served.fct_orders;

-- writing, which tells what was there
insert into facet_served.fct_orders (tenant_id, order_id) values (2, 1) on conflict do nothing;
update facet_served.fct_orders set tenant_id = 1 returning *;
delete from facet_served.fct_orders returning *;
merge into facet_served.fct_orders using (values (1)) as v (x) on true when matched then delete;
truncate facet_served.fct_orders;
select * from facet_served.fct_orders for update;
create temporary table t () inherits (facet_served.fct_orders);
begin; lock table facet_served.fct_orders in access exclusive mode;

-- other schemas
select * from facet_marts.fct_orders;
select * from facet_build.served_tenants;
select * from facet_staging.stg_orders__orders;
select * from facet_intermediate.int_sales__line_facts;
select * from facet_source.tables;
select * from facet_seeds.legacy_tables;
select * from facet_audit.accepted_int_people__credits_split;
select * from public.orders;
select * from public.sys_tenants;
select last_value from public.orders_id_seq;
select nextval('public.orders_id_seq');
select currval('public.orders_id_seq');
select * from pg_toast.pg_toast_1262;
create table facet_served.mine (id bigint);
create table public.mine (id bigint);
create schema mine;

-- the catalogue and the server
select * from pg_statistic;
select * from pg_statistic_ext_data;
select * from pg_authid;
select rolpassword from pg_authid;
select pg_read_file('PG_VERSION');
select pg_read_binary_file('PG_VERSION');
select * from pg_ls_dir('.');
select lo_import('/etc/passwd');
copy (select 1) to program 'cat';
copy (select 1) to '/tmp/mine';
create temporary table t (x text); copy t from '/etc/passwd';
create extension vector;
create foreign data wrapper mine;
create publication mine for all tables;
create subscription mine connection '' publication mine;
create event trigger mine on ddl_command_end execute function pg_backend_pid();
select pg_create_logical_replication_slot('mine', 'pgoutput');
load 'auto_explain';
alter system set log_statement = 'all';
set session_preload_libraries = 'auto_explain';
set session_replication_role = replica;
create function pg_temp.f(text) returns bool leakproof language sql as 'select true';
create function pg_temp.f() returns int language internal as 'pg_backend_pid';
create function pg_temp.f() returns int language c as 'x', 'y';
create function public.f() returns int language sql as 'select 1';
create operator facet_served.=== (leftarg = text, rightarg = text, function = texteq);
