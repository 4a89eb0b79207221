"""Local times of both engines are those of the package tzdata, whatever their own data say."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, cast
from zoneinfo import ZoneInfo

import duckdb
import psycopg
import pytest

from facet.config import Engine
from facet.errors import BuildError
from facet.operational.clocks import differences, known_zones
from facet.pipeline.local_time import check, functions
from facet.zones import Span, names, periods

_SPAN = Span.around(datetime(2026, 11, 28, tzinfo=UTC))
#: Zones whose clocks were decided on of late, beside some that are easy and some that never were.
_ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "America/Edmonton", "America/Havana", "America/New_York",
    "America/Recife", "America/Santiago", "America/St_Johns", "America/Vancouver",
    "America/Winnipeg", "Asia/Gaza", "Asia/Ho_Chi_Minh", "Australia/Lord_Howe", "Europe/Paris",
    "Pacific/Apia", "UTC",
)  # fmt: skip

RunQuery = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(params=["duckdb", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return cast(Engine, request.param)


@pytest.fixture
def run_query(engine: Engine, empty_database: Callable[[], str]) -> Iterator[RunQuery]:
    """Runs a statement on an engine that has schema ``facet_source``."""
    if engine == "duckdb":
        with duckdb.connect() as memory:
            memory.execute("set timezone = 'UTC'; create schema facet_source")
            yield lambda statement: memory.execute(statement).fetchall()
    else:
        with psycopg.connect(empty_database(), options="-c timezone=UTC") as postgres:
            postgres.execute("create schema facet_source")

            def execute(statement: str) -> list[tuple[Any, ...]]:
                done = postgres.execute(statement.encode())
                return done.fetchall() if done.description else []

            yield execute


@pytest.fixture
def with_functions(engine: Engine, run_query: RunQuery) -> RunQuery:
    zones = (*_ZONES, "ICT", "asia/ho_chi_minh")
    for statement in functions(engine, "facet_source", zones, known_zones(run_query), _SPAN):
        run_query(statement)
    return run_query


def _values(
    run_query: RunQuery, function: str, kind: str, zone: str, given: list[datetime]
) -> list[datetime]:
    literals = ", ".join(f"{kind} '{moment:%Y-%m-%d %H:%M:%S%z}'" for moment in given)
    rows = run_query(
        f"select given, facet_source.{function}(given, '{zone}')"
        f" from unnest(array[{literals}]) as asked (given)"
    )
    found: dict[datetime, datetime] = dict(rows)
    return [found[moment] for moment in given]


@pytest.mark.parametrize("zone", _ZONES)
def test_clocks_show_what_tzdata_says(with_functions: RunQuery, zone: str) -> None:
    """On both sides of each change since 1990, and every 31 days between."""
    moments = {
        datetime.fromtimestamp(moment, UTC)
        for period in periods(zone, _SPAN)
        for moment in (period.start - 1, period.start, period.start + 3599)
        if moment >= _SPAN.first
    } | {datetime.fromtimestamp(m, UTC) for m in range(_SPAN.first, _SPAN.end, 31 * 86_400 + 5000)}
    given = sorted(moments)
    expected = [moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for moment in given]
    assert _values(with_functions, "local_time", "timestamptz", zone, given) == expected


@pytest.mark.parametrize("zone", _ZONES)
def test_a_skipped_time_is_the_clock_of_befores_and_a_repeated_one_the_second(
    with_functions: RunQuery, zone: str
) -> None:
    local, expected = [], []
    for before, after in pairwise(periods(zone, _SPAN)):
        change = datetime.fromtimestamp(after.start, UTC).replace(tzinfo=None)
        offsets = timedelta(seconds=before.offset), timedelta(seconds=after.offset)
        for minutes in (-1, 1):  # just before the later of both readings begins, and after
            shown = change + max(offsets) + timedelta(minutes=minutes)
            skips = offsets[1] > offsets[0]
            offset = offsets[0] if skips and minutes < 0 else offsets[1]
            local.append(shown)
            expected.append((shown - offset).replace(tzinfo=UTC))
    if local:
        assert _values(with_functions, "moment_of", "timestamp", zone, local) == expected


def test_a_name_that_is_none_is_read_as_utc_and_stops_nobody(with_functions: RunQuery) -> None:
    moment = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
    for zone in ("ICT", "asia/ho_chi_minh"):
        found = _values(with_functions, "local_time", "timestamptz", zone, [moment])
        assert found == [moment.replace(tzinfo=None)]


def test_beyond_the_years_of_the_data_the_database_is_asked(with_functions: RunQuery) -> None:
    rows = with_functions(
        "select cast(facet_source.local_time(timestamptz '2040-06-30 22:30:00+00', 'Europe/Paris')"
        " as text), facet_source.local_time(timestamptz 'infinity', 'Europe/Paris')"
        " = timestamp 'infinity', facet_source.local_time(null, 'Europe/Paris') is null"
    )
    assert rows == [("2040-07-01 00:30:00", True, True)]


def test_no_engine_differs_from_tzdata_through_facet(
    with_functions: RunQuery, engine: Engine
) -> None:
    reading = "facet_source.local_time({moment}, {zone})"
    assert differences(with_functions, "Facet", _ZONES, _SPAN, reading=reading) == ()


def test_functions_that_read_as_tzdata_pass_the_check_of_a_run(with_functions: RunQuery) -> None:
    asked: list[str] = []

    def execute(statement: str) -> list[tuple[Any, ...]]:
        asked.append(statement)
        return with_functions(statement)

    check(execute, "facet_source", (*_ZONES, "ICT"), _SPAN)
    [statement] = asked
    assert all(f"'{zone}'" in statement for zone in _ZONES)
    check(execute, "facet_source", ("ICT",), _SPAN)  # who has no zone is held back elsewhere
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("function", "given"), [("local_time", "timestamptz"), ("moment_of", "timestamp")]
)
def test_a_function_that_reads_otherwise_stops_the_run(
    with_functions: RunQuery, engine: Engine, function: str, given: str
) -> None:
    """Paris by London's clocks, in one of both functions: an hour is another day's."""
    london = "timezone('Europe/London', given)"
    if engine == "duckdb":
        made = f"create or replace macro facet_source.{function}(given, zone) as {london}"
    else:
        other = "timestamp" if given == "timestamptz" else "timestamptz"
        made = (
            f"create or replace function facet_source.{function}(given {given}, zone text)"
            f" returns {other} language sql as $$ select {london} $$"
        )
    with_functions(made)
    with pytest.raises(
        BuildError, match=r"first 1990-01-01 00:00:00\+00:00 in Europe/Paris"
    ) as error:
        check(with_functions, "facet_source", ("Europe/Paris",), _SPAN)
    assert "Nothing was built" in error.value.why


def test_a_difference_names_zone_period_and_hours(run_query: RunQuery, engine: Engine) -> None:
    """A database that has Paris without summer time in 2026 and 2027."""
    late = (
        "timezone({zone}, {moment}) - case when {moment} >= timestamptz '2026-03-29 01:00:00+00'"
        " and {moment} < timestamptz '2026-10-25 01:00:00+00' or {moment} >="
        " timestamptz '2027-03-28 01:00:00+00' and {moment} < timestamptz '2027-10-31 01:00:00+00'"
        " then interval '1 hour' else interval '0 hours' end"
    )
    found = differences(run_query, "Elsewhere 1", ["Europe/Paris", "CET"], _SPAN, reading=late)
    assert [str(difference).replace("tzdata 2026.6", "tzdata …") for difference in found] == [
        "Europe/Paris: Elsewhere 1 is 1 h behind tzdata … from 2026-03-29 01:00 to 2026-10-25 01:00"
        " UTC; to it the 1 h after midnight are another day's",
        "Europe/Paris: Elsewhere 1 is 1 h behind tzdata … from 2027-03-28 01:00 to 2027-10-31 01:00"
        " UTC; to it the 1 h after midnight are another day's",
    ]


def test_no_clock_was_kept_for_less_time_than_is_stepped_over() -> None:
    shortest = min(
        after.start - before.start
        for zone in ("America/Recife", "America/Boa_Vista", "America/Argentina/Tucuman")
        for before, after in pairwise(periods(zone, _SPAN)[1:])
    )
    assert shortest == 7 * 86_400 - 3600
    assert set(_ZONES) <= set(names())
