"""Marts of two tenants in a database of its own, and roles that read them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from facet.grants.readers import Readers

#: As it was built before there were policies, and sampled; tenant 1 has rows that nobody else has.
MARTS = """
create schema facet_served;
create table facet_served.dim_tenants (tenant_id bigint not null, tenant_name text not null);
create table facet_served.fct_sales (tenant_id bigint not null, buyer text, amount numeric(18, 2));
insert into facet_served.dim_tenants values (1, 'One'), (12, 'Twelve');
insert into facet_served.fct_sales
select case when n <= 300 then 1 else 12 end, case when n <= 300 then 'Ann' else 'Bob' end, n
from generate_series(1, 400) as n;
analyze facet_served.fct_sales;
"""


@dataclass(frozen=True, kw_only=True)
class Warehouse:
    """A database with marts; roles are called after it, for they are the server's."""

    url: str
    name: str

    @property
    def readers(self) -> Readers:
        return Readers(group=f"{self.name}_reader")

    @property
    def owner(self) -> str:
        """An ordinary role that owns the marts and may create roles."""
        return f"{self.name}_owner"

    def as_role(self, role: str) -> str:
        return make_conninfo(self.url, user=role)

    def query(self, query: str, *, role: str | None = None) -> list[tuple[Any, ...]]:
        url = self.as_role(role) if role else self.url
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(query.format(**self._names()).encode())
            return cursor.fetchall() if cursor.description else []

    def has_no_readers(self) -> bool:
        return self.query("select from pg_roles where rolname ~ '^{group}'") == []

    def _names(self) -> dict[str, str]:
        group = self.readers.group
        return {"group": group, "one": f"{group}_1", "owner": self.owner, "db": self.name}


@pytest.fixture
def warehouse(empty_database: Callable[[], str]) -> Warehouse:
    url = empty_database()
    found = Warehouse(url=url, name=str(conninfo_to_dict(url)["dbname"]))
    found.query("create role {owner} login createrole")
    found.query("grant create on database {db} to {owner}")
    found.query(MARTS, role=found.owner)
    return found
