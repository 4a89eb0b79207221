"""The live catalogue against the rules that hold for every table. A list of offenders is empty."""

import re
from itertools import groupby
from pathlib import Path
from typing import Any

from facet.operational.schema import table_names
from facet.staging import declared_tables
from facet.staging.postgres_types import normal_type
from tests.facet.operational.live_catalogue import Connection, ForeignKey, names_of

WITHOUT_TENANT = {
    "sys_tenants",
    "sys_permissions",
    "sys_role_permissions",
    "auth_users",
    "channels_platforms",
}
#: Beside every logs_* and *_history.
APPEND_ONLY = {
    "crm_customer_merge_logs", "omnichannel_message_reaction", "sms_reactions", "task_activity",
}  # fmt: skip
AUDIT = {"created_at", "updated_at", "created_by", "updated_by"}
MAIN_TABLES = {
    "sys_tenants", "auth_users", "sys_users", "channels_platform_pages", "crm_personal_keys",
    "crm_customers", "crm_leads", "crm_potential", "category", "product", "product_variant",
    "material", "orders", "order_items", "order_items_after_sales", "inbound_shipments",
    "outbound_shipments", "hr_staff", "department", "project", "task", "mkt_campaigns",
    "mkt_promotions", "mkt_marketing_assets", "omnichannel_message", "sms_messages", "alerts",
    "notes", "workflow",
}  # fmt: skip
#: Words that whoever writes them is free to choose, although the name is that of an enum.
FREE = {
    ("sys_tenants", "status"), ("product", "status"), ("product", "product_type"),
    ("crm_customers", "customer_type"), ("mkt_affiliates", "status"),
    ("mkt_promotions", "status"), ("stock_history", "movement_type"), ("gemstone", "gem_type"),
}  # fmt: skip
#: Numbers that may go below zero.
SIGNED = {
    ("mkt_campaign_goals", "manual_value"), ("mkt_campaign_goals", "target_value"),
    ("stock", "quantity_on_hand"), ("stock_history", "quantity_change"),
    ("material", "quantity_on_hand"), ("sms_sender_accounts", "balance_amount"),
}  # fmt: skip


ENUM = r"(^|_)(status|stage|type|kind|role|severity|priority|direction|outcome|level)$"
JSON = {
    "metadata", "business_hours", "data", "payload", "changes", "definition", "audience",
    "options", "preferences", "specification",
}  # fmt: skip


def test_every_documented_table_and_column_exists(
    columns: dict[tuple[str, str], Any],
    documented: dict[str, tuple[str, ...]],
    domains: dict[str, str],
) -> None:
    wanted = {(table, column) for table, names in documented.items() for column in names}
    assert wanted - columns.keys() == set()
    assert {table for table, _ in columns} == set(domains) == set(table_names())


def test_types_follow_the_names(
    columns: dict[tuple[str, str], tuple[str, bool, str | None]],
) -> None:
    offenders = {
        key: data_type
        for key, (data_type, _, _) in columns.items()
        if data_type not in _types_by_name(*key)
    }
    assert offenders == {}


def _types_by_name(table: str, column: str) -> set[str]:
    if column == "personal_key_id" or (table, column) == ("crm_personal_keys", "id"):
        return {"integer"}
    if column == "external_id":
        return {"text"}
    if column == "id" or column.endswith(("_id", "_by")):
        return {"bigint"}
    if column.endswith(("_amount", "_price", "_cost", "_value")) or column in ("amount", "value"):
        return {"numeric(18,2)"}
    if column.endswith("_rate") or column == "weight":
        return {"numeric(18,8)", "numeric(9,6)"}
    if column.endswith("score"):
        return {"numeric(18,2)"}
    if column.endswith(("_mm", "carat_weight", "weekly_hours")):
        return {"numeric(18,4)"}
    if "quantity" in column:
        return {"integer", "numeric(18,4)"}  # materials are counted in parts of a unit
    if column.endswith("_at"):
        return {"timestamp with time zone"}
    if column.endswith(("_on", "_date")) or column in ("period_start", "period_end"):
        return {"date"}
    if column.startswith("is_"):
        return {"boolean"}
    if column in JSON:
        return {"jsonb"}
    return {"text", "integer", "bigint"}


def test_keys_are_identities_or_composite(database: Connection) -> None:
    keys = database.execute(
        f"""
        select relname, {names_of("conrelid", "conkey")}, (
            select attidentity::text from pg_attribute where attrelid = class.oid and attname = 'id'
        )
        from pg_class as class
        left join pg_constraint on conrelid = class.oid and contype = 'p'
        where relnamespace = 'public'::regnamespace and relkind = 'r'
        """
    ).fetchall()
    offenders = [
        (table, key, identity)
        for table, key, identity in keys
        if not (key == ["id"] and identity == "d")
        and not (key is not None and len(key) > 1 and identity is None)
    ]
    assert offenders == []


def test_every_business_table_has_a_tenant_and_no_reference_leaves_it(
    columns: dict[tuple[str, str], tuple[str, bool, str | None]], foreign_keys: list[ForeignKey]
) -> None:
    tenanted = {table for (table, name), (_, not_null, _) in columns.items()
                if name == "tenant_id" and not_null}  # fmt: skip
    assert {table for table, _ in columns} - tenanted == WITHOUT_TENANT
    to_tenants = {key.table for key in foreign_keys if key.columns == ("tenant_id",)}
    assert to_tenants == tenanted
    crossing = [
        key
        for key in foreign_keys
        if key.table in tenanted
        and key.target in tenanted
        and ("tenant_id", "tenant_id") not in zip(key.columns, key.target_columns, strict=True)
    ]
    assert crossing == []


def test_every_reference_is_declared_indexed_and_says_what_deleting_does(
    columns: dict[tuple[str, str], Any], foreign_keys: list[ForeignKey]
) -> None:
    assert [key for key in foreign_keys if not key.has_index] == []
    assert [key for key in foreign_keys if key.on_delete == "a"] == []
    assert [key for key in foreign_keys if not key.same_types] == []
    referring = {(key.table, column) for key in foreign_keys for column in key.columns}
    undeclared = {
        (table, column)
        for table, column in columns
        if column.endswith(("_id", "_by")) and column not in ("external_id", "subject_id")
    } - referring
    assert undeclared == set()


def test_every_line_of_the_diagrams_is_a_reference(
    foreign_keys: list[ForeignKey], relationships: list[tuple[str, str, str]]
) -> None:
    pairs = {(key.table, key.target) for key in foreign_keys}
    single = {(key.table, key.target) for key in foreign_keys if key.is_unique}
    assert len(relationships) == 183
    missing = [
        (left, cardinality, right)
        for left, cardinality, right in relationships
        if not _is_drawn(left, cardinality, right, pairs, single)
    ]
    assert missing == []


def _is_drawn(
    left: str,
    cardinality: str,
    right: str,
    pairs: set[tuple[str, str]],
    single: set[tuple[str, str]],
) -> bool:
    if cardinality == "many_to_one":
        return (left, right) in pairs
    if cardinality in ("one_to_one", "one_to_zero_or_one"):
        return (right, left) in single
    if cardinality == "one_to_many" or right == "product_tag":  # which is the junction itself
        return (right, left) in pairs
    return any((table, left) in pairs and (table, right) in pairs for table, _ in pairs)


def test_who_and_when_is_kept_everywhere_and_append_only_tables_keep_when(
    columns: dict[tuple[str, str], Any], database: Connection
) -> None:
    by_table = {
        table: {name for _, name in keys}
        for table, keys in groupby(sorted(columns), key=lambda key: key[0])
    }
    append_only = APPEND_ONLY | {
        table for table in by_table if table.startswith("logs_") or table.endswith("_history")
    }
    assert {table for table, names in by_table.items() if not names >= AUDIT} == append_only
    assert {
        t for t in append_only if by_table[t] & (AUDIT | {"deleted_at"}) != {"created_at"}
    } == set()
    assert {table for table in MAIN_TABLES if "deleted_at" not in by_table[table]} == set()
    triggers = database.execute(
        "select tgrelid::regclass::text from pg_trigger where not tgisinternal"
    )
    assert {table for (table,) in triggers} == set(by_table) - append_only


def test_enums_and_numbers_are_checked(
    columns: dict[tuple[str, str], tuple[str, bool, str | None]],
    foreign_keys: list[ForeignKey],
    database: Connection,
) -> None:
    checks = {
        (table, column, "NaN" in text)
        for table, names, text in database.execute(
            f"select conrelid::regclass::text, {names_of('conrelid', 'conkey')},"
            " pg_get_constraintdef(oid) from pg_constraint"
            " where contype = 'c' and connamespace = 'public'::regnamespace"
        )
        for column in names
    }
    referring = {(key.table, column) for key in foreign_keys for column in key.columns}
    numbers = {
        (table, column)
        for (table, column), (data_type, _, _) in columns.items()
        if data_type.startswith(("numeric", "integer", "bigint"))
        and column not in ("id", "subject_id")
    } - referring
    enums = {
        (table, column)
        for (table, column), (data_type, _, _) in columns.items()
        if data_type == "text" and re.search(ENUM, column) and column != "content_type"
    }
    assert len(numbers) > 140
    assert len(enums) > 80
    checked = {(table, column) for table, column, of_nan in checks if not of_nan}
    assert (numbers - SIGNED | enums - FREE) - checked == set()
    assert {key for key, (data_type, _, _) in columns.items() if data_type[:7] == "numeric"} == {
        (table, column) for table, column, of_nan in checks if of_nan
    }


def test_what_stands_json_and_changes_have_an_index(
    columns: dict[tuple[str, str], tuple[str, bool, str | None]], database: Connection
) -> None:
    indexes = {
        (table, column, method, predicate)
        for table, column, method, predicate in database.execute(
            """
            select indrelid::regclass::text,
                (select attname from pg_attribute where attrelid = indrelid and attnum = indkey[0]),
                amname, pg_get_expr(indpred, indrelid)
            from pg_index
            inner join pg_class as class on class.oid = indexrelid
            inner join pg_am as method on method.oid = class.relam
            where relnamespace = 'public'::regnamespace
            """
        )
    }
    partial = {table for table, _, _, predicate in indexes if predicate == "(deleted_at IS NULL)"}
    assert partial == {table for table, column in columns if column == "deleted_at"}
    json = {key for key, (data_type, _, _) in columns.items() if data_type == "jsonb"}
    assert json == {(table, column) for table, column, method, _ in indexes if method == "gin"}
    changed = {table for table, column, _, _ in indexes if column == "updated_at"}
    assert changed == {table for table, column in columns if column == "updated_at"}


def test_everything_is_described_and_descriptions_tell_the_grain(
    columns: dict[tuple[str, str], tuple[str, bool, str | None]], database: Connection
) -> None:
    assert [key for key, (_, _, comment) in columns.items() if not comment] == []
    tables = database.execute(
        "select relname, obj_description(oid, 'pg_class') from pg_class"
        " where relnamespace = 'public'::regnamespace and relkind = 'r'"
    )
    assert [name for name, words in tables if " one row per " not in f"{words or ''}".lower()] == []


def test_the_sources_declare_exactly_this(
    columns: dict[tuple[str, str], tuple[str, bool, str | None]], domains: dict[str, str]
) -> None:
    declared = [
        table for table in declared_tables(Path(__file__).parents[3]) if table.name in table_names()
    ]
    assert {
        (table.name, column.name): normal_type(column.data_type)
        for table in declared
        for column in table.columns
    } == {key: data_type for key, (data_type, _, _) in columns.items()}
    assert {table.name: table.domain for table in declared} == {
        name: domains[name] for name in table_names()
    }
