"""What `at time zone` means in an oracle: what the package tzdata says, not the server."""

import re
from datetime import UTC, datetime
from typing import Any

import psycopg

from facet.zones import Span, names, periods

#: From 1990 to 2040.
_SPAN = Span(631_152_000, 2_208_988_800)
_AT_TIME_ZONE = re.compile(rb"\bat time zone\b")

_CLOCKS = b"""
create temporary table clock (
    zone text, since timestamptz, ahead interval, primary key (zone, since)
);

create function pg_temp.shown(timestamptz, text) returns timestamp language sql stable as $$
    select coalesce(
        $1 at time zone 'UTC' + (
            select ahead from clock where zone = $2 and since <= $1 order by since desc limit 1
        ),
        $1 at time zone $2
    )
$$;

create function pg_temp.moment(timestamp, text) returns timestamptz language sql stable as $$
    select coalesce(
        ($1 - (
            select ahead from clock
            where zone = $2 and (since at time zone 'UTC') + ahead <= $1 order by since desc limit 1
        )) at time zone 'UTC',
        $1 at time zone $2
    )
$$;

create operator pg_temp.@ (leftarg = timestamptz, rightarg = text, function = pg_temp.shown);
create operator pg_temp.@ (leftarg = timestamp, rightarg = text, function = pg_temp.moment);
"""


def set_clocks(connection: psycopg.Connection[Any]) -> None:
    """Have the session know the clocks of all tenants."""
    connection.execute("set timezone = 'UTC'")
    connection.execute(_CLOCKS)
    zones = {zone for (zone,) in connection.execute("select timezone from sys_tenants")}
    with connection.cursor().copy("copy clock from stdin") as to:
        for zone in sorted(zones & set(names())):
            for number, period in enumerate(periods(zone, _SPAN)):
                since = datetime.fromtimestamp(period.start, UTC).isoformat()
                to.write_row((zone, since if number else "-infinity", f"{period.offset} s"))


def by_these_clocks(statement: bytes) -> bytes:
    """A statement whose `at time zone` asks them."""
    return _AT_TIME_ZONE.sub(b"operator(pg_temp.@)", statement)
