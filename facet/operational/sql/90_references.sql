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
            ('orders_meta', 'utm_link_id', 'mkt_utm_links')
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
