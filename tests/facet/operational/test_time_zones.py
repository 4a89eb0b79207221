"""A tenant's time zone is a name of tzdata, spelt as there."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
import typer
from typer.testing import CliRunner

from facet.operational import clocks, commands, create
from facet.zones import names

Connection = psycopg.Connection[tuple[Any, ...]]

_NONE = (
    "ICT", "CET", "EET", "IST", "PDT", "Z", "EST5EDT", "GMT", "utc", "asia/ho_chi_minh",
    "Asia/Ho_chi_minh", "ASIA/TOKYO", "posix/Asia/Tokyo", "right/Asia/Tokyo", "Asia/Nowhere",
    "Asia", "Asia/", "+07", "<+07>-7", "FOO5", "EST5EDT,M3.2.0/2,M11.1.0/2", "Asia/Tokyo ", "",
)  # fmt: skip


def test_every_name_of_tzdata_that_the_server_knows_is_taken(database: Connection) -> None:
    rows = database.execute(
        "select name, is_time_zone(name) from unnest(%s::text[]) as listed (name)"
        " where name in (select name from pg_timezone_names)",
        [list(names())],
    ).fetchall()
    assert len(rows) > 500
    assert [name for name, is_taken in rows if not is_taken] == []


@pytest.mark.parametrize("name", _NONE)
def test_nothing_else_is(database: Connection, name: str) -> None:
    database.execute("set timezone = 'Asia/Tokyo'")
    assert database.execute("select is_time_zone(%s)", [name]).fetchone() == (False,)
    with pytest.raises(psycopg.errors.CheckViolation):
        database.execute(
            "insert into sys_tenants (id, name, slug, timezone) values (1, 'One', 'one', %s)",
            [name],
        )
    assert database.execute("show timezone").fetchone() == ("Asia/Tokyo",)


def test_the_check_of_an_older_facet_becomes_this_one(empty_database: Callable[[], str]) -> None:
    url = empty_database()
    with psycopg.connect(url) as session:
        session.execute(
            "create function is_time_zone(zone text) returns boolean language sql immutable"
            " as 'select true'"
        )
        session.execute("comment on function is_time_zone(text) is 'Whether this is the name.'")
    create(url)
    with psycopg.connect(url) as session:
        asked = session.execute("select is_time_zone('ICT'), is_time_zone('Asia/Ho_Chi_Minh')")
        assert asked.fetchone() == (False, True)


def _with_zones(url: str, **zones: str) -> None:
    """Tenants with these zones, of which some got in before the check was what it is."""
    with psycopg.connect(url) as session:
        session.execute("alter table sys_tenants drop constraint sys_tenants_timezone_check")
        for number, (name, zone) in enumerate(zones.items(), 1):
            session.execute(
                "insert into sys_tenants (id, name, slug, timezone) values (%s, %s, %s, %s)",
                [number, name, name, zone],
            )


def test_the_clocks_of_all_tenants_are_compared(operational_database: Callable[[], str]) -> None:
    """DuckDB 1.5.5 has British Columbia go back to winter time in 2026; Vietnam changes nothing."""
    url = operational_database()
    _with_zones(url, one="America/Vancouver", two="Asia/Ho_Chi_Minh", three="ICT", four="ICT")
    found = clocks.compare(url, moment=datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert found.unusable == {"ICT": (3, 4)}
    assert found.lines[0] == (
        "ICT: is no time zone, in sys_tenants 3, 4; name one as Area/Location,"
        " such as Asia/Ho_Chi_Minh, or UTC"
    )
    assert {difference.zone for difference in found.differences} <= {"America/Vancouver"}
    winters = [
        (datetime.fromtimestamp(winter.start, UTC), datetime.fromtimestamp(winter.end, UTC))
        for winter in found.differences
        if winter.database == "DuckDB 1.5.5" and winter.ahead == -3600
    ]
    assert winters[0] == (
        datetime(2026, 11, 1, 9, tzinfo=UTC), datetime(2027, 3, 14, 10, tzinfo=UTC)
    )  # fmt: skip


def test_check_tells_of_zones_and_fails_for_none_of_them(
    operational_database: Callable[[], str],
) -> None:
    url = operational_database()
    _with_zones(url, one="Asia/Ho_Chi_Minh", two="CET")
    app = typer.Typer()
    commands.register(app)
    result = CliRunner().invoke(app, ["operational", "check", "--url", url, "--threshold", "0"])
    assert result.exit_code == 0, result.output
    assert "time zone: CET: is no time zone, in sys_tenants 2; name one as" in result.output
    asked = ["operational", "check", "--url", url, "--threshold", "0", "--json"]
    [line] = json.loads(CliRunner().invoke(app, asked).output)["time_zones"]
    assert line.startswith("CET: is no time zone")
