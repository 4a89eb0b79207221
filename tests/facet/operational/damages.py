"""Damages done to a database, with what its scorecard must say of each, and what is harmless."""

#: Measure, table, item, problem, rows.
Found = tuple[str, str, str, str, int | None]

#: As data gets in that PostgreSQL would refuse: a replica, a load with triggers off.
UNCHECKED = "set local session_replication_role = replica;"

DAMAGES: dict[str, tuple[str, list[Found]]] = {
    "a table dropped": (
        "drop table crm_customers cascade",
        [("existence", "crm_customers", "", "does not exist", None)],
    ),
    "a column dropped": (
        "alter table order_items drop column variant_id",
        [("existence", "order_items", "variant_id", "does not exist", None)],
    ),
    "a foreign key dropped": (
        "alter table orders drop constraint orders_tenant_id_customer_id_fkey",
        [
            ("foreign_keys", "orders", "customer_id",
             "is not declared as a foreign key to crm_customers", None),
        ],
    ),
    "a foreign key not validated": (
        """
        alter table order_items drop constraint order_items_tenant_id_order_id_fkey;
        alter table order_items add foreign key (tenant_id, order_id)
            references orders (tenant_id, id) on delete cascade not valid
        """,
        [
            ("foreign_keys", "order_items", "order_id",
             "is declared as a foreign key to orders, but not validated", None),
        ],
    ),
    "a check not enforced": (
        """
        alter table sys_tenants drop constraint sys_tenants_week_start_check;
        alter table sys_tenants add check (week_start between 1 and 7) not enforced
        """,
        [
            ("constraints", "sys_tenants", "CHECK (((week_start >= 1) AND (week_start <= 7)))",
             "is not in force", None),
        ],
    ),
    "a not-null not validated": (
        """
        alter table sys_tenants alter column slug drop not null;
        update sys_tenants set slug = null where id = 2;
        alter table sys_tenants add constraint has_slug not null slug not valid
        """,
        [("constraints", "sys_tenants", "slug", "may be null", None)],
    ),
    "what deleting does changed": (
        """
        alter table order_items drop constraint order_items_tenant_id_order_id_fkey;
        alter table order_items add foreign key (tenant_id, order_id)
            references orders (tenant_id, id)
        """,
        [
            ("foreign_keys", "order_items", "order_id",
             "says on delete no action, not cascade", None),
        ],
    ),
    "orphans planted": (
        f"{UNCHECKED} update order_items set product_id = 99 where tenant_id = 1",
        [("foreign_keys", "order_items", "product_id", "refers to no row of product", 2)],
    ),
    "a parent deleted": (
        f"{UNCHECKED} delete from category where id = 2",
        [("foreign_keys", "product_category", "category_id", "refers to no row of category", 1)],
    ),
    "orphans behind a dropped foreign key": (
        """
        alter table orders drop constraint orders_tenant_id_customer_id_fkey;
        update orders set customer_id = 99 where id = 2
        """,
        [
            ("foreign_keys", "orders", "customer_id",
             "is not declared as a foreign key to crm_customers", None),
            ("foreign_keys", "orders", "customer_id", "refers to no row of crm_customers", 1),
        ],
    ),
    "a key's type changed": (
        "alter table product alter column id type integer",
        [("types", "product", "id", "is integer, not bigint", None)],
    ),
    "a reference's type changed": (
        "alter table order_items alter column product_id type integer",
        [("types", "order_items", "product_id", "is integer, not bigint", None)],
    ),
    "the type of a reference in an expression changed": (
        "alter table stock alter column variant_id type integer",
        [("types", "stock", "variant_id", "is integer, not bigint", None)],
    ),
    "a reference's type changed to text": (
        """
        alter table orders drop constraint orders_tenant_id_customer_id_fkey;
        alter table orders alter column customer_id type text
        """,
        [
            ("foreign_keys", "orders", "customer_id",
             "is not declared as a foreign key to crm_customers", None),
            ("types", "orders", "customer_id", "is text, not bigint", None),
        ],
    ),
    "a tenant's id nulled": (
        """
        alter table order_items alter column tenant_id drop not null;
        update order_items set tenant_id = null where id = 2
        """,
        [
            ("tenancy", "order_items", "tenant_id", "is null", 1),
            ("tenancy", "order_items", "tenant_id", "may be null", None),
        ],
    ),
    "a tenant's id nulled that others refer to": (
        f"alter table orders alter column tenant_id drop not null; {UNCHECKED}"
        " update orders set tenant_id = null where id = 2",
        [
            ("tenancy", "orders", "tenant_id", "is null", 1),
            ("tenancy", "orders", "tenant_id", "may be null", None),
        ],
    ),
    "a tenant's id dropped": (
        "alter table stock_history drop column tenant_id cascade",
        [("tenancy", "stock_history", "tenant_id", "does not exist", None)],
    ),
    "tenants crossed": (
        f"{UNCHECKED} update order_items set order_id = 2 where id = 1",
        [("tenancy", "order_items", "order_id", "refers to another tenant's row of orders", 1)],
    ),
    "a reference that could cross tenants": (
        "alter table stock add column category_id bigint references category (id);"
        " create index on stock (category_id); comment on column stock.category_id is 'Category'",
        [
            ("tenancy", "stock", "category_id", "may refer to another tenant's row of category",
             None),
        ],
    ),
    "a,b,c in a column": (
        "update product set description = 'gold,jade,silver' where id = 1",
        [("normalisation", "product", "description", "holds comma-separated lists", 1)],
    ),
    "numbers, and a space after each comma": (
        "update product set sku = '101, 102, 103' where id = 2",
        [("normalisation", "product", "sku", "holds comma-separated lists", 1)],
    ),
    "two in a list": (
        "update orders set order_number = 'O-1,O-2'",
        [("normalisation", "orders", "order_number", "holds comma-separated lists", 2)],
    ),
    "lists in a column of its own": (
        "alter table orders add column tags text; comment on column orders.tags is 'Tags';"
        " update orders set tags = 'vip,gấp,quà' where id = 2",
        [("normalisation", "orders", "tags", "holds comma-separated lists", 1)],
    ),
    "an index of a foreign key removed": (
        "drop index order_items_by_product_id",
        [("indexes", "order_items", "btree (tenant_id, product_id)", "does not exist", None)],
    ),
    "a partial index removed": (
        "drop index order_items_by_deleted_at",
        [
            ("indexes", "order_items", "btree (id) WHERE (deleted_at IS NULL)", "does not exist",
             None),
        ],
    ),
    "an index of JSON removed": (
        "drop index product_by_metadata",
        [("indexes", "product", "gin (metadata)", "does not exist", None)],
    ),
    "a reference added without an index": (
        "alter table product add column category_id bigint;"
        " comment on column product.category_id is 'Category';"
        " alter table product add foreign key (tenant_id, category_id)"
        " references category (tenant_id, id)",
        [("indexes", "product", "btree (tenant_id, category_id)", "does not exist", None)],
    ),
    "a check dropped": (
        "alter table sys_tenants drop constraint sys_tenants_week_start_check",
        [
            ("constraints", "sys_tenants", "CHECK (((week_start >= 1) AND (week_start <= 7)))",
             "does not exist", None),
        ],
    ),
    "a check not validated": (
        "alter table sys_tenants drop constraint sys_tenants_week_start_check;"
        " alter table sys_tenants add check (week_start between 1 and 7) not valid",
        [
            ("constraints", "sys_tenants", "CHECK (((week_start >= 1) AND (week_start <= 7)))",
             "is not in force", None),
        ],
    ),
    "an enum widened": (
        "alter table sys_tenants drop constraint sys_tenants_return_dating_check;"
        " alter table sys_tenants add check (return_dating in ('refund_date', 'order_date', ''))",
        [
            ("constraints", "sys_tenants", "CHECK ((return_dating = ANY"
             " (ARRAY['refund_date'::text, 'order_date'::text])))", "does not exist", None),
        ],
    ),
    "a unique key dropped": (
        "alter table product drop constraint product_tenant_id_sku_key",
        [("constraints", "product", "UNIQUE (tenant_id, sku)", "does not exist", None)],
    ),
    "a primary key dropped": (
        "alter table stock_history drop constraint stock_history_pkey",
        [("constraints", "stock_history", "PRIMARY KEY (id)", "does not exist", None)],
    ),
    "a not-null dropped": (
        "alter table orders alter column order_number drop not null",
        [("constraints", "orders", "order_number", "may be null", None)],
    ),
    "a trigger disabled": (
        "alter table orders disable trigger set_updated_at",
        [("constraints", "orders", "TRIGGER set_updated_at", "is not in force", None)],
    ),
    "a trigger dropped": (
        "drop trigger set_updated_at on orders",
        [("constraints", "orders", "TRIGGER set_updated_at", "does not exist", None)],
    ),
    "a column's comment removed": (
        "comment on column orders.order_number is null",
        [("documentation", "orders", "order_number", "has no comment", None)],
    ),
    "a table's comment removed": (
        "comment on table orders is ''",
        [("documentation", "orders", "", "has no comment", None)],
    ),
    "a column added without a comment": (
        "alter table orders add column colour integer",
        [("documentation", "orders", "colour", "has no comment", None)],
    ),
}  # fmt: skip

HARMLESS = {
    "nothing": "select",
    "a wider index instead": "drop index order_items_by_product_id;"
    " create index on order_items (product_id, tenant_id, quantity)",
    "a table of somebody else": "create table alembic_version (version_num text primary key);"
    " insert into alembic_version values ('a,b,c')",
    "prose, names, addresses and numbers": """
        update product set name = 'Vâng, dạ, ạ', description = 'Ring,box' where id = 1;
        update product set metadata = '{"tags": "a,b,c"}';
        update crm_personal_keys set full_name = 'Nguyễn,An' where id = 1;
        update crm_personal_keys set full_name = 'Lê Thị, Hoa' where id = 2;
        insert into notes (tenant_id, subject_type, subject_id, body)
        select 1, 'orders', 1, body from (values ('https://example.com/a,b,c'),
            ('{"a":1,"b":2,"c":3}'), ('one, two, three'), ('Call back.'), ('1,5'), ('a,b;c,d,e')
        ) as written (body)
    """,
    "temporal keys": """
        alter table sys_tenants add column seat int4range, add column during tstzrange,
            add constraint one_plan unique (seat, during without overlaps);
        comment on column sys_tenants.seat is 'Seats.';
        comment on column sys_tenants.during is 'When.';
        create table plan (
            during tstzrange, seat int4range, primary key (seat, during without overlaps)
        )
    """,
}
