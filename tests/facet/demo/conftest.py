"""Three small demos: one, the same again, and one of another seed that reaches to a moment."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest

from facet.demo import create_demo

AS_OF = date(2026, 11, 22)
#: The next day, and month, in Vietnam and in Australia; the same elsewhere.
UNTIL = datetime(2026, 11, 30, 20, 17, tzinfo=UTC)
SCALE = 0.02

Connection = psycopg.Connection[tuple[Any, ...]]


@pytest.fixture(scope="session")
def demo_url(operational_database: Callable[[], str]) -> str:
    url = operational_database()
    create_demo(url, as_of=AS_OF, scale=SCALE)
    return url


@pytest.fixture(scope="session")
def same_demo_url(operational_database: Callable[[], str]) -> str:
    url = operational_database()
    create_demo(url, as_of=AS_OF, scale=SCALE)
    return url


@pytest.fixture(scope="session")
def other_demo_url(operational_database: Callable[[], str]) -> str:
    url = operational_database()
    create_demo(url, as_of=UNTIL.date(), until=UNTIL, scale=SCALE, seed=8)
    return url


@pytest.fixture(scope="session")
def demo(demo_url: str) -> Iterator[Connection]:
    with psycopg.connect(demo_url, autocommit=True) as connection:
        yield connection
