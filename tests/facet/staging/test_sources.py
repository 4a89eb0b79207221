"""YAML written from a catalogue declares what the catalogue holds."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from facet.errors import ConfigurationError
from facet.staging import Column, declared_tables
from facet.staging.declarations import sources_path
from facet.staging.sources import Naming, sources_yaml

TAGS = """
create table tags (
    tenant_id bigint, order_id bigint, note text, price numeric(18, 2), primary key
    (order_id, tenant_id)
);
comment on table tags is 'What "staff" say: yes, no, #1.';
create table notes (id bigint primary key, updated_at timestamptz);
create table logs (id bigint primary key, created_at timestamptz);
"""


def test_sources_yaml_declares_the_tables_as_they_stand(
    empty_database: Callable[[], str], tmp_path: Path
) -> None:
    url = empty_database()
    with psycopg.connect(url) as connection:
        connection.execute(TAGS.encode())
    path = sources_path(tmp_path, "orders")
    path.parent.mkdir(parents=True)
    path.write_text(
        sources_yaml(
            url,
            schema="public",
            domain="orders",
            description="Orders.",
            tables={
                "tags": Naming(entity="tag", model="tags"),
                "notes": Naming(entity="note", model="notes"),
                "logs": Naming(entity="log", model="logs"),
            },
        )
    )
    logs, notes, tags = declared_tables(tmp_path)
    assert (logs.sync, notes.sync, tags.sync) == ("id", "updated_at", "whole")
    assert (notes.grain, tags.grain) == (("id",), ("order_id", "tenant_id"))
    assert tags.description == 'What "staff" say: yes, no, #1.'
    assert tags.columns[3] == Column(name="price", data_type="numeric(18, 2)")
    assert notes.columns[1] == Column(name="updated_at", data_type="timestamptz")


def test_a_table_that_does_not_exist_is_named(empty_database: Callable[[], str]) -> None:
    with pytest.raises(ConfigurationError, match=r"Table public\.absent"):
        sources_yaml(
            empty_database(),
            schema="public",
            domain="orders",
            description="Orders.",
            tables={"absent": Naming(entity="absent", model="absents")},
        )
