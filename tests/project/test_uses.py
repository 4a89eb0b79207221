"""What the operational tables are used for."""

from facet.config import PROJECT_DIR
from facet.staging import declared_tables
from facet.staging.uses import uses


def test_every_operational_table_is_read_by_a_mart() -> None:
    used = uses(PROJECT_DIR)
    assert {table.name for table in declared_tables(PROJECT_DIR) if not used[table.name]} == set()
