"""What the operational tables of the areas with pages are used for."""

from facet.config import PROJECT_DIR
from facet.staging import declared_tables
from facet.staging.uses import uses

#: Domains of which every table is read by a mart.
_USED_UP = (
    *("alerts_notes", "channels", "customers", "history", "logs", "marketing", "omnichannel"),
    *("orders", "products", "shipping", "sms", "staff", "system", "tasks", "workflow"),
)


def test_every_table_of_domains_that_are_used_up_is_read_by_a_mart() -> None:
    used = uses(PROJECT_DIR)
    unused = {
        table.name
        for table in declared_tables(PROJECT_DIR)
        if table.domain in _USED_UP and not used[table.name]
    }
    assert unused == set()
