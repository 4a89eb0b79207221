"""One row per tenant in every table, written from what the catalogue says of its columns."""

from dataclasses import dataclass

import pytest

from facet.operational.schema import table_names
from tests.facet.operational.live_catalogue import Connection

TENANTS = (1, 2)

#: Columns that a check wants although they may be null.
ALSO = {
    "inbound_shipment_items": ("product_id",),
    "schedule_preferences": ("day_of_week",),
    "omnichannel_message_reaction": ("user_id",),
    "sms_reactions": ("user_id",),
    "webhook_history": ("processed_at",),
}

#: Where sender and direction must agree.
MESSAGES = ("omnichannel_message", "sms_messages")

#: Tables whose rows name two different rows of one table.
PAIRS = {"task_dependency", "product_set_item"}

FIXED = {
    "timezone": "Asia/Ho_Chi_Minh",
    "currency_code": "VND",
    "hex_code": "#C9A227",
    "ends_at": "2026-03-01 20:00+07",
}

BY_TYPE = {
    "numeric": 0.5,
    "timestamptz": "2026-03-01 12:00+07",
    "date": "2026-03-01",
    "bool": True,
    "jsonb": "{}",
}


@dataclass(frozen=True)
class Schema:
    """What the catalogue says of a column, by table and name."""

    kinds: dict[tuple[str, str], str]
    targets: dict[tuple[str, str], str]
    enums: dict[tuple[str, str], str]  # the value to write
    given: dict[str, tuple[str, ...]]  # by table: the documented columns, else those required


@pytest.fixture(scope="module")
def schema(database: Connection, documented: dict[str, tuple[str, ...]]) -> Schema:
    columns = database.execute(
        """
        select attrelid::regclass::text, attname, typname,
            attname = 'id' or attnotnull and not atthasdef and attidentity = ''
        from pg_attribute
        inner join pg_class as class on class.oid = attrelid
        inner join pg_type as type on type.oid = atttypid
        where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0
        """
    ).fetchall()
    targets = database.execute(
        """
        select conrelid::regclass::text, attname, confrelid::regclass::text
        from pg_constraint
        inner join pg_attribute on attrelid = conrelid and attnum = conkey[cardinality(conkey)]
        where contype = 'f'
        """
    )
    enums = database.execute(
        r"""
        select conrelid::regclass::text, attname,
            substring(pg_get_constraintdef(pg_constraint.oid) from $$= ANY \(\(?ARRAY\['(\w+)'$$)
        from pg_constraint
        inner join pg_attribute on attrelid = conrelid and array[attnum] = conkey
        where contype = 'c' and pg_get_constraintdef(pg_constraint.oid) like '%= ANY%'
        """
    )
    return Schema(
        kinds={(table, column): kind for table, column, kind, _ in columns},
        targets={(table, column): target for table, column, target in targets},
        enums={(table, column): value for table, column, value in enums}
        | {(table, "direction"): "outbound" for table in MESSAGES}
        | {(table, "sender_kind"): "staff" for table in MESSAGES},
        given={
            table: documented.get(table)
            or tuple(name for of, name, _, needed in columns if of == table and needed)
            + ALSO.get(table, ())
            for table in table_names()
            if table not in PAIRS
        },
    )


@pytest.fixture(scope="module")
def shop(database: Connection, schema: Schema) -> Connection:
    """One row per tenant in every table, naming the documented or required columns alone."""
    with database.transaction():
        for table, columns in schema.given.items():
            for tenant in TENANTS:
                row = {column: _value(schema, table, column, tenant) for column in columns}
                database.execute(
                    f"insert into {table} ({', '.join(row)})"
                    f" values ({', '.join(['%s'] * len(row))})",
                    list(row.values()),
                )
    return database


def _value(schema: Schema, table: str, column: str, tenant: int) -> object:
    if column == "category_id" and table == "mkt_promotion_exclusions":
        return None  # a product is excluded
    if (table, column) in schema.targets:
        return tenant
    if (table, column) in schema.enums:
        return schema.enums[table, column]
    kind = schema.kinds[table, column]
    if column == "id" or kind.startswith("int"):
        return tenant
    return FIXED.get(column, BY_TYPE.get(kind, f"{column} {tenant}"))
