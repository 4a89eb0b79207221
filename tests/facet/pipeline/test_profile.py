"""What dbt is told of the operational database's URL."""

import pytest

from facet.config import Settings
from facet.pipeline.profile import environment


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param(
            "postgresql://ann:p%40ss@db.example:6432/shop?sslmode=require",
            ("db.example", "6432", "ann", "p@ss", "shop", "require"),
            id="a server",
        ),
        pytest.param(
            "postgresql://postgres:@/facet?host=/run/pg",
            ("/run/pg", "5432", "postgres", "", "facet", "prefer"),
            id="a socket",
        ),
        pytest.param(
            "postgresql:///facet",
            ("localhost", "5432", "postgres", "", "facet", "prefer"),
            id="hardly anything",
        ),
    ],
)
def test_a_url_becomes_the_profiles_variables(url: str, expected: tuple[str, ...]) -> None:
    names = ("HOST", "PORT", "USER", "PASSWORD", "DBNAME", "SSLMODE")
    variables = environment(Settings(), url)

    assert tuple(variables[f"FACET_POSTGRES_{name}"] for name in names) == expected
