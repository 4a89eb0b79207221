"""The house's old and new tables: few enough to count, with a table missing and a key undeclared.

Seven old tables, of which four are migrated; six new ones, of which `workflow` does not exist. The
catalogue was measured on two days. New York has an orphan that Saigon does not have.
"""

from typing import Final

_TENANTS: Final = "(values (1), (2), (3)) as tenants(tenant_id)"

#: Each mart: its columns after the tenant, and rows that are the same for every tenant.
_SAME: Final = {
    "rpt_schema_references": (
        "table_name, column_names, target_table, is_declared",
        """
        ('orders', 'tenant_id', 'sys_tenants', true),
        ('order_items', 'tenant_id', 'sys_tenants', true),
        ('stock', 'tenant_id', 'sys_tenants', true),
        ('alerts', 'tenant_id', 'sys_tenants', true),
        ('order_items', 'tenant_id, order_id', 'orders', false),
        ('order_items', 'tenant_id, product_id', 'stock', true),
        ('orders', 'tenant_id, parent_order_id', 'orders', true)
        """,
    ),
    "rpt_unused_indexes": (
        "index_name, table_name, definition, size_bytes, is_for_reference, counted_since_date",
        """
        ('orders_by_day', 'orders', 'btree (day)', 1250000, false, date '2026-01-05'),
        ('items_by_order', 'order_items', 'btree (order_id)', 640, true, date '2026-01-05')
        """,
    ),
    "rpt_narrow_keys": (
        "table_name, column_name, data_type, used_rate, full_date",
        "('crm_personal_keys', 'id', 'integer', 0.250001, date '2031-05-01')",
    ),
    "rpt_model_costs": (
        "model_name, build_seconds",
        "('dim_dates', 0.5), ('fct_sales_ledger', 1.25), ('stg_orders__orders', 9)",
    ),
    "rpt_run_days": (
        "run_date, run_count, failed_count, median_seconds, longest_seconds, oldest_data_seconds",
        "(date '2026-03-16', 3, 1, 30.5, 41, null), (date '2026-03-17', 2, 0, 20.25, 22.5, 930)",
    ),
    "rpt_node_timings": (
        "node_name, node_type, run_count, mean_seconds, mean_seconds_before, longest_seconds",
        """
        ('dim_dates', 'model', 5, 0.5, 0.4, 0.75),
        ('fct_sales_ledger', 'model', 5, 1.255, null, 4),
        ('grain_fct_orders', 'test', 1, null, 0.1, 0.1)
        """,
    ),
}

#: Marts in which each tenant has rows of its own.
_OWN: Final = {
    "rpt_migration_tables": (
        "tenant_id, legacy_table, domain, migration_status, resolution, priority, notes,"
        " replacement_tables, served_by, pages, purposes, purposes_vi, replacement_count,"
        " replacement_found_count, row_count, is_replaced, is_served",
        """
        select tenant_id, old.* replace (cast(old.row_count * tenant_id as bigint) as row_count)
        from tenants
        cross join (values
            ('db_order', 'orders', 'migrated', 'table', 'high', '', 'orders', null,
                'overview sales', null, null, 1, 1, 10, true, true),
            ('db_order_detail', 'orders', 'migrated', 'table', 'high', '', 'order_items', null,
                'products', null, null, 1, 1, 1500, true, true),
            ('kv_store', 'orders', 'migrated', 'removed', 'high', '', null, null, null, null,
                null, 0, 0, 0, false, true),
            ('db_workflow', 'workflow', 'migrated', 'table', 'high', '', 'workflow', null, null,
                null, null, 1, 0, 0, false, false),
            ('db_promo_two', 'products', 'in_progress', 'consolidate', 'medium', '', 'stock',
                null, 'products', null, null, 1, 1, 3, true, true),
            ('db_warning', 'staff', 'not_migrated', 'none', 'medium', '', null, 'alerts',
                'operations', 'Alerts of staff', 'Cảnh báo nhân viên', 0, 0, 0, false, true),
            ('res_order', 'orders', 'not_migrated', 'archive', 'low', '', null, null, null, null,
                null, 0, 0, 0, false, false)
        ) as old(legacy_table, domain, migration_status, resolution, priority, notes,
            replacement_tables, served_by, pages, purposes, purposes_vi, replacement_count,
            replacement_found_count, row_count, is_replaced, is_served)
        """,
    ),
    "rpt_migration_progress": (
        "tenant_id, grouping_name, group_name, migration_status, table_count, group_count",
        """
        select tenant_id, groups.*
        from tenants
        cross join (values
            ('all', 'all', 'migrated', 4, 7), ('all', 'all', 'in_progress', 1, 7),
            ('all', 'all', 'not_migrated', 2, 7),
            ('domain', 'orders', 'migrated', 3, 4), ('domain', 'orders', 'not_migrated', 1, 4),
            ('domain', 'workflow', 'migrated', 1, 1), ('domain', 'products', 'in_progress', 1, 1),
            ('domain', 'staff', 'not_migrated', 1, 1),
            ('priority', 'high', 'migrated', 4, 4), ('priority', 'medium', 'in_progress', 1, 2),
            ('priority', 'medium', 'not_migrated', 1, 2), ('priority', 'low', 'not_migrated', 1, 1)
        ) as groups(a, b, c, d, e)
        """,
    ),
    "rpt_schema_tables": (
        "tenant_id, table_name, domain, row_count, is_found, partition_date",
        """
        select tenant_id, name, domain, cast(rows * tenant_id as bigint), found, cast(day as date)
        from tenants
        cross join (values
            ('orders', 'orders', 10, true, '2027-03-01'),
            ('order_items', 'orders', 1500, true, null),
            ('stock', 'products', 3, true, null),
            ('alerts', 'alerts_notes', 0, true, null),
            ('sys_tenants', 'system', 0, true, null),
            ('workflow', 'workflow', 0, false, null)
        ) as tables(name, domain, rows, found, day)
        """,
    ),
    "rpt_table_growth": (
        "tenant_id, table_name, month_start_date, added_row_count, row_count",
        """
        select tenant_id, 'order_items', cast(month as date), count * tenant_id, total * tenant_id
        from tenants
        cross join (values ('2026-01-01', 500, 500), ('2026-03-01', 1000, 1500))
            as months(month, count, total)
        """,
    ),
    "rpt_schema_quality": (
        "tenant_id, measured_date, measure, whole_count, total_count",
        """
        select tenant_id, cast(day as date), measure, if(tenant_id = 1, own, whole), total
        from tenants
        cross join (values
            ('2026-03-17', 'existence', 30, 30, 30), ('2026-03-18', 'existence', 29, 29, 30),
            ('2026-03-17', 'foreign_keys', 5, 5, 7), ('2026-03-18', 'foreign_keys', 5, 6, 7),
            ('2026-03-17', 'tenancy', 2005, 2005, 2006), ('2026-03-18', 'tenancy', 2005, 2005, 2006)
        ) as measures(day, measure, own, whole, total)
        where tenant_id <> 3
        """,
    ),
    "rpt_schema_offenders": (
        "tenant_id, measure, table_name, item, problem, target_table, found_value, due_value,"
        " row_count",
        """
        select * from (values
            (1, 'existence', 'workflow', '', 'absent', null, null, null, null),
            (2, 'existence', 'workflow', '', 'absent', null, null, null, null),
            (1, 'foreign_keys', 'order_items', 'tenant_id, order_id', 'undeclared', 'orders',
                null, null, null),
            (2, 'foreign_keys', 'order_items', 'tenant_id, order_id', 'undeclared', 'orders',
                null, null, null),
            (1, 'foreign_keys', 'stock', 'product_id', 'orphaned', 'product', null, null, 1234)
        ) as offenders
        """,
    ),
    "rpt_failed_tests": (
        "tenant_id, test_name, day_count, run_count, row_count, first_failed_date,"
        " last_failed_date",
        """
        from (values
            (1, 'failed_at_1', 2, 3, 1234, date '2026-03-01', date '2026-03-16'),
            (2, 'failed_at_2', 1, 1, 1, date '2026-03-17', date '2026-03-17')
        ) as failed
        """,
    ),
    "rpt_release_days": (
        "tenant_id, data_date, row_count, size_bytes",
        """
        select tenant_id, cast(day as date), count * tenant_id, size * tenant_id
        from tenants
        cross join (values
            ('2026-03-10', 1000, 1000000), ('2026-03-16', 1500, 1200000),
            ('2026-03-17', 1600, 1250000)
        ) as days(day, count, size)
        where tenant_id <> 3
        """,
    ),
    "rpt_quarantine_days": (
        "tenant_id, data_date, cause, severity, reason, reason_vi, row_count",
        """
        from (values
            (1, date '2026-03-10', 'value_unknown', 'error', 'Unknown_at_1.', 'Lạ_tại_1.', 4),
            (1, date '2026-03-17', 'value_unknown', 'error', 'Unknown_at_1.', 'Lạ_tại_1.', 1),
            (1, date '2026-03-16', 'line_without_cost', 'notice', 'No cost.', 'Thiếu giá.', 2),
            (2, date '2026-03-17', 'value_unknown', 'error', 'Unknown_at_2.', 'Lạ_tại_2.', 9)
        ) as counted
        """,
    ),
    "rpt_quarantine": (
        "tenant_id, group_key, cause, source_table, source_column, severity, reason, reason_vi,"
        " next_step, next_step_vi, first_ids, row_count, severity_rank, is_counted,"
        " month_start_date",
        """
        from (values
            (1, 'a', 'value_unknown', 'orders', 'status', 'error', 'Unknown_at_1.', 'Lạ_tại_1.',
                'Choose.', 'Chọn.', '71', 1, 1, false, date '2026-01-01'),
            (1, 'b', 'line_without_cost', 'order_items', null, 'notice', 'No cost.', 'Thiếu giá.',
                'Set it.', 'Điền.', '81, 82', 2, 3, true, null),
            (2, 'a', 'value_unknown', 'orders', 'status', 'error', 'Unknown_at_2.', 'Lạ_tại_2.',
                'Choose.', 'Chọn.', '72', 1, 1, false, date '2026-01-01')
        ) as quarantined
        """,
    ),
    "fct_quarantined_rows": (
        "tenant_id, source_table, source_id, group_key, cause, source_column, occurred_at",
        """
        from (values
            (1, 'orders', 71, 'a', 'value_unknown', 'status',
                timestamptz '2026-01-05 15:00:00+00'),
            (1, 'order_items', 81, 'b', 'line_without_cost', null, null),
            (1, 'order_items', 82, 'b', 'line_without_cost', null, null),
            (2, 'orders', 72, 'a', 'value_unknown', 'status',
                timestamptz '2026-01-05 15:00:00+00')
        ) as quarantined
        """,
    ),
}

NAMES: Final = (*_SAME, *_OWN)


def statements() -> tuple[str, ...]:
    """What creates these marts in a warehouse."""
    same = [
        f"create table facet_marts.{name} as"
        f" select cast(tenants.tenant_id as bigint) as tenant_id, facts.*"
        f" from {_TENANTS} cross join (values {rows}) as facts({columns})"
        for name, (columns, rows) in _SAME.items()
    ]
    own = [
        f"create table facet_marts.{name} as with tenants as (select * from {_TENANTS}),"
        f" mart({columns}) as ({query})"
        f" select * replace (cast(tenant_id as bigint) as tenant_id) from mart"
        for name, (columns, query) in _OWN.items()
    ]
    return (*same, *own)
