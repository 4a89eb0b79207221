-- References to tables that come later in these files, added once where they are missing. They are
-- checked at commit, as those of a table to itself are, so that one transaction can load the tables in
-- the order of these files and their rows in any order.

do $block$
declare
    reference record;
begin
    for reference in
        select child::regclass, child as child_name, child_column, parent
        from (values
            ('crm_leads', 'converted_customer_id', 'crm_customers'),
            ('crm_personal_journey', 'campaign_id', 'mkt_campaigns'),
            ('crm_personal_journey', 'utm_link_id', 'mkt_utm_links'),
            ('orders_meta', 'utm_link_id', 'mkt_utm_links'),
            ('sms_meta_conversation', 'last_message_id', 'sms_messages')
        ) as listed (child, child_column, parent)
        where not exists (
            select from pg_constraint as standing
            inner join pg_attribute as attribute
                on attribute.attrelid = standing.conrelid
                and attribute.attnum = any(standing.conkey)
            where standing.contype = 'f'
                and standing.conrelid = child::regclass
                and attribute.attname = child_column
        )
    loop
        execute format(
            'alter table %s add foreign key (tenant_id, %I)'
            ' references %I (tenant_id, id) on delete restrict'
            ' deferrable initially deferred',
            reference.child, reference.child_column, reference.parent
        );
    end loop;
end;
$block$;

-- A row about a row of any table names both: subject_type is the table, subject_id the key. No
-- foreign key can say so; a check keeps to the tables that have one tenant and a key of their own.
do $block$
declare
    subject record;
begin
    for subject in
        select class.oid::regclass as of_table, class.relname
        from pg_class as class
        inner join pg_attribute as attribute on attribute.attrelid = class.oid
        where class.relnamespace = quote_ident(current_schema())::regnamespace
            and class.relkind in ('r', 'p')
            and attribute.attname = 'subject_type'
            and not exists (
                select from pg_constraint as standing
                where standing.conrelid = class.oid
                    and standing.conname = class.relname || '_subject_type_check'
            )
        order by class.relname
    loop
        execute format(
            'alter table %1$s'
            ' add constraint %2$I check (subject_type in (%4$s)),'
            ' add constraint %3$I check (num_nonnulls(subject_type, subject_id) in (0, 2))',
            subject.of_table,
            subject.relname || '_subject_type_check',
            subject.relname || '_subject_check',
            (
                select string_agg(quote_literal(name), ', ')
                from unnest(array[
                    'alerts', 'channels_platform_pages', 'crm_customer_batches', 'crm_customers',
                    'crm_leads', 'crm_potential', 'crm_reengaged_batches', 'inbound_shipments',
                    'material', 'mkt_campaign_goals', 'mkt_campaigns', 'mkt_promotions',
                    'omnichannel_conversation', 'omnichannel_message', 'order_item_pre_orders',
                    'order_items', 'order_items_after_sales', 'order_payments', 'order_refunds',
                    'order_returns', 'orders', 'outbound_shipments', 'performance_evaluation',
                    'product', 'product_variant', 'project', 'schedule',
                    'schedule_time_off_request', 'shift_report', 'shipstation_orders',
                    'sms_messages', 'sms_meta_conversation', 'stock', 'sys_users', 'task',
                    'workflow'
                ]) as name
            )
        );
        execute format(
            'create index %I on %s (tenant_id, subject_type, subject_id)',
            subject.relname || '_by_subject', subject.of_table
        );
    end loop;
end;
$block$;
