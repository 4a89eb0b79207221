"""Who can be reached, who is probably one, how batches went: as the operational tables say."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.project.compare import assert_same
from tests.project.conftest import NOW
from tests.project.contact_figures import expected_contacts, served_contacts


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_every_way_pair_and_batch_is_what_the_operational_tables_say(
    database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected = expected_contacts(database, NOW)
    assert {figure for _, figure, *_ in expected} == {"way", "pair", "batch"}
    assert_same(expected, served_contacts(publish(database, engine)))
