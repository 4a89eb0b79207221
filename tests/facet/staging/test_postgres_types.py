"""Spellings of PostgreSQL's types, and what each becomes."""

import pytest

from facet.staging.declarations import Column
from facet.staging.postgres_types import fault_of, normal_type, staging_type, takes


@pytest.mark.parametrize(
    ("written", "normal", "staged"),
    [
        ("timestamptz", "timestamp with time zone", "timestamp with time zone"),
        ("timestamptz(0)", "timestamp(0) with time zone", "timestamp with time zone"),
        ("TIMESTAMP (3)", "timestamp(3) without time zone", "timestamp"),
        ("timestamp(6) with time zone", "timestamp(6) with time zone", "timestamp with time zone"),
        ("timetz", "time with time zone", "text"),
        ("timetz(2)", "time(2) with time zone", "text"),
        ("time(3)", "time(3) without time zone", "time"),
        ("timestamptz(3)[]", "timestamp(3) with time zone[]", "text"),
        ("decimal(18, 2)", "numeric(18,2)", "numeric(18, 2)"),
        ("numeric(9)", "numeric(9)", "numeric(9, 0)"),
        ("numeric", "numeric", "text"),
        ("varchar(20)", "character varying(20)", "text"),
    ],
)
def test_a_type_has_one_spelling_and_one_staging_type(
    written: str, normal: str, staged: str
) -> None:
    assert normal_type(written) == normal
    assert staging_type(written) == staged


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("numeric(50,10)", "numeric(38, 10)"),
        ("numeric(3,5)", "numeric(5, 5)"),
        ("numeric(5, -2)", "numeric(7, 0)"),
        ("numeric(100, 60)", "numeric(38, 38)"),
    ],
)
def test_a_size_that_duckdb_has_not_is_told_with_one_that_it_has(
    written: str, instead: str
) -> None:
    fault = fault_of(written)
    assert fault is not None
    assert f"declare {instead}," in fault
    assert fault_of(instead) is None


@pytest.mark.parametrize(
    ("declared", "found", "taken"),
    [
        ("text", "varchar(60)", True),
        ("varchar(20)", "text", True),
        ("bigint", "integer", True),
        ("integer", "bigint", True),
        ("numeric(18, 2)", "numeric", True),
        ("numeric(18, 2)", "bigint", True),
        ("double precision", "real", True),
        ("timestamptz", "timestamptz(3)", True),
        ("text", "uuid", False),
        ("text", "integer", False),
        ("integer", "numeric(9, 2)", False),
        ("numeric(18, 2)", "double precision", False),
        ("real", "double precision", False),
        ("timestamptz", "timestamp", False),
        ("date", "timestamptz", False),
        ("text[]", "varchar(20)[]", False),
    ],
)
def test_a_type_is_taken_where_each_value_stays_what_it_is(
    declared: str, found: str, taken: bool
) -> None:
    assert takes(declared, found) is taken


@pytest.mark.parametrize(
    ("name", "data_type", "is_key"),
    [
        ("id", "integer", True),
        ("created_by", "bigint", True),
        ("order_id", "text", False),
        ("paid", "integer", False),
        ("quantity", "integer", False),
    ],
)
def test_a_key_is_a_whole_number_that_names_a_row(name: str, data_type: str, is_key: bool) -> None:
    assert Column(name=name, data_type=data_type).is_key is is_key
