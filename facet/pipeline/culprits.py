"""The tenants whose rows break a model: found by building it for one tenant after the other.

Screening keeps out what is known to be harmful. Where a model fails all the same, and only with the
rows of some tenants, these are set aside so that the others are built; table, column and rows are
named, by halving what the model reads for as long as it still fails.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import psycopg

from facet.config import Settings
from facet.operational.connection import connect
from facet.quoting import literal

#: Names the tenants that staging leaves out, each with the reason, as JSON.
VARIABLE = "FACET_SET_ASIDE"

_NO_TENANT = -1
_Ids = tuple[int, int]
Rows = Callable[[str], list[tuple[Any, ...]]]


@dataclass(frozen=True, kw_only=True)
class Model:
    """A model that failed: its statement, its columns, and the tables and views that it reads."""

    name: str
    sql: str
    columns: Sequence[str]
    relations: Sequence[str]


def failed_model(node: Any, manifest: Any) -> Model | None:
    """The model of a node of dbt's results; None for what is none, or never came to its SQL."""
    if str(node.resource_type) != "model" or not getattr(node, "compiled_code", None):
        return None
    inputs = [manifest.nodes.get(name) or manifest.sources[name] for name in node.depends_on.nodes]
    return Model(
        name=node.name,
        sql=node.compiled_code,
        columns=list(node.columns),
        relations=[one.relation_name for one in inputs if one.relation_name],
    )


def culprits(settings: Settings, url: str, models: Sequence[Model]) -> dict[int, str]:
    """The tenants with whose rows a model cannot be built, each with what is known of the reason.

    Empty where a model fails without any rows: then it is the model's own fault.
    """
    found: dict[int, str] = {}
    with _rows(settings, url) as rows:
        for model in models:
            search = _Search(model, rows)
            if search.failure(_NO_TENANT) is not None:
                return {}
            for tenant_id in search.tenants():
                failure = search.failure(tenant_id)
                if tenant_id not in found and failure is not None:
                    found[tenant_id] = search.reason(tenant_id, failure)
    return found


class _Search:
    """A model, built again and again with less of what it reads."""

    def __init__(self, model: Model, rows: Rows) -> None:
        self._model, self._rows = model, rows
        #: Of relations with rows of tenants: the id that their rows have.
        self._keys: dict[str, str | None] = {}
        for relation in model.relations:
            columns = self._columns(relation)
            if "tenant_id" in columns:
                ids = [name for name in columns if name.endswith("_id") and name != "tenant_id"]
                self._keys[relation] = "id" if "id" in columns else next(iter(ids), None)

    def tenants(self) -> list[int]:
        """The tenants that have rows in what the model reads."""
        found: set[int] = set()
        for relation in self._keys:
            ids = self._rows(f"select distinct tenant_id from {relation}")
            found |= {int(tenant) for (tenant,) in ids if tenant is not None}
        return sorted(found)

    def failure(
        self, tenant_id: int, narrowed: Mapping[str, _Ids] | None = None, column: str = "*"
    ) -> str | None:
        """The database's error when the model is built with one tenant's rows; None without one.

        Args:
            tenant_id: whose rows.
            narrowed: of these relations only rows with ids from the first to the second.
            column: build this column alone.
        """
        sql = self._model.sql
        for relation, key in self._keys.items():
            condition = f"tenant_id = {tenant_id}"
            if narrowed and relation in narrowed:
                first, last = narrowed[relation]
                condition += f" and {key} between {first} and {last}"
            rows = f"(select * from {relation} where {condition})"
            sql = _replaced(sql, relation, rows)
        try:
            self._rows("drop table if exists facet_tried")
            self._rows(
                f"create temporary table facet_tried as select {column} from (\n{sql}\n) as model"
            )
        except (duckdb.Error, psycopg.Error) as error:
            return str(error).strip().splitlines()[0]
        return None

    def reason(self, tenant_id: int, failure: str) -> str:
        """The table, column and rows at fault, as far as halving finds them."""
        narrowed: dict[str, _Ids] = {}
        for relation, key in self._keys.items():
            if key is not None and (ids := self._halved(tenant_id, relation, key, narrowed)):
                narrowed[relation] = ids
        columns = [
            column
            for column in self._model.columns
            if self.failure(tenant_id, narrowed, f'"{column}"') is not None
        ]
        column = f", column {columns[0]}," if 0 < len(columns) < len(self._model.columns) else ""
        rows = [
            f"{relation.replace(chr(34), '')} {self._keys[relation]}"
            f" {first if first == last else f'{first}-{last}'}"
            for relation, (first, last) in narrowed.items()
        ]
        return (
            f"model {self._model.name}{column} cannot be built with its rows"
            f"{' (' + '; '.join(rows) + ')' if rows else ''}: {failure}"
        )

    def _halved(
        self, tenant_id: int, relation: str, key: str, narrowed: Mapping[str, _Ids]
    ) -> _Ids | None:
        """The fewest neighbouring ids of a relation with which the model still fails."""
        query = f"select distinct {key} from {relation} where tenant_id = {tenant_id} order by 1"
        ids = [int(found) for (found,) in self._rows(query) if found is not None]
        while len(ids) > 1:
            middle = len(ids) // 2
            for half in (ids[:middle], ids[middle:]):
                tried = {**narrowed, relation: (half[0], half[-1])}
                if self.failure(tenant_id, tried) is not None:
                    ids = half
                    break
            else:
                break
        return (ids[0], ids[-1]) if ids else None

    def _columns(self, relation: str) -> list[str]:
        schema, name = relation.replace('"', "").split(".")[-2:]
        found = self._rows(
            "select column_name from information_schema.columns"
            f" where table_schema = {literal(schema)} and table_name = {literal(name)}"
            " order by ordinal_position"
        )
        return [str(column) for (column,) in found]


def _replaced(sql: str, relation: str, rows: str) -> str:
    """A statement that reads some rows of a relation; where it has no alias, its name is one."""
    name = relation.split(".")[-1]
    return re.sub(
        rf"{re.escape(relation)}(?P<alias>\s+as\s+\w+)?",
        lambda found: f"{rows}{found['alias'] or f' as {name}'}",
        sql,
    )


@contextmanager
def _rows(settings: Settings, url: str) -> Iterator[Rows]:
    """Runs statements in the database that dbt builds in; nothing of them stays there."""
    if settings.engine == "duckdb":
        with duckdb.connect(
            str(settings.warehouse_path),
            read_only=True,
            config={"memory_limit": settings.memory_limit, "threads": settings.threads},
        ) as warehouse:
            warehouse.execute("set TimeZone = 'UTC'")
            yield lambda sql: warehouse.execute(sql).fetchall()
    else:
        with connect(url, autocommit=True) as postgres:
            postgres.execute("set timezone = 'UTC'")

            def fetched(sql: str) -> list[tuple[Any, ...]]:
                done = postgres.execute(sql.encode())
                return done.fetchall() if done.description else []

            yield fetched
