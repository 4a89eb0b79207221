"""Users, what they may do and what roles allow: as the operational tables say."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.project.administration_figures import (
    FIGURES,
    expected_administration,
    served_administration,
)
from tests.project.compare import assert_same
from tests.project.conftest import NOW


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_every_figure_of_administration_is_what_the_operational_tables_say(
    demo_database: str, engine: str, publish: Callable[..., Any]
) -> None:
    expected = expected_administration(demo_database, NOW)
    assert {figure for _, figure, *_ in expected} == FIGURES
    assert_same(expected, served_administration(publish(demo_database, engine)))
